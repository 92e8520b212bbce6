//! The report for programs: all numbers as JSON, or a row per show and figure.

use serde::Serialize;

use super::attribution::Earned;
use super::numbers::Numbers;

/// The columns of the table.
pub const HEADER: [&str; 5] = ["show", "group", "figure", "value", "unit"];

#[derive(Serialize)]
struct Whole<'a> {
    schema_version: u32,
    shows: &'a [Numbers],
    attribution: &'a Earned,
}

/// Everything, indented; money in hundredths.
pub fn json(all: &[Numbers], earned: &Earned) -> String {
    let whole = Whole {
        schema_version: 1,
        shows: all,
        attribution: earned,
    };
    // Only maps with other keys than text can fail; there are none.
    let mut text = serde_json::to_string_pretty(&whole).unwrap_or_default();
    text.push('\n');
    text
}

/// A row per show and figure.
pub fn csv_rows(all: &[Numbers], earned: &Earned) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = all.iter().flat_map(of_show).collect();
    for (by, models) in earned {
        for (model, sums) in models {
            rows.extend(sums.0.iter().map(|(currency, cents)| {
                row(by, "attribution", model.word(), decimal(*cents), currency)
            }));
        }
    }
    rows
}

fn row(show: &str, group: &str, figure: &str, value: String, unit: &str) -> Vec<String> {
    vec![show.into(), group.into(), figure.into(), value, unit.into()]
}

fn of_show(show: &Numbers) -> Vec<Vec<String>> {
    let count = |group: &str, figure: &str, value: usize| {
        row(&show.name, group, figure, value.to_string(), "")
    };
    let mut rows = vec![
        count("show", "talks", show.talks),
        count("show", "people", show.people),
        count("show", "targets met", show.targets_met.len()),
        count("show", "targets listed", show.targets_listed),
    ];
    let funnel = show.funnel.iter();
    rows.extend(funnel.map(|figure| count("funnel", &figure.label, figure.count())));
    for (group, sums) in [
        ("pipeline", &show.pipeline),
        ("sourced", &show.sourced),
        ("won", &show.won),
    ] {
        let sums = sums.0.iter();
        rows.extend(
            sums.map(|(currency, cents)| {
                row(&show.name, "money", group, decimal(*cents), currency)
            }),
        );
    }
    for line in &show.owners {
        rows.push(count("owner leads", &line.owner, line.leads.count()));
        rows.push(count("owner accepted", &line.owner, line.accepted));
        rows.push(count("owner overdue", &line.owner, line.overdue.count()));
    }
    for judged in &show.judged {
        rows.push(count("judged", &judged.by, judged.judged));
        rows.push(count("right", &judged.by, judged.right));
    }
    rows
}

fn decimal(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!(
        "{sign}{}.{:02}",
        cents.unsigned_abs() / 100,
        cents.unsigned_abs() % 100
    )
}
