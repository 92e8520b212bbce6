//! Second stage: a small net with one hidden layer and straight connections beside it.

use super::{Scores, output};

/// The weights of one net. `width` below is hidden units + outputs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Net {
    /// How many inputs.
    pub inputs: usize,
    /// How many hidden units.
    pub hidden: usize,
    /// From each input, and last from the constant 1: to the hidden units, then straight to the outputs.
    pub first: Vec<f32>,
    /// From each hidden unit to the outputs.
    pub second: Vec<f32>,
}

impl Net {
    /// Hidden units and outputs.
    pub fn width(&self) -> usize {
        self.hidden + output::COUNT
    }

    /// One net that gives the mean of several with the same inputs: their hidden units side by side.
    pub fn mean(nets: &[Self]) -> Self {
        let inputs = nets.first().map_or(0, |net| net.inputs);
        let hidden = nets.iter().map(|net| net.hidden).sum();
        let share = 1.0 / nets.len().max(1) as f32;
        let mut mean = Self {
            inputs,
            hidden,
            ..Self::default()
        };
        for input in 0..=inputs {
            let mut straight = [0.0; output::COUNT];
            for net in nets {
                let row = net
                    .first
                    .get(input * net.width()..(input + 1) * net.width());
                let (units, outputs) = row
                    .and_then(|row| row.split_at_checked(net.hidden))
                    .unwrap_or_default();
                mean.first.extend(units);
                for (sum, weight) in straight.iter_mut().zip(outputs) {
                    *sum += weight * share;
                }
            }
            mean.first.extend(straight);
        }
        let second = nets.iter().flat_map(|net| &net.second);
        mean.second = second.map(|weight| weight * share).collect();
        mean
    }

    /// The log-odds of every output.
    pub fn scores(&self, inputs: &[f32]) -> Scores {
        let width = self.width();
        let mut scores = [0.0; output::COUNT];
        let Some(constant) = self.first.get(self.inputs * width..) else {
            return scores;
        };
        let mut sums = constant.to_vec();
        for (row, &value) in self.first.chunks_exact(width).zip(inputs) {
            if value != 0.0 {
                for (sum, weight) in sums.iter_mut().zip(row) {
                    *sum += weight * value;
                }
            }
        }
        let (hidden, straight) = sums.split_at(self.hidden);
        scores.copy_from_slice(straight);
        for (row, &unit) in self.second.chunks_exact(output::COUNT).zip(hidden) {
            if unit > 0.0 {
                for (score, weight) in scores.iter_mut().zip(row) {
                    *score += weight * unit;
                }
            }
        }
        scores
    }
}
