//! Texts in cells: how wide, cut, filled, wrapped.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many cells a text takes.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// The text in exactly `cells` cells: filled with blanks, or cut with the ellipsis.
pub fn fit(text: &str, cells: usize, ellipsis: &str) -> String {
    let clean = printable(text);
    let mut fitted = cut(&clean, cells, ellipsis);
    let missing = cells.saturating_sub(width(&fitted));
    fitted.extend(std::iter::repeat_n(' ', missing));
    fitted
}

/// The text in at most `cells` cells, cut with the ellipsis.
pub fn cut(text: &str, cells: usize, ellipsis: &str) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let room = cells.saturating_sub(width(ellipsis));
    let mut used = 0;
    let mut kept = String::new();
    for letter in text.chars() {
        let wide = UnicodeWidthChar::width(letter).unwrap_or(0);
        if used + wide > room {
            break;
        }
        used += wide;
        kept.push(letter);
    }
    if width(ellipsis) <= cells {
        kept.push_str(ellipsis);
    }
    kept
}

/// The end of a text in at most `cells` cells: captions are read at their end.
pub fn tail(text: &str, cells: usize) -> &str {
    let mut used = 0;
    let mut start = text.len();
    for (at, letter) in text.char_indices().rev() {
        used += UnicodeWidthChar::width(letter).unwrap_or(0);
        if used > cells {
            break;
        }
        start = at;
    }
    &text[start..]
}

/// The byte ranges of the lines that a text takes at a width, broken at blanks, or within a word that is too long.
pub fn wrap(text: &str, cells: usize) -> Vec<std::ops::Range<usize>> {
    let cells = cells.max(1);
    let mut lines = Vec::new();
    let mut start = 0;
    let mut used = 0;
    let mut blank = None;
    for (at, letter) in text.char_indices() {
        let wide = UnicodeWidthChar::width(letter).unwrap_or(0);
        if used + wide > cells && at > start {
            let end = blank.filter(|blank| *blank > start).unwrap_or(at);
            lines.push(start..end);
            start = end + usize::from(text[end..].starts_with(' '));
            blank = None;
            if start > at {
                // The blank that did not fit is the break itself.
                used = 0;
                continue;
            }
            used = width(&text[start..at]);
        }
        if letter == ' ' {
            blank = Some(at);
        }
        used += wide;
    }
    lines.push(start..text.len());
    lines
}

/// Control characters would move the cursor; a name must not draw the board.
fn printable(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

/// A name as the wall shows it: initials.
pub fn masked(name: &str) -> String {
    let initials: Vec<String> = name
        .split_whitespace()
        .filter_map(|word| word.chars().next())
        .map(|letter| format!("{letter}."))
        .collect();
    initials.join(" ")
}

/// "J. Sands" of "Julian Sands".
pub fn short_name(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((first, last)) => {
            let initial = first
                .chars()
                .next()
                .map_or(String::new(), |letter| format!("{letter}. "));
            format!("{initial}{last}")
        }
        None => name.to_owned(),
    }
}

/// A length of time: "now", "40 s", "7 min", "2 h".
pub fn span_words(ms: u64) -> String {
    match ms / 1000 {
        0..=1 => "now".to_owned(),
        seconds @ 2..=99 => format!("{seconds} s"),
        seconds @ 100..=5_999 => format!("{} min", seconds / 60),
        seconds => format!("{} h", seconds / 3600),
    }
}
