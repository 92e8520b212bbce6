//! The last scan, put where it belongs: a badge was read while another card was live.

use crate::domain::{Author, CardId, Command, Fact, Source, Visitor, VisitorId};

use super::people::name_of;
use super::{Effect, Model, Pick, PickValue, PickerKind, ToastKind, counted};

impl Model {
    /// Who was scanned last at this laptop, and where they sit now.
    fn last_scan(&self) -> Option<(CardId, VisitorId, Visitor)> {
        let log = self.ledger.log();
        let gone = log.retracted();
        let own = log.iter().rev().filter(|deed| {
            matches!(deed.author, Author::Person(_))
                && deed.stamp.node == self.clock.node()
                && !gone.contains(&deed.stamp)
        });
        let seated = own
            .flat_map(|deed| &deed.facts)
            .find_map(|fact| match fact {
                Fact::VisitorSeated { id, visitor, .. }
                | Fact::VisitorReturned { id, visitor, .. }
                    if visitor.source == Source::Scan =>
                {
                    Some(*id)
                }
                _ => None,
            })?;
        self.board().cards().find_map(|card| {
            let (id, visitor) = card.visitors.iter().find(|(id, _)| *id == seated)?;
            Some((card.id, *id, visitor.clone()))
        })
    }

    /// Asks which card the last scan belongs to.
    pub(super) fn choose_seat(&mut self) -> Vec<Effect> {
        if self.last_scan().is_none() {
            let words = "no badge was scanned yet; {badge} types or pastes one";
            let words = self.keyed(words);
            self.toast(ToastKind::Refused, words);
            return Vec::new();
        }
        self.choose(PickerKind::Seat)
    }

    /// The card in focus first, then a new one, then the newest.
    pub(super) fn seat_picks(&self) -> Vec<Pick> {
        let Some((from, _, visitor)) = self.last_scan() else {
            return Vec::new();
        };
        let who = name_of(&visitor);
        let mut picks = vec![Pick {
            label: "a new card".to_owned(),
            detail: format!("for {who}"),
            value: PickValue::Scan(None),
        }];
        let mut cards: Vec<_> = self
            .board()
            .cards()
            .filter(|card| card.id != from)
            .collect();
        // Where they most likely belong: the card in focus, else a talk that goes on, else the newest.
        let focus = self.view.focus.map(|id| self.board().resolve(id));
        cards.sort_by_key(|card| {
            let here = Some(card.id) == focus;
            (!here, !card.is_live(), std::cmp::Reverse(card.touched_ms))
        });
        let others = cards.into_iter().map(|card| Pick {
            label: self.card_words(card),
            detail: format!(
                "{who} goes there; {}",
                counted(card.utterances.len(), "line")
            ),
            value: PickValue::Scan(Some(card.id)),
        });
        picks.splice(0..0, others);
        picks
    }

    pub(super) fn move_scan(&mut self, to: Option<CardId>) -> Vec<Effect> {
        let Some((from, id, visitor)) = self.last_scan() else {
            return Vec::new();
        };
        let command = Command::MoveVisitor {
            from,
            to,
            id,
            lane: self.lane_name().to_owned(),
            account: self.knowledge.account_of(&visitor),
        };
        let effects = self.settle(command, self.me());
        if !effects.is_empty()
            && let Some(card) = to.or_else(|| self.latest_card())
        {
            self.focus(card);
            let words = format!("{} sits here now", name_of(&visitor));
            self.toast(ToastKind::Done, words);
        }
        effects
    }
}
