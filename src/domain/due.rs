//! The day a next step is due: "trial quote fri" as one types it, "I'll call you Tuesday at ten" as one says it.

use super::{Day, MONTHS};

/// A step and its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The step without the words of the day.
    pub text: String,
    /// The day, if the line ends with one.
    pub day: Option<Day>,
}

/// Splits a typed line into the step and the day that its end names; a day inside the line is read as [`said`] does, and
/// the line stays whole.
///
/// Understood at the end of the line: `today`, `tomorrow`, weekday names or their first three letters (the next such
/// day), `+2d`, `+1w`, `+1m`, `2026-11-27`, `27.11.`, `27 nov`, `nov 27`, each with `by`, `on` or `next` before it.
pub fn parse_step(line: &str, today: Day) -> Due {
    let words: Vec<&str> = line.split_whitespace().collect();
    for tail in [2, 1] {
        if words.len() < tail {
            continue;
        }
        let (head, end) = words.split_at(words.len() - tail);
        if let Some(day) = day_of(&end.join(" ").to_lowercase(), today) {
            let keep = head.len() - usize::from(head.last().is_some_and(|word| is_filler(word)));
            return Due {
                text: head[..keep].join(" "),
                day: Some(day),
            };
        }
    }
    Due {
        day: said(line, today),
        text: words.join(" "),
    }
}

/// The one day that a sentence names, counted from `today`: `tomorrow`, a weekday written out (the next such day, so a
/// Friday said on a Friday is a week away), `27 November`, `the 8th of December`, `December 8th`, `the 8th`.
///
/// None where it names no day or two of them ("Tuesday or Wednesday"): which was meant, only a person can tell.
pub fn said(sentence: &str, today: Day) -> Option<Day> {
    let lower = sentence.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    // "Tuesday the 8th" is one day, told twice: the date is the surer half.
    let dated = one((0..words.len()).filter_map(|k| date_at(&words, k, today)));
    match dated {
        Named::None => match one(words.iter().filter_map(|word| spoken(word, today))) {
            Named::One(day) => Some(day),
            _ => None,
        },
        Named::One(day) => Some(day),
        Named::Several => None,
    }
}

enum Named {
    None,
    One(Day),
    Several,
}

fn one(mut days: impl Iterator<Item = Day>) -> Named {
    match days.next() {
        None => Named::None,
        Some(first) if days.all(|day| day == first) => Named::One(first),
        Some(_) => Named::Several,
    }
}

fn spoken(word: &str, today: Day) -> Option<Day> {
    if word == "tomorrow" {
        return Some(today.plus(1));
    }
    let named = WEEKDAYS.iter().position(|name| *name == word)?;
    Some(today.next(named as u8))
}

/// The date whose number stands at `k`: beside its month, or `the 8th` alone.
fn date_at(words: &[&str], k: usize, today: Day) -> Option<Day> {
    let digits = words[k].trim_end_matches(char::is_alphabetic);
    let number: u8 = digits
        .parse()
        .ok()
        .filter(|number| (1..=31).contains(number))?;
    let tail = &words[k][digits.len()..];
    let ordinal = ["st", "nd", "rd", "th"].contains(&tail);
    if !ordinal && !tail.is_empty() {
        return None;
    }
    let month = |at: Option<usize>| at.and_then(|at| words.get(at)).and_then(|word| month(word));
    let behind = k + 1 + usize::from(words.get(k + 1) == Some(&"of"));
    let before = k.checked_sub(1);
    if let Some(month) = month(Some(behind)).or_else(|| month(before)) {
        return coming(today, month, number);
    }
    let alone = ordinal && before.is_some_and(|at| words[at] == "the");
    alone.then(|| nearest(today, number)).flatten()
}

/// A month by its name or the first letters of it, three at least, in small letters. (The verbs `may` and `march` seldom have
/// a number beside them.)
fn month(word: &str) -> Option<u8> {
    let begins = |name: &str| word.len() >= 3 && name.to_lowercase().starts_with(word);
    let found = MONTHS.iter().position(|name| begins(name))?;
    Some(found as u8 + 1)
}

/// The next day of this number, in this month or one of the next.
fn nearest(today: Day, number: u8) -> Option<Day> {
    let starts = (0..3).map(|ahead| {
        let month = i16::from(today.month) - 1 + ahead;
        (today.year + month / 12, (month % 12 + 1) as u8)
    });
    let mut days = starts.filter_map(|(year, month)| Day::new(year, month, number));
    days.find(|day| *day >= today)
}

fn is_filler(word: &str) -> bool {
    ["by", "on", "next", "until", "due"]
        .iter()
        .any(|filler| word.eq_ignore_ascii_case(filler))
}

fn day_of(text: &str, today: Day) -> Option<Day> {
    match text {
        "today" => return Some(today),
        "tomorrow" | "tmr" => return Some(today.plus(1)),
        "next week" => return Some(today.next(0)),
        _ => {}
    }
    weekday(text)
        .map(|day| today.next(day))
        .or_else(|| ahead(text, today))
        .or_else(|| text.parse().ok())
        .or_else(|| dotted(text, today))
        .or_else(|| named_month(text, today))
}

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

fn weekday(text: &str) -> Option<u8> {
    let found = WEEKDAYS
        .iter()
        .position(|name| *name == text || name[..3] == *text)?;
    Some(found as u8)
}

/// `+2d`, `+1w`, `+1m`.
fn ahead(text: &str, today: Day) -> Option<Day> {
    let rest = text.strip_prefix('+')?;
    let unit = rest.chars().last()?;
    let number: i64 = rest
        .trim_end_matches(|c: char| c.is_ascii_alphabetic())
        .parse()
        .ok()
        .filter(|number| (0..=3650).contains(number))?;
    match unit {
        'w' => Some(today.plus(7 * number)),
        'm' => Some(months_ahead(today, number)),
        'd' | '0'..='9' => Some(today.plus(number)),
        _ => None,
    }
}

fn months_ahead(today: Day, months: i64) -> Day {
    let count = i64::from(today.year) * 12 + i64::from(today.month) - 1 + months;
    let (year, month) = ((count / 12) as i16, (count % 12 + 1) as u8);
    // The 31st of a short month is its last day.
    (0..4)
        .find_map(|less| Day::new(year, month, today.day.saturating_sub(less)))
        .unwrap_or(today)
}

/// `27.11.` or `27.11.2026`.
fn dotted(text: &str, today: Day) -> Option<Day> {
    let mut parts = text.trim_end_matches('.').split('.');
    let day = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    match parts.next() {
        Some(year) => Day::new(year.parse().ok()?, month, day),
        None => coming(today, month, day),
    }
}

/// `27 nov` or `nov 27`.
fn named_month(text: &str, today: Day) -> Option<Day> {
    let (one, other) = text.split_once(' ')?;
    let day = |word: &str| {
        word.trim_end_matches(|c: char| !c.is_ascii_digit())
            .parse()
            .ok()
    };
    match (month(one), month(other)) {
        (Some(month), None) => coming(today, month, day(other)?),
        (None, Some(month)) => coming(today, month, day(one)?),
        _ => None,
    }
}

/// The next time this day of the year comes.
fn coming(today: Day, month: u8, day: u8) -> Option<Day> {
    Day::new(today.year, month, day)
        .filter(|found| *found >= today)
        .or_else(|| Day::new(today.year + 1, month, day))
}
