//! Sums of money as people say them: "two hundred grand", "fifty, maybe sixty thousand", "4k a month", "twelve lakhs".

use super::words::{Word, parted};
use currency::currency;
pub use currency::{currency_of, shared, spoken_currency};

/// How often a sum is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Every month.
    Month,
    /// Every year.
    Year,
}

/// A sum, or a range of sums.
#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    /// The lower end.
    pub low: f64,
    /// The upper end; the same as `low` for one number.
    pub high: f64,
    /// ISO 4217, where it was said.
    pub currency: Option<&'static str>,
    /// How often.
    pub period: Option<Period>,
    /// First word and one past the last.
    pub words: (usize, usize),
    /// Whether a currency, a unit of thousands or more, or a long number says that it is money.
    pub sure: bool,
}

impl Sum {
    /// As the labelling guide writes it: `180000 USD`, `300000-350000 USD`, `3800 USD per month`; without a currency where none
    /// is known.
    pub fn value(&self) -> String {
        let mut text = if (self.high - self.low).abs() < 0.5 {
            format!("{:.0}", self.low)
        } else {
            format!("{:.0}-{:.0}", self.low, self.high)
        };
        if let Some(currency) = self.currency {
            text.push(' ');
            text.push_str(currency);
        }
        match self.period {
            Some(Period::Month) => text.push_str(" per month"),
            Some(Period::Year) => text.push_str(" per year"),
            None => {}
        }
        text
    }
}

/// The worth of a number word below a hundred.
pub fn small(word: &str) -> Option<f64> {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    // "A hundred and twenty's what's written in the plan."
    let word = word
        .strip_suffix("'s")
        .filter(|bare| *bare != "one")
        .unwrap_or(word);
    if let Some(k) = ONES.iter().position(|one| *one == word) {
        return Some(k as f64);
    }
    let tens = TENS.iter().position(|ten| *ten == word);
    tens.map(|k| (k as f64 + 2.0) * 10.0)
        .or((word == "fourty").then_some(40.0))
}

/// What a unit multiplies by.
fn unit(word: &str) -> Option<f64> {
    match word {
        "k" | "thousand" | "grand" | "thousands" => Some(1e3),
        "m" | "million" | "mio" | "mil" | "millions" => Some(1e6),
        "lakh" | "lakhs" | "lac" | "lacs" => Some(1e5),
        "crore" | "crores" | "cr" => Some(1e7),
        _ => None,
    }
}

/// A number as digits, with commas for thousands.
fn digits(word: &str) -> Option<f64> {
    if !word.starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    word.replace(',', "").parse().ok()
}

/// One number read from words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// Its worth, with units.
    pub worth: f64,
    /// Whether a unit of thousands or more was said.
    pub unit: bool,
    /// One past its last word.
    pub end: usize,
}

/// The number that begins at word `at`.
pub fn number(words: &[Word], at: usize) -> Option<Number> {
    let text = |k: usize| words.get(k).map_or("", |word| word.text.as_str());
    let (mut total, mut end) = if let Some(worth) = digits(text(at)) {
        (worth, at + 1)
    } else {
        spoken(words, at)?
    };
    // "one point five million"
    if let Some((part, after)) = decimals(words, end).filter(|one| unit(text(one.1)).is_some()) {
        total += part;
        end = after;
    }
    // "three and a half thousand", "one and half million"
    let half = and_half(words, end).filter(|after| unit(text(*after)).is_some());
    if let Some(after) = half.or_else(|| and_a_half(words, end)) {
        total += 0.5;
        end = after;
    }
    let mut has_unit = false;
    while let Some(times) = unit(text(end)) {
        total *= times;
        has_unit = true;
        end += 1;
        // "two million and a half"
        if let Some(after) = and_a_half(words, end).filter(|_| times >= 1e5) {
            total += 0.5 * times;
            end = after;
        }
        if times < 1e5 {
            break;
        }
    }
    if let Some((rest, after)) = rest_of(words, end) {
        return Some(Number {
            worth: total + rest,
            unit: true,
            end: after,
        });
    }
    // "two hundred thousand five hundred", "forty-nine thousand five hundred"
    if has_unit
        && let Some((rest, after)) =
            spoken(words, end).filter(|&(rest, _)| (100.0..1000.0).contains(&rest))
    {
        total += rest;
        end = after;
    }
    Some(Number {
        worth: total,
        unit: has_unit,
        end,
    })
}

/// What follows a million, a lakh or a crore: "one million two hundred thousand", "one lakh twenty thousand", and without a unit
/// "one million two", "one lakh twenty" (thousand), "two crore ten" (lakh). With its end; `at` is one past the unit.
fn rest_of(words: &[Word], at: usize) -> Option<(f64, usize)> {
    let text = |k: usize| words.get(k).map_or("", |word| word.text.as_str());
    let last = unit(text(at.checked_sub(1)?)).filter(|times| *times >= 1e5)?;
    let (rest, after) = spoken(words, at).filter(|_| !parted(words, at))?;
    if rest < 1000.0 && matches!(text(after), "thousand" | "k") {
        return Some((rest * 1e3, after + 1));
    }
    let money =
        currency(text(after)).is_some() || matches!(text(after), "per" | "a" | "each" | "every");
    // "Two lakh ten tablets" is no sum of both.
    let ends = after >= words.len() || parted(words, after) || money;
    let million = (5e5..5e6).contains(&last);
    if !million && (10.0..100.0).contains(&rest) && ends {
        return Some((rest * last / 100.0, after));
    }
    (million && ends && (1.0..10.0).contains(&rest)).then_some((rest * 1e5, after))
}

/// One past "and a half", but not in "and a half of it".
fn and_a_half(words: &[Word], at: usize) -> Option<usize> {
    (says(words, at, &["and", "a", "half"]) && !says(words, at + 3, &["of"])).then_some(at + 3)
}

/// One past "and half".
fn and_half(words: &[Word], at: usize) -> Option<usize> {
    says(words, at, &["and", "half"]).then_some(at + 2)
}

/// Whether these words stand there, with nothing between them and the word before.
fn says(words: &[Word], at: usize, texts: &[&str]) -> bool {
    let here = words.get(at..at + texts.len()).unwrap_or_default();
    here.len() == texts.len()
        && here
            .iter()
            .zip(texts)
            .all(|(word, text)| word.text == *text)
        && !parted(words, at)
}

/// What follows a spoken point, digit by digit: "point two five".
fn decimals(words: &[Word], at: usize) -> Option<(f64, usize)> {
    if !matches!(words.get(at)?.text.as_str(), "point" | "comma") {
        return None;
    }
    let (mut part, mut worth, mut end) = (0.0, 0.1, at + 1);
    while let Some(digit) = words.get(end).and_then(|word| small(&word.text))
        && digit < 10.0
    {
        part += digit * worth;
        worth /= 10.0;
        end += 1;
    }
    (end > at + 1).then_some((part, end))
}

/// A number in words below a hundred thousand, without units: "two hundred and forty", "one sixty", "eleven hundred".
fn spoken(words: &[Word], at: usize) -> Option<(f64, usize)> {
    // "Three eighty, four hundred" are two numbers, and so is what follows "twenty's".
    let apart =
        (at + 1..words.len()).find(|&k| parted(words, k) || words[k - 1].text.ends_with("'s"));
    let words = &words[..apart.unwrap_or(words.len())];
    let text = |k: usize| words.get(k).map_or("", |word| word.text.as_str());
    let (mut worth, mut k) = match text(at) {
        "half" if text(at + 1) == "a" && unit(text(at + 2)).is_some() => {
            return Some((0.5, at + 2));
        }
        "a" | "an"
            if text(at + 1) == "hundred"
                || unit(text(at + 1)).is_some() && text(at + 1).len() > 2 =>
        {
            (1.0, at + 1)
        }
        "hundred" => (1.0, at),
        word => (small(word)?, at + 1),
    };
    if worth >= 20.0 && worth % 10.0 == 0.0 {
        if let Some(one) = small(text(k)).filter(|one| (1.0..10.0).contains(one)) {
            worth += one;
            k += 1;
        }
    } else if (1.0..10.0).contains(&worth) {
        // "one sixty", "two fifty", "one ten": hundreds with the word left out
        if let Some(rest) = small(text(k)).filter(|rest| *rest >= 10.0) {
            worth = worth * 100.0 + rest;
            k += 1;
            if rest >= 20.0
                && let Some(one) = small(text(k)).filter(|one| (1.0..10.0).contains(one))
            {
                worth += one;
                k += 1;
            }
            return Some((worth, k));
        }
    }
    if text(k) == "hundred" {
        worth *= 100.0;
        k += 1;
        let after = if text(k) == "and" { k + 1 } else { k };
        if let Some((rest, end)) = small_pair(words, after) {
            worth += rest;
            k = end;
        }
    }
    Some((worth, k))
}

fn small_pair(words: &[Word], at: usize) -> Option<(f64, usize)> {
    let text = |k: usize| words.get(k).map_or("", |word| word.text.as_str());
    let worth = small(text(at))?;
    if worth >= 20.0
        && let Some(one) = small(text(at + 1)).filter(|one| (1.0..10.0).contains(one))
    {
        return Some((worth + one, at + 2));
    }
    Some((worth, at + 1))
}

/// All sums in a run of words, ranges joined.
pub fn sums(words: &[Word]) -> Vec<Sum> {
    let mut found: Vec<Sum> = Vec::new();
    let mut k = 0;
    while k < words.len() {
        let Some(first) = number(words, k) else {
            k += 1;
            continue;
        };
        let sum = whole_sum(words, k, first);
        k = sum.words.1.max(k + 1);
        found.push(sum);
    }
    found
}

fn whole_sum(words: &[Word], at: usize, first: Number) -> Sum {
    let text = |k: usize| words.get(k).map_or("", |word| word.text.as_str());
    let mut end = first.end;
    let (mut low, mut high, mut has_unit) = (first.worth, first.worth, first.unit);
    let mut code = at
        .checked_sub(1)
        .and_then(|k| currency(text(k)))
        .or_else(|| currency(text(end)));
    if currency(text(end)).is_some() {
        end += 1;
    }
    if let Some((second, after)) = range_end(words, end) {
        let rest = number_worth(&second, &first);
        if rest.1 > rest.0 && rest.1 <= rest.0 * 4.0 {
            (low, high) = rest;
            has_unit |= second.unit;
            end = after;
            code = code.or_else(|| currency(text(end)));
        }
    }
    let period = period(words, end);
    Sum {
        low,
        high,
        currency: code,
        period,
        words: (at, end),
        sure: code.is_some() || has_unit || low >= 2100.0,
    }
}

/// A range shares its unit: "thirty to forty thousand".
fn number_worth(second: &Number, first: &Number) -> (f64, f64) {
    if second.unit && !first.unit && first.worth < 1000.0 {
        let times = [1e3, 1e5, 1e6, 1e7]
            .into_iter()
            .find(|times| second.worth / times < 1000.0)
            .unwrap_or(1.0);
        return (first.worth * times, second.worth);
    }
    if first.unit && !second.unit && second.worth < 1000.0 {
        let times = if first.worth >= 1e6 { 1e6 } else { 1e3 };
        return (first.worth, second.worth * times);
    }
    (first.worth, second.worth)
}

fn range_end(words: &[Word], at: usize) -> Option<(Number, usize)> {
    let text = |k: usize| words.get(k).map_or("", |word| word.text.as_str());
    let mut k = at;
    let mut linked = false;
    while k < at + 3
        && matches!(
            text(k),
            "to" | "or" | "up" | "maybe" | "perhaps" | "till" | "and" | "$" | "\u{20ac}" | "\u{a3}"
        )
    {
        linked |= matches!(text(k), "to" | "or" | "maybe" | "perhaps" | "till");
        k += 1;
    }
    if !linked {
        return None;
    }
    let second = number(words, k)?;
    Some((second, second.end))
}

/// "a month", "per year", "monthly", just after a sum or a few words on.
fn period(words: &[Word], at: usize) -> Option<Period> {
    let text = |k: usize| words.get(k).map_or("", |word| word.text.as_str());
    for k in at..(at + 5).min(words.len()) {
        let lead = k > 0 && matches!(text(k - 1), "a" | "per" | "each" | "every" | "the" | "of");
        match text(k) {
            "month" if lead => return Some(Period::Month),
            "monthly" => return Some(Period::Month),
            "year" | "annum" if lead && !matches!(text(k.saturating_sub(2)), "of" | "for") => {
                return Some(Period::Year);
            }
            "yearly" | "annually" | "annual" => return Some(Period::Year),
            _ => {}
        }
    }
    None
}

mod currency;

#[cfg(test)]
mod tests;
