//! One talk heard by two microphones: when two utterances are the same words, and which of them stays.

use std::sync::Arc;

use super::{Board, CardId, Stamp, Utterance};

/// Louder by less than this (dB) is no difference; then what stands already stays.
const LOUDER: f32 = 1.0;
/// A microphone that only overhears is at least this much less loud (dB); short words need the proof.
const OVERHEARD: f32 = 6.0;
/// This share of the quieter utterance must lie within the other's time.
const OVERLAP: f64 = 0.6;
/// Starts and ends of short words may be apart by so much, in ms: two people say "yes" at nearly the same time all day.
const APART: u64 = 300;
/// From so many words on, some letters may have come out differently ...
const WORDS: usize = 4;
/// ... namely this share of the quieter one's: it is the less clear one. Letters, since "north wind" is Northwind.
const WRONG: f64 = 0.2;
/// How many utterances of a card are looked at, newest first: an echo comes within seconds.
const LATEST: usize = 12;

/// Which of two utterances that are the same words is the better one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Louder {
    /// The one that stands already.
    Standing,
    /// The new one.
    New,
}

/// Whether a new utterance is the same words as one that stands, and which was louder. None when that is not sure: then
/// both stay, since nothing said may be lost.
pub fn same_words(standing: &Utterance, new: &Utterance) -> Option<Louder> {
    if standing.lane == new.lane {
        return None;
    }
    let difference = new.loudness? - standing.loudness?;
    let (louder, quiet, loud) = if difference > LOUDER {
        (Louder::New, standing, new)
    } else {
        (Louder::Standing, new, standing)
    };
    let (few, many) = (words(&quiet.text), words(&loud.text));
    let same = if few.len() >= WORDS {
        let (few, many) = (letters(&few), letters(&many));
        let most = (few.len() as f64 * WRONG) as usize;
        overlap(quiet, loud) >= OVERLAP && distance(&few, &many) <= most
    } else {
        !few.is_empty()
            && few == many
            && quiet.start_ms.abs_diff(loud.start_ms) <= APART
            && quiet.end_ms.abs_diff(loud.end_ms) <= APART
            && difference.abs() >= OVERHEARD
    };
    same.then_some(louder)
}

/// What stands on other lanes and is the same words as a new utterance.
pub(super) fn twins(board: &Board, new: &Utterance) -> Vec<(CardId, Stamp, Louder)> {
    let near = board
        .cards()
        .rev()
        .filter(|card| card.touched_ms >= new.start_ms);
    near.flat_map(|card| {
        let latest = card.utterances.iter().rev().take(LATEST);
        latest.filter_map(|said| Some((card.id, said.id, same_words(said, new)?)))
    })
    .collect()
}

impl Board {
    /// Moves an utterance over to the louder one as its echo. False where there is no such card.
    ///
    /// An utterance that is gone already (struck, or its deed taken back) has nothing to move, which is no fault.
    pub(super) fn make_echo(&mut self, from: CardId, id: Stamp, to: CardId, louder: Stamp) -> bool {
        let (from, to) = (self.resolve(from), self.resolve(to));
        if !self.cards.contains_key(&to) {
            return false;
        }
        let Some(card) = self.cards.get_mut(&from).map(Arc::make_mut) else {
            return true;
        };
        let Some(at) = card.utterances.iter().position(|said| said.id == id) else {
            return true;
        };
        let echo = card.utterances.remove(at);
        card.signals.retain(|signal| signal.utterance != id);
        let (moved, kept) = card.echoes.drain(..).partition(|(of, _)| *of == id);
        card.echoes = kept;
        let moved: Vec<(Stamp, Utterance)> = moved;
        let vanishes = from != to && card.is_untouched();
        if vanishes && self.cards.remove(&from).is_some() {
            // Whatever still comes about it belongs to the card of the louder words.
            self.merged.insert(from, to);
            for lane in self.lanes.values_mut() {
                lane.live = lane.live.filter(|live| *live != from);
            }
        }
        if let Some(card) = self.cards.get_mut(&to).map(Arc::make_mut) {
            let echoes = moved.into_iter().map(|(_, echo)| echo).chain([echo]);
            card.echoes.extend(echoes.map(|echo| (louder, echo)));
        }
        true
    }
}

/// Which share of the first utterance's time lies within the other's.
fn overlap(one: &Utterance, other: &Utterance) -> f64 {
    let both = one
        .end_ms
        .min(other.end_ms)
        .saturating_sub(one.start_ms.max(other.start_ms));
    both as f64 / one.end_ms.saturating_sub(one.start_ms).max(1) as f64
}

fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn letters(words: &[String]) -> Vec<char> {
    words.iter().flat_map(|word| word.chars()).collect()
}

/// The fewest letters to change to find `few` somewhere within `many`.
fn distance(few: &[char], many: &[char]) -> usize {
    let mut row = vec![0; many.len() + 1];
    for (count, letter) in few.iter().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], count + 1);
        for (at, other) in many.iter().enumerate() {
            let replaced = corner + usize::from(letter != other);
            corner = row[at + 1];
            row[at + 1] = replaced.min(row[at] + 1).min(corner + 1);
        }
    }
    row.into_iter().min().unwrap_or(few.len())
}
