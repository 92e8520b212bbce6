//! The recogniser: one loaded model and one state for all lanes, behind a small trait so that tests bring their own.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::Model;
use super::model_file;
use super::whisper::Whisper;

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

/// One word of a hearing.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// The word with its punctuation.
    pub text: String,
    /// Probability of its least sure token, 0 to 1.
    pub sure: f32,
    /// Its tokens, in the model's own vocabulary.
    pub tokens: Vec<i32>,
}

impl Default for Word {
    fn default() -> Word {
        Word {
            text: String::new(),
            sure: 1.0,
            tokens: Vec::new(),
        }
    }
}

/// Words as a text.
pub fn text(words: &[Word]) -> String {
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    texts.join(" ")
}

/// What the recogniser made of a clip.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hearing {
    /// The text.
    pub text: String,
    /// Its words with how sure each is; empty where the recogniser doesn't say.
    pub words: Vec<Word>,
    /// How many text tokens it has.
    pub tokens: usize,
    /// Mean log-probability of its tokens; 0 is certain.
    pub mean_log: f32,
    /// The model's own probability that nobody speaks, where it was asked.
    pub no_speech: Option<f32>,
    /// Whether the token limit ended it.
    pub capped: bool,
}

impl Hearing {
    /// Its words; where the recogniser gives none, those of the text, as sure as the whole.
    pub fn spelt(&self) -> Vec<Word> {
        if !self.words.is_empty() {
            return self.words.clone();
        }
        let word = |text: &str| Word {
            text: text.to_owned(),
            sure: self.mean_log.exp(),
            tokens: Vec::new(),
        };
        self.text.split_whitespace().map(word).collect()
    }
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

    /// Hears for a caption an utterance that has grown. The text begins with the `settled` tokens, which need not be heard
    /// again.
    fn hear_more(
        &mut self,
        audio: &[f32],
        settled: &[i32],
        stop: &Arc<AtomicBool>,
    ) -> Result<Hearing, Failure> {
        let _ = settled;
        self.hear(audio, Effort::Caption, stop)
    }

    /// Inclines towards names, by `bonus` nats where a choice is close.
    fn expect(&mut self, names: &[String], bonus: f32) {
        let _ = (names, bonus);
    }

    /// How many threads it was given.
    fn threads(&self) -> usize {
        1
    }

    /// Uses so many threads from now on.
    fn use_threads(&mut self, threads: usize) {
        let _ = threads;
    }
}

/// How a recogniser is loaded, on the recogniser's own thread, and again where it hangs or breaks; the error is one sentence
/// with the remedy.
pub type Load = Box<dyn FnMut() -> Result<Box<dyn Recogniser>, String> + Send>;

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
    let threads = threads.unwrap_or_else(default_threads).max(1);
    Ok(Box::new(Whisper::load(model, threads)?))
}

/// One thread on up to four cores, two on more: the laptop has other work, and decoding a sentence is mostly serial. More
/// only where the threads of OpenMP were told to sleep while they wait, since spinning ones starve each other.
pub fn default_threads() -> usize {
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
