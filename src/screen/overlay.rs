//! What is open over the board: pickers, prompts, the trail, faults, a question. It takes the detail's place, never more.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::{Layer, Line as Typed, Model, PickerKind, PromptKind};
use crate::theme::Role;

use super::pen::{Pen, put};
use super::{account, detail, draft, night, numbers, prompt, sheet, trail, weather};

/// Draws the topmost layer.
pub fn draw(model: &Model, layer: &Layer, pen: &Pen<'_>, frame: &mut Frame, area: Rect) {
    if area.height == 0 {
        return;
    }
    let room = usize::from(area.height - 1);
    let rows = match layer {
        // A long list leaves room for what it is about.
        Layer::Picker(_) if room > BOTH => room / 3,
        _ => room,
    };
    let cells = usize::from(area.width);
    let (title, body) = content(model, layer, pen, (rows, cells));
    let mut lines = vec![pen.rule(&title, cells, true)];
    lines.extend(body);
    let used = u16::try_from(lines.len())
        .unwrap_or(u16::MAX)
        .min(area.height);
    put(
        frame,
        Rect {
            height: used,
            ..area
        },
        lines,
    );
    let fits = match layer {
        Layer::Night(_) => area.height >= used + LEAST,
        Layer::Prompt(prompt)
            if matches!(
                prompt.kind,
                PromptKind::DraftLine(..) | PromptKind::NewLine(..)
            ) =>
        {
            area.height >= used + LEAST
        }
        _ => room > BOTH,
    };
    if is_about_card(layer) && fits {
        let rest = Rect {
            y: area.y + used + 1,
            height: area.height.saturating_sub(used + 1),
            ..area
        };
        if let Some(Layer::Draft(at)) = beneath(model) {
            // Whoever puts a line in other words sees the others.
            draw(model, &Layer::Draft(*at), pen, frame, rest);
            return;
        }
        detail::draw(model, pen, frame, rest);
    }
}

/// A layer's title and its lines.
fn content(
    model: &Model,
    layer: &Layer,
    pen: &Pen<'_>,
    (rows, cells): (usize, usize),
) -> (String, Vec<Line<'static>>) {
    match layer {
        // The card is drawn as the detail, the code over everything.
        Layer::Card | Layer::Code(_) => (String::new(), Vec::new()),
        Layer::Numbers(figures) => (
            "the day in numbers".to_owned(),
            numbers::lines(model, pen, figures, (rows, cells)),
        ),
        Layer::Weather(counted) => (
            "the weather".to_owned(),
            weather::lines(model, pen, counted, (rows, cells)),
        ),
        Layer::Picker(picker) => (
            about(model, picker.kind.title()),
            prompt::picker(model, pen, picker, (rows, cells)),
        ),
        Layer::Prompt(prompt) => (
            asked(model, prompt.kind),
            prompt::form(model, pen, prompt, cells),
        ),
        Layer::Trail(at) => (
            "what was done, newest first".to_owned(),
            trail::lines(model, pen, *at, (rows, cells)),
        ),
        Layer::Draft(at) => draft::page(model, pen, *at, (rows, cells)),
        Layer::Account(card, at) => account::page(model, pen, (*card, *at), (rows, cells)),
        Layer::Help(query, top) => (
            "all keys".to_owned(),
            help(model, pen, (query, *top), (rows, cells)),
        ),
        Layer::Faults(top) => (
            "faults in the show's files".to_owned(),
            faults(model, pen, *top, rows),
        ),
        Layer::Night(round) => (
            night::title(model, round),
            night::lines(model, pen, round, cells),
        ),
        Layer::Confirm(question) => (
            "leave?".to_owned(),
            prompt::question(model, pen, question, cells),
        ),
    }
}

/// The layer beneath the topmost one.
fn beneath(model: &Model) -> Option<&Layer> {
    model.view.layers.iter().rev().nth(1)
}

/// Rows from which on a question about a card stands above the card instead of in its place: one promises what was said.
const BOTH: usize = 22;

/// Rows of a card's detail that are worth drawing beneath the night list's lines.
const LEAST: u16 = 7;

/// Whether a layer asks something about the focused card.
fn is_about_card(layer: &Layer) -> bool {
    match layer {
        Layer::Prompt(prompt) => !matches!(prompt.kind, PromptKind::Search),
        Layer::Night(round) => round.here().is_some(),
        Layer::Picker(picker) => !matches!(
            picker.kind,
            PickerKind::Filter | PickerKind::Palette | PickerKind::Presence
        ),
        _ => false,
    }
}

/// What a form is for, and the card it is about.
fn asked(model: &Model, kind: PromptKind) -> String {
    match kind {
        PromptKind::NextStep(_) => about(model, "what was promised"),
        PromptKind::Note(_) => about(model, "a note"),
        PromptKind::Visitor(_) => about(model, "who is it"),
        PromptKind::Badge => format!("a badge by hand   {}", model.lane_name()),
        PromptKind::DraftLine(_, 0) => about(model, "the subject in your words"),
        PromptKind::DraftLine(..) => about(model, "the line in your words"),
        PromptKind::NewLine(..) => about(model, "a new line of the mail"),
        PromptKind::Search => "find talks".to_owned(),
    }
}

/// The line that filters the sheet, then the sheet.
fn help(
    model: &Model,
    pen: &Pen<'_>,
    (query, top): (&str, usize),
    (rows, cells): (usize, usize),
) -> Vec<Line<'static>> {
    let line = prompt::typed(pen, "find a key", &Typed::of(query), true, cells);
    let keys = model.keyed("{scroll-down} {scroll-up} more, {dismiss} leaves");
    let mut lines = vec![prompt::with_keys(pen, line, &keys, cells)];
    lines.extend(sheet::lines(
        model,
        pen,
        query,
        top,
        (rows.saturating_sub(1), cells),
    ));
    lines
}

/// The question and the card it is about: the captain must never tag the wrong talk.
fn about(model: &Model, question: &str) -> String {
    match model.focused() {
        Some(card) => format!("{question}   {}", model.card_words(card)),
        None => question.to_owned(),
    }
}

fn faults(model: &Model, pen: &Pen<'_>, top: usize, rows: usize) -> Vec<Line<'static>> {
    model
        .faults
        .iter()
        .flat_map(|fault| fault.lines().map(str::to_owned).chain([String::new()]))
        .skip(top)
        .take(rows)
        .map(|line| Line::from(pen.span(Role::Text, format!(" {line}"))))
        .collect()
}
