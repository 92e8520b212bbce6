//! Second stage: a net learns by Adam (Kingma 2015) with inputs and hidden units left out by chance, in one thread, repeatable.

use super::super::model::net::Net;
use super::super::model::{likelihood, output};
use super::chance::Chance;

/// How a net learns.
#[derive(Clone, Copy, Debug)]
pub struct Course {
    /// Hidden units.
    pub hidden: usize,
    /// Step size at the start; it falls to nought.
    pub rate: f32,
    /// Weight decay per step, as a share of the rate.
    pub decay: f32,
    /// Share of inputs and hidden units left out while learning.
    pub drop: f32,
    /// How often the examples are gone through.
    pub epochs: usize,
}

/// Examples per step.
const BATCH: usize = 32;

struct Adam {
    weights: Vec<f32>,
    slopes: Vec<f32>,
    mean: Vec<f32>,
    square: Vec<f32>,
}

impl Adam {
    fn new(weights: Vec<f32>) -> Self {
        let nought = vec![0.0; weights.len()];
        Self {
            weights,
            slopes: nought.clone(),
            mean: nought.clone(),
            square: nought,
        }
    }

    fn step(&mut self, share: f32, rate: f32, decay: f32) {
        let slopes = self.slopes.iter_mut();
        let moments = self.mean.iter_mut().zip(&mut self.square);
        for ((weight, slope), (mean, square)) in self.weights.iter_mut().zip(slopes).zip(moments) {
            let down = *slope * share;
            *mean = 0.9 * *mean + 0.1 * down;
            *square = 0.999 * *square + 0.001 * down * down;
            *weight -= rate * (*mean / (square.sqrt() + 1e-6) + decay * *weight);
            *slope = 0.0;
        }
    }
}

struct Learner {
    inputs: usize,
    hidden: usize,
    first: Adam,
    second: Adam,
    chance: Chance,
    drop: f32,
}

/// Trains a net on inputs (all of one length, each of about unit size) and what is true of each.
pub fn train(cases: &[(&[f32], u32)], course: Course, seed: u64) -> Net {
    let mut learner = Learner::new(cases.first().map_or(0, |case| case.0.len()), course, seed);
    let mut order: Vec<usize> = (0..cases.len()).collect();
    let steps = (course.epochs * cases.len().div_ceil(BATCH)).max(1);
    let mut step = 0;
    for _ in 0..course.epochs {
        learner.chance.shuffle(&mut order);
        for batch in order.chunks(BATCH) {
            for &at in batch {
                learner.learn(cases[at].0, cases[at].1);
            }
            let left = 1.0 - step as f32 / steps as f32;
            let rate = course.rate * left.max(0.02);
            let share = 1.0 / batch.len() as f32;
            learner.first.step(share, rate, course.decay);
            learner.second.step(share, rate, course.decay);
            step += 1;
        }
    }
    Net {
        inputs: learner.inputs,
        hidden: learner.hidden,
        first: learner.first.weights,
        second: learner.second.weights,
    }
}

impl Learner {
    fn new(inputs: usize, course: Course, seed: u64) -> Self {
        let hidden = course.hidden;
        let mut chance = Chance::new(seed);
        let mut around = |spread: f32| (chance.share() * 2.0 - 1.0) * spread;
        let width = hidden + output::COUNT;
        let spread = 1.7 / (inputs.max(1) as f32).sqrt();
        let first = (0..(inputs + 1) * width)
            .map(|k| {
                if k % width < hidden {
                    around(spread)
                } else {
                    0.0
                }
            })
            .collect();
        let second = (0..hidden * output::COUNT).map(|_| around(0.3)).collect();
        Self {
            inputs,
            hidden,
            first: Adam::new(first),
            second: Adam::new(second),
            chance,
            drop: course.drop,
        }
    }

    /// Adds one example's slopes.
    fn learn(&mut self, inputs: &[f32], truth: u32) {
        let kept = self.keep(inputs);
        let width = self.hidden + output::COUNT;
        let mut sums = vec![0.0_f32; width];
        for &(k, value) in &kept {
            let row = &self.first.weights[k * width..][..width];
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += weight * value;
            }
        }
        let more = 1.0 / (1.0 - self.drop);
        let (hidden, scores) = sums.split_at_mut(self.hidden);
        for (k, unit) in hidden.iter_mut().enumerate() {
            let out = self.chance.share() < self.drop;
            *unit = if out { 0.0 } else { unit.max(0.0) * more };
            let row = &self.second.weights[k * output::COUNT..][..output::COUNT];
            for (score, weight) in scores.iter_mut().zip(row) {
                *score += weight * *unit;
            }
        }
        for (k, score) in scores.iter_mut().enumerate() {
            *score = likelihood(*score) - f32::from(truth >> k & 1 == 1);
        }
        for (k, unit) in hidden.iter_mut().enumerate().filter(|one| *one.1 != 0.0) {
            let at = k * output::COUNT..(k + 1) * output::COUNT;
            let mut back = 0.0;
            let slopes = &mut self.second.slopes[at.clone()];
            for ((slope, weight), score) in slopes
                .iter_mut()
                .zip(&self.second.weights[at])
                .zip(&*scores)
            {
                *slope += score * *unit;
                back += score * weight;
            }
            *unit = back * more;
        }
        for &(k, value) in &kept {
            let slopes = &mut self.first.slopes[k * width..][..width];
            for (slope, sum) in slopes.iter_mut().zip(&sums) {
                *slope += sum * value;
            }
        }
    }

    /// The inputs that are not nought and not left out this time, and the constant.
    fn keep(&mut self, inputs: &[f32]) -> Vec<(usize, f32)> {
        let more = 1.0 / (1.0 - self.drop);
        let mut kept = Vec::with_capacity(inputs.len() + 1);
        for (k, &value) in inputs.iter().enumerate().filter(|one| *one.1 != 0.0) {
            if self.chance.share() >= self.drop {
                kept.push((k, value * more));
            }
        }
        kept.push((inputs.len(), 1.0));
        kept
    }
}
