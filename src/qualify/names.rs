//! Which names of the playbook were said, however the recogniser spelt them.

use std::collections::{HashMap, HashSet};

use crate::accounts;
use crate::domain::Playbook;

use super::sound::{
    Groups, Letters, groups, is_vowel, letters, letters_apart, likeness, sounds, squash, swap_of,
    weight,
};
use super::words::{Sentence, Word};

/// What a name belongs to: an index into the playbook's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Named {
    /// One of our products.
    Product(usize),
    /// A competitor.
    Competitor(usize),
    /// A target account.
    Account(usize),
    /// Our own company.
    Us,
}

/// One name said.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Whose name.
    pub what: Named,
    /// First word and one past the last, in the sentence.
    pub words: (usize, usize),
    /// How sure: 1 for the name as written, less for what only sounds like it.
    pub score: f32,
}

struct Spelling {
    what: Named,
    sounds: Vec<u8>,
    letters: Letters,
    groups: Groups,
    weight: f32,
    /// Made of ordinary words only ("yard work"): needs more than its letters to count.
    ordinary: bool,
    /// An account's: lists hold thousands, so what everybody says is taken for one more warily.
    account: bool,
    /// The whole name or an alias, not a part of it.
    whole: bool,
    /// How many words it has.
    words: usize,
    /// Whether other words that sound alike may count.
    by_sound: bool,
}

/// All names of a playbook, ready to be listened for.
pub struct Names {
    spellings: Vec<Spelling>,
    exact: HashMap<String, Vec<usize>>,
    /// Those that may be meant by what sounds like them, by weight.
    by_sound: Vec<usize>,
}

/// Words said in at least four of the fourteen training trades, one a line (made by the trainer).
const COMMON: &str = include_str!("../../assets/qualify/common-words.txt");

/// Last words of company names that people leave out.
const SUFFIXES: [&str; 40] = [
    "bank",
    "group",
    "logistics",
    "freight",
    "carriers",
    "stores",
    "insurance",
    "mutual",
    "health",
    "trust",
    "council",
    "county",
    "university",
    "college",
    "school",
    "schools",
    "hospital",
    "power",
    "energy",
    "foods",
    "grocers",
    "retail",
    "systems",
    "services",
    "holding",
    "cooperative",
    "co-op",
    "federation",
    "board",
    "life",
    "inc",
    "ltd",
    "gmbh",
    "llc",
    "corp",
    "components",
    "paper",
    "ceramics",
    "bearings",
    "fuels",
];

/// The words everybody says.
pub fn common_words() -> HashSet<&'static str> {
    COMMON.lines().collect()
}

/// Likeness from which a sound-alike counts.
const BY_SOUND: f32 = 0.74;
/// The same where every word of it is an ordinary one.
const BY_SOUND_ORDINARY: f32 = 0.86;
/// Most words a name is looked for in.
const LONGEST: usize = 5;

impl Names {
    /// Prepares the names of a playbook.
    pub fn new(playbook: &Playbook, common: &HashSet<&'static str>) -> Self {
        let mut names = Self {
            spellings: Vec::new(),
            exact: HashMap::new(),
            by_sound: Vec::new(),
        };
        let us = &playbook.company;
        names.add(Named::Us, &us.name, true, common);
        us.aliases
            .iter()
            .for_each(|alias| names.add(Named::Us, alias, false, common));
        for (k, product) in playbook.products.iter().enumerate() {
            names.add(Named::Product(k), &product.name, true, common);
            names.add(Named::Product(k), &product.short, false, common);
            product
                .aliases
                .iter()
                .for_each(|alias| names.add(Named::Product(k), alias, false, common));
        }
        for (k, competitor) in playbook.competitors.iter().enumerate() {
            names.add(Named::Competitor(k), &competitor.name, true, common);
            competitor
                .aliases
                .iter()
                .for_each(|alias| names.add(Named::Competitor(k), alias, true, common));
        }
        for (k, account) in playbook.accounts.iter().enumerate() {
            names.add(Named::Account(k), &account.name, true, common);
            account
                .aliases
                .iter()
                .for_each(|alias| names.add(Named::Account(k), alias, true, common));
            let whole = names.spellings.len();
            for short in short_names(&account.name) {
                names.add(Named::Account(k), &short, true, common);
            }
            if let Some(stem) = account.domain.split('.').next() {
                names.add(Named::Account(k), stem, false, common);
            }
            for part in &mut names.spellings[whole..] {
                part.whole = false;
            }
        }
        let spellings = &names.spellings;
        let mut by_sound: Vec<usize> = (0..spellings.len())
            .filter(|&k| spellings[k].by_sound)
            .collect();
        by_sound.sort_by(|&a, &b| spellings[a].weight.total_cmp(&spellings[b].weight));
        names.by_sound = by_sound;
        names
    }

    fn add(&mut self, what: Named, text: &str, by_sound: bool, common: &HashSet<&'static str>) {
        let squashed = squash(text);
        if squashed.len() < 3 && !matches!(what, Named::Product(_)) || squashed.is_empty() {
            return;
        }
        let known = self.exact.entry(squashed.clone()).or_default();
        if known.iter().any(|&k| self.spellings[k].what == what) {
            return;
        }
        known.push(self.spellings.len());
        let account = matches!(what, Named::Account(_));
        let everybodys =
            |word: &str| common.contains(word) || account && accounts::is_ordinary(word);
        let words: Vec<String> = text
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let ordinary = words.iter().all(|word| everybodys(word));
        let heard = sounds(&squashed);
        self.spellings.push(Spelling {
            what,
            letters: letters(&heard),
            groups: groups(&heard),
            weight: weight(&heard),
            sounds: heard,
            by_sound: by_sound && squashed.len() >= 5 && !ordinary,
            ordinary,
            account,
            whole: true,
            words: words.len(),
        });
    }

    /// The names said in one sentence, best first where they overlap.
    pub fn find(&self, sentence: &Sentence, common: &HashSet<&'static str>) -> Vec<Mention> {
        let mut found = Vec::new();
        let squashed: Vec<String> = sentence
            .words
            .iter()
            .map(|word| squash(&word.text))
            .collect();
        for start in 0..sentence.words.len() {
            let mut joined = String::new();
            for end in start + 1..=(start + LONGEST).min(sentence.words.len()) {
                joined.push_str(&squashed[end - 1]);
                if joined.len() > 44 {
                    break;
                }
                let words = &sentence.words[start..end];
                let look = Look::of(words, start == 0, common);
                for (what, score) in self.judge(&joined, &look) {
                    found.push(Mention {
                        what,
                        words: (start, end),
                        score,
                    });
                }
            }
        }
        best_apart(found)
    }

    fn judge(&self, joined: &str, look: &Look) -> Vec<(Named, f32)> {
        if let Some(exact) = self.exact.get(joined) {
            return exact
                .iter()
                .map(|&k| &self.spellings[k])
                .filter_map(|spelling| Some((spelling.what, spelling.as_spelt(look)?)))
                .collect();
        }
        if joined.len() < 4 || look.common && !look.capital && look.words == 1 {
            return Vec::new();
        }
        let needed = if look.common && !look.capital {
            BY_SOUND_ORDINARY
        } else {
            BY_SOUND
        };
        let mine = sounds(joined);
        let letters = letters(&mine);
        let long = weight(&mine);
        let mut best: Vec<(Named, f32)> = Vec::new();
        let groups = groups(&mine);
        let lightest = long - (1.0 - needed) * long.max(0.0) - 0.01;
        let from = self
            .by_sound
            .partition_point(|&k| self.spellings[k].weight < lightest);
        let likely = self.by_sound[from..].iter().map(|&k| &self.spellings[k]);
        for spelling in likely.take_while(|spelling| spelling.weight * needed <= long + 0.01) {
            let most = (1.0 - needed) * long.max(spelling.weight);
            if (long - spelling.weight).abs() > most
                || letters_apart(&letters, &spelling.letters) > most + 1e-3
                || groups.apart(spelling.groups) > most + 1e-3
                || spelling.account && !(look.may_name() && begin_alike(&mine, &spelling.sounds))
            {
                continue;
            }
            if let Some(score) = likeness(&mine, &spelling.sounds, needed) {
                best.push((spelling.what, score * 0.98));
            }
        }
        best
    }
}

impl Spelling {
    /// How sure it is that words with the name's letters are the name.
    fn as_spelt(&self, look: &Look) -> Option<f32> {
        if !self.account {
            return Some(match (self.ordinary, look.capital) {
                (false, _) => 1.0,
                (true, true) => 0.9,
                (true, false) => 0.55,
            });
        }
        // "Bright harbor", "the north wind", "the meridian line" are no companies; "Meridian" is one.
        if self.ordinary {
            return (self.words >= 3 || look.named).then_some(0.9);
        }
        let name = if look.words > 1 || self.whole {
            !look.everyday || self.whole && self.words > 1
        } else {
            false
        };
        (name || look.capitals).then_some(if self.whole { 1.0 } else { 0.97 })
    }
}

/// Whether the first consonants are alike, give or take one: recognisers hardly ever miss the beginning of a name.
fn begin_alike(a: &[u8], b: &[u8]) -> bool {
    let first = |sounds: &[u8]| -> Vec<u8> {
        let consonants = sounds.iter().copied().filter(|&sound| !is_vowel(sound));
        consonants.take(2).collect()
    };
    let (a, b) = (first(a), first(b));
    let alike = |one: &u8, other: &u8| swap_of(*one, *other) < 0.9;
    match (a.first(), b.first()) {
        (Some(mine), Some(theirs)) => {
            b.iter().any(|other| alike(mine, other)) || a.iter().any(|one| alike(one, theirs))
        }
        (mine, theirs) => mine == theirs,
    }
}

/// How some neighbouring words of a sentence look, before they are compared with any name.
struct Look {
    words: usize,
    /// All are words of every trade, or single letters.
    common: bool,
    /// All are words that everybody uses.
    everyday: bool,
    /// One of them is written as a name: a capital in the middle of a sentence is one; at its start it is not.
    capital: bool,
    /// All of them begin with a capital.
    capitals: bool,
    /// An "of" or "the" stands between them.
    small_inside: bool,
    /// And not only because the sentence does.
    named: bool,
}

impl Look {
    /// Whether they may be an account's name, spelt otherwise: no words that everybody uses, unless the recogniser took them
    /// for a name, and none of the small ones inside.
    fn may_name(&self) -> bool {
        !self.small_inside && (!self.everyday || self.named)
    }

    fn of(words: &[Word], opens: bool, common: &HashSet<&str>) -> Self {
        let article = |word: &Word| matches!(word.text.as_str(), "a" | "an" | "the" | "of");
        let small = |word: &Word| article(word) || matches!(word.text.as_str(), "and" | "or");
        let glue = words.len() > 1 && small(&words[0]);
        let capitals = words.iter().all(|word| word.capital);
        let everybodys = |word: &Word| common.contains(word.text.as_str());
        Self {
            words: words.len(),
            common: words
                .iter()
                .all(|word| everybodys(word) || word.text.len() < 2),
            everyday: glue
                || words
                    .iter()
                    .all(|word| everybodys(word) || accounts::is_ordinary(&word.text)),
            capital: words
                .iter()
                .enumerate()
                .any(|(k, word)| word.capital && (k > 0 || !opens)),
            capitals,
            small_inside: words.iter().skip(1).any(article),
            named: capitals && (words.len() > 1 || !opens),
        }
    }
}

/// The name without what people leave out: its last generic word; its first word where that alone tells.
fn short_names(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut found = Vec::new();
    if words.len() < 2 {
        return found;
    }
    let last = words[words.len() - 1].to_lowercase();
    if SUFFIXES.contains(&last.as_str()) || words.len() > 2 {
        found.push(words[..words.len() - 1].join(" "));
    }
    let lead = words[0].to_lowercase();
    if matches!(
        lead.as_str(),
        "university" | "city" | "port" | "bank" | "klinikverbund" | "hochschule"
    ) {
        found.push(
            words[1..]
                .iter()
                .filter(|word| **word != "of")
                .copied()
                .collect::<Vec<_>>()
                .join(" "),
        );
    } else if lead.len() >= 5 {
        found.push(words[0].to_owned());
    }
    found
}

/// Of mentions that overlap, the surest; of equals the longer.
fn best_apart(mut found: Vec<Mention>) -> Vec<Mention> {
    found.sort_by(|a, b| {
        let width = |mention: &Mention| mention.words.1 - mention.words.0;
        b.score
            .total_cmp(&a.score)
            .then(width(b).cmp(&width(a)))
            .then(a.words.cmp(&b.words))
            .then(a.what.cmp(&b.what))
    });
    let mut kept: Vec<Mention> = Vec::new();
    for mention in found {
        if kept
            .iter()
            .all(|other| mention.words.1 <= other.words.0 || mention.words.0 >= other.words.1)
        {
            kept.push(mention);
        }
    }
    kept.sort_by_key(|mention| mention.words);
    kept
}
