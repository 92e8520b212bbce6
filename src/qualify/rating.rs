//! The rating guide as a few lines: hot, warm, cold or no buyer, with the reasons in booth words.

use crate::domain::{Heat, MONTHS, Signal, SignalKind};

use super::when::Calendar;

/// What the guide asks about a talk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// A pain of their own.
    pub need: bool,
    /// They said that nothing hurts.
    pub no_need: bool,
    /// Decision maker or influencer.
    pub authority: bool,
    /// They said that they have no part in it.
    pub no_authority: bool,
    /// An amount, allocated or undisclosed.
    pub budget: bool,
    /// A time within six months.
    pub near: bool,
    /// The near time as it was valued.
    pub time: String,
    /// The only times named lie beyond six months.
    pub far: bool,
    /// A step was agreed.
    pub step: bool,
    /// The agreed step has a named day.
    pub dated: bool,
    /// The visitor acts for a target account.
    pub target: bool,
    /// Asked after a product.
    pub interest: bool,
}

impl Facts {
    /// Reads the signals of a talk.
    pub fn new(signals: &[Signal], calendar: Calendar, target: bool) -> Self {
        let mut facts = Self {
            target,
            ..Self::default()
        };
        let mut times = false;
        for signal in signals {
            let value = signal.value.as_str();
            match signal.kind {
                SignalKind::Need if value == "none" => facts.no_need = true,
                SignalKind::Need => facts.need = true,
                SignalKind::Authority if value == "none" => facts.no_authority = true,
                SignalKind::Authority => facts.authority = true,
                SignalKind::Budget => facts.budget |= !matches!(value, "none" | "unallocated"),
                SignalKind::Timeline if calendar.is_near(value) => {
                    facts.near = true;
                    value.clone_into(&mut facts.time);
                }
                SignalKind::Timeline => times |= value != "none",
                SignalKind::NextStep if value != "declined" => {
                    facts.step = true;
                    facts.dated |= has_day(&signal.quote) || has_day(value);
                }
                SignalKind::ProductInterest => facts.interest = true,
                SignalKind::NextStep
                | SignalKind::CurrentSolution
                | SignalKind::Competitor
                | SignalKind::Objection
                | SignalKind::OptIn => {}
            }
        }
        facts.far = times && !facts.near;
        facts.no_authority &= !facts.authority;
        facts
    }

    /// Whether nothing was said that counts.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The rating by the guide, for a buyer.
    pub fn heat(&self) -> Heat {
        let backed = self.authority || self.budget;
        if self.need && backed && self.near
            || self.step && self.dated && self.authority && self.target
        {
            return Heat::Hot;
        }
        if (self.need || self.interest) && self.step {
            return Heat::Warm;
        }
        let some = self.budget || self.authority || self.near;
        if self.need && some && !self.no_authority && !self.far {
            return Heat::Warm;
        }
        Heat::Cold
    }

    /// The reasons in a few words: "need + budget + March".
    pub fn why(&self) -> String {
        let month = month_word(&self.time);
        let parts = [
            (self.need, "need"),
            (self.budget, "budget"),
            (self.authority, "authority"),
            (self.near, month),
            (self.step && self.dated, "dated step"),
            (self.step && !self.dated, "next step"),
            (self.target, "target account"),
            (self.interest && !self.need, "interest"),
            (self.no_need, "no need"),
            (self.no_authority, "no say"),
            (self.far, "not before six months"),
        ];
        let said: Vec<&str> = parts
            .iter()
            .filter(|(is, _)| *is)
            .map(|&(_, word)| word)
            .collect();
        if said.is_empty() {
            "nothing said yet that counts".to_owned()
        } else {
            said.join(" + ")
        }
    }
}

/// The month of a value in words, or "soon".
fn month_word(value: &str) -> &'static str {
    value
        .get(5..7)
        .and_then(|month| month.parse::<usize>().ok())
        .and_then(|month| MONTHS.get(month.wrapping_sub(1)).copied())
        .unwrap_or("soon")
}

/// Words that name a day by themselves.
#[rustfmt::skip] // one line
const DAYS: &str = "monday tuesday wednesday thursday friday saturday sunday tomorrow today tonight mondays noon";

/// Words that count days of a month.
#[rustfmt::skip] // one line
const ORDINALS: &str = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth twenty-first";

/// Whether a day is named: a weekday, "the eighth", "8 Dec", "tomorrow".
pub fn has_day(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.iter().enumerate().any(|(k, word)| {
        let next = words.get(k + 1).copied().unwrap_or("");
        let counts = matches!(
            next,
            "week" | "half" | "quarter" | "thing" | "one" | "time" | "phase" | "floor" | "hand"
        );
        is_one_of(DAYS, word)
            || is_one_of(ORDINALS, word) && !counts && (k > 0 || next == "of")
            || word
                .strip_suffix("th")
                .or(word.strip_suffix("st"))
                .or(word.strip_suffix("nd"))
                .or(word.strip_suffix("rd"))
                .is_some_and(|day| day.parse::<u8>().is_ok_and(|day| day < 32))
            || word.parse::<u8>().is_ok_and(|day| (1..32).contains(&day)) && is_month(next)
            || is_month(word)
                && (next.parse::<u8>().is_ok_and(|day| (1..32).contains(&day))
                    || super::money::small(next).is_some())
    })
}

fn is_one_of(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}

/// A month by its name or the first three letters of it.
fn is_month(word: &str) -> bool {
    MONTHS
        .iter()
        .any(|month| month.eq_ignore_ascii_case(word) || month[..3].eq_ignore_ascii_case(word))
}
