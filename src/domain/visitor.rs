//! Who stands at the booth: a person's details and where they came from.

use serde::{Deserialize, Serialize};

use super::Stamp;

/// A visitor's id: the stamp of the deed that seated them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VisitorId(pub Stamp);

/// How we know of a person, surest last.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// They said so, and the recogniser wrote it down.
    #[default]
    Voice,
    /// Somebody typed it.
    Typed,
    /// A badge or card was scanned or pasted.
    Scan,
}

/// Where a visitor's country and state were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceFrom {
    /// Nobody noted it.
    #[default]
    Unknown,
    /// On the badge.
    Badge,
    /// On the organiser's list.
    List,
}

impl PlaceFrom {
    #[allow(clippy::trivially_copy_pass_by_ref)] // serde hands a reference
    fn is_unknown(&self) -> bool {
        *self == Self::Unknown
    }
}

/// One person at a card. Empty text means unknown.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Visitor {
    /// The badge's id as the organiser's list writes it.
    pub badge_id: String,
    /// The full name in natural order.
    pub name: String,
    /// The company as it stands on the badge or was said.
    pub company: String,
    /// The job title.
    pub title: String,
    /// The e-mail address.
    pub email: String,
    /// The phone number as given.
    pub phone: String,
    /// ISO 3166-1 alpha-2, upper case.
    pub country: String,
    /// State or province code.
    pub state: String,
    /// Where country and state come from.
    #[serde(skip_serializing_if = "PlaceFrom::is_unknown")]
    pub place_from: PlaceFrom,
    /// Where this came from.
    pub source: Source,
    /// The payload of the badge, kept whatever could be read of it.
    pub raw: String,
}

/// One detail of a visitor that can be corrected by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// [`Visitor::name`]
    Name,
    /// [`Visitor::company`]
    Company,
    /// [`Visitor::title`]
    Title,
    /// [`Visitor::email`]
    Email,
    /// [`Visitor::phone`]
    Phone,
}

impl Field {
    /// All fields in the order of a badge.
    pub const ALL: [Self; 5] = [
        Self::Name,
        Self::Company,
        Self::Title,
        Self::Email,
        Self::Phone,
    ];

    /// The word on the screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Company => "company",
            Self::Title => "title",
            Self::Email => "e-mail",
            Self::Phone => "phone",
        }
    }
}

impl Visitor {
    /// The text of one field.
    pub fn get(&self, field: Field) -> &str {
        match field {
            Field::Name => &self.name,
            Field::Company => &self.company,
            Field::Title => &self.title,
            Field::Email => &self.email,
            Field::Phone => &self.phone,
        }
    }

    /// Replaces the text of one field.
    pub fn set(&mut self, field: Field, value: String) {
        match field {
            Field::Name => self.name = value,
            Field::Company => self.company = value,
            Field::Title => self.title = value,
            Field::Email => self.email = value,
            Field::Phone => self.phone = value,
        }
    }

    /// Whether it is the same person beyond doubt: one badge, or one address.
    pub fn is_surely(&self, other: &Self) -> bool {
        let same = |mine: &str, theirs: &str| !mine.is_empty() && mine.eq_ignore_ascii_case(theirs);
        same(&self.badge_id, &other.badge_id) || same(&self.email, &other.email)
    }

    /// Takes over every detail that `other` has and this one lacks, or that `other` knows more surely.
    pub fn absorb(&mut self, other: &Self) {
        let surer = other.source >= self.source;
        let take = |mine: &mut String, theirs: &String| {
            if !theirs.is_empty() && (surer || mine.is_empty()) {
                mine.clone_from(theirs);
            }
        };
        take(&mut self.badge_id, &other.badge_id);
        take(&mut self.name, &other.name);
        take(&mut self.company, &other.company);
        take(&mut self.title, &other.title);
        take(&mut self.email, &other.email);
        take(&mut self.phone, &other.phone);
        if !other.country.is_empty() && (surer || self.country.is_empty()) {
            self.place_from = other.place_from;
        }
        take(&mut self.country, &other.country);
        take(&mut self.state, &other.state);
        take(&mut self.raw, &other.raw);
        self.source = self.source.max(other.source);
    }
}
