//! Lines that were just said to the captain: the newest few over the detail's foot, the rest counted; else the coach.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Clear;

use crate::app::{Model, Toast, ToastKind, hint};
use crate::theme::{Glyph, Role};

use super::pen::{Pen, put};
use super::text::{width, wrap};

/// Rows that toasts take at most on a screen of this height: a low one has none to spare.
fn most(height: u16) -> usize {
    match height {
        0..=27 => 1,
        28..=39 => 2,
        _ => 4,
    }
}

/// Draws the toasts from the status line upwards, the newest lowest; nothing moves when they come or go.
pub fn draw(model: &Model, pen: &Pen<'_>, frame: &mut Frame, status: Rect) {
    let cells = usize::from(status.width);
    if model.view.toasts.is_empty() {
        put(frame, status, vec![coach(model, pen, cells)]);
        return;
    }
    let lines = stack(model, pen, most(frame.area().height), cells);
    let rows = u16::try_from(lines.len()).unwrap_or(1);
    let top = status.bottom().saturating_sub(rows);
    let area = Rect {
        y: top,
        height: rows,
        ..status
    };
    frame.render_widget(Clear, area);
    put(frame, area, lines);
}

/// As many toasts as fit into so many rows, oldest first; what does not fit is counted on the last row.
fn stack(model: &Model, pen: &Pen<'_>, most: usize, cells: usize) -> Vec<Line<'static>> {
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut shown = 0;
    for toast in model.view.toasts.iter().rev() {
        let block = block(pen, toast, "", cells);
        if shown > 0 && lines.len() + block.len() > most {
            break;
        }
        lines.splice(0..0, block);
        shown += 1;
    }
    let hidden = model.view.toasts.len() - shown;
    if let (Some(newest), true) = (model.view.toasts.last(), hidden > 0) {
        let mark = model.keyed(&format!(" +{hidden} in the trail, {{trail}} "));
        let marked = block(pen, newest, &mark, cells);
        let old = block(pen, newest, "", cells).len();
        lines.truncate(lines.len() - old);
        lines.extend(marked);
    }
    // Only a sentence longer than all the room is ever cut, and it at its end.
    lines.truncate(most);
    lines
}

/// A toast in as many rows as its sentence takes, with a mark at the end of the last one.
fn block(pen: &Pen<'_>, toast: &Toast, mark: &str, cells: usize) -> Vec<Line<'static>> {
    let (role, glyph) = match toast.kind {
        ToastKind::Done | ToastKind::News => (Role::Toast, Glyph::Saved),
        ToastKind::Refused => (Role::ToastRefused, Glyph::Warning),
        ToastKind::Trouble => (Role::Warning, Glyph::Fault),
    };
    let sign = format!(" {} ", pen.glyph(glyph));
    let margin = width(&sign);
    let room = cells.saturating_sub(margin + width(mark)).max(1);
    let rows = wrap(&toast.text, room);
    let last = rows.len() - 1;
    rows.into_iter()
        .enumerate()
        .map(|(row, range)| {
            let head = if row == 0 {
                sign.clone()
            } else {
                " ".repeat(margin)
            };
            let mut spans = vec![
                pen.span(role, head),
                pen.cell(role, &toast.text[range], room),
            ];
            let end = if row == last {
                mark.to_owned()
            } else {
                " ".repeat(width(mark))
            };
            spans.push(pen.span(role, end));
            Line::from(spans)
        })
        .collect()
}

/// The demo's next key to try.
fn coach(model: &Model, pen: &Pen<'_>, cells: usize) -> Line<'static> {
    match hint(model) {
        Some(words) => {
            let words = format!(" {} {words}", pen.glyph(Glyph::AskNext));
            Line::from(pen.cell(Role::AskNext, &words, cells))
        }
        None => Line::default(),
    }
}
