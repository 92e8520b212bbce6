//! Any payload of a badge -> a person; a burst of keys -> one scan. Pure.
//!
//! A badge carries a contact (vCard, MECARD and relatives), a few plain lines, or only a number that the organiser's list
//! resolves. [`parse`] takes any bytes and never fails: at worst the payload is kept as a number with a remark.

mod charset;
mod mecard;
mod plain;
mod vcard;
pub mod wedge;

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
            kind,
            is_id: false,
            remarks: Vec::new(),
        }
    }

    /// Where the parts of a name are known and the whole is not, and the other way round.
    fn complete_names(&mut self) {
        let whole = &mut self.visitor.name;
        if whole.is_empty() {
            *whole = [self.first.as_str(), self.last.as_str()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" ");
        } else if self.first.is_empty() && self.last.is_empty() && *whole != self.visitor.company {
            // A card that is named after its company is nobody's in person.
            let mut words = whole.split_whitespace();
            self.first = words.next().unwrap_or_default().to_owned();
            self.last = words.next_back().unwrap_or_default().to_owned();
        }
    }
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

/// Reads a payload, whatever it is.
pub fn parse(payload: &[u8]) -> Reading {
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
    } else {
        plain::read(text)
    };
    reading.complete_names();
    text.clone_into(&mut reading.visitor.raw);
    reading
}

/// Where a vCard begins: scanners may send a prefix before it, and UTF-16 cards have bytes between the letters.
fn find_vcard(payload: &[u8]) -> Option<usize> {
    const BEGIN: &[u8] = b"BEGIN:VCARD";
    if payload.starts_with(&[0xFF, 0xFE]) || payload.starts_with(&[0xFE, 0xFF]) {
        let text = charset::to_text(payload).to_uppercase();
        return text.trim_start().starts_with("BEGIN:VCARD").then_some(0);
    }
    // Not further in than a prefix may be long: a note that quotes a card is no card.
    let reach = payload.len().min(BEGIN.len() + 16);
    payload[..reach]
        .windows(BEGIN.len())
        .position(|part| part.eq_ignore_ascii_case(BEGIN))
}
