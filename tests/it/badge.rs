//! Badges: every judged field of the sample cards, payloads of every kind, and scanners told from typists on a simulated clock.

use std::path::Path;

use boothside::badge::wedge::{Output, Settings, Wedge, WedgeKey};
use boothside::badge::{Kind, Reading, guess, parse, parse_by};
use boothside::domain::{Detail, Layout};
use proptest::prelude::*;

fn field(reading: &Reading, name: &str) -> String {
    let who = &reading.visitor;
    match name {
        "full_name" => who.name.clone(),
        "first" => reading.first.clone(),
        "last" => reading.last.clone(),
        "org" => who.company.clone(),
        "title" => who.title.clone(),
        "email" => who.email.clone(),
        "phone" => digits(&who.phone),
        _ => panic!("no field {name}"),
    }
}

/// Digits and a leading plus: how phones are compared.
fn digits(phone: &str) -> String {
    let plus = if phone.trim_start().starts_with('+') {
        "+"
    } else {
        ""
    };
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    format!("{plus}{digits}")
}

#[test]
fn every_judged_field_of_the_sample_cards_is_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/badges");
    let table = std::fs::read_to_string(folder.join("expected.tsv")).expect("the table");
    let mut lines = table.lines();
    let names: Vec<&str> = lines
        .next()
        .expect("a header")
        .split('\t')
        .skip(1)
        .collect();
    let (mut right, mut faults) = (0, Vec::new());
    for line in lines {
        let mut cells = line.split('\t');
        let file = cells.next().expect("a file");
        let reading = parse(&std::fs::read(folder.join(file)).expect(file));
        for name in &names {
            let wanted = cells.next().unwrap_or_default();
            if wanted == "?" {
                continue;
            }
            let wanted = if *name == "phone" {
                digits(wanted)
            } else {
                wanted.to_owned()
            };
            let found = field(&reading, name);
            if found == wanted {
                right += 1;
            } else {
                faults.push(format!("{file} {name}: `{found}` for `{wanted}`"));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{right} right, not:\n{}",
        faults.join("\n")
    );
    assert!(right > 250, "only {right} fields were judged");
}

#[test]
fn payloads_of_every_kind_tell_what_they_are() {
    // payload, kind, name, company, e-mail, badge id
    let cases: [(&str, Kind, &str, &str, &str, &str); 14] = [
        ("004117", Kind::Id, "", "", "", "004117"),
        ("]Q1SBpax001", Kind::Id, "", "", "", "SBpax001"),
        (
            "MECARD:N:Doe\\, Jr,Jane;ORG:A\\;B;EMAIL:j@d.example",
            Kind::Mecard,
            "Jane Doe, Jr",
            "A;B",
            "j@d.example",
            "",
        ),
        (
            "MECARD+\r\nN:Doe, John\r\nORG:Acme",
            Kind::Mecard,
            "John Doe",
            "Acme",
            "",
            "",
        ),
        (
            "BIZCARD:N:Sean;X:Owen;T:Engineer;C:Google;E:s@g.example;;",
            Kind::Mecard,
            "Sean Owen",
            "Google",
            "s@g.example",
            "",
        ),
        (
            "MEMORY:x\r\nNAME1:Ken\r\nMAIL1:k@d.example\r\n",
            Kind::Mecard,
            "Ken",
            "",
            "k@d.example",
            "",
        ),
        (
            "mailto:ana@b.example?subject=x",
            Kind::Address,
            "",
            "",
            "ana@b.example",
            "",
        ),
        ("ana@b.example", Kind::Address, "", "", "ana@b.example", ""),
        (
            "https://badge.example/e/drx/v/A81723?x=1",
            Kind::Url,
            "",
            "",
            "",
            "A81723",
        ),
        (
            "Frank^Bennett^Northwind Freight^2427",
            Kind::Fields,
            "Frank Bennett",
            "Northwind Freight",
            "",
            "2427",
        ),
        (
            "4711::Bennett::Frank::Northwind::f@n.example",
            Kind::Fields,
            "Frank Bennett",
            "Northwind",
            "f@n.example",
            "4711",
        ),
        (
            "Frank Bennett\nNorthwind Freight\nf@n.example",
            Kind::Fields,
            "Frank Bennett",
            "Northwind Freight",
            "f@n.example",
            "",
        ),
        ("WIFI:S:booth;T:WPA;P:x;;", Kind::Other, "", "", "", ""),
        (
            "BEGIN:VCARD\rFN:Cut Off\rORG:Half",
            Kind::VCard,
            "Cut Off",
            "Half",
            "",
            "",
        ),
    ];
    for (payload, kind, name, company, email, id) in cases {
        let reading = parse(payload.as_bytes());
        let who = &reading.visitor;
        assert_eq!(
            (
                reading.kind,
                who.name.as_str(),
                who.company.as_str(),
                who.email.as_str(),
                who.badge_id.as_str()
            ),
            (kind, name, company, email, id),
            "{payload}"
        );
        assert_eq!(who.raw, payload.trim(), "the payload is kept");
    }
    let cut = parse(b"BEGIN:VCARD\nFN:Cut Off");
    assert!(cut.remarks[0].contains("cut off"), "{:?}", cut.remarks);
    let ware = parse(b"4006381333931");
    assert!(
        ware.is_id && ware.remarks[0].contains("bar code"),
        "{:?}",
        ware.remarks
    );
}

fn key(letter: char) -> WedgeKey {
    match letter {
        '\n' | '\r' => WedgeKey::Enter,
        '\t' => WedgeKey::Tab,
        letter if letter.is_control() => WedgeKey::Control(char::from(letter as u8 + 96)),
        letter => WedgeKey::Char(letter),
    }
}

/// Types a text at a pace in ms and waits; answers scans and what was given back as typing.
fn typed(
    wedge: &mut Wedge,
    start: u64,
    text: &str,
    pace: impl Fn(usize) -> u64,
) -> (Vec<String>, Vec<WedgeKey>) {
    let (mut scans, mut keys) = (Vec::new(), Vec::new());
    let mut take = |outputs: Vec<Output>| {
        for output in outputs {
            match output {
                Output::Scan(payload) => scans.push(payload),
                Output::Keys(given) => keys.extend(given.into_iter().map(|(_, key)| key)),
            }
        }
    };
    let mut now = start;
    for (at, letter) in text.chars().enumerate() {
        take(wedge.key(now, key(letter)));
        now += pace(at);
    }
    take(wedge.tick(now + 1_000));
    (scans, keys)
}

#[test]
fn a_scanner_of_any_pace_and_line_end_is_one_scan() {
    for pace in [1, 5, 10, 30] {
        for end in ["\r", "\n", "\r\n"] {
            let lines = [
                "BEGIN:VCARD",
                "VERSION:3.0",
                "FN:Hugo Quick",
                "NOTE:x\u{3}\u{1a}\u{13}\u{1d}y",
                "END:VCARD",
                "",
            ];
            let mut wedge = Wedge::new(Settings::default());
            let (scans, keys) = typed(&mut wedge, 10_000, &lines.join(end), |_| pace);
            assert_eq!(
                (scans.len(), keys.len()),
                (1, 0),
                "{pace} ms, {end:?}: {scans:?}"
            );
            assert_eq!(
                parse(scans[0].as_bytes()).visitor.name,
                "Hugo Quick",
                "{pace} ms, {end:?}"
            );
        }
    }
}

#[test]
fn numbers_are_scans_and_the_same_one_twice_is_one() {
    let mut wedge = Wedge::new(Settings::default());
    let (scans, keys) = typed(&mut wedge, 1_000, "004117\r", |_| 4);
    assert_eq!((scans, keys.len()), (vec!["004117".to_owned()], 0));
    assert!(
        typed(&mut wedge, 2_500, "004117\r", |_| 4).0.is_empty(),
        "within 3 s"
    );
    assert_eq!(
        typed(&mut wedge, 9_000, "004117\r", |_| 4).0.len(),
        1,
        "later it is seen again"
    );
    assert_eq!(
        typed(&mut wedge, 10_200, "004118\t", |_| 4).0,
        ["004118"],
        "another one at once"
    );
}

#[test]
fn people_and_held_keys_are_never_a_scan() {
    let cases: [(&str, &str, u64); 6] = [
        ("a fast typist", "quote for forty sites by friday", 60),
        ("a very fast typist", "hello there, this is quick", 45),
        ("a held key", "jjjjjjjjjjjjjjjjjjjjjjjjjjjjjj", 30),
        ("two keys rolled", "jkjkjkjkjkjkjk", 33),
        ("a short burst", "h1f\r", 8),
        ("enter alone", "\r\r\r\r\r\r\r\r", 5),
    ];
    for (who, text, pace) in cases {
        let mut wedge = Wedge::new(Settings::default());
        let (scans, keys) = typed(&mut wedge, 1_000, text, |_| pace);
        assert!(scans.is_empty(), "{who}: {scans:?}");
        let wanted: Vec<WedgeKey> = text.chars().map(key).collect();
        assert_eq!(keys, wanted, "{who}: every key comes back in order");
    }
}

#[test]
fn a_first_key_waits_no_longer_than_the_gap() {
    let mut wedge = Wedge::new(Settings::default());
    assert!(wedge.key(1_000, WedgeKey::Char('h')).is_empty());
    assert!(wedge.deadline().is_some_and(|deadline| deadline <= 1_040));
    assert_eq!(
        wedge.tick(1_040),
        [Output::Keys(vec![(1_000, WedgeKey::Char('h'))])]
    );
    assert_eq!(wedge.deadline(), None);
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        parse(&bytes);
    }

    #[test]
    fn any_bytes_after_a_cards_beginning_are_read(start in 0usize..6, bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let starts: [&[u8]; 6] = [b"BEGIN:VCARD\r\n", b"BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:", b"MECARD:N:", b"BIZCARD:", b"\xFF\xFEB\0E\0", b"a^b^"];
        parse(&[starts[start], &bytes].concat());
    }

    #[test]
    fn no_key_is_ever_lost(keys in prop::collection::vec((0u64..200, 0u8..6), 1..80)) {
        let mut wedge = Wedge::new(Settings::default());
        let (mut now, mut came, mut went) = (1_000, 0, 0);
        let mut last = String::new();
        let mut count = |outputs: Vec<Output>| {
            for output in outputs {
                went += match output {
                    Output::Keys(keys) => keys.len(),
                    // A scan's line ends at its end are not part of the payload; they are counted by the burst below.
                    Output::Scan(payload) => { last = payload; 0 }
                };
            }
        };
        for (gap, which) in keys {
            now += gap;
            let key = match which { 0 => WedgeKey::Enter, 1 => WedgeKey::Tab, 2 => WedgeKey::Control('c'), n => WedgeKey::Char(char::from(b'a' + n)) };
            came += 1;
            count(wedge.key(now, key));
        }
        count(wedge.tick(now + 10_000));
        prop_assert!(wedge.deadline().is_none());
        // Whatever was not a scan came back key by key.
        if last.is_empty() {
            prop_assert_eq!(came, went);
        } else {
            prop_assert!(went < came);
        }
    }
}

/// What a delimited badge looks like, and that the same layout reads it back as the same person.
#[test]
fn a_guessed_layout_reads_what_it_was_guessed_from() {
    for (payload, words) in [
        (
            "4711|Anna|Miller|Acme Inc|Head of Events",
            "id | first | last | company | title",
        ),
        (
            "4711^Anna Miller^Acme Inc^anna.miller@acme.example",
            "id | name | company | email",
        ),
        (
            "17\u{1d}Anna\u{1d}Miller\u{1d}\u{1d}Acme GmbH",
            "id | first | last | skip | company",
        ),
        (
            "8842::Miller::Anna::Acme::anna@acme.example",
            "id | last | first | company | email",
        ),
        // These say themselves what they are, or name nobody.
        ("Vorname: Jo|Nachname: Lee", ""),
        ("MECARD:N:Lee,Jo;ORG:Acme;;", ""),
        ("{\"name\":\"Jo Lee\",\"company\":\"Acme\"}", ""),
        ("4711|88|99", ""),
        ("4711", ""),
        ("", ""),
    ] {
        let reading = parse(payload.as_bytes());
        let layout = guess(payload, &reading.visitor);
        assert_eq!(
            layout.as_ref().map_or(String::new(), Layout::words),
            words,
            "{payload:?}"
        );
        if let Some(layout) = layout {
            let again = parse_by(payload.as_bytes(), [&layout].into_iter());
            assert_eq!(again.visitor, reading.visitor, "{payload:?}");
        }
    }
    let layout = Layout {
        delimiter: "#".into(),
        fields: vec![Detail::Last, Detail::First, Detail::Email, Detail::Country],
    };
    let by = |payload: &str| parse_by(payload.as_bytes(), [&layout].into_iter());
    let told = by("Lee#Jo#jo@acme.example#DE");
    assert_eq!(
        (told.visitor.name.as_str(), told.visitor.country.as_str()),
        ("Jo Lee", "DE")
    );
    // As many fields and no address in its place, fewer fields, or a card: read as ever.
    for payload in ["1#2#3#4", "Lee#Jo", "MECARD:N:A#B,C#D;;"] {
        assert_eq!(by(payload), parse(payload.as_bytes()), "{payload}");
    }
}

/// A busy machine sees a slow scanner's keys late: the gaps are uneven, and no letter of a card fires a key.
#[test]
fn a_card_is_known_by_its_beginning_however_uneven_its_pace() {
    let card = "BEGIN:VCARD\nFN:Finn Gold\nEND:VCARD\n";
    for gaps in [[30, 60, 20], [65, 30, 30], [30, 140, 1], [50, 50, 50]] {
        let mut wedge = Wedge::new(Settings::default());
        let mut out = Vec::new();
        let mut now = 1_000;
        for (at, letter) in card.chars().enumerate() {
            let key = match letter {
                '\n' => WedgeKey::Enter,
                letter => WedgeKey::Char(letter),
            };
            now += if at == 1 {
                gaps[0].min(65)
            } else {
                gaps[at % 3]
            };
            out.extend(wedge.key(now, key));
        }
        out.extend(wedge.tick(now + 1_000));
        let whole = Output::Scan(card.trim_end().to_owned());
        assert_eq!(out, [whole], "{gaps:?}");
    }
    // `B` alone is a person's key, 70 ms later.
    let mut wedge = Wedge::new(Settings::default());
    assert!(wedge.key(1_000, WedgeKey::Char('B')).is_empty());
    assert_eq!(wedge.tick(1_071).len(), 1);
    let lost = parse(b"EGIN:VCARD\nFN:Finn Gold\nEND:VCARD");
    assert_eq!(
        (lost.visitor.name.as_str(), lost.kind),
        ("Finn Gold", Kind::VCard)
    );
}
