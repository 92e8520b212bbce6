//! A calendar day without a time zone, with just the arithmetic a next step needs.

use std::fmt;
use std::str::FromStr;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day of the proleptic Gregorian calendar. Written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// The year, 1 to 9999.
    pub year: i16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to the month's length.
    pub day: u8,
}

/// The months' names.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Day {
    /// The day of a moment (ms since 1970 UTC) where the clocks are `offset_s` seconds ahead of UTC.
    pub fn at(ms: u64, offset_s: i32) -> Self {
        let local_ms = ms as i64 + i64::from(offset_s) * 1000;
        Self::from_number(local_ms.div_euclid(86_400_000))
    }

    /// The day, if there is such a day.
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let real = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && day >= 1
            && day <= days_in(year, month);
        real.then_some(Self { year, month, day })
    }

    /// Days since 1970-01-01 (Howard Hinnant's `days_from_civil`).
    pub fn number(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The day `number` days after 1970-01-01 (Howard Hinnant's `civil_from_days`).
    pub fn from_number(number: i64) -> Self {
        let shifted = number + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = (shifted_month + 2) % 12 + 1;
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self {
            year: year as i16,
            month: month as u8,
            day: day as u8,
        }
    }

    /// This day moved by `days`, which may be negative.
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        Self::from_number(self.number() + days)
    }

    /// Monday is 0, Sunday is 6.
    pub fn weekday(self) -> u8 {
        (self.number() + 3).rem_euclid(7) as u8
    }

    /// The next day after this one that falls on `weekday` (Monday is 0).
    #[must_use]
    pub fn next(self, weekday: u8) -> Self {
        let ahead = (i64::from(weekday) - i64::from(self.weekday()) - 1).rem_euclid(7) + 1;
        self.plus(ahead)
    }
}

fn days_in(year: i16, month: u8) -> u8 {
    match month {
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Day {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WANTED: &str = "a date is written YYYY-MM-DD";
        let mut parts = text.trim().splitn(3, '-');
        let mut part = || parts.next().ok_or(WANTED);
        let (year, month, day) = (part()?, part()?, part()?);
        let number = |text: &str| text.parse().map_err(|_| WANTED);
        let year: i16 = year.parse().map_err(|_| WANTED)?;
        Self::new(year, number(month)?, number(day)?).ok_or("there is no such day")
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DayVisitor)
    }
}

struct DayVisitor;

impl<'de> Visitor<'de> for DayVisitor {
    type Value = Day;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date written YYYY-MM-DD")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Day, E> {
        text.parse().map_err(E::custom)
    }

    // An unquoted TOML date reaches serde as a map with one private key; its value is the text.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Day, A::Error> {
        let text: Option<(String, String)> = map.next_entry()?;
        let (_, text) = text.ok_or_else(|| A::Error::custom("a date is written YYYY-MM-DD"))?;
        text.parse().map_err(A::Error::custom)
    }
}
