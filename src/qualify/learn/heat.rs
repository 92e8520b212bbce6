//! Cold, warm or hot: a regression by plain gradient descent, all talks at each step.

use super::super::model::heat::{INPUTS, Weights, shares};

const STEPS: usize = 400;
const RATE: f32 = 1.0;
/// Keeps the weights small.
const DECAY: f32 = 0.001;

/// Trains on what is likely of each talk and how hot it is: 0 cold, 1 warm, 2 hot.
pub fn train(examples: &[([f32; INPUTS], usize)]) -> Weights {
    // Any weights but none: what is nought counts as untrained.
    let mut weights: Weights = [[1e-6; INPUTS]; 3];
    let share = RATE / examples.len().max(1) as f32;
    for _ in 0..STEPS {
        let mut slopes: Weights = [[0.0; INPUTS]; 3];
        for (inputs, truth) in examples {
            let told = shares(&weights, inputs).unwrap_or_default();
            for (heat, (slopes, told)) in slopes.iter_mut().zip(told).enumerate() {
                let off = told - f32::from(heat == *truth);
                for (slope, input) in slopes.iter_mut().zip(inputs) {
                    *slope += off * input;
                }
            }
        }
        for (weight, slope) in weights.iter_mut().flatten().zip(slopes.iter().flatten()) {
            *weight -= share * slope + DECAY * *weight;
        }
    }
    weights
}
