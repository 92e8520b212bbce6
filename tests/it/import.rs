//! `transcribe --into`: recordings become cards of a show, like live talk.

use std::ffi::OsString;
use std::path::Path;

use boothside::cli::{self, Streams};
use boothside::domain::{Board, Ledger};
use boothside::show;
use boothside::store::read_deeds;

const HOT: &str = "assets/demo/talks/hot_lead_northwind.wav";
const SWAG: &str = "assets/demo/talks/swag_hunter.wav";
/// 2026-11-22 09:05 at the show, six hours behind UTC, in ms since 1970.
const NINE: u64 = 1_795_359_900_000;

/// Runs `transcribe` with the demo model; its status and what went to standard error.
fn transcribe(args: &[&str]) -> (u8, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let fixed = ["boothside", "transcribe", "--model", "demo"];
    let args = fixed.iter().chain(args).map(OsString::from);
    let mut streams = Streams {
        input: &mut std::io::empty(),
        out: &mut out,
        err: &mut err,
        watched: false,
    };
    let status = cli::run(args, &mut streams);
    (status, String::from_utf8(err).unwrap())
}

fn board(dir: &Path) -> Board {
    let (deeds, remarks) = read_deeds(&dir.join("store")).unwrap();
    assert_eq!(remarks, Vec::<String>::new());
    Ledger::of(deeds).board().clone()
}

/// A show with the demo's accounts, in the past of whoever runs this test.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    show::init(folder.path()).unwrap();
    for file in ["playbook.toml", "attendees.csv"] {
        std::fs::copy(format!("assets/demo/{file}"), folder.path().join(file)).unwrap();
    }
    let file = folder.path().join("show.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let text = text.replace(
        "# time_zone = \"America/Chicago\"",
        "time_zone = \"America/Chicago\"",
    );
    std::fs::write(file, text).unwrap();
    folder
}

#[test]
fn recordings_become_cards_with_their_times_signals_and_accounts() {
    let folder = folder();
    let dir = folder.path().to_str().unwrap();
    let (status, told) = transcribe(&[HOT, SWAG, "--into", dir, "--at", "2025-11-22T09:05"]);
    assert_eq!(status, 0, "{told}");
    assert!(
        told.contains("2 cards with") && told.contains("from 09:05"),
        "{told}"
    );
    let nine = NINE - 365 * 86_400_000;
    let board = board(folder.path());
    let cards: Vec<_> = board.cards().collect();
    // The gap between the talks is shorter than the show's: what ends one is the end of its recording.
    assert_eq!(cards.len(), 2);
    let (hot, swag) = (cards[0], cards[1]);
    assert_eq!(hot.person().unwrap().name, "Frank Bennett");
    assert_eq!(hot.company(), Some("Northwind Freight"));
    assert!(hot.suggested.is_some() || hot.account.is_some());
    assert!(hot.signals.len() > 3, "{:?}", hot.signals);
    assert!(hot.proposed.is_some());
    for card in [hot, swag] {
        assert!(!card.is_live() && card.lane == "Recording");
        let (first, last) = (card.opened_ms, card.closed_ms.unwrap());
        assert!(
            nine <= first && first < last && last < nine + 5 * 60_000,
            "{first} {last}"
        );
    }
    assert!(swag.utterances.len() > 10);
    assert_eq!(board.strays, 0);

    // The same again would double every word.
    let (status, told) = transcribe(&[SWAG, "--into", dir, "--at", "2025-11-22T09:06"]);
    assert_eq!(status, 1);
    assert!(
        told.contains("has talk of 09:0") && told.contains("another --at or --lane"),
        "{told}"
    );
    let (status, told) = transcribe(&[
        SWAG,
        "--into",
        dir,
        "--at",
        "2025-11-22T09:05",
        "--lane",
        "Booth",
    ]);
    assert_eq!(status, 0, "{told}");
    assert_eq!(self::board(folder.path()).len(), 3);
}

#[test]
fn what_can_not_be_taken_in_is_told_at_once() {
    let folder = folder();
    let dir = folder.path().to_str().unwrap();
    let empty = tempfile::tempdir().unwrap();
    let cases: [(&[&str], u8, &str); 5] = [
        (&["--into", dir, "--at", "soon"], 1, "write 14:05 for today"),
        (
            &["--into", dir, "--at", "2999-01-01T00:00"],
            1,
            "still to come",
        ),
        (
            &["--into", empty.path().to_str().unwrap(), "--at", "00:00"],
            1,
            "show.toml",
        ),
        (&["--into", dir], 2, "--at"),
        (&["--at", "14:05"], 2, "--into"),
    ];
    for (args, status, words) in cases {
        let args: Vec<&str> = [SWAG].iter().chain(args).copied().collect();
        let (ran, told) = transcribe(&args);
        assert!(
            ran == status && told.contains(words),
            "{args:?}: {ran} {told}"
        );
    }
}
