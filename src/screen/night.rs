//! The night list: what one card lacks, what would fill it with the quote or rule behind it, and the keys that do.

use ratatui::text::Line;

use crate::action::Action;
use crate::app::{Model, Round, Stop};
use crate::domain::gaps::{Gap, Missing, Proposal};
use crate::theme::{Glyph, Role};

use super::pen::Pen;
use super::text::wrap;

/// Width of the gap's name before what would fill it.
const LABEL: usize = 14;

/// What stands in the rule: how far one is, and the card.
pub fn title(model: &Model, round: &Round) -> String {
    let words = format!("before the export   {}", model.round_words(round));
    match round.here() {
        Some(Stop::Card(card)) => match model.board().card(card) {
            Some(card) => format!("{words}   {}", model.card_words(card)),
            None => words,
        },
        _ => words,
    }
}

/// The stop's lines.
pub fn lines(model: &Model, pen: &Pen<'_>, round: &Round, cells: usize) -> Vec<Line<'static>> {
    match round.here() {
        Some(stop @ Stop::Pair(..)) => pair(model, pen, stop, cells),
        Some(Stop::Card(card)) => match model.missing(card) {
            Some(missing) => gaps(model, pen, &missing, cells),
            None => told(
                pen,
                Role::Known,
                &model.keyed("nothing is missing on this card any more; {next-missing} goes on"),
                cells,
            ),
        },
        None => end(model, pen, cells),
    }
}

fn end(model: &Model, pen: &Pen<'_>, cells: usize) -> Vec<Line<'static>> {
    let words = if model.night_stops().is_empty() {
        model.keyed("nothing is left to do: {export} writes the night's files, {back} goes back to the board")
    } else {
        model.keyed("that was the last card: {next-missing} goes round what is left, {export} writes the night's files, {back} goes back to the board")
    };
    told(pen, Role::AskNext, &words, cells)
}

fn told(pen: &Pen<'_>, role: Role, words: &str, cells: usize) -> Vec<Line<'static>> {
    wrap(words, cells.saturating_sub(4))
        .into_iter()
        .map(|part| Line::from(pen.span(role, format!("   {}", &words[part]))))
        .collect()
}

/// Two cards that may be about one person.
fn pair(model: &Model, pen: &Pen<'_>, stop: Stop, cells: usize) -> Vec<Line<'static>> {
    let (Stop::Pair(keep, from), Some(duplicate)) = (stop, model.duplicate(stop)) else {
        let words = model.keyed("these are one card now; {next-missing} goes on");
        return told(pen, Role::Known, &words, cells);
    };
    let mut lines = vec![labelled(
        pen,
        "twice?",
        Role::Warning,
        &format!("the same {} on two cards", duplicate.why),
        cells,
    )];
    for (label, card) in [("stays", keep), ("goes into it", from)] {
        if let Some(card) = model.board().card(card) {
            lines.push(labelled(
                pen,
                label,
                Role::Text,
                &model.card_words(card),
                cells,
            ));
        }
    }
    lines.push(keys(
        model,
        pen,
        "{fill} merges them, {skip} they are two people, {next-missing} goes on",
        cells,
    ));
    lines
}

fn gaps(model: &Model, pen: &Pen<'_>, missing: &Missing, cells: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let mut first = true;
    for gap in &missing.gaps {
        let proposal = missing.proposals.iter().find(|it| it.gap == *gap);
        match proposal {
            Some(proposal) => {
                lines.extend(proposed(model, pen, proposal, first, cells));
                first = false;
            }
            None if *gap == Gap::Refused => {
                let words = format!(
                    "{}; put it right, the next export sends it again",
                    missing.refusal
                );
                lines.push(labelled(pen, "refused", Role::Fault, &words, cells));
            }
            None => lines.push(by_hand(model, pen, *gap, cells)),
        }
    }
    let line = if first {
        "{next-missing} goes on, {heat swag} giveaway hunter, {skip} leave it tonight"
    } else {
        "{fill} takes the marked line, {next-missing} goes on, {heat swag} giveaway hunter, {skip} leave it tonight"
    };
    lines.push(keys(model, pen, line, cells));
    lines
}

/// A proposal, and beneath it why: the quote or the rule.
fn proposed(
    model: &Model,
    pen: &Pen<'_>,
    proposal: &Proposal,
    marked: bool,
    cells: usize,
) -> Vec<Line<'static>> {
    let mark = if marked { pen.glyph(Glyph::Focus) } else { " " };
    let key = if marked {
        model.key_for(Action::Fill)
    } else {
        String::new()
    };
    let role = if marked { Role::TextStrong } else { Role::Text };
    let first = pen.trimmed(
        vec![
            pen.cell(Role::BorderFocused, &format!(" {mark} "), 3),
            pen.cell(Role::Label, proposal.gap.word(), LABEL),
            pen.span(role, proposal.text.clone()),
            pen.span(Role::FooterKey, format!("   {key}")),
        ],
        cells,
    );
    let why = pen.trimmed(
        vec![
            pen.cell(Role::Label, "", 3 + LABEL),
            pen.span(Role::Proposal, format!("because {}", proposal.why)),
        ],
        cells,
    );
    vec![first, why]
}

/// A gap nobody has a proposal for, and the key that fills it.
fn by_hand(model: &Model, pen: &Pen<'_>, gap: Gap, cells: usize) -> Line<'static> {
    let words = match gap {
        Gap::Name => "{edit-visitor} types it, {badge} takes a badge",
        Gap::Company => "{flag-account} says which, {edit-visitor} types it",
        Gap::Target => "{flag-account} flags it",
        // One always has its proposal, the other has its own words.
        Gap::Rating | Gap::Refused => "",
        Gap::Owner => "{assign-owner} says who follows up",
        Gap::NextStep => "{next-step} writes what was promised",
        Gap::Consent => "nobody asked; {consent} if you know it",
    };
    labelled(pen, gap.word(), Role::Unknown, &model.keyed(words), cells)
}

fn labelled(pen: &Pen<'_>, label: &str, role: Role, words: &str, cells: usize) -> Line<'static> {
    pen.trimmed(
        vec![
            pen.span(Role::Text, "   "),
            pen.cell(Role::Label, label, LABEL),
            pen.span(role, words),
        ],
        cells,
    )
}

fn keys(model: &Model, pen: &Pen<'_>, words: &str, cells: usize) -> Line<'static> {
    let words = model.keyed(words);
    pen.trimmed(vec![pen.span(Role::AskNext, format!("   {words}"))], cells)
}
