//! The first line: which show, is it heard, is it saved, what came of it; and what is missing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::{LaneState, Model, Seat, counted};
use crate::domain::Heat;
use crate::theme::{Glyph, Role};

use super::layout::Regions;
use super::pen::{Pen, put};
use super::text::{cut, span_words, width};

/// Draws the header.
pub fn draw(model: &Model, pen: &Pen<'_>, frame: &mut Frame, regions: &Regions) {
    let cells = usize::from(regions.header.width);
    let mut lines = vec![first(model, pen, cells)];
    if let Seat::ReadOnly(sentence) = &model.seat {
        let words = format!(" {} {sentence} ", pen.glyph(Glyph::Unsaved));
        lines.push(Line::from(pen.cell(Role::Unsaved, &words, cells)));
    } else if let Some(sentence) = &model.saving.trouble {
        let words = format!(
            " {} NOT SAVED: {sentence}; {} waiting ",
            pen.glyph(Glyph::Unsaved),
            counted(model.saving.waiting.len(), "deed")
        );
        lines.push(Line::from(pen.cell(Role::Unsaved, &words, cells)));
    } else if !model.notices.is_empty() {
        let words = format!(
            " {} {}",
            pen.glyph(Glyph::Warning),
            model.keyed(&model.notices.join("   "))
        );
        lines.push(Line::from(pen.cell(Role::Warning, &words, cells)));
    }
    put(frame, regions.header, lines);
}

/// The parts from the most to the least needed; what does not fit is left out, whole parts at a time.
fn first(model: &Model, pen: &Pen<'_>, cells: usize) -> Line<'static> {
    let name = if cells < 100 || model.config.name.is_empty() {
        &model.config.code
    } else {
        &model.config.name
    };
    let day = model.today();
    let clock = format!(
        "{:02}.{:02}. {}",
        day.day,
        day.month,
        model.clock_words(model.now.ms)
    );
    let parts = [
        vec![pen.span(Role::Title, format!(" {name}"))],
        vec![pen.span(Role::Header, clock)],
        air(model, pen),
        saved(model, pen),
        unposted(model, pen),
        counts(model, pen),
        lag(model, pen),
    ];
    let mut spans: Vec<Span<'static>> = Vec::new();
    let mut used = 0;
    for (at, part) in parts.into_iter().enumerate() {
        let wide: usize = part.iter().map(|span| width(&span.content)).sum();
        if part.is_empty() || used + wide + 3 > cells {
            continue;
        }
        if at > 0 {
            spans.push(pen.span(Role::Border, "  "));
        }
        used += wide + 2;
        spans.extend(part);
    }
    Line::from(spans)
}

fn air(model: &Model, pen: &Pen<'_>) -> Vec<Span<'static>> {
    let lanes = model.lanes.len();
    if lanes == 0 && model.seat != Seat::Captain {
        return Vec::new();
    }
    if lanes == 0 {
        return vec![pen.span(Role::Warning, "no microphone")];
    }
    let off = (0..lanes).filter(|lane| model.is_off_record(*lane)).count();
    let live = on_air(model);
    let mut spans = Vec::new();
    if live > 0 {
        let words = format!("{} on air {live}", pen.glyph(Glyph::Live));
        spans.push(pen.span(Role::HeaderGood, words));
    } else if off == 0 {
        spans.push(pen.span(
            Role::Header,
            format!("{} nothing on air", pen.glyph(Glyph::Quiet)),
        ));
    }
    if off > 0 {
        let words = format!(" {} off the record {off} ", pen.glyph(Glyph::OffRecord));
        spans.push(pen.span(Role::OffRecord, words));
    }
    spans
}

fn saved(model: &Model, pen: &Pen<'_>) -> Vec<Span<'static>> {
    let waiting = model.saving.waiting.len();
    let (role, glyph, words) = if let Seat::Beside(which) = &model.seat {
        (Role::Header, Glyph::Quiet, format!("only shown: {which}"))
    } else if matches!(model.seat, Seat::ReadOnly(_)) {
        (Role::Unsaved, Glyph::Unsaved, "NOT SAVING".to_owned())
    } else if model.saving.trouble.is_some() {
        (Role::Unsaved, Glyph::Unsaved, "NOT SAVED".to_owned())
    } else if waiting > 0 {
        (Role::Header, Glyph::Unsaved, format!("saving {waiting}"))
    } else {
        (Role::Saved, Glyph::Saved, "saved".to_owned())
    };
    vec![pen.span(role, format!("{} {words}", pen.glyph(glyph)))]
}

/// Alerts that the webhook has not got yet.
fn unposted(model: &Model, pen: &Pen<'_>) -> Vec<Span<'static>> {
    let waiting = model.unposted();
    if waiting == 0 {
        return Vec::new();
    }
    let (role, words) = match &model.post_trouble {
        Some(_) => (Role::Warning, "wait for the webhook"),
        None => (Role::Header, "to post"),
    };
    let words = format!("{} {waiting} {words}", pen.glyph(Glyph::Unsaved));
    vec![pen.span(role, words)]
}

fn counts(model: &Model, pen: &Pen<'_>) -> Vec<Span<'static>> {
    let (mut hot, mut alone, mut warm, mut targets) = (0, 0, 0, 0);
    for card in model.board().cards() {
        let is_hot = card.heat == Some(Heat::Hot);
        hot += usize::from(is_hot);
        alone += usize::from(is_hot && card.owner.is_none() && card.taken.is_none());
        warm += usize::from(card.heat == Some(Heat::Warm));
        targets += usize::from(card.account.is_some());
    }
    let talks = counted(model.board().len(), "talk");
    let targets = counted(targets, "target");
    let mut spans = vec![pen.span(Role::Header, format!("{talks}  {hot} hot  "))];
    if alone > 0 {
        let words = format!("{} {alone} nobody's!", pen.glyph(Glyph::OwnerNone));
        spans.push(pen.span(Role::OwnerNone, words));
        spans.push(pen.span(Role::Header, "  "));
    }
    spans.push(pen.span(Role::Header, format!("{warm} warm  {targets}")));
    spans
}

fn lag(model: &Model, pen: &Pen<'_>) -> Vec<Span<'static>> {
    let (pending, behind) = model.backlog;
    if pending > 1 {
        let words = format!("{pending} pending, {} behind", span_words(behind));
        return vec![pen.span(Role::Warning, words)];
    }
    if model.heard_ms == 0 {
        return Vec::new();
    }
    let ago = span_words(model.now.ms.saturating_sub(model.heard_ms));
    let lag = model.lag_ms as f64 / 1000.0;
    vec![pen.span(Role::TextDim, format!("heard {ago}, lag {lag:.1} s"))]
}

/// Which lanes go on without a board.
fn heard(model: &Model) -> String {
    let live = on_air(model);
    let off = (0..model.lanes.len())
        .filter(|lane| model.is_off_record(*lane))
        .count();
    match (live, off) {
        (0, 0) => "Nothing is on air.".to_owned(),
        (0, _) => "All lanes are off the record.".to_owned(),
        (1, _) => "1 lane is still heard.".to_owned(),
        (live, _) => format!("{live} lanes are still heard."),
    }
}

/// How many lanes are listened to.
fn on_air(model: &Model) -> usize {
    model
        .lanes
        .iter()
        .enumerate()
        .filter(|(lane, view)| view.state == LaneState::Live && !model.is_off_record(*lane))
        .count()
}

/// Kind sentences where there is no room for a board, the most needed first: a very small window cuts the end.
pub fn too_small(model: &Model, pen: &Pen<'_>, frame: &mut Frame, area: Rect) {
    let cells = usize::from(area.width);
    let state = match (&model.saving.trouble, model.saving.waiting.len()) {
        _ if model.seat != Seat::Captain => "This board only shows".to_owned(),
        (Some(_), waiting) => format!("NOT SAVED: {} waiting", counted(waiting, "deed")),
        (None, 0) => "Everything is saved".to_owned(),
        (None, waiting) => format!("Saving {}", counted(waiting, "deed")),
    };
    let (wide, tall) = super::layout::TOO_SMALL;
    let sentence = format!(
        "{state}. {} The board needs {wide} x {tall}; this is {} x {}: make the window larger or the letters smaller.",
        heard(model),
        area.width,
        area.height
    );
    let lines = super::text::wrap(&sentence, cells)
        .into_iter()
        .map(|range| Line::from(pen.span(Role::Text, cut(&sentence[range], cells, ""))))
        .collect();
    put(frame, area, lines);
}
