//! What was done, newest first: the day's trail with the line that can be taken back, and one card's own history.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::{Model, TrailLine, card_history, trail_lines};
use crate::domain::Card;
use crate::theme::{Glyph, Role};

use super::pen::{Pen, put};
use super::text::wrap;

/// Room for the mark, the time and the author before each line.
const MARGIN: usize = 3 + 6 + 12;

/// The day's trail: the first line says what taking back would do now, the marked line is a bar.
pub fn lines(
    model: &Model,
    pen: &Pen<'_>,
    at: usize,
    (rows, cells): (usize, usize),
) -> Vec<Line<'static>> {
    let all = trail_lines(model);
    let rows = rows.saturating_sub(1).max(1);
    let first = (at + 1).saturating_sub(rows);
    let mut lines = vec![pen.trimmed(
        vec![pen.span(Role::AskNext, format!("   {}", offer(model, all.get(at))))],
        cells,
    )];
    lines.extend(
        all.iter()
            .enumerate()
            .skip(first)
            .take(rows)
            .map(|(row, line)| entry(model, pen, line, row == at, cells)),
    );
    lines
}

/// What the undo key does to the marked line, in words.
fn offer(model: &Model, line: Option<&TrailLine>) -> String {
    let Some(line) = line else {
        return "nothing was done yet".to_owned();
    };
    if line.deed.is_none() {
        return "the board said this; there is nothing to take back".to_owned();
    }
    let words = if line.retracted {
        model.keyed("taken back already; {redo} does again what was taken back last: ")
    } else {
        model.keyed("{undo} takes back: ")
    };
    format!("{words}{}", line.words)
}

fn entry(
    model: &Model,
    pen: &Pen<'_>,
    line: &TrailLine,
    marked: bool,
    cells: usize,
) -> Line<'static> {
    let mark = if marked { pen.glyph(Glyph::Focus) } else { " " };
    let gone = if line.retracted { "  (taken back)" } else { "" };
    // What people did stands out from what the machine noted.
    let role = if line.retracted || !line.by_person {
        Role::TextDim
    } else {
        Role::Text
    };
    let drawn = Line::from(vec![
        pen.cell(Role::BorderFocused, &format!("{mark}  "), 3),
        pen.cell(Role::Time, &model.clock_words(line.at_ms), 6),
        pen.cell(Role::TextDim, &line.who, 12),
        pen.cell(
            role,
            &format!("{}{gone}", line.words),
            cells.saturating_sub(MARGIN),
        ),
    ]);
    if marked {
        drawn.patch_style(pen.style(Role::Selection))
    } else {
        drawn
    }
}

/// One card's history beside its transcript, newest first, as much as there is room for.
pub fn of_card(model: &Model, pen: &Pen<'_>, card: &Card, frame: &mut Frame, area: Rect) {
    let rows = usize::from(area.height);
    let cells = usize::from(area.width);
    let mut lines = vec![Line::from(pen.span(Role::Label, "what was done"))];
    for line in card_history(model, card.id, rows) {
        let words = if line.retracted {
            format!("{}  (taken back)", line.words)
        } else {
            line.words
        };
        let role = if line.retracted || !line.by_person {
            Role::TextDim
        } else {
            Role::Text
        };
        let room = cells.saturating_sub(6 + 10).max(8);
        for (row, range) in wrap(&words, room).into_iter().enumerate() {
            let (time, who) = if row == 0 {
                (model.clock_words(line.at_ms), line.who.as_str())
            } else {
                (String::new(), "")
            };
            lines.push(Line::from(vec![
                pen.cell(Role::Time, &time, 6),
                pen.cell(Role::TextDim, who, 10),
                pen.cell(role, &words[range], room),
            ]));
        }
        if lines.len() >= rows {
            break;
        }
    }
    lines.truncate(rows);
    put(frame, area, lines);
}
