//! Names of the show put right where the recogniser guessed, and one key that gives the words back.

use boothside::accounts::Names;
use boothside::app::{EarsSaid, Message, update};
use boothside::domain::{Account, Company, Competitor, Playbook};

use crate::stories::Story;

fn names() -> Names {
    let competitor = |name: &str| Competitor {
        name: name.into(),
        aliases: if name == "Zenbase" {
            vec!["send base".into()]
        } else {
            Vec::new()
        },
        ..Competitor::default()
    };
    let account = |name: &str| Account {
        name: name.into(),
        ..Account::default()
    };
    Names::new(&Playbook {
        company: Company {
            name: "Standlight".into(),
            ..Company::default()
        },
        competitors: ["Zenbase", "LeadPilot", "Boothly"].map(competitor).into(),
        accounts: [
            "Brackwater Freight",
            "Quillmart",
            "Yardwerk",
            "First Union",
            "Ace",
        ]
        .map(account)
        .into(),
        ..Playbook::default()
    })
}

/// What becomes of a line; words in brackets were guesses of the recogniser.
fn check(heard: &str, expected: &str) {
    let sure: Vec<f32> = heard
        .split_whitespace()
        .scan(false, |guess, word| {
            *guess |= word.starts_with('[');
            let this = *guess;
            *guess &= !word.contains(']');
            Some(if this { 0.4 } else { 0.95 })
        })
        .collect();
    let text = heard.replace(['[', ']'], "");
    let right = names().respell(&text, &sure);
    assert_eq!(right.as_deref().unwrap_or(&text), expected, "{heard:?}");
}

#[test]
fn guesses_that_sound_like_a_name_are_that_name() {
    check("We use [send base] today.", "We use Zenbase today.");
    check("We work at [Yard werk].", "We work at Yardwerk.");
    check(
        "I am from [Brack water frate], in Ohio.",
        "I am from Brackwater Freight, in Ohio.",
    );
    check("That is [Quilmard's] booth.", "That is Quillmart's booth.");
    check(
        "[Lead pilot] is too slow, and [bootly] is dear.",
        "LeadPilot is too slow, and Boothly is dear.",
    );
}

#[test]
fn what_was_heard_surely_is_left_alone() {
    for heard in [
        "We use send base today.",
        "The base is [new].",
        "We [stand] right here.",
        "We have [forty] sites and about [two hundred] people.",
        "Quillmart is [interesting].",
        "We use [Zenbase] today.",
        // An ordinary name and a short one are no evidence.
        "It was our [first union] meeting.",
        "That is an [ase].",
        // Not across the end of a sentence.
        "They will [send. Base] prices are fine.",
        "",
    ] {
        check(heard, &heard.replace(['[', ']'], ""));
    }
    // Nothing is known of how sure the words are.
    assert_eq!(names().respell("We use send base today.", &[]), None);
}

#[test]
fn the_words_as_heard_stay_visible_and_come_back_with_one_key() {
    let mut story = Story::new("meridian");
    let now = story.model.now;
    let said = EarsSaid::Final {
        lane: 0,
        start_ms: now.ms - 2000,
        end_ms: now.ms - 200,
        text: "Right now we use send base.".into(),
        sure: vec![0.9, 0.9, 0.9, 0.9, 0.4, 0.5],
        confidence: 0.8,
        waited_ms: 500,
        loudness: None,
    };
    update(&mut story.model, Message::Ears(said, now));
    let line = |story: &Story| {
        let card = story.model.board().cards().next().expect("a card");
        let line = card.utterances.last().expect("a line");
        (line.text.clone(), line.heard.clone())
    };
    let right = (
        "Right now we use Zenbase.".to_owned(),
        Some("Right now we use send base.".to_owned()),
    );
    let heard = ("Right now we use send base.".to_owned(), None);
    assert_eq!(line(&story), right);
    story.tell("keys O").expect("the key");
    assert_eq!(line(&story), heard);
    story.tell("keys O").expect("the key");
    assert_eq!(line(&story), heard, "there is nothing more to give back");
    story.tell("keys u").expect("the key");
    assert_eq!(line(&story), right, "undo puts the name right again");
}
