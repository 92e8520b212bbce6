//! The day in numbers: label, figure, what more can be said of it; in two columns where there is room.

use ratatui::text::{Line, Span};

use crate::app::{Figures, Model};
use crate::theme::Role;

use super::pen::Pen;

/// Width of the labels.
const LABEL: usize = 30;

/// Width of the figures.
const FIGURE: usize = 14;

/// One column of the sheet.
const COLUMN: usize = 78;

/// The lines from the first shown on.
pub fn lines(
    model: &Model,
    pen: &Pen<'_>,
    figures: &Figures,
    (rows, cells): (usize, usize),
) -> Vec<Line<'static>> {
    if figures.rows.is_empty() {
        return vec![Line::from(pen.span(Role::TextDim, "   counting"))];
    }
    let room = rows.saturating_sub(1).max(1);
    let columns = (cells / COLUMN).max(1);
    let tall = figures.rows.len().div_ceil(columns);
    let top = figures.top.min(tall.saturating_sub(room));
    let each = cells / columns;
    let mut lines: Vec<Line<'static>> = (top..tall.min(top + room))
        .map(|row| {
            let spans = (0..columns)
                .filter_map(|column| figures.rows.get(column * tall + row))
                .flat_map(|entry| cells_of(pen, entry, each));
            Line::from(spans.collect::<Vec<_>>())
        })
        .collect();
    let words = model.keyed(
        "counted every two seconds; {scroll-down} {scroll-up} more, {dismiss} leaves; `boothside report` writes the page",
    );
    lines.push(pen.trimmed(vec![pen.span(Role::AskNext, format!("   {words}"))], cells));
    lines
}

fn cells_of(
    pen: &Pen<'_>,
    (label, figure, more): &(String, String, String),
    cells: usize,
) -> Vec<Span<'static>> {
    if figure.is_empty() && more.is_empty() {
        return vec![pen.cell(Role::Title, &format!(" {label}"), cells)];
    }
    vec![
        pen.cell(Role::Label, &format!("   {label}"), LABEL),
        pen.cell(Role::TextStrong, figure, FIGURE),
        pen.cell(Role::Text, more, cells.saturating_sub(LABEL + FIGURE)),
    ]
}
