//! Deeds, facts and the board: one `check(given, command, expect)` and the properties of the fold.

use boothside::domain::{
    AccountMatch, Assignment, Author, Board, CardId, Clock, Command, Day, Deed, Fact, Field, Heat,
    Ledger, Log, Opened, Polarity, Role, Signal, SignalKind, Source, Stamp, Utterance, Visitor,
    decide,
};
use proptest::prelude::*;

/// A small booth: does commands one after another, as a captain would.
struct Booth {
    ledger: Ledger,
    clock: Clock,
    now: u64,
}

impl Booth {
    fn new() -> Self {
        Self {
            ledger: Ledger::default(),
            clock: Clock::new(7),
            now: 1_000_000,
        }
    }

    fn board(&self) -> &Board {
        self.ledger.board()
    }

    /// Does it and answers the stamp; a refusal fails the test.
    fn does(&mut self, command: Command) -> Stamp {
        self.tries(command)
            .unwrap_or_else(|words| panic!("refused: {words}"))
    }

    fn tries(&mut self, command: Command) -> Result<Stamp, String> {
        let stamp = self.clock.tick(self.now);
        let facts = decide(self.board(), command, stamp).map_err(|refusal| refusal.0)?;
        if !facts.is_empty() {
            self.ledger.record(Deed {
                stamp,
                author: Author::Person("Ana".into()),
                facts,
            });
        }
        Ok(stamp)
    }

    fn hears(&mut self, lane: &str, text: &str) -> Stamp {
        let stamp = self.clock.tick(self.now);
        let utterance = said(stamp, lane, self.now, text);
        let command = Command::Hear {
            utterance,
            gap_ms: 30_000,
        };
        let facts = decide(self.board(), command, stamp).expect("speech is never refused");
        self.ledger.record(Deed {
            stamp,
            author: Author::Machine("ears".into()),
            facts,
        });
        self.now += 2_000;
        stamp
    }

    fn only_card(&self) -> CardId {
        assert_eq!(self.board().len(), 1, "one card is expected");
        self.board().cards().next().expect("one card").id
    }
}

fn said(id: Stamp, lane: &str, start_ms: u64, text: &str) -> Utterance {
    Utterance {
        id,
        lane: lane.into(),
        role: Role::Table,
        start_ms,
        end_ms: start_ms + 1_500,
        text: text.into(),
        heard: None,
        confidence: 0.9,
        loudness: None,
    }
}

fn signal(kind: SignalKind, utterance: Stamp, value: &str) -> Signal {
    Signal {
        kind,
        utterance,
        span: (0, 4),
        quote: "some".into(),
        value: value.into(),
        polarity: Polarity::Positive,
        confidence: 0.8,
    }
}

fn reading(card: CardId, signals: Vec<Signal>) -> Command {
    Command::Understand {
        card,
        signals,
        mention: None,
        introduced: None,
        rating: None,
    }
}

fn badge(name: &str, company: &str) -> Visitor {
    Visitor {
        badge_id: format!("id-{name}"),
        name: name.into(),
        company: company.into(),
        source: Source::Scan,
        ..Visitor::default()
    }
}

fn northwind() -> AccountMatch {
    AccountMatch {
        key: "Northwind Freight".into(),
        name: "Northwind Freight".into(),
        why: "domain".into(),
        score: 1.0,
    }
}

fn admit(card: Option<CardId>, visitor: Visitor, account: Option<AccountMatch>) -> Command {
    Command::Admit {
        card,
        lane: "Desk".into(),
        visitor,
        account,
    }
}

#[test]
fn speech_after_a_silence_opens_a_card_and_closes_the_one_before() {
    let mut booth = Booth::new();
    booth.hears("Desk", "Hello there");
    booth.hears("Desk", "Hi");
    assert_eq!(booth.board().len(), 1, "the same talk goes on");
    booth.now += 60_000;
    booth.hears("Desk", "Good morning");
    let cards: Vec<_> = booth.board().cards().collect();
    assert_eq!(cards.len(), 2);
    assert_eq!(cards[0].closed_ms, Some(cards[0].last_heard_ms()));
    assert!(cards[1].is_live());
}

#[test]
fn two_lanes_have_two_talks() {
    let mut booth = Booth::new();
    booth.hears("Desk", "Hello");
    booth.hears("Table", "Hi");
    booth.hears("Desk", "How are you");
    let lines: Vec<usize> = booth
        .board()
        .cards()
        .map(|card| card.utterances.len())
        .collect();
    assert_eq!(lines, [2, 1]);
}

#[test]
fn a_badge_sits_down_at_the_live_card_and_flags_its_account() {
    let mut booth = Booth::new();
    booth.hears("Desk", "Hello");
    booth.does(admit(
        None,
        badge("Frank Bennett", "Northwind Freight"),
        Some(northwind()),
    ));
    let card = booth.board().card(booth.only_card()).expect("card");
    assert_eq!(
        card.person().map(|visitor| visitor.name.as_str()),
        Some("Frank Bennett")
    );
    assert_eq!(
        card.account.as_ref().map(|account| account.why.as_str()),
        Some("domain")
    );
}

#[test]
fn a_badge_without_a_talk_opens_a_card_and_one_undo_takes_it_back_whole() {
    let mut booth = Booth::new();
    let target = booth.does(admit(
        None,
        badge("Frank Bennett", "Northwind Freight"),
        Some(northwind()),
    ));
    assert_eq!(booth.board().len(), 1);
    booth.does(Command::Retract { target });
    assert!(booth.board().is_empty());
}

#[test]
fn who_said_their_name_and_then_shows_a_badge_is_one_person() {
    let mut booth = Booth::new();
    booth.hears("Desk", "I am Frank");
    let card = booth.only_card();
    let by_voice = Visitor {
        name: "Frank".into(),
        ..Visitor::default()
    };
    booth.does(Command::Understand {
        card,
        signals: Vec::new(),
        mention: None,
        introduced: Some(by_voice),
        rating: None,
    });
    booth.does(admit(None, badge("Frank Bennett", ""), None));
    booth.does(admit(None, badge("Helen Brooks", ""), None));
    let card = booth.board().card(card).expect("card");
    let names: Vec<&str> = card.visitors.iter().map(|(_, v)| v.name.as_str()).collect();
    assert_eq!(names, ["Frank Bennett", "Helen Brooks"]);
}

#[test]
fn the_same_judgement_twice_takes_it_back() {
    let mut booth = Booth::new();
    booth.hears("Desk", "Hello");
    let card = booth.only_card();
    booth.does(Command::Rate {
        card,
        heat: Heat::Hot,
    });
    assert_eq!(
        booth.board().card(card).and_then(|card| card.heat),
        Some(Heat::Hot)
    );
    booth.does(Command::Rate {
        card,
        heat: Heat::Hot,
    });
    assert_eq!(booth.board().card(card).and_then(|card| card.heat), None);
}

#[test]
fn a_split_moves_lines_and_their_signals_and_speech_goes_on_in_the_new_card() {
    let mut booth = Booth::new();
    let first = booth.hears("Desk", "We lose leads");
    let second = booth.hears("Desk", "Hello, I am new");
    let card = booth.only_card();
    booth.does(reading(
        card,
        vec![
            signal(SignalKind::Need, first, "leads lost"),
            signal(SignalKind::OptIn, second, "yes"),
        ],
    ));
    let refusal = booth.tries(Command::Split {
        card,
        from: first,
        why: None,
        account: None,
    });
    assert!(refusal.is_err_and(|words| words.contains("first line")));
    let into = CardId(booth.does(Command::Split {
        card,
        from: second,
        why: None,
        account: None,
    }));
    booth.hears("Desk", "What do you do?");
    let board = booth.board();
    let (old, new) = (
        board.card(card).expect("old"),
        board.card(into).expect("new"),
    );
    assert_eq!((old.utterances.len(), new.utterances.len()), (1, 2));
    assert_eq!((old.signals.len(), new.signals.len()), (1, 1));
    assert!(!old.is_live() && new.is_live());
}

#[test]
fn words_survive_the_undo_of_the_card_they_were_heard_on() {
    let mut booth = Booth::new();
    let target = booth.does(Command::Open {
        lane: "Desk".into(),
        why: Opened::Key,
    });
    booth.hears("Desk", "We have forty sites");
    booth.does(Command::Retract { target });
    let texts: Vec<&str> = booth
        .board()
        .cards()
        .flat_map(|card| card.utterances.iter().map(|said| said.text.as_str()))
        .collect();
    assert_eq!(texts, ["We have forty sites"]);
    assert_eq!(booth.board().strays, 0);
}

#[test]
fn merged_cards_are_one_and_later_deeds_find_it() {
    let mut booth = Booth::new();
    booth.hears("Desk", "Hello");
    booth.hears("Table", "Hi");
    let ids: Vec<CardId> = booth.board().cards().map(|card| card.id).collect();
    let target = booth.does(Command::Merge {
        card: ids[0],
        from: ids[1],
    });
    booth.does(Command::Note {
        card: ids[1],
        text: "asked for a quote".into(),
    });
    booth.hears("Table", "More words");
    let card = booth.board().card(ids[1]).expect("the card it went into");
    assert_eq!(
        (card.id, card.utterances.len(), card.notes.len()),
        (ids[0], 3, 1)
    );
    assert!(
        booth
            .tries(Command::Merge {
                card: ids[0],
                from: ids[1]
            })
            .is_err()
    );
    booth.does(Command::Retract { target });
    assert_eq!(booth.board().len(), 2);
}

#[test]
fn a_struck_signal_stays_away_and_a_changed_one_replaces_itself() {
    let mut booth = Booth::new();
    let line = booth.hears("Desk", "In January, no, in February");
    let card = booth.only_card();
    booth.does(reading(
        card,
        vec![signal(SignalKind::Timeline, line, "2027-01")],
    ));
    booth.does(reading(
        card,
        vec![
            signal(SignalKind::Timeline, line, "2027-02"),
            signal(SignalKind::Need, line, "speed"),
        ],
    ));
    let values = |booth: &Booth| -> Vec<String> {
        let card = booth.board().card(card).expect("card");
        card.signals
            .iter()
            .map(|signal| signal.value.clone())
            .collect()
    };
    assert_eq!(values(&booth), ["speed", "2027-02"]);
    booth.does(Command::Strike {
        card,
        kind: SignalKind::Need,
        utterance: line,
    });
    booth.does(reading(
        card,
        vec![
            signal(SignalKind::Timeline, line, "2027-02"),
            signal(SignalKind::Need, line, "speed"),
        ],
    ));
    assert_eq!(values(&booth), ["2027-02"]);
    booth.does(reading(card, Vec::new()));
    assert!(
        values(&booth).is_empty(),
        "what no longer holds is withdrawn"
    );
}

#[test]
fn undo_walks_back_and_redo_comes_forward() {
    let mut booth = Booth::new();
    booth.hears("Desk", "Hello");
    let card = booth.only_card();
    booth.does(Command::Tag {
        card,
        tag: "pricing".into(),
    });
    booth.does(Command::Rate {
        card,
        heat: Heat::Warm,
    });
    let state = |booth: &Booth| {
        let card = booth.board().card(card).expect("card");
        (card.tags.len(), card.heat)
    };
    for expected in [(1, None), (0, None)] {
        let target = booth
            .ledger
            .log()
            .undoable(7)
            .expect("something to undo")
            .stamp;
        booth.does(Command::Retract { target });
        assert_eq!(state(&booth), expected);
    }
    for expected in [(1, None), (1, Some(Heat::Warm))] {
        let target = booth
            .ledger
            .log()
            .redoable(7)
            .expect("something to redo")
            .stamp;
        booth.does(Command::Retract { target });
        assert_eq!(state(&booth), expected);
    }
    assert!(booth.ledger.log().redoable(7).is_none());
    // After a redo, undo takes the newest deed back again.
    let target = booth
        .ledger
        .log()
        .undoable(7)
        .expect("something to undo")
        .stamp;
    booth.does(Command::Retract { target });
    assert_eq!(state(&booth), (1, None));
}

#[test]
fn a_new_deed_ends_what_redo_could_bring_back() {
    let mut booth = Booth::new();
    booth.hears("Desk", "Hello");
    let card = booth.only_card();
    let target = booth.does(Command::Rate {
        card,
        heat: Heat::Hot,
    });
    booth.does(Command::Retract { target });
    booth.does(Command::Tag {
        card,
        tag: "demo".into(),
    });
    assert!(booth.ledger.log().redoable(7).is_none());
}

#[test]
fn refusals_say_the_way_out() {
    let mut booth = Booth::new();
    booth.hears("Desk", "Hello");
    let card = booth.only_card();
    let nowhere = CardId(Stamp {
        wall_ms: 5,
        count: 0,
        node: 9,
    });
    let cases = [
        (
            Command::Rate {
                card: nowhere,
                heat: Heat::Hot,
            },
            "{next-card} or {previous-card}",
        ),
        (Command::Reopen { card }, "still open"),
        (Command::HandOver { card }, "{assign-owner} assigns"),
        (
            Command::Flag {
                card,
                account: None,
            },
            "{flag-account} picks",
        ),
        (
            Command::Note {
                card,
                text: "  ".into(),
            },
            "type a line",
        ),
        (
            Command::Tag {
                card,
                tag: String::new(),
            },
            "type one",
        ),
    ];
    for (command, way_out) in cases {
        let words = booth.tries(command.clone()).expect_err("should be refused");
        assert!(words.contains(way_out), "{command:?}: {words}");
    }
}

#[test]
fn a_clock_that_jumps_back_never_reorders() {
    let mut clock = Clock::new(1);
    let mut last = clock.tick(1_000);
    for now in [1_000, 900, 0, 1_001, 500] {
        let next = clock.tick(now);
        assert!(next > last, "{next:?} after {last:?}");
        last = next;
    }
    clock.witness(Stamp {
        wall_ms: 9_000,
        count: 3,
        node: 2,
    });
    assert!(
        clock.tick(10)
            > Stamp {
                wall_ms: 9_000,
                count: 3,
                node: u64::MAX
            }
    );
}

#[test]
fn days_know_their_weekdays_and_months() {
    let day: Day = "2026-11-22".parse().expect("a date");
    assert_eq!(day.weekday(), 6, "a Sunday");
    assert_eq!(day.next(6).to_string(), "2026-11-29");
    assert_eq!(day.next(1).to_string(), "2026-11-24");
    assert_eq!(day.plus(100).to_string(), "2027-03-02");
    for wrong in ["2026-02-29", "2026-13-01", "22.11.2026", ""] {
        assert!(wrong.parse::<Day>().is_err(), "{wrong}");
    }
}

fn any_fact() -> impl Strategy<Value = Fact> {
    let card = (0u64..6).prop_map(|n| {
        CardId(Stamp {
            wall_ms: 100 + n,
            count: 0,
            node: 1,
        })
    });
    let stamp = (0u64..40).prop_map(|n| Stamp {
        wall_ms: 100 + n,
        count: 0,
        node: 1,
    });
    (card.clone(), card, stamp, 0u8..14).prop_map(|(card, other, stamp, which)| match which {
        0 => Fact::CardOpened {
            card,
            lane: "Desk".into(),
            why: Opened::Key,
        },
        1 => Fact::CardClosed {
            card,
            why: boothside::domain::Closed::Silence,
        },
        2 => Fact::CardReopened { card, lane: None },
        3 => Fact::CardSplit {
            card,
            into: other,
            from: stamp,
            why: None,
        },
        4 => Fact::CardsMerged { card, from: other },
        5 | 6 => Fact::Heard {
            card,
            utterance: said(stamp, "Desk", stamp.wall_ms, "words"),
        },
        7 => Fact::Rated {
            card,
            heat: Some(Heat::Hot),
        },
        8 => Fact::Tagged {
            card,
            tag: "tag".into(),
        },
        9 => Fact::OwnerAssigned {
            card,
            owner: Assignment {
                owner: "Marta".into(),
                rule: "hand".into(),
            },
        },
        10 => Fact::VisitorCorrected {
            card,
            id: boothside::domain::VisitorId(stamp),
            field: Field::Name,
            value: "Frank".into(),
        },
        11 => Fact::SignalSpotted {
            card,
            signal: signal(SignalKind::Need, stamp, "speed"),
        },
        12 => Fact::Unknown("{}".into()),
        _ => Fact::Retracted { target: stamp },
    })
}

fn any_deeds() -> impl Strategy<Value = Vec<Deed>> {
    prop::collection::vec((0u64..60, any_fact()), 1..60).prop_map(|parts| {
        parts
            .into_iter()
            .map(|(wall, fact)| Deed {
                stamp: Stamp {
                    wall_ms: 100 + wall,
                    count: 0,
                    node: 1,
                },
                author: Author::Person("Ana".into()),
                facts: vec![fact],
            })
            .collect::<Vec<_>>()
    })
}

proptest! {
    #[test]
    fn any_order_and_any_repetition_fold_to_the_same_board(deeds in any_deeds(), seed in any::<u64>()) {
        // One deed a stamp: two laptops never share a node.
        let mut unique = deeds;
        unique.sort_by_key(|deed| deed.stamp);
        unique.dedup_by_key(|deed| deed.stamp);
        let straight = Ledger::of(unique.clone());
        let mut shuffled = unique.clone();
        shuffled.extend(unique.iter().take(unique.len() / 2).cloned());
        let mut state = seed;
        for i in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(i, (state >> 33) as usize % (i + 1));
        }
        let mut one_by_one = Ledger::default();
        for deed in shuffled {
            one_by_one.record(deed);
        }
        prop_assert_eq!(straight.board(), one_by_one.board());
    }

    #[test]
    fn a_retraction_and_its_retraction_leave_the_board_as_it_was(deeds in any_deeds(), pick in any::<prop::sample::Index>()) {
        let mut log = Log::default();
        for deed in &deeds {
            log.insert(deed.clone());
        }
        let before = Board::fold(&log);
        let target = deeds[pick.index(deeds.len())].stamp;
        let retract = |wall_ms, target| Deed {
            stamp: Stamp { wall_ms, count: 0, node: 1 },
            author: Author::Person("Ana".into()),
            facts: vec![Fact::Retracted { target }],
        };
        let undo = retract(1_000, target);
        let redo = retract(1_001, undo.stamp);
        log.insert(undo);
        log.insert(redo);
        prop_assert_eq!(before, Board::fold(&log));
    }

    #[test]
    fn stamps_sort_like_their_bytes_and_their_text(a in any::<(u32, u16, u64)>(), b in any::<(u32, u16, u64)>()) {
        let stamp = |(wall, count, node): (u32, u16, u64)| Stamp { wall_ms: u64::from(wall), count, node };
        let (a, b) = (stamp(a), stamp(b));
        prop_assert_eq!(a.cmp(&b), a.to_bytes().cmp(&b.to_bytes()));
        prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
        prop_assert_eq!(a.to_string().parse::<Stamp>(), Ok(a));
        prop_assert_eq!(Stamp::from_bytes(a.to_bytes()), a);
    }

    #[test]
    fn days_and_their_numbers_are_inverse(number in -700_000i64..2_900_000) {
        let day = Day::from_number(number);
        prop_assert_eq!(day.number(), number);
        prop_assert_eq!(Day::new(day.year, day.month, day.day), Some(day));
    }
}

#[test]
fn taking_back_the_new_and_the_old_gives_the_board_of_a_whole_fold() {
    let mut booth = Booth::new();
    let mut stamps = Vec::new();
    for number in 0..900_u64 {
        let card = CardId(booth.does(Command::Open {
            lane: "Desk".into(),
            why: Opened::Key,
        }));
        stamps.push(booth.does(Command::Tag {
            card,
            tag: format!("tag {}", number % 7),
        }));
        booth.now += 1_000;
    }
    // Recent, then older than any checkpoint, then back again in another order.
    for at in [899, 898, 640, 3, 500] {
        booth.does(Command::Retract { target: stamps[at] });
        let whole = Ledger::of(booth.ledger.log().iter().cloned());
        assert_eq!(booth.board(), whole.board(), "after taking back {at}");
    }
    for _ in 0..5 {
        let target = booth
            .ledger
            .log()
            .redoable(7)
            .expect("something to redo")
            .stamp;
        booth.does(Command::Retract { target });
        let whole = Ledger::of(booth.ledger.log().iter().cloned());
        assert_eq!(booth.board(), whole.board(), "after bringing {target} back");
    }
    let tagged = booth
        .board()
        .cards()
        .filter(|card| !card.tags.is_empty())
        .count();
    assert_eq!(tagged, 900);
}

#[test]
fn a_signal_is_told_in_booth_words() {
    let cases = [
        (SignalKind::Authority, "decision_maker", "decides"),
        (SignalKind::Authority, "none", "has no say"),
        (
            SignalKind::Budget,
            "300000-350000 USD",
            "300,000-350,000 USD",
        ),
        (
            SignalKind::Budget,
            "3800 USD per month",
            "3,800 USD per month",
        ),
        (SignalKind::Budget, "900 EUR", "900 EUR"),
        (SignalKind::Budget, "45000 per year", "45,000 per year"),
        (SignalKind::Budget, "unallocated", "nothing set aside yet"),
        (SignalKind::Timeline, "2027-Q2", "Q2 2027"),
        (SignalKind::Timeline, "2027-H1", "first half of 2027"),
        (SignalKind::Timeline, "2027-03", "March 2027"),
        (SignalKind::Timeline, "2027-13", "2027-13"),
        (SignalKind::Timeline, "2027", "2027"),
        (SignalKind::Timeline, "next fiscal year", "next fiscal year"),
        (SignalKind::Competitor, "Yardwork 3000", "Yardwork 3000"),
        (SignalKind::Need, "none", "no problem"),
        (SignalKind::CurrentSolution, "none", "none"),
    ];
    for (kind, value, words) in cases {
        let signal = Signal {
            kind,
            value: value.to_owned(),
            utterance: Stamp::default(),
            span: (0, 0),
            quote: String::new(),
            polarity: Polarity::Positive,
            confidence: 1.0,
        };
        assert_eq!(signal.words(), words, "{kind} {value}");
    }
}
