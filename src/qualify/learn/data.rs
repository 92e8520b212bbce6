//! Labelled conversations as the trainer reads them.

use serde::Deserialize;

use super::super::model::{FINE, output};
use crate::domain::SignalKind;

/// One labelled conversation.
#[derive(Clone, Debug, Deserialize)]
pub struct Labelled {
    /// Its name.
    pub id: String,
    /// The utterances in order.
    pub utterances: Vec<Line>,
    /// What a reader marked.
    pub gold: Gold,
}

/// One utterance of a labelled conversation.
#[derive(Clone, Debug, Deserialize)]
pub struct Line {
    /// What the recogniser wrote.
    pub text: String,
    /// `visitor` or `rep`; learnt from, never read when a talk is judged.
    pub speaker: String,
    /// Start, s.
    #[serde(default)]
    pub t0: f64,
    /// End, s.
    #[serde(default)]
    pub t1: f64,
}

/// The labels of one conversation.
#[derive(Clone, Debug, Deserialize)]
pub struct Gold {
    /// What counts.
    pub signals: Vec<Label>,
    /// The target account, by its playbook name.
    pub account: Option<String>,
    /// Whether we may write.
    pub opt_in: Option<bool>,
    /// `hot`, `warm`, `cold` or `none`.
    pub rating: String,
}

/// One labelled signal.
#[derive(Clone, Debug, Deserialize)]
pub struct Label {
    /// Its kind.
    pub kind: SignalKind,
    /// Index of its utterance.
    pub i: usize,
    /// The exact words.
    #[serde(default)]
    pub quote: String,
    /// The normalised value.
    #[serde(default)]
    pub value: Option<String>,
}

/// The finer value of a label, of those in [`FINE`].
pub fn fine_value(kind: SignalKind, value: &str) -> &str {
    match (kind, value) {
        (SignalKind::Budget, "none" | "unallocated") => value,
        (SignalKind::Budget, "allocated" | "undisclosed") => "allocated",
        (SignalKind::Budget, _) => "amount",
        _ => value,
    }
}

/// Which outputs are true for each utterance, a bit each.
pub fn truths(talk: &Labelled) -> Vec<u32> {
    let mut truths: Vec<u32> = talk
        .utterances
        .iter()
        .map(|line| {
            u32::from(line.speaker == "visitor") << output::VISITOR
                | u32::from(talk.gold.rating == "none") << output::NO_BUYER
        })
        .collect();
    for label in &talk.gold.signals {
        let Some(truth) = truths.get_mut(label.i) else {
            continue;
        };
        *truth |= bits(label);
    }
    truths
}

/// The outputs that a label makes true, a bit each.
pub fn bits(label: &Label) -> u32 {
    let mut bits = 0;
    if let Some(slot) = SignalKind::ALL.iter().position(|kind| *kind == label.kind) {
        bits |= 1 << slot;
    }
    let value = fine_value(label.kind, label.value.as_deref().unwrap_or_default());
    for (k, (kind, fine)) in FINE.iter().enumerate() {
        if *kind == label.kind && *fine == value {
            bits |= 1 << (output::FINE + k);
        }
    }
    bits
}
