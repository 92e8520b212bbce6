//! Faults as pictures, places in odd texts, nearest names.

use boothside::diagnostic::{Diagnostic, Place, SourceText, nearest};
use proptest::prelude::*;

#[test]
fn a_fault_is_drawn_with_its_line_and_a_caret() {
    let source = "format = 1\n\n[board]\no = \"asign-owner\"\n";
    let start = source.find("\"asign").unwrap();
    let fault = Diagnostic::error(
        "K04",
        "stand.toml",
        "there is no action called `asign-owner`",
    )
    .at(Place::of_span(source, start..start + 13))
    .label("did you mean `assign-owner`?")
    .help("all names: boothside keys --actions");
    let picture = "\
error[K04]: there is no action called `asign-owner`
 --> stand.toml:4:5
  |
4 | o = \"asign-owner\"
  |     ^^^^^^^^^^^^^ did you mean `assign-owner`?
  = all names: boothside keys --actions
";
    assert_eq!(fault.render(), picture);
    assert_eq!(
        fault.sentence(),
        "stand.toml line 4: there is no action called `asign-owner`; did you mean `assign-owner`?"
    );
}

#[test]
fn a_fault_without_a_place_names_its_file() {
    let fault = Diagnostic::warning("W02", "keys.toml", "nothing there").help("write something");
    let picture = "warning[W02]: nothing there\n  --> keys.toml\n   = write something\n";
    assert_eq!(fault.render(), picture);
}

/// The caret line under a span that is marked by `[` and `]`, with its line and column.
fn check_place(marked: &str, expect: (usize, usize, &str)) {
    let start = marked.find('[').unwrap();
    let end = marked.find(']').unwrap() - 1;
    let source = marked.replace(['[', ']'], "");
    let place = Place::of_span(&source, start..end);
    assert_eq!(
        (place.line, place.column),
        (expect.0, expect.1),
        "{marked:?}"
    );
    let drawn = Diagnostic::error("X01", "f", "m").at(place).render();
    let carets = drawn.lines().last().unwrap();
    assert_eq!(carets, format!("  | {}", expect.2), "{marked:?}");
}

#[test]
fn places_in_odd_texts() {
    check_place("[a]", (1, 1, "^"));
    check_place("x\nab[cd]e", (2, 3, "  ^^"));
    check_place("\t[ab]", (1, 2, "    ^^"));
    check_place("é[b]", (1, 2, " ^"));
    check_place("展[示]x", (1, 2, "  ^^"));
    check_place("a\r\n[b]\r\n", (2, 1, "^"));
    check_place("[ab\ncd]", (1, 1, "^^"));
    check_place("ab[]", (1, 3, "  ^"));
}

#[test]
fn a_span_outside_the_text_or_inside_a_letter_still_has_a_place() {
    for (source, span) in [
        ("", 0..9),
        ("ab", 7..9),
        ("é", 1..1),
        ("é", 1..2),
        ("a\n", 2..2),
        ("\r", 1..1),
    ] {
        let place = Place::of_span(source, span.clone());
        assert!(
            place.line >= 1 && place.column >= 1 && place.width >= 1,
            "{source:?} {span:?}"
        );
        let _ = Diagnostic::error("X01", "f", "m").at(place).render();
    }
}

#[test]
fn the_nearest_name_is_near() {
    let known = ["assign-owner", "quit", "help", "heat"];
    for (name, expect) in [
        ("asign-owner", Some("assign-owner")),
        ("Assign-Owner", Some("assign-owner")),
        ("qiut", Some("quit")),
        ("heta", Some("heat")),
        ("hlep", Some("help")),
        ("q", None),
        ("export", None),
        ("", None),
    ] {
        assert_eq!(nearest(name, known), expect, "{name}");
    }
}

proptest! {
    /// Any text, any span: a place inside the text, and a picture of it.
    #[test]
    fn every_span_has_a_place(text in "[a-zé展\t\r\n]{0,30}", start in 0usize..60, length in 0usize..20) {
        let place = Place::of_span(&text, start..start + length);
        let lines = text.split('\n').count();
        prop_assert!((1..=lines).contains(&place.line));
        prop_assert!(place.column <= place.text.chars().count() + 2);
        prop_assert_eq!(place.text.trim_end_matches('\r'), text.split('\n').nth(place.line - 1).unwrap().trim_end_matches('\r'));
        let _ = Diagnostic::error("X01", "f", "m").at(place).render();
    }

    /// Any bytes that are text: syntax faults with places.
    #[test]
    fn every_text_is_read_as_far_as_it_goes(text in "\\PC{0,40}") {
        let source = SourceText { name: "f", text: &text };
        let (_, faults) = source.parse_toml("K01");
        prop_assert!(faults.iter().all(|fault| !fault.render().is_empty()));
    }
}

#[test]
fn long_help_is_broken_between_words() {
    let fault = Diagnostic::error("X01", "f", "m").help("word ".repeat(60).trim());
    let drawn = fault.render();
    assert!(
        drawn.lines().all(|line| line.chars().count() <= 105),
        "{drawn}"
    );
    assert_eq!(drawn.matches("word").count(), 60);
}
