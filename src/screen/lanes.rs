//! The microphones: level, state and the words being said.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::{LaneState, LaneView, Model};
use crate::theme::{Glyph, Role};

use super::pen::{Pen, put};
use super::text::{span_words, tail, width, wrap};

/// A lane is called quiet when nobody has spoken for so long, in ms.
const QUIET_MS: u64 = 5_000;

/// What the meter's lowest and highest column stand for, in dB below full scale.
const METER_DB: (f32, f32) = (-60.0, -6.0);

/// Draws all lanes side by side.
pub fn draw(model: &Model, pen: &Pen<'_>, frame: &mut Frame, area: Rect) {
    let count = u16::try_from(model.lanes.len()).unwrap_or(u16::MAX);
    if count == 0 || area.height == 0 {
        return;
    }
    let rule = Rect { height: 1, ..area };
    put(
        frame,
        rule,
        vec![pen.rule("", usize::from(area.width), false)],
    );
    let wide = area.width / count;
    for (lane, view) in model.lanes.iter().enumerate() {
        let x = area.x + wide * u16::try_from(lane).unwrap_or(0);
        let cell = Rect::new(x, area.y + 1, wide.saturating_sub(2), area.height - 1);
        let mut lines = vec![title(model, pen, lane, view, usize::from(cell.width))];
        lines.extend(caption(model, pen, lane, cell));
        put(frame, cell, lines);
    }
}

fn title(
    model: &Model,
    pen: &Pen<'_>,
    lane: usize,
    view: &LaneView,
    cells: usize,
) -> Line<'static> {
    let focused = lane == model.view.lane;
    let name = &model.config.lanes[lane].name;
    let mark = if focused {
        pen.glyph(Glyph::Focus)
    } else {
        " "
    };
    let (role, glyph, words) = state(model, lane, view);
    let mut spans = vec![
        pen.span(Role::BorderFocused, mark.to_owned()),
        pen.span(
            if focused {
                Role::TextStrong
            } else {
                Role::Lane
            },
            format!("{name} "),
        ),
    ];
    if matches!(view.state, LaneState::Live) && !model.is_off_record(lane) {
        spans.push(meter(pen, view));
    }
    spans.push(pen.span(role, format!(" {} {words}", pen.glyph(glyph))));
    if view.clipped {
        spans.push(pen.span(
            Role::Warning,
            format!(" {} too loud", pen.glyph(Glyph::Warning)),
        ));
    }
    pen.trimmed(spans, cells)
}

fn meter(pen: &Pen<'_>, view: &LaneView) -> Span<'static> {
    let (low, high) = METER_DB;
    let newest = view.levels.iter().rev().take(6).rev();
    let columns: String = newest
        .map(|level| pen.meter((level - low) / (high - low)))
        .collect();
    let role = if view.clipped {
        Role::LevelHigh
    } else {
        Role::Level
    };
    pen.span(role, format!("{columns:>6}"))
}

fn state(model: &Model, lane: usize, view: &LaneView) -> (Role, Glyph, String) {
    if model.is_off_record(lane) {
        return (
            Role::OffRecord,
            Glyph::OffRecord,
            "OFF THE RECORD ".to_owned(),
        );
    }
    let silent = model.now.ms.saturating_sub(view.spoke_ms);
    match &view.state {
        LaneState::Starting => (Role::LaneQuiet, Glyph::Quiet, "starting".to_owned()),
        LaneState::Live if view.spoke_ms > 0 && silent > QUIET_MS => (
            Role::LaneQuiet,
            Glyph::Quiet,
            format!("quiet {}", span_words(silent)),
        ),
        LaneState::Live => (Role::HeaderGood, Glyph::Live, "live".to_owned()),
        LaneState::NoSignal => (
            Role::Warning,
            Glyph::Warning,
            "no signal: is it switched on?".to_owned(),
        ),
        // Their sentences stand beneath, where there is room for all of it.
        LaneState::Unplugged(_) => (Role::Warning, Glyph::Warning, "gone".to_owned()),
        LaneState::Ended => (
            Role::LaneQuiet,
            Glyph::Quiet,
            model.keyed("over, {replay} plays again"),
        ),
        LaneState::Failed(_) => (Role::Warning, Glyph::Fault, "not listening".to_owned()),
    }
}

/// What is being said: settled words plain, those that may change apart, with a cursor; else what was said last. The last
/// words are always seen: what has no room is cut in front.
fn caption(model: &Model, pen: &Pen<'_>, lane: usize, cell: Rect) -> Vec<Line<'static>> {
    let view = &model.lanes[lane];
    let rows = usize::from(cell.height.saturating_sub(1));
    let cells = usize::from(cell.width.saturating_sub(1)).max(1);
    if model.is_off_record(lane) || rows == 0 {
        return Vec::new();
    }
    if let Some(sentence) = trouble(&view.state) {
        return ending(pen, &[(Role::Warning, sentence)], cells, rows);
    }
    if view.settled.is_empty() && view.tentative.is_empty() {
        return ending(pen, &[(Role::TextDim, &view.last)], cells, rows);
    }
    let gap = if view.settled.is_empty() || view.tentative.is_empty() {
        ""
    } else {
        " "
    };
    let settled = format!("{}{gap}", view.settled);
    let open = format!("{}{}", view.tentative, pen.glyph(Glyph::Partial));
    let parts = [
        (Role::Caption, settled.as_str()),
        (Role::CaptionPartial, open.as_str()),
    ];
    ending(pen, &parts, cells, rows)
}

/// The sentence of a lane that can't listen.
fn trouble(state: &LaneState) -> Option<&str> {
    match state {
        LaneState::Unplugged(sentence) | LaneState::Failed(sentence) => Some(sentence),
        LaneState::Starting | LaneState::Live | LaneState::NoSignal | LaneState::Ended => None,
    }
}

/// Rows beneath the title that the longest sentence of a lane in trouble takes at this width, so that it is read whole.
pub fn rows_wanted(model: &Model, width: u16) -> u16 {
    let count = u16::try_from(model.lanes.len()).unwrap_or(u16::MAX);
    let cells = usize::from((width / count.max(1)).saturating_sub(3)).max(1);
    let rows = model
        .lanes
        .iter()
        .filter_map(|view| trouble(&view.state))
        .map(|sentence| wrap(sentence, cells).len());
    u16::try_from(rows.max().unwrap_or(0)).unwrap_or(u16::MAX)
}

/// The last rows of a text in parts, with an ellipsis in front where some of it is above.
fn ending(pen: &Pen<'_>, parts: &[(Role, &str)], cells: usize, rows: usize) -> Vec<Line<'static>> {
    let whole: String = parts.iter().map(|(_, text)| *text).collect();
    // Broken from its start, so that words stay where they stand while the text grows.
    let lines = wrap(&whole, cells);
    let skip = lines.len().saturating_sub(rows);
    let dots = pen.glyph(Glyph::Ellipsis);
    lines
        .into_iter()
        .skip(skip)
        .enumerate()
        .map(|(row, mut range)| {
            let mut spans = vec![pen.span(Role::TextDim, " ")];
            if row == 0 && skip > 0 {
                let room = (cells + 1).saturating_sub(width(dots));
                range.start = range.end - tail(&whole[range.clone()], room).len();
                spans = vec![pen.span(Role::TextDim, dots.to_owned())];
            }
            spans.extend(pieces(pen, parts, range));
            Line::from(spans)
        })
        .collect()
}

/// What each part has in a range of the whole.
fn pieces(pen: &Pen<'_>, parts: &[(Role, &str)], range: Range<usize>) -> Vec<Span<'static>> {
    let mut start = 0;
    let mut spans = Vec::new();
    for (role, text) in parts {
        let from = range.start.saturating_sub(start).min(text.len());
        let to = range.end.saturating_sub(start).min(text.len());
        if from < to {
            spans.push(pen.span(*role, text[from..to].to_owned()));
        }
        start += text.len();
    }
    spans
}
