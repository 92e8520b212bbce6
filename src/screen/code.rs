//! The focused card as a code for a phone: dark on light in half-block cells whatever the theme, as large as a code must be.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::{Code, Model};
use crate::theme::Role;

use super::pen::{Pen, put};
use super::text::wrap;
use super::{detail, lanes};

/// Light modules around the code. The standard wants four; cameras take three, and three fit 60x30.
const QUIET: isize = 3;

/// Columns beside the code from which on lanes and card stand there.
const BESIDE: u16 = 36;

/// Draws the code below the header and above the footer; beside it, where there is room, lanes and card.
pub fn draw(model: &Model, pen: &Pen<'_>, code: &Code, frame: &mut Frame, area: Rect) {
    let side = u16::try_from(code.side as isize + 2 * QUIET).unwrap_or(u16::MAX);
    let rows = side.div_ceil(2);
    if side > area.width || rows > area.height {
        let words = format!(
            "the code needs {side} columns and {} rows; make the window larger or its letters smaller, {}",
            rows + 2,
            model.keyed("{dismiss} leaves")
        );
        let lines = wrap(&words, usize::from(area.width).saturating_sub(2))
            .into_iter()
            .map(|part| Line::from(pen.span(Role::Warning, format!(" {}", &words[part]))));
        put(frame, area, lines.collect());
        return;
    }
    let beside = area.width - side;
    let left = if beside >= BESIDE { 0 } else { beside / 2 };
    let place = Rect {
        x: area.x + left,
        width: side,
        height: rows,
        ..area
    };
    put(frame, place, picture(pen, code));
    if beside >= BESIDE {
        let rest = Rect {
            x: area.x + side + 1,
            width: beside - 1,
            ..area
        };
        around(model, pen, code, frame, rest);
    }
}

/// Two rows of modules a row of cells.
fn picture(pen: &Pen<'_>, code: &Code) -> Vec<Line<'static>> {
    let side = code.side as isize;
    let dark = |row: isize, column: isize| {
        let inside = (0..side).contains(&row) && (0..side).contains(&column);
        inside && code.dark.get((row * side + column) as usize) == Some(&true)
    };
    let line = |row: isize| {
        let cells =
            (-QUIET..side + QUIET).map(|column| match (dark(row, column), dark(row + 1, column)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        Line::from(Span::styled(
            cells.collect::<String>(),
            pen.style(Role::Code),
        ))
    };
    (-QUIET..side + QUIET).step_by(2).map(line).collect()
}

/// Beside the code: the lanes as ever, whom it hands over, and the card.
fn around(model: &Model, pen: &Pen<'_>, code: &Code, frame: &mut Frame, area: Rect) {
    let words = format!(
        "{}: hold a phone's camera before it; {}",
        code.title,
        model.keyed("{dismiss} leaves")
    );
    let told: Vec<Line<'static>> = wrap(&words, usize::from(area.width))
        .into_iter()
        .map(|part| Line::from(pen.span(Role::AskNext, words[part].to_owned())))
        .collect();
    let high = 4.min(area.height);
    lanes::draw(
        model,
        pen,
        frame,
        Rect {
            height: high,
            ..area
        },
    );
    let used = u16::try_from(told.len())
        .unwrap_or(u16::MAX)
        .min(area.height - high);
    put(
        frame,
        Rect {
            y: area.y + high,
            height: used,
            ..area
        },
        told,
    );
    detail::draw(
        model,
        pen,
        frame,
        Rect {
            y: area.y + high + used,
            height: area.height - high - used,
            ..area
        },
    );
}
