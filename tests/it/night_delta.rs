//! Exports after exports: ids that stay through merges, rows an importer refused, a second place, archives for owners.

use std::fs;
use std::path::Path;
use std::process::Command;

use boothside::domain::{CardId, Fact, Heat, Import, Receipt};
use boothside::handoff::{
    Exported, drafts, leads, mirror, packets, write_night, write_night_since_last,
};

use crate::night::{Day1, booth, now, person, playbook, show, table, written};

fn delta(day: &Day1, dir: &Path) -> Exported {
    let playbook = playbook();
    write_night_since_last(dir, &show(&playbook, &[]), day.board(), &now()).expect("written")
}

fn ids(day: &Day1) -> Vec<(String, String)> {
    let playbook = playbook();
    let mut rows: Vec<(String, String)> = leads::rows(day.board(), &show(&playbook, &[]))
        .into_iter()
        .map(|lead| (lead.full_name, lead.external_id))
        .collect();
    rows.sort();
    rows
}

fn pair_of_cards(one: &[&str], other: &[&str]) -> (Day1, CardId, CardId) {
    let mut day = Day1::new();
    let cards = [one, other].map(|names| {
        let card = day.open();
        day.say(card, "hello there", None);
        for name in names {
            let email = format!("{}@acme.example", name.to_lowercase().replace(' ', "."));
            day.seat(card, person(name, "Acme", &email, ""));
        }
        card
    });
    (day, cards[0], cards[1])
}

#[test]
fn everybody_keeps_the_id_they_went_out_with_when_cards_are_merged() {
    let (mut day, card, from) = pair_of_cards(&["Ana One", "Ben Two"], &["Cem Three", "Dia Four"]);
    let before = ids(&day);
    day.fact(Fact::CardsMerged { card, from });
    assert_eq!(ids(&day), before);
    // Merged once more, into a third card that nobody is on.
    let third = day.open();
    day.say(third, "and hello again", None);
    day.fact(Fact::CardsMerged {
        card: third,
        from: card,
    });
    assert_eq!(ids(&day), before);
}

#[test]
fn one_person_on_two_cards_is_one_lead_after_the_merge_and_the_other_id_is_told_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut day, card, from) = pair_of_cards(&["Ana One"], &["Ana One"]);
    let before = ids(&day);
    written(&day, folder.path());
    day.fact(Fact::CardsMerged { card, from });
    assert_eq!(ids(&day), before[..1]);
    let done = delta(&day, folder.path());
    let gone = table(&done.path.join("gone.csv"));
    assert_eq!(gone.len(), 1);
    assert_eq!(gone[0]["external_id"], before[1].1);
}

#[test]
fn a_row_the_importer_refused_goes_again_until_it_is_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut day = booth();
    let card = day.board().cards().next().expect("a card").id;
    let id = ids(&day)
        .into_iter()
        .find(|(name, _)| name == "Frank Bennett")
        .expect("Frank")
        .1;
    written(&day, folder.path());
    let returned = |day: &mut Day1, import: Import| {
        day.fact(Fact::ImportReturned {
            card,
            receipt: Receipt {
                external_id: id.clone(),
                import,
                record: String::new(),
                reason: "bad value for restricted picklist field".into(),
            },
        });
    };
    returned(&mut day, Import::Failed);
    for _ in 0..2 {
        let rows = table(&delta(&day, folder.path()).path.join("leads.csv"));
        let told: Vec<&str> = rows.iter().map(|row| row["full_name"].as_str()).collect();
        assert_eq!(told, ["Frank Bennett"]);
        assert_eq!(rows[0]["change"], "changed");
    }
    returned(&mut day, Import::Created);
    assert_eq!(delta(&day, folder.path()).leads, 0);
}

/// Every file below a folder with its bytes, by name.
fn tree(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(dir).expect("below").display().to_string();
                found.push((name, fs::read(path).expect("a file")));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_second_place_gets_what_it_lacks_and_nothing_half() {
    let (night, stick) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    let day = booth();
    let first = written(&day, night.path());
    written(&day, night.path());
    // An export that is being written is no export yet.
    fs::create_dir(night.path().join(".unfinished-1")).expect("a folder");
    assert_eq!(
        mirror(night.path(), stick.path(), "MTF-A").expect("copied"),
        2
    );
    let copy = stick.path().join("MTF-A").join(&first.folder);
    assert_eq!(tree(&copy), tree(&first.path));
    assert_eq!(
        mirror(night.path(), stick.path(), "MTF-A").expect("whole"),
        0
    );
    // One was lost on the way: it alone is copied again.
    fs::remove_dir_all(&copy).expect("removed");
    assert_eq!(
        mirror(night.path(), stick.path(), "MTF-A").expect("copied"),
        1
    );
    assert_eq!(tree(&copy), tree(&first.path));
}

#[test]
fn a_stick_that_is_not_there_is_said_and_no_folder_is_made_in_its_place() {
    let night = tempfile::tempdir().expect("a folder");
    written(&booth(), night.path());
    let place = night.path().join("no-stick");
    let fault = mirror(night.path(), &place, "MTF-A").expect_err("a fault");
    assert!(fault.to_string().contains("no-stick"), "{fault}");
    assert!(!place.exists());
}

/// Python's own reader tests every checksum and prints names and sizes.
const UNZIP: &str = "import sys, zipfile, json
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(json.dumps({name: archive.read(name).decode() for name in archive.namelist()}))";

#[test]
fn an_owners_archive_is_read_by_somebody_elses_reader() {
    let folder = tempfile::tempdir().expect("a folder");
    let day = booth();
    let done = written(&day, folder.path());
    let path = done.path.join("packets/julian-sands.zip");
    let read = Command::new("python3")
        .args(["-c", UNZIP])
        .arg(&path)
        .output();
    let Some(read) = read.ok().filter(|_| path.is_file()) else {
        eprintln!("skipped: python3 is not installed");
        return;
    };
    assert!(
        read.status.success(),
        "{}",
        String::from_utf8_lossy(&read.stderr)
    );
    let files: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(&read.stdout).expect("JSON");
    for ending in ["md", "html", "ics", "vcf", "chat.txt"] {
        let name = format!("julian-sands.{ending}");
        let text = fs::read_to_string(done.path.join("packets").join(&name)).expect("the file");
        assert_eq!(files[&name], text, "{name}");
    }
}

#[test]
fn a_hot_lead_is_five_lines_for_a_chat_whatever_its_words_hold() {
    let mut day = booth();
    let hot = day.board().cards().next().expect("a card").id;
    day.fact(Fact::NextStepSet {
        card: hot,
        text: "call\nthem\r\nback".into(),
        due: None,
    });
    let playbook = playbook();
    let show = show(&playbook, &[]);
    let rows = leads::rows(day.board(), &show);
    let drafts = drafts(&rows, day.board(), &show);
    let all = packets(&rows, day.board(), &show, &drafts);
    let julian = all
        .iter()
        .find(|it| it.owner == "Julian Sands")
        .expect("his");
    let chat = julian.chat.as_deref().expect("hot leads");
    let hot = rows
        .iter()
        .filter(|lead| lead.grade == Heat::Hot.word() && lead.owner == "Julian Sands");
    let lines: Vec<&str> = chat.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), 5 * hot.count());
    assert!(lines[0].starts_with("HOT Frank Bennett"), "{chat}");
    assert!(lines[3] == "Promised: call them back", "{chat}");
    let cold = all.iter().find(|it| it.owner.is_empty()).expect("nobody's");
    assert_eq!(cold.chat, None);
}

#[test]
fn the_first_answer_is_due_by_the_owners_own_clock() {
    let day = booth();
    let mut playbook = playbook();
    playbook.owners[0].time_zone = "Europe/Berlin".into();
    let folder = tempfile::tempdir().expect("a folder");
    let done =
        write_night(folder.path(), &show(&playbook, &[]), day.board(), &now()).expect("written");
    let text = fs::read_to_string(done.path.join("packets/julian-sands.md")).expect("the packet");
    assert!(text.contains("(Europe/Berlin)"), "{text}");
    let nobody = fs::read_to_string(done.path.join("packets/nobody-yet.md")).expect("the packet");
    assert!(!nobody.contains("Europe/Berlin"));
}
