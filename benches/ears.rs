//! What the ears cost and how quick they are, on the bundled talks: `cargo bench --bench ears [table|live|cost|cuts|shapes|idle|noise|names] [MODEL ...]`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::too_many_lines
)] // a bench talks to its reader
#![allow(clippy::type_complexity)] // figures of one run side by side

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use boothside::ears::guard::normal_words;
use boothside::ears::recognize::{self, Effort};
use boothside::ears::{self, Ears, Heard, LaneSpec, LaneState, Model, Options, Source, Step};

#[path = "ears_count.rs"]
mod count;
#[path = "ears_cuts.rs"]
mod cuts;
#[path = "ears_hall.rs"]
mod hall;
#[path = "ears_names.rs"]
mod names;
#[path = "ears_shapes.rs"]
mod shapes;
#[path = "ears_sounds.rs"]
mod sounds;
#[path = "ears_table.rs"]
mod table;

use count::{Counted, Counts};

const MODEL: &[u8] = include_bytes!("../assets/models/ggml-demo.en.bin");
const TALKS: [&str; 3] = ["hot_lead_northwind", "medium_lead_objection", "swag_hunter"];
const RATE: usize = 16_000;

fn main() {
    if hall::listen(MODEL) {
        return;
    }
    let asked: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .collect();
    let wants = |row: &str| {
        asked.iter().all(|word| Path::new(word).is_file()) || asked.iter().any(|word| word == row)
    };
    let files = asked
        .iter()
        .filter(|word| Path::new(word).is_file())
        .map(PathBuf::from);
    let models: Vec<Model> = std::iter::once(Model::Embedded(MODEL))
        .chain(files.map(Model::Path))
        .collect();
    for model in &models {
        println!("\n{}", name(model));
        if wants("live") {
            live(model);
        }
        if wants("cost") {
            cost(model);
            pieces(model);
        }
    }
    let clips = std::env::var_os("CLIPS")
        .filter(|folder| !folder.is_empty())
        .map(PathBuf::from);
    if asked.iter().any(|word| word == "table") {
        table::table(clips.as_deref());
    }
    if asked.iter().any(|word| word == "cuts") {
        let mut recogniser = recognize::load(&Model::Embedded(MODEL), Some(1)).unwrap();
        cuts::cuts(&mut *recogniser);
    }
    if wants("names") {
        names::names(clips.as_deref());
    }
    if wants("shapes") {
        shapes();
    }
    if wants("idle") {
        idle();
    }
    if wants("noise") {
        noise();
        speech_in_noise();
    }
}

/// What models of the true shapes cost; their weights are random, so their words mean nothing.
fn shapes() {
    for (name, state, layers) in shapes::SHAPES {
        let path = std::env::temp_dir().join(format!("boothside-bench-{name}.bin"));
        let mut file = BufWriter::new(File::create(&path).unwrap());
        shapes::write(&mut file, state, layers).unwrap();
        drop(file);
        println!("\n{name}, random weights");
        pieces(&Model::Path(path.clone()));
        table::shaped(name, &path);
        let _ = std::fs::remove_file(path);
    }
}

/// CPU of a lane on which nobody speaks, in real time.
fn idle() {
    let folder = std::env::temp_dir().join("boothside-bench-idle.wav");
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 48_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(&folder, spec).unwrap();
    let mut seed = 3;
    for _ in 0..20 * 48_000 {
        writer
            .write_sample((sounds::random(&mut seed) * 60.0) as i16)
            .unwrap();
    }
    writer.finalize().unwrap();
    for count in [1, 4] {
        let lane = |at| LaneSpec {
            name: format!("{at}"),
            source: Source::File(folder.clone()),
            channel: None,
        };
        let options = Options {
            model: Model::Embedded(MODEL),
            speed: 1.0,
            threads: None,
        };
        // Each lane has a feeder and a listener of its own, as with microphones: a feeder serves one source once.
        let (outbox, inbox) = mpsc::channel();
        let all: Vec<Ears> = (0..count)
            .map(|at| {
                let outbox = outbox.clone();
                Ears::start(vec![lane(at)], options.clone(), move |heard| {
                    drop(outbox.send(heard));
                })
            })
            .collect();
        while !matches!(
            inbox.recv_timeout(Duration::from_secs(40)),
            Ok(Heard::Level { .. })
        ) {}
        let (before, began, at_start) = (cpu(), Instant::now(), memory());
        let mut ended = 0;
        while ended < count {
            let heard = inbox.recv_timeout(Duration::from_secs(40)).unwrap();
            ended += usize::from(matches!(
                heard,
                Heard::Lane {
                    state: LaneState::Ended,
                    ..
                }
            ));
        }
        let share = 100.0 * (cpu() - before) / began.elapsed().as_secs_f64() / count as f64;
        println!(
            "\n{count} lanes at 48 kHz, nobody speaks: {share:.2} % of a core a lane; memory {at_start:.0} MB"
        );
        all.into_iter().for_each(Ears::stop);
    }
    let _ = std::fs::remove_file(folder);
}

fn name(model: &Model) -> String {
    match model {
        Model::Path(path) => path
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
        Model::Embedded(_) => "demo model".to_owned(),
        Model::None => "no model".to_owned(),
    }
}

fn talk(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("assets/demo/talks")
        .join(format!("{name}.wav"))
}

/// A sentence of a talk: when it begins and ends, in seconds, and its words.
struct Said {
    from: f32,
    to: f32,
    text: String,
}

fn script(name: &str) -> Vec<Said> {
    let table = std::fs::read_to_string(talk(name).with_extension("tsv")).unwrap();
    let said = |line: &str| {
        let mut cells = line.split('\t');
        let mut next = || cells.next().unwrap();
        Said {
            from: next().parse().unwrap(),
            to: next().parse().unwrap(),
            text: {
                next();
                next().to_owned()
            },
        }
    };
    table.lines().skip(1).map(said).collect()
}

/// CPU seconds of this process so far.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 = after
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|cell| cell.parse::<f64>().ok())
        .sum();
    ticks / 100.0
}

/// Memory of this process, megabytes.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS"))
        .unwrap_or_default();
    line.split_whitespace()
        .nth(1)
        .and_then(|cell| cell.parse::<f64>().ok())
        .unwrap_or(0.0)
        / 1024.0
}

/// The value below which the share `p` of the values lie.
fn percentile(values: &mut [f32], p: f32) -> f32 {
    values.sort_by(f32::total_cmp);
    values
        .get(((values.len() as f32 * p) as usize).min(values.len().saturating_sub(1)))
        .copied()
        .unwrap_or(f32::NAN)
}

fn word_error(said: &str, heard: &str) -> f32 {
    let (said, heard) = (normal_words(said), normal_words(heard));
    let mut row: Vec<usize> = (0..=heard.len()).collect();
    for (i, word) in said.iter().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, other) in heard.iter().enumerate() {
            let substituted = corner + usize::from(word != other);
            corner = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(corner + 1);
        }
    }
    100.0 * row[heard.len()] as f32 / said.len() as f32
}

/// The three talks at once, in real time, as in the demo.
fn live(model: &Model) {
    let lanes = TALKS.map(|name| LaneSpec {
        name: name.to_owned(),
        source: Source::File(talk(name)),
        channel: None,
    });
    let counts = Arc::new(Counts::default());
    let (counted, model) = (Arc::clone(&counts), model.clone());
    let load: recognize::Load = Box::new(move || {
        let inner = recognize::load(&model, Some(1)).map_err(|error| error.to_string())?;
        Ok(Box::new(Counted::new(inner, Arc::clone(&counted))))
    });
    let (outbox, inbox) = mpsc::channel();
    let (began, cpu_before) = (Instant::now(), cpu());
    let listening = Ears::start_with(lanes.to_vec(), 1.0, Some(load), move |heard| {
        drop(outbox.send((began.elapsed(), heard)));
    });
    let mut heard = Vec::new();
    while heard
        .iter()
        .filter(|(_, heard)| {
            matches!(
                heard,
                Heard::Lane {
                    state: LaneState::Ended,
                    ..
                }
            )
        })
        .count()
        < 3
    {
        heard.push(inbox.recv_timeout(Duration::from_secs(150)).unwrap());
    }
    let spent = cpu() - cpu_before;
    listening.stop();
    heard.extend(inbox.try_iter());
    let (mut finals, mut onsets, mut settled_changed, mut settled_all) = (vec![], vec![], 0, 0);
    for (lane, name) in TALKS.iter().enumerate() {
        let said = script(name);
        let mut text = String::new();
        let (mut caption, mut first): (String, Option<f32>) = (String::new(), None);
        for (at, heard) in &heard {
            let at = at.as_secs_f32();
            match heard {
                Heard::Partial {
                    lane: of,
                    settled,
                    tentative,
                } if *of == lane => {
                    if settled.is_empty() && tentative.is_empty() {
                        continue;
                    }
                    first = first.or(Some(at));
                    caption.clone_from(settled);
                }
                Heard::Final {
                    lane: of,
                    text: part,
                    ..
                } if *of == lane => {
                    let of = normal_words(part).len();
                    let before = normal_words(&text).len();
                    text = format!("{text} {part}");
                    // The sentences this final consists of, by counting words.
                    let (mut words, mut inside) = (0, Vec::new());
                    for one in &said {
                        let middle = words + normal_words(&one.text).len() / 2;
                        if (before..before + of).contains(&middle) {
                            inside.push(one);
                        }
                        words += normal_words(&one.text).len();
                    }
                    if let (Some(from), Some(to)) = (inside.first(), inside.last()) {
                        finals.push(at - to.to);
                        if let Some(first) = first.filter(|first| *first > from.from) {
                            onsets.push(first - from.from);
                        }
                    }
                    let (shown, now) = (normal_words(&caption), normal_words(part));
                    settled_all += shown.len();
                    settled_changed += shown.iter().zip(now.iter()).filter(|(a, b)| a != b).count();
                    settled_changed += shown.len().saturating_sub(now.len());
                    (caption, first) = (String::new(), None);
                }
                _ => {}
            }
        }
        let whole: Vec<&str> = said.iter().map(|one| one.text.as_str()).collect();
        println!(
            "  {name}: {:.1} % word error live",
            word_error(&whole.join(" "), &text)
        );
    }
    let audio: f64 = TALKS
        .iter()
        .map(|name| ears::read_wav(&talk(name), None).unwrap().0.len() as f64 / RATE as f64)
        .sum();
    println!(
        "  end of speech -> final text: p50 {:.2} s, p95 {:.2} s ({} utterances, three lanes at once)",
        percentile(&mut finals, 0.5),
        percentile(&mut finals, 0.95),
        finals.len()
    );
    println!(
        "  speech onset -> first caption: p50 {:.2} s, p95 {:.2} s ({} utterances)",
        percentile(&mut onsets, 0.5),
        percentile(&mut onsets, 0.95),
        onsets.len()
    );
    println!("  settled words changed later: {settled_changed} of {settled_all}");
    println!("  {counts}");
    println!(
        "  CPU-s per audio-s, captions included: {:.3} (recogniser {:.3}); memory {:.0} MB",
        spent / audio,
        counts.cpu_s() / audio,
        memory()
    );
}

/// What the finals cost against a sliding window (3 s step, 10 s window, whole 30 s encoder: whisper.cpp's stream example).
fn cost(model: &Model) {
    let mut recogniser = recognize::load(model, Some(1)).unwrap();
    let never = Arc::new(AtomicBool::new(false));
    let (mut ours, mut theirs, mut audio) = (0.0, 0.0, 0.0);
    for name in TALKS {
        let (samples, _) = ears::read_wav(&talk(name), None).unwrap();
        audio += samples.len() as f64 / RATE as f64;
        let before = cpu();
        ears::transcribe(&samples, &mut *recogniser, |_| true).unwrap();
        ours += cpu() - before;
        let before = cpu();
        for end in (3 * RATE..samples.len()).step_by(3 * RATE) {
            let window = &samples[end.saturating_sub(10 * RATE)..end];
            let _ = recogniser.hear(window, Effort::Careful, &never);
        }
        theirs += cpu() - before;
    }
    println!(
        "  finals: {:.3} CPU-s per audio-s; sliding window: {:.3}; ratio {:.3}",
        ours / audio,
        theirs / audio,
        ours / theirs
    );
}

/// What single decodings take.
fn pieces(model: &Model) {
    let mut recogniser = recognize::load(model, Some(1)).unwrap();
    let never = Arc::new(AtomicBool::new(false));
    let talk = ears::read_wav(&talk(TALKS[0]), None).unwrap().0;
    for (kind, effort, seconds) in [
        ("caption", Effort::Caption, 3),
        ("final", Effort::Final, 2),
        ("final", Effort::Final, 5),
        ("final", Effort::Final, 10),
        ("sliding window's step", Effort::Careful, 10),
    ] {
        let clip = &talk[5 * RATE..(5 + seconds) * RATE];
        let mut best = f64::MAX;
        let mut tokens = 0;
        for _ in 0..3 {
            // One thread does it all; the wall clock would count what else the computer does.
            let before = count::thread_ns();
            tokens = recogniser.hear(clip, effort, &never).unwrap().tokens;
            best = best.min((count::thread_ns() - before) as f64);
        }
        println!(
            "  {kind} of {seconds} s: {:.0} CPU-ms, {tokens} tokens",
            best / 1e6
        );
    }
}

/// Words made out of an hour without speech for this microphone, ten minutes of each kind, as fast as it goes.
fn noise() {
    println!("\nwords from ten minutes each without anybody in front of the microphone");
    let mut recogniser = recognize::load(&Model::Embedded(MODEL), Some(1)).unwrap();
    let clips: Vec<Vec<f32>> = TALKS.iter().flat_map(|name| sentences(name)).collect();
    let kinds: [(&str, Vec<f32>); 8] = [
        ("silence", vec![0.0; 600 * RATE]),
        (
            "pink noise at -35 dB",
            sounds::at_level(sounds::pink(600, 1), -35.0),
        ),
        (
            "hall hum at -30 dB",
            sounds::at_level(sounds::hum(600, 2), -30.0),
        ),
        (
            "music at -30 dB",
            sounds::at_level(sounds::music(600, 3), -30.0),
        ),
        ("clicks", sounds::clicks(600, 4)),
        (
            "babble of 6 at -30 dB",
            sounds::at_level(sounds::babble(&clips, 6, 600, 5), -30.0),
        ),
        (
            "babble of 8 at -25 dB",
            sounds::at_level(sounds::babble(&clips, 8, 600, 6), -25.0),
        ),
        (
            "babble of 16 at -35 dB",
            sounds::at_level(sounds::babble(&clips, 16, 600, 7), -35.0),
        ),
    ];
    let mut all = 0;
    for (name, samples) in &kinds {
        let before = cpu();
        let (mut words, mut dropped) = (0, 0);
        ears::transcribe_samples(samples, &mut *recogniser, |step| {
            match step {
                Step::Said(said) => {
                    println!("    {}", said.text);
                    words += normal_words(&said.text).len();
                }
                Step::Dropped(_) => dropped += 1,
                Step::Done(_) => {}
            }
            true
        })
        .unwrap();
        all += words;
        println!(
            "  {name}: {words} words, {dropped} dropped as noise; {:.2} % of a core",
            (cpu() - before) / 6.0
        );
    }
    println!("  all: {all} words in {} minutes", kinds.len() * 10);
}

/// Word errors of the talks in noise, and what the guard dropped of them.
fn speech_in_noise() {
    println!("\nthe three talks in noise: word error, and utterances dropped as noise");
    let mut recogniser = recognize::load(&Model::Embedded(MODEL), Some(1)).unwrap();
    let clips: Vec<Vec<f32>> = TALKS.iter().flat_map(|name| sentences(name)).collect();
    let kinds = [
        ("babble of 8", sounds::babble(&clips, 8, 60, 8)),
        ("pink noise", sounds::pink(60, 9)),
        ("hall hum", sounds::hum(60, 10)),
    ];
    for (kind, noise) in &kinds {
        for snr in [20.0, 10.0, 5.0] {
            let (mut wrong, mut all, mut dropped) = (0.0, 0, 0);
            for name in TALKS {
                let samples = ears::read_wav(&talk(name), None).unwrap().0;
                let mut text = String::new();
                let noisy = sounds::mixed(&samples, noise, snr);
                ears::transcribe_samples(&noisy, &mut *recogniser, |step| {
                    match step {
                        Step::Said(said) => text = format!("{text} {}", said.text),
                        Step::Dropped(_) => dropped += 1,
                        Step::Done(_) => {}
                    }
                    true
                })
                .unwrap();
                let whole: Vec<String> = script(name).into_iter().map(|one| one.text).collect();
                let words = normal_words(&whole.join(" ")).len();
                wrong += word_error(&whole.join(" "), &text) * words as f32;
                all += words;
            }
            println!(
                "  {kind} {snr} dB below: {:.1} %, {dropped} dropped",
                wrong / all as f32
            );
        }
    }
}

/// The sentences of a talk as clips.
fn sentences(name: &str) -> Vec<Vec<f32>> {
    let (samples, _) = ears::read_wav(&talk(name), None).unwrap();
    let at = |seconds: f32| ((seconds * RATE as f32) as usize).min(samples.len());
    let cut = |said: &Said| samples[at(said.from)..at(said.to)].to_vec();
    script(name).iter().map(cut).collect()
}
