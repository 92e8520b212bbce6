//! Off the record on disk: struck words are in no file of the store, whatever happened around the strike.

use std::fs;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use boothside::domain::{Author, CardId, Deed, Fact, Ledger, Opened, Stamp, Utterance};
use boothside::store::{Saved, Store, read_deeds};

const MINUTE: u64 = 60_000;

fn stamp(wall_ms: u64) -> Stamp {
    Stamp {
        wall_ms,
        count: 0,
        node: 3,
    }
}

/// A sentence of two seconds on a lane; the first one opens the card.
fn said(at: u64, lane: &str, text: &str, opens: bool) -> Deed {
    let card = CardId(stamp(1_000));
    let utterance = Utterance {
        id: stamp(at),
        lane: lane.into(),
        role: boothside::domain::Role::Table,
        start_ms: at - 2_000,
        end_ms: at,
        text: text.into(),
        heard: Some(format!("{text} as heard")),
        confidence: 0.9,
        loudness: None,
    };
    let opened = opens.then(|| Fact::CardOpened {
        card,
        lane: lane.into(),
        why: Opened::Speech,
    });
    Deed {
        stamp: stamp(at),
        author: Author::Machine("ears".into()),
        facts: opened
            .into_iter()
            .chain([Fact::Heard { card, utterance }])
            .collect(),
    }
}

fn note(at: u64) -> Deed {
    Deed {
        stamp: stamp(at),
        author: Author::Machine("ears".into()),
        facts: vec![Fact::LaneStruck {
            lane: "Desk".into(),
            from_ms: at - MINUTE,
            until_ms: at,
            sentences: 1,
        }],
    }
}

/// Files below a folder that hold the words.
fn holding(folder: &Path, words: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(holding(&path, words));
        } else if fs::read(&path)
            .unwrap()
            .windows(words.len())
            .any(|window| window == words.as_bytes())
        {
            found.push(path.display().to_string());
        }
    }
    found
}

fn open(folder: &Path) -> (boothside::store::Opened, Receiver<Saved>) {
    let (sender, reports) = channel();
    let opened = Store::open(folder, move |saved| {
        let _ = sender.send(saved);
    });
    (opened.unwrap_or_else(|error| panic!("{error}")), reports)
}

fn durable(reports: &Receiver<Saved>, mut count: usize) {
    while count > 0 {
        match reports.recv_timeout(Duration::from_secs(30)) {
            Ok(Saved::Durable(stamps)) => count -= stamps.len(),
            Ok(_) => {}
            Err(error) => panic!("waited for durable deeds: {error}"),
        }
    }
}

/// A day with a harmless sentence, one that is struck, and one of another lane.
fn day() -> Vec<Deed> {
    vec![
        said(100_000, "Desk", "We met at the fair", true),
        said(200_000, "Desk", "The merger is in May", false),
        said(201_000, "Lapel", "The raffle is at four", false),
    ]
}

#[test]
fn struck_words_are_in_no_file_of_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let (opened, reports) = open(folder.path());
    for deed in day() {
        opened.store.append(deed);
    }
    durable(&reports, 3);
    // sled holds them too, or the test would prove nothing of it.
    opened.store.close().unwrap();
    let before = holding(folder.path(), "merger");
    assert!(
        before.iter().any(|path| path.contains("sled")),
        "{before:?}"
    );
    assert!(
        before.iter().any(|path| path.ends_with("journal.log")),
        "{before:?}"
    );
    // As a sled that was set aside in the morning would lie there.
    let aside = folder.path().join("sled-set-aside-2026-11-22-090000-000");
    fs::create_dir(&aside).unwrap();
    fs::copy(folder.path().join("sled/db"), aside.join("db")).unwrap();
    fs::copy(
        folder.path().join("journal.log"),
        folder
            .path()
            .join("journal-damaged-2026-11-22-090000-000.log"),
    )
    .unwrap();

    let (opened, reports) = open(folder.path());
    let mut ledger = Ledger::of(opened.deeds);
    let struck = ledger.strike("Desk", 170_000, 230_000);
    assert_eq!(struck.texts, ["The merger is in May"]);
    opened.store.append(note(230_000));
    // One that is not yet durable when the key is pressed never touches the disk at all.
    opened
        .store
        .append(said(229_000, "Desk", "Nor this", false));
    let more =
        Ledger::of([said(229_000, "Desk", "Nor this", false)]).strike("Desk", 170_000, 230_000);
    opened
        .store
        .strike(struck.deeds.into_iter().chain(more.deeds).collect());
    durable(&reports, 2);
    opened
        .store
        .append(said(231_000, "Lapel", "And so on", false));
    durable(&reports, 1);
    opened.store.close().unwrap();
    for words in ["merger", "Nor this"] {
        assert_eq!(holding(folder.path(), words), Vec::<String>::new());
    }
    for words in ["We met at the fair", "The raffle is at four", "And so on"] {
        assert!(!holding(folder.path(), words).is_empty(), "{words} is lost");
    }

    let (deeds, remarks) = read_deeds(folder.path()).unwrap();
    assert_eq!(remarks, Vec::<String>::new());
    assert_eq!(deeds.len(), 6);
    let (again, _) = open(folder.path());
    assert_eq!(again.remarks, Vec::<String>::new());
    assert_eq!(again.deeds.len(), 6);
    let ledger = Ledger::of(again.deeds);
    assert_eq!(ledger.board().strays, 0);
    // What is left of a struck sentence is its length.
    assert_eq!(ledger.board().lane("Desk").off_record_ms, 4_000);
}

/// A sudden end after the strike was noted and before the files were written anew: the next start finishes it.
#[test]
fn a_strike_that_was_cut_short_is_finished_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let (opened, reports) = open(folder.path());
    for deed in day().into_iter().chain([note(230_000)]) {
        opened.store.append(deed);
    }
    durable(&reports, 4);
    opened.store.close().unwrap();
    assert!(!holding(folder.path(), "merger").is_empty());
    fs::write(folder.path().join("journal.new"), "half a merger").unwrap();

    let (opened, _) = open(folder.path());
    let mut ledger = Ledger::of(opened.deeds);
    let left = ledger.finish_strikes();
    assert_eq!(left.len(), 1);
    opened.store.strike(left);
    opened.store.close().unwrap();
    assert_eq!(holding(folder.path(), "merger"), Vec::<String>::new());

    let (opened, _) = open(folder.path());
    assert_eq!(opened.remarks, Vec::<String>::new());
    let mut ledger = Ledger::of(opened.deeds);
    assert_eq!(ledger.finish_strikes(), Vec::<Deed>::new());
    let texts: Vec<&str> = ledger
        .board()
        .cards()
        .flat_map(|card| &card.utterances)
        .map(|said| said.text.as_str())
        .collect();
    assert_eq!(texts, ["We met at the fair", "The raffle is at four"]);
}
