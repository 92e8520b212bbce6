//! Why the captain was called to a card, once for each reason, and what of it still waits to be told elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{CardId, Stamp};

/// Why somebody should look at a card now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertReason {
    /// It is about a target account.
    Target,
    /// It turned hot.
    Hot,
    /// It is hot and nobody has taken it for too long.
    Unowned,
}

impl AlertReason {
    /// The words on the screen and in a notification.
    pub fn word(self) -> &'static str {
        match self {
            Self::Target => "target account",
            Self::Hot => "hot lead",
            Self::Unowned => "hot and nobody's",
        }
    }
}

/// All calls of the day.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Alerts {
    raised: BTreeMap<CardId, BTreeSet<AlertReason>>,
    waiting: BTreeMap<Stamp, (CardId, Vec<AlertReason>)>,
}

impl Alerts {
    /// Whether the captain was called to a card for this reason, even if its cause was taken back since.
    pub fn has(&self, card: CardId, reason: AlertReason) -> bool {
        self.raised
            .get(&card)
            .is_some_and(|reasons| reasons.contains(&reason))
    }

    /// What the show's webhook has not got yet, oldest first: the deed that raised it, its card and reasons.
    pub fn waiting(&self) -> impl Iterator<Item = (Stamp, CardId, &[AlertReason])> {
        self.waiting
            .iter()
            .map(|(stamp, (card, reasons))| (*stamp, *card, reasons.as_slice()))
    }

    pub(super) fn raise(&mut self, at: Stamp, card: CardId, reasons: &[AlertReason], post: bool) {
        self.raised.entry(card).or_default().extend(reasons);
        if post {
            self.waiting.insert(at, (card, reasons.to_vec()));
        }
    }

    /// False where nothing waited: it was told already.
    pub(super) fn posted(&mut self, alert: Stamp) -> bool {
        self.waiting.remove(&alert).is_some()
    }

    /// The card that stays was called for whatever the one that goes was.
    pub(super) fn merge(&mut self, keep: CardId, from: CardId) {
        let reasons = self.raised.remove(&from).unwrap_or_default();
        self.raised.entry(keep).or_default().extend(reasons);
    }
}
