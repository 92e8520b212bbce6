//! Writes a night's folder: the leads, each destination's files, the runsheet, the packets, the manifest.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::domain::{Board, Import};

use super::folder::Folder;
use super::history::{self, State};
use super::lead::COLUMNS;
use super::leads::utc;
use super::manifest::{Event, LeftOut, Manifest, SCHEMA_VERSION};
use super::packets::Bundle;
use super::sealed::unsealed;
use super::sheet::Fault;
use super::sheets::Parts;
use super::table::Cell;
use super::touches::{evidence, touches};
use super::{
    Destination, Drafts, Lead, NightError, NightShow, destination, drafts, jsonl, lake, leads,
    packets, runsheet, sealed, sheets, summary, table,
};

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
    /// What was put right for an importer, or left out of its file.
    pub faults: Vec<Fault>,
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
    let history = history::read(dir);
    write(dir, show, board, now, (leads, "all", Vec::new(), history))
}

/// The same, with the leads alone that are new or changed since the last export in `dir`; `gone.csv` names those that
/// are no longer there, such as the cards that were merged into others.
pub fn write_night_since_last(
    dir: &Path,
    show: &NightShow<'_>,
    board: &Board,
    now: &Now,
) -> Result<Exported, NightError> {
    let mut leads = leads::rows(board, show);
    let history = history::read(dir);
    let failed = board
        .cards()
        .flat_map(|card| &card.receipts)
        .filter(|(_, receipt)| receipt.import == Import::Failed)
        .map(|(id, _)| id.as_str())
        .collect();
    let gone = history.news(&mut leads, &failed);
    write(dir, show, board, now, (leads, "since last", gone, history))
}

fn write(
    dir: &Path,
    show: &NightShow<'_>,
    board: &Board,
    now: &Now,
    (leads, filter, gone, history): (Vec<Lead>, &'static str, Vec<String>, State),
) -> Result<Exported, NightError> {
    let chosen = destination::chosen(show.destinations)?;
    let mut state = State::of(&leads);
    state
        .leads
        .extend(gone.iter().map(|id| (id.clone(), String::new())));
    let bundles = packets::bundles(&leads);
    let unsealed = unsealed(&bundles, &leads, show);
    let known = (leads.as_slice(), board, show);
    if show.rules.strict {
        strict(&chosen, known, &history, &unsealed)?;
    }
    let drafts = follow_ups(known, (filter, &history, &mut state));
    let mut folder = Folder::begin(dir, &now.local)?;
    write_leads(&mut folder, &leads, board)?;
    let taken = (&history, &mut state);
    let (parts, mut faults) = sheets::each(&chosen, known, taken, |sheet| {
        folder.file(&sheet.file, |out| sheets::write(out, sheet))
    })?;
    faults.extend(unsealed);
    if !gone.is_empty() {
        folder.file("gone.csv", |out| {
            let rows = gone.iter().map(|id| vec![Cell::plain(id.as_str())]);
            table::write(out, &["external_id"], rows)
        })?;
    }
    if !faults.is_empty() {
        folder.file("faults.csv", |out| write_faults(out, &faults))?;
    }
    write_pages(&mut folder, &leads, board, show, (&parts, &faults, &drafts))?;
    write_packets(&mut folder, &bundles, (board, show, &drafts.mails))?;
    write_drafts(&mut folder, &leads, &drafts)?;
    folder.file(history::FILE, |out| {
        serde_json::to_writer(&mut *out, &state)?;
        out.write_all(b"\n").map(|()| 0)
    })?;
    write_manifest(&mut folder, (leads.len(), filter), board, show, now)?;
    let files = folder.files().to_vec();
    let (name, path) = folder.finish()?;
    Ok(Exported {
        folder: name,
        path,
        leads: leads.len(),
        files,
        faults,
    })
}

fn write_leads(folder: &mut Folder, leads: &[Lead], board: &Board) -> Result<(), NightError> {
    let table = |out: &mut dyn Write| {
        let header: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
        let rows = leads
            .iter()
            .map(|lead| COLUMNS.iter().map(|(_, cell)| cell(lead)).collect());
        table::write(out, &header, rows)
    };
    folder.file("leads.csv", table)?;
    folder.file("leads_excel.csv", |out| {
        // Excel takes a file without this mark for the system's old code page.
        out.write_all("\u{feff}".as_bytes())?;
        table(out)
    })?;
    folder.file("leads.jsonl", |out| jsonl::write(out, leads, board))?;
    let (touches, evidence) = (touches(leads, board), evidence(leads, board));
    folder.file("touches.jsonl", |out| jsonl::lines(out, &touches))?;
    folder.file("evidence.jsonl", |out| jsonl::lines(out, &evidence))?;
    lake::write(folder, leads, &touches, &evidence)
}

fn write_faults(out: &mut dyn Write, faults: &[Fault]) -> io::Result<usize> {
    let header = [
        "file",
        "line",
        "column",
        "external_id",
        "who",
        "reason",
        "remedy",
    ];
    let rows = faults.iter().map(|fault| {
        vec![
            Cell::plain(fault.file.as_str()),
            Cell::plain(fault.line.to_string()),
            Cell::text(fault.column.as_str()),
            Cell::plain(fault.external_id.as_str()),
            Cell::text(fault.who.as_str()),
            Cell::text(fault.reason.as_str()),
            Cell::text(fault.remedy.as_str()),
        ]
    });
    table::write(out, &header, rows)
}

/// A strict show stops before a byte is written.
fn strict(
    chosen: &[Destination],
    known: (&[Lead], &Board, &NightShow<'_>),
    history: &State,
    unsealed: &[Fault],
) -> Result<(), NightError> {
    let taken = (history, &mut State::default());
    let (_, faults) = sheets::each(chosen, known, taken, |_| Ok(()))?;
    sheets::stop(&faults)?;
    unsealed.first().map_or(Ok(()), |fault| {
        Err(NightError::Unsealed {
            owner: fault.who.clone(),
            why: fault.reason.clone(),
            remedy: sealed::REMEDY,
        })
    })
}

fn write_pages(
    folder: &mut Folder,
    leads: &[Lead],
    board: &Board,
    show: &NightShow<'_>,
    (parts, faults, drafts): (&Parts, &[Fault], &FollowUps),
) -> Result<(), NightError> {
    let mut page =
        |name: &str, bytes: &[u8]| folder.file(name, |out| out.write_all(bytes).map(|()| 0));
    let all = drafts.all(leads);
    let runsheet = runsheet::page(show, (leads, all), parts, (faults, &drafts.mails));
    page("RUNSHEET.md", runsheet.as_bytes())?;
    let summary = summary::summary(leads, board, show, faults);
    page("summary.html", summary.as_bytes())
}

/// Every owner's packet and archive, one after the other.
fn write_packets(
    folder: &mut Folder,
    bundles: &[Bundle<'_>],
    (board, show, drafts): (&Board, &NightShow<'_>, &Drafts),
) -> Result<(), NightError> {
    for bundle in bundles {
        let packet = bundle.packet(board, show, drafts);
        for (name, text) in packet.files() {
            folder.file(&format!("packets/{name}"), |out| {
                out.write_all(text.as_bytes()).map(|()| 0)
            })?;
        }
        let open = format!("packets/{}.zip", bundle.name);
        match sealed::key_of(bundle, show) {
            Ok(None) => folder.file(&open, |out| packet.archive(out).map(|()| 0))?,
            Ok(Some(key)) => folder.file(&format!("{open}.age"), |out| {
                let mut archive = Vec::new();
                packet.archive(&mut archive)?;
                out.write_all(&key.seal(&archive)?).map(|()| 0)
            })?,
            // It stands among the faults.
            Err(_) => {}
        }
    }
    Ok(())
}

/// What becomes of the follow-ups.
struct FollowUps {
    /// All leads, where the export has a part of them.
    all: Option<Vec<Lead>>,
    mails: Drafts,
}

impl FollowUps {
    /// All leads; `leads` are the export's.
    fn all<'a>(&'a self, leads: &'a [Lead]) -> &'a [Lead] {
        self.all.as_deref().unwrap_or(leads)
    }
}

/// The follow-ups of every lead, whether its row changed or not: an importer's receipt sets one free and is no change.
/// An export of what changed since the last one leaves out what went out before, so that nobody sends it twice.
fn follow_ups(
    (leads, board, show): (&[Lead], &Board, &NightShow<'_>),
    (filter, history, state): (&str, &State, &mut State),
) -> FollowUps {
    let all = (filter != "all").then(|| leads::rows(board, show));
    let leads = all.as_deref().unwrap_or(leads);
    let mut mails = drafts(leads, board, show);
    for lead in leads {
        let mark = mails
            .get(&lead.external_id)
            .and_then(|mail| mail.mark(lead));
        let Some(mark) = mark else {
            continue;
        };
        if filter != "all" && history.once.contains(&mark) {
            mails.remove(&lead.external_id);
        }
        state.once.insert(mark);
    }
    FollowUps { all, mails }
}

fn write_drafts(folder: &mut Folder, leads: &[Lead], drafts: &FollowUps) -> Result<(), NightError> {
    for lead in drafts.all(leads) {
        let mail = drafts.mails.get(&lead.external_id);
        for (name, text) in mail.map(|mail| mail.files(lead)).unwrap_or_default() {
            folder.file(&format!("drafts/{name}"), |out| {
                out.write_all(text.as_bytes()).map(|()| 0)
            })?;
        }
    }
    Ok(())
}

fn write_manifest(
    folder: &mut Folder,
    (leads, filter): (usize, &'static str),
    board: &Board,
    show: &NightShow<'_>,
    now: &Now,
) -> Result<(), NightError> {
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
        filter,
        leads,
        left_out: left_out(board),
        files: &files,
    };
    folder.file("manifest.json", |out| {
        serde_json::to_writer_pretty(&mut *out, &manifest)?;
        out.write_all(b"\n").map(|()| 0)
    })
}

fn left_out(board: &Board) -> LeftOut {
    LeftOut {
        blank_cards: board.cards().filter(|card| card.is_blank()).count(),
        off_record_ms: board.lanes().map(|(_, lane)| lane.off_record_ms).sum(),
    }
}
