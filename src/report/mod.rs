//! The report: what the show came to, in numbers that each name the leads behind them, on one page.
//!
//! [`numbers`] and [`attribution`] are pure; [`run`] writes the page, the JSON or the table.

pub mod attribution;
mod charts;
mod leads_behind;
mod live;
mod mentions;
mod money;
mod numbers;
mod page;
mod table;
mod wilson;

pub use live::{Row, live};
pub use mentions::{Mention, Mentions};
pub use money::{Moneys, Spending};
pub use numbers::{Figure, Judged, Numbers, OwnerLine, Slot, numbers};
pub use page::page;
pub use table::{csv_rows, json};
pub use wilson::wilson;

use std::path::Path;

use crate::domain::{Board, Money};
use crate::handoff::{NightError, NightShow, write_page, write_table};

/// What a show's numbers are made of.
#[derive(Clone, Debug)]
pub struct ReportShow<'a> {
    /// The cards.
    pub board: &'a Board,
    /// The show.
    pub show: &'a NightShow<'a>,
    /// What it cost; none: not known, and nothing is said per cost.
    pub cost: Option<Money>,
    /// The gross margin, 0 to 1; none: the return is told without.
    pub margin: Option<f64>,
}

/// How the report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One page for people.
    Html,
    /// All numbers for programs.
    Json,
    /// One row per show and figure.
    Csv,
}

/// Writes the report of one show, or of several side by side, to `path`, whole or not at all.
///
/// `now_ms` is the wall time in ms since 1970; it decides which answers are overdue.
pub fn run(
    shows: &[ReportShow<'_>],
    now_ms: u64,
    form: Form,
    path: &Path,
) -> Result<Vec<Numbers>, NightError> {
    let all: Vec<Numbers> = shows.iter().map(|show| numbers(show, now_ms)).collect();
    let shares = attribution::of_shows(shows);
    match form {
        Form::Html => write_page(path, &page(&all, &shares))?,
        Form::Json => write_page(path, &json(&all, &shares))?,
        Form::Csv => {
            write_table(path, &table::HEADER, &csv_rows(&all, &shares))?;
        }
    }
    Ok(all)
}
