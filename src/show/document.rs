//! A TOML file walked by hand: every fault with its place, all of them at once, the sound rest kept.

use std::ops::Range;
use std::str::FromStr;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::domain::Day;

/// A file being read, with the faults found so far.
pub(super) struct Document<'s> {
    file: String,
    source: &'s str,
    /// In the order they were found.
    pub faults: Vec<Diagnostic>,
}

/// A table of the document and how people would call it.
#[derive(Clone)]
pub(super) struct Table<'t> {
    /// `show.toml`, `lane 2`, `owner "Ana Cruz"`: for messages.
    pub words: String,
    /// Where it begins.
    pub span: Range<usize>,
    entries: &'t DeTable<'t>,
}

/// A value with its place.
pub(super) type At<T> = (T, Range<usize>);

/// The whole file as a tree of values; borrowed by the [`Table`]s made from it.
pub(super) type Tree<'s> = Spanned<DeTable<'s>>;

impl<'s> Document<'s> {
    /// Starts reading; syntax faults (S01) are noted and what can be read comes back.
    pub fn parse(file: &str, source: &'s str) -> (Self, Tree<'s>) {
        let mut document = Self {
            file: file.to_string(),
            source,
            faults: Vec::new(),
        };
        let (tree, errors) = DeTable::parse_recoverable(source);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            document.fault("S01", span, error.message().replace('\n', ", "), "");
        }
        (document, tree)
    }

    /// Notes an error at `span`.
    pub fn fault(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> &mut Diagnostic {
        let fault = Diagnostic::error(code, &self.file, message)
            .at(Place::of_span(self.source, span))
            .label(label);
        self.push(fault)
    }

    /// Notes a warning at `span`.
    pub fn warn(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> &mut Diagnostic {
        let fault = Diagnostic::warning(code, &self.file, message)
            .at(Place::of_span(self.source, span))
            .label(label);
        self.push(fault)
    }

    fn push(&mut self, fault: Diagnostic) -> &mut Diagnostic {
        let at = self.faults.len();
        self.faults.push(fault);
        &mut self.faults[at]
    }

    /// Notes every key of `table` that isn't among `known` (S02): an error where it is nearly one of them, else a
    /// warning, because a person's own remark in a file harms nobody.
    pub fn known(&mut self, table: &Table, known: &[&str]) {
        for key in table.entries.keys() {
            let name: &str = key.get_ref();
            if known.contains(&name) {
                continue;
            }
            let message = format!("{} has no setting called `{name}`", table.words);
            let fault = match nearest(name, known.iter().copied()) {
                Some(near) => self.fault(
                    "S02",
                    key.span(),
                    message,
                    format!("did you mean `{near}`?"),
                ),
                None => self.warn("S02", key.span(), message, "nothing reads this"),
            };
            fault
                .help
                .push(format!("settings here: {}", known.join(", ")));
        }
    }

    /// A text, with surrounding white space taken off.
    pub fn text(&mut self, table: &Table, key: &str) -> Option<At<String>> {
        let value = table.get(key)?;
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(key, value, "text in quotes");
            return None;
        };
        Some((text.trim().to_string(), value.span()))
    }

    /// A text that must be there and not empty (S04).
    pub fn needed(&mut self, table: &Table, key: &str, example: &str) -> Option<At<String>> {
        if let Some(value) = table.get(key)
            && value.get_ref().as_str().is_none()
        {
            self.wrong(key, value, "text in quotes");
            return None;
        }
        let found = self.text(table, key).filter(|(text, _)| !text.is_empty());
        if found.is_none() {
            let message = format!("{} has no `{key}`", table.words);
            self.fault("S04", table.span.clone(), message, "")
                .help
                .push(format!("add a line like: {key} = {example}"));
        }
        found
    }

    /// A list of texts; those that are none are noted, the others kept.
    pub fn texts(&mut self, table: &Table, key: &str) -> Option<Vec<At<String>>> {
        let value = table.get(key)?;
        let Some(list) = value.get_ref().as_array() else {
            self.wrong(key, value, "a list of texts: [\"one\", \"two\"]");
            return None;
        };
        let mut texts = Vec::new();
        for item in list {
            match item.get_ref().as_str() {
                Some(text) => texts.push((text.trim().to_string(), item.span())),
                None => self.wrong_item(key, item, "text in quotes"),
            }
        }
        Some(texts)
    }

    /// true or false.
    pub fn flag(&mut self, table: &Table, key: &str) -> Option<bool> {
        let value = table.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(key, value, "true or false, without quotes");
        }
        flag
    }

    /// A whole number in `range` (S05 outside of it).
    pub fn whole(&mut self, table: &Table, key: &str, range: Range<u32>) -> Option<u32> {
        let value = table.get(key)?;
        let Some(number) = value.get_ref().as_integer() else {
            self.wrong(key, value, "a whole number, without quotes");
            return None;
        };
        let digits = number.as_str().replace('_', "");
        let number = u32::from_str(&digits)
            .ok()
            .filter(|number| range.contains(number));
        if number.is_none() {
            let message = format!("`{key}` is {digits}");
            let label = format!("from {} to {}", range.start, range.end - 1);
            self.fault("S05", value.span(), message, label);
        }
        number
    }

    /// An amount from 0 to `most`.
    pub fn amount(&mut self, table: &Table, key: &str, most: f64) -> Option<f64> {
        let value = table.get(key)?;
        let text = match value.get_ref() {
            DeValue::Integer(number) => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            DeValue::String(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => {
                self.wrong(key, value, "a number, without quotes or currency");
                return None;
            }
        };
        let number = f64::from_str(&text.replace('_', ""))
            .ok()
            .filter(|number| (0.0..=most).contains(number));
        if number.is_none() {
            let message = format!("`{key}` is {text}");
            let label = if most < f64::MAX {
                format!("from 0 to {most}")
            } else {
                "0 or more".to_string()
            };
            self.fault("S05", value.span(), message, label);
        }
        number
    }

    /// A day, as a TOML date or as text.
    pub fn day(&mut self, table: &Table, key: &str) -> Option<At<Day>> {
        let value = table.get(key)?;
        self.as_day(key, value).map(|day| (day, value.span()))
    }

    /// A list of days; those that are none are noted, the others kept.
    pub fn days(&mut self, table: &Table, key: &str) -> Option<Vec<At<Day>>> {
        let value = table.get(key)?;
        let Some(list) = value.get_ref().as_array() else {
            let day = self.as_day(key, value)?;
            return Some(vec![(day, value.span())]);
        };
        let mut days = Vec::new();
        for item in list {
            if let Some(day) = self.as_day(key, item) {
                days.push((day, item.span()));
            }
        }
        Some(days)
    }

    fn as_day(&mut self, key: &str, value: &Spanned<DeValue>) -> Option<Day> {
        let text = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => {
                self.wrong(key, value, "a day: 2026-11-22");
                return None;
            }
        };
        match text.parse() {
            Ok(day) => Some(day),
            // A date that TOML itself refused was told already and reads as nothing.
            Err(_) if text.is_empty() => None,
            Err(reason) => {
                let message = format!("`{key}` has {text}, but {reason}");
                self.fault("S05", value.span(), message, "a day is written 2026-11-22");
                None
            }
        }
    }

    /// A table inside `table`.
    pub fn table<'t>(&mut self, table: &Table<'t>, key: &str) -> Option<Table<'t>> {
        let value = table.get(key)?;
        let Some(entries) = value.get_ref().as_table() else {
            self.wrong(key, value, &format!("a table: [{key}]"));
            return None;
        };
        Some(Table {
            words: format!("[{key}]"),
            span: value.span(),
            entries,
        })
    }

    /// A list of tables inside `table`, called `word 1`, `word 2`, ...
    pub fn tables<'t>(&mut self, table: &Table<'t>, key: &str, word: &str) -> Vec<Table<'t>> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong(key, value, &format!("a block that begins with [[{key}]]"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for (number, item) in list.iter().enumerate() {
            match item.get_ref().as_table() {
                Some(entries) => tables.push(Table {
                    words: format!("{word} {}", number + 1),
                    span: item.span(),
                    entries,
                }),
                None => self.wrong_item(key, item, "a table"),
            }
        }
        tables
    }

    /// Notes a value of another kind than wanted (S03).
    fn wrong(&mut self, key: &str, value: &Spanned<DeValue>, wanted: &str) {
        let message = format!("`{key}` is {}", kind_of(value));
        self.fault("S03", value.span(), message, format!("wanted: {wanted}"));
    }

    /// The same for one item of a list.
    fn wrong_item(&mut self, key: &str, item: &Spanned<DeValue>, wanted: &str) {
        let message = format!("`{key}` has {} in it", kind_of(item));
        self.fault("S03", item.span(), message, format!("wanted: {wanted}"));
    }
}

fn kind_of(value: &Spanned<DeValue>) -> &'static str {
    match value.get_ref() {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

impl<'t> Table<'t> {
    /// Its keys with their places.
    pub fn keys(&self) -> Vec<At<String>> {
        let keys = self.entries.keys();
        keys.map(|key| (key.get_ref().to_string(), key.span()))
            .collect()
    }

    /// The whole file as a table.
    pub fn root(file: &str, tree: &'t Tree<'t>) -> Self {
        Self {
            words: file.to_string(),
            span: 0..0,
            entries: tree.get_ref(),
        }
    }

    fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.entries.get(key)
    }

    /// Whether the key is there, whatever it holds.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Whether the value is a plain text.
    pub fn is_text(&self, key: &str) -> bool {
        self.get(key).is_some_and(|value| value.get_ref().is_str())
    }
}

/// The texts without their places, empty ones left out.
pub(super) fn plain(texts: Vec<At<String>>) -> Vec<String> {
    texts
        .into_iter()
        .map(|(text, _)| text)
        .filter(|text| !text.is_empty())
        .collect()
}
