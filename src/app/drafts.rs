//! A card's follow-up on the board: read it, to each person of the talk, change its lines, approve it, keep it back, let it go.

use crate::domain::{Card, CardId, Command, Day, DraftWish, Letter, Visitor, VisitorId};
use crate::follow_up::{self, Crowd, Desk, Draft, Line, Standing, Withheld};

use super::{Effect, Layer, Model, PromptKind, ToastKind};

impl Model {
    /// The follow-up of a card and the words that stand of it, or why there is none.
    pub fn follow_up(&self, card: &Card) -> Result<(Draft, Desk), Withheld> {
        let day = Day::at(card.opened_ms, self.now.offset_s);
        let crowd = self.crowd.get_or_init(|| Crowd::of(self.board()));
        let about = (&self.config.brand, day);
        let draft = follow_up::draft_to(self.board(), crowd, card, self.view.person, about)?;
        let desk = follow_up::desk(card, &draft);
        Ok((draft, desk))
    }

    /// Opens the focused card's follow-up, or leaves it.
    pub(super) fn open_draft(&mut self) -> Vec<Effect> {
        if self.view.focus.is_none() {
            return self.no_card();
        }
        self.view.person = None;
        self.lay(Layer::Draft(0))
    }

    /// The focused card with its follow-up; else says why there is none.
    pub(super) fn on_desk(&mut self) -> Result<(CardId, Draft, Desk), Vec<Effect>> {
        let Some(card) = self.focused() else {
            return Err(self.no_card());
        };
        match self.follow_up(card) {
            Ok((draft, desk)) => Ok((card.id, draft, desk)),
            Err(why) => {
                let words = format!("{}; {}", why.words(), self.keyed(why.remedy()));
                self.toast(ToastKind::Refused, words);
                Err(Vec::new())
            }
        }
    }

    /// How many lines can be marked: the subject and every line with words.
    pub(super) fn draft_lines(&self) -> usize {
        let desk = self.focused().and_then(|card| self.follow_up(card).ok());
        desk.map_or(0, |(_, desk)| 1 + places(&desk).len())
    }

    /// What stands on a line that can be marked.
    pub(super) fn draft_line(&self, at: usize) -> String {
        let desk = self.focused().and_then(|card| self.follow_up(card).ok());
        let Some((_, desk)) = desk else {
            return String::new();
        };
        match at.checked_sub(1) {
            None => desk.subject.text,
            Some(at) => {
                let line = places(&desk)
                    .get(at)
                    .and_then(|place| desk.lines.get(*place));
                line.map(|line| line.text.clone()).unwrap_or_default()
            }
        }
    }

    /// Asks for the marked line in other words.
    pub(super) fn edit_line(&mut self) -> Vec<Effect> {
        self.ask_of_line(PromptKind::DraftLine)
    }

    /// Asks for a new line beneath the marked one.
    pub(super) fn add_line(&mut self) -> Vec<Effect> {
        self.ask_of_line(PromptKind::NewLine)
    }

    fn ask_of_line(&mut self, kind: fn(CardId, usize) -> PromptKind) -> Vec<Effect> {
        let Some(Layer::Draft(at)) = self.view.layers.last() else {
            return Vec::new();
        };
        let at = *at;
        if self.suggested() {
            return self.suggested_first();
        }
        match self.on_desk() {
            Ok((card, ..)) => self.ask(|_| Some(kind(card, at))),
            Err(effects) => effects,
        }
    }

    /// Takes a line in other words; an empty one takes the line out.
    pub(super) fn line_written(&mut self, card: CardId, at: usize, text: &str) -> Vec<Effect> {
        let (focused, draft, mut desk) = match self.on_desk() {
            Ok(found) => found,
            Err(effects) => return effects,
        };
        if focused != self.board().resolve(card) || self.draft_line(at) == text {
            return Vec::new();
        }
        match at.checked_sub(1).map(|at| places(&desk).get(at).copied()) {
            None if text.is_empty() => {
                self.toast(
                    ToastKind::Refused,
                    "a mail needs a subject; the old one stays",
                );
                return Vec::new();
            }
            None => text.clone_into(&mut desk.subject.text),
            Some(None) => return Vec::new(),
            Some(Some(place)) if text.is_empty() => {
                if places(&desk).len() == 1 {
                    let words = "a mail needs a line at least; the old one stays";
                    self.toast(ToastKind::Refused, words);
                    return Vec::new();
                }
                desk.lines.remove(place);
            }
            Some(Some(place)) => {
                if let Some(line) = desk.lines.get_mut(place) {
                    text.clone_into(&mut line.text);
                }
            }
        }
        let letter = desk.letter(&draft);
        self.wish(focused, DraftWish::Edit(letter))
    }

    /// Puts a new line beneath a marked one; nothing typed adds nothing.
    pub(super) fn line_added(&mut self, card: CardId, at: usize, text: &str) -> Vec<Effect> {
        let (focused, draft, mut desk) = match self.on_desk() {
            Ok(found) => found,
            Err(effects) => return effects,
        };
        if focused != self.board().resolve(card) || text.is_empty() {
            return Vec::new();
        }
        // Beneath the subject stands the first line of the text.
        let above = at
            .checked_sub(1)
            .and_then(|at| places(&desk).get(at).copied());
        let place = above.map_or(0, |place| place + 1).min(desk.lines.len());
        let line = Line {
            text: text.to_owned(),
            ..Line::default()
        };
        desk.lines.insert(place, line);
        let letter = desk.letter(&draft);
        let effects = self.wish(focused, DraftWish::Edit(letter));
        if let (Some(Layer::Draft(marked)), false) =
            (self.view.layers.last_mut(), effects.is_empty())
        {
            *marked = at + 1;
        }
        effects
    }

    /// Takes the marked line out.
    pub(super) fn drop_line(&mut self) -> Vec<Effect> {
        let Some(Layer::Draft(at)) = self.view.layers.last() else {
            return Vec::new();
        };
        let at = *at;
        if self.suggested() {
            return self.suggested_first();
        }
        let card = self.view.focus;
        let effects = card.map_or_else(Vec::new, |card| self.line_written(card, at, ""));
        let last = self.draft_lines().saturating_sub(1);
        if let Some(Layer::Draft(marked)) = self.view.layers.last_mut() {
            *marked = at.min(last);
        }
        effects
    }

    /// Everybody of a card who may get a follow-up of their own.
    pub fn addressees<'c>(&self, card: &'c Card) -> Vec<(VisitorId, &'c Visitor)> {
        follow_up::addressees(card).collect()
    }

    /// Goes on to the follow-up to the next person of the talk.
    pub(super) fn next_person(&mut self) -> Vec<Effect> {
        let (id, draft, _) = match self.on_desk() {
            Ok(found) => found,
            Err(effects) => return effects,
        };
        let card = self.board().card(id);
        let people: Vec<VisitorId> = card
            .map(|card| self.addressees(card).iter().map(|(id, _)| *id).collect())
            .unwrap_or_default();
        let at = people.iter().position(|one| *one == draft.person);
        if people.len() < 2 {
            let words = "nobody else of this talk has an address; {edit-visitor} types it";
            let words = self.keyed(words);
            return self.refuse(words);
        }
        let next = at.map_or(0, |at| (at + 1) % people.len());
        self.view.person = people.get(next).copied();
        if let Some(Layer::Draft(marked)) = self.view.layers.last_mut() {
            *marked = 0;
        }
        Vec::new()
    }

    pub(super) fn approve_draft(&mut self) -> Vec<Effect> {
        if self.suggested() {
            return self.suggested_first();
        }
        let (card, draft, desk) = match self.on_desk() {
            Ok(found) => found,
            Err(effects) => return effects,
        };
        if matches!(desk.standing, Standing::Waits | Standing::Free) {
            let words = self.keyed("it is approved already; {undo} takes that back");
            self.toast(ToastKind::Refused, words);
            return Vec::new();
        }
        let effects = self.wish(card, DraftWish::Approve(desk.whole(&draft)));
        let waits = self
            .board()
            .card(card)
            .is_some_and(|card| Standing::of(card, &draft) == Standing::Waits);
        if !effects.is_empty() {
            let words = if waits {
                "approved; it goes out once the import is confirmed, {release-draft} lets it go before"
            } else {
                "approved; it goes out with the next export"
            };
            let words = self.keyed(words);
            self.toast(ToastKind::Done, words);
        }
        effects
    }

    pub(super) fn hold_draft(&mut self) -> Vec<Effect> {
        self.on_card(|card| Command::Draft {
            card,
            wish: DraftWish::Hold,
        })
    }

    pub(super) fn release_draft(&mut self) -> Vec<Effect> {
        self.on_card(|card| Command::Draft {
            card,
            wish: DraftWish::Release,
        })
    }

    /// All edits taken back: the draft as the card and the template make it.
    pub(super) fn fresh_draft(&mut self) -> Vec<Effect> {
        let (card, draft, _) = match self.on_desk() {
            Ok(found) => found,
            Err(effects) => return effects,
        };
        let letter = Letter {
            person: Some(draft.person),
            ..Letter::default()
        };
        self.wish(card, DraftWish::Edit(letter))
    }

    pub(super) fn wish(&mut self, card: CardId, wish: DraftWish) -> Vec<Effect> {
        self.settle(Command::Draft { card, wish }, self.me())
    }
}

/// The places of the lines with words.
fn places(desk: &Desk) -> Vec<usize> {
    let lines = desk.lines.iter().enumerate();
    lines
        .filter(|(_, line)| !line.text.is_empty())
        .map(|(place, _)| place)
        .collect()
}
