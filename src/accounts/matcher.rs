//! Which account a name, an address or a visitor belongs to, and why.

use crate::domain::{Account, AccountMatch, Visitor};

use super::entries::{Entries, Entry, Kind};
use super::score::{self, Query, Score};
use super::{domains, normalize};

/// A name is linked without asking from this score on.
const SURE: f32 = 0.8;
/// By this much the best account must be ahead of the next to be linked without asking.
const MARGIN: f32 = 0.05;
/// What is less like the name than this isn't even shown.
const SUGGEST: f32 = 0.45;
/// How many suggestions are shown.
const SHOWN: usize = 5;

/// One account that fits, and how well.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The account's place in the list that the matcher was made from.
    pub index: usize,
    /// Its key ([`Account::key`]).
    pub key: String,
    /// Its name.
    pub name: String,
    /// 0 to 1.
    pub score: f32,
    /// Why, in a few words: "domain acme.com", "alias Blackwater", "sounds like northrop grumman".
    pub why: String,
}

impl From<Hit> for AccountMatch {
    fn from(hit: Hit) -> Self {
        Self {
            key: hit.key,
            name: hit.name,
            why: hit.why,
            score: hit.score,
        }
    }
}

/// What became of a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// The account that can be linked without asking.
    pub sure: Option<Hit>,
    /// Accounts worth asking about, best first, five at most. The sure one leads them.
    pub suggestions: Vec<Hit>,
}

/// The account list, ready to be asked.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    names: Vec<(String, String)>,
    entries: Entries,
}

impl Matcher {
    /// A matcher for these accounts.
    pub fn new(accounts: &[Account]) -> Self {
        Self {
            names: accounts
                .iter()
                .map(|account| (account.key().to_owned(), account.name.clone()))
                .collect(),
            entries: Entries::new(accounts),
        }
    }

    /// How many accounts there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The account of a company name as typed, on a badge or misheard. Addresses are taken too.
    pub fn company(&self, name: &str) -> Verdict {
        if let Some(host) = domains::host(name) {
            if let Some(hit) = self.host(&host) {
                return Verdict {
                    sure: Some(hit.clone()),
                    suggestions: vec![hit],
                };
            }
            if name.contains('@') || name.contains("://") || name.starts_with("www.") {
                return Verdict::default();
            }
        }
        let mut best: Vec<(usize, Score)> = Vec::new();
        for (place, variant) in normalize::variants(name).into_iter().enumerate() {
            // What stands in parentheses or after a dash counts a little less than the whole.
            let weight = if place == 0 { 1.0 } else { 0.99 };
            // A recogniser's "qual com" loses no ".com", and its "dyna tech" means no technologies.
            if variant.written.len() <= 4 && !variant.as_written().is_empty() {
                let com = variant
                    .legal
                    .iter()
                    .any(|form| form == "co" || form == "com");
                let keep = variant.written.len() - if com { 0 } else { variant.legal.len() };
                let words = variant.written[..keep].to_vec();
                let legal = if com {
                    Vec::new()
                } else {
                    variant.legal.clone()
                };
                let whole = Query::new(normalize::Name {
                    words,
                    legal,
                    ..normalize::Name::default()
                });
                self.score_into(&whole, weight * 0.98, &mut best);
            }
            self.score_into(&Query::new(variant), weight, &mut best);
        }
        best.retain(|(_, score)| score.value >= SUGGEST);
        best.sort_by(|a, b| b.1.value.total_cmp(&a.1.value).then(a.0.cmp(&b.0)));
        self.verdict(best)
    }

    fn score_into(&self, query: &Query, weight: f32, best: &mut Vec<(usize, Score)>) {
        // "Blue Heron" is neither Blue Heron Logistics nor Blue Heron Foods while both are listed.
        let crowd = self.entries.begun_by(query) > 1;
        let mut keep = |entry: &Entry, mut score: Score| {
            score.value *= weight;
            let whole = matches!(entry.kind, Kind::Name | Kind::Alias);
            if crowd && !(whole && entry.name.words == query.name.words) {
                score.value = score.value.min(SURE - 0.06);
            }
            match best
                .iter_mut()
                .find(|(account, _)| *account == entry.account)
            {
                Some((_, old)) if old.value >= score.value => {}
                Some((_, old)) => *old = score,
                None => best.push((entry.account, score)),
            }
        };
        for entry in self.entries.exactly(&query.squeezed) {
            keep(entry, score::exact(query, entry));
        }
        for form in query.name.as_written() {
            for entry in self.entries.exactly(&form) {
                if entry.kind != Kind::Initials {
                    let mut score = score::exact(query, entry);
                    score.value = score.value.min(0.93);
                    keep(entry, score);
                }
            }
        }
        for (form, unit) in short_forms(query) {
            let (value, why) = if unit {
                (0.88, format!("unit of {form}"))
            } else {
                (0.95, format!("known as {form}"))
            };
            for entry in self.entries.known(&form) {
                keep(entry, Score::new(value, why.clone()));
            }
        }
        let core = super::entries::core_words(&query.name.words);
        if core.len() < query.name.words.len() {
            let bare: String = core
                .iter()
                .filter(|word| *word != "&")
                .map(String::as_str)
                .collect();
            for entry in self.entries.exactly(&bare) {
                if entry.kind != Kind::Initials {
                    let mut score = score::exact(query, entry);
                    score.value = (score.value - 0.05).min(0.92);
                    keep(entry, score);
                }
            }
        }
        for (entry, score) in self.near(query) {
            keep(entry, score);
        }
    }

    /// Entries that are not spelled like the query but may be meant.
    fn near(&self, query: &Query) -> Vec<(&Entry, Score)> {
        let named = self.entries.named_by(query);
        let mut found = Vec::new();
        for id in self.entries.near(&query.name, &query.sound.key) {
            let entry = &self.entries.all[id as usize];
            if let Some(mut score) = score::near(query, entry, &self.entries) {
                // Lindt is spelled right, so it is no misspelt Linde.
                if !named.is_empty() && !named.contains(&entry.account) {
                    score.value = score.value.min(SURE - 0.06);
                }
                found.push((entry, score));
            }
        }
        found
    }

    fn verdict(&self, ranked: Vec<(usize, Score)>) -> Verdict {
        let lead = match ranked.as_slice() {
            [] => false,
            [only] => only.1.value >= SURE,
            [first, second, ..] => first.1.value >= SURE && margin(first.1.value, second.1.value),
        };
        let suggestions: Vec<Hit> = ranked
            .into_iter()
            .take(SHOWN)
            .map(|(account, score)| self.hit(account, score))
            .collect();
        Verdict {
            sure: suggestions.first().filter(|_| lead).cloned(),
            suggestions,
        }
    }

    pub(super) fn hit(&self, account: usize, score: Score) -> Hit {
        let (key, name) = self.names.get(account).cloned().unwrap_or_default();
        Hit {
            index: account,
            key,
            name,
            score: score.value,
            why: score.why,
        }
    }

    /// The account that an e-mail address or a web address belongs to. Mailboxes for everybody never count.
    pub fn email(&self, address_or_url: &str) -> Option<Hit> {
        self.host(&domains::host(address_or_url)?)
    }

    fn host(&self, host: &str) -> Option<Hit> {
        if domains::is_free_host(host) {
            return None;
        }
        let domain = domains::registrable(host)?;
        let account = self.entries.domains.get(&domain).or_else(|| {
            let ending = host.rsplit('.').next()?;
            self.entries.endings.get(ending)
        })?;
        Some(self.hit(*account, Score::new(1.0, format!("domain {domain}"))))
    }

    /// The account a visitor belongs to: by e-mail domain first, then by a sure company name.
    pub fn visitor(&self, visitor: &Visitor) -> Option<AccountMatch> {
        self.email(&visitor.email)
            .or_else(|| {
                let name = visitor.company.trim();
                (!name.is_empty())
                    .then(|| self.company(name).sure)
                    .flatten()
            })
            .map(AccountMatch::from)
    }

    /// Accounts for what was typed so far into a picker, best first.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        let wanted = normalize::fold(query.trim());
        if wanted.is_empty() {
            return Vec::new();
        }
        let parts: Vec<&str> = wanted.split_whitespace().collect();
        let mut found: Vec<(usize, Score)> = Vec::new();
        for (account, (_, name)) in self.names.iter().enumerate() {
            if let Some(score) = typed(&normalize::fold(name), &wanted, &parts) {
                found.push((account, score));
            }
        }
        if found.len() < limit {
            for hit in self.company(query).suggestions {
                if !found.iter().any(|(account, _)| *account == hit.index) {
                    found.push((hit.index, Score::new(hit.score * 0.6, hit.why)));
                }
            }
        }
        found.sort_by(|a, b| b.1.value.total_cmp(&a.1.value).then(a.0.cmp(&b.0)));
        found.truncate(limit);
        found
            .into_iter()
            .map(|(account, score)| self.hit(account, score))
            .collect()
    }
}

/// What of a query may be a short name that everybody knows, and whether the rest names a unit: "vw" of VW Group, "gm" of
/// GM Financial.
fn short_forms(query: &Query) -> Vec<(String, bool)> {
    let mut forms = vec![(query.squeezed.clone(), false)];
    forms.extend(
        query
            .name
            .as_written()
            .into_iter()
            .map(|form| (form, false)),
    );
    let group = super::entries::without_group(&query.name.words);
    if group.len() < query.name.words.len() {
        forms.push((group.concat(), false));
    }
    if let [first, rest @ ..] = query.name.words.as_slice()
        && !rest.is_empty()
        && rest
            .iter()
            .all(|word| super::words::is_unit(word) || super::words::is_place(word))
    {
        forms.push((first.clone(), true));
    }
    forms
}

/// Near certainties need less of a lead than guesses.
fn margin(first: f32, second: f32) -> bool {
    let gap = if first >= 0.97 {
        0.005
    } else if first >= 0.9 {
        0.02
    } else {
        MARGIN
    };
    first - second >= gap
}

/// How well a folded name answers to letters typed so far.
fn typed(name: &str, wanted: &str, parts: &[&str]) -> Option<Score> {
    if name == wanted {
        return Some(Score::new(1.0, "name"));
    }
    if name.starts_with(wanted) {
        return Some(Score::new(0.95, "begins like it"));
    }
    let words = || {
        name.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
    };
    if parts
        .iter()
        .all(|part| words().any(|word| word.starts_with(part)))
    {
        return Some(Score::new(0.9, "words begin like it"));
    }
    let initials: String = words().filter_map(|word| word.chars().next()).collect();
    if wanted.len() >= 2 && initials.starts_with(wanted) {
        return Some(Score::new(0.85, "initials"));
    }
    (wanted.len() >= 3 && name.contains(wanted)).then(|| Score::new(0.8, "contains it"))
}
