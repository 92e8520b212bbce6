//! Who we are, what we sell, whom we want to meet and who looks after whom: the playbook as data.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Day;

/// The show's playbook, as `playbook.toml` and `accounts.csv` give it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Playbook {
    /// Who gets a lead that no rule covers. Empty: nobody.
    pub default_owner: String,
    /// Us.
    pub company: Company,
    /// The show the playbook was written for.
    pub event: Option<Event>,
    /// What we sell.
    pub products: Vec<Product>,
    /// Whom visitors may name instead.
    pub competitors: Vec<Competitor>,
    /// Territory owners in order of the file.
    pub owners: Vec<Owner>,
    /// Our own words for what to ask next, by what is missing (`need`, `budget`, ...).
    pub ask: BTreeMap<String, String>,
    /// Stages of a lead.
    pub stages: Vec<Stage>,
    /// Target accounts.
    pub accounts: Vec<Account>,
    /// How follow-ups sound.
    pub follow_up: FollowUp,
}

/// How follow-ups sound.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct FollowUp {
    /// The language of every draft; none: German for visitors of German-speaking countries, else English.
    pub language: Option<Language>,
    /// How we talk to people.
    pub tone: Tone,
    /// What stands beneath the owner's name: the company, a slogan, a phone number.
    pub signature: String,
}

/// A language that drafts can be written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// Its code in files: ISO 639-1.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// Its name in English.
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "German",
        }
    }

    /// What is read in a country (ISO 3166-1 alpha-2).
    pub fn of_country(country: &str) -> Self {
        match country {
            "DE" | "AT" | "CH" | "LI" => Self::De,
            _ => Self::En,
        }
    }
}

/// How a brand talks to people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// With distance.
    #[default]
    Formal,
    /// As one talks at a stand.
    Friendly,
}

impl Tone {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Formal, Self::Friendly];

    /// The word in files and templates.
    pub fn word(self) -> &'static str {
        match self {
            Self::Formal => "formal",
            Self::Friendly => "friendly",
        }
    }
}

/// Our own company.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Company {
    /// The name as we write it.
    pub name: String,
    /// How the recogniser is known to write it.
    pub aliases: Vec<String>,
}

/// When and where the show is.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Event {
    /// The show's short id.
    #[serde(default)]
    pub id: String,
    /// The show's name.
    #[serde(default)]
    pub name: String,
    /// The day relative dates in talk count from.
    pub date: Day,
    /// The city.
    #[serde(default)]
    pub city: String,
    /// ISO 3166-1 alpha-2.
    #[serde(default)]
    pub country: String,
}

/// One of our products.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Product {
    /// The canonical name.
    pub name: String,
    /// The short name people say.
    pub short: String,
    /// What kind of product it is.
    pub category: String,
    /// Words that describe what it does.
    pub describes: Vec<String>,
    /// Other names and mishearings.
    pub aliases: Vec<String>,
}

/// A competitor of ours.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Competitor {
    /// The canonical name.
    pub name: String,
    /// What kind of product they sell.
    pub category: String,
    /// Other names and mishearings.
    pub aliases: Vec<String>,
}

/// A territory owner: who follows up.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Owner {
    /// The owner's name, which is also their id.
    pub name: String,
    /// Where their packet goes.
    pub email: String,
    /// The territory in words.
    pub territory: String,
    /// IANA name of the time zone they live by; empty: the show's.
    pub time_zone: String,
    /// The public key (`age1...`) that their archive is sealed to; empty: it is not sealed.
    pub age: String,
    /// What belongs to them.
    pub rules: Vec<TerritoryRule>,
}

/// One rule of a territory: every part that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct TerritoryRule {
    /// ISO 3166-1 alpha-2; empty: any.
    pub country: String,
    /// State codes; empty: any.
    pub states: Vec<String>,
    /// Industries; empty: any.
    pub industries: Vec<String>,
}

/// A stage of a lead and the ratings that lead to it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Stage {
    /// The stage's id in files.
    pub id: String,
    /// The stage in words.
    pub name: String,
    /// Ratings (`hot`, `warm`, `cold`, `none`) that put a lead here.
    pub from_rating: Vec<String>,
}

/// A target account.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Account {
    /// The id in our CRM; empty where the list has none, then the name serves.
    pub id: String,
    /// The name.
    pub name: String,
    /// Other names and mishearings.
    pub aliases: Vec<String>,
    /// The company's own e-mail and web domain.
    pub domain: String,
    /// How much we want them ("1", "A", ...).
    pub tier: String,
    /// The industry, as the territory rules spell it.
    pub industry: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// State or province code.
    pub state: String,
    /// The named owner, if there is one.
    pub owner: String,
}

impl Account {
    /// The id, or the name where the list gives no id.
    pub fn key(&self) -> &str {
        if self.id.is_empty() {
            &self.name
        } else {
            &self.id
        }
    }
}

impl Playbook {
    /// The account with this key.
    pub fn account(&self, key: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.key() == key)
    }

    /// The owner with this name.
    pub fn owner(&self, name: &str) -> Option<&Owner> {
        self.owners.iter().find(|owner| owner.name == name)
    }
}
