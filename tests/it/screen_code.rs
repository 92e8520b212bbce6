//! The code for a phone and the day in numbers: a camera's view of the drawn cells, read by somebody else's decoder.

use boothside::app::{Code, Effect, Message, update};
use boothside::domain::{Fact, Heat};
use boothside::handoff::{code, leads};
use boothside::screen::draw;
use boothside::theme::Depth;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::Color;

use crate::night::{Day1, person, playbook, show};
use crate::stories::Story;

/// Drawn cells as a camera sees them: two dots above each other a cell, each drawn large.
fn photographed(buffer: &Buffer) -> (usize, Vec<u8>) {
    const DOT: usize = 4;
    let bright = |color: Color| match color {
        Color::Rgb(r, g, b) => ((u16::from(r) + u16::from(g) + u16::from(b)) / 3) as u8,
        _ => 20,
    };
    let (columns, rows) = (
        usize::from(buffer.area.width),
        usize::from(buffer.area.height),
    );
    let (width, height) = (columns * DOT, rows * 2 * DOT);
    let mut picture = vec![0; width * height];
    for y in 0..height {
        for x in 0..width {
            let cell = &buffer[((x / DOT) as u16, (y / DOT / 2) as u16)];
            let upper = (y / DOT).is_multiple_of(2);
            let ink = match cell.symbol() {
                "█" => true,
                "▀" => upper,
                "▄" => !upper,
                _ => false,
            };
            picture[y * width + x] = bright(if ink { cell.fg } else { cell.bg });
        }
    }
    (width, picture)
}

fn decoded(buffer: &Buffer) -> Option<String> {
    let (width, picture) = photographed(buffer);
    let mut camera = quircs::Quirc::default();
    let codes = camera.identify(width, picture.len() / width, &picture);
    codes.into_iter().find_map(|code| {
        let read = code.ok()?.decode().ok()?;
        String::from_utf8(read.payload).ok()
    })
}

fn lead(name: &str, company: &str, title: &str, email: &str) -> boothside::handoff::Lead {
    let mut day = Day1::new();
    let card = day.open();
    day.seat(card, person(name, company, email, "+1 312 555 0143"));
    day.fact(Fact::Rated {
        card,
        heat: Some(Heat::Hot),
    });
    day.fact(Fact::NextStepSet {
        card,
        text: "send the offer for forty sites".into(),
        due: boothside::domain::Day::new(2026, 11, 27),
    });
    let playbook = playbook();
    let mut lead = leads::rows(day.board(), &show(&playbook, &[])).remove(0);
    lead.title = title.to_owned();
    lead.bant_need = "we lose half of our leads after every event".into();
    lead
}

fn shown(lead: &boothside::handoff::Lead, size: (u16, u16), theme: &str) -> Buffer {
    let made = code(lead).expect("a code");
    let mut story = Story::new("meridian");
    let made = Code {
        title: lead.full_name.clone(),
        side: made.side,
        dark: made.dark,
    };
    let now = story.model.now;
    update(&mut story.model, Message::Coded(Ok(made), now));
    let look = crate::screen::look(theme, Depth::True);
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("a terminal");
    terminal
        .draw(|frame| draw(&story.model, &look, frame))
        .expect("drawn");
    terminal.backend().buffer().clone()
}

#[test]
fn a_camera_reads_the_code_at_60x30_in_every_coloured_theme() {
    let lead = lead(
        "Dana Cole",
        "Brackwater Freight",
        "VP Operations",
        "dana.cole@brackwater.example",
    );
    for theme in ["hall-dark", "hall-light", "cvd-safe"] {
        let text = decoded(&shown(&lead, (60, 30), theme)).expect("decoded");
        for part in [
            "BEGIN:VCARD",
            "FN:Dana Cole",
            "ORG:Brackwater Freight",
            "EMAIL:dana.cole@brackwater.example",
            "NOTE:we lose half",
            "\\nsend the offer",
        ] {
            assert!(text.contains(part), "{theme}: {part} is not in {text}");
        }
        assert!(text.ends_with("END:VCARD"), "{text}");
    }
}

#[test]
fn a_short_lead_has_room_for_the_mailto() {
    let mut lead = lead("Bo Li", "Quill", "", "bo@quill.example");
    lead.phone_raw.clear();
    lead.phone_e164.clear();
    lead.bant_need = "paper forms".into();
    lead.next_step = "call".into();
    lead.next_step_due.clear();
    let text = decoded(&shown(&lead, (60, 30), "hall-dark")).expect("decoded");
    assert!(
        text.contains("URL:mailto:bo@quill.example?subject="),
        "{text}"
    );
}

#[test]
fn names_of_any_script_and_length_still_make_a_code_that_reads() {
    for name in [
        "Åsa Öberg-Łukasiewicz",
        "王小明",
        "Нина Петрова",
        "Wolfeschlegelsteinhausenbergerdorff Hubert Blaine the Younger of Philadelphia",
    ] {
        let lead = lead(
            name,
            &"Very Long Holding ".repeat(20),
            &"Director ".repeat(30),
            "a.b@c.example",
        );
        let text = decoded(&shown(&lead, (60, 30), "hall-dark")).expect("decoded");
        let begins: String = name.chars().take(3).collect();
        assert!(
            text.contains(&begins) && text.contains("a.b@c.example"),
            "{text}"
        );
    }
}

#[test]
fn a_wide_screen_keeps_the_lanes_and_a_small_one_says_what_it_needs() {
    let lead = lead(
        "Dana Cole",
        "Brackwater Freight",
        "VP Operations",
        "dana.cole@brackwater.example",
    );
    let text = |buffer: &Buffer| -> String {
        let cells = buffer.content().iter();
        cells.map(ratatui::buffer::Cell::symbol).collect()
    };
    let wide = text(&shown(&lead, (120, 40), "hall-dark"));
    assert!(
        wide.contains("Desk") && wide.contains("Dana Cole"),
        "{wide}"
    );
    let small = text(&shown(&lead, (60, 24), "hall-dark"));
    assert!(small.contains("the code needs"), "{small}");
}

#[test]
fn a_card_nobody_is_known_on_says_how_to_name_them() {
    let mut story = Story::new("meridian");
    story.tell("hear Desk: What does it cost?").expect("told");
    story.tell("keys Q").expect("told");
    let now = story.model.now;
    let card = story.model.view.focus.expect("a focus");
    assert!(story.effects().contains(&Effect::Code(card)));
    let refused = Message::Coded(
        Err("nobody is known; {edit-visitor} types a name".into()),
        now,
    );
    update(&mut story.model, refused);
    let toast = story.model.said.last().expect("a toast");
    assert_eq!(toast.text, "nobody is known; e types a name");
}

#[test]
fn the_numbers_are_counted_again_while_somebody_reads_them() {
    let mut story = Story::new("meridian");
    story.tell("hear Desk: What does it cost?").expect("told");
    story.tell("keys R").expect("told");
    assert!(story.effects().contains(&Effect::Count));
    let now = story.model.now;
    let rows = vec![
        ("So far".to_owned(), String::new(), String::new()),
        ("talks".to_owned(), "1".to_owned(), String::new()),
    ];
    update(&mut story.model, Message::Counted(rows, now));
    let look = crate::screen::look("hall-dark", Depth::True);
    let picture = crate::screen::picture(&story, &look, (100, 30));
    assert!(
        picture.contains("the day in numbers") && picture.contains("talks"),
        "{picture}"
    );
    story.wait(1_000);
    assert!(story.effects().is_empty(), "young figures are left alone");
    story.wait(2_000);
    assert!(story.effects().contains(&Effect::Count));
    story.tell("keys esc").expect("told");
    story.effects();
    story.wait(5_000);
    assert!(story.effects().is_empty(), "nobody reads them any more");
}
