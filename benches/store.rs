//! How long a deed takes to be durable, and a show of 20,000 deeds to open: `cargo bench --bench store`.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout)] // a bench prints its table and stops where it stands

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use boothside::domain::{Author, CardId, Deed, Fact, Heat, Stamp};
use boothside::store::{Opened, Saved, Store};

/// Deeds one at a time, each waited for.
const SINGLE: u64 = 2_000;

/// Deeds of a busy show.
const SHOW: u64 = 20_000;

fn main() {
    let home = tempfile::tempdir_in(".").expect("a folder on this disk");
    let (opened, reports) = open(home.path());
    let mut waits = Vec::new();
    for n in 0..SINGLE {
        let from = Instant::now();
        opened.store.append(deed(n));
        durable(&reports, 1);
        waits.push(from.elapsed());
    }
    row("a deed durable", &mut waits);
    let from = Instant::now();
    for n in SINGLE..SHOW {
        opened.store.append(deed(n));
    }
    durable(&reports, (SHOW - SINGLE) as usize);
    println!(
        "{:<28}{:>9.1?}",
        format!("{} deeds in one go", SHOW - SINGLE),
        from.elapsed()
    );
    opened.store.close().expect("closes");
    let mut opens: Vec<Duration> = (0..20).map(|_| reopen(home.path())).collect();
    row("20,000 deeds open", &mut opens);
    let mut rebuilds: Vec<Duration> = (0..5)
        .map(|_| {
            std::fs::remove_dir_all(home.path().join("sled")).expect("no sled");
            reopen(home.path())
        })
        .collect();
    row("the same, sled rebuilt", &mut rebuilds);
}

fn reopen(folder: &Path) -> Duration {
    let from = Instant::now();
    let (opened, _reports) = open(folder);
    let took = from.elapsed();
    assert_eq!(opened.deeds.len() as u64, SHOW);
    opened.store.close().expect("closes");
    took
}

fn open(folder: &Path) -> (Opened, Receiver<Saved>) {
    let (sender, reports) = channel();
    let opened = Store::open(folder, move |saved| {
        let _ = sender.send(saved);
    });
    (opened.expect("opens"), reports)
}

fn durable(reports: &Receiver<Saved>, mut count: usize) {
    while count > 0 {
        match reports
            .recv_timeout(Duration::from_secs(60))
            .expect("a report")
        {
            Saved::Durable(stamps) => count -= stamps.len(),
            Saved::Trouble { sentence, .. } => panic!("{sentence}"),
            Saved::Well => {}
        }
    }
}

fn deed(n: u64) -> Deed {
    let stamp = Stamp {
        wall_ms: 1_700_000_000_000 + n,
        count: 0,
        node: 3,
    };
    Deed {
        stamp,
        author: Author::Person("Ana".into()),
        facts: vec![Fact::Rated {
            card: CardId(stamp),
            heat: Some(Heat::Hot),
        }],
    }
}

fn row(what: &str, times: &mut [Duration]) {
    times.sort();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
    println!(
        "{what:<28}p50 {:>9.1?}  p99 {:>9.1?}  max {:>9.1?}",
        at(0.5),
        at(0.99),
        at(1.0)
    );
}
