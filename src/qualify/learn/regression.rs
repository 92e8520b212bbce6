//! First stage: logistic regressions for all outputs at once, by follow-the-regularised-leader (`McMahan` 2013), in one thread, repeatable.

use std::collections::BTreeMap;

use super::super::model::linear::Linear;
use super::super::model::{Scores, likelihood, output};
use super::chance::Chance;

/// How the regressions learn.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Step size.
    pub alpha: f32,
    /// Keeps early steps small.
    pub beta: f32,
    /// Pulls weights to nought, so that most are nought.
    pub l1: f32,
    /// Keeps weights small.
    pub l2: f32,
    /// How often the examples are gone through.
    pub epochs: usize,
    /// Share of an utterance's n-grams that are left out by chance each time, so that no few of them carry it alone.
    pub drop: f32,
    /// An n-gram in fewer utterances than this is left out.
    pub least: u32,
}

/// What the leader remembers of a feature.
#[derive(Clone)]
struct Leader {
    weights: Scores,
    pull: Scores,
    /// The root of the sum of the slopes' squares.
    roots: Scores,
}

const FRESH: Leader = Leader {
    weights: [0.0; output::COUNT],
    pull: [0.0; output::COUNT],
    roots: [0.0; output::COUNT],
};

/// An output that errs by less than this teaches nobody but the constant: most are as good as sure of most utterances, and
/// what little they err adds up for no gram but a very common one.
const ERRS: f32 = 0.002;

/// Trains on utterances and what is true of each.
pub fn train(examples: &[(&[(u32, f32)], u32)], pace: Pace) -> Linear {
    let hashes = frequent(examples, pace.least);
    let id_of = |hash: u32| hashes.binary_search(&hash).ok();
    let dense: Vec<Vec<(u32, f32)>> = examples
        .iter()
        .map(|(grams, _)| {
            let known = grams.iter();
            known
                .filter_map(|&(hash, strength)| Some((id_of(hash)? as u32, strength)))
                .chain(std::iter::once((hashes.len() as u32, 1.0)))
                .collect()
        })
        .collect();
    let mut leaders = vec![FRESH; hashes.len() + 1];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut chance = Chance::new(1);
    let mut some = Vec::new();
    for _ in 0..pace.epochs {
        chance.shuffle(&mut order);
        for &at in &order {
            let (truth, constant) = (examples[at].1, hashes.len() as u32);
            if pace.drop > 0.0 {
                some.clear();
                let kept = dense[at].iter().filter_map(|&(id, strength)| match id {
                    _ if id == constant => Some((id, strength)),
                    _ if chance.share() < pace.drop => None,
                    _ => Some((id, strength / (1.0 - pace.drop))),
                });
                some.extend(kept);
                learn(&mut leaders, &some, truth, pace);
            } else {
                learn(&mut leaders, &dense[at], truth, pace);
            }
        }
    }
    let mut linear = Linear::default();
    for (hash, leader) in hashes.iter().zip(&leaders) {
        if leader.weights.iter().any(|weight| *weight != 0.0) {
            linear.push(*hash, &leader.weights);
        }
    }
    if let Some(constant) = leaders.last() {
        linear.constant = constant.weights;
    }
    linear
}

fn frequent(examples: &[(&[(u32, f32)], u32)], least: u32) -> Vec<u32> {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for (grams, _) in examples {
        for (hash, _) in *grams {
            *counts.entry(*hash).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .filter(|(_, count)| *count >= least)
        .map(|(hash, _)| hash)
        .collect()
}

fn learn(leaders: &mut [Leader], features: &[(u32, f32)], truth: u32, pace: Pace) {
    let mut scores = [0.0; output::COUNT];
    for &(id, strength) in features {
        for (score, weight) in scores.iter_mut().zip(&leaders[id as usize].weights) {
            *score += weight * strength;
        }
    }
    for (k, score) in scores.iter_mut().enumerate() {
        *score = likelihood(*score) - f32::from(truth >> k & 1 == 1);
    }
    let erring: Vec<usize> = (0..output::COUNT)
        .filter(|&k| scores[k].abs() >= ERRS)
        .collect();
    let constant = leaders.len() - 1;
    for &(id, strength) in features {
        let leader = &mut leaders[id as usize];
        if id as usize == constant {
            (0..output::COUNT).for_each(|k| leader.move_by(k, scores[k] * strength, 0.0, pace));
        } else {
            for &k in &erring {
                leader.move_by(k, scores[k] * strength, pace.l1, pace);
            }
        }
    }
}

impl Leader {
    /// Moves the weight of output `k` by one slope.
    fn move_by(&mut self, k: usize, slope: f32, l1: f32, pace: Pace) {
        let (before, weight) = (self.roots[k], self.weights[k]);
        let root = (before * before + slope * slope).sqrt();
        let pull = self.pull[k] + slope - (root - before) / pace.alpha * weight;
        let excess = (pull.abs() - l1).max(0.0);
        self.weights[k] = -(excess / ((pace.beta + root) / pace.alpha + pace.l2)).copysign(pull);
        (self.pull[k], self.roots[k]) = (pull, root);
    }
}
