//! The chips of a card: what counts with the words that prove it, then what was asked and what nobody spoke of yet.

use ratatui::text::Line;

use crate::app::{Chip, Model};
use crate::domain::{Card, Signal, SignalKind};
use crate::theme::{Glyph, Role};

use super::detail::LABEL;
use super::pen::Pen;
use super::text::{width, wrap};

/// The kinds with a chip, budget, authority, need and timeline first. Consent and the next step have lines of their own.
const CHIPS: [SignalKind; 8] = [
    SignalKind::Budget,
    SignalKind::Authority,
    SignalKind::Need,
    SignalKind::Timeline,
    SignalKind::CurrentSolution,
    SignalKind::Competitor,
    SignalKind::Objection,
    SignalKind::ProductInterest,
];

/// A line for each kind that was spoken of, the marked one else the newest; then one for the rest.
pub fn lines(model: &Model, pen: &Pen<'_>, card: &Card, cells: usize) -> Vec<Line<'static>> {
    let marked = model.evidence();
    let mut lines: Vec<Line<'static>> = SignalKind::ALL
        .into_iter()
        .filter_map(|kind| {
            let here = marked.filter(|signal| signal.kind == kind);
            let shown = match kind {
                // Said above, as consent and as the next step, unless one walks through the proofs.
                SignalKind::OptIn => here,
                _ => here.or_else(|| card.newest(kind)),
            };
            shown.map(|signal| (signal, here.is_some()))
        })
        .map(|(signal, here)| spoken(pen, card, signal, here, cells))
        .collect();
    lines.extend(silent(model, pen, card, cells));
    lines
}

/// What was said: the kind, whether it speaks for the deal, the value and the words.
fn spoken(pen: &Pen<'_>, card: &Card, signal: &Signal, here: bool, cells: usize) -> Line<'static> {
    let (role, glyph) = pen.chip(Chip::of(signal));
    let by_hand = card.marked.contains(&(signal.kind, signal.utterance));
    let hand = if by_hand {
        format!("{} ", pen.glyph(Glyph::Note))
    } else {
        String::new()
    };
    // Where the value is nothing but the words themselves, the words are enough.
    let told = signal
        .quote
        .starts_with(signal.value.trim_end_matches(['.', '…']));
    let value = if told {
        String::new()
    } else {
        format!("{}  ", signal.words())
    };
    let room = cells.saturating_sub(LABEL);
    let left = room.saturating_sub(width(&value) + width(&hand) + 4);
    let quote = wrap(&signal.quote, left.max(10));
    let words = quote
        .first()
        .map_or("", |range| &signal.quote[range.clone()]);
    let end = if quote.len() == 1 {
        "”"
    } else {
        pen.glyph(Glyph::Ellipsis)
    };
    let (mark, label) = if here {
        (pen.glyph(Glyph::Focus), Role::Selection)
    } else {
        (" ", Role::Label)
    };
    let proof = match (here, told) {
        (true, _) => Role::Evidence,
        (false, true) => Role::Text,
        (false, false) => Role::TextDim,
    };
    Line::from(vec![
        pen.cell(label, &format!("{mark}{}", signal.kind.word()), LABEL),
        pen.span(role, format!("{glyph} {hand}{value}")),
        pen.span(proof, format!("“{words}{end}")),
    ])
}

/// What nobody spoke of, and what was asked and not answered, each with its sign, in as many rows as it takes.
fn silent(model: &Model, pen: &Pen<'_>, card: &Card, cells: usize) -> Vec<Line<'static>> {
    let mut lines: Vec<Line<'static>> = Vec::new();
    if card.utterances.is_empty() {
        return lines;
    }
    let mut used = cells;
    for kind in CHIPS {
        let chip = model.chip(card, kind);
        let (role, glyph) = pen.chip(chip);
        let words = match chip {
            Chip::Asked => format!("{glyph} {} asked", kind.word()),
            Chip::Unknown => format!("{glyph} {}", kind.word()),
            Chip::Yes | Chip::No => continue,
        };
        let label = if lines.is_empty() { " not yet" } else { "" };
        let gap = if used + 2 + width(&words) > cells {
            lines.push(Line::from(pen.cell(Role::Label, label, LABEL)));
            used = LABEL;
            ""
        } else {
            "  "
        };
        used += width(gap) + width(&words);
        if let Some(line) = lines.last_mut() {
            line.spans.push(pen.span(role, format!("{gap}{words}")));
        }
    }
    lines
}
