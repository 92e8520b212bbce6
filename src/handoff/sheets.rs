//! Every destination's files, checked and handed on one after the other, so that the rows of one are in memory at a time.

use std::io::{self, Write};

use crate::domain::Board;

use super::destination::Destination;
use super::history::State;
use super::sheet::{self, Checked, Column, Fault, Weight};
use super::table::{self, Cell};
use super::{Lead, NightError, NightShow};

/// A file as it is told of when its rows are written.
pub struct Told {
    /// Its name, the destination's folder included.
    pub file: String,
    /// What it is imported as.
    pub object: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// How many rows it has.
    pub rows: usize,
}

/// The destinations with their files.
pub type Parts = Vec<(Destination, Vec<Told>)>;

/// Checks every file and hands its sound rows to `take`. What goes out once is looked up in `history` and noted in `state`.
pub fn each(
    chosen: &[Destination],
    (leads, board, show): (&[Lead], &Board, &NightShow<'_>),
    (history, state): (&State, &mut State),
    mut take: impl FnMut(&Checked<'_>) -> Result<(), NightError>,
) -> Result<(Parts, Vec<Fault>), NightError> {
    let mut parts = Vec::new();
    let mut faults = Vec::new();
    for destination in chosen {
        let mut told = Vec::new();
        for mut sheet in destination.sheets(leads, board, show) {
            let file = format!("{}/{}", destination.name(), sheet.file);
            let mark = |id: &str| format!("{file} {id}");
            if sheet.once {
                let gone = |id: &str| history.once.contains(&mark(id));
                sheet.rows.retain(|row| !gone(&row.lead.external_id));
                let ids = sheet.rows.iter().map(|row| mark(&row.lead.external_id));
                state.once.extend(ids);
            }
            let (sheet, found) = sheet::check(destination.name(), sheet, show.rules.fix);
            for fault in found.iter().filter(|fault| fault.weight == Weight::LeftOut) {
                // What is not in the file was not told: it comes again with the next export.
                state.once.remove(&mark(&fault.external_id));
            }
            take(&sheet)?;
            told.push(Told {
                rows: sheet.rows.len(),
                file: sheet.file,
                object: sheet.object,
                columns: sheet.columns,
            });
            faults.extend(found);
        }
        parts.push((*destination, told));
    }
    Ok((parts, faults))
}

/// Stops a strict export where a fault would leave out a row.
pub fn stop(faults: &[Fault]) -> Result<(), NightError> {
    let mut stopping = faults
        .iter()
        .filter(|fault| fault.weight == Weight::LeftOut);
    let Some(first) = stopping.next() else {
        return Ok(());
    };
    Err(NightError::Faults {
        count: 1 + stopping.count(),
        first: format!(
            "{}, column {}, {}: {}",
            first.file, first.column, first.who, first.reason
        ),
    })
}

/// Writes the rows; gives their number.
pub fn write(out: &mut dyn Write, sheet: &Checked<'_>) -> io::Result<usize> {
    let header: Vec<&str> = sheet
        .columns
        .iter()
        .map(|column| column.header.as_str())
        .collect();
    // The check has cleaned and defused every cell already.
    let rows = sheet
        .rows
        .iter()
        .map(|row| row.iter().map(|cell| Cell::plain(cell.as_ref())).collect());
    table::write(out, &header, rows)
}
