//! Names of other visitors, which no draft may tell: whoever stands on the board but the person written to.

use std::collections::{BTreeSet, HashMap};

use crate::domain::{Board, Card, VisitorId};

/// A name shorter than this many letters tells nobody.
const SHORTEST: usize = 3;

/// Everybody on the board by their names. Made once for many drafts.
#[derive(Clone, Debug, Default)]
pub struct Crowd {
    people: Vec<(VisitorId, Vec<String>)>,
    /// Who has a name of several words that begins with this one, lower case.
    by_first: HashMap<String, Vec<usize>>,
    /// Who has this last name, as it is written. Compared with its capital, because a Mr Price is one and a price is
    /// none.
    by_last: HashMap<String, Vec<usize>>,
}

impl Crowd {
    /// Everybody on a board.
    pub fn of(board: &Board) -> Self {
        let mut crowd = Self::default();
        let all = board.cards().flat_map(|card| &card.visitors);
        for (id, visitor) in all {
            let written: Vec<&str> = words(&visitor.name).collect();
            let lower: Vec<String> = written.iter().map(|word| word.to_lowercase()).collect();
            let at = crowd.people.len();
            if let [first, .., _] = lower.as_slice() {
                crowd.by_first.entry(first.clone()).or_default().push(at);
                let last = written.last().copied().unwrap_or_default().to_owned();
                crowd.by_last.entry(last).or_default().push(at);
            }
            crowd.people.push((*id, lower));
        }
        crowd
    }

    /// The same without the person with this id on this card.
    pub fn without<'c>(&'c self, card: &Card, to: Option<VisitorId>) -> Names<'c> {
        let name = |name: &str| words(name).map(str::to_lowercase).collect::<Vec<_>>();
        let me = card.visitors.iter().find(|(id, _)| Some(*id) == to);
        let others = card.visitors.iter().filter(|(id, _)| Some(*id) != to);
        Names {
            crowd: self,
            to,
            own: me
                .map(|(_, visitor)| name(&visitor.name))
                .unwrap_or_default(),
            beside: others
                .flat_map(|(_, visitor)| name(&visitor.name))
                .collect(),
        }
    }
}

/// The names that must not be told.
pub struct Names<'c> {
    crowd: &'c Crowd,
    to: Option<VisitorId>,
    /// The words of the recipient's own name, lower case: two people may share one.
    own: Vec<String>,
    /// First and last names of people at the same card, lower case: they are talked of by one name.
    beside: BTreeSet<String>,
}

impl Names<'_> {
    /// Whether a text names one of them.
    pub fn are_in(&self, text: &str) -> bool {
        let written: Vec<&str> = words(text).collect();
        let lower: Vec<String> = written.iter().map(|word| word.to_lowercase()).collect();
        (0..written.len()).any(|at| {
            self.is_whole_name(&lower[at..])
                || (lower[at].chars().count() >= SHORTEST
                    && !self.own.contains(&lower[at])
                    && (self.beside.contains(&lower[at]) || self.is_last_name(written[at])))
        })
    }

    /// Whether a name of several words stands at the beginning.
    fn is_whole_name(&self, words: &[String]) -> bool {
        let begin = words
            .first()
            .and_then(|first| self.crowd.by_first.get(first));
        self.others(begin).any(|name| words.starts_with(name))
    }

    fn is_last_name(&self, word: &str) -> bool {
        self.others(self.crowd.by_last.get(word)).next().is_some()
    }

    fn others<'a>(&'a self, at: Option<&'a Vec<usize>>) -> impl Iterator<Item = &'a Vec<String>> {
        let people = at
            .into_iter()
            .flatten()
            .filter_map(|at| self.crowd.people.get(*at));
        people
            .filter(|(id, name)| Some(*id) != self.to && *name != self.own)
            .map(|(_, name)| name)
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty())
}
