//! Sums of money that never add two currencies, and what a show's cost comes to per thing.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::Money;

/// Hundredths by currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Moneys(pub BTreeMap<String, i64>);

impl Moneys {
    /// Adds an amount to its currency's sum.
    pub fn add(&mut self, money: &Money) {
        let sum = self.0.entry(money.currency.clone()).or_default();
        *sum = sum.saturating_add(money.cents);
    }

    /// The sum in one currency.
    pub fn of(&self, currency: &str) -> i64 {
        self.0.get(currency).copied().unwrap_or_default()
    }

    /// All sums in words; empty where there is none.
    pub fn words(&self) -> String {
        let parts: Vec<String> = self
            .0
            .iter()
            .map(|(currency, cents)| words(*cents, currency))
            .collect();
        parts.join(" + ")
    }
}

/// `180,000.50 USD`.
pub fn words(cents: i64, currency: &str) -> String {
    let whole = (cents.unsigned_abs() / 100).to_string();
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if cents < 0 { "-" } else { "" };
    format!(
        "{sign}{grouped}.{:02} {currency}",
        cents.unsigned_abs() % 100
    )
}

/// What the cost comes to; parts that would divide by nothing, or by another currency, are none.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Spending {
    /// The whole cost in hundredths.
    pub cents: i64,
    /// Its currency.
    pub currency: String,
    /// Hundredths per talk with words.
    pub per_talk: Option<i64>,
    /// Hundredths per qualified lead (hot or warm).
    pub per_qualified: Option<i64>,
    /// Hundredths per lead with a dated next step.
    pub per_meeting: Option<i64>,
    /// Pipeline over cost, in the cost's currency.
    pub pipeline_to_spend: Option<f64>,
    /// (Won - cost) / cost, without margin.
    pub roi: Option<f64>,
    /// (Won x margin - cost) / cost.
    pub roi_with_margin: Option<f64>,
}

/// What the cost comes to per thing counted.
pub fn spending(
    cost: &Money,
    margin: Option<f64>,
    (talks, qualified, meetings): (usize, usize, usize),
    (pipeline, won): (&Moneys, &Moneys),
) -> Spending {
    let per = |count: usize| {
        i64::try_from(count)
            .ok()
            .filter(|count| *count > 0)
            // Rounded to the cent, halves up.
            .map(|count| (cost.cents * 2 + count) / (count * 2))
    };
    let known = |sums: &Moneys| cost.cents > 0 && sums.0.contains_key(&cost.currency);
    let over = |cents: f64| cents / cost.cents as f64;
    let earned = won.of(&cost.currency) as f64;
    Spending {
        cents: cost.cents,
        currency: cost.currency.clone(),
        per_talk: per(talks),
        per_qualified: per(qualified),
        per_meeting: per(meetings),
        pipeline_to_spend: known(pipeline).then(|| over(pipeline.of(&cost.currency) as f64)),
        roi: known(won).then(|| over(earned) - 1.0),
        roi_with_margin: margin
            .filter(|_| known(won))
            .map(|margin| over(earned * margin) - 1.0),
    }
}
