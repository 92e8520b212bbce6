//! What has to be done in the world, as values; `run` does it.

use crate::domain::{CardId, Deed, Stamp};

use super::PolishAsked;

/// One thing to do outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Make a deed durable and acknowledge it.
    Append(Deed),
    /// Write what is left of these deeds over them, so that nothing of their old words stays on disk.
    Strike(Vec<Deed>),
    /// Write the night's files.
    Export,
    /// Copy to the second place whatever exports it lacks.
    CopyExports,
    /// Draw a card as a code for a phone.
    Code(CardId),
    /// Count the day.
    Count,
    /// Stop or start a lane's microphone, at once.
    OffRecord {
        /// Index of the lane.
        lane: usize,
        /// True: stop.
        off: bool,
    },
    /// Play the recordings again.
    Replay,
    /// Read keymaps and themes again.
    Reload,
    /// Call the captain: the desktop and the terminal's bell.
    Alert {
        /// One line.
        summary: String,
        /// A sentence.
        body: String,
        /// Whether it stays until it is clicked away.
        urgent: bool,
    },
    /// Tell the show's webhook; it is tried until it works.
    Post {
        /// The deed that raised the alert.
        alert: Stamp,
        /// What to say.
        text: String,
    },
    /// Ask the show's language model for a draft in other words.
    Polish(PolishAsked),
    /// End the program.
    Quit,
}
