//! One file for one importer: columns with their rules, checked before a byte is written.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::table::{clean, defuse};
use super::{Lead, is_email};

/// What an empty required cell becomes where the importer takes it.
pub const NOT_PROVIDED: &str = "[not provided]";

/// What may stand in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Free words of people: defused.
    Words,
    /// Ids, flags, dates and other words of our own or of show.toml.
    Own,
    /// An e-mail address, or nothing.
    Email,
    /// One of these, or nothing; a column without a list takes anything.
    Pick(Vec<String>),
}

/// What to do about an empty cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    /// It may be.
    Fine,
    /// The importer refuses the row, but takes this in its place.
    Fill(&'static str),
    /// The importer can't do without.
    Refused,
}

/// A column of an importer's file.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name in the importer.
    pub header: String,
    /// Where it comes from, for the runsheet.
    pub from: &'static str,
    /// What may stand in it.
    pub kind: Kind,
    /// Characters it takes at most; 0: no limit.
    pub most: usize,
    /// What an empty cell means.
    pub empty: Empty,
}

impl Column {
    /// A column that takes anything up to `most` characters.
    pub fn new(header: &str, from: &'static str, kind: Kind, most: usize) -> Self {
        Self {
            header: header.to_owned(),
            from,
            kind,
            most,
            empty: Empty::Fine,
        }
    }

    /// The same, with a rule for empty cells.
    #[must_use]
    pub fn or(mut self, empty: Empty) -> Self {
        self.empty = empty;
        self
    }
}

/// One row before it is checked.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The lead it speaks of.
    pub lead: &'a Lead,
    /// A cell per column.
    pub cells: Vec<Cow<'a, str>>,
}

/// A file for an importer, not checked yet.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// Its name below the destination's folder.
    pub file: String,
    /// What it is imported as.
    pub object: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row<'a>>,
    /// The column whose value may stand in one row only; the hotter lead keeps it.
    pub key: Option<usize>,
    /// Whether a row goes out once and never again, because the importer can't update it.
    pub once: bool,
}

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// Put right in the file; nothing to do.
    Fixed,
    /// The row is not in the file.
    LeftOut,
}

/// One fault of a row, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// The line in the file, the header being 1; 0 where the row is not in it.
    pub line: usize,
    /// The column.
    pub column: String,
    /// The lead.
    pub external_id: String,
    /// Who it is, for people.
    pub who: String,
    /// What is wrong.
    pub reason: String,
    /// What was done or is to be done.
    pub remedy: String,
    /// How bad.
    pub weight: Weight,
}

/// A file that its importer will take.
#[derive(Clone, Debug)]
pub struct Checked<'a> {
    /// Its name, the destination's folder included.
    pub file: String,
    /// What it is imported as.
    pub object: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The rows that are sound.
    pub rows: Vec<Vec<Cow<'a, str>>>,
}

/// Checks a sheet. With `fix`, what can be put right without guessing is; else such rows are left out, too.
pub fn check<'a>(folder: &str, sheet: Sheet<'a>, fix: bool) -> (Checked<'a>, Vec<Fault>) {
    let file = format!("{folder}/{}", sheet.file);
    let mut faults = Vec::new();
    let mut rows = Vec::new();
    let keepers = keepers(&sheet);
    for (place, row) in sheet.rows.into_iter().enumerate() {
        let mut found = Vec::new();
        let mut cells = Vec::with_capacity(row.cells.len());
        for (column, text) in sheet.columns.iter().zip(row.cells) {
            let (cell, complaint) = cell(column, text);
            found.extend(complaint.map(|complaint| (column.header.clone(), complaint)));
            cells.push(cell);
        }
        if let Some(other) = keepers.get(&place) {
            let key = sheet.key.map_or("", |key| &sheet.columns[key].header);
            found.push((key.to_owned(), Complaint::doubled(other)));
        }
        let stops = |complaint: &Complaint| !complaint.safe || !fix;
        let out = found.iter().any(|(_, complaint)| stops(complaint));
        let line = if out { 0 } else { rows.len() + 2 };
        faults.extend(found.into_iter().map(|(column, complaint)| Fault {
            file: file.clone(),
            line,
            column,
            external_id: row.lead.external_id.clone(),
            who: who(row.lead),
            weight: if stops(&complaint) {
                Weight::LeftOut
            } else {
                Weight::Fixed
            },
            reason: complaint.reason,
            remedy: complaint.remedy,
        }));
        if !out {
            rows.push(cells);
        }
    }
    let checked = Checked {
        file,
        object: sheet.object,
        columns: sheet.columns,
        rows,
    };
    (checked, faults)
}

/// What is wrong with a cell.
struct Complaint {
    reason: String,
    remedy: String,
    safe: bool,
}

impl Complaint {
    fn doubled(other: &str) -> Self {
        Self {
            reason: format!("the same value stands in the row of {other}"),
            remedy: "merge the two cards on the night list, or correct one of them".into(),
            safe: false,
        }
    }
}

/// The cell as it is written, and what is wrong with it.
fn cell<'a>(column: &Column, text: Cow<'a, str>) -> (Cow<'a, str>, Option<Complaint>) {
    let text = within(text, clean);
    if text.is_empty() {
        return empty(column);
    }
    let (text, complaint) = match &column.kind {
        Kind::Words => (within(text, defuse), None),
        Kind::Own => (text, None),
        Kind::Email if is_email(&text) => (text, None),
        Kind::Email => bad_email(column, &text),
        Kind::Pick(values) if values.is_empty() || values.iter().any(|it| *it == text) => {
            (text, None)
        }
        Kind::Pick(values) => {
            let complaint = unknown(&text, values);
            return (text, Some(complaint));
        }
    };
    // Letters are bytes at least, so a short text need not be counted.
    let long = column.most > 0 && text.len() > column.most && text.chars().count() > column.most;
    if !long {
        return (text, complaint);
    }
    let safe = matches!(column.kind, Kind::Words);
    let complaint = Complaint {
        reason: format!("longer than {} characters", column.most),
        remedy: if safe {
            "cut; the whole text stands in leads.jsonl".into()
        } else {
            "shorten it on the card or in show.toml".into()
        },
        safe,
    };
    let cut: String = text.chars().take(column.most).collect();
    (cut.trim_end().to_owned().into(), Some(complaint))
}

/// What `change` makes of a text, borrowed for as long as the text was where nothing is changed.
fn within(text: Cow<'_, str>, change: fn(&str) -> Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => change(text),
        Cow::Owned(text) => {
            let changed = match change(&text) {
                Cow::Borrowed(same) if same.len() == text.len() => None,
                changed => Some(changed.into_owned()),
            };
            Cow::Owned(changed.unwrap_or(text))
        }
    }
}

fn empty(column: &Column) -> (Cow<'static, str>, Option<Complaint>) {
    match column.empty {
        Empty::Fine => (Cow::Borrowed(""), None),
        Empty::Fill(text) => {
            let complaint = Complaint {
                reason: "empty, and the importer wants something".into(),
                remedy: format!("filled with {text}"),
                safe: true,
            };
            (text.into(), Some(complaint))
        }
        Empty::Refused => {
            let complaint = Complaint {
                reason: "empty, and the importer can't do without".into(),
                remedy: "fill it in on the night list, then export again".into(),
                safe: false,
            };
            (Cow::Borrowed(""), Some(complaint))
        }
    }
}

fn bad_email(column: &Column, text: &str) -> (Cow<'static, str>, Option<Complaint>) {
    let safe = column.empty != Empty::Refused;
    let remedy = if safe {
        "left empty; correct it on the night list"
    } else {
        "correct it on the night list, then export again"
    };
    let complaint = Complaint {
        reason: format!("\"{text}\" is no e-mail address"),
        remedy: remedy.into(),
        safe,
    };
    (Cow::Borrowed(""), Some(complaint))
}

fn unknown(text: &str, values: &[String]) -> Complaint {
    let near = values
        .iter()
        .max_by(|one, other| {
            let score =
                |value: &str| strsim::jaro_winkler(&value.to_lowercase(), &text.to_lowercase());
            score(one).total_cmp(&score(other))
        })
        .map(|value| format!("did you mean \"{value}\"? "))
        .unwrap_or_default();
    Complaint {
        reason: format!("\"{text}\" is not one of the values in show.toml"),
        remedy: format!("{near}correct show.toml's picklists or the value"),
        safe: false,
    }
}

/// Places of rows whose key a hotter (or else earlier) row has, with the name of that row's person.
fn keepers(sheet: &Sheet<'_>) -> BTreeMap<usize, String> {
    let mut out = BTreeMap::new();
    let Some(key) = sheet.key else {
        return out;
    };
    let mut best: BTreeMap<String, usize> = BTreeMap::new();
    for (place, row) in sheet.rows.iter().enumerate() {
        let value = row.cells[key].trim().to_lowercase();
        if value.is_empty() {
            continue;
        }
        let Some(&other) = best.get(&value) else {
            best.insert(value, place);
            continue;
        };
        let (keep, go) = if warmth(row.lead) > warmth(sheet.rows[other].lead) {
            (place, other)
        } else {
            (other, place)
        };
        best.insert(value, keep);
        out.insert(go, who(sheet.rows[keep].lead));
    }
    out
}

fn warmth(lead: &Lead) -> u8 {
    match lead.grade.as_str() {
        "hot" => 3,
        "warm" => 2,
        "cold" => 1,
        _ => 0,
    }
}

/// The lead for people: name and company, or the hour.
pub fn who(lead: &Lead) -> String {
    let parts: Vec<&str> = [lead.full_name.as_str(), lead.company.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        format!("nobody known, {}", lead.captured_local)
    } else {
        parts.join(", ")
    }
}
