//! The segmenter on made-up frames: each row states the frame of every cut.

use boothside::ears::endpoint::{Cut, Frame, Segmenter};

/// A stretch of equal frames: how many, their score, their level in dB; the floor is at -60 dB.
type Stretch = (usize, f32, f32);

const QUIET: fn(usize) -> Stretch = |frames| (frames, 0.02, -60.0);
const SPEECH: fn(usize) -> Stretch = |frames| (frames, 0.95, -25.0);

/// What is expected: the kind of cut, the number of frames seen when it came, and the frames it names.
#[derive(Debug, PartialEq)]
enum Seen {
    Open(u64, u64),
    Pause(u64, u64, u64),
    Resume(u64),
    Close(u64, u64, u64),
    Cut(u64, u64, u64),
    Discard(u64),
}

fn check(case: &str, stretches: &[Stretch], expected: &[Seen]) {
    let mut segmenter = Segmenter::new();
    let mut seen = Vec::new();
    let mut note = |at: u64, cut: Option<Cut>| {
        seen.extend(cut.map(|cut| match cut {
            Cut::Open(start) => Seen::Open(at, start),
            Cut::Pause(span) => Seen::Pause(at, span.start, span.end),
            Cut::Resume => Seen::Resume(at),
            Cut::Close(span) if span.tail == 0 => Seen::Close(at, span.start, span.end),
            Cut::Close(span) => Seen::Cut(at, span.start, span.end),
            Cut::Discard => Seen::Discard(at),
        }));
    };
    for &(frames, score, level) in stretches {
        for _ in 0..frames {
            let cut = segmenter.push(Frame {
                score,
                level,
                above: level + 60.0,
            });
            note(segmenter.now(), cut);
        }
    }
    note(segmenter.now(), segmenter.finish());
    assert_eq!(seen, expected, "{case}");
}

#[test]
fn silence_and_single_clicks_open_nothing() {
    check("silence", &[QUIET(2000)], &[]);
    check("a click", &[QUIET(100), SPEECH(3), QUIET(200)], &[]);
    check(
        "far babble: voice, but no louder than the floor",
        &[QUIET(100), (300, 0.95, -56.0)],
        &[],
    );
}

#[test]
fn an_utterance_has_its_pre_roll_and_its_tail() {
    // Speech is frames 100 to 199. The fourth voiced frame opens it, 25 frames of pre-roll are kept. The smoothed score
    // falls below the bar 3 frames after the last voiced one, so the end is counted from 203.
    check(
        "one second and a half of speech",
        &[QUIET(100), SPEECH(100), QUIET(100)],
        &[
            Seen::Open(104, 75),
            Seen::Pause(218, 75, 218),
            Seen::Close(231, 75, 218),
        ],
    );
}

#[test]
fn a_pause_in_a_sentence_ends_nothing() {
    check(
        "0.4 s of pause",
        &[QUIET(100), SPEECH(60), QUIET(25), SPEECH(60), QUIET(100)],
        &[
            Seen::Open(104, 75),
            Seen::Pause(178, 75, 178),
            Seen::Resume(187),
            Seen::Pause(263, 75, 263),
            Seen::Close(276, 75, 263),
        ],
    );
}

#[test]
fn the_next_pre_roll_never_reaches_into_the_last_utterance() {
    // The first closes with its audio ending at 178; the second's onset at 200 would reach back to 175.
    check(
        "0.65 s between two utterances",
        &[QUIET(100), SPEECH(60), QUIET(40), SPEECH(60), QUIET(100)],
        &[
            Seen::Open(104, 75),
            Seen::Pause(178, 75, 178),
            Seen::Close(191, 75, 178),
            Seen::Open(204, 178),
            Seen::Pause(278, 178, 278),
            Seen::Close(291, 178, 278),
        ],
    );
}

#[test]
fn a_long_wait_before_speech_changes_nothing() {
    check(
        "half a minute of silence",
        &[QUIET(2000), SPEECH(100), QUIET(100)],
        &[
            Seen::Open(2004, 1975),
            Seen::Pause(2118, 1975, 2118),
            Seen::Close(2131, 1975, 2118),
        ],
    );
}

#[test]
fn long_talk_is_ended_by_shorter_pauses() {
    // 500 frames are 8 s: 352 ms of silence (22 frames) end it.
    check(
        "after 8 s",
        &[QUIET(100), SPEECH(500), QUIET(60)],
        &[
            Seen::Open(104, 75),
            Seen::Pause(618, 75, 618),
            Seen::Close(625, 75, 618),
        ],
    );
    // 700 frames are 11 s: 288 ms (18 frames) end it. The bar has risen, so the last voiced frame counts one earlier.
    check(
        "after 11 s",
        &[QUIET(100), SPEECH(700), QUIET(60)],
        &[
            Seen::Open(104, 75),
            Seen::Pause(817, 75, 817),
            Seen::Close(820, 75, 817),
        ],
    );
}

#[test]
fn coughs_are_discarded_unless_they_belong_to_running_talk() {
    check(
        "a cough",
        &[QUIET(100), SPEECH(7), QUIET(100)],
        &[Seen::Open(104, 75), Seen::Discard(138)],
    );
    check(
        "a short yes right after a sentence",
        &[QUIET(100), SPEECH(60), QUIET(50), SPEECH(7), QUIET(100)],
        &[
            Seen::Open(104, 75),
            Seen::Pause(178, 75, 178),
            Seen::Close(191, 75, 178),
            Seen::Open(214, 185),
            Seen::Close(248, 185, 235),
        ],
    );
}

#[test]
fn talk_without_a_pause_is_cut_at_its_weakest_moment() {
    // Opened at 75, so 8 s are over at 575. The weak moment is 10 frames from 450 on; its middle window begins at 450. Both
    // pieces have 50 frames on either side of the cut.
    let weak = (10, 0.9, -40.0);
    check(
        "a dip within the last four seconds",
        &[QUIET(100), SPEECH(350), weak, SPEECH(140), QUIET(60)],
        &[
            Seen::Open(104, 75),
            Seen::Cut(575, 75, 503),
            Seen::Pause(618, 403, 618),
            Seen::Close(631, 403, 618),
        ],
    );
    // It is waited for until what follows the dip is there, too.
    check(
        "a dip after eight seconds",
        &[QUIET(100), SPEECH(500), weak, SPEECH(140), QUIET(60)],
        &[
            Seen::Open(104, 75),
            Seen::Cut(653, 75, 650),
            Seen::Pause(768, 550, 768),
            Seen::Close(781, 550, 768),
        ],
    );
}

#[test]
fn talk_without_any_dip_is_cut_at_twenty_seconds() {
    // Afterwards the room is taken to be talking and the bar is higher, so the end is counted one frame earlier.
    check(
        "25 s without a breath",
        &[QUIET(100), SPEECH(1500), QUIET(60)],
        &[
            Seen::Open(104, 75),
            Seen::Cut(1325, 75, 1128),
            Seen::Pause(1617, 1028, 1617),
            Seen::Close(1624, 1028, 1617),
        ],
    );
}

#[test]
fn what_is_open_at_the_end_is_closed() {
    check(
        "stopped while speaking",
        &[QUIET(100), SPEECH(50)],
        &[Seen::Open(104, 75), Seen::Close(150, 75, 150)],
    );
}
