//! How well a name fits one thing an account may be called, with the reason in words.

use std::borrow::Cow;

use super::ear::Ear;
use super::entries::{Entries, Entry, Kind};
use super::normalize::Name;
use super::sound::Sound;
use super::words;

/// A score of 0 to 1 and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// 0 to 1.
    pub value: f32,
    /// In a few words.
    pub why: String,
}

impl Score {
    pub(super) fn new(value: f32, why: impl Into<String>) -> Self {
        Self {
            value,
            why: why.into(),
        }
    }
}

/// The query in the forms that scoring needs.
#[derive(Clone, Debug)]
pub struct Query {
    /// The normalised name.
    pub name: Name,
    /// Its letters.
    pub squeezed: String,
    /// Its sound.
    pub sound: Sound,
    /// Its words' sounds.
    pub sounds: Vec<(String, Sound)>,
}

impl Query {
    /// A name ready to be scored.
    pub fn new(name: Name) -> Self {
        let squeezed = name.squeezed();
        let sounds = name.words.iter();
        Self {
            sound: Sound::of(&name.spaced()),
            sounds: sounds.map(|word| (word.clone(), Sound::of(word))).collect(),
            name,
            squeezed,
        }
    }

    /// Whether every word is one that everybody uses.
    pub fn is_ordinary(&self) -> bool {
        self.name.words.iter().all(|word| ordinary(word))
    }
}

fn ordinary(word: &str) -> bool {
    words::is_common(word) || words::is_plain(word) || words::is_place(word)
}

/// Scores a query against an entry that is spelled the same, blanks aside.
pub fn exact(query: &Query, entry: &Entry) -> Score {
    let same_words = query.name.words == entry.name.words;
    match entry.kind {
        Kind::Name if same_words => {
            let legal = legal_agreement(&query.name, &entry.name);
            // Metro AG is not Metro Inc., though Linde AG became Linde plc.
            if legal < 0.0 && bare_ordinary(entry) {
                return Score::new(0.7, "same word, another legal form");
            }
            Score::new(0.99 + 0.01 * legal, "exact name")
        }
        Kind::Name => Score::new(0.97, "name, words joined or split"),
        Kind::Alias => Score::new(0.98, format!("alias {}", entry.name.spaced())),
        Kind::Core if bare_ordinary(entry) && legal_agreement(&query.name, &entry.name) < 0.5 => {
            Score::new(0.7, "part of the name")
        }
        Kind::Core => Score::new(0.94, "name without its ending"),
        Kind::Domain => Score::new(0.92, format!("web domain {}", entry.squeezed)),
        Kind::Initials => {
            let letters = entry.squeezed.chars().count();
            // Short initials fit half the world; an ampersand makes them telling.
            let value = match letters {
                2 | 3 if entry.name.joined && query.name.joined => 0.9,
                2 => 0.5,
                3 => 0.62,
                4 => 0.84,
                _ => 0.9,
            };
            Score::new(value, "initials")
        }
    }
}

/// Whether a name's core is a single ordinary word, which other companies use too.
fn bare_ordinary(entry: &Entry) -> bool {
    matches!(entry.name.words.as_slice(), [only] if ordinary(only) || words::is_family(only))
}

/// 1: same legal form; 0: one has none; below: they differ.
pub fn legal_agreement(a: &Name, b: &Name) -> f32 {
    let family = |name: &Name| -> Vec<&'static str> {
        name.legal.iter().map(|form| legal_family(form)).collect()
    };
    let (a, b) = (family(a), family(b));
    if a.is_empty() || b.is_empty() {
        0.0
    } else if a == b {
        1.0
    } else if a.iter().any(|form| b.contains(form)) {
        0.5
    } else if a.contains(&"sub") {
        0.0
    } else {
        -1.0
    }
}

/// Forms that people mix up are one family; `sub` are forms of subsidiaries.
fn legal_family(form: &str) -> &'static str {
    match form {
        "inc" | "corp" | "co" | "com" => "inc",
        "ltd" | "plc" => "ltd",
        "gmbh" | "llc" | "bv" | "srl" | "sarl" | "sas" | "pty" | "pvt" | "pte" | "spzoo"
        | "sro" | "kft" | "aps" | "oy" | "lda" | "ltda" | "sl" | "doo" | "bhd" => "sub",
        "ag" => "ag",
        "se" => "se",
        "kgaa" => "kgaa",
        "sa" | "spa" => "sa",
        "nv" => "nv",
        "ab" | "publ" => "ab",
        "as" | "asa" => "as",
        "oyj" | "abp" => "oyj",
        _ => "other",
    }
}

/// Scores a query against an entry that is not spelled the same.
pub fn near(query: &Query, entry: &Entry, entries: &Entries) -> Option<Score> {
    let ear = Ear { query, entries };
    let whole = whole(&ear, entry);
    let worded = match entry.kind {
        Kind::Name | Kind::Alias => by_words(&ear, entry),
        Kind::Domain if entry.name.words.len() == 1 => by_words(&ear, entry),
        Kind::Core | Kind::Domain | Kind::Initials => None,
    };
    match (whole, worded) {
        (Some(a), Some(b)) => Some(if a.value >= b.value { a } else { b }),
        (a, b) => a.or(b),
    }
}

/// Compares the letters and the sound of both as a whole, blanks forgotten.
fn whole(ear: &Ear<'_>, entry: &Entry) -> Option<Score> {
    let query = ear.query;
    // "Group" at the end of both says nothing for either.
    let (q, e) = bare_ends(
        &query.name.words,
        &query.squeezed,
        &entry.name.words,
        &entry.squeezed,
    );
    let (longest, shortest) = (q.len().max(e.len()), q.len().min(e.len()));
    if shortest < 5
        || longest > shortest * 2
        || ear.disagrees(entry)
        || is_run_of(&entry.squeezed, &query.name.words)
        || is_run_of(&query.squeezed, &entry.name.words)
    {
        return None;
    }
    let edits = strsim::osa_distance(q, e);
    let spelled = 1.0 - 1.1 * edits as f32 / longest as f32;
    // A sound that is less alike than the letters, or than anything that is shown, is not worked out.
    let needed = spelled.max(LEAST) + 0.02;
    let heard = if q.len() == query.squeezed.len() && e.len() == entry.squeezed.len() {
        query.sound.like(&entry.sound, needed)
    } else {
        Sound::of(q).like(&Sound::of(e), needed)
    } - 0.02;
    // A recogniser cuts names up; who types one word means its letters.
    let one = query.name.words.len() == 1 && entry.name.words.len() == 1;
    let heard = if one && spelled < 0.7 {
        heard.min(0.75)
    } else {
        heard
    };
    let (mut value, why) = if spelled >= heard {
        (spelled, "spelled like")
    } else {
        (heard, "sounds like")
    };
    // A word of its own ("strip") is hardly a misspelt company, and two ("capital one") need to sound very much like it.
    if query.is_ordinary() {
        if query.name.words.len() == 1 {
            value = value.min(0.7);
        } else if q != e {
            value -= 0.04;
        }
    }
    // Five letters leave room for two companies: Valio is not Valeo.
    if one && shortest == longest && longest <= 5 && edits > 0 && !same_letters(q, e) {
        value = value.min(0.75);
    }
    if q.as_bytes()[0] != e.as_bytes()[0]
        && query.sound.key.as_bytes().first() != entry.sound.key.as_bytes().first()
    {
        value -= 0.05;
    }
    (value >= LEAST).then(|| Score::new(value.min(0.93), format!("{why} {}", entry.name.spaced())))
}

/// What is less like the name as a whole is not worth showing.
const LEAST: f32 = 0.5;

/// Whether one is the other with letters in another order.
fn same_letters(a: &str, b: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(a) == sorted(b)
}

/// Whether the letters are those of neighbouring words, but not of all: then one name has words the other lacks, and which
/// they are decides.
fn is_run_of(squeezed: &str, words: &[String]) -> bool {
    (0..words.len()).any(|from| {
        let mut rest = squeezed;
        for (place, word) in words[from..].iter().enumerate() {
            if word == "&" {
                continue;
            }
            let Some(after) = rest.strip_prefix(word.as_str()) else {
                return false;
            };
            rest = after;
            if rest.is_empty() {
                return from > 0 || from + place + 1 < words.len();
            }
        }
        false
    })
}

/// The letters of both without the plain words that both end in ("group", "international").
fn bare_ends<'a>(a: &[String], a_all: &'a str, b: &[String], b_all: &'a str) -> (&'a str, &'a str) {
    let plain: usize = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(a, b)| a == b && words::is_plain(a) && *a != "&")
        .map(|(word, _)| word.len())
        .sum();
    let cut = |all: &'a str| all.get(..all.len().saturating_sub(plain)).unwrap_or(all);
    (cut(a_all), cut(b_all))
}

/// What is left of both names when the words they share are taken out.
#[derive(Debug, Default)]
struct Alignment<'a> {
    matched: Vec<(&'a str, f32)>,
    only_query: Vec<&'a str>,
    only_entry: Vec<&'a str>,
}

fn align<'a>(ear: &Ear<'_>, query: &'a [String], entry: &'a [String]) -> Alignment<'a> {
    let mut out = Alignment::default();
    let mut free: Vec<&str> = entry.iter().map(String::as_str).collect();
    for word in query.iter().map(String::as_str) {
        let best = free
            .iter()
            .enumerate()
            .filter_map(|(i, other)| ear.alike(word, other).map(|value| (i, value)))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        match best {
            Some((i, value)) => out.matched.push((free.remove(i), value)),
            None => out.only_query.push(word),
        }
    }
    out.only_entry = free;
    out.only_query.retain(|word| *word != "&");
    out.only_entry.retain(|word| *word != "&");
    out
}

/// The words, with neighbours written as one where the other name writes them so: "trans ocean reefer" as one
/// word of `TransOcean`.
fn joined_as<'a>(words: &'a [String], other: &[String]) -> Cow<'a, [String]> {
    let pair = |at: usize| {
        let joined = format!("{}{}", words[at], words[at + 1]);
        other.contains(&joined).then_some(joined)
    };
    let Some((at, joined)) =
        (0..words.len().saturating_sub(1)).find_map(|at| pair(at).map(|joined| (at, joined)))
    else {
        return Cow::Borrowed(words);
    };
    let mut out = words[..at].to_vec();
    out.push(joined);
    out.extend_from_slice(&words[at + 2..]);
    Cow::Owned(out)
}

/// Scores by the words both share and by what each has alone.
fn by_words(ear: &Ear<'_>, entry: &Entry) -> Option<Score> {
    let Ear { query, entries } = *ear;
    let (said, called) = (
        joined_as(&query.name.words, &entry.name.words),
        joined_as(&entry.name.words, &query.name.words),
    );
    let mut both = align(ear, &said, &called);
    let telling = both
        .matched
        .iter()
        .filter(|(word, _)| !words::is_plain(word) && !words::is_place(word))
        .count();
    if telling == 0 {
        return None;
    }
    // Single words are judged by their letters as a whole.
    if query.name.words.len() == 1 && entry.name.words.len() == 1 {
        return None;
    }
    let worst = both
        .matched
        .iter()
        .map(|&(_, value)| value)
        .fold(1.0, f32::min);
    // "Honeywell Aerospace" for Honeywell International: what says nothing doesn't count as missing.
    if !both.only_query.is_empty() && both.only_entry.iter().all(|word| words::is_hollow(word)) {
        both.only_entry.clear();
    }
    let (value, why) = match (both.only_query.is_empty(), both.only_entry.is_empty()) {
        (true, true) if entry.kind == Kind::Domain => (0.92, "web domain".to_owned()),
        (true, true) => (0.97, "same words".to_owned()),
        (false, true) if worst < 1.0 => (0.6, "part of what was said".to_owned()),
        (false, true) => more_in_query(&both, entry, entries),
        (true, false) => more_in_entry(&both, query, entry, entries),
        (false, false) => more_in_both(&both),
    };
    // Where no telling word is spelled right, the slip weighs fully.
    let sound_word = both
        .matched
        .iter()
        .any(|&(word, value)| value >= 1.0 && !words::is_plain(word) && !words::is_place(word));
    let value = value
        * if sound_word {
            0.5 + 0.5 * worst
        } else {
            worst - 0.05 * (1.0 - worst)
        };
    (value >= 0.3).then(|| Score::new(value, why))
}

/// "ABB Robotics" for ABB, "Microsoft Deutschland" for Microsoft; not "Delta Faucet" for Delta.
fn more_in_query(both: &Alignment, entry: &Entry, entries: &Entries) -> (f32, String) {
    let distinct = both
        .matched
        .iter()
        .any(|(word, _)| !ordinary(word) && word.len() > 1);
    // Who shares a first word with others, in this list or in the world, is not named by it.
    let first = entry.name.words.first().map_or("", String::as_str);
    let family = words::is_family(first);
    // A web address says less than the name: whitmore.com is Whitmore Elevator's, and Whitmore Oil another company.
    let family = family || entry.kind == Kind::Domain;
    let shared = family || entries.accounts_with(first, 8).len() > 1;
    let all = |test: fn(&str) -> bool| both.only_query.iter().all(|word| test(word));
    let places = all(|word| words::is_place(word) || words::is_group(word));
    let units = all(|word| words::is_unit(word) || words::is_place(word) || words::is_group(word));
    let trades = all(|word| {
        words::is_trade(word)
            || words::is_unit(word)
            || words::is_plain(word)
            || words::is_place(word)
    });
    let why = format!("unit of {}", entry.name.spaced());
    if places && (distinct || entry.name.words.len() > 1) {
        (0.91, why)
    } else if units && distinct && !shared || distinct && all(words::is_department) {
        (0.89, why)
    } else if units && distinct && !family && all(|word| !words::is_trade(word)) {
        (0.88, why)
    } else if trades && !family && (distinct && !shared || both.matched.len() > 1) {
        (0.87, why)
    } else {
        (0.6, "part of what was said".to_owned())
    }
}

/// "Estee Lauder" for The Estee Lauder Companies, "Walgreens" for Walgreens Boots Alliance; not "Dollar" for Dollar Tree.
fn more_in_entry(
    both: &Alignment,
    query: &Query,
    entry: &Entry,
    entries: &Entries,
) -> (f32, String) {
    let why = "telling part of the name".to_owned();
    let distinct = both
        .matched
        .iter()
        .any(|(word, value)| *value >= 1.0 && !ordinary(word) && word.len() >= 4);
    let clash = legal_agreement(&query.name, &entry.name) < 0.0;
    if both.only_entry.iter().all(|word| words::is_plain(word)) {
        let value = if distinct || both.matched.len() > 1 {
            0.92
        } else {
            0.7
        };
        return (value, why);
    }
    let first = entry.name.words.first().map(String::as_str);
    let leads = both.matched.first().map(|(word, _)| *word) == first;
    let alone = both.matched.iter().any(|(word, value)| {
        *value >= 1.0
            && !ordinary(word)
            && word.len() >= 5
            && entries.accounts_with(word, 8).len() == 1
    });
    let house = both.matched.iter().any(|(word, _)| words::is_family(word));
    let all = |test: fn(&str) -> bool| both.only_entry.iter().all(|word| test(word));
    let trade =
        |word: &str| words::is_trade(word) || words::is_place(word) || words::is_plain(word);
    let family = both
        .only_entry
        .iter()
        .any(|word| words::is_trade(word) || words::is_place(word));
    if clash || house {
        return (0.62, why);
    }
    if leads && alone && !family || alone && all(words::is_given) {
        (0.88, why)
    } else if leads && alone && all(trade) {
        (0.84, why)
    } else if both.matched.len() > 1 && begins(query, entry) && entries.only_one_begins(query) {
        (0.83, why)
    } else {
        (0.62, why)
    }
}

/// Whether the entry begins with all of the query's words.
fn begins(query: &Query, entry: &Entry) -> bool {
    entry.name.words.starts_with(&query.name.words)
}

/// "Acme Group" against "Acme Holdings" is one; "Dollar General" against "Dollar Tree" is not.
fn more_in_both(both: &Alignment) -> (f32, String) {
    let empty = |list: &[&str]| list.iter().all(|word| words::is_group(word));
    let distinct = both
        .matched
        .iter()
        .any(|(word, _)| !ordinary(word) && word.len() > 2);
    if distinct && empty(&both.only_query) && empty(&both.only_entry) {
        (0.9, "same telling words".to_owned())
    } else {
        (0.45, "shares words".to_owned())
    }
}
