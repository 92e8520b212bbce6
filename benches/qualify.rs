//! What reading a talk costs: `cargo bench --bench qualify`. Prints medians and the slowest; asserts nothing.
//!
//! Talks of the training set, one after another, read with the show's playbook (40 accounts, 8 competitors): afresh, and
//! once more when one utterance has come, as the board does it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)] // a bench talks to its reader

use std::hint::black_box;
use std::time::{Duration, Instant};

use boothside::domain::{Day, Playbook};
use boothside::qualify::learn::Labelled;
use boothside::qualify::{Qualifier, Said, jsonl};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/dialogues");

fn main() {
    let list = std::fs::read_to_string(format!("{DATA}/playbook.toml")).expect("the playbook");
    let playbook: Playbook = toml::from_str(&list).expect("a playbook");
    let qualifier = || Qualifier::new(&playbook, Day::new(2026, 11, 22).expect("a day"));
    let talks = std::fs::read_to_string(format!("{DATA}/train/logistics-us.jsonl")).expect("talks");
    let talks: Vec<Labelled> = talks
        .lines()
        .map(|line| serde_json::from_str(line).expect("a talk"))
        .collect();
    let lines = talks.iter().flat_map(|talk| &talk.utterances);
    let said = jsonl::said(lines.map(|line| line.text.as_str()));
    // The weights are unpacked once, at the first reading.
    black_box(qualifier().read(&said[..5]));
    for length in [20, 40, 200] {
        report(&format!("a talk of {length} utterances afresh"), 20, || {
            let fresh = qualifier();
            let start = Instant::now();
            black_box(fresh.read(&said[..length]));
            start.elapsed()
        });
        grown(&qualifier(), &said, length);
    }
}

/// A talk that has just become longer by one.
fn grown(qualifier: &Qualifier, said: &[Said<'_>], length: usize) {
    black_box(qualifier.read(&said[..length]));
    let mut end = length;
    report(&format!("one more utterance at {length}"), 60, || {
        end += 1;
        let start = Instant::now();
        black_box(qualifier.read(&said[..end]));
        start.elapsed()
    });
}

fn report(what: &str, rounds: usize, mut round: impl FnMut() -> Duration) {
    let mut times: Vec<Duration> = (0..rounds).map(|_| round()).collect();
    times.sort_unstable();
    println!(
        "{what:<36} median {:>9.3?}  slowest {:>9.3?}",
        times[rounds / 2],
        times[rounds - 1]
    );
}
