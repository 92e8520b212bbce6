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

    /// Whether a type says it, also within a word of its own: `WORKFAX`.
    fn is_typed(&self, wanted: &str) -> bool {
        self.parameters
            .iter()
            .filter(|(key, _)| key.is_empty() || key == "TYPE")
            .any(|(_, value)| value.to_uppercase().contains(wanted))
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

    /// The value as text, still escaped. `usual` is the charset that other properties of the card name.
    fn text(&self, usual: Option<&str>) -> String {
        let bytes = if self.is_quoted_printable() {
            unquote(&self.value)
        } else if self.is_base64() {
            from_base64(&self.value).unwrap_or_else(|| self.value.clone())
        } else {
            self.value.clone()
        };
        let charset = self.charset().or_else(|| {
            // Who names no charset writes UTF-8, unless the bytes say otherwise.
            usual.filter(|_| std::str::from_utf8(&bytes).is_err())
        });
        charset::decode(&bytes, charset).into_owned()
    }
}

/// Reads a card from its `BEGIN:VCARD` on.
pub fn read(payload: &[u8]) -> Reading {
    let payload = charset::to_bytes(payload);
    let mut reading = Reading::of(Kind::VCard);
    let mut depth = 0_i32;
    let properties: Vec<Property> = unfold(&payload)
        .iter()
        .filter_map(|line| Property::of(line))
        .collect();
    let mut seen = Seen {
        usual: properties
            .iter()
            .find_map(|property| property.charset().map(str::to_owned)),
        ..Seen::default()
    };
    for property in properties {
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
            ("AGENT", _) if value.starts_with("BEGIN:VCARD") && !value.contains("END:VCARD") => {
                depth += 1;
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
    /// The address that was taken is where they live; one where they work is better.
    home: bool,
    /// The charset that some property names.
    usual: Option<String>,
}

impl Seen {
    fn take(&mut self, property: &Property, reading: &mut Reading) {
        let first = |met: &mut bool| !std::mem::replace(met, true);
        let text = || property.text(self.usual.as_deref());
        let visitor = &mut reading.visitor;
        match property.name.as_str() {
            "N" if !text().trim().is_empty() && first(&mut self.name) => {
                let parts = components(&property.text(self.usual.as_deref()));
                let part = |at: usize| parts.get(at).cloned().unwrap_or_default();
                reading.last = part(0);
                reading.first = part(1);
                reading.apart = true;
            }
            "FN" => fill(&mut visitor.name, &mut self.full, unescape(&text())),
            "ORG" if !text().trim().is_empty() && first(&mut self.org) => {
                let parts = components(&property.text(self.usual.as_deref()));
                visitor.company = parts.into_iter().next().unwrap_or_default();
            }
            "TITLE" => fill(&mut visitor.title, &mut self.title, unescape(&text())),
            "EMAIL" => fill(
                &mut visitor.email,
                &mut self.email,
                address(&unescape(&text())),
            ),
            "TEL" if !property.is_typed("FAX") && !property.is_typed("PAGER") => {
                let number = unescape(&text());
                let bare = strip_scheme(&number, "tel:");
                // What follows the number of a URI is an extension or a context.
                let ends = bare.len() < number.trim().len() || bare.contains(";ext=");
                let bare = if ends {
                    bare.split(';').next().unwrap_or_default()
                } else {
                    bare
                };
                fill(&mut visitor.phone, &mut self.phone, bare.trim().to_owned());
            }
            "ADR" => {
                let parts = components(&text());
                let part = |at: usize| parts.get(at).cloned().unwrap_or_default();
                let home = property.is_typed("HOME");
                if visitor.country.is_empty() && visitor.state.is_empty() || self.home && !home {
                    visitor.state = part(4);
                    visitor.country = part(6);
                    self.home = home;
                }
            }
            "KIND" => self.is_company |= text().trim().eq_ignore_ascii_case("org"),
            "X-ABSHOWAS" => {
                self.is_company |= text().trim().eq_ignore_ascii_case("company");
            }
            _ => {}
        }
    }
}

/// The first value that says something counts.
fn fill(place: &mut String, met: &mut bool, value: String) {
    if !*met && !value.is_empty() {
        *place = value;
        *met = true;
    }
}

/// `mailto:ana@b.example` and `Ana <ana@b.example>` as the address alone.
fn address(value: &str) -> String {
    let bare = strip_scheme(value, "mailto:");
    let inner = bare
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map_or(bare, |(inner, _)| inner);
    inner.trim().to_owned()
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
    let indent = indent(bytes);
    for line in split_lines(bytes) {
        let line = without_indent(line, indent);
        if soft && let Some(open) = lines.last_mut() {
            // Some writers leave a line empty after a soft break; what follows it then goes on, unless it is a property.
            if line.is_empty() {
                continue;
            }
            if open.ends_with(b"=") && !is_property(line) {
                // The `=` goes, the next line follows as it is, or without the blanks of a fold.
                open.pop();
                open.extend_from_slice(trim_start(line));
                soft = is_soft(open);
                continue;
            }
            open.pop();
        }
        if matches!(line.first(), Some(b' ' | b'\t')) && !lines.is_empty() {
            if let Some(open) = lines.last_mut() {
                open.extend_from_slice(&line[1..]);
            }
        } else if !line.is_empty() {
            lines.push(line.to_vec());
        }
        soft = lines.last().is_some_and(|line| is_soft(line));
    }
    lines
}

/// How far a card that was copied out of indented text is moved in, in blanks.
fn indent(bytes: &[u8]) -> usize {
    split_lines(bytes)
        .into_iter()
        .skip(1)
        .filter(|line| !trim_start(line).is_empty())
        .map(|line| line.len() - trim_start(line).len())
        .min()
        .unwrap_or_default()
}

fn without_indent(line: &[u8], indent: usize) -> &[u8] {
    let blanks = line.len() - trim_start(line).len();
    &line[indent.min(blanks)..]
}

/// Whether a line begins like a property that cards have: after a broken soft break it is one, and no more of the value.
fn is_property(line: &[u8]) -> bool {
    const KNOWN: [&str; 24] = [
        "N",
        "FN",
        "ORG",
        "TITLE",
        "ROLE",
        "TEL",
        "EMAIL",
        "ADR",
        "LABEL",
        "URL",
        "NOTE",
        "PHOTO",
        "BDAY",
        "REV",
        "UID",
        "END",
        "BEGIN",
        "VERSION",
        "NICKNAME",
        "CATEGORIES",
        "LOGO",
        "SOUND",
        "TZ",
        "GEO",
    ];
    Property::of(line).is_some_and(|property| {
        KNOWN.contains(&property.name.as_str()) || property.name.starts_with("X-")
    })
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

/// Base64 as bytes; none where it is none.
fn from_base64(value: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(value.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in value
        .iter()
        .filter(|byte| !byte.is_ascii_whitespace() && **byte != b'=')
    {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xFF) as u8);
        }
    }
    Some(bytes)
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
