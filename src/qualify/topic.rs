//! Which product is talked of: the one named nearest, and the one whose description shares most words with the talk around.

use std::collections::{HashMap, HashSet};

use crate::domain::{Playbook, Product};

use super::names::Named;
use super::talk::Talk;

/// How much a name counts in the utterance itself, in one before it and in one after it. These and the figures below give
/// the most right of the training conversations.
const NAMED: [f32; 3] = [4.0, 2.0, 2.0];
/// How much less for each utterance before, and for each after.
const FADES: [f32; 2] = [0.9, 0.7];
/// How many utterances after are near; further on a name counts little.
const AHEAD: usize = 4;
const FAR: f32 = 0.1;
/// How much a word of a product's description counts that no other product has, and how much less for each utterance.
const WORD: f32 = 0.8;
const WORD_FADES: f32 = 0.75;
/// How many utterances around are looked at for such words.
const AROUND: usize = 12;

/// The product that an utterance is about, an index into the playbook's; none where there is nothing to go by.
pub fn product(talk: &Talk<'_>, said: usize, playbook: &Playbook) -> Option<usize> {
    let mut scores = vec![0.0_f32; playbook.products.len()];
    named(talk, said, &mut scores);
    described(talk, said, playbook, &mut scores);
    let best = scores.iter().copied().fold(0.0, f32::max);
    scores.iter().position(|&score| score >= best)
}

fn named(talk: &Talk<'_>, said: usize, scores: &mut [f32]) {
    for (sentence, mentions) in talk.sentences.iter().zip(&talk.mentions) {
        let at = sentence.said;
        let far = at.abs_diff(said);
        let weight = if at == said {
            NAMED[0]
        } else if at < said {
            NAMED[1] * FADES[0].powi(far as i32 - 1)
        } else if far <= AHEAD {
            NAMED[2] * FADES[1].powi(far as i32 - 1)
        } else {
            FAR
        };
        for mention in mentions {
            if let Named::Product(product) = mention.what
                && let Some(score) = scores.get_mut(product)
            {
                *score += weight * mention.score;
            }
        }
    }
}

fn described(talk: &Talk<'_>, said: usize, playbook: &Playbook, scores: &mut [f32]) {
    let of: Vec<HashSet<String>> = playbook.products.iter().map(words_of).collect();
    let mut weights: HashMap<&str, f32> = HashMap::new();
    for word in of.iter().flatten() {
        *weights.entry(word).or_default() += 1.0;
    }
    let mut heard: HashMap<usize, HashSet<&str>> = HashMap::new();
    for sentence in &talk.sentences {
        let far = sentence.said.abs_diff(said);
        if far <= AROUND {
            let words = sentence.words.iter().map(|word| stem(&word.text));
            let known = words.filter(|word| weights.contains_key(word));
            heard.entry(far).or_default().extend(known);
        }
    }
    let mut heard: Vec<(usize, HashSet<&str>)> = heard.into_iter().collect();
    heard.sort_by_key(|one| one.0);
    for (score, words) in scores.iter_mut().zip(&of) {
        for (far, heard) in &heard {
            let weight = WORD * WORD_FADES.powi(*far as i32);
            let shared = words.iter().filter(|word| heard.contains(word.as_str()));
            let mut rarity: Vec<f32> = shared.map(|word| 1.0 / weights[word.as_str()]).collect();
            rarity.sort_by(f32::total_cmp);
            *score += weight * rarity.iter().sum::<f32>();
        }
    }
}

/// The words that describe a product, as stems.
pub fn words_of(product: &Product) -> HashSet<String> {
    let phrases = product
        .describes
        .iter()
        .chain(std::iter::once(&product.category));
    let words = phrases.flat_map(|phrase| phrase.split(|letter: char| !letter.is_alphanumeric()));
    words
        .map(str::to_lowercase)
        .filter(|word| word.len() > 3)
        .map(|word| stem(&word).to_owned())
        .collect()
}

/// A word without its commonest endings: "measuring", "measures" and "measured" are about the same.
pub fn stem(word: &str) -> &str {
    let ends = ["ing", "ers", "er", "ed", "es", "s"];
    let cut = ends.iter().find_map(|end| word.strip_suffix(end));
    cut.filter(|stem| stem.len() > 3).unwrap_or(word)
}
