//! Small pieces of the program's state, each a table: next steps as they are typed, lines being edited.

use boothside::app::Line;
use boothside::domain::{Day, day_said, parse_step};

#[test]
fn a_next_step_ends_with_its_day() {
    let today: Day = "2026-11-22".parse().expect("a Sunday");
    let cases = [
        ("quote fri", "quote", Some("2026-11-27")),
        (
            "send price list by friday",
            "send price list",
            Some("2026-11-27"),
        ),
        ("call sunday", "call", Some("2026-11-29")),
        ("demo tomorrow", "demo", Some("2026-11-23")),
        ("call today", "call", Some("2026-11-22")),
        ("demo +2d", "demo", Some("2026-11-24")),
        ("demo +1w", "demo", Some("2026-11-29")),
        ("contract +1m", "contract", Some("2026-12-22")),
        ("visit on 2026-12-01", "visit", Some("2026-12-01")),
        ("visit 1.12.", "visit", Some("2026-12-01")),
        ("visit 27.11.2027", "visit", Some("2027-11-27")),
        ("pilot jan 15", "pilot", Some("2027-01-15")),
        ("pilot 15 january", "pilot", Some("2027-01-15")),
        ("call next week", "call", Some("2026-11-23")),
        ("fri", "", Some("2026-11-27")),
        (
            "send the friendly brochure",
            "send the friendly brochure",
            None,
        ),
        ("quote for 40 sites", "quote for 40 sites", None),
        ("30.2.", "30.2.", None),
        ("+99999999999d", "+99999999999d", None),
        (
            "call her tuesday at ten",
            "call her tuesday at ten",
            Some("2026-11-24"),
        ),
        ("", "", None),
    ];
    for (typed, text, day) in cases {
        let step = parse_step(typed, today);
        let found = step.day.map(|day| day.to_string());
        assert_eq!(
            (step.text.as_str(), found.as_deref()),
            (text, day),
            "{typed}"
        );
    }
}

#[test]
fn a_sentence_names_one_day_or_none() {
    let friday: Day = "2026-11-27".parse().expect("a Friday");
    let cases = [
        ("I'll send the quote by Friday.", Some("2026-12-04")),
        ("Call me tomorrow at nine, please.", Some("2026-11-28")),
        ("Let's talk on Tuesday the 8th.", Some("2026-12-08")),
        ("December 8th at ten works.", Some("2026-12-08")),
        ("Come by on the 8th of December.", Some("2026-12-08")),
        ("Come by on 3 March, at two.", Some("2027-03-03")),
        ("Put me down for the 12th.", Some("2026-12-12")),
        ("The 31st is fine.", Some("2026-12-31")),
        ("Tuesday, yes, Tuesday.", Some("2026-12-01")),
        ("Tuesday or Wednesday.", None),
        ("The 8th or the 9th.", None),
        ("We have 12 sites, may be more.", None),
        ("Our 3rd warehouse opens in May.", None),
        ("Send me the 20 page paper.", None),
        ("The 31st of February.", None),
        ("Next week is fine.", None),
        ("", None),
    ];
    for (sentence, day) in cases {
        let found = day_said(sentence, friday).map(|day| day.to_string());
        assert_eq!(found.as_deref(), day, "{sentence}");
    }
}

#[test]
fn a_month_ahead_of_the_31st_is_the_last_day_of_a_short_month() {
    let today: Day = "2027-01-31".parse().expect("a day");
    let step = parse_step("call +1m", today);
    assert_eq!(
        step.day.map(|day| day.to_string()).as_deref(),
        Some("2027-02-28")
    );
}

#[test]
fn a_line_is_edited_by_characters_not_bytes() {
    let mut line = Line::of("grüße");
    line.step(-2);
    line.delete_back();
    assert_eq!((line.text.as_str(), line.cursor), ("grße", 2));
    line.insert("ü\n");
    assert_eq!(line.text, "grü ße", "a line break becomes a blank");
    line.step(isize::MAX / 2);
    line.insert(" an Ana");
    line.delete_word();
    assert_eq!(line.text, "grü ße an ");
    line.step(isize::MIN / 2);
    line.delete_back();
    line.delete_word();
    assert_eq!(line.text, "grü ße an ", "nothing stands before the start");
    line.clear();
    assert_eq!(line, Line::default());
}
