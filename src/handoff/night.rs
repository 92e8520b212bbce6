//! Writes a night's folder: leads.csv, leads.jsonl and the manifest.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::domain::Board;

use super::folder::Folder;
use super::lead::COLUMNS;
use super::leads::utc;
use super::manifest::{Event, LeftOut, Manifest, SCHEMA_VERSION};
use super::{NightError, NightShow, jsonl, leads, table};

/// The time of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Now {
    /// Wall time in ms since 1970; stands in the manifest alone.
    pub ms: u64,
    /// The show's local time as the folder is called: `2026-11-22T1830`.
    pub local: String,
}

/// One file of the folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WrittenFile {
    /// Its name below the folder.
    pub name: String,
    /// Rows below the header, or lines; 0 for pages.
    pub rows: usize,
    /// Its size.
    pub bytes: u64,
    /// The checksum in lower-case hex.
    pub sha256: String,
}

/// A folder that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The folder's name: `2026-11-22T1830-1`.
    pub folder: String,
    /// Where it is.
    pub path: PathBuf,
    /// Leads in it.
    pub leads: usize,
    /// Its files, the manifest last.
    pub files: Vec<WrittenFile>,
}

/// Writes the night's files into a new folder of `dir` (the show's `night/`), which is made if it is not there.
///
/// The folder appears under its name when everything in it is on the disk.
pub fn write_night(
    dir: &Path,
    show: &NightShow<'_>,
    board: &Board,
    now: &Now,
) -> Result<Exported, NightError> {
    let leads = leads::rows(board, show);
    let mut folder = Folder::begin(dir, &now.local)?;
    folder.file("leads.csv", |out| {
        let header: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
        let rows = leads
            .iter()
            .map(|lead| COLUMNS.iter().map(|(_, cell)| cell(lead)).collect());
        table::write(out, &header, rows).map(|written| written.rows)
    })?;
    folder.file("leads.jsonl", |out| jsonl::write(out, &leads, board))?;
    let files = folder.files().to_vec();
    let manifest = Manifest {
        schema_version: SCHEMA_VERSION,
        program: concat!("boothside ", env!("CARGO_PKG_VERSION")),
        event: Event {
            code: show.code,
            name: show.name,
            campaign_id: show.campaign_id,
        },
        laptop_id: &show.laptop,
        exported_at: utc(now.ms),
        filter: "all",
        leads: leads.len(),
        left_out: left_out(board),
        files: &files,
    };
    folder.file("manifest.json", |out| {
        serde_json::to_writer_pretty(&mut *out, &manifest)?;
        out.write_all(b"\n").map(|()| 0)
    })?;
    let files = folder.files().to_vec();
    let (name, path) = folder.finish()?;
    Ok(Exported {
        folder: name,
        path,
        leads: leads.len(),
        files,
    })
}

fn left_out(board: &Board) -> LeftOut {
    LeftOut {
        blank_cards: board.cards().filter(|card| card.is_blank()).count(),
        off_record_ms: board.lanes().map(|(_, lane)| lane.off_record_ms).sum(),
    }
}
