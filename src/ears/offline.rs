//! A whole recording as fast as it goes, through the same endpointing, guard and recogniser as a live lane.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::endpoint::{Cut, FRAME, FRAME_MS, Segmenter, Span};
use super::guard::{Evidence, Reason};
use super::recognize::{Failure, Recogniser};
use super::recording::{Recording, Unreadable};
use super::resample::{RATE, Resample, Unusable};
use super::schedule::{Clip, Waiting};
use super::voice::Voice;
use super::worker::{Outcome, alone, decode, parts, sureness};

/// Interleaved samples taken from a recording in one go.
const BLOCK: usize = 1 << 14;
/// Frames kept while nobody speaks: more than the pre-roll and the onset window need (1 s).
const KEPT: u64 = 64;

/// An utterance of a recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Utterance {
    /// Where it begins, milliseconds from the start.
    pub start_ms: u64,
    /// Where speech ends, the same.
    pub end_ms: u64,
    /// What was said.
    pub text: String,
    /// How sure each of its words is, 0 to 1, parted at blanks; empty where that is not known.
    pub sure: Vec<f32>,
    /// How sure the recogniser is, 0 to 1.
    pub confidence: f32,
}

/// What is told while a recording is transcribed.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Something was said.
    Said(Utterance),
    /// What sounded like speech was dropped as noise.
    Dropped(Reason),
    /// So much is done, in milliseconds of audio.
    Done(u64),
}

/// Why a recording can't be read or transcribed.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file.
    #[error(transparent)]
    File(#[from] Unreadable),
    /// Its rate or channels.
    #[error(transparent)]
    Audio(#[from] Unusable),
    /// The recogniser.
    #[error(transparent)]
    Recogniser(#[from] Failure),
}

/// Reads a recording into mono at 16 kHz. The sentence beside it tells when the file was cut short.
pub fn read_wav(
    path: &Path,
    channel: Option<u16>,
) -> Result<(Vec<f32>, Option<String>), ReadError> {
    read_all(Recording::open(path)?, channel)
}

/// Reads a WAV file that is part of the program into mono at 16 kHz; the sentence as with [`read_wav`].
pub fn read_bytes(bytes: &'static [u8]) -> Result<(Vec<f32>, Option<String>), ReadError> {
    read_all(Recording::embedded(bytes)?, None)
}

fn read_all(
    mut recording: Recording,
    channel: Option<u16>,
) -> Result<(Vec<f32>, Option<String>), ReadError> {
    let mut samples = Vec::new();
    each_block(&mut recording, channel, |mono| {
        samples.extend_from_slice(mono);
        Ok(true)
    })?;
    Ok((samples, recording.remark()))
}

/// Hands a recording as mono at 16 kHz to `sink`, block by block, until it answers false.
fn each_block(
    recording: &mut Recording,
    channel: Option<u16>,
    mut sink: impl FnMut(&[f32]) -> Result<bool, Failure>,
) -> Result<(), ReadError> {
    let mut resample = Resample::new(recording.rate(), recording.channels(), channel)?;
    let (mut block, mut mono) = (Vec::new(), Vec::new());
    loop {
        recording.next_block(BLOCK, &mut block);
        mono.clear();
        if block.is_empty() {
            resample.flush(|part| mono.extend_from_slice(part));
            sink(&mono)?;
            return Ok(());
        }
        resample.push(&block, |part| mono.extend_from_slice(part));
        if !sink(&mono)? {
            return Ok(());
        }
    }
}

/// Transcribes a recording while it is read; memory does not grow with its length. `tell` stops it by false.
pub fn transcribe_recording(
    recording: &mut Recording,
    channel: Option<u16>,
    recogniser: &mut dyn Recogniser,
    mut tell: impl FnMut(Step) -> bool,
) -> Result<(), ReadError> {
    let mut ear = Ear::new(recogniser);
    let mut heard = 0_u64;
    let mut goes_on = true;
    each_block(recording, channel, |mono| {
        heard += mono.len() as u64;
        for step in ear.hear(mono)? {
            goes_on &= tell(step);
        }
        goes_on &= tell(Step::Done(heard * 1000 / u64::from(RATE)));
        Ok(goes_on)
    })?;
    if goes_on {
        ear.finish()?.into_iter().all(tell);
    }
    Ok(())
}

/// Transcribes mono audio at 16 kHz. `tell` stops it by false.
pub fn transcribe_samples(
    samples: &[f32],
    recogniser: &mut dyn Recogniser,
    mut tell: impl FnMut(Step) -> bool,
) -> Result<(), Failure> {
    let mut ear = Ear::new(recogniser);
    let mut heard = 0_u64;
    for block in samples.chunks(BLOCK) {
        heard += block.len() as u64;
        let steps = ear.hear(block)?;
        let done = Step::Done(heard * 1000 / u64::from(RATE));
        if !steps.into_iter().chain([done]).all(&mut tell) {
            return Ok(());
        }
    }
    ear.finish()?.into_iter().all(tell);
    Ok(())
}

/// The utterances of mono audio at 16 kHz. `progress` is told the share that is done, from 0 to 1, and stops it by false.
pub fn transcribe(
    samples: &[f32],
    recogniser: &mut dyn Recogniser,
    mut progress: impl FnMut(f32) -> bool,
) -> Result<Vec<Utterance>, Failure> {
    let mut utterances = Vec::new();
    let length_ms = samples.len() as f32 * 1000.0 / RATE as f32;
    transcribe_samples(samples, recogniser, |step| match step {
        Step::Said(said) => {
            utterances.push(said);
            true
        }
        Step::Dropped(_) => true,
        Step::Done(ms) => progress((ms as f32 / length_ms).min(1.0)),
    })?;
    Ok(utterances)
}

/// A lane's ear without a clock.
struct Ear<'a> {
    recogniser: &'a mut dyn Recogniser,
    never: Arc<AtomicBool>,
    voice: Voice,
    segmenter: Segmenter,
    frame: [f32; FRAME],
    filled: usize,
    /// Audio from frame `first` on.
    audio: Vec<f32>,
    first: u64,
    /// The last words of running talk that was cut wait for the next piece, which hears them, too.
    held: Option<Waiting>,
    /// What was heard and is not told yet.
    steps: Vec<Step>,
}

impl<'a> Ear<'a> {
    fn new(recogniser: &'a mut dyn Recogniser) -> Ear<'a> {
        Ear {
            recogniser,
            never: Arc::default(),
            voice: Voice::default(),
            segmenter: Segmenter::new(),
            frame: [0.0; FRAME],
            filled: 0,
            audio: Vec::new(),
            first: 0,
            held: None,
            steps: Vec::new(),
        }
    }

    /// Takes mono samples at 16 kHz; answers what ended in them.
    fn hear(&mut self, mut mono: &[f32]) -> Result<Vec<Step>, Failure> {
        while !mono.is_empty() {
            let take = (FRAME - self.filled).min(mono.len());
            self.frame[self.filled..self.filled + take].copy_from_slice(&mono[..take]);
            self.filled += take;
            mono = &mono[take..];
            if self.filled == FRAME {
                self.listen()?;
            }
        }
        Ok(std::mem::take(&mut self.steps))
    }

    /// Ends what is open.
    fn finish(&mut self) -> Result<Vec<Step>, Failure> {
        if self.filled > 0 {
            self.frame[self.filled..].fill(0.0);
            self.listen()?;
        }
        let cut = self.segmenter.finish();
        self.follow(cut)?;
        let held = self.held.take().map(|(clip, held)| (alone(held), clip));
        self.steps.extend(held.map(told));
        Ok(std::mem::take(&mut self.steps))
    }

    fn listen(&mut self) -> Result<(), Failure> {
        self.filled = 0;
        let heard = self.voice.listen(&mut self.frame);
        self.audio.extend_from_slice(&self.frame);
        let cut = self.segmenter.push(heard.frame);
        self.follow(cut)?;
        self.trim();
        Ok(())
    }

    fn follow(&mut self, cut: Option<Cut>) -> Result<(), Failure> {
        let Some(Cut::Close(span)) = cut else {
            return Ok(());
        };
        let clip = self.clip(span);
        let outcome = decode(self.recogniser, &clip, &self.never)?;
        let (now, later) = parts(self.held.take(), outcome, &clip);
        self.held = later;
        self.steps.extend(now.into_iter().map(told));
        Ok(())
    }

    /// Forgets audio that no utterance can need any more, in steps of a second.
    fn trim(&mut self) {
        let now = self.segmenter.now();
        let open = self.segmenter.open();
        let needed = open.map_or_else(|| now.saturating_sub(KEPT), |span| span.start);
        if needed >= self.first + KEPT {
            let gone = ((needed - self.first) as usize * FRAME).min(self.audio.len());
            self.audio.drain(..gone);
            self.first = needed;
        }
    }

    fn clip(&self, span: Span) -> Clip {
        let at =
            |frame: u64| (frame.saturating_sub(self.first) as usize * FRAME).min(self.audio.len());
        Clip {
            lane: 0,
            generation: 0,
            frames: (span.start, span.end),
            audio: self.audio[at(span.start)..at(span.end)].to_vec(),
            start_ms: (span.start + span.head / 2) * FRAME_MS,
            end_ms: span.speech_end * FRAME_MS,
            ended: Instant::now(),
            evidence: Evidence {
                voiced_ms: u64::from(span.voiced) * FRAME_MS,
                length_ms: (span.end - span.start) * FRAME_MS,
                score: span.score,
                above: span.above,
            },
            piece: span.piece(),
        }
    }
}

fn told((outcome, clip): (Outcome, Clip)) -> Step {
    match outcome {
        Outcome::Text(text, confidence, words) => Step::Said(Utterance {
            start_ms: clip.start_ms,
            end_ms: clip.end_ms,
            sure: sureness(&text, &words),
            text,
            confidence,
        }),
        Outcome::Nothing(reason) => Step::Dropped(reason),
    }
}
