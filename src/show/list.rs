//! A list saved by a spreadsheet: any encoding, any separator, and a quote that never closes reported where it opened.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::diagnostic::{Diagnostic, Place};

/// Text of a file and what had to be assumed to read it.
pub(super) struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The encoding's name where it isn't UTF-8.
    pub assumed: Option<&'static str>,
}

/// Bytes of a list or a settings file -> text. Never fails: what is not UTF-8 and has no mark is taken as Windows-1252,
/// in which every byte is a character.
pub(super) fn decode(bytes: &[u8]) -> Decoded {
    let encoding = Encoding::for_bom(bytes)
        .map(|(encoding, _)| encoding)
        .or_else(|| unmarked(bytes))
        .unwrap_or(WINDOWS_1252);
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    Decoded {
        text: text.into_owned(),
        assumed: (encoding != UTF_8).then(|| encoding.name()),
    }
}

/// UTF-8, or UTF-16 whose mark was lost: Latin text then has a zero in every other byte.
fn unmarked(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(2_000)];
    let zeros = |offset: usize| {
        head.iter()
            .skip(offset)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let half = head.len() / 2;
    if half > 0 && zeros(1) * 2 > half {
        return Some(encoding_rs::UTF_16LE);
    }
    if half > 0 && zeros(0) * 2 > half {
        return Some(encoding_rs::UTF_16BE);
    }
    std::str::from_utf8(bytes).is_ok().then_some(UTF_8)
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The line it begins on, counted from 1.
    pub line: usize,
    /// Its fields, white space around them taken off.
    pub fields: Vec<String>,
}

/// Most faults of one list that are told one by one.
const MOST_FAULTS: usize = 40;

/// A list read row by row, with the faults found so far.
pub(super) struct List<'s> {
    /// The file's name as people know it.
    pub file: &'s str,
    text: &'s str,
    /// Rows in order, the heading's among them.
    pub rows: Vec<Row>,
    faults: Vec<Diagnostic>,
    untold: usize,
}

impl<'s> List<'s> {
    /// Splits a list into rows. Rows whose quotes don't add up are left out and noted (L02).
    pub fn read(file: &'s str, text: &'s str) -> Self {
        let mut list = Self {
            file,
            text,
            rows: Vec::new(),
            faults: Vec::new(),
            untold: 0,
        };
        let separator = separator(text);
        let mut at = 0;
        let mut line = 1;
        while at < text.len() {
            let rest = &text[at..];
            let length = match row(rest, separator) {
                Ok((fields, length)) => {
                    if fields.iter().any(|field| !field.is_empty()) {
                        list.rows.push(Row { line, fields });
                    }
                    length
                }
                Err(quote) => {
                    list.broken(at + quote, line + count_lines(&rest[..quote]));
                    // What precedes the quote in its row is lost with it; the next line is a fresh start.
                    rest[quote..]
                        .find('\n')
                        .map_or(rest.len(), |end| quote + end + 1)
                }
            };
            line += count_lines(&rest[..length]);
            at += length;
        }
        list
    }

    fn broken(&mut self, at: usize, line: usize) {
        let message = format!("the quote that opens on line {line} doesn't close");
        self.note(|list| {
            Diagnostic::error("L02", list.file, message)
                .at(Place::of_span(list.text, at..at + 1))
                .label("opens here")
                .help("close it before the next separator; a quote inside a field is written twice")
                .help("this row is left out, the others count")
        });
    }

    /// Notes a fault of the row that begins on `line`.
    pub fn fault(&mut self, code: &'static str, line: usize, message: String, help: &str) {
        self.note(|list| {
            Diagnostic::error(code, list.file, message)
                .at(list.place(line))
                .help(help)
        });
    }

    /// Notes a doubt about the row that begins on `line`.
    pub fn warn(&mut self, code: &'static str, line: usize, message: String, help: &str) {
        self.note(|list| {
            Diagnostic::warning(code, list.file, message)
                .at(list.place(line))
                .help(help)
        });
    }

    // The place of a fault is searched from the file's beginning, so faults beyond the first few are only counted:
    // a list with 100,000 bad rows must not take minutes to be refused.
    fn note(&mut self, fault: impl FnOnce(&Self) -> Diagnostic) {
        if self.faults.len() < MOST_FAULTS {
            let fault = fault(self);
            self.faults.push(fault);
        } else {
            self.untold += 1;
        }
    }

    fn place(&self, line: usize) -> Place {
        Place::of_line(line, self.text.lines().nth(line - 1).unwrap_or_default())
    }

    /// All faults, the uncounted rest as one sentence.
    pub fn into_faults(self) -> Vec<Diagnostic> {
        let mut faults = self.faults;
        if self.untold > 0 {
            let message = format!("{} more faults in this list", self.untold);
            let rest = Diagnostic::error("L09", self.file, message);
            faults.push(rest.help("mend the ones above, then check again"));
        }
        faults
    }
}

fn count_lines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

/// The separator the first line uses most: comma, semicolon or tab.
fn separator(text: &str) -> char {
    let first = text.lines().find(|line| !line.trim().is_empty());
    let count = |separator: &char| first.map_or(0, |line| line.matches(*separator).count());
    // The last of several equal maxima wins, so the comma stands last.
    ['\t', ';', ',']
        .into_iter()
        .max_by_key(count)
        .unwrap_or(',')
}

/// The fields of the row at the beginning of `text` and its length in bytes, line end included; or the place of the
/// quote that doesn't close.
fn row(text: &str, separator: char) -> Result<(Vec<String>, usize), usize> {
    let mut fields = Vec::new();
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        let (field, length) = if rest[spaces..].starts_with('"') {
            let (field, length) = quoted(&rest[spaces..], separator).ok_or(at + spaces)?;
            (field, spaces + length)
        } else {
            let length = rest.find([separator, '\n', '\r']).unwrap_or(rest.len());
            (rest[..length].to_string(), length)
        };
        fields.push(field.trim().to_string());
        at += length;
        let after = &text[at..];
        if after.starts_with(separator) {
            at += separator.len_utf8();
            continue;
        }
        let end = if after.starts_with("\r\n") {
            2
        } else {
            usize::from(!after.is_empty())
        };
        return Ok((fields, at + end));
    }
}

/// A quoted field at the beginning of `text` and its length, the spaces after it included; none when its quote doesn't
/// close before a separator or a line end.
fn quoted(text: &str, separator: char) -> Option<(String, usize)> {
    let mut field = String::new();
    let mut at = 1;
    loop {
        let close = at + text[at..].find('"')?;
        field.push_str(&text[at..close]);
        let after = &text[close + 1..];
        if after.starts_with('"') {
            field.push('"');
            at = close + 2;
            continue;
        }
        let spaces = after.len() - after.trim_start_matches(' ').len();
        let next = after[spaces..].chars().next();
        let closes = next.is_none_or(|next| next == separator || next == '\n' || next == '\r');
        return closes.then_some((field, close + 1 + spaces));
    }
}

/// What is wrong with the form of a list whose columns may be any.
pub(super) fn check(file: &str, text: &str) -> Vec<Diagnostic> {
    let mut list = List::read(file, text);
    let rows = std::mem::take(&mut list.rows);
    let Some((heading, rows)) = rows.split_first() else {
        let help = "its first line names the columns";
        list.warn("L05", 1, "the list is empty".to_string(), help);
        return list.into_faults();
    };
    let wanted = heading.fields.len();
    for row in rows.iter().filter(|row| row.fields.len() > wanted) {
        let message = format!(
            "line {} has {} fields, the heading {wanted}",
            row.line,
            row.fields.len()
        );
        let help = "put a field with a separator inside in quotes; the surplus is left out";
        list.warn("L03", row.line, message, help);
    }
    list.into_faults()
}
