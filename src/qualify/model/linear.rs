//! First stage: one logistic regression per output over hashed n-grams.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::features::Row;
use super::{Scores, output};

/// Weights by the n-gram's hash.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linear {
    /// What every utterance starts from.
    pub constant: Scores,
    /// Where an n-gram's weights lie, in `weights`, in rows of [`output::COUNT`].
    places: HashMap<u32, u32, BuildHasherDefault<Spread>>,
    weights: Vec<f32>,
}

/// Hashes are hashes already: a multiplication spreads them over the table.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(u32::from(byte));
        }
    }

    fn write_u32(&mut self, value: u32) {
        self.0 = (self.0 ^ u64::from(value)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Linear {
    /// Adds an n-gram's weights.
    pub fn push(&mut self, hash: u32, weights: &Scores) {
        let place = (self.weights.len() / output::COUNT) as u32;
        self.places.insert(hash, place);
        self.weights.extend(weights);
    }

    /// N-grams and their weights, by hash.
    pub fn entries(&self) -> Vec<(u32, &[f32])> {
        let mut all: Vec<(u32, &[f32])> = self
            .places
            .iter()
            .filter_map(|(&hash, &place)| Some((hash, self.row(place)?)))
            .collect();
        all.sort_unstable_by_key(|one| one.0);
        all
    }

    /// Forgets all outputs but the first `count`.
    pub fn keep(&mut self, count: usize) {
        for weights in self.weights.chunks_mut(output::COUNT) {
            weights[count..].fill(0.0);
        }
    }

    fn row(&self, place: u32) -> Option<&[f32]> {
        let at = place as usize * output::COUNT;
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
            let Some(weights) = self.places.get(hash).and_then(|&place| self.row(place)) else {
                continue;
            };
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += weight * strength;
            }
        }
    }
}
