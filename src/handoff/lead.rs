//! One lead: a person (or nobody known yet) of one conversation, as a row with the column names of the whole house.

use std::borrow::Cow;

use serde::Serialize;

use crate::domain::CardId;

use super::table::Cell;

/// A lead as far as it is known; empty text means unknown. Its fields are the columns of `leads.csv`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Lead {
    /// The key for every re-export and for what comes back: never reused, unique under case folding.
    pub external_id: String,
    /// Six letters that stand for the external id where people type it.
    pub short_code: String,
    /// The card, as its stamp.
    pub lead_id: String,
    /// Whether this is the card's first person; further people of the card have rows of their own.
    pub primary: bool,
    /// The show's code.
    pub event_code: String,
    /// The show's name.
    pub event_name: String,
    /// The campaign in the CRM.
    pub campaign_id: String,
    /// The laptop that opened the card.
    pub laptop_id: String,
    /// When the talk began, UTC.
    pub captured_at: String,
    /// When the talk began, by the show's clock.
    pub captured_local: String,
    /// How we know of the person: scan, typed or voice.
    pub source: String,
    /// The badge's payload.
    pub badge_raw: String,
    /// The badge's id on the organiser's list.
    pub attendee_id: String,
    /// The whole name.
    pub full_name: String,
    /// `Dr.` and the like.
    pub salutation: String,
    /// Given names.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Job title.
    pub title: String,
    /// The company: the flagged account's name, else what the badge or the person said.
    pub company: String,
    /// The company as it came.
    pub company_raw: String,
    /// The target account's key.
    pub account_id: String,
    /// Its name.
    pub account_name: String,
    /// Why we think so.
    pub account_match: String,
    /// How sure, 0 to 1.
    pub account_score: Option<f32>,
    /// How much we want it.
    pub account_tier: String,
    /// E-mail.
    pub email: String,
    /// Phone as given.
    pub phone_raw: String,
    /// Phone in E.164 where nothing had to be guessed.
    pub phone_e164: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// State code.
    pub state: String,
    /// Who follows up.
    pub owner: String,
    /// Their address.
    pub owner_email: String,
    /// By what rule.
    pub owner_rule: String,
    /// The captain's judgement: hot, warm, cold or swag.
    pub grade: String,
    /// The machine's proposal.
    pub grade_proposed: String,
    /// Its reasons.
    pub grade_why: String,
    /// The stage's id in the playbook.
    pub stage: String,
    /// What was promised.
    pub next_step: String,
    /// By when.
    pub next_step_due: String,
    /// When the first answer is due, UTC.
    pub sla_due_at: String,
    /// What money there is.
    pub bant_budget: String,
    /// Their part in the decision.
    pub bant_authority: String,
    /// Their pain.
    pub bant_need: String,
    /// When.
    pub bant_timeline: String,
    /// What does the job today.
    pub current_solution: String,
    /// Products asked after.
    pub products: Vec<String>,
    /// Competitors named.
    pub competitors: Vec<String>,
    /// Pains, in their words.
    pub pain_points: Vec<String>,
    /// Pushback, in their words.
    pub objections: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// What somebody wrote, oldest first, a line each.
    pub notes: String,
    /// `opt_in`, `opt_out` or `unknown`.
    pub consent_email: String,
    /// `consent` or `none`.
    pub consent_basis: String,
    /// `spoken` or `by hand`.
    pub consent_channel: String,
    /// The words that prove it.
    pub consent_text: String,
    /// Who of us talked to them, where somebody took the card.
    pub taken_by: String,
    /// To whom it was handed in person.
    pub handed_over_to: String,
    /// Grows whenever anything happens to the card: ms since 1970.
    pub version: u64,
    /// Always false: the lead stands.
    pub deleted: bool,
    /// `new` or `changed` in an export of what changed since the last one; else empty.
    #[serde(skip)]
    pub change: &'static str,
    /// The card, for whoever needs all of it.
    #[serde(skip)]
    pub card: CardId,
}

/// Makes one cell of a lead.
pub type Column = (&'static str, fn(&Lead) -> Cell<'_>);

/// Free words, defused where a table is opened by people.
macro_rules! text {
    ($field:ident) => {
        (stringify!($field), |lead: &Lead| {
            Cell::text(lead.$field.as_str())
        })
    };
}

/// Ids, dates and words of our own.
macro_rules! plain {
    ($field:ident) => {
        (stringify!($field), |lead: &Lead| {
            Cell::plain(lead.$field.as_str())
        })
    };
}

/// Several values in one cell, with semicolons between.
macro_rules! list {
    ($field:ident) => {
        (stringify!($field), |lead: &Lead| {
            Cell::Text(joined(&lead.$field))
        })
    };
}

/// The columns of `leads.csv`, in order.
pub const COLUMNS: &[Column] = &[
    plain!(external_id),
    plain!(short_code),
    plain!(lead_id),
    ("primary", |lead| Cell::plain(yes(lead.primary))),
    text!(event_code),
    text!(event_name),
    text!(campaign_id),
    plain!(laptop_id),
    plain!(captured_at),
    plain!(captured_local),
    plain!(source),
    text!(badge_raw),
    text!(attendee_id),
    text!(full_name),
    text!(salutation),
    text!(first_name),
    text!(last_name),
    text!(title),
    text!(company),
    text!(company_raw),
    text!(account_id),
    text!(account_name),
    text!(account_match),
    ("account_score", |lead| {
        Cell::Plain(
            lead.account_score
                .map_or(Cow::Borrowed(""), |score| format!("{score:.2}").into()),
        )
    }),
    text!(account_tier),
    text!(email),
    text!(phone_raw),
    plain!(phone_e164),
    text!(country),
    text!(state),
    text!(owner),
    text!(owner_email),
    text!(owner_rule),
    plain!(grade),
    plain!(grade_proposed),
    text!(grade_why),
    text!(stage),
    text!(next_step),
    plain!(next_step_due),
    plain!(sla_due_at),
    text!(bant_budget),
    text!(bant_authority),
    text!(bant_need),
    text!(bant_timeline),
    text!(current_solution),
    list!(products),
    list!(competitors),
    list!(pain_points),
    list!(objections),
    list!(tags),
    text!(notes),
    plain!(consent_email),
    plain!(consent_basis),
    plain!(consent_channel),
    text!(consent_text),
    text!(taken_by),
    text!(handed_over_to),
    ("version", |lead| Cell::plain(lead.version.to_string())),
    ("deleted", |lead| Cell::plain(yes(lead.deleted))),
    ("change", |lead| Cell::plain(lead.change)),
];

fn yes(flag: bool) -> &'static str {
    if flag { "true" } else { "false" }
}

/// The values with `; ` between; a semicolon within one becomes a comma, so that the cell can be taken apart again.
pub fn joined(values: &[String]) -> Cow<'_, str> {
    let parts: Vec<String> = values.iter().map(|value| value.replace(';', ",")).collect();
    parts.join("; ").into()
}
