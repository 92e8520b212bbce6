//! The demo's coach: the next key a newcomer may want to try, one at a time.

use crate::action::Action;
use crate::domain::{Author, Fact, Heat};

use super::{LaneState, Layer, Model};

/// A short hint for the next key to try; none outside the demo and while something is being typed.
pub fn hint(model: &Model) -> Option<String> {
    if !model.config.demo {
        return None;
    }
    match model.view.layers.last() {
        Some(Layer::Picker(_)) => {
            return Some(model.keyed("{accept} takes the marked line, {dismiss} leaves"));
        }
        Some(Layer::Prompt(_)) => {
            return Some(model.keyed("type, {accept} keeps it, {dismiss} leaves"));
        }
        Some(Layer::Card | Layer::Night(_) | Layer::Draft(_)) => {
            return Some(model.keyed("{back} goes back to the board"));
        }
        Some(_) => return Some(model.keyed("{dismiss} goes back to the board")),
        None => {}
    }
    if model.board().is_empty() {
        return Some(
            "three recorded talks are being heard; the first card comes in a moment".into(),
        );
    }
    Some(lesson(model))
}

fn lesson(model: &Model) -> String {
    let lessons: [(bool, Action, &str); 9] = [
        (
            did(model, |fact| matches!(fact, Fact::Rated { .. })),
            Action::Heat(Heat::Hot),
            "calls this talk hot",
        ),
        (
            did(model, |fact| matches!(fact, Fact::Tagged { .. })),
            Action::QuickTag(1),
            "puts the first tag on it",
        ),
        (
            did(model, |fact| matches!(fact, Fact::AccountFlagged { .. })),
            Action::FlagAccount,
            "then {accept} flags the target account",
        ),
        (
            did(model, |fact| matches!(fact, Fact::OwnerAssigned { .. })),
            Action::AssignOwner,
            "then {accept} gives it to the owner the rules propose",
        ),
        (
            did(model, |fact| matches!(fact, Fact::NextStepSet { .. })),
            Action::NextStep,
            "writes what was promised: quote fri",
        ),
        (
            did(model, |fact| matches!(fact, Fact::Retracted { .. })),
            Action::Undo,
            "takes the last thing back",
        ),
        (
            !model.board().exports.is_empty(),
            Action::Export,
            "writes tonight's import file",
        ),
        (false, Action::Replay, "plays the talks again"),
        (false, Action::Quit, "leaves; everything is kept"),
    ];
    let over = model
        .lanes
        .iter()
        .all(|lane| lane.state == LaneState::Ended);
    let next = lessons
        .iter()
        .find(|(done, action, _)| !done && (over || *action != Action::Replay));
    next.map_or_else(String::new, |(_, action, words)| {
        format!("try {}  {}", model.key_for(*action), model.keyed(words))
    })
}

/// Whether a person did such a thing at this show.
fn did(model: &Model, what: impl Fn(&Fact) -> bool) -> bool {
    model
        .ledger
        .log()
        .iter()
        .filter(|deed| matches!(deed.author, Author::Person(_)))
        .any(|deed| deed.facts.iter().any(&what))
}
