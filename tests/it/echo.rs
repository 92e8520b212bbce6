//! One talk heard by two microphones: a table of what is the same words and what may not be.

use boothside::domain::Louder::{New, Standing};
use boothside::domain::{Louder, Role, Stamp, Utterance, same_words};

fn said(
    lane: &str,
    loudness: Option<f32>,
    (start_ms, end_ms): (u64, u64),
    text: &str,
) -> Utterance {
    Utterance {
        id: Stamp::default(),
        lane: lane.into(),
        role: Role::Table,
        start_ms,
        end_ms,
        text: text.into(),
        heard: None,
        confidence: 0.9,
        loudness,
    }
}

#[test]
fn what_is_one_talk_and_what_is_two() {
    let sentence = "We lose two hours a day at the gate.";
    let standing = |loudness| said("Desk", loudness, (1_000, 4_000), sentence);
    // What it is about, how loud the standing one is, the new one's loudness, time and words, and the answer.
    let table: [(
        &str,
        Option<f32>,
        Option<f32>,
        (u64, u64),
        &str,
        Option<Louder>,
    ); 15] = [
        (
            "the same, louder",
            Some(10.0),
            Some(22.0),
            (1_000, 4_000),
            sentence,
            Some(New),
        ),
        (
            "the same, less loud",
            Some(22.0),
            Some(10.0),
            (1_100, 4_100),
            sentence,
            Some(Standing),
        ),
        (
            "as loud: what stands stays",
            Some(20.0),
            Some(20.5),
            (1_000, 4_000),
            sentence,
            Some(Standing),
        ),
        (
            "one word of nine came out differently",
            Some(22.0),
            Some(9.0),
            (1_000, 4_000),
            "we lose two hours a day at the date",
            Some(Standing),
        ),
        (
            "two of eight: not sure",
            Some(22.0),
            Some(9.0),
            (1_000, 4_000),
            "we use two flowers a day at the gate",
            None,
        ),
        (
            "the less loud one heard only a part",
            Some(22.0),
            Some(9.0),
            (2_000, 3_200),
            "two hours a day",
            Some(Standing),
        ),
        (
            "the louder one heard only a part: the rest would be lost",
            Some(9.0),
            Some(22.0),
            (2_000, 3_200),
            "two hours a day",
            None,
        ),
        (
            "the less loud one heard more: the rest would be lost",
            Some(22.0),
            Some(9.0),
            (1_000, 6_000),
            "We lose two hours a day at the gate. And in winter it is even worse.",
            None,
        ),
        (
            "the louder one heard more",
            Some(9.0),
            Some(22.0),
            (1_000, 6_000),
            "We lose two hours a day at the gate. And in winter it is even worse.",
            Some(New),
        ),
        (
            "the same words a moment later are said again",
            Some(22.0),
            Some(9.0),
            (3_500, 6_500),
            sentence,
            None,
        ),
        (
            "nobody measured",
            None,
            Some(9.0),
            (1_000, 4_000),
            sentence,
            None,
        ),
        ("nor here", Some(9.0), None, (1_000, 4_000), sentence, None),
        (
            "other words",
            Some(22.0),
            Some(9.0),
            (1_000, 4_000),
            "Can I have one of the t-shirts?",
            None,
        ),
        (
            "hardly a word",
            Some(22.0),
            Some(9.0),
            (1_000, 1_400),
            "gate",
            None,
        ),
        ("nothing", Some(22.0), Some(9.0), (1_000, 4_000), "", None),
    ];
    for (case, one, other, times, words, wanted) in table {
        let new = said("Lapel", other, times, words);
        assert_eq!(same_words(&standing(one), &new), wanted, "{case}");
    }
    let same_lane = said("Desk", Some(30.0), (1_000, 4_000), sentence);
    assert_eq!(same_words(&standing(Some(10.0)), &same_lane), None);
}

#[test]
fn short_words_need_proof_that_they_are_the_same() {
    let yes = |lane, loudness, times| said(lane, Some(loudness), times, "Yes, please.");
    let standing = yes("Desk", 20.0, (1_000, 1_600));
    let table = [
        ("overheard", 10.0, (1_050, 1_650), Some(Standing)),
        ("as near", 17.0, (1_050, 1_650), None),
        ("a moment later", 10.0, (1_400, 2_000), None),
    ];
    for (case, loudness, times, wanted) in table {
        let new = yes("Lapel", loudness, times);
        assert_eq!(same_words(&standing, &new), wanted, "{case}");
    }
    let no = said("Lapel", Some(10.0), (1_000, 1_600), "No, thanks.");
    assert_eq!(same_words(&standing, &no), None);
}
