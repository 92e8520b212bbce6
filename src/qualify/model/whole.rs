//! Whether the visitor of a whole talk is a buyer: one small regression over its second-stage scores.

use super::{Scores, likelihood, output};

/// How many things are looked at.
pub const INPUTS: usize = 14;

/// What is looked at: the mean and the top of "no buyer", the top of each kind, the talk's length, and 1.
pub fn inputs(scores: &[Scores]) -> [f32; INPUTS] {
    let mut inputs = [0.0; INPUTS];
    let count = scores.len().max(1) as f32;
    for one in scores {
        inputs[10] += one[output::NO_BUYER].clamp(-8.0, 8.0) / count;
        inputs[11] += likelihood(one[output::NO_BUYER]) / count;
        for (top, score) in inputs.iter_mut().zip(&one[..10]) {
            *top = top.max(likelihood(*score));
        }
    }
    inputs[12] = (count / 10.0).min(3.0);
    inputs[13] = 1.0;
    inputs
}

/// The likelihood that these weights give.
pub fn no_buyer(weights: &[f32; INPUTS], scores: &[Scores]) -> f32 {
    let sum: f32 = inputs(scores)
        .iter()
        .zip(weights)
        .map(|(one, weight)| one * weight)
        .sum();
    likelihood(sum)
}
