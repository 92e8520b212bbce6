//! The room test: a table of rooms and the one sentence each gets.

use boothside::ears::rehearsal::{Rehearsal, SENTENCE};
use boothside::ears::{Heard, LaneState};

/// A room: level of speech and of the room in dB, whether the input is overdriven, and what was recognised.
struct Room {
    speech: Option<f32>,
    room: f32,
    clipped: bool,
    text: &'static str,
    state: LaneState,
}

const GOOD: Room = Room {
    speech: Some(-24.0),
    room: -55.0,
    clipped: false,
    text: SENTENCE,
    state: LaneState::Live,
};

fn check(room: Room, pass: bool, sentence: &str) {
    let mut rehearsal = Rehearsal::default();
    rehearsal.hear(&Heard::Lane {
        lane: 0,
        state: room.state,
    });
    let level = |rms_dbfs, speech| Heard::Level {
        lane: 0,
        rms_dbfs,
        peak_dbfs: rms_dbfs + 10.0,
        clipped: room.clipped,
        speech,
    };
    for _ in 0..100 {
        rehearsal.hear(&level(room.room, false));
        if let Some(speech) = room.speech {
            rehearsal.hear(&level(speech, true));
        }
    }
    rehearsal.hear(&Heard::Final {
        lane: 0,
        start_ms: 0,
        end_ms: 5000,
        text: room.text.to_owned(),
        sure: Vec::new(),
        confidence: 0.9,
        waited_ms: 600,
        above_db: 20.0,
    });
    let verdict = rehearsal.verdict(SENTENCE, true);
    assert_eq!(
        (verdict.pass, verdict.sentence.as_str()),
        (pass, sentence),
        "{verdict:?}"
    );
}

#[test]
fn a_good_room_is_ready() {
    check(GOOD, true, "ready");
    let around = "Hello, one two three. We want to set up a demo next Tuesday, and talk about the price for forty users. Done?";
    check(
        Room {
            text: around,
            ..GOOD
        },
        true,
        "ready",
    );
    let nearly = "We want to set up a demo next Tuesday and talk about a price for forty user.";
    check(
        Room {
            text: nearly,
            ..GOOD
        },
        true,
        "ready",
    );
}

#[test]
fn each_fault_has_its_remedy() {
    check(
        Room {
            clipped: true,
            ..GOOD
        },
        false,
        "the input is overdriven: turn its gain down by 6 dB",
    );
    check(
        Room {
            speech: Some(-50.0),
            room: -80.0,
            ..GOOD
        },
        false,
        "speech is too quiet (-50 dB): turn the gain up or come nearer",
    );
    check(
        Room {
            room: -30.0,
            ..GOOD
        },
        false,
        "speech stands only 6 dB above the room: come nearer to the microphone",
    );
    check(
        Room {
            speech: None,
            ..GOOD
        },
        false,
        "nobody was heard: read the sentence aloud, or unmute the microphone",
    );
    check(
        Room {
            text: "We want to sit on a sofa next to Susan",
            ..GOOD
        },
        false,
        "71 % of the words came out wrong: speak nearer, or choose a larger model",
    );
    let gone = LaneState::Failed(
        "there is no microphone named \"Lapel\": `boothside devices` lists them".to_owned(),
    );
    let sentence = "there is no microphone named \"Lapel\": `boothside devices` lists them";
    check(
        Room {
            state: gone,
            ..GOOD
        },
        false,
        sentence,
    );
}

#[test]
fn silence_from_the_driver_is_no_room() {
    let verdict = Rehearsal::default().verdict(SENTENCE, true);
    assert_eq!(
        verdict.sentence,
        "nothing came in: switch the microphone on and unmute it"
    );
    assert!(!verdict.pass);
}
