//! A card's follow-up as people left it: put in other words, approved, held back, let go.

use std::collections::BTreeMap;

use super::{Card, Consent, Fact, Refusal, VisitorId};

/// A follow-up in words, and what it rested on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// Whom it is written to; none in what was written before a talk could have several drafts: its first person.
    pub person: Option<VisitorId>,
    /// The address it goes to; empty in one that was only put in other words.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The body, lines parted by `\n`.
    pub body: String,
    /// A checksum of everything it rested on: another one means that the card says something else by now.
    pub grounds: String,
}

/// What an approved follow-up waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Embargo {
    /// The importer's word that the lead is in the CRM: else sales hear from a visitor whom they can't find.
    #[default]
    UntilImported,
    /// A person: it is kept back whatever the importer says.
    Held,
    /// Nothing: a person let it go.
    Released,
}

/// What people did with the text to one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// The draft in a person's words, without the lines of who writes and how to opt out.
    pub edited: Option<Letter>,
    /// The text that was approved, whole.
    pub approved: Option<Letter>,
}

/// All that people did with a card's follow-ups, one to each person of the talk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correspondence {
    /// By the person; none: the first one.
    texts: BTreeMap<Option<VisitorId>, Texts>,
    /// What they wait for.
    pub embargo: Embargo,
}

impl Correspondence {
    /// What people did with the text to one person; `first` where it is the card's first one with an address.
    pub fn to(&self, person: VisitorId, first: bool) -> Option<&Texts> {
        let own = self.texts.get(&Some(person));
        own.or_else(|| self.texts.get(&None).filter(|_| first))
    }

    /// Folds one fact in; others than those about drafts change nothing.
    pub(super) fn apply(&mut self, fact: &Fact) {
        match fact {
            Fact::DraftEdited {
                person,
                subject,
                body,
                grounds,
                ..
            } => {
                let texts = self.texts.entry(*person).or_default();
                texts.edited = (!body.is_empty()).then(|| Letter {
                    person: *person,
                    to: String::new(),
                    subject: subject.clone(),
                    body: body.clone(),
                    grounds: grounds.clone(),
                });
                // Nobody approved the new words.
                texts.approved = None;
            }
            Fact::DraftApproved {
                person,
                to,
                subject,
                body,
                grounds,
                ..
            } => {
                self.texts.entry(*person).or_default().approved = Some(Letter {
                    person: *person,
                    to: to.clone(),
                    subject: subject.clone(),
                    body: body.clone(),
                    grounds: grounds.clone(),
                });
                if self.embargo == Embargo::Held {
                    self.embargo = Embargo::UntilImported;
                }
            }
            Fact::DraftHeld { .. } => self.embargo = Embargo::Held,
            Fact::DraftReleased { .. } => self.embargo = Embargo::Released,
            _ => {}
        }
    }

    /// Whether anybody put the text to this person in other words.
    fn is_edited(&self, person: Option<VisitorId>) -> bool {
        let mut texts = [person, None]
            .into_iter()
            .filter_map(|one| self.texts.get(&one));
        texts.any(|texts| texts.edited.is_some())
    }

    /// Whether any of the texts was approved.
    fn has_approved(&self) -> bool {
        self.texts.values().any(|texts| texts.approved.is_some())
    }

    /// What the card that stays takes over from the one that goes. Whoever held one of the two back meant the person.
    pub(super) fn absorb(&mut self, gone: Self) {
        if self.embargo == Embargo::Held || gone.embargo == Embargo::Held {
            self.embargo = Embargo::Held;
        }
        for (person, theirs) in gone.texts {
            let texts = self.texts.entry(person).or_default();
            texts.edited = texts.edited.take().or(theirs.edited);
            texts.approved = texts.approved.take().or(theirs.approved);
        }
    }
}

impl Card {
    /// Whether importers took every lead of this card that they said anything of, and one at least.
    pub fn is_imported(&self) -> bool {
        let refused = |receipt: &super::Receipt| receipt.import == super::Import::Failed;
        !self.receipts.is_empty() && !self.receipts.values().any(refused)
    }
}

/// What somebody wants done with a follow-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftWish {
    /// Put it in other words; an empty body takes the edits back.
    Edit(Letter),
    /// Approve this text, word for word.
    Approve(Letter),
    /// Keep it back.
    Hold,
    /// Let it go before the import is confirmed.
    Release,
}

/// The fact that a wish comes to.
pub(super) fn decide(card: &Card, wish: DraftWish) -> Result<Fact, Refusal> {
    let id = card.id;
    match wish {
        DraftWish::Edit(letter)
            if letter.body.is_empty() && !card.draft.is_edited(letter.person) =>
        {
            Err(Refusal(
                "the draft stands as it was made; {edit-line} puts a line in other words".into(),
            ))
        }
        DraftWish::Edit(letter) => Ok(Fact::DraftEdited {
            card: id,
            person: letter.person,
            subject: letter.subject,
            body: letter.body,
            grounds: letter.grounds,
        }),
        DraftWish::Approve(_) if card.consent.0 == Consent::No => Err(Refusal(
            "they do not want to be written to; {consent} corrects that".into(),
        )),
        DraftWish::Approve(letter) => Ok(Fact::DraftApproved {
            card: id,
            person: letter.person,
            to: letter.to,
            subject: letter.subject,
            body: letter.body,
            grounds: letter.grounds,
        }),
        DraftWish::Hold if card.draft.embargo == Embargo::Held => Err(Refusal(
            "the draft is held back already; {approve-draft} or {release-draft} lets it go on"
                .into(),
        )),
        DraftWish::Hold => Ok(Fact::DraftHeld { card: id }),
        DraftWish::Release if !card.draft.has_approved() => Err(Refusal(
            "nobody has approved the draft; {approve-draft} does".into(),
        )),
        DraftWish::Release => Ok(Fact::DraftReleased { card: id }),
    }
}
