//! What the trained layer makes of a talk, with what the microphones say about who speaks.

use std::collections::BTreeSet;

use crate::domain::{Role, SignalKind};

use super::ask;
use super::cues::Cue;
use super::model::heat::Weights;
use super::model::{FINE, Model, Scores, decode, likelihood, output, whole};
use super::plain;
use super::talk::Talk;

/// The log-odds of what is plainly said.
const PLAIN: f32 = 1.0;

/// The most that another part in the decision has, where one is plainly said.
const OTHERWISE: f32 = PLAIN - 0.5;

/// Likelihoods of a talk's utterances.
pub struct Judged<'m> {
    scores: Vec<Scores>,
    /// The first stage's of each sentence; none where only utterances were scored.
    sentences: Vec<Scores>,
    model: &'m Model,
}

/// What a rep's own microphone takes from every signal's log-odds: reps quote their visitors now and then.
const FROM_REP: f32 = 4.0;

impl<'m> Judged<'m> {
    /// Judges a talk by what the trained layer gave for its utterances.
    pub fn new(model: &'m Model, mut scores: Vec<Scores>, talk: &Talk<'_>) -> Self {
        for (scores, said) in scores.iter_mut().zip(talk.said) {
            match said.role {
                Role::Table => {}
                Role::Visitor => scores[output::VISITOR] = 3.0,
                Role::Rep => {
                    scores[..output::NO_BUYER]
                        .iter_mut()
                        .for_each(|score| *score -= FROM_REP);
                    scores[output::VISITOR] = -3.0;
                }
            }
        }
        let mut judged = Self {
            scores,
            sentences: Vec::new(),
            model,
        };
        for (k, sentence) in talk.sentences.iter().enumerate() {
            if plain::pushes_nothing(sentence) && !pushes(talk, sentence.said) {
                judged.sink(sentence.said, SignalKind::Objection);
            }
            if plain::asks_after_theirs(sentence) && !asks_more(talk, k) {
                judged.sink(sentence.said, SignalKind::ProductInterest);
            }
            if plain::asks_for_paper(sentence) && !allows(talk, sentence.said) {
                judged.sink(sentence.said, SignalKind::OptIn);
            }
            for &(kind, value) in &talk.plain[k] {
                judged.lift(sentence.said, kind, value);
            }
        }
        judged
    }

    /// With what the first stage gave for each sentence of the talk.
    pub fn with_sentences(mut self, sentences: Vec<Scores>) -> Self {
        self.sentences = sentences;
        self
    }

    /// How likely sentence `k`, looked at by itself, carries a kind; 0 where that is not known.
    pub fn sentence(&self, k: usize, kind: SignalKind) -> f32 {
        let slot = SignalKind::ALL.iter().position(|one| *one == kind);
        slot.and_then(|slot| Some(likelihood(self.sentences.get(k)?[slot])))
            .unwrap_or(0.0)
    }

    /// Takes a kind from an utterance.
    fn sink(&mut self, said: usize, kind: SignalKind) {
        let slot = SignalKind::ALL.iter().position(|one| *one == kind);
        if let (Some(scores), Some(slot)) = (self.scores.get_mut(said), slot) {
            scores[slot] = scores[slot].min(-PLAIN * 4.0);
        }
    }

    /// Raises what is plainly said over its other values, where a visitor may be the one who says it.
    fn lift(&mut self, said: usize, kind: SignalKind, value: &str) {
        if self.visitor(said) < 0.3 {
            return;
        }
        let Some(scores) = self.scores.get_mut(said) else {
            return;
        };
        for (slot, score) in scores.iter_mut().enumerate() {
            let fine = slot
                .checked_sub(output::FINE)
                .and_then(|slot| FINE.get(slot));
            if SignalKind::ALL.get(slot) == Some(&kind) || fine == Some(&(kind, value)) {
                *score = score.max(PLAIN);
            } else if kind == SignalKind::Authority && fine.is_some_and(|fine| fine.0 == kind) {
                *score = score.min(OTHERWISE);
            }
        }
    }

    /// How likely a visitor speaks this utterance.
    pub fn visitor(&self, said: usize) -> f32 {
        self.scores
            .get(said)
            .map_or(0.5, |scores| likelihood(scores[output::VISITOR]))
    }

    /// The weights that rate a buyer.
    pub fn heat(&self) -> &Weights {
        &self.model.heat
    }

    /// How likely the visitor is no buyer, by the whole talk.
    pub fn no_buyer(&self) -> f32 {
        whole::no_buyer(&self.model.whole, &self.scores)
    }

    /// The utterances that carry a kind, with the likelihood of each.
    pub fn places(&self, kind: SignalKind) -> Vec<(usize, f32)> {
        let Some(slot) = SignalKind::ALL.iter().position(|one| *one == kind) else {
            return Vec::new();
        };
        let likely: Vec<f32> = self
            .scores
            .iter()
            .map(|one| likelihood(one[slot]))
            .collect();
        decode::places(&likely, self.model.thresholds[slot])
    }

    /// The likeliest of a kind's finer values for an utterance, with its likelihood.
    pub fn fine(&self, said: usize, kind: SignalKind) -> (&'static str, f32) {
        let mut best = ("", 0.0);
        for (k, (of, value)) in FINE.iter().enumerate() {
            let likely = self
                .scores
                .get(said)
                .map_or(0.0, |scores| likelihood(scores[output::FINE + k]));
            if *of == kind && likely > best.1 {
                best = (value, likely);
            }
        }
        best
    }

    /// How likely an utterance has this finer value.
    pub fn likely(&self, said: usize, kind: SignalKind, value: &str) -> f32 {
        let slot = FINE.iter().position(|one| *one == (kind, value));
        slot.and_then(|k| Some(likelihood(self.scores.get(said)?[output::FINE + k])))
            .unwrap_or(0.0)
    }

    /// How likely an utterance carries a kind.
    pub fn kind(&self, said: usize, kind: SignalKind) -> f32 {
        let slot = SignalKind::ALL.iter().position(|one| *one == kind);
        slot.and_then(|k| Some(likelihood(self.scores.get(said)?[k])))
            .unwrap_or(0.0)
    }
}

/// Whether another sentence of an utterance may be pushback.
fn pushes(talk: &Talk<'_>, said: usize) -> bool {
    let mut others = talk
        .sentences
        .iter()
        .zip(&talk.cues)
        .filter(|(one, _)| one.said == said && !plain::pushes_nothing(one));
    others.any(|(one, cues)| cues.contains(&Cue::Pushback) || one.texts().contains(&"too"))
}

/// Whether an utterance allows more than a paper or refuses it, by its own words or by what it answers.
fn allows(talk: &Talk<'_>, said: usize) -> bool {
    let mut all = talk.sentences.iter().zip(&talk.cues);
    let mut asked = BTreeSet::new();
    for one in &talk.said[said.saturating_sub(1)..=said] {
        ask::asked(one.text, &mut asked);
    }
    asked.contains(&SignalKind::OptIn)
        || all.any(|(one, cues)| {
            one.said == said && (plain::allows(one) || cues.contains(&Cue::NoContact))
        })
}

/// Whether an utterance asks something else than in sentence `k`.
fn asks_more(talk: &Talk<'_>, k: usize) -> bool {
    let said = talk.sentences[k].said;
    let mut all = talk.sentences.iter().enumerate();
    all.any(|(at, one)| at != k && one.said == said && one.asks)
}
