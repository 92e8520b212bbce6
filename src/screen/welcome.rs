//! What stands in the detail's place before the first talk: the few keys a newcomer needs, as they are in force.

use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::theme::Role;

use super::pen::Pen;
use super::text::width;

/// What one does, and the key for it as [`Model::keyed`] fills it in; in the order of a talk.
const FIRST: [(&str, &str); 9] = [
    (
        "{heat hot}",
        "calls a talk hot; {heat warm} warm, {heat cold} cold, {heat swag} swag",
    ),
    ("{flag-account}", "says which target account it is"),
    ("{assign-owner}", "says who follows up"),
    ("{next-step}", "writes what was promised, and by when"),
    (
        "{badge}",
        "takes a badge's number by hand; a scanner needs no key",
    ),
    ("{off-record}", "goes off the record, and back"),
    ("{undo}", "takes back whatever was done last"),
    (
        "{wall}",
        "turns to the shared screen, readable from three metres",
    ),
    ("{help}", "shows all keys"),
];

/// The lines; none where the board only shows.
pub fn lines(model: &Model, pen: &Pen<'_>, cells: usize) -> Vec<Line<'static>> {
    if model.seat.refusal().is_some() {
        return Vec::new();
    }
    let keys: Vec<String> = FIRST.iter().map(|(key, _)| model.keyed(key)).collect();
    let wide = keys.iter().map(|key| width(key)).max().unwrap_or(0);
    let title = Line::from(pen.span(
        Role::TextDim,
        "  Everything is kept as it happens. When somebody is here:",
    ));
    let rows = keys.iter().zip(FIRST).map(|(key, (_, words))| {
        pen.trimmed(
            vec![
                Span::raw("  "),
                pen.cell(Role::FooterKey, key, wide + 2),
                pen.span(Role::Text, model.keyed(words)),
            ],
            cells,
        )
    });
    std::iter::once(title).chain(rows).collect()
}
