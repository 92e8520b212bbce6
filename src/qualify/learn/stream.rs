//! Where talks begin: whole talks are put one after another as a lane hears them, and the first stage learns the seams.

use super::super::model::{Model, Row, Scores, decode, likelihood};
use super::super::{Qualifier, jsonl};
use super::chance::Chance;
use super::regression::{self, Pace};
use super::score::{Count, compare};
use super::{Labelled, PACE};

/// Seams are told by few words, which must not be left out.
const CUTS: Pace = Pace {
    l1: 0.5,
    epochs: 8,
    drop: 0.0,
    ..PACE
};

/// Talks per stream.
const TALKS: usize = 8;
/// Every third file is left out in turn.
const PARTS: usize = 3;

/// Talks one after another.
#[derive(Clone, Debug)]
pub struct Stream {
    rows: Vec<Row>,
    starts: Vec<usize>,
    file: usize,
}

/// Streams of a file's talks in an order by chance; between two of them no silence, some, or the clock begins anew.
pub fn streams(talks: &[Labelled], file: usize, qualifier: &Qualifier) -> Vec<Stream> {
    let mut chance = Chance::new(file as u64 + 1);
    let mut order: Vec<&Labelled> = talks.iter().collect();
    chance.shuffle(&mut order);
    let mut streams = Vec::new();
    for some in order.chunks(TALKS) {
        let (mut texts, mut times, mut starts) = (Vec::new(), Vec::new(), Vec::new());
        let mut end = 0.0;
        for talk in some {
            starts.push(texts.len());
            let silence = match (chance.share() * 5.0) as u8 {
                0 => -end,
                1 | 2 => f64::from(chance.share()) * 1.5,
                _ => 2.0 + f64::from(chance.share()) * 30.0,
            };
            let begin = talk.utterances.first().map_or(0.0, |line| line.t0);
            for line in &talk.utterances {
                let shift = end + silence - begin;
                times.push((line.t0 + shift, line.t1 + shift));
                texts.push(line.text.as_str());
            }
            end = times.last().map_or(0.0, |time| time.1);
        }
        let said = jsonl::said(texts.into_iter());
        streams.push(Stream {
            rows: qualifier.stream_rows(&said, &times),
            starts,
            file,
        });
    }
    streams
}

/// Trains on streams. Gives the weights, whose first output is "a talk begins", and the count for files left out.
pub fn train(streams: &[Stream]) -> (Model, Count) {
    let model = |without: Option<usize>| {
        let some = streams
            .iter()
            .filter(|one| Some(one.file % PARTS) != without);
        let examples: Vec<(&[(u32, f32)], u32)> = some.flat_map(Stream::examples).collect();
        Model {
            words: regression::train(&examples, CUTS),
            ..Model::default()
        }
    };
    let mut left_out: Vec<(&Stream, Vec<f32>)> = Vec::new();
    for part in 0..PARTS {
        let model = model(Some(part));
        for one in streams.iter().filter(|one| one.file % PARTS == part) {
            left_out.push((one, likely(one, &model)));
        }
    }
    let count = |threshold: f32| {
        let mut sum = Count::default();
        for (one, likely) in &left_out {
            let found: Vec<usize> = decode::places(likely, threshold)
                .into_iter()
                .map(|one| one.0)
                .collect();
            sum.add(compare(&one.starts[1..], &found));
        }
        sum
    };
    let steps = (5..90).map(|step| step as f32 / 100.0);
    let best = steps
        .max_by(|a, b| count(*a).f1().total_cmp(&count(*b).f1()))
        .unwrap_or(0.5);
    let mut whole = model(None);
    whole.thresholds[0] = best;
    whole.words.keep(1);
    (whole, count(best))
}

fn likely(stream: &Stream, model: &Model) -> Vec<f32> {
    let scores = stream.rows.iter().map(|row| model.words.scores(row));
    scores
        .enumerate()
        .map(|(k, scores): (usize, Scores)| if k == 0 { 0.0 } else { likelihood(scores[0]) })
        .collect()
}

impl Stream {
    fn examples(&self) -> impl Iterator<Item = (&[(u32, f32)], u32)> {
        let rows = self.rows.iter().enumerate().skip(1);
        rows.map(|(k, row)| (row.grams.as_slice(), u32::from(self.starts.contains(&k))))
    }
}
