//! `rehearse`: the room test. Every lane of a show listens while a sentence is read aloud, and passes or fails in one line.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::json;

use super::arguments::RoomTest;
use super::board::there;
use super::devices::meter;
use super::quiet::Quiet;
use super::{Stop, Streams};
use crate::ears::rehearsal::{Rehearsal, SENTENCE, Verdict};
use crate::ears::{Ears, Heard, Model, Options};
use crate::models::{self, Chosen};
use crate::run;
use crate::show;

/// How often the meters are drawn.
const DRAW: Duration = Duration::from_millis(100);

/// What is known of a lane so far.
#[derive(Default)]
struct Lane {
    rehearsal: Rehearsal,
    peak: Option<f32>,
    speech: bool,
}

type Lanes = Arc<Mutex<Vec<Lane>>>;

/// Listens to all lanes of the show and tells what each is good for. Exit status 1 where one is not ready.
pub(super) fn lanes(test: &RoomTest, streams: &mut Streams) -> Result<(), Stop> {
    let (show, _) = show::open(&test.dir);
    let show = there(show)?;
    let specs = run::lane_specs(&show);
    if specs.is_empty() {
        return Err(Stop::Fault(
            "the show has no lanes; `boothside devices` gives the lines for show.toml".to_owned(),
        ));
    }
    let names: Vec<String> = specs.iter().map(|lane| lane.name.clone()).collect();
    let model = model(test.model.as_deref().unwrap_or(&show.config.model), streams)?;
    let words = model != Model::None;
    let sentence = test.sentence.as_deref().unwrap_or(SENTENCE);
    if !test.json {
        let seconds = test.seconds;
        writeln!(
            streams.out,
            "Read this aloud at each microphone, as you will talk at the show, and be silent for a while ({seconds} s in all):\n\n  {sentence}\n"
        )?;
        streams.out.flush()?;
    }
    let known: Lanes = Arc::default();
    known
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .resize_with(names.len(), Lane::default);
    let quiet = Quiet::start();
    let told = Arc::clone(&known);
    let options = Options {
        model,
        ..Options::default()
    };
    let ears = Ears::start(specs, options, move |heard| take_in(&told, &heard));
    watch(test.seconds, &names, &known, streams)?;
    ears.stop();
    drop(quiet);
    let verdicts: Vec<Verdict> = lock(&known)
        .iter()
        .map(|lane| lane.rehearsal.verdict(sentence, words))
        .collect();
    for (name, verdict) in names.iter().zip(&verdicts) {
        print(name, verdict, test.json, streams)?;
    }
    if verdicts.iter().all(|verdict| verdict.pass) {
        Ok(())
    } else {
        streams.out.flush()?;
        Err(Stop::Told)
    }
}

/// The show's model; without one everything but the words is tested.
fn model(name: &str, streams: &mut Streams) -> Result<Model, Stop> {
    Ok(match models::choose(name) {
        Ok(Chosen::Embedded(bytes)) => Model::Embedded(bytes),
        Ok(Chosen::File(path)) => Model::Path(path),
        Err(missing) => {
            writeln!(
                streams.err,
                "boothside: {missing}; the words are not scored"
            )?;
            Model::None
        }
    })
}

fn lock(lanes: &Lanes) -> MutexGuard<'_, Vec<Lane>> {
    lanes.lock().unwrap_or_else(PoisonError::into_inner)
}

fn take_in(lanes: &Lanes, heard: &Heard) {
    let mut lanes = lock(lanes);
    match heard {
        Heard::Level { lane, .. }
        | Heard::Final { lane, .. }
        | Heard::Lane { lane, .. }
        | Heard::Partial { lane, .. }
        | Heard::Dropped { lane, .. }
        | Heard::OffRecord { lane, .. } => {
            if let Some(lane) = lanes.get_mut(*lane) {
                lane.rehearsal.hear(heard);
                if let Heard::Level {
                    peak_dbfs, speech, ..
                } = heard
                {
                    (lane.peak, lane.speech) = (Some(*peak_dbfs), *speech);
                }
            }
        }
        // What concerns the recogniser concerns every lane.
        Heard::Backlog { .. } | Heard::Trouble(_) => {
            lanes.iter_mut().for_each(|lane| lane.rehearsal.hear(heard));
        }
    }
}

/// Lets the time pass; where a person watches, with a meter a lane.
fn watch(seconds: u64, names: &[String], known: &Lanes, streams: &mut Streams) -> Result<(), Stop> {
    let until = Instant::now() + Duration::from_secs(seconds);
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            break;
        }
        // Listening for a while is what was asked for; there is nothing to wait for but the clock.
        std::thread::sleep(left.min(DRAW));
        if streams.watched {
            let drawn: Vec<String> = lock(known)
                .iter()
                .zip(names)
                .map(|(lane, name)| {
                    let voice = if lane.speech { "voice" } else { "" };
                    format!("{} {name} {voice}", meter(lane.peak))
                })
                .collect();
            write!(
                streams.err,
                "\r{:>3} s  {}\x1b[K",
                left.as_secs(),
                drawn.join("   ")
            )?;
            streams.err.flush()?;
        }
    }
    if streams.watched {
        write!(streams.err, "\r\x1b[K")?;
    }
    Ok(())
}

fn print(name: &str, verdict: &Verdict, json: bool, streams: &mut Streams) -> Result<(), Stop> {
    if json {
        let line = json!({
            "lane": name,
            "pass": verdict.pass,
            "sentence": verdict.sentence,
            "speech_dbfs": verdict.speech_dbfs,
            "room_dbfs": verdict.room_dbfs,
            "clipped": verdict.clipped,
            "wrong": verdict.wrong,
        });
        return Ok(writeln!(streams.out, "{line}")?);
    }
    let mut figures = Vec::new();
    if let Some(speech) = verdict.speech_dbfs {
        figures.push(format!("speech {speech:.0} dB"));
        let percent = verdict.clipped * 100.0;
        figures.push(format!("{percent:.0} % too loud"));
    }
    if let Some(room) = verdict.room_dbfs {
        figures.push(format!("room {room:.0} dB"));
    }
    if let Some(wrong) = verdict.wrong {
        figures.push(format!("{:.0} % of the words wrong", wrong * 100.0));
    }
    let word = if verdict.pass { "pass" } else { "FAIL" };
    let figures = if figures.is_empty() {
        String::new()
    } else {
        format!(" ({})", figures.join(", "))
    };
    Ok(writeln!(
        streams.out,
        "{word}  {name}: {}{figures}",
        verdict.sentence
    )?)
}
