//! A next step as it is typed: "trial quote fri" is a step and the day it is due.

use crate::domain::Day;

/// A step and its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The step without the words of the day.
    pub text: String,
    /// The day, if the line ends with one.
    pub day: Option<Day>,
}

/// Splits a typed line into the step and the day that its end names.
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
        text: words.join(" "),
        day: None,
    }
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

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// `27 nov` or `nov 27`.
fn named_month(text: &str, today: Day) -> Option<Day> {
    let (one, other) = text.split_once(' ')?;
    let month = |word: &str| {
        let found = MONTHS.iter().position(|name| word.starts_with(name))?;
        Some(found as u8 + 1)
    };
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
