//! A card's follow-up as people left it: put in other words, approved, held back, let go.

use super::{Card, Consent, Fact, Refusal};

/// A follow-up in words, and what it rested on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
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

/// All that people did with a card's follow-up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correspondence {
    /// The draft in a person's words, without the lines of who writes and how to opt out.
    pub edited: Option<Letter>,
    /// The text that was approved, whole.
    pub approved: Option<Letter>,
    /// What it waits for.
    pub embargo: Embargo,
}

impl Correspondence {
    /// Folds one fact in; others than those about drafts change nothing.
    pub(super) fn apply(&mut self, fact: &Fact) {
        match fact {
            Fact::DraftEdited {
                subject,
                body,
                grounds,
                ..
            } => {
                self.edited = (!body.is_empty()).then(|| Letter {
                    to: String::new(),
                    subject: subject.clone(),
                    body: body.clone(),
                    grounds: grounds.clone(),
                });
                // Nobody approved the new words.
                self.approved = None;
            }
            Fact::DraftApproved {
                to,
                subject,
                body,
                grounds,
                ..
            } => {
                self.approved = Some(Letter {
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

    /// What the card that stays takes over from the one that goes. Whoever held one of the two back meant the person.
    pub(super) fn absorb(&mut self, gone: Self) {
        if self.embargo == Embargo::Held || gone.embargo == Embargo::Held {
            self.embargo = Embargo::Held;
        }
        self.edited = self.edited.take().or(gone.edited);
        self.approved = self.approved.take().or(gone.approved);
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
        DraftWish::Edit(letter) if letter.body.is_empty() && card.draft.edited.is_none() => {
            Err(Refusal(
                "the draft stands as it was made; {edit-line} puts a line in other words".into(),
            ))
        }
        DraftWish::Edit(letter) => Ok(Fact::DraftEdited {
            card: id,
            subject: letter.subject,
            body: letter.body,
            grounds: letter.grounds,
        }),
        DraftWish::Approve(_) if card.consent.0 == Consent::No => Err(Refusal(
            "they do not want to be written to; {consent} corrects that".into(),
        )),
        DraftWish::Approve(letter) => Ok(Fact::DraftApproved {
            card: id,
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
        DraftWish::Release if card.draft.approved.is_none() => Err(Refusal(
            "nobody has approved the draft; {approve-draft} does".into(),
        )),
        DraftWish::Release => Ok(Fact::DraftReleased { card: id }),
    }
}
