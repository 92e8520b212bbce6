//! `transcribe`: recordings into text, through the same ears as the board.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::{Stop, Streams};
use crate::ears::recognize::{self, Recogniser};
use crate::ears::{self, Model, Utterance};
use crate::models::{self, Chosen};

/// Prints what is said in each file. A file that can't be read is told, and the next one is taken.
pub(super) fn files(
    files: &[PathBuf],
    model: &str,
    channel: Option<u16>,
    json: bool,
    streams: &mut Streams,
) -> Result<(), Stop> {
    let model = match models::choose(model) {
        Ok(Chosen::Embedded(bytes)) => Model::Embedded(bytes),
        Ok(Chosen::File(path)) => Model::Path(path),
        Err(missing) => {
            return Err(Stop::Fault(format!(
                "{missing}; the bundled recordings need only `--model {}`",
                models::DEMO_NAME
            )));
        }
    };
    let mut recogniser = recognize::load(&model, None).map_err(Stop::fault)?;
    let mut sound = true;
    for file in files {
        match one(file, channel, recogniser.as_mut(), streams) {
            Ok(utterances) => print(file, files.len() > 1, &utterances, json, streams)?,
            Err(Stop::Fault(sentence)) => {
                sound = false;
                writeln!(streams.err, "boothside: {sentence}")?;
            }
            Err(stop) => return Err(stop),
        }
    }
    if sound { Ok(()) } else { Err(Stop::Told) }
}

fn one(
    file: &Path,
    channel: Option<u16>,
    recogniser: &mut dyn Recogniser,
    streams: &mut Streams,
) -> Result<Vec<Utterance>, Stop> {
    // The ears count channels from 0.
    let channel = channel.map(|channel| channel - 1);
    let (samples, remark) = ears::read_wav(file, channel).map_err(Stop::fault)?;
    if let Some(remark) = remark {
        writeln!(streams.err, "boothside: {remark}")?;
    }
    let (err, watched) = (&mut *streams.err, streams.watched);
    let name = file.display();
    let heard = ears::transcribe(&samples, recogniser, |share| {
        if watched {
            // A lost progress line is no fault.
            let _ = write!(err, "\r{name}: {:>3.0} %", share * 100.0);
            let _ = err.flush();
        }
        true
    });
    if watched {
        let _ = write!(streams.err, "\r\x1b[K");
    }
    heard.map_err(Stop::fault)
}

fn print(
    file: &Path,
    several: bool,
    utterances: &[Utterance],
    json: bool,
    streams: &mut Streams,
) -> Result<(), Stop> {
    let name = file.display().to_string();
    if several && !json {
        writeln!(streams.out, "{name}")?;
    }
    for said in utterances {
        let (t0, t1) = (said.start_ms as f64 / 1000.0, said.end_ms as f64 / 1000.0);
        if json {
            let line = json!({"file": name, "t0": t0, "t1": t1, "text": said.text});
            writeln!(streams.out, "{line}")?;
        } else {
            writeln!(streams.out, "{} {}", clock(said.start_ms), said.text)?;
        }
    }
    if several && !json {
        writeln!(streams.out)?;
    }
    Ok(())
}

/// `1:02.3`: minutes, seconds, tenths.
fn clock(ms: u64) -> String {
    let tenths = ms / 100;
    format!(
        "{:>3}:{:02}.{}",
        tenths / 600,
        tenths / 10 % 60,
        tenths % 10
    )
}
