//! Small pieces of the program's state, each a table: next steps as they are typed, lines being edited.

use boothside::app::{Line, parse_step};
use boothside::domain::Day;

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
