//! What the trained layer looks at in one sentence by itself: its n-grams and cues, what was asked before it, what follows.

use super::super::cues::Cue;
use super::features::{Bag, Masked, Spoken, each_once};

/// How many flags a sentence has: its cues, what is named in it, whether it asks, its place in the utterance.
pub const FLAGS: usize = Cue::COUNT + 13;

/// One sentence of an utterance.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    /// First byte in the utterance's text, and one past the last.
    pub span: (usize, usize),
    /// Hashed n-grams and their strength, sorted by hash, each once.
    pub grams: Vec<(u32, f32)>,
    /// See [`FLAGS`].
    pub flags: Vec<f32>,
}

/// The sentences of utterance `k`.
pub(super) fn of(spoken: &[Spoken], k: usize) -> Vec<Piece> {
    let here = &spoken[k].sentences;
    let outside = |at: Option<usize>| at.and_then(|at| spoken.get(at)).map(|one| &one.sentences);
    let earlier = outside(k.checked_sub(1));
    let later = outside(k.checked_add(1));
    (0..here.len())
        .map(|at| {
            let before = |by: usize| match at.checked_sub(by) {
                Some(at) => here.get(at),
                None => earlier.and_then(|all| all.len().checked_sub(by - at).map(|at| &all[at])),
            };
            let after = here
                .get(at + 1)
                .or_else(|| later.and_then(|all| all.first()));
            Piece {
                span: here[at].span,
                flags: flags(&here[at], (at == 0, at + 1 == here.len())),
                grams: grams(
                    &here[at],
                    [before(1), before(2)],
                    after,
                    (at == 0, at + 1 == here.len()),
                ),
            }
        })
        .collect()
}

fn grams(
    here: &Masked,
    before: [Option<&Masked>; 2],
    after: Option<&Masked>,
    (first, last): (bool, bool),
) -> Vec<(u32, f32)> {
    let mut bag = Bag::default();
    let words = tokens(here);
    bag.words(31, &words, 3);
    bag.close(1.0);
    bag.chars(32, &words);
    bag.close(1.0);
    topics(&mut bag, here);
    bag.close(0.6);
    let mut beside = |group: u8, one: Option<&Masked>, longest: usize, strength: f32| {
        if let Some(one) = one {
            bag.words(group, &tokens(one), longest);
        }
        bag.close(strength);
    };
    beside(33, before[0], 2, 0.6);
    beside(34, before[0].filter(|one| one.asks), 2, 0.6);
    beside(35, before[1], 1, 0.3);
    beside(36, after, 1, 0.3);
    for cue in &here.cues {
        bag.add(37, &[&cue.to_string()]);
    }
    if let Some(before) = before[0] {
        for cue in &before.cues {
            bag.add(38, &[&cue.to_string()]);
        }
    }
    if first {
        bag.add(39, &["first"]);
    }
    if last {
        bag.add(39, &["last"]);
    }
    bag.close(0.7);
    each_once(bag.found)
}

/// What stands before and after each word that says what our products are for, whatever the word is.
const AROUND: [(usize, usize); 6] = [(0, 1), (0, 2), (1, 1), (1, 2), (0, 3), (2, 1)];

fn topics(bag: &mut Bag, here: &Masked) {
    let tokens = here.tokens.iter().zip(&here.topics);
    let tokens: Vec<&str> = tokens
        .map(|(token, topic)| match token {
            word if *topic && !word.starts_with('<') => TOPIC,
            word => word,
        })
        .collect();
    for at in (0..tokens.len()).filter(|&at| tokens[at] == TOPIC) {
        for (before, from) in AROUND {
            let to = (at + from).min(tokens.len());
            if let Some(lo) = at.checked_sub(before) {
                bag.add(43, &tokens[lo..to]);
            }
        }
    }
}

const TOPIC: &str = "<topic>";

/// The flags of each sentence of an utterance.
pub(super) fn all_flags(spoken: &Spoken) -> impl Iterator<Item = Vec<f32>> + '_ {
    let all = spoken.sentences.iter().enumerate();
    all.map(|(at, one)| flags(one, (at == 0, at + 1 == spoken.sentences.len())))
}

fn flags(here: &Masked, (first, last): (bool, bool)) -> Vec<f32> {
    let mut flags = vec![0.0; FLAGS];
    for &cue in &here.cues {
        flags[usize::from(cue)] = 1.0;
    }
    let has = |mask: &str| f32::from(here.tokens.iter().any(|token| token == mask));
    let words = here.tokens.len() as f32 - 1.0;
    let rest = [
        f32::from(here.asks),
        f32::from(first),
        f32::from(last),
        (words / 8.0).min(2.0),
        f32::from(words <= 2.0),
        has("<product>"),
        has("<competitor>"),
        has("<competitor?>"),
        has("<account>"),
        has("<us>"),
        has("<sum>"),
        has("<number>"),
        (here.topics.iter().filter(|one| **one).count() as f32 / 2.0).min(2.0),
    ];
    flags[Cue::COUNT..].copy_from_slice(&rest);
    flags
}

fn tokens(one: &Masked) -> Vec<&str> {
    one.tokens.iter().map(String::as_str).collect()
}
