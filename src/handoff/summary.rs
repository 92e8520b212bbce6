//! `summary.html`: the night on one page, for whoever stands behind marketing ops.

use std::fmt::Write;

use crate::domain::Board;

use super::html::{escape, page};
use super::packets::heat_order;
use super::sheet::{Fault, Weight, who};
use super::words::promised;
use super::{Lead, NightShow};

/// The page. Nothing in it depends on the hour of the export.
pub fn summary(leads: &[Lead], board: &Board, show: &NightShow<'_>, faults: &[Fault]) -> String {
    let mut body = String::new();
    // Writing into a String can't fail.
    let _ = write(&mut body, leads, board, show, faults);
    page(&format!("{}: the night", show.name), &body)
}

fn write(
    body: &mut String,
    leads: &[Lead],
    board: &Board,
    show: &NightShow<'_>,
    faults: &[Fault],
) -> std::fmt::Result {
    let count = |test: fn(&Lead) -> bool| leads.iter().filter(|lead| test(lead)).count();
    let talks = board
        .cards()
        .filter(|card| !card.utterances.is_empty())
        .count();
    writeln!(body, "<h1>{}: the night</h1>", escape(show.name))?;
    writeln!(body, "<div class=\"scroll\"><table>")?;
    let out = faults
        .iter()
        .filter(|fault| fault.weight == Weight::LeftOut)
        .count();
    let numbers = [
        ("Leads", leads.len()),
        ("Talks with words", talks),
        ("Hot", count(|lead| lead.grade == "hot")),
        ("Warm", count(|lead| lead.grade == "warm")),
        ("Cold", count(|lead| lead.grade == "cold")),
        ("Giveaways only", count(|lead| lead.grade == "swag")),
        ("Not rated", count(|lead| lead.grade.is_empty())),
        (
            "At target accounts",
            count(|lead| !lead.account_id.is_empty()),
        ),
        ("Without a name", count(|lead| lead.full_name.is_empty())),
        ("Without an owner", count(|lead| lead.owner.is_empty())),
        (
            "Without a next step",
            count(|lead| lead.next_step.is_empty()),
        ),
        ("Rows an importer would refuse, left out", out),
    ];
    for (label, number) in numbers {
        writeln!(
            body,
            "<tr><th>{label}</th><td class=\"n\">{number}</td></tr>"
        )?;
    }
    writeln!(body, "</table></div>")?;
    write_best(body, leads)
}

fn write_best(body: &mut String, leads: &[Lead]) -> std::fmt::Result {
    writeln!(body, "<h2>Hot and warm</h2>\n<div class=\"scroll\"><table>")?;
    writeln!(
        body,
        "<tr><th>Lead</th><th>Grade</th><th>Owner</th><th>Promised</th></tr>"
    )?;
    let mut best: Vec<&Lead> = leads
        .iter()
        .filter(|lead| heat_order(&lead.grade) < 2)
        .collect();
    best.sort_by_key(|lead| (heat_order(&lead.grade), lead.external_id.as_str()));
    for lead in &best {
        let owner = if lead.owner.is_empty() {
            "nobody yet"
        } else {
            &lead.owner
        };
        writeln!(
            body,
            "<tr><td dir=\"auto\">{}</td><td class=\"{1}\">{1}</td><td>{2}</td><td dir=\"auto\">{3}</td></tr>",
            escape(&who(lead)),
            lead.grade,
            escape(owner),
            escape(&promised(lead))
        )?;
    }
    if best.is_empty() {
        writeln!(body, "<tr><td colspan=\"4\">none</td></tr>")?;
    }
    writeln!(body, "</table></div>")
}
