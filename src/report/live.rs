//! The numbers as lines for the board: the same figures as the page has, without what only comes after the show.

use super::money::words;
use super::{Mention, Numbers, wilson};

/// Label, figure, and what more can be said of it. A label alone is a heading.
pub type Row = (String, String, String);

/// How many of the most frequent things are told.
const MOST: usize = 3;

/// The lines, what a captain asks first on top.
pub fn live(numbers: &Numbers) -> Vec<Row> {
    let mut rows = vec![heading("So far")];
    let row = |label: &str, figure: String, more: &str| (label.to_owned(), figure, more.to_owned());
    rows.push(row("talks", numbers.talks.to_string(), ""));
    rows.push(row("people with a name", numbers.people.to_string(), ""));
    let met = format!(
        "{} of {}",
        numbers.targets_met.len(),
        numbers.targets_listed
    );
    rows.push(row("target accounts met", met, ""));
    rows.push(row(
        "with a dated next step",
        numbers.meetings.count().to_string(),
        "",
    ));
    rows.push(heading("From lead to won"));
    let all = numbers.funnel.first().map_or(0, super::Figure::count);
    for figure in &numbers.funnel {
        let count = figure.count();
        let share = wilson(count, all)
            .filter(|_| count < all)
            .map(|(low, high)| {
                format!(
                    "{:.0} % of leads ({:.0} to {:.0} %)",
                    100.0 * count as f64 / all as f64,
                    100.0 * low,
                    100.0 * high
                )
            });
        rows.push((
            figure.label.clone(),
            count.to_string(),
            share.unwrap_or_default(),
        ));
    }
    rows.extend(owners(numbers));
    rows.extend(spoken_of(numbers));
    rows.extend(hours(numbers));
    rows.extend(cost(numbers));
    rows
}

fn heading(words: &str) -> Row {
    (words.to_owned(), String::new(), String::new())
}

fn owners(numbers: &Numbers) -> Vec<Row> {
    let mut rows = Vec::new();
    for line in &numbers.owners {
        let owner = if line.owner.is_empty() {
            "nobody yet"
        } else {
            &line.owner
        };
        let overdue = line.overdue.count();
        let mut more = format!("{} handed over in person", line.handed_over);
        if overdue > 0 {
            more = format!("{more}, {overdue} overdue");
        }
        rows.push((owner.to_owned(), line.leads.count().to_string(), more));
    }
    if !rows.is_empty() {
        rows.insert(0, heading("Leads by owner"));
    }
    rows
}

fn spoken_of(numbers: &Numbers) -> Vec<Row> {
    let spoken = &numbers.mentions;
    let mut rows = Vec::new();
    for (label, all) in [
        ("competitor", &spoken.competitors),
        ("product", &spoken.products),
        ("pushback", &spoken.objections),
        ("need", &spoken.needs),
    ] {
        rows.extend(all.iter().take(MOST).map(|it| mention(label, it)));
    }
    if !rows.is_empty() {
        rows.insert(0, heading("Spoken of"));
    }
    rows
}

fn mention(label: &str, it: &Mention) -> Row {
    let talks = crate::domain::counted(it.talks, "talk");
    (label.to_owned(), talks, it.value.clone())
}

fn hours(numbers: &Numbers) -> Vec<Row> {
    let mut rows: Vec<Row> = numbers
        .hours
        .iter()
        .map(|slot| {
            let all: usize = slot.grades.iter().sum();
            let [hot, warm, ..] = slot.grades;
            (
                slot.name.clone(),
                all.to_string(),
                format!("{hot} hot, {warm} warm"),
            )
        })
        .collect();
    if !rows.is_empty() {
        rows.insert(0, heading("Leads by hour"));
    }
    rows
}

fn cost(numbers: &Numbers) -> Vec<Row> {
    let Some(spending) = &numbers.spending else {
        return Vec::new();
    };
    let mut rows = vec![heading("Cost")];
    for (label, each) in [
        ("a talk", spending.per_talk),
        ("a qualified lead", spending.per_qualified),
        ("a dated next step", spending.per_meeting),
    ] {
        if let Some(cents) = each {
            rows.push((
                label.to_owned(),
                words(cents, &spending.currency),
                String::new(),
            ));
        }
    }
    rows
}
