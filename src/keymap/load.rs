//! Layers of keymaps: what is inherited, the file chosen, the user's own changes on top.

use std::collections::BTreeMap;
use std::ops::Range;

use super::read::{Entry, Layer, Meaning, named, read};
use super::{Binding, Keymap, Origin, Sequence, Table, check, print};
use crate::action::Context;
use crate::diagnostic::{Diagnostic, Place, SourceText, nearest};

/// The keymaps that come with the program: name and text.
const BUNDLED: [(&str, &str); 3] = [
    ("default.toml", include_str!("../../keymaps/default.toml")),
    ("one-hand.toml", include_str!("../../keymaps/one-hand.toml")),
    ("vim.toml", include_str!("../../keymaps/vim.toml")),
];

/// What a keymap inherits that doesn't say.
const DEFAULT: &str = "default";

/// The user's file that is laid over whichever keymap was chosen.
const ON_TOP: &str = "keys";

/// The names of the keymaps that come with the program.
pub fn bundled() -> Vec<&'static str> {
    BUNDLED.iter().map(|(file, _)| stem(file)).collect()
}

/// A file and what it says.
struct Read<'a> {
    source: SourceText<'a>,
    layer: Layer,
    bundled: bool,
}

pub(super) fn load(name: &str, user: &[(String, String)]) -> (Keymap, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let mut layers = chain(name, user, &mut faults);
    layers.reverse(); // what is inherited first
    let chosen = layers.last().and_then(|read| read.layer.name.clone());
    let file = layers.last().map_or("keymap", |read| read.source.name);
    layers.extend(on_top(user, &mut faults));
    let mut merge = Merge {
        faults,
        ..Merge::default()
    };
    for read in &layers {
        merge.lay(read);
    }
    merge.keymap.name = chosen.unwrap_or_else(|| name.to_string());
    merge.keymap.index();
    check::hidden(&merge.keymap, &mut merge.faults);
    let spare = spare();
    check::lock_outs(
        &mut merge.keymap,
        &spare,
        (file, &merge.lost),
        &mut merge.faults,
    );
    merge.faults.sort_by_key(|fault| {
        let line = fault.place.as_ref().map(|place| (place.line, place.column));
        (fault.file.clone(), line)
    });
    (merge.keymap, merge.faults)
}

/// The default keymap alone, from which lost keys are put back.
fn spare() -> Keymap {
    let mut merge = Merge::default();
    let (name, text) = BUNDLED[0];
    let source = SourceText { name, text };
    let (layer, _) = read(source);
    merge.lay(&Read {
        source,
        layer,
        bundled: true,
    });
    merge.keymap.index();
    merge.keymap
}

/// The keymap asked for and all it inherits, in this order.
fn chain<'a>(
    name: &str,
    user: &'a [(String, String)],
    faults: &mut Vec<Diagnostic>,
) -> Vec<Read<'a>> {
    let mut layers: Vec<Read> = Vec::new();
    let mut wanted = Some((name.to_string(), 0..0));
    while let Some((name, span)) = wanted.take() {
        match find(&name, user, &layers) {
            Ok((source, bundled)) => {
                let (layer, mut found) = read(source);
                faults.append(&mut found);
                wanted = match &layer.inherits {
                    Some((none, _)) if none.is_empty() => None,
                    Some(named) => Some(named.clone()),
                    None => Some((DEFAULT.to_string(), 0..0)),
                };
                layers.push(Read {
                    source,
                    layer,
                    bundled,
                });
            }
            Err(circle) => {
                let asker = layers.last().map(|read| read.source);
                faults.push(missing(&name, span, asker, user, circle));
                let fallen = layers
                    .iter()
                    .any(|read| read.bundled && stem(read.source.name) == DEFAULT);
                wanted = (!fallen).then(|| (DEFAULT.to_string(), 0..0));
            }
        }
    }
    layers
}

/// The text of a keymap: the user's own first, the last of several; a file that inherits its own name means the one it
/// hides. The error says whether it would go round in a circle.
fn find<'a>(
    name: &str,
    user: &'a [(String, String)],
    known: &[Read],
) -> Result<(SourceText<'a>, bool), bool> {
    let own = user
        .iter()
        .rev()
        .filter(|(file, _)| stem(file) == name)
        .map(|(name, text)| (SourceText { name, text }, false));
    let ours = BUNDLED
        .iter()
        .filter(|(file, _)| stem(file) == name)
        .map(|(name, text)| (SourceText { name, text }, true));
    let mut circle = false;
    for (source, bundled) in own.chain(ours) {
        if known
            .iter()
            .any(|read| std::ptr::eq(read.source.text, source.text))
        {
            circle = true;
        } else {
            return Ok((source, bundled));
        }
    }
    Err(circle)
}

/// The user's own changes, if there are any: of several files the last lies on top.
fn on_top<'a>(user: &'a [(String, String)], faults: &mut Vec<Diagnostic>) -> Vec<Read<'a>> {
    let mut layers = Vec::new();
    for (name, text) in user.iter().filter(|(file, _)| stem(file) == ON_TOP) {
        let source = SourceText { name, text };
        let (layer, mut found) = read(source);
        faults.append(&mut found);
        if let Some((_, span)) = &layer.inherits {
            let message = format!(
                "{name} lies on whichever keymap is chosen, so it inherits nothing by itself"
            );
            let fault = source.error("K09", span.clone(), message);
            faults.push(fault.label("take this line out, or give the file another name"));
        }
        layers.push(Read {
            source,
            layer,
            bundled: false,
        });
    }
    layers
}

/// A file's name without folder and `.toml`.
fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.strip_suffix(".toml").unwrap_or(name)
}

fn missing(
    name: &str,
    span: Range<usize>,
    asker: Option<SourceText>,
    user: &[(String, String)],
    circle: bool,
) -> Diagnostic {
    let message = if circle {
        format!("`{name}` inherits itself, by way of others or directly")
    } else {
        format!("there is no keymap called `{name}`")
    };
    let fault = match asker {
        Some(source) => source.error("K09", span, message),
        None => Diagnostic::error("K09", "keymap", message),
    };
    let known = user.iter().map(|(file, _)| stem(file)).chain(bundled());
    match (circle, nearest(name, known)) {
        (true, _) => fault.label("let one of them inherit \"default\""),
        (false, Some(near)) => fault.label(format!("did you mean `{near}`?")),
        (false, None) => fault.help(format!("there are {}", bundled().join(", "))),
    }
}

/// Where an inherited key was taken away or given another meaning.
pub(super) type Lost = BTreeMap<(Context, Sequence), (String, Place)>;

/// Layers being laid on each other.
#[derive(Default)]
struct Merge {
    keymap: Keymap,
    faults: Vec<Diagnostic>,
    lost: Lost,
}

impl Merge {
    fn lay(&mut self, read: &Read) {
        for (context, span) in &read.layer.clear {
            let cleared = self.keymap.tables.remove(context).unwrap_or_default();
            for sequence in cleared.into_keys() {
                self.lose(read, *context, sequence, span.clone());
            }
        }
        // What is taken away goes first and short sequences before long ones, so the order of lines doesn't matter.
        let mut entries: Vec<&Entry> = read.layer.entries.iter().collect();
        entries.sort_by_key(|entry| {
            let stays = !matches!(entry.meaning, Meaning::Remove);
            (stays, entry.sequence.len())
        });
        for entry in entries {
            self.entry(read, entry);
        }
    }

    fn lose(&mut self, read: &Read, context: Context, sequence: Sequence, span: Range<usize>) {
        let place = Place::of_span(read.source.text, span);
        let name = read.source.name.to_string();
        self.lost.insert((context, sequence), (name, place));
    }

    fn entry(&mut self, read: &Read, entry: &Entry) {
        let table = self.keymap.tables.entry(entry.context).or_default();
        let (actions, label) = match &entry.meaning {
            Meaning::Remove if table.remove(&entry.sequence).is_some() => {
                let span = entry.key_span.clone();
                return self.lose(read, entry.context, entry.sequence.clone(), span);
            }
            Meaning::Remove => {
                let message = format!(
                    "{} is not there to be taken away",
                    named(entry.context, &entry.sequence)
                );
                let doubt = read.source.warning("W02", entry.key_span.clone(), message);
                return self.faults.push(doubt.label("this line does nothing"));
            }
            Meaning::Run(actions, label) => (actions.clone(), label.clone()),
            Meaning::Begin(label) => (Vec::new(), Some(label.clone())),
        };
        if let Some(fault) = clash(table, read, entry, !actions.is_empty()) {
            return self.faults.push(fault);
        }
        let place = Place::of_span(read.source.text, entry.key_span.clone());
        let file = read.source.name.to_string();
        let origin = Origin {
            file,
            place,
            bundled: read.bundled,
        };
        let before = table.insert(
            entry.sequence.clone(),
            Binding {
                actions,
                label,
                origin,
            },
        );
        if before.is_some() {
            self.lose(
                read,
                entry.context,
                entry.sequence.clone(),
                entry.key_span.clone(),
            );
        }
    }
}

/// A chord can't both do something and begin something longer, or it would need a timer to decide. Nor can a character
/// begin a sequence where it is typed.
fn clash(table: &Table, read: &Read, entry: &Entry, acts: bool) -> Option<Diagnostic> {
    let sequence = &entry.sequence;
    let begins_text =
        sequence.len() > 1 && sequence.first().is_some_and(|chord| chord.text().is_some());
    if entry.context.takes_text() && begins_text {
        let message = format!(
            "{} can't begin with a character: it is typed there",
            named(entry.context, sequence)
        );
        let fault = read.source.error("K06", entry.key_span.clone(), message);
        return Some(fault.label("begin with ctrl, alt or a function key"));
    }
    let shorter = (1..sequence.len())
        .map(|length| &sequence[..length])
        .find_map(|prefix| {
            table
                .get_key_value(prefix)
                .filter(|(_, binding)| !binding.actions.is_empty())
        });
    let longer = table
        .iter()
        .find(|(other, _)| acts && other.len() > sequence.len() && other.starts_with(sequence));
    let (other, binding) = shorter.or(longer)?;
    let (short, long) = if other.len() < sequence.len() {
        (other, sequence)
    } else {
        (sequence, other)
    };
    let message = format!(
        "`{}` can't both act and begin `{}`",
        print(short),
        print(long)
    );
    let origin = &binding.origin;
    let fault = read.source.error("K06", entry.key_span.clone(), message);
    Some(
        fault
            .label("this line is skipped")
            .help(format!("`{}` is said in {origin}", print(other)))
            .help(format!("take it away with \"{}\" = \"none\"", print(other))),
    )
}
