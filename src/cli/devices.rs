//! `devices`: the microphones, how loud each is right now, and the lines for show.toml.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::json;

use super::quiet::Quiet;
use super::{Stop, Streams};
use crate::ears::{Ears, Heard, Input, LaneSpec, Options, Source, inputs};

/// The loudest sample of each input in decibels below full scale, by its place in the list.
type Peaks = HashMap<usize, f32>;

/// How often the meters are drawn.
const DRAW: Duration = Duration::from_millis(100);

/// An ALSA input that gives silence for ever: no microphone.
const SILENCE: &str = "alsa:null";

/// Lists the inputs after listening to them for `seconds`; those that can't be opened only with `all`.
pub(super) fn list(seconds: u64, all: bool, json: bool, streams: &mut Streams) -> Result<(), Stop> {
    let quiet = Quiet::start();
    let mut inputs = inputs();
    inputs.retain(|input| input.id != SILENCE);
    let found = inputs.len();
    if !all {
        inputs.retain(|input| input.works.is_some());
    }
    let peaks = listen(&inputs, seconds, streams)?;
    drop(quiet);
    if inputs.is_empty() {
        let hint = match found {
            0 => "plug one in",
            _ => "`boothside devices --all` lists what can't be opened; plug one in",
        };
        return Err(Stop::Fault(format!(
            "no microphone was found: {hint}, or let the board run on keys and scans"
        )));
    }
    if json {
        return as_json(&inputs, &peaks, streams);
    }
    for (at, input) in inputs.iter().enumerate() {
        let mark = if input.default { "*" } else { " " };
        let state = match input.works {
            None => "can't be opened".to_string(),
            Some((rate, channels)) => format!("{rate} Hz, {channels} ch"),
        };
        let level = meter(peaks.get(&at).copied());
        writeln!(streams.out, "{mark} {level}  {:<40} {state}", input.words)?;
        writeln!(streams.out, "               device = \"{}\"", input.id)?;
    }
    writeln!(
        streams.out,
        "\n* is what `device = \"default\"` means now. For show.toml:\n"
    )?;
    let chosen = inputs.iter().find(|input| input.default).or(inputs.first());
    let id = chosen.map_or("default", |input| input.id.as_str());
    Ok(writeln!(
        streams.out,
        "[[lanes]]\nname = \"Booth\"\nrole = \"table\"\ndevice = \"{id}\""
    )?)
}

fn as_json(inputs: &[Input], peaks: &Peaks, streams: &mut Streams) -> Result<(), Stop> {
    for (at, input) in inputs.iter().enumerate() {
        let line = json!({
            "id": input.id,
            "words": input.words,
            "default": input.default,
            "rate": input.works.map(|(rate, _)| rate),
            "channels": input.works.map(|(_, channels)| channels),
            "peak_dbfs": peaks.get(&at),
        });
        writeln!(streams.out, "{line}")?;
    }
    Ok(())
}

/// Ten steps from -60 dB to full scale; dots where nothing was measured.
pub(super) fn meter(peak: Option<f32>) -> String {
    let Some(peak) = peak else {
        return "..........".to_string();
    };
    let steps = ((peak + 60.0) / 6.0).clamp(0.0, 10.0) as usize;
    format!("{:<10}", "#".repeat(steps))
}

/// The loudest sample of each input that works within `seconds`; where a person watches, each one's meter moves meanwhile.
fn listen(inputs: &[Input], seconds: u64, streams: &mut Streams) -> Result<Peaks, Stop> {
    let working: Vec<usize> = (0..inputs.len())
        .filter(|at| inputs[*at].works.is_some())
        .collect();
    if seconds == 0 || working.is_empty() {
        return Ok(Peaks::new());
    }
    let lanes = working.iter().map(|at| LaneSpec {
        name: inputs[*at].words.clone(),
        source: Source::Device(inputs[*at].id.clone()),
        channel: None,
    });
    // The loudest sample so far, and the loudest since the last drawing.
    let peaks = Arc::new(Mutex::new((Peaks::new(), Peaks::new())));
    let (told, places) = (Arc::clone(&peaks), working.clone());
    let ears = Ears::start(lanes.collect(), Options::default(), move |heard| {
        if let Heard::Level {
            lane, peak_dbfs, ..
        } = heard
        {
            let mut peaks = told.lock().unwrap_or_else(PoisonError::into_inner);
            let peak = peaks.0.entry(places[lane]).or_insert(peak_dbfs);
            *peak = peak.max(peak_dbfs);
            peaks.1.insert(places[lane], peak_dbfs);
        }
    });
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut drawn = false;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            break;
        }
        // Listening for a while is what was asked for; there is nothing to wait for but the clock.
        std::thread::sleep(left.min(DRAW));
        if streams.watched {
            if std::mem::replace(&mut drawn, true) {
                write!(streams.err, "\x1b[{}A", working.len())?;
            }
            let now = peaks
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .1
                .clone();
            for at in &working {
                let level = meter(now.get(at).copied());
                writeln!(streams.err, "\r  {level}  {}\x1b[K", inputs[*at].words)?;
            }
            streams.err.flush()?;
        }
    }
    if drawn {
        // The list that stays takes their place.
        write!(streams.err, "\x1b[{}A\x1b[J", working.len())?;
        streams.err.flush()?;
    }
    ears.stop();
    let peaks = peaks.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(peaks.0.clone())
}
