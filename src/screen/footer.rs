//! The last two lines: what was just said to the captain, and the keys that mean something now.

use std::cell::OnceCell;

use ratatui::Frame;
use ratatui::text::{Line, Span};

use crate::action::Action;
use crate::app::Model;
use crate::keymap::help::{Hint, continuations, hints};
use crate::theme::Role;

use super::layout::Regions;
use super::pen::{Pen, put};
use super::toast;

/// Draws both lines.
pub fn draw(model: &Model, pen: &Pen<'_>, frame: &mut Frame, regions: &Regions) {
    let cells = usize::from(regions.status.width);
    toast::draw(model, pen, frame, regions.status);
    put(frame, regions.footer, vec![keys(model, pen, cells)]);
}

fn keys(model: &Model, pen: &Pen<'_>, cells: usize) -> Line<'static> {
    let contexts = model.contexts();
    // Asked for by several keys, and read once a frame at most.
    let drafted = OnceCell::new();
    let drafted = || {
        *drafted.get_or_init(|| {
            let card = model.focused();
            card.is_some_and(|card| model.follow_up(card).is_ok())
        })
    };
    let shown = if model.view.pending.is_empty() {
        hints(
            &model.keymap,
            &contexts,
            &|action| available(model, *action, &drafted),
            cells.saturating_sub(1),
        )
    } else {
        continuations(&model.keymap, &contexts, &model.view.pending)
    };
    let mut spans = vec![Span::raw(" ")];
    for hint in &shown {
        spans.extend(hint_spans(pen, hint));
    }
    Line::from(spans)
}

fn hint_spans(pen: &Pen<'_>, hint: &Hint) -> [Span<'static>; 3] {
    let (key, word) = if hint.enabled {
        (Role::FooterKey, Role::FooterWord)
    } else {
        (Role::FooterOff, Role::FooterOff)
    };
    [
        pen.span(key, hint.keys.clone()),
        pen.span(word, format!(" {}", hint.word)),
        Span::raw("  "),
    ]
}

/// Whether a key would do something just now; `drafted`: whether the card in focus has a follow-up.
fn available(model: &Model, action: Action, drafted: &dyn Fn() -> bool) -> bool {
    match action {
        Action::Undo => model.ledger.log().undoable(model.clock.node()).is_some(),
        Action::Redo => model.ledger.log().redoable(model.clock.node()).is_some(),
        Action::Heat(_)
        | Action::Tag
        | Action::QuickTag(_)
        | Action::NextStep
        | Action::Note
        | Action::CloseCard
        | Action::SplitCard
        | Action::RestoreWords
        | Action::MergeCard
        | Action::FlagAccount
        | Action::AssignOwner
        | Action::Account
        | Action::KeepLayout
        | Action::EditVisitor
        | Action::Consent
        | Action::Take
        | Action::HandOver
        | Action::OpenCard => model.view.focus.is_some(),
        Action::EditLine
        | Action::ApproveDraft
        | Action::HoldDraft
        | Action::ReleaseDraft
        | Action::FreshDraft
        | Action::AddLine
        | Action::DropLine => drafted(),
        Action::PolishDraft => model.config.polish.is_some() && drafted(),
        Action::TakePolish => model.polish.offers(),
        Action::NextPerson => model.focused().is_some_and(|card| card.visitors.len() > 1),
        Action::OffRecord | Action::OffRecordAll | Action::NextLane => !model.lanes.is_empty(),
        _ => true,
    }
}
