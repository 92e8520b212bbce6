//! One fault of a file: place, message, remedy, drawn with a caret; and the nearest name.

use std::fmt::Write as _;
use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// What the line says can't be followed; it is skipped.
    Error,
    /// It can be followed, but probably isn't what was meant.
    Warning,
}

impl Severity {
    /// The word before the code.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Where in a text a fault sits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// How many characters are meant; 0 draws no caret.
    pub width: usize,
    /// The line itself, without its end.
    pub text: String,
}

impl Place {
    /// The place of a span of bytes. A span over several lines is cut at the end of its first; one past the end, or one
    /// that cuts a character, is moved to the nearest place there is.
    pub fn of_span(source: &str, span: Range<usize>) -> Self {
        let start = floor(source, span.start);
        let before = &source[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line_end = source[start..]
            .find('\n')
            .map_or(source.len(), |at| start + at);
        let line = &source[line_start..line_end];
        let text = line.strip_suffix('\r').unwrap_or(line);
        let last = (line_start + text.len()).max(start); // a carriage return may stand before `start`
        let end = floor(source, span.end.clamp(start, last));
        Self {
            line: before.matches('\n').count() + 1,
            column: source[line_start..start].chars().count() + 1,
            width: source[start..end].chars().count().max(1),
            text: text.to_string(),
        }
    }

    /// The same place with what is meant made unreadable: a secret goes to no screen and no log.
    pub fn hide(&mut self) {
        let seen = |(at, letter): (usize, char)| {
            let meant = at + 1 >= self.column && at + 1 < self.column + self.width;
            if meant { '*' } else { letter }
        };
        self.text = self.text.chars().enumerate().map(seen).collect();
    }

    /// A whole line, with no caret under it: for lists, where the line is the place.
    pub fn of_line(line: usize, text: &str) -> Self {
        Self {
            line,
            column: 1,
            width: 0,
            text: text.trim_end_matches(['\r', '\n']).to_string(),
        }
    }
}

/// The nearest character boundary at or before a byte.
fn floor(source: &str, at: usize) -> usize {
    let mut at = at.min(source.len());
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// One fault, ready to be shown to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind, a letter and two digits: `K04`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The file's name as the person knows it.
    pub file: String,
    /// Where in the file, if anywhere in particular.
    pub place: Option<Place>,
    /// What is wrong: a lower-case sentence without a full stop.
    pub message: String,
    /// What stands under the caret.
    pub label: String,
    /// What to do next, one thought a line.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// A fault that makes its line count for nothing.
    pub fn error(code: &'static str, file: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, file.into(), message.into())
    }

    /// A fault that is followed all the same.
    pub fn warning(
        code: &'static str,
        file: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self::new(code, Severity::Warning, file.into(), message.into())
    }

    fn new(code: &'static str, severity: Severity, file: String, message: String) -> Self {
        Self {
            code,
            severity,
            file,
            place: None,
            message,
            label: String::new(),
            help: Vec::new(),
        }
    }

    /// With its place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// With words under the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// With one more thought on what to do next.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// The fault as a picture: message, place, line, caret, help. Ends with a line feed.
    pub fn render(&self) -> String {
        let mut out = format!(
            "{}[{}]: {}\n",
            self.severity.word(),
            self.code,
            self.message
        );
        let mut margin = 2;
        if let Some(place) = &self.place {
            margin = self.render_place(place, &mut out);
        } else {
            let _ = writeln!(out, "  --> {}", self.file);
        }
        for help in &self.help {
            for (at, line) in wrap(help, WIDTH).iter().enumerate() {
                let mark = if at == 0 { '=' } else { ' ' };
                let _ = writeln!(out, "{:margin$} {mark} {line}", "");
            }
        }
        out
    }

    /// Draws the line and its caret; gives the width of the margin.
    fn render_place(&self, place: &Place, out: &mut String) -> usize {
        let number = place.line.to_string();
        let margin = number.len();
        let column = place.column;
        let _ = writeln!(
            out,
            "{:margin$}--> {}:{}:{column}",
            "", self.file, place.line
        );
        let _ = writeln!(out, "{:margin$} |", "");
        let _ = writeln!(out, "{number} | {}", expand_tabs(&place.text));
        if place.width == 0 {
            return margin;
        }
        let before: String = place.text.chars().take(column - 1).collect();
        let meant: String = place
            .text
            .chars()
            .skip(column - 1)
            .take(place.width)
            .collect();
        let indent = expand_tabs(&before).width();
        let carets = "^".repeat(expand_tabs(&meant).width().max(1));
        let line = format!("{:margin$} | {:indent$}{carets} {}", "", "", self.label);
        let _ = writeln!(out, "{}", line.trim_end());
        margin
    }

    /// The fault in one line, for a toast or a log.
    pub fn sentence(&self) -> String {
        let mut out = self.file.clone();
        if let Some(place) = &self.place {
            let _ = write!(out, " line {}", place.line);
        }
        let _ = write!(out, ": {}", self.message);
        let remedy = [&self.label]
            .into_iter()
            .chain(&self.help)
            .find(|text| !text.is_empty());
        if let Some(remedy) = remedy {
            let _ = write!(out, "; {remedy}");
        }
        out
    }
}

/// A tab is drawn as four spaces and other control characters as one, so that the caret stands where it should.
fn expand_tabs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match (char, char.width()) {
            ('\t', _) => out.push_str("    "),
            (_, None) => out.push('·'),
            (char, Some(_)) => out.push(char),
        }
    }
    out
}

/// Columns a line of help takes at most.
const WIDTH: usize = 100;

/// Breaks a text between words.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

/// All faults as one text, in the order of their files and lines, a blank line between.
pub fn render_all(faults: &[Diagnostic]) -> String {
    let pictures: Vec<String> = faults.iter().map(Diagnostic::render).collect();
    pictures.join("\n")
}

/// The known name that was probably meant: at most a third of the longer name's letters differ (two letters swapped
/// count as one). Case doesn't count. The first of several equally near.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        let longer = name.chars().count().max(candidate.chars().count());
        let distance = strsim::osa_distance(&name, &candidate.to_lowercase());
        if distance * 3 <= longer && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// A file that is being read: its name as the person knows it and its text. Makes faults with places.
#[derive(Clone, Copy, Debug)]
pub struct SourceText<'a> {
    /// The name.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
}

impl<'a> SourceText<'a> {
    /// A fault at a span of bytes.
    pub fn error(
        &self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(code, self.name, message).at(Place::of_span(self.text, span))
    }

    /// A doubt at a span of bytes.
    pub fn warning(
        &self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::warning(code, self.name, message).at(Place::of_span(self.text, span))
    }

    /// The line a byte stands on, counted from 1.
    pub fn line_of(&self, at: usize) -> usize {
        self.text[..floor(self.text, at)].matches('\n').count() + 1
    }

    /// Reads TOML as far as it can be read; every fault of its syntax is said under `code`.
    pub fn parse_toml(
        &self,
        code: &'static str,
    ) -> (toml::Spanned<toml::de::DeTable<'a>>, Vec<Diagnostic>) {
        let (table, faults) = toml::de::DeTable::parse_recoverable(self.text);
        let say = |fault: &toml::de::Error| {
            let words = fault.message().replace('\n', ", ");
            let said = match fault.span() {
                Some(span) => self.error(code, span, &words),
                None => Diagnostic::error(code, self.name, &words),
            };
            if words.starts_with("duplicate") {
                said.label("it stands further up already; keep one of the two")
            } else {
                said.help(
                    "the file isn't written as TOML is; look at quotes, `=` and brackets here",
                )
            }
        };
        (table, faults.iter().map(say).collect())
    }
}
