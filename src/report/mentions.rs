//! What visitors spoke of: products, needs, objections, competitors, counted once a talk, with a quote of each.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::{Board, SignalKind};

/// One thing spoken of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mention {
    /// What.
    pub value: String,
    /// In how many talks.
    pub talks: usize,
    /// The first one's words.
    pub quote: String,
}

/// Everything spoken of, most often first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Mentions {
    /// Products asked after.
    pub products: Vec<Mention>,
    /// Competitors named.
    pub competitors: Vec<Mention>,
    /// Pains.
    pub needs: Vec<Mention>,
    /// Pushback.
    pub objections: Vec<Mention>,
}

/// Counts what was spoken of.
pub fn mentions(board: &Board) -> Mentions {
    Mentions {
        products: of_kind(board, SignalKind::ProductInterest),
        competitors: of_kind(board, SignalKind::Competitor),
        needs: of_kind(board, SignalKind::Need),
        objections: of_kind(board, SignalKind::Objection),
    }
}

fn of_kind(board: &Board, kind: SignalKind) -> Vec<Mention> {
    let mut found: BTreeMap<String, Mention> = BTreeMap::new();
    for card in board.cards() {
        let mut told: Vec<String> = Vec::new();
        for signal in card.signals.iter().filter(|signal| signal.kind == kind) {
            let value = if signal.value.is_empty() {
                &signal.quote
            } else {
                &signal.value
            };
            let key = value.to_lowercase();
            if told.contains(&key) {
                continue;
            }
            told.push(key.clone());
            let mention = found.entry(key).or_insert_with(|| Mention {
                value: value.clone(),
                talks: 0,
                quote: signal.quote.clone(),
            });
            mention.talks += 1;
        }
    }
    let mut all: Vec<Mention> = found.into_values().collect();
    all.sort_by(|one, other| {
        other
            .talks
            .cmp(&one.talks)
            .then(one.value.cmp(&other.value))
    });
    all
}
