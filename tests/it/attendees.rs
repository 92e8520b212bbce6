//! A list of attendees that comes after the scans: who was only a number gets a name, by a deed that can be taken back.

use std::fs;

use boothside::cli::{self, Streams};
use boothside::domain::{
    Author, CardId, Deed, Fact, Ledger, Opened, Source, Stamp, Visitor, VisitorId,
};
use boothside::show;
use boothside::store::Store;

fn stamp(count: u16) -> Stamp {
    Stamp {
        wall_ms: 1_795_000_000_000,
        count,
        node: 7,
    }
}

/// A deed that opens a card and seats who has only a number.
fn scanned(count: u16, badge_id: &str) -> Deed {
    let card = CardId(stamp(count));
    Deed {
        stamp: stamp(count),
        author: Author::Person("captain".into()),
        facts: vec![
            Fact::CardOpened {
                card,
                lane: String::new(),
                why: Opened::Scan,
            },
            Fact::VisitorSeated {
                card,
                id: VisitorId(stamp(count)),
                visitor: Visitor {
                    badge_id: badge_id.into(),
                    raw: badge_id.into(),
                    source: Source::Scan,
                    ..Visitor::default()
                },
            },
        ],
    }
}

fn run(args: &[&str]) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = cli::run(
        ["boothside"]
            .iter()
            .chain(args)
            .map(std::ffi::OsString::from),
        &mut Streams {
            input: &mut &b""[..],
            out: &mut out,
            err: &mut err,
            watched: false,
        },
    );
    (
        status,
        String::from_utf8(out).unwrap(),
        String::from_utf8(err).unwrap(),
    )
}

#[test]
fn a_late_list_resolves_who_was_only_a_number() {
    let dir = tempfile::tempdir().unwrap();
    show::write_demo(dir.path()).unwrap();
    fs::remove_file(dir.path().join("attendees.csv")).unwrap();
    let opened = Store::open(&dir.path().join("store"), |_| {}).unwrap();
    for (count, badge) in ["0815", "47110", "nobody-9"].into_iter().enumerate() {
        opened.store.append(scanned(count as u16, badge));
    }
    opened.store.close().unwrap();
    let list = dir.path().join("late list.csv");
    fs::write(
        &list,
        "Badge-Nr;Vorname;Nachname;Firma;E-Mail;Land\n000815;Lena;Hart;Northwind Freight;lena@x.example;DE\n4711;Tom;Baker;Acme;;\n",
    )
    .unwrap();
    let (name, file) = (dir.path().to_str().unwrap(), list.to_str().unwrap());
    let (status, out, err) = run(&["attendees", name, file]);
    assert_eq!(status, 0, "{out}{err}");
    for words in [
        "id = \"Badge-Nr\"",
        "guessed from the headers; to keep or change it",
        "first = \"Vorname\"\n",
        "sure\t0815\tLena Hart, Northwind Freight (badge 000815)",
        "likely\t47110\tTom Baker",
        "none\tnobody-9",
        "1 resolved, 1 likely and left for you to look at, 1 not on the list",
        "kept as attendees.csv",
    ] {
        assert!(out.contains(words), "{words}: {out}");
    }
    let opened = Store::open(&dir.path().join("store"), |_| {}).unwrap();
    let mut ledger = Ledger::of(opened.deeds.clone());
    opened.store.close().unwrap();
    let seen = |ledger: &Ledger, count| {
        let card = ledger.board().card(CardId(stamp(count))).unwrap();
        (card.visitors[0].1.clone(), card.account.clone())
    };
    let (lena, account) = seen(&ledger, 0);
    assert_eq!(
        (lena.name.as_str(), lena.country.as_str()),
        ("Lena Hart", "DE")
    );
    assert_eq!(
        (lena.badge_id.as_str(), lena.raw.as_str()),
        ("000815", "0815")
    );
    assert_eq!(account.unwrap().name, "Northwind Freight");
    assert_eq!(
        seen(&ledger, 1).0.name,
        "",
        "who is only likely is left for a person"
    );
    // A second time there is no news, and one undo takes the deed back.
    let (_, out, _) = run(&["attendees", name, file]);
    assert!(
        out.contains("0 resolved") && out.contains("has this list already"),
        "{out}"
    );
    let target = opened.deeds.last().unwrap().stamp;
    ledger.record(Deed {
        stamp: Stamp {
            wall_ms: target.wall_ms + 1,
            ..target
        },
        author: Author::Person("captain".into()),
        facts: vec![Fact::Retracted { target }],
    });
    let (nobody, account) = seen(&ledger, 0);
    assert_eq!(
        (nobody.name.as_str(), nobody.badge_id.as_str(), account),
        ("", "0815", None)
    );
}

#[test]
fn a_list_that_is_none_is_refused_in_one_sentence() {
    let dir = tempfile::tempdir().unwrap();
    show::write_demo(dir.path()).unwrap();
    let name = dir.path().to_str().unwrap();
    for (file, bytes, words) in [
        (
            "sheet.xlsx",
            &b"PK\x03\x04rest"[..],
            "is a spreadsheet, not a CSV file",
        ),
        (
            "names.csv",
            &b"First,Last\nAna,Silva\n"[..],
            "no column looks like a badge id",
        ),
        (
            "utf16.csv",
            &b"\xFF\xFEB\0a\0d\0g\0e\0,\0N\0a\0m\0e\0\n\0"[..],
            "isn't UTF-8; it was read as UTF-16LE",
        ),
    ] {
        let path = dir.path().join(file);
        fs::write(&path, bytes).unwrap();
        let (_, out, err) = run(&["attendees", name, path.to_str().unwrap()]);
        assert!(
            err.contains(words) && err.contains(file),
            "{file}: {out}{err}"
        );
    }
    let (status, _, err) = run(&["attendees", name, "no.csv"]);
    assert!(
        status == 1 && err.contains("no.csv") && err.contains("isn't there"),
        "{err}"
    );
}

/// Columns that no header gives away are named in show.toml; a name that the list lacks is told with line and remedy.
#[test]
fn the_show_says_which_column_is_what() {
    let dir = tempfile::tempdir().unwrap();
    show::write_demo(dir.path()).unwrap();
    fs::remove_file(dir.path().join("attendees.csv")).unwrap();
    let toml = dir.path().join("show.toml");
    let plain = fs::read_to_string(&toml).unwrap();
    let list = dir.path().join("late.csv");
    fs::write(
        &list,
        "Code A;Code B;Wer;Wo;Company;Email\n17;X-99;Lena Hart;Acme;Wrong Co;l@acme.example\n",
    )
    .unwrap();
    let opened = Store::open(&dir.path().join("store"), |_| {}).unwrap();
    opened.store.append(scanned(0, "x-99"));
    opened.store.close().unwrap();
    let names = "\n[attendees]\nid = [\"Code A\", \"code b\"]\nname = \"Wer\"\ncompany = \"Wo\"\n";
    fs::write(&toml, format!("{plain}{names}title = \"Rolle\"\n")).unwrap();
    let (name, file) = (dir.path().to_str().unwrap(), list.to_str().unwrap());
    let (status, out, err) = run(&["attendees", name, file]);
    assert_eq!(status, 0, "{out}{err}");
    let lacks = "late.csv: line 1: no column is called \"Rolle\", which show.toml names for title";
    assert!(
        err.contains(lacks) && err.contains("mend [attendees]"),
        "{err}"
    );
    assert!(out.contains("sure\tx-99\tLena Hart, Acme"), "{out}");
    assert!(
        out.contains("[attendees]\nemail = \"Email\"\n"),
        "only the address was guessed: {out}"
    );
    // The whole of it pinned: nothing is a guess any more. The show's own list knows the columns at its start.
    fs::write(&toml, format!("{plain}{names}email = \"Email\"\n")).unwrap();
    let (_, out, _) = run(&["attendees", name, file]);
    assert!(!out.contains("guessed"), "{out}");
    let (_, out, _) = run(&["check", name]);
    assert!(out.contains("is sound"), "{out}");
}
