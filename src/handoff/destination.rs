//! Where leads can go, each with its files in the order of upload.

use std::str::FromStr;

use crate::domain::Board;

use super::sheet::Sheet;
use super::{Lead, NightError, NightShow, dynamics, hubspot, marketing, salesforce};

/// A system that imports leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Destination {
    /// Salesforce Sales Cloud, by Data Loader or bulk import.
    Salesforce,
    /// `HubSpot`, by its import of files.
    HubSpot,
    /// Marketo Engage: program members, a file per member status.
    Marketo,
    /// Marketing Cloud Account Engagement, once Pardot.
    AccountEngagement,
    /// Dynamics 365 Sales.
    Dynamics,
    /// Anything else: `leads.csv`, which every export has.
    Generic,
}

impl Destination {
    /// All, in the order of the runsheet.
    pub const ALL: [Self; 6] = [
        Self::Salesforce,
        Self::HubSpot,
        Self::Marketo,
        Self::AccountEngagement,
        Self::Dynamics,
        Self::Generic,
    ];

    /// The name in show.toml, which is also the name of its folder.
    pub fn name(self) -> &'static str {
        match self {
            Self::Salesforce => "salesforce",
            Self::HubSpot => "hubspot",
            Self::Marketo => "marketo",
            Self::AccountEngagement => "account_engagement",
            Self::Dynamics => "dynamics",
            Self::Generic => "generic",
        }
    }

    /// The name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Salesforce => "Salesforce",
            Self::HubSpot => "HubSpot",
            Self::Marketo => "Marketo",
            Self::AccountEngagement => "Account Engagement",
            Self::Dynamics => "Dynamics 365",
            Self::Generic => "Anything else",
        }
    }

    /// What to do with the files, a step a line.
    pub fn steps(self) -> &'static [&'static str] {
        match self {
            Self::Salesforce => salesforce::STEPS,
            Self::HubSpot => hubspot::STEPS,
            Self::Marketo => marketing::MARKETO_STEPS,
            Self::AccountEngagement => marketing::ACCOUNT_ENGAGEMENT_STEPS,
            Self::Dynamics => dynamics::STEPS,
            Self::Generic => &[
                "Import `leads.csv` by the names of its columns; `external_id` is the key that makes a second import an update.",
            ],
        }
    }

    /// Its files, with their columns and rules.
    pub fn sheets<'a>(
        self,
        leads: &'a [Lead],
        board: &Board,
        show: &'a NightShow<'_>,
    ) -> Vec<Sheet<'a>> {
        match self {
            Self::Salesforce => salesforce::sheets(leads, board, show),
            Self::HubSpot => hubspot::sheets(leads, board, show),
            Self::Marketo => marketing::marketo(leads, show),
            Self::AccountEngagement => vec![marketing::account_engagement(leads, board, show)],
            Self::Dynamics => vec![dynamics::sheet(leads, board, show)],
            Self::Generic => Vec::new(),
        }
    }
}

impl FromStr for Destination {
    type Err = NightError;

    fn from_str(name: &str) -> Result<Self, NightError> {
        let plain = name.trim().to_lowercase().replace(['-', ' '], "_");
        Self::ALL
            .into_iter()
            .find(|destination| destination.name() == plain)
            .ok_or_else(|| NightError::Destination { name: name.into() })
    }
}

/// The destinations that show.toml names, each once, in the order of the runsheet.
pub fn chosen(names: &[String]) -> Result<Vec<Destination>, NightError> {
    let mut chosen = names
        .iter()
        .map(|name| name.parse())
        .collect::<Result<Vec<Destination>, _>>()?;
    chosen.sort_unstable();
    chosen.dedup();
    Ok(chosen)
}
