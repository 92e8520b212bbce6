//! One talk taken apart: its sentences, and the names, sums and times in each.

use std::collections::HashSet;

use crate::domain::{Playbook, Role, Stamp};

use super::money::{self, Sum};
use super::names::{Mention, Named, Names};
use super::when::{Calendar, When};
use super::words::{self, Sentence};

/// One utterance of a talk.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// Its id on the card.
    pub id: Stamp,
    /// What the recogniser wrote.
    pub text: &'a str,
    /// Whose voice its microphone carries.
    pub role: Role,
}

/// The longest utterance that is read whole, in bytes; what follows is left out.
const LONGEST: usize = 20_000;

/// A talk as the later layers read it.
pub struct Talk<'a> {
    /// The utterances.
    pub said: &'a [Said<'a>],
    /// All sentences in order.
    pub sentences: Vec<Sentence>,
    /// The names in each sentence.
    pub mentions: Vec<Vec<Mention>>,
    /// The sums in each sentence.
    pub sums: Vec<Vec<Sum>>,
    /// The times in each sentence.
    pub times: Vec<Vec<When>>,
}

impl<'a> Talk<'a> {
    /// Takes a talk apart.
    pub fn new(
        said: &'a [Said<'a>],
        names: &Names,
        calendar: Calendar,
        common: &HashSet<&'static str>,
    ) -> Self {
        let mut sentences = Vec::new();
        for (k, one) in said.iter().enumerate() {
            sentences.extend(words::sentences(k, head(one.text)));
        }
        let mentions = sentences
            .iter()
            .enumerate()
            .map(|(k, sentence)| names.find(k, sentence, common))
            .collect();
        let sums = sentences
            .iter()
            .map(|sentence| money::sums(&sentence.words))
            .collect();
        let times = sentences
            .iter()
            .map(|sentence| calendar.find(&sentence.words))
            .collect();
        Self {
            said,
            sentences,
            mentions,
            sums,
            times,
        }
    }

    /// The text of a sentence.
    pub fn text(&self, k: usize) -> &'a str {
        let sentence = &self.sentences[k];
        &self.said[sentence.said].text[sentence.lo..sentence.hi]
    }

    /// The microphone's role for a sentence.
    pub fn role(&self, k: usize) -> Role {
        self.said[self.sentences[k].said].role
    }

    /// Whether a name of this sort stands in sentence `k`.
    pub fn names(&self, k: usize, wanted: fn(Named) -> bool) -> bool {
        self.mentions[k].iter().any(|mention| wanted(mention.what))
    }

    /// The product this sentence is about: named in it, or the nearest one named around it.
    pub fn product_near(&self, k: usize, playbook: &Playbook) -> Option<usize> {
        let named = |at: usize| {
            self.mentions[at]
                .iter()
                .find_map(|mention| match mention.what {
                    Named::Product(product) => Some(product),
                    Named::Competitor(_) | Named::Account(_) | Named::Us => None,
                })
        };
        let before = (0..=k)
            .rev()
            .take(12)
            .find_map(|at| named(at).map(|found| (k - at, found)));
        let after = (k + 1..self.sentences.len())
            .take(6)
            .find_map(|at| named(at).map(|found| (at - k, found)));
        match (before, after) {
            (Some((far, found)), Some((near, _))) if far <= near + 4 => Some(found),
            (Some((_, found)), None) | (_, Some((_, found))) => Some(found),
            (None, None) => self.product_by_topic(k, playbook),
        }
    }

    /// The product whose description shares most words with the talk around a sentence.
    fn product_by_topic(&self, k: usize, playbook: &Playbook) -> Option<usize> {
        let around: HashSet<&str> = self.sentences[..(k + 4).min(self.sentences.len())]
            .iter()
            .flat_map(|sentence| sentence.words.iter().map(|word| word.text.as_str()))
            .filter(|word| word.len() > 3)
            .collect();
        let score = |product: &crate::domain::Product| {
            product
                .describes
                .iter()
                .chain(std::iter::once(&product.category))
                .flat_map(|phrase| phrase.split_whitespace())
                .filter(|word| around.contains(word.to_lowercase().as_str()))
                .count()
        };
        let scores: Vec<usize> = playbook.products.iter().map(score).collect();
        let best = scores.iter().copied().max()?;
        scores.iter().position(|&score| score == best)
    }
}

/// The part of a text that is read.
fn head(text: &str) -> &str {
    if text.len() <= LONGEST {
        return text;
    }
    let end = (0..=LONGEST)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0);
    &text[..end]
}
