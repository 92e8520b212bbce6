//! What was said on a card, with the words that count marked in their place.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::{Layer, Model};
use crate::domain::{Card, Utterance};
use crate::theme::{Glyph, Role};

use super::pen::{Pen, put};
use super::text::wrap;

/// Room for the mark and the time before each line.
const MARGIN: usize = 9;

/// Room for the lane's name where a talk was heard on several.
const LANE: usize = 10;

/// No line of a talk is longer: the eye loses the next one.
const LONGEST: usize = 96;

/// Draws the lines around the marked one, else the newest.
pub fn draw(model: &Model, pen: &Pen<'_>, card: &Card, frame: &mut Frame, area: Rect) {
    let rows = usize::from(area.height);
    if rows == 0 || card.utterances.is_empty() {
        return;
    }
    let reading =
        matches!(model.view.layers.last(), Some(Layer::Card)) || model.view.evidence.is_some();
    let last = card.utterances.len() - 1;
    let mark = model.view.mark.unwrap_or(last).min(last);
    let margin = if several_lanes(card) { LANE } else { 0 };
    let cells = usize::from(area.width)
        .saturating_sub(MARGIN + margin)
        .clamp(8, LONGEST);
    // Backwards from a little after the mark, as many as there is room for.
    let ahead = if reading { rows / 3 } else { 0 };
    let mut end = mark;
    let mut beyond = 0;
    while end < last && beyond < ahead {
        end += 1;
        beyond += wrap(&card.utterances[end].text, cells).len();
    }
    let mut lines: Vec<Line<'static>> = Vec::new();
    for at in (0..=end).rev() {
        let said = &card.utterances[at];
        let block = block(
            model,
            pen,
            card,
            said,
            (reading && at == mark, margin, cells),
        );
        if lines.len() + block.len() > rows && !lines.is_empty() {
            break;
        }
        lines.splice(0..0, block);
    }
    let start = lines.len().saturating_sub(rows);
    put(frame, area, lines.split_off(start));
}

/// Whether a talk was heard on more than one lane, so that each line must say which.
fn several_lanes(card: &Card) -> bool {
    let first = card.utterances.first().map(|said| &said.lane);
    card.utterances.iter().any(|said| Some(&said.lane) != first)
}

/// One utterance in as many rows as it takes.
fn block(
    model: &Model,
    pen: &Pen<'_>,
    card: &Card,
    said: &Utterance,
    (marked, lanes, cells): (bool, usize, usize),
) -> Vec<Line<'static>> {
    let evidence: Vec<Range<usize>> = card
        .signals
        .iter()
        .filter(|signal| signal.utterance == said.id)
        .map(|signal| signal.span.0..signal.span.1)
        .collect();
    let echoes: Vec<&str> = card
        .echoes
        .iter()
        .filter(|(of, _)| *of == said.id)
        .map(|(_, echo)| echo.lane.as_str())
        .collect();
    let walked = model
        .evidence()
        .filter(|signal| signal.utterance == said.id)
        .map(|signal| signal.span.0..signal.span.1);
    let base = if marked { Role::Selection } else { Role::Text };
    // What the recogniser wrote, where a name was put right: nobody is to take our guess for a quote.
    let heard = said.heard.as_ref().map(|heard| {
        Line::from(vec![
            Span::raw(" ".repeat(MARGIN + lanes)),
            pen.cell(Role::TextDim, &format!("heard: {heard}"), cells),
        ])
    });
    let mut rows: Vec<Line<'static>> = wrap(&said.text, cells)
        .into_iter()
        .enumerate()
        .map(|(row, range)| {
            let margin = if row == 0 {
                margin(model, pen, said, (marked, lanes))
            } else {
                vec![Span::raw(" ".repeat(MARGIN + lanes))]
            };
            let words = pieces(&said.text, range, &evidence)
                .into_iter()
                .map(|piece| {
                    let role = role_of(&piece, walked.as_ref(), &evidence, base);
                    pen.span(role, said.text[piece].to_owned())
                });
            Line::from(margin.into_iter().chain(words).collect::<Vec<_>>())
        })
        .collect();
    if let Some(reason) = model.seams.get(&said.id) {
        rows.insert(0, seam(model, pen, reason, (lanes, cells)));
    }
    if let Some(last) = rows.last_mut().filter(|_| !echoes.is_empty()) {
        let words = format!(" (also on {})", echoes.join(", "));
        last.spans.push(pen.span(Role::TextDim, words));
    }
    rows.extend(heard);
    rows
}

/// What stands before a line: the mark, the time, and the lane where there are several.
fn margin(
    model: &Model,
    pen: &Pen<'_>,
    said: &Utterance,
    (marked, lanes): (bool, usize),
) -> Vec<Span<'static>> {
    let mark = if marked {
        pen.glyph(Glyph::Cursor)
    } else {
        " "
    };
    let time = model.clock_words(said.start_ms);
    vec![
        pen.cell(Role::BorderFocused, mark, 2),
        pen.cell(Role::Time, &time, MARGIN - 2),
        pen.cell(Role::Speaker, &said.lane, lanes.saturating_sub(1)),
        Span::raw(" ".repeat(lanes.min(1))),
    ]
}

/// The row before a line with which a new talk may begin.
fn seam(
    model: &Model,
    pen: &Pen<'_>,
    reason: &str,
    (lanes, cells): (usize, usize),
) -> Line<'static> {
    let words = model.keyed(&format!("a new talk? {reason}; {{split-card}} cuts here"));
    let words = format!("{} {words}", pen.glyph(Glyph::Proposed));
    Line::from(vec![
        Span::raw(" ".repeat(MARGIN + lanes)),
        pen.cell(Role::AskNext, &words, cells),
    ])
}

/// A row cut where evidence begins and ends. Spans that are no character boundaries are ignored.
fn pieces(text: &str, row: Range<usize>, evidence: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut cuts = vec![row.start, row.end];
    for span in evidence {
        for at in [span.start, span.end] {
            if row.contains(&at) && text.is_char_boundary(at) {
                cuts.push(at);
            }
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

/// The look of a piece: the words of the marked chip, words that prove another, or plain ones.
fn role_of(
    piece: &Range<usize>,
    marked: Option<&Range<usize>>,
    evidence: &[Range<usize>],
    base: Role,
) -> Role {
    let within = |span: &Range<usize>| span.start <= piece.start && piece.end <= span.end;
    if marked.is_some_and(within) {
        Role::SearchHit
    } else if evidence.iter().any(within) {
        Role::Evidence
    } else {
        base
    }
}
