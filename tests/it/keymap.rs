//! Keys: the registry's table, the bundled files, files of mistakes, what a chord means where.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use boothside::action::{ACTIONS, Action, Context, Make};
use boothside::diagnostic::{Severity, render_all};
use boothside::domain::Heat;
use boothside::keymap::{Chord, Held, Key, Keymap, Lookup, help};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

fn chord(text: &str) -> Chord {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn bundled(name: &str) -> Keymap {
    let (keymap, faults) = Keymap::load(name, &[]);
    assert!(faults.is_empty(), "{name}:\n{}", render_all(&faults));
    keymap
}

fn with_user(text: &str) -> Keymap {
    let (keymap, faults) = Keymap::load("mine", &[("mine.toml".to_string(), text.to_string())]);
    assert!(faults.is_empty(), "{}", render_all(&faults));
    keymap
}

/// Presses chords one after the other and gives what the last one means.
fn press(keymap: &Keymap, contexts: &[Context], keys: &str) -> Lookup {
    let chords: Vec<Chord> = keys.split(' ').map(chord).collect();
    let (last, pending) = chords.split_last().unwrap();
    for at in 0..pending.len() {
        let begun = keymap.lookup(contexts, &pending[..at], pending[at]);
        assert_eq!(begun, Lookup::Pending, "{keys}");
    }
    keymap.lookup(contexts, pending, *last)
}

// ---- the registry

#[test]
fn the_registry_names_every_action_once() {
    let source = include_str!("../../src/action.rs");
    let body = source
        .split("pub enum Action {")
        .nth(1)
        .unwrap()
        .split('}')
        .next()
        .unwrap();
    let variants: BTreeSet<String> = body
        .split([',', '\n'])
        .map(|word| word.split('(').next().unwrap().trim())
        .filter(|word| !word.is_empty())
        .map(kebab)
        .collect();
    let names: Vec<&str> = ACTIONS.iter().map(|spec| spec.name).collect();
    let unique: BTreeSet<String> = names.iter().map(|name| (*name).to_string()).collect();
    assert_eq!(unique.len(), names.len(), "a name stands twice");
    assert_eq!(unique, variants, "the registry and the enum differ");
    for spec in ACTIONS {
        for action in spec.make.actions() {
            let variant = format!("{action:?}");
            assert_eq!(kebab(variant.split('(').next().unwrap()), spec.name);
            assert!(
                std::ptr::eq(action.spec(), spec) || action == Action::None,
                "{action}"
            );
            assert_eq!(
                Action::parse(&action.to_string()),
                Ok(action),
                "printed and read"
            );
            assert_eq!(
                action.argument().is_some(),
                !matches!(spec.make, Make::Plain(_)),
                "{action}"
            );
        }
    }
}

fn kebab(camel: &str) -> String {
    let mut out = String::new();
    for char in camel.chars() {
        if char.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.extend(char.to_lowercase());
    }
    out
}

#[test]
fn words_and_hints_are_short() {
    for spec in ACTIONS {
        assert!(spec.words.width() <= 48, "{}", spec.name);
        assert!(!spec.words.ends_with('.'), "{}", spec.name);
        assert!(spec.hint.width() <= 8, "{}", spec.name);
        assert!(!spec.contexts.is_empty(), "{}", spec.name);
    }
}

#[test]
fn every_action_has_a_default_key_or_is_meant_for_the_palette() {
    const PALETTE_ONLY: [Action; 1] = [Action::UnflagAccount];
    let keymap = bundled("default");
    for action in Action::all() {
        let mut contexts = action.spec().contexts.iter();
        let keyed = contexts.any(|context| !keymap.keys_of(&action, &[*context]).is_empty());
        assert_eq!(keyed, !PALETTE_ONLY.contains(&action), "{action}");
    }
}

// ---- bundled keymaps

#[test]
fn bundled_keymaps_are_sound_and_lead_out_of_everything() {
    for name in Keymap::bundled() {
        let keymap = bundled(name);
        assert_eq!(keymap.name, name);
        for action in [Action::Quit, Action::Help, Action::Undo] {
            assert!(
                !keymap.keys_of(&action, &[Context::Board]).is_empty(),
                "{name}: {action}"
            );
        }
        for context in Context::ALL
            .into_iter()
            .filter(|context| context.is_overlay())
        {
            let met = press(&keymap, &[context, Context::Board], "esc");
            assert_eq!(
                met,
                Lookup::Matched(vec![Action::Dismiss]),
                "{name}: esc in {context:?}"
            );
        }
        let judged = Action::all()
            .into_iter()
            .filter(|action| matches!(action, Action::Heat(_)));
        for action in judged {
            assert!(
                !keymap.keys_of(&action, &[Context::Board]).is_empty(),
                "{name}: {action}"
            );
        }
    }
}

#[test]
fn no_chord_means_two_things_between_board_and_card_but_moving() {
    for name in Keymap::bundled() {
        let keymap = bundled(name);
        for (context, sequence, binding) in keymap.bindings() {
            let outer = keymap.binding(Context::Board, sequence);
            let Some(outer) = outer.filter(|_| context == Context::Card) else {
                continue;
            };
            for action in binding.actions.iter().chain(&outer.actions) {
                let group = action.spec().group;
                assert_eq!(group, boothside::action::Group::Move, "{name}: {action}");
            }
        }
    }
}

/// One hand rests on the left half of the keyboard; all a triage needs must be there.
#[test]
fn one_hand_reaches_a_whole_triage() {
    let keymap = bundled("one-hand");
    let left = |key: &str| {
        key.split(' ').all(|chord| {
            let bare = chord
                .trim_start_matches("ctrl-")
                .trim_start_matches("shift-");
            ["tab", "space", "esc"].contains(&bare)
                || (bare.len() == 1 && "12345qwertasdfgzxcvb".contains(&bare.to_lowercase()))
        })
    };
    let check = |context: Context, action: Action| {
        let keys = keymap.keys_of(&action, &[context]);
        assert!(
            keys.iter().any(|key| left(key)),
            "{action} in {context:?} has {keys:?}"
        );
    };
    for heat in Heat::ALL {
        check(Context::Board, Action::Heat(heat));
    }
    for action in [
        Action::NextCard,
        Action::PreviousCard,
        Action::NextLane,
        Action::OpenCard,
        Action::Tag,
        Action::QuickTag(1),
        Action::FlagAccount,
        Action::AssignOwner,
        Action::NextStep,
        Action::Note,
        Action::Badge,
        Action::Consent,
        Action::Take,
        Action::HandOver,
        Action::Undo,
        Action::Redo,
        Action::OffRecord,
        Action::NewCard,
        Action::CloseCard,
        Action::Search,
        Action::Quit,
    ] {
        check(Context::Board, action);
    }
    for action in [
        Action::Accept,
        Action::Dismiss,
        Action::PickerDown,
        Action::PickerUp,
    ] {
        check(Context::Picker, action);
    }
    check(Context::Prompt, Action::Accept);
    check(Context::Confirm, Action::Accept);
}

// ---- lookup

#[test]
fn a_chord_means_what_its_innermost_context_says() {
    use Context::{Board, Card, Confirm, Help, Picker, Prompt, Trail};
    let keymap = bundled("default");
    let vim = bundled("vim");
    let one = |action| Lookup::Matched(vec![action]);
    let check = |keymap: &Keymap, contexts: &[Context], keys: &str, expect: Lookup| {
        assert_eq!(
            press(keymap, contexts, keys),
            expect,
            "{} {contexts:?} {keys}",
            keymap.name
        );
    };
    check(&keymap, &[Board], "h", one(Action::Heat(Heat::Hot)));
    check(&keymap, &[Board], "3", one(Action::QuickTag(3)));
    check(&keymap, &[Board], "j", one(Action::NextCard));
    check(&keymap, &[Card, Board], "j", one(Action::ScrollDown));
    check(&keymap, &[Card, Board], "h", one(Action::Heat(Heat::Hot)));
    check(&keymap, &[Card, Board], "ctrl-c", one(Action::Quit));
    check(&keymap, &[Board], "é", Lookup::Miss);
    check(&keymap, &[Prompt, Board], "h", Lookup::Text('h'));
    check(&keymap, &[Prompt, Board], "?", Lookup::Text('?'));
    check(&keymap, &[Prompt, Board], "space", Lookup::Text(' '));
    check(&keymap, &[Prompt, Board], "f1", one(Action::Help));
    check(&keymap, &[Prompt, Board], "pagedown", Lookup::Miss);
    check(&keymap, &[Prompt, Board], "alt-h", Lookup::Miss);
    check(&keymap, &[Picker, Board], "ctrl-c", one(Action::Quit));
    check(&keymap, &[Help, Board], "q", Lookup::Text('q'));
    check(&keymap, &[Trail, Board], "u", one(Action::Undo));
    check(&keymap, &[Trail, Board], "h", Lookup::Miss);
    check(&keymap, &[Trail, Board], "?", one(Action::Help));
    check(&keymap, &[Confirm, Board], "y", one(Action::Accept));
    check(&vim, &[Board], "g", Lookup::Pending);
    check(&vim, &[Board], "g g", one(Action::FirstCard));
    check(&vim, &[Card, Board], "g t", one(Action::Take));
    check(&vim, &[Board], "g esc", Lookup::Miss);
}

#[test]
fn a_user_file_changes_what_it_names_and_nothing_else() {
    let keymap = with_user(
        "format = 1\n[board]\nH = [\"heat hot\", \"next-card\"]\nz = \"undo\"\nu = \"none\"\n[prompt]\nclear = true\nenter = \"accept\"\n\"ctrl-g\" = \"dismiss\"\n",
    );
    let board = [Context::Board];
    let both = vec![Action::Heat(Heat::Hot), Action::NextCard];
    assert_eq!(press(&keymap, &board, "H"), Lookup::Matched(both));
    assert_eq!(press(&keymap, &board, "u"), Lookup::Miss);
    assert_eq!(
        press(&keymap, &board, "w"),
        Lookup::Matched(vec![Action::Heat(Heat::Warm)])
    );
    assert_eq!(press(&keymap, &[Context::Prompt], "tab"), Lookup::Miss);
    assert_eq!(keymap.keys_of(&Action::Undo, &board), ["z"]);
    let origin = &keymap
        .binding(Context::Board, &[chord("z")])
        .unwrap()
        .origin;
    assert_eq!((origin.file.as_str(), origin.place.line), ("mine.toml", 4));
}

#[test]
fn keys_toml_lies_on_whatever_is_chosen() {
    let files = [(
        "keys.toml".to_string(),
        "format = 1\n[board]\nz = \"undo\"\n".to_string(),
    )];
    for name in Keymap::bundled() {
        let (keymap, faults) = Keymap::load(name, &files);
        assert!(faults.is_empty(), "{}", render_all(&faults));
        assert_eq!(keymap.name, name);
        assert_eq!(
            press(&keymap, &[Context::Board], "z"),
            Lookup::Matched(vec![Action::Undo])
        );
    }
}

#[test]
fn of_two_files_of_one_name_the_later_counts_and_may_lie_on_the_earlier() {
    let file = |text: &str| ("mine.toml".to_string(), format!("format = 1\n{text}"));
    let files = [
        file("[board]\nz = \"undo\"\nZ = \"redo\"\n"),
        file("inherits = \"mine\"\n[board]\nz = \"note\"\n"),
    ];
    let (keymap, faults) = Keymap::load("mine", &files);
    assert!(faults.is_empty(), "{}", render_all(&faults));
    let board = [Context::Board];
    assert_eq!(
        press(&keymap, &board, "z"),
        Lookup::Matched(vec![Action::Note])
    );
    assert_eq!(
        press(&keymap, &board, "Z"),
        Lookup::Matched(vec![Action::Redo])
    );
}

#[test]
fn files_of_windows_editors_are_read() {
    let keymap = with_user("\u{feff}format = 1\r\n\r\n[board]\r\nz = \"undo\"\r\n");
    assert_eq!(
        press(&keymap, &[Context::Board], "z"),
        Lookup::Matched(vec![Action::Undo])
    );
}

#[test]
fn an_unknown_keymap_falls_back_and_says_so() {
    let (keymap, faults) = Keymap::load("vmi", &[]);
    assert_eq!(
        press(&keymap, &[Context::Board], "h"),
        Lookup::Matched(vec![Action::Heat(Heat::Hot)])
    );
    assert_eq!(faults.len(), 1);
    assert_eq!(
        faults[0].sentence(),
        "keymap: there is no keymap called `vmi`; did you mean `vim`?"
    );
}

// ---- chords

#[test]
fn chords_are_read_or_refused_with_what_to_write() {
    for (text, printed) in [
        ("g", "g"),
        ("G", "G"),
        ("-", "-"),
        ("ctrl--", "ctrl--"),
        ("alt-ctrl-x", "ctrl-alt-x"),
        ("shift-tab", "shift-tab"),
        ("super-shift-up", "shift-super-up"),
        ("f12", "f12"),
        ("space", "space"),
        ("é", "é"),
        ("ctrl-pagedown", "ctrl-pagedown"),
    ] {
        assert_eq!(chord(text).to_string(), printed);
    }
    for (text, remedy) in [
        ("shift-g", "write `G`"),
        ("ctrl-shift-g", "write `G`"),
        ("entr", "did you mean `enter`?"),
        ("return", "did you mean `enter`?"),
        ("page-up", "did you mean `pageup`?"),
        (
            "f13",
            "write one character, `f1` to `f12`, or a name such as `enter`",
        ),
        ("crtl-x", "did you mean `ctrl`?"),
        ("c-x", "write `ctrl`"),
        ("ctrl-ctrl-x", "write `ctrl` once"),
        ("", "write a key, such as `g` or `ctrl-g`"),
        (
            "ctrl-",
            "write one character, `f1` to `f12`, or a name such as `enter`",
        ),
        (
            "f01",
            "write one character, `f1` to `f12`, or a name such as `enter`",
        ),
    ] {
        let error = text.parse::<Chord>().expect_err(text);
        assert_eq!(error.remedy(), remedy, "{text:?}: {error}");
    }
}

fn any_key() -> impl Strategy<Value = Key> {
    let named = prop::sample::select(vec![
        Key::Space,
        Key::Enter,
        Key::Esc,
        Key::Tab,
        Key::Backspace,
        Key::Delete,
        Key::Insert,
        Key::Up,
        Key::Down,
        Key::Left,
        Key::Right,
        Key::Home,
        Key::End,
        Key::PageUp,
        Key::PageDown,
    ]);
    let printable = any::<char>().prop_filter("printable", |char| {
        !char.is_control() && !char.is_whitespace()
    });
    prop_oneof![
        named,
        (1u8..=12).prop_map(Key::F),
        printable.prop_map(Key::Char),
        prop::sample::select(vec!['-', 'f', 'F', '1', '\\', '"']).prop_map(Key::Char)
    ]
}

proptest! {
    #[test]
    fn printing_and_reading_a_chord_are_inverse(key in any_key(), ctrl: bool, alt: bool, shift: bool, super_: bool) {
        let chord = Chord::new(key, Held { ctrl, alt, shift, super_ });
        let printed = chord.to_string();
        prop_assert_eq!(printed.parse::<Chord>(), Ok(chord), "{}", printed);
    }

    #[test]
    fn reading_takes_any_text(text in ".{0,12}") {
        let _ = text.parse::<Chord>().map_err(|error| error.remedy());
    }

    #[test]
    fn a_keymap_of_any_text_still_starts(text in "(format = 1\n)?(\\[board\\]\n)?([a-z\"' =\\[\\]{}.,\n]|\"g g\" = |\"quit\"){0,60}") {
        let (keymap, _) = Keymap::load("mine", &[("mine.toml".to_string(), text)]);
        prop_assert!(!keymap.keys_of(&Action::Quit, &[Context::Board]).is_empty());
        prop_assert!(!keymap.keys_of(&Action::Dismiss, &[Context::Prompt]).is_empty());
    }
}

// ---- files of mistakes

#[test]
fn every_mistake_is_told_as_expected() {
    let mut seen = BTreeSet::new();
    for path in files("tests/bad/keymaps") {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_string();
        let stem = name.trim_end_matches(".toml").to_string();
        let (keymap, faults) = Keymap::load(&stem, &[(name, text)]);
        assert!(!faults.is_empty(), "{stem}: nothing is wrong");
        seen.extend(faults.iter().map(|fault| fault.code));
        compare(&path.with_extension("expected"), &render_all(&faults));
        for action in [Action::Quit, Action::Help, Action::Undo] {
            assert!(
                !keymap.keys_of(&action, &[Context::Board]).is_empty(),
                "{stem}: {action} is lost"
            );
        }
        for context in Context::ALL
            .into_iter()
            .filter(|context| context.is_overlay())
        {
            assert!(
                !keymap.keys_of(&Action::Dismiss, &[context]).is_empty(),
                "{stem}: no way out of {context:?}"
            );
        }
        let errors = faults.iter().any(|fault| fault.severity == Severity::Error);
        assert_eq!(errors, !stem.starts_with('w'), "{stem}: severity");
    }
    let all = [
        "K01", "K02", "K03", "K04", "K05", "K06", "K07", "K08", "K09", "W01", "W02",
    ];
    assert_eq!(
        seen.into_iter().collect::<Vec<_>>(),
        all,
        "each code has a file"
    );
}

fn files(folder: &str) -> Vec<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    files
}

/// Compares with a kept text; `UPDATE=1` keeps the new one.
fn compare(path: &Path, text: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, text).unwrap();
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(text, kept, "{} (UPDATE=1 rewrites it)", path.display());
}

// ---- help

#[test]
fn the_sheet_shows_what_can_be_pressed_now_and_filters_by_key_and_word() {
    let keymap = bundled("default");
    let board = help::sheet(&keymap, &[Context::Board], "");
    let rows = |sections: &[help::Section]| -> Vec<String> {
        let rows = sections.iter().flat_map(|section| &section.rows);
        rows.map(|row| format!("{}: {}", row.keys.join(" "), row.words))
            .collect()
    };
    let all = rows(&board);
    assert!(all.contains(&"h: rate the lead hot".to_string()), "{all:?}");
    assert!(
        all.contains(&"1 … 9: quick tag 1 to 9".to_string()),
        "{all:?}"
    );
    assert!(all.contains(&"j down: next card".to_string()), "{all:?}");
    assert!(
        !all.iter().any(|row| row.contains("leave it as it was")),
        "overlays are not shown"
    );
    assert_eq!(
        rows(&help::sheet(&keymap, &[Context::Board], "G")),
        ["G: handed to its owner in person"].to_vec(),
        "a key finds its row"
    );
    let found = rows(&help::sheet(&keymap, &[Context::Board], "owner"));
    assert!(found.iter().any(|row| row.starts_with("G:")), "{found:?}");
    assert!(help::sheet(&keymap, &[Context::Board], "zebra").is_empty());
}

#[test]
fn a_changed_key_is_marked_and_says_its_own_words() {
    let keymap =
        with_user("format = 1\n[board]\no = { run = \"assign-owner\", label = \"rep\" }\n");
    let sections = help::sheet(&keymap, &[Context::Board], "o");
    let row = &sections[0].rows[0];
    assert_eq!((row.words.as_str(), row.changed), ("rep", true));
    let hints = help::hints(&keymap, &[Context::Board], &|_| true, 200);
    assert!(
        hints
            .iter()
            .any(|hint| hint.word == "rep" && hint.keys == "o")
    );
}

#[test]
fn the_footer_fits_and_always_leads_to_help() {
    for name in Keymap::bundled() {
        let keymap = bundled(name);
        for context in Context::ALL {
            for width in [0, 5, 20, 60, 100, 160, 240] {
                let hints = help::hints(&keymap, &[context], &|_| true, width);
                let last = hints.last().unwrap();
                assert_eq!(last.word, "keys", "{name} {context:?}");
                let used: usize = hints.iter().map(|hint| hint.width() + 2).sum::<usize>() - 2;
                assert!(
                    used <= width.max(last.width()),
                    "{name} {context:?} {width}: {used}"
                );
            }
        }
    }
}

#[test]
fn the_footer_of_a_narrow_board_has_what_a_triage_needs() {
    let keymap = bundled("default");
    let dim = |action: &Action| *action != Action::Undo;
    let hints = help::hints(&keymap, &[Context::Board], &dim, 100);
    let line: Vec<String> = hints
        .iter()
        .map(|hint| format!("{} {}", hint.keys, hint.word))
        .collect();
    assert_eq!(
        line.join("  "),
        "h hot  w warm  c cold  x swag  t tag  f flag  o owner  n next  B badge  0 off rec  u undo  ? keys"
    );
    assert!(
        hints
            .iter()
            .all(|hint| hint.enabled == (hint.word != "undo"))
    );
}

#[test]
fn a_pending_sequence_shows_what_may_follow() {
    let keymap = bundled("vim");
    let follow = help::continuations(&keymap, &[Context::Board], &[chord("g")]);
    let words: Vec<String> = follow
        .iter()
        .map(|hint| format!("{} {}", hint.keys, hint.word))
        .collect();
    assert_eq!(
        words,
        [
            "g first card or line",
            "h handed to its owner in person",
            "t one of us walks over, or away again"
        ]
    );
    assert_eq!(
        help::pending_label(&keymap, &[Context::Board], &[chord("g")]),
        Some("go")
    );
}

#[test]
fn the_readme_table_lists_every_action_with_a_key() {
    let keymap = bundled("default");
    let table = help::markdown(&keymap);
    for action in Action::all() {
        let keyed = action
            .spec()
            .contexts
            .iter()
            .any(|context| !keymap.keys_of(&action, &[*context]).is_empty());
        let quick = matches!(action, Action::QuickTag(_));
        assert_eq!(
            table.contains(&format!("| {} |", action.words())),
            keyed && !quick,
            "{action}"
        );
    }
}
