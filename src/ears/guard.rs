//! Nothing is invented: a hearing is kept, tried once more, or dropped, and the reason is named.
//!
//! Whisper makes up text when it is given noise: it thanks for watching, or repeats itself. No single sign is reliable, so
//! the signs are weighed against how much evidence of speech the segmenter had.

use super::recognize::Hearing;

/// No-speech probability from which a hearing is dropped whatever else speaks for it.
pub const SURELY_SILENT: f32 = 0.85;
/// No-speech probability that drops a hearing when its words are unsure or voice was rare.
const PERHAPS_SILENT: f32 = 0.6;
/// Mean log-probability of words that are unsure.
const UNSURE: f32 = -0.7;
/// Share of voiced frames below which voice was rare.
const RARE: f32 = 0.35;
/// Mean log-probability below which a hearing is tried once more with the whole window.
const POOR: f32 = -1.0;
/// A sequence of one to four words this often in a row is a loop.
const LOOP: usize = 4;
/// The longest sequence that is looked for.
const LOOP_WORDS: usize = 4;
/// Nobody says more than this many tokens a second.
const FASTEST: f32 = 8.0;
/// Utterances shorter than this are too short to measure a pace.
const PACE_FROM_MS: u64 = 1000;
/// Weak evidence of speech: less voice than this ...
const WEAK_MS: u64 = 600;
/// ... or a mean score below this ...
const WEAK_SCORE: f32 = 0.6;
/// ... or a level less than this above the floor (dB) ...
const WEAK_DB: f32 = 8.0;
/// ... or a no-speech probability above this.
const WEAK_SILENCE: f32 = 0.3;
/// From here on (3 s of voice) words and voice must be about as many: talk in the background is heard in snatches.
const PACE_VOICED_MS: u64 = 3000;
/// Fewer words a second of voice are snatches: the slowest speaker of a sentence says more than one.
const SNATCHES: f32 = 0.8;
/// With words that are guesses, too, this many are.
const GUESSED_SNATCHES: f32 = 1.2;
/// Mean log-probability of the words of a talk that is not meant for this microphone. Speech 5 dB above the babble around
/// it is surer (-0.6 and better with the demo model).
const FAR_UNSURE: f32 = -0.8;
/// What Whisper says to noise. A booth says "thank you" all day, so these are dropped only on weak evidence.
const STOCK: [&str; 12] = [
    "thank you",
    "thank you very much",
    "thank you so much",
    "thanks",
    "thanks for watching",
    "thank you for watching",
    "please subscribe",
    "bye",
    "bye bye",
    "you",
    "so",
    "subtitles by the amara org community",
];

/// What the segmenter knows about an utterance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// Voice in it, milliseconds.
    pub voiced_ms: u64,
    /// Its whole length, milliseconds.
    pub length_ms: u64,
    /// Mean score of the voiced frames, 0 to 1.
    pub score: f32,
    /// How far it stands above the room's floor, dB.
    pub above: f32,
}

/// Why a hearing was not taken as it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The model itself says that nobody spoke.
    NoSpeech,
    /// No word, or only a mark for noise or music.
    NoWords,
    /// The same words again and again.
    Loop,
    /// More words than anybody can say in that time.
    TooFast,
    /// Stopped by the token limit.
    Capped,
    /// The words are guesses.
    Poor,
    /// What the model says to noise, and little evidence that it wasn't.
    StockPhrase,
    /// Nobody stands near, and the words are snatches or guesses: the hall's talk.
    Background,
    /// Nothing was made of a voice that is near and clear.
    Unheard,
    /// The recogniser failed, twice.
    Failed,
}

impl Reason {
    /// Every reason, in the order of counting.
    pub const ALL: [Reason; 10] = [
        Reason::NoSpeech,
        Reason::NoWords,
        Reason::Loop,
        Reason::TooFast,
        Reason::Capped,
        Reason::Poor,
        Reason::StockPhrase,
        Reason::Background,
        Reason::Unheard,
        Reason::Failed,
    ];

    /// In the words of the booth.
    pub fn words(self) -> &'static str {
        match self {
            Reason::NoSpeech => "no speech",
            Reason::NoWords => "no words",
            Reason::Loop => "the same words over and over",
            Reason::TooFast => "too fast for a mouth",
            Reason::Capped => "no end of words",
            Reason::Poor => "nothing but guesses",
            Reason::StockPhrase => "what noise sounds like to the model",
            Reason::Background => "talk in the background",
            Reason::Unheard => "a voice, but no words",
            Reason::Failed => "the recogniser failed",
        }
    }
}

/// What becomes of a hearing.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It is taken, with this text.
    Keep(String),
    /// It is decoded once more with the whole window.
    Again(Reason),
    /// It is dropped.
    Drop(Reason),
}

/// Judges a hearing. On the `last` try nothing is tried again: loops are cut to their first copy.
pub fn judge(hearing: &Hearing, evidence: &Evidence, last: bool) -> Verdict {
    let text = hearing.text.trim();
    let words = normal_words(text);
    let silence = hearing.no_speech.unwrap_or(0.0);
    if words.is_empty() || marks_only(text) {
        return nothing(silence, text, evidence, last);
    }
    let rare = (evidence.voiced_ms as f32) < RARE * evidence.length_ms as f32;
    if silence > SURELY_SILENT || (silence > PERHAPS_SILENT && (hearing.mean_log < UNSURE || rare))
    {
        return Verdict::Drop(Reason::NoSpeech);
    }
    if background(hearing, evidence, words.len(), silence) {
        return Verdict::Drop(Reason::Background);
    }
    if let Some(reason) = suspicious(hearing, evidence, &words) {
        if !last {
            return Verdict::Again(reason);
        }
        if reason == Reason::Loop {
            return Verdict::Keep(first_copy(text));
        }
    }
    if STOCK.contains(&words.join(" ").as_str()) && weak(evidence, silence) {
        return Verdict::Drop(Reason::StockPhrase);
    }
    Verdict::Keep(text.to_owned())
}

/// No words: noise, unless somebody clearly spoke; then it is listened to once more.
fn nothing(silence: f32, text: &str, evidence: &Evidence, last: bool) -> Verdict {
    if silence > SURELY_SILENT {
        return Verdict::Drop(Reason::NoSpeech);
    }
    // A mark such as [Music] is an answer; no text at all may be a slip.
    if !text.is_empty() || weak(evidence, silence) {
        return Verdict::Drop(Reason::NoWords);
    }
    if last {
        Verdict::Drop(Reason::Unheard)
    } else {
        Verdict::Again(Reason::Unheard)
    }
}

/// Whether it is the hall's talk: voice for seconds, of which snatches and guesses come through.
fn background(hearing: &Hearing, evidence: &Evidence, words: usize, silence: f32) -> bool {
    let far = evidence.above < WEAK_DB;
    let pace = words as f32 * 1000.0 / evidence.voiced_ms.max(1) as f32;
    let fewer = |least: f32| evidence.voiced_ms >= PACE_VOICED_MS && pace < least;
    let unsure = hearing.mean_log < FAR_UNSURE;
    (far && (unsure || fewer(SNATCHES) || silence > WEAK_SILENCE))
        || (hearing.mean_log < POOR && fewer(GUESSED_SNATCHES))
}

fn suspicious(hearing: &Hearing, evidence: &Evidence, words: &[String]) -> Option<Reason> {
    let seconds = evidence.length_ms.max(PACE_FROM_MS) as f32 / 1000.0;
    if find_loop(words).is_some() {
        Some(Reason::Loop)
    } else if hearing.capped {
        Some(Reason::Capped)
    } else if hearing.tokens as f32 > FASTEST * seconds {
        Some(Reason::TooFast)
    } else if hearing.mean_log < POOR && evidence.voiced_ms >= WEAK_MS {
        Some(Reason::Poor)
    } else {
        None
    }
}

fn weak(evidence: &Evidence, silence: f32) -> bool {
    evidence.voiced_ms < WEAK_MS
        || evidence.score < WEAK_SCORE
        || evidence.above < WEAK_DB
        || silence > WEAK_SILENCE
}

/// Words in lower case without punctuation.
pub fn normal_words(text: &str) -> Vec<String> {
    let word = |word: &str| {
        word.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    text.split_whitespace()
        .map(word)
        .filter(|word: &String| !word.is_empty())
        .collect()
}

/// Whether nothing stands outside of brackets, stars and notes: `[Music]`, `(applause)`, `*laughs*`.
fn marks_only(text: &str) -> bool {
    let (mut depth, mut starred) = (0_i32, false);
    for c in text.chars() {
        match c {
            '[' | '(' => depth += 1,
            ']' | ')' => depth -= 1,
            '*' | '♪' => starred = !starred,
            c if c.is_alphanumeric() && depth <= 0 && !starred => return false,
            _ => {}
        }
    }
    true
}

/// Where a loop begins (in words), how many words one turn has and how many the whole loop.
fn find_loop(words: &[String]) -> Option<(usize, usize, usize)> {
    (1..=LOOP_WORDS).find_map(|turn| {
        let start = words.windows(turn * LOOP).position(|window| {
            let first = &window[..turn];
            window.chunks(turn).all(|chunk| chunk == first)
        })?;
        let again = words[start + turn..].iter().zip(&words[start..]);
        let length = turn + again.take_while(|(now, before)| now == before).count();
        Some((start, turn, length))
    })
}

/// The text with its loop cut to one turn; what was said before and after stays.
fn first_copy(text: &str) -> String {
    let mut spoken: Vec<&str> = text
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect();
    if let Some((start, turn, length)) = find_loop(&normal_words(text)) {
        spoken.drain((start + turn).min(spoken.len())..(start + length).min(spoken.len()));
    }
    spoken.join(" ")
}
