//! Show folders: the bundled ones are sound, and every kind of mistake is told with place and remedy, all at once.

use std::fs;
use std::path::Path;

use boothside::diagnostic::{Diagnostic, render_all};
use boothside::domain::{Day, Role};
use boothside::show::{self, LaneSource, ThemeChoice};

fn none(faults: &[Diagnostic]) {
    assert!(faults.is_empty(), "{}", render_all(faults));
}

#[test]
fn the_demo_show_is_sound_and_whole() {
    let dir = tempfile::tempdir().unwrap();
    let written = show::write_demo(dir.path()).unwrap();
    assert_eq!(written.len(), 6);
    let (show, faults) = show::open(dir.path());
    none(&faults);
    assert_eq!(show.config.name, "Meridian Trade Fair 2026");
    assert_eq!(show.config.days.first(), Day::new(2026, 11, 22).as_ref());
    assert_eq!(show.playbook.accounts.len(), 24);
    assert_eq!(show.playbook.owners.len(), 6);
    assert_eq!(show.config.quick_tags.len(), 9);
    assert_eq!(show.config.lanes.len(), 3);
    for lane in &show.config.lanes {
        let LaneSource::File(path) = &lane.source else {
            panic!("{} plays no recording", lane.name);
        };
        assert!(show.dir.join(path).is_file());
    }
    let (_, text) = show.attendees_csv.unwrap();
    assert!(text.starts_with("Badge ID,"));
    // A second start finds the folder as it left it.
    assert!(show::write_demo(dir.path()).unwrap().is_empty());
}

#[test]
fn a_new_show_folder_has_no_faults() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path().join("my-show");
    let written = show::init(&dir).unwrap();
    assert_eq!(written.len(), 3);
    let (show, faults) = show::open(&dir);
    none(&faults);
    assert_eq!(show.config.lanes[0].role, Role::Table);
    assert_eq!(show.config.theme, ThemeChoice::default());
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("diary.txt"), "dear").unwrap();
    let refusal = show::init(dir.path()).unwrap_err().to_string();
    assert!(refusal.contains("diary.txt"), "{refusal}");
    assert!(show::write_demo(dir.path()).is_err());
    let inside: Vec<_> = fs::read_dir(dir.path()).unwrap().collect();
    assert_eq!(inside.len(), 1);
    let file = dir.path().join("diary.txt");
    let refusal = show::init(&file).unwrap_err().to_string();
    assert!(refusal.contains("is a file"), "{refusal}");
}

#[test]
fn an_unknown_folder_is_told_with_the_way_out() {
    let (show, faults) = show::open(Path::new("no/such/folder"));
    assert_eq!(show.config.lanes.len(), 1);
    assert_eq!(faults.len(), 1);
    assert!(faults[0].render().contains("boothside init no/such/folder"));
}

/// Every folder of `tests/bad/shows` is told as the file beside it says.
#[test]
fn every_mistake_is_told_with_place_and_remedy() {
    let mut checked = 0;
    let mut folders: Vec<_> = fs::read_dir("tests/bad/shows")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    for folder in folders {
        let (_, faults) = show::open(&folder);
        assert!(!faults.is_empty(), "{} has no faults", folder.display());
        let expected = folder.with_extension("expected");
        check(&render_all(&faults), &expected);
        checked += 1;
    }
    assert!(checked >= 25, "only {checked} folders");
}

/// Compares with a kept text; `UPDATE=1` keeps the new one.
fn check(text: &str, kept: &Path) {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(kept, text).unwrap();
    }
    let before = fs::read_to_string(kept).unwrap_or_default();
    assert_eq!(text, before, "{} (UPDATE=1 rewrites it)", kept.display());
}

/// A show folder of its own with these files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(
        dir.path().join("show.toml"),
        "code = \"T\"\nname = \"Test\"\n",
    )
    .unwrap();
    for (name, bytes) in files {
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    dir
}

#[test]
fn what_is_sound_counts_beside_the_faults() {
    let (show, faults) = show::open(Path::new("tests/bad/shows/five-faults"));
    assert!(faults.len() >= 5);
    assert_eq!(show.config.code, "MTF2026");
    assert_eq!(show.config.lanes[0].name, "Desk");
    let (show, _) = show::open(Path::new("tests/bad/shows/broken-quote"));
    let names: Vec<&str> = show
        .playbook
        .accounts
        .iter()
        .map(|account| account.name.as_str())
        .collect();
    assert_eq!(names, ["Acme", "Cedar \"Hill\" Foods", "Delta\nLines"]);
}

#[test]
fn a_quote_that_opens_on_line_4000_is_told_there() {
    let mut text = String::from("name,domain\r\n");
    for line in 2..=9_000 {
        let name = match line {
            4_000 => "\"Brackwater, Inc.".to_string(),
            _ if line % 7 == 0 => format!("\"Company, {line}\""),
            _ => format!("Company {line}"),
        };
        text.push_str(&format!("{name},c{line}.example\r\n"));
    }
    let dir = folder(&[("accounts.csv", text.as_bytes())]);
    let (show, faults) = show::open(dir.path());
    assert_eq!(faults.len(), 1, "{}", render_all(&faults));
    let place = faults[0].place.as_ref().unwrap();
    assert_eq!((place.line, place.column), (4_000, 1));
    assert!(faults[0].message.contains("line 4000"));
    assert_eq!(show.playbook.accounts.len(), 8_998);
}

#[test]
fn lists_in_other_encodings_keep_their_letters() {
    let text = "name;owner\nMüller & Söhne;\nZoë;\n";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf16.clone()).collect();
    let big: Vec<u8> = [0xfe, 0xff]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_be_bytes))
        .collect();
    let latin: Vec<u8> = text.chars().map(|char| char as u8).collect();
    let bom = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let cases = [
        (text.as_bytes().to_vec(), None),
        (bom, None),
        (utf16, Some("UTF-16LE")),
        (marked, Some("UTF-16LE")),
        (big, Some("UTF-16BE")),
        (latin, Some("windows-1252")),
    ];
    for (bytes, assumed) in cases {
        let dir = folder(&[("accounts.csv", &bytes)]);
        let (show, faults) = show::open(dir.path());
        assert_eq!(show.playbook.accounts[0].name, "Müller & Söhne");
        assert_eq!(show.playbook.accounts[1].name, "Zoë");
        let told = faults.first().map(|fault| fault.message.clone());
        let told_right = match (&told, assumed) {
            (None, None) => true,
            (Some(told), Some(encoding)) => told.contains(encoding),
            _ => false,
        };
        assert!(told_right, "{assumed:?}: {told:?}");
    }
}

#[test]
fn a_list_lies_over_the_playbook() {
    let playbook = b"[[accounts]]\nname = \"Acme\"\nindustry = \"mining\"\naliases = [\"akme\"]\n";
    let list = b"id,name,aliases,website,country\nA1,ACME,ack me;akme,https://www.Acme.example/about,us\nB2,Beta,,,\n";
    let dir = folder(&[("playbook.toml", playbook), ("accounts.csv", list)]);
    let (show, faults) = show::open(dir.path());
    none(&faults);
    let [acme, beta] = &show.playbook.accounts[..] else {
        panic!("{:?}", show.playbook.accounts);
    };
    assert_eq!((acme.id.as_str(), acme.industry.as_str()), ("A1", "mining"));
    assert_eq!(acme.aliases, ["akme", "ack me"]);
    assert_eq!(
        (acme.domain.as_str(), acme.country.as_str()),
        ("acme.example", "US")
    );
    assert_eq!(beta.key(), "B2");
}

#[test]
fn a_playbook_asks_in_its_own_words() {
    let playbook = b"[ask]\nneed = \"What bothers you?\"\nneeed = \"?\"\n";
    let dir = folder(&[("playbook.toml", playbook)]);
    let (show, faults) = show::open(dir.path());
    assert_eq!(show.playbook.ask["need"], "What bothers you?");
    let [fault] = &faults[..] else {
        panic!("{faults:?}");
    };
    let words = render_all(std::slice::from_ref(fault));
    assert!(
        words.contains("needed") || words.contains("`need`"),
        "{words}"
    );
    let mut card = boothside::domain::Card::new(
        boothside::domain::CardId(boothside::domain::Stamp::default()),
        String::new(),
    );
    let asked = std::collections::BTreeSet::new();
    let ask = |card: &boothside::domain::Card| {
        let words = boothside::qualify::ask_next(card, &asked, &show.playbook.ask);
        words.map(str::to_owned)
    };
    assert_eq!(ask(&card).as_deref(), Some("What bothers you?"));
    card.heat = Some(boothside::domain::Heat::Swag);
    assert_eq!(ask(&card), None);
}

#[test]
fn a_list_full_of_faults_is_refused_quickly_and_briefly() {
    let mut text = String::from("name,domain\n");
    for line in 0..100_000 {
        text.push_str(&format!(",d{line}.example\n"));
    }
    let dir = folder(&[("accounts.csv", text.as_bytes())]);
    let started = std::time::Instant::now();
    let (_, faults) = show::open(dir.path());
    assert!(faults.len() < 50, "{} faults", faults.len());
    let last = faults.last().unwrap();
    assert!(last.message.contains("more faults"), "{}", last.message);
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}

#[test]
fn any_bytes_make_a_show() {
    proptest::proptest!(proptest::prelude::ProptestConfig::with_cases(64), |(bytes: Vec<u8>, text: String)| {
        let dir = folder(&[
            ("accounts.csv", &bytes),
            ("attendees.csv", text.as_bytes()),
            ("playbook.toml", text.as_bytes()),
            ("show.toml", &bytes),
        ]);
        let (_, faults) = show::open(dir.path());
        // Whatever it is, it can be drawn.
        let _ = render_all(&faults);
    });
}
