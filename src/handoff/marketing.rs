//! Marketo and Account Engagement: keyed by e-mail; whoever has none can't be imported there.

use std::collections::BTreeMap;

use crate::domain::Board;

use super::salesforce::{phone, pick};
use super::sheet::{Column, Empty, Kind, NOT_PROVIDED, Row, Sheet};
use super::words::description;
use super::{Lead, NightShow};

/// What to do with Marketo's files.
pub const MARKETO_STEPS: &[&str] = &[
    "In the program open Members > Import Members and load one file after the other; the member status to choose stands in the file's name and in the table below.",
    "Two imports run at once at most; wait for the mail of the first two before the third.",
    "People without an e-mail address can't be imported here; they stand in leads.csv.",
];

/// What to do with Account Engagement's file.
pub const ACCOUNT_ENGAGEMENT_STEPS: &[&str] = &[
    "Prospects > Import Prospects: `10_prospects.csv`, matched by Email. Map \"Assigned User\" to Assign to User.",
    "People without an e-mail address can't be imported here; they stand in leads.csv.",
];

/// A file per member status.
pub fn marketo<'a>(leads: &'a [Lead], show: &'a NightShow<'_>) -> Vec<Sheet<'a>> {
    let mut by_status: BTreeMap<&str, Vec<&'a Lead>> = BTreeMap::new();
    for lead in leads.iter().filter(|lead| !lead.email.is_empty()) {
        let status = show.rules.status_of(&lead.grade);
        by_status.entry(status).or_default().push(lead);
    }
    by_status
        .into_iter()
        .enumerate()
        .map(|(place, (status, leads))| members(place, status, leads, show))
        .collect()
}

fn members<'a>(
    place: usize,
    status: &str,
    leads: Vec<&'a Lead>,
    show: &'a NightShow<'_>,
) -> Sheet<'a> {
    let column = |header: &str, from, most| Column::new(header, from, Kind::Words, most);
    Sheet {
        file: format!("{}_members_{}.csv", (place + 1) * 10, slug(status)),
        object: "Program members",
        columns: vec![
            Column::new("email", "email", Kind::Email, 255).or(Empty::Refused),
            column("firstName", "first_name", 255),
            column("lastName", "last_name", 255),
            column("company", "company", 255),
            column("title", "title", 255),
            column("phone", "phone_e164, else phone_raw", 255),
            column("country", "country", 255),
            column("state", "state", 255),
            Column::new(
                "leadSource",
                "show.toml lead_source",
                pick(show, "leadSource"),
                255,
            ),
            Column::new("unsubscribed", "consent_email", Kind::Own, 5),
        ],
        rows: leads
            .into_iter()
            .map(|lead| Row {
                lead,
                cells: vec![
                    lead.email.as_str().into(),
                    lead.first_name.as_str().into(),
                    lead.last_name.as_str().into(),
                    lead.company.as_str().into(),
                    lead.title.as_str().into(),
                    phone(lead).into(),
                    lead.country.as_str().into(),
                    lead.state.as_str().into(),
                    show.rules.lead_source.as_str().into(),
                    if is_out(lead) { "true" } else { "false" }.into(),
                ],
            })
            .collect(),
        key: Some(0),
        once: false,
    }
}

/// One file of prospects.
pub fn account_engagement<'a>(
    leads: &'a [Lead],
    board: &Board,
    show: &'a NightShow<'_>,
) -> Sheet<'a> {
    let column = |header: &str, from, most| Column::new(header, from, Kind::Words, most);
    let row = |lead: &'a Lead| Row {
        lead,
        cells: vec![
            lead.email.as_str().into(),
            lead.first_name.as_str().into(),
            lead.last_name.as_str().into(),
            lead.company.as_str().into(),
            lead.title.as_str().into(),
            phone(lead).into(),
            lead.country.as_str().into(),
            lead.state.as_str().into(),
            show.rules.lead_source.as_str().into(),
            lead.owner_email.as_str().into(),
            if is_out(lead) { "1" } else { "0" }.into(),
            description(lead, board).into(),
        ],
    };
    Sheet {
        file: "10_prospects.csv".into(),
        object: "Prospects",
        columns: vec![
            Column::new("Email", "email", Kind::Email, 255).or(Empty::Refused),
            column("First Name", "first_name", 40),
            column("Last Name", "last_name", 80).or(Empty::Fill(NOT_PROVIDED)),
            column("Company", "company", 255).or(Empty::Fill(NOT_PROVIDED)),
            column("Job Title", "title", 128),
            column("Phone", "phone_e164, else phone_raw", 40),
            column("Country", "country", 80),
            column("State", "state", 80),
            Column::new("Source", "show.toml lead_source", pick(show, "Source"), 255),
            Column::new("Assigned User", "owner_email", Kind::Email, 80),
            Column::new("Do Not Email", "consent_email", Kind::Own, 1),
            column("Comments", "next step, quotes, notes", 32_000),
        ],
        rows: leads
            .iter()
            .filter(|lead| !lead.email.is_empty())
            .map(row)
            .collect(),
        key: Some(0),
        once: false,
    }
}

fn is_out(lead: &Lead) -> bool {
    lead.consent_email == "opt_out"
}

/// The status as part of a file's name.
fn slug(status: &str) -> String {
    let plain = |c: char| {
        if c.is_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    status.chars().map(plain).collect()
}
