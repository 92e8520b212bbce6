//! One talk taken apart: its sentences, and the names, sums and times in each.

use std::collections::HashSet;
use std::sync::Arc;

use crate::domain::{Role, SignalKind, Stamp};

use super::cues::{Cue, Cues};
use super::money::{self, Sum};
use super::names::{Mention, Named, Names};
use super::parts::Parts;
use super::plain;
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
    /// Which words of each sentence say what our products are for.
    pub topics: Vec<Vec<bool>>,
    /// The cues of each sentence.
    pub cues: Vec<Vec<Cue>>,
    /// What each sentence plainly states.
    pub plain: Vec<Vec<(SignalKind, &'static str)>>,
}

impl<'a> Talk<'a> {
    /// Puts together a talk of what each utterance tells by itself ([`parts`]), in order.
    pub fn new(said: &'a [Said<'a>], parts: &[Arc<Parts>]) -> Self {
        let mut talk = Self {
            said,
            sentences: Vec::new(),
            mentions: Vec::new(),
            sums: Vec::new(),
            times: Vec::new(),
            topics: Vec::new(),
            cues: Vec::new(),
            plain: Vec::new(),
        };
        for (k, parts) in parts.iter().enumerate() {
            talk.sentences
                .extend(parts.sentences.iter().map(|one| Sentence {
                    said: k,
                    ..one.clone()
                }));
            talk.mentions.extend(parts.mentions.iter().cloned());
            talk.sums.extend(parts.sums.iter().cloned());
            talk.times.extend(parts.times.iter().cloned());
            talk.topics.extend(parts.topics.iter().cloned());
            talk.cues.extend(parts.cues.iter().cloned());
            talk.plain.extend(parts.plain.iter().cloned());
        }
        talk
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

    /// How surely a competitor is named in sentence `k`; 0 where none is.
    pub fn competitor(&self, k: usize) -> f32 {
        let named = self.mentions[k]
            .iter()
            .filter(|mention| matches!(mention.what, Named::Competitor(_)));
        named.map(|mention| mention.score).fold(0.0, f32::max)
    }
}

/// Takes one utterance apart.
pub fn parts(
    text: &str,
    names: &Names,
    calendar: Calendar,
    common: &HashSet<&'static str>,
    cues: &Cues,
) -> Parts {
    let sentences = words::sentences(0, head(text));
    let mut parts = Parts::default();
    for sentence in &sentences {
        let (sums, times) = (money::sums(&sentence.words), calendar.find(&sentence.words));
        let cues = cues.of(sentence);
        parts.mentions.push(names.find(sentence, common));
        parts.topics.push(names.topics(sentence));
        parts
            .plain
            .push(plain::states(sentence, &cues, &sums, &times));
        parts.sums.push(sums);
        parts.times.push(times);
        parts.cues.push(cues);
    }
    parts.sentences = sentences;
    parts
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
