//! How quick the board is: `cargo bench --bench board`. Prints percentiles; asserts nothing.
//!
//! A board of 2,000 cards with three lanes talking; a key press is measured from `update` to the last cell drawn, on a
//! terminal in memory. The fold is that of 20,000 deeds.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)] // a bench talks to its reader

use std::time::{Duration, Instant};

use boothside::accounts::Attendees;
use boothside::app::{Config, EarsSaid, Knowledge, LaneSetup, Message, Model, Now, update};
use boothside::domain::{
    Author, CardId, Clock, Command, Day, Deed, Heat, Ledger, Opened, Playbook, Role, Source,
    Utterance, Visitor, decide,
};
use boothside::follow_up::{Brand, Crowd};
use boothside::keymap::Keymap;
use boothside::screen::{Look, draw};
use boothside::theme::{Depth, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const CARDS: usize = 2_000;
const LANES: [&str; 3] = ["Desk left", "Desk right", "Aisle"];

fn main() {
    let deeds = deeds(CARDS, 10);
    println!("{CARDS} cards, {} deeds", deeds.len());
    report("fold of 20,000 deeds", 20, || {
        Ledger::of(deeds.iter().take(20_000).cloned());
    });
    let look = Look::new(Theme::load("hall-dark", &[], Depth::True).0);
    let mut model = model(&deeds);
    let mut small = Terminal::new(TestBackend::new(160, 45)).expect("a terminal");
    let mut large = Terminal::new(TestBackend::new(240, 67)).expect("a terminal");
    report("full draw at 240x67", 300, || {
        large
            .draw(|frame| draw(&model, &look, frame))
            .expect("drawn");
    });
    report("full draw at 160x45", 300, || {
        small
            .draw(|frame| draw(&model, &look, frame))
            .expect("drawn");
    });
    let mut said = 0_u64;
    report("one deed recorded to drawn board at 160x45", 1_200, || {
        said += 1;
        // Between two talks nobody speaks for a while: a talk is forty sentences, not a whole day.
        let pause = if said.is_multiple_of(40) {
            600_000
        } else {
            100
        };
        let now = Now {
            ms: model.now.ms + pause,
            ..model.now
        };
        update(&mut model, Message::Ears(sentence(said, now), now));
        small
            .draw(|frame| draw(&model, &look, frame))
            .expect("drawn");
    });
    let keys = [
        "j", "h", "1", "k", "w", "u", "j", "y", "enter", "up", "esc", "U",
    ];
    let mut at = 0;
    report("key press to drawn frame at 160x45", 1_200, || {
        talk(&mut model);
        let chord = keys[at % keys.len()].parse().expect("a chord");
        at += 1;
        let now = Now {
            ms: model.now.ms + 200,
            ..model.now
        };
        update(&mut model, Message::Key(chord, now));
        let now = Now {
            ms: model.now.ms + 60,
            ..model.now
        };
        update(&mut model, Message::Tick(now));
        small
            .draw(|frame| draw(&model, &look, frame))
            .expect("drawn");
    });
    follow_up(&mut model, &mut small, &look);
}

/// What an open follow-up costs: made anew with everybody's names, as each draw once did, and drawn with what is kept.
fn follow_up(model: &mut Model, small: &mut Terminal<TestBackend>, look: &Look) {
    report("index of everybody's names, 2,000 cards", 100, || {
        std::hint::black_box(Crowd::of(model.board()));
    });
    for key in ["d", "j"] {
        let now = Now {
            ms: model.now.ms + 400,
            ..model.now
        };
        update(model, Message::Key(key.parse().expect("a chord"), now));
    }
    report("full draw with an open follow-up at 160x45", 300, || {
        small.draw(|frame| draw(model, look, frame)).expect("drawn");
    });
}

/// Runs it so often and prints what the quickest, the middle and the slow ones took.
fn report(what: &str, times: usize, mut run: impl FnMut()) {
    let mut took: Vec<Duration> = (0..times)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    took.sort();
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    println!(
        "{what:<40} p50 {:8.3} ms  p99 {:8.3} ms  max {:8.3} ms",
        at(0.5),
        at(0.99),
        at(1.0)
    );
}

/// A sentence on one of the lanes: a deed with what it means. A talk ends after forty, as talks do.
fn sentence(number: u64, now: Now) -> EarsSaid {
    let lane = (number / 40 % LANES.len() as u64) as usize;
    EarsSaid::Final {
        lane,
        start_ms: now.ms.saturating_sub(1_600),
        end_ms: now.ms.saturating_sub(100),
        text: "right now we use another system, but the follow up is too slow".into(),
        sure: Vec::new(),
        confidence: 0.9,
        waited_ms: 100,
        loudness: Some(-24.0),
    }
}

/// Levels and captions of three lanes, as they come between two frames.
fn talk(model: &mut Model) {
    let now = model.now;
    for lane in 0..LANES.len() {
        let level = EarsSaid::Level {
            lane,
            rms_dbfs: -24.0,
            clipped: false,
            speech: true,
        };
        update(model, Message::Ears(level, now));
        let caption = EarsSaid::Partial {
            lane,
            settled: "right now we use another system but the".into(),
            tentative: "follow up is".into(),
        };
        update(model, Message::Ears(caption, now));
    }
}

fn model(deeds: &[Deed]) -> Model {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/shows/meridian/");
    let text = std::fs::read_to_string(format!("{folder}playbook.toml")).expect("a playbook");
    let playbook: Playbook = toml::from_str(&text).expect("a playbook");
    let config = Config {
        code: "MTF".into(),
        name: "Meridian Trade Fair 2026".into(),
        operator: "Ana".into(),
        lanes: LANES
            .iter()
            .map(|name| LaneSetup {
                name: (*name).into(),
                role: Role::Table,
            })
            .collect(),
        quick_tags: vec!["pricing".into(), "demo".into()],
        talk_gap_ms: 45_000,
        brand: Brand {
            show: "Meridian Trade Fair 2026".into(),
            sender: "Standlight, 1 Fair Way, Chicago".into(),
            ..Brand::default()
        },
        ..Config::default()
    };
    let today = Day::new(2026, 11, 22).expect("a day");
    let now = Now {
        ms: deeds.last().map_or(0, |deed| deed.stamp.wall_ms) + 1_000,
        offset_s: 0,
    };
    let knowledge = Knowledge::new(playbook, Attendees::default(), today);
    Model::new(
        config,
        knowledge,
        Keymap::load("default", &[]).0,
        Ledger::of(deeds.iter().cloned()),
        7,
        now,
    )
}

/// Cards of a busy show: opened, a person seated, lines heard, every third judged.
fn deeds(cards: usize, lines: usize) -> Vec<Deed> {
    let mut clock = Clock::new(7);
    let mut ledger = Ledger::default();
    let mut all = Vec::new();
    let mut now = 1_795_338_000_000;
    for number in 0..cards {
        let lane = LANES[number % LANES.len()];
        let mut wishes = vec![Command::Open {
            lane: lane.into(),
            why: Opened::Key,
        }];
        wishes.push(Command::Admit {
            card: None,
            lane: lane.into(),
            visitor: Visitor {
                name: format!("Visitor {number}"),
                company: format!("Company {}", number % 300),
                email: format!("visitor{number}@company.example"),
                source: Source::Scan,
                ..Visitor::default()
            },
            account: None,
        });
        for line in 0..lines {
            wishes.push(Command::Hear {
                utterance: said(lane, now + 2_000 * line as u64),
                gap_ms: 45_000,
            });
        }
        for wish in wishes {
            now += 2_000;
            let stamp = clock.tick(now);
            let wish = match wish {
                Command::Hear {
                    mut utterance,
                    gap_ms,
                } => {
                    utterance.id = stamp;
                    Command::Hear { utterance, gap_ms }
                }
                other => other,
            };
            let facts = decide(ledger.board(), wish, stamp).expect("decided");
            let deed = Deed {
                stamp,
                author: Author::Person("Ana".into()),
                facts,
            };
            ledger.record(deed.clone());
            all.push(deed);
        }
        if number % 3 == 0 {
            let card = ledger
                .board()
                .live_card(lane)
                .map(|card| card.id)
                .expect("a card");
            all.push(rate(&mut ledger, &mut clock, now, card));
        }
    }
    all
}

fn said(lane: &str, start_ms: u64) -> Utterance {
    Utterance {
        id: boothside::domain::Stamp::default(),
        lane: lane.into(),
        role: Role::Table,
        start_ms,
        end_ms: start_ms + 1_500,
        text: "right now we use another system, but the follow up is too slow".into(),
        heard: None,
        confidence: 0.9,
        loudness: None,
    }
}

fn rate(ledger: &mut Ledger, clock: &mut Clock, now: u64, card: CardId) -> Deed {
    let stamp = clock.tick(now);
    let facts = decide(
        ledger.board(),
        Command::Rate {
            card,
            heat: Heat::Warm,
        },
        stamp,
    )
    .expect("decided");
    let deed = Deed {
        stamp,
        author: Author::Person("Ana".into()),
        facts,
    };
    ledger.record(deed.clone());
    deed
}
