//! Buyer or not: a regression by plain gradient descent, all talks at each step.

use super::super::model::{Scores, likelihood, whole};
use super::Lesson;

const STEPS: usize = 3000;
const RATE: f32 = 0.3;
/// Keeps the weights small.
const DECAY: f32 = 0.001;

/// Trains on the scores of talks by weights that have not seen them.
pub fn train(lessons: &[Lesson], scores: &[Vec<Scores>]) -> [f32; whole::INPUTS] {
    let examples: Vec<([f32; whole::INPUTS], f32)> = lessons
        .iter()
        .zip(scores)
        .map(|(lesson, scores)| {
            let truth = f32::from(lesson.talk.gold.rating == "none");
            (whole::inputs(scores), truth)
        })
        .collect();
    let share = RATE / examples.len().max(1) as f32;
    let mut weights = [0.0; whole::INPUTS];
    for _ in 0..STEPS {
        let mut slopes = [0.0; whole::INPUTS];
        for (inputs, truth) in &examples {
            let sum: f32 = inputs.iter().zip(&weights).map(|(a, b)| a * b).sum();
            let off = likelihood(sum) - truth;
            for (slope, input) in slopes.iter_mut().zip(inputs) {
                *slope += off * input;
            }
        }
        for (weight, slope) in weights.iter_mut().zip(slopes) {
            *weight -= share * slope + RATE * DECAY * *weight;
        }
    }
    weights
}
