//! A recogniser that counts what it is asked for and what that costs.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use boothside::ears::recognize::{Effort, Failure, Hearing, Recogniser};

/// Decodings by effort: how many, their audio and their CPU time; and how many were stopped.
#[derive(Default)]
pub struct Counts {
    rows: [[AtomicU64; 3]; 3],
    stopped: AtomicU64,
}

const NAMES: [&str; 3] = ["captions", "finals", "careful"];

impl Counts {
    /// CPU seconds of all decodings.
    pub fn cpu_s(&self) -> f64 {
        self.rows
            .iter()
            .map(|row| row[2].load(Ordering::Relaxed) as f64 / 1e9)
            .sum()
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, row) in NAMES.iter().zip(&self.rows) {
            let [count, samples, ns] = row
                .each_ref()
                .map(|cell| cell.load(Ordering::Relaxed) as f64);
            let (seconds, cpu) = (samples / 16_000.0, ns / 1e9);
            write!(f, "{count} {name} of {seconds:.0} s for {cpu:.2} CPU-s; ")?;
        }
        write!(f, "{} stopped", self.stopped.load(Ordering::Relaxed))
    }
}

/// The recogniser that counts.
pub struct Counted {
    inner: Box<dyn Recogniser>,
    counts: Arc<Counts>,
}

impl Counted {
    /// Counts for `inner`.
    pub fn new(inner: Box<dyn Recogniser>, counts: Arc<Counts>) -> Counted {
        Counted { inner, counts }
    }

    fn count(
        &mut self,
        effort: Effort,
        samples: usize,
        hear: impl FnOnce(&mut dyn Recogniser) -> Result<Hearing, Failure>,
    ) -> Result<Hearing, Failure> {
        let before = thread_ns();
        let heard = hear(&mut *self.inner);
        let row = &self.counts.rows[effort as usize];
        for (cell, value) in row.iter().zip([1, samples as u64, thread_ns() - before]) {
            cell.fetch_add(value, Ordering::Relaxed);
        }
        if heard == Err(Failure::Stopped) {
            self.counts.stopped.fetch_add(1, Ordering::Relaxed);
        }
        heard
    }
}

impl Recogniser for Counted {
    fn hear(
        &mut self,
        audio: &[f32],
        effort: Effort,
        stop: &Arc<AtomicBool>,
    ) -> Result<Hearing, Failure> {
        self.count(effort, audio.len(), |inner| inner.hear(audio, effort, stop))
    }

    fn hear_more(
        &mut self,
        audio: &[f32],
        settled: &[i32],
        stop: &Arc<AtomicBool>,
    ) -> Result<Hearing, Failure> {
        self.count(Effort::Caption, audio.len(), |inner| {
            inner.hear_more(audio, settled, stop)
        })
    }
}

/// CPU time of this thread so far, nanoseconds; everything with one recogniser thread happens in it.
pub fn thread_ns() -> u64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let first = stat.split_whitespace().next();
    first.and_then(|cell| cell.parse().ok()).unwrap_or(0)
}

/// A model of a true shape with random weights, and the demo model that has its words.
pub struct Shaped {
    /// What has the words; counted apart.
    pub words: Counted,
    /// What costs as much as a model for people.
    pub shape: Counted,
}

impl Recogniser for Shaped {
    fn hear(
        &mut self,
        audio: &[f32],
        effort: Effort,
        stop: &Arc<AtomicBool>,
    ) -> Result<Hearing, Failure> {
        self.shape.hear(audio, effort, stop)?;
        self.words.hear(audio, effort, stop)
    }

    fn hear_more(
        &mut self,
        audio: &[f32],
        settled: &[i32],
        stop: &Arc<AtomicBool>,
    ) -> Result<Hearing, Failure> {
        // As many tokens need not be written again as with the demo model.
        let settled_there = vec![1; settled.len().min(super::shapes::TOKENS as usize)];
        self.shape.hear_more(audio, &settled_there, stop)?;
        self.words.hear_more(audio, settled, stop)
    }
}
