//! A whole recording at once, through the same endpointing, guard and recogniser as a live lane.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::endpoint::{Cut, FRAME, FRAME_MS, Segmenter, Span};
use super::guard::Evidence;
use super::recognize::{Failure, Recogniser};
use super::recording::{Recording, Unreadable};
use super::resample::{Resample, Unusable};
use super::schedule::Clip;
use super::voice::Voice;
use super::worker::{Outcome, decode};

/// An utterance of a recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Utterance {
    /// Where it begins, milliseconds from the start.
    pub start_ms: u64,
    /// Where speech ends, the same.
    pub end_ms: u64,
    /// What was said.
    pub text: String,
    /// How sure the recogniser is, 0 to 1.
    pub confidence: f32,
}

/// Why a recording can't be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file.
    #[error(transparent)]
    File(#[from] Unreadable),
    /// Its rate or channels.
    #[error(transparent)]
    Audio(#[from] Unusable),
}

/// Reads a WAV file into mono at 16 kHz. The sentence beside it tells when the file was cut short.
pub fn read_wav(
    path: &Path,
    channel: Option<u16>,
) -> Result<(Vec<f32>, Option<String>), ReadError> {
    let mut recording = Recording::open(path)?;
    let mut resample = Resample::new(recording.rate(), recording.channels(), channel)?;
    let (mut samples, mut block) = (Vec::new(), Vec::new());
    loop {
        recording.next_block(1 << 14, &mut block);
        if block.is_empty() {
            break;
        }
        resample.push(&block, |mono| samples.extend_from_slice(mono));
    }
    resample.flush(|mono| samples.extend_from_slice(mono));
    Ok((samples, recording.cut_short()))
}

/// Transcribes mono audio at 16 kHz. `progress` is told the share that is done, from 0 to 1, and stops it by false.
pub fn transcribe(
    samples: &[f32],
    recogniser: &mut dyn Recogniser,
    mut progress: impl FnMut(f32) -> bool,
) -> Result<Vec<Utterance>, Failure> {
    let (mut voice, mut segmenter) = (Voice::default(), Segmenter::new());
    let mut utterances = Vec::new();
    let never = Arc::new(AtomicBool::new(false));
    let mut frame = [0.0; FRAME];
    let frames = samples.len().div_ceil(FRAME);
    for (at, chunk) in samples.chunks(FRAME).enumerate() {
        frame.fill(0.0);
        frame[..chunk.len()].copy_from_slice(chunk);
        let heard = voice.listen(&mut frame);
        let mut cut = segmenter.push(heard.frame);
        if at + 1 == frames && !matches!(cut, Some(Cut::Close { .. })) {
            cut = segmenter.finish();
        }
        if let Some(Cut::Close { span, .. }) = cut {
            utterances.extend(utterance(samples, span, recogniser, &never)?);
            if !progress((at + 1) as f32 / frames as f32) {
                break;
            }
        }
    }
    Ok(utterances)
}

fn utterance(
    samples: &[f32],
    span: Span,
    recogniser: &mut dyn Recogniser,
    never: &Arc<AtomicBool>,
) -> Result<Option<Utterance>, Failure> {
    let at = |frame: u64| (frame as usize * FRAME).min(samples.len());
    let (start_ms, end_ms) = (span.start * FRAME_MS, span.speech_end * FRAME_MS);
    let evidence = Evidence {
        voiced_ms: u64::from(span.voiced) * FRAME_MS,
        length_ms: (span.end - span.start) * FRAME_MS,
        score: span.score,
        above: span.above,
    };
    let audio = samples[at(span.start)..at(span.end)].to_vec();
    let ended = Instant::now();
    let clip = Clip {
        lane: 0,
        generation: 0,
        frames: (span.start, span.end),
        audio,
        start_ms,
        end_ms,
        ended,
        evidence,
    };
    Ok(match decode(recogniser, &clip, never)? {
        Outcome::Text(text, confidence) => Some(Utterance {
            start_ms,
            end_ms,
            text,
            confidence,
        }),
        Outcome::Nothing(_) => None,
    })
}
