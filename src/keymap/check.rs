//! What can only be seen once all layers lie on each other: hidden keys, and keys without which one can't get out.

use super::load::Lost;
use super::read::named;
use super::{Binding, Keymap, Sequence, print};
use crate::action::{Action, Context};
use crate::diagnostic::{Diagnostic, Severity};

/// What must be reachable where, with what it is for.
const NEEDED: [(Context, Action, &str); 15] = [
    (Context::Board, Action::Quit, "leave the program"),
    (Context::Board, Action::Help, "see all keys"),
    (Context::Board, Action::Undo, "take something back"),
    (Context::Card, Action::Back, "leave the card"),
    (Context::Picker, Action::Dismiss, "leave a picker"),
    (Context::Picker, Action::Accept, "choose in a picker"),
    (Context::Prompt, Action::Dismiss, "leave a prompt"),
    (Context::Prompt, Action::Accept, "answer a prompt"),
    (Context::Trail, Action::Dismiss, "leave the trail"),
    (Context::Account, Action::Dismiss, "leave the account"),
    (Context::Help, Action::Dismiss, "leave the help"),
    (Context::Night, Action::Back, "leave the night list"),
    (
        Context::Night,
        Action::NextMissing,
        "go on in the night list",
    ),
    (Context::Confirm, Action::Dismiss, "say no to a question"),
    (Context::Confirm, Action::Accept, "say yes to a question"),
];

/// The contexts that are asked while this is the innermost one.
fn around(context: Context) -> Vec<Context> {
    if matches!(context, Context::Card | Context::Night) {
        vec![context, Context::Board]
    } else {
        vec![context]
    }
}

/// Says which keys nobody can do without were lost, to what, and puts them back.
pub(super) fn lock_outs(
    keymap: &mut Keymap,
    spare: &Keymap,
    (file, lost): (&str, &Lost),
    faults: &mut Vec<Diagnostic>,
) {
    for (context, action, purpose) in NEEDED {
        let contexts = around(context);
        if keymap.sequences_of(action, &contexts).next().is_some() {
            continue;
        }
        let mut back: Vec<(Context, Sequence)> = spare
            .sequences_of(action, &contexts)
            .map(|(context, sequence)| (context, sequence.clone()))
            .collect();
        // Esc, enter and f1 before letters, and a key that is free before one that has a new meaning.
        back.reverse();
        back.sort_by_key(|(home, sequence)| keymap.binding(*home, sequence).is_some());
        let Some((home, sequence)) = back.into_iter().next() else {
            continue;
        };
        faults.push(lock_out(
            keymap,
            (file, lost),
            purpose,
            (context, action),
            (home, &sequence),
        ));
        let Some(binding) = spare.binding(home, &sequence).cloned() else {
            continue;
        };
        // An innermost key wins over all others, so that is where it is put back; what stands in its way goes.
        let home = if home == Context::Global {
            home
        } else {
            context
        };
        let table = keymap.tables.entry(home).or_default();
        table.retain(|other, _| !other.starts_with(&sequence) && !sequence.starts_with(other));
        table.insert(sequence, binding);
        keymap.index();
    }
}

/// The sentence: what can't be done, which key did it, what it does now.
fn lock_out(
    keymap: &Keymap,
    (file, lost): (&str, &Lost),
    purpose: &str,
    (context, action): (Context, Action),
    (home, sequence): (Context, &Sequence),
) -> Diagnostic {
    let message = format!("no key is left to {purpose}");
    let key = print(sequence);
    let now = keymap
        .binding(context, sequence)
        .or_else(|| keymap.binding(home, sequence))
        .and_then(|binding| binding.actions.first());
    let label = match now {
        Some(other) => format!("`{key}` was `{action}` and is `{other}` now"),
        None => format!("`{key}` was `{action}` and is nothing now"),
    };
    let place = lost
        .get(&(context, sequence.clone()))
        .or_else(|| lost.get(&(home, sequence.clone())));
    let fault = match place {
        Some((other, place)) => Diagnostic::error("K07", other.clone(), message)
            .at(place.clone())
            .label(label),
        None => Diagnostic::error("K07", file, message),
    };
    let give = format!(
        "`{key}` does it all the same; give `{action}` another key in [{}] and `{key}` is yours",
        context.name()
    );
    fault.help(give)
}

/// Says which keys of `[global]` an inner context hides, and which characters can't be typed any more.
pub(super) fn hidden(keymap: &Keymap, faults: &mut Vec<Diagnostic>) {
    for (context, sequence, binding) in keymap.bindings() {
        let Some(first) = sequence.first().filter(|_| context != Context::Global) else {
            continue;
        };
        let typed = matches!(context, Context::Picker | Context::Prompt) && first.text().is_some();
        if typed {
            let message = format!("`{first}` can't be typed in [{}] any more", context.name());
            faults.push(doubt(
                binding,
                message,
                "ctrl, alt or a function key leaves the letters alone",
            ));
        }
        let asked = !context.takes_text() || first.reaches_global();
        let global = keymap.binding(Context::Global, &sequence[..1]);
        let Some(global) = global.filter(|global| asked && global.actions != binding.actions)
        else {
            continue;
        };
        let Some(action) = global.actions.first() else {
            continue;
        };
        let own = if binding.origin.bundled {
            global
        } else {
            binding
        };
        let message = format!("{} hides `{action}` of [global]", named(context, sequence));
        let place = format!(
            "`{}` is `{action}` in {}",
            print(&sequence[..1]),
            global.origin
        );
        faults.push(doubt(own, message, place));
    }
}

fn doubt(binding: &Binding, message: String, label: impl Into<String>) -> Diagnostic {
    let origin = &binding.origin;
    let doubt = Diagnostic::warning("W02", origin.file.clone(), message);
    debug_assert_eq!(doubt.severity, Severity::Warning);
    doubt.at(origin.place.clone()).label(label)
}
