//! A draft in other words: which lines may be put so, and whether what came back tells only what the draft tells.
//!
//! Whoever polishes gets the lines without those that sign and without the lines of the law, which stay behind every text.
//! Each line comes back as one line, so each is held against its own: no name, number, day, price or promise may come in
//! or go, quotes stay letter by letter. Whatever is not sure is refused; the plain draft is always there.

use std::collections::BTreeSet;

use crate::domain::Language;

use super::vocabulary::{Weight, function_words, is_everyday, weight};
use super::{Desk, Draft};

/// A text so many times as long as the draft says more than it.
const LONGEST: usize = 2;

/// From so many words on, one can tell a language.
const TELLING: usize = 5;

/// The lines that may be put in other words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// The subject.
    pub subject: String,
    /// The lines in their order.
    pub lines: Vec<String>,
}

/// Why a text in other words is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It has so many lines instead of so many.
    Lines(usize, usize),
    /// A line of it is empty.
    Empty,
    /// It is much longer.
    Long,
    /// It is in another language.
    Language,
    /// The greeting is gone.
    Greeting,
    /// It names somebody or something, or uses a word that may be a name.
    Name(String),
    /// It tells a number.
    Number(String),
    /// It tells a day or a span of time.
    Day(String),
    /// It speaks of money.
    Price(String),
    /// It promises or claims something.
    Promise(String),
    /// It says no where the draft does not, or no more.
    No,
    /// It leaves something out.
    Lost(String),
    /// It quotes what nobody said.
    Quote,
    /// It has signs that no mail of ours has.
    Signs(String),
    /// It says the same in the same words.
    Same,
}

impl Unfit {
    /// Why, as the end of a sentence.
    pub fn words(&self) -> String {
        match self {
            Self::Lines(got, want) => format!("it has {got} lines instead of {want}"),
            Self::Empty => "a line of it is empty".to_owned(),
            Self::Long => format!("it is more than {LONGEST} times as long"),
            Self::Language => "it is in another language".to_owned(),
            Self::Greeting => "the greeting is gone".to_owned(),
            Self::Name(word) => format!("“{word}” is not in the draft and may be a name"),
            Self::Number(word) => format!("the number “{word}” is not in that line of the draft"),
            Self::Day(word) => format!("the time “{word}” is not in that line of the draft"),
            Self::Price(word) => format!("“{word}” speaks of money, the draft does not"),
            Self::Promise(word) => format!("“{word}” may promise what the draft does not"),
            Self::No => "a no came in or went".to_owned(),
            Self::Lost(words) => format!("it leaves out “{words}”"),
            Self::Quote => "it quotes other words than were said".to_owned(),
            Self::Signs(signs) => format!("“{signs}” has no place in it"),
            Self::Same => "it changes nothing".to_owned(),
        }
    }
}

/// What of a draft may be put in other words.
pub fn offered(desk: &Desk, draft: &Draft) -> Wording {
    let lines = places(desk, draft).filter_map(|place| desk.lines.get(place));
    Wording {
        subject: desk.subject.text.clone(),
        lines: lines.map(|line| line.text.clone()).collect(),
    }
}

fn places(desk: &Desk, draft: &Draft) -> impl Iterator<Item = usize> {
    let lines = desk.lines.iter().enumerate();
    lines
        .filter(|(_, line)| !line.text.is_empty() && !draft.fixed.signed.contains(&line.text))
        .map(|(place, _)| place)
}

/// The desk in other words, each line on the grounds that it had.
pub fn reworded(desk: &Desk, draft: &Draft, wording: &Wording) -> Result<Desk, Unfit> {
    let plain = offered(desk, draft);
    let wording = tidied(wording);
    check(&plain, draft, &wording)?;
    let mut polished = desk.clone();
    polished.subject.text = wording.subject;
    for (place, text) in places(desk, draft).zip(wording.lines) {
        if let Some(line) = polished.lines.get_mut(place) {
            line.text = text;
        }
    }
    Ok(polished)
}

fn tidied(wording: &Wording) -> Wording {
    let tidy = |text: &String| text.trim().replace('’', "'");
    Wording {
        subject: tidy(&wording.subject),
        lines: wording.lines.iter().map(tidy).collect(),
    }
}

fn check(plain: &Wording, draft: &Draft, new: &Wording) -> Result<(), Unfit> {
    if new.lines.len() != plain.lines.len() {
        return Err(Unfit::Lines(new.lines.len(), plain.lines.len()));
    }
    if all(new).any(str::is_empty) {
        return Err(Unfit::Empty);
    }
    let long = |wording| all(wording).map(|text| text.chars().count()).sum::<usize>();
    if long(new) > long(plain) * LONGEST {
        return Err(Unfit::Long);
    }
    if !same_language(draft.language, plain, new) {
        return Err(Unfit::Language);
    }
    if greets(plain) && !greets(new) {
        return Err(Unfit::Greeting);
    }
    let known = Known::of(plain, draft);
    for (old, new) in all(plain).zip(all(new)) {
        line(&known, draft, old, new)?;
    }
    if new == plain {
        return Err(Unfit::Same);
    }
    Ok(())
}

fn all(wording: &Wording) -> impl Iterator<Item = &str> {
    std::iter::once(&wording.subject)
        .chain(&wording.lines)
        .map(String::as_str)
}

fn greets(wording: &Wording) -> bool {
    const GREETINGS: [&str; 9] = [
        "hello", "hi", "dear", "good", "guten", "hallo", "liebe", "lieber", "sehr",
    ];
    let first = wording.lines.first().map(|line| words(line));
    let first = first.and_then(|words| words.into_iter().next());
    first.is_some_and(|word| GREETINGS.contains(&word.lower.as_str()))
}

/// Whether the new text holds together by the same language's words.
fn same_language(language: Language, plain: &Wording, new: &Wording) -> bool {
    let texts = |wording| -> Vec<String> {
        let bare = all(wording).flat_map(|text| words(&quotes(text).1));
        bare.map(|word| word.lower).collect()
    };
    let (old, new) = (texts(plain), texts(new));
    let count =
        |language, words: &[String]| function_words(language, words.iter().map(String::as_str));
    let other = Language::ALL.into_iter().filter(|one| *one != language);
    let strangers = other.map(|one| count(one, &new)).max().unwrap_or(0);
    let ours = count(language, &new);
    // Half the share that the plain text has is enough: other words hold together by others.
    let enough = ours * 2 * old.len() >= count(language, &old) * new.len();
    new.len() < TELLING || (enough && ours >= strangers)
}

/// What the whole mail may name.
struct Known {
    /// As they are written.
    words: BTreeSet<String>,
    /// In lower case.
    lower: BTreeSet<String>,
}

impl Known {
    fn of(plain: &Wording, draft: &Draft) -> Self {
        let names = draft.fixed.names.iter().map(String::as_str);
        let all: Vec<Word> = all(plain).chain(names).flat_map(words).collect();
        Self {
            lower: all.iter().map(|word| word.lower.clone()).collect(),
            words: all.into_iter().map(|word| word.text).collect(),
        }
    }

    fn has(&self, word: &Word) -> bool {
        if word.capital && !word.begins {
            self.words.contains(&word.text)
        } else {
            self.lower.contains(&word.lower)
        }
    }
}

/// Holds one line against its own.
fn line(known: &Known, draft: &Draft, old: &str, new: &str) -> Result<(), Unfit> {
    signs(old, new)?;
    let ((said, old_bare), (told, new_bare)) = (quotes(old), quotes(new));
    if said != told {
        return Err(Unfit::Quote);
    }
    kept(draft, old, new)?;
    let (old, new) = (words(&old_bare), words(&new_bare));
    let language = draft.language;
    let weigh = |word: &Word| weight(language, &word.lower, word.capital);
    let promised = has(&old_bare, &draft.fixed.promise);
    for word in &new {
        let text = || word.text.clone();
        let there = old.iter().any(|one| one.lower == word.lower);
        let like = there || old.iter().any(|one| alike(&one.lower, &word.lower));
        match weigh(word) {
            Some(Weight::Number) if !there => return Err(Unfit::Number(text())),
            Some(Weight::Day) if !like => return Err(Unfit::Day(text())),
            Some(Weight::Price) if !like => return Err(Unfit::Price(text())),
            Some(Weight::Promise) if !like => return Err(Unfit::Promise(text())),
            Some(Weight::Future) if !there && !promised => return Err(Unfit::Promise(text())),
            Some(_) => {}
            None => {
                let everyday = is_everyday(language, &word.lower, (word.capital, word.begins));
                if !everyday && !known.has(word) {
                    return Err(Unfit::Name(text()));
                }
            }
        }
    }
    // "today" may become "now"; any other number, day or sum stays.
    let gone = old.iter().find(|word| {
        let heavy = matches!(
            weigh(word),
            Some(Weight::Number | Weight::Day | Weight::Price)
        );
        let stays = new
            .iter()
            .any(|one| one.lower == word.lower || alike(&one.lower, &word.lower));
        heavy && !matches!(word.lower.as_str(), "today" | "heute") && !stays
    });
    if let Some(word) = gone {
        return Err(Unfit::Lost(word.text.clone()));
    }
    let noes = |words: &[Word]| {
        let no = words.iter().filter(|word| weigh(word) == Some(Weight::No));
        no.count()
    };
    if noes(&old) == noes(&new) {
        Ok(())
    } else {
        Err(Unfit::No)
    }
}

/// Names, addresses and the promise stay as they are written.
fn kept(draft: &Draft, old: &str, new: &str) -> Result<(), Unfit> {
    let fixed = draft.fixed.names.iter().chain([&draft.fixed.promise]);
    let lost = fixed
        .filter(|words| has(old, words))
        .find(|words| !has(new, words));
    match lost {
        Some(words) => Err(Unfit::Lost(words.clone())),
        None => Ok(()),
    }
}

/// Whether a text has these words, in capitals or not.
fn has(text: &str, words: &str) -> bool {
    !words.is_empty() && text.to_lowercase().contains(&words.to_lowercase())
}

/// Marks, links, money and control characters that the old line does not have.
fn signs(old: &str, new: &str) -> Result<(), Unfit> {
    let strange = |sign: char| {
        let marks = "<>[]{}|*_`#~^\\=+€$£¥%§@&";
        (sign.is_control() || marks.contains(sign) || !plain_sign(sign)) && !old.contains(sign)
    };
    if let Some(sign) = new.chars().find(|sign| strange(*sign)) {
        let shown = if sign.is_control() {
            "a line break".to_owned()
        } else {
            sign.to_string()
        };
        return Err(Unfit::Signs(shown));
    }
    if new.starts_with("--") {
        return Err(Unfit::Signs("--".to_owned()));
    }
    let link =
        |piece: &&str| piece.contains(['@']) || piece.contains("://") || piece.contains("www.");
    let piece = new
        .split_whitespace()
        .filter(link)
        .find(|piece| !old.contains(piece.trim_matches(|c: char| !c.is_alphanumeric())));
    match piece {
        Some(piece) => Err(Unfit::Signs(piece.to_owned())),
        None => Ok(()),
    }
}

fn plain_sign(sign: char) -> bool {
    sign.is_alphanumeric() || sign.is_whitespace() || ".,;:!?'\"„“”‘’«»()-–—/…".contains(sign)
}

/// What stands in quotation marks, and the text without it.
fn quotes(text: &str) -> (Vec<String>, String) {
    let (mut said, mut bare) = (Vec::new(), String::new());
    let mut rest = text;
    while let Some(at) = rest.find(['"', '„', '“', '«']) {
        let (before, marked) = rest.split_at(at);
        let open = marked.chars().next().unwrap_or('"');
        let inner = marked.get(open.len_utf8()..).unwrap_or_default();
        let close: &[char] = match open {
            '„' => &['“', '”', '"'],
            '“' => &['”', '“', '"'],
            '«' => &['»'],
            _ => &['"'],
        };
        let Some(end) = inner.find(close) else {
            break;
        };
        bare.push_str(before);
        bare.push(' ');
        said.push(inner[..end].trim().trim_end_matches(['.', ',']).to_owned());
        let closed = inner[end..].chars().next().map_or(0, char::len_utf8);
        rest = inner.get(end + closed..).unwrap_or_default();
    }
    bare.push_str(rest);
    (said, bare)
}

/// A word of a text.
struct Word {
    text: String,
    lower: String,
    /// Whether it is written with a capital.
    capital: bool,
    /// Whether a sentence begins with it.
    begins: bool,
}

/// The words of a text. A number keeps its points and commas; a word is cut at apostrophes and hyphens.
fn words(text: &str) -> Vec<Word> {
    let letters: Vec<char> = text.chars().collect();
    let mut words = Vec::new();
    let mut open = String::new();
    let mut begins = true;
    for (at, letter) in letters.iter().enumerate() {
        let digit = |at: Option<usize>| {
            let letter = at.and_then(|at| letters.get(at));
            letter.is_some_and(char::is_ascii_digit)
        };
        let inside = ".,:".contains(*letter) && digit(at.checked_sub(1)) && digit(Some(at + 1));
        if letter.is_alphanumeric() || inside {
            open.push(*letter);
            continue;
        }
        close(&mut words, &mut open, &mut begins);
        begins |= ".!?:".contains(*letter);
    }
    close(&mut words, &mut open, &mut begins);
    words
}

fn close(words: &mut Vec<Word>, open: &mut String, begins: &mut bool) {
    if open.is_empty() {
        return;
    }
    let text = std::mem::take(open);
    words.push(Word {
        lower: text.to_lowercase(),
        capital: text.chars().next().is_some_and(char::is_uppercase),
        begins: std::mem::take(begins),
        text,
    });
}

/// Whether two words have one stem: `send` and `sending`.
fn alike(one: &str, other: &str) -> bool {
    const STEM: usize = 4;
    let stem = |word: &str| word.chars().take(STEM).collect::<String>();
    let long = |word: &str| word.chars().count() >= STEM && !word.chars().any(char::is_numeric);
    long(one) && long(other) && stem(one) == stem(other)
}
