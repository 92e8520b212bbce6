//! Taking back and doing again: the newest deed of this laptop, or the marked line of the trail.

use std::collections::BTreeSet;

use crate::domain::{Author, CardId, Command, Deed, Fact, Stamp};

use super::{Effect, Layer, Model, ToastKind};

impl Model {
    /// Takes back the newest deed of this laptop's person; in the trail the marked line, whoever did it.
    pub(super) fn undo(&mut self) -> Vec<Effect> {
        if let Some(Layer::Trail(at)) = self.view.layers.last() {
            return self.take_back_line(*at);
        }
        let Some(deed) = self.next_undo() else {
            self.toast(ToastKind::Refused, "nothing of yours is left to take back");
            return Vec::new();
        };
        let (target, words) = (deed.stamp, self.deed_words(deed));
        self.take_back(target, &words)
    }

    /// What the undo key takes back on the board: the newest deed of this laptop's person, or a cut that the machine made
    /// in the focused card since then.
    pub(super) fn next_undo(&self) -> Option<&Deed> {
        let log = self.ledger.log();
        let own = log.undoable(self.clock.node());
        let since = own.map_or(Stamp::default(), |deed| deed.stamp);
        let focus = self.view.focus.map(|card| self.board().resolve(card));
        let in_focus = |fact: &Fact| {
            let cut = matches!(fact, Fact::CardSplit { why: Some(_), .. });
            cut && fact
                .cards()
                .any(|card| Some(self.board().resolve(card)) == focus)
        };
        let mut newer = log.after(since);
        let cut = newer.rfind(|deed| {
            matches!(deed.author, Author::Machine(_)) && deed.facts.iter().any(in_focus)
        });
        cut.filter(|deed| !log.retracted().contains(&deed.stamp))
            .or(own)
    }

    fn take_back_line(&mut self, at: usize) -> Vec<Effect> {
        let line = super::trail_lines(self).into_iter().nth(at);
        match line.map(|line| (line.deed, line.retracted, line.words)) {
            Some((Some(target), false, words)) => self.take_back(target, &words),
            Some((Some(_), true, _)) => {
                let words = self.keyed("that line is taken back already; {redo} does it again");
                self.toast(ToastKind::Refused, words);
                Vec::new()
            }
            Some((None, ..)) | None => {
                let words = "that line is nothing that was done; mark another";
                self.toast(ToastKind::Refused, words);
                Vec::new()
            }
        }
    }

    fn take_back(&mut self, target: Stamp, words: &str) -> Vec<Effect> {
        let Some(stays) = self.stays_struck(target) else {
            let words = "what was struck is gone for good; nothing brings it back";
            self.toast(ToastKind::Refused, words);
            return Vec::new();
        };
        let before = self.lanes_off();
        let mut effects = self.settle(Command::Retract { target }, self.me());
        effects.extend(self.after_retraction(target));
        self.toast(ToastKind::Done, format!("taken back: {words}{stays}"));
        effects.extend(self.listen_as_the_board_says(&before));
        effects
    }

    pub(super) fn redo(&mut self) -> Vec<Effect> {
        let Some(retraction) = self.ledger.log().redoable(self.clock.node()) else {
            self.toast(
                ToastKind::Refused,
                self.keyed("nothing was taken back last; {undo} takes back"),
            );
            return Vec::new();
        };
        let target = retraction.stamp;
        let before = self.lanes_off();
        let mut effects = self.settle(Command::Retract { target }, self.me());
        effects.extend(self.after_retraction(target));
        self.toast(ToastKind::Done, "done again");
        effects.extend(self.listen_as_the_board_says(&before));
        effects
    }

    /// Cards whose words or chips changed by it are read anew.
    fn after_retraction(&mut self, target: Stamp) -> Vec<Effect> {
        let lines = self.focused().map_or(0, |card| card.utterances.len());
        self.view.mark = self.view.mark.filter(|mark| *mark < lines);
        if self.evidence().is_none() {
            self.view.evidence = None;
        }
        self.arrange();
        let changed = self.read_differently(target);
        changed
            .into_iter()
            .flat_map(|card| self.understand(card))
            .collect()
    }

    /// The cards that have other words or chips with and without a deed, behind any chain of retractions.
    fn read_differently(&self, target: Stamp) -> BTreeSet<CardId> {
        let Some(deed) = self.ledger.log().get(target) else {
            return BTreeSet::new();
        };
        let mut cards = BTreeSet::new();
        for fact in &deed.facts {
            match fact {
                Fact::Retracted { target } => cards.extend(self.read_differently(*target)),
                Fact::SignalStruck { .. }
                | Fact::SignalMarked { .. }
                | Fact::WordsRestored { .. }
                | Fact::CardSplit { .. }
                | Fact::CardsMerged { .. } => {
                    cards.extend(fact.cards().map(|card| self.board().resolve(card)));
                }
                _ => {}
            }
        }
        cards
    }
}
