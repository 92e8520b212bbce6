//! All of one company: the line that sums it up, its people, its talks with what counts in them, earlier shows.

use ratatui::text::Line;

use crate::app::{AccountPage, AccountPerson, Model, counted};
use crate::domain::{Card, CardId, SignalKind};
use crate::theme::{Glyph, Role};

use super::pen::Pen;

/// Width of the column of labels.
const LABEL: usize = 11;

/// The page's title and lines.
pub fn page(
    model: &Model,
    pen: &Pen<'_>,
    (card, at): (CardId, usize),
    room: (usize, usize),
) -> (String, Vec<Line<'static>>) {
    (title(model, pen, card), lines(model, pen, (card, at), room))
}

/// The company in one line, starred where it is a target.
fn title(model: &Model, pen: &Pen<'_>, card: CardId) -> String {
    model.account_page(card).map_or_else(String::new, |page| {
        let star = page.target.as_ref().map_or(String::new(), |_| {
            format!("{} ", pen.glyph(Glyph::AccountTarget))
        });
        format!("{star}{}", page.radar())
    })
}

/// The page's lines; the marked talk is always among them.
fn lines(
    model: &Model,
    pen: &Pen<'_>,
    (card, at): (CardId, usize),
    (rows, cells): (usize, usize),
) -> Vec<Line<'static>> {
    let Some(page) = model.account_page(card) else {
        let words = " the card has no company any more";
        return vec![Line::from(pen.span(Role::TextDim, words))];
    };
    let mut all = about(model, pen, &page);
    all.extend(page.people.iter().map(|one| person(model, pen, one)));
    let mut marked = 0;
    for (place, talk) in page.talks.iter().enumerate() {
        let Some(card) = model.board().card(*talk) else {
            continue;
        };
        if place == at {
            marked = all.len();
        }
        all.push(self::talk(model, pen, (card, place == at), cells));
        all.extend(signals(pen, card));
    }
    all.extend(earlier(pen, &page));
    let first = (marked + 4)
        .saturating_sub(rows)
        .min(all.len().saturating_sub(rows));
    all.into_iter()
        .skip(first)
        .take(rows)
        .map(|line| pen.trimmed(line.spans, cells).patch_style(line.style))
        .collect()
}

fn labelled(pen: &Pen<'_>, label: &str, role: Role, words: &str) -> Line<'static> {
    Line::from(vec![
        pen.cell(Role::Label, &format!(" {label}"), LABEL),
        pen.span(role, words.to_owned()),
    ])
}

/// What the list says of it, and whose it is.
fn about(model: &Model, pen: &Pen<'_>, page: &AccountPage) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if let Some(account) = &page.listed {
        let tier = if account.tier.is_empty() {
            String::new()
        } else {
            format!("tier {}", account.tier)
        };
        let why = page
            .target
            .as_ref()
            .map_or(String::new(), |found| format!("target by {}", found.why));
        let parts = [
            tier.as_str(),
            &account.industry,
            &account.state,
            &account.country,
            &account.domain,
            &why,
        ];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        lines.push(labelled(
            pen,
            "account",
            Role::AccountTarget,
            &parts.join(", "),
        ));
    }
    let owners: Vec<String> = page
        .owners
        .iter()
        .map(|owner| {
            let away = if model.is_away(&owner.owner) {
                ", away"
            } else {
                ""
            };
            format!("{} ({}){away}", owner.owner, owner.rule)
        })
        .collect();
    let words = if owners.is_empty() {
        let first = page.talks.first().and_then(|id| model.board().card(*id));
        first
            .and_then(|card| model.knowledge.proposed_owner(card))
            .map_or("nobody yet".to_owned(), |owner| {
                format!("nobody yet; {} ({})?", owner.owner, owner.rule)
            })
    } else {
        owners.join("; ")
    };
    lines.push(labelled(pen, "owner", Role::OwnerOther, &words));
    lines
}

fn person(model: &Model, pen: &Pen<'_>, person: &AccountPerson) -> Line<'static> {
    let visitor = &person.visitor;
    let visits = if person.visits > 1 {
        counted(person.visits, "visit")
    } else {
        String::new()
    };
    let seen = model.clock_words(person.seen_ms);
    let name = if visitor.name.is_empty() {
        format!("badge {}", visitor.badge_id)
    } else {
        visitor.name.clone()
    };
    let parts = [
        name.as_str(),
        &visitor.title,
        &visitor.email,
        &seen,
        &visits,
    ];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    labelled(pen, "person", Role::Person, &parts.join(", "))
}

fn talk(
    model: &Model,
    pen: &Pen<'_>,
    (card, marked): (&Card, bool),
    cells: usize,
) -> Line<'static> {
    let mark = if marked { pen.glyph(Glyph::Focus) } else { " " };
    let (role, heat) = pen.heat(card.heat);
    let now = if card.is_live() { "talking now" } else { "" };
    let who: Vec<&str> = card
        .visitors
        .iter()
        .map(|(_, visitor)| visitor.name.as_str())
        .filter(|name| !name.is_empty())
        .collect();
    let who = who.join(" and ");
    let tags: Vec<&str> = card.tags.iter().map(String::as_str).collect();
    let tags = tags.join(" ");
    let step = card.next_step.as_ref().map_or(String::new(), |step| {
        let due = step.due.map_or(String::new(), |day| format!(", due {day}"));
        format!("{} {}{due}", pen.glyph(Glyph::NextStep), step.text)
    });
    let lines = counted(card.utterances.len(), "line");
    let parts = [card.lane.as_str(), now, &who, &lines, &tags, &step];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let line = Line::from(vec![
        pen.cell(Role::BorderFocused, &format!("{mark} "), 2),
        pen.cell(Role::Time, &model.clock_words(card.opened_ms), LABEL - 2),
        pen.cell(role, &format!(" {heat}"), 8),
        pen.cell(
            Role::Text,
            &format!(" {}", parts.join(", ")),
            cells.saturating_sub(LABEL + 8),
        ),
    ]);
    if marked {
        line.patch_style(pen.style(Role::Selection))
    } else {
        line
    }
}

/// Each kind once, newest first, with the words that prove it.
fn signals(pen: &Pen<'_>, card: &Card) -> Vec<Line<'static>> {
    SignalKind::ALL
        .into_iter()
        .filter_map(|kind| card.signals.iter().rfind(|signal| signal.kind == kind))
        .map(|signal| {
            Line::from(vec![
                pen.cell(Role::Label, "", LABEL),
                pen.cell(Role::Label, signal.kind.word(), 16),
                pen.span(Role::Text, format!("{}  ", signal.words())),
                pen.span(Role::TextDim, format!("“{}”", signal.quote)),
            ])
        })
        .collect()
}

fn earlier(pen: &Pen<'_>, page: &AccountPage) -> Vec<Line<'static>> {
    page.earlier
        .iter()
        .map(|row| {
            let parts = [&row.show, &row.date, &row.person, &row.rating, &row.note];
            let parts: Vec<&str> = parts
                .into_iter()
                .map(String::as_str)
                .filter(|part| !part.is_empty())
                .collect();
            labelled(pen, "earlier", Role::TextDim, &parts.join(", "))
        })
        .collect()
}
