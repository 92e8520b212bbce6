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
