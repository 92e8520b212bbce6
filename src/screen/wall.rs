//! The shared screen: few large rows that can be read from three metres, names masked, no words of the talk.

use std::collections::BTreeSet;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::{Layer, Model, Seat, ToastKind, counted};
use crate::domain::{Card, Heat, needs_order};
use crate::theme::{Glyph, Role};

use super::letters::big;
use super::pen::{Pen, put};
use super::text::{masked, short_name, width};

/// Rows that one card takes: four of its own and one of air.
const TALL: u16 = 5;

/// Width of the heat's block, and of the star beside it.
const BLOCK: usize = 16;
const STAR: usize = 6;

/// A talk that ended longer ago than this, in ms, is no matter for the aisle any more, unless it is hot and nobody's.
const STALE_MS: u64 = 30 * 60_000;

/// Draws the wall.
pub fn draw(model: &Model, pen: &Pen<'_>, frame: &mut Frame, area: Rect) {
    let cells = usize::from(area.width);
    let cards = shown(model);
    let head = Rect { height: 2, ..area };
    put(
        frame,
        head,
        vec![
            header(model, pen, &cards, cells),
            pen.rule("", cells, false),
        ],
    );
    let foot = Rect {
        y: area.bottom() - 2,
        height: 2,
        ..area
    };
    let room = foot.y.saturating_sub(head.bottom() + 1);
    let fit = usize::from(room / TALL);
    for (at, card) in cards.iter().take(fit).enumerate() {
        let row = Rect {
            y: head.bottom() + 1 + TALL * u16::try_from(at).unwrap_or(0),
            height: TALL - 1,
            ..area
        };
        put(frame, row, rows(model, pen, card, cells));
    }
    if cards.is_empty() {
        let row = Rect {
            y: head.bottom() + 2,
            height: 1,
            ..area
        };
        let words = spaced("nobody waits");
        put(
            frame,
            row,
            vec![Line::from(pen.span(Role::TextDim, format!("  {words}")))],
        );
    }
    let more = cards.len().saturating_sub(fit);
    put(
        frame,
        foot,
        vec![pen.rule("", cells, false), footer(model, pen, more, cells)],
    );
}

/// Letters apart: larger to the eye where the terminal has one size only.
fn spaced(text: &str) -> String {
    let letters: Vec<String> = text.chars().map(String::from).collect();
    letters.join(" ")
}

/// Letters apart where that fits, else as they are: a whole name says more than half of a large one.
fn large(text: &str, cells: usize) -> String {
    let apart = spaced(text);
    if width(&apart) <= cells {
        apart
    } else {
        text.to_owned()
    }
}

fn header(model: &Model, pen: &Pen<'_>, cards: &[&Card], cells: usize) -> Line<'static> {
    let open = cards.iter().filter(|card| is_nobodys(card)).count();
    let (role, words) = match open {
        0 => (Role::HeaderGood, "everybody is looked after".to_owned()),
        1 => (Role::OwnerNone, "1 visitor needs somebody".to_owned()),
        count => (Role::OwnerNone, format!("{count} visitors need somebody")),
    };
    let clock = format!("  {}     ", spaced(&model.clock_words(model.now.ms)));
    let alarm = if matches!(model.seat, Seat::ReadOnly(_)) {
        format!(" {} NOT SAVING ", pen.glyph(Glyph::Unsaved))
    } else if model.saving.trouble.is_some() {
        format!(" {} NOT SAVED ", pen.glyph(Glyph::Unsaved))
    } else {
        String::new()
    };
    let room = cells.saturating_sub(width(&clock) + width(&alarm) + 2);
    let words = large(&words, room);
    let gap = room.saturating_sub(width(&words));
    Line::from(vec![
        pen.span(Role::Title, clock),
        pen.span(role, words),
        Span::raw(" ".repeat(gap)),
        pen.span(Role::Unsaved, alarm),
    ])
}

/// Whether nobody of us is there or is to follow up.
fn is_nobodys(card: &Card) -> bool {
    card.owner.is_none() && card.taken.is_none()
}

/// What a rep can act on, the most urgent first: talks that go on, hot ones, targets; none handed over, no giveaway
/// hunters. The captain's filter and focus are the captain's.
fn shown(model: &Model) -> Vec<&Card> {
    let now = model.now.ms;
    let mut cards: Vec<&Card> = model
        .board()
        .cards()
        .filter(|card| card.handed_over.is_none() && card.heat != Some(Heat::Swag))
        .filter(|card| {
            let hot = card.heat == Some(Heat::Hot);
            let fresh = card
                .closed_ms
                .is_none_or(|closed| now.saturating_sub(closed) < STALE_MS);
            (hot && is_nobodys(card))
                || (fresh && (card.is_live() || hot || card.account.is_some()))
        })
        .collect();
    cards.sort_by_key(|card| needs_order(card));
    cards
}

/// Four rows: the heat as a block, the company beside it, whose at the right end; both in large letters where they fit.
fn rows(model: &Model, pen: &Pen<'_>, card: &Card, cells: usize) -> Vec<Line<'static>> {
    let right = (cells * 3 / 10).clamp(20, 44);
    let middle = cells.saturating_sub(BLOCK + STAR + right);
    let (heat_role, heat) = heat(pen, card);
    let star = if card.account.is_some() {
        pen.glyph(Glyph::AccountTarget)
    } else {
        " "
    };
    let (owner_role, owner, since) = owner(pen, card);
    let minutes = model.now.ms.saturating_sub(since.1) / 60_000;
    let (company, person) = who(model, card);
    let live = if card.is_live() {
        format!("   {} talking now", pen.glyph(Glyph::Live))
    } else {
        String::new()
    };
    let person = large(&person, middle.saturating_sub(width(&live) + 1));
    let company = three(pen, &company, middle.saturating_sub(1));
    let owner = three(pen, &owner, right.saturating_sub(1));
    let since = large(
        &format!("{} {minutes} min", since.0),
        right.saturating_sub(1),
    );
    (0..TALL as usize - 1)
        .map(|row| {
            let mark = if row == 1 {
                format!(" {star}")
            } else {
                String::new()
            };
            let (left, end) = match (company.get(row), owner.get(row)) {
                (Some(company), Some(owner)) => (
                    pen.cell(Role::Company, company, middle),
                    pen.cell(owner_role, owner, right),
                ),
                _ => (
                    pen.cell(Role::Person, &format!("{person}{live}"), middle),
                    pen.cell(owner_role, &since, right),
                ),
            };
            Line::from(vec![
                Span::raw("  "),
                pen.cell(heat_role, &heat[row], BLOCK - 3),
                Span::raw(" "),
                pen.cell(Role::AccountTarget, &mark, STAR),
                left,
                end,
            ])
        })
        .collect()
}

/// The block of the heat: its word, in large letters where they fit, and its sign beneath.
fn heat(pen: &Pen<'_>, card: &Card) -> (Role, [String; 4]) {
    let (role, words) = pen.heat(card.heat);
    let (sign, word) = words.split_once(' ').unwrap_or(("", &words));
    let [one, two, three] = three(pen, word, BLOCK - 4);
    let sign = format!(" {sign}");
    let rows = [one, two, three].map(|row| format!(" {row}"));
    let [one, two, three] = rows;
    (role, [one, two, three, sign])
}

/// A text in three rows of large letters, else letters apart in the middle one.
fn three(pen: &Pen<'_>, text: &str, cells: usize) -> [String; 3] {
    let blocks = !pen.glyph(Glyph::Meter).is_ascii();
    let large_letters = big(text, cells).filter(|_| blocks);
    large_letters.unwrap_or_else(|| [String::new(), large(text, cells), String::new()])
}

/// The company, else where they stand; and the person, masked unless the show allows names.
fn who(model: &Model, card: &Card) -> (String, String) {
    let name = card.person().map(|visitor| {
        if model.config.wall_names {
            visitor.name.clone()
        } else {
            masked(&visitor.name)
        }
    });
    let place = if card.lane.is_empty() {
        "the booth"
    } else {
        &card.lane
    };
    match (card.company(), name) {
        (Some(company), Some(name)) => (company.to_owned(), format!("{name}  {place}")),
        (Some(company), None) => (company.to_owned(), place.to_owned()),
        (None, Some(name)) => (name, place.to_owned()),
        (None, None) => (format!("somebody at {place}"), String::new()),
    }
}

/// Whose the visitor is, in what look; and since when that is so (ms since 1970) with the word for it.
fn owner(pen: &Pen<'_>, card: &Card) -> (Role, String, (String, u64)) {
    let signed = |glyph, words: &str| format!("{} {words}", pen.glyph(glyph));
    match (&card.owner, &card.taken) {
        (_, Some((by, at))) => (
            Role::OwnerMine,
            short_name(by),
            (signed(Glyph::Taken, "there"), *at),
        ),
        (Some(owner), None) => (
            Role::OwnerOther,
            short_name(&owner.owner),
            (signed(Glyph::Owner, "owner"), card.opened_ms),
        ),
        (None, None) => (
            Role::OwnerNone,
            "nobody!".to_owned(),
            (signed(Glyph::OwnerNone, "waits"), card.opened_ms),
        ),
    }
}

/// Counts, who is free, what has no room above; and why a key did nothing.
fn footer(model: &Model, pen: &Pen<'_>, more: usize, cells: usize) -> Line<'static> {
    if let Some(Layer::Confirm(question)) = model.view.layers.last() {
        let words = format!("  {} {}", pen.glyph(Glyph::Warning), model.keyed(question));
        return Line::from(pen.cell(Role::Unsaved, &words, cells));
    }
    let refused = model
        .view
        .toasts
        .iter()
        .rev()
        .find(|toast| toast.kind == ToastKind::Refused);
    if let Some(toast) = refused {
        let words = format!("  {} {}", pen.glyph(Glyph::Warning), toast.text);
        return Line::from(pen.cell(Role::ToastRefused, &words, cells));
    }
    let (mut hot, mut targets) = (0, 0);
    for card in model.board().cards() {
        hot += usize::from(card.heat == Some(Heat::Hot));
        targets += usize::from(card.account.is_some());
    }
    let talks = counted(model.board().len(), "talk");
    let more = if more > 0 {
        format!("   {more} more wait")
    } else {
        String::new()
    };
    let words = format!(
        "  {talks}   {hot} hot   {}{more}",
        counted(targets, "target")
    );
    let free: Vec<String> = free(model)
        .into_iter()
        .map(|name| short_name(&name))
        .collect();
    let free = if free.is_empty() {
        "nobody is free".to_owned()
    } else {
        format!("free: {}", free.join(", "))
    };
    let off = (0..model.lanes.len())
        .filter(|lane| model.is_off_record(*lane))
        .count();
    let mut spans = vec![
        pen.span(Role::Text, words),
        pen.span(Role::OwnerMine, format!("   {free}")),
    ];
    if off > 0 {
        spans.push(Span::raw("   "));
        let words = format!(" {} {off} off the record ", pen.glyph(Glyph::OffRecord));
        spans.push(pen.span(Role::OffRecord, words));
    }
    pen.trimmed(spans, cells)
}

/// Who of us was seen at this show and stands with nobody now: this laptop's operator and whoever ever walked over.
fn free(model: &Model) -> Vec<String> {
    let taken = |card: &Card| card.taken.as_ref().map(|(by, _)| by.clone());
    let mut all: BTreeSet<String> = model.board().cards().filter_map(taken).collect();
    all.insert(model.config.operator.clone());
    let now = model.now.ms;
    let there = |card: &&Card| {
        let came = card.taken.as_ref().map_or(0, |(_, at)| *at);
        card.handed_over.is_none() && (card.is_live() || now.saturating_sub(came) < STALE_MS)
    };
    let busy: BTreeSet<String> = model
        .board()
        .cards()
        .filter(there)
        .filter_map(taken)
        .collect();
    all.into_iter()
        .filter(|name| !name.is_empty() && !busy.contains(name) && !model.is_away(name))
        .collect()
}
