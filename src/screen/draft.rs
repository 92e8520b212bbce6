//! A card's follow-up: the words that stand, and beside each line what it rests on.

use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::domain::Card;
use crate::follow_up::{Desk, Draft, Ground, Line as Sentence, Standing};
use crate::theme::{Glyph, Role};

use super::pen::Pen;
use super::text::wrap;

/// From this width on the grounds stand beside the words, else beneath them.
const BESIDE: usize = 90;

/// Width of the mark before a line.
const MARK: usize = 3;

/// The page's title and lines; the marked line is always among them.
pub fn page(
    model: &Model,
    pen: &Pen<'_>,
    at: usize,
    room: (usize, usize),
) -> (String, Vec<Line<'static>>) {
    let Some(card) = model.focused() else {
        return ("follow-up".to_owned(), Vec::new());
    };
    let title = format!("follow-up   {}", model.card_words(card));
    match model.follow_up(card) {
        Ok((draft, desk)) => (title, lines(model, pen, (card, &draft, &desk, at), room)),
        Err(why) => {
            let words = format!(" {} {}", pen.glyph(Glyph::Warning), why.words());
            let remedy = format!("   {}", model.keyed(why.remedy()));
            let lines = vec![
                Line::from(pen.span(Role::Warning, words)),
                Line::from(pen.span(Role::TextDim, remedy)),
            ];
            (title, lines)
        }
    }
}

/// How far a card's follow-up has come, where anybody had to do with it: for the card's own page.
pub fn standing(model: &Model, pen: &Pen<'_>, card: &Card) -> Option<(Role, String)> {
    if card.draft == crate::domain::Correspondence::default() {
        return None;
    }
    Some(match model.follow_up(card) {
        Ok((_, desk)) => state(pen, desk.standing),
        Err(why) => (Role::Warning, why.words().to_owned()),
    })
}

/// A standing as sign, words and role.
fn state(pen: &Pen<'_>, standing: Standing) -> (Role, String) {
    let (role, glyph) = match standing {
        Standing::Proposed => (Role::TextDim, Glyph::Proposed),
        Standing::Held => (Role::ConsentNo, Glyph::OffRecord),
        Standing::Changed => (Role::Warning, Glyph::Warning),
        Standing::Waits => (Role::NextStep, Glyph::NextStep),
        Standing::Free => (Role::ConsentYes, Glyph::ConsentYes),
    };
    (role, format!("{} {}", pen.glyph(glyph), standing.words()))
}

fn lines(
    model: &Model,
    pen: &Pen<'_>,
    (card, draft, desk, at): (&Card, &Draft, &Desk, usize),
    (rows, cells): (usize, usize),
) -> Vec<Line<'static>> {
    let suggestion = model.suggestion(card, draft, desk);
    let suggested = suggestion.is_some();
    let top = head(model, pen, (card, draft, desk, suggested), cells);
    let shown = suggestion.map_or(desk, |suggestion| &suggestion.desk);
    let plain = std::iter::once(&desk.subject).chain(&desk.lines);
    let mut all = Vec::new();
    let mut marked = (0, 0);
    let mut place = 0;
    for (number, (line, plain)) in std::iter::once(&shown.subject)
        .chain(&shown.lines)
        .zip(plain)
        .enumerate()
    {
        let was = (line.text != plain.text).then_some(plain.text.as_str());
        let is_marked = !line.text.is_empty() && place == at;
        place += usize::from(!line.text.is_empty() || number == 0);
        let block = sentence(model, pen, (line, was, is_marked, number == 0), cells);
        if is_marked {
            marked = (all.len(), all.len() + block.len());
        }
        all.extend(block);
        if number == 0 {
            all.push(Line::default());
        }
    }
    all.push(Line::default());
    for text in draft.footer.lines() {
        let width = cells.saturating_sub(MARK + 1);
        for range in wrap(text, width.max(10)) {
            let words = format!("   {}", text.get(range).unwrap_or_default().trim());
            all.push(Line::from(pen.span(Role::TextDim, words)));
        }
    }
    let room = rows.saturating_sub(top.len());
    let first = marked.1.saturating_sub(room).min(marked.0);
    let shown = all.into_iter().skip(first).take(room);
    top.into_iter().chain(shown).collect()
}

/// Whom it goes to and how far it has come; where the language model stands with it, if the show has one.
fn head(
    model: &Model,
    pen: &Pen<'_>,
    (card, draft, desk, suggested): (&Card, &Draft, &Desk, bool),
    cells: usize,
) -> Vec<Line<'static>> {
    let (role, words) = state(pen, desk.standing);
    let mut head = vec![
        pen.span(Role::Label, "   to "),
        pen.span(Role::Person, draft.to.clone()),
        pen.span(Role::Text, "   "),
        pen.span(role, words),
    ];
    let people = model.addressees(card);
    if people.len() > 1 {
        let at = people.iter().position(|(id, _)| *id == draft.person);
        let (at, count) = (at.map_or(1, |at| at + 1), people.len());
        let key = model.keyed("{next-person}");
        let words = format!("   {at} of {count}, {key} the next person");
        head.push(pen.span(Role::Label, words));
    }
    if desk.outdated {
        let words = model.keyed("   edited before that; {fresh-draft} takes the new draft");
        head.push(pen.span(Role::Warning, words));
    } else if desk.edited {
        head.push(pen.span(Role::TextDim, "   edited by hand"));
    }
    let mut top = vec![pen.trimmed(head, cells)];
    if let Some((words, wrong)) = model.polish_words(card, suggested) {
        let role = if wrong { Role::Warning } else { Role::TextDim };
        let wide = cells.saturating_sub(MARK + 1).max(10);
        let rows = wrapped(&words, wide).into_iter().take(2);
        top.extend(rows.map(|row| Line::from(pen.span(role, format!("   {row}")))));
    }
    top
}

/// One line of the mail, wrapped, with what it rests on.
fn sentence(
    model: &Model,
    pen: &Pen<'_>,
    (line, was, marked, subject): (&Sentence, Option<&str>, bool, bool),
    cells: usize,
) -> Vec<Line<'static>> {
    let beside = cells >= BESIDE;
    let left = if beside { cells * 56 / 100 } else { cells };
    let wide = left.saturating_sub(MARK + 2).max(10);
    let right = cells.saturating_sub(left + 1).max(10);
    let words = wrapped(&line.text, wide);
    let grounds = match was {
        Some(was) => vec![format!("was “{was}”")],
        None => grounds(model, pen, line),
    };
    let grounds: Vec<String> = grounds
        .iter()
        .flat_map(|ground| {
            wrapped(
                ground,
                if beside {
                    right
                } else {
                    wide.saturating_sub(2)
                },
            )
        })
        .collect();
    let role = if subject {
        Role::TextStrong
    } else {
        Role::Text
    };
    let empty = String::new();
    let mut rows = Vec::new();
    let tall = if beside {
        words.len().max(grounds.len())
    } else {
        words.len()
    };
    for row in 0..tall {
        let mark = if marked && row == 0 {
            pen.glyph(Glyph::Focus)
        } else {
            " "
        };
        let mut spans = vec![pen.cell(Role::BorderFocused, &format!(" {mark} "), MARK)];
        let text = words.get(row).unwrap_or(&empty);
        spans.push(pen.cell(role, text, left.saturating_sub(MARK)));
        if beside {
            let ground = grounds.get(row).unwrap_or(&empty);
            spans.push(pen.span(Role::Evidence, ground.clone()));
        }
        rows.push(bar(pen, spans, marked));
    }
    if !beside {
        for ground in grounds {
            let spans = vec![Span::raw("     "), pen.span(Role::Evidence, ground)];
            rows.push(Line::from(spans));
        }
    }
    rows
}

fn bar(pen: &Pen<'_>, spans: Vec<Span<'static>>, marked: bool) -> Line<'static> {
    let line = Line::from(spans);
    if marked {
        line.patch_style(pen.style(Role::Selection))
    } else {
        line
    }
}

/// A text in lines of at most so many cells; one empty line of an empty text.
fn wrapped(text: &str, cells: usize) -> Vec<String> {
    let lines: Vec<String> = wrap(text, cells)
        .into_iter()
        .filter_map(|range| Some(text.get(range)?.trim_end().to_owned()))
        .collect();
    if lines.is_empty() {
        vec![String::new()]
    } else {
        lines
    }
}

fn grounds(model: &Model, pen: &Pen<'_>, line: &Sentence) -> Vec<String> {
    if line.by_hand && line.grounds.is_empty() {
        return vec![format!("{} in your words", pen.glyph(Glyph::Note))];
    }
    line.grounds
        .iter()
        .map(|ground| match ground {
            Ground::Said { at_ms, quote, .. } => {
                format!("{} “{}”", model.clock_words(*at_ms), quote.trim())
            }
            Ground::Noted(from) => format!("{} {from}", pen.glyph(Glyph::Note)),
        })
        .collect()
}
