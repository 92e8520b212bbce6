//! Boothside: live triage for a trade-show booth, on one laptop, without a network.
//!
//! # Bird's eye
//! Microphones are heard ([`ears`]), talk becomes utterances, utterances become signals ([`qualify`]) and names of
//! companies ([`accounts`]), badges become people ([`badge`]). All of it is written down as deeds, which fold into the
//! board ([`domain`]). A key, a scan or a sentence is a message; [`app`] turns it into deeds and effects; [`screen`] draws
//! what stands; [`store`] keeps every deed before it counts as saved; [`handoff`] writes the night's files.
//!
//! # The rooms, in reading order
//! Pure, over plain data:
//! - [`domain`]: stamps, deeds, facts, the board they fold into.
//! - [`qualify`]: what was said -> signals with their quotes.
//! - [`accounts`]: which company it is, and whose.
//! - [`badge`]: any payload of a badge -> a person.
//! - [`follow_up`]: a card -> the mail that follows up, each line with its quote.
//! - [`action`]: the registry of what a key can do.
//! - [`keymap`]: keys as data, and the help made from them.
//! - [`app`]: the program as a state machine: messages in, effects out.
//! - [`diagnostic`]: one fault of a file: place, message, remedy.
//!
//! What a person sees:
//! - [`theme`]: style by role, for every depth of colour.
//! - [`screen`]: the model -> cells.
//!
//! The edges, each with its own crates, none knowing another:
//! - [`ears`]: microphone or recording -> utterances.
//! - [`models`]: which speech models exist, fetching and checking them.
//! - [`store`]: the deeds on disk: a journal that is the truth, sled that is read.
//! - [`handoff`]: the night's files.
//! - [`report`]: what the show came to, on one page.
//! - [`returns`]: what importers and sales send back -> facts.
//! - [`show`]: the show folder, read and checked.
//! - [`alerts`]: desktop notifications.
//! - [`polish`]: drafts in other words, from a language model that the show names.
//! - [`webhook`]: alerts to a channel, once there is a network.
//! - [`scanner`]: a badge scanner on a serial line or a pipe.
//! - [`terminal`]: raw mode and back, whatever happens.
//!
//! And what ties them:
//! - [`ports`]: what the loop needs of the world.
//! - [`run`]: starts the edges, runs the loop, performs effects, stops in order.
//! - [`cli`]: the commands.
//!
//! # Invariants (each a test in `tests/it/tidy.rs`)
//! 1. `domain` imports std, serde and itself. `qualify`, `accounts`, `badge`, `follow_up` import `domain` and pure crates; time,
//!    randomness and configuration come in as arguments.
//! 2. `app`, `keymap`, `action` name neither ratatui, crossterm, sled, cpal, `whisper_rs`, tokio nor a file.
//! 3. `screen` only reads the model; colours and styles are made in `theme` alone.
//! 4. Edges never import `app` nor each other; what they say is wrapped into a message by `run`. (`returns` and `report`
//!    are about `handoff`'s rows and read those.)
//! 5. Clocks, environment and randomness are read in `run`, `show`, `terminal`, `cli` and the edges alone.
//! 6. Nothing above `store` knows sled, nothing above `ears` knows cpal or Whisper, nothing above `theme` knows depth.
//! 7. `Board::apply` is total: it never fails or panics; what it can't place it counts.

pub mod accounts;
pub mod action;
pub mod alerts;
pub mod app;
pub mod badge;
pub mod cli;
pub mod diagnostic;
pub mod domain;
pub mod ears;
pub mod follow_up;
pub mod handoff;
pub mod keymap;
pub mod models;
pub mod polish;
pub mod ports;
pub mod qualify;
pub mod report;
pub mod returns;
pub mod run;
pub mod scanner;
pub mod screen;
pub mod show;
pub mod store;
pub mod terminal;
pub mod theme;
pub mod webhook;
