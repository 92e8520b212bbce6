//! The focused card: who, why we think so, what counts, what was promised; and beside it what was said.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::{Layer, Model};
use crate::domain::{Card, Consent, Visitor};
use crate::theme::{Glyph, Role};

use super::pen::{Pen, put};
use super::text::{width, wrap};
use super::{chips, draft, trail, transcript, welcome};

/// From this width on the transcript stands beside the facts, else beneath them.
const BESIDE: u16 = 96;

/// From this width on the card's own history stands in a third column: more columns, never longer lines.
const THREE: u16 = 200;

/// Draws the detail.
pub fn draw(model: &Model, pen: &Pen<'_>, frame: &mut Frame, area: Rect) {
    if area.height == 0 {
        return;
    }
    let reading = matches!(model.view.layers.last(), Some(Layer::Card));
    let rule = Rect { height: 1, ..area };
    let inner = Rect {
        y: area.y + 1,
        height: area.height - 1,
        ..area
    };
    let Some(card) = model.focused() else {
        put(
            frame,
            rule,
            vec![pen.rule("", usize::from(area.width), false)],
        );
        if model.board().is_empty() {
            put(
                frame,
                inner,
                welcome::lines(model, pen, usize::from(area.width)),
            );
        }
        return;
    };
    let title = model.card_words(card);
    put(
        frame,
        rule,
        vec![pen.rule(&title, usize::from(area.width), reading)],
    );
    if area.width >= BESIDE {
        let history = if area.width >= THREE {
            area.width * 28 / 100
        } else {
            0
        };
        let (rest, last) = split(inner, inner.width - history);
        let (left, right) = split(rest, rest.width * 45 / 100);
        put(
            frame,
            left,
            facts(model, pen, card, usize::from(left.width)),
        );
        transcript::draw(model, pen, card, frame, right);
        if history > 0 {
            trail::of_card(model, pen, card, frame, last);
        }
    } else {
        beneath(model, pen, card, frame, inner);
    }
}

/// A part of that width, and the rest after two blanks.
fn split(area: Rect, width: u16) -> (Rect, Rect) {
    let width = width.min(area.width);
    let gap = 2.min(area.width - width);
    let rest = Rect {
        x: area.x + width + gap,
        width: area.width - width - gap,
        ..area
    };
    (Rect { width, ..area }, rest)
}

/// Facts above, transcript beneath: for narrow terminals.
fn beneath(model: &Model, pen: &Pen<'_>, card: &Card, frame: &mut Frame, inner: Rect) {
    let reading = matches!(model.view.layers.last(), Some(Layer::Card));
    let lines = facts(model, pen, card, usize::from(inner.width));
    // The facts may take two thirds; a reader of the transcript wants the other way round.
    let share = if reading {
        inner.height / 3
    } else {
        inner.height * 2 / 3
    };
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(share);
    put(
        frame,
        Rect {
            height: rows,
            ..inner
        },
        lines,
    );
    let rest = Rect {
        y: inner.y + rows,
        height: inner.height - rows,
        ..inner
    };
    transcript::draw(model, pen, card, frame, rest);
}

/// Everything known about a card, the most telling first.
fn facts(model: &Model, pen: &Pen<'_>, card: &Card, cells: usize) -> Vec<Line<'static>> {
    let mut lines = judgement(pen, card, cells);
    lines.extend(ask_next(model, pen, card));
    lines.extend(people(model, pen, card));
    lines.extend(guess(model, pen, card));
    lines.extend(account(model, pen, card));
    lines.push(owner(model, pen, card));
    lines.extend(step(pen, card));
    lines.push(consent(model, pen, card));
    if let Some((role, words)) = draft::standing(model, pen, card) {
        lines.push(labelled(pen, "follow-up", role, &words));
    }
    if !card.tags.is_empty() {
        let tags: Vec<&str> = card.tags.iter().map(String::as_str).collect();
        lines.push(labelled(pen, "tags", Role::Tag, &tags.join("  ")));
    }
    lines.extend(chips::lines(model, pen, card, cells));
    lines.extend(card.notes.iter().map(|note| {
        let words = format!("{} {}", pen.glyph(Glyph::Note), note.text);
        labelled(pen, "note", Role::Note, &words)
    }));
    lines
        .into_iter()
        .map(|line| pen.trimmed(line.spans, cells))
        .collect()
}

/// A dim label in a column of its own, then the words.
pub(super) fn labelled(pen: &Pen<'_>, label: &str, role: Role, words: &str) -> Line<'static> {
    Line::from(vec![
        pen.cell(Role::Label, &format!(" {label}"), LABEL),
        pen.span(role, words.to_owned()),
    ])
}

/// Width of the column of labels.
pub(super) const LABEL: usize = 13;

/// The captain's word, and beside it the machine's with all its reasons, in as many rows as they take.
fn judgement(pen: &Pen<'_>, card: &Card, cells: usize) -> Vec<Line<'static>> {
    let (role, words) = pen.heat(card.heat);
    let own = format!(" {words} ");
    let room = cells.saturating_sub(LABEL + width(&own));
    let looks = card.proposed.as_ref().map_or(String::new(), |(heat, why)| {
        let word = heat.map_or("no buyer", crate::domain::Heat::word);
        let sign = pen.glyph(Glyph::Proposed);
        let why = if why.is_empty() {
            String::new()
        } else {
            format!(": {why}")
        };
        format!("  {sign} looks {word}{why}")
    });
    // Four cells less, by which the rows after the first are moved in.
    let rows = wrap(&looks, room.saturating_sub(4).max(20))
        .into_iter()
        .enumerate();
    rows.map(|(row, range)| {
        let mut spans = if row == 0 {
            vec![
                pen.cell(Role::Label, " rating", LABEL),
                pen.span(role, own.clone()),
            ]
        } else {
            let blank = " ".repeat(LABEL + width(&own) + 4);
            vec![pen.span(Role::Label, blank)]
        };
        spans.push(pen.span(Role::HeatProposed, looks[range].to_owned()));
        Line::from(spans)
    })
    .collect()
}

/// The one question worth asking now.
fn ask_next(model: &Model, pen: &Pen<'_>, card: &Card) -> Option<Line<'static>> {
    let words = model.ask_next(card)?;
    let words = format!("{} {words}", pen.glyph(Glyph::AskNext));
    Some(labelled(pen, "ask next", Role::AskNext, &words))
}

fn people(model: &Model, pen: &Pen<'_>, card: &Card) -> Vec<Line<'static>> {
    if card.visitors.is_empty() {
        let words = model.keyed("nobody yet: scan, or {badge} its number, {edit-visitor} a name");
        return vec![labelled(pen, "who", Role::TextDim, &words)];
    }
    card.visitors
        .iter()
        .map(|(_, visitor)| {
            let visits = model.board().visits(visitor);
            let words = person(visitor);
            let words = if visits > 1 {
                format!("seen again, visit {visits}: {words}")
            } else {
                words
            };
            labelled(pen, "who", Role::Person, &words)
        })
        .collect()
}

/// How a badge was read that nothing tells, and the key that keeps it.
fn guess(model: &Model, pen: &Pen<'_>, card: &Card) -> Option<Line<'static>> {
    let layout = model.guessed_layout(card)?;
    let words = format!(
        "{} {}: {}",
        pen.glyph(Glyph::Proposed),
        model.keyed("a guess, {keep-layout} keeps it"),
        layout.words()
    );
    Some(labelled(pen, "badge", Role::HeatProposed, &words))
}

fn person(visitor: &Visitor) -> String {
    let badge = if visitor.badge_id.is_empty() {
        String::new()
    } else {
        format!("badge {}", visitor.badge_id)
    };
    let parts = [
        visitor.name.as_str(),
        visitor.title.as_str(),
        visitor.company.as_str(),
        visitor.email.as_str(),
        visitor.phone.as_str(),
        badge.as_str(),
    ];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

fn account(model: &Model, pen: &Pen<'_>, card: &Card) -> Vec<Line<'static>> {
    let flagged = card.account.as_ref().map(|found| {
        // Where it sent more than one of its people, the line of the whole company stands after the reason.
        let page = model.account_page(card.id);
        let radar = page
            .filter(|page| page.people.len() > 1)
            .map_or_else(String::new, |page| page.radar());
        let rest = radar.split_once(": ").map_or("", |(_, rest)| rest);
        let words = format!(
            "{} {}  ({})  {rest}",
            pen.glyph(Glyph::AccountTarget),
            found.name,
            found.why
        );
        labelled(pen, "target", Role::AccountTarget, words.trim_end())
    });
    let known = card.account.as_ref().map(|found| found.key.as_str());
    let suggested = card
        .suggested
        .as_ref()
        .filter(|found| Some(found.key.as_str()) != known)
        .map(|found| {
            let words = format!(
                "{} {}?  {}  ({})",
                pen.glyph(Glyph::AccountSuggested),
                found.name,
                model.keyed("{flag-account} {accept} flags it"),
                found.why
            );
            labelled(pen, "target", Role::AccountSuggested, &words)
        });
    flagged.into_iter().chain(suggested).collect()
}

fn owner(model: &Model, pen: &Pen<'_>, card: &Card) -> Line<'static> {
    if let Some(owner) = &card.owner {
        let taken = card.taken.as_ref().map_or(String::new(), |(by, at)| {
            let by = Some(by.as_str()).filter(|by| *by != owner.owner);
            let by = by.map_or(String::new(), |by| format!("{by} "));
            format!(", {by}took it {}", model.clock_words(*at))
        });
        let handed = card.handed_over.as_ref().map_or(String::new(), |(_, at)| {
            format!(", handed over {}", model.clock_words(*at))
        });
        let away = if model.is_away(&owner.owner) {
            ", away"
        } else {
            ""
        };
        let words = format!(
            "{} {}{away}  ({}{taken}{handed})",
            pen.glyph(Glyph::Owner),
            owner.owner,
            owner.rule
        );
        return labelled(pen, "owner", Role::OwnerOther, &words);
    }
    let words = match model.knowledge.proposed_owner(card) {
        Some(proposed) => format!(
            "{} {}?  {}  ({}{})",
            pen.glyph(Glyph::Owner),
            proposed.owner,
            model.keyed("{assign-owner} {accept} gives it"),
            proposed.rule,
            if model.is_away(&proposed.owner) {
                "; away"
            } else {
                ""
            }
        ),
        None => model.keyed("nobody yet; {assign-owner} picks one"),
    };
    labelled(pen, "owner", Role::TextDim, &words)
}

fn step(pen: &Pen<'_>, card: &Card) -> Option<Line<'static>> {
    card.next_step.as_ref().map(|step| {
        let due = step.due.map_or(String::new(), |day| format!(", due {day}"));
        let words = format!("{} {}{due}", pen.glyph(Glyph::NextStep), step.text);
        labelled(pen, "next step", Role::NextStep, &words)
    })
}

fn consent(model: &Model, pen: &Pen<'_>, card: &Card) -> Line<'static> {
    let (answer, why) = &card.consent;
    let (role, words) = match answer {
        Consent::Yes => (
            Role::ConsentYes,
            format!("{} may contact", pen.glyph(Glyph::ConsentYes)),
        ),
        Consent::No => (
            Role::ConsentNo,
            format!("{} must NOT contact", pen.glyph(Glyph::ConsentNo)),
        ),
        Consent::Unknown => {
            let words = model.keyed("not asked; {consent} notes it");
            return labelled(pen, "consent", Role::TextDim, &words);
        }
    };
    let proof = if why == "by hand" {
        format!("  ({why})")
    } else {
        format!("  “{why}”")
    };
    labelled(pen, "consent", role, &format!("{words}{proof}"))
}
