//! How fast a model is on this computer, and how many lanes that is enough for.

use std::sync::Arc;
use std::time::Instant;

use super::Model;
use super::recognize::{self, Effort, Recogniser};
use super::resample::RATE;

/// The clip that is decoded: a usual sentence or two.
const CLIP_S: usize = 5;
/// It is decoded this often and the best counts: other programs only ever make it slower.
const TIMES: usize = 3;
/// Lanes may keep the recogniser this busy when everybody talks at once; the rest is for captions and other programs.
const BUSY: f32 = 0.7;

/// How fast a model is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Seconds it takes for a second of speech; below 1 it keeps up with one lane.
    pub real_time: f32,
    /// Seconds it takes to load.
    pub load_s: f32,
}

impl Pace {
    /// How many lanes it keeps up with when all of them talk at once.
    pub fn lanes(self) -> usize {
        (BUSY / self.real_time.max(0.001)) as usize
    }

    /// In words: `0.3x real time on this laptop, 2 lanes fit`.
    pub fn words(self) -> String {
        let pace = self.real_time;
        match self.lanes() {
            0 => format!("{pace:.2}x real time on this laptop, too slow to keep up"),
            1 => format!("{pace:.2}x real time on this laptop, 1 lane fits"),
            lanes => format!(
                "{pace:.2}x real time on this laptop, {} lanes fit",
                lanes.min(99)
            ),
        }
    }
}

/// Times a model on speech (mono, 16 kHz, five seconds and more). The error is one sentence.
pub fn measure(model: &Model, speech: &[f32]) -> Result<Pace, String> {
    let began = Instant::now();
    let mut recogniser = recognize::load(model, None).map_err(|error| error.to_string())?;
    let load_s = began.elapsed().as_secs_f32();
    let real_time = time(&mut *recogniser, speech)?;
    Ok(Pace { real_time, load_s })
}

fn time(recogniser: &mut dyn Recogniser, speech: &[f32]) -> Result<f32, String> {
    let clip = &speech[..speech.len().min(CLIP_S * RATE as usize)];
    let mut best = f32::INFINITY;
    for _ in 0..TIMES {
        let began = Instant::now();
        recogniser
            .hear(clip, Effort::Final, &Arc::default())
            .map_err(|error| error.to_string())?;
        best = best.min(began.elapsed().as_secs_f32());
    }
    Ok(best * RATE as f32 / clip.len().max(1) as f32)
}
