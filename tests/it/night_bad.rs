//! Bad input to the night: each is a clear sentence or a whole file, nothing is lost and nothing is doubled.

use std::fs;

use boothside::domain::{CardId, Fact, Heat, Import, Stamp};
use boothside::handoff::{Exported, Weight, leads, write_night};
use boothside::report::{Form, ReportShow, run};
use boothside::returns::{join, read};
use jiff::tz::TimeZone;

use crate::night::{Day1, booth, now, person, playbook, show, table};

const EVERYWHERE: [&str; 6] = [
    "salesforce",
    "hubspot",
    "marketo",
    "account_engagement",
    "dynamics",
    "generic",
];

fn everywhere(day: &Day1, dir: &std::path::Path) -> Exported {
    let playbook = playbook();
    let destinations = EVERYWHERE.map(str::to_owned);
    write_night(dir, &show(&playbook, &destinations), day.board(), &now()).expect("written")
}

fn report(day: &Day1, dir: &std::path::Path) -> String {
    let playbook = playbook();
    let show = show(&playbook, &[]);
    let one = ReportShow {
        board: day.board(),
        show: &show,
        cost: None,
        margin: None,
    };
    let path = dir.join("report.html");
    run(&[one], 1_795_372_200_000, Form::Html, &path).expect("written");
    fs::read_to_string(path).expect("the page")
}

#[test]
fn a_show_with_nothing_in_it_makes_sound_empty_files_everywhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut day = Day1::new();
    // Cards that were opened by mistake count as nothing, too.
    day.open();
    let done = everywhere(&day, folder.path());
    assert_eq!((done.leads, done.faults.len()), (0, 0));
    let mut tables = 0;
    for file in done.files.iter().filter(|file| file.name.ends_with("csv")) {
        if file.name != "leads_excel.csv" {
            assert!(
                table(&done.path.join(&file.name)).is_empty(),
                "{}",
                file.name
            );
            tables += 1;
        }
    }
    assert!(tables >= 7, "{:#?}", done.files);
    assert!(report(&day, folder.path()).contains("There are no leads yet"));
}

#[test]
fn a_talk_without_a_visitor_goes_where_a_name_is_not_needed_and_is_told_elsewhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut day = Day1::new();
    let card = day.open();
    day.say(card, "What does it cost?", None);
    let done = everywhere(&day, folder.path());
    assert_eq!(done.leads, 1);
    let rows = |file: &str| table(&done.path.join(file)).len();
    assert_eq!(rows("leads.csv"), 1);
    assert_eq!(rows("salesforce/10_leads.csv"), 1, "[not provided]");
    for file in [
        "hubspot/10_contacts.csv",
        "account_engagement/10_prospects.csv",
    ] {
        assert_eq!(rows(file), 0, "{file}");
    }
    let runsheet = fs::read_to_string(done.path.join("RUNSHEET.md")).expect("the runsheet");
    let told = "1 lead without an e-mail address: HubSpot, Marketo, Account Engagement know people";
    assert!(runsheet.contains(told), "{runsheet}");
}

#[test]
fn a_note_of_100000_characters_is_whole_in_the_truth_and_cut_with_a_word_where_it_must_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut day = Day1::new();
    let card = day.open();
    day.seat(card, person("Ana One", "Acme", "ana@x.example", ""));
    let long = "שלום, \"עולם\"\n".repeat(8_000);
    day.note(card, &long);
    let done = everywhere(&day, folder.path());
    let text = fs::read_to_string(done.path.join("leads.jsonl")).expect("the lines");
    let line: serde_json::Value = serde_json::from_str(&text).expect("one line");
    assert_eq!(line["conversation"]["notes"][0]["text"], long.as_str());
    let csv = &table(&done.path.join("leads.csv"))[0]["notes"];
    assert_eq!(csv.trim(), long.trim());
    for (file, column, most) in [
        ("salesforce/10_leads.csv", "Description", 32_000),
        ("hubspot/20_notes.csv", "Note body", 65_536),
    ] {
        let rows = table(&done.path.join(file));
        let length = rows[0][column].chars().count();
        assert!(length <= most && length > most / 2, "{file}: {length}");
        let told = done
            .faults
            .iter()
            .find(|fault| fault.file == file && fault.column == column)
            .unwrap_or_else(|| panic!("{file} is cut without a word: {:#?}", done.faults));
        assert_eq!(told.weight, Weight::Fixed, "{told:?}");
    }
}

#[test]
fn two_cards_with_one_address_are_two_leads_once_each_and_one_contact() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut day = Day1::new();
    for heat in [Heat::Warm, Heat::Hot] {
        let card = day.open();
        day.seat(card, person("Ana One", "Acme", "Ana@x.example", ""));
        day.fact(Fact::Rated {
            card,
            heat: Some(heat),
        });
    }
    let done = everywhere(&day, folder.path());
    assert_eq!(done.leads, 2, "nothing is lost");
    for file in [
        "leads.csv",
        "salesforce/10_leads.csv",
        "dynamics/10_lead.csv",
    ] {
        assert_eq!(table(&done.path.join(file)).len(), 2, "{file}");
    }
    let contacts = table(&done.path.join("hubspot/10_contacts.csv"));
    assert_eq!(contacts.len(), 1, "HubSpot knows a contact by the address");
    let told: Vec<&str> = done
        .faults
        .iter()
        .filter(|fault| fault.file == "hubspot/10_contacts.csv")
        .map(|fault| fault.column.as_str())
        .collect();
    assert_eq!(told, ["Email"]);
}

/// A card opened at an instant, and a talk on it.
fn met_at(time: &str) -> (Day1, CardId) {
    let mut day = Day1::new();
    let at: jiff::Timestamp = time.parse().expect("a time");
    let card = CardId(Stamp {
        wall_ms: u64::try_from(at.as_millisecond()).expect("after 1970"),
        ..day.stamp()
    });
    day.fact(Fact::CardOpened {
        card,
        lane: "table".into(),
        why: boothside::domain::Opened::Key,
    });
    day.seat(card, person("Ana One", "Acme", "ana@x.example", ""));
    (day, card)
}

#[test]
fn clocks_that_change_never_move_a_lead_to_another_day_nor_double_it() {
    // Zone, instant, the day and minute on the wall there.
    let cases = [
        // Chicago's hour that comes twice, both of them.
        (
            "America/Chicago",
            "2026-11-01T06:30:00Z",
            "2026-11-01 01:30",
        ),
        (
            "America/Chicago",
            "2026-11-01T07:30:00Z",
            "2026-11-01 01:30",
        ),
        // The hour that never was.
        (
            "America/Chicago",
            "2026-03-08T07:59:00Z",
            "2026-03-08 01:59",
        ),
        (
            "America/Chicago",
            "2026-03-08T08:00:00Z",
            "2026-03-08 03:00",
        ),
        // Clocks that change at midnight: Beirut skips it, Santiago and Havana have it twice.
        ("Asia/Beirut", "2026-03-28T21:59:59Z", "2026-03-28 23:59"),
        ("Asia/Beirut", "2026-03-28T22:00:00Z", "2026-03-29 01:00"),
        (
            "America/Santiago",
            "2026-04-05T02:30:00Z",
            "2026-04-04 23:30",
        ),
        (
            "America/Santiago",
            "2026-04-05T03:30:00Z",
            "2026-04-04 23:30",
        ),
        (
            "America/Santiago",
            "2026-04-05T04:00:00Z",
            "2026-04-05 00:00",
        ),
        // Midnight itself, and half-hour zones.
        ("Asia/Kolkata", "2026-11-22T18:29:59Z", "2026-11-22 23:59"),
        ("Asia/Kolkata", "2026-11-22T18:30:00Z", "2026-11-23 00:00"),
    ];
    let playbook = playbook();
    let mut ids = std::collections::BTreeSet::new();
    for (zone, instant, wall) in cases {
        let (day, _) = met_at(instant);
        let mut show = show(&playbook, &[]);
        show.zone = TimeZone::get(zone).expect("a zone");
        let rows = leads::rows(day.board(), &show);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].captured_local, wall, "{zone} {instant}");
        assert_eq!(rows[0].captured_at, instant, "{zone}");
        assert!(
            ids.insert((zone, rows[0].external_id.clone())),
            "two instants, one id"
        );
        let folder = tempfile::tempdir().expect("a folder");
        let done = write_night(folder.path(), &show, day.board(), &now()).expect("written");
        let hive = format!("date={}", &wall[..10]);
        let parts: Vec<&str> = done
            .files
            .iter()
            .map(|file| file.name.as_str())
            .filter(|name| name.starts_with("parquet/leads"))
            .collect();
        assert!(
            parts.len() == 1 && parts[0].contains(&hive),
            "{hive} in {parts:?}"
        );
    }
}

#[test]
fn an_importers_file_in_another_order_encoding_and_language_is_read_the_same() {
    let playbook = playbook();
    let ids: Vec<String> = {
        let day = booth();
        leads::rows(day.board(), &show(&playbook, &[]))
            .iter()
            .map(|lead| lead.external_id.clone())
            .collect()
    };
    let (id, other) = (&ids[0], &ids[1]);
    let reason = "Ungültige Auswahl für \"Größe\"; bitte prüfen";
    let quoted = reason.replace('"', "\"\"");
    let english = format!(
        "Event_Lead_Id__c,LastName,ERROR\n{id},Bennett,\"{quoted}\"\n{other},Brooks,\"{quoted}\"\n"
    );
    let german = format!(
        "Nachname;Fehler;Event_Lead_Id__c\r\nBennett;\"{quoted}\";{id}\r\nBrooks;\"{quoted}\";{other}\r\n"
    );
    let french = format!(
        "Erreur\tEvent_Lead_Id__c\tNom\n\"{quoted}\"\t{other}\tBrooks\n\"{quoted}\"\t{id}\tBennett\n"
    );
    let utf16: Vec<u8> = format!("\u{feff}{french}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let latin = encoding_rs::WINDOWS_1252.encode(&german).0.into_owned();
    for (name, bytes) in [
        ("English UTF-8", english.clone().into_bytes()),
        (
            "English with a mark",
            format!("\u{feff}{english}").into_bytes(),
        ),
        ("German Windows-1252", latin),
        ("German UTF-8", german.into_bytes()),
        ("French UTF-16", utf16),
    ] {
        let mut day = booth();
        let content = read(&bytes).expect("text");
        let joined = join(&content, day.board(), &show(&playbook, &[]));
        assert_eq!(joined.faults, [], "{name}");
        assert_eq!(joined.placed, 2, "{name}");
        for fact in joined.facts {
            day.fact(fact);
        }
        for id in [id, other] {
            let receipt = day
                .board()
                .cards()
                .find_map(|card| card.receipts.get(id))
                .unwrap_or_else(|| panic!("{name}: {id}"));
            assert_eq!(
                (receipt.import, receipt.reason.as_str()),
                (Import::Failed, reason),
                "{name}"
            );
        }
        let again = join(&content, day.board(), &show(&playbook, &[]));
        assert_eq!(again.facts, [], "{name}: told twice, it is no news");
    }
}

#[test]
fn a_verdict_for_an_unknown_id_is_a_line_and_changes_nothing() {
    let day = booth();
    let playbook = playbook();
    let file =
        "external_id,disposition\nMTF-2026-0000000000000000000000000A,accepted\nOTHER-1,rejected\n";
    let joined = join(
        &read(file.as_bytes()).expect("text"),
        day.board(),
        &show(&playbook, &[]),
    );
    assert_eq!((joined.facts.len(), joined.placed), (0, 0));
    let lines: Vec<(usize, bool)> = joined
        .faults
        .iter()
        .map(|fault| {
            (
                fault.line,
                fault.words.contains("no lead of this show has the id"),
            )
        })
        .collect();
    assert_eq!(lines, [(2, true), (3, true)], "{:?}", joined.faults);
}

#[test]
fn two_currencies_are_never_added_up() {
    let mut day = booth();
    let playbook = playbook();
    let folder = tempfile::tempdir().expect("a folder");
    let ids: Vec<String> = leads::rows(day.board(), &show(&playbook, &[]))
        .iter()
        .map(|lead| lead.external_id.clone())
        .collect();
    let file = format!(
        "external_id,disposition,opportunity id,amount,currency\n{},converted,O-1,\"1.000,50\",EUR\n{},converted,O-2,\"2,000.25\",USD\n",
        ids[0], ids[4]
    );
    let joined = join(
        &read(file.as_bytes()).expect("text"),
        day.board(),
        &show(&playbook, &[]),
    );
    assert_eq!(joined.faults, []);
    for fact in joined.facts {
        day.fact(fact);
    }
    let page = report(&day, folder.path());
    assert!(
        page.contains("1,000.50 EUR + 2,000.25 USD"),
        "each by itself"
    );
    assert!(!page.contains("3,000"), "no sum of both");
}
