//! From likelihoods to places: which utterances carry a kind of signal.

/// An utterance beside one that is taken already is taken only from this likelihood on.
const BESIDE: f32 = 0.7;

/// The utterances that carry a kind, with their likelihood. What neighbours share counts for the likeliest of them:
/// a sentence cut in two is one signal.
pub fn places(likely: &[f32], threshold: f32) -> Vec<(usize, f32)> {
    let share = |k: usize| {
        let beside = |at: Option<usize>| {
            at.and_then(|at| likely.get(at))
                .map_or(0.0, |&other| other.min(likely[k]))
        };
        1.0 - (1.0 - likely[k]) * (1.0 - beside(k.checked_sub(1))) * (1.0 - beside(Some(k + 1)))
    };
    let shared: Vec<f32> = (0..likely.len()).map(share).collect();
    let mut order: Vec<usize> = (0..likely.len())
        .filter(|&k| shared[k] >= threshold)
        .collect();
    order.sort_by(|&a, &b| shared[b].total_cmp(&shared[a]).then(a.cmp(&b)));
    let mut taken = vec![false; likely.len()];
    let mut found = Vec::new();
    for k in order {
        let beside = k > 0 && taken[k - 1] || taken.get(k + 1).copied().unwrap_or(false);
        if beside && likely[k] < (threshold + 0.25).max(BESIDE) {
            continue;
        }
        taken[k] = true;
        found.push((k, shared[k]));
    }
    found.sort_unstable_by_key(|one| one.0);
    found
}
