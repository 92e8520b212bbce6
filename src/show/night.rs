//! `[night]` of `show.toml`: what the night's files say in words of the customer's CRM, and when they are written.

use super::config::NightWords;
use super::document::{Document, Table, plain};
use super::settings::set;

/// Ratings that a member status can be given for.
const RATINGS: [&str; 5] = ["hot", "warm", "cold", "swag", "none"];

/// `[night]`.
pub(super) fn read(doc: &mut Document, root: &Table) -> NightWords {
    let mut words = NightWords::default();
    let Some(table) = doc.table(root, "night") else {
        return words;
    };
    doc.known(
        &table,
        &[
            "lead_source",
            "lead_status",
            "external_id_field",
            "member_status",
            "owner_ids",
            "picklists",
            "sender",
            "privacy_url",
            "fix",
            "strict",
            "at",
            "copy_to",
            "copy_endpoint",
            "copy_region",
        ],
    );
    set(&mut words.lead_source, doc.text(&table, "lead_source"));
    set(&mut words.lead_status, doc.text(&table, "lead_status"));
    set(
        &mut words.external_id_field,
        doc.text(&table, "external_id_field"),
    );
    set(&mut words.sender, doc.text(&table, "sender"));
    set(&mut words.privacy_url, doc.text(&table, "privacy_url"));
    words.fix = doc.flag(&table, "fix").unwrap_or(words.fix);
    words.strict = doc.flag(&table, "strict").unwrap_or_default();
    words.at = hour(doc, &table);
    words.copy_to = super::place::read(doc, &table);
    lists(doc, &table, &mut words);
    words
}

/// The hour of the export by itself, as minutes after midnight.
fn hour(doc: &mut Document, table: &Table) -> Option<u16> {
    let (time, span) = doc.text(table, "at").filter(|(time, _)| !time.is_empty())?;
    let at = minutes(&time);
    if at.is_none() {
        let message = format!("\"{time}\" is no time of day");
        let help = "write at = \"18:30\": hours and minutes by the show's clock";
        doc.fault("S05", span, message, help);
    }
    at
}

/// The words of the CRM that are lists: statuses, owners' ids, what a column may hold.
fn lists(doc: &mut Document, table: &Table, words: &mut NightWords) {
    if let Some(statuses) = doc.table(table, "member_status") {
        doc.known(&statuses, &RATINGS);
        for rating in RATINGS {
            if let Some((status, _)) = doc.text(&statuses, rating) {
                words.member_status.insert(rating.to_string(), status);
            }
        }
    }
    if let Some(ids) = doc.table(table, "owner_ids") {
        for (owner, _) in ids.keys() {
            if let Some((id, _)) = doc.text(&ids, &owner) {
                words.owner_ids.insert(owner, id);
            }
        }
    }
    if let Some(lists) = doc.table(table, "picklists") {
        for (column, _) in lists.keys() {
            if let Some(values) = doc.texts(&lists, &column) {
                words.picklists.insert(column, plain(values));
            }
        }
    }
}

/// `18:30` as minutes after midnight.
fn minutes(time: &str) -> Option<u16> {
    let (hours, minutes) = time.trim().split_once(':')?;
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}
