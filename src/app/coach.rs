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
        Some(Layer::Picker(_)) => return Some("Enter takes the marked line, Esc leaves".into()),
        Some(Layer::Prompt(_)) => return Some("type, Enter keeps it, Esc leaves".into()),
        Some(_) => return Some("Esc goes back to the board".into()),
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
    let contexts = model.contexts();
    let key = |action: &Action| {
        let keys = model.keymap.keys_of(action, &contexts);
        keys.into_iter().next().unwrap_or_else(|| ":".to_owned())
    };
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
            "then Enter flags the target account",
        ),
        (
            did(model, |fact| matches!(fact, Fact::OwnerAssigned { .. })),
            Action::AssignOwner,
            "then Enter gives it to the owner the rules propose",
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
        format!("try {}  {words}", key(action))
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
