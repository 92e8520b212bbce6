//! What an utterance tells by itself, kept for the next reading: a talk grows by one utterance at a time.

use std::collections::HashMap;
use std::hash::Hash;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::SignalKind;

use super::cues::Cue;
use super::money::Sum;
use super::names::Mention;
use super::when::When;
use super::words::Sentence;

/// One utterance taken apart, sentence by sentence.
#[derive(Debug, Default)]
pub struct Parts {
    /// Its sentences, as if it stood alone.
    pub sentences: Vec<Sentence>,
    /// The names in each.
    pub mentions: Vec<Vec<Mention>>,
    /// The sums in each.
    pub sums: Vec<Vec<Sum>>,
    /// The times in each.
    pub times: Vec<Vec<When>>,
    /// Which words of each say what our products are for.
    pub topics: Vec<Vec<bool>>,
    /// The cues of each.
    pub cues: Vec<Vec<Cue>>,
    /// What each plainly states ([`super::plain`]).
    pub plain: Vec<Vec<(SignalKind, &'static str)>>,
}

/// Most things of one generation; a talk of 200 utterances fits.
const MOST: usize = 512;

/// Answers kept while they are asked for again: what two generations have not asked for is forgotten. Words that are struck
/// are forgotten at once ([`Kept::forget`]).
#[derive(Debug)]
pub struct Kept<K, V> {
    generations: Mutex<[HashMap<K, Arc<V>>; 2]>,
}

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self {
            generations: Mutex::new([HashMap::new(), HashMap::new()]),
        }
    }
}

impl<K: Hash + Eq, V> Kept<K, V> {
    /// Forgets everything.
    pub fn forget(&self) {
        let mut both = self
            .generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *both = [HashMap::new(), HashMap::new()];
    }

    /// The answer for `key`: as kept, or made by `make`, which must give the same for the same key.
    pub fn get(&self, key: K, make: impl FnOnce(&K) -> V) -> Arc<V> {
        let mut both = self
            .generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let [now, before] = &mut *both;
        if let Some(found) = now.get(&key) {
            return Arc::clone(found);
        }
        let value = before.remove(&key).unwrap_or_else(|| Arc::new(make(&key)));
        if now.len() >= MOST {
            *before = mem::take(now);
        }
        now.insert(key, Arc::clone(&value));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_struck_is_kept_in_no_generation() {
        let kept: Kept<String, u8> = Kept::default();
        let made = |key: &str| {
            let mut made = false;
            kept.get(key.to_owned(), |_| {
                made = true;
                0
            });
            made
        };
        for number in 0..=MOST {
            assert!(made(&number.to_string()));
        }
        // One that is in the older generation by now, and one in the newer.
        assert!(!made("1"));
        assert!(!made(&MOST.to_string()));
        kept.forget();
        assert!(made("1") && made("2") && made(&MOST.to_string()));
    }
}
