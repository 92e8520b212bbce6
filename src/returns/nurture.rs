//! The nurture list: what sales sent back to marketing, as a file, so that the loop closes.

use std::path::{Path, PathBuf};

use crate::domain::Board;
use crate::handoff::{Lead, NightError, NightShow, leads, write_table};

use super::join::is_back;

/// The rows: leads that sales sent back and that did not say no to being written to.
pub fn nurture_rows(board: &Board, show: &NightShow<'_>) -> Vec<(Lead, Vec<String>)> {
    let mut rows = Vec::new();
    for lead in leads::rows(board, show) {
        let Some(verdict) = board
            .card(lead.card)
            .and_then(|card| card.verdicts.get(&lead.external_id))
        else {
            continue;
        };
        if !is_back(verdict) || lead.consent_email == "opt_out" {
            continue;
        }
        let until = verdict.date.map(|day| day.to_string()).unwrap_or_default();
        let cells = vec![
            lead.external_id.clone(),
            lead.first_name.clone(),
            lead.last_name.clone(),
            lead.company.clone(),
            lead.email.clone(),
            lead.consent_email.clone(),
            verdict.disposition.word().to_owned(),
            verdict.reason.clone(),
            until,
            verdict.comment.clone(),
        ];
        rows.push((lead, cells));
    }
    rows
}

const HEADER: [&str; 10] = [
    "external_id",
    "first_name",
    "last_name",
    "company",
    "email",
    "consent_email",
    "disposition",
    "reason",
    "date",
    "comment",
];

/// Writes `nurture.csv` into `dir` (the show's `night/`), in the place of an older one. Gives the path and the rows.
pub fn write_nurture(
    dir: &Path,
    board: &Board,
    show: &NightShow<'_>,
) -> Result<(PathBuf, usize), NightError> {
    let rows: Vec<Vec<String>> = nurture_rows(board, show)
        .into_iter()
        .map(|(_, cells)| cells)
        .collect();
    let path = dir.join("nurture.csv");
    write_table(&path, &HEADER, &rows)?;
    Ok((path, rows.len()))
}
