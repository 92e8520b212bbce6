//! The trained layer: how likely each utterance is to be a signal of each kind, from its words and from the talk around it.

pub(super) mod context;
pub(super) mod decode;
pub(super) mod features;
mod file;
pub mod heat;
pub(super) mod linear;
pub(super) mod net;
pub(super) mod pieces;
pub mod whole;

use std::sync::LazyLock;

use context::{Inputs, Seen};
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
    /// First stage, a sentence at a time.
    pub pieces: linear::Linear,
    /// Second stage: the first's scores over the talk; the mean of several nets counts.
    pub course: Vec<net::Net>,
    /// The same for its sentences.
    pub parts: Vec<net::Net>,
    /// From which likelihood a kind counts, in the order of [`SignalKind::ALL`].
    pub thresholds: [f32; 10],
    /// Whether the visitor is a buyer, by the whole talk.
    pub whole: [f32; whole::INPUTS],
    /// How hot a buyer is, where the guide is in doubt.
    pub heat: heat::Weights,
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

    /// The second stage's log-odds for every utterance of a talk, and for every sentence.
    pub fn judge(&self, rows: &[Row]) -> (Vec<Scores>, Vec<Scores>) {
        self.second(&self.inputs(rows))
    }

    /// What the second stage looks at in a talk.
    pub fn inputs(&self, rows: &[Row]) -> Inputs {
        let flags: Vec<&[f32]> = rows.iter().map(|row| row.flags.as_slice()).collect();
        let first: Vec<Scores> = rows.iter().map(|row| self.words.scores(row)).collect();
        let mut sentences = Vec::new();
        for (said, row) in rows.iter().enumerate() {
            sentences.extend(row.pieces.iter().map(|one| Seen {
                said,
                scores: self.piece(&one.grams),
                flags: one.flags.as_slice(),
            }));
        }
        inputs(&flags, &first, &sentences)
    }

    fn piece(&self, grams: &[(u32, f32)]) -> Scores {
        let mut scores = self.pieces.constant;
        self.pieces.add(grams, &mut scores);
        scores
    }

    /// The same as [`Model::judge`] for a talk that is taken apart; what its words weigh is kept for the next reading.
    pub(super) fn judge_kept(
        &self,
        talk: &Talk<'_>,
        kept: &Kept<[String; 4], Weighed>,
    ) -> (Vec<Scores>, Vec<Scores>) {
        let spoken = features::Around::new(talk);
        let mut first = Vec::with_capacity(talk.said.len());
        let mut sentences = Vec::with_capacity(talk.sentences.len());
        for said in 0..talk.said.len() {
            let text = |by: isize| {
                let at = said.checked_add_signed(by);
                let said = at.and_then(|at| talk.said.get(at));
                said.map(|said| said.text.to_owned()).unwrap_or_default()
            };
            let key = [text(-2), text(-1), text(0), text(1)];
            let weighed = kept.get(key, |_| {
                let mut words = self.words.constant;
                self.words.add(&spoken.words(said), &mut words);
                let sentences = spoken.pieces(said);
                let sentences = sentences.iter().map(|one| self.piece(&one.grams));
                Weighed {
                    words,
                    sentences: sentences.collect(),
                }
            });
            let mut scores = weighed.words;
            self.words.add(&spoken.marks(said), &mut scores);
            first.push(scores);
            let parts = weighed.sentences.iter().zip(spoken.piece_flags(said));
            sentences.extend(parts.map(|(&scores, flags)| Seen {
                said,
                scores,
                flags,
            }));
        }
        self.second(&inputs(&spoken.flags, &first, &sentences))
    }

    /// The second stage: what the nets of utterances and those of sentences give together.
    pub fn second(&self, inputs: &Inputs) -> (Vec<Scores>, Vec<Scores>) {
        let mut scores = mean(&self.course, &inputs.utterances);
        let sentences = mean(&self.parts, &inputs.sentences);
        let mut most = vec![NOTHING; scores.len()];
        for (one, &said) in sentences.iter().zip(&inputs.said) {
            raise(&mut most[said], one);
        }
        for (scores, most) in scores.iter_mut().zip(&most) {
            for (score, most) in scores.iter_mut().zip(most) {
                *score += (most - *score) * OF_SENTENCES;
            }
        }
        (scores, sentences)
    }
}

/// How much of an utterance's log-odds its likeliest sentence gives.
const OF_SENTENCES: f32 = 0.5;

/// The log-odds of what is surely not so.
const NOTHING: Scores = [-9.0; output::COUNT];

/// What the second stage looks at, by what the first makes of utterances and of sentences.
fn inputs<F: AsRef<[f32]>, G: AsRef<[f32]>>(
    flags: &[F],
    first: &[Scores],
    sentences: &[Seen<G>],
) -> Inputs {
    let mut most = vec![NOTHING; first.len()];
    for one in sentences {
        raise(&mut most[one.said], &one.scores);
    }
    Inputs {
        utterances: context::of_utterances(flags, first, &most),
        sentences: context::of_sentences(sentences, first),
        said: sentences.iter().map(|one| one.said).collect(),
    }
}

/// The mean of what some nets give.
fn mean(nets: &[net::Net], inputs: &[Vec<f32>]) -> Vec<Scores> {
    let mean = net::Net::mean(nets);
    inputs.iter().map(|input| mean.scores(input)).collect()
}

/// Raises each output to another's where that is higher.
fn raise(highest: &mut Scores, one: &Scores) {
    for (high, score) in highest.iter_mut().zip(one) {
        *high = high.max(*score);
    }
}

/// What the words of one utterance and its neighbours weigh.
#[derive(Debug)]
pub(super) struct Weighed {
    words: Scores,
    /// Of each of its sentences.
    sentences: Vec<Scores>,
}

/// The rows of a talk that is taken apart.
pub(super) fn rows(talk: &Talk<'_>) -> Vec<Row> {
    features::rows(talk)
}
