//! What finding accounts and attendees costs: loading lists of every size, and one name, one sentence or one badge against them.
//!
//! `cargo bench --bench match`. The lists are made up here: names of two or three words, as lists have them.

#![allow(clippy::print_stdout)] // a bench prints its table

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use boothside::accounts::{Attendees, Matcher, read_accounts};
use boothside::domain::{Account, Day, Playbook};
use boothside::qualify::{Qualifier, jsonl};

/// Syllables that names are made of; 40 cubed is enough for a hundred thousand different ones.
const SYLLABLES: [&str; 40] = [
    "bra", "kel", "mon", "tor", "vis", "lan", "dor", "fen", "gra", "hol", "jun", "kar", "lim",
    "mar", "nor", "ost", "pel", "qui", "ras", "sal", "tan", "ur", "val", "wex", "yar", "zen", "al",
    "bex", "cor", "dun", "eri", "fal", "gis", "har", "ing", "kos", "lud", "mir", "nak", "ori",
];
const TRADES: [&str; 12] = [
    "Freight",
    "Foods",
    "Robotics",
    "Energy",
    "Instruments",
    "Bank",
    "Logistics",
    "Chemicals",
    "Software",
    "Motors",
    "Textiles",
    "Cement",
];
const FORMS: [&str; 8] = [
    "Inc.",
    "GmbH",
    "Ltd",
    "S.A.",
    "LLC",
    "AB",
    "S.p.A.",
    "Co., Ltd.",
];

fn name(at: usize) -> String {
    let syllable = |place: usize| SYLLABLES[place % SYLLABLES.len()];
    let word = format!(
        "{}{}{}",
        syllable(at),
        syllable(at / 40 + at * 7),
        syllable(at / 1_600 + at * 3)
    );
    let capital = word[..1].to_uppercase() + &word[1..];
    format!("{capital} {}", TRADES[at * 5 % TRADES.len()])
}

fn accounts(count: usize) -> String {
    let mut text = "id,name,domain,country\n".to_owned();
    for at in 0..count {
        let name = name(at);
        let domain = name.to_lowercase().replace(' ', "-");
        let _ = writeln!(
            text,
            "A-{at},\"{name} {}\",{domain}.example,US",
            FORMS[at % FORMS.len()]
        );
    }
    text
}

fn attendees(count: usize) -> String {
    let mut text =
        "Badge ID,Barcode,First Name,Last Name,Company,Job Title,Email,Country\n".to_owned();
    for at in 0..count {
        let company = name(at % 5_000);
        let _ = writeln!(
            text,
            "{at:08},B{at:07}9,First{at},Last{at},{company},Buyer,p{at}@c{at}.example,DE"
        );
    }
    text
}

/// The best of some runs.
fn best<T>(runs: usize, mut work: impl FnMut() -> T) -> Duration {
    (0..runs)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn row(what: &str, took: Duration) {
    println!("{what:<58} {:>10.3} ms", took.as_secs_f64() * 1_000.0);
}

fn main() {
    for count in [2_000, 100_000] {
        let text = accounts(count);
        let (list, _) = read_accounts(&text);
        row(
            &format!("{count} accounts read from CSV"),
            best(3, || read_accounts(&text)),
        );
        row(
            &format!("{count} accounts made ready"),
            best(3, || Matcher::new(&list)),
        );
        let matcher = Matcher::new(&list);
        let names: Vec<String> = (0..200)
            .map(|at| match at % 4 {
                0 => name(at * 97),
                // A slip, a mishearing, and a company that is on no list.
                1 => name(at * 89).replacen('a', "e", 1),
                2 => name(at * 83).replacen('r', "r ", 1),
                _ => format!("Whitmore {} Partners", TRADES[at % TRADES.len()]),
            })
            .collect();
        let all = best(3, || {
            names
                .iter()
                .filter(|name| matcher.company(name).sure.is_some())
                .count()
        });
        row(&format!("one name among {count}"), all / names.len() as u32);
        heard(count, list);
    }
    let text = attendees(100_000);
    row(
        "100000 attendees read from CSV",
        best(3, || Attendees::read(&text)),
    );
    let (list, _) = Attendees::read(&text);
    row(
        "1000 badges looked up among 100000",
        best(10, || {
            (0..1_000)
                .filter(|at| list.lookup(&(at * 97).to_string()).is_some())
                .count()
        }),
    );
}

/// What listening for the names of a list costs.
fn heard(count: usize, list: Vec<Account>) {
    let playbook = Playbook {
        accounts: list,
        ..Playbook::default()
    };
    let Some(today) = Day::new(2026, 11, 22) else {
        return;
    };
    row(
        &format!("{count} accounts made ready to be heard"),
        best(3, || Qualifier::new(&playbook, today)),
    );
    let reader = Qualifier::new(&playbook, today);
    let mut talk = 0;
    row(
        &format!("one utterance of 20 words among {count}"),
        best(20, || {
            // What was read before is kept, so each utterance is another one.
            talk += 1;
            let said = format!(
                "we came over from bra kel mon freight because yard {talk} is a mess and nobody knows what it costs us"
            );
            reader.read(&jsonl::said([said.as_str()].into_iter()))
        }),
    );
}
