//! The night list in the board: a round over what is missing, a card a screen, one key to take a proposal.

use crate::domain::gaps::{self, Duplicate, Missing};
use crate::domain::{CardId, Command, Filter, Heat};

use super::{Effect, Layer, Model, ToastKind, counted};

/// One stop of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stop {
    /// Two cards that may be about one person: the one that stays, the one that goes.
    Pair(CardId, CardId),
    /// A card that lacks something.
    Card(CardId),
}

/// A round over the night list. Its order stands while one works, so nothing moves under the captain's hand.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Round {
    /// The stops, best first.
    pub stops: Vec<Stop>,
    /// Where one is; behind the last stop: at the end of the round.
    pub at: usize,
}

impl Round {
    /// The stop one is at; none at the end of the round.
    pub fn here(&self) -> Option<Stop> {
        self.stops.get(self.at).copied()
    }
}

impl Model {
    /// What a card lacks, with what would fill it; none: nothing.
    pub fn missing(&self, card: CardId) -> Option<Missing> {
        gaps::missing(self.board().card(card)?, self.known(), |card| {
            self.knowledge.proposed_owner(card)
        })
    }

    fn known(&self) -> gaps::Known<'_> {
        gaps::Known {
            playbook: &self.knowledge.playbook,
            offset_s: self.now.offset_s,
        }
    }

    /// The duplicate a stop is about, while both cards stand.
    pub fn duplicate(&self, stop: Stop) -> Option<Duplicate> {
        let Stop::Pair(keep, from) = stop else {
            return None;
        };
        let all = gaps::duplicates(self.board());
        all.into_iter()
            .find(|pair| (pair.keep, pair.from) == (keep, from))
    }

    /// Everything on the night list, best first, without what was set aside: duplicates come before gaps, because a
    /// merge fills some of them.
    pub fn night_stops(&self) -> Vec<Stop> {
        let pairs = gaps::duplicates(self.board())
            .into_iter()
            .map(|pair| Stop::Pair(pair.keep, pair.from));
        let owner_of = |card: &crate::domain::Card| self.knowledge.proposed_owner(card);
        let cards = gaps::list(self.board(), self.known(), owner_of)
            .into_iter()
            .map(|missing| Stop::Card(missing.card));
        pairs
            .chain(cards)
            .filter(|stop| !self.view.set_aside.contains(stop))
            .collect()
    }

    /// Opens the night list at its best card, or leaves it.
    pub(super) fn night_list(&mut self) -> Vec<Effect> {
        if matches!(self.view.layers.last(), Some(Layer::Night(_))) {
            self.view.layers.pop();
            return Vec::new();
        }
        let stops = self.night_stops();
        if stops.is_empty() {
            let words = self.keyed("nothing is missing; {export} writes the night's files");
            self.toast(ToastKind::News, words);
            return Vec::new();
        }
        // A filter would hide cards that lack something.
        self.filter(Filter::default());
        self.view.layers.clear();
        self.view.layers.push(Layer::Night(Round { stops, at: 0 }));
        self.look_at_stop();
        Vec::new()
    }

    /// Takes the first proposal of the card, merges the pair; where nothing is left to take on a whole card, goes on.
    pub(super) fn fill(&mut self) -> Vec<Effect> {
        let Some(Layer::Night(round)) = self.view.layers.last() else {
            return Vec::new();
        };
        let Some(stop) = round.here() else {
            return self.next_missing();
        };
        let command = match stop {
            Stop::Pair(keep, from) => self
                .duplicate(stop)
                .map(|_| Command::Merge { card: keep, from }),
            Stop::Card(card) => match self.missing(card) {
                None => None,
                Some(missing) => match missing.proposals.into_iter().next() {
                    Some(proposal) => Some(proposal.command),
                    None => return self.nothing_proposed(),
                },
            },
        };
        let Some(command) = command else {
            return self.next_missing();
        };
        let merged = match &command {
            Command::Merge { card, .. } => Some(*card),
            _ => None,
        };
        let mut effects = self.settle(command, self.me());
        effects.extend(merged.map(|card| self.understand(card)).unwrap_or_default());
        self.look_at_stop();
        effects
    }

    fn nothing_proposed(&mut self) -> Vec<Effect> {
        let words = self.keyed(
            "nothing more is proposed here; {next-missing} goes on, {edit-visitor} {assign-owner} {next-step} {consent} fill it in by hand",
        );
        self.toast(ToastKind::Refused, words);
        Vec::new()
    }

    /// The next card that lacks something; at the end of the round a new one begins.
    pub(super) fn next_missing(&mut self) -> Vec<Effect> {
        self.night_step(1)
    }

    /// Rates the card in focus. On the night list a giveaway hunter is done with, so the round goes on.
    pub(super) fn rate(&mut self, heat: Heat) -> Vec<Effect> {
        let mut effects = self.on_card(|card| Command::Rate { card, heat });
        let here = match self.view.layers.last() {
            Some(Layer::Night(round)) => round.here(),
            _ => None,
        };
        if heat == Heat::Swag && here.is_some_and(|stop| !self.needs_somebody(stop)) {
            effects.extend(self.night_step(1));
        }
        effects
    }

    /// Leaves the stop as it is for tonight.
    pub(super) fn skip(&mut self) -> Vec<Effect> {
        let Some(Layer::Night(round)) = self.view.layers.last() else {
            return Vec::new();
        };
        let Some(stop) = round.here() else {
            return self.next_missing();
        };
        self.view.set_aside.insert(stop);
        self.night_step(1)
    }

    /// Goes on or back to the nearest stop that still needs somebody.
    pub(super) fn night_step(&mut self, by: isize) -> Vec<Effect> {
        let Some(Layer::Night(round)) = self.view.layers.last() else {
            return Vec::new();
        };
        let mut round = round.clone();
        if round.here().is_none() && by > 0 {
            return self.next_round();
        }
        loop {
            let Some(at) = round.at.checked_add_signed(by.signum()) else {
                return Vec::new();
            };
            round.at = at;
            if round.here().is_none_or(|stop| self.needs_somebody(stop)) {
                break;
            }
        }
        self.put_round(round);
        self.look_at_stop();
        Vec::new()
    }

    fn next_round(&mut self) -> Vec<Effect> {
        let stops = self.night_stops();
        if stops.is_empty() {
            let words =
                self.keyed("nothing is left; {back} leaves, {export} writes the night's files");
            self.toast(ToastKind::News, words);
            return Vec::new();
        }
        self.put_round(Round { stops, at: 0 });
        self.look_at_stop();
        Vec::new()
    }

    fn put_round(&mut self, round: Round) {
        if let Some(Layer::Night(old)) = self.view.layers.last_mut() {
            *old = round;
        }
    }

    fn needs_somebody(&self, stop: Stop) -> bool {
        !self.view.set_aside.contains(&stop)
            && match stop {
                Stop::Pair(..) => self.duplicate(stop).is_some(),
                Stop::Card(card) => self.missing(card).is_some(),
            }
    }

    /// Puts the stop's card in focus, so that every key of the board is about it.
    fn look_at_stop(&mut self) {
        if let Some(Layer::Night(round)) = self.view.layers.last()
            && let Some(Stop::Card(card) | Stop::Pair(card, _)) = round.here()
        {
            let card = self.board().resolve(card);
            self.focus(card);
        }
    }

    /// How far the round is, in words.
    pub fn round_words(&self, round: &Round) -> String {
        if round.here().is_some() {
            return format!("{} of {}", round.at + 1, round.stops.len());
        }
        match (self.night_stops().len(), self.view.set_aside.len()) {
            (0, 0) => "all done".to_owned(),
            (0, aside) => format!("all done, {aside} left as they are"),
            (left, _) => format!("{} still to do", counted(left, "card")),
        }
    }
}
