//! A lead as a QR code, so that an owner's phone takes it over without a cable or a network: a vCard with two lines and a mailto.

use qrcode::{Color, EcLevel, QrCode};

use super::fold::escape;
use super::words::promised;
use super::{Lead, salesforce};

/// A square of modules, row by row from the top, without the quiet zone around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Modules a side.
    pub side: usize,
    /// True where a module is dark; `side` x `side` of them.
    pub dark: Vec<bool>,
}

/// The largest side that fits a terminal of 60x30 in half-block cells with a quiet zone of three: version 8.
const LARGEST: usize = 49;

/// The lead's code; none where nobody is known. What does not fit is left away, the least telling first.
pub fn code(lead: &Lead) -> Option<Code> {
    if lead.full_name.is_empty() && lead.email.is_empty() {
        return None;
    }
    (0..=LEAST + 1).find_map(|step| encoded(&payload(lead, step)))
}

/// The best correction that fits: M mends 15 % of the picture, L 7 %.
fn encoded(text: &str) -> Option<Code> {
    [EcLevel::M, EcLevel::L].into_iter().find_map(|level| {
        let code = QrCode::with_error_correction_level(text, level).ok()?;
        let side = code.width();
        let dark = code.into_colors().into_iter().map(|it| it == Color::Dark);
        (side <= LARGEST).then(|| Code {
            side,
            dark: dark.collect(),
        })
    })
}

/// The last step but one: a name, cut, and an address; after it the name alone.
const LEAST: usize = 6;

/// The vCard: shorter with every step.
fn payload(lead: &Lead, step: usize) -> String {
    let note = match step {
        0..=1 => 60,
        2 => 40,
        3 => 24,
        _ => 0,
    };
    let room = if step < LEAST { 60 } else { 24 };
    let name = if lead.full_name.is_empty() {
        &lead.email
    } else {
        &lead.full_name
    };
    let last = if lead.last_name.is_empty() {
        name
    } else {
        &lead.last_name
    };
    let mut lines = vec![
        "BEGIN:VCARD".to_owned(),
        "VERSION:3.0".to_owned(),
        format!(
            "N:{};{}",
            escape(&cut(last, room)),
            escape(&cut(&lead.first_name, room))
        ),
        format!("FN:{}", escape(&cut(name, room))),
    ];
    let mut add = |wanted: bool, key: &str, value: &str| {
        if wanted && !value.is_empty() {
            lines.push(format!("{key}:{value}"));
        }
    };
    add(step < LEAST, "ORG", &escape(&cut(&lead.company, room)));
    add(step < 3, "TITLE", &escape(&cut(&lead.title, room)));
    add(step <= LEAST, "EMAIL", &lead.email);
    add(step < 5, "TEL", salesforce::phone(lead));
    let two = [why(lead), promised(lead)];
    let two: Vec<String> = two
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| escape(&cut(line, note)))
        .collect();
    add(note > 0, "NOTE", &two.join("\\n"));
    let to = if lead.email.is_empty() {
        String::new()
    } else {
        format!(
            "mailto:{}?subject={}",
            lead.email,
            percent(&lead.event_name)
        )
    };
    add(step < 2, "URL", &to);
    lines.push("END:VCARD".to_owned());
    // A line feed alone: every phone reads it, and each byte counts.
    lines.join("\n")
}

/// What they want, in a line: their need, else what speaks for the rating.
fn why(lead: &Lead) -> String {
    [&lead.bant_need, &lead.grade_why, &lead.current_solution]
        .into_iter()
        .find(|text| !text.is_empty())
        .cloned()
        .unwrap_or_default()
}

fn cut(text: &str, letters: usize) -> String {
    text.chars().take(letters).collect::<String>().trim().into()
}

/// RFC 3986: what is no letter or digit goes as `%XX`.
fn percent(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing into a String can't fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
