//! Which names of the playbook were said, however the recogniser spelt them.

use std::collections::{HashMap, HashSet};

use crate::accounts;
use crate::domain::Playbook;

use super::sound::{
    Groups, Letters, groups, letters, letters_apart, likeness, sounds, squash, weight,
};
use super::topic;
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
    /// Made of ordinary words only ("yard work"): needs more than its letters to count.
    ordinary: bool,
    /// An account's: lists hold thousands, so what everybody says is taken for one more warily.
    account: bool,
    /// The whole name or an alias, not a part of it.
    whole: bool,
    /// How many words it has.
    words: usize,
}

/// What of a name's sound is looked at before it is compared, side by side with all others: lists hold a hundred thousand.
struct Sounding {
    weight: f32,
    letters: Letters,
    groups: Groups,
    /// Its place among the spellings.
    spelling: usize,
}

impl Sounding {
    fn of(sounds: &[u8], spelling: usize) -> Self {
        Self {
            weight: weight(sounds),
            letters: letters(sounds),
            groups: groups(sounds),
            spelling,
        }
    }

    /// Whether two names can be so alike, by what costs little to tell.
    fn may_be(&self, other: &Self, needed: f32) -> bool {
        let most = (1.0 - needed) * self.weight.max(other.weight) + 1e-3;
        letters_apart(&self.letters, &other.letters) <= most
            && self.groups.apart(other.groups) <= most
    }
}

/// All names of a playbook, ready to be listened for.
pub struct Names {
    spellings: Vec<Spelling>,
    /// The stems that say what our products are for.
    topics: HashSet<String>,
    exact: HashMap<String, Vec<usize>>,
    /// Those that may be meant by what sounds like them, by weight: accounts, and all others.
    accounts: Vec<Sounding>,
    others: Vec<Sounding>,
}

/// Words said in at least four of the first fourteen training trades, one a line.
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
/// The same for a competitor that is written as a name.
const BY_SOUND_CAPITAL: f32 = 0.69;
/// The same for a company that isn't.
const BY_SOUND_SMALL: f32 = 0.87;
/// A mention less sure than this may be other words.
pub const DOUBTFUL: f32 = 0.72;
/// The same where every word of it is an ordinary one.
const BY_SOUND_ORDINARY: f32 = 0.86;
/// Fewest bytes of one word that tells an account by its sound: "merci", "Murcia" and "Myers" sound like Mercy.
const TELLING: usize = 7;
/// Most words a name is looked for in.
const LONGEST: usize = 5;

impl Names {
    /// Prepares the names of a playbook.
    pub fn new(playbook: &Playbook, common: &HashSet<&'static str>) -> Self {
        let mut names = Self {
            spellings: Vec::new(),
            topics: playbook.products.iter().flat_map(topic::words_of).collect(),
            exact: HashMap::new(),
            accounts: Vec::new(),
            others: Vec::new(),
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
                let by_sound = short.contains(' ') || short.len() >= TELLING;
                names.add(Named::Account(k), &short, by_sound, common);
            }
            if let Some(stem) = account.domain.split('.').next() {
                names.add(Named::Account(k), stem, false, common);
            }
            for part in &mut names.spellings[whole..] {
                part.whole = false;
            }
        }
        for list in [&mut names.accounts, &mut names.others] {
            list.sort_by(|a, b| a.weight.total_cmp(&b.weight));
        }
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
        if by_sound && squashed.len() >= 5 && !ordinary {
            let list = if account {
                &mut self.accounts
            } else {
                &mut self.others
            };
            list.push(Sounding::of(&heard, self.spellings.len()));
        }
        self.spellings.push(Spelling {
            what,
            sounds: heard,
            ordinary,
            account,
            whole: true,
            words: words.len(),
        });
    }

    /// The names said in one sentence, best first where they overlap.
    pub fn find(&self, sentence: &Sentence, common: &HashSet<&'static str>) -> Vec<Mention> {
        let mut found = Vec::new();
        let heard: Vec<Spoken> = sentence
            .words
            .iter()
            .map(|word| Spoken::of(word, common))
            .collect();
        for start in 0..heard.len() {
            let mut joined = String::new();
            for end in start + 1..=(start + LONGEST).min(heard.len()) {
                let last = &heard[end - 1];
                let bare = last.bare.as_ref().map(|bare| format!("{joined}{bare}"));
                joined.push_str(&last.squashed);
                if joined.len() > 44 {
                    break;
                }
                let before = start.checked_sub(1).map(|before| &heard[before]);
                let look = Look::of(&heard[start..end], before);
                for joined in std::iter::once(&joined).chain(&bare) {
                    for (what, score) in self.judge(joined, &look) {
                        found.push(Mention {
                            what,
                            words: (start, end),
                            score,
                        });
                    }
                }
            }
        }
        best_apart(found)
    }

    /// Which words of a sentence say what our products are for.
    pub fn topics(&self, sentence: &Sentence) -> Vec<bool> {
        let words = sentence.words.iter();
        words
            .map(|word| self.topics.contains(topic::stem(&word.text)))
            .collect()
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
        let heard = sounds(joined);
        let needed = match (look.capital, look.common) {
            (true, _) => BY_SOUND_CAPITAL,
            (false, false) => BY_SOUND,
            (false, true) => BY_SOUND_ORDINARY,
        };
        let mut found = self.sounding(&self.others, &heard, needed);
        found.retain(|(what, like)| matches!(what, Named::Competitor(_)) || *like >= BY_SOUND);
        // Companies are many: no words that everybody uses, unless the recogniser took them for a name, and what is written
        // small is one only where it is written nearly rightly.
        if !look.article && (!look.everyday || look.named) {
            let needed = if look.capital {
                BY_SOUND
            } else {
                BY_SOUND_SMALL
            };
            found.extend(self.sounding(&self.accounts, &heard, needed));
        }
        let share = if look.capital { 0.98 } else { 0.85 };
        for (_, like) in &mut found {
            *like *= share;
        }
        found
    }

    /// The names of a list that sound so much like what was heard, and how much.
    fn sounding(&self, list: &[Sounding], heard: &[u8], needed: f32) -> Vec<(Named, f32)> {
        let mine = Sounding::of(heard, 0);
        let from = list.partition_point(|one| one.weight < needed * mine.weight - 0.01);
        list[from..]
            .iter()
            .take_while(|one| one.weight * needed <= mine.weight + 0.01)
            .filter(|one| mine.may_be(one, needed))
            .filter_map(|one| {
                let spelling = &self.spellings[one.spelling];
                Some((spelling.what, likeness(heard, &spelling.sounds, needed)?))
            })
            .collect()
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
        let told = if self.whole {
            !look.everyday || self.words > 1
        } else {
            !look.everyday && !look.led
        };
        (told || look.capitals).then_some(if self.whole { 1.0 } else { 0.97 })
    }
}

/// One word of a sentence, before it is compared with any name.
struct Spoken {
    squashed: String,
    /// The same without what hangs on it: "Camber's thirty-eight thousand".
    bare: Option<String>,
    /// A word of every trade, or a single letter.
    common: bool,
    /// A word that everybody uses.
    everyday: bool,
    /// "The", or an "of", which opens no name.
    article: bool,
    /// Nor does an "and".
    joins: bool,
    capital: bool,
    /// "I" and "I'll" are written as names, and are none.
    me: bool,
}

impl Spoken {
    fn of(word: &Word, common: &HashSet<&str>) -> Self {
        let text = word.text.as_str();
        let of_every_trade = common.contains(text);
        Self {
            squashed: squash(text),
            bare: text.strip_suffix("'s").map(squash),
            common: of_every_trade || text.len() < 2,
            everyday: of_every_trade || accounts::is_ordinary(text),
            article: matches!(text, "a" | "an" | "the" | "of"),
            joins: matches!(text, "and" | "or"),
            capital: word.capital,
            me: text == "i" || text.starts_with("i'"),
        }
    }
}

/// How some neighbouring words of a sentence look.
struct Look {
    words: usize,
    /// All are words of every trade, or single letters.
    common: bool,
    /// All are words that everybody uses.
    everyday: bool,
    /// An "of" or "the" stands between them: no mishearing has one that the name hasn't.
    article: bool,
    /// One stands before them: "the meridian line".
    led: bool,
    /// One of them is written as a name: a capital in the middle of a sentence is one; at its start it is not.
    capital: bool,
    /// All of them begin with a capital.
    capitals: bool,
    /// And not only because the sentence does.
    named: bool,
}

impl Look {
    /// Some words, and the one before them in the sentence.
    fn of(words: &[Spoken], before: Option<&Spoken>) -> Self {
        let opens = before.is_none();
        let capitals = words.iter().all(|word| word.capital);
        Self {
            words: words.len(),
            common: words.iter().all(|word| word.common),
            everyday: words.len() > 1 && (words[0].article || words[0].joins)
                || words.iter().all(|word| word.everyday),
            article: words.iter().skip(1).any(|word| word.article),
            led: before.is_some_and(|word| word.article),
            capital: words
                .iter()
                .enumerate()
                .any(|(k, word)| word.capital && (k > 0 || !opens) && !word.me),
            capitals,
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
