//! What lies on the desk for a card: the draft in the words that stand, and how far it has come.

use crate::domain::{Card, Embargo, Letter, Texts};

use super::{Draft, Ground, Line};

/// How far a draft has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Nobody has approved it.
    Proposed,
    /// Somebody keeps it back.
    Held,
    /// It was approved, but the card says something else since.
    Changed,
    /// It is approved and waits until the importer has taken the lead.
    Waits,
    /// It is approved and goes out with the next export.
    Free,
}

impl Standing {
    /// Where a card's draft stands.
    pub fn of(card: &Card, draft: &Draft) -> Self {
        match (approval(card, draft), card.draft.embargo) {
            (_, Embargo::Held) => Self::Held,
            (None, _) => Self::Proposed,
            (Some(letter), _) if !holds(letter, draft) => Self::Changed,
            (Some(_), Embargo::Released) => Self::Free,
            (Some(_), Embargo::UntilImported) if card.is_imported() => Self::Free,
            (Some(_), Embargo::UntilImported) => Self::Waits,
        }
    }

    /// In words for board and files.
    pub fn words(self) -> &'static str {
        match self {
            Self::Proposed => "not approved",
            Self::Held => "held back",
            Self::Changed => "changed since approved",
            Self::Waits => "approved, waits for the import",
            Self::Free => "approved",
        }
    }
}

/// What people did with the text to the draft's person.
fn texts<'c>(card: &'c Card, draft: &Draft) -> Option<&'c Texts> {
    card.draft.to(draft.person, draft.first)
}

/// The text that was approved for the draft's person, whatever the card says since.
fn approval<'c>(card: &'c Card, draft: &Draft) -> Option<&'c Letter> {
    texts(card, draft)?.approved.as_ref()
}

/// Whether an approval is about what the card says today.
fn holds(letter: &Letter, draft: &Draft) -> bool {
    letter.grounds == draft.grounds && letter.to == draft.to
}

/// A draft in the words that stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// How far it has come.
    pub standing: Standing,
    /// The subject.
    pub subject: Line,
    /// The body without the footer.
    pub lines: Vec<Line>,
    /// Whether a person put it in other words.
    pub edited: bool,
    /// The text that was approved, while it holds.
    pub approved: Option<Letter>,
    /// Whether a person put it in other words before the card said what it says now.
    pub outdated: bool,
}

/// The words that stand: as approved while the approval holds, else as a person put them, else as the draft makes them.
pub fn desk(card: &Card, draft: &Draft) -> Desk {
    let standing = Standing::of(card, draft);
    let approved = approval(card, draft).filter(|letter| holds(letter, draft));
    let edited = texts(card, draft).and_then(|texts| texts.edited.as_ref());
    let (subject, lines) = match approved.or(edited) {
        Some(letter) => {
            let body = letter
                .body
                .strip_suffix(&draft.footer)
                .unwrap_or(&letter.body);
            let known = |text: &str| written(text, draft);
            let lines = body.trim_end().split('\n').map(known).collect();
            (known(&letter.subject), lines)
        }
        None => (draft.subject.clone(), draft.lines.clone()),
    };
    Desk {
        standing,
        subject,
        lines,
        edited: edited.is_some(),
        approved: approved.cloned(),
        outdated: approved.is_none()
            && edited.is_some_and(|letter| letter.grounds != draft.grounds),
    }
}

/// A line of a person's text: one that the draft makes in the same words rests on the same, and so does one that has a
/// quote of it word for word.
fn written(text: &str, draft: &Draft) -> Line {
    let mut made = draft.lines.iter().chain([&draft.subject]);
    if let Some(line) = made.find(|line| line.text == text) {
        return line.clone();
    }
    let quoted = |ground: &&Ground| match ground {
        Ground::Said { quote, .. } => !quote.trim().is_empty() && text.contains(quote.trim()),
        Ground::Noted(_) => false,
    };
    let mut grounds: Vec<Ground> = Vec::new();
    for ground in draft
        .lines
        .iter()
        .flat_map(|line| &line.grounds)
        .filter(quoted)
    {
        if !grounds.contains(ground) {
            grounds.push(ground.clone());
        }
    }
    Line {
        text: text.to_owned(),
        grounds,
        by_hand: !text.is_empty(),
    }
}

impl Desk {
    /// The words without the footer, as an edit keeps them.
    pub fn letter(&self, draft: &Draft) -> Letter {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.text.as_str()).collect();
        Letter {
            person: Some(draft.person),
            to: String::new(),
            subject: self.subject.text.clone(),
            body: lines.join("\n"),
            grounds: draft.grounds.clone(),
        }
    }

    /// The whole mail, as it is approved.
    pub fn whole(&self, draft: &Draft) -> Letter {
        let letter = self.letter(draft);
        Letter {
            to: draft.to.clone(),
            body: format!("{}\n\n{}", letter.body.trim_end(), draft.footer),
            ..letter
        }
    }
}
