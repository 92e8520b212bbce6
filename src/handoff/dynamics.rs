//! Dynamics 365: one table of leads by their labels; option sets go by label, too.

use crate::domain::Board;

use super::salesforce::{phone, pick, rating};
use super::sheet::{Column, Empty, Kind, NOT_PROVIDED, Row, Sheet};
use super::words::description;
use super::{Lead, NightShow};

/// What to do with the file.
pub const STEPS: &[&str] = &[
    "Sales > Leads > Import from CSV: `10_lead.csv`; review the mapping, it follows the labels of an English system.",
    "Switch duplicate detection on: the key is \"Event Lead Id\", a text column to be made once.",
    "Check that your option set has the lead source that stands in the file.",
];

/// The file.
pub fn sheet<'a>(leads: &'a [Lead], board: &Board, show: &'a NightShow<'_>) -> Sheet<'a> {
    let column = |header: &str, from, most| Column::new(header, from, Kind::Words, most);
    let row = |lead: &'a Lead| Row {
        lead,
        cells: vec![
            lead.external_id.as_str().into(),
            topic(lead).into(),
            lead.first_name.as_str().into(),
            lead.last_name.as_str().into(),
            lead.company.as_str().into(),
            lead.title.as_str().into(),
            lead.email.as_str().into(),
            phone(lead).into(),
            lead.country.as_str().into(),
            lead.state.as_str().into(),
            show.rules.lead_source.as_str().into(),
            rating(lead).into(),
            if lead.consent_email == "opt_out" {
                "Do Not Allow"
            } else {
                "Allow"
            }
            .into(),
            description(lead, board).into(),
        ],
    };
    Sheet {
        file: "10_lead.csv".into(),
        object: "Lead",
        columns: vec![
            Column::new("Event Lead Id", "external_id", Kind::Own, 255).or(Empty::Refused),
            column("Topic", "show, company, next step", 300).or(Empty::Refused),
            column("First Name", "first_name", 50),
            column("Last Name", "last_name", 50).or(Empty::Fill(NOT_PROVIDED)),
            column("Company Name", "company", 100),
            column("Job Title", "title", 100),
            Column::new("Email", "email", Kind::Email, 100),
            column("Business Phone", "phone_e164, else phone_raw", 50),
            column("Country/Region", "country", 80),
            column("State/Province", "state", 50),
            Column::new(
                "Lead Source",
                "show.toml lead_source",
                pick(show, "Lead Source"),
                0,
            ),
            Column::new("Rating", "grade", pick(show, "Rating"), 0),
            Column::new("Email Permission", "consent_email", Kind::Own, 0),
            column("Description", "next step, quotes, notes", 2000),
        ],
        rows: leads.iter().map(row).collect(),
        key: Some(0),
        once: false,
    }
}

fn topic(lead: &Lead) -> String {
    let parts: Vec<&str> = [&lead.event_name, &lead.company, &lead.next_step]
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        lead.event_code.clone()
    } else {
        parts.join(": ")
    }
}
