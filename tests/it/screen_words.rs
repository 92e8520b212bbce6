//! What the screens say: keys as they are in force, last words, what is being typed, what will be taken back, right plurals.

use boothside::app::{EarsSaid, LaneState, Message, SavedSaid, update};
use boothside::keymap::Keymap;
use boothside::screen::{Look, draw};
use boothside::theme::{Depth, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::stories::Story;

fn tell(story: &mut Story, lines: &str) {
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Err(fault) = story.tell(line) {
            panic!("{line}: {fault}");
        }
    }
}

fn ears(story: &mut Story, said: EarsSaid) {
    let now = story.model.now;
    update(&mut story.model, Message::Ears(said, now));
}

fn partial(story: &mut Story, settled: &str, tentative: &str) {
    let said = EarsSaid::Partial {
        lane: 0,
        settled: settled.into(),
        tentative: tentative.into(),
    };
    ears(story, said);
}

fn picture(story: &Story, (columns, rows): (u16, u16)) -> String {
    let look = Look::new(Theme::load("hall-dark", &[], Depth::True).0);
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a terminal");
    terminal
        .draw(|frame| draw(&story.model, &look, frame))
        .expect("drawn");
    terminal.backend().to_string()
}

/// The default keymap with alt on every key.
fn moved() -> Keymap {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/keymaps/default.toml");
    let text = std::fs::read_to_string(folder).expect("the default keymap");
    let lines: Vec<String> = text
        .lines()
        .map(|line| match line.split_once(" = ") {
            Some((key, action)) if !["format", "name", "inherits"].contains(&key) => {
                format!("\"alt-{}\" = {action}", key.trim_matches('"'))
            }
            _ => line.replace("name = \"default\"", "name = \"moved\""),
        })
        .collect();
    let files = [("moved.toml".to_owned(), lines.join("\n"))];
    let (keymap, faults) = Keymap::load("moved", &files);
    let errors: Vec<String> = faults
        .iter()
        .map(boothside::diagnostic::Diagnostic::render)
        .filter(|fault| fault.starts_with("error"))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    keymap
}

/// A story whose keys all moved.
fn elsewhere() -> Story {
    let mut story = Story::new("meridian");
    story.model.keymap = moved();
    story
}

/// Fails where a text names a key that does nothing any more.
fn no_old_key(what: &str, text: &str) {
    const NAMED: [&str; 10] = [
        "enter",
        "esc",
        "tab",
        "backspace",
        "f1",
        "f2",
        "f5",
        "down",
        "up",
        "shift-tab",
    ];
    // Words that are the footer's own, beside the keys they stand behind.
    let own = ["down", "up", "tab"];
    for word in text.split(|letter: char| letter.is_whitespace() || ",;:()\"".contains(letter)) {
        let low = word.to_lowercase();
        let old = NAMED.contains(&low.as_str()) && !own.contains(&low.as_str());
        assert!(!old, "{what} still names the key {word}:\n{text}");
    }
}

#[test]
fn a_changed_keymap_changes_every_text() {
    let cases: [(&str, &str, &[&str]); 12] = [
        ("an empty board", "", &["press alt-+ for a card"]),
        (
            "a blank card",
            "keys alt-+",
            &[
                "scan, or alt-B its number, alt-e a name",
                "alt-o picks one",
                "alt-y notes it",
            ],
        ),
        (
            "a refused judgement",
            "keys alt-h",
            &["alt-+ opens one, alt-j picks one"],
        ),
        ("a missed key", "keys z", &["alt-? shows all keys"]),
        (
            "a closed talk",
            "keys alt-+ alt-- alt--",
            &["alt-r reopens it"],
        ),
        (
            "nobody to hand to",
            "keys alt-+ alt-G",
            &["alt-o assigns an owner first"],
        ),
        (
            "a picker",
            "keys alt-+ alt-t",
            &["alt-enter takes the marked line, alt-esc leaves"],
        ),
        (
            "a note",
            "keys alt-+ alt-i",
            &["alt-enter keeps it, alt-esc leaves it as it was"],
        ),
        (
            "a form",
            "keys alt-+ alt-e",
            &["alt-tab next field, alt-up the one before"],
        ),
        (
            "the trail",
            "keys alt-+ alt-l",
            &["alt-u takes back: card opened on Desk"],
        ),
        (
            "a filter",
            "keys alt-+ alt-/\n type nobody\n keys alt-enter",
            &["alt-backspace shows all"],
        ),
        (
            "leaving unsaved",
            "trouble disk full\n keys alt-+ alt-q",
            &["alt-q leaves and writes", "alt-n stays"],
        ),
    ];
    for (what, lines, wanted) in cases {
        let mut story = elsewhere();
        tell(&mut story, lines);
        let shown = picture(&story, (150, 40));
        for words in wanted {
            assert!(
                shown.contains(words),
                "{what} does not say `{words}`:\n{shown}"
            );
        }
        no_old_key(what, &shown);
    }
}

#[test]
fn standing_notices_and_the_coach_follow_the_keymap_too() {
    let mut story = Story::new("meridian");
    story.model.config.demo = true;
    story.model.know_faults(vec!["a role is unknown".into()]);
    assert!(picture(&story, (140, 40)).contains("f2 tells"));
    story.model.keymap = moved();
    tell(&mut story, "hear Desk: Good morning.");
    let shown = picture(&story, (140, 40));
    for words in ["alt-f2 tells", "try alt-h  calls this talk hot"] {
        assert!(shown.contains(words), "no `{words}`:\n{shown}");
    }
}

/// What no key does is told by its name, which the palette finds.
#[test]
fn what_has_no_key_is_told_by_its_name() {
    let mut story = Story::new("meridian");
    let files = [(
        "bare.toml".to_owned(),
        "format = 1\nname = \"bare\"\n[board]\nr = \"none\"\n".to_owned(),
    )];
    story.model.keymap = Keymap::load("bare", &files).0;
    tell(
        &mut story,
        "keys + - -\n expect toast : reopen-card reopens it",
    );
    tell(
        &mut story,
        "keys :\n type reopen-card\n keys enter\n expect focus live true",
    );
}

#[test]
fn the_last_words_of_a_caption_are_always_seen() {
    let mut story = Story::new("meridian");
    let long = "we have forty people on the floor every weekend and every one of them writes \
                leads on paper cards which somebody types in two weeks later if nobody lost them \
                so by the time sales calls these people have bought from whoever called first";
    partial(&mut story, long, "and that is the");
    for size in [(60, 20), (80, 24), (100, 30), (160, 45)] {
        let shown = picture(&story, size);
        assert!(shown.contains("is the"), "{size:?}:\n{shown}");
        assert!(
            shown.contains('…'),
            "{size:?}: nothing says that there is more above\n{shown}"
        );
    }
    tell(&mut story, &format!("hear Desk: {long}"));
    for size in [(60, 20), (80, 24), (100, 30)] {
        let lanes: Vec<String> = picture(&story, size)
            .lines()
            .take(8)
            .map(str::to_owned)
            .collect();
        let lanes = lanes.join("\n");
        assert!(lanes.contains("called first"), "{size:?}:\n{lanes}");
    }
}

#[test]
fn words_that_were_shown_do_not_come_and_go() {
    let mut story = Story::new("meridian");
    partial(&mut story, "we lose", "two hours a day");
    partial(&mut story, "we lose two", "hours");
    let view = &story.model.lanes[0];
    assert_eq!(
        (view.settled.as_str(), view.tentative.as_str()),
        ("we lose two", "hours a day")
    );
    partial(&mut story, "we lose two hours", "every week");
    let view = &story.model.lanes[0];
    assert_eq!(
        view.tentative, "every week",
        "another reading takes the old one's place"
    );
    partial(&mut story, "", "");
    let view = &story.model.lanes[0];
    assert_eq!((view.settled.as_str(), view.tentative.as_str()), ("", ""));
}

#[test]
fn a_failed_lane_says_its_whole_sentence() {
    let sentence = "no such microphone “Røde Wireless PRO (rear pocket)”; plug it in, or \
                    boothside devices lists those there are";
    let mut story = Story::new("meridian");
    let state = LaneState::Failed(sentence.into());
    ears(&mut story, EarsSaid::Lane { lane: 0, state });
    tell(&mut story, "wait 20s");
    for size in [(80, 24), (100, 30), (160, 45)] {
        let shown = picture(&story, size);
        let lane: String = shown
            .lines()
            .map(|line| {
                line.trim_matches('"')
                    .chars()
                    .take(usize::from(size.0) / 2 - 2)
                    .collect::<String>()
            })
            .collect::<Vec<_>>()
            .join(" ");
        let words = lane.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(sentence), "{size:?}:\n{shown}");
    }
}

#[test]
fn several_toasts_are_all_seen_or_counted() {
    let mut story = Story::new("meridian");
    for number in 1..=6 {
        let now = story.model.now;
        let remark = Message::Remark(format!("remark number {number}"), now);
        update(&mut story.model, remark);
    }
    for (size, seen) in [((100, 24), 1), ((100, 30), 2), ((160, 45), 4)] {
        let shown = picture(&story, size);
        assert_eq!(
            shown.matches("remark number").count(),
            seen,
            "{size:?}:\n{shown}"
        );
        assert!(
            shown.contains("remark number 6"),
            "the newest is always there"
        );
        let rest = format!("+{} in the trail, l", 6 - seen);
        assert!(shown.contains(&rest), "{size:?}: no `{rest}`\n{shown}");
    }
    for number in 1..=6 {
        tell(&mut story, &format!("expect trail remark number {number}"));
    }
}

/// A sentence that a row can't hold takes two.
#[test]
fn a_long_toast_is_read_whole() {
    let mut story = Story::new("meridian");
    let sentence = "the microphone at the aisle has said nothing for a quarter of an hour although \
                    its light is on; take its battery out, count to ten, and put it back";
    let now = story.model.now;
    update(&mut story.model, Message::Remark(sentence.into(), now));
    let shown = picture(&story, (100, 30)).replace('"', " ");
    let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(sentence), "{shown}");
}

#[test]
fn the_trail_says_what_would_be_taken_back_and_takes_that_back() {
    let mut story = Story::new("meridian");
    tell(
        &mut story,
        "hear Desk: Good morning, we are only looking.
        keys h i
        type call them
        keys enter l",
    );
    assert!(picture(&story, (120, 36)).contains("u takes back: note: call them"));
    tell(&mut story, "keys j");
    let shown = picture(&story, (120, 36));
    assert!(shown.contains("rated hot"), "{shown}");
    assert!(shown.contains("u takes back: the talk of"), "{shown}");
    tell(
        &mut story,
        "keys u
        expect focus heat
        expect focus notes call them
        keys end u
        expect toast taken back: card opened on Desk
        expect cards 0
        keys U
        expect cards 1",
    );
}

#[test]
fn a_tiny_window_says_what_it_needs_and_that_nothing_is_lost() {
    let mut story = Story::new("meridian");
    let state = LaneState::Live;
    ears(&mut story, EarsSaid::Lane { lane: 0, state });
    for size in [(59, 20), (60, 19), (30, 10)] {
        let shown = picture(&story, size).replace('"', " ");
        let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        let this = format!("this is {} x {}", size.0, size.1);
        for wanted in [
            "Everything is saved",
            "1 lane is still heard",
            "needs 60 x 20",
            &this,
        ] {
            assert!(
                words.contains(wanted),
                "{size:?} does not say {wanted}:\n{shown}"
            );
        }
    }
    tell(&mut story, "trouble disk full\n keys +");
    let shown = picture(&story, (40, 10)).replace('"', " ");
    let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("NOT SAVED: 1 deed waiting"), "{shown}");
    update(&mut story.model, Message::Store(SavedSaid::Well));
}

#[test]
fn counts_have_the_right_plurals() {
    let mut story = Story::new("meridian");
    tell(
        &mut story,
        "hear Desk: Hi, this is Frank Bennett of Northwind Freight.\n keys f enter",
    );
    let one = picture(&story, (160, 45));
    assert!(one.contains("1 talk ") && one.contains("1 target"), "{one}");
    assert!(
        !one.contains("1 talks") && !one.contains("1 targets"),
        "{one}"
    );
    tell(&mut story, "keys + ");
    assert!(picture(&story, (160, 45)).contains("2 talks"));
    tell(&mut story, "keys /\n type frank");
    assert!(picture(&story, (160, 45)).contains("1 talk matches"));
}

/// Wide terminals get more columns, never longer lines.
#[test]
fn a_wide_screen_shows_the_focused_card_s_own_history() {
    let mut story = Story::new("meridian");
    let long = "we have forty people on the floor every weekend and every one of them writes leads on \
                paper cards which somebody types in two weeks later if nobody lost them so by the time";
    tell(
        &mut story,
        &format!(
            "hear Lapel: Somebody else.
            hear Desk: {long}
            keys j h i
            type call on monday
            keys enter w u"
        ),
    );
    let narrow = picture(&story, (199, 50));
    assert!(!narrow.contains("what was done"), "{narrow}");
    let wide = picture(&story, (240, 67));
    for words in ["what was done", "note: call on monday", "(taken back)"] {
        assert!(wide.contains(words), "no `{words}`:\n{wide}");
    }
    assert!(!wide.contains("Lapel  Somebody"), "{wide}");
}

/// A talk that two microphones heard says which line came from which.
#[test]
fn lines_of_a_talk_on_two_lanes_name_their_lane() {
    let mut story = Story::new("meridian");
    tell(
        &mut story,
        "hear Lapel: I would like to see the scanner.
        hear Desk: Let me show you the scanner.",
    );
    let before = picture(&story, (140, 40));
    assert!(!before.contains("Desk      Let me"), "{before}");
    tell(&mut story, "keys m enter");
    let merged = picture(&story, (140, 40));
    assert!(merged.contains("Lapel     I would like"), "{merged}");
    assert!(merged.contains("Desk      Let me show"), "{merged}");
}

/// Lines that come while the trail is read push the others down; the mark stays with its own.
#[test]
fn the_mark_of_the_trail_stays_with_its_line_while_people_talk() {
    let mut story = Story::new("meridian");
    tell(
        &mut story,
        "hear Desk: Good morning, we are only looking.
        keys h
        hear Desk: Is there a brochure?
        keys l",
    );
    let offer = "u takes back: the talk of 03:00 rated hot";
    assert!(
        picture(&story, (120, 36)).contains(offer),
        "it opens on the newest own deed"
    );
    tell(&mut story, "hear Desk: And a price list?");
    assert!(picture(&story, (120, 36)).contains(offer));
    tell(
        &mut story,
        "keys u\n expect focus heat \n expect focus lines 3",
    );
}

/// Talks of the same minute in which nobody is known are told apart where one is chosen.
#[test]
fn talks_of_unknown_people_are_told_apart_in_the_picker() {
    let mut story = Story::new("meridian");
    tell(
        &mut story,
        "hear Desk: Is there a brochure?
        keys -
        hear Lapel: Where is the coffee?
        keys + m",
    );
    let shown = picture(&story, (120, 36));
    for words in [
        "03:00  Desk  1 line  “Is there a brochure?”",
        "03:00  Lapel  1 line  “Where is the coffee?”",
    ] {
        assert!(shown.contains(words), "no `{words}`:\n{shown}");
    }
}

/// While something is typed about a talk, the talk stays in sight where there is room.
#[test]
fn what_was_said_can_be_read_while_a_promise_is_typed() {
    let mut story = Story::new("meridian");
    tell(
        &mut story,
        "hear Desk: Please send the quote by Friday.\n keys n",
    );
    let shown = picture(&story, (160, 45));
    assert_eq!(
        shown.matches("quote by Friday").count(),
        3,
        "lane, row and talk:\n{shown}"
    );
}

#[test]
fn the_wall_says_who_waits_how_long_and_who_is_free() {
    let mut story = Story::new("meridian");
    tell(
        &mut story,
        "hear Desk: Hi, I am Frank Bennett from Northwind Freight.
        keys h f enter
        wait 130s
        hear Lapel: Somebody else.
        keys V",
    );
    let shown = picture(&story, (160, 45));
    for words in [
        "w a i t s",
        "w a i t s   2   m i n",
        "2 talks   1 hot   1 target   free: Ana",
    ] {
        assert!(shown.contains(words), "no `{words}`:\n{shown}");
    }
    tell(&mut story, "keys w");
    let shown = picture(&story, (160, 45));
    assert!(shown.contains("V goes back to the board"), "{shown}");
    tell(
        &mut story,
        "keys V\n expect focus heat hot\n keys g enter V\n wait 7s",
    );
    let shown = picture(&story, (160, 45));
    assert!(
        shown.contains("t h e r e   0   m i n") && shown.contains("nobody is free"),
        "{shown}"
    );
}

#[test]
fn what_is_dropped_as_noise_is_counted_in_the_trail() {
    let mut story = Story::new("meridian");
    for (lane, ms, why) in [
        (0, 3000, "no speech"),
        (1, 900, "no words"),
        (0, 4200, "no speech"),
        (0, 1, "talk in the background"),
    ] {
        ears(&mut story, EarsSaid::Dropped { lane, ms, why });
    }
    let lines: Vec<String> = boothside::app::trail_lines(&story.model)
        .into_iter()
        .map(|line| line.words)
        .filter(|words| words.contains("dropped"))
        .collect();
    let name = |lane: usize| story.model.config.lanes[lane].name.clone();
    assert_eq!(lines.len(), 2, "{lines:?}");
    let of = |lane: usize| {
        lines
            .iter()
            .find(|line| line.starts_with(&name(lane)))
            .expect("a line")
    };
    assert_eq!(
        *of(0),
        format!(
            "{}: 3 dropped as noise, 8 s (2 no speech, 1 talk in the background)",
            name(0)
        )
    );
    assert_eq!(
        *of(1),
        format!("{}: 1 dropped as noise, 1 s (1 no words)", name(1))
    );
}

/// Large letters are for names that have them; any other name is shown as it is.
#[test]
fn the_wall_writes_every_name_large_or_plainly() {
    let mut story = Story::new("meridian");
    for (company, large) in [
        ("Müller & Söhne", true),
        ("Northwind Freight", true),
        ("株式会社 山田", false),
        (
            "The Very Long Name of an Old and Honourable Company Limited",
            false,
        ),
    ] {
        tell(
            &mut story,
            &format!("keys + e tab\n type {company}\n keys enter V"),
        );
        let shown = picture(&story, (160, 45));
        let letters: String = shown
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .collect();
        let name: String = company
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .collect();
        assert_eq!(!letters.contains(&name), large, "{company}:\n{shown}");
        tell(&mut story, "keys V - x");
    }
}

/// A hundred kilobytes from the clipboard.
fn flood(story: &mut Story) {
    let now = story.model.now;
    update(&mut story.model, Message::Paste("the ".repeat(25_000), now));
}

/// A manuscript pasted into a search is no search: the board must go on.
#[test]
fn a_flood_pasted_into_a_search_or_picker_does_not_hold_up_the_board() {
    let mut story = Story::new("meridian");
    for number in 0..40 {
        tell(
            &mut story,
            &format!("keys +\n hear Desk: the talk number {number} is about the the the"),
        );
    }
    tell(&mut story, "keys /");
    flood(&mut story);
    tell(
        &mut story,
        "expect shown 40
 keys esc",
    );
    for key in ["f", "o", "t", ":", "m"] {
        tell(&mut story, &format!("keys {key}"));
        flood(&mut story);
        tell(&mut story, "keys left enter esc");
        picture(&story, (160, 45));
    }
    tell(&mut story, "keys i");
    flood(&mut story);
    tell(&mut story, "keys left");
    picture(&story, (160, 45));
    tell(
        &mut story,
        "keys enter
 keys e tab",
    );
    flood(&mut story);
    tell(&mut story, "keys enter");
    picture(&story, (160, 45));
}

/// The weather has the day before beside today, in every size that a captain has.
#[test]
fn the_weather_stands_by_hour() {
    let mut story = Story::new("meridian");
    let talk = [
        "hear Desk: Your scanner is too expensive, the price is far beyond our budget.",
        "keys p o",
        "hear Desk: We lose half of our leads after every event, it takes two weeks.",
        "keys p n",
        "hear Desk: And does it run in the cloud? Our security people will not allow that.",
        "keys p o",
        "keys -",
    ];
    for hours in [6, 2, 22, 1] {
        story.wait(hours * 3_600_000 + 1);
        tell(&mut story, &talk.join("\n"));
    }
    tell(&mut story, "keys W");
    for size in [(100, 30), (160, 45)] {
        let shown = picture(&story, size);
        for words in ["before 2026-", "today 2026-", "objection", "show"] {
            assert!(shown.contains(words), "no `{words}`:\n{shown}");
        }
        insta::assert_snapshot!(format!("weather-{}x{}", size.0, size.1), shown);
    }
}
