//! The microphones: level, state and the words being said.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::{LaneState, LaneView, Model};
use crate::theme::{Glyph, Role};

use super::pen::{Pen, put};
use super::text::{span_words, tail, wrap};

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
        LaneState::Unplugged(words) => (Role::Warning, Glyph::Warning, words.clone()),
        LaneState::Ended => (
            Role::LaneQuiet,
            Glyph::Quiet,
            "recording over, P plays it again".to_owned(),
        ),
        LaneState::Failed(words) => (Role::Warning, Glyph::Fault, words.clone()),
    }
}

/// What is being said: settled words plain, those that may change apart, with a cursor; else what was said last.
fn caption(model: &Model, pen: &Pen<'_>, lane: usize, cell: Rect) -> Vec<Line<'static>> {
    let view = &model.lanes[lane];
    let rows = usize::from(cell.height.saturating_sub(1));
    let cells = usize::from(cell.width.saturating_sub(1)).max(1);
    if model.is_off_record(lane) || rows == 0 {
        return Vec::new();
    }
    let talking = !view.settled.is_empty() || !view.tentative.is_empty();
    if !talking {
        let text = tail(&view.last, cells * rows);
        return wrap(text, cells)
            .into_iter()
            .take(rows)
            .map(|range| Line::from(pen.span(Role::TextDim, format!(" {}", &text[range]))))
            .collect();
    }
    let gap = if view.settled.is_empty() || view.tentative.is_empty() {
        ""
    } else {
        " "
    };
    let whole = format!(
        "{}{gap}{}{}",
        view.settled,
        view.tentative,
        pen.glyph(Glyph::Partial)
    );
    let settled = view.settled.len() + gap.len();
    let lines = wrap(&whole, cells);
    let skip = lines.len().saturating_sub(rows);
    lines
        .into_iter()
        .skip(skip)
        .map(|range| {
            let split = settled.clamp(range.start, range.end);
            Line::from(vec![
                pen.span(Role::Caption, format!(" {}", &whole[range.start..split])),
                pen.span(Role::CaptionPartial, whole[split..range.end].to_owned()),
            ])
        })
        .collect()
}
