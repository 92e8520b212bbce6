//! What is open over the board: pickers, prompts, the trail, faults, a question. It takes the detail's place, never more.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::{Layer, Model, Picker, Prompt, PromptKind, trail_lines};
use crate::theme::{Glyph, Role};

use super::pen::{Pen, put};
use super::sheet;
use super::text::width;

/// Draws the topmost layer.
pub fn draw(model: &Model, layer: &Layer, pen: &Pen<'_>, frame: &mut Frame, area: Rect) {
    if area.height == 0 {
        return;
    }
    let rows = usize::from(area.height - 1);
    let cells = usize::from(area.width);
    let (title, body) = match layer {
        Layer::Card => (String::new(), Vec::new()),
        Layer::Picker(picker) => (
            about(model, picker.kind.title()),
            picker_lines(pen, picker, rows, cells),
        ),
        Layer::Prompt(prompt) => (
            about(model, "Enter keeps it, Esc leaves"),
            prompt_lines(model, pen, prompt),
        ),
        Layer::Trail(at) => (
            "what was done, newest first".to_owned(),
            trail(model, pen, *at, rows),
        ),
        Layer::Help(query, top) => {
            let title = if query.is_empty() {
                "all keys; type to find one".to_owned()
            } else {
                format!("keys: {query}")
            };
            (title, sheet::lines(model, pen, query, *top, (rows, cells)))
        }
        Layer::Faults(top) => (
            "faults in the show's files".to_owned(),
            faults(model, pen, *top, rows),
        ),
        Layer::Confirm(question) => {
            let words = format!(" {} {question}", pen.glyph(Glyph::Warning));
            (
                "leave?".to_owned(),
                vec![Line::from(pen.cell(Role::Unsaved, &words, cells))],
            )
        }
    };
    let mut lines = vec![pen.rule(&title, cells, true)];
    lines.extend(body);
    put(frame, area, lines);
}

/// The question and the card it is about: the captain must never tag the wrong talk.
fn about(model: &Model, question: &str) -> String {
    match model.focused() {
        Some(card) => format!("{question}   {}", model.card_words(card)),
        None => question.to_owned(),
    }
}

fn picker_lines(pen: &Pen<'_>, picker: &Picker, rows: usize, cells: usize) -> Vec<Line<'static>> {
    let mut lines = vec![typed(
        pen,
        "",
        &picker.query.text,
        picker.query.cursor,
        true,
    )];
    if picker.items.is_empty() {
        lines.push(Line::from(
            pen.span(Role::TextDim, "   nothing is called that"),
        ));
        return lines;
    }
    let rows = rows.saturating_sub(1).max(1);
    let first = (picker.at + 1).saturating_sub(rows);
    let label = picker
        .items
        .iter()
        .map(|item| width(&item.label))
        .max()
        .unwrap_or(0)
        .clamp(12, 48);
    for (at, item) in picker.items.iter().enumerate().skip(first).take(rows) {
        let marked = at == picker.at;
        let mark = if marked { pen.glyph(Glyph::Focus) } else { " " };
        let mut line = Line::from(vec![
            pen.cell(Role::BorderFocused, &format!(" {mark} "), 3),
            pen.cell(Role::Text, &item.label, label + 2),
            pen.cell(Role::TextDim, &item.detail, cells.saturating_sub(label + 5)),
        ]);
        if marked {
            line = line.patch_style(pen.style(Role::Selection));
        }
        lines.push(line);
    }
    lines
}

/// A line being typed, with its cursor.
fn typed(pen: &Pen<'_>, label: &str, text: &str, cursor: usize, here: bool) -> Line<'static> {
    let mut spans = vec![pen.span(Role::PromptLabel, format!(" {label:<18}"))];
    if label.is_empty() {
        spans[0] = pen.span(Role::PromptLabel, format!(" {} ", pen.glyph(Glyph::Cursor)));
    }
    if !here {
        spans.push(pen.span(Role::Text, text.to_owned()));
        return Line::from(spans);
    }
    let before: String = text.chars().take(cursor).collect();
    let under = text.chars().nth(cursor).map_or(' ', |letter| letter);
    let after: String = text.chars().skip(cursor + 1).collect();
    spans.extend([
        pen.span(Role::Prompt, before),
        pen.span(Role::Cursor, under.to_string()),
        pen.span(Role::Prompt, after),
    ]);
    Line::from(spans)
}

fn prompt_lines(model: &Model, pen: &Pen<'_>, prompt: &Prompt) -> Vec<Line<'static>> {
    let mut lines: Vec<Line<'static>> = prompt
        .fields
        .iter()
        .enumerate()
        .map(|(at, (label, line))| typed(pen, label, &line.text, line.cursor, at == prompt.at))
        .collect();
    if !prompt.proposal.is_empty() {
        let words = format!(" Tab takes: {}", prompt.proposal);
        lines.push(Line::from(pen.span(Role::Proposal, words)));
    }
    let help = match prompt.kind {
        PromptKind::NextStep(_) => model.step_preview(prompt.text()),
        PromptKind::Search => format!("{} talks match", model.view.order.len()),
        PromptKind::Badge => "a badge's number, a pasted card, or an e-mail".to_owned(),
        PromptKind::Visitor(_) => "Tab goes to the next field; nothing is mandatory".to_owned(),
        PromptKind::Note(_) => "one line, kept with the card".to_owned(),
    };
    lines.push(Line::from(vec![
        Span::raw(" "),
        pen.span(Role::TextDim, help),
    ]));
    lines
}

fn trail(model: &Model, pen: &Pen<'_>, at: usize, rows: usize) -> Vec<Line<'static>> {
    let first = (at + 1).saturating_sub(rows);
    trail_lines(model)
        .into_iter()
        .enumerate()
        .skip(first)
        .take(rows)
        .map(|(row, line)| {
            let mark = if row == at {
                pen.glyph(Glyph::Focus)
            } else {
                " "
            };
            let gone = if line.retracted { "  (taken back)" } else { "" };
            let role = if line.retracted {
                Role::TextDim
            } else {
                Role::Text
            };
            Line::from(vec![
                pen.cell(Role::BorderFocused, &format!(" {mark} "), 3),
                pen.cell(Role::Time, &model.clock_words(line.at_ms), 7),
                pen.cell(Role::TextDim, &line.who, 12),
                pen.span(role, format!("{}{gone}", line.words)),
            ])
        })
        .collect()
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
