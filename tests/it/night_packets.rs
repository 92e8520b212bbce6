//! Contacts, calendars and drafts: read by readers that share no code with their writers.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use boothside::domain::{Consent, Day, Fact};
use boothside::handoff::{Held, NightRules, calendar, draft, leads, vcard, write_night};

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

fn odd() -> Day1 {
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
fn nobody_gets_a_draft_who_should_not() {
    let playbook = playbook();
    let mut show = show(&playbook, &[]);
    let mut day = odd();
    let card = day.board().cards().next().expect("a card").id;
    let held = |day: &Day1, show: &boothside::handoff::NightShow<'_>| {
        draft(&leads::rows(day.board(), show)[0], show).err()
    };
    assert_eq!(held(&day, &show), Some(Held::NoSender));
    show.rules.sender = "Standlight, 1 Fair Way, Chicago".into();
    assert_eq!(held(&day, &show), None, "a promise is answered");
    day.fact(Fact::NextStepSet {
        card,
        text: String::new(),
        due: None,
    });
    assert_eq!(held(&day, &show), Some(Held::NotAsked));
    for (consent, want) in [(Consent::Yes, None), (Consent::No, Some(Held::OptedOut))] {
        day.fact(Fact::ConsentNoted {
            card,
            consent,
            why: "by hand".into(),
        });
        assert_eq!(held(&day, &show), want);
    }
}

/// Python's own mail parser, which shares nothing with us.
const READER: &str = "
import email, email.policy, json, sys
mail = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
print(json.dumps({'headers': mail.items(), 'body': mail.get_content(), 'defects': len(mail.defects)}))
";

#[test]
fn drafts_are_mails_that_a_mail_program_reads() {
    let folder = tempfile::tempdir().expect("a folder");
    let playbook = playbook();
    let mut show = show(&playbook, &[]);
    show.rules = NightRules {
        sender: "Standlight\n1 Fair Way, Chicago".into(),
        ..NightRules::default()
    };
    let done = write_night(folder.path(), &show, odd().board(), &now()).expect("written");
    let name = done
        .files
        .iter()
        .map(|file| &file.name)
        .find(|name| Path::new(name).extension().is_some_and(|end| end == "eml"));
    let path = done.path.join(name.expect("a draft"));
    let bytes = fs::read(&path).expect("the draft");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let headers = text.split("\r\n\r\n").next().expect("headers");
    assert!(text.lines().all(|line| line.len() <= 78), "short lines");
    assert!(
        !headers.contains("\r\nBcc"),
        "a line break in a promise made a header: {headers}"
    );
    let read = Command::new("python3")
        .args(["-c", READER])
        .arg(&path)
        .output();
    let Some(read) = read.ok().filter(|read| read.status.success()) else {
        eprintln!("skipped: python3 is not installed");
        return;
    };
    let mail: serde_json::Value = serde_json::from_slice(&read.stdout).expect("JSON");
    assert_eq!(mail["defects"], 0);
    let header = |name: &str| {
        let all = mail["headers"].as_array().expect("headers");
        let found = all.iter().find(|pair| pair[0] == name);
        found
            .and_then(|pair| pair[1].as_str())
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(header("X-Unsent"), "1");
    assert_eq!(header("To"), "zoe@bücher.example");
    assert!(
        header("Subject").contains("größere Preise, größere Preise"),
        "{}",
        header("Subject")
    );
    assert_eq!(header("Bcc"), "");
    let body = mail["body"].as_str().expect("a body");
    for words in [
        "Hello Dr. Zoë",
        "1 Fair Way, Chicago",
        "answer STOP",
        "by 2026-12-31",
    ] {
        assert!(body.contains(words), "{words} in {body}");
    }
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
    assert!(read("packets/julian-sands.md").contains("no draft: show.toml's"));
}
