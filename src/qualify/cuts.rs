//! Where one talk ends and the next begins in the stream of a lane: greetings, goodbyes, new names, silences.

use std::sync::LazyLock;

use super::model::{Model, Row, decode, likelihood};
use super::{Qualifier, Said};

/// A place where a new talk seems to begin.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    /// Index of the new talk's first utterance.
    pub before: usize,
    /// Why, in booth words.
    pub reason: &'static str,
    /// How likely it is right, 0 to 1.
    pub confidence: f32,
}

static BUNDLED: LazyLock<Model> = LazyLock::new(|| {
    Model::from_bytes(include_bytes!("../../assets/qualify/cuts.bin")).unwrap_or_default()
});

/// A silence of this many seconds is a reason by itself.
const LONG_S: f64 = 6.0;

impl Qualifier {
    /// Where new talks begin among these utterances; `times` are their starts and ends in seconds, in the same order.
    pub fn cuts(&self, said: &[Said<'_>], times: &[(f64, f64)]) -> Vec<Cut> {
        let rows = self.stream_rows(said, times);
        let likely: Vec<f32> = rows
            .iter()
            .enumerate()
            .map(|(k, row)| {
                let score = BUNDLED.words.scores(row)[0];
                if k == 0 { 0.0 } else { likelihood(score) }
            })
            .collect();
        decode::places(&likely, BUNDLED.thresholds[0])
            .into_iter()
            .map(|(before, confidence)| Cut {
                before,
                reason: reason(said, times, before),
                confidence,
            })
            .collect()
    }

    /// What the cuts are judged by: the rows of a talk, and the silence before each utterance.
    pub fn stream_rows(&self, said: &[Said<'_>], times: &[(f64, f64)]) -> Vec<Row> {
        let mut rows = self.rows(said);
        for (k, row) in rows.iter_mut().enumerate().skip(1) {
            row.mark(silence(times, k));
        }
        rows
    }
}

/// The length of the silence before an utterance as a step: 0 unknown, 1 the clock began anew, then ever longer.
fn silence(times: &[(f64, f64)], k: usize) -> u8 {
    let (Some(before), Some(now)) = (times.get(k - 1), times.get(k)) else {
        return 0;
    };
    let gap = now.0 - before.1;
    if before.1 <= 0.0 && now.1 <= 0.0 {
        return 0;
    }
    if gap < -1.0 {
        return 1;
    }
    let steps = [0.2, 0.6, 1.2, 2.5, 5.0, 10.0, 30.0];
    2 + steps.iter().filter(|step| gap > **step).count() as u8
}

fn reason(said: &[Said<'_>], times: &[(f64, f64)], k: usize) -> &'static str {
    const HELLO: [&str; 8] = [
        "hello",
        "hi",
        "hey",
        "morning",
        "afternoon",
        "welcome",
        "hallo",
        "evening",
    ];
    const GOODBYE: [&str; 8] = [
        "bye", "goodbye", "thanks", "thank", "cheers", "ciao", "care", "later",
    ];
    let has = |k: usize, list: &[&str]| {
        let text = said.get(k).map_or("", |said| said.text).to_lowercase();
        let mut words = text.split(|letter: char| !letter.is_alphanumeric());
        words.any(|word| list.contains(&word))
    };
    let gap = match (times.get(k.wrapping_sub(1)), times.get(k)) {
        (Some(before), Some(now)) => now.0 - before.1,
        _ => 0.0,
    };
    if gap > LONG_S {
        "a silence"
    } else if has(k, &HELLO) || has(k + 1, &HELLO) {
        "a greeting"
    } else if k > 0 && has(k - 1, &GOODBYE) {
        "a goodbye before"
    } else {
        "somebody new"
    }
}
