//! MECARD and its relatives: `KEY:value;` pairs of phones and QR makers.

use super::{Kind, Reading};

/// What such cards begin with, in capitals.
const STARTS: [&str; 5] = ["MECARD:", "MECARD+", "BIZCARD:", "MEMORY:", "NAME1:"];

/// Whether a payload (in capitals) is one.
pub fn is_one(upper: &str) -> bool {
    STARTS.iter().any(|start| upper.starts_with(start))
}

/// Reads one.
pub fn read(text: &str) -> Reading {
    let mut reading = Reading::of(Kind::Mecard);
    let upper = text.get(..8).unwrap_or(text).to_uppercase();
    if upper.starts_with("BIZCARD:") {
        bizcard(&fields(&text[8..]), &mut reading);
    } else if upper.starts_with("MECARD") {
        mecard(&fields(&text[7..]), &mut reading);
    } else {
        memory(&fields(text), &mut reading);
    }
    reading
}

/// Stands for an escaped comma until names are cut at the others; a private character no card holds.
const COMMA: char = '\u{E000}';

/// The pairs of a card: `;` or a line break ends a field, `\` takes the next letter as it is.
fn fields(text: &str) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    let mut field = String::new();
    let mut key: Option<String> = None;
    let mut letters = text.chars();
    let mut end = |key: &mut Option<String>, field: &mut String| {
        let value = std::mem::take(field);
        if let Some(key) = key.take() {
            fields.push((key.trim().to_uppercase(), value.trim().to_owned()));
        }
    };
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => field.extend(
                letters
                    .next()
                    .map(|next| if next == ',' { COMMA } else { next }),
            ),
            ';' | '\r' | '\n' => end(&mut key, &mut field),
            ':' if key.is_none() => key = Some(std::mem::take(&mut field)),
            letter => field.push(letter),
        }
    }
    end(&mut key, &mut field);
    fields
}

/// The first value that is not empty under any of the keys.
fn first(fields: &[(String, String)], keys: &[&str]) -> String {
    fields
        .iter()
        .find(|(key, value)| keys.contains(&key.as_str()) && !value.is_empty())
        .map_or(String::new(), |(_, value)| value.replace(COMMA, ","))
}

fn mecard(fields: &[(String, String)], reading: &mut Reading) {
    let name = fields
        .iter()
        .find(|(key, _)| key == "N")
        .map_or("", |(_, value)| value.as_str());
    match name.split_once(',') {
        Some((last, given)) => {
            let given = given.split(',').next().unwrap_or_default();
            reading.last = last.trim().replace(COMMA, ",");
            reading.first = given.trim().replace(COMMA, ",");
        }
        None => reading.visitor.name = name.replace(COMMA, ","),
    }
    // "Google 411," is a name alone, not a family name.
    if reading.first.is_empty() && !reading.last.is_empty() {
        reading.visitor.name.clone_from(&reading.last);
        reading.last.clear();
    }
    reading.visitor.company = first(fields, &["ORG"]);
    reading.visitor.title = first(fields, &["TITLE", "TIL"]);
    reading.visitor.email = first(fields, &["EMAIL"]);
    reading.visitor.phone = first(
        fields,
        &["TEL", "TEL-AV", "VIDEOPHONE", "M", "MOBILE", "CELL"],
    );
}

fn bizcard(fields: &[(String, String)], reading: &mut Reading) {
    reading.first = first(fields, &["N"]);
    reading.last = first(fields, &["X"]);
    reading.visitor.title = first(fields, &["T"]);
    reading.visitor.company = first(fields, &["C"]);
    reading.visitor.phone = first(fields, &["B", "M"]);
    reading.visitor.email = first(fields, &["E"]);
}

fn memory(fields: &[(String, String)], reading: &mut Reading) {
    reading.visitor.name = first(fields, &["NAME1"]);
    reading.visitor.phone = first(fields, &["TEL1", "TEL2", "TEL3"]);
    reading.visitor.email = first(fields, &["MAIL1", "MAIL2", "MAIL3"]);
}
