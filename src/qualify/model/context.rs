//! What the second stage looks at: the first's scores around an utterance, before it and after it in the talk, and its cues.

use super::features::FLAGS;
use super::{Scores, likelihood, output};

/// How far around an utterance the scores are looked at.
const AROUND: isize = 3;

/// How many inputs there are.
pub const INPUTS: usize = output::COUNT * (2 * AROUND as usize + 1 + 3 + 3 + 3) + 2 + 3 * FLAGS;

/// The inputs for every utterance of a talk, each of about unit size: `first` are the scores of utterances, `pieces` the
/// highest that a sentence of each has.
pub fn inputs<F: AsRef<[f32]>>(flags: &[F], first: &[Scores], pieces: &[Scores]) -> Vec<Vec<f32>> {
    let likely: Vec<Scores> = first.iter().map(|scores| scores.map(likelihood)).collect();
    let doubts = || first.iter().map(|scores| scores[output::NO_BUYER]);
    let whole = [
        doubts().sum::<f32>() / first.len().max(1) as f32 / 2.0,
        doubts().fold(-9.0, f32::max) / 2.0,
    ];
    let ahead = after(&likely);
    let mut so_far = [0.0; output::COUNT];
    let mut sums = [0.0; output::COUNT];
    let mut all = Vec::with_capacity(first.len());
    for k in 0..first.len() {
        let mut input = Vec::with_capacity(INPUTS);
        let near = |by: isize| k.checked_add_signed(by).filter(|&at| at < first.len());
        for by in -AROUND..=AROUND {
            match near(by) {
                Some(at) => input.extend(first[at].map(|x| (x.clamp(-8.0, 8.0) + 3.0) / 4.0)),
                None => input.extend([0.0; output::COUNT]),
            }
        }
        for by in -1..=1 {
            input.extend(near(by).map_or([0.0; output::COUNT], |at| likely[at]));
        }
        for by in -1..=1 {
            match near(by) {
                Some(at) => input.extend(pieces[at].map(|x| (x.clamp(-8.0, 8.0) + 3.0) / 4.0)),
                None => input.extend([0.0; output::COUNT]),
            }
        }
        if k > 1 {
            raise(&mut so_far, &likely[k - 2]);
        }
        if k > 0 {
            sums.iter_mut()
                .zip(&likely[k - 1])
                .for_each(|(sum, one)| *sum += one);
        }
        input.extend(so_far);
        input.extend(ahead.get(k + 2).copied().unwrap_or_default());
        input.extend(sums.map(|sum| (sum / 2.0).min(2.0)));
        input.extend(whole);
        for by in -1..=1 {
            match near(by) {
                Some(at) => input.extend(flags[at].as_ref()),
                None => input.extend([0.0; FLAGS]),
            }
        }
        all.push(input);
    }
    all
}

/// The highest likelihoods from each utterance on.
fn after(likely: &[Scores]) -> Vec<Scores> {
    let mut highest = vec![[0.0; output::COUNT]; likely.len()];
    let mut so_far = [0.0; output::COUNT];
    for (slot, one) in highest.iter_mut().zip(likely).rev() {
        raise(&mut so_far, one);
        *slot = so_far;
    }
    highest
}

fn raise(so_far: &mut Scores, one: &Scores) {
    for (high, value) in so_far.iter_mut().zip(one) {
        *high = high.max(*value);
    }
}
