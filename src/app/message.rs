//! Everything that can wake the program, as one closed enum.

use crate::domain::{Deed, Stamp};
use crate::follow_up::Wording;
use crate::keymap::Chord;

use super::{Code, Now};

/// One thing that happened outside.
#[derive(Clone, Debug)]
pub enum Message {
    /// Time passed. Sent at least once a second, and whenever [`super::Model::deadline`] is reached.
    Tick(Now),
    /// A key was pressed at the given time.
    Key(Chord, Now),
    /// The terminal pasted a text.
    Paste(String, Now),
    /// A badge was read elsewhere than on the keyboard.
    Scan(String, Now),
    /// The ears said something.
    Ears(EarsSaid, Now),
    /// The store said something.
    Store(SavedSaid),
    /// An export ended: the folder and the leads in it, or a sentence saying why not.
    Exported(Result<(String, usize), String>, Now),
    /// The second place has all exports: how many were new to it; or a sentence saying why not.
    Copied(Result<usize, String>, Now),
    /// The code that was asked for, or a sentence saying why there is none.
    Coded(Result<Code, String>, Now),
    /// The day was counted: label, figure, more.
    Counted(Vec<(String, String, String)>, Now),
    /// Something the captain should know once, such as a missing notification service.
    Remark(String, Now),
    /// All deeds of a show that another board records.
    Deeds(Vec<Deed>),
    /// Something that stays missing until the program ends: it goes into the header.
    Standing(String, Now),
    /// The webhook took an alert, or a sentence saying why it can't be reached.
    Posted(Result<Stamp, String>, Now),
    /// A draft in other words, by the question's number; or why there is none, as the rest of a sentence that begins with the
    /// model's host.
    Polished(u64, Result<Wording, String>, Now),
    /// The files of keys were read again.
    KeymapLoaded(Box<crate::keymap::Keymap>, Vec<String>),
    /// The system asks the program to end (SIGTERM, SIGHUP, closed terminal).
    Leave,
}

/// What the ears say, in the app's own words.
#[derive(Clone, Debug, PartialEq)]
pub enum EarsSaid {
    /// How loud a lane is, some ten times a second.
    Level {
        /// Index of the lane.
        lane: usize,
        /// Mean level in dB below full scale.
        rms_dbfs: f32,
        /// Whether the microphone is overdriven.
        clipped: bool,
        /// Whether somebody speaks.
        speech: bool,
    },
    /// Words of an utterance that goes on.
    Partial {
        /// Index of the lane.
        lane: usize,
        /// Words that will not change any more.
        settled: String,
        /// Words that still may.
        tentative: String,
    },
    /// An utterance.
    Final {
        /// Index of the lane.
        lane: usize,
        /// Start, ms since 1970.
        start_ms: u64,
        /// End, ms since 1970.
        end_ms: u64,
        /// The words.
        text: String,
        /// How sure each of its words is, 0 to 1, parted at blanks; empty where that is not known.
        sure: Vec<f32>,
        /// Mean token probability, 0 to 1.
        confidence: f32,
        /// From the end of speech to now, in ms.
        waited_ms: u64,
        /// How much louder than the room it was, in dB, where it was measured.
        loudness: Option<f32>,
    },
    /// What sounded like speech was dropped as noise.
    Dropped {
        /// Index of the lane.
        lane: usize,
        /// How much of it sounded like voice, in ms.
        ms: u64,
        /// Why, in a few words.
        why: &'static str,
    },
    /// Somebody spoke off the record.
    OffRecord {
        /// Index of the lane.
        lane: usize,
        /// For how long, in ms.
        ms: u64,
    },
    /// A lane's microphone changed its state.
    Lane {
        /// Index of the lane.
        lane: usize,
        /// The state.
        state: LaneState,
    },
    /// Audio waits to be recognised.
    Backlog {
        /// Utterances waiting.
        pending: usize,
        /// How far behind, in ms.
        behind_ms: u64,
    },
    /// There are no ears, or they can't recognise: one sentence with the remedy.
    Trouble(String),
}

/// What a lane's microphone is doing.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum LaneState {
    /// Not opened yet.
    #[default]
    Starting,
    /// It delivers sound.
    Live,
    /// It delivers silence only: switched off or unplugged at the far end.
    NoSignal,
    /// It went away; the sentence says what is tried.
    Unplugged(String),
    /// A recording came to its end.
    Ended,
    /// It can't be opened; the sentence says the remedy.
    Failed(String),
}

/// What the store says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SavedSaid {
    /// These deeds are durable.
    Durable(Vec<Stamp>),
    /// Saving fails: a sentence, and how many deeds wait.
    Trouble(String, usize),
    /// Saving works again.
    Well,
}
