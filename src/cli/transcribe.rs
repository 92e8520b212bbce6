//! `transcribe`: recordings into text, or into cards of a show, through the same ears as the board.

use std::path::Path;
use std::time::Instant;

use serde_json::json;

use super::arguments::Recordings;
use super::{Stop, Streams};
use crate::ears::recognize::{self, Recogniser};
use crate::ears::recording::Recording;
use crate::ears::{self, Model, Step, Utterance};
use crate::models::{self, Chosen};
use crate::run::Import;

/// Columns of the progress bar.
const BAR: usize = 20;

/// Prints what is said in each file, and puts it into the show. A file that can't be read is told, and the next one is taken.
pub(super) fn files(task: &Recordings, streams: &mut Streams) -> Result<(), Stop> {
    let mut import = match (&task.into, &task.at) {
        (Some(dir), Some(at)) => {
            Some(Import::start(dir, at, task.lane.as_deref()).map_err(Stop::Fault)?)
        }
        _ => None,
    };
    let mut recogniser = recognize::load(&model(&task.model)?, None).map_err(Stop::fault)?;
    let mut sound = true;
    for file in &task.files {
        if task.files.len() > 1 && !task.json {
            writeln!(streams.out, "{}", file.display())?;
        }
        match one(file, task, recogniser.as_mut(), import.as_mut(), streams) {
            Ok(()) => {}
            Err(Stop::Fault(sentence)) => {
                sound = false;
                writeln!(streams.err, "boothside: {sentence}")?;
            }
            Err(stop) => return Err(stop),
        }
        if task.files.len() > 1 && !task.json {
            writeln!(streams.out)?;
        }
    }
    if let Some(import) = import {
        let told = import.finish().map_err(Stop::Fault)?;
        writeln!(streams.err, "{told}")?;
    }
    if sound { Ok(()) } else { Err(Stop::Told) }
}

fn model(name: &str) -> Result<Model, Stop> {
    match models::choose(name) {
        Ok(Chosen::Embedded(bytes)) => Ok(Model::Embedded(bytes)),
        Ok(Chosen::File(path)) => Ok(Model::Path(path)),
        Err(missing) => Err(Stop::Fault(format!(
            "{missing}; the bundled recordings need only `--model {}`",
            models::DEMO_NAME
        ))),
    }
}

fn one(
    file: &Path,
    task: &Recordings,
    recogniser: &mut dyn Recogniser,
    mut import: Option<&mut Import>,
    streams: &mut Streams,
) -> Result<(), Stop> {
    let mut recording = Recording::open(file).map_err(Stop::fault)?;
    let whole = recording.seconds();
    if let Some(import) = &mut import {
        import.begin(file, whole).map_err(Stop::Fault)?;
    }
    let mut progress = Progress::new(file, whole);
    let mut broken = None;
    // The ears count channels from 0.
    let channel = task.channel.map(|channel| channel - 1);
    let mut dropped = 0;
    let heard = ears::transcribe_recording(&mut recording, channel, recogniser, |step| {
        let told = match step {
            Step::Said(said) => {
                if let Some(import) = &mut import {
                    import.hear(&said);
                }
                progress
                    .clear(streams)
                    .and_then(|()| print(file, &said, task.json, streams))
            }
            Step::Dropped(_) => {
                dropped += 1;
                Ok(())
            }
            Step::Done(ms) => progress.show(ms, streams),
        };
        broken = told.err();
        broken.is_none()
    });
    progress.clear(streams)?;
    if let Some(import) = import {
        import.end(progress.done_ms);
    }
    if let Some(error) = broken {
        return Err(error.into());
    }
    heard.map_err(Stop::fault)?;
    if dropped > 0 {
        let name = file.display();
        writeln!(streams.err, "boothside: {name}: {dropped} dropped as noise")?;
    }
    if let Some(remark) = recording.remark() {
        writeln!(streams.err, "boothside: {remark}")?;
    }
    Ok(())
}

fn print(file: &Path, said: &Utterance, json: bool, streams: &mut Streams) -> std::io::Result<()> {
    let (t0, t1) = (said.start_ms as f64 / 1000.0, said.end_ms as f64 / 1000.0);
    if json {
        let file = file.display().to_string();
        let line = json!({"file": file, "t0": t0, "t1": t1, "text": said.text});
        return writeln!(streams.out, "{line}");
    }
    writeln!(streams.out, "{} {}", clock(said.start_ms), said.text)
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

/// The line that shows how far a recording is, where a person watches.
struct Progress {
    name: String,
    whole_ms: Option<u64>,
    began: Instant,
    done_ms: u64,
    shown: bool,
}

impl Progress {
    fn new(file: &Path, whole: Option<f64>) -> Progress {
        let name = file.file_name().unwrap_or(file.as_os_str());
        Progress {
            name: name.to_string_lossy().into_owned(),
            whole_ms: whole.map(|seconds| (seconds * 1000.0) as u64),
            began: Instant::now(),
            done_ms: 0,
            shown: false,
        }
    }

    fn show(&mut self, done_ms: u64, streams: &mut Streams) -> std::io::Result<()> {
        self.done_ms = done_ms;
        if !streams.watched {
            return Ok(());
        }
        self.shown = true;
        let times = done_ms as f64 / 1000.0 / self.began.elapsed().as_secs_f64().max(0.001);
        let (name, done) = (&self.name, clock(done_ms));
        let line = match self.whole_ms {
            Some(whole) if whole > 0 => {
                let share = (done_ms as f64 / whole as f64).min(1.0);
                let full = (share * BAR as f64) as usize;
                let (bar, rest) = ("#".repeat(full), ".".repeat(BAR - full));
                let percent = share * 100.0;
                format!("{name} [{bar}{rest}] {percent:>3.0} %{done}, {times:.0} times real time")
            }
            Some(_) | None => format!("{name}{done}, {times:.0} times real time"),
        };
        write!(streams.err, "\r{line}\x1b[K")?;
        streams.err.flush()
    }

    fn clear(&mut self, streams: &mut Streams) -> std::io::Result<()> {
        if std::mem::take(&mut self.shown) {
            write!(streams.err, "\r\x1b[K")?;
            streams.err.flush()?;
        }
        Ok(())
    }
}
