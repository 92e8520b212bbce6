//! What a language needs beside its template: days, lists, and the lines that the law wants behind every mail.

use crate::domain::{Day, Language};

use super::Brand;

pub(super) const MONTHS: [(&str, &str); 12] = [
    ("January", "Januar"),
    ("February", "Februar"),
    ("March", "März"),
    ("April", "April"),
    ("May", "Mai"),
    ("June", "Juni"),
    ("July", "Juli"),
    ("August", "August"),
    ("September", "September"),
    ("October", "Oktober"),
    ("November", "November"),
    ("December", "Dezember"),
];

/// A day in words: `22 November 2026`, `22. November 2026`.
pub fn day(language: Language, day: Day) -> String {
    let at = usize::from(day.month).saturating_sub(1).min(11);
    match language {
        Language::En => format!("{} {} {}", day.day, MONTHS[at].0, day.year),
        Language::De => format!("{}. {} {}", day.day, MONTHS[at].1, day.year),
    }
}

/// Several things in one phrase: `A, B and C`.
pub fn list(language: Language, things: &[String]) -> String {
    let and = match language {
        Language::En => "and",
        Language::De => "und",
    };
    match things {
        [] => String::new(),
        [one] => one.clone(),
        [firsts @ .., last] => format!("{} {and} {last}", firsts.join(", ")),
    }
}

/// Who writes with a postal address, where we met, how to opt out in one step, where the privacy notice stands: what
/// CAN-SPAM, CASL and the GDPR's Art. 13 and 21 want in a mail like this one.
pub fn footer(language: Language, brand: &Brand, met: Day) -> String {
    let (show, day) = (brand.show.trim(), day(language, met));
    let stand = match brand.stand.trim() {
        "" => String::new(),
        stand => format!(" ({stand})"),
    };
    let (why, privacy) = match language {
        Language::En => (
            format!(
                "You hear from us because we met at {show}{stand} on {day}. If you would rather not, answer STOP and we will not write again."
            ),
            "How we treat your data:",
        ),
        Language::De => (
            format!(
                "Sie hören von uns, weil wir uns am {day} auf der {show}{stand} getroffen haben. Wenn Sie das nicht möchten, antworten Sie mit STOP, und wir schreiben Ihnen nicht mehr."
            ),
            "Wie wir mit Ihren Daten umgehen:",
        ),
    };
    let mut lines = vec!["--".to_owned(), brand.sender.trim().to_owned(), why];
    if !brand.privacy_url.trim().is_empty() {
        lines.push(format!("{privacy} {}", brand.privacy_url.trim()));
    }
    lines.join("\n")
}
