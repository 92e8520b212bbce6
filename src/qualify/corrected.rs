//! A reading put right by what people said of it: marks count, what was struck doesn't, and the rating follows.

use std::collections::BTreeMap;

use crate::domain::{Card, Heat, Polarity, Signal, SignalKind, Stamp};

use super::judged::Judged;
use super::model::Model;
use super::{Qualifier, Reading, Said, account, rating, rules, signal};

/// Which signal it is: its kind and the utterance that proves it.
type Key = (SignalKind, Stamp);

fn key(signal: &Signal) -> Key {
    (signal.kind, signal.utterance)
}

impl Qualifier {
    /// The reading with a card's marked and struck signals in it.
    pub fn corrected(&self, mut reading: Reading, card: &Card) -> Reading {
        if card.marked.is_empty() && card.struck.is_empty() {
            return reading;
        }
        let again = Again::new(card);
        reading
            .signals
            .retain(|signal| !card.marked.contains(&key(signal)) && !again.is(signal));
        let marked = card
            .signals
            .iter()
            .filter(|signal| card.marked.contains(&key(signal)));
        reading.signals.extend(marked.cloned());
        reading
            .signals
            .sort_by_key(|signal| (signal.utterance, signal.span, signal.kind));
        // Consent can be marked on anybody's card; any other mark says that they may buy.
        let buys = card
            .marked
            .iter()
            .any(|(kind, _)| *kind != SignalKind::OptIn);
        let no_buyer = reading.rating_known && matches!(reading.rating, None | Some(Heat::Swag));
        if no_buyer && !buys {
            return reading;
        }
        let target = reading.account.is_some() || card.account.is_some();
        let facts = rating::Facts::new(&reading.signals, self.calendar, target);
        if reading.rating_known || buys {
            reading.rating = Some(facts.heat());
            reading.rating_known = true;
        }
        reading.why = facts.why();
        reading
    }

    /// The signal of a kind that a person sees in one utterance of a talk: its most telling sentence with the value read
    /// from it. None where the talk has no such utterance or nothing was said in it.
    pub fn marked(&self, said: &[Said<'_>], kind: SignalKind, utterance: Stamp) -> Option<Signal> {
        let talk = self.talk(said);
        let model = Model::bundled();
        let (scores, _) = model.judge_kept(&talk, &self.weighed);
        let judged = Judged::new(model, scores, &talk);
        let telling = |k: usize| {
            let words = talk.sentences[k].words.len().min(50) as f32;
            rules::evidence(&talk, &talk.cues, k, kind) + words / 1000.0
        };
        let best = (0..talk.sentences.len())
            .filter(|&k| talk.said[talk.sentences[k].said].id == utterance)
            .max_by(|&one, &other| telling(one).total_cmp(&telling(other)))?;
        let reader = self.reader(&talk, &judged, account(&talk, &judged));
        let mut found = signal(&reader, kind, best, 1.0);
        let said = talk.sentences[best].said;
        // Whoever marks a line sees something in it: it says "none" or "no" only where that is likelier than not.
        let unlikely = |value: &str| found.value == value && judged.likely(said, kind, value) < 0.5;
        let (nothing, refused) = (unlikely("none"), unlikely("no"));
        if refused {
            "yes".clone_into(&mut found.value);
            found.polarity = Polarity::Positive;
        }
        if found.value.is_empty() || nothing {
            found.value.clone_from(&found.quote);
            found.polarity = Polarity::Positive;
        }
        Some(found)
    }
}

/// Tells what was struck when the machine sees it again. As a talk goes on, the likeliest place of what was said over two
/// lines moves from one to the other: beside a struck line, the same kind is the same thing, unless it stood there before.
struct Again<'a> {
    card: &'a Card,
    places: BTreeMap<Stamp, usize>,
}

impl<'a> Again<'a> {
    fn new(card: &'a Card) -> Self {
        let lines = card.utterances.iter().enumerate();
        Self {
            card,
            places: lines.map(|(place, said)| (said.id, place)).collect(),
        }
    }

    fn is(&self, signal: &Signal) -> bool {
        let stands = self.card.signals.iter().any(|old| key(old) == key(signal));
        let place = |utterance: &Stamp| self.places.get(utterance).copied();
        let here = place(&signal.utterance);
        self.card.struck.iter().any(|(kind, utterance)| {
            let beside = match (place(utterance), here) {
                (Some(one), Some(other)) => one.abs_diff(other) == 1,
                _ => false,
            };
            *kind == signal.kind && (*utterance == signal.utterance || beside && !stands)
        })
    }
}
