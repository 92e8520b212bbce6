//! Payloads without a grammar: addresses, plain lines, delimited strings, numbers.

use super::{Kind, Reading};

/// Delimiters that registration systems use, the rarer in prose first.
const DELIMITERS: [&str; 8] = ["^", "|", "::", "~", "$", "\t", ";", ","];

/// Reads what no card format claims.
pub fn read(text: &str) -> Reading {
    let lower = text.to_lowercase();
    if let Some(address) = lower.strip_prefix("mailto:") {
        let address = address.split('?').next().unwrap_or_default();
        return address_only(|reading| address.clone_into(&mut reading.visitor.email));
    }
    if lower.starts_with("tel:") {
        return address_only(|reading| text[4..].trim().clone_into(&mut reading.visitor.phone));
    }
    if lower.starts_with("matmsg:") {
        let to = text[7..]
            .split(';')
            .find_map(|part| part.trim().strip_prefix("TO:"));
        return address_only(|reading| {
            to.unwrap_or_default()
                .trim()
                .clone_into(&mut reading.visitor.email);
        });
    }
    if is_email(text) {
        return address_only(|reading| text.clone_into(&mut reading.visitor.email));
    }
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    if lines.len() > 1 {
        return classified(&lines);
    }
    if is_url(&lower) {
        return url(text);
    }
    match DELIMITERS
        .iter()
        .find(|delimiter| text.matches(**delimiter).count() >= 2)
    {
        Some(delimiter) => {
            let parts: Vec<&str> = text
                .split(delimiter)
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .collect();
            classified(&parts)
        }
        None => id(text),
    }
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

/// The longest piece of the path or query that looks like an id; the address itself is kept as the raw payload.
fn url(text: &str) -> Reading {
    let mut reading = Reading::of(Kind::Url);
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    let piece = path
        .split(['/', '?', '&', '=', '#'])
        .filter(|piece| piece.bytes().any(|byte| byte.is_ascii_digit()))
        .max_by_key(|piece| piece.len());
    piece
        .unwrap_or(text)
        .clone_into(&mut reading.visitor.badge_id);
    reading.is_id = true;
    reading
}

/// Pieces told by their looks: address, phone, web, number; of the rest the first is the name.
fn classified(parts: &[&str]) -> Reading {
    let mut reading = Reading::of(Kind::Fields);
    let mut words = Vec::new();
    for part in parts {
        let visitor = &mut reading.visitor;
        if is_email(part) && visitor.email.is_empty() {
            (*part).clone_into(&mut visitor.email);
        } else if is_url(&part.to_lowercase()) {
            // Kept with the raw payload.
        } else if is_phone(part) && visitor.phone.is_empty() {
            (*part).clone_into(&mut visitor.phone);
        } else if is_number(part) {
            // The longest number is the id, the others are dates and halls.
            if part.len() > visitor.badge_id.len() {
                (*part).clone_into(&mut visitor.badge_id);
            }
        } else {
            words.push(*part);
        }
    }
    name_and_company(&words, &mut reading);
    if reading.visitor.name.is_empty() && reading.visitor.email.is_empty() {
        reading.is_id = true;
    }
    reading
}

/// "Frank Bennett, Northwind" or "Frank, Bennett, Northwind": one word first means that names are apart.
fn name_and_company(words: &[&str], reading: &mut Reading) {
    let one_word = |text: &&str| !text.contains(' ');
    match words {
        [first, last, rest @ ..] if one_word(first) && one_word(last) => {
            (*first).clone_into(&mut reading.first);
            (*last).clone_into(&mut reading.last);
            set_rest(rest, reading);
        }
        [name, rest @ ..] => {
            (*name).clone_into(&mut reading.visitor.name);
            set_rest(rest, reading);
        }
        [] => {}
    }
}

fn set_rest(rest: &[&str], reading: &mut Reading) {
    if let Some(company) = rest.first() {
        (*company).clone_into(&mut reading.visitor.company);
    }
    if let Some(title) = rest.get(1) {
        (*title).clone_into(&mut reading.visitor.title);
    }
}

/// Something before one `@`, a dotted domain after it, no blanks.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let clean = |part: &str| {
        !part.contains(|letter: char| letter.is_whitespace() || ",;:|^<>()\"".contains(letter))
    };
    !local.is_empty()
        && clean(local)
        && clean(domain)
        && !domain.contains('@')
        && domain.contains('.')
        && !domain.ends_with('.')
}

fn is_url(lower: &str) -> bool {
    let start = ["http://", "https://", "www."]
        .iter()
        .any(|start| lower.starts_with(start));
    start && !lower.contains(char::is_whitespace)
}

/// Seven digits or more among the signs of phone numbers, and at least one such sign.
fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let signs = text.contains(['+', '-', ' ', '(', '/', '.']);
    (7..=17).contains(&digits)
        && signs
        && text
            .chars()
            .all(|letter| letter.is_ascii_digit() || "+-() /.".contains(letter))
}

/// Digits, or digits among capital letters: what systems give, and people are not called.
fn is_number(text: &str) -> bool {
    let digit = text.bytes().any(|byte| byte.is_ascii_digit());
    digit
        && !text.contains(' ')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
