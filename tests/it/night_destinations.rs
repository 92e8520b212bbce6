//! What each importer gets: required cells, lengths, addresses, picklists and doubles, checked before a byte is written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use boothside::domain::{Board, Fact, Heat};
use boothside::handoff::{
    Exported, NightError, NightRules, Weight, is_email, write_night, write_night_since_last,
};

use crate::night::{Day1, booth, now, person, playbook, show, table};

fn all() -> Vec<String> {
    [
        "salesforce",
        "hubspot",
        "marketo",
        "account_engagement",
        "dynamics",
        "generic",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn night(
    board: &Board,
    dir: &Path,
    destinations: &[String],
    rules: NightRules,
) -> Result<Exported, NightError> {
    let playbook = playbook();
    let mut show = show(&playbook, destinations);
    show.rules = rules;
    write_night(dir, &show, board, &now())
}

#[test]
fn every_importer_gets_its_files_in_order_of_upload() {
    let folder = tempfile::tempdir().expect("a folder");
    let rules = NightRules {
        member_status: BTreeMap::from([("hot".into(), "Demo Booked".into())]),
        owner_ids: BTreeMap::from([("Julian Sands".into(), "005000000000001".into())]),
        ..NightRules::default()
    };
    let done = night(booth().board(), folder.path(), &all(), rules).expect("written");
    let names: Vec<&str> = done.files.iter().map(|file| file.name.as_str()).collect();
    for name in [
        "salesforce/10_leads.csv",
        "salesforce/20_campaign_members.csv",
        "salesforce/30_tasks.csv",
        "hubspot/10_contacts.csv",
        "hubspot/20_notes.csv",
        "marketo/10_members_demo-booked.csv",
        "marketo/20_members_responded.csv",
        "account_engagement/10_prospects.csv",
        "dynamics/10_lead.csv",
        "RUNSHEET.md",
        "summary.html",
        "packets/julian-sands.md",
        "packets/julian-sands.html",
        "packets/nobody-yet.md",
    ] {
        assert!(names.contains(&name), "{name} in {names:?}");
    }
    assert_eq!(names.last(), Some(&"manifest.json"));
    for file in done.files.iter().filter(|file| {
        Path::new(&file.name)
            .extension()
            .is_some_and(|end| end == "csv")
    }) {
        if file.name != "leads_excel.csv" {
            assert_eq!(
                table(&done.path.join(&file.name)).len(),
                file.rows,
                "{}",
                file.name
            );
        }
    }
    let leads = table(&done.path.join("salesforce/10_leads.csv"));
    assert_eq!(leads.len(), 5);
    let want = [
        ("FirstName", "Frank"),
        ("LastName", "Bennett"),
        ("Company", "Northwind Freight"),
        ("Phone", "+13125550100"),
        ("Rating", "Hot"),
        ("Status", "Open - Not Contacted"),
        ("LeadSource", "Trade Show"),
        ("HasOptedOutOfEmail", "FALSE"),
        ("OwnerId", "005000000000001"),
    ];
    for (column, value) in want {
        assert_eq!(leads[0][column], value, "{column}");
    }
    assert_eq!(leads[2]["LastName"], "[not provided]", "the nameless talk");
    let members = table(&done.path.join("salesforce/20_campaign_members.csv"));
    let ids = |rows: &[BTreeMap<String, String>], column: &str| -> Vec<String> {
        rows.iter().map(|row| row[column].clone()).collect()
    };
    assert_eq!(
        ids(&members, "Lead.Event_Lead_Id__c"),
        ids(&leads, "Event_Lead_Id__c"),
        "members find their leads"
    );
    assert_eq!(members[0]["Status"], "Demo Booked");
    assert_eq!(members[2]["Status"], "Responded");
    let contacts = table(&done.path.join("hubspot/10_contacts.csv"));
    assert_eq!(contacts.len(), 4, "a contact needs a name or an address");
    assert_eq!(contacts[0]["Contact owner"], "julian@standlight.example");
    assert_eq!(
        contacts[0]["Legal basis for processing contact's data"],
        "Freely given consent from contact"
    );
}

#[test]
fn excel_files_begin_with_the_mark_and_the_loaders_do_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let done = night(
        booth().board(),
        folder.path(),
        &all(),
        NightRules::default(),
    )
    .expect("written");
    let read = |name: &str| fs::read(done.path.join(name)).expect("the file");
    let (plain, excel) = (read("leads.csv"), read("leads_excel.csv"));
    assert_eq!(
        excel.strip_prefix("\u{feff}".as_bytes()),
        Some(plain.as_slice())
    );
    assert!(!read("salesforce/10_leads.csv").starts_with("\u{feff}".as_bytes()));
}

/// A booth with one fault of each kind.
fn faulty() -> Day1 {
    let mut day = Day1::new();
    for (name, email, heat) in [
        ("Ana One", "same@x.example", Heat::Warm),
        ("Ben Two", "SAME@x.example", Heat::Hot),
        ("Cy Three", "no address", Heat::Cold),
        (&"N".repeat(90), "long@x.example", Heat::Swag),
    ] {
        let card = day.open();
        day.seat(card, person(name, "Acme", email, ""));
        day.fact(Fact::Rated {
            card,
            heat: Some(heat),
        });
    }
    day
}

#[test]
fn faults_name_file_row_column_reason_and_remedy() {
    let folder = tempfile::tempdir().expect("a folder");
    let rules = NightRules {
        picklists: BTreeMap::from([("Rating".into(), vec!["Hot".into(), "Warm".into()])]),
        ..NightRules::default()
    };
    let wanted = ["salesforce".to_owned(), "hubspot".to_owned()];
    let done = night(faulty().board(), folder.path(), &wanted, rules).expect("written");
    let told = |file: &str, column: &str, who: &str| {
        done.faults
            .iter()
            .find(|fault| {
                fault.file == file && fault.column == column && fault.who.starts_with(who)
            })
            .unwrap_or_else(|| panic!("a fault of {who} in {file}, {column}: {:#?}", done.faults))
    };
    let long = told("salesforce/10_leads.csv", "LastName", "NNN");
    assert_eq!((long.weight, long.line), (Weight::Fixed, 4), "{long:?}");
    assert!(long.reason.contains("80 characters"), "{long:?}");
    let cold = told("salesforce/10_leads.csv", "Rating", "Cy Three");
    assert_eq!((cold.weight, cold.line), (Weight::LeftOut, 0), "{cold:?}");
    assert!(cold.remedy.contains("did you mean"), "{cold:?}");
    let double = told("hubspot/10_contacts.csv", "Email", "Ana One");
    assert_eq!(double.weight, Weight::LeftOut, "the hotter one stays");
    assert!(double.reason.contains("Ben Two"), "{double:?}");
    told("hubspot/10_contacts.csv", "Email", "Cy Three");
    let leads = table(&done.path.join("salesforce/10_leads.csv"));
    assert_eq!(
        leads.len(),
        3,
        "only the row of the unknown value is left out"
    );
    assert_eq!(leads[2]["LastName"].chars().count(), 80);
    assert_eq!(
        table(&done.path.join("faults.csv")).len(),
        done.faults.len()
    );
    let runsheet = fs::read_to_string(done.path.join("RUNSHEET.md")).expect("the runsheet");
    assert!(runsheet.contains("Ben Two") && runsheet.contains("`salesforce/10_leads.csv`"));
}

#[test]
fn a_strict_show_writes_nothing_and_says_the_first_fault() {
    let folder = tempfile::tempdir().expect("a folder");
    let rules = NightRules {
        strict: true,
        ..NightRules::default()
    };
    let error = night(
        faulty().board(),
        folder.path(),
        &["hubspot".to_owned()],
        rules,
    )
    .expect_err("strict");
    assert!(error.to_string().contains("Ana One"), "{error}");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0);
}

#[test]
fn an_unknown_destination_is_named_with_those_there_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = night(
        booth().board(),
        folder.path(),
        &["salesfarce".to_owned()],
        NightRules::default(),
    )
    .expect_err("unknown");
    let words = error.to_string();
    assert!(
        words.contains("salesfarce") && words.contains("account_engagement"),
        "{words}"
    );
}

#[test]
fn packets_hold_their_owners_leads_and_nobody_elses_markup() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut day = booth();
    let card = day.open();
    day.seat(
        card,
        person("<script>alert(1)</script>", "A | B", "x@y.example", ""),
    );
    let done = night(day.board(), folder.path(), &[], NightRules::default()).expect("written");
    let read = |name: &str| fs::read_to_string(done.path.join(name)).expect("the packet");
    let julian = read("packets/julian-sands.html");
    for words in [
        "Frank Bennett",
        "a hundred and eighty thousand dollars approved",
        "send pricing, &quot;the long one&quot; (by 2026-11-25)",
        "may be written to",
        "2026-11-23 12:30",
        "target account Northwind Freight (tier 1), domain",
    ] {
        assert!(julian.contains(words), "{words} in {julian}");
    }
    assert!(!julian.contains("script"), "another owner's lead");
    let nobody = read("packets/nobody-yet.html");
    assert!(
        nobody.contains("&lt;script&gt;") && !nobody.contains("<script"),
        "escaped"
    );
    assert!(read("packets/nobody-yet.md").contains("A \\| B"));
    assert!(!read("summary.html").contains("<script"));
}

#[test]
fn addresses_are_told_from_words() {
    for good in [
        "a@b.example",
        "a.b+c@x-y.co.uk",
        "jörg@bücher.example",
        "o'hara@x.example",
    ] {
        assert!(is_email(good), "{good}");
    }
    for bad in [
        "",
        "a",
        "a@",
        "@b.example",
        "a@b",
        "a b@c.example",
        "a@b..example",
        "a@-b.example",
        "=1@b.example",
        "a@b.example, c@d.example",
    ] {
        assert!(!is_email(bad), "{bad}");
    }
}

fn since_last(board: &Board, dir: &Path) -> Exported {
    let playbook = playbook();
    let wanted = ["hubspot".to_owned()];
    write_night_since_last(dir, &show(&playbook, &wanted), board, &now()).expect("written")
}

#[test]
fn notes_go_out_once_and_a_delta_holds_what_is_new_changed_or_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut day = booth();
    let wanted = ["hubspot".to_owned()];
    let first = night(day.board(), folder.path(), &wanted, NightRules::default()).expect("written");
    assert_eq!(table(&first.path.join("hubspot/20_notes.csv")).len(), 2);
    let again = night(day.board(), folder.path(), &wanted, NightRules::default()).expect("written");
    assert_eq!(
        table(&again.path.join("hubspot/20_notes.csv")).len(),
        0,
        "told already"
    );
    assert_eq!(
        table(&again.path.join("hubspot/10_contacts.csv")).len(),
        4,
        "contacts are updated"
    );
    assert_eq!(
        since_last(day.board(), folder.path()).leads,
        0,
        "nothing happened"
    );
    let cards: Vec<_> = day.board().cards().map(|card| card.id).collect();
    day.fact(Fact::Rated {
        card: cards[3],
        heat: Some(Heat::Warm),
    });
    day.fact(Fact::CardsMerged {
        card: cards[0],
        from: cards[1],
    });
    let card = day.open();
    day.seat(card, person("Eve New", "Acme", "eve@x.example", ""));
    let delta = since_last(day.board(), folder.path());
    let rows = table(&delta.path.join("leads.csv"));
    let told: Vec<(&str, &str)> = rows
        .iter()
        .map(|row| (row["full_name"].as_str(), row["change"].as_str()))
        .collect();
    let want = [
        ("Frank Bennett", "changed"),
        ("Dr. Helen van der Brooks", "changed"),
        ("محمد علي", "changed"),
        ("Eve New", "new"),
    ];
    assert_eq!(told, want);
    assert_eq!(
        table(&delta.path.join("gone.csv")).len(),
        1,
        "the merged card's lead"
    );
    let notes = table(&delta.path.join("hubspot/20_notes.csv"));
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0]["Email"], "eve@x.example");
    assert_eq!(
        since_last(day.board(), folder.path()).leads,
        0,
        "told already"
    );
}
