//! What was said -> signals with the words that prove them, the rating with its reasons, and what to ask next.

mod ask;
pub mod chances;
mod corrected;
mod corrections;
mod cues;
pub mod cuts;
mod introduce;
pub mod jsonl;
mod judged;
pub mod learn;
pub mod model;
mod money;
mod names;
mod parts;
mod plain;
mod rating;
mod rules;
mod sound;
mod talk;
mod topic;
mod values;
mod when;
mod which;
mod words;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use crate::domain::{AccountMatch, Day, Heat, Playbook, Signal, SignalKind, Visitor};

pub use ask::{QUESTIONS, Question, ask_next, asked};
pub use talk::Said;

use chances::Chances;
use cues::Cues;
use judged::Judged;
use model::{Model, Scores, Weighed};
use names::{DOUBTFUL, Named, Names};
use parts::{Kept, Parts};
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
    /// What utterances tell by themselves.
    parts: Kept<String, Parts>,
    /// What the words of an utterance and its neighbours weigh.
    weighed: Kept<[String; 4], Weighed>,
}

/// From which likelihood a signal is shown on a card.
const SHOWN: f32 = 0.5;

/// Fewest words that tell a language.
const TELLING_WORDS: usize = 12;

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
            parts: Kept::default(),
            weighed: Kept::default(),
        }
    }

    /// Forgets every word it has read: some of them were struck.
    pub fn forget(&self) {
        self.parts.forget();
        self.weighed.forget();
    }

    fn talk<'a>(&self, said: &'a [Said<'a>]) -> Talk<'a> {
        let parts = |one: &Said<'_>| {
            self.parts.get(one.text.to_owned(), |text| {
                talk::parts(text, &self.names, self.calendar, &self.common, &self.cues)
            })
        };
        let parts: Vec<Arc<Parts>> = said.iter().map(parts).collect();
        Talk::new(said, &parts)
    }

    /// What the trained layer looks at.
    pub fn rows(&self, said: &[Said<'_>]) -> Vec<model::features::Row> {
        model::rows(&self.talk(said))
    }

    /// Reads the whole talk of one card afresh. Only signals that are likelier right than wrong count.
    pub fn read(&self, said: &[Said<'_>]) -> Reading {
        let mut reading = self.read_from(said, SHOWN);
        // A card has one signal of a kind a line.
        let mut taken = BTreeSet::new();
        reading
            .signals
            .retain(|signal| taken.insert((signal.kind, signal.utterance)));
        reading
    }

    /// The same with every signal from its kind's threshold on, where precision and recall are even: for scoring.
    pub fn read_all(&self, said: &[Said<'_>]) -> Reading {
        self.read_from(said, 0.0)
    }

    /// The same by given scores of the utterances and of their sentences: for scoring what other weights gave.
    pub fn read_scored(
        &self,
        said: &[Said<'_>],
        model: &Model,
        (scores, sentences): (Vec<Scores>, Vec<Scores>),
    ) -> Reading {
        let talk = self.talk(said);
        let judged = Judged::new(model, scores, &talk).with_sentences(sentences);
        self.tell(&talk, &judged, 0.0)
    }

    /// What is likely of a talk by given scores: for training its rating. None where too little was said or the visitor is
    /// no buyer.
    pub fn chances_scored(
        &self,
        said: &[Said<'_>],
        model: &Model,
        (scores, sentences): (Vec<Scores>, Vec<Scores>),
    ) -> Option<Chances> {
        let talk = self.talk(said);
        let judged = Judged::new(model, scores, &talk).with_sentences(sentences);
        let account = account(&talk, &judged);
        let signals = signals(&self.reader(&talk, &judged, account));
        let target = account.is_some();
        let buyer = talk.sentences.len() >= ENOUGH && judged.no_buyer() <= 0.5;
        buyer.then(|| Chances::new(&judged, &talk, &signals, self.calendar, target))
    }

    fn read_from(&self, said: &[Said<'_>], least: f32) -> Reading {
        let talk = self.talk(said);
        if self.is_foreign(&talk) {
            return Reading {
                why: "another language".to_owned(),
                ..Reading::default()
            };
        }
        let model = Model::bundled();
        let (scores, sentences) = model.judge_kept(&talk, &self.weighed);
        let judged = Judged::new(model, scores, &talk).with_sentences(sentences);
        self.tell(&talk, &judged, least)
    }

    fn tell(&self, talk: &Talk<'_>, judged: &Judged<'_>, least: f32) -> Reading {
        let account = account(talk, judged);
        let no_buyer = talk.sentences.len() >= ENOUGH && judged.no_buyer() > 0.5;
        let mut signals = signals(&self.reader(talk, judged, account));
        let chances = Chances::new(judged, talk, &signals, self.calendar, account.is_some());
        signals.retain(|signal| signal.confidence >= least);
        if no_buyer {
            signals.retain(|signal| signal.kind == SignalKind::OptIn);
        }
        // Who is no buyer acts for nobody: most of them were somewhere once.
        let account = account
            .filter(|_| !no_buyer)
            .and_then(|(at, score)| self.acts_for(at, score));
        let opt_in = signals
            .iter()
            .rev()
            .find(|signal| signal.kind == SignalKind::OptIn)
            .map(|signal| signal.value == "yes");
        let facts = rating::Facts::new(&signals, self.calendar, account.is_some());
        let rating_known = talk.sentences.len() >= ENOUGH;
        let introduced = introduce::introduced(talk, judged);
        let ask_next = (!no_buyer)
            .then(|| ask::next(&signals, introduced.is_some()))
            .flatten()
            .map(str::to_owned);
        let rating = match (no_buyer, rating_known) {
            (true, _) => swag(talk).then_some(Heat::Swag),
            (false, true) => Some(chances.heat(judged.heat())),
            (false, false) => None,
        };
        Reading {
            opt_in,
            rating,
            rating_known,
            why: match rating {
                _ if no_buyer => "no buyer".to_owned(),
                Some(heat) => chances.why(&facts, heat),
                None => facts.why(),
            },
            introduced,
            ask_next,
            signals,
            account,
        }
    }

    fn reader<'a>(
        &'a self,
        talk: &'a Talk<'a>,
        judged: &'a Judged<'a>,
        account: Option<(usize, f32)>,
    ) -> Reader<'a> {
        Reader {
            account: account.map(|one| one.0),
            talk,
            cues: &talk.cues,
            judged,
            playbook: &self.playbook,
            calendar: self.calendar,
        }
    }

    /// Whether most words of a talk are of another language than this can read: English is mostly its common words.
    fn is_foreign(&self, talk: &Talk<'_>) -> bool {
        let words = || talk.sentences.iter().flat_map(|one| &one.words);
        let letters = |text: &str| text.chars().all(|letter| !letter.is_ascii_digit());
        let all = words().filter(|word| letters(&word.text)).count();
        let known = words()
            .filter(|word| self.common.contains(word.text.as_str()))
            .count();
        all >= TELLING_WORDS && known * 3 < all
    }

    fn acts_for(&self, at: usize, score: f32) -> Option<AccountMatch> {
        let account = self.playbook.accounts.get(at)?;
        Some(AccountMatch {
            key: account.key().to_owned(),
            name: account.name.clone(),
            why: "said in the talk".to_owned(),
            score: score.min(0.95),
        })
    }
}

/// How many utterances of a talk are its greeting: a rep who names an account there reads it off the badge or has just heard it
/// (so it is with 73 of the 74 buyers of the labelled conversations of whom only a rep names an account by then).
const GREETING: usize = 3;

/// What a name in a greeting counts for at least, of one that a visitor says.
const GREETED: f32 = 0.8;

/// The account that a visitor most likely acts for, an index into the playbook's, and how sure that is.
fn account(talk: &Talk<'_>, judged: &Judged<'_>) -> Option<(usize, f32)> {
    let mut best: Option<(usize, f32)> = None;
    for (k, mentions) in talk.mentions.iter().enumerate() {
        for mention in mentions {
            let Named::Account(at) = mention.what else {
                continue;
            };
            let said = talk.sentences[k].said;
            let greeting = said < GREETING && mention.score >= DOUBTFUL;
            let greeted = if greeting { GREETED } else { 0.0 };
            let voice = judged.visitor(said).max(greeted);
            let score = mention.score * (0.4 + 0.6 * voice);
            if score > 0.55 && best.is_none_or(|(_, before)| score > before) {
                best = Some((at, score));
            }
        }
    }
    best
}

/// The signals of a talk in the order they were said.
fn signals(reader: &Reader<'_>) -> Vec<Signal> {
    let mut found = Vec::new();
    for kind in SignalKind::ALL {
        for (said, confidence) in corrections::kept(reader, kind) {
            for k in proofs(reader, kind, said) {
                let one = signal(reader, kind, k, confidence);
                if kind == SignalKind::Competitor {
                    let others = reader.competitors(k).into_iter().skip(1);
                    found.extend(others.map(|value| Signal {
                        value,
                        ..one.clone()
                    }));
                }
                found.push(one);
            }
        }
    }
    found.sort_by(|one, other| {
        let key = |signal: &Signal| (signal.utterance, signal.span, signal.kind);
        key(one)
            .cmp(&key(other))
            .then_with(|| one.value.cmp(&other.value))
    });
    found.dedup_by(|next, first| {
        next.kind == first.kind
            && next.utterance == first.utterance
            && (next.kind != SignalKind::Competitor || next.value == first.value)
    });
    found
}

/// What the trained layer's likelihood of a sentence weighs beside its cues.
const SENTENCE: f32 = 2.0;

/// The sentences that prove a signal in an utterance: the one that looks most like it; each with a competitor's name.
fn proofs(reader: &Reader<'_>, kind: SignalKind, said: usize) -> Vec<usize> {
    let sentences = &reader.talk.sentences;
    let within = (0..sentences.len()).filter(|&k| sentences[k].said == said);
    if kind == SignalKind::Competitor {
        let sure = |k: usize| reader.talk.competitor(k);
        let surest = within.clone().map(sure).fold(0.0, f32::max);
        // Beside a name that is written plainly, what merely sounds like another is none.
        let least = if surest < DOUBTFUL { 0.01 } else { DOUBTFUL };
        return within.filter(|&k| sure(k) >= least).collect();
    }
    let weight = |k: usize| {
        let words = sentences[k].words.len() as f32;
        let cues = rules::evidence(reader.talk, reader.cues, k, kind) + (words / 100.0).min(0.2);
        cues + SENTENCE * reader.judged.sentence(k, kind)
    };
    within
        .max_by(|&a, &b| weight(a).total_cmp(&weight(b)).then(b.cmp(&a)))
        .into_iter()
        .collect()
}

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
