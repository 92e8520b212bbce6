//! The chips of a card: walking from one to the next and its quote, striking a wrong one, marking a missing one.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Board, Card, CardId, Command, Role, Signal, SignalKind, Stamp};
use crate::qualify::{self, Said};

use super::{Effect, Model, ToastKind};

/// What was asked in each talk. Follows from the board; kept because the screen is drawn more often than somebody speaks.
#[derive(Clone, Debug, Default)]
pub struct Asked(BTreeMap<CardId, (usize, Stamp, BTreeSet<SignalKind>)>);

impl Asked {
    /// Reads the cards whose lines changed.
    pub(super) fn refresh(&mut self, board: &Board) {
        self.0.retain(|card, _| board.resolve(*card) == *card);
        for card in board.cards() {
            let last = card.utterances.last().map(|said| said.id);
            let key = (card.utterances.len(), last.unwrap_or_default());
            let known = self.0.get(&card.id).map(|(lines, last, _)| (*lines, *last));
            if known != Some(key) {
                self.0.insert(card.id, (key.0, key.1, asked_in(card)));
            }
        }
    }

    /// The kinds that were asked about on a card.
    pub fn of(&self, card: CardId) -> Option<&BTreeSet<SignalKind>> {
        self.0.get(&card).map(|(_, _, kinds)| kinds)
    }
}

fn asked_in(card: &Card) -> BTreeSet<SignalKind> {
    let mut kinds = BTreeSet::new();
    // A visitor's own microphone asks nothing of what a rep wants to know.
    let ours = card
        .utterances
        .iter()
        .filter(|said| said.role != Role::Visitor);
    for said in ours {
        qualify::asked(&said.text, &mut kinds);
    }
    kinds
}

/// How a chip stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chip {
    /// Nobody spoke of it.
    Unknown,
    /// It was asked, and not answered.
    Asked,
    /// It speaks for the deal.
    Yes,
    /// It speaks against the deal.
    No,
}

impl Chip {
    /// How a signal stands: an objection that is raised speaks against the deal.
    pub fn of(signal: &Signal) -> Self {
        use crate::domain::Polarity;
        let said = signal.polarity == Polarity::Positive;
        if said == (signal.kind == SignalKind::Objection) {
            Self::No
        } else {
            Self::Yes
        }
    }
}

impl Model {
    /// How a card's chip of a kind stands.
    pub fn chip(&self, card: &Card, kind: SignalKind) -> Chip {
        match card.newest(kind) {
            Some(signal) => Chip::of(signal),
            None if self
                .asked
                .of(card.id)
                .is_some_and(|asked| asked.contains(&kind)) =>
            {
                Chip::Asked
            }
            None => Chip::Unknown,
        }
    }

    /// What to ask next on a card, in words a rep can say.
    pub fn ask_next(&self, card: &Card) -> Option<&str> {
        let nothing = BTreeSet::new();
        let asked = self.asked.of(card.id).unwrap_or(&nothing);
        qualify::ask_next(card, asked, &self.knowledge.playbook.ask)
    }

    /// The marked chip of the focused card.
    pub fn evidence(&self) -> Option<&Signal> {
        let key = self.view.evidence?;
        let signals = &self.focused()?.signals;
        signals
            .iter()
            .find(|signal| (signal.kind, signal.utterance) == key)
    }

    /// Goes from chip to chip, in the order they stand on the card; after the last none is marked.
    pub(super) fn next_evidence(&mut self) -> Vec<Effect> {
        let Some(card) = self.focused() else {
            return self.no_card();
        };
        let mut chips: Vec<(SignalKind, Stamp)> = card
            .signals
            .iter()
            .map(|signal| (signal.kind, signal.utterance))
            .collect();
        // The newest of each kind first: that is the one the card shows.
        chips.sort_by_key(|(kind, at)| (*kind, std::cmp::Reverse(*at)));
        if chips.is_empty() {
            let words = self.keyed(
                "nothing that counts was said on this card yet; {mark-signal need} marks the line",
            );
            self.toast(ToastKind::Refused, words);
            return Vec::new();
        }
        let here = self
            .view
            .evidence
            .and_then(|key| chips.iter().position(|chip| *chip == key));
        let next = here.map_or(0, |at| at + 1);
        self.show_evidence(chips.get(next).copied());
        Vec::new()
    }

    /// Marks a chip, and the line that proves it.
    fn show_evidence(&mut self, chip: Option<(SignalKind, Stamp)>) {
        self.view.evidence = chip;
        let line = chip.and_then(|(_, at)| {
            let lines = &self.focused()?.utterances;
            lines.iter().position(|said| said.id == at)
        });
        self.view.mark = line;
    }

    /// Strikes the marked chip. It never comes back by itself.
    pub(super) fn strike_signal(&mut self) -> Vec<Effect> {
        let (Some(card), Some(signal)) = (self.focused(), self.evidence()) else {
            if self.view.focus.is_none() {
                return self.no_card();
            }
            let words =
                self.keyed("no chip is marked; {next-evidence} marks one and shows its words");
            self.toast(ToastKind::Refused, words);
            return Vec::new();
        };
        let (id, kind, utterance) = (card.id, signal.kind, signal.utterance);
        let words = format!("struck: {} “{}”", kind.word(), signal.quote);
        let command = Command::Strike {
            card: id,
            kind,
            utterance,
        };
        let mut effects = self.settle(command, self.me());
        if !effects.is_empty() {
            self.view.evidence = None;
            // Where nobody reads the lines, no mark is to stay behind unseen.
            if self.view.layers.is_empty() {
                self.view.mark = None;
            }
            self.toast(ToastKind::Done, words);
            effects.extend(self.understand(id));
        }
        effects
    }

    /// Says that the marked line, else the newest, tells a thing the machine did not see.
    pub(super) fn mark_signal(&mut self, kind: SignalKind) -> Vec<Effect> {
        let (card, line) = match self.marked_line() {
            Ok(line) => line,
            Err(effects) => return effects,
        };
        let signal = self.focused().and_then(|card| {
            let said = said_on(card);
            self.knowledge.qualifier.marked(&said, kind, line)
        });
        let Some(signal) = signal else {
            self.toast(ToastKind::Refused, "the marked line has no words");
            return Vec::new();
        };
        let chip = (kind, signal.utterance);
        let words = format!("{} marked: “{}”", kind.word(), signal.quote);
        let mut effects = self.settle(Command::Mark { card, signal }, self.me());
        if !effects.is_empty() {
            self.show_evidence(Some(chip));
            self.toast(ToastKind::Done, words);
            effects.extend(self.understand(card));
        }
        effects
    }
}

/// A card's lines as they are read.
pub(super) fn said_on(card: &Card) -> Vec<Said<'_>> {
    card.utterances
        .iter()
        .map(|said| Said {
            id: said.id,
            text: &said.text,
            role: said.role,
        })
        .collect()
}
