//! Contacts, calendars and drafts: read by readers that share no code with their writers.

use std::collections::BTreeMap;
use std::fs;

use boothside::domain::{Day, Fact};
use boothside::handoff::{calendar, leads, vcard, write_night};

use crate::night::{Day1, booth, now, person, playbook, show};

/// Unfolds content lines by the letter of RFC 5545 and RFC 2426 and takes them apart.
fn content_lines(text: &str) -> Vec<(String, String)> {
    assert!(text.ends_with("\r\n"), "the last line ends");
    assert!(
        !text.replace("\r\n", "").contains(['\r', '\n']),
        "a bare line end"
    );
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    text.replace("\r\n ", "")
        .split_terminator("\r\n")
        .map(|line| {
            let (name, value) = line.split_once(':').expect("a colon");
            (name.to_owned(), value.to_owned())
        })
        .collect()
}

fn unescaped(value: &str) -> String {
    let mut text = String::new();
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next().expect("something is escaped") {
                'n' | 'N' => text.push('\n'),
                other => text.push(other),
            },
            ',' | ';' => panic!("{letter} is not escaped in {value}"),
            letter => text.push(letter),
        }
    }
    text
}

pub fn odd() -> Day1 {
    let mut day = Day1::new();
    let card = day.open();
    day.seat(
        card,
        person(
            "Dr. Zoë \"Z\" Müller; Sons",
            "A, B \\ C;D",
            "zoe@bücher.example",
            "+49 611 123456",
        ),
    );
    day.fact(Fact::NextStepSet {
        card,
        text: format!(
            "send {}\nBcc: evil@x.example",
            "größere Preise, ".repeat(20)
        ),
        due: Day::new(2026, 12, 31),
    });
    day
}

#[test]
fn contacts_and_calendars_are_folded_escaped_and_whole() {
    let playbook = playbook();
    let show = show(&playbook, &[]);
    let rows = leads::rows(odd().board(), &show);
    let card: BTreeMap<String, String> = content_lines(&vcard(&rows[0]).expect("a contact"))
        .into_iter()
        .collect();
    assert_eq!(unescaped(&card["FN"]), "Dr. Zoë \"Z\" Müller; Sons");
    assert_eq!(unescaped(&card["ORG"]), "A, B \\ C;D");
    assert_eq!(card["TEL;TYPE=work"], "+49611123456");
    assert_eq!(card["VERSION"], "3.0");
    let text = calendar(&[&rows[0]]).expect("a calendar");
    let lines = content_lines(&text);
    let get = |name: &str| {
        let found = lines.iter().find(|(known, _)| known == name);
        found.map_or_else(|| panic!("{name}"), |(_, value)| value.as_str())
    };
    assert_eq!(get("DTSTART;VALUE=DATE"), "20261231");
    assert_eq!(
        get("DTEND;VALUE=DATE"),
        "20270101",
        "the end is the day after"
    );
    assert_eq!(get("METHOD"), "PUBLISH");
    assert!(unescaped(get("SUMMARY")).contains("größere Preise"));
    let depth: i32 = lines
        .iter()
        .map(|(name, _)| i32::from(name == "BEGIN") - i32::from(name == "END"))
        .sum();
    assert_eq!(depth, 0, "every BEGIN has its END");
}

#[test]
fn packets_bring_contacts_and_promises_along() {
    let folder = tempfile::tempdir().expect("a folder");
    let playbook = playbook();
    let done = write_night(
        folder.path(),
        &show(&playbook, &[]),
        booth().board(),
        &now(),
    )
    .expect("written");
    let read = |name: &str| fs::read_to_string(done.path.join(name)).expect(name);
    assert_eq!(
        read("packets/julian-sands.vcf")
            .matches("BEGIN:VCARD")
            .count(),
        2
    );
    assert_eq!(
        read("packets/julian-sands.ics")
            .matches("BEGIN:VEVENT")
            .count(),
        2
    );
    assert!(read("packets/julian-sands.md").contains("no draft:"));
}
