//! Delimited badges with a known layout, and the layout that one of them looks like.

use crate::domain::{Detail, Layout, Visitor};

use super::fields::is_email;
use super::labels::{self, Label};
use super::{Kind, Reading, charset, parse, plain};

/// Reads a payload by the first of these layouts that fits it; where none does, as [`parse`] would.
pub fn parse_by<'l>(payload: &[u8], layouts: impl Iterator<Item = &'l Layout>) -> Reading {
    let guessed = parse(payload);
    // What says itself what it is needs no layout.
    if !matches!(guessed.kind, Kind::Fields | Kind::Id | Kind::Address) {
        return guessed;
    }
    let text = charset::to_text(payload);
    let mut layouts = layouts;
    layouts
        .find_map(|layout| read(&text, layout, &guessed))
        .unwrap_or(guessed)
}

/// Whether one of these layouts tells what stands on a badge.
pub fn is_told<'l>(payload: &str, layouts: impl Iterator<Item = &'l Layout>) -> bool {
    let guessed = Reading::of(Kind::Fields);
    let mut layouts = layouts;
    layouts.any(|layout| read(payload, layout, &guessed).is_some())
}

fn read(text: &str, layout: &Layout, guessed: &Reading) -> Option<Reading> {
    let parts = parts(text, &layout.delimiter)?;
    if parts.len() != layout.fields.len() {
        return None;
    }
    let mut reading = Reading::of(Kind::Fields);
    for (detail, part) in layout.fields.iter().zip(parts) {
        // Another kind of badge may happen to have as many fields.
        if *detail == Detail::Email && !part.is_empty() && !is_email(part) {
            return None;
        }
        labels::put(&mut reading, label(*detail), part);
    }
    reading.apart = !reading.first.is_empty() || !reading.last.is_empty();
    let nobody = [&reading.visitor.name, &reading.first, &reading.last];
    reading.is_id = nobody.iter().all(|name| name.is_empty()) && reading.visitor.email.is_empty();
    reading.clean();
    reading.complete_names();
    reading.visitor.raw.clone_from(&guessed.visitor.raw);
    reading.remarks.clone_from(&guessed.remarks);
    Some(reading)
}

/// The fields of a badge on one line; none where the delimiter isn't there.
fn parts<'t>(text: &'t str, delimiter: &str) -> Option<Vec<&'t str>> {
    // Separators of ASCII are control characters: only what surrounds the whole is taken off.
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\0');
    let one_line = !text.is_empty() && text.lines().count() == 1;
    let apart = one_line && !delimiter.is_empty() && text.contains(delimiter);
    apart.then(|| text.split(delimiter).map(str::trim).collect())
}

fn label(detail: Detail) -> Label {
    match detail {
        Detail::Id => Label::Id,
        Detail::Name => Label::Name,
        Detail::First => Label::First,
        Detail::Last => Label::Last,
        Detail::Company => Label::Org,
        Detail::Title => Label::Title,
        Detail::Email => Label::Email,
        Detail::Phone => Label::Phone,
        Detail::Country => Label::Country,
        Detail::State => Label::State,
        Detail::Skip => Label::Nothing,
    }
}

/// The layout that a badge looks like, by who it turned out to be: what was corrected by hand counts as corrected. None where
/// it isn't one, says itself what its fields are, or tells no name.
pub fn guess(raw: &str, who: &Visitor) -> Option<Layout> {
    if parse(raw.as_bytes()).kind != Kind::Fields || raw.starts_with(['[', '{']) {
        return None;
    }
    let delimiter = plain::delimiter(raw)?;
    let parts = parts(raw, delimiter)?;
    let labelled = |part: &&str| {
        let word = part.split_once(':');
        word.is_some_and(|(word, _)| labels::label(word).is_some())
    };
    if parts.iter().any(labelled) {
        return None;
    }
    let mut fields = vec![Detail::Skip; parts.len()];
    let apart = apart(&parts, &who.name);
    if let Some((first, last)) = apart {
        fields[first] = Detail::First;
        fields[last] = Detail::Last;
    }
    let whole = Some(who.name.as_str()).filter(|_| apart.is_none());
    let details = [
        (Detail::Name, whole.unwrap_or_default()),
        (Detail::Email, &who.email),
        (Detail::Id, &who.badge_id),
        (Detail::Company, &who.company),
        (Detail::Title, &who.title),
        (Detail::Phone, &who.phone),
    ];
    for (detail, value) in details {
        let free = |&at: &usize| fields[at] == Detail::Skip && parts[at] == value;
        let found = (0..parts.len()).find(free).filter(|_| !value.is_empty());
        if let Some(at) = found {
            fields[at] = detail;
        }
    }
    let named = fields
        .iter()
        .any(|field| matches!(field, Detail::Name | Detail::First));
    let told = fields.iter().filter(|field| **field != Detail::Skip);
    (named && told.count() > 1).then(|| Layout {
        delimiter: delimiter.to_owned(),
        fields,
    })
}

/// Which two fields make the name, given name first.
fn apart(parts: &[&str], name: &str) -> Option<(usize, usize)> {
    let all = 0..parts.len();
    all.clone()
        .flat_map(|first| all.clone().map(move |last| (first, last)))
        .find(|&(first, last)| {
            let (one, two) = (parts[first], parts[last]);
            let rest = name
                .strip_prefix(one)
                .and_then(|rest| rest.strip_prefix(' '));
            first != last && !one.is_empty() && !two.is_empty() && rest == Some(two)
        })
}
