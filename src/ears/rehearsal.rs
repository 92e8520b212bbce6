//! The room test: from a minute of listening to one line a lane, pass or fail, with the remedy.

use super::guard::normal_words;
use super::{Heard, LaneState};

/// Speech below this is too quiet for the recogniser to be sure of it (mean level of the speaking half minute).
const QUIET_DB: f32 = -45.0;
/// Speech must stand this much above the room: below, the hall's babble is taken for speech (measured: 10 dB still works).
const CLEAR_DB: f32 = 12.0;
/// This share of overdriven meter readings while speaking is distortion, not a cough.
const CLIPPED: f32 = 0.05;
/// At most this share of the test sentence's words may be wrong: two words of ten.
const WRONG: f32 = 0.2;
/// Meter readings without which nothing can be said about a room (2 s).
const READINGS: usize = 20;

/// A sentence to read aloud in the test: it has the sounds of booth talk and no name that a model could not know.
pub const SENTENCE: &str =
    "We want to set up a demo next Tuesday and talk about the price for forty users.";

/// What a lane's room test is made of; feed it with what the ears say of that lane.
#[derive(Clone, Debug, Default)]
pub struct Rehearsal {
    speech: Vec<f32>,
    room: Vec<f32>,
    clipped: usize,
    texts: Vec<String>,
    fault: Option<String>,
    /// What is wrong with the recogniser.
    trouble: Option<String>,
}

/// The outcome of a lane's room test.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Whether the lane is ready for the show.
    pub pass: bool,
    /// One sentence: what is wrong first and its remedy, or that all is well.
    pub sentence: String,
    /// Mean level while somebody spoke, dB below full scale.
    pub speech_dbfs: Option<f32>,
    /// The room's level while nobody spoke, the same.
    pub room_dbfs: Option<f32>,
    /// Share of the meter's readings while somebody spoke that were overdriven, 0 to 1.
    pub clipped: f32,
    /// Share of the test sentence's words that came out wrong, 0 to 1; none when nothing was recognised.
    pub wrong: Option<f32>,
}

impl Rehearsal {
    /// Takes in one thing the ears said of this lane.
    pub fn hear(&mut self, heard: &Heard) {
        match heard {
            Heard::Level {
                rms_dbfs,
                clipped,
                speech,
                ..
            } => {
                let readings = if *speech {
                    &mut self.speech
                } else {
                    &mut self.room
                };
                readings.push(*rms_dbfs);
                self.clipped += usize::from(*clipped && *speech);
            }
            Heard::Final { text, .. } => self.texts.push(text.clone()),
            Heard::Lane { state, .. } => match state {
                LaneState::Failed(sentence) | LaneState::Unplugged(sentence) => {
                    self.fault = Some(sentence.clone());
                }
                LaneState::Live | LaneState::Back => self.fault = None,
                LaneState::Quiet { .. } | LaneState::NoSignal | LaneState::Ended => {}
            },
            Heard::Trouble(sentence) => self.trouble = Some(sentence.clone()),
            Heard::Partial { .. }
            | Heard::OffRecord { .. }
            | Heard::Dropped { .. }
            | Heard::Backlog { .. } => {}
        }
    }

    /// The outcome, when `said` was read aloud; `words` is false where there is no speech model to score it.
    pub fn verdict(&self, said: &str, words: bool) -> Verdict {
        let (speech_dbfs, room_dbfs) = (level(&self.speech), level(&self.room));
        let wrong = words.then(|| wrong(said, &self.texts.join(" ")));
        let fault = self.fault(speech_dbfs, room_dbfs, wrong);
        Verdict {
            pass: fault.is_none(),
            sentence: fault.unwrap_or_else(|| "ready".to_owned()),
            speech_dbfs,
            room_dbfs,
            clipped: self.clipped as f32 / self.speech.len().max(1) as f32,
            wrong,
        }
    }

    /// The first thing that is wrong, in the order in which it is best mended.
    fn fault(&self, speech: Option<f32>, room: Option<f32>, wrong: Option<f32>) -> Option<String> {
        if let Some(fault) = &self.fault {
            return Some(fault.clone());
        }
        if self.speech.len() + self.room.len() < READINGS {
            return Some("nothing came in: switch the microphone on and unmute it".to_owned());
        }
        let Some(speech) = speech.filter(|_| self.speech.len() >= READINGS / 2) else {
            return Some(
                "nobody was heard: read the sentence aloud, or unmute the microphone".to_owned(),
            );
        };
        if self.clipped as f32 > CLIPPED * self.speech.len() as f32 {
            return Some("the input is overdriven: turn its gain down by 6 dB".to_owned());
        }
        if speech < QUIET_DB {
            return Some(format!(
                "speech is too quiet ({speech:.0} dB): turn the gain up or come nearer"
            ));
        }
        if let Some(room) = room.filter(|room| speech - room < CLEAR_DB) {
            let above = speech - room;
            return Some(format!(
                "speech stands only {above:.0} dB above the room: come nearer to the microphone"
            ));
        }
        if let Some(trouble) = &self.trouble {
            return Some(trouble.clone());
        }
        let wrong = wrong.filter(|wrong| *wrong > WRONG)?;
        let percent = (wrong * 100.0).round();
        Some(format!(
            "{percent:.0} % of the words came out wrong: speak nearer, or choose a larger model"
        ))
    }
}

/// Mean power of readings, in decibels.
fn level(readings: &[f32]) -> Option<f32> {
    let power: f32 = readings
        .iter()
        .map(|reading| 10_f32.powf(reading / 10.0))
        .sum();
    (!readings.is_empty()).then(|| 10.0 * (power / readings.len() as f32).log10())
}

/// Share of the words of `said` that are missing from `heard` or replaced, by the fewest edits; words beside it don't count,
/// since people talk before and after the sentence.
fn wrong(said: &str, heard: &str) -> f32 {
    let (said, heard) = (normal_words(said), normal_words(heard));
    // A row of edit distances whose start is free: the sentence may begin anywhere in what was heard, and end anywhere.
    let mut row = vec![0; heard.len() + 1];
    for (count, word) in said.iter().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], count + 1);
        for (at, other) in heard.iter().enumerate() {
            let replaced = corner + usize::from(word != other);
            corner = row[at + 1];
            row[at + 1] = replaced.min(row[at] + 1).min(corner + 1);
        }
    }
    row.into_iter().min().unwrap_or(said.len()) as f32 / said.len().max(1) as f32
}
