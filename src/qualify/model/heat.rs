//! How hot a talk is, where the guide alone is in doubt: a regression over what is likely of it.

/// How many things are looked at ([`super::super::chances`] tells which).
pub const INPUTS: usize = 25;

/// The weights of cold, warm and hot; all nought where none were trained.
pub type Weights = [[f32; INPUTS]; 3];

/// The shares of cold, warm and hot by these weights; none where there are none.
pub fn shares(weights: &Weights, inputs: &[f32; INPUTS]) -> Option<[f32; 3]> {
    if weights.iter().flatten().all(|weight| *weight == 0.0) {
        return None;
    }
    let sums = weights.map(|row| row.iter().zip(inputs).map(|(a, b)| a * b).sum::<f32>());
    let top = sums.iter().copied().fold(f32::MIN, f32::max);
    let odds = sums.map(|sum| (sum - top).exp());
    let all: f32 = odds.iter().sum();
    Some(odds.map(|one| one / all))
}
