//! Names the recogniser is inclined towards while it writes: a trie of their tokens and the logits' bonuses.
//!
//! Unlike a prompt this costs no decoding and can't leak into the text: it only tips a choice that is already close.

use std::collections::BTreeMap;

/// A name's first token gets this share of the bonus: it begins many common words, too.
const FIRST: f32 = 0.2;

/// The names' tokens.
#[derive(Clone, Debug, Default)]
pub struct Trie {
    /// What may follow at each node; the first node is the beginning of every name.
    nodes: Vec<BTreeMap<i32, usize>>,
    bonus: f32,
}

impl Trie {
    /// A trie of names, each as its tokens; a token that goes on with a name that was begun gets `bonus` nats.
    pub fn new(names: impl Iterator<Item = Vec<i32>>, bonus: f32) -> Trie {
        let mut trie = Trie {
            nodes: vec![BTreeMap::new()],
            bonus,
        };
        for name in names {
            let mut at = 0;
            for token in name {
                let fresh = trie.nodes.len();
                at = *trie.nodes[at].entry(token).or_insert(fresh);
                if at == fresh {
                    trie.nodes.push(BTreeMap::new());
                }
            }
        }
        trie
    }

    fn after(&self, node: usize, token: i32) -> Option<usize> {
        self.nodes.get(node)?.get(&token).copied()
    }
}

/// Where in the names the text stands that is being written.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    trie: &'a Trie,
    /// Names that were begun.
    begun: Vec<usize>,
}

impl<'a> Wanted<'a> {
    /// Nothing is written yet.
    pub fn new(trie: &'a Trie) -> Wanted<'a> {
        Wanted {
            trie,
            begun: Vec::new(),
        }
    }

    /// Tokens that are favoured next, with their bonus in nats.
    pub fn bonuses(&self) -> impl Iterator<Item = (i32, f32)> {
        let of = |node: usize, bonus: f32| {
            let next = self.trie.nodes.get(node).into_iter();
            next.flat_map(move |next| next.keys().map(move |token| (*token, bonus)))
        };
        let begun = self
            .begun
            .iter()
            .flat_map(move |node| of(*node, self.trie.bonus));
        begun.chain(of(0, self.trie.bonus * FIRST))
    }

    /// A token was written.
    pub fn step(&mut self, token: i32) {
        let from = self.begun.iter().copied().chain([0]);
        self.begun = from
            .filter_map(|node| self.trie.after(node, token))
            .collect();
    }
}
