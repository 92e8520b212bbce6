//! Company names boiled down to the words that tell: accents, case, punctuation and legal forms gone.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::words;

/// A company name in the form in which two spellings of it are equal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// The telling words in order, legal forms and leading articles gone. Never empty unless the text was.
    pub words: Vec<String>,
    /// The legal forms that were taken off, unified (`inc`, `ag`, `kgaa`), in order.
    pub legal: Vec<String>,
    /// Whether the name was written with an `&`, `+` or "and".
    pub joined: bool,
    /// All words as they were written, legal forms and short forms among them; a recogniser's "cost co" is Costco.
    pub written: Vec<String>,
}

impl Name {
    /// The words without the blanks between them.
    pub fn squeezed(&self) -> String {
        self.words
            .iter()
            .filter(|word| *word != "&")
            .map(String::as_str)
            .collect()
    }

    /// The letters as they were written, with and without what may be a legal form at the end, where they are not those of
    /// [`Name::squeezed`].
    pub fn as_written(&self) -> Vec<String> {
        let join = |words: &[String]| -> String {
            words
                .iter()
                .filter(|word| *word != "&")
                .map(String::as_str)
                .collect()
        };
        let mut forms = vec![join(&self.written)];
        let bare = self.written.len().saturating_sub(self.legal.len());
        if bare > 0 && bare < self.written.len() {
            forms.push(join(&self.written[..bare]));
        }
        let squeezed = self.squeezed();
        forms.retain(|form| *form != squeezed && !form.is_empty());
        forms
    }

    /// The words with single blanks.
    pub fn spaced(&self) -> String {
        self.words.join(" ")
    }
}

/// The normalised name as text: what two spellings of one company have in common.
pub fn normalize(name: &str) -> String {
    parse(name).spaced()
}

/// Lower case, compatibility forms unified, accents off, letters without a decomposition spelled out.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|&c| !is_combining_mark(c)) {
        match c {
            'ß' | 'ẞ' => out.push_str("ss"),
            'ø' | 'Ø' => out.push('o'),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'þ' | 'Þ' => out.push_str("th"),
            'ı' => out.push('i'),
            '’' | '‘' | '`' | '´' | 'ʼ' | '＇' => out.push('\''),
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// The name and its other spellings: without the part in parentheses, and what stands in them; both sides of
/// "dba", "formerly" and the like; umlauts written as two letters.
pub fn variants(name: &str) -> Vec<Name> {
    let mut texts = vec![name.to_owned()];
    if let Some((before, inside, after)) = parenthesis(name) {
        texts.push(format!("{before} {after}"));
        texts.push(inside.to_owned());
    }
    let lower = name.to_lowercase();
    for mark in [
        ", a subsidiary of ",
        ", a division of ",
        ", part of ",
        ", a member of ",
        " ehemals ",
        " vormals ",
        " ex ",
        " dba ",
        " d/b/a ",
        " t/a ",
        " trading as ",
        " formerly ",
        " fka ",
        " f/k/a ",
        " aka ",
    ] {
        if let Some(at) = lower.find(mark)
            && lower.len() == name.len()
        {
            texts.push(name[..at].to_owned());
            texts.push(name[at + mark.len()..].to_owned());
        }
    }
    if let Some((before, after)) = name.split_once(" - ") {
        texts.push(before.to_owned());
        texts.push(after.to_owned());
    }
    let umlauts: Vec<String> = texts
        .iter()
        .filter_map(|text| spell_umlauts(text))
        .collect();
    texts.extend(umlauts);
    let mut names: Vec<Name> = Vec::new();
    for text in texts {
        let name = parse(&text);
        if !name.words.is_empty() && !names.iter().any(|other| other.words == name.words) {
            names.push(name);
        }
    }
    names
}

fn parenthesis(name: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = name.split_once('(')?;
    let (inside, after) = rest.split_once(')')?;
    (!before.trim().is_empty() && inside.trim().len() > 1).then_some((before, inside, after))
}

/// `Südzucker` -> `Suedzucker`; none where there is nothing to spell out.
fn spell_umlauts(text: &str) -> Option<String> {
    let composed: String = text.nfc().collect();
    let mut out = String::new();
    for c in composed.chars() {
        match c {
            'ä' | 'Ä' => out.push_str("ae"),
            'ö' | 'Ö' | 'ø' | 'Ø' => out.push_str("oe"),
            'ü' | 'Ü' => out.push_str("ue"),
            'å' | 'Å' => out.push_str("aa"),
            other => out.push(other),
        }
    }
    (out != composed).then_some(out)
}

/// Splits, unifies and strips one spelling.
pub fn parse(text: &str) -> Name {
    let raw = split(&without_eastern_forms(fold(text)));
    let joined = raw.iter().any(|word| word == "&");
    let (mut words, legal) = strip_legal(&raw);
    // "Companies" of "Estee Lauder Companies" stays: it is a word of the name for most.
    while words.len() > 1 && words::is_article(&words[0]) {
        words.remove(0);
    }
    for word in &mut words {
        if let Some(full) = words::expand(word) {
            full.clone_into(word);
        }
    }
    Name {
        words,
        legal,
        joined,
        written: raw,
    }
}

/// Chinese, Japanese and Korean legal forms, which stand at either end of a name without a blank.
fn without_eastern_forms(folded: String) -> String {
    const FORMS: [&str; 10] = [
        "株式会社",
        "株式會社",
        "有限会社",
        "合同会社",
        "股份有限公司",
        "股份有限公司",
        "有限责任公司",
        "有限公司",
        "(株)",
        "(주)",
    ];
    if folded.is_ascii() {
        return folded;
    }
    let korean: String = "주식회사".nfkd().collect();
    FORMS
        .iter()
        .fold(folded.replace(&korean, " "), |text, form| {
            text.replace(form, " ")
        })
}

/// Words in lower case: dots within initials and apostrophes vanish, other punctuation parts words.
fn split(folded: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let flush = |word: &mut String, words: &mut Vec<String>| {
        if !word.is_empty() {
            words.push(std::mem::take(word));
        }
    };
    let chars: Vec<char> = folded.chars().collect();
    for (i, &c) in chars.iter().enumerate() {
        match c {
            '\'' => {}
            // `s.p.a.`, `u.s.`: a dot after a single letter belongs to initials; after more it parts words.
            '.' if word.chars().count() == 1 || initials_so_far(&chars[..i]) => {}
            // `amazon.com`, `8x8.com`
            '.' if chars.get(i + 1).is_some_and(|c| c.is_alphanumeric()) => {
                flush(&mut word, &mut words);
            }
            '&' | '+' => {
                flush(&mut word, &mut words);
                words.push("&".to_owned());
            }
            c if c.is_alphanumeric() => word.push(c),
            _ => flush(&mut word, &mut words),
        }
    }
    flush(&mut word, &mut words);
    for word in &mut words {
        if matches!(word.as_str(), "and" | "und" | "et" | "y" | "og" | "och") {
            "&".clone_into(word);
        }
    }
    // Italian and Portuguese: "Ferreira e Pinto", but not "e pam systems".
    for at in 1..words.len().saturating_sub(1) {
        if words[at] == "e" && words[at - 1].len() > 2 && words[at + 1].len() > 2 {
            "&".clone_into(&mut words[at]);
        }
    }
    // An ampersand at an end joins nothing ("& Co." is dealt with by the legal forms).
    if words.first().is_some_and(|word| word == "&") {
        words.remove(0);
    }
    words
}

/// Whether the text ends in initials like `s.p` (letter, dot, letter).
fn initials_so_far(before: &[char]) -> bool {
    let n = before.len();
    n >= 3
        && before[n - 1].is_alphanumeric()
        && before[n - 2] == '.'
        && before[n - 3].is_alphanumeric()
        && (n < 4 || !before[n - 4].is_alphanumeric())
        || n >= 5
            && before[n - 1].is_alphanumeric()
            && before[n - 2] == '.'
            && before[n - 3].is_alphanumeric()
            && before[n - 4] == '.'
}

/// Takes legal forms off the end, repeatedly, and off the start where it is the custom; never everything.
fn strip_legal(raw: &[String]) -> (Vec<String>, Vec<String>) {
    let mut words = raw.to_vec();
    let mut legal = Vec::new();
    while let Some((length, form)) = words::legal_end(&words) {
        let mut keep = words.len() - length;
        while keep > 0 && words[keep - 1] == "&" && form != "co" {
            keep -= 1;
        }
        if form == "co" && keep > 1 && words[keep - 1] == "&" {
            keep -= 1;
        }
        if keep == 0 {
            break;
        }
        words.truncate(keep);
        legal.push(form.to_owned());
    }
    while words.len() > 1 && words::is_legal_start(&words[0]) {
        legal.push(words.remove(0));
    }
    legal.reverse();
    (words, legal)
}
