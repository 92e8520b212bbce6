//! The shared screen's part of the state machine: turning to it, and what no key does while only it is seen.

use crate::action::Action;

use super::{Effect, Ground, Model, ToastKind};

impl Model {
    /// To the shared screen and back.
    pub(super) fn turn(&mut self) -> Vec<Effect> {
        self.view.ground = match self.view.ground {
            Ground::Board => {
                // Nothing is open on a screen that everybody sees.
                self.view.layers.clear();
                Ground::Wall
            }
            Ground::Wall => Ground::Board,
        };
        Vec::new()
    }

    /// Whether what an action does can be seen: nobody judges a card that isn't seen to be in focus, and nothing opens
    /// over a screen that everybody sees.
    pub(super) fn is_shown(&self, action: Action) -> bool {
        self.view.ground == Ground::Board || works_on_the_wall(action)
    }

    pub(super) fn refuse_unseen(&mut self) -> Vec<Effect> {
        let words = self.keyed("this is the shared screen; {wall} goes back to the board");
        self.toast(ToastKind::Refused, words);
        Vec::new()
    }
}

/// What can be done where only the shared screen is seen.
fn works_on_the_wall(action: Action) -> bool {
    matches!(
        action,
        Action::Wall
            | Action::Back
            | Action::Quit
            | Action::Accept
            | Action::Dismiss
            | Action::OffRecordAll
            | Action::Replay
            | Action::Reload
            | Action::None
    )
}
