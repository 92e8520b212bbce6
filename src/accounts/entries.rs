//! Everything an account may be called, indexed so that a name is found exactly, by its letters or by its sound.

use std::collections::HashMap;

use crate::domain::Account;

use super::normalize::{self, Name};
use super::sound::{self, Sound};
use super::{domains, known, words};

/// What an entry is to its account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The name without its legal form.
    Name,
    /// A name from the list's aliases.
    Alias,
    /// The name without "Group", "International" and the like.
    Core,
    /// The first label of the domain.
    Domain,
    /// The first letters of the name's words.
    Initials,
}

/// One thing an account may be called.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The place of the account in the list.
    pub account: usize,
    /// What it is.
    pub kind: Kind,
    /// The normalised name.
    pub name: Name,
    /// Its letters without blanks.
    pub squeezed: String,
    /// How it sounds.
    pub sound: Sound,
}

/// A word of names.
#[derive(Clone, Debug)]
struct Word {
    sound: Sound,
    /// The names it is in.
    entries: Vec<u32>,
}

/// All entries with their indexes.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    /// All entries.
    pub all: Vec<Entry>,
    exact: HashMap<String, Vec<u32>>,
    by_word: HashMap<String, Word>,
    letters: HashMap<[u8; 3], Vec<u32>>,
    sounds: HashMap<[u8; 2], Vec<u32>>,
    /// Account by registrable domain.
    pub domains: HashMap<String, usize>,
    /// Accounts that run an ending of their own (`home.barclays`).
    pub endings: HashMap<String, usize>,
}

impl Entries {
    /// Everything the accounts may be called.
    pub fn new(accounts: &[Account]) -> Self {
        let mut entries = Self::default();
        for (account, given) in accounts.iter().enumerate() {
            entries.add_account(account, given);
        }
        entries.index();
        entries
    }

    fn add_account(&mut self, account: usize, given: &Account) {
        for name in normalize::variants(&given.name) {
            self.add_core(account, &name);
            self.add_initials(account, &name);
            self.add(account, Kind::Name, name);
        }
        for alias in &given.aliases {
            for name in normalize::variants(alias) {
                self.add(account, Kind::Alias, name);
            }
        }
        let Some(host) = domains::host(&given.domain) else {
            return;
        };
        let Some(domain) = domains::registrable(&host) else {
            return;
        };
        let ending = domain.rsplit('.').next().unwrap_or_default().to_owned();
        let named = normalize::normalize(&given.name);
        if ending.len() > 2
            && named.split(' ').any(|word| word == ending)
            && !words::is_common(&ending)
            && !words::is_plain(&ending)
            && ending != "swiss"
        {
            self.endings.insert(ending.clone(), account);
            self.add_label(account, &ending, &named);
        } else if let Some(label) = domain.split('.').next() {
            self.add_label(account, label, &named);
        }
        self.domains.entry(domain).or_insert(account);
    }

    /// `wabteccorp` -> `wabtec`, `thekrogerco` -> `kroger`, `lindt-spruengli` -> `lindt spruengli`.
    fn add_label(&mut self, account: usize, label: &str, named: &str) {
        // zeiss.com is Carl Zeiss Meditec's address, and Zeiss another company.
        let part = |word: &str| {
            word == label || words::is_plain(word) || words::is_given(word) || word == "electronics"
        };
        if words::is_family(label) && !named.split(' ').all(part) {
            return;
        }
        // Legal forms stay: `porsche-se` is not Porsche.
        let name = Name {
            words: label
                .split('-')
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect(),
            ..Name::default()
        };
        if let [only] = name.words.as_slice() {
            let bare = bare_label(only);
            if bare.len() >= 2 && bare != only {
                self.add(account, Kind::Domain, normalize::parse(bare));
            }
        }
        self.add(account, Kind::Domain, name);
    }

    fn add_core(&mut self, account: usize, name: &Name) {
        // "American Airlines" of American Airlines Group; the shorter "American" is a core of its own.
        for core in [without_group(&name.words), core_words(&name.words)] {
            if core.len() < name.words.len() {
                let name = Name {
                    words: core.to_vec(),
                    ..name.clone()
                };
                self.add(account, Kind::Core, name);
            }
        }
    }

    fn add_initials(&mut self, account: usize, name: &Name) {
        let letters = |skip_small: bool| -> String {
            name.words
                .iter()
                .filter(|word| *word != "&" && !(skip_small && is_small(word)))
                .filter_map(|word| word.chars().next())
                .collect()
        };
        let (short, long) = (letters(true), letters(false));
        for text in [short, long] {
            let n = text.chars().count();
            if (2..=6).contains(&n) {
                let name = Name {
                    words: vec![text],
                    joined: name.joined,
                    ..Name::default()
                };
                self.add(account, Kind::Initials, name);
            }
        }
    }

    fn add(&mut self, account: usize, kind: Kind, mut name: Name) {
        name.written.clear();
        let squeezed = name.squeezed();
        let mine = self
            .all
            .iter()
            .rev()
            .take_while(|entry| entry.account == account);
        if squeezed.is_empty()
            || mine
                .into_iter()
                .any(|entry| entry.squeezed == squeezed && entry.kind <= kind)
        {
            return;
        }
        let sound = Sound::of(&name.spaced());
        self.all.push(Entry {
            account,
            kind,
            name,
            squeezed,
            sound,
        });
    }

    fn index(&mut self) {
        for (i, entry) in self.all.iter().enumerate() {
            let id = i as u32;
            self.exact
                .entry(entry.squeezed.clone())
                .or_default()
                .push(id);
            if entry.kind == Kind::Initials {
                continue;
            }
            if matches!(entry.kind, Kind::Name | Kind::Alias) {
                for word in &entry.name.words {
                    let known = match self.by_word.get_mut(word) {
                        Some(known) => known,
                        None => self.by_word.entry(word.clone()).or_insert(Word {
                            sound: Sound::of(word),
                            entries: Vec::new(),
                        }),
                    };
                    if known.entries.last() != Some(&id) {
                        known.entries.push(id);
                    }
                }
            }
            // `citigroup` is found by its letters as Citi; "group" would make it like every other group.
            if entry.kind == Kind::Domain && bare_label(&entry.squeezed) != entry.squeezed {
                continue;
            }
            for gram in letter_grams(&entry.squeezed) {
                self.letters.entry(gram).or_default().push(id);
            }
            for gram in sound_grams(&entry.sound.key) {
                self.sounds.entry(gram).or_default().push(id);
            }
        }
    }

    /// Entries that are exactly this, blanks aside.
    pub fn exactly(&self, squeezed: &str) -> impl Iterator<Item = &Entry> {
        self.exact
            .get(squeezed)
            .into_iter()
            .flatten()
            .map(|&id| &self.all[id as usize])
    }

    /// Entries whose account is known by this short name.
    pub fn known(&self, squeezed: &str) -> impl Iterator<Item = &Entry> {
        known::full_names(squeezed).flat_map(|full| self.exactly(full))
    }

    /// Whether just one account's names begin with all of the query's words, which are more than "national bank".
    pub fn only_one_begins(&self, query: &super::score::Query) -> bool {
        let wanted = &query.name.words;
        if wanted
            .iter()
            .all(|word| words::is_weak(word) || words::is_place(word))
        {
            return false;
        }
        self.begun_by(query) == 1
    }

    /// How many accounts have a name that begins with all of the query's words and has more. Two is all that matters.
    pub fn begun_by(&self, query: &super::score::Query) -> usize {
        let wanted = &query.name.words;
        let Some(first) = wanted.first() else {
            return 0;
        };
        let mut found: Vec<usize> = Vec::new();
        for &id in self.with_word(first) {
            let entry = &self.all[id as usize];
            if entry.name.words.starts_with(wanted) && !found.contains(&entry.account) {
                found.push(entry.account);
                if found.len() > 1 {
                    break;
                }
            }
        }
        found.len()
    }

    /// The accounts that have the query's first telling word, spelled the same; none where no word tells.
    pub fn named_by(&self, query: &super::score::Query) -> Vec<usize> {
        query
            .name
            .words
            .iter()
            .find(|word| {
                !words::is_common(word) && !words::is_plain(word) && !words::is_place(word)
            })
            .filter(|word| word.len() >= 4)
            .map_or_else(Vec::new, |word| self.accounts_with(word, 60))
    }

    fn with_word(&self, word: &str) -> &[u32] {
        self.by_word.get(word).map_or(&[], |known| &known.entries)
    }

    /// How a word sounds, where a name has it.
    pub fn sound(&self, word: &str) -> Option<&Sound> {
        self.by_word.get(word).map(|known| &known.sound)
    }

    /// The accounts whose names have the word, at most `limit` of them.
    pub fn accounts_with(&self, word: &str, limit: usize) -> Vec<usize> {
        let mut accounts: Vec<usize> = self
            .with_word(word)
            .iter()
            .take(limit)
            .map(|&id| self.all[id as usize].account)
            .collect();
        accounts.dedup();
        accounts
    }

    /// Entries that share rare words, letters or sounds with the name, the likeliest of each kind.
    pub fn near(&self, name: &Name, sound: &str) -> Vec<u32> {
        let mut found = self.sharing_words(name);
        let squeezed = name.squeezed();
        found.extend(rank(
            &self.letters,
            &letter_grams(&squeezed),
            self.all.len(),
            |id| self.all[id as usize].squeezed.len() + 1,
        ));
        found.extend(rank(
            &self.sounds,
            &sound_grams(sound),
            self.all.len(),
            |id| self.all[id as usize].sound.key.len() / 2 + 1,
        ));
        found.sort_unstable();
        found.dedup();
        found
    }

    fn sharing_words(&self, name: &Name) -> Vec<u32> {
        const MOST: usize = 60;
        let mut found = Vec::new();
        for word in &name.words {
            let list = self.with_word(word);
            if list.len() <= MOST {
                found.extend_from_slice(list);
            }
        }
        found
    }
}

/// The words without trailing ones that tell nothing; never empty, never only an article.
pub fn core_words(words: &[String]) -> &[String] {
    let mut keep = words.len();
    while keep > 1 && words::is_plain(&words[keep - 1]) {
        keep -= 1;
    }
    &words[..keep]
}

/// The words without trailing ones that only say it is a company; never empty.
pub fn without_group(words: &[String]) -> &[String] {
    let mut keep = words.len();
    while keep > 1 && words::is_group(&words[keep - 1]) {
        keep -= 1;
    }
    &words[..keep]
}

fn is_small(word: &str) -> bool {
    matches!(
        word,
        "of" | "de" | "the" | "for" | "in" | "du" | "des" | "del" | "la" | "le"
    )
}

/// A domain label without the words companies add because the short name was taken.
fn bare_label(label: &str) -> &str {
    const ENDS: [&str; 14] = [
        "group",
        "plc",
        "inc",
        "corp",
        "company",
        "corporation",
        "companies",
        "holdings",
        "holding",
        "global",
        "hq",
        "co",
        "ag",
        "international",
    ];
    let bare = label
        .strip_prefix("the")
        .filter(|rest| rest.len() > 3)
        .unwrap_or(label);
    for end in ENDS {
        let least = if end.len() <= 2 { 5 } else { 2 };
        if let Some(start) = bare.strip_suffix(end)
            && start.len() >= least
        {
            return start;
        }
    }
    bare
}

fn letter_grams(squeezed: &str) -> Vec<[u8; 3]> {
    let mut bytes = vec![b'^'];
    bytes.extend_from_slice(squeezed.as_bytes());
    bytes.push(b'$');
    let mut grams: Vec<[u8; 3]> = bytes.windows(3).map(|w| [w[0], w[1], w[2]]).collect();
    grams.sort_unstable();
    grams.dedup();
    grams
}

fn sound_grams(key: &str) -> Vec<[u8; 2]> {
    let mut bytes = vec![b'^'];
    bytes.extend_from_slice(sound::skeleton_of_key(key).as_bytes());
    bytes.push(b'$');
    let mut grams: Vec<[u8; 2]> = bytes.windows(2).map(|w| [w[0], w[1]]).collect();
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// The ids that share most grams for their length.
fn rank<const N: usize>(
    index: &HashMap<[u8; N], Vec<u32>>,
    grams: &[[u8; N]],
    entries: usize,
    size: impl Fn(u32) -> usize,
) -> Vec<u32> {
    const KEPT: usize = 40;
    /// How many entries are looked at for one name; the rarest grams come first.
    const MOST: usize = 60_000;
    let mut lists: Vec<&Vec<u32>> = grams.iter().filter_map(|gram| index.get(gram)).collect();
    lists.sort_by_key(|list| list.len());
    let mut seen = 0;
    lists.retain(|list| {
        seen += list.len();
        seen <= MOST
    });
    let mut counts = vec![0_u8; entries];
    let mut touched = Vec::new();
    for &id in lists.iter().copied().flatten() {
        let count = &mut counts[id as usize];
        if *count == 0 {
            touched.push(id);
        }
        *count = count.saturating_add(1);
    }
    let mut scored: Vec<(f32, u32)> = touched
        .into_iter()
        .filter(|&id| usize::from(counts[id as usize]) * 3 >= lists.len())
        .map(|id| {
            let dice = 2.0 * f32::from(counts[id as usize]) / (grams.len() + size(id)) as f32;
            (dice, id)
        })
        .collect();
    if scored.len() > KEPT {
        scored.select_nth_unstable_by(KEPT, |a, b| b.0.total_cmp(&a.0));
        scored.truncate(KEPT);
    }
    scored.into_iter().map(|(_, id)| id).collect()
}
