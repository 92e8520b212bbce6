//! A signal: one thing a visitor said that helps to judge the lead, with the words that prove it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{MONTHS, Stamp};

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

impl Signal {
    /// The value as one says it at the booth: `decides`, `180,000 USD`, `Q2 2027`. What is no normalised value stays as it is.
    pub fn words(&self) -> String {
        let value = self.value.as_str();
        let fixed = match (self.kind, value) {
            (SignalKind::Authority, "decision_maker") => "decides",
            (SignalKind::Authority, "influencer") => "has a say",
            (SignalKind::Authority, "none") => "has no say",
            (SignalKind::Budget, "allocated") => "there is money",
            (SignalKind::Budget, "undisclosed") => "there is money, how much is not told",
            (SignalKind::Budget, "unallocated") => "nothing set aside yet",
            (SignalKind::Budget, "none") => "no money",
            (SignalKind::Timeline, "asap") => "as soon as possible",
            (SignalKind::Timeline, "none") => "no date",
            (SignalKind::Need, "none") => "no problem",
            _ => "",
        };
        match self.kind {
            _ if !fixed.is_empty() => fixed.to_owned(),
            SignalKind::Budget => grouped(value),
            SignalKind::Timeline => period(value).unwrap_or_else(|| value.to_owned()),
            _ => value.replace('_', " "),
        }
    }
}

/// `300000-350000 USD` as `300,000-350,000 USD`.
fn grouped(value: &str) -> String {
    let mut words = String::new();
    let mut rest = value;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let end = from
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(from.len());
        let (digits, after) = from.split_at(end);
        words.push_str(before);
        for (at, digit) in digits.char_indices() {
            if at > 0 && (digits.len() - at) % 3 == 0 {
                words.push(',');
            }
            words.push(digit);
        }
        rest = after;
    }
    words + rest
}

/// `2027-Q2` as `Q2 2027`, `2027-03` as `March 2027`, `2027-H1` as `first half of 2027`.
fn period(value: &str) -> Option<String> {
    let (year, part) = value.split_once('-')?;
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    let named = match part {
        "Q1" | "Q2" | "Q3" | "Q4" => part.to_owned(),
        "H1" => "first half of".to_owned(),
        "H2" => "second half of".to_owned(),
        _ => {
            let month: usize = part.parse().ok().filter(|_| part.len() == 2)?;
            (*MONTHS.get(month.checked_sub(1)?)?).to_owned()
        }
    };
    is_year.then(|| format!("{named} {year}"))
}
