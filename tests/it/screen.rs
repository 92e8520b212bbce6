//! Screens: one rich board at five sizes, everything that opens over it, and that no size or key ever breaks the drawing.

use boothside::app::{EarsSaid, LaneState, Message, Now, SavedSaid, update};
use boothside::screen::{Look, draw};
use boothside::theme::{Depth, Theme};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Style;

use crate::stories::Story;

pub(crate) fn look(theme: &str, depth: Depth) -> Look {
    let (theme, faults) = Theme::load(theme, &[], depth);
    assert!(faults.is_empty(), "{faults:?}");
    Look::new(theme)
}

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

/// A booth in the middle of the day: two lanes, one talking, five talks in every state.
fn rich() -> Story {
    let mut story = Story::new("meridian");
    tell(
        &mut story,
        "tag pricing demo security
        hear Desk: Hi, my name is Frank Bennett.
        hear Desk: I am the head of operations at Northwind Freight.
        hear Desk: We lose half of our leads after every event.
        hear Desk: The budget is approved, about two hundred thousand dollars for this year.
        keys h 1 f enter o enter g enter n
        type demo tue
        keys enter
        wait 40s
        hear Desk: We still use paper forms, and it takes two weeks to follow up.
        scan 4290
        keys j w
        wait 40s
        hear Desk: Are the water bottles free too?
        keys j j x
        wait 40s
        scan 999777
        wait 1s
        hear Lapel: A visitor from Blue Harbor Bank asked about the raffle.",
    );
    for lane in 0..2 {
        ears(
            &mut story,
            EarsSaid::Lane {
                lane,
                state: LaneState::Live,
            },
        );
        for level in [-52.0, -40.0, -31.0, -22.0, -18.0, -35.0] {
            let said = EarsSaid::Level {
                lane,
                rms_dbfs: level,
                clipped: false,
                speech: lane == 1,
            };
            ears(&mut story, said);
        }
    }
    let said = EarsSaid::Partial {
        lane: 1,
        settled: "and they want to".into(),
        tentative: "see it on".into(),
    };
    ears(&mut story, said);
    tell(&mut story, "wait 7s\n keys home");
    story
}

pub(crate) fn picture(story: &Story, look: &Look, (columns, rows): (u16, u16)) -> String {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a terminal");
    terminal
        .draw(|frame| draw(&story.model, look, frame))
        .expect("drawn");
    let text = terminal.backend().to_string();
    // The quotes that TestBackend puts around rows are noise, and so are blanks at the end.
    let lines: Vec<String> = text
        .lines()
        .map(|line| line.trim_matches('"').trim_end().to_owned())
        .collect();
    lines.join("\n")
}

const SIZES: [(u16, u16); 5] = [(40, 12), (80, 24), (100, 30), (160, 45), (240, 67)];

#[test]
fn the_board_at_five_sizes() {
    let (story, look) = (rich(), look("hall-dark", Depth::True));
    for size in SIZES {
        insta::assert_snapshot!(
            format!("board-{}x{}", size.0, size.1),
            picture(&story, &look, size)
        );
    }
}

#[test]
fn the_wall_masks_names_and_shows_no_talk() {
    let mut story = rich();
    tell(&mut story, "keys V");
    let look = look("wall", Depth::True);
    let wall = picture(&story, &look, (120, 36));
    insta::assert_snapshot!("wall-120x36", wall);
    let close: String = wall
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    for secret in ["Bennett", "Walker", "leads", "paper"] {
        assert!(!close.contains(secret), "the wall shows {secret}");
    }
}

/// The rows of the lanes, without the seconds that pass while keys are pressed.
fn lanes_of(picture: &str) -> Vec<String> {
    let steady = |line: &str| line.replace(|letter: char| letter.is_ascii_digit(), "");
    picture.lines().skip(2).take(4).map(steady).collect()
}

#[test]
fn what_opens_over_the_board_leaves_the_lanes_alone() {
    let cases = [
        ("account-picker", "keys f\n type blue"),
        ("owner-picker", "keys o"),
        ("tag-picker", "keys t\n type new idea"),
        ("next-step", "keys n\n type quote fri"),
        ("visitor-form", "keys e tab"),
        ("search", "keys /\n type north"),
        ("trail", "keys l"),
        ("account", "keys a"),
        ("help", "keys ?"),
        ("palette", "keys :\n type undo"),
        ("card", "keys enter up"),
    ];
    let look = look("hall-dark", Depth::True);
    for (name, lines) in cases {
        let mut story = rich();
        let lanes = lanes_of(&picture(&story, &look, (120, 36)));
        tell(&mut story, lines);
        let open = picture(&story, &look, (120, 36));
        assert_eq!(lanes, lanes_of(&open), "{name}: the lanes stay as they are");
        insta::assert_snapshot!(name, open);
    }
}

#[test]
fn trouble_is_plain_to_see() {
    let look = look("hall-dark", Depth::True);
    let mut story = rich();
    tell(
        &mut story,
        "trouble disk full; free some space, it is tried again every second\n keys w",
    );
    insta::assert_snapshot!("not-saved", picture(&story, &look, (120, 30)));
    tell(&mut story, "keys q");
    assert!(
        picture(&story, &look, (120, 30))
            .contains("q leaves and writes them to a rescue file; n stays")
    );
    let mut story = rich();
    tell(&mut story, "keys Z");
    let off = picture(&story, &look, (120, 30));
    assert_eq!(off.matches("OFF THE RECORD").count(), 2, "{off}");
    assert!(!off.contains("they want to"), "what was being said is gone");
    let mut story = rich();
    let said =
        EarsSaid::Trouble("no speech model base.en; boothside model get base.en fetches it".into());
    ears(&mut story, said);
    let failed = LaneState::Failed("no such microphone; boothside devices lists them".into());
    ears(
        &mut story,
        EarsSaid::Lane {
            lane: 0,
            state: failed,
        },
    );
    insta::assert_snapshot!("no-ears", picture(&story, &look, (120, 30)));
}

#[test]
fn an_empty_board_says_how_to_begin() {
    let story = Story::new("meridian");
    insta::assert_snapshot!(
        "empty-100x30",
        picture(&story, &look("hall-dark", Depth::True), (100, 30))
    );
}

/// The styles of the row that shows a text.
fn row_styles(story: &Story, look: &Look, text: &str) -> Vec<Style> {
    let (columns, rows) = (120, 30);
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a terminal");
    terminal
        .draw(|frame| draw(&story.model, look, frame))
        .expect("drawn");
    let buffer = terminal.backend().buffer();
    (0..rows)
        .map(|y| (0..columns).map(|x| &buffer[(x, y)]).collect::<Vec<_>>())
        .find(|row| {
            row.iter()
                .map(|cell| cell.symbol())
                .collect::<String>()
                .contains(text)
        })
        .unwrap_or_else(|| panic!("no row shows {text}"))
        .iter()
        .map(|cell| cell.style())
        .collect()
}

#[test]
fn the_focused_row_stands_out_without_any_colour() {
    let look = look("mono", Depth::None);
    let mut story = rich();
    let focused = row_styles(&story, &look, "Julian Sands").len();
    assert_eq!(focused, 120);
    let before = row_styles(&story, &look, "Peter Walker");
    tell(&mut story, "keys j");
    let mut told = false;
    for _ in 0..6 {
        told |= row_styles(&story, &look, "Peter Walker") != before;
        tell(&mut story, "keys j");
    }
    assert!(
        told,
        "the row of Peter Walker looks the same with and without focus"
    );
}

#[test]
fn ears_that_fall_behind_say_how_far() {
    let mut story = rich();
    ears(
        &mut story,
        EarsSaid::Backlog {
            pending: 3,
            behind_ms: 12_000,
        },
    );
    let board = picture(&story, &look("hall-dark", Depth::True), (160, 45));
    assert!(board.contains("3 pending, 12 s behind"), "{board}");
    update(&mut story.model, Message::Store(SavedSaid::Well));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_size_and_no_keys_break_the_drawing(
        columns in 1u16..260,
        rows in 1u16..80,
        keys in prop::collection::vec("[a-zA-Z0-9/?:+;-]|enter|esc|tab|up|down|pageup|pagedown|home|end|f1|backspace", 0..14),
    ) {
        let mut story = rich();
        for key in keys {
            let chord = key.parse().expect("a chord");
            let now = Now { ms: story.model.now.ms + 200, ..story.model.now };
            update(&mut story.model, Message::Key(chord, now));
            story.wait(200);
        }
        picture(&story, &look("hall-dark", Depth::C256), (columns, rows));
    }
}
