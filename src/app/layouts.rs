//! Delimited badges: what they look like is said once, and one key keeps it for the show.

use crate::domain::{Card, Command, Layout, Source};

use super::{Effect, Model, ToastKind};

impl Model {
    /// The layouts that tell what stands on a badge: the show's own, then what was kept, the newest first.
    pub(super) fn layouts(&self) -> impl Iterator<Item = &Layout> {
        let kept = self.board().layouts.iter().rev();
        self.knowledge.layout.iter().chain(kept)
    }

    /// How a card's badge was read where no layout tells it: a guess that waits for a word.
    pub fn guessed_layout(&self, card: &Card) -> Option<Layout> {
        let scanned = card.visitors.iter().rev().map(|(_, visitor)| visitor);
        scanned
            .filter(|visitor| visitor.source == Source::Scan && !visitor.raw.is_empty())
            .filter(|visitor| !crate::badge::is_told(&visitor.raw, self.layouts()))
            .find_map(|visitor| crate::badge::guess(&visitor.raw, visitor))
    }

    /// Badges like this card's are read so from now on.
    pub(super) fn keep_layout(&mut self) -> Vec<Effect> {
        let Some(card) = self.focused() else {
            return self.no_card();
        };
        let Some(layout) = self.guessed_layout(card) else {
            let words = if card
                .visitors
                .iter()
                .any(|(_, who)| who.source == Source::Scan)
            {
                "how this badge is read was no guess; {edit-visitor} corrects a detail"
            } else {
                "no badge was scanned on this card; {badge} types or pastes one"
            };
            self.toast(ToastKind::Refused, self.keyed(words));
            return Vec::new();
        };
        let words = format!("badges are read as {} from now on", layout.words());
        let effects = self.settle(Command::KeepLayout { layout }, self.me());
        if !effects.is_empty() {
            self.toast(ToastKind::Done, words);
        }
        effects
    }

    /// Says once what the badge that was just scanned looks like.
    pub(super) fn ask_layout(&mut self) {
        let Some(layout) = self.focused().and_then(|card| self.guessed_layout(card)) else {
            return;
        };
        let way = "{keep-layout} keeps this reading for the show, {edit-visitor} corrects it";
        let words = format!("that badge looks like {}; {way}", layout.words());
        self.toast(ToastKind::News, self.keyed(&words));
    }
}
