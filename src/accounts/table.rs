//! Lists as people have them: CSV with any columns, found by what their headers say.

use super::normalize;

/// A CSV file read leniently: its header and its rows, each with the line it starts at.
#[derive(Debug, Default)]
pub struct Table {
    /// The headers, folded to small letters and digits.
    pub headers: Vec<String>,
    /// The headers as written.
    pub written: Vec<String>,
    /// The rows.
    pub rows: Vec<(u64, csv::StringRecord)>,
    /// What was odd, with line.
    pub remarks: Vec<String>,
}

impl Table {
    /// Reads CSV whose delimiter is a comma, semicolon, tab or bar, whichever the first line has most of.
    pub fn read(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let mut table = Self::default();
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter(text))
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes());
        let mut record = csv::StringRecord::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(true) => table.take(&record),
                Ok(false) => break,
                Err(error) => {
                    table
                        .remarks
                        .push(format!("the list can't be read further: {error}"));
                    break;
                }
            }
        }
        table
    }

    fn take(&mut self, record: &csv::StringRecord) {
        let line = record.position().map_or(0, csv::Position::line);
        if self.headers.is_empty() {
            self.headers = record.iter().map(header).collect();
            self.written = record.iter().map(|cell| cell.trim().to_owned()).collect();
            return;
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        // A quote that is never closed swallows the lines after it.
        if let Some(cell) = record.iter().find(|cell| cell.matches('\n').count() > 5) {
            let start: String = cell.chars().take(30).collect();
            self.remarks.push(format!(
                "line {line}: a quote before \"{}\" is never closed and swallows the lines after it; close it and load the list again",
                start.lines().next().unwrap_or_default()
            ));
        }
        if record.len() > self.headers.len()
            && record
                .iter()
                .skip(self.headers.len())
                .any(|c| !c.trim().is_empty())
        {
            self.remarks.push(format!(
                "line {line}: has {} cells where the header has {}; put quotes around a cell with a comma",
                record.len(),
                self.headers.len()
            ));
        }
        self.rows.push((line, record.clone()));
    }

    /// The column of that name, whatever its case, accents and marks.
    pub fn place(&self, name: &str) -> Option<usize> {
        let exact = self.written.iter().position(|header| header == name);
        let folded = header(name);
        exact.or_else(|| {
            let mut headers = self.headers.iter();
            headers.position(|header| *header == folded)
        })
    }

    /// The first column whose header is one of `names`; else the first whose header contains one of `parts`.
    pub fn column(&self, names: &[&str], parts: &[&str]) -> Option<usize> {
        names
            .iter()
            .find_map(|name| self.headers.iter().position(|header| header == name))
            .or_else(|| {
                self.headers
                    .iter()
                    .position(|header| parts.iter().any(|part| header.contains(part)))
            })
    }
}

/// The headers of a list as written.
pub fn headers(text: &str) -> Vec<String> {
    Table::read(text).written
}

/// Whether one of the headers has that name, whatever its case, accents and marks.
pub fn has_column(headers: &[String], name: &str) -> bool {
    headers.iter().any(|other| header(other) == header(name))
}

/// `E-Mail Address` -> `emailaddress`.
fn header(text: &str) -> String {
    normalize::fold(text)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    *[b',', b';', b'\t', b'|']
        .iter()
        .max_by_key(|&&mark| {
            (
                first.bytes().filter(|&byte| byte == mark).count(),
                mark == b',',
            )
        })
        .unwrap_or(&b',')
}

/// A cell, trimmed; empty where there is no such column.
pub fn cell(record: &csv::StringRecord, column: Option<usize>) -> &str {
    column
        .and_then(|i| record.get(i))
        .unwrap_or_default()
        .trim()
}
