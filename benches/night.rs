//! What the night's export costs: 10,000 cards with 200,000 utterances to every destination, and what the keys feel of it
//! meanwhile. `cargo bench --bench night`. Prints; asserts nothing.

#![allow(clippy::expect_used, clippy::print_stdout)] // a bench talks to its reader

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use boothside::accounts::Attendees;
use boothside::app::{Config, Knowledge, LaneSetup, Message, Model, Now, update};
use boothside::domain::{
    Author, Board, CardId, Day, Deed, Fact, Heat, Ledger, Opened, Playbook, Polarity, Role, Signal,
    SignalKind, Source, Stamp, Utterance, Visitor, VisitorId,
};
use boothside::follow_up::Brand;
use boothside::handoff::{self, NightRules, NightShow, laptop_id, write_night};
use boothside::keymap::Keymap;
use boothside::screen::{Look, draw};
use boothside::theme::{Depth, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const CARDS: u64 = 10_000;
const LINES: u64 = 20;
const START: u64 = 1_795_338_000_000;

fn main() {
    let ledger = ledger();
    let playbook = playbook();
    let before = memory("VmRSS");
    println!(
        "{CARDS} cards, {} utterances; the board takes {before} MB",
        CARDS * LINES
    );
    let folder = tempfile::tempdir_in(".").expect("a folder on this disk");
    for _ in 0..3 {
        // The peak counts from here on (Linux).
        let _ = std::fs::write("/proc/self/clear_refs", "5");
        let start = Instant::now();
        let bytes = export(folder.path(), &playbook, ledger.board());
        println!(
            "export to six destinations, JSON and Parquet   {:6.2} s   {} MB of files   peak {} MB, {} MB above the board",
            start.elapsed().as_secs_f64(),
            bytes >> 20,
            memory("VmHWM"),
            memory("VmHWM").saturating_sub(before),
        );
    }
    let mut model = model(ledger, playbook.clone());
    keys("keys, nothing else going on", &mut model, None);
    keys(
        "keys while the export runs",
        &mut model,
        Some((folder.path(), &playbook)),
    );
}

/// Presses keys, a frame each, and prints how long they took; beside an export, until that is written.
fn keys(what: &str, model: &mut Model, beside: Option<(&Path, &Playbook)>) {
    let look = Look::new(Theme::load("hall-dark", &[], Depth::True).0);
    let mut screen = Terminal::new(TestBackend::new(160, 45)).expect("a terminal");
    let done = AtomicBool::new(beside.is_none());
    let mut took = Vec::new();
    std::thread::scope(|scope| {
        if let Some((dir, playbook)) = beside {
            // All that the keys' own thread does for an export: the board's cards are shared, not copied.
            let start = Instant::now();
            let board = model.board().clone();
            println!(
                "{:<46} {:8.3} ms",
                "the board handed over",
                ms(start.elapsed())
            );
            let done = &done;
            scope.spawn(move || {
                export(dir, playbook, &board);
                done.store(true, Ordering::Release);
            });
        }
        let names = [
            "j", "h", "1", "k", "w", "u", "j", "y", "enter", "up", "esc", "U",
        ];
        for name in names.iter().cycle() {
            let chord = name.parse().expect("a chord");
            let now = Now {
                ms: model.now.ms + 200,
                ..model.now
            };
            let start = Instant::now();
            update(model, Message::Key(chord, now));
            screen
                .draw(|frame| draw(model, &look, frame))
                .expect("drawn");
            took.push(start.elapsed());
            if done.load(Ordering::Acquire) && took.len() >= 200 {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    });
    took.sort();
    let at = |share: f64| ms(took[((took.len() - 1) as f64 * share) as usize]);
    println!(
        "{what:<30} {:5} keys   p50 {:7.3} ms   p99 {:7.3} ms   max {:7.3} ms",
        took.len(),
        at(0.5),
        at(0.99),
        at(1.0)
    );
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Megabytes of this process by the kernel's word for them; 0 where it has none.
fn memory(word: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(word));
    let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    number.unwrap_or(0) / 1024
}

fn export(dir: &Path, playbook: &Playbook, board: &Board) -> u64 {
    let destinations = [
        "salesforce",
        "hubspot",
        "marketo",
        "account_engagement",
        "dynamics",
        "generic",
    ]
    .map(str::to_owned);
    let show = NightShow {
        code: "MTF26",
        name: "Meridian Trade Fair 2026",
        laptop: laptop_id(7),
        campaign_id: "701000000000001",
        playbook,
        destinations: &destinations,
        zone: jiff::tz::TimeZone::UTC,
        rules: NightRules::default(),
        brand: Brand::default(),
    };
    let now = handoff::Now {
        ms: START,
        local: "2026-11-22T1830".into(),
    };
    let done = write_night(dir, &show, board, &now).expect("written");
    done.files.iter().map(|file| file.bytes).sum()
}

fn playbook() -> Playbook {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/shows/meridian/");
    let text = std::fs::read_to_string(format!("{folder}playbook.toml")).expect("a playbook");
    toml::from_str(&text).expect("a playbook")
}

fn model(ledger: Ledger, playbook: Playbook) -> Model {
    let config = Config {
        code: "MTF26".into(),
        name: "Meridian Trade Fair 2026".into(),
        lanes: vec![LaneSetup {
            name: "Desk".into(),
            role: Role::Table,
        }],
        quick_tags: vec!["pricing".into()],
        talk_gap_ms: 45_000,
        ..Config::default()
    };
    let today = Day::new(2026, 11, 22).expect("a day");
    let now = Now {
        ms: START + CARDS * 60_000,
        offset_s: 0,
    };
    let knowledge = Knowledge::new(playbook, Attendees::default(), today);
    Model::new(
        config,
        knowledge,
        Keymap::load("default", &[]).0,
        ledger,
        7,
        now,
    )
}

/// A show of cards with a person, a rating and twenty lines each, one of them a signal.
fn ledger() -> Ledger {
    let mut deeds = Vec::new();
    for number in 0..CARDS {
        let at = START + number * 60_000;
        let stamp = |count: u16| Stamp {
            wall_ms: at,
            count,
            node: 7,
        };
        let card = CardId(stamp(0));
        let mut facts = vec![
            Fact::CardOpened {
                card,
                lane: "Desk".into(),
                why: Opened::Key,
            },
            Fact::VisitorSeated {
                card,
                id: VisitorId(stamp(1)),
                visitor: Visitor {
                    name: format!("Ana Number{number}"),
                    company: format!("Company {}", number % 300),
                    email: format!("a{number}@x.example"),
                    phone: "+1 312 555 0100".into(),
                    source: Source::Scan,
                    ..Visitor::default()
                },
            },
            Fact::Rated {
                card,
                heat: [None, Some(Heat::Cold), Some(Heat::Warm), Some(Heat::Hot)]
                    [(number % 4) as usize],
            },
        ];
        for line in 0..LINES {
            facts.extend(heard(card, stamp(10 + line as u16), line));
        }
        deeds.push(Deed {
            stamp: stamp(0),
            author: Author::Person("Ana".into()),
            facts,
        });
    }
    Ledger::of(deeds)
}

fn heard(card: CardId, id: Stamp, line: u64) -> Vec<Fact> {
    let text = "and we have budget approved for this year, so we looked at the dashboard together";
    let start_ms = id.wall_ms + line * 2_500;
    let mut facts = vec![Fact::Heard {
        card,
        utterance: Utterance {
            id,
            lane: "Desk".into(),
            role: Role::Table,
            start_ms,
            end_ms: start_ms + 2_000,
            text: text.into(),
            heard: None,
            confidence: 0.9,
            loudness: None,
        },
    }];
    if line == 7 {
        facts.push(Fact::SignalSpotted {
            card,
            signal: Signal {
                kind: SignalKind::Budget,
                utterance: id,
                span: (12, 27),
                quote: "budget approved".into(),
                value: "approved".into(),
                polarity: Polarity::Positive,
                confidence: 0.9,
            },
        });
    }
    facts
}
