//! Which cards stand where, and that the one under the captain's hand stays put.

use crate::domain::{CardId, needs_order};

use super::{Layer, Model};

impl Model {
    /// Sorts the cards anew after anything changed. The focused card keeps its row.
    pub(super) fn arrange(&mut self) {
        let board = self.ledger.board();
        self.asked.refresh(board);
        let focus = self.view.focus.map(|id| board.resolve(id));
        let row = focus.and_then(|id| self.view.order.iter().position(|other| *other == id));
        let mut cards: Vec<_> = board
            .cards()
            .filter(|card| self.view.filter.admits(card))
            .map(|card| (needs_order(card), card.id))
            .collect();
        cards.sort();
        let mut order: Vec<CardId> = cards.into_iter().map(|(_, id)| id).collect();
        let place = focus.and_then(|id| order.iter().position(|other| *other == id));
        if let (Some(row), Some(place)) = (row, place) {
            let id = order.remove(place);
            order.insert(row.min(order.len()), id);
        }
        self.view.order = order;
        self.settle_focus(focus, row);
    }

    /// A focus that is gone goes to whatever stands in its row now; the first card is focused by itself.
    fn settle_focus(&mut self, focus: Option<CardId>, row: Option<usize>) {
        let order = &self.view.order;
        let stands = focus.filter(|id| order.contains(id));
        let settled = stands.or_else(|| {
            let row = row.unwrap_or(0).min(order.len().saturating_sub(1));
            order.get(row).copied()
        });
        if settled != self.view.focus {
            self.view.focus = settled;
            self.view.mark = None;
            self.view.evidence = None;
        }
        if settled.is_none() {
            self.view
                .layers
                .retain(|layer| !matches!(layer, Layer::Card | Layer::Draft(_)));
        }
    }

    /// Focuses a card and arranges the rest around it.
    pub(super) fn focus(&mut self, card: CardId) {
        if self.view.focus != Some(card) {
            self.view.focus = Some(card);
            self.view.mark = None;
            self.view.evidence = None;
        }
        self.arrange();
    }

    /// Moves the focus by rows, within the list.
    pub(super) fn move_focus(&mut self, by: isize) {
        let Some(last) = self.view.order.len().checked_sub(1) else {
            return;
        };
        let row = self
            .view
            .focus
            .and_then(|id| self.view.order.iter().position(|other| *other == id));
        let to = row.map_or(0, |row| row.saturating_add_signed(by).min(last));
        let card = self.view.order[to];
        // The list is sorted anew while no card is held fast, so what needs a person comes up again.
        self.view.focus = Some(card);
        self.view.mark = None;
        self.view.evidence = None;
    }

    /// Moves the marked line of the focused card.
    pub(super) fn move_mark(&mut self, by: isize) {
        let Some(last) = self
            .focused()
            .and_then(|card| card.utterances.len().checked_sub(1))
        else {
            return;
        };
        self.view.evidence = None;
        let mark = self.view.mark.unwrap_or(last);
        self.view.mark = Some(mark.saturating_add_signed(by).min(last));
    }
}
