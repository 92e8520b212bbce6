//! Which names of the playbook were said, however the recogniser spelt them.

use std::collections::{HashMap, HashSet};

use crate::domain::Playbook;

use super::sound::{Groups, families, groups, likeness, sounds, squash, weight};
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
    families: u16,
    groups: Groups,
    weight: f32,
    /// Made of ordinary words only ("yard work"): needs more than its letters to count.
    ordinary: bool,
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
            for short in short_names(&account.name) {
                names.add(Named::Account(k), &short, true, common);
            }
            account
                .aliases
                .iter()
                .for_each(|alias| names.add(Named::Account(k), alias, true, common));
            if let Some(stem) = account.domain.split('.').next() {
                names.add(Named::Account(k), stem, false, common);
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
        let ordinary = text
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .all(|word| common.contains(word.to_lowercase().as_str()));
        self.spellings.push(Spelling {
            what,
            families: families(&sounds(&squashed)),
            groups: groups(&sounds(&squashed)),
            weight: weight(&sounds(&squashed)),
            sounds: sounds(&squashed),
            by_sound: by_sound && squashed.len() >= 5 && !ordinary,
            ordinary,
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
                for (what, score) in self.judge(&joined, words, start == 0, common) {
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

    fn judge(
        &self,
        joined: &str,
        words: &[Word],
        opens: bool,
        common: &HashSet<&'static str>,
    ) -> Vec<(Named, f32)> {
        // A capital in the middle of a sentence is a name; at its start it is not.
        let capital = words
            .iter()
            .enumerate()
            .any(|(k, word)| word.capital && (k > 0 || !opens));
        if let Some(exact) = self.exact.get(joined) {
            return exact
                .iter()
                .map(|&k| {
                    (
                        self.spellings[k].what,
                        if !self.spellings[k].ordinary {
                            1.0
                        } else if capital {
                            0.9
                        } else {
                            0.55
                        },
                    )
                })
                .collect();
        }
        let all_common = words
            .iter()
            .all(|word| common.contains(word.text.as_str()) || word.text.len() < 2);
        if joined.len() < 4 || all_common && !capital && words.len() == 1 {
            return Vec::new();
        }
        let needed = if all_common && !capital {
            BY_SOUND_ORDINARY
        } else {
            BY_SOUND
        };
        let mine = sounds(joined);
        let families = families(&mine);
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
            if !may_match(long, families, spelling, needed)
                || groups.apart(spelling.groups) > most + 1e-3
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

/// A cheap look before the dear one: lengths and the families of consonants.
fn may_match(long: f32, mine: u16, spelling: &Spelling, needed: f32) -> bool {
    let longest = long.max(spelling.weight);
    (long - spelling.weight).abs() <= (1.0 - needed) * longest
        && (mine ^ spelling.families).count_ones() <= 3
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
