//! The table: the talks played in real time into microphones of the program, against the same audio cut exactly and a
//! sliding window; what a quiet lane costs; what other work on the computer does to it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use boothside::ears::guard::normal_words;
use boothside::ears::recognize::{self, Effort, Recogniser};
use boothside::ears::{self, Model};

use super::count::thread_ns;
use super::hall::{Hall, Line};
use super::{MODEL, RATE, Said, TALKS, memory, percentile, script, talk};

/// The share of speech that the bar for what hearing costs is set at.
const SPEECH: f64 = 0.6;
/// Nothing is said any more after this long.
const QUIET: Duration = Duration::from_secs(4);

/// Word errors: substituted, lost and invented words, of so many.
#[derive(Clone, Copy, Default)]
pub struct Errors {
    swapped: usize,
    lost: usize,
    invented: usize,
    words: usize,
}

impl Errors {
    /// Aligns what was heard with what was said.
    pub fn of(said: &str, heard: &str) -> Errors {
        let (said, heard) = (normal_words(said), normal_words(heard));
        // Cost and what it consists of, for each beginning of `heard`.
        let mut row: Vec<Errors> = (0..=heard.len())
            .map(|invented| Errors {
                invented,
                ..Errors::default()
            })
            .collect();
        for word in &said {
            let mut corner = row[0];
            row[0].lost += 1;
            for (j, other) in heard.iter().enumerate() {
                let mut swapped = corner;
                swapped.swapped += usize::from(word != other);
                corner = row[j + 1];
                let (mut lost, mut invented) = (corner, row[j]);
                lost.lost += 1;
                invented.invented += 1;
                row[j + 1] = [swapped, lost, invented]
                    .into_iter()
                    .min_by_key(|one| one.all())
                    .unwrap();
            }
        }
        Errors {
            words: said.len(),
            ..row[heard.len()]
        }
    }

    fn all(self) -> usize {
        self.swapped + self.lost + self.invented
    }

    /// Both together.
    pub fn and(self, other: Errors) -> Errors {
        Errors {
            swapped: self.swapped + other.swapped,
            lost: self.lost + other.lost,
            invented: self.invented + other.invented,
            words: self.words + other.words,
        }
    }

    /// In percent of the words said.
    pub fn percent(self) -> f32 {
        100.0 * self.all() as f32 / self.words.max(1) as f32
    }
}

/// What a run through the microphones came to.
#[derive(Default)]
struct Run {
    finals: Vec<f32>,
    onsets: Vec<f32>,
    settled: usize,
    changed: usize,
    errors: Errors,
    dropped: usize,
    cpu_s: f64,
    audio_s: f64,
    /// How much of it is speech.
    speech_s: f64,
    /// How long it took, seconds.
    wall_s: f64,
}

/// Plays the three talks at once, each into a microphone of its own.
fn run(hall: &Hall) -> Run {
    let mut run = Run::default();
    let _ = hall.said(Duration::from_millis(200));
    let (before, _) = hall.spent();
    let began = Instant::now();
    let mut players: Vec<_> = TALKS
        .iter()
        .enumerate()
        .map(|(at, name)| hall.play(at, &talk(name)))
        .collect();
    let mut lines = Vec::new();
    for player in &mut players {
        while player.try_wait().is_ok_and(|status| status.is_none()) {
            lines.extend(hall.said(Duration::from_millis(100)));
        }
    }
    lines.extend(hall.said(QUIET));
    run.cpu_s = hall.spent().0 - before;
    run.wall_s = began.elapsed().as_secs_f64();
    for (lane, name) in TALKS.iter().enumerate() {
        run.audio_s += ears::read_wav(&talk(name), None).unwrap().0.len() as f64 / RATE as f64;
        let said = script(name);
        run.speech_s += said
            .iter()
            .map(|one| f64::from(one.to - one.from))
            .sum::<f64>();
        score(&mut run, &lines, lane, &said, began);
    }
    run
}

/// Compares what one lane said with its script.
fn score(run: &mut Run, lines: &[Line], lane: usize, said: &[Said], began: Instant) {
    let (mut text, mut caption, mut first) = (String::new(), String::new(), None);
    let of_lane = lines
        .iter()
        .filter(|line| line.cells.get(1) == Some(&lane.to_string()));
    for line in of_lane {
        let at = (line.at - began).as_secs_f32();
        let cell = |at: usize| line.cells.get(at).map_or("", String::as_str);
        match cell(0) {
            "caption" if !(cell(2).is_empty() && cell(3).is_empty()) => {
                first = first.or(Some(at));
                cell(2).clone_into(&mut caption);
            }
            "dropped" => run.dropped += 1,
            "final" => {
                let (before, count) = (normal_words(&text).len(), normal_words(cell(2)).len());
                text = format!("{text} {}", cell(2));
                if let Some((from, to)) = sentences_of(said, before..before + count) {
                    run.finals.push(at - to);
                    run.onsets.extend(
                        first
                            .filter(|first| *first > from)
                            .map(|first| first - from),
                    );
                }
                let (shown, now) = (normal_words(&caption), normal_words(cell(2)));
                run.settled += shown.len();
                run.changed += shown.iter().zip(&now).filter(|(a, b)| a != b).count();
                run.changed += shown.len().saturating_sub(now.len());
                (caption, first) = (String::new(), None);
            }
            _ => {}
        }
    }
    let whole: Vec<&str> = said.iter().map(|one| one.text.as_str()).collect();
    run.errors = run.errors.and(Errors::of(&whole.join(" "), &text));
}

/// When the sentences begin and end that these words of the talk are, by counting words.
fn sentences_of(said: &[Said], words: std::ops::Range<usize>) -> Option<(f32, f32)> {
    let mut before = 0;
    let mut inside = said.iter().filter(|one| {
        let count = normal_words(&one.text).len();
        let middle = before + count / 2;
        before += count;
        words.contains(&middle)
    });
    let first = inside.next()?;
    let last = inside.last().unwrap_or(first);
    Some((first.from, last.to))
}

/// Every sentence with its audio, cut exactly.
pub fn exact(name: &str) -> Vec<(String, Vec<f32>)> {
    let (samples, _) = ears::read_wav(&talk(name), None).unwrap();
    let at = |seconds: f32| ((seconds * RATE as f32) as usize).min(samples.len());
    script(name)
        .into_iter()
        .map(|one| (one.text, samples[at(one.from)..at(one.to)].to_vec()))
        .collect()
}

fn heard(recogniser: &mut dyn Recogniser, samples: &[f32]) -> String {
    let said = ears::transcribe(samples, recogniser, |_| true).unwrap();
    said.iter()
        .map(|one| one.text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Errors of sentences that are decoded alone, exactly cut.
fn alone(recogniser: &mut dyn Recogniser, clips: &[(String, Vec<f32>)]) -> Errors {
    let never = Arc::new(AtomicBool::new(false));
    clips.iter().fold(Errors::default(), |sum, (said, audio)| {
        let text = recogniser.hear(audio, Effort::Final, &never).unwrap().text;
        sum.and(Errors::of(said, &text))
    })
}

/// CPU seconds a second of audio of a sliding window: every 3 s the last 10 s, whole 30 s window (the settings of
/// whisper.cpp's stream example, without its fallbacks), as the audio comes in: work that is done at once finds its data in the
/// caches, and came out up to a third cheaper in some runs. What capturing costs it is not counted.
pub fn sliding(recogniser: &mut dyn Recogniser, seconds: usize) -> f64 {
    let never = Arc::new(AtomicBool::new(false));
    let (mut samples, _) = ears::read_wav(&talk(TALKS[2]), None).unwrap();
    samples.truncate(seconds * RATE);
    let (before, began) = (thread_ns(), Instant::now());
    for end in (3 * RATE..=samples.len()).step_by(3 * RATE) {
        let there = Duration::from_secs_f64(end as f64 / RATE as f64);
        std::thread::sleep(there.saturating_sub(began.elapsed()));
        let window = &samples[end.saturating_sub(10 * RATE)..end];
        let _ = recogniser.hear(window, Effort::Careful, &never);
    }
    (thread_ns() - before) as f64 / 1e9 / (samples.len() as f64 / RATE as f64)
}

/// Prints a row of the table.
pub fn row(figure: &str, bar: &str, found: &str) {
    println!("| {figure} | {bar} | {found} |");
}

fn both(values: &mut [f32]) -> String {
    format!(
        "{:.2} / {:.2} s ({})",
        percentile(values, 0.5),
        percentile(values, 0.95),
        values.len()
    )
}

fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().next().unwrap_or("?").to_owned()
}

/// Prints the table. `clips` is a folder of test clips with their `eval.tsv`.
pub fn table(clips: Option<&Path>) {
    let Some(hall) = Hall::open(super::hall::MICROPHONES, None) else {
        println!("no sound server here: `make bench-ears` installs pulseaudio where apt is");
        return;
    };
    println!(
        "\nload of the computer at the start: {}\n\n| figure | bar | demo model |\n|---|---|---|",
        load()
    );
    let mut recogniser = recognize::load(&Model::Embedded(MODEL), Some(1)).unwrap();
    let lanes = super::hall::MICROPHONES as f64;
    let (before, began) = (hall.spent().0, Instant::now());
    let _ = hall.said(Duration::from_secs(20));
    let share = 100.0 * (hall.spent().0 - before) / began.elapsed().as_secs_f64() / lanes;
    let first = run(&hall);
    let window = sliding(&mut *recogniser, usize::MAX / RATE);
    speed(first, share, window, &mut *recogniser);
    loaded(&hall);
    let (_, four) = hall.spent();
    println!("\n{}", hall.end().0);
    if let Some(one) = Hall::open(1, None) {
        let mut player = one.play(0, &talk(TALKS[2]));
        let _ = player.wait();
        let _ = one.said(QUIET);
        let (_, alone) = one.spent();
        row(
            "memory of each further lane",
            "12 MB",
            &format!(
                "{:.1} MB ({alone:.0} MB with one lane)",
                (four - alone) / 3.0
            ),
        );
        one.end();
    }
    super::cuts::cuts(&mut *recogniser);
    growth(&mut *recogniser);
    match clips {
        Some(clips) => eval(&mut *recogniser, clips),
        None => println!("(test clips: give their folder, CLIPS=FOLDER)"),
    }
}

fn speed(mut run: Run, share: f64, window: f64, recogniser: &mut dyn Recogniser) {
    let gross = run.cpu_s / run.audio_s;
    // While nothing is played into a lane there is nothing to compare, but for as much of it as makes the talks' speech the
    // share that the bar speaks of.
    let empty = super::hall::MICROPHONES as f64 * run.wall_s - run.audio_s;
    let quiet = share / 100.0;
    let talks = (run.cpu_s - quiet * empty) / run.audio_s;
    let whole = run.speech_s / SPEECH;
    let ours = (talks * run.audio_s + quiet * (whole - run.audio_s)) / whole;
    row(
        "CPU-s per audio-s at 60 % speech against the sliding window",
        "0.25 x",
        &format!(
            "{:.3} x ({ours:.3} against {window:.3}); {:.3} x at the talks' own {:.0} % speech; {:.3} x with the fourth lane and \
             the waits around the talks, where nothing is played",
            ours / window,
            talks / window,
            100.0 * run.speech_s / run.audio_s,
            gross / window
        ),
    );
    row(
        "CPU of one core per lane when nobody speaks",
        "1 %",
        &format!("{share:.2} %"),
    );
    row(
        "end of speech -> final, p50 / p95",
        "0.70 / 1.1 s",
        &both(&mut run.finals),
    );
    row(
        "speech onset -> first caption, p50 / p95",
        "1.0 / 1.5 s",
        &both(&mut run.onsets),
    );
    let exact = TALKS.iter().fold(Errors::default(), |sum, name| {
        sum.and(alone(recogniser, &exact(name)))
    });
    row(
        "word error of the talks, microphone against exact cut",
        "+ 1.0",
        &format!(
            "{:.1} % against {:.1} %, {} dropped as noise",
            run.errors.percent(),
            exact.percent(),
            run.dropped
        ),
    );
    let share = 100.0 * run.changed as f32 / run.settled.max(1) as f32;
    row(
        "words settled and later changed",
        "2 %",
        &format!("{share:.1} % ({} of {})", run.changed, run.settled),
    );
}

/// The rows of a model of a true shape, played through the same microphones. Its weights are random and the demo model beside
/// it has the words: that one's CPU time is taken off, its share of the delays is not.
pub fn shaped(name: &str, model: &Path) {
    let Some(hall) = Hall::open(TALKS.len(), Some(model)) else {
        println!("  no sound server here: `make bench-ears` installs pulseaudio where apt is");
        return;
    };
    let mut run = run(&hall);
    let (_, memory) = hall.spent();
    let (counts, apart) = hall.end();
    let mut alone = recognize::load(&Model::Path(model.to_owned()), Some(1)).unwrap();
    // Every step costs the same: eight of them tell.
    let window = sliding(&mut *alone, 24);
    let ours = (run.cpu_s - apart) / run.audio_s;
    println!("  {counts}\n\n| figure | bar | {name}, random weights |\n|---|---|---|");
    row(
        "CPU-s per audio-s against the sliding window",
        "0.25 x",
        &format!("{:.3} x ({ours:.3} against {window:.3})", ours / window),
    );
    row(
        "end of speech -> final, p50 / p95, three talks at once",
        "0.70 / 1.1 s",
        &both(&mut run.finals),
    );
    row(
        "speech onset -> first caption, p50 / p95",
        "1.0 / 1.5 s",
        &both(&mut run.onsets),
    );
    row("memory with three lanes", "", &format!("{memory:.0} MB"));
}

/// The same with two other busy processes.
fn loaded(hall: &Hall) {
    let stop = Arc::new(AtomicBool::new(false));
    let busy: Vec<_> = (0..2)
        .map(|_| {
            let stop = Arc::clone(&stop);
            std::thread::spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            })
        })
        .collect();
    let mut run = run(hall);
    stop.store(true, Ordering::Relaxed);
    for one in busy {
        drop(one.join());
    }
    row(
        "the same, two other busy threads",
        "3 x idle",
        &both(&mut run.finals),
    );
}

/// An eighth of a shift as fast as it goes.
fn growth(recogniser: &mut dyn Recogniser) {
    let (samples, _) = ears::read_wav(&talk(TALKS[0]), None).unwrap();
    heard(recogniser, &samples);
    let before = memory();
    let rounds = 40;
    for _ in 0..rounds {
        heard(recogniser, &samples);
    }
    let hours = f64::from(rounds) * samples.len() as f64 / RATE as f64 / 3600.0;
    let grown = memory() - before;
    row(
        "memory growth over an 8-hour shift",
        "8 MB",
        &format!("{grown:.1} MB in {hours:.1} hours of audio"),
    );
}

/// The test clips, one after another with a second between, through endpointing and guard, against each decoded alone.
fn eval(recogniser: &mut dyn Recogniser, folder: &Path) {
    let clips = test_clips(folder);
    let through = clips.iter().fold(Errors::default(), |sum, (said, audio)| {
        let quiet = std::iter::repeat_n(0.0, RATE);
        let samples: Vec<f32> = quiet
            .clone()
            .chain(audio.iter().copied())
            .chain(quiet)
            .collect();
        sum.and(Errors::of(said, &heard(recogniser, &samples)))
    });
    row(
        "word error of the test clips, whole path against exact cut",
        "+ 1.0",
        &format!(
            "{:.1} % against {:.1} % ({} clips)",
            through.percent(),
            alone(recogniser, &clips).percent(),
            clips.len()
        ),
    );
}

/// The test clips of a folder: what is said and the audio, as its `eval.tsv` lists them.
pub fn test_clips(folder: &Path) -> Vec<(String, Vec<f32>)> {
    let table = std::fs::read_to_string(folder.join("eval.tsv")).unwrap_or_default();
    let clip = |line: &str| -> Option<(String, Vec<f32>)> {
        let cells: Vec<&str> = line.split('\t').collect();
        let file = folder.join(cells.first()?);
        Some((
            (*cells.get(3)?).to_owned(),
            ears::read_wav(&file, None).ok()?.0,
        ))
    };
    table.lines().skip(1).filter_map(clip).collect()
}
