//! What comes back after the show: the importer's receipts and the verdicts of sales.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Day;

/// What an importer did with a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Import {
    /// It is new there.
    Created,
    /// It was there already.
    Updated,
    /// It was refused.
    Failed,
}

impl Import {
    /// The word on the screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Failed => "refused",
        }
    }
}

/// An importer's receipt for one lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The lead's external id.
    pub external_id: String,
    /// What was done.
    pub import: Import,
    /// The record's id over there; empty where it is not told.
    #[serde(default)]
    pub record: String,
    /// Why it was refused.
    #[serde(default)]
    pub reason: String,
}

/// What sales make of a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Disposition {
    /// They work on it.
    Accepted,
    /// They don't, for a reason.
    Rejected,
    /// Not now: back to marketing.
    Nurture,
    /// They had it already.
    Duplicate,
    /// It became an opportunity.
    Converted,
}

impl Disposition {
    /// All, in the order of a lead's life.
    pub const ALL: [Self; 5] = [
        Self::Accepted,
        Self::Converted,
        Self::Nurture,
        Self::Rejected,
        Self::Duplicate,
    ];

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Nurture => "nurture",
            Self::Duplicate => "duplicate",
            Self::Converted => "converted",
        }
    }
}

/// An amount of money in hundredths of its currency's unit. Amounts of two currencies are never added.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Money {
    /// Hundredths.
    pub cents: i64,
    /// ISO 4217, upper case.
    pub currency: String,
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.cents < 0 { "-" } else { "" };
        let (whole, rest) = (
            self.cents.unsigned_abs() / 100,
            self.cents.unsigned_abs() % 100,
        );
        write!(f, "{sign}{whole}.{rest:02} {}", self.currency)
    }
}

/// An opportunity that a lead became.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Opportunity {
    /// Its id over there; one opportunity may come from several leads and counts once.
    pub id: String,
    /// Its stage in their words.
    pub stage: String,
    /// What it is worth.
    pub amount: Option<Money>,
    /// When it closes or closed.
    pub close: Option<Day>,
    /// Won or lost; none: still open.
    pub won: Option<bool>,
}

/// A verdict of sales on one lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The lead's external id.
    pub external_id: String,
    /// What they make of it.
    pub disposition: Disposition,
    /// Why not, one of [`REASONS`] or free words.
    #[serde(default)]
    pub reason: String,
    /// Who says so.
    #[serde(default)]
    pub owner: String,
    /// Since when, or for [`Disposition::Nurture`] until when.
    #[serde(default)]
    pub date: Option<Day>,
    /// What it became.
    #[serde(default)]
    pub opportunity: Option<Opportunity>,
    /// Free words.
    #[serde(default)]
    pub comment: String,
}

impl Verdict {
    /// Whether this verdict takes the place of `old`: later dates win, and of the same date the later word.
    pub fn beats(&self, old: &Self) -> bool {
        self.date >= old.date
    }
}

/// Why sales send a lead back.
pub const REASONS: [&str; 16] = [
    "not target market",
    "company too small",
    "wrong region",
    "no need",
    "no budget",
    "no authority",
    "no timeline",
    "existing customer",
    "already in opportunity",
    "duplicate",
    "competitor",
    "student/press/job seeker",
    "bad contact data",
    "unreachable",
    "not interested",
    "consent refused",
];

impl FromStr for Disposition {
    type Err = &'static str;

    /// Takes the word in files and the short forms people type.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim().to_lowercase().as_str() {
            "accepted" | "accept" | "ok" => Ok(Self::Accepted),
            "rejected" | "reject" => Ok(Self::Rejected),
            "nurture" | "recycle" | "recycled" => Ok(Self::Nurture),
            "duplicate" | "dup" => Ok(Self::Duplicate),
            "converted" | "convert" => Ok(Self::Converted),
            _ => Err("write accepted, rejected, nurture, duplicate or converted"),
        }
    }
}
