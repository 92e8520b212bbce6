//! Captions that settle, and the guard that keeps invented words away: tables of texts and evidence.

use boothside::ears::caption::Caption;
use boothside::ears::guard::{Evidence, Reason, Verdict, judge};
use boothside::ears::recognize::Hearing;

/// Plays hearings of a growing utterance; each row is what is heard and what is then shown: settled | tentative.
fn captions(rows: &[(&str, &str)]) {
    let mut caption = Caption::default();
    for (heard, shown) in rows {
        let hearing = Hearing {
            text: (*heard).to_owned(),
            ..Hearing::default()
        };
        let (settled, tentative) = caption.hear(hearing.spelt());
        assert_eq!(
            format!("{settled} | {tentative}"),
            *shown,
            "after hearing {heard:?} of {rows:?}"
        );
    }
}

#[test]
fn words_settle_when_they_were_heard_twice() {
    captions(&[
        ("We have for", " | We have"),
        ("We have forty sites", "We have | forty"),
        ("We have forty sites and about", "We have forty sites | and"),
        (
            "We have forty sites and about two",
            "We have forty sites and about | ",
        ),
    ]);
}

#[test]
fn settled_words_are_never_taken_back() {
    captions(&[
        ("my name is Frank", " | my name is"),
        ("my name is Frank", "my name is Frank | "),
        (
            "by names are France Bennett today",
            "my name is Frank | Bennett",
        ),
        (
            "my name is Frank Bennett from",
            "my name is Frank | Bennett",
        ),
        (
            "my name is Frank Bennett from Boston",
            "my name is Frank Bennett from | ",
        ),
    ]);
}

#[test]
fn case_and_punctuation_do_not_matter_for_agreement() {
    captions(&[
        ("Yes the budget", " | Yes the"),
        ("Yes, the Budget is", "Yes, the Budget | "),
    ]);
}

#[test]
fn silence_shows_nothing() {
    captions(&[("", " | "), ("Hello", " | Hello"), ("Hello", "Hello | ")]);
}

fn good() -> (Hearing, Evidence) {
    let hearing = Hearing {
        text: String::new(),
        tokens: 6,
        mean_log: -0.2,
        no_speech: Some(0.01),
        ..Hearing::default()
    };
    (
        hearing,
        Evidence {
            voiced_ms: 1800,
            length_ms: 2600,
            score: 0.9,
            above: 30.0,
        },
    )
}

fn keep(text: &str) -> Verdict {
    Verdict::Keep(text.to_owned())
}

/// What becomes of a text, given what differs from a good hearing with good evidence.
fn guard(text: &str, change: impl Fn(&mut Hearing, &mut Evidence), last: bool, expected: &Verdict) {
    let (mut hearing, mut evidence) = good();
    hearing.text = text.to_owned();
    change(&mut hearing, &mut evidence);
    assert_eq!(
        judge(&hearing, &evidence, last),
        *expected,
        "{text:?} with {hearing:?} and {evidence:?}"
    );
}

#[test]
fn what_was_said_is_kept() {
    guard(
        " We have forty sites. ",
        |_, _| {},
        false,
        &keep("We have forty sites."),
    );
    guard(" Thank you.", |_, _| {}, false, &keep("Thank you."));
    guard(
        "No no no, please don't.",
        |_, _| {},
        false,
        &keep("No no no, please don't."),
    );
    guard(
        "Hm, [pause] maybe.",
        |_, _| {},
        false,
        &keep("Hm, [pause] maybe."),
    );
    guard(
        "Yes.",
        |_, evidence| evidence.voiced_ms = 200,
        false,
        &keep("Yes."),
    );
}

#[test]
fn noise_is_dropped_with_its_reason() {
    for text in [
        "",
        "  ",
        "...",
        "[BLANK_AUDIO]",
        "(upbeat music)",
        "*laughs*",
        "♪ la la la ♪",
        "[Music] (applause)",
    ] {
        guard(text, |_, _| {}, false, &Verdict::Drop(Reason::NoWords));
    }
    let silent = Verdict::Drop(Reason::NoSpeech);
    guard(
        "I see.",
        |hearing, _| hearing.no_speech = Some(0.9),
        false,
        &silent,
    );
    guard(
        "I see.",
        |hearing, _| hearing.no_speech = Some(0.7),
        false,
        &keep("I see."),
    );
    guard(
        "I see.",
        |hearing, _| (hearing.no_speech, hearing.mean_log) = (Some(0.7), -0.8),
        false,
        &silent,
    );
    guard(
        "I see.",
        |hearing, evidence| (hearing.no_speech, evidence.voiced_ms) = (Some(0.7), 700),
        false,
        &silent,
    );
}

#[test]
fn stock_phrases_are_dropped_on_weak_evidence_only() {
    let stock = Verdict::Drop(Reason::StockPhrase);
    guard(
        "Thank you.",
        |_, evidence| evidence.voiced_ms = 300,
        false,
        &stock,
    );
    guard(
        "Thanks for watching!",
        |_, evidence| evidence.score = 0.55,
        false,
        &stock,
    );
    guard(
        "Bye-bye",
        |_, evidence| evidence.above = 7.0,
        false,
        &keep("Bye-bye"),
    );
    guard("Bye.", |_, evidence| evidence.above = 7.0, false, &stock);
    guard(
        "you",
        |hearing, _| hearing.no_speech = Some(0.4),
        false,
        &stock,
    );
    guard(
        "Thank you, Frank.",
        |_, evidence| evidence.voiced_ms = 300,
        false,
        &keep("Thank you, Frank."),
    );
}

#[test]
fn bad_hearings_are_tried_once_more() {
    guard(
        "yes yes yes yes yes",
        |_, _| {},
        false,
        &Verdict::Again(Reason::Loop),
    );
    guard("so yes yes yes yes", |_, _| {}, true, &keep("so yes"));
    let round = "we go live in we go live in we go live in we go live in";
    guard(round, |_, _| {}, false, &Verdict::Again(Reason::Loop));
    guard(round, |_, _| {}, true, &keep("we go live in"));
    guard(
        "We talk.",
        |hearing, _| hearing.capped = true,
        false,
        &Verdict::Again(Reason::Capped),
    );
    guard(
        "We talk.",
        |hearing, _| hearing.capped = true,
        true,
        &keep("We talk."),
    );
    guard(
        "We talk.",
        |hearing, _| hearing.tokens = 40,
        false,
        &Verdict::Again(Reason::TooFast),
    );
    guard(
        "We talk.",
        |hearing, _| hearing.mean_log = -1.2,
        false,
        &Verdict::Again(Reason::Poor),
    );
    guard(
        "We talk.",
        |hearing, evidence| (hearing.mean_log, evidence.voiced_ms) = (-1.2, 300),
        false,
        &keep("We talk."),
    );
}
