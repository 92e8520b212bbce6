//! Taking back and doing again: the newest deed of this laptop, or the marked line of the trail.

use crate::domain::{Command, Stamp};

use super::{Effect, Layer, Model, ToastKind};

impl Model {
    /// Takes back the newest deed of this laptop's person; in the trail the marked line, whoever did it.
    pub(super) fn undo(&mut self) -> Vec<Effect> {
        if let Some(Layer::Trail(at)) = self.view.layers.last() {
            return self.take_back_line(*at);
        }
        let Some(deed) = self.ledger.log().undoable(self.clock.node()) else {
            self.toast(ToastKind::Refused, "nothing of yours is left to take back");
            return Vec::new();
        };
        let (target, words) = (deed.stamp, self.deed_words(deed));
        self.take_back(target, &words)
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
        self.after_retraction();
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
        self.after_retraction();
        self.toast(ToastKind::Done, "done again");
        effects.extend(self.listen_as_the_board_says(&before));
        effects
    }

    fn after_retraction(&mut self) {
        let lines = self.focused().map_or(0, |card| card.utterances.len());
        self.view.mark = self.view.mark.filter(|mark| *mark < lines);
        self.arrange();
    }
}
