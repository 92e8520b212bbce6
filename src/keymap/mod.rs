//! Keys as data: chords, the file format, layers, and the help made from them.

mod chord;

pub use chord::{Chord, Held, Key, ParseChordError};
