//! What the trained layer looks at: n-grams of each utterance and its neighbours, names and numbers masked, and the cues.

use super::super::cues::Cue;
use super::super::money;
use super::super::names::{DOUBTFUL, Named};
use super::super::talk::Talk;
use super::pieces::{self, Piece};

/// One utterance as the first stage sees it.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Hashed n-grams and their strength, sorted by hash, each once.
    pub grams: Vec<(u32, f32)>,
    /// Cues, names, sums and the place in the talk: see [`FLAGS`].
    pub flags: Vec<f32>,
    /// Its sentences, each by itself.
    pub pieces: Vec<Piece>,
}

impl Row {
    /// Adds a mark that is none of its words.
    pub fn mark(&mut self, mark: u8) {
        let mut hash = Fnv::new(MARKS);
        hash.eat(&[mark]);
        let hash = hash.cut();
        let place = self.grams.partition_point(|one| one.0 < hash);
        self.grams.insert(place, (hash, 1.0));
    }
}

/// The group of marks among the n-grams.
const MARKS: u8 = 20;

/// How many flags a row has.
pub const FLAGS: usize = Cue::COUNT + 22;

/// Hashes are cut to this many bits.
pub(super) const BITS: u32 = 22;

/// A sentence with its names and numbers masked.
pub(super) struct Masked {
    pub(super) tokens: Vec<String>,
    /// Which of them say what our products are for.
    pub(super) topics: Vec<bool>,
    pub(super) asks: bool,
    /// Its cues, as their numbers.
    pub(super) cues: Vec<u8>,
    /// First byte in the utterance's text, and one past the last.
    pub(super) span: (usize, usize),
}

/// An utterance's sentences, masked.
#[derive(Default)]
pub(super) struct Spoken {
    pub(super) sentences: Vec<Masked>,
}

impl Spoken {
    fn tokens(&self) -> impl Iterator<Item = &str> {
        self.sentences
            .iter()
            .flat_map(|one| one.tokens.iter().map(String::as_str))
    }

    /// The sentences after the last question but one that something follows: what is answered here.
    fn statement(&self) -> Vec<&str> {
        let from = self.turn();
        self.sentences[from..]
            .iter()
            .flat_map(|one| one.tokens.iter().map(String::as_str))
            .collect()
    }

    /// One past the last question that a statement follows; 0 where none is.
    fn turn(&self) -> usize {
        (1..self.sentences.len())
            .rev()
            .find(|&k| self.sentences[k - 1].asks && !self.sentences[k].asks)
            .unwrap_or(0)
    }
}

/// The utterances of a talk, masked, with their flags.
pub struct Around {
    spoken: Vec<Spoken>,
    /// Cues, names, sums and the place in the talk of each: see [`FLAGS`].
    pub flags: Vec<Vec<f32>>,
}

impl Around {
    /// Masks a talk.
    pub fn new(talk: &Talk<'_>) -> Self {
        let count = talk.said.len();
        let mut spoken: Vec<Spoken> = (0..count).map(|_| Spoken::default()).collect();
        let mut within: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (k, sentence) in talk.sentences.iter().enumerate() {
            spoken[sentence.said].sentences.push(mask(talk, k));
            within[sentence.said].push(k);
        }
        let mut flags: Vec<Vec<f32>> = (0..count).map(|k| flags_of(talk, &within[k], k)).collect();
        for k in 1..count {
            let before = spoken[k - 1].sentences.last().is_some_and(|last| last.asks);
            flags[k][Cue::COUNT + 21] = f32::from(before);
        }
        Self { spoken, flags }
    }

    /// The n-grams of an utterance and its neighbours, sorted by hash, each once. They depend on the words of the two
    /// utterances before it, its own and those of the next, and on nothing else.
    pub fn words(&self, k: usize) -> Vec<(u32, f32)> {
        each_once(grams(&self.spoken, k))
    }

    /// The sentences of an utterance, each by itself. They depend on the words of the utterance before it, its own and
    /// those of the next, and on nothing else.
    pub fn pieces(&self, k: usize) -> Vec<Piece> {
        pieces::of(&self.spoken, k)
    }

    /// The flags of each sentence of an utterance: see [`pieces::FLAGS`].
    pub fn piece_flags(&self, k: usize) -> impl Iterator<Item = Vec<f32>> + '_ {
        pieces::all_flags(&self.spoken[k])
    }

    /// The flags of an utterance and its neighbours as n-grams, sorted by hash, each once.
    pub fn marks(&self, k: usize) -> Vec<(u32, f32)> {
        each_once(marks(&self.flags, k))
    }
}

/// The rows of a talk.
pub fn rows(talk: &Talk<'_>) -> Vec<Row> {
    let around = Around::new(talk);
    (0..talk.said.len())
        .map(|k| {
            let mut found = grams(&around.spoken, k);
            found.extend(marks(&around.flags, k));
            Row {
                grams: each_once(found),
                flags: around.flags[k].clone(),
                pieces: around.pieces(k),
            }
        })
        .collect()
}

fn mask(talk: &Talk<'_>, k: usize) -> Masked {
    let sentence = &talk.sentences[k];
    let mut tokens = Vec::with_capacity(sentence.words.len() + 1);
    let mut topics = Vec::with_capacity(sentence.words.len() + 1);
    let mut at = 0;
    while at < sentence.words.len() {
        topics.push(talk.topics[k][at]);
        if let Some(mention) = talk.mentions[k].iter().find(|one| one.words.0 == at) {
            tokens.push(
                match mention.what {
                    Named::Product(_) => "<product>",
                    Named::Competitor(_) if mention.score < DOUBTFUL => "<competitor?>",
                    Named::Competitor(_) => "<competitor>",
                    Named::Account(_) => "<account>",
                    Named::Us => "<us>",
                }
                .to_owned(),
            );
            at = mention.words.1.max(at + 1);
            continue;
        }
        if let Some(sum) = talk.sums[k].iter().find(|one| one.words.0 == at) {
            tokens.push(if sum.sure { "<sum>" } else { "<number>" }.to_owned());
            at = sum.words.1.max(at + 1);
            continue;
        }
        let text = &sentence.words[at].text;
        tokens.push(if text.starts_with(|c: char| c.is_ascii_digit()) {
            "<number>".to_owned()
        } else {
            text.clone()
        });
        at += 1;
    }
    tokens.push(if sentence.asks { "?" } else { "." }.to_owned());
    topics.push(false);
    Masked {
        tokens,
        topics,
        asks: sentence.asks,
        cues: talk.cues[k].iter().map(|cue| *cue as u8).collect(),
        span: (sentence.lo, sentence.hi),
    }
}

fn flags_of(talk: &Talk<'_>, within: &[usize], k: usize) -> Vec<f32> {
    let mut flags = vec![0.0; FLAGS];
    for &at in within {
        for cue in &talk.cues[at] {
            flags[*cue as usize] = 1.0;
        }
    }
    let any = |test: &dyn Fn(usize) -> bool| f32::from(within.iter().any(|&at| test(at)));
    let count = talk.said.len();
    let place = k as f32 / count.max(1) as f32;
    let words: usize = within
        .iter()
        .map(|&at| talk.sentences[at].words.len())
        .sum();
    let competitor = within
        .iter()
        .map(|&at| talk.competitor(at))
        .fold(0.0, f32::max);
    let rest = [
        any(&|at| talk.names(at, |what| matches!(what, Named::Product(_)))),
        competitor,
        any(&|at| talk.names(at, |what| matches!(what, Named::Account(_)))),
        any(&|at| talk.names(at, |what| matches!(what, Named::Us))),
        any(&|at| talk.sums[at].iter().any(|sum| sum.sure)),
        any(&|at| !talk.sums[at].is_empty()),
        any(&|at| {
            talk.sums[at]
                .iter()
                .any(|sum| sum.period == Some(money::Period::Month))
        }),
        any(&|at| talk.times[at].iter().any(|when| when.weight > 1)),
        any(&|at| !talk.times[at].is_empty()),
        f32::from(within.first().is_some_and(|&at| talk.sentences[at].asks)),
        f32::from(within.last().is_some_and(|&at| talk.sentences[at].asks)),
        any(&|at| talk.sentences[at].asks),
        place,
        place * place,
        f32::from(k == 0),
        f32::from(k < 3),
        f32::from(k + 1 == count),
        f32::from(k + 3 >= count),
        (words as f32 / 10.0).min(3.0),
        f32::from(words <= 3),
        (within.len() as f32 / 3.0).min(2.0),
        0.0,
    ];
    flags[Cue::COUNT..].copy_from_slice(&rest);
    flags
}

/// Collects n-grams of one group and shares the group's strength among them.
#[derive(Default)]
pub(super) struct Bag {
    pub(super) found: Vec<(u32, f32)>,
    start: usize,
}

impl Bag {
    pub(super) fn add(&mut self, group: u8, parts: &[&str]) {
        let mut hash = Fnv::new(group);
        for part in parts {
            hash.eat(part.as_bytes());
            hash.eat(b" ");
        }
        self.found.push((hash.cut(), 1.0));
    }

    pub(super) fn words(&mut self, group: u8, tokens: &[&str], longest: usize) {
        for from in 0..tokens.len() {
            for to in from + 1..=(from + longest).min(tokens.len()) {
                self.add(group, &tokens[from..to]);
            }
        }
    }

    pub(super) fn chars(&mut self, group: u8, tokens: &[&str]) {
        let mut letters: Vec<char> = Vec::new();
        for token in tokens {
            if token.starts_with('<') {
                continue;
            }
            letters.clear();
            letters.push(' ');
            letters.extend(token.chars());
            letters.push(' ');
            for from in 0..letters.len() {
                let mut hash = Fnv::new(group);
                for (size, letter) in (1..=5).zip(&letters[from..]) {
                    hash.eat_letter(*letter);
                    if size > 1 {
                        self.found.push((hash.cut(), 1.0));
                    }
                }
            }
        }
    }

    /// Closes a group: each different n-gram once, the group's length `strength`.
    pub(super) fn close(&mut self, strength: f32) {
        let group = &mut self.found[self.start..];
        group.sort_unstable_by_key(|one| one.0);
        let mut kept = self.start;
        for k in self.start..self.found.len() {
            if kept == self.start || self.found[kept - 1].0 != self.found[k].0 {
                self.found[kept] = self.found[k];
                kept += 1;
            }
        }
        self.found.truncate(kept);
        let share = strength / ((kept - self.start).max(1) as f32).sqrt();
        for one in &mut self.found[self.start..] {
            one.1 = share;
        }
        self.start = kept;
    }
}

fn grams(spoken: &[Spoken], k: usize) -> Vec<(u32, f32)> {
    let mut bag = Bag {
        found: Vec::with_capacity(400),
        start: 0,
    };
    let all = |at: usize| spoken[at].tokens().collect::<Vec<&str>>();
    let here = all(k);
    bag.words(1, &here, 3);
    bag.close(1.0);
    bag.chars(2, &here);
    bag.close(1.0);
    bag.words(3, &spoken[k].statement(), 2);
    bag.close(0.7);
    let asked = asked(spoken, k);
    bag.words(4, &asked, 2);
    bag.close(0.7);
    if k > 0 {
        bag.words(5, &all(k - 1), 2);
    }
    bag.close(0.6);
    if k + 1 < spoken.len() {
        bag.words(6, &all(k + 1), 2);
    }
    bag.close(0.3);
    if k > 1 {
        bag.words(7, &all(k - 2), 1);
    }
    bag.close(0.3);
    bag.found
}

fn marks(flags: &[Vec<f32>], k: usize) -> Vec<(u32, f32)> {
    let mut found = Vec::with_capacity(80);
    for (offset, group) in [(0_isize, 10_u8), (-1, 11), (1, 12)] {
        let Some(row) = k.checked_add_signed(offset).and_then(|at| flags.get(at)) else {
            continue;
        };
        let strength = [0.4, 0.25, 0.15][usize::from(group - 10)];
        for (slot, value) in row.iter().enumerate().filter(|(_, value)| **value != 0.0) {
            let mut hash = Fnv::new(group);
            hash.eat(&(slot as u32).to_le_bytes());
            found.push((hash.cut(), strength * value));
        }
    }
    found
}

pub(super) fn each_once(mut found: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    found.sort_unstable_by_key(|one| one.0);
    found.dedup_by(|next, first| {
        let same = next.0 == first.0;
        if same {
            first.1 += next.1;
        }
        same
    });
    found
}

/// The question that what is said here answers: inside the utterance, or the end of the one before.
fn asked(spoken: &[Spoken], k: usize) -> Vec<&str> {
    let here = &spoken[k];
    let turn = here.turn();
    let question = if turn > 0 {
        here.sentences.get(turn - 1)
    } else {
        k.checked_sub(1)
            .and_then(|before| spoken[before].sentences.last())
            .filter(|last| last.asks)
    };
    question.map_or(Vec::new(), |one| {
        one.tokens.iter().map(String::as_str).collect()
    })
}

const PRIME: u64 = 0x0100_0000_01b3;
/// What four bytes multiply by.
const PRIME_4: u64 = PRIME
    .wrapping_mul(PRIME)
    .wrapping_mul(PRIME)
    .wrapping_mul(PRIME);

/// FNV-1a, 64 bits, cut to [`BITS`].
struct Fnv(u64);

impl Fnv {
    fn new(group: u8) -> Self {
        let mut hash = Self(0xcbf2_9ce4_8422_2325);
        hash.eat(&[group]);
        hash
    }

    fn eat(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(PRIME);
        }
    }

    /// A letter as four bytes; most have one that isn't nought.
    fn eat_letter(&mut self, letter: char) {
        let code = u32::from(letter);
        if code < 0x100 {
            self.0 = (self.0 ^ u64::from(code)).wrapping_mul(PRIME_4);
        } else {
            self.eat(&code.to_le_bytes());
        }
    }

    fn cut(&self) -> u32 {
        let folded = self.0 ^ (self.0 >> 32);
        (folded as u32) & ((1 << BITS) - 1)
    }
}
