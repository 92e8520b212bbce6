//! Company names against a list of 2,134 accounts and a made-up one: the bars that a change must not fall below.

use std::collections::BTreeMap;

use boothside::accounts::{Matcher, read_accounts};
use boothside::domain::{Day, Playbook};
use boothside::qualify::{Qualifier, jsonl};

const ACCOUNTS: &str = include_str!("../data/accounts/accounts.csv");
const MADE_UP: &str = include_str!("../data/accounts/made_up.csv");

/// How well a list of names was judged.
struct Judged {
    precision: f64,
    recall: f64,
    kept_out: f64,
    faults: BTreeMap<String, Vec<String>>,
}

/// Judges every query (query, kind, key or name of the right account or nothing).
fn judge(list: &str, queries: &str) -> Judged {
    let (accounts, remarks) = read_accounts(list);
    assert!(remarks.is_empty(), "{remarks:?}");
    let matcher = Matcher::new(&accounts);
    let mut rows = csv::Reader::from_reader(queries.as_bytes());
    let (mut right, mut answered, mut wanted) = (0_usize, 0_usize, 0_usize);
    let (mut refused, mut near_misses) = (0_usize, 0_usize);
    let mut faults: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows.records().map(Result::unwrap) {
        let (query, kind, expected) = (&row[0], &row[1], &row[2]);
        let expected = accounts
            .iter()
            .find(|account| account.key() == expected || account.name == expected)
            .map_or("", |account| account.key());
        assert_eq!(
            expected.is_empty(),
            row[2].is_empty(),
            "{query}: no account {}",
            &row[2]
        );
        let verdict = matcher.company(query);
        let got = verdict.sure.as_ref().map_or("", |hit| hit.key.as_str());
        answered += usize::from(!got.is_empty());
        wanted += usize::from(!expected.is_empty());
        right += usize::from(got == expected && !got.is_empty());
        if kind == "nearmiss" {
            near_misses += 1;
            refused += usize::from(got.is_empty());
        }
        if got != expected {
            let shown: Vec<String> = verdict
                .suggestions
                .iter()
                .map(|hit| format!("{} {:.2} {}", hit.name, hit.score, hit.why))
                .collect();
            faults.entry(kind.to_owned()).or_default().push(format!(
                "{query}: got {got:?}, expected {expected:?}; {}",
                shown.join(" | ")
            ));
        }
    }
    Judged {
        precision: right as f64 / answered as f64,
        recall: right as f64 / wanted as f64,
        kept_out: refused as f64 / near_misses as f64,
        faults,
    }
}

impl Judged {
    fn words(&self, what: &str) -> String {
        format!(
            "{what}: precision {:.3} recall {:.3} near misses refused {:.3}\n{:#?}",
            self.precision, self.recall, self.kept_out, self.faults
        )
    }

    fn holds(&self, what: &str, precision: f64, recall: f64) {
        assert!(
            self.precision >= precision,
            "{what}: precision {}",
            self.precision
        );
        assert!(self.recall >= recall, "{what}: recall {}", self.recall);
        assert!(
            self.kept_out >= 0.95,
            "{what}: near misses refused {}",
            self.kept_out
        );
    }
}

#[test]
fn names_find_their_accounts_and_near_misses_do_not() {
    let queries = include_str!("../data/accounts/queries_dev.csv");
    let judged = judge(ACCOUNTS, queries);
    println!("{}", judged.words("development names"));
    judged.holds("development names", 0.97, 0.95);
}

#[test]
fn many_more_names_do_so_too() {
    let own = include_str!("../data/accounts/own_queries.csv");
    let made_up = include_str!("../data/accounts/made_up_queries.csv");
    for (what, list, queries, recall) in [
        ("own names", ACCOUNTS, own, 0.87),
        ("names of a made-up list", MADE_UP, made_up, 0.95),
    ] {
        let judged = judge(list, queries);
        println!("{}", judged.words(what));
        judged.holds(what, 0.98, recall);
    }
}

#[test]
fn names_in_talk_are_heard_and_ordinary_words_are_not() {
    let (accounts, _) = read_accounts(MADE_UP);
    let playbook = Playbook {
        accounts,
        ..Playbook::default()
    };
    let reader = Qualifier::new(&playbook, Day::new(2026, 11, 22).unwrap());
    let mut faults = Vec::new();
    // A line: the account's name begins so, or nothing, a bar, the sentence.
    for line in include_str!("../data/accounts/mentions.txt").lines() {
        let (wanted, sentence) = line.split_once('|').unwrap();
        let found = reader.read(&jsonl::said([sentence].into_iter())).account;
        let right = match (wanted.trim(), &found) {
            ("", found) => found.is_none(),
            (name, Some(found)) => found.name.starts_with(name),
            (_, None) => false,
        };
        if !right {
            let shown = found.map(|hit| format!("{} {:.2} {}", hit.name, hit.score, hit.why));
            faults.push(format!("{sentence}: {}", shown.unwrap_or_default()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
