//! The shared screen: few large rows that can be read from three metres, names masked, no words of the talk.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::Model;
use crate::domain::{Card, Heat};
use crate::theme::{Glyph, Role};

use super::pen::{Pen, put};
use super::text::{masked, short_name};

/// Rows that one card takes: its line and air.
const TALL: u16 = 3;

/// Draws the wall.
pub fn draw(model: &Model, pen: &Pen<'_>, frame: &mut Frame, area: Rect) {
    let cells = usize::from(area.width);
    let head = Rect { height: 2, ..area };
    put(
        frame,
        head,
        vec![header(model, pen), pen.rule("", cells, false)],
    );
    let mut y = area.y + 3;
    for card in shown(model) {
        if y + TALL > area.bottom() {
            break;
        }
        let row = Rect {
            y,
            height: 2,
            ..area
        };
        put(frame, row, rows(model, pen, card, cells));
        y += TALL;
    }
}

/// Letters apart: larger to the eye where the terminal has one size only.
fn spaced(text: &str) -> String {
    let letters: Vec<String> = text.chars().map(String::from).collect();
    letters.join(" ")
}

fn header(model: &Model, pen: &Pen<'_>) -> Line<'static> {
    let open = shown(model)
        .iter()
        .filter(|card| card.owner.is_none() && card.taken.is_none())
        .count();
    let words = match open {
        0 => "everybody is looked after".to_owned(),
        1 => "1 visitor needs somebody".to_owned(),
        count => format!("{count} visitors need somebody"),
    };
    let saved = if model.saving.trouble.is_some() {
        pen.span(Role::Unsaved, "   NOT SAVED ")
    } else {
        pen.span(Role::Text, "")
    };
    Line::from(vec![
        pen.span(
            Role::Title,
            format!("  {}", spaced(&model.clock_words(model.now.ms))),
        ),
        pen.span(Role::TextStrong, format!("     {}", spaced(&words))),
        saved,
    ])
}

/// What an SDR can act on: talks that go on, hot ones, targets, none of it handed over, no giveaway hunters.
fn shown(model: &Model) -> Vec<&Card> {
    model
        .view
        .order
        .iter()
        .filter_map(|id| model.board().card(*id))
        .filter(|card| card.handed_over.is_none() && card.heat != Some(Heat::Swag))
        .filter(|card| card.is_live() || card.heat == Some(Heat::Hot) || card.account.is_some())
        .collect()
}

fn rows(model: &Model, pen: &Pen<'_>, card: &Card, cells: usize) -> Vec<Line<'static>> {
    let (role, heat) = pen.heat(card.heat);
    let star = if card.account.is_some() {
        pen.glyph(Glyph::AccountTarget)
    } else {
        " "
    };
    let name = card.person().map(|visitor| {
        if model.config.wall_names {
            visitor.name.clone()
        } else {
            masked(&visitor.name)
        }
    });
    let who = match (card.company(), name) {
        (Some(company), Some(name)) => format!("{company}   {name}"),
        (Some(company), None) => company.to_owned(),
        (None, Some(name)) => name,
        (None, None) => format!(
            "visitor at {}",
            if card.lane.is_empty() {
                "the booth"
            } else {
                &card.lane
            }
        ),
    };
    let minutes = card
        .closed_ms
        .unwrap_or(model.now.ms)
        .saturating_sub(card.opened_ms)
        / 60_000;
    let live = if card.is_live() {
        format!("{} talking", pen.glyph(Glyph::Live))
    } else {
        String::new()
    };
    let (owner_role, owner) = owner(pen, card);
    let first = Line::from(vec![
        pen.cell(role, &format!("  {}", spaced(&heat)), 16),
        pen.cell(Role::AccountTarget, &format!("  {star}"), 5),
        pen.cell(Role::Company, &spaced(&who), cells.saturating_sub(21)),
    ]);
    let second = Line::from(vec![
        pen.cell(Role::Text, &format!("  {minutes} min"), 16),
        pen.cell(Role::HeaderGood, &format!("     {live}"), 20),
        pen.cell(owner_role, &owner, cells.saturating_sub(36)),
    ]);
    vec![first, second]
}

fn owner(pen: &Pen<'_>, card: &Card) -> (Role, String) {
    let arrow = pen.glyph(Glyph::Owner);
    match (&card.owner, &card.taken) {
        (_, Some((by, _))) => (
            Role::OwnerMine,
            spaced(&format!("{arrow} {} is there", short_name(by))),
        ),
        (Some(owner), None) => (
            Role::OwnerOther,
            spaced(&format!("{arrow} {}", short_name(&owner.owner))),
        ),
        (None, None) => (
            Role::OwnerNone,
            spaced(&format!("{} nobody yet", pen.glyph(Glyph::OwnerNone))),
        ),
    }
}
