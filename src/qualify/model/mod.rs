//! The trained layer: how likely each utterance is to be a signal of each kind, from its words and from the talk around it.

pub(super) mod context;
pub(super) mod decode;
pub(super) mod features;
mod file;
pub(super) mod linear;
pub(super) mod net;
pub mod whole;

use std::sync::LazyLock;

pub use features::Row;
pub use file::WeightsError;

use super::parts::Kept;
use super::talk::Talk;
use crate::domain::SignalKind;

/// Outputs of both stages: the ten kinds of [`SignalKind::ALL`], then these.
pub mod output {
    /// A visitor speaks.
    pub const VISITOR: usize = 10;
    /// The visitor is no buyer.
    pub const NO_BUYER: usize = 11;
    /// First of the finer outputs, in the order of [`super::FINE`].
    pub const FINE: usize = 12;
    /// How many outputs there are.
    pub const COUNT: usize = FINE + super::FINE.len();
}

/// Finer outputs: a kind and what its value is.
pub const FINE: [(SignalKind, &str); 12] = [
    (SignalKind::Budget, "none"),
    (SignalKind::Budget, "unallocated"),
    (SignalKind::Budget, "allocated"),
    (SignalKind::Budget, "amount"),
    (SignalKind::Authority, "decision_maker"),
    (SignalKind::Authority, "influencer"),
    (SignalKind::Authority, "none"),
    (SignalKind::Need, "none"),
    (SignalKind::Timeline, "none"),
    (SignalKind::NextStep, "declined"),
    (SignalKind::OptIn, "no"),
    (SignalKind::OptIn, "yes"),
];

/// Log-odds of every output for one utterance.
pub type Scores = [f32; output::COUNT];

/// The log-odds' likelihood.
pub fn likelihood(score: f32) -> f32 {
    1.0 / (1.0 + (-score.clamp(-30.0, 30.0)).exp())
}

/// The weights of both stages and the thresholds that were chosen with them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// First stage: the words of an utterance and its neighbours.
    pub words: linear::Linear,
    /// Second stage: the first's scores over the talk; the mean of several nets counts.
    pub course: Vec<net::Net>,
    /// From which likelihood a kind counts, in the order of [`SignalKind::ALL`].
    pub thresholds: [f32; 10],
    /// Whether the visitor is a buyer, by the whole talk.
    pub whole: [f32; whole::INPUTS],
}

static BUNDLED: LazyLock<Model> = LazyLock::new(|| {
    file::read(include_bytes!("../../../assets/qualify/weights.bin")).unwrap_or_default()
});

impl Model {
    /// The model that was trained with `make train`.
    pub fn bundled() -> &'static Self {
        &BUNDLED
    }

    /// As it is kept in a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        file::write(self)
    }

    /// Reads what [`Model::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WeightsError> {
        file::read(bytes)
    }

    /// Whether there are weights at all.
    pub fn is_empty(&self) -> bool {
        self.course.is_empty()
    }

    /// The second stage's log-odds for every utterance of a talk.
    pub fn judge(&self, rows: &[Row]) -> Vec<Scores> {
        let first: Vec<Scores> = rows.iter().map(|row| self.words.scores(row)).collect();
        let flags: Vec<&[f32]> = rows.iter().map(|row| row.flags.as_slice()).collect();
        self.course(&context::inputs(&flags, &first))
    }

    /// The same for a talk that is taken apart; what its words weigh is kept for the next reading.
    pub(super) fn judge_kept(
        &self,
        talk: &Talk<'_>,
        kept: &Kept<[String; 4], Scores>,
    ) -> Vec<Scores> {
        let spoken = features::Around::new(talk);
        let mut first = Vec::with_capacity(talk.said.len());
        for k in 0..talk.said.len() {
            let text = |by: isize| {
                let at = k.checked_add_signed(by);
                let said = at.and_then(|at| talk.said.get(at));
                said.map(|said| said.text.to_owned()).unwrap_or_default()
            };
            let key = [text(-2), text(-1), text(0), text(1)];
            let weighed = kept.get(key, |_| {
                let mut scores = self.words.constant;
                self.words.add(&spoken.words(k), &mut scores);
                scores
            });
            let mut scores = *weighed;
            self.words.add(&spoken.marks(k), &mut scores);
            first.push(scores);
        }
        self.course(&context::inputs(&spoken.flags, &first))
    }

    /// The mean of the nets.
    pub fn course(&self, inputs: &[Vec<f32>]) -> Vec<Scores> {
        let share = 1.0 / self.course.len().max(1) as f32;
        inputs
            .iter()
            .map(|input| {
                let mut sum = [0.0; output::COUNT];
                for net in &self.course {
                    for (sum, score) in sum.iter_mut().zip(net.scores(input)) {
                        *sum += score * share;
                    }
                }
                sum
            })
            .collect()
    }
}

/// The rows of a talk that is taken apart.
pub(super) fn rows(talk: &Talk<'_>) -> Vec<Row> {
    features::rows(talk)
}
