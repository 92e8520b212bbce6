//! Starts the edges, runs the loop, performs effects, stops in order.

mod copy;
mod edges;
mod event_loop;
mod footing;
mod import;
mod outside;
mod start;
mod wires;

use std::path::PathBuf;

use crate::theme::{Ask, Refused};

pub use copy::copy_exports;
pub use edges::{cost_of, night_now, night_show, now_in, rescue_place};
pub use import::Import;
pub use start::{can_draw, dashboard, lane_specs, zone_of};

/// What the command line says about the dashboard.
#[derive(Clone, Debug)]
pub struct Options {
    /// The show folder.
    pub dir: PathBuf,
    /// Whether it is the bundled demo.
    pub demo: bool,
    /// Whether it begins on the shared screen.
    pub wall: bool,
    /// Recordings are played so many times faster than real time.
    pub speed: f32,
    /// A theme instead of the show's.
    pub theme: Option<String>,
    /// A keymap instead of the show's.
    pub keymap: Option<String>,
    /// What was asked for about colour.
    pub color: Ask,
}

/// Why the dashboard did not start or did not end well: sentences for a person.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The show folder can't be used at all.
    #[error("{0}")]
    Show(String),
    /// There is no terminal for the board.
    #[error(transparent)]
    NoTerminal(#[from] Refused),
    /// The terminal does not do what it must.
    #[error(transparent)]
    Terminal(#[from] crate::terminal::Refused),
    /// The store can't be opened.
    #[error("{0}")]
    Store(String),
    /// Not everything could be saved.
    #[error("{0}")]
    Unsaved(String),
    /// The system refused something the loop needs.
    #[error("the system refused what the board needs: {0}")]
    System(#[from] std::io::Error),
}
