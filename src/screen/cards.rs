//! The list of cards: what needs a person first, one line each, in columns that drop from the right.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::{Chip, Model, counted};
use crate::domain::{Card, Consent, Heat, SignalKind};
use crate::theme::{Glyph, Role};

use super::pen::{Pen, put};
use super::text::{short_name, width};

/// How wide each column is; 0 leaves it out.
struct Columns {
    company: usize,
    person: usize,
    owner: usize,
    tags: usize,
    last: usize,
}

/// Focus mark, heat, time, minutes, live and star: what every row begins with.
const HEAD: usize = 2 + 9 + 6 + 7 + 4;

/// Budget, authority, need and timeline with a blank each.
const CHIPS: usize = 9;

impl Columns {
    /// Columns for cards in sight: tags get room only where one has some.
    fn of(cells: usize, tagged: bool) -> Self {
        let room = cells.saturating_sub(HEAD + CHIPS);
        let share =
            |percent: usize, least: usize, most: usize| (room * percent / 100).clamp(least, most);
        let wide = room >= 70;
        let company = if wide {
            share(24, 18, 34)
        } else {
            share(38, 10, 24)
        };
        let person = if wide {
            share(28, 16, 44)
        } else {
            share(28, 0, 20)
        };
        let owner = if wide {
            share(18, 14, 26)
        } else {
            room.saturating_sub(company + person)
        };
        let tags = if tagged && room >= 95 {
            share(12, 10, 24)
        } else {
            0
        };
        Self {
            company,
            person,
            owner,
            tags,
            last: room.saturating_sub(company + person + owner + tags),
        }
    }
}

/// Draws the rows that are in sight: 2,000 cards cost no more than 20.
pub fn draw(model: &Model, pen: &Pen<'_>, frame: &mut Frame, area: Rect) {
    if area.height == 0 {
        return;
    }
    let cells = usize::from(area.width);
    let mut lines = vec![pen.rule(&title(model), cells, model.view.layers.is_empty())];
    let rows = usize::from(area.height - 1);
    if model.view.order.is_empty() {
        lines.extend(empty(model, pen));
        put(frame, area, lines);
        return;
    }
    let focus = model.view.focus.map(|id| model.board().resolve(id));
    let at = focus.and_then(|id| model.view.order.iter().position(|other| *other == id));
    let first = window(model.view.order.len(), at.unwrap_or(0), rows);
    let seen = model.view.order.iter().skip(first).take(rows);
    let cards: Vec<&Card> = seen.filter_map(|id| model.board().card(*id)).collect();
    let tagged = cards.iter().any(|card| !card.tags.is_empty());
    let columns = Columns::of(cells, tagged);
    for card in cards {
        let here = Some(card.id) == focus;
        lines.push(row(model, pen, card, &columns, here, cells));
    }
    put(frame, area, lines);
}

/// The first row in sight: the focused one stays in it, with company above and below.
fn window(count: usize, at: usize, rows: usize) -> usize {
    let margin = 2.min(rows / 3);
    let last_start = count.saturating_sub(rows);
    at.saturating_sub(rows.saturating_sub(margin + 1))
        .min(last_start)
}

fn title(model: &Model) -> String {
    let all = model.board().len();
    let shown = model.view.order.len();
    let filter = &model.view.filter;
    if filter.is_empty() {
        return "talks".to_owned();
    }
    let mut words = Vec::new();
    if !filter.text.is_empty() {
        words.push(format!("“{}”", filter.text));
    }
    words.extend(filter.heat.map(|heat| heat.word().to_owned()));
    for (on, word) in [
        (filter.targets, "targets"),
        (filter.unowned, "nobody's"),
        (filter.live, "talking now"),
    ] {
        words.extend(on.then(|| word.to_owned()));
    }
    let all = counted(all, "talk");
    let way = model.keyed("{clear-filter} shows all");
    format!("{shown} of {all}: {}   {way}", words.join(", "))
}

fn empty(model: &Model, pen: &Pen<'_>) -> Vec<Line<'static>> {
    if !model.board().is_empty() {
        let words = model.keyed("  no talk is like that; {clear-filter} shows all");
        return vec![Line::from(pen.span(Role::TextDim, words))];
    }
    let words = if model.seat.refusal().is_some() {
        "  Nothing was recorded at this show yet."
    } else if model.lanes.is_empty() {
        "  Nobody is here yet. Scan a badge, or press {new-card} for a card; show.toml names microphones."
    } else {
        "  Nobody is here yet. Speak, scan a badge, or press {new-card} for a card."
    };
    vec![Line::from(pen.span(Role::TextDim, model.keyed(words)))]
}

fn row(
    model: &Model,
    pen: &Pen<'_>,
    card: &Card,
    columns: &Columns,
    focused: bool,
    cells: usize,
) -> Line<'static> {
    let mark = if focused {
        pen.glyph(Glyph::Focus)
    } else {
        " "
    };
    let mut spans = vec![pen.span(Role::BorderFocused, format!("{mark} "))];
    spans.extend(heat(pen, card));
    spans.push(pen.cell(Role::Time, &model.clock_words(card.opened_ms), 6));
    spans.extend(length(model, pen, card));
    spans.push(star(pen, card));
    spans.extend(who(pen, card, columns));
    spans.extend(owner(model, pen, card, columns.owner));
    spans.extend(chips(model, pen, card));
    if columns.tags > 0 {
        let tags: Vec<&str> = card.tags.iter().map(String::as_str).collect();
        spans.push(pen.cell(Role::Tag, &tags.join(" "), columns.tags));
    }
    spans.push(last(pen, card, columns.last));
    let mut line = filled(spans, cells);
    if focused {
        line = line.patch_style(pen.style(Role::CardFocused));
    }
    line
}

/// The line reaches to the edge, so that the focused row is one bar.
fn filled(mut spans: Vec<Span<'static>>, cells: usize) -> Line<'static> {
    let used: usize = spans.iter().map(|span| width(&span.content)).sum();
    spans.push(Span::raw(" ".repeat(cells.saturating_sub(used))));
    Line::from(spans)
}

fn heat(pen: &Pen<'_>, card: &Card) -> Vec<Span<'static>> {
    let (role, words) = match (card.heat, &card.proposed) {
        (None, Some((Some(heat), _))) => {
            let (_, words) = pen.heat(Some(*heat));
            (Role::HeatProposed, format!("{}?", words.to_lowercase()))
        }
        (heat, _) => pen.heat(heat),
    };
    // One cell on each side, so that a filled judgement reads as a badge.
    vec![pen.cell(role, &format!(" {words}"), 8), Span::raw(" ")]
}

fn length(model: &Model, pen: &Pen<'_>, card: &Card) -> Vec<Span<'static>> {
    let end = card.closed_ms.unwrap_or(model.now.ms);
    let minutes = end.saturating_sub(card.opened_ms) / 60_000;
    let words = if minutes < 1 {
        "<1m".to_owned()
    } else {
        format!("{minutes}m")
    };
    let (role, glyph) = if card.is_live() {
        (Role::HeaderGood, pen.glyph(Glyph::Live))
    } else {
        (Role::TextDim, " ")
    };
    vec![
        pen.cell(Role::TextDim, &format!("{words:>4} "), 5),
        pen.cell(role, glyph, 2),
    ]
}

fn star(pen: &Pen<'_>, card: &Card) -> Span<'static> {
    if card.account.is_some() {
        pen.cell(
            Role::AccountTarget,
            &format!("  {}", pen.glyph(Glyph::AccountTarget)),
            4,
        )
    } else if card.suggested.is_some() {
        pen.cell(
            Role::AccountSuggested,
            &format!("  {}", pen.glyph(Glyph::AccountSuggested)),
            4,
        )
    } else {
        pen.cell(Role::Text, "", 4)
    }
}

fn who(pen: &Pen<'_>, card: &Card, columns: &Columns) -> Vec<Span<'static>> {
    let company = card.company().unwrap_or("");
    let badge = card
        .visitors
        .iter()
        .map(|(_, visitor)| &visitor.badge_id)
        .find(|id| !id.is_empty());
    let (role, company) = match (company, card.person(), badge) {
        ("", None, None) => (Role::TextDim, "who is it?".to_owned()),
        ("", None, Some(id)) => (Role::Company, format!("badge {id}")),
        (company, _, _) => (Role::Company, company.to_owned()),
    };
    let others = card.visitors.len().saturating_sub(1);
    let person = card.person().map_or(String::new(), |visitor| {
        let title = if visitor.title.is_empty() {
            String::new()
        } else {
            format!(", {}", visitor.title)
        };
        let more = if others > 0 {
            format!(" +{others}")
        } else {
            String::new()
        };
        format!("{}{more}{title}", visitor.name)
    });
    let mut spans = vec![
        pen.cell(role, &company, columns.company.saturating_sub(1)),
        Span::raw(" "),
    ];
    if columns.person > 0 {
        spans.push(pen.cell(Role::Person, &person, columns.person - 1));
        spans.push(Span::raw(" "));
    }
    spans
}

/// Who follows up; whose it would be by the rules, with a question mark; or a warning where it matters.
fn owner(model: &Model, pen: &Pen<'_>, card: &Card, cells: usize) -> Vec<Span<'static>> {
    if cells < 3 {
        return Vec::new();
    }
    let arrow = pen.glyph(Glyph::Owner);
    let (role, words) = if let Some(owner) = &card.owner {
        let role = if owner.owner == model.config.operator {
            Role::OwnerMine
        } else {
            Role::OwnerOther
        };
        let state = if model.is_away(&owner.owner) && card.taken.is_none() {
            " away".to_owned()
        } else if card.handed_over.is_some() {
            format!(" {}", pen.glyph(Glyph::HandedOver))
        } else if card.taken.is_some() {
            format!(" {}", pen.glyph(Glyph::Taken))
        } else {
            String::new()
        };
        (role, format!("{arrow} {}{state}", short_name(&owner.owner)))
    } else if let Some((by, _)) = &card.taken {
        (
            Role::OwnerOther,
            format!("{} {}", pen.glyph(Glyph::Taken), short_name(by)),
        )
    } else if card.heat == Some(Heat::Hot) {
        (
            Role::OwnerNone,
            format!(" {} nobody! ", pen.glyph(Glyph::OwnerNone)),
        )
    } else if let Some(proposed) = model.knowledge.proposed_owner(card) {
        (
            Role::TextDim,
            format!("{arrow} {}?", short_name(&proposed.owner)),
        )
    } else {
        (Role::TextDim, String::new())
    };
    // As wide as its words, so that an alarm is a badge and no bar.
    let wide = width(&words).min(cells - 1);
    vec![
        pen.cell(role, &words, wide),
        Span::raw(" ".repeat(cells - wide)),
    ]
}

/// Budget, authority, need, timeline: the letter for yes, a cross for no, a question mark for asked, a dot for not known.
fn chips(model: &Model, pen: &Pen<'_>, card: &Card) -> Vec<Span<'static>> {
    let letters = [
        (SignalKind::Budget, 'B'),
        (SignalKind::Authority, 'A'),
        (SignalKind::Need, 'N'),
        (SignalKind::Timeline, 'T'),
    ];
    let mut spans: Vec<Span<'static>> = letters
        .into_iter()
        .map(|(kind, letter)| {
            let (role, glyph) = pen.chip(model.chip(card, kind));
            match model.chip(card, kind) {
                Chip::Yes => pen.span(role, format!("{letter} ")),
                Chip::No | Chip::Asked | Chip::Unknown => pen.span(role, format!("{glyph} ")),
            }
        })
        .collect();
    spans.push(Span::raw(" "));
    spans
}

/// What was promised, else a no to being contacted, else why the machine judges as it does, else the last words.
fn last(pen: &Pen<'_>, card: &Card, cells: usize) -> Span<'static> {
    if cells < 6 {
        return Span::raw("");
    }
    if let Some(step) = &card.next_step {
        let due = step.due.map_or(String::new(), |day| {
            format!(" {:02}.{:02}.", day.day, day.month)
        });
        return pen.cell(
            Role::NextStep,
            &format!("{} {}{due}", pen.glyph(Glyph::NextStep), step.text),
            cells,
        );
    }
    if card.consent.0 == Consent::No {
        return pen.cell(
            Role::ConsentNo,
            &format!("{} no contact", pen.glyph(Glyph::ConsentNo)),
            cells,
        );
    }
    match (&card.proposed, card.utterances.last()) {
        (Some((_, why)), _) if !why.is_empty() => pen.cell(Role::TextDim, why, cells),
        (_, Some(said)) => pen.cell(Role::TextDim, &format!("“{}”", said.text), cells),
        _ => pen.cell(Role::TextDim, "", cells),
    }
}
