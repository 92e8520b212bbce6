//! All of one company at this show: its people, talks and signals; and the line that says when it sends a second person.

use std::collections::{BTreeMap, BTreeSet};

use crate::accounts::{Earlier, normalize};
use crate::domain::{Account, AccountMatch, Assignment, Card, CardId, Deed, Fact, Visitor};

use super::{Effect, Layer, Model, ToastKind, counted};

/// Words of the radar line at most.
const TOPICS: usize = 3;

/// Everything known of one company.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountPage {
    /// Its name.
    pub name: String,
    /// Why it counts as a target, where it does.
    pub target: Option<AccountMatch>,
    /// Its line of the account list.
    pub listed: Option<Account>,
    /// Its talks, newest first.
    pub talks: Vec<CardId>,
    /// Its people, in the order they came.
    pub people: Vec<AccountPerson>,
    /// What the talks are about, most often first: tags, else signals.
    pub topics: Vec<String>,
    /// Who follows up, each once.
    pub owners: Vec<Assignment>,
    /// What earlier shows know of it, newest first.
    pub earlier: Vec<Earlier>,
}

/// One person of the company.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountPerson {
    /// Who.
    pub visitor: Visitor,
    /// How often they came.
    pub visits: usize,
    /// When they were last here, ms since 1970.
    pub seen_ms: u64,
}

/// What tells one company's cards from another's.
enum Company {
    Listed(String),
    Named(String),
}

impl Company {
    fn of(card: &Card) -> Option<Self> {
        match (&card.account, card.company()) {
            (Some(account), _) => Some(Self::Listed(account.key.clone())),
            (None, Some(name)) => match &card.suggested {
                // A name in the talk is all there is: the company is the one that was meant.
                Some(meant) if meant.name == name => Some(Self::Listed(meant.key.clone())),
                _ => Some(Self::Named(normalize(name))),
            },
            (None, None) => None,
        }
    }

    fn has(&self, card: &Card) -> bool {
        match (self, Self::of(card)) {
            (Self::Listed(key), Some(Self::Listed(other))) => *key == other,
            (Self::Named(name), Some(Self::Named(other))) => *name == other,
            _ => false,
        }
    }
}

impl AccountPage {
    /// The company in one line: "Brackwater: 3 people, 2 talks, pricing + security".
    pub fn radar(&self) -> String {
        let people = match self.people.len() {
            0 => "nobody named yet".to_owned(),
            1 => "1 person".to_owned(),
            many => format!("{many} people"),
        };
        let mut parts = vec![people, counted(self.talks.len(), "talk")];
        if !self.topics.is_empty() {
            let topics = &self.topics[..self.topics.len().min(TOPICS)];
            parts.push(topics.join(" + "));
        }
        format!("{}: {}", self.name, parts.join(", "))
    }
}

impl Model {
    /// All of the company that a card is about; none where no company is known.
    pub fn account_page(&self, card: CardId) -> Option<AccountPage> {
        let card = self.board().card(card)?;
        let company = Company::of(card)?;
        let talks: Vec<&Card> = self
            .board()
            .cards()
            .rev()
            .filter(|other| company.has(other))
            .collect();
        let listed = match &company {
            Company::Listed(key) => self.knowledge.playbook.account(key).cloned(),
            Company::Named(_) => None,
        };
        let name = match &listed {
            Some(account) => account.name.clone(),
            None => card.company().unwrap_or_default().to_owned(),
        };
        let earlier = self.knowledge.earlier.iter().filter(|row| match &company {
            Company::Listed(key) => row.key.as_ref() == Some(key),
            Company::Named(name) => row.key.is_none() && normalize(&row.company) == *name,
        });
        let mut owners: Vec<Assignment> = Vec::new();
        for owner in talks.iter().filter_map(|card| card.owner.as_ref()) {
            if !owners.iter().any(|known| known.owner == owner.owner) {
                owners.push(owner.clone());
            }
        }
        Some(AccountPage {
            name,
            target: card.account.clone(),
            listed,
            people: people(&talks, &|visitor| self.is_theirs(visitor, &company)),
            topics: topics(&talks),
            owners,
            earlier: earlier.cloned().collect(),
            talks: talks.iter().map(|card| card.id).collect(),
        })
    }

    /// Whether a person at a company's talk is one of its own: a badge that says another listed company is not.
    fn is_theirs(&self, visitor: &Visitor, company: &Company) -> bool {
        let Company::Listed(key) = company else {
            return true;
        };
        let own = normalize(&visitor.company);
        let mut accounts = self.knowledge.playbook.accounts.iter();
        own.is_empty()
            || !accounts.any(|other| {
                // The first letter spares the dear comparison of most names.
                let near = other
                    .name
                    .chars()
                    .next()
                    .map(|letter| letter.to_ascii_lowercase());
                near == own.chars().next() && other.key() != key && normalize(&other.name) == own
            })
    }

    /// Opens all of the focused card's company.
    pub(super) fn open_account(&mut self) -> Vec<Effect> {
        let Some(card) = self.view.focus else {
            return self.no_card();
        };
        if self.account_page(card).is_none() {
            let words = "no company is known on this card; {flag-account} says which, {edit-visitor} types one";
            let words = self.keyed(words);
            self.toast(ToastKind::Refused, words);
            return Vec::new();
        }
        self.lay(Layer::Account(card, 0))
    }

    /// Counts the people of every target account, so that only more of them are news.
    pub(super) fn learn_radar(&mut self) {
        let mut first: BTreeMap<String, CardId> = BTreeMap::new();
        for card in self.board().cards() {
            if let Some(account) = &card.account {
                first.entry(account.key.clone()).or_insert(card.id);
            }
        }
        self.radar = first
            .into_iter()
            .filter_map(|(key, card)| Some((key, self.account_page(card)?.people.len())))
            .collect();
    }

    /// Says it once when a further person of a target account turns up, at any lane.
    pub(super) fn watch_radar(&mut self, deed: &Deed) {
        let seats = deed.facts.iter().filter(|fact| {
            matches!(
                fact,
                Fact::VisitorSeated { .. }
                    | Fact::VisitorReturned { .. }
                    | Fact::VisitorCorrected { .. }
                    | Fact::AccountFlagged { .. }
            )
        });
        let cards: BTreeSet<CardId> = seats.flat_map(Fact::cards).collect();
        for card in cards {
            let Some(page) = self.account_page(card) else {
                continue;
            };
            let Some(account) = &page.target else {
                continue;
            };
            let told = self.radar.entry(account.key.clone()).or_default();
            let more = page.people.len() > *told;
            *told = page.people.len().max(*told);
            if more && page.people.len() > 1 {
                let way = self.keyed("{account} shows all");
                self.toast(ToastKind::News, format!("{}; {way}", page.radar()));
            }
        }
    }
}

/// Everybody with a name, address or number, each once, in the order they came.
fn people(talks: &[&Card], theirs: &dyn Fn(&Visitor) -> bool) -> Vec<AccountPerson> {
    let mut people: Vec<AccountPerson> = Vec::new();
    for card in talks.iter().rev() {
        for (id, visitor) in &card.visitors {
            let known = [&visitor.name, &visitor.email, &visitor.badge_id];
            if known.iter().all(|text| text.is_empty()) || !theirs(visitor) {
                continue;
            }
            let back = card.returns.iter().filter(|(who, _)| who == id);
            let seen_ms = back.map(|(_, ms)| *ms).max().unwrap_or(id.0.wall_ms);
            let visits = 1 + card.times_back(*id);
            match people
                .iter_mut()
                .find(|person| same(&person.visitor, visitor))
            {
                Some(person) => {
                    person.visitor.absorb(visitor);
                    person.visits += visits;
                    person.seen_ms = person.seen_ms.max(seen_ms);
                }
                None => people.push(AccountPerson {
                    visitor: visitor.clone(),
                    visits,
                    seen_ms,
                }),
            }
        }
    }
    people
}

/// Within one company a name is enough, unless two badges say otherwise.
fn same(one: &Visitor, other: &Visitor) -> bool {
    let differ = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && !a.eq_ignore_ascii_case(b);
    if differ(&one.badge_id, &other.badge_id) || differ(&one.email, &other.email) {
        return false;
    }
    one.is_same(other)
        || !one.name.is_empty() && one.name.to_lowercase() == other.name.to_lowercase()
}

fn topics(talks: &[&Card]) -> Vec<String> {
    let tags = talks.iter().flat_map(|card| card.tags.iter().cloned());
    let topics = by_count(tags);
    if !topics.is_empty() {
        return topics;
    }
    by_count(talks.iter().flat_map(|card| {
        let kinds: BTreeSet<String> = card
            .signals
            .iter()
            .map(|signal| signal.kind.word().to_owned())
            .collect();
        kinds
    }))
}

/// The most frequent first, then by the alphabet.
fn by_count(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    let mut words: Vec<(usize, String)> = counts.into_iter().map(|(word, n)| (n, word)).collect();
    words.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    words.into_iter().map(|(_, word)| word).collect()
}
