//! Is this frame voice, how loud is it, and how quiet is the room: one frame of samples -> what the segmenter needs.

use super::endpoint::{FRAME, Frame};
use earshot::Detector;

/// No level is called quieter than this; digital silence has none.
pub const SILENCE_DB: f32 = -100.0;
/// The floor is never put below this: on digital silence any breath would stand far above it.
const LOWEST_FLOOR_DB: f32 = -65.0;
/// The floor is never put above this: a room that loud can only be talk without a pause.
const HIGHEST_FLOOR_DB: f32 = -25.0;
/// The floor is this share of the quietest frames: pauses between words belong to the room, words don't.
const FLOOR_SHARE: f32 = 0.15;
/// The floor is of the last 10 s: a hall's noise changes slowly.
const FLOOR_FRAMES: usize = 625;
/// With less than a second heard the room is not known yet.
const FLOOR_KNOWN: usize = 62;
/// Scores above 0.9 without a break for 20 s are no voice but a broken detector: nobody speaks without breathing.
const BROKEN_FRAMES: u32 = 1250;
/// The fallback calls a frame voice when it is this far above the floor.
const LOUD_DB: f32 = 9.0;
/// Sample values from here on are clipped.
const CLIPPED: f32 = 0.999;

/// A lane's ear for voice.
pub struct Voice {
    detector: Box<Detector>,
    floor: Floor,
    /// Frames in a row with a score that high.
    high: u32,
}

/// One frame as heard.
#[derive(Clone, Copy, Debug)]
pub struct Heard {
    /// For the segmenter.
    pub frame: Frame,
    /// Highest sample, dB below full scale.
    pub peak: f32,
    /// Whether samples hit the ceiling.
    pub clipped: bool,
}

impl Default for Voice {
    fn default() -> Voice {
        Voice {
            detector: Detector::default_boxed(),
            floor: Floor::default(),
            high: 0,
        }
    }
}

impl Voice {
    /// Forgets the device it listened to.
    pub fn reset(&mut self) {
        self.detector.reset();
        self.floor = Floor::default();
        self.high = 0;
    }

    /// The room's noise floor, dB below full scale.
    pub fn floor(&self) -> f32 {
        self.floor.level()
    }

    /// Listens to one frame. Samples beyond full scale (or no numbers at all) are pulled back in place.
    pub fn listen(&mut self, samples: &mut [f32; FRAME]) -> Heard {
        let (mut power, mut peak) = (0.0_f32, 0.0_f32);
        for sample in samples.iter_mut() {
            if !sample.is_finite() {
                *sample = 0.0;
            }
            peak = peak.max(sample.abs());
            *sample = sample.clamp(-1.0, 1.0);
            power += *sample * *sample;
        }
        let level = decibel((power / FRAME as f32).sqrt());
        self.floor.add(level);
        let above = level - self.floor.level();
        let score = self.detector.predict_f32(samples);
        let score = self.believe(score, above);
        Heard {
            frame: Frame {
                score,
                level,
                above,
            },
            peak: decibel(peak),
            clipped: peak >= CLIPPED,
        }
    }

    /// The detector's score, or a plain gate on the level when the score can't be true.
    fn believe(&mut self, score: f32, above: f32) -> f32 {
        self.high = if score > 0.9 { self.high + 1 } else { 0 };
        if (0.0..=1.0).contains(&score) && self.high < BROKEN_FRAMES {
            return score;
        }
        if above >= LOUD_DB { 0.9 } else { 0.0 }
    }
}

/// The level below which the quietest frames of the last 10 s lie, kept as a histogram of whole decibels.
struct Floor {
    recent: std::collections::VecDeque<u8>,
    counts: [u16; 101],
}

impl Default for Floor {
    fn default() -> Floor {
        Floor {
            recent: std::collections::VecDeque::with_capacity(FLOOR_FRAMES + 1),
            counts: [0; 101],
        }
    }
}

impl Floor {
    fn add(&mut self, level: f32) {
        let bin = (level - SILENCE_DB).clamp(0.0, 100.0) as u8;
        self.counts[usize::from(bin)] += 1;
        self.recent.push_back(bin);
        if self.recent.len() > FLOOR_FRAMES
            && let Some(old) = self.recent.pop_front()
        {
            self.counts[usize::from(old)] -= 1;
        }
    }

    fn level(&self) -> f32 {
        if self.recent.len() < FLOOR_KNOWN {
            return LOWEST_FLOOR_DB;
        }
        let wanted = (self.recent.len() as f32 * FLOOR_SHARE) as u32;
        let mut seen = 0;
        for (bin, count) in self.counts.iter().enumerate() {
            seen += u32::from(*count);
            if seen > wanted {
                return (SILENCE_DB + bin as f32).clamp(LOWEST_FLOOR_DB, HIGHEST_FLOOR_DB);
            }
        }
        LOWEST_FLOOR_DB
    }
}

/// An amplitude (1 is full scale) in decibels.
pub fn decibel(amplitude: f32) -> f32 {
    (20.0 * amplitude.max(1e-5).log10()).max(SILENCE_DB)
}
