//! What the second stage looks at: the first's scores around an utterance or a sentence, before it and after it in the talk,
//! and its cues.

use super::features::FLAGS;
use super::pieces;
use super::{Scores, likelihood, output, raise};

/// How far around an utterance the scores are looked at.
const AROUND: isize = 3;

/// How many inputs there are for an utterance.
const INPUTS: usize = output::COUNT * (2 * AROUND as usize + 1 + 3 + 3 + 3) + 2 + 3 * FLAGS;

/// How far around a sentence the scores are looked at.
const NEAR: isize = 4;

/// How many inputs there are for a sentence.
const OF_SENTENCE: usize =
    output::COUNT * (2 * NEAR as usize + 1 + 3 + 3 + 3) + 2 + 3 * pieces::FLAGS;

/// What the second stage looks at in a talk.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// For each utterance.
    pub utterances: Vec<Vec<f32>>,
    /// For each sentence.
    pub sentences: Vec<Vec<f32>>,
    /// The utterance of each sentence.
    pub said: Vec<usize>,
}

/// One sentence as the second stage sees it.
pub struct Seen<F> {
    /// Its utterance.
    pub said: usize,
    /// The first stage's scores.
    pub scores: Scores,
    /// See [`pieces::FLAGS`].
    pub flags: F,
}

/// A score of about unit size.
fn squeezed(scores: &Scores) -> Scores {
    scores.map(|x| (x.clamp(-8.0, 8.0) + 3.0) / 4.0)
}

/// What is doubted of the whole talk: that the visitor is a buyer, on the whole and at most.
fn doubts(first: &[Scores]) -> [f32; 2] {
    let doubts = || first.iter().map(|scores| scores[output::NO_BUYER]);
    [
        doubts().sum::<f32>() / first.len().max(1) as f32 / 2.0,
        doubts().fold(-9.0, f32::max) / 2.0,
    ]
}

/// The inputs for every sentence of a talk: `first` are the scores of utterances.
pub fn of_sentences<F: AsRef<[f32]>>(seen: &[Seen<F>], first: &[Scores]) -> Vec<Vec<f32>> {
    let likely: Vec<Scores> = seen.iter().map(|one| one.scores.map(likelihood)).collect();
    let whole = doubts(first);
    let ahead = after(&likely);
    let mut so_far = [0.0; output::COUNT];
    let mut all = Vec::with_capacity(seen.len());
    for (k, here) in seen.iter().enumerate() {
        let mut input = Vec::with_capacity(OF_SENTENCE);
        let near = |by: isize| k.checked_add_signed(by).and_then(|at| seen.get(at));
        for by in -NEAR..=NEAR {
            input.extend(near(by).map_or([0.0; output::COUNT], |one| squeezed(&one.scores)));
        }
        for by in -1..=1 {
            input.extend(near(by).map_or([0.0; output::COUNT], |one| one.scores.map(likelihood)));
        }
        for by in -1..=1 {
            let said = here.said.checked_add_signed(by);
            let said = said.and_then(|at| first.get(at));
            input.extend(said.map_or([0.0; output::COUNT], squeezed));
        }
        if k > 1 {
            raise(&mut so_far, &likely[k - 2]);
        }
        input.extend(so_far);
        input.extend(ahead.get(k + 2).copied().unwrap_or_default());
        let said = first.get(here.said).copied().unwrap_or_default();
        input.extend(said.map(likelihood));
        input.extend(whole);
        for by in -1..=1 {
            match near(by) {
                Some(one) => input.extend(one.flags.as_ref()),
                None => input.extend([0.0; pieces::FLAGS]),
            }
        }
        all.push(input);
    }
    all
}

/// The inputs for every utterance of a talk, each of about unit size: `first` are the scores of utterances, `pieces` the
/// highest that a sentence of each has.
pub fn of_utterances<F: AsRef<[f32]>>(
    flags: &[F],
    first: &[Scores],
    pieces: &[Scores],
) -> Vec<Vec<f32>> {
    let likely: Vec<Scores> = first.iter().map(|scores| scores.map(likelihood)).collect();
    let whole = doubts(first);
    let ahead = after(&likely);
    let mut so_far = [0.0; output::COUNT];
    let mut sums = [0.0; output::COUNT];
    let mut all = Vec::with_capacity(first.len());
    for k in 0..first.len() {
        let mut input = Vec::with_capacity(INPUTS);
        let near = |by: isize| k.checked_add_signed(by).filter(|&at| at < first.len());
        for by in -AROUND..=AROUND {
            match near(by) {
                Some(at) => input.extend(squeezed(&first[at])),
                None => input.extend([0.0; output::COUNT]),
            }
        }
        for by in -1..=1 {
            input.extend(near(by).map_or([0.0; output::COUNT], |at| likely[at]));
        }
        for by in -1..=1 {
            match near(by) {
                Some(at) => input.extend(squeezed(&pieces[at])),
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
