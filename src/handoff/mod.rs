//! The night: the board as rows, and the folder of files that marketing imports tonight.
//!
//! [`leads`] turns a board into rows and is pure; [`write_night`] writes them beside, synced and renamed, so that a
//! reader finds either the whole folder or none.

mod bucket;
mod calendar;
mod chat;
mod code;
mod contact;
mod dav;
mod destination;
mod drafts;
mod dynamics;
mod error;
mod fold;
mod folder;
mod history;
mod html;
mod hubspot;
mod jsonl;
mod lake;
pub mod lead;
pub mod leads;
mod mail;
mod manifest;
mod marketing;
mod mirror;
mod name;
mod night;
mod packets;
mod parquet;
mod remote;
mod runsheet;
mod salesforce;
mod sealed;
mod sheet;
mod sheets;
mod sign;
mod summary;
mod table;
mod touches;
mod words;
mod zip;

pub use crate::accounts::e164;
pub use crate::domain::is_email;
pub use bucket::{Bucket, BucketAddress};
pub use calendar::calendar;
pub use code::{Code, code};
pub use contact::vcard;
pub use dav::{Login, Server};
pub use destination::Destination;
pub use drafts::{Drafts, Mail, drafts};
pub use error::NightError;
pub use html::{escape as html_escape, page as html_page};
pub use lead::Lead;
pub use leads::{external_id, laptop_id, short_code};
pub use mail::{eml, mailto};
pub use mirror::mirror;
pub use name::{PersonName, split_name};
pub use night::{Exported, Now, WrittenFile, write_night, write_night_since_last};
pub use packets::{Packet, packets};
pub use remote::{Remote, mirror_to};
pub use sheet::{Fault, Weight};
pub use sign::Keys;
pub use table::defuse;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::domain::Playbook;
use crate::follow_up::Brand;

/// What the night needs to know of the show.
#[derive(Clone, Debug)]
pub struct NightShow<'a> {
    /// The show's short code, the first part of every external id.
    pub code: &'a str,
    /// The show's name.
    pub name: &'a str,
    /// This laptop's id, as [`laptop_id`] writes it.
    pub laptop: String,
    /// The campaign the leads belong to in the CRM; empty where there is none.
    pub campaign_id: &'a str,
    /// Who we are, what we sell, whose lead is whose.
    pub playbook: &'a Playbook,
    /// Where the leads go, as show.toml names it: `salesforce`, `hubspot`, `marketo`, `account_engagement`,
    /// `dynamics`, `generic`.
    pub destinations: &'a [String],
    /// The show's time zone.
    pub zone: TimeZone,
    /// What the destinations are told beside the leads.
    pub rules: NightRules,
    /// How follow-ups are written.
    pub brand: Brand,
}

/// The `[night]` part of show.toml: words of the customer's own CRM. Everything has a default that a stock CRM takes.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default)]
pub struct NightRules {
    /// Where a lead came from, in the CRM's words.
    pub lead_source: String,
    /// The status of a new lead.
    pub lead_status: String,
    /// The CRM's field that keeps our external id.
    pub external_id_field: String,
    /// The campaign's member status by rating (`hot`, `warm`, `cold`, `swag`, `none`).
    pub member_status: BTreeMap<String, String>,
    /// The CRM's ids of our owners, by name.
    pub owner_ids: BTreeMap<String, String>,
    /// Values a column may have, by the column's name; a column that is not here takes anything.
    pub picklists: BTreeMap<String, Vec<String>>,
    /// Whether what can be put right without guessing is; else such rows are left out.
    pub fix: bool,
    /// Whether one fault stops the whole export instead of its row.
    pub strict: bool,
}

impl Default for NightRules {
    fn default() -> Self {
        // Stock values of an untouched Salesforce; every customer changes them.
        Self {
            lead_source: "Trade Show".into(),
            lead_status: "Open - Not Contacted".into(),
            external_id_field: "Event_Lead_Id__c".into(),
            member_status: BTreeMap::new(),
            owner_ids: BTreeMap::new(),
            picklists: BTreeMap::new(),
            fix: true,
            strict: false,
        }
    }
}

impl NightRules {
    /// The same, with the words of an untouched CRM where show.toml says nothing.
    #[must_use]
    pub fn or_stock(mut self) -> Self {
        let stock = Self::default();
        for (word, stock) in [
            (&mut self.lead_source, stock.lead_source),
            (&mut self.lead_status, stock.lead_status),
            (&mut self.external_id_field, stock.external_id_field),
        ] {
            if word.trim().is_empty() {
                *word = stock;
            }
        }
        self
    }

    /// The member status of a lead with this grade: as configured, else the stock `Responded`.
    pub fn status_of(&self, grade: &str) -> &str {
        let word = if grade.is_empty() { "none" } else { grade };
        self.member_status
            .get(word)
            .map_or("Responded", String::as_str)
    }
}

/// Writes a table of defused words to `path`, in the place of an older one, whole or not at all.
pub fn write_table(
    path: &Path,
    header: &[&str],
    rows: &[Vec<String>],
) -> Result<usize, NightError> {
    folder::replace(path, |out| {
        let cells = rows.iter().map(|row| {
            row.iter()
                .map(|cell| table::Cell::text(cell.as_str()))
                .collect()
        });
        table::write(out, header, cells)
    })
}

/// Writes a page to `path`, in the place of an older one, whole or not at all.
pub fn write_page(path: &Path, text: &str) -> Result<(), NightError> {
    folder::replace(path, |out| out.write_all(text.as_bytes()).map(|()| 0)).map(drop)
}
