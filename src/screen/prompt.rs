//! Lines being typed and lists to choose from: what is typed, the cursor in it, what it would come to, the keys.

use ratatui::text::{Line, Span};

use crate::app::{Line as Typed, Model, Picker, PickerKind, Prompt, PromptKind, counted};
use crate::theme::{Glyph, Role};

use super::pen::Pen;
use super::text::{cut, tail, width, wrap};

/// Width of the labels of a form's fields.
const LABEL: usize = 14;

/// A list to choose from: what is typed to find an entry, then the entries, the marked one as a bar.
pub fn picker(
    model: &Model,
    pen: &Pen<'_>,
    picker: &Picker,
    (rows, cells): (usize, usize),
) -> Vec<Line<'static>> {
    let label = match picker.kind {
        PickerKind::Tag => "tag",
        PickerKind::Account => "account",
        PickerKind::Owner | PickerKind::Presence => "owner",
        PickerKind::Take => "who",
        PickerKind::Merge | PickerKind::Seat => "talk",
        PickerKind::Filter => "show only",
        PickerKind::Palette => "do",
    };
    let keys = model.keyed(match picker.kind {
        PickerKind::Owner => {
            "{accept} gives it; a comma and words keep the reason; {dismiss} leaves"
        }
        _ => "{accept} takes the marked line, {dismiss} leaves",
    });
    let mut lines = vec![with_keys(
        pen,
        typed(pen, label, &picker.query, true, cells),
        &keys,
        cells,
    )];
    if picker.items.is_empty() {
        lines.push(Line::from(
            pen.span(Role::TextDim, "   nothing is called that"),
        ));
        return lines;
    }
    lines.extend(entries(pen, picker, rows.saturating_sub(1).max(1), cells));
    lines
}

fn entries(pen: &Pen<'_>, picker: &Picker, rows: usize, cells: usize) -> Vec<Line<'static>> {
    let first = (picker.at + 1).saturating_sub(rows);
    let label = picker
        .items
        .iter()
        .map(|item| width(&item.label))
        .max()
        .unwrap_or(0)
        .clamp(12, 48);
    let entry = |(at, item): (usize, &crate::app::Pick)| {
        let marked = at == picker.at;
        let mark = if marked { pen.glyph(Glyph::Focus) } else { " " };
        let line = Line::from(vec![
            pen.cell(Role::BorderFocused, &format!(" {mark} "), 3),
            pen.cell(Role::Text, &item.label, label + 2),
            pen.cell(Role::TextDim, &item.detail, cells.saturating_sub(label + 5)),
        ]);
        if marked {
            line.patch_style(pen.style(Role::Selection))
        } else {
            line
        }
    };
    picker
        .items
        .iter()
        .enumerate()
        .skip(first)
        .take(rows)
        .map(entry)
        .collect()
}

/// A line or form to type into, with what it would come to and the keys.
pub fn form(model: &Model, pen: &Pen<'_>, prompt: &Prompt, cells: usize) -> Vec<Line<'static>> {
    let mut lines: Vec<Line<'static>> = prompt
        .fields
        .iter()
        .enumerate()
        .map(|(at, (label, line))| {
            let typed = typed(pen, label, line, at == prompt.at, cells);
            match model.field_fault(prompt, at) {
                // Not while the first letters are typed: what is begun is never right.
                Some(fault) if at != prompt.at || prompt.told.contains(&line.text) => {
                    doubted(pen, typed, &fault, cells)
                }
                _ => typed,
            }
        })
        .collect();
    if !prompt.proposal.is_empty() {
        let key = model.keyed("{complete} takes: ");
        lines.push(under(
            pen,
            Role::Proposal,
            &format!("{key}{}", prompt.proposal),
        ));
    }
    let comes_to = match prompt.kind {
        PromptKind::NextStep(_) => model.step_preview(prompt.text()),
        PromptKind::Search => {
            let talks = model.view.order.len();
            let match_ = if talks == 1 { "matches" } else { "match" };
            format!("{} {match_}", counted(talks, "talk"))
        }
        PromptKind::Badge => "a badge's number, a pasted card, or an e-mail".to_owned(),
        PromptKind::Visitor(_) if !prompt.told.is_empty() => {
            model.keyed("{accept} once more keeps it as it is")
        }
        PromptKind::Visitor(_) => "nothing is mandatory".to_owned(),
        PromptKind::Note(_) => "one line, kept with the card".to_owned(),
        PromptKind::NewLine(..) => "it stands beneath the marked line".to_owned(),
        PromptKind::DraftLine(..) => "an empty line is left out of the mail".to_owned(),
    };
    lines.push(under(pen, Role::TextDim, &comes_to));
    let keys = match prompt.kind {
        PromptKind::Search => "{accept} keeps the filter, {dismiss} shows all again",
        PromptKind::Visitor(_) => {
            "{accept} keeps it, {complete} next field, {previous-field} the one before, {dismiss} leaves"
        }
        _ => "{accept} keeps it, {dismiss} leaves it as it was",
    };
    lines.push(under(pen, Role::TextDim, &model.keyed(keys)));
    lines
}

/// A question before something that would be lost.
pub fn question(model: &Model, pen: &Pen<'_>, question: &str, cells: usize) -> Vec<Line<'static>> {
    let words = format!(" {} {}", pen.glyph(Glyph::Warning), model.keyed(question));
    wrap(&words, cells)
        .into_iter()
        .map(|range| Line::from(pen.cell(Role::Unsaved, &words[range], cells)))
        .collect()
}

/// A line being typed: what it is, its text, and the cursor where it is typed into. A text that is longer than the room is
/// cut in front, so that the cursor is always seen.
pub fn typed(pen: &Pen<'_>, label: &str, line: &Typed, here: bool, cells: usize) -> Line<'static> {
    let mark = if here { pen.glyph(Glyph::Focus) } else { " " };
    let mut spans = vec![
        pen.span(Role::BorderFocused, format!("{mark} ")),
        pen.cell(Role::PromptLabel, label, LABEL - 2),
    ];
    let room = cells.saturating_sub(LABEL + 1);
    if !here {
        spans.push(pen.span(
            Role::Text,
            cut(&line.text, room, pen.glyph(Glyph::Ellipsis)),
        ));
        return Line::from(spans);
    }
    let before: String = line.text.chars().take(line.cursor).collect();
    let mut rest = line.text.chars().skip(line.cursor);
    let under = rest.next().map_or_else(|| " ".to_owned(), String::from);
    let shown = if width(&before) > room {
        let dots = pen.glyph(Glyph::Ellipsis);
        format!("{dots}{}", tail(&before, room.saturating_sub(width(dots))))
    } else {
        before
    };
    let left = room.saturating_sub(width(&shown) + width(&under) - 1);
    let after = cut(&rest.collect::<String>(), left, pen.glyph(Glyph::Ellipsis));
    spans.extend([
        pen.span(Role::Prompt, shown),
        pen.span(Role::Cursor, under),
        pen.span(Role::Prompt, after),
    ]);
    Line::from(spans)
}

/// The keys at the line's right end, where there is room beside what is typed.
pub fn with_keys(
    pen: &Pen<'_>,
    mut line: Line<'static>,
    keys: &str,
    cells: usize,
) -> Line<'static> {
    let used: usize = line.spans.iter().map(|span| width(&span.content)).sum();
    let wide = width(keys) + 1;
    if let Some(gap) = cells.checked_sub(used + wide).filter(|gap| *gap >= 2) {
        line.spans.push(Span::raw(" ".repeat(gap)));
        line.spans.push(pen.span(Role::TextDim, keys.to_owned()));
    }
    line
}

/// What can't be right, at the line's right end.
fn doubted(pen: &Pen<'_>, mut line: Line<'static>, fault: &str, cells: usize) -> Line<'static> {
    let words = format!("{} {fault}", pen.glyph(Glyph::Warning));
    let used: usize = line.spans.iter().map(|span| width(&span.content)).sum();
    let gap = 2.min(cells.saturating_sub(used));
    let room = cells.saturating_sub(used + gap);
    line.spans.push(Span::raw(" ".repeat(gap)));
    line.spans
        .push(pen.span(Role::Warning, cut(&words, room, pen.glyph(Glyph::Ellipsis))));
    line
}

/// A line beneath the fields, in their column.
fn under(pen: &Pen<'_>, role: Role, words: &str) -> Line<'static> {
    Line::from(vec![
        Span::raw(" ".repeat(LABEL)),
        pen.span(role, words.to_owned()),
    ])
}
