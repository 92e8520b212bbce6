//! What blows against the booth: objections, competitors, products and needs by hour, the day before beside today.

use std::collections::BTreeMap;

use crate::domain::{Card, Day, Signal, SignalKind};

use super::{Effect, Layer, Model};

/// The kinds that are counted, the pushback first.
pub const KINDS: [SignalKind; 4] = [
    SignalKind::Objection,
    SignalKind::Competitor,
    SignalKind::ProductInterest,
    SignalKind::Need,
];

/// How old the counts get before they are counted again while somebody reads them, in ms.
const STALE_MS: u64 = 2_000;

/// An hour of a day of the show, by the show's clock.
type Hour = (Day, u8);

/// In how many talks something was said, by hour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weather {
    /// Today and, before it, the last day on which anything was said.
    pub days: Vec<Day>,
    /// The hours of the day in which anything was said on one of these days, without gaps.
    pub hours: Vec<u8>,
    /// All of a kind, then each thing of it, most often first; kind after kind.
    pub rows: Vec<WeatherRow>,
    /// When it was counted, ms since 1970.
    pub at_ms: u64,
}

/// One thing that is said, or all of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeatherRow {
    /// The kind.
    pub kind: SignalKind,
    /// What was said; none: anything of the kind.
    pub value: Option<String>,
    /// Talks a day and hour, in the order of [`Weather::days`] and [`Weather::hours`].
    pub talks: Vec<Vec<usize>>,
    /// Talks over the whole show.
    pub show: usize,
}

impl Weather {
    /// Counts once a talk: what is said three times in one talk is one talk's worry. `offset_s` is what the show's time
    /// zone adds to UTC.
    fn of<'a>(cards: impl Iterator<Item = &'a Card>, today: Day, offset_s: i32) -> Self {
        let mut counted: Counted = BTreeMap::new();
        let mut heard: Vec<Hour> = Vec::new();
        for card in cards {
            heard.extend(
                card.utterances
                    .first()
                    .map(|said| hour(said.start_ms, offset_s)),
            );
            let mut told: Vec<(SignalKind, String)> = Vec::new();
            for signal in &card.signals {
                let Some(kind) = KINDS.iter().position(|kind| *kind == signal.kind) else {
                    continue;
                };
                let Some(said) = card.said(signal.utterance) else {
                    continue;
                };
                let value = value(signal);
                for (key, words) in [(String::new(), ""), (value.to_lowercase(), value)] {
                    if told.contains(&(signal.kind, key.clone())) {
                        continue;
                    }
                    told.push((signal.kind, key.clone()));
                    let entry = counted.entry((kind, key)).or_default();
                    if entry.0.is_empty() {
                        words.clone_into(&mut entry.0);
                    }
                    entry.1.push(hour(said.start_ms, offset_s));
                }
            }
        }
        let before = heard.iter().map(|(day, _)| *day).filter(|day| *day < today);
        let days: Vec<Day> = before.max().into_iter().chain([today]).collect();
        let shown = || heard.iter().filter(|(day, _)| days.contains(day));
        let first = shown().map(|(_, hour)| *hour).min();
        let last = shown().map(|(_, hour)| *hour).max();
        let hours = match (first, last) {
            (Some(first), Some(last)) => (first..=last).collect(),
            _ => Vec::new(),
        };
        let rows = rows(counted, &days, &hours);
        Self {
            days,
            hours,
            rows,
            at_ms: 0,
        }
    }
}

/// By kind and what was said in small letters (none for all of the kind): the words, and the hour in each talk.
type Counted = BTreeMap<(usize, String), (String, Vec<Hour>)>;

fn rows(counted: Counted, days: &[Day], hours: &[u8]) -> Vec<WeatherRow> {
    let mut rows: Vec<(usize, WeatherRow)> = counted
        .into_iter()
        .map(|((kind, _), (words, talks))| {
            let at = |day: &Day, hour: &u8| talks.iter().filter(|at| **at == (*day, *hour)).count();
            let row = WeatherRow {
                kind: KINDS[kind],
                value: Some(words).filter(|words| !words.is_empty()),
                talks: days
                    .iter()
                    .map(|day| hours.iter().map(|hour| at(day, hour)).collect())
                    .collect(),
                show: talks.len(),
            };
            (kind, row)
        })
        .collect();
    rows.sort_by_key(|(kind, row)| {
        let most = std::cmp::Reverse(row.show);
        (*kind, row.value.is_some(), most)
    });
    rows.into_iter().map(|(_, row)| row).collect()
}

/// What a signal says, in words.
fn value(signal: &Signal) -> &str {
    if signal.value.is_empty() {
        &signal.quote
    } else {
        &signal.value
    }
}

/// The hour of a time by the show's clock.
fn hour(ms: u64, offset_s: i32) -> Hour {
    let local_s = ms as i64 / 1000 + i64::from(offset_s);
    let hour = local_s.rem_euclid(86_400) / 3_600;
    (Day::from_number(local_s.div_euclid(86_400)), hour as u8)
}

impl Model {
    /// Opens the weather, or leaves it.
    pub(super) fn weather(&mut self) -> Vec<Effect> {
        if matches!(self.view.layers.last(), Some(Layer::Weather(_))) {
            self.view.layers.pop();
            return Vec::new();
        }
        let weather = self.count_weather();
        self.view.layers.clear();
        self.view.layers.push(Layer::Weather(weather));
        Vec::new()
    }

    /// Counts an open weather again once it is stale.
    pub(super) fn watch_weather(&mut self) {
        let now = self.now.ms;
        let stale = matches!(self.view.layers.last(), Some(Layer::Weather(old)) if now >= old.at_ms + STALE_MS);
        if stale {
            let weather = self.count_weather();
            self.view.layers.pop();
            self.view.layers.push(Layer::Weather(weather));
        }
    }

    fn count_weather(&self) -> Weather {
        Weather {
            at_ms: self.now.ms,
            ..Weather::of(self.board().cards(), self.today(), self.now.offset_s)
        }
    }
}
