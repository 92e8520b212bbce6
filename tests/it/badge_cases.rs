//! Badges written for these tests in the manner of many generators: every field as a visitor would expect it, and no payload,
//! cut anywhere, breaks the reader.
//!
//! A case is `== name`, perhaps a line `@lf`, `@cr`, `@crcrlf` or `@utf16le` (how it is written down; CR LF in UTF-8 else),
//! the payload with bytes in hex between `«` and `»`, a line `--`, and the fields; a field that isn't there must be empty, `?`
//! is not judged.

use std::collections::BTreeMap;

use boothside::badge::{Kind, parse};

const FILES: [(&str, &str); 2] = [
    ("vcards.txt", include_str!("../data/cards/vcards.txt")),
    ("others.txt", include_str!("../data/cards/others.txt")),
];

struct Case {
    name: &'static str,
    payload: Vec<u8>,
    fields: BTreeMap<&'static str, &'static str>,
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (file, text) in FILES {
        for part in text.trim_start_matches("== ").split("\n== ") {
            let (name, rest) = part
                .split_once('\n')
                .unwrap_or_else(|| panic!("{file}: {part}"));
            let (payload, fields) = rest
                .split_once("\n--")
                .unwrap_or_else(|| panic!("{file}: {name} has no --"));
            let fields = fields
                .lines()
                .filter_map(|line| line.split_once(' '))
                .collect();
            cases.push(Case {
                name,
                payload: written(payload),
                fields,
            });
        }
    }
    cases
}

/// The payload's bytes.
fn written(payload: &str) -> Vec<u8> {
    let (manner, text) = payload
        .strip_prefix('@')
        .and_then(|rest| rest.split_once('\n'))
        .unwrap_or(("", payload));
    let end = match manner {
        "lf" => "\n",
        "cr" => "\r",
        "crcrlf" => "\r\r\n",
        _ => "\r\n",
    };
    let text = text.replace('\n', end);
    let units = || text.encode_utf16();
    match manner {
        "utf16le" => [0xFF, 0xFE]
            .into_iter()
            .chain(units().flat_map(u16::to_le_bytes))
            .collect(),
        "utf16be" => [0xFE, 0xFF]
            .into_iter()
            .chain(units().flat_map(u16::to_be_bytes))
            .collect(),
        "utf16le-nomark" => units().flat_map(u16::to_le_bytes).collect(),
        _ => with_hex(&text),
    }
}

fn with_hex(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (place, part) in text.split(['«', '»']).enumerate() {
        if place % 2 == 0 {
            bytes.extend(part.bytes());
            continue;
        }
        let digits: Vec<u8> = part.bytes().filter(u8::is_ascii_hexdigit).collect();
        for pair in digits.chunks(2) {
            let pair = std::str::from_utf8(pair).unwrap();
            bytes.push(u8::from_str_radix(pair, 16).unwrap());
        }
    }
    bytes
}

fn digits(phone: &str) -> String {
    let plus = phone.trim_start().starts_with('+');
    let digits = phone.chars().filter(char::is_ascii_digit);
    plus.then_some('+').into_iter().chain(digits).collect()
}

#[test]
fn every_field_is_as_a_visitor_expects_it() {
    let (mut judged, mut faults) = (0, Vec::new());
    let cases = cases();
    for case in &cases {
        let reading = parse(&case.payload);
        let who = &reading.visitor;
        for (field, found) in [
            ("full_name", &who.name),
            ("first", &reading.first),
            ("last", &reading.last),
            ("org", &who.company),
            ("title", &who.title),
            ("email", &who.email),
            ("phone", &digits(&who.phone)),
        ] {
            let wanted = case.fields.get(field).copied().unwrap_or_default();
            let wanted = if field == "phone" {
                &digits(wanted)
            } else {
                wanted
            };
            if case.fields.get(field) == Some(&"?") {
                continue;
            }
            judged += 1;
            if found != wanted {
                faults.push(format!("{}: {field} `{found}` for `{wanted}`", case.name));
            }
        }
    }
    assert!(
        cases.len() >= 100 && judged > 700,
        "{} cases, {judged} fields",
        cases.len()
    );
    assert!(faults.is_empty(), "of {judged}:\n{}", faults.join("\n"));
}

#[test]
fn a_card_cut_anywhere_is_read_as_far_as_it_goes() {
    for case in cases() {
        for end in 0..case.payload.len() {
            let reading = parse(&case.payload[..end]);
            assert!(
                !reading.visitor.name.contains('\0'),
                "{} cut at {end}",
                case.name
            );
        }
        // And from the middle on, as where a scanner began late.
        for start in 1..case.payload.len().min(200) {
            parse(&case.payload[start..]);
        }
    }
}

#[test]
fn a_large_card_a_zero_byte_and_noise_are_read() {
    let note = "x".repeat(10_000);
    let large = format!(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nNOTE:{note}\r\nFN:Ana Large\r\nN:Large;Ana\r\nEND:VCARD\r\n"
    );
    assert_eq!(parse(large.as_bytes()).visitor.name, "Ana Large");
    let folded: Vec<&str> = (0..note.len() / 70)
        .map(|at| &note[at * 70..at * 70 + 70])
        .collect();
    let folded = format!("PHOTO;ENCODING=b:{}", folded.join("\r\n "));
    let photo = format!("BEGIN:VCARD\r\nVERSION:3.0\r\n{folded}\r\nFN:Ana Photo\r\nEND:VCARD");
    assert_eq!(parse(photo.as_bytes()).visitor.name, "Ana Photo");
    assert_eq!(parse(b"\0").visitor.name, "");
    assert_eq!(parse(b"A1\x007").visitor.badge_id, "A17");
    let noise = vec![b';'; 10_000];
    parse(&noise);
    assert_eq!(parse(&[b'^'; 3]).kind, Kind::Fields);
}
