//! Any payload of a badge -> a person; a burst of keys -> one scan. Pure.
//!
//! A badge carries a contact (vCard, MECARD and relatives, JSON), a few plain lines, or only a number that the organiser's list
//! resolves. [`parse`] takes any bytes and never fails: at worst the payload is kept as a number with a remark.

mod charset;
mod fields;
mod json;
mod labels;
mod layout;
mod mecard;
mod plain;
pub mod serial;
mod vcard;
pub mod wedge;

pub use layout::{guess, is_told, parse_by};

use crate::domain::{Source, Visitor};

/// What a payload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// vCard 2.1, 3.0 or 4.0.
    VCard,
    /// `MECARD`, `MECARD+`, `BIZCARD` or a Japanese phone's `MEMORY:`.
    Mecard,
    /// A web address.
    Url,
    /// An e-mail address or phone number alone.
    Address,
    /// Contact data on plain lines or between delimiters.
    Fields,
    /// A number that a list must resolve.
    Id,
    /// Something that is no lead: a `WiFi` key, a calendar entry.
    Other,
}

/// What a payload says.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The person, as far as it names one; its `raw` is the payload as text.
    pub visitor: Visitor,
    /// The given name, where the payload tells names apart.
    pub first: String,
    /// The family name, where the payload tells names apart.
    pub last: String,
    /// Whether the payload says itself which part of the name is which; then an empty part is empty.
    pub apart: bool,
    /// What it is.
    pub kind: Kind,
    /// Whether a list must resolve it.
    pub is_id: bool,
    /// What could not be read, a sentence each.
    pub remarks: Vec<String>,
}

impl Reading {
    fn of(kind: Kind) -> Self {
        Self {
            visitor: Visitor {
                source: Source::Scan,
                ..Visitor::default()
            },
            first: String::new(),
            last: String::new(),
            apart: false,
            kind,
            is_id: false,
            remarks: Vec::new(),
        }
    }

    /// Where the parts of a name are known and the whole is not, and the other way round.
    fn complete_names(&mut self) {
        let whole = &mut self.visitor.name;
        if whole.is_empty() {
            // Chinese, Japanese and Korean names have the family name first.
            let parts = if self.last.chars().any(is_eastern) {
                [self.last.as_str(), self.first.as_str()]
            } else {
                [self.first.as_str(), self.last.as_str()]
            };
            *whole = parts
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" ");
        } else if !self.apart
            && self.first.is_empty()
            && self.last.is_empty()
            && *whole != self.visitor.company
        {
            // A card that is named after its company is nobody's in person.
            let mut words = whole.split_whitespace();
            self.first = words.next().unwrap_or_default().to_owned();
            self.last = words.next_back().unwrap_or_default().to_owned();
        }
    }

    /// Control characters that scanners send between or inside fields go; a line break within a field is a blank.
    fn clean(&mut self) {
        let who = &mut self.visitor;
        let fields = [
            &mut who.name,
            &mut who.company,
            &mut who.title,
            &mut who.email,
            &mut who.phone,
            &mut who.badge_id,
            &mut who.country,
            &mut who.state,
            &mut self.first,
            &mut self.last,
        ];
        for field in fields {
            if field.contains(char::is_control) {
                let text: String = field
                    .chars()
                    .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
                    .filter(|letter| !letter.is_control())
                    .collect();
                text.trim().clone_into(field);
            }
        }
    }
}

/// Chinese, Japanese and Korean letters.
fn is_eastern(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{11FF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}')
}

/// Codes that scanners meet at a booth and that nobody is behind, with the word for them.
const NO_LEADS: [(&str, &str); 7] = [
    ("WIFI:", "a WiFi key"),
    ("BEGIN:VEVENT", "a calendar entry"),
    ("BEGIN:VCALENDAR", "a calendar entry"),
    ("GEO:", "a place"),
    ("SMSTO:", "a text message"),
    ("MEBKM:", "a bookmark"),
    ("OTPAUTH:", "a login code"),
];

/// A vCard whose first letter was lost on the way: a slow machine took it for a key.
fn mended(payload: &[u8]) -> Option<Vec<u8>> {
    let rest = b"BEGIN:VCARD".get(1..)?;
    let head = payload.get(..rest.len())?;
    let ends = matches!(payload.get(rest.len()), Some(b'\r' | b'\n'));
    (ends && head.eq_ignore_ascii_case(rest)).then(|| [b"B".as_slice(), payload].concat())
}

/// Reads a payload, whatever it is.
pub fn parse(payload: &[u8]) -> Reading {
    let mended = mended(payload);
    let payload = mended.as_deref().unwrap_or(payload);
    let whole = charset::to_text(payload);
    let text = whole.trim_matches(|letter: char| letter.is_whitespace() || letter.is_control());
    let upper = text
        .get(..text.len().min(40))
        .unwrap_or(text)
        .to_uppercase();
    let mut reading = if let Some(at) = find_vcard(payload) {
        vcard::read(&payload[at..])
    } else if mecard::is_one(&upper) {
        mecard::read(text)
    } else if let Some((_, what)) = NO_LEADS.iter().find(|(start, _)| upper.starts_with(start)) {
        let mut reading = Reading::of(Kind::Other);
        reading.remarks.push(format!(
            "that code is {what}, no badge; scan the badge itself"
        ));
        reading
    } else if let Some(reading) = upper
        .starts_with(['[', '{'])
        .then(|| json::read(text))
        .flatten()
    {
        reading
    } else {
        plain::read(text)
    };
    reading.clean();
    reading.complete_names();
    text.clone_into(&mut reading.visitor.raw);
    reading
}

/// Where a vCard begins: scanners may send a prefix before it, exporters a remark, and UTF-16 cards have bytes between the
/// letters.
fn find_vcard(payload: &[u8]) -> Option<usize> {
    const BEGIN: &[u8] = b"BEGIN:VCARD";
    if charset::is_utf_16(payload) {
        let text = charset::to_text(payload).to_uppercase();
        return text.trim_start().starts_with("BEGIN:VCARD").then_some(0);
    }
    let begins = |part: &[u8]| part.eq_ignore_ascii_case(BEGIN);
    // Not further in than a prefix may be long, or on a line of its own: a note that quotes a card is no card.
    let reach = payload.len().min(BEGIN.len() + 16);
    payload[..reach]
        .windows(BEGIN.len())
        .position(begins)
        .or_else(|| {
            payload
                .windows(BEGIN.len() + 1)
                .position(|part| matches!(part[0], b'\n' | b'\r') && begins(&part[1..]))
                .map(|at| at + 1)
        })
}
