//! A year and the part of it that is said after it are one time.

use super::{When, when};

/// How many words may stand between a year and the part of it that follows.
const BETWEEN: usize = 5;

/// "2028, August", "2030, I'd say September", "twenty twenty-eight, second half": a year and a part of it that says none are
/// one time.
pub fn years(found: &mut Vec<When>) {
    let is_year = |one: &When| one.value.len() == 4 && one.weight == 2;
    let mut k = 0;
    while k + 1 < found.len() {
        let (year, part) = (&found[k], &found[k + 1]);
        let near = part.words.0 <= year.words.1 + BETWEEN;
        let length = part.words.1 - part.words.0;
        let bare = length == 1 && part.value.len() == 7 || length == 2 && part.value.contains('-');
        if is_year(year) && near && bare && part.weight == 3 {
            let value = format!("{}{}", year.value, part.value.get(4..).unwrap_or_default());
            let words = (year.words.0, part.words.1);
            found[k] = when(value, words, part.weight);
            found.remove(k + 1);
        }
        k += 1;
    }
}
