//! `HubSpot`: contacts by their labels, and notes, which go out once because an import can't update them.

use crate::domain::Board;

use super::salesforce::{phone, pick};
use super::sheet::{Column, Empty, Kind, Row, Sheet};
use super::words::description;
use super::{Lead, NightShow};

/// What to do with the files.
pub const STEPS: &[&str] = &[
    "Contacts > Import > File from computer > One file, one object: `10_contacts.csv`. The headers map themselves; create the property \"Event lead id\" (single-line text) once.",
    "Import > One file, two objects, Contacts and Notes: `20_notes.csv`, matched by Email. Import each folder's file once: a note goes out in one export only, and a second import would double it.",
    "Owners are not told of an import: send them their packets.",
    "Save the error file, if there is one, and tell the booth: `boothside returns DIR errors.csv`.",
];

/// Contacts and notes.
pub fn sheets<'a>(leads: &'a [Lead], board: &Board, show: &'a NightShow<'_>) -> Vec<Sheet<'a>> {
    vec![contacts(leads, show), notes(leads, board)]
}

fn contacts<'a>(leads: &'a [Lead], show: &'a NightShow<'_>) -> Sheet<'a> {
    let row = |lead: &'a Lead| Row {
        lead,
        cells: vec![
            lead.external_id.as_str().into(),
            lead.first_name.as_str().into(),
            lead.last_name.as_str().into(),
            lead.email.as_str().into(),
            phone(lead).into(),
            lead.title.as_str().into(),
            lead.company.as_str().into(),
            lead.country.as_str().into(),
            lead.state.as_str().into(),
            lead.owner_email.as_str().into(),
            "lead".into(),
            "NEW".into(),
            basis(lead).into(),
        ],
    };
    // A contact needs a first name, a last name or an address; one without any can't be told from the others.
    let known = |lead: &&Lead| !(lead.full_name.is_empty() && lead.email.is_empty());
    Sheet {
        file: "10_contacts.csv".into(),
        object: "Contacts",
        columns: vec![
            Column::new("Event lead id", "external_id", Kind::Own, 0).or(Empty::Refused),
            Column::new("First name", "first_name", Kind::Words, 0),
            Column::new("Last name", "last_name", Kind::Words, 0),
            Column::new("Email", "email", Kind::Email, 0),
            Column::new("Phone number", "phone_e164, else phone_raw", Kind::Words, 0),
            Column::new("Job title", "title", Kind::Words, 0),
            Column::new("Company name", "company", Kind::Words, 0),
            Column::new("Country/Region", "country", Kind::Words, 0),
            Column::new("State/Region", "state", Kind::Words, 0),
            Column::new("Contact owner", "owner_email", Kind::Email, 0),
            Column::new("Lifecycle stage", "lead", pick(show, "Lifecycle stage"), 0),
            Column::new("Lead status", "new", pick(show, "Lead status"), 0),
            Column::new(
                "Legal basis for processing contact's data",
                "consent_email",
                Kind::Own,
                0,
            ),
        ],
        rows: leads.iter().filter(known).map(row).collect(),
        key: Some(3),
        once: false,
    }
}

fn notes<'a>(leads: &'a [Lead], board: &Board) -> Sheet<'a> {
    let row = |lead: &'a Lead| Row {
        lead,
        cells: vec![
            lead.captured_at.as_str().into(),
            description(lead, board).into(),
            lead.email.as_str().into(),
            lead.first_name.as_str().into(),
            lead.last_name.as_str().into(),
        ],
    };
    Sheet {
        file: "20_notes.csv".into(),
        object: "Notes",
        columns: vec![
            Column::new("Activity date", "captured_at", Kind::Own, 0).or(Empty::Refused),
            Column::new("Note body", "next step, quotes, notes", Kind::Words, 65_536)
                .or(Empty::Refused),
            Column::new("Email", "email", Kind::Email, 0).or(Empty::Refused),
            Column::new("First name", "first_name", Kind::Words, 0),
            Column::new("Last name", "last_name", Kind::Words, 0),
        ],
        // Without an address a note would find no contact; what it says stands in leads.csv.
        rows: leads
            .iter()
            .filter(|lead| lead.primary && !lead.email.is_empty())
            .map(row)
            .collect(),
        key: None,
        once: true,
    }
}

fn basis(lead: &Lead) -> &'static str {
    match lead.consent_email.as_str() {
        "opt_in" => "Freely given consent from contact",
        _ => "",
    }
}
