//! The program as a state machine: messages in, the model changed, effects out. No terminal, disk, clock or thread.
//!
//! [`update`] is the one door. It is called with everything that can wake the program ([`Message`]) and answers with
//! what has to be done in the world ([`Effect`]); `run` performs it.

mod coach;
mod counted;
mod deed_words;
mod due;
mod effect;
mod form;
mod hearing;
mod keys;
mod knowledge;
mod message;
mod model;
mod order;
mod people;
mod perform;
mod picker;
mod privacy;
mod prompt;
mod trail;
mod typing;
mod undo;
mod update;
mod wall;

pub use coach::hint;
pub use counted::counted;
pub use due::{Due, parse_step};
pub use effect::Effect;
pub use form::Line;
pub use knowledge::Knowledge;
pub use message::{EarsSaid, LaneState, Message, SavedSaid};
pub use model::{
    Config, Ground, LaneSetup, LaneView, Layer, Model, Now, Saving, Seat, Toast, ToastKind, View,
};
pub use picker::{Pick, PickValue, Picker, PickerKind};
pub use prompt::{Prompt, PromptKind};
pub use trail::{TrailLine, card_history, lines as trail_lines};
pub use update::update;
