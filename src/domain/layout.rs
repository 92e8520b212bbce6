//! What stands where on a delimited badge: told by the show, or kept by the captain.

use serde::{Deserialize, Serialize};

/// A detail that a field of a badge or a column of a list may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Detail {
    /// The badge's id.
    Id,
    /// The whole name.
    Name,
    /// The given name.
    First,
    /// The family name.
    Last,
    /// The company.
    Company,
    /// The job title.
    Title,
    /// The e-mail address.
    Email,
    /// The phone number.
    Phone,
    /// The country.
    Country,
    /// The state or province.
    State,
    /// Nothing of a lead.
    Skip,
}

impl Detail {
    /// All of them, in the order people write them.
    pub const ALL: [Self; 11] = [
        Self::Id,
        Self::Name,
        Self::First,
        Self::Last,
        Self::Company,
        Self::Title,
        Self::Email,
        Self::Phone,
        Self::Country,
        Self::State,
        Self::Skip,
    ];

    /// Its name in `show.toml` and on the screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::First => "first",
            Self::Last => "last",
            Self::Company => "company",
            Self::Title => "title",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Country => "country",
            Self::State => "state",
            Self::Skip => "skip",
        }
    }

    /// The detail of that name.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|detail| detail.word() == word)
    }
}

/// How the badges of a show are laid out where they are fields between delimiters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// What stands between two fields.
    pub delimiter: String,
    /// What each field holds, in order.
    pub fields: Vec<Detail>,
}

impl Layout {
    /// Whether a badge can't tell the two apart: the same delimiter as often.
    pub fn is_alike(&self, other: &Self) -> bool {
        self.delimiter == other.delimiter && self.fields.len() == other.fields.len()
    }

    /// The fields as a person reads them: `id | first | last | company`.
    pub fn words(&self) -> String {
        let fields: Vec<&str> = self.fields.iter().map(|field| field.word()).collect();
        fields.join(" | ")
    }
}
