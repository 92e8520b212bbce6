//! Which cards are shown, and in what order: what needs a person comes first.

use std::cmp::Reverse;

use super::{Card, Heat};

/// What the captain wants to see. Empty: everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that must all occur in names, companies, tags, notes or talk; case does not matter.
    pub text: String,
    /// Only this judgement.
    pub heat: Option<Heat>,
    /// Only target accounts.
    pub targets: bool,
    /// Only cards nobody owns.
    pub unowned: bool,
    /// Only talks that go on.
    pub live: bool,
}

impl Filter {
    /// Whether nothing is filtered.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a card is shown.
    pub fn admits(&self, card: &Card) -> bool {
        (self.heat.is_none() || card.heat == self.heat)
            && (!self.targets || card.account.is_some())
            && (!self.unowned || card.owner.is_none())
            && (!self.live || card.is_live())
            && self
                .text
                .split_whitespace()
                .all(|word| mentions(card, &word.to_lowercase()))
    }
}

fn mentions(card: &Card, word: &str) -> bool {
    let has = |text: &str| text.to_lowercase().contains(word);
    card.company().is_some_and(has)
        || card.heat.is_some_and(|heat| has(heat.word()))
        || card.owner.as_ref().is_some_and(|owner| has(&owner.owner))
        || card.tags.iter().any(|tag| has(tag))
        || card.notes.iter().any(|note| has(&note.text))
        || card.visitors.iter().any(|(_, visitor)| {
            has(&visitor.name)
                || has(&visitor.company)
                || has(&visitor.email)
                || has(&visitor.title)
                || has(&visitor.badge_id)
        })
        || card.utterances.iter().any(|said| has(&said.text))
}

/// The sort key of the board: hot without owner, hot, target, live, then newest.
///
/// Swag hunters sink below everything else once they are gone.
pub fn needs_order(card: &Card) -> (u8, Reverse<u64>) {
    let rank = match card.heat {
        Some(Heat::Hot) if card.owner.is_none() => 0,
        Some(Heat::Hot) if card.handed_over.is_none() => 1,
        Some(Heat::Swag) if !card.is_live() => 6,
        _ if card.account.is_some() && card.heat.is_none() => 2,
        _ if card.is_live() => 3,
        _ if card.account.is_some() => 4,
        _ => 5,
    };
    (rank, Reverse(card.opened_ms))
}
