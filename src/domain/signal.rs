//! A signal: one thing a visitor said that helps to judge the lead, with the words that prove it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Stamp;

/// What a signal is about (the kinds of the labelling guide).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalKind {
    /// What money there is.
    Budget,
    /// The visitor's part in the decision.
    Authority,
    /// A pain of the visitor's own organisation.
    Need,
    /// When they would decide, buy or start.
    Timeline,
    /// What does the job today.
    CurrentSolution,
    /// A competitor of ours, named by the visitor.
    Competitor,
    /// Pushback against us, the product or the purchase.
    Objection,
    /// One of our products, asked after for their own use.
    ProductInterest,
    /// A step both sides agree on.
    NextStep,
    /// May we contact them.
    OptIn,
}

impl SignalKind {
    /// All kinds, B A N T first.
    pub const ALL: [Self; 10] = [
        Self::Budget,
        Self::Authority,
        Self::Need,
        Self::Timeline,
        Self::CurrentSolution,
        Self::Competitor,
        Self::Objection,
        Self::ProductInterest,
        Self::NextStep,
        Self::OptIn,
    ];

    /// The name in files: snake case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Budget => "budget",
            Self::Authority => "authority",
            Self::Need => "need",
            Self::Timeline => "timeline",
            Self::CurrentSolution => "current_solution",
            Self::Competitor => "competitor",
            Self::Objection => "objection",
            Self::ProductInterest => "product_interest",
            Self::NextStep => "next_step",
            Self::OptIn => "opt_in",
        }
    }

    /// The word on the screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::CurrentSolution => "uses today",
            Self::ProductInterest => "interest",
            Self::NextStep => "next step",
            Self::OptIn => "may contact",
            Self::Budget
            | Self::Authority
            | Self::Need
            | Self::Timeline
            | Self::Competitor
            | Self::Objection => self.name(),
        }
    }
}

impl fmt::Display for SignalKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for SignalKind {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or("no such kind of signal")
    }
}

/// Whether a signal speaks for or against the deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// "The budget is approved."
    #[default]
    Positive,
    /// "We have no budget."
    Negative,
}

/// One thing said that counts, with its proof.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Signal {
    /// What it is about.
    pub kind: SignalKind,
    /// The utterance that proves it.
    pub utterance: Stamp,
    /// Start and end of the quote in the utterance's text, in bytes.
    pub span: (usize, usize),
    /// The exact words.
    pub quote: String,
    /// The normalised value, as the labelling guide writes it (`180000 USD`, `decision_maker`, `2027-Q2`).
    pub value: String,
    /// For or against.
    #[serde(default)]
    pub polarity: Polarity,
    /// How likely it is right, 0 to 1.
    pub confidence: f32,
}
