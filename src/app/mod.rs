//! The program as a state machine: messages in, the model changed, effects out. No terminal, disk, clock or thread.
//!
//! [`update`] is the one door. It is called with everything that can wake the program ([`Message`]) and answers with
//! what has to be done in the world ([`Effect`]); `run` performs it.

mod account;
mod alerting;
mod at_night;
mod coach;
mod contact;
mod cutting;
mod deed_words;
mod drafts;
mod effect;
mod evidence;
mod form;
mod hearing;
mod keys;
mod knowledge;
mod layouts;
mod message;
mod model;
mod night;
mod order;
mod owners;
mod people;
mod perform;
mod picker;
mod polish;
mod privacy;
mod prompt;
mod rescan;
mod sheets;
mod trail;
mod typing;
mod undo;
mod update;
mod wall;
mod weather;

pub use crate::domain::counted;
pub use account::{AccountPage, AccountPerson};
pub use alerting::AlertRules;
pub use at_night::Nightly;
pub use coach::hint;
pub use cutting::Seams;
pub use effect::Effect;
pub use evidence::{Asked, Chip};
pub use form::Line;
pub use knowledge::{Knowledge, proposed_owner};
pub use message::{EarsSaid, LaneState, Message, SavedSaid};
pub use model::{
    Config, Ground, LaneSetup, LaneView, Layer, Model, Now, Saving, Seat, Toast, ToastKind, View,
};
pub use night::{Round, Stop};
pub use picker::{Pick, PickValue, Picker, PickerKind};
pub use polish::{PolishAsked, Polishing, Suggestion};
pub use prompt::{Prompt, PromptKind};
pub use sheets::{Code, Figures};
pub use trail::{TrailLine, card_history, lines as trail_lines};
pub use update::update;
pub use weather::{Weather, WeatherRow};
