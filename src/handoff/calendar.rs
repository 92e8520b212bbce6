//! What was promised by a day, as calendar entries for an owner.

use crate::domain::Day;

use super::Lead;
use super::fold::Lines;
use super::leads::utc;
use super::sheet::who;
use super::words::promised;

/// A calendar with a whole-day entry per dated next step; none where there is none.
pub fn calendar(leads: &[&Lead]) -> Option<String> {
    let dated: Vec<(&Lead, Day)> = leads
        .iter()
        .filter_map(|lead| Some((*lead, lead.next_step_due.parse().ok()?)))
        .collect();
    if dated.is_empty() {
        return None;
    }
    let mut lines = Lines::default();
    lines.raw("BEGIN", "VCALENDAR");
    lines.raw("VERSION", "2.0");
    lines.raw("PRODID", "-//Boothside//Booth leads//EN");
    // Published, not requested: whoever opens it files it, and nobody is invited by accident.
    lines.raw("METHOD", "PUBLISH");
    for (lead, day) in dated {
        lines.raw("BEGIN", "VEVENT");
        lines.text("UID", &format!("{}-next-step", lead.external_id));
        // The stamp is the card's, not the export's: the same card makes the same bytes.
        lines.raw("DTSTAMP", &compact(&utc(lead.version)));
        lines.raw("DTSTART;VALUE=DATE", &compact(&day.to_string()));
        lines.raw("DTEND;VALUE=DATE", &compact(&day.plus(1).to_string()));
        lines.text("SUMMARY", &format!("{}: {}", who(lead), lead.next_step));
        lines.text("DESCRIPTION", &description(lead));
        lines.raw("TRANSP", "TRANSPARENT");
        lines.raw("END", "VEVENT");
    }
    lines.raw("END", "VCALENDAR");
    Some(lines.into_string())
}

fn description(lead: &Lead) -> String {
    let mut lines = vec![format!(
        "Promised at {}: {}",
        lead.event_name,
        promised(lead)
    )];
    for (label, value) in [("E-mail", &lead.email), ("Phone", &lead.phone_raw)] {
        if !value.is_empty() {
            lines.push(format!("{label}: {value}"));
        }
    }
    lines.join("\n")
}

fn compact(time: &str) -> String {
    time.chars().filter(|c| !matches!(c, '-' | ':')).collect()
}
