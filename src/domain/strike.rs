//! Striking what was said: which deeds hold words of a lane and a time, and what is left of them.
//!
//! The one exception to deeds never being changed. A struck utterance leaves its length; what the machine read out of the
//! card since then leaves nothing and is read anew from the words that stay; what a person decided stays.

use std::collections::BTreeSet;

use super::{Author, CardId, Deed, Fact, Log, Stamp, Utterance};

/// What a strike came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Struck {
    /// What is left of the deeds that held words, oldest first.
    pub deeds: Vec<Deed>,
    /// The words, for whatever else may remember them.
    pub texts: Vec<String>,
    /// Cards that have to be read anew.
    pub cards: BTreeSet<CardId>,
}

/// What is left of the deeds when everything said on `lane` between `from_ms` and `until_ms` (since 1970) is struck. An
/// utterance that only reaches into the span goes whole: half a sentence can't be cut out of a text.
pub(super) fn strike(log: &Log, lane: &str, from_ms: u64, until_ms: u64) -> Struck {
    let meant =
        |said: &Utterance| said.lane == lane && said.end_ms > from_ms && said.start_ms < until_ms;
    let mut struck = Struck::default();
    let mut said = BTreeSet::new();
    for utterance in log.iter().flat_map(|deed| &deed.facts).filter_map(words) {
        if meant(utterance) {
            said.insert(utterance.id);
        }
    }
    // An echo is the same words: both go, whichever lane was meant.
    for fact in log.iter().flat_map(|deed| &deed.facts) {
        let (one, other) = match fact {
            Fact::HeardElsewhere {
                utterance, echo, ..
            } => (*utterance, echo.id),
            Fact::HeardLouder {
                utterance, louder, ..
            } => (*utterance, *louder),
            _ => continue,
        };
        if said.contains(&one) || said.contains(&other) {
            said.extend([one, other]);
        }
    }
    let Some(first) = said.first() else {
        return struck;
    };
    for deed in log.from(*first) {
        let spoken = deed.facts.iter().filter_map(words);
        let gone = spoken.filter(|spoken| said.contains(&spoken.id));
        struck.texts.extend(gone.map(|gone| gone.text.clone()));
        let left: Vec<Fact> = deed
            .facts
            .iter()
            .filter_map(|fact| left(fact, deed, &said, &mut struck.cards))
            .collect();
        if left != deed.facts {
            struck.deeds.push(Deed {
                facts: left,
                ..deed.clone()
            });
        }
    }
    struck
}

/// What is left of a fact; none: nothing.
fn left(
    fact: &Fact,
    deed: &Deed,
    said: &BTreeSet<Stamp>,
    cards: &mut BTreeSet<CardId>,
) -> Option<Fact> {
    match fact {
        Fact::HeardElsewhere { card, echo, .. } if said.contains(&echo.id) => {
            cards.insert(*card);
            return Some(Fact::HeardOffRecord {
                lane: echo.lane.clone(),
                ms: echo.end_ms.saturating_sub(echo.start_ms),
            });
        }
        Fact::HeardLouder { utterance, .. } if said.contains(utterance) => return None,
        Fact::Heard { card, utterance } if said.contains(&utterance.id) => {
            cards.insert(*card);
            return Some(Fact::HeardOffRecord {
                lane: utterance.lane.clone(),
                ms: utterance.end_ms.saturating_sub(utterance.start_ms),
            });
        }
        Fact::SignalSpotted { signal, .. } | Fact::SignalMarked { signal, .. }
            if said.contains(&signal.utterance) =>
        {
            return None;
        }
        // Consent that a person marked quotes the words that prove it.
        Fact::ConsentNoted { why, .. } if marks(deed, why, said) => return None,
        // Approved or put in other words by a person, it may still say what was struck.
        Fact::DraftEdited { card, .. } | Fact::DraftApproved { card, .. }
            if cards.contains(card) =>
        {
            return None;
        }
        // The words may be on another card by now, and what was read there goes too.
        Fact::CardSplit { card, into, .. } if cards.contains(card) => {
            cards.insert(*into);
        }
        Fact::CardsMerged { card, from } if cards.contains(from) => {
            cards.insert(*card);
        }
        _ => {}
    }
    let read = matches!(deed.author, Author::Machine(_))
        && reading(fact).is_some_and(|card| cards.contains(&card));
    (!read).then(|| fact.clone())
}

/// Whether a deed marks these words in a line that is struck.
fn marks(deed: &Deed, quote: &str, said: &BTreeSet<Stamp>) -> bool {
    deed.facts.iter().any(|fact| match fact {
        Fact::SignalMarked { signal, .. } => {
            said.contains(&signal.utterance) && signal.quote == quote
        }
        _ => false,
    })
}

fn words(fact: &Fact) -> Option<&Utterance> {
    match fact {
        Fact::Heard { utterance, .. } => Some(utterance),
        Fact::HeardElsewhere { echo, .. } => Some(echo),
        _ => None,
    }
}

/// The card of a fact that the machine may have read out of what was said there. Every fact stands here, so a new one does
/// not compile before it is known whether it can hold somebody's words.
fn reading(fact: &Fact) -> Option<CardId> {
    match fact {
        Fact::AccountMentioned { card, .. }
        | Fact::SignalSpotted { card, .. }
        | Fact::SignalWithdrawn { card, .. }
        | Fact::RatingProposed { card, .. }
        | Fact::AccountFlagged { card, .. }
        | Fact::OwnerAssigned { card, .. }
        | Fact::NextStepSet { card, .. }
        | Fact::NoteWritten { card, .. }
        | Fact::VisitorSeated { card, .. }
        | Fact::VisitorReturned { card, .. }
        | Fact::VisitorCorrected { card, .. }
        | Fact::Tagged { card, .. }
        | Fact::Rated { card, .. }
        | Fact::ConsentNoted { card, .. } => Some(*card),
        Fact::CardOpened { .. }
        | Fact::CardClosed { .. }
        | Fact::CardReopened { .. }
        | Fact::CardSplit { .. }
        | Fact::CardsMerged { .. }
        | Fact::Heard { .. }
        | Fact::HeardElsewhere { .. }
        | Fact::HeardLouder { .. }
        | Fact::HeardOffRecord { .. }
        | Fact::SignalStruck { .. }
        | Fact::WordsRestored { .. }
        | Fact::SignalMarked { .. }
        | Fact::Untagged { .. }
        | Fact::AccountUnflagged { .. }
        | Fact::OwnerCleared { .. }
        | Fact::VisitorMoved { .. }
        | Fact::CardTaken { .. }
        | Fact::CardHandedOver { .. }
        | Fact::OwnerPresent { .. }
        | Fact::LayoutKept { .. }
        | Fact::AlertRaised { .. }
        | Fact::AlertPosted { .. }
        | Fact::LaneOffRecord { .. }
        | Fact::LaneOnRecord { .. }
        | Fact::LaneStruck { .. }
        | Fact::NightExported { .. }
        | Fact::ImportReturned { .. }
        | Fact::VerdictReturned { .. }
        | Fact::DraftEdited { .. }
        | Fact::DraftApproved { .. }
        | Fact::DraftHeld { .. }
        | Fact::DraftReleased { .. }
        | Fact::Retracted { .. }
        | Fact::Unknown(_) => None,
    }
}
