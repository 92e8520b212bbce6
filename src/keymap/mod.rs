//! Keys as data: chords, the file format, layers, and the help made from them.
//!
//! A keymap is a file (`keymaps/*.toml`, or the user's own) that says, for each place keys are pressed, which chord or
//! sequence of chords asks for which actions. It lies on the keymap it inherits; the user's `keys.toml` lies on top.
//! Whatever is wrong in a file is said with its place, and what is sound counts: the program always starts.

mod check;
mod chord;
pub mod help;
mod load;
mod read;

use std::collections::BTreeMap;

pub use chord::{Chord, Held, Key, ParseChordError};
pub use load::bundled;

use crate::action::{Action, Context};
use crate::diagnostic::{Diagnostic, Place};

/// One to three chords, pressed one after the other.
pub type Sequence = Vec<Chord>;

/// The most chords a sequence has.
pub const LONGEST: usize = 3;

/// What a sequence means in a context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// What is done, in order; empty where the sequence only begins others.
    pub actions: Vec<Action>,
    /// The file's own word for it, in place of the registry's.
    pub label: Option<String>,
    /// Who says so.
    pub origin: Origin,
}

/// Where a binding was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file, as the person knows it.
    pub file: String,
    /// Where in it.
    pub place: Place,
    /// Whether the file comes with the program.
    pub bundled: bool,
}

/// As a sentence names it: `stand.toml:14`, `the bundled vim.toml:9`.
impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let whose = if self.bundled { "the bundled " } else { "" };
        write!(f, "{whose}{}:{}", self.file, self.place.line)
    }
}

/// What a chord means now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// These actions, in order, one undo step each.
    Matched(Vec<Action>),
    /// Nothing yet: more chords must follow. Forget it on the next miss, on esc, or after 1.5 s.
    Pending,
    /// It is typed.
    Text(char),
    /// Nothing.
    Miss,
}

type Table = BTreeMap<Sequence, Binding>;

/// A keymap, ready to be asked.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    /// Its name.
    pub name: String,
    tables: BTreeMap<Context, Table>,
    /// Where each action stands alone, so that help and footer needn't search.
    places: BTreeMap<Action, Vec<(Context, Sequence)>>,
}

impl Keymap {
    /// Loads a keymap by name: one of `user` (file name and text; a keymap is called like its file without `.toml`; of
    /// several the last), else a bundled one. A user's `keys.toml` is laid over whatever was chosen. Whatever is wrong is
    /// said and skipped; keys without which one couldn't get out are put back.
    pub fn load(name: &str, user: &[(String, String)]) -> (Self, Vec<Diagnostic>) {
        load::load(name, user)
    }

    /// The keymaps that come with the program.
    pub fn bundled() -> Vec<&'static str> {
        bundled()
    }

    /// What a chord means, after those that are pending, in these contexts (innermost first; `global` needn't be named).
    ///
    /// An overlay hides the contexts around it. Where text is typed, a character without a meaning is text, and
    /// `global` is asked for chords with ctrl or alt and function keys alone.
    pub fn lookup(&self, contexts: &[Context], pending: &[Chord], chord: Chord) -> Lookup {
        let mut sequence = pending.to_vec();
        sequence.push(chord);
        let first = sequence[0];
        let mut typing = false;
        for context in reach(contexts) {
            if typing && !first.reaches_global() {
                return Lookup::Miss;
            }
            if let Some(table) = self.tables.get(&context) {
                match table.get(&sequence) {
                    Some(binding) if !binding.actions.is_empty() => {
                        return Lookup::Matched(binding.actions.clone());
                    }
                    _ if continues(table, &sequence) => return Lookup::Pending,
                    _ => {}
                }
            }
            typing |= context.takes_text();
            if let (true, true, Some(text)) = (typing, pending.is_empty(), chord.text()) {
                return Lookup::Text(text);
            }
        }
        Lookup::Miss
    }

    /// The keys that ask for an action and nothing else, as they are printed, shortest first. Keys that an inner context
    /// uses for something else are left out.
    pub fn keys_of(&self, action: &Action, contexts: &[Context]) -> Vec<String> {
        let mut keys: Vec<String> = self
            .sequences_of(*action, contexts)
            .map(|(_, sequence)| print(sequence))
            .collect();
        keys.sort_by_key(|key| (key.chars().count(), key.clone()));
        keys.dedup();
        keys
    }

    /// What a sequence means in one context.
    pub fn binding(&self, context: Context, sequence: &[Chord]) -> Option<&Binding> {
        self.tables.get(&context)?.get(sequence)
    }

    /// Everything bound, context by context.
    pub fn bindings(&self) -> impl Iterator<Item = (Context, &[Chord], &Binding)> {
        let table = |(context, table)| {
            let context: &Context = context;
            let table: &Table = table;
            table
                .iter()
                .map(|(sequence, binding)| (*context, sequence.as_slice(), binding))
        };
        self.tables.iter().flat_map(table)
    }

    /// Where an action can be reached from.
    fn sequences_of(
        &self,
        action: Action,
        contexts: &[Context],
    ) -> impl Iterator<Item = (Context, &Sequence)> {
        let reach = reach(contexts);
        self.places
            .get(&action)
            .into_iter()
            .flatten()
            .filter(move |(context, _)| reach.contains(context))
            .filter(move |(_, sequence)| self.leads_to(contexts, sequence, action))
            .map(|(context, sequence)| (*context, sequence))
    }

    /// Whether pressing a sequence ends in the action alone.
    fn leads_to(&self, contexts: &[Context], sequence: &[Chord], action: Action) -> bool {
        let Some((last, before)) = sequence.split_last() else {
            return false;
        };
        let begins =
            |at: usize| self.lookup(contexts, &sequence[..at], sequence[at]) == Lookup::Pending;
        (0..before.len()).all(begins)
            && self.lookup(contexts, before, *last) == Lookup::Matched(vec![action])
    }

    /// Puts the index of actions right after the tables were changed.
    fn index(&mut self) {
        let mut places: BTreeMap<Action, Vec<(Context, Sequence)>> = BTreeMap::new();
        for (context, sequence, binding) in self.bindings() {
            if let [action] = binding.actions.as_slice() {
                let entry = (context, sequence.to_vec());
                places.entry(*action).or_default().push(entry);
            }
        }
        self.places = places;
    }
}

/// The contexts that are asked: up to the first overlay, then `global`.
fn reach(contexts: &[Context]) -> Vec<Context> {
    let mut reach = Vec::with_capacity(contexts.len() + 1);
    for context in contexts
        .iter()
        .filter(|context| **context != Context::Global)
    {
        reach.push(*context);
        if context.is_overlay() {
            break;
        }
    }
    reach.push(Context::Global);
    reach
}

/// Whether something longer begins with a sequence.
fn continues(table: &Table, sequence: &[Chord]) -> bool {
    let mut after = table.range(sequence.to_vec()..);
    let longer =
        after.find(|(other, _)| other.len() > sequence.len() || !other.starts_with(sequence));
    longer.is_some_and(|(other, _)| other.starts_with(sequence))
}

/// A sequence as it is printed: `g g`.
pub fn print(sequence: &[Chord]) -> String {
    let chords: Vec<String> = sequence.iter().map(Chord::to_string).collect();
    chords.join(" ")
}
