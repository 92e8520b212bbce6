//! Times that hang on something else: "after the elections", "by the next budget round", "three years, from this April".

use super::super::money::small;
use super::super::words::{Word, parted};
use super::{Calendar, MONTHS, Reader, When, when};

/// Most words of a phrase.
const LONGEST: usize = 5;

#[rustfmt::skip] // lists
mod lists {
    pub const NO_EVENT: &str = "that this it all i we he she they which you a an one";
    pub const ENDS: &str = "maybe i we they he she it is are was and but or so comes with if when then for";
    pub const NO_NEXT: &str = "week month year time one monday tuesday wednesday thursday friday saturday sunday door to thing";
}

/// The event that words put a time after, or the round they put it in; none where they name none.
pub fn event(words: &[Word]) -> Option<String> {
    let text = |k: usize| words.get(k).map_or("", |word| word.text.as_str());
    let is = |list: &str, word: &str| list.split(' ').any(|one| one == word);
    let start = (0..words.len()).find(|&k| match text(k) {
        "after" => !text(k + 1).is_empty() && !is(lists::NO_EVENT, text(k + 1)),
        "next" => !text(k + 1).is_empty() && !is(lists::NO_NEXT, text(k + 1)),
        _ => false,
    })?;
    let mut end = start + 1;
    while end < words.len()
        && end < start + LONGEST
        && !parted(words, end)
        && !is(lists::ENDS, text(end))
    {
        end += 1;
    }
    let least = if text(start) == "next" { 2 } else { 1 };
    let phrase: Vec<&str> = words[start..end]
        .iter()
        .map(|word| word.text.trim_end_matches("'s"))
        .collect();
    (phrase.len() > least).then(|| phrase.join(" "))
}

impl Calendar {
    /// When a term of years ends that began in a month: "Three years, from this April", "I signed in August. Three years."
    pub fn term(self, sentences: &[&[Word]]) -> Option<String> {
        let text =
            |words: &[Word], k: usize| words.get(k).map_or(String::new(), |one| one.text.clone());
        let mut years = None;
        let mut began = None;
        for words in sentences {
            for k in 0..words.len() {
                let here = text(words, k);
                if matches!(text(words, k + 1).as_str(), "years" | "year") {
                    years = years.or(small(&here)).or(here.parse().ok());
                }
                let lead = |by: usize| k.checked_sub(by).map_or(String::new(), |k| text(words, k));
                let since = |by: usize| {
                    matches!(
                        lead(by).as_str(),
                        "from" | "since" | "signed" | "began" | "started"
                    )
                };
                let begins =
                    since(1) || since(2) && matches!(lead(1).as_str(), "in" | "this" | "last");
                if let Some(month) = MONTHS
                    .iter()
                    .position(|names| names.contains(&here.as_str()))
                    && begins
                {
                    began = began.or(Some(month as u8 + 1));
                }
            }
        }
        let (years, month) = (years.filter(|years| (1.0..15.0).contains(years))?, began?);
        let from = self.today.year - i16::from(month > self.today.month);
        Some(format!("{}-{month:02}", from + years as i16))
    }
}

impl Reader<'_> {
    /// "As soon as you can", "yesterday".
    pub(super) fn urgent(&self, k: usize) -> Option<When> {
        if self.words.len() == 1 && self.text(k) == "now" {
            return Some(when("asap".into(), (k, k + 1), 1));
        }
        let three = (self.text(k), self.text(k + 1), self.text(k + 2));
        let end = match three {
            ("asap" | "immediately" | "yesterday" | "tonight", _, _) => k + 1,
            ("right", "now" | "away", _)
            | ("this", "week", _)
            | ("now", "now", _)
            | ("start", "today" | "tomorrow", _) => k + 2,
            ("as", "soon" | "fast" | "quick" | "quickly", "as")
            | ("sooner", "the", "better")
            | ("soon", "as", "you") => k + 3,
            _ => return None,
        };
        Some(when("asap".into(), (k, end), 1))
    }
}
