//! Whisper through whisper.cpp with a decode loop of our own: it asks whether anybody speaks before any text is made, can be stopped at every token, and says how sure each word is.
//!
//! whisper.cpp's own `full` decides all of that itself. It is still the only door to the spectrogram and the window's
//! length, so it is called once a clip and told not to encode; `tests/it/ears_decode.rs` holds that the loop writes what
//! `full` writes.

#![allow(unsafe_code)] // the one place: the callback that keeps `full` from encoding is a C function, see `Whisper::new`

use std::ffi::{c_int, c_void};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperError,
    WhisperState, WhisperTokenId,
};

use super::guard;
use super::model_file;
use super::recognize::{Effort, Failure, Hearing, LoadError, Recogniser, Word, text};
use super::resample::RATE;
use super::window::window;
use super::{Model, bias};

/// Audio is padded to a second: the model has seen nothing shorter.
const SHORTEST: usize = RATE as usize;
/// Models of no more dimensions than this are trained on clips and not on 30 s (the demo model: see its card).
const SMALL_MODEL: c_int = 128;
/// Nobody says more tokens a second; a decoding that does has run away.
const TOKENS_A_SECOND: f32 = 8.0;
/// Tokens allowed beyond that, for short utterances.
const TOKENS_EXTRA: usize = 12;
/// A token this much less likely than the best (1 in 9 million) adds nothing to the sum of probabilities.
const NEGLIGIBLE: f32 = 16.0;
/// A loop's turn has up to this many tokens ...
const LOOP_TOKENS: usize = 8;
/// ... and this many turns in a row are no speech any more; fewer are the guard's to judge.
const LOOP_TURNS: usize = 8;

/// Whisper through whisper.cpp.
pub struct Whisper {
    context: WhisperContext,
    state: WhisperState,
    /// Built once: several setters of the binding leak on every call.
    params: FullParams<'static, 'static>,
    threads: usize,
    small: bool,
    padded: Vec<f32>,
    /// What follows the start token: the language and the task where the model knows several, and no timestamps.
    task: Vec<WhisperTokenId>,
    /// The token of a lone blank.
    blank: Option<WhisperTokenId>,
    glossary: bias::Trie,
}

/// One token as it was chosen.
struct Chosen {
    token: WhisperTokenId,
    /// Its natural logarithm of probability, 0 is certain.
    log: f32,
}

impl Whisper {
    /// Loads a model.
    pub fn load(model: &Model, threads: usize) -> Result<Whisper, LoadError> {
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
        let mut task = Vec::new();
        if context.is_multilingual() {
            task.extend([context.token_lang(0), context.token_transcribe()]);
        }
        task.push(context.token_not());
        Ok(Whisper {
            small: context.model_n_audio_state() <= SMALL_MODEL,
            blank: context
                .tokenize(" ", 2)
                .ok()
                .and_then(|tokens| tokens.first().copied()),
            params: parameters_for(threads),
            context,
            state,
            threads,
            padded: Vec::new(),
            task,
            glossary: bias::Trie::default(),
        })
    }

    /// Makes the encoder's view of a clip. Ends early when asked to stop.
    fn encode(
        &mut self,
        audio: &[f32],
        positions: usize,
        stop: &AtomicBool,
    ) -> Result<(), Failure> {
        let mut params = self.params.clone();
        params.set_audio_ctx(c_int::try_from(positions).unwrap_or(0));
        params.set_n_threads(c_int::try_from(self.threads).unwrap_or(1));
        stopped(stop)?;
        self.state.full(params, audio).map_err(broken)?;
        stopped(stop)?;
        self.state.encode(0, self.threads).map_err(broken)?;
        stopped(stop)
    }

    /// The model's probability that nobody speaks, asked at the one place where it is meaningful: after the start token
    /// alone. The library's own value is a leftover of the utterance before.
    fn no_speech(&mut self) -> Result<f32, Failure> {
        let start = self.context.token_sot();
        self.state
            .decode(&[start], 0, self.threads)
            .map_err(broken)?;
        let logits = self.state.get_logits().map_err(broken)?;
        let silence = usize::try_from(self.context.token_nosp()).unwrap_or(0);
        let silence = logits.get(silence).copied().unwrap_or(f32::NEG_INFINITY);
        let most = logits.get(highest(logits)).copied().unwrap_or(0.0);
        Ok((silence - log_sum(logits, most)).exp())
    }

    /// Writes down what is said after the start token and, where given, the words already settled.
    fn write(
        &mut self,
        settled: &[WhisperTokenId],
        (cap, effort): (usize, Effort),
        stop: &AtomicBool,
    ) -> Result<Vec<Chosen>, Failure> {
        let end = self.context.token_eot();
        let mut past = 1;
        let forced: Vec<WhisperTokenId> = self.task.iter().chain(settled).copied().collect();
        // The last one alone: the binding only shows the first row of logits of a batch.
        let (last, rest) = forced.split_last().map_or((end, &[][..]), |(l, r)| (*l, r));
        if !rest.is_empty() {
            self.state
                .decode(rest, past, self.threads)
                .map_err(broken)?;
            past += rest.len();
        }
        let mut next = last;
        let mut chosen: Vec<Chosen> = Vec::new();
        let mut wanted = bias::Wanted::new(&self.glossary);
        while chosen.len() < cap {
            stopped(stop)?;
            // One token is too little work to share between threads.
            self.state.decode(&[next], past, 1).map_err(broken)?;
            past += 1;
            let logits = self.state.get_logits().map_err(broken)?;
            // The end may come first, since a word forced out of noise is a word invented; but not on the second, careful
            // hearing of what is surely a voice.
            let forced = effort == Effort::Careful && chosen.is_empty();
            let banned = [forced.then_some(end), self.blank.filter(|_| forced)];
            let best = pick(logits, end, banned, &wanted)?;
            if best.token == end {
                break;
            }
            next = best.token;
            wanted.step(best.token);
            chosen.push(best);
            if loops(&chosen) {
                break;
            }
        }
        Ok(chosen)
    }

    /// Tokens as words with how sure they are.
    fn read(&self, settled: &[WhisperTokenId], chosen: &[Chosen], cap: usize) -> Hearing {
        let known = settled.iter().map(|token| (*token, 0.0));
        let new = chosen.iter().map(|one| (one.token, one.log));
        let mut words: Vec<(Vec<u8>, Word)> = Vec::new();
        for (token, log) in known.chain(new) {
            let bytes = self.context.token_to_bytes(token).unwrap_or_default();
            if bytes.starts_with(b" ") || words.is_empty() {
                words.push((Vec::new(), Word::default()));
            }
            let Some((letters, word)) = words.last_mut() else {
                continue;
            };
            letters.extend_from_slice(bytes);
            word.tokens.push(token);
            if bytes.iter().any(u8::is_ascii_alphanumeric) {
                word.sure = word.sure.min(log.exp());
            }
        }
        let finish = |(letters, mut word): (Vec<u8>, Word)| {
            String::from_utf8_lossy(&letters)
                .trim()
                .clone_into(&mut word.text);
            word
        };
        let words: Vec<Word> = words.into_iter().map(finish).collect();
        Hearing {
            text: text(&words),
            tokens: settled.len() + chosen.len(),
            mean_log: chosen.iter().map(|one| one.log).sum::<f32>() / chosen.len().max(1) as f32,
            no_speech: None,
            capped: chosen.len() >= cap,
            words,
        }
    }

    fn listen(
        &mut self,
        audio: &[f32],
        effort: Effort,
        settled: &[WhisperTokenId],
        stop: &AtomicBool,
    ) -> Result<Hearing, Failure> {
        let samples = audio.len().max(SHORTEST);
        let cap = (TOKENS_A_SECOND * samples as f32 / RATE as f32).ceil() as usize + TOKENS_EXTRA;
        let mut padded = std::mem::take(&mut self.padded);
        padded.clear();
        padded.extend_from_slice(audio);
        padded.resize(samples, 0.0);
        let encoded = self.encode(&padded, window(samples, effort, self.small), stop);
        self.padded = padded;
        encoded?;
        let no_speech = self.no_speech()?;
        let mut hearing = if no_speech > guard::SURELY_SILENT {
            // No text is made of what the model itself calls silence.
            Hearing::default()
        } else {
            let settled = if settled.len() < cap { settled } else { &[] };
            let chosen = self.write(settled, (cap - settled.len(), effort), stop)?;
            self.read(settled, &chosen, cap)
        };
        hearing.no_speech = Some(no_speech);
        Ok(hearing)
    }
}

impl Recogniser for Whisper {
    fn hear(
        &mut self,
        audio: &[f32],
        effort: Effort,
        stop: &Arc<AtomicBool>,
    ) -> Result<Hearing, Failure> {
        self.listen(audio, effort, &[], stop)
    }

    fn hear_more(
        &mut self,
        audio: &[f32],
        settled: &[i32],
        stop: &Arc<AtomicBool>,
    ) -> Result<Hearing, Failure> {
        self.listen(audio, Effort::Caption, settled, stop)
    }

    fn expect(&mut self, names: &[String], bonus: f32) {
        let tokens = |name: &String| {
            let name = format!(" {name}");
            self.context.tokenize(&name, name.len() + 1).ok()
        };
        self.glossary = bias::Trie::new(names.iter().filter_map(tokens), bonus);
    }

    fn threads(&self) -> usize {
        self.threads
    }

    fn use_threads(&mut self, threads: usize) {
        self.threads = threads.max(1);
    }
}

/// The parameters that make the spectrogram and set the window's length.
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
    // SAFETY: the callback is a plain function that touches none of its arguments and outlives everything.
    unsafe { params.set_start_encoder_callback(Some(do_not_encode)) };
    params
}

/// Called by whisper.cpp inside `full` once the spectrogram is there: the rest is ours.
extern "C" fn do_not_encode<Context, State>(
    _: *mut Context,
    _: *mut State,
    _: *mut c_void,
) -> bool {
    false
}

fn stopped(stop: &AtomicBool) -> Result<(), Failure> {
    if stop.load(Ordering::Acquire) {
        return Err(Failure::Stopped);
    }
    Ok(())
}

#[allow(clippy::needless_pass_by_value)] // `map_err` gives it away
fn broken(error: WhisperError) -> Failure {
    Failure::Broken(error.to_string())
}

/// The best of the text tokens and the end; everything after the end in the vocabulary is a control token.
fn pick(
    logits: &[f32],
    end: WhisperTokenId,
    banned: [Option<WhisperTokenId>; 2],
    wanted: &bias::Wanted<'_>,
) -> Result<Chosen, Failure> {
    let last = usize::try_from(end).unwrap_or(0);
    let allowed = logits
        .get(..=last)
        .ok_or_else(|| Failure::Broken("the model has too few tokens".to_owned()))?;
    // A copy only where something is banned, which is rare.
    let mut without = Vec::new();
    let allowed = if banned == [None, None] {
        allowed
    } else {
        without.extend_from_slice(allowed);
        for token in banned.into_iter().flatten() {
            if let Some(logit) = without.get_mut(usize::try_from(token).unwrap_or(usize::MAX)) {
                *logit = f32::NEG_INFINITY;
            }
        }
        &without
    };
    let mut best = highest(allowed);
    let most = allowed[best];
    let mut score = most;
    for (token, bonus) in wanted.bonuses() {
        let at = usize::try_from(token).unwrap_or(usize::MAX);
        let favoured = allowed.get(at).map(|logit| logit + bonus);
        if let Some(favoured) = favoured.filter(|favoured| *favoured > score) {
            (best, score) = (at, favoured);
        }
    }
    let token = WhisperTokenId::try_from(best).unwrap_or(end);
    // How sure it is does not count the bonus: favouring a name is no evidence for it.
    let log = (allowed[best] - log_sum(allowed, most)).min(0.0);
    if log.is_nan() {
        return Err(Failure::Broken("the model answers nonsense".to_owned()));
    }
    Ok(Chosen { token, log })
}

/// The place of the highest; this and the sum are made over the whole vocabulary for every token.
fn highest(logits: &[f32]) -> usize {
    let (mut best, mut most) = (0, f32::NEG_INFINITY);
    for (at, logit) in logits.iter().enumerate() {
        if *logit > most {
            (best, most) = (at, *logit);
        }
    }
    best
}

/// Natural logarithm of the sum of the exponentials, of which `most` is the highest.
fn log_sum(logits: &[f32], most: f32) -> f32 {
    let least = most - NEGLIGIBLE;
    let sum: f32 = logits
        .iter()
        .filter(|logit| **logit > least)
        .map(|logit| (logit - most).exp())
        .sum();
    most + sum.ln()
}

/// Whether the last tokens are one turn said again and again: what follows is more of it.
fn loops(chosen: &[Chosen]) -> bool {
    (1..=LOOP_TOKENS).any(|turn| {
        let length = turn * LOOP_TURNS;
        chosen.len() >= length && {
            let tail = &chosen[chosen.len() - length..];
            tail.iter()
                .zip(&tail[turn..])
                .all(|(one, other)| one.token == other.token)
        }
    })
}
