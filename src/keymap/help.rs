//! Help made from the keymap and the registry: the sheet, the footer, what may follow, the README's table.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::{Chord, Keymap, print, reach};
use crate::action::{ACTIONS, Action, ActionSpec, Context, Group, Make};

/// A part of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub title: &'static str,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// One row of the sheet: what can be pressed, and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The keys, shortest first; a run of digits is one entry, `1 … 9`.
    pub keys: Vec<String>,
    /// What they do.
    pub words: String,
    /// Whether a file of the user's says so.
    pub changed: bool,
    /// The action, for those who want to run it from the sheet.
    pub action: Action,
}

/// One entry of the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The shortest key.
    pub keys: String,
    /// One word.
    pub word: String,
    /// Whether it can be done just now.
    pub enabled: bool,
}

/// The columns between two hints.
const GAP: usize = 2;

impl Hint {
    /// Columns it takes: key, space, word.
    pub fn width(&self) -> usize {
        self.keys.width() + 1 + self.word.width()
    }
}

/// What can be pressed in these contexts, by section, in the registry's order. A query keeps the rows whose keys begin with
/// it or whose keys or words contain it, those that begin with it first.
pub fn sheet(keymap: &Keymap, contexts: &[Context], query: &str) -> Vec<Section> {
    let section = |group: Group| {
        let of_group = ACTIONS.iter().filter(|spec| spec.group == group);
        let rows = of_group.flat_map(|spec| rows_of(keymap, contexts, spec));
        let title = group.title();
        Section {
            title,
            rows: rows.collect(),
        }
    };
    let mut sections: Vec<(usize, Section)> = Vec::new();
    for group in Group::ALL {
        let Section { title, rows } = section(group);
        let mut ranked: Vec<(usize, Row)> = rows
            .into_iter()
            .filter_map(|row| Some((rank(&row, query)?, row)))
            .collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        if let Some((best, _)) = ranked.first() {
            let best = *best;
            let rows = ranked.into_iter().map(|(_, row)| row).collect();
            sections.push((best, Section { title, rows }));
        }
    }
    sections.sort_by_key(|(best, _)| *best);
    sections.into_iter().map(|(_, section)| section).collect()
}

/// How well a row answers a query: 0 best; nothing if not at all.
fn rank(row: &Row, query: &str) -> Option<usize> {
    let query = query.trim();
    let lower = query.to_lowercase();
    let words = row.words.to_lowercase();
    if row.keys.iter().any(|key| key == query) {
        Some(0)
    } else if row.keys.iter().any(|key| key.starts_with(query)) {
        Some(1)
    } else if query.chars().count() == 1 {
        None // one character is a key; nearly every row has it in its words
    } else if words
        .split_whitespace()
        .any(|word| word.starts_with(&lower))
    {
        Some(2)
    } else {
        let found = words.contains(&lower) || row.action.spec().name.contains(&lower);
        found.then_some(3)
    }
}

/// The rows of one entry of the registry: one for each argument, the quick tags together.
fn rows_of(keymap: &Keymap, contexts: &[Context], spec: &ActionSpec) -> Vec<Row> {
    let row = |action: Action| {
        let keys = keymap.keys_of(&action, contexts);
        let (changed, label) = origin(keymap, contexts, action);
        let words = label.unwrap_or_else(|| action.words());
        (!keys.is_empty()).then_some(Row {
            keys,
            words,
            changed,
            action,
        })
    };
    let rows: Vec<Row> = spec.make.actions().into_iter().filter_map(row).collect();
    match (spec.make, rows.as_slice()) {
        (Make::Slot(_), [first, .., last]) => {
            let (from, to) = (first.keys.first(), last.keys.first());
            let both = from.zip(to).map(|(from, to)| format!("{from} … {to}"));
            vec![Row {
                keys: both.into_iter().collect(),
                words: format!("{} {} to {}", spec.words, argument(first), argument(last)),
                changed: rows.iter().any(|row| row.changed),
                action: first.action,
            }]
        }
        _ => rows,
    }
}

fn argument(row: &Row) -> &'static str {
    row.action.argument().unwrap_or_default()
}

/// Whether a user's file says so, and its own words.
fn origin(keymap: &Keymap, contexts: &[Context], action: Action) -> (bool, Option<String>) {
    let mut changed = false;
    let mut label = None;
    for (context, sequence) in keymap.sequences_of(action, contexts) {
        if let Some(binding) = keymap.binding(context, sequence) {
            changed |= !binding.origin.bundled;
            label = label.or_else(|| binding.label.clone());
        }
    }
    (changed, label)
}

/// The footer: what is worth a hint here, by rank, as much as fits; the key to all keys stands last and always.
pub fn hints(
    keymap: &Keymap,
    contexts: &[Context],
    available: &dyn Fn(&Action) -> bool,
    width: usize,
) -> Vec<Hint> {
    let mut ranked: Vec<(u8, Hint)> = Vec::new();
    let mut help = None;
    for action in Action::all() {
        let Some(hint) = hint(keymap, contexts, action, available) else {
            continue;
        };
        if action == Action::Help {
            help = Some(hint);
        } else {
            ranked.push((action.spec().rank, hint));
        }
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    let mut left = width.saturating_sub(help.as_ref().map_or(0, Hint::width));
    let mut hints = Vec::new();
    for (_, hint) in ranked {
        let Some(rest) = left.checked_sub(hint.width() + GAP) else {
            break;
        };
        left = rest;
        hints.push(hint);
    }
    hints.extend(help);
    hints
}

fn hint(
    keymap: &Keymap,
    contexts: &[Context],
    action: Action,
    available: &dyn Fn(&Action) -> bool,
) -> Option<Hint> {
    let hint = action.hint()?;
    let keys = keymap.keys_of(&action, contexts).into_iter().next()?;
    let (_, label) = origin(keymap, contexts, action);
    let word = label.unwrap_or_else(|| hint.to_string());
    Some(Hint {
        keys,
        word,
        enabled: available(&action),
    })
}

/// What may follow a pending sequence: the next chord and what it does.
pub fn continuations(keymap: &Keymap, contexts: &[Context], pending: &[Chord]) -> Vec<Hint> {
    let mut hints: Vec<Hint> = Vec::new();
    let tables = reach(contexts)
        .into_iter()
        .filter_map(|context| keymap.tables.get(&context));
    for (sequence, binding) in tables.flatten() {
        let Some(next) = sequence
            .get(pending.len())
            .filter(|_| sequence.starts_with(pending))
        else {
            continue;
        };
        let keys = next.to_string();
        let known = hints.iter().any(|hint| hint.keys == keys);
        let whole = sequence.len() == pending.len() + 1;
        let word = match (whole, binding.actions.as_slice(), &binding.label) {
            (true, _, Some(label)) => label.clone(),
            // After the first key of a sequence the argument is what is chosen: `b budget`.
            (true, [action, ..], None) => match action.argument() {
                Some(argument) => argument.to_owned(),
                None => action.words(),
            },
            _ => "…".to_string(),
        };
        if !known {
            hints.push(Hint {
                keys,
                word,
                enabled: true,
            });
        }
    }
    hints
}

/// The words for a pending sequence, where the keymap has some.
pub fn pending_label<'a>(
    keymap: &'a Keymap,
    contexts: &[Context],
    pending: &[Chord],
) -> Option<&'a str> {
    let find = |context| keymap.binding(context, pending)?.label.as_deref();
    reach(contexts).into_iter().find_map(find)
}

/// Where an action is shown in the README: the board, or the first place it works.
fn shown_in(action: Action) -> Vec<Context> {
    let contexts = action.spec().contexts;
    if contexts.contains(&Context::Board) {
        vec![Context::Board]
    } else {
        contexts.to_vec()
    }
}

/// The README's table of keys.
pub fn markdown(keymap: &Keymap) -> String {
    let mut out = String::new();
    for group in Group::ALL {
        let _ = write!(
            out,
            "\n**{}**\n\n| key | what it does |\n| --- | --- |\n",
            group.title()
        );
        for spec in ACTIONS.iter().filter(|spec| spec.group == group) {
            let contexts = spec
                .make
                .actions()
                .first()
                .map(|action| shown_in(*action))
                .unwrap_or_default();
            let mut rows: Vec<Row> = Vec::new();
            for context in contexts {
                for row in rows_of(keymap, &[context], spec) {
                    if !rows.contains(&row) {
                        rows.push(row);
                    }
                }
            }
            for row in rows {
                let keys: Vec<String> = row
                    .keys
                    .iter()
                    .map(|key| format!("`{}`", key.replace('|', "\\|")))
                    .collect();
                let _ = writeln!(out, "| {} | {} |", keys.join(" "), row.words);
            }
        }
    }
    out.trim_start().to_string()
}

/// Every binding with the file and line that says so, for `boothside keys`.
pub fn listing(keymap: &Keymap) -> String {
    let mut out = String::new();
    let mut last = None;
    for (context, sequence, binding) in keymap.bindings() {
        if last.replace(context) != Some(context) {
            let _ = writeln!(
                out,
                "{}[{}]",
                if out.is_empty() { "" } else { "\n" },
                context.name()
            );
        }
        let actions: Vec<String> = binding.actions.iter().map(Action::to_string).collect();
        let what = match (actions.is_empty(), &binding.label) {
            (true, label) => format!("({} …)", label.as_deref().unwrap_or_default()),
            (false, _) => actions.join(", "),
        };
        let _ = writeln!(out, "{:<14} {what:<24} {}", print(sequence), binding.origin);
    }
    out
}

/// Every action with what it does, for `boothside keys --actions`.
pub fn actions() -> String {
    let mut out = String::new();
    for spec in ACTIONS.iter().filter(|spec| spec.name != "none") {
        let values = spec.make.values();
        let name = if values.is_empty() {
            spec.name.to_string()
        } else {
            format!("{} {}", spec.name, values.join("|"))
        };
        let _ = writeln!(out, "{name:<28} {}", spec.words);
    }
    out
}
