//! What each action does: one exhaustive match over the registry's actions.

use crate::action::Action;
use crate::domain::{CardId, Command, Consent, Filter, Opened, Stamp};

use super::{Effect, Ground, Layer, Model, PickerKind, PromptKind, ToastKind};

/// Rows of a page when the list is moved by pages; about what a 45-line board shows.
const PAGE: isize = 10;

impl Model {
    /// Does what a key says. Every action stands here, so a new one does not compile before it has its place.
    #[rustfmt::skip] // the actions of one kind stand together, as in the registry
    pub(super) fn perform(&mut self, action: Action) -> Vec<Effect> {
        if !self.is_shown(action) {
            return self.refuse_unseen();
        }
        match action {
            Action::NextCard => self.step(1),
            Action::PreviousCard => self.step(-1),
            Action::FirstCard => self.step(isize::MIN / 2),
            Action::LastCard => self.step(isize::MAX / 2),
            Action::PageDown => self.scroll(PAGE),
            Action::PageUp => self.scroll(-PAGE),
            Action::ScrollDown => self.scroll(1),
            Action::ScrollUp => self.scroll(-1),
            Action::NextLane => self.next_lane(),
            Action::OpenCard => self.open_card(),
            Action::Back => self.back(),
            Action::Search => self.ask(|_| Some(PromptKind::Search)),
            Action::FilterCards => self.choose(PickerKind::Filter),
            Action::ClearFilter => self.filter(Filter::default()),
            Action::Palette => self.choose(PickerKind::Palette),
            Action::Trail => self.lay(Layer::Trail(super::trail::newest_own(self))),
            Action::Help => self.lay(Layer::Help(String::new(), 0)),
            Action::Faults => self.show_faults(),
            Action::Reload => vec![Effect::Reload],
            Action::Wall => self.turn(),
            Action::NightList => self.night_list(),
            Action::Fill => self.fill(),
            Action::NextMissing => self.next_missing(),
            Action::Skip => self.skip(),
            Action::ShowCode => self.show_code(),
            Action::Numbers => self.numbers(),
            Action::Weather => self.weather(),
            Action::Export => self.export(),
            Action::Replay => vec![Effect::Replay],
            Action::Quit => self.quit(),
            Action::None => Vec::new(),
            Action::Heat(_) | Action::Tag | Action::QuickTag(_) | Action::NextStep | Action::Note
            | Action::NewCard | Action::CloseCard | Action::ReopenCard | Action::SplitCard | Action::MergeCard
            | Action::RestoreWords | Action::Draft | Action::EditLine | Action::ApproveDraft
            | Action::HoldDraft | Action::ReleaseDraft | Action::FreshDraft | Action::AddLine | Action::DropLine
            | Action::NextPerson | Action::PolishDraft | Action::TakePolish
            | Action::FlagAccount | Action::UnflagAccount | Action::Account | Action::AssignOwner
            | Action::Presence | Action::MoveScan | Action::Badge | Action::KeepLayout | Action::EditVisitor
            | Action::Consent | Action::Take | Action::HandOver | Action::Undo | Action::Redo
            | Action::OffRecord | Action::OffRecordAll | Action::NextEvidence | Action::StrikeSignal
            | Action::MarkSignal(_) => self.judge(action),
            Action::Accept | Action::Dismiss | Action::Complete | Action::PreviousField | Action::PickerDown
            | Action::PickerUp | Action::DeleteBack | Action::DeleteWord | Action::ClearLine | Action::CursorLeft
            | Action::CursorRight | Action::CursorStart | Action::CursorEnd => self.typing(action),
        }
    }

    /// Actions on the focused card, and undo. [`Model::perform`] says which come here.
    fn judge(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::NewCard => self.new_card(),
            Action::CloseCard => self.on_card(|card| Command::Close { card }),
            Action::ReopenCard => self.on_card(|card| Command::Reopen { card }),
            Action::SplitCard => self.split(),
            Action::RestoreWords => self.restore_words(),
            Action::Draft => self.open_draft(),
            Action::EditLine => self.edit_line(),
            Action::ApproveDraft => self.approve_draft(),
            Action::HoldDraft => self.hold_draft(),
            Action::ReleaseDraft => self.release_draft(),
            Action::FreshDraft => self.fresh_draft(),
            Action::AddLine => self.add_line(),
            Action::DropLine => self.drop_line(),
            Action::NextPerson => self.next_person(),
            Action::PolishDraft => self.polish_draft(),
            Action::TakePolish => self.take_polish(),
            Action::MergeCard => self.choose_for_card(PickerKind::Merge),
            Action::Heat(heat) => self.rate(heat),
            Action::Tag => self.choose_for_card(PickerKind::Tag),
            Action::QuickTag(number) => self.quick_tag(number),
            Action::FlagAccount => self.choose_for_card(PickerKind::Account),
            Action::UnflagAccount => self.on_card(|card| Command::Flag {
                card,
                account: None,
            }),
            Action::AssignOwner => self.choose_for_card(PickerKind::Owner),
            Action::NextStep => self.ask(|model| model.view.focus.map(PromptKind::NextStep)),
            Action::Note => self.ask(|model| model.view.focus.map(PromptKind::Note)),
            Action::Badge => self.ask(|_| Some(PromptKind::Badge)),
            Action::KeepLayout => self.keep_layout(),
            Action::EditVisitor => self.ask(|model| model.view.focus.map(PromptKind::Visitor)),
            Action::Consent => self.consent(),
            Action::Take => self.choose_for_card(PickerKind::Take),
            Action::Account => self.open_account(),
            Action::Presence => self.choose_presence(),
            Action::MoveScan => self.choose_seat(),
            Action::HandOver => self.on_card(|card| Command::HandOver { card }),
            Action::NextEvidence => self.next_evidence(),
            Action::StrikeSignal => self.strike_signal(),
            Action::MarkSignal(kind) => self.mark_signal(kind),
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::OffRecord => self.off_record(self.view.lane),
            Action::OffRecordAll => self.off_record_all(),
            _ => Vec::new(),
        }
    }

    /// Moves among the cards; in the trail, a picker or the sheet of keys among their lines.
    fn step(&mut self, by: isize) -> Vec<Effect> {
        if matches!(self.view.layers.last(), Some(Layer::Night(_))) {
            return self.night_step(by);
        }
        if !matches!(self.view.layers.last(), None | Some(Layer::Card)) {
            return self.scroll(by);
        }
        self.arrange();
        self.move_focus(by);
        Vec::new()
    }

    /// Moves within whatever is open.
    fn scroll(&mut self, by: isize) -> Vec<Effect> {
        match self.view.layers.last_mut() {
            Some(
                Layer::Trail(at) | Layer::Account(_, at) | Layer::Help(_, at) | Layer::Faults(at),
            ) => {
                *at = at.saturating_add_signed(by);
            }
            Some(Layer::Numbers(figures)) => figures.top = figures.top.saturating_add_signed(by),
            Some(Layer::Picker(picker)) => picker.step(by),
            Some(Layer::Card) => self.move_mark(by),
            Some(Layer::Draft(at)) => *at = at.saturating_add_signed(by),
            Some(
                Layer::Prompt(_)
                | Layer::Confirm(_)
                | Layer::Night(_)
                | Layer::Code(_)
                | Layer::Weather(_),
            ) => {}
            None => self.move_focus(by),
        }
        self.bound_scroll();
        Vec::new()
    }

    /// Keeps lists from being scrolled beyond their end.
    fn bound_scroll(&mut self) {
        let trail = super::trail_lines(self).len();
        let faults = self
            .faults
            .iter()
            .map(|fault| fault.lines().count())
            .sum::<usize>();
        let rows = match self.view.layers.last() {
            Some(Layer::Account(card, _)) => {
                self.account_page(*card).map_or(0, |page| page.talks.len())
            }
            Some(Layer::Draft(_)) => self.draft_lines(),
            _ => 0,
        };
        match self.view.layers.last_mut() {
            Some(Layer::Account(_, at) | Layer::Draft(at)) => {
                *at = (*at).min(rows.saturating_sub(1));
            }
            Some(Layer::Trail(at)) => *at = (*at).min(trail.saturating_sub(1)),
            Some(Layer::Faults(at)) => *at = (*at).min(faults.saturating_sub(1)),
            Some(Layer::Numbers(figures)) => {
                figures.top = figures.top.min(figures.rows.len().saturating_sub(1));
            }
            _ => {}
        }
    }

    fn next_lane(&mut self) -> Vec<Effect> {
        let count = self.config.lanes.len();
        if count > 0 {
            self.view.lane = (self.view.lane + 1) % count;
            if let Some(card) = self.board().live_card(self.lane_name()).map(|card| card.id) {
                self.focus(card);
            }
        }
        Vec::new()
    }

    fn open_card(&mut self) -> Vec<Effect> {
        if let Some(Layer::Account(card, at)) = self.view.layers.last() {
            let talk = self
                .account_page(*card)
                .and_then(|page| page.talks.get(*at).copied());
            self.view.layers.pop();
            if let Some(talk) = talk {
                self.focus(talk);
            }
        }
        if self.view.focus.is_none() {
            return self.no_card();
        }
        if !matches!(self.view.layers.last(), Some(Layer::Card)) {
            self.view.layers.push(Layer::Card);
        }
        Vec::new()
    }

    /// One step back: the topmost layer, else the filter, else the wall.
    fn back(&mut self) -> Vec<Effect> {
        if self.view.layers.pop().is_some() {
            return Vec::new();
        }
        if !self.view.filter.is_empty() {
            return self.filter(Filter::default());
        }
        self.view.ground = Ground::Board;
        Vec::new()
    }

    pub(super) fn lay(&mut self, layer: Layer) -> Vec<Effect> {
        let same = |other: &Layer| std::mem::discriminant(other) == std::mem::discriminant(&layer);
        if self.view.layers.last().is_some_and(same) {
            self.view.layers.pop();
        } else {
            self.view
                .layers
                .retain(|other| matches!(other, Layer::Card | Layer::Night(_)));
            self.view.layers.push(layer);
        }
        Vec::new()
    }

    fn show_faults(&mut self) -> Vec<Effect> {
        if self.faults.is_empty() {
            self.toast(ToastKind::News, "the show's files have no faults");
            return Vec::new();
        }
        self.lay(Layer::Faults(0))
    }

    fn export(&mut self) -> Vec<Effect> {
        if self.exporting {
            self.toast(
                ToastKind::Refused,
                "the night's files are being written already",
            );
            return Vec::new();
        }
        self.exporting = true;
        vec![Effect::Export]
    }

    fn quit(&mut self) -> Vec<Effect> {
        let asked = matches!(self.view.layers.last(), Some(Layer::Confirm(_)));
        let waiting = self.saving.waiting.len();
        // What is only a moment from durable is waited for on the way out; a question is for real trouble.
        if asked || waiting == 0 || self.saving.trouble.is_none() {
            return vec![Effect::Quit];
        }
        let deeds = if waiting == 1 { "deed is" } else { "deeds are" };
        self.view.layers.push(Layer::Confirm(format!(
            "{waiting} {deeds} NOT SAVED. {{accept}} leaves and writes them to a rescue file; {{dismiss}} stays"
        )));
        Vec::new()
    }

    pub(super) fn no_card(&mut self) -> Vec<Effect> {
        self.toast(
            ToastKind::Refused,
            self.keyed("no card is in focus; {new-card} opens one, {next-card} picks one"),
        );
        Vec::new()
    }

    /// Does something to the focused card.
    pub(super) fn on_card(&mut self, command: impl FnOnce(CardId) -> Command) -> Vec<Effect> {
        match self.view.focus {
            Some(card) => self.settle(command(card), self.me()),
            None => self.no_card(),
        }
    }

    fn new_card(&mut self) -> Vec<Effect> {
        let command = Command::Open {
            lane: self.lane_name().to_owned(),
            why: Opened::Key,
        };
        let effects = self.settle(command, self.me());
        if let Some(card) = self.latest_card() {
            self.focus(card);
        }
        effects
    }

    /// The focused card and its marked line; else says why there is none.
    pub(super) fn marked_line(&mut self) -> Result<(CardId, Stamp), Vec<Effect>> {
        let Some(card) = self.focused() else {
            return Err(self.no_card());
        };
        let last = card.utterances.len().saturating_sub(1);
        let line = card.utterances.get(self.view.mark.unwrap_or(last));
        let Some(line) = line.map(|line| (card.id, line.id)) else {
            self.toast(ToastKind::Refused, "nothing was said on this card yet");
            return Err(Vec::new());
        };
        Ok(line)
    }

    /// The marked line as it was heard, before a name was put right in it.
    fn restore_words(&mut self) -> Vec<Effect> {
        let (card, utterance) = match self.marked_line() {
            Ok(line) => line,
            Err(effects) => return effects,
        };
        let mut effects = self.settle(Command::RestoreWords { card, utterance }, self.me());
        if !effects.is_empty() {
            effects.extend(self.understand(card));
        }
        effects
    }

    /// Cuts at the marked line; where none is marked, at the line that looks like a seam.
    fn split(&mut self) -> Vec<Effect> {
        let seam = self.focused().and_then(|card| self.seam_of(card));
        match (self.marked_line(), seam) {
            (Err(effects), _) => effects,
            (Ok((card, _)), Some(seam)) if self.view.mark.is_none() => self.cut(card, seam, None),
            (Ok((card, line)), _) => self.cut(card, line, None),
        }
    }

    fn quick_tag(&mut self, number: u8) -> Vec<Effect> {
        let place = usize::from(number).saturating_sub(1);
        let Some(tag) = self.config.quick_tags.get(place).cloned() else {
            let words =
                format!("no tag has number {number}; {{tag}} picks one, show.toml names nine");
            self.toast(ToastKind::Refused, self.keyed(&words));
            return Vec::new();
        };
        self.on_card(|card| Command::Tag { card, tag })
    }

    /// Goes round: yes, no, not asked.
    fn consent(&mut self) -> Vec<Effect> {
        let next = match self.focused().map(|card| card.consent.0) {
            Some(Consent::Unknown) => Consent::Yes,
            Some(Consent::Yes) => Consent::No,
            Some(Consent::No) => Consent::Unknown,
            None => return self.no_card(),
        };
        self.on_card(|card| Command::NoteConsent {
            card,
            consent: next,
        })
    }

    pub(super) fn filter(&mut self, filter: Filter) -> Vec<Effect> {
        self.view.filter = filter;
        self.arrange();
        Vec::new()
    }

    pub(super) fn choose(&mut self, kind: PickerKind) -> Vec<Effect> {
        let picker = self.picker(kind);
        self.view.layers.push(Layer::Picker(picker));
        Vec::new()
    }

    fn choose_for_card(&mut self, kind: PickerKind) -> Vec<Effect> {
        if self.view.focus.is_none() {
            return self.no_card();
        }
        self.choose(kind)
    }

    pub(super) fn ask(&mut self, kind: impl FnOnce(&Self) -> Option<PromptKind>) -> Vec<Effect> {
        match kind(self) {
            Some(kind) => {
                let prompt = self.prompt(kind);
                self.view.layers.push(Layer::Prompt(prompt));
                Vec::new()
            }
            None => self.no_card(),
        }
    }
}
