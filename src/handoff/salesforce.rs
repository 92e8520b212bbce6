//! Salesforce: leads, campaign members, tasks, by API names, upserted on our external id.

use std::borrow::Cow;

use crate::domain::Board;

use super::sheet::{Column, Empty, Kind, NOT_PROVIDED, Row, Sheet};
use super::words::{description, promised};
use super::{Lead, NightShow};

/// What to do with the files.
pub const STEPS: &[&str] = &[
    "In Data Loader choose Upsert, object Lead, file `10_leads.csv`; match on the external id field of the first column. Save the success and error files.",
    "Insert `20_campaign_members.csv` as Campaign Member. It finds the leads by the same external id; members that are there already are refused, which is harmless.",
    "Insert `30_tasks.csv` as Task. Import each folder's file once: a task goes out in one export only, and a second insert would double it.",
    "Tell the booth: `boothside returns DIR success.csv` and `boothside returns DIR error.csv`.",
];

/// The three files; no members without a campaign.
pub fn sheets<'a>(leads: &'a [Lead], board: &Board, show: &'a NightShow<'_>) -> Vec<Sheet<'a>> {
    let mut sheets = vec![people(leads, board, show)];
    if !show.campaign_id.is_empty() {
        sheets.push(members(leads, show));
    }
    sheets.push(tasks(leads, board, show));
    sheets
}

/// A picklist of show.toml, or none.
pub fn pick(show: &NightShow<'_>, column: &str) -> Kind {
    Kind::Pick(
        show.rules
            .picklists
            .get(column)
            .cloned()
            .unwrap_or_default(),
    )
}

fn people<'a>(leads: &'a [Lead], board: &Board, show: &'a NightShow<'_>) -> Sheet<'a> {
    Sheet {
        file: "10_leads.csv".into(),
        object: "Lead",
        columns: people_columns(show),
        rows: leads
            .iter()
            .map(|lead| Row {
                lead,
                cells: people_cells(lead, board, show),
            })
            .collect(),
        key: Some(0),
        once: false,
    }
}

fn people_columns(show: &NightShow<'_>) -> Vec<Column> {
    let rules = &show.rules;
    let mut columns = vec![
        Column::new(&rules.external_id_field, "external_id", Kind::Own, 255).or(Empty::Refused),
        Column::new("Salutation", "salutation", Kind::Words, 40),
        Column::new("FirstName", "first_name", Kind::Words, 40),
        Column::new("LastName", "last_name", Kind::Words, 80).or(Empty::Fill(NOT_PROVIDED)),
        Column::new("Company", "company", Kind::Words, 255).or(Empty::Fill(NOT_PROVIDED)),
        Column::new("Title", "title", Kind::Words, 128),
        Column::new("Email", "email", Kind::Email, 80),
        Column::new("Phone", "phone_e164, else phone_raw", Kind::Words, 40),
        Column::new("Country", "country", Kind::Words, 80),
        Column::new("State", "state", Kind::Words, 80),
        Column::new(
            "LeadSource",
            "show.toml lead_source",
            pick(show, "LeadSource"),
            255,
        ),
        Column::new("Status", "show.toml lead_status", pick(show, "Status"), 255)
            .or(Empty::Refused),
        Column::new("Rating", "grade", pick(show, "Rating"), 255),
        Column::new("HasOptedOutOfEmail", "consent_email", Kind::Own, 5),
        Column::new(
            "Description",
            "next step, quotes, notes",
            Kind::Words,
            32_000,
        ),
    ];
    if !rules.owner_ids.is_empty() {
        columns.push(Column::new(
            "OwnerId",
            "owner, by show.toml owner_ids",
            Kind::Own,
            18,
        ));
    }
    columns
}

fn people_cells<'a>(lead: &'a Lead, board: &Board, show: &'a NightShow<'_>) -> Vec<Cow<'a, str>> {
    let rules = &show.rules;
    let mut cells = vec![
        lead.external_id.as_str().into(),
        lead.salutation.as_str().into(),
        lead.first_name.as_str().into(),
        lead.last_name.as_str().into(),
        lead.company.as_str().into(),
        lead.title.as_str().into(),
        lead.email.as_str().into(),
        phone(lead).into(),
        lead.country.as_str().into(),
        lead.state.as_str().into(),
        rules.lead_source.as_str().into(),
        rules.lead_status.as_str().into(),
        rating(lead).into(),
        flag(lead.consent_email == "opt_out").into(),
        description(lead, board).into(),
    ];
    if !rules.owner_ids.is_empty() {
        let id = rules.owner_ids.get(&lead.owner);
        cells.push(id.map_or("", String::as_str).into());
    }
    cells
}

fn members<'a>(leads: &'a [Lead], show: &'a NightShow<'_>) -> Sheet<'a> {
    let person = format!("Lead.{}", show.rules.external_id_field);
    Sheet {
        file: "20_campaign_members.csv".into(),
        object: "Campaign Member",
        columns: vec![
            Column::new("CampaignId", "show.toml campaign", Kind::Own, 18).or(Empty::Refused),
            Column::new(&person, "external_id", Kind::Own, 255).or(Empty::Refused),
            Column::new(
                "Status",
                "show.toml member_status",
                pick(show, "CampaignMember.Status"),
                255,
            )
            .or(Empty::Refused),
        ],
        rows: leads
            .iter()
            .map(|lead| Row {
                lead,
                cells: vec![
                    show.campaign_id.into(),
                    lead.external_id.as_str().into(),
                    show.rules.status_of(&lead.grade).into(),
                ],
            })
            .collect(),
        key: Some(1),
        once: false,
    }
}

fn tasks<'a>(leads: &'a [Lead], board: &Board, show: &'a NightShow<'_>) -> Sheet<'a> {
    let person = format!("Lead:Who.{}", show.rules.external_id_field);
    let promises = leads
        .iter()
        .filter(|lead| lead.primary && !lead.next_step.is_empty());
    Sheet {
        file: "30_tasks.csv".into(),
        object: "Task",
        columns: vec![
            Column::new("Subject", "next_step", Kind::Words, 255).or(Empty::Refused),
            Column::new(&person, "external_id", Kind::Own, 255).or(Empty::Refused),
            Column::new("ActivityDate", "next_step_due", Kind::Own, 10),
            Column::new("Status", "new", Kind::Own, 40),
            Column::new("Priority", "grade", Kind::Own, 20),
            Column::new(
                "Description",
                "owner, next step, quotes, notes",
                Kind::Words,
                32_000,
            ),
        ],
        rows: promises
            .map(|lead| Row {
                lead,
                cells: vec![
                    lead.next_step.as_str().into(),
                    lead.external_id.as_str().into(),
                    lead.next_step_due.as_str().into(),
                    "Not Started".into(),
                    if lead.grade == "hot" {
                        "High"
                    } else {
                        "Normal"
                    }
                    .into(),
                    format!(
                        "Owner: {}\nPromised: {}\n{}",
                        lead.owner,
                        promised(lead),
                        description(lead, board)
                    )
                    .into(),
                ],
            })
            .collect(),
        key: None,
        once: true,
    }
}

/// Hot, Warm, Cold: the stock values; giveaway hunters have none.
pub fn rating(lead: &Lead) -> &'static str {
    match lead.grade.as_str() {
        "hot" => "Hot",
        "warm" => "Warm",
        "cold" => "Cold",
        _ => "",
    }
}

/// The phone that can be dialled, else what was given.
pub fn phone(lead: &Lead) -> &str {
    if lead.phone_e164.is_empty() {
        &lead.phone_raw
    } else {
        &lead.phone_e164
    }
}

fn flag(is: bool) -> &'static str {
    if is { "TRUE" } else { "FALSE" }
}
