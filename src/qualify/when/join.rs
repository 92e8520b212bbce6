//! A year and the part of it that is said after it are one time.

use super::super::words::Word;
use super::{When, when};

/// How many words may stand between a year and the part of it that follows.
const BETWEEN: usize = 3;

/// Words that part a year from what follows it: "runs until 2028 but we'd start in March", "2028, no, sorry, March".
const PARTS: [&str; 14] = [
    "but", "and", "or", "so", "because", "until", "till", "by", "before", "no", "not", "wait",
    "now", "sorry",
];

/// "2028, August", "2030, I'd say September", "twenty twenty-eight, second half": a year and a part of it that says none are
/// one time.
pub fn years(found: &mut Vec<When>, words: &[Word]) {
    let is_year = |one: &When| one.value.len() == 4 && one.weight == 2;
    // A month of one word, a half or a quarter of two: neither says a year.
    let bare = |one: &When| match one.words.1 - one.words.0 {
        1 => one.value.len() == 7,
        2 => one.value.contains("-H") || one.value.contains("-Q"),
        _ => false,
    };
    let mut k = 0;
    while k + 1 < found.len() {
        let (year, part) = (&found[k], &found[k + 1]);
        let between = words.get(year.words.1..part.words.0).unwrap_or_default();
        let parted = between
            .iter()
            .any(|word| PARTS.contains(&word.text.as_str()));
        if is_year(year) && bare(part) && part.weight == 3 && between.len() <= BETWEEN && !parted {
            let value = format!("{}{}", year.value, part.value.get(4..).unwrap_or_default());
            let words = (year.words.0, part.words.1);
            found[k] = when(value, words, part.weight);
            found.remove(k + 1);
        }
        k += 1;
    }
}
