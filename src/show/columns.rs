//! `[attendees]` and `[scan]` of `show.toml`: which column of the organiser's list, and which field of a badge, is what.

use std::collections::BTreeMap;
use std::path::Path;

use super::document::{At, Document, Table};
use super::settings::mean;
use super::{ATTENDEES, list};
use crate::accounts;
use crate::diagnostic::nearest;
use crate::domain::{Detail, Layout};

/// `[attendees]`: columns by what they hold. A column that the show's list lacks is noted and left out.
pub(super) fn attendees(
    doc: &mut Document,
    root: &Table,
    dir: &Path,
) -> BTreeMap<Detail, Vec<String>> {
    let mut columns = BTreeMap::new();
    let Some(table) = doc.table(root, "attendees") else {
        return columns;
    };
    let details: Vec<Detail> = Detail::ALL
        .into_iter()
        .filter(|detail| *detail != Detail::Skip)
        .collect();
    let words: Vec<&str> = details.iter().map(|detail| detail.word()).collect();
    doc.known(&table, &words);
    let headers = headers(dir);
    for detail in details {
        let word = detail.word();
        let written = if table.is_text(word) {
            doc.text(&table, word).into_iter().collect()
        } else {
            doc.texts(&table, word).unwrap_or_default()
        };
        let there: Vec<String> = written
            .into_iter()
            .filter_map(|column| known(doc, column, headers.as_deref()))
            .collect();
        if !there.is_empty() {
            columns.insert(detail, there);
        }
    }
    columns
}

/// A column that the list has; where there is no list yet, any.
fn known(
    doc: &mut Document,
    (column, span): At<String>,
    headers: Option<&[String]>,
) -> Option<String> {
    if column.is_empty() {
        return None;
    }
    let Some(headers) = headers else {
        return Some(column);
    };
    if accounts::has_column(headers, &column) {
        return Some(column);
    }
    let near = nearest(&column, headers.iter().map(String::as_str));
    let label = near.map_or_else(
        || format!("its columns: {}", headers.join(", ")),
        |near| format!("did you mean \"{near}\"?"),
    );
    let message = format!("{ATTENDEES} has no column \"{column}\"");
    doc.fault("S09", span, message, label)
        .help
        .push("until it is mended this detail is guessed from the headers".to_string());
    None
}

/// The headers of the show's list; none where there is none.
fn headers(dir: &Path) -> Option<Vec<String>> {
    use std::io::Read;
    let file = std::fs::File::open(dir.join(ATTENDEES)).ok()?;
    let mut head = Vec::new();
    // A header is never so long; the whole list may be 200 MB.
    file.take(64 * 1024).read_to_end(&mut head).ok()?;
    Some(accounts::headers(&list::decode(&head).text))
}

/// `[scan]`: how delimited badges are laid out.
pub(super) fn scan(doc: &mut Document, root: &Table) -> Option<Layout> {
    let table = doc.table(root, "scan")?;
    doc.known(&table, &["delimiter", "fields"]);
    let (delimiter, span) = doc.needed(&table, "delimiter", "\"|\"")?;
    let mut fields = Vec::new();
    for (word, span) in doc.texts(&table, "fields")? {
        let detail = Detail::of_word(&word);
        if detail.is_none() {
            let words = Detail::ALL.map(Detail::word);
            let message = format!("a badge has no field \"{word}\"");
            doc.fault("S05", span, message, mean(&word, &words))
                .help
                .push("until it is mended badges are read by their looks".to_string());
            return None;
        }
        fields.extend(detail);
    }
    if fields.len() < 2 {
        let message = "[scan] names fewer than two fields";
        let label = "for example fields = [\"id\", \"first\", \"last\", \"company\"]";
        doc.fault("S05", span, message, label);
        return None;
    }
    Some(Layout { delimiter, fields })
}
