//! The recogniser: one loaded model and one state for all lanes, behind a small trait so that tests bring their own.

#![allow(unsafe_code)] // the one place: whisper.cpp's abort callback is a C function with a raw pointer, see `Whisper::run`

use std::ffi::{c_int, c_void};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperError,
    WhisperState,
};

use super::Model;
use super::model_file;
use super::resample::RATE;

/// Encoder positions a second of audio: one position is 20 ms.
const POSITIONS: usize = 50;
/// The whole window of 30 s.
const WHOLE: usize = 1500;
/// Audio is padded to a second: the model has seen nothing shorter.
const SHORTEST: usize = RATE as usize;
/// Models of no more dimensions than this are trained on clips and not on 30 s (the demo model: see its card).
const SMALL_MODEL: c_int = 128;
/// The windows such a model is good with, for captions: they need no air, and the smallest costs half of the third.
const SMALL_CAPTION: [usize; 5] = [256, 384, 512, 768, 1024];
/// The same for finals: its card measured the fewest word errors from 384 on.
const SMALL_FINAL: [usize; 4] = [384, 512, 768, 1024];
/// Stock models repeat themselves when the window ends with the speech: a final gets 2.5 s of air and never less than 7.7 s.
const FINAL_WINDOW: (usize, usize) = (128, 384);
/// A caption gets 1.3 s and never less than 5 s: it may be wrong, it must be quick.
const CAPTION_WINDOW: (usize, usize) = (64, 256);
/// Windows are multiples of this, so that few shapes of the compute graph occur.
const STEP: usize = 64;
/// Nobody says more tokens a second; a decoding that does has run away.
const TOKENS_A_SECOND: f32 = 8.0;
/// Tokens allowed beyond that, for short utterances.
const TOKENS_EXTRA: usize = 12;

/// How thoroughly to listen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// For a caption.
    Caption,
    /// For the final text.
    Final,
    /// For a final text that came out badly: the whole window.
    Careful,
}

/// What the recogniser made of a clip.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hearing {
    /// The text.
    pub text: String,
    /// How many text tokens it has.
    pub tokens: usize,
    /// Mean log-probability of its tokens; 0 is certain.
    pub mean_log: f32,
    /// The model's own probability that nobody speaks, where it was asked.
    pub no_speech: Option<f32>,
    /// Whether the token limit ended it.
    pub capped: bool,
}

/// Why there is no hearing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Stopped because something more important waits, or the audio was struck.
    #[error("stopped")]
    Stopped,
    /// The recogniser failed.
    #[error(
        "the recogniser failed ({0}): start the program again, and try `boothside model check`"
    )]
    Broken(String),
}

/// Turns speech into text.
pub trait Recogniser: Send {
    /// Hears mono audio at 16 kHz. Returns [`Failure::Stopped`] soon after `stop` was raised.
    fn hear(
        &mut self,
        audio: &[f32],
        effort: Effort,
        stop: &Arc<AtomicBool>,
    ) -> Result<Hearing, Failure>;
}

/// How a recogniser is loaded, on the recogniser's own thread; the error is one sentence with the remedy.
pub type Load = Box<dyn FnOnce() -> Result<Box<dyn Recogniser>, String> + Send>;

/// Whisper through whisper.cpp.
pub struct Whisper {
    context: WhisperContext,
    state: WhisperState,
    /// Built once: several setters of the binding leak on every call.
    params: FullParams<'static, 'static>,
    threads: usize,
    small: bool,
    padded: Vec<f32>,
}

/// Why a model can't be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file is no usable model.
    #[error(transparent)]
    File(#[from] model_file::Unfit),
    /// whisper.cpp refuses it.
    #[error(
        "the speech model can't be loaded ({0}): get it again with `boothside model get base.en`"
    )]
    Refused(String),
    /// There is none.
    #[error(
        "there is no speech model, so nothing is transcribed: `boothside model get base.en` fetches one"
    )]
    None,
}

/// Loads a model; `threads` none takes what suits this computer.
pub fn load(model: &Model, threads: Option<usize>) -> Result<Box<dyn Recogniser>, LoadError> {
    // Before anything: whisper.cpp writes to stderr otherwise, across the screen.
    whisper_rs::install_logging_hooks();
    let mut parameters = WhisperContextParameters::default();
    // On a CPU flash attention gains nothing, and with most window sizes it reads stale rows of the utterance before.
    parameters.flash_attn(false);
    let context = match model {
        Model::Path(path) => {
            model_file::check_path(path)?;
            WhisperContext::new_with_params(path, parameters)
        }
        Model::Embedded(bytes) => {
            model_file::check_bytes(bytes)?;
            WhisperContext::new_from_buffer_with_params(bytes, parameters)
        }
        Model::None => return Err(LoadError::None),
    };
    let refused = |error: WhisperError| LoadError::Refused(error.to_string());
    let context = context.map_err(refused)?;
    let state = context.create_state().map_err(refused)?;
    let threads = threads.unwrap_or_else(default_threads).max(1);
    let small = context.model_n_audio_state() <= SMALL_MODEL;
    Ok(Box::new(Whisper {
        params: parameters_for(threads),
        context,
        state,
        threads,
        small,
        padded: Vec::new(),
    }))
}

/// One thread on up to four cores, two on more: the laptop has other work, and decoding a sentence is mostly serial. More
/// only where the threads of OpenMP were told to sleep while they wait, since spinning ones starve each other.
fn default_threads() -> usize {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let passive =
        std::env::var("OMP_WAIT_POLICY").is_ok_and(|policy| policy.eq_ignore_ascii_case("passive"));
    match cores {
        0..=2 => 1,
        cores if passive => (cores - 1).min(3),
        3..=4 => 1,
        _ => 2,
    }
}

fn parameters_for(threads: usize) -> FullParams<'static, 'static> {
    // One candidate: with several, a failed allocation frees the state twice inside whisper.cpp.
    let mut params = FullParams::new(SamplingStrategy::Greedy { best_of: 1 });
    params.set_n_threads(c_int::try_from(threads).unwrap_or(1));
    params.set_temperature_inc(0.0);
    params.set_no_context(true);
    params.set_single_segment(true);
    params.set_no_timestamps(true);
    params.set_print_special(false);
    params.set_print_progress(false);
    params.set_print_realtime(false);
    params.set_print_timestamps(false);
    params
}

impl Recogniser for Whisper {
    fn hear(
        &mut self,
        audio: &[f32],
        effort: Effort,
        stop: &Arc<AtomicBool>,
    ) -> Result<Hearing, Failure> {
        let samples = audio.len().max(SHORTEST);
        let cap = (TOKENS_A_SECOND * samples as f32 / RATE as f32).ceil() as usize + TOKENS_EXTRA;
        self.padded.clear();
        self.padded.extend_from_slice(audio);
        self.padded.resize(samples, 0.0);
        let mut params = self.params.clone();
        params.set_audio_ctx(c_int::try_from(window(samples, effort, self.small)).unwrap_or(0));
        params.set_max_tokens(c_int::try_from(cap).unwrap_or(0));
        let padded = std::mem::take(&mut self.padded);
        let ran = self.run(params, &padded, stop);
        self.padded = padded;
        ran?;
        let mut hearing = self.read(cap);
        if effort != Effort::Caption {
            hearing.no_speech = self.no_speech();
        }
        Ok(hearing)
    }
}

impl Whisper {
    fn run(
        &mut self,
        mut params: FullParams,
        audio: &[f32],
        stop: &Arc<AtomicBool>,
    ) -> Result<(), Failure> {
        let flag: *const AtomicBool = Arc::as_ptr(stop);
        // SAFETY: whisper.cpp calls `asked_to_stop` only inside `full` below, with the pointer given here. It points to the
        // flag inside `stop`, which this function borrows until `full` has returned, and the callback only reads it
        // atomically. `params` is dropped at the end of this function, so no copy of the pointer outlives it.
        unsafe {
            params.set_abort_callback(Some(asked_to_stop));
            params.set_abort_callback_user_data(flag.cast_mut().cast::<c_void>());
        }
        match self.state.full(params, audio) {
            Ok(()) => Ok(()),
            // The codes of a stopped run vary with where it was stopped; the flag is what tells.
            Err(_) if stop.load(Ordering::Acquire) => Err(Failure::Stopped),
            Err(error) => Err(Failure::Broken(error.to_string())),
        }
    }

    fn read(&self, cap: usize) -> Hearing {
        let mut hearing = Hearing::default();
        let end = self.context.token_eot();
        for segment in self.state.as_iter() {
            hearing
                .text
                .push_str(&segment.to_str_lossy().unwrap_or_default());
            let tokens = (0..segment.n_tokens()).filter_map(|at| segment.get_token(at));
            for token in tokens
                .map(|token| token.token_data())
                .filter(|token| token.id < end)
            {
                hearing.tokens += 1;
                hearing.mean_log += token.plog;
            }
        }
        hearing.mean_log /= hearing.tokens.max(1) as f32;
        hearing.capped = hearing.tokens >= cap;
        hearing
    }

    /// The model's probability that nobody speaks, asked at the one place where it is meaningful: after the start token
    /// alone. The library's own value is a leftover of the utterance before.
    fn no_speech(&mut self) -> Option<f32> {
        self.state
            .decode(&[self.context.token_sot()], 0, self.threads)
            .ok()?;
        let logits = self.state.get_logits().ok()?;
        let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum: f32 = logits.iter().map(|logit| (logit - highest).exp()).sum();
        let silence = logits.get(usize::try_from(self.context.token_nosp()).ok()?)?;
        Some((silence - highest).exp() / sum)
    }
}

/// Encoder positions for so many samples: never fewer than the audio has, or its end would be dropped silently.
fn window(samples: usize, effort: Effort, small: bool) -> usize {
    let needed = (samples * POSITIONS).div_ceil(RATE as usize);
    let air = |(air, least): (usize, usize)| (needed + air).next_multiple_of(STEP).max(least);
    let fitting = |windows: &[usize]| {
        windows
            .iter()
            .copied()
            .find(|w| *w >= needed)
            .unwrap_or(WHOLE)
    };
    let window = match effort {
        Effort::Caption if small => fitting(&SMALL_CAPTION),
        Effort::Final if small => fitting(&SMALL_FINAL),
        Effort::Caption => air(CAPTION_WINDOW),
        Effort::Final => air(FINAL_WINDOW),
        Effort::Careful => WHOLE,
    };
    window.clamp(needed.min(WHOLE), WHOLE)
}

/// Called by whisper.cpp after the encoder and after each token.
///
/// # Safety
/// `data` must point to an `AtomicBool` that lives during the call.
unsafe extern "C" fn asked_to_stop(data: *mut c_void) -> bool {
    // SAFETY: `Whisper::run` is the only place that registers this function, with a pointer to a living flag.
    unsafe { &*data.cast::<AtomicBool>() }.load(Ordering::Acquire)
}
