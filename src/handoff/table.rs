//! Tables as RFC 4180 text that neither a spreadsheet runs nor an importer stumbles over.

use std::borrow::Cow;
use std::io::{self, Write};

/// First characters that make a spreadsheet run a cell (OWASP's list and their full-width forms).
const DANGEROUS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Words of a person or of a list: defused.
    Text(Cow<'a, str>),
    /// What the program made itself, such as ids and dates, and E.164 phones: written as it is.
    Plain(Cow<'a, str>),
}

impl<'a> Cell<'a> {
    /// A cell of free words.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// A cell that is safe by its making.
    pub fn plain(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Plain(text.into())
    }
}

/// Writes a table; the header's names are ours. Gives the number of rows.
pub fn write<'a>(
    out: &mut dyn Write,
    header: &[&str],
    rows: impl Iterator<Item = Vec<Cell<'a>>>,
) -> io::Result<usize> {
    let mut table = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    table.write_record(header)?;
    let mut written = 0;
    for row in rows {
        for cell in row {
            match cell {
                Cell::Plain(text) => table.write_field(clean(&text).as_bytes())?,
                Cell::Text(text) => table.write_field(defuse(&clean(&text)).as_bytes())?,
            }
        }
        table.write_record(None::<&[u8]>)?;
        written += 1;
    }
    table.flush()?;
    Ok(written)
}

/// The text without control characters except line feeds and without outer blanks.
pub fn clean(text: &str) -> Cow<'_, str> {
    // 0xC2 begins the controls beyond ASCII in UTF-8.
    let plain = |byte: u8| byte == b'\n' || !(byte.is_ascii_control() || byte == 0xC2);
    if text.bytes().all(plain) {
        return Cow::Borrowed(text.trim());
    }
    let text = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{b}', '\u{c}'], "\n");
    let mut kept: String = text.replace('\t', " ");
    kept.retain(|c| c == '\n' || !c.is_control());
    kept.trim().to_owned().into()
}

/// Puts an apostrophe before every line that a spreadsheet would run as a formula; phones in E.164 stay as they are.
pub fn defuse(text: &str) -> Cow<'_, str> {
    if is_phone(text) || !text.lines().any(runs) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<Cow<'_, str>> = text
        .split('\n')
        .map(|line| {
            if runs(line) {
                Cow::Owned(format!("'{line}"))
            } else {
                Cow::Borrowed(line)
            }
        })
        .collect();
    Cow::Owned(lines.join("\n"))
}

/// Whether the first thing in the line that is seen would start a formula.
fn runs(line: &str) -> bool {
    let unseen = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    line.trim_start_matches(unseen).starts_with(DANGEROUS)
}

fn is_phone(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}
