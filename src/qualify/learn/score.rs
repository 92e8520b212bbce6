//! How good scores are, by the rule of the data set: right kind, right utterance give or take one, one to one.

use super::super::Reading;
use super::super::model::decode;
use super::super::model::{Model, Scores, likelihood, whole};
use super::{Gold, Lesson};
use crate::domain::SignalKind;

/// What was right, too much and missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Right.
    pub right: usize,
    /// Found, not labelled.
    pub extra: usize,
    /// Labelled, not found.
    pub missed: usize,
}

impl Count {
    /// Adds another count.
    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.extra += other.extra;
        self.missed += other.missed;
    }

    /// All counts together.
    pub fn sum(counts: &[Self]) -> Self {
        counts.iter().fold(Self::default(), |mut sum, one| {
            sum.add(*one);
            sum
        })
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(self) -> f32 {
        2.0 * self.right as f32 / (2 * self.right + self.extra + self.missed).max(1) as f32
    }
}

/// Compares places of one kind in one talk, both in order.
pub fn compare(gold: &[usize], found: &[usize]) -> Count {
    let (mut g, mut f, mut right) = (0, 0, 0);
    while g < gold.len() && f < found.len() {
        if found[f] + 1 < gold[g] {
            f += 1;
        } else if gold[g] + 1 < found[f] {
            g += 1;
        } else {
            right += 1;
            g += 1;
            f += 1;
        }
    }
    Count {
        right,
        extra: found.len() - right,
        missed: gold.len() - right,
    }
}

/// The count of one kind (its place in [`SignalKind::ALL`]) over some lessons at a threshold.
fn count(lessons: &[&Lesson], scores: &[&Vec<Scores>], kind: usize, threshold: f32) -> Count {
    let mut sum = Count::default();
    for (lesson, scores) in lessons.iter().zip(scores) {
        let mut gold: Vec<usize> = lesson
            .talk
            .gold
            .signals
            .iter()
            .filter(|label| label.kind == SignalKind::ALL[kind])
            .map(|label| label.i)
            .collect();
        gold.sort_unstable();
        let likely: Vec<f32> = scores.iter().map(|one| likelihood(one[kind])).collect();
        let found: Vec<usize> = decode::places(&likely, threshold)
            .into_iter()
            .map(|one| one.0)
            .collect();
        sum.add(compare(&gold, &found));
    }
    sum
}

/// How many thresholds on each side are looked at with one, a hundredth apart.
const NEAR: usize = 4;

/// For each kind the threshold with the best mean of precision and recall, looked at with its neighbours: a peak by luck
/// is none. Who is taken for no buyer is left out, where nothing but consent is read.
pub fn thresholds(lessons: &[&Lesson], scores: &[&Vec<Scores>], model: &Model) -> [f32; 10] {
    let buyers: (Vec<&Lesson>, Vec<&Vec<Scores>>) = lessons
        .iter()
        .zip(scores)
        .filter(|(_, scores)| whole::no_buyer(&model.whole, scores) <= 0.5)
        .unzip();
    let mut chosen = [0.5; 10];
    for (kind, slot) in chosen.iter_mut().enumerate() {
        let (lessons, scores) = if SignalKind::ALL[kind] == SignalKind::OptIn {
            (lessons, scores)
        } else {
            (buyers.0.as_slice(), buyers.1.as_slice())
        };
        let steps: Vec<f32> = (4..80).map(|step| step as f32 / 100.0).collect();
        let scores: Vec<f32> = steps
            .iter()
            .map(|threshold| count(lessons, scores, kind, *threshold).f1())
            .collect();
        let smooth = |k: usize| {
            let near = &scores[k.saturating_sub(NEAR)..(k + NEAR + 1).min(scores.len())];
            near.iter().sum::<f32>() / near.len() as f32
        };
        let best = (0..steps.len()).max_by(|&a, &b| smooth(a).total_cmp(&smooth(b)));
        *slot = best.map_or(0.5, |k| steps[k]);
    }
    chosen
}

/// The figures of each kind, in the order of [`SignalKind::ALL`], at given thresholds.
pub fn figures(
    lessons: &[&Lesson],
    scores: &[&Vec<Scores>],
    thresholds: &[f32; 10],
) -> [Count; 10] {
    let mut counts = [Count::default(); 10];
    for (kind, slot) in counts.iter_mut().enumerate() {
        *slot = count(lessons, scores, kind, thresholds[kind]);
    }
    counts
}

/// All kinds of a talk together, as a reading has them (its utterances' stamps being their indexes, see
/// [`super::super::jsonl::said`]).
pub fn signals(gold: &Gold, reading: &Reading) -> Count {
    let mut sum = Count::default();
    for kind in SignalKind::ALL {
        let wanted = gold.signals.iter().filter(|label| label.kind == kind);
        let mut wanted: Vec<usize> = wanted.map(|label| label.i).collect();
        wanted.sort_unstable();
        let found = reading.signals.iter().filter(|signal| signal.kind == kind);
        let mut found: Vec<usize> = found
            .map(|signal| signal.utterance.wall_ms as usize)
            .collect();
        found.sort_unstable();
        sum.add(compare(&wanted, &found));
    }
    sum
}

/// The share of talks of which it is rightly told whether the visitor is a buyer.
pub fn buyers(lessons: &[&Lesson], scores: &[&Vec<Scores>], model: &Model) -> f32 {
    let right = lessons.iter().zip(scores).filter(|(lesson, scores)| {
        (whole::no_buyer(&model.whole, scores) > 0.5) == (lesson.talk.gold.rating == "none")
    });
    right.count() as f32 / lessons.len().max(1) as f32
}
