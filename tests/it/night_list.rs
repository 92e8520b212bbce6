//! The night list in the board: how many keys a bundled day takes, what stands on the screen, and the list on the command line.

use boothside::app::{Layer, Stop};
use boothside::domain::gaps::Gap;

use crate::stories::Story;

fn tell(story: &mut Story, lines: &str) {
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Err(fault) = story.tell(line) {
            panic!("{line}: {fault}");
        }
    }
}

/// A day of eight talks: badges, names said, targets named, promises, giveaway hunters, one person twice.
fn day() -> Story {
    let mut story = Story::new("meridian");
    tell(
        &mut story,
        r"hear Desk: Hi, my name is Frank Bennett.
        hear Desk: I am the head of operations at Northwind Freight.
        hear Desk: We lose half of our leads after every event.
        hear Desk: Let us have a call on Wednesday at ten.
        hear Desk: Yes, you may send me the newsletter.
        keys h
        wait 60s
        scan BEGIN:VCARD\nVERSION:3.0\nFN:Grace Walker\nORG:Blue Harbor Bank\nEMAIL:grace.walker@blueharbor.example\nEND:VCARD
        hear Desk: We still use paper forms, please send me the price list by Friday.
        keys h
        wait 60s
        hear Desk: Are the water bottles free too?
        wait 60s
        scan 4290
        hear Desk: Send me a quote next week please.
        keys w
        wait 60s
        hear Desk: I am Maria Lopez from Summit Outdoor.
        hear Desk: I will call you on Tuesday.
        wait 60s
        hear Desk: I came back for the demo.
        scan BEGIN:VCARD\nVERSION:3.0\nFN:Grace Walker\nORG:Blue Harbor Bank\nEMAIL:grace.walker@blueharbor.example\nEND:VCARD
        wait 60s
        scan 4411
        hear Desk: What does it cost?
        wait 60s
        hear Desk: My name is Peter Olsen and we use LeadPilot today.
        wait 60s",
    );
    story
}

fn round_stop(story: &Story) -> Option<Stop> {
    match story.model.view.layers.last() {
        Some(Layer::Night(round)) => round.here(),
        other => panic!("the night list is not open: {other:?}"),
    }
}

/// Whether `Tab` has something to take at this stop.
fn offers(story: &Story, stop: Stop) -> bool {
    match stop {
        Stop::Pair(..) => story.model.duplicate(stop).is_some(),
        Stop::Card(card) => story
            .model
            .missing(card)
            .is_some_and(|missing| !missing.proposals.is_empty()),
    }
}

#[test]
fn a_bundled_day_takes_four_keys_a_card_at_most() {
    let mut story = day();
    let before = story.model.board().len();
    tell(&mut story, "keys N");
    let (mut keys, mut stops, mut taken) = (1, 0, 0);
    while let Some(stop) = round_stop(&story) {
        stops += 1;
        while offers(&story, stop) {
            tell(&mut story, "keys tab");
            keys += 1;
            taken += 1;
            assert!(keys < 200, "the round does not end");
        }
        tell(&mut story, "keys enter");
        keys += 1;
    }
    assert!(before >= 7 && stops >= 6, "{before} cards, {stops} stops");
    assert!(taken >= 6, "only {taken} proposals for {stops} stops");
    let each = f64::from(keys) / f64::from(stops);
    assert!(each <= 4.0, "{keys} keys for {stops} stops");
    assert_eq!(story.model.board().len(), before - 1, "the pair is merged");
}

#[test]
fn what_was_taken_fills_the_gap_and_one_undo_opens_it_again() {
    let mut story = day();
    tell(&mut story, "keys N");
    // The pair comes first; let it be.
    assert!(matches!(round_stop(&story), Some(Stop::Pair(..))));
    tell(&mut story, "keys z");
    let Some(Stop::Card(card)) = round_stop(&story) else {
        panic!("a card comes next");
    };
    let gaps = |story: &Story| -> Vec<Gap> {
        let missing = story.model.missing(card);
        missing.map(|it| it.gaps).unwrap_or_default()
    };
    let before = gaps(&story);
    tell(&mut story, "keys tab");
    assert_eq!(gaps(&story).len(), before.len() - 1);
    tell(&mut story, "keys u");
    assert_eq!(gaps(&story), before);
}

#[test]
fn the_night_list_on_the_screen() {
    let mut story = day();
    tell(&mut story, "keys N");
    let look = crate::screen::look("hall-dark", boothside::theme::Depth::True);
    let pair = crate::screen::picture(&story, &look, (100, 30));
    insta::assert_snapshot!("night-pair-100x30", pair);
    tell(&mut story, "keys z");
    let card = crate::screen::picture(&story, &look, (100, 30));
    insta::assert_snapshot!("night-card-100x30", card);
    let small = crate::screen::picture(&story, &look, (60, 20));
    insta::assert_snapshot!("night-card-60x20", small);
}
