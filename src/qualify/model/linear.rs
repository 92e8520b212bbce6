//! First stage: one logistic regression per output over hashed n-grams.

use super::features::{BITS, Row};
use super::{Scores, output};

/// Weights by the n-gram's hash.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linear {
    /// What every utterance starts from.
    pub constant: Scores,
    /// Which n-grams are known, 64 of them each, and how many come before; none while none is.
    known: Vec<(u64, u32)>,
    /// The rows of the known ones, by hash, each of [`output::COUNT`].
    weights: Vec<f32>,
    /// The hash of the last.
    last: Option<u32>,
}

impl Linear {
    /// Adds an n-gram's weights. They come by hash; one that doesn't is left out.
    pub fn push(&mut self, hash: u32, weights: &Scores) {
        if hash >> BITS != 0 || self.last.is_some_and(|last| hash <= last) {
            return;
        }
        self.known.resize(1 << (BITS - 6), (0, 0));
        let count = (self.weights.len() / output::COUNT) as u32;
        let from = self.last.map_or(0, |last| (last >> 6) as usize + 1);
        let to = (hash >> 6) as usize;
        for group in self.known.iter_mut().take(to + 1).skip(from) {
            group.1 = count;
        }
        self.known[to].0 |= 1 << (hash & 63);
        self.weights.extend(weights);
        self.last = Some(hash);
    }

    /// N-grams and their weights, by hash.
    pub fn entries(&self) -> Vec<(u32, &[f32])> {
        let groups = self.known.iter().zip(0_u32..);
        let hashes = groups.flat_map(|(&(bits, _), group)| {
            let here = (0..64).filter(move |at| bits >> at & 1 == 1);
            here.map(move |at| group << 6 | at)
        });
        hashes.zip(self.weights.chunks(output::COUNT)).collect()
    }

    /// Forgets all outputs but the first `count`.
    pub fn keep(&mut self, count: usize) {
        for weights in self.weights.chunks_mut(output::COUNT) {
            weights[count..].fill(0.0);
        }
    }

    fn row(&self, hash: u32) -> Option<&[f32]> {
        let &(bits, before) = self.known.get((hash >> 6) as usize)?;
        let bit = 1_u64 << (hash & 63);
        if bits & bit == 0 {
            return None;
        }
        let at = (before + (bits & (bit - 1)).count_ones()) as usize * output::COUNT;
        self.weights.get(at..at + output::COUNT)
    }

    /// The log-odds of every output.
    pub fn scores(&self, row: &Row) -> Scores {
        let mut scores = self.constant;
        self.add(&row.grams, &mut scores);
        scores
    }

    /// Adds what some n-grams weigh.
    pub fn add(&self, grams: &[(u32, f32)], scores: &mut Scores) {
        for (hash, strength) in grams {
            let Some(weights) = self.row(*hash) else {
                continue;
            };
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += weight * strength;
            }
        }
    }
}
