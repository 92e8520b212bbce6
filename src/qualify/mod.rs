//! What was said -> signals with the words that prove them, the rating with its reasons, and what to ask next.

mod ask;
mod cues;
mod introduce;
pub mod jsonl;
mod money;
mod names;
mod rating;
mod rules;
mod sound;
mod talk;
mod values;
mod when;
mod words;

use std::collections::HashSet;

use crate::domain::{AccountMatch, Day, Heat, Playbook, Signal, SignalKind, Visitor};

pub use talk::Said;

use cues::{Cue, Cues};
use names::{Named, Names};
use rules::Guess;
use talk::Talk;
use values::Reader;
use when::Calendar;

/// What one talk tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// What counts, in the order it was said, each with its proof.
    pub signals: Vec<Signal>,
    /// The target account the visitor acts for.
    pub account: Option<AccountMatch>,
    /// Whether we may write to them; none while nobody said.
    pub opt_in: Option<bool>,
    /// The rating by the guide: none for no buyer, [`Heat::Swag`] for who came for the giveaways.
    pub rating: Option<Heat>,
    /// False while too little was said to rate.
    pub rating_known: bool,
    /// The reasons: "need + budget + March".
    pub why: String,
    /// The visitor who said who they are.
    pub introduced: Option<Visitor>,
    /// The most useful question still open.
    pub ask_next: Option<String>,
}

/// Reads talks against one playbook on one day.
pub struct Qualifier {
    playbook: Playbook,
    calendar: Calendar,
    common: HashSet<&'static str>,
    names: Names,
    cues: Cues,
}

/// Fewest sentences after which a talk is rated.
const ENOUGH: usize = 5;

impl Qualifier {
    /// Prepares the playbook's names; relative dates count from `today`.
    pub fn new(playbook: &Playbook, today: Day) -> Self {
        let common = names::common_words();
        Self {
            names: Names::new(playbook, &common),
            playbook: playbook.clone(),
            calendar: Calendar::new(today),
            common,
            cues: Cues::default(),
        }
    }

    /// Reads the whole talk of one card afresh.
    pub fn read(&self, said: &[Said<'_>]) -> Reading {
        let talk = Talk::new(said, &self.names, self.calendar, &self.common);
        let cues: Vec<Vec<Cue>> = talk
            .sentences
            .iter()
            .map(|sentence| self.cues.of(sentence))
            .collect();
        let guesses = rules::guess(&talk, &cues);
        let no_buyer = is_no_buyer(&talk, &cues, &guesses);
        let mut signals = self.signals(&talk, &cues, &guesses);
        if no_buyer {
            signals.retain(|signal| signal.kind == SignalKind::OptIn);
        }
        let account = self.account(&talk, &guesses);
        let opt_in = signals
            .iter()
            .rev()
            .find(|signal| signal.kind == SignalKind::OptIn)
            .map(|signal| signal.value == "yes");
        let facts = rating::Facts::new(&signals, self.calendar, account.is_some());
        let rating_known = talk.sentences.len() >= ENOUGH;
        let introduced = introduce::introduced(&talk, &guesses);
        let ask_next = (!no_buyer)
            .then(|| ask::next(&signals, introduced.is_some()))
            .flatten()
            .map(str::to_owned);
        let rating = match (no_buyer, rating_known) {
            (true, _) => swag(&talk).then_some(Heat::Swag),
            (false, true) => Some(facts.heat()),
            (false, false) => None,
        };
        Reading {
            opt_in,
            rating,
            rating_known: rating_known || no_buyer,
            why: if no_buyer {
                "no buyer".to_owned()
            } else {
                facts.why()
            },
            introduced,
            ask_next,
            signals,
            account,
        }
    }

    fn signals(&self, talk: &Talk<'_>, cues: &[Vec<Cue>], guesses: &[Guess]) -> Vec<Signal> {
        let reader = Reader {
            talk,
            cues,
            playbook: &self.playbook,
        };
        let mut found = Vec::new();
        for (slot, kind) in SignalKind::ALL.into_iter().enumerate() {
            let mut last: Option<(usize, usize)> = None;
            for (k, guess) in guesses.iter().enumerate() {
                let confidence = guess.kinds[slot];
                let said = talk.sentences[k].said;
                if confidence < THRESHOLDS[slot] {
                    continue;
                }
                if let Some((before, at)) = last
                    && said <= before + 1
                    && kind != SignalKind::Competitor
                {
                    let earlier: &mut Signal = &mut found[at];
                    if earlier.confidence < confidence {
                        *earlier = signal(&reader, kind, k, confidence);
                        last = Some((said, at));
                    }
                    continue;
                }
                last = Some((said, found.len()));
                found.push(signal(&reader, kind, k, confidence));
            }
        }
        found.sort_by_key(|signal| (signal.utterance, signal.span, signal.kind));
        found
    }

    fn account(&self, talk: &Talk<'_>, guesses: &[Guess]) -> Option<AccountMatch> {
        let mut best: Option<(f32, usize)> = None;
        for (k, mentions) in talk.mentions.iter().enumerate() {
            for mention in mentions {
                let Named::Account(at) = mention.what else {
                    continue;
                };
                let score = mention.score * (0.4 + 0.6 * guesses[k].visitor);
                if score > 0.55 && best.is_none_or(|(before, _)| score > before) {
                    best = Some((score, at));
                }
            }
        }
        let (score, at) = best?;
        let account = self.playbook.accounts.get(at)?;
        Some(AccountMatch {
            key: account.key().to_owned(),
            name: account.name.clone(),
            why: "said by the visitor".to_owned(),
            score: score.min(0.95),
        })
    }
}

/// From which likelihood a kind is shown, in the order of [`SignalKind::ALL`].
const THRESHOLDS: [f32; 10] = [0.45, 0.4, 0.45, 0.45, 0.4, 0.4, 0.5, 0.4, 0.5, 0.5];

fn signal(reader: &Reader<'_>, kind: SignalKind, k: usize, confidence: f32) -> Signal {
    let sentence = &reader.talk.sentences[k];
    let (value, polarity) = reader.value(kind, k);
    Signal {
        kind,
        utterance: reader.talk.said[sentence.said].id,
        span: (sentence.lo, sentence.hi),
        quote: reader.talk.text(k).to_owned(),
        value,
        polarity,
        confidence,
    }
}

fn is_no_buyer(talk: &Talk<'_>, cues: &[Vec<Cue>], guesses: &[Guess]) -> bool {
    let hits: usize = cues
        .iter()
        .zip(guesses)
        .filter(|(cues, guess)| cues.contains(&Cue::NoBuyer) && guess.visitor > 0.3)
        .count();
    hits >= 2 && hits * 12 >= talk.sentences.len()
}

/// Whether they came for the giveaways.
fn swag(talk: &Talk<'_>) -> bool {
    const GIFTS: [&str; 14] = [
        "shirt",
        "shirts",
        "tote",
        "totes",
        "pen",
        "pens",
        "raffle",
        "free",
        "swag",
        "giveaway",
        "giveaways",
        "bottle",
        "bottles",
        "stickers",
    ];
    talk.sentences
        .iter()
        .flat_map(|sentence| &sentence.words)
        .filter(|word| GIFTS.contains(&word.text.as_str()))
        .count()
        >= 2
}
