//! Words and sentences of what was said, each knowing its place in the text.

/// One word, number or sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// First byte in the utterance's text.
    pub lo: usize,
    /// One past the last byte.
    pub hi: usize,
    /// Lower case, with straight apostrophes.
    pub text: String,
    /// Whether it began with a capital.
    pub capital: bool,
}

/// Whether more than a space stands between a word and the one before: a comma, an apostrophe.
pub fn parted(words: &[Word], at: usize) -> bool {
    at > 0
        && words
            .get(at)
            .is_some_and(|word| word.lo > words[at - 1].hi + 1)
}

/// One sentence: the unit that is judged and quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Index of its utterance in the talk.
    pub said: usize,
    /// First byte in the utterance's text.
    pub lo: usize,
    /// One past the last byte.
    pub hi: usize,
    /// Its words.
    pub words: Vec<Word>,
    /// Ends with a question mark.
    pub asks: bool,
    /// Opens its utterance.
    pub first: bool,
    /// Closes its utterance.
    pub last: bool,
}

impl Sentence {
    /// The words as they are compared: lower case.
    pub fn texts(&self) -> Vec<&str> {
        self.words.iter().map(|word| word.text.as_str()).collect()
    }
}

/// Abbreviations whose full stop ends nothing.
const ABBREVIATIONS: [&str; 9] = ["mr", "mrs", "ms", "dr", "st", "vs", "jr", "sr", "prof"];

/// The sentences of one utterance.
pub fn sentences(said: usize, text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut start = 0;
    for end in ends(text) {
        push(&mut found, said, text, start, end);
        start = end;
    }
    push(&mut found, said, text, start, text.len());
    if let Some(first) = found.first_mut() {
        first.first = true;
    }
    if let Some(last) = found.last_mut() {
        last.last = true;
    }
    found
}

fn push(found: &mut Vec<Sentence>, said: usize, text: &str, start: usize, end: usize) {
    let piece = &text[start..end];
    let lo = start + (piece.len() - piece.trim_start().len());
    let hi = start + piece.trim_end().len();
    if lo >= hi {
        return;
    }
    let words = words(&text[lo..hi], lo);
    if words.is_empty() {
        return;
    }
    let asks = text[lo..hi]
        .trim_end_matches(['"', '\'', ')'])
        .ends_with('?');
    found.push(Sentence {
        said,
        lo,
        hi,
        words,
        asks,
        first: false,
        last: false,
    });
}

/// Byte offsets just past each sentence's end, without the text's own.
fn ends(text: &str) -> Vec<usize> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    for (k, &(at, letter)) in chars.iter().enumerate() {
        let next = chars.get(k + 1).map(|&(_, next)| next);
        let closes = matches!(letter, '.' | '!' | '?' | '\u{2026}' | '\n')
            && next.is_none_or(char::is_whitespace);
        if closes && !(letter == '.' && is_abbreviation(&text[..at])) {
            found.push(at + letter.len_utf8());
        }
    }
    found
}

fn is_abbreviation(before: &str) -> bool {
    let last = before
        .rsplit(|letter: char| !letter.is_alphanumeric())
        .next()
        .unwrap_or_default();
    // Titles alone, and only with their capital: "no." ends far more sentences than it numbers things.
    ABBREVIATIONS.contains(&last.to_lowercase().as_str()) && last.starts_with(char::is_uppercase)
}

/// The words of a piece of text that begins at byte `base` of its utterance.
pub fn words(text: &str, base: usize) -> Vec<Word> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut k = 0;
    while k < chars.len() {
        let (lo, letter) = chars[k];
        let mut end = k + 1;
        if letter.is_alphanumeric() {
            while end < chars.len() && goes_on(&chars, end) {
                end += 1;
            }
        } else if !is_sign(letter) {
            k += 1;
            continue;
        }
        let hi = chars.get(end).map_or(text.len(), |&(at, _)| at);
        found.push(Word {
            lo: base + lo,
            hi: base + hi,
            text: text[lo..hi].to_lowercase().replace('\u{2019}', "'"),
            capital: letter.is_uppercase(),
        });
        k = end;
    }
    found
}

fn is_sign(letter: char) -> bool {
    matches!(letter, '$' | '\u{20ac}' | '\u{a3}' | '\u{20b9}' | '%' | '@')
}

/// Whether the letter at `k` continues the word: letters and digits, an apostrophe between letters, `.` and `,` between digits.
fn goes_on(chars: &[(usize, char)], k: usize) -> bool {
    let letter = chars[k].1;
    let before = chars[k - 1].1;
    let after = chars.get(k + 1).map(|&(_, after)| after);
    if letter.is_alphanumeric() {
        // "50k" is a number and its unit, "49five" never happens.
        return before.is_alphanumeric() && (before.is_ascii_digit() == letter.is_ascii_digit())
            || matches!(before, '\'' | '\u{2019}')
            || matches!(before, '.' | ',') && letter.is_ascii_digit();
    }
    match letter {
        '\'' | '\u{2019}' => before.is_alphabetic() && after.is_some_and(char::is_alphabetic),
        '.' | ',' => before.is_ascii_digit() && after.is_some_and(|next| next.is_ascii_digit()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &[&str]) {
        let got: Vec<&str> = sentences(0, text)
            .iter()
            .map(|sentence| &text[sentence.lo..sentence.hi])
            .collect();
        assert_eq!(got, want, "{text:?}");
    }

    #[test]
    fn sentences_end_where_people_pause() {
        check(
            "We use Excel. Is that bad? Yes!",
            &["We use Excel.", "Is that bad?", "Yes!"],
        );
        check(
            "From St. Aldric, Dr. Moss.",
            &["From St. Aldric, Dr. Moss."],
        );
        check("It costs 1.5 million", &["It costs 1.5 million"]);
        check("Is it safe? No. Never.", &["Is it safe?", "No.", "Never."]);
        check("", &[]);
        check("\u{1f600} ... \u{1f600}", &[]);
    }

    #[test]
    fn words_keep_numbers_signs_and_apostrophes() {
        let got: Vec<String> = words("We\u{2019}ve $180,000, 50k, that's it", 0)
            .into_iter()
            .map(|word| word.text)
            .collect();
        assert_eq!(got, ["we've", "$", "180,000", "50", "k", "that's", "it"]);
    }
}
