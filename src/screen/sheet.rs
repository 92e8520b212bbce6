//! The help sheet: every key there is, from the registry and the keymap, in as many columns as fit.

use ratatui::text::{Line, Span};

use crate::action::Context;
use crate::app::Model;
use crate::keymap::help::{Row, Section, sheet};
use crate::theme::{Glyph, Role};

use super::pen::Pen;

/// One column of the sheet: keys and words.
const COLUMN: usize = 62;

/// Width of the keys in it.
const KEYS: usize = 17;

/// The lines of the sheet from `top` on, filtered by what was typed.
pub fn lines(
    model: &Model,
    pen: &Pen<'_>,
    query: &str,
    top: usize,
    (rows, cells): (usize, usize),
) -> Vec<Line<'static>> {
    let sections = sheet(
        &model.keymap,
        &[Context::Card, Context::Board, Context::Global],
        query,
    );
    let all: Vec<Vec<Span<'static>>> = sections
        .iter()
        .flat_map(|section| block(pen, section))
        .collect();
    if all.is_empty() {
        return vec![Line::from(
            pen.span(Role::TextDim, " no key is called that"),
        )];
    }
    let columns = (cells / COLUMN).max(1);
    let tall = all.len().div_ceil(columns);
    let top = top.min(tall.saturating_sub(rows));
    (top..tall.min(top + rows))
        .map(|row| {
            let spans = (0..columns)
                .filter_map(|column| all.get(column * tall + row).cloned())
                .flatten();
            Line::from(spans.collect::<Vec<_>>())
        })
        .collect()
}

fn block(pen: &Pen<'_>, section: &Section) -> Vec<Vec<Span<'static>>> {
    let title = vec![pen.cell(Role::Title, &format!(" {}", section.title), COLUMN)];
    std::iter::once(title)
        .chain(section.rows.iter().map(|row| entry(pen, row)))
        .collect()
}

fn entry(pen: &Pen<'_>, row: &Row) -> Vec<Span<'static>> {
    let mark = if row.changed {
        pen.glyph(Glyph::Changed)
    } else {
        " "
    };
    vec![
        pen.cell(Role::HelpChanged, mark, 2),
        pen.cell(Role::HelpKey, &row.keys.join(" "), KEYS),
        pen.cell(Role::Text, &row.words, COLUMN - KEYS - 2),
    ]
}
