//! Times as people say them, against the day of the show: "end of Q2", "in three weeks", "next autumn".

use crate::domain::Day;

use super::money::small;
use super::words::{Word, parted};

/// One time said.
#[derive(Clone, Debug, PartialEq)]
pub struct When {
    /// As the labelling guide writes it: `2027`, `2027-H1`, `2027-Q2`, `2027-03`, `asap`, or a phrase.
    pub value: String,
    /// First word and one past the last.
    pub words: (usize, usize),
    /// How much it says about a purchase by itself: months 3, halves and quarters 3, years 2, phrases 2, `asap` 1.
    pub weight: u8,
}

const MONTHS: [&[&str]; 12] = [
    &["january", "jan"],
    &["february", "feb", "february's"],
    &["march"],
    &["april"],
    &["may"],
    &["june"],
    &["july", "july's"],
    &["august", "aug"],
    &["september", "sept", "sep"],
    &["october", "oct"],
    &["november", "nov"],
    &["december", "dec"],
];

/// Words that go on after a year, where a thing would follow a number.
const AFTER_A_YEAR: [&str; 18] = [
    "so", "and", "but", "then", "before", "after", "till", "until", "unless", "because", "when",
    "we", "i", "they", "he", "she", "is", "isn't",
];

const SEASONS: [&str; 5] = ["spring", "summer", "autumn", "fall", "winter"];

/// Reads times against one day.
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    today: Day,
}

struct Reader<'a> {
    words: &'a [Word],
    today: Day,
}

impl Calendar {
    /// Times count from this day.
    pub fn new(today: Day) -> Self {
        Self { today }
    }

    /// The day that times count from.
    pub fn today(self) -> Day {
        self.today
    }

    /// All times in a run of words.
    pub fn find(self, words: &[Word]) -> Vec<When> {
        let reader = Reader {
            words,
            today: self.today,
        };
        let mut found = Vec::new();
        let mut k = 0;
        while k < words.len() {
            if let Some(when) = reader.at(k) {
                k = when.words.1.max(k + 1);
                found.push(when);
            } else {
                k += 1;
            }
        }
        join::years(&mut found, words);
        found
    }

    /// Whether a value begins within six months: then it counts as near.
    pub fn is_near(self, value: &str) -> bool {
        let limit = self.today.plus(181);
        self.begin(value).is_some_and(|begin| begin <= limit)
    }

    fn begin(self, value: &str) -> Option<Day> {
        if matches!(value, "asap" | "now") {
            return Some(self.today);
        }
        let year: i16 = value.get(..4)?.parse().ok()?;
        let rest = value.get(5..);
        let month = match rest {
            None => {
                return if year > self.today.year + 1 {
                    Day::new(year, 1, 1)
                } else {
                    None
                };
            }
            Some("H1" | "Q1") => 1,
            Some("H2" | "Q3") => 7,
            Some("Q2") => 4,
            Some("Q4") => 10,
            Some(month) => month.parse().ok()?,
        };
        Day::new(year, month, 1)
    }
}

fn when(value: String, words: (usize, usize), weight: u8) -> When {
    When {
        value,
        words,
        weight,
    }
}

impl Reader<'_> {
    fn text(&self, k: usize) -> &str {
        self.words.get(k).map_or("", |word| word.text.as_str())
    }

    fn back(&self, k: usize, by: usize) -> &str {
        k.checked_sub(by).map_or("", |k| self.text(k))
    }

    fn at(&self, k: usize) -> Option<When> {
        self.month(k)
            .or_else(|| self.fiscal(k))
            .or_else(|| self.part_of_year(k))
            .or_else(|| self.season(k))
            .or_else(|| self.feast(k))
            .or_else(|| self.span(k))
            .or_else(|| self.year(k))
            .or_else(|| self.relative(k))
            .or_else(|| self.urgent(k))
    }

    /// "2028", "twenty twenty-eight", "'28", "twenty-eight" as a year, and where it ends.
    fn year_number(&self, k: usize, loose: bool) -> Option<(i16, usize)> {
        let text = self.text(k);
        let range = self.today.year..self.today.year + 15;
        if let Ok(year) = text.parse::<i16>() {
            if text.len() == 4 && range.contains(&year) {
                return Some((year, k + 1));
            }
            if loose && text.len() == 2 && range.contains(&(2000 + year)) {
                return Some((2000 + year, k + 1));
            }
        }
        let two = |k: usize| -> Option<(i16, usize)> {
            let tens = small(self.text(k)).filter(|tens| *tens >= 20.0 && *tens < 50.0)?;
            let one = small(self.text(k + 1)).filter(|one| (1.0..10.0).contains(one));
            Some((
                2000 + (tens + one.unwrap_or(0.0)) as i16,
                k + 1 + usize::from(one.is_some()),
            ))
        };
        if text == "twenty"
            && let Some((year, end)) = two(k + 1)
            && range.contains(&year)
        {
            return Some((year, end));
        }
        if text == "two"
            && self.text(k + 1) == "thousand"
            && let Some((year, end)) = two(k + 2)
        {
            return Some((year, end));
        }
        if loose {
            return two(k).filter(|(year, _)| range.contains(year));
        }
        None
    }

    /// The year that follows a part of one: "March 2028", "March next year", "first half of twenty-seven".
    fn year_after(&self, k: usize) -> Option<(i16, usize)> {
        let mut at = k;
        while matches!(self.text(at), "of" | "in" | "the" | "from") && at < k + 2 {
            at += 1;
        }
        if let Some(found) = self.year_number(at, true) {
            return Some(found);
        }
        match (self.text(at), self.text(at + 1)) {
            ("next", "year") => Some((self.today.year + 1, at + 2)),
            ("this", "year") => Some((self.today.year, at + 2)),
            _ => None,
        }
    }

    fn month(&self, k: usize) -> Option<When> {
        let text = self.text(k).trim_end_matches("'s");
        let month = MONTHS.iter().position(|names| names.contains(&text))? + 1;
        let lead = self.back(k, 1);
        if matches!(
            text,
            "may" | "march" | "jan" | "dec" | "sep" | "nov" | "oct"
        ) && !self.is_month(k, lead)
        {
            return None;
        }
        let year = self
            .year_number(k + 1, false)
            .or_else(|| {
                self.year_after(k + 1)
                    .filter(|_| matches!(self.text(k + 1), "of" | "in" | "next" | "this"))
            })
            .or_else(|| self.short_year(k));
        let value = |year: i16| format!("{year}-{month:02}");
        if let Some((year, end)) = year {
            return Some(when(value(year), (k, end), 3));
        }
        let month = month as u8;
        let past = month <= self.today.month;
        let next_but_one = self.text(k + 1) == "after" && self.text(k + 2) == "next";
        let year = self.today.year + i16::from(past) + i16::from(next_but_one);
        Some(when(format!("{year}-{month:02}"), (k, k + 1), 3))
    }

    /// "August twenty-eight", "November '28": a year. A day is said as "August twenty-eighth", and written with digits.
    fn short_year(&self, k: usize) -> Option<(i16, usize)> {
        let text = self.text(k + 1);
        let year = text
            .parse::<i16>()
            .ok()
            .filter(|year| (27..40).contains(year) && *year > 31);
        if let Some(year) = year {
            return Some((2000 + year, k + 2));
        }
        let ends = matches!(self.back(k, 1), "until" | "till" | "of" | "to" | "through");
        let digits = text.starts_with(|letter: char| letter.is_ascii_digit());
        self.year_number(k + 1, true).filter(|&(year, end)| {
            let closes = end >= self.words.len() || parted(self.words, end);
            // "In January twenty-eight new drivers start": a number of something.
            let counts = !closes && !AFTER_A_YEAR.contains(&self.text(end));
            let told = if digits {
                // As an apostrophe does.
                parted(self.words, k + 1) && closes
            } else {
                year < self.today.year + 4 && !counts
            };
            (ends || told) && year > self.today.year
        })
    }

    fn is_month(&self, k: usize, lead: &str) -> bool {
        let capital = self.words.get(k).is_some_and(|word| word.capital);
        let placed = matches!(
            lead,
            "in" | "of"
                | "by"
                | "until"
                | "till"
                | "early"
                | "mid"
                | "late"
                | "from"
                | "for"
                | "before"
                | "since"
                | "next"
                | "this"
                | "to"
        );
        let day_before = lead.ends_with("th")
            || lead.ends_with("st")
            || lead.ends_with("nd")
            || lead.parse::<u8>().is_ok();
        // "May first I want every one of them on it."
        let day_after = is_ordinal(self.text(k + 1));
        capital && (k > 0 || day_after) || placed || day_before || capital && self.text(k) != "may"
    }

    fn part_of_year(&self, k: usize) -> Option<When> {
        let text = self.text(k);
        let (part, end) = if text == "q" {
            let n = self
                .text(k + 1)
                .parse::<u8>()
                .ok()
                .or_else(|| small(self.text(k + 1)).map(|n| n as u8))?;
            (format!("Q{n}"), k + 2)
        } else {
            let n = match text {
                "first" | "1st" => 1,
                "second" | "2nd" => 2,
                "third" | "3rd" => 3,
                "fourth" | "4th" => 4,
                "last" => 9,
                _ => return None,
            };
            match (self.text(k + 1), n) {
                ("quarter", 9) => ("Q4".to_owned(), k + 2),
                ("quarter", n) => (format!("Q{n}"), k + 2),
                ("half", 1 | 2) => (format!("H{n}"), k + 2),
                ("half", 9) => ("H2".to_owned(), k + 2),
                _ => return None,
            }
        };
        // "The second half of January" is January.
        let month = |k: usize| MONTHS.iter().any(|names| names.contains(&self.text(k)));
        if self.text(end) == "of" && month(end + 1) {
            return None;
        }
        let (year, end) = self.year_after(end).unwrap_or((self.today.year + 1, end));
        Some(when(format!("{year}-{part}"), (k, end), 3))
    }

    fn season(&self, k: usize) -> Option<When> {
        let text = self.text(k);
        if !SEASONS.contains(&text) {
            return None;
        }
        let lead = self.back(k, 1);
        if let Some((year, end)) = self.year_number(k + 1, true) {
            return Some(when(format!("{text} {year}"), (k, end), 2));
        }
        if let Some((year, end)) = self.year_after(k + 1) {
            return Some(when(format!("{text} {year}"), (k, end), 2));
        }
        match lead {
            "next" | "this" => Some(when(format!("{lead} {text}"), (k - 1, k + 1), 2)),
            "in" | "the" | "by" | "before" | "after" | "until" | "till" | "over"
                if text != "fall" || lead == "the" =>
            {
                Some(when(format!("next {text}"), (k, k + 1), 1))
            }
            _ => None,
        }
    }

    fn feast(&self, k: usize) -> Option<When> {
        let text = self.text(k);
        let (month, end) = match (text, self.text(k + 1)) {
            ("christmas" | "xmas", _) => (12, k + 1),
            ("easter", _) => (3, k + 1),
            ("new", "year's" | "years") => (1, k + 2),
            ("mother's", "day") => (5, k + 2),
            ("ramadan", _) => (2, k + 1),
            _ => return None,
        };
        let next = self.today.year + i16::from(month <= self.today.month);
        // Else "before Christmas thirty temps come in" would be of 2030.
        let said = matches!(self.text(end), "of" | "in" | "next");
        let said = self
            .year_after(end)
            .filter(|_| said)
            .or_else(|| self.year_number(end, false));
        let (year, end) = said.unwrap_or((next, end));
        Some(when(format!("{year}-{month:02}"), (k, end), 2))
    }

    /// "in three weeks", "within six months", "five years": counted from today.
    fn span(&self, k: usize) -> Option<When> {
        let (count, end) = match self.text(k) {
            "a" | "couple" | "few" => return None,
            text => text
                .parse::<f64>()
                .ok()
                .or_else(|| small(text))
                .map(|count| (count, k + 1))
                .filter(|&(count, _)| count < 40.0)?,
        };
        let (unit, end) = (self.text(end), end + 1);
        let leads = [
            "in", "within", "like", "another", "for", "about", "least", "next", "signed",
        ];
        let led = (1..=3).any(|by| leads.contains(&self.back(k, by)));
        let ago = self.text(end) == "ago"
            || self.text(end) == "old"
            || matches!(self.back(k, 1), "since" | "last" | "past");
        if !led || ago {
            return None;
        }
        let days = match unit {
            "week" | "weeks" => (count * 7.0) as i64,
            "month" | "months" => (count * 30.4) as i64,
            "year" | "years" => {
                return Some(when(
                    format!("{}", self.today.year + count as i16),
                    (k, end),
                    1,
                ));
            }
            _ => return None,
        };
        let day = self.today.plus(days);
        Some(when(format!("{}-{:02}", day.year, day.month), (k, end), 1))
    }

    fn year(&self, k: usize) -> Option<When> {
        let leads = [
            "so", "until", "till", "before", "for", "in", "of", "say", "be", "till", "through",
            "by", "then", "before", "to",
        ];
        let text = self.text(k);
        if text == "year" && self.back(k, 1) == "next" && self.back(k, 2) != "of" {
            return Some(when(format!("{}", self.today.year + 1), (k - 1, k + 1), 1));
        }
        let loose = leads.contains(&self.back(k, 1))
            && !matches!(
                self.text(k + 1),
                "days" | "thousand" | "k" | "people" | "percent" | "%"
            );
        // "Twenty-eight." by itself, but not a number that sums are made of: there will be no fair in 2040 to say it.
        let alone = |end: usize, year: i16| {
            k == 0 && end == self.words.len() && year < self.today.year + 8 && year % 10 != 0
        };
        let (year, end) = self.year_number(k, false).or_else(|| {
            self.year_number(k, true).filter(|&(year, end)| {
                year > self.today.year && (loose && end_of(self, k) || alone(end, year))
            })
        })?;
        (year >= self.today.year).then(|| when(format!("{year}"), (k, end), 2))
    }

    fn relative(&self, k: usize) -> Option<When> {
        let text = self.text(k);
        if text == "end" && self.text(k + 1) == "of" {
            let at = if self.text(k + 2) == "the" {
                k + 3
            } else {
                k + 2
            };
            let at = if matches!(self.text(at), "this" | "calendar") {
                at + 1
            } else {
                at
            };
            let next = self.text(at) == "next" && self.text(at + 1) == "year";
            let next = next.then_some((self.today.year + 1, at + 2));
            if let Some((year, end)) = self.year_number(at, true).or(next) {
                return Some(when(format!("{year}-12"), (k, end), 2));
            }
            if matches!(self.text(at), "year" | "year's") && self.text(at + 1) != "after" {
                return Some(when(format!("{}-12", self.today.year), (k, at + 1), 2));
            }
        }
        if text == "next" && self.text(k + 1) == "month" {
            let day = self.today.plus(30);
            return Some(when(
                format!("{}-{:02}", day.year, day.month),
                (k, k + 2),
                2,
            ));
        }
        if text == "year" && matches!(self.text(k + 1), "end" | "end's") {
            return Some(when(format!("{}-12", self.today.year), (k, k + 2), 2));
        }
        None
    }
}

/// "First", "3rd", "twentieth": a day of a month, as it is said.
fn is_ordinal(word: &str) -> bool {
    let digits = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let counted = digits.len() < word.len() && matches!(digits, "st" | "nd" | "rd" | "th");
    counted
        || matches!(word, "first" | "second" | "third")
        || word.len() > 4 && word.ends_with("th") && word != "month"
}

/// Whether a bare number of two digits closes the run of words, as a year does ("not before twenty-eight.").
fn end_of(reader: &Reader<'_>, k: usize) -> bool {
    let Some((_, end)) = reader.year_number(k, true) else {
        return false;
    };
    end >= reader.words.len() || parted(reader.words, end)
}

pub mod events;
mod fiscal;
mod join;

#[cfg(test)]
mod tests;
