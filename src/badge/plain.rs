//! Payloads without a grammar: addresses, plain lines, delimited strings, numbers.

use super::fields::{classified, is_email, is_url};
use super::labels;
use super::{Kind, Reading};

/// Delimiters that registration systems use, the rarer in prose first: the separators of ASCII (GS, RS, US), then marks.
const DELIMITERS: [&str; 11] = [
    "\u{1d}", "\u{1e}", "\u{1f}", "^", "|", "::", "~", "$", "\t", ";", ",",
];

/// Delimiters that nobody writes in words, so one is enough.
const RARE: [&str; 6] = ["\u{1d}", "\u{1e}", "\u{1f}", "^", "|", "\t"];

/// Reads what no card format claims.
pub fn read(text: &str) -> Reading {
    let lower = text.to_lowercase();
    if let Some(reading) = address(text, &lower) {
        return reading;
    }
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    if lines.len() > 1 {
        return classified(&lines, false);
    }
    if is_url(&lower) {
        return url(text, &lower);
    }
    match delimiter(text) {
        Some(delimiter) => {
            let parts: Vec<&str> = text
                .split(delimiter)
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .collect();
            // Devoxx badges: `ID::lastname::firstname::company::email`, and the id may be missing.
            classified(&parts, delimiter == "::")
        }
        None => id(text),
    }
}

/// What stands between the fields of a line; none where it has no fields.
pub fn delimiter(text: &str) -> Option<&'static str> {
    DELIMITERS.into_iter().find(|delimiter| {
        let least = if RARE.contains(delimiter) { 1 } else { 2 };
        text.matches(*delimiter).count() >= least
    })
}

/// An e-mail address or a phone number alone, in whatever scheme.
fn address(text: &str, lower: &str) -> Option<Reading> {
    if lower.starts_with("mailto:") {
        let address = text[7..].split('?').next().unwrap_or_default();
        let address = percent_decoded(address, false);
        return Some(address_only(|reading| {
            address.trim().clone_into(&mut reading.visitor.email);
        }));
    }
    let number = ["tel:", "callto:", "sms:", "facetime:"]
        .iter()
        .find(|scheme| lower.starts_with(**scheme))
        .map(|scheme| &text[scheme.len()..]);
    if let Some(number) = number {
        let number = number.split([';', '?']).next().unwrap_or_default();
        return Some(address_only(|reading| {
            number.trim().clone_into(&mut reading.visitor.phone);
        }));
    }
    if lower.starts_with("matmsg:") {
        let to = text[7..]
            .split(';')
            .find_map(|part| part.trim().strip_prefix("TO:"));
        return Some(address_only(|reading| {
            to.unwrap_or_default()
                .trim()
                .clone_into(&mut reading.visitor.email);
        }));
    }
    if is_email(text) {
        return Some(address_only(|reading| {
            text.clone_into(&mut reading.visitor.email);
        }));
    }
    let (name, rest) = text.split_once('<')?;
    let inner = rest.trim_end().strip_suffix('>')?.trim();
    (is_email(inner) && !name.contains('\n')).then(|| {
        address_only(|reading| {
            name.trim()
                .trim_matches('"')
                .clone_into(&mut reading.visitor.name);
            inner.clone_into(&mut reading.visitor.email);
        })
    })
}

fn address_only(fill: impl FnOnce(&mut Reading)) -> Reading {
    let mut reading = Reading::of(Kind::Address);
    fill(&mut reading);
    reading
}

/// A number, or whatever else nobody could read: a list may know it.
fn id(text: &str) -> Reading {
    let mut reading = Reading::of(Kind::Id);
    let bare = strip_symbology(text);
    bare.clone_into(&mut reading.visitor.badge_id);
    reading.is_id = true;
    if matches!(bare.len(), 8 | 12 | 13)
        && bare.bytes().all(|byte| byte.is_ascii_digit())
        && is_ean(bare)
    {
        reading
            .remarks
            .push("that may be a product's bar code; check that it was the badge".to_owned());
    }
    reading
}

/// Scanners may be set to send an AIM symbology id (`]Q1`) before the payload.
fn strip_symbology(text: &str) -> &str {
    let mut letters = text.chars();
    let prefixed = letters.next() == Some(']')
        && letters
            .next()
            .is_some_and(|letter| letter.is_ascii_alphabetic())
        && letters.next().is_some_and(|digit| digit.is_ascii_digit());
    if prefixed { &text[3..] } else { text }
}

/// Whether the check digit of an EAN or UPC is right: chance makes one in ten numbers so.
fn is_ean(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, byte)| u32::from(byte - b'0') * if at % 2 == 1 { 3 } else { 1 })
        .sum();
    sum.is_multiple_of(10)
}

/// What the query's keys say of a person; else the longest piece of the path or query that looks like an id. The address
/// itself is kept as the raw payload.
fn url(text: &str, lower: &str) -> Reading {
    let mut reading = Reading::of(Kind::Url);
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    if let Some(number) = chat_number(lower) {
        reading.kind = Kind::Address;
        reading.visitor.phone = number;
        return reading;
    }
    let query = text.split_once('?').map_or("", |(_, query)| query);
    for pair in query.split(['&', '#']) {
        let (key, value) = pair.split_once('=').unwrap_or_default();
        // A query's "fn" is a first name; a card's is the whole.
        let label = if key.eq_ignore_ascii_case("fn") {
            Some(labels::Label::First)
        } else {
            labels::label(key)
        };
        if let Some(label) = label.filter(|_| key.len() > 1) {
            labels::put(&mut reading, label, &percent_decoded(value, true));
        }
    }
    let who = &reading.visitor;
    reading.is_id = [&who.name, &who.email, &reading.first, &reading.last]
        .iter()
        .all(|part| part.is_empty());
    if who.badge_id.is_empty() {
        let piece = path
            .split(['/', '?', '&', '=', '#'])
            .filter(|piece| piece.bytes().any(|byte| byte.is_ascii_digit()))
            .max_by_key(|piece| piece.len());
        if let Some(piece) = piece.or_else(|| reading.is_id.then_some(text)) {
            piece.clone_into(&mut reading.visitor.badge_id);
        }
    }
    reading
}

/// The phone number of a link that opens a chat with somebody.
fn chat_number(lower: &str) -> Option<String> {
    let rest = lower.split_once("://").map_or(lower, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let digits = if let Some(path) = rest.strip_prefix("wa.me/") {
        path.split(['?', '/', '#']).next()?.to_owned()
    } else if rest.starts_with("api.whatsapp.com/send") {
        let at = rest.find("phone=")? + 6;
        percent_decoded(rest[at..].split(['&', '#']).next()?, true)
    } else {
        return None;
    };
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 7).then(|| format!("+{digits}"))
}

/// `%20` and, in a query, `+` as what they mean.
fn percent_decoded(text: &str, plus: bool) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = text
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (hex, bytes[at]) {
            (Some(byte), _) => {
                out.push(byte);
                at += 2;
            }
            (None, b'+') if plus => out.push(b' '),
            (None, byte) => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}
