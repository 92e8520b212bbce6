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
    guard(
        "so yes yes yes yes yes, we buy it",
        |_, _| {},
        true,
        &keep("so yes we buy it"),
    );
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

#[test]
fn a_clear_voice_without_words_is_heard_once_more() {
    let (again, unheard) = (
        Verdict::Again(Reason::Unheard),
        Verdict::Drop(Reason::Unheard),
    );
    guard("", |_, _| {}, false, &again);
    guard("", |_, _| {}, true, &unheard);
    let noise = Verdict::Drop(Reason::NoWords);
    guard("", |_, evidence| evidence.voiced_ms = 300, false, &noise);
    guard("", |_, evidence| evidence.above = 5.0, false, &noise);
    guard("", |_, evidence| evidence.score = 0.55, false, &noise);
    guard(
        "",
        |hearing, _| hearing.no_speech = Some(0.4),
        false,
        &noise,
    );
    guard(
        "",
        |hearing, _| hearing.no_speech = Some(0.9),
        false,
        &Verdict::Drop(Reason::NoSpeech),
    );
}

#[test]
fn the_halls_talk_is_no_utterance_and_a_quiet_speaker_is_one() {
    let far = |voiced: u64, log: f32, silence: f32| {
        move |hearing: &mut Hearing, evidence: &mut Evidence| {
            (evidence.above, evidence.voiced_ms, evidence.length_ms) = (5.0, voiced, voiced + 500);
            (hearing.mean_log, hearing.no_speech) = (log, Some(silence));
        }
    };
    let hall = Verdict::Drop(Reason::Background);
    // Guesses; snatches of a long stretch; a model that half believes in silence.
    guard("We talk about it.", far(3000, -0.9, 0.0), false, &hall);
    guard("What would.", far(9000, -0.4, 0.0), false, &hall);
    guard("We talk about it.", far(3000, -0.2, 0.5), false, &hall);
    // As far away, but fluent and sure: 5 dB above the babble around.
    let said = "We have forty sites and about two hundred people.";
    guard(said, far(3800, -0.6, 0.1), false, &keep(said));
    guard("Yes.", far(400, -0.3, 0.0), false, &keep("Yes."));
    // Near and sure, though slow.
    let near = |hearing: &mut Hearing, evidence: &mut Evidence| {
        (evidence.voiced_ms, evidence.length_ms, hearing.mean_log) = (6000, 9000, -0.5);
    };
    guard(
        "Well, let me think.",
        near,
        false,
        &keep("Well, let me think."),
    );
    // Near, but nothing but guesses for seconds of voice.
    let mumble = |hearing: &mut Hearing, evidence: &mut Evidence| {
        (evidence.voiced_ms, evidence.length_ms, hearing.mean_log) = (6000, 9000, -1.2);
    };
    guard("We're an insurance what.", mumble, false, &hall);
}

#[test]
fn every_reason_has_words_of_its_own() {
    let words: std::collections::BTreeSet<&str> = Reason::ALL.map(Reason::words).into();
    assert_eq!(words.len(), Reason::ALL.len());
}
