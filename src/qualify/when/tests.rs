//! Times in talk as a table: words in, values out.

use super::super::words::words;
use super::*;

fn check(text: &str, want: &[&str]) {
    let today = Day::new(2026, 11, 22).unwrap();
    let calendar = Calendar::new(today);
    let got: Vec<String> = calendar
        .find(&words(text, 0))
        .into_iter()
        .map(|when| when.value)
        .collect();
    assert_eq!(got, want, "{text}");
}

#[test]
fn times_are_read_against_the_day_of_the_show() {
    check("by the middle of March", &["2027-03"]);
    check("December. No, January", &["2026-12", "2027-01"]);
    check("end of Q2", &["2027-Q2"]);
    check("in the first half of next year", &["2027-H1"]);
    check("in three weeks", &["2026-12"]);
    check("not before next autumn", &["next autumn"]);
    check("Not before twenty-eight.", &["2028"]);
    check("until December 2028", &["2028-12"]);
    check("it's twenty twenty-nine, they say", &["2029"]);
    check("for the next fiscal", &["next fiscal"]);
    check("fiscal twenty-eight", &["fiscal year 2028"]);
    check("before Christmas", &["2026-12"]);
    check("we may do it", &[]);
    check("May first, I want it in", &["2027-05"]);
    check("May I ask", &[]);
    check("as soon as you can", &["asap"]);
    check("it runs to September twenty-nine", &["2029-09"]);
    check("we signed in September, so, '29", &["2027-09", "2029"]);
    check("this FY no, FY28", &["fiscal year 2028"]);
    check("for the 2028 year", &["2028"]);
    check("till the end of twenty-eight", &["2028-12"]);
    check("October next year", &["2027-10"]);
    check("by the second half of January", &["2027-01"]);
    check("Twenty-eight.", &["2028"]);
    check("twenty-eight people", &[]);
    check("as quick as you can", &["asap"]);
    check("we're looking at January twenty-eight", &["2028-01"]);
    check("Two more years. November '28.", &["2028-11"]);
    check("it's up January thirty-first", &["2027-01"]);
    check("they come on December 28", &["2026-12"]);
    check("the new block is for 2028, August", &["2028-08"]);
    check("twenty twenty-eight, second half", &["2028-H2"]);
    check("till the end of next year", &["2027-12"]);
    check("Christmas of next year", &["2027-12"]);
    check("New Year's 2028", &["2028-01"]);
    check("before Christmas thirty temps come in", &["2026-12"]);
    check("in January twenty-eight new drivers start", &["2027-01"]);
    check(
        "it ends in 2028 but we need it by March 2027",
        &["2028", "2027-03"],
    );
    check(
        "it runs until 2028 but we'd start in March",
        &["2028", "2027-03"],
    );
    check("2028, no, sorry, March", &["2028", "2027-03"]);
}

#[test]
fn six_months_are_near() {
    let calendar = Calendar::new(Day::new(2026, 11, 22).unwrap());
    for (value, near) in [
        ("2027-05", true),
        ("2027-06", false),
        ("2027-Q2", true),
        ("2027", false),
        ("asap", true),
        ("2027-H1", true),
    ] {
        assert_eq!(calendar.is_near(value), near, "{value}");
    }
}

#[test]
fn times_that_hang_on_something_else_are_phrases_or_ends_of_terms() {
    for (text, want) in [
        (
            "After the provincial elections, maybe",
            Some("after the provincial elections"),
        ),
        (
            "Not before the audit's done. After the audit",
            Some("after the audit"),
        ),
        (
            "By the next budget round, with luck",
            Some("next budget round"),
        ),
        ("after that we look", None),
        ("next week", None),
    ] {
        assert_eq!(events::event(&words(text, 0)).as_deref(), want, "{text}");
    }
    let calendar = Calendar::new(Day::new(2026, 11, 22).unwrap());
    for (text, want) in [
        ("Three years, from this April", Some("2029-04")),
        ("I signed in August, three years, fixed", Some("2029-08")),
        ("from December, two years", Some("2027-12")),
        ("we sign in August", None),
    ] {
        let words = words(text, 0);
        assert_eq!(calendar.term(&[&words]).as_deref(), want, "{text}");
    }
}
