//! Accounts named inside sentences, also misheard, without lighting up on ordinary words.

use std::collections::HashMap;

use crate::domain::{Account, AccountMatch};

use super::entries::{Entries, Kind};
use super::matcher::{Hit, Matcher};
use super::score::Score;
use super::{normalize, sound, words};

/// How many words a misheard name may be cut into.
const WINDOW: usize = 6;

/// What of each account is listened for.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    names: Vec<Target>,
    /// Names by their letters.
    spelled: HashMap<String, Vec<u32>>,
    /// Names by their first consonant and the number of their consonants.
    sounding: HashMap<(u8, usize), Vec<u32>>,
}

/// Which part of a name is listened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    First,
    Domain,
}

#[derive(Clone, Debug)]
struct Target {
    account: usize,
    /// The words, squeezed.
    squeezed: String,
    sound: String,
    shape: sound::Shape,
    words: usize,
    /// All of its words are ordinary ones.
    ordinary: bool,
    /// It is the whole name or an alias, not a part.
    whole: bool,
    /// Other words that sound like it may mean it; a web domain's letters are hardly ever said.
    by_sound: bool,
    shown: String,
}

impl Heard {
    /// What to listen for.
    pub fn new(accounts: &[Account], entries: &Entries) -> Self {
        let mut heard = Self::default();
        for entry in &entries.all {
            if matches!(
                entry.kind,
                Kind::Name | Kind::Alias | Kind::Core | Kind::Domain
            ) {
                let part = match entry.kind {
                    Kind::Domain => Part::Domain,
                    _ => Part::Whole,
                };
                heard.add(entry.account, &entry.name.words, part, Some(&entry.sound));
            }
        }
        for (account, given) in accounts.iter().enumerate() {
            heard.add_telling(account, given, entries);
        }
        heard
    }

    /// The first word, where only this account has it: "Brackwater" of Brackwater Freight. Later words say what a company
    /// does ("castings", "hosting").
    fn add_telling(&mut self, account: usize, given: &Account, entries: &Entries) {
        let name = normalize::parse(&given.name);
        if let Some(word) = name.words.first()
            && word.len() >= 5
            && tells(word)
            && entries.accounts_with(word, 8).len() == 1
        {
            self.add(account, std::slice::from_ref(word), Part::First, None);
        }
    }

    fn add(&mut self, account: usize, words: &[String], part: Part, sound: Option<&str>) {
        let squeezed: String = words
            .iter()
            .filter(|word| *word != "&")
            .map(String::as_str)
            .collect();
        if squeezed.len() < 3
            || self
                .names
                .iter()
                .rev()
                .take(12)
                .any(|t| t.account == account && t.squeezed == squeezed)
        {
            return;
        }
        let shown = words.join(" ");
        let sound = sound.map_or_else(|| sound::key(&shown), str::to_owned);
        let id = self.names.len() as u32;
        self.spelled.entry(squeezed.clone()).or_default().push(id);
        self.sounding.entry(bucket(&sound)).or_default().push(id);
        self.names.push(Target {
            account,
            shape: sound::Shape::of(&sound),
            sound,
            squeezed,
            words: words.len(),
            ordinary: words.iter().all(|word| !tells(word)),
            whole: part == Part::Whole,
            by_sound: part != Part::Domain,
            shown,
        });
    }
}

impl Heard {
    /// The names that may be what was heard: same letters, or as many consonants, give or take one, from the same first.
    fn likely(&self, squeezed: &str, key: &str) -> impl Iterator<Item = &Target> {
        let (first, consonants) = bucket(key);
        let spelled = self.spelled.get(squeezed).into_iter();
        let sounding = (consonants.saturating_sub(1)..=consonants + 1)
            .filter_map(move |count| self.sounding.get(&(first, count)));
        spelled
            .chain(sounding)
            .flatten()
            .map(|&id| &self.names[id as usize])
    }
}

fn bucket(key: &str) -> (u8, usize) {
    let skeleton = sound::skeleton_of_key(key);
    (skeleton.bytes().next().unwrap_or_default(), skeleton.len())
}

fn tells(word: &str) -> bool {
    !words::is_common(word)
        && !words::is_plain(word)
        && !words::is_place(word)
        && !words::is_unit(word)
}

/// A word of a sentence.
struct Word {
    folded: String,
    capital: bool,
    starts_sentence: bool,
}

fn words_of(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut fresh = true;
    for piece in text.split_whitespace() {
        let inner = piece.trim_matches(|c: char| !c.is_alphanumeric() && c != '&');
        for part in inner.split(['-', '/']) {
            let name = normalize::parse(part.trim_end_matches("'s").trim_end_matches("’s"));
            let folded = if part == "&" {
                "&".to_owned()
            } else {
                name.squeezed()
            };
            if folded.is_empty() || folded == "&" {
                continue;
            }
            out.push(Word {
                folded,
                capital: part.chars().next().is_some_and(char::is_uppercase),
                starts_sentence: fresh,
            });
            fresh = false;
        }
        if piece.ends_with(['.', '?', '!']) {
            fresh = true;
        }
    }
    out
}

impl Matcher {
    /// Accounts named in a sentence, each once, best first.
    pub fn mentions(&self, text: &str) -> Vec<AccountMatch> {
        let spoken = words_of(text);
        let mut found: Vec<Hit> = Vec::new();
        for from in 0..spoken.len() {
            for to in from + 1..=(from + WINDOW).min(spoken.len()) {
                self.hear(&spoken[from..to], &mut found);
            }
        }
        for piece in text
            .split_whitespace()
            .filter(|piece| piece.contains('.') || piece.contains('@'))
        {
            if let Some(hit) = self.email(piece) {
                keep(&mut found, hit);
            }
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found.into_iter().map(AccountMatch::from).collect()
    }

    fn hear(&self, window: &[Word], found: &mut Vec<Hit>) {
        let squeezed: String = window.iter().map(|word| word.folded.as_str()).collect();
        if squeezed.len() < 4 {
            return;
        }
        let spaced: Vec<&str> = window.iter().map(|word| word.folded.as_str()).collect();
        let key = sound::key(&spaced.join(" "));
        let glue = matches!(spaced[0], "a" | "an" | "the" | "of" | "and" | "or");
        let capital = window.iter().all(|word| word.capital);
        let said = Said {
            squeezed: &squeezed,
            key: &key,
            shape: sound::Shape::of(&key),
            words: window.len(),
            everyday: window.iter().all(|word| !tells(&word.folded)) || glue && window.len() > 1,
            capital,
            named: capital
                && window
                    .iter()
                    .any(|word| !word.starts_sentence || window.len() > 1),
        };
        for target in self.heard.likely(&squeezed, &key) {
            let Some(value) = fit(target, &said) else {
                continue;
            };
            let why = format!("heard \"{}\" as {}", spaced.join(" "), target.shown);
            keep(found, self.hit(target.account, Score::new(value, why)));
        }
    }
}

fn keep(found: &mut Vec<Hit>, hit: Hit) {
    match found.iter_mut().find(|other| other.index == hit.index) {
        Some(other) if other.score >= hit.score => {}
        Some(other) => *other = hit,
        None => found.push(hit),
    }
}

/// Some neighbouring words of a sentence.
struct Said<'a> {
    squeezed: &'a str,
    key: &'a str,
    shape: sound::Shape,
    words: usize,
    /// All of them are words that everybody uses.
    everyday: bool,
    /// All of them are written with a capital.
    capital: bool,
    /// And not only because a sentence begins there: the recogniser took them for a name.
    named: bool,
}

/// How sure it is that these words are that name; none where they aren't.
fn fit(target: &Target, said: &Said) -> Option<f32> {
    if target.squeezed == said.squeezed {
        return spelled(target, said);
    }
    // "Yard work" sounds like Yardwerk, and is yard work.
    if !target.by_sound
        || target.ordinary
        || target.squeezed.len() < 6
        || said.squeezed.len() < 5
        || said.everyday && !said.named
    {
        return None;
    }
    let (short, long) = (
        said.squeezed.len().min(target.squeezed.len()),
        said.squeezed.len().max(target.squeezed.len()),
    );
    if long > short + 4 {
        return None;
    }
    let needed = if said.everyday { 0.93 } else { 0.84 };
    if !said.shape.may_be(&target.shape, needed) {
        return None;
    }
    let like = sound::likeness_of_keys(said.key, &target.sound);
    (like >= needed).then_some(like * 0.9)
}

/// The same letters: a name, unless everyday words happen to have them ("the north wind", "cobalt").
fn spelled(target: &Target, said: &Said) -> Option<f32> {
    if target.ordinary {
        return (target.words >= 3 || said.named).then_some(0.9);
    }
    if target.whole && !(said.everyday && target.words == 1) {
        return Some(0.97);
    }
    let taken_for_a_name = if said.words > 1 && !said.everyday {
        true
    } else {
        said.capital
    };
    taken_for_a_name.then_some(if target.whole { 0.97 } else { 0.92 })
}
