//! All deeds in order, and which of them still stand after retractions.

use std::collections::{BTreeMap, BTreeSet};

use super::{Author, Deed, Fact, Stamp};

/// The set of deeds, ordered by stamp. Adding one twice changes nothing.
#[derive(Clone, Debug, Default)]
pub struct Log {
    deeds: BTreeMap<Stamp, Deed>,
    /// The deeds that take something back: few among many, and asked for at every frame.
    retractions: BTreeSet<Stamp>,
}

impl Log {
    /// Adds a deed; false if it was there already.
    pub fn insert(&mut self, deed: Deed) -> bool {
        use std::collections::btree_map::Entry;
        match self.deeds.entry(deed.stamp) {
            Entry::Occupied(_) => false,
            Entry::Vacant(place) => {
                if is_retraction(&deed) {
                    self.retractions.insert(deed.stamp);
                }
                place.insert(deed);
                true
            }
        }
    }

    /// Puts what is left of a deed in its place. Only words are ever taken out of one, never a retraction.
    pub(super) fn replace(&mut self, deed: Deed) {
        if let Some(place) = self.deeds.get_mut(&deed.stamp) {
            *place = deed;
        }
    }

    /// The deed with this stamp.
    pub fn get(&self, stamp: Stamp) -> Option<&Deed> {
        self.deeds.get(&stamp)
    }

    /// All deeds, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Deed> {
        self.deeds.values()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.deeds.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.deeds.is_empty()
    }

    /// The newest stamp.
    pub fn last(&self) -> Option<Stamp> {
        self.deeds.keys().next_back().copied()
    }

    /// The stamps that a standing retraction takes out.
    ///
    /// A retraction is always newer than its target, so going back from the newest deed each one's fate is known
    /// before its own retractions count.
    pub fn retracted(&self) -> BTreeSet<Stamp> {
        let mut gone = BTreeSet::new();
        for stamp in self.retractions.iter().rev() {
            if !gone.contains(stamp) {
                gone.extend(self.targets(*stamp));
            }
        }
        gone
    }

    /// What a deed takes back. A retraction of something newer than itself is nonsense and takes nothing back.
    fn targets(&self, stamp: Stamp) -> impl Iterator<Item = Stamp> {
        let facts = self.get(stamp).map_or(&[][..], |deed| &deed.facts);
        facts.iter().filter_map(move |fact| match fact {
            Fact::Retracted { target } if *target < stamp => Some(*target),
            _ => None,
        })
    }

    /// The oldest deed whose standing may change with this one: itself, what it takes back, and what that took back.
    pub fn reach(&self, stamp: Stamp) -> Stamp {
        self.targets(stamp)
            .map(|target| self.reach(target))
            .min()
            .unwrap_or(stamp)
    }

    /// The deeds after a stamp, oldest first.
    pub fn after(&self, stamp: Stamp) -> impl DoubleEndedIterator<Item = &Deed> {
        use std::ops::Bound::{Excluded, Unbounded};
        self.deeds
            .range((Excluded(stamp), Unbounded))
            .map(|(_, deed)| deed)
    }

    /// The deeds from a stamp on, oldest first.
    pub fn from(&self, stamp: Stamp) -> impl DoubleEndedIterator<Item = &Deed> {
        self.deeds.range(stamp..).map(|(_, deed)| deed)
    }

    /// What `u` takes back: the newest standing deed of a person at `node` that is no retraction.
    pub fn undoable(&self, node: u64) -> Option<&Deed> {
        let gone = self.retracted();
        self.by_people(node)
            .find(|deed| !is_retraction(deed) && !gone.contains(&deed.stamp))
    }

    /// What `U` brings back: the newest standing retraction at `node`, unless something newer was done since.
    ///
    /// The answer is the retraction, which redo retracts in turn.
    pub fn redoable(&self, node: u64) -> Option<&Deed> {
        let gone = self.retracted();
        self.by_people(node)
            // A redo is a retraction of a retraction; it is bookkeeping and bars nothing.
            .filter(|deed| !self.is_redo(deed))
            .find(|deed| !gone.contains(&deed.stamp))
            .filter(|deed| is_retraction(deed))
    }

    fn is_redo(&self, deed: &Deed) -> bool {
        deed.facts.iter().any(|fact| {
            matches!(fact, Fact::Retracted { target }
                if self.get(*target).is_some_and(is_retraction))
        })
    }

    fn by_people(&self, node: u64) -> impl Iterator<Item = &Deed> {
        self.deeds
            .values()
            .rev()
            .filter(move |deed| deed.stamp.node == node)
            .filter(|deed| matches!(deed.author, Author::Person(_)))
    }
}

fn is_retraction(deed: &Deed) -> bool {
    deed.facts
        .iter()
        .any(|fact| matches!(fact, Fact::Retracted { .. }))
}
