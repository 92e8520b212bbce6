//! `train`: labelled conversations -> the weights that `qualify` is built with, and how well left-out trades are read.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::{Stop, Streams};
use crate::domain::{Heat, Playbook, SignalKind};
use crate::qualify::chances::Chances;
use crate::qualify::learn::{self, Labelled, Lesson, Trained, score, stream};
use crate::qualify::model::Model;
use crate::qualify::{Qualifier, Said, jsonl};

/// Trains on every `*.jsonl` of a folder, each with the playbook of its name beside it or else `playbook.toml` above. `told`:
/// where the left-out conversations go as they are read, a line each.
pub(super) fn train(
    folder: &Path,
    to: Option<&Path>,
    told: Option<&Path>,
    streams: &mut Streams,
) -> Result<(), Stop> {
    let files = files(folder)?;
    let mut lessons = Vec::new();
    let mut qualifiers = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let (talks, qualifier) = talks_of(file)?;
        for talk in &talks {
            lessons.extend(Lesson::of(talk, number, &qualifier));
        }
        qualifiers.push(qualifier);
    }
    let err = &mut *streams.err;
    let mut trained = learn::train(&lessons, &at_once, &mut |word| {
        // Progress that can't be written changes nothing.
        let _ = writeln!(err, "{word}");
    });
    let ratings = rate(&lessons, &qualifiers, &mut trained);
    table(&lessons, &trained, &files, streams.out)?;
    writeln!(
        streams.out,
        "rating right           {:>6.3}",
        ratings.right()
    )?;
    if let Some(told) = told {
        tell(&lessons, &qualifiers, &trained, &ratings, told)?;
    }
    to.map_or(Ok(()), |to| keep(&trained.model, to, streams))
}

/// The most trainings at a time; each takes hundreds of megabytes.
const AT_ONCE: usize = 4;

/// Does so many jobs, as many at a time as there are cores, up to [`AT_ONCE`].
fn at_once(count: usize, job: &(dyn Fn(usize) + Sync)) {
    let next = AtomicUsize::new(0);
    let work = || {
        let mine = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        mine.take_while(|k| *k < count).for_each(job);
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores.min(AT_ONCE).min(count) {
            scope.spawn(work);
        }
    });
}

/// What whole conversations are rated by weights that have not seen them, by their place among the lessons: none for no
/// buyer.
struct Ratings<'a>(Vec<(&'a Lesson, usize, Option<Heat>)>);

impl Ratings<'_> {
    /// The share that is rated as labelled.
    fn right(&self) -> f32 {
        let right = self
            .0
            .iter()
            .filter(|(lesson, _, heat)| jsonl::rating(*heat) == lesson.talk.gold.rating);
        right.count() as f32 / self.0.len().max(1) as f32
    }
}

/// Trains the rating, and rates every conversation by weights that have not seen its file.
fn rate<'a>(lessons: &'a [Lesson], qualifiers: &[Qualifier], trained: &mut Trained) -> Ratings<'a> {
    let whole = lessons.iter().enumerate().filter(|(_, one)| one.whole);
    let chances: Vec<(usize, &Lesson, Option<Chances>)> = whole
        .map(|(k, lesson)| {
            let scores = (trained.left_out[k].clone(), trained.sentences[k].clone());
            let said = said(lesson);
            let model = &trained.model;
            let chances = qualifiers[lesson.file].chances_scored(&said, model, scores);
            (k, lesson, chances)
        })
        .collect();
    let buyers = chances.iter().filter_map(|(_, lesson, chances)| {
        let heat = match lesson.talk.gold.rating.as_str() {
            "hot" => 2,
            "warm" => 1,
            _ => 0,
        };
        Some((chances.clone()?, lesson.file, heat))
    });
    let buyers: Vec<learn::Rated> = buyers.collect();
    let mut rated = learn::rate(&mut trained.model, &buyers).into_iter();
    let all = chances.into_iter().map(|(k, lesson, chances)| {
        let heat = chances.and_then(|_| rated.next());
        (lesson, k, heat)
    });
    Ratings(all.collect())
}

fn said(lesson: &Lesson) -> Vec<Said<'_>> {
    jsonl::said(lesson.talk.utterances.iter().map(|line| line.text.as_str()))
}

/// Writes what the left-out conversations are read as.
fn tell(
    lessons: &[Lesson],
    qualifiers: &[Qualifier],
    trained: &Trained,
    ratings: &Ratings<'_>,
    to: &Path,
) -> Result<(), Stop> {
    let mut out = Vec::new();
    for &(lesson, k, heat) in &ratings.0 {
        let scores = (trained.left_out[k].clone(), trained.sentences[k].clone());
        let qualifier = &qualifiers[lessons[k].file];
        let mut reading = qualifier.read_scored(&said(lesson), &trained.model, scores);
        reading.rating = heat;
        jsonl::write(&mut out, &lesson.talk.id, &reading)?;
    }
    fs::write(to, out).map_err(|error| unwritten(to, &error))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Stop> {
    let listed = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut files: Vec<PathBuf> = listed
        .map_err(|error| unread(folder, &error))?
        .iter()
        .map(fs::DirEntry::path)
        .filter(|path| path.extension().is_some_and(|kind| kind == "jsonl"))
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(Stop::Fault(format!(
            "there is no .jsonl file in {}; name the folder of the labelled conversations",
            folder.display()
        )));
    }
    Ok(files)
}

fn unread(path: &Path, error: &std::io::Error) -> Stop {
    Stop::Fault(format!("{} can't be read ({error})", path.display()))
}

/// The conversations of a file, and who reads them.
fn talks_of(file: &Path) -> Result<(Vec<Labelled>, Qualifier), Stop> {
    let beside = file.with_extension("toml");
    let above = file.ancestors().nth(2).unwrap_or(file);
    let list = if beside.is_file() {
        beside
    } else {
        above.join("playbook.toml")
    };
    let text = fs::read_to_string(&list).map_err(|error| unread(&list, &error))?;
    let wrong = |reason: String| Stop::Fault(format!("{}: {reason}", list.display()));
    let playbook: Playbook = toml::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    let today = playbook.event.as_ref().map(|event| event.date);
    let today = today.ok_or_else(|| wrong("give [event] a date".to_owned()))?;
    let text = fs::read_to_string(file).map_err(|error| unread(file, &error))?;
    let talk = |(line, text): (usize, &str)| {
        serde_json::from_str(text)
            .map_err(|error| Stop::Fault(format!("{} line {}: {error}", file.display(), line + 1)))
    };
    let talks: Result<Vec<Labelled>, Stop> = text.lines().enumerate().map(talk).collect();
    Ok((talks?, Qualifier::new(&playbook, today)))
}

/// Trains where talks begin, on the same conversations put one after another.
pub(super) fn cuts(folder: &Path, to: &Path, streams: &mut Streams) -> Result<(), Stop> {
    let mut heard = Vec::new();
    for (number, file) in files(folder)?.iter().enumerate() {
        let (talks, qualifier) = talks_of(file)?;
        heard.extend(stream::streams(&talks, number, &qualifier));
    }
    let (model, count) = stream::train(&heard);
    writeln!(streams.out, "cuts, file left out    {:>6.3}", count.f1())?;
    keep(&model, to, streams)
}

fn keep(model: &Model, to: &Path, streams: &mut Streams) -> Result<(), Stop> {
    let bytes = model.to_bytes();
    fs::write(to, &bytes).map_err(|error| unwritten(to, &error))?;
    writeln!(streams.out, "{} bytes to {}", bytes.len(), to.display())?;
    Ok(())
}

fn unwritten(to: &Path, error: &std::io::Error) -> Stop {
    Stop::Fault(format!(
        "{} can't be written ({error}); name a file in a folder that is there",
        to.display()
    ))
}

/// F1 of each kind and file, of conversations whose file no weight has seen.
fn table(
    lessons: &[Lesson],
    trained: &Trained,
    files: &[PathBuf],
    out: &mut dyn Write,
) -> std::io::Result<()> {
    write!(out, "{:<22}{:>7}", "F1, file left out", "all")?;
    for kind in SignalKind::ALL {
        write!(out, "{:>8}", kind.name().get(..7).unwrap_or(kind.name()))?;
    }
    writeln!(out)?;
    let thresholds = &trained.model.thresholds;
    let mut row = |name: &str, wanted: &dyn Fn(&Lesson) -> bool| {
        let (some, scores): (Vec<&Lesson>, Vec<_>) = lessons
            .iter()
            .zip(&trained.left_out)
            .filter(|(lesson, _)| lesson.whole && wanted(lesson))
            .unzip();
        let counts = score::figures(&some, &scores, thresholds);
        write!(out, "{name:<22}{:>7.3}", score::Count::sum(&counts).f1())?;
        for count in counts {
            write!(out, "{:>8.3}", count.f1())?;
        }
        writeln!(out)
    };
    for (number, file) in files.iter().enumerate() {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        row(&name, &|lesson| lesson.file == number)?;
    }
    row("all", &|_| true)?;
    let (whole, scores): (Vec<&Lesson>, Vec<_>) = lessons
        .iter()
        .zip(&trained.left_out)
        .filter(|(lesson, _)| lesson.whole)
        .unzip();
    let buyers = score::buyers(&whole, &scores, &trained.model);
    writeln!(out, "buyer or not, right    {buyers:>6.3}")
}
