//! The signals of a card: what the machine spots and withdraws, and what a person struck or marked, which stays so.

use super::{Card, CardId, Consent, Fact, Signal, SignalKind, Stamp, Utterance};

/// The machine's word; a person's counts more.
pub(super) fn spot(card: &mut Card, signal: &Signal) {
    let key = (signal.kind, signal.utterance);
    if card.struck.contains(&key) || card.marked.contains(&key) {
        return;
    }
    put(card, signal);
}

/// The machine takes its word back; what a person marked stays.
pub(super) fn withdraw(card: &mut Card, kind: SignalKind, utterance: Stamp) {
    if !card.marked.contains(&(kind, utterance)) {
        remove(card, kind, utterance);
    }
}

/// A person says that it is wrong.
pub(super) fn strike(card: &mut Card, kind: SignalKind, utterance: Stamp) {
    remove(card, kind, utterance);
    card.marked.remove(&(kind, utterance));
    card.struck.insert((kind, utterance));
}

/// A person says that it is so.
pub(super) fn mark(card: &mut Card, signal: &Signal) {
    let key = (signal.kind, signal.utterance);
    card.struck.remove(&key);
    card.marked.insert(key);
    put(card, signal);
}

fn put(card: &mut Card, signal: &Signal) {
    remove(card, signal.kind, signal.utterance);
    card.signals.push(signal.clone());
    card.signals
        .sort_by_key(|signal| (signal.utterance, signal.kind));
}

fn remove(card: &mut Card, kind: SignalKind, utterance: Stamp) {
    card.signals
        .retain(|signal| (signal.kind, signal.utterance) != (kind, utterance));
}

/// What was said moved from one card to another: the signals go with it, and what a person said of them.
pub(super) fn follow(from: &mut Card, to: &mut Card) {
    let moved = |utterance: Stamp| to.utterances.iter().any(|said| said.id == utterance);
    let (gone, stay): (Vec<Signal>, Vec<Signal>) = from
        .signals
        .drain(..)
        .partition(|signal| moved(signal.utterance));
    let struck = from.struck.iter().filter(|(_, said)| moved(*said));
    let marked = from.marked.iter().filter(|(_, said)| moved(*said));
    let (struck, marked) = (struck.copied().collect(), marked.copied().collect());
    from.signals = stay;
    to.signals = gone;
    (to.struck, to.marked) = (struck, marked);
}

/// What changed between the signals that stand and those that hold now.
pub(super) fn reread(card: &Card, signals: Vec<Signal>) -> Vec<Fact> {
    let id = card.id;
    let same =
        |one: &Signal, other: &Signal| (one.kind, one.utterance) == (other.kind, other.utterance);
    let gone = card
        .signals
        .iter()
        .filter(|old| !card.marked.contains(&(old.kind, old.utterance)))
        .filter(|old| !signals.iter().any(|new| same(old, new)))
        .map(|old| Fact::SignalWithdrawn {
            card: id,
            kind: old.kind,
            utterance: old.utterance,
        });
    let mut facts: Vec<Fact> = gone.collect();
    facts.extend(consent_heard(card, &signals));
    let news = signals.into_iter().filter(|new| {
        let key = (new.kind, new.utterance);
        let settled = card.struck.contains(&key) || card.marked.contains(&key);
        let stands = card
            .signals
            .iter()
            .any(|old| same(old, new) && old.value == new.value && old.quote == new.quote);
        !settled && !stands
    });
    facts.extend(news.map(|signal| Fact::SignalSpotted { card: id, signal }));
    facts
}

/// The newest consent in the talk, unless a person noted one by hand or struck it.
fn consent_heard(card: &Card, signals: &[Signal]) -> Option<Fact> {
    let newest = signals.iter().rfind(|signal| {
        signal.kind == SignalKind::OptIn && !card.struck.contains(&(signal.kind, signal.utterance))
    })?;
    let by_hand = card.consent.1 == "by hand";
    consent_of(card, newest).filter(|_| !by_hand)
}

/// The consent that a signal comes to, if it is news.
pub(super) fn consent_of(card: &Card, signal: &Signal) -> Option<Fact> {
    let consent = if signal.value == "no" {
        Consent::No
    } else {
        Consent::Yes
    };
    let news = (consent, signal.quote.as_str()) != (card.consent.0, card.consent.1.as_str());
    news.then(|| consent_noted(card.id, consent, signal.quote.clone()))
}

fn consent_noted(card: CardId, consent: Consent, why: String) -> Fact {
    Fact::ConsentNoted { card, consent, why }
}

/// The facts of striking a signal: a consent that stands on it falls with it.
pub(super) fn struck(card: &Card, kind: SignalKind, utterance: Stamp) -> Vec<Fact> {
    let mut facts = vec![Fact::SignalStruck {
        card: card.id,
        kind,
        utterance,
    }];
    let stands_on_it = kind == SignalKind::OptIn
        && card.signals.iter().any(|signal| {
            (signal.kind, signal.utterance) == (kind, utterance) && signal.quote == card.consent.1
        });
    if stands_on_it {
        facts.push(consent_noted(card.id, Consent::Unknown, String::new()));
    }
    facts
}

/// The facts of marking a signal: consent that was marked is noted.
pub(super) fn marked(card: &Card, signal: Signal) -> Vec<Fact> {
    let consent = (signal.kind == SignalKind::OptIn)
        .then(|| consent_of(card, &signal))
        .flatten();
    let mut facts = vec![Fact::SignalMarked {
        card: card.id,
        signal,
    }];
    facts.extend(consent);
    facts
}

impl Card {
    /// The newest signal of a kind.
    pub fn newest(&self, kind: SignalKind) -> Option<&Signal> {
        self.signals.iter().rfind(|signal| signal.kind == kind)
    }

    /// What was said at this stamp.
    pub fn said(&self, id: Stamp) -> Option<&Utterance> {
        self.utterances.iter().find(|said| said.id == id)
    }
}
