//! The night's files seen by others' eyes: every table, mail, calendar and contact through a reader that shares no code with its writer.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use boothside::domain::{Consent, Day, Fact, Heat};
use boothside::follow_up::Brand;
use boothside::handoff::{Exported, write_night, write_night_since_last};
use boothside::returns::write_nurture;
use icalendar::Component as _;
use mail_parser::MessageParser;

use crate::follow_up::{approve, brand};
use crate::night::{Day1, booth, now, person, playbook, show};

/// What people and lists really hold, in every field.
const ODD: [&str; 9] = [
    "Quote \" and \"\" and '",
    "Comma, semicolon; tab\t.",
    "line\nline\r\nline\rline",
    "=cmd|' /C calc'!A0",
    "مرحبا \u{202e}بالعالم, \"نعم\"",
    "\u{200f}שלום; עולם",
    "北京, 東京",
    " \u{a0}blanks\u{2003} ",
    "\u{0}\u{7}\u{1b}[31mred\u{feff}",
];

/// A card for each oddity, in every field a person can fill, and the booth's own.
fn odd_booth() -> Day1 {
    let mut day = booth();
    for (place, words) in ODD.iter().enumerate() {
        let card = day.open();
        let mut visitor = person(words, words, &format!("odd{place}@x.example"), words);
        visitor.title = (*words).to_owned();
        day.seat(card, visitor);
        day.fact(Fact::Rated {
            card,
            heat: Some(Heat::Hot),
        });
        day.fact(Fact::Tagged {
            card,
            tag: (*words).to_owned(),
        });
        day.fact(Fact::NextStepSet {
            card,
            text: (*words).to_owned(),
            due: Day::new(2026, 12, 1),
        });
        day.fact(Fact::ConsentNoted {
            card,
            consent: Consent::Yes,
            why: (*words).to_owned(),
        });
        day.say(card, &words.replace('\0', ""), None);
        day.note(card, words);
    }
    // An approved mail whose words are as odd as they may be.
    let frank = day.board().cards().next().expect("a card").id;
    approve(&mut day, frank, &our_brand());
    day.fact(Fact::DraftReleased { card: frank });
    day
}

fn our_brand() -> Brand {
    Brand {
        stand: "Halle 3, Stand „C 40“, größer".into(),
        ..brand()
    }
}

fn all_of(day: &Day1, dir: &Path, since_last: bool) -> Exported {
    let playbook = playbook();
    let destinations = [
        "salesforce",
        "hubspot",
        "marketo",
        "account_engagement",
        "dynamics",
        "generic",
    ]
    .map(str::to_owned);
    let mut show = show(&playbook, &destinations);
    show.brand = our_brand();
    let write = if since_last {
        write_night_since_last
    } else {
        write_night
    };
    write(dir, &show, day.board(), &now()).expect("written")
}

/// Every file below a folder that ends so.
fn ending(dir: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

type Rows = Vec<Vec<String>>;

/// A crate by other hands than the writer's. A row with more or fewer fields than the header is its error.
fn read_elsewhere(path: &Path) -> Rows {
    let bytes = fs::read(path).expect("the table");
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let mut reader = simd_csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(bytes);
    reader
        .byte_records()
        .map(|row| {
            let row = row.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let text = |cell: &[u8]| String::from_utf8(cell.to_vec()).expect("UTF-8");
            row.iter().map(text).collect()
        })
        .collect()
}

/// Python's own reader in its strict mode.
const STRICT: &str = "import csv, json, sys
rows = {}
for path in sys.argv[1:]:
    with open(path, encoding='utf-8-sig', newline='') as file:
        csv.field_size_limit(10**7)
        rows[path] = list(csv.reader(file, strict=True))
print(json.dumps(rows))";

#[test]
fn every_table_reads_the_same_in_two_readers_by_other_hands() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut day = odd_booth();
    all_of(&day, folder.path(), false);
    let cards: Vec<_> = day.board().cards().map(|card| card.id).collect();
    day.fact(Fact::CardsMerged {
        card: cards[0],
        from: cards[1],
    });
    let delta = all_of(&day, folder.path(), true);
    let playbook = playbook();
    write_nurture(folder.path(), day.board(), &show(&playbook, &[])).expect("written");
    let tables = ending(folder.path(), "csv");
    assert!(delta.path.join("gone.csv").is_file());
    let mut read: BTreeMap<PathBuf, Rows> = BTreeMap::new();
    for path in &tables {
        let rows = read_elsewhere(path);
        let columns = rows.first().expect("a header").len();
        for row in &rows {
            assert_eq!(row.len(), columns, "{}: {row:?}", path.display());
        }
        for cell in rows.iter().flatten() {
            assert!(!cell.contains(['\0', '\r', '\u{1b}']), "{cell:?}");
        }
        read.insert(path.clone(), rows);
    }
    for (file, least) in [
        ("leads.csv", 14),
        ("salesforce/10_leads.csv", 14),
        ("salesforce/20_campaign_members.csv", 14),
        ("salesforce/30_tasks.csv", 10),
        ("hubspot/10_contacts.csv", 13),
        ("hubspot/20_notes.csv", 10),
        ("account_engagement/10_prospects.csv", 10),
        ("dynamics/10_lead.csv", 14),
        ("marketo/10_members_responded.csv", 10),
        ("faults.csv", 1),
    ] {
        let rows = read
            .iter()
            .find(|(path, _)| path.ends_with(Path::new("2026-11-22T1430-1").join(file)))
            .unwrap_or_else(|| panic!("{file} is not among {tables:#?}"))
            .1;
        assert!(rows.len() > least, "{file}: {} rows", rows.len());
    }
    let Ok(done) = Command::new("python3")
        .args(["-c", STRICT])
        .args(&tables)
        .output()
    else {
        eprintln!("skipped: python3 is not installed; the other reader has read every table");
        return;
    };
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let again: BTreeMap<PathBuf, Rows> = serde_json::from_slice(&done.stdout).expect("JSON");
    for (path, rows) in &read {
        assert_eq!(&again[path], rows, "{}", path.display());
    }
}

#[test]
fn a_mail_program_reads_the_follow_up_word_for_word() {
    let folder = tempfile::tempdir().expect("a folder");
    let day = odd_booth();
    let done = all_of(&day, folder.path(), false);
    let mails = ending(&done.path.join("drafts"), "eml");
    assert_eq!(mails.len(), 1, "one was approved");
    let card = day.board().cards().next().expect("a card");
    let letter = card
        .visitors
        .iter()
        .find_map(|(id, _)| card.draft.to(*id, true)?.approved.as_ref())
        .expect("approved");
    let bytes = fs::read(&mails[0]).expect("the mail");
    let mail = MessageParser::default().parse(&bytes).expect("a mail");
    let to: Vec<_> = mail
        .to()
        .and_then(|to| to.first())
        .and_then(|to| to.address())
        .into_iter()
        .collect();
    assert_eq!(to, [letter.to.as_str()]);
    assert_eq!(mail.subject(), Some(letter.subject.as_str()));
    let body = mail.body_text(0).expect("a text").replace("\r\n", "\n");
    assert_eq!(body.trim_end(), letter.body.trim_end());
    assert_eq!(mail.attachment_count(), 0);
    assert!(
        mail.header("X-Unsent").is_some(),
        "it opens as a draft, not as something received"
    );
    assert!(mail.bcc().is_none() && mail.cc().is_none());
}

#[test]
fn a_mail_program_takes_headers_that_somebody_tried_to_break() {
    let mail = boothside::handoff::eml(
        "a@b.example\r\nBcc: evil@x.example",
        &format!("größer\r\nBcc: evil@x.example {}", "€".repeat(200)),
        "Привет\n.\nFrom here\n\n=3D",
    );
    let read = MessageParser::default()
        .parse(mail.as_bytes())
        .expect("a mail");
    assert!(read.bcc().is_none(), "{mail}");
    let subject = read.subject().expect("a subject");
    assert!(
        subject.starts_with("größer") && subject.ends_with("€€"),
        "{subject}"
    );
    let body = read.body_text(0).expect("a text").replace("\r\n", "\n");
    assert_eq!(body.trim_end(), "Привет\n.\nFrom here\n\n=3D");
    assert!(mail.lines().all(|line| line.len() <= 78), "{mail}");
}

#[test]
fn a_calendar_program_finds_every_promise_on_its_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let day = odd_booth();
    let done = all_of(&day, folder.path(), false);
    let calendars = ending(&done.path, "ics");
    assert!(
        calendars.len() >= 3,
        "two packets and a draft: {calendars:?}"
    );
    let mut steps = Vec::new();
    for path in &calendars {
        let text = fs::read_to_string(path).expect("the calendar");
        let calendar: icalendar::Calendar = text
            .parse()
            .unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        assert_eq!(calendar.property_value("VERSION"), Some("2.0"));
        let before = steps.len();
        for event in calendar.events() {
            assert!(
                event
                    .get_uid()
                    .is_some_and(|uid| uid.ends_with("next-step"))
            );
            let start = event.get_start().map(|at| at.date_naive().to_string());
            let end = event.get_end().map(|at| at.date_naive().to_string());
            assert!(start < end, "{start:?} {end:?}");
            let summary = event.get_summary().expect("a summary").to_owned();
            steps.push((start.expect("a day"), summary));
        }
        assert!(steps.len() > before, "{} is empty", path.display());
    }
    let told = |day: &str, words: &str| {
        let found = steps
            .iter()
            .any(|(on, summary)| on == day && summary.contains(words));
        assert!(found, "{words} on {day} in {steps:#?}");
    };
    told("2026-11-25", "send pricing, \"the long one\"");
    told("2026-12-01", "Comma, semicolon; tab");
    told("2026-12-01", "שלום; עולם");
    told("2026-12-01", "北京, 東京");
}

#[test]
fn an_address_book_finds_every_person_with_their_own_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let done = all_of(&odd_booth(), folder.path(), false);
    let mut people = BTreeMap::new();
    for path in ending(&done.path, "vcf") {
        let bytes = fs::read(&path).expect("the contacts");
        for card in ical::VcardParser::new(bytes.as_slice()) {
            let card = card.unwrap_or_else(|why| panic!("{}: {why}", path.display()));
            let value = |name: &str| {
                let found = card.properties.iter().find(|it| it.name == name);
                found.and_then(|it| it.value.clone()).unwrap_or_default()
            };
            assert_eq!(value("VERSION"), "3.0");
            assert!(!value("FN").is_empty() && !value("N").is_empty());
            people.insert(value("EMAIL"), (value("FN"), value("ORG"), value("TEL")));
        }
    }
    assert!(people.len() > ODD.len(), "{people:#?}");
    assert_eq!(
        people["frank@northwind.example"],
        (
            "Frank Bennett".into(),
            "Northwind Freight".into(),
            "+13125550100".into()
        )
    );
    // The reader leaves RFC 2426's escapes as they stand.
    assert_eq!(people["odd1@x.example"].1, "Comma\\, semicolon\\; tab .");
    assert_eq!(people["odd5@x.example"].0, "\u{200f}שלום\\; עולם");
}
