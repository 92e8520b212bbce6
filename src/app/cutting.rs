//! Where one talk seems to end and the next to begin on a lane: cut by itself when sure, else marked for a person.

use std::collections::BTreeMap;

use crate::domain::{AccountMatch, Author, CardId, Command, Deed, Fact, Stamp, Utterance};
use crate::qualify::Said;

use super::{Effect, Model, ToastKind};

/// How many of a talk's last lines are looked at: what a line is about shows in its neighbours.
const WINDOW: usize = 10;

/// How many of a talk's last lines are gone through after a restart.
const RECALLED: usize = 40;

/// Lines that follow a place before it is judged: hello alone may be said to a colleague who walks by.
const FOLLOW: usize = 1;

/// No silence counts for more than this, in seconds: who looks at a demo is silent for a minute, too. What ends a talk by
/// silence alone is the talk gap.
const LONGEST_S: f64 = 2.0;

/// How likely a cut is right that is made without asking.
const SURE: f32 = 0.8;

/// Places where a new talk may begin, and why; nobody cut there yet. They follow from the lines, so they are not kept; what
/// was cut is a deed.
pub type Seams = BTreeMap<Stamp, &'static str>;

/// A place, why a new talk may begin there, and how likely that is.
type Seam = (Stamp, &'static str, f32);

impl Model {
    /// Looks for a seam among the newest lines of a talk that goes on. Cuts there when sure.
    pub(super) fn look_for_seams(&mut self, card: CardId) -> Vec<Effect> {
        let lines = self
            .board()
            .card(card)
            .map_or(0, |card| card.utterances.len());
        let Some((place, reason, likely)) = self.likeliest_seam(card, lines) else {
            return Vec::new();
        };
        if likely >= SURE && !self.has_hands_on(card, place) {
            return self.cut_by_itself(card, place, reason);
        }
        if self.seams.insert(place, reason).is_none() {
            let words = self.seam_words(card, place);
            let words = format!("{words} a new talk? {reason}; {{split-card}} cuts there");
            self.toast(ToastKind::News, self.keyed(&words));
        }
        Vec::new()
    }

    /// After a restart: what was marked while the talks that go on were heard is marked again.
    pub(super) fn recall_seams(&mut self) {
        let lanes = self.config.lanes.iter();
        let live = lanes.filter_map(|lane| self.board().live_card(&lane.name));
        let live: Vec<(CardId, usize)> =
            live.map(|card| (card.id, card.utterances.len())).collect();
        for (card, lines) in live {
            for end in lines.saturating_sub(RECALLED) + 1..=lines {
                if let Some((place, reason, _)) = self.likeliest_seam(card, end) {
                    self.seams.insert(place, reason);
                }
            }
        }
    }

    /// The likeliest place in the newest of a talk's first `end` lines, if any is likely enough and nobody decided about it.
    fn likeliest_seam(&mut self, card: CardId, end: usize) -> Option<Seam> {
        let lines = self.board().card(card)?.utterances.get(..end)?;
        let window = &lines[lines.len().saturating_sub(WINDOW)..];
        let judged = window.len().saturating_sub(FOLLOW);
        let (said, times) = (said(window), times(window));
        let cuts = self.knowledge.qualifier.cuts(&said, &times);
        let found: Vec<Seam> = cuts
            .into_iter()
            .filter(|cut| cut.before < judged)
            .map(|cut| (window[cut.before].id, cut.reason, cut.confidence))
            .filter(|(place, ..)| !self.is_settled(card, *place))
            .collect();
        let looked_at: Vec<Stamp> = window[..judged].iter().map(|line| line.id).collect();
        let best = found
            .into_iter()
            .max_by(|one, other| one.2.total_cmp(&other.2));
        // What looked like a seam before more was said may be none.
        self.seams.retain(|place, _| {
            !looked_at.contains(place) || best.is_some_and(|best| best.0 == *place)
        });
        best
    }

    /// Whether somebody cut here or put it together, even if that was taken back: the machine asks no second time.
    fn is_settled(&self, card: CardId, place: Stamp) -> bool {
        let first = |card: &crate::domain::Card| card.utterances.first().map(|said| said.id);
        let Some(card) = self.board().card(card) else {
            return true;
        };
        let cuts = |deed: &Deed| {
            let mut facts = deed.facts.iter();
            facts.any(|fact| matches!(fact, Fact::CardSplit { from, .. } if *from == place))
        };
        first(card) == Some(place)
            || card.seams.contains(&place)
            || self.ledger.log().from(place).any(cuts)
    }

    /// Whether a person did something to the card since then: which of two talks they meant, only they know.
    fn has_hands_on(&self, card: CardId, since: Stamp) -> bool {
        let board = self.board();
        let about = |deed: &Deed| {
            let mut facts = deed.facts.iter();
            let scan = |fact: &Fact| {
                // Who sat down since then moves with the words.
                matches!(fact, Fact::VisitorSeated { id, .. } if id.0 > since)
                    || matches!(fact, Fact::AccountFlagged { account, .. } if account.why != "chosen by hand")
            };
            facts.any(|fact| !scan(fact) && fact.cards().any(|id| board.resolve(id) == card))
        };
        let mut deeds = self.ledger.log().from(since);
        deeds.any(|deed| matches!(deed.author, Author::Person(_)) && about(deed))
    }

    fn cut_by_itself(&mut self, card: CardId, place: Stamp, reason: &str) -> Vec<Effect> {
        let words = self.seam_words(card, place);
        let why = (reason.to_owned(), Author::Machine("qualify".into()));
        let effects = self.cut(card, place, Some(why));
        if !effects.is_empty() {
            let way = if self.focused().is_some_and(|focus| focus.id == card) {
                "{undo} puts it back"
            } else {
                "{trail} can take it back"
            };
            let words = format!("{words} a new talk: {reason}; {way}");
            self.toast(ToastKind::News, self.keyed(&words));
        }
        effects
    }

    /// Cuts a card and reads both parts anew. `why`: the machine's reason and its name; none: the captain does it.
    pub(super) fn cut(
        &mut self,
        card: CardId,
        from: Stamp,
        why: Option<(String, Author)>,
    ) -> Vec<Effect> {
        let account = self.account_of_later(card, from);
        let (why, author) = match why {
            Some((why, author)) => (Some(why), author),
            None => (None, self.me()),
        };
        let command = Command::Split {
            card,
            from,
            why,
            account,
        };
        let mut effects = self.settle(command, author);
        if effects.is_empty() {
            return effects;
        }
        self.seams.remove(&from);
        self.view.mark = None;
        self.view.evidence = None;
        let new = self.board().cards().find(|new| {
            let mut lines = new.utterances.iter();
            lines.next().is_some_and(|first| first.id == from)
        });
        let new = new.map(|new| new.id);
        effects.extend(self.understand(card));
        effects.extend(new.map(|card| self.understand(card)).unwrap_or_default());
        effects
    }

    /// The account of the first person who sat down after a line was said.
    fn account_of_later(&self, card: CardId, from: Stamp) -> Option<AccountMatch> {
        let visitors = &self.board().card(card)?.visitors;
        let mut later = visitors.iter().filter(|(id, _)| id.0 > from);
        later.find_map(|(_, visitor)| self.knowledge.account_of(visitor))
    }

    /// The likeliest seam of a card that nobody decided about: the newest.
    pub fn seam_of(&self, card: &crate::domain::Card) -> Option<Stamp> {
        let mut lines = card.utterances.iter().rev().map(|line| line.id);
        lines.find(|line| self.seams.contains_key(line))
    }

    /// "Desk, 10:32:", where a seam is.
    fn seam_words(&self, card: CardId, place: Stamp) -> String {
        let line = self.board().card(card).and_then(|card| card.said(place));
        line.map_or(String::new(), |line| {
            format!("{}, {}:", line.lane, self.clock_words(line.start_ms))
        })
    }
}

/// The lines as they are judged.
fn said(window: &[Utterance]) -> Vec<Said<'_>> {
    let lines = window.iter().map(|line| Said {
        id: line.id,
        text: &line.text,
        role: line.role,
    });
    lines.collect()
}

/// Start and end of each line in seconds since the first, without the rest of long silences.
fn times(window: &[Utterance]) -> Vec<(f64, f64)> {
    let seconds = |from: u64, to: u64| (to as f64 - from as f64) / 1000.0;
    let mut end = 0.0;
    let mut times = Vec::with_capacity(window.len());
    for (k, line) in window.iter().enumerate() {
        let before = k.checked_sub(1).map_or(line.start_ms, |k| window[k].end_ms);
        let start = end + seconds(before, line.start_ms).min(LONGEST_S);
        end = start + seconds(line.start_ms, line.end_ms);
        times.push((start, end));
    }
    times
}
