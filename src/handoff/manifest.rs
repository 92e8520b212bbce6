//! `manifest.json`: what the folder holds, with checksums; the only place where the time of the export stands.

use serde::Serialize;

use super::WrittenFile;

/// The layout of the files; raised when a column is renamed or taken away.
pub const SCHEMA_VERSION: u32 = 1;

/// The manifest as it is written.
#[derive(Debug, Serialize)]
pub struct Manifest<'a> {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The program and its version.
    pub program: &'static str,
    /// The show.
    pub event: Event<'a>,
    /// The laptop that wrote the files.
    pub laptop_id: &'a str,
    /// When, UTC.
    pub exported_at: String,
    /// Which cards were asked for.
    pub filter: &'static str,
    /// Rows in the leads' files.
    pub leads: usize,
    /// What is not in the files, and why.
    pub left_out: LeftOut,
    /// Every file beside this one, in the order it was written.
    pub files: &'a [WrittenFile],
}

/// The show, by its ids.
#[derive(Debug, Serialize)]
pub struct Event<'a> {
    /// The short code.
    pub code: &'a str,
    /// The name.
    pub name: &'a str,
    /// The campaign in the CRM.
    pub campaign_id: &'a str,
}

/// What is not in the files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Cards that nothing is known of.
    pub blank_cards: usize,
    /// Speech off the record, in ms: its words were never kept.
    pub off_record_ms: u64,
}
