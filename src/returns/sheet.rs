//! A result file as it came -> records: any of the usual encodings and delimiters, or plain lines.

use std::collections::BTreeMap;

use encoding_rs::{UTF_8, UTF_16LE, WINDOWS_1252};

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The line it begins in, the first being 1.
    pub line: usize,
    /// Its cells by plain column name: lower-case letters and digits only.
    pub cells: BTreeMap<String, String>,
    /// The whole line, where the file has no columns.
    pub words: String,
}

impl Record {
    /// The first of these columns that has something in it.
    pub fn first(&self, columns: &[&str]) -> &str {
        columns
            .iter()
            .filter_map(|column| self.cells.get(*column))
            .map(String::as_str)
            .find(|cell| !cell.is_empty())
            .unwrap_or_default()
    }

    /// Whether the file has one of these columns.
    pub fn has(&self, columns: &[&str]) -> bool {
        columns
            .iter()
            .any(|column| self.cells.contains_key(*column))
    }
}

/// A file's records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// The rows, or lines.
    pub records: Vec<Record>,
    /// Rows that are no rows: the line and what is wrong with it.
    pub broken: Vec<(usize, String)>,
}

/// Reads a file; none where it is no text.
pub fn read(bytes: &[u8]) -> Option<Content> {
    let text = decode(bytes)?;
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let delimiter = [',', ';', '\t', '|']
        .into_iter()
        .max_by_key(|delimiter| (first.matches(*delimiter).count(), *delimiter == ','))
        .unwrap_or(',');
    if first.contains(delimiter) && looks_like_header(first, delimiter) {
        Some(columns(&text, delimiter))
    } else {
        Some(lines(&text))
    }
}

fn decode(bytes: &[u8]) -> Option<String> {
    if bytes.iter().take(2).eq(&[0xFF, 0xFE]) || bytes.iter().take(2).eq(&[0xFE, 0xFF]) {
        // `decode` follows the mark, whichever byte order it names.
        return Some(UTF_16LE.decode(bytes).0.into_owned());
    }
    if bytes.contains(&0) {
        return None;
    }
    let (text, _, faulty) = UTF_8.decode(bytes);
    if faulty {
        return Some(WINDOWS_1252.decode(bytes).0.into_owned());
    }
    Some(text.into_owned())
}

/// A header names at least two columns with words and no address or number among them.
fn looks_like_header(line: &str, delimiter: char) -> bool {
    let cells: Vec<&str> = line.split(delimiter).map(str::trim).collect();
    let word = |cell: &&str| cell.chars().any(char::is_alphabetic) && !cell.contains('@');
    cells.len() >= 2 && cells.iter().filter(|cell| !cell.is_empty()).all(word)
}

fn columns(text: &str, delimiter: char) -> Content {
    let mut table = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut content = Content::default();
    let mut header: Vec<String> = Vec::new();
    for row in table.records() {
        let Ok(row) = row else {
            continue;
        };
        let line = row.position().map_or(0, |place| place.line() as usize);
        if header.is_empty() {
            header = row.iter().map(plain).collect();
            continue;
        }
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if row.len() > header.len() {
            let words = format!("{} cells where the header has {}", row.len(), header.len());
            content.broken.push((line, words));
            continue;
        }
        let cells = header
            .iter()
            .cloned()
            .zip(row.iter().map(|cell| cell.trim().to_owned()));
        content.records.push(Record {
            line,
            cells: cells.filter(|(name, _)| !name.is_empty()).collect(),
            words: String::new(),
        });
    }
    content
}

fn lines(text: &str) -> Content {
    let records = text.lines().enumerate().map(|(place, line)| Record {
        line: place + 1,
        cells: BTreeMap::new(),
        words: line.trim().to_owned(),
    });
    Content {
        records: records
            .filter(|record| !record.words.is_empty() && !record.words.starts_with('#'))
            .collect(),
        broken: Vec::new(),
    }
}

/// A column's name as it is looked up: lower-case letters and digits only.
pub fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
