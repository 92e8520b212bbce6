//! The report as one page: good on paper and on a phone, with nothing to load.

use std::fmt::Write;

use crate::handoff::{html_escape as escape, html_page};

use super::attribution::{Earned, Model};
use super::charts;
use super::leads_behind::Lists;
use super::mentions::Mention;
use super::money::words;
use super::numbers::{Figure, Numbers};
use super::wilson::wilson;

/// Most lines of a list of things spoken of; the rest stands in the JSON.
const MOST: usize = 10;

/// The page of one show, or of several side by side.
pub fn page(all: &[Numbers], earned: &Earned) -> String {
    let mut lists = Lists::default();
    let mut body = String::new();
    let names: Vec<&str> = all.iter().map(|show| show.name.as_str()).collect();
    let title = format!("Report: {}", names.join(", "));
    // Writing into a String can't fail.
    let _ = write_all(&mut body, all, earned, &mut lists);
    let _ = write!(
        body,
        "<h2>The leads behind the figures</h2>\n{}",
        lists.into_html()
    );
    html_page(&title, &body)
}

fn write_all(
    body: &mut String,
    all: &[Numbers],
    earned: &Earned,
    lists: &mut Lists,
) -> std::fmt::Result {
    if all.len() > 1 {
        side_by_side(body, all)?;
    }
    for show in all {
        writeln!(body, "<h1>{}</h1>", escape(&show.name))?;
        if show.funnel.iter().all(|figure| figure.count() == 0) {
            writeln!(body, "<p>There are no leads yet.</p>")?;
            continue;
        }
        overview(body, show, lists)?;
        funnel(body, show, lists)?;
        when_and_where(body, show)?;
        spoken_of(body, show)?;
        owners(body, show, lists)?;
        judged(body, show)?;
    }
    attribution(body, earned)
}

/// A figure of a show in words.
type Cell = fn(&Numbers) -> String;

fn side_by_side(body: &mut String, all: &[Numbers]) -> std::fmt::Result {
    writeln!(
        body,
        "<h1>Side by side</h1>\n<div class=\"scroll\"><table><tr><th></th>"
    )?;
    for show in all {
        writeln!(body, "<th class=\"n\">{}</th>", escape(&show.name))?;
    }
    writeln!(body, "</tr>")?;
    let figure = |place: usize| move |show: &Numbers| count_at(&show.funnel, place);
    let rows: [(&str, Cell); 5] = [
        ("Talks heard", |show| show.talks.to_string()),
        ("People", |show| show.people.to_string()),
        ("Targets met", |show| {
            format!("{} of {}", show.targets_met.len(), show.targets_listed)
        }),
        ("Pipeline", |show| unbroken(&show.pipeline.words())),
        ("Won", |show| unbroken(&show.won.words())),
    ];
    for (label, cell) in rows {
        write_row(body, label, all, cell)?;
    }
    let labels = all
        .first()
        .map(|show| show.funnel.clone())
        .unwrap_or_default();
    for (place, step) in labels.iter().enumerate() {
        write_row(body, &step.label, all, figure(place))?;
    }
    writeln!(body, "</table></div>")
}

fn write_row(
    body: &mut String,
    label: &str,
    all: &[Numbers],
    cell: impl Fn(&Numbers) -> String,
) -> std::fmt::Result {
    write!(body, "<tr><th>{}</th>", escape(label))?;
    for show in all {
        write!(body, "<td class=\"n\">{}</td>", escape(&cell(show)))?;
    }
    writeln!(body, "</tr>")
}

fn count_at(funnel: &[Figure], place: usize) -> String {
    funnel
        .get(place)
        .map(|figure| figure.count().to_string())
        .unwrap_or_default()
}

fn overview(body: &mut String, show: &Numbers, lists: &mut Lists) -> std::fmt::Result {
    let meetings = lists.link(&show.meetings.label, &show.meetings.leads, &show.who);
    let mut lines = vec![
        ("Talks heard", show.talks.to_string()),
        ("People with a name", show.people.to_string()),
        (
            "Target accounts met",
            format!(
                "{} of {} listed",
                show.targets_met.len(),
                show.targets_listed
            ),
        ),
        ("Next step with a date", meetings),
    ];
    for (label, sums) in [
        ("Pipeline (influenced)", &show.pipeline),
        (
            "of it sourced: leads the importer had to create",
            &show.sourced,
        ),
        ("Won", &show.won),
    ] {
        if !sums.0.is_empty() {
            lines.push((label, unbroken(&escape(&sums.words()))));
        }
    }
    lines.extend(spending(show));
    writeln!(body, "<div class=\"scroll\"><table>")?;
    for (label, value) in lines {
        writeln!(
            body,
            "<tr><th>{label}</th><td class=\"n\">{value}</td></tr>"
        )?;
    }
    writeln!(body, "</table></div>")
}

fn spending(show: &Numbers) -> Vec<(&'static str, String)> {
    let Some(spent) = &show.spending else {
        return vec![(
            "Cost",
            "not known: write cost and currency into show.toml".into(),
        )];
    };
    let money = |cents: i64| unbroken(&escape(&words(cents, &spent.currency)));
    let mut lines = vec![("Cost", money(spent.cents))];
    let per = [
        ("Cost per talk", spent.per_talk),
        ("Cost per qualified lead", spent.per_qualified),
        ("Cost per next step with a date", spent.per_meeting),
    ];
    lines.extend(
        per.into_iter()
            .filter_map(|(label, cents)| Some((label, money(cents?)))),
    );
    if let Some(ratio) = spent.pipeline_to_spend {
        lines.push(("Pipeline to spend", format!("{ratio:.1} : 1")));
    }
    let share = |share: f64| format!("{:.0} %", share * 100.0);
    if let Some(roi) = spent.roi {
        lines.push(("Return on cost, without margin", share(roi)));
    }
    if let Some(roi) = spent.roi_with_margin {
        lines.push(("Return on cost, with margin", share(roi)));
    }
    lines
}

fn funnel(body: &mut String, show: &Numbers, lists: &mut Lists) -> std::fmt::Result {
    writeln!(
        body,
        "<h2>From lead to won</h2>\n{}",
        charts::funnel(&show.funnel)
    )?;
    writeln!(
        body,
        "<div class=\"scroll\"><table><tr><th>Step</th><th class=\"n\">Count</th><th class=\"n\">Of the step before</th><th class=\"n\">95 % interval</th></tr>"
    )?;
    let mut before = None;
    for figure in &show.funnel {
        let link = lists.link(&figure.label, &figure.leads, &show.who);
        let (share, interval) = share(figure.count(), before);
        writeln!(
            body,
            "<tr><th>{}</th><td class=\"n\">{link}</td><td class=\"n\">{share}</td><td class=\"n\">{interval}</td></tr>",
            escape(&figure.label)
        )?;
        before = Some(figure.count());
    }
    writeln!(body, "</table></div>")
}

/// A figure in words that stay on one line; sums of several currencies break between them.
fn unbroken(words: &str) -> String {
    words.replace(' ', "\u{a0}").replace("\u{a0}+\u{a0}", " + ")
}

/// The share and its interval in words; nothing where it would be no share.
fn share(hits: usize, of: Option<usize>) -> (String, String) {
    let Some(of) = of.filter(|of| *of >= hits) else {
        return (String::new(), String::new());
    };
    let Some((low, high)) = wilson(hits, of) else {
        return (String::new(), String::new());
    };
    (
        format!("{:.0}\u{a0}%", hits as f64 / of as f64 * 100.0),
        unbroken(&format!("{:.0} to {:.0} %", low * 100.0, high * 100.0)),
    )
}

fn when_and_where(body: &mut String, show: &Numbers) -> std::fmt::Result {
    writeln!(
        body,
        "<h2>When and where</h2>\n<p class=\"soft\">h hot, w warm, ? not rated, c cold, g giveaways</p>"
    )?;
    writeln!(
        body,
        "{}",
        charts::slots(&show.hours, "Leads by hour and grade")
    )?;
    writeln!(
        body,
        "{}",
        charts::slots(&show.lanes, "Leads by lane and grade")
    )
}

fn spoken_of(body: &mut String, show: &Numbers) -> std::fmt::Result {
    let mentions = &show.mentions;
    for (title, list) in [
        ("Products asked after", &mentions.products),
        ("Needs", &mentions.needs),
        ("Objections", &mentions.objections),
        ("Competitors", &mentions.competitors),
    ] {
        if !list.is_empty() {
            table_of(body, title, list)?;
        }
    }
    Ok(())
}

fn table_of(body: &mut String, title: &str, list: &[Mention]) -> std::fmt::Result {
    writeln!(
        body,
        "<h2>{title}</h2>\n<div class=\"scroll\"><table><tr><th></th><th class=\"n\">Talks</th><th>In their words</th></tr>"
    )?;
    for mention in list.iter().take(MOST) {
        writeln!(
            body,
            "<tr><th dir=\"auto\">{}</th><td class=\"n\">{}</td><td dir=\"auto\">{}</td></tr>",
            escape(&mention.value),
            mention.talks,
            escape(&mention.quote)
        )?;
    }
    writeln!(body, "</table></div>")
}

fn owners(body: &mut String, show: &Numbers, lists: &mut Lists) -> std::fmt::Result {
    writeln!(
        body,
        "<h2>Owners</h2>\n<div class=\"scroll\"><table><tr><th></th><th class=\"n\">Leads</th><th class=\"n\">Handed over</th><th class=\"n\">Accepted</th><th class=\"n\">Sent back</th><th class=\"n\">Overdue</th></tr>"
    )?;
    for line in &show.owners {
        let owner = if line.owner.is_empty() {
            "nobody yet"
        } else {
            &line.owner
        };
        let all = lists.link(&format!("Leads of {owner}"), &line.leads.leads, &show.who);
        let overdue = lists.link(
            &format!("Overdue at {owner}"),
            &line.overdue.leads,
            &show.who,
        );
        writeln!(
            body,
            "<tr><th>{}</th><td class=\"n\">{all}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{overdue}</td></tr>",
            escape(owner),
            line.handed_over,
            line.accepted,
            line.rejected
        )?;
    }
    writeln!(body, "</table></div>")
}

fn judged(body: &mut String, show: &Numbers) -> std::fmt::Result {
    if show.judged.is_empty() {
        return writeln!(
            body,
            "<h2>How often we were right</h2>\n<p>Sales have not answered yet; `boothside returns` reads their verdicts.</p>"
        );
    }
    writeln!(
        body,
        "<h2>How often we were right</h2>\n<p class=\"soft\">Leads that sales accepted, of those they answered on.</p>\n<div class=\"scroll\"><table>"
    )?;
    for line in &show.judged {
        let (share, interval) = share(line.right, Some(line.judged));
        writeln!(
            body,
            "<tr><th dir=\"auto\">{}</th><td class=\"n\">{} of {}</td><td class=\"n\">{share}</td><td class=\"n\">{interval}</td></tr>",
            escape(&line.by),
            line.right,
            line.judged
        )?;
    }
    writeln!(body, "</table></div>")
}

fn attribution(body: &mut String, earned: &Earned) -> std::fmt::Result {
    if earned.is_empty() {
        return Ok(());
    }
    writeln!(
        body,
        "<h2>Who earned the pipeline</h2>\n<div class=\"scroll\"><table><tr><th></th>"
    )?;
    for model in Model::ALL {
        writeln!(body, "<th class=\"n\">{}</th>", model.word())?;
    }
    writeln!(body, "</tr>")?;
    for (by, models) in earned {
        write!(body, "<tr><th dir=\"auto\">{}</th>", escape(by))?;
        for model in Model::ALL {
            let sums = models
                .get(&model)
                .map(super::Moneys::words)
                .unwrap_or_default();
            write!(body, "<td class=\"n\">{}</td>", escape(&sums))?;
        }
        writeln!(body, "</tr>")?;
    }
    writeln!(body, "</table></div>")
}
