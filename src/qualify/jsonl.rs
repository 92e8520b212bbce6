//! Conversations as JSON lines in, signals as JSON lines out: `boothside qualify FILE.jsonl`.

use std::io::{BufRead, Write};

use serde::{Deserialize, Serialize};

use crate::domain::{Day, Heat, Playbook, Role, Stamp};

use super::{Qualifier, Reading, Said};

/// What can go wrong while reading conversations.
#[derive(Debug, thiserror::Error)]
pub enum JsonlError {
    /// A line is no conversation.
    #[error(
        "line {line} is no conversation ({reason}): each line is an object with \"id\" and \"utterances\""
    )]
    Line {
        /// The line, from 1.
        line: usize,
        /// What the parser says.
        reason: String,
    },
    /// Reading or writing failed.
    #[error("reading or writing failed ({0}): check the file and the disk, then run it again")]
    Io(#[from] std::io::Error),
}

#[derive(Deserialize)]
struct Conversation {
    id: String,
    utterances: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    text: String,
    #[serde(default)]
    t0: f64,
    #[serde(default)]
    t1: f64,
}

#[derive(Serialize)]
struct Starts<'a> {
    id: &'a str,
    starts: Vec<usize>,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a str,
    signals: Vec<Found<'a>>,
    account: Option<&'a str>,
    opt_in: Option<bool>,
    rating: &'static str,
    why: &'a str,
}

#[derive(Serialize)]
struct Found<'a> {
    kind: &'static str,
    i: usize,
    quote: &'a str,
    value: &'a str,
    confidence: f32,
}

/// What is told of each line of utterances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Its signals: each line is one talk.
    Qualify,
    /// Where talks begin: each line is what a lane heard.
    Segment,
}

impl Task {
    /// As `--segment` says.
    pub fn of(segment: bool) -> Task {
        if segment {
            Task::Segment
        } else {
            Task::Qualify
        }
    }
}

/// Reads every line of utterances of `reader`, one line of answer each. Speakers and labels in the input are not read.
pub fn run(
    task: Task,
    reader: impl BufRead,
    mut writer: impl Write,
    playbook: &Playbook,
    today: Day,
) -> Result<usize, JsonlError> {
    let qualifier = Qualifier::new(playbook, today);
    let mut count = 0;
    for (k, line) in reader.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let heard: Conversation =
            serde_json::from_str(&line).map_err(|error| JsonlError::Line {
                line: k + 1,
                reason: error.to_string(),
            })?;
        let said = said(heard.utterances.iter().map(|line| line.text.as_str()));
        let written = match task {
            Task::Qualify => {
                let reading = qualifier.read_all(&said);
                serde_json::to_writer(&mut writer, &answer(&heard.id, &reading))
            }
            Task::Segment => {
                let times: Vec<(f64, f64)> = heard
                    .utterances
                    .iter()
                    .map(|one| (one.t0, one.t1))
                    .collect();
                let cuts = qualifier.cuts(&said, &times);
                let starts = std::iter::once(0).chain(cuts.iter().map(|cut| cut.before));
                let starts = starts.collect();
                serde_json::to_writer(
                    &mut writer,
                    &Starts {
                        id: &heard.id,
                        starts,
                    },
                )
            }
        };
        written.map_err(std::io::Error::from)?;
        writer.write_all(b"\n")?;
        count += 1;
    }
    writer.flush()?;
    Ok(count)
}

/// Texts as utterances of a table microphone; the stamp of each is its index.
pub fn said<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<Said<'a>> {
    texts
        .enumerate()
        .map(|(k, text)| Said {
            id: Stamp {
                wall_ms: k as u64,
                ..Stamp::default()
            },
            text,
            role: Role::Table,
        })
        .collect()
}

/// The word of a rating in the data set: no buyer is none.
pub fn rating(heat: Option<Heat>) -> &'static str {
    match heat {
        Some(Heat::Hot) => "hot",
        Some(Heat::Warm) => "warm",
        Some(Heat::Cold) => "cold",
        Some(Heat::Swag) | None => "none",
    }
}

/// Writes what a conversation was read as: one line.
pub fn write(mut writer: impl Write, id: &str, reading: &Reading) -> std::io::Result<()> {
    serde_json::to_writer(&mut writer, &answer(id, reading))?;
    writer.write_all(b"\n")
}

fn answer<'a>(id: &'a str, reading: &'a Reading) -> Answer<'a> {
    Answer {
        id,
        signals: reading
            .signals
            .iter()
            .map(|signal| Found {
                kind: signal.kind.name(),
                i: signal.utterance.wall_ms as usize,
                quote: &signal.quote,
                value: &signal.value,
                confidence: signal.confidence,
            })
            .collect(),
        account: reading
            .account
            .as_ref()
            .map(|account| account.name.as_str()),
        opt_in: reading.opt_in,
        rating: rating(reading.rating),
        why: &reading.why,
    }
}
