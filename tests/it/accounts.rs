//! Company names against a list of 2,134 accounts: the bars that a change must not fall below.

use std::collections::BTreeMap;

use boothside::accounts::{Matcher, read_accounts};

const ACCOUNTS: &str = include_str!("../data/accounts/accounts.csv");
const QUERIES: &str = include_str!("../data/accounts/queries_dev.csv");

#[test]
fn names_find_their_accounts_and_near_misses_do_not() {
    let (accounts, remarks) = read_accounts(ACCOUNTS);
    assert!(remarks.is_empty(), "{remarks:?}");
    let matcher = Matcher::new(&accounts);
    let mut rows = csv::Reader::from_reader(QUERIES.as_bytes());
    let (mut right, mut answered, mut wanted) = (0_usize, 0_usize, 0_usize);
    let (mut refused, mut near_misses) = (0_usize, 0_usize);
    let mut faults: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows.records().map(Result::unwrap) {
        let (query, kind, expected) = (&row[0], &row[1], &row[2]);
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
    let precision = right as f64 / answered as f64;
    let recall = right as f64 / wanted as f64;
    let kept_out = refused as f64 / near_misses as f64;
    println!(
        "precision {precision:.3} recall {recall:.3} near misses refused {kept_out:.3}\n{faults:#?}"
    );
    assert!(precision >= 0.97, "precision {precision}");
    assert!(recall >= 0.85, "recall {recall}");
    assert!(kept_out >= 0.95, "near misses refused {kept_out}");
}
