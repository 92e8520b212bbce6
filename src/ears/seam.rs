//! The seam where running talk was cut: two pieces that share a moment of audio become one text, no word lost and none twice.
//!
//! Both pieces hear the words around the cut, and each is bad at its own edge, where a word may be heard in half. So the
//! text goes over from one piece to the next at words that both heard; where they agree on none, it does so in the middle of
//! what they share, where a word is as far from either edge as it can be. Until the next piece is heard, the words that it
//! may hear, too, wait.

use super::guard::normal_words;
use super::recognize::Word;

/// A word that is thrown away beside those that both pieces heard weighs so much of one of them: a single word in common may
/// stand between the two halves at the edges; with three in the way it is an accident.
const THROWN: f32 = 0.4;
/// So many words more wait than the next piece hears, too: where a word lies is guessed from the letters before it.
const MARGIN: usize = 1;
/// So many words more are looked at in the next piece than wait.
const AHEAD: usize = 2;

/// The audio of a piece and what it shares, in frames.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// Its whole length.
    pub length: u64,
    /// How much of its beginning the piece before heard, too; 0 where it is the first.
    pub head: u64,
    /// How much of its end the next piece hears, too; 0 where it is the last.
    pub tail: u64,
}

/// Words at the end of a piece that wait for the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The words.
    pub words: Vec<Word>,
    /// How many of them were said before the middle of what both pieces hear.
    middle: usize,
}

/// Takes in the words of a piece after what waits of the one before. Answers what can be told and what waits now.
pub fn take(held: Option<Held>, words: Vec<Word>, piece: Piece) -> (Vec<Word>, Option<Held>) {
    let share = |frames: u64| frames as f32 / piece.length.max(1) as f32;
    let ends = piece.length - piece.tail.min(piece.length);
    let mut waits = words.len();
    let mut middle = waits;
    if piece.tail > 0 {
        waits = spoken(&words, share(ends)).saturating_sub(MARGIN);
        middle = spoken(&words, share(ends + piece.tail / 2)).max(waits);
    }
    let (mut told, mut from) = (Vec::new(), 0);
    if let Some(held) = held {
        told = held.words;
        if piece.head > 0 {
            let by_time = (held.middle, spoken(&words, share(piece.head / 2)));
            let (stay, next) = change(&told, &words, by_time);
            told.truncate(stay);
            from = next;
            // A full stop before a small letter: there the talk was cut, not the sentence.
            if let (Some(last), Some(next)) = (told.last_mut(), words.get(from))
                && next.text.starts_with(char::is_lowercase)
            {
                last.text.truncate(last.text.trim_end_matches('.').len());
            }
        }
    }
    let waits = waits.max(from);
    let later = Held {
        words: words[waits..].to_vec(),
        middle: middle.max(waits) - waits,
    };
    told.extend(words.into_iter().take(waits).skip(from));
    (told, (!later.words.is_empty()).then_some(later))
}

/// Where a text goes over from what waits to the next piece: how many words of `before` stay, and the word of `after` that
/// follows them. `by_time` is the same where the two agree on nothing.
pub fn change(before: &[Word], after: &[Word], by_time: (usize, usize)) -> (usize, usize) {
    let old: Vec<String> = before.iter().map(key).collect();
    let near = after.iter().take(before.len() + AHEAD);
    let new: Vec<String> = near.map(key).collect();
    let (mut best, mut place) = (0.0, by_time);
    for i in 0..old.len() {
        for j in 0..new.len() {
            let both = old[i..].iter().zip(&new[j..]);
            let run = both.take_while(|(a, b)| a == b).count();
            let thrown = j + old.len() - i - run;
            let worth = run as f32 - THROWN * thrown as f32;
            if worth > best {
                // Each word of the run is taken from the piece in whose inside it lies deeper: its edge may have put a full
                // stop behind it, or a capital at its front.
                let inside = |at: &usize| old.len() - 1 - (i + at) >= j + at;
                let first = (0..run).take_while(inside).count();
                (best, place) = (worth, (i + first, j + first));
            }
        }
    }
    place
}

/// How many words lie before this share of a piece, judged by their letters.
fn spoken(words: &[Word], share: f32) -> usize {
    let letters = |word: &Word| word.text.chars().count() as f32 + 1.0;
    let all: f32 = words.iter().map(letters).sum();
    let mut before = 0.0;
    let until = |word: &&Word| {
        let middle = before + letters(word) / 2.0;
        before += letters(word);
        middle < share * all
    };
    words.iter().take_while(until).count()
}

/// A word without case and punctuation.
fn key(word: &Word) -> String {
    normal_words(&word.text).concat()
}
