//! Any payload of a badge -> a person; a burst of keys -> one scan. Pure.

pub mod wedge;

use crate::domain::{Source, Visitor};

/// What a payload says.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The person, as far as it names one.
    pub visitor: Visitor,
    /// Whether the payload is an id that a list must resolve.
    pub is_id: bool,
    /// What could not be read, a sentence each.
    pub remarks: Vec<String>,
}

/// Reads a payload; at worst it is an id.
pub fn parse(payload: &[u8]) -> Reading {
    let text = String::from_utf8_lossy(payload).trim().to_owned();
    Reading {
        visitor: Visitor {
            badge_id: text.clone(),
            source: Source::Scan,
            raw: text,
            ..Visitor::default()
        },
        is_id: true,
        remarks: Vec::new(),
    }
}
