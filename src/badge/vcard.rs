//! vCard 2.1, 3.0 and 4.0 as badges carry them: folded, quoted, in any charset, cut off, or nested.

use super::charset;
use super::{Kind, Reading};

/// One property: its name without a group, its parameters, its value in bytes as written.
struct Property {
    name: String,
    parameters: Vec<(String, String)>,
    value: Vec<u8>,
}

impl Property {
    /// Cuts `group.NAME;PARAM=x;BARE:value`; none where there is no colon.
    fn of(line: &[u8]) -> Option<Self> {
        let colon = outside_quotes(line, b':')?;
        let head = String::from_utf8_lossy(&line[..colon]).into_owned();
        let mut parts = split_quoted(&head, ';').into_iter();
        let name = parts.next()?;
        let name = name.rsplit('.').next()?.trim().to_uppercase();
        let parameters = parts
            .map(|part| match part.split_once('=') {
                Some((key, value)) => (
                    key.trim().to_uppercase(),
                    value.trim().trim_matches('"').to_owned(),
                ),
                // The bare style of 2.1: a type or an encoding without its key.
                None => (String::new(), part.trim().to_owned()),
            })
            .collect();
        Some(Self {
            name,
            parameters,
            value: line[colon + 1..].to_vec(),
        })
    }

    /// Whether a parameter is there, bare, as a type, or as an encoding.
    fn has(&self, wanted: &str) -> bool {
        self.parameters.iter().any(|(_, value)| {
            value
                .split(',')
                .any(|one| one.trim().trim_matches('"').eq_ignore_ascii_case(wanted))
        })
    }

    fn charset(&self) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(key, _)| key == "CHARSET")
            .map(|(_, value)| value.as_str())
    }

    fn is_quoted_printable(&self) -> bool {
        self.has("QUOTED-PRINTABLE")
    }

    fn is_base64(&self) -> bool {
        self.has("BASE64") || self.has("B")
    }

    /// The value as text, still escaped.
    fn text(&self) -> String {
        let bytes = if self.is_quoted_printable() {
            unquote(&self.value)
        } else {
            self.value.clone()
        };
        charset::decode(&bytes, self.charset()).into_owned()
    }
}

/// Reads a card from its `BEGIN:VCARD` on.
pub fn read(payload: &[u8]) -> Reading {
    let payload = charset::to_bytes(payload);
    let mut reading = Reading::of(Kind::VCard);
    let mut depth = 0_i32;
    let mut seen = Seen::default();
    for line in unfold(&payload) {
        let Some(property) = Property::of(&line) else {
            continue;
        };
        let value = String::from_utf8_lossy(&property.value)
            .trim()
            .to_uppercase();
        match (property.name.as_str(), value.as_str()) {
            ("BEGIN", "VCARD") => depth += 1,
            ("END", "VCARD") => {
                depth -= 1;
                if depth <= 0 {
                    seen.ended = true;
                    break;
                }
            }
            // A card within the card is an assistant's, and never speaks for the visitor.
            _ if depth > 1 => {}
            _ => seen.take(&property, &mut reading),
        }
    }
    if !seen.ended {
        reading
            .remarks
            .push("the card on this badge is cut off; what was readable is taken".to_owned());
    }
    if seen.is_company {
        company_card(&mut reading);
    }
    reading
}

/// Which properties were met already: the first one counts.
#[derive(Default)]
struct Seen {
    name: bool,
    full: bool,
    org: bool,
    title: bool,
    email: bool,
    phone: bool,
    ended: bool,
    is_company: bool,
}

impl Seen {
    fn take(&mut self, property: &Property, reading: &mut Reading) {
        let first = |met: &mut bool| !std::mem::replace(met, true);
        let visitor = &mut reading.visitor;
        match property.name.as_str() {
            "N" if first(&mut self.name) => {
                let parts = components(&property.text());
                let part = |at: usize| parts.get(at).cloned().unwrap_or_default();
                reading.last = part(0);
                reading.first = part(1);
            }
            "FN" if first(&mut self.full) => visitor.name = unescape(&property.text()),
            "ORG" if first(&mut self.org) => {
                visitor.company = components(&property.text())
                    .into_iter()
                    .next()
                    .unwrap_or_default();
            }
            "TITLE" if first(&mut self.title) => visitor.title = unescape(&property.text()),
            "EMAIL" if first(&mut self.email) => {
                let address = unescape(&property.text());
                strip_scheme(&address, "mailto:").clone_into(&mut visitor.email);
            }
            "TEL" if !property.has("FAX") && !property.has("PAGER") => {
                let number = unescape(&property.text());
                let number = strip_scheme(&number, "tel:");
                let number = number.split(";ext=").next().unwrap_or_default().trim();
                if !number.is_empty() && first(&mut self.phone) {
                    number.clone_into(&mut visitor.phone);
                }
            }
            "ADR" => {
                if let Some(country) = components(&property.text()).get(6)
                    && visitor.country.is_empty()
                    && country.len() == 2
                {
                    visitor.country = country.to_uppercase();
                }
            }
            "KIND" => self.is_company |= property.text().trim().eq_ignore_ascii_case("org"),
            "X-ABSHOWAS" => {
                self.is_company |= property.text().trim().eq_ignore_ascii_case("company");
            }
            _ => {}
        }
    }
}

/// A company's own card names no person.
fn company_card(reading: &mut Reading) {
    reading.first.clear();
    reading.last.clear();
    if reading.visitor.company.is_empty() {
        reading.visitor.company.clone_from(&reading.visitor.name);
    }
}

fn strip_scheme<'a>(value: &'a str, scheme: &str) -> &'a str {
    let value = value.trim();
    match value.get(..scheme.len()) {
        Some(start) if start.eq_ignore_ascii_case(scheme) => &value[scheme.len()..],
        _ => value,
    }
}

/// Lines with their folds taken back, on bytes: some writers fold in the middle of a letter.
fn unfold(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut lines: Vec<Vec<u8>> = Vec::new();
    let mut soft = false;
    for line in split_lines(bytes) {
        if soft && let Some(open) = lines.last_mut() {
            // A quoted-printable soft break: the `=` goes, the next line follows as it is, or without the blanks of a fold.
            open.pop();
            open.extend_from_slice(trim_start(line));
        } else if matches!(line.first(), Some(b' ' | b'\t')) && !lines.is_empty() {
            if let Some(open) = lines.last_mut() {
                open.extend_from_slice(&line[1..]);
            }
        } else {
            lines.push(line.to_vec());
        }
        soft = lines.last().is_some_and(|line| is_soft(line));
    }
    lines
}

fn trim_start(line: &[u8]) -> &[u8] {
    let blanks = line
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count();
    &line[blanks..]
}

/// Whether a line of a quoted-printable property ends in a soft break.
fn is_soft(line: &[u8]) -> bool {
    line.ends_with(b"=")
        && Property::of(line).is_some_and(|property| property.is_quoted_printable())
        && Property::of(line).is_some_and(|property| !property.is_base64())
}

/// Lines ended by CR LF, LF or CR: a scanner types any of them.
fn split_lines(bytes: &[u8]) -> Vec<&[u8]> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < bytes.len() {
        if matches!(bytes[at], b'\r' | b'\n') {
            lines.push(&bytes[start..at]);
            let pair = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            at += usize::from(pair);
            start = at + 1;
        }
        at += 1;
    }
    if start < bytes.len() {
        lines.push(&bytes[start..]);
    }
    lines
}

/// The first `wanted` outside double quotes.
fn outside_quotes(line: &[u8], wanted: u8) -> Option<usize> {
    let mut quoted = false;
    let found = line.iter().position(|&byte| {
        quoted ^= byte == b'"';
        byte == wanted && !quoted
    });
    // An odd quote hides everything: then it is no quote.
    found.or_else(|| line.iter().position(|&byte| byte == wanted))
}

fn split_quoted(text: &str, at: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for letter in text.chars() {
        quoted ^= letter == '"';
        if letter == at && !quoted {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts
}

/// `=C3=A4` -> the bytes; a `=` that stands before no two hex digits stays.
fn unquote(value: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut at = 0;
    while at < value.len() {
        let hex = value
            .get(at + 1..at + 3)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        match hex.map(|hex| u8::from_str_radix(hex, 16)) {
            Some(Ok(byte)) if value[at] == b'=' => {
                bytes.push(byte);
                at += 3;
            }
            _ => {
                bytes.push(value[at]);
                at += 1;
            }
        }
    }
    bytes
}

/// The parts of a structured value, unescaped and trimmed.
fn components(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ';' => parts.push(String::new()),
            '\\' => {
                if let (Some(next), Some(part)) = (letters.next(), parts.last_mut()) {
                    part.push('\\');
                    part.push(next);
                }
            }
            letter => {
                if let Some(part) = parts.last_mut() {
                    part.push(letter);
                }
            }
        }
    }
    parts.iter().map(|part| unescape(part)).collect()
}

/// `\n`, `\,`, `\;`, `\:` and `\\` as what they mean; outer blanks go.
fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            text.push(letter);
            continue;
        }
        match letters.next() {
            Some('n' | 'N') => text.push('\n'),
            Some(next @ (',' | ';' | ':' | '\\')) => text.push(next),
            Some(next) => {
                text.push('\\');
                text.push(next);
            }
            None => text.push('\\'),
        }
    }
    text.trim().to_owned()
}
