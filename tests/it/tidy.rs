//! The house's rules, checked: directions between rooms, files and functions that can be read standing up, a map that holds.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a room may name of this crate (`use crate::X` or `crate::X::`), from `src/lib.rs`.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("diagnostic", &[]),
    ("qualify", &["domain", "accounts"]),
    ("accounts", &["domain"]),
    ("badge", &["domain"]),
    ("follow_up", &["domain", "diagnostic"]),
    ("action", &["domain"]),
    ("keymap", &["action", "domain", "diagnostic"]),
    (
        "app",
        &[
            "action",
            "keymap",
            "domain",
            "qualify",
            "accounts",
            "badge",
            "follow_up",
        ],
    ),
    ("theme", &["diagnostic"]),
    (
        "screen",
        &[
            "app",
            "action",
            "keymap",
            "theme",
            "domain",
            "qualify",
            "accounts",
            "badge",
            "follow_up",
        ],
    ),
    ("ears", &[]),
    ("models", &["diagnostic"]),
    ("store", &["domain", "ports"]),
    ("handoff", &["domain", "accounts", "follow_up"]),
    ("returns", &["domain", "handoff"]),
    ("report", &["domain", "handoff"]),
    ("show", &["domain", "diagnostic", "accounts", "follow_up"]),
    ("alerts", &[]),
    ("webhook", &["domain"]),
    ("polish", &[]),
    ("scanner", &["badge"]),
    ("terminal", &["keymap"]),
    ("ports", &["domain"]),
];

/// Outside names a room must not use.
const MUST_NOT: &[(&str, &[&str])] = &[
    (
        "domain",
        &[
            "serde_json",
            "toml::",
            "jiff",
            "std::fs",
            "std::time",
            "std::env",
            "std::thread",
            "tracing",
        ],
    ),
    ("qualify", PURE),
    ("accounts", PURE),
    ("badge", PURE),
    ("follow_up", PURE),
    ("app", PURE),
    ("keymap", PURE),
    ("action", PURE),
    (
        "screen",
        &[
            "std::fs",
            "std::time::SystemTime",
            "std::env",
            "std::thread",
            "sled",
            "tokio",
            "Color::",
            "crossterm",
        ],
    ),
];

const PURE: &[&str] = &[
    "ratatui",
    "crossterm",
    "sled::",
    "cpal",
    "whisper_rs",
    "tokio",
    "std::fs",
    "std::env",
    "std::thread",
    "SystemTime::now",
    "Instant::now",
    "std::net",
];

/// Crates that only these rooms know.
const ONLY: &[(&str, &[&str])] = &[
    ("sled::", &["store"]),
    ("cpal::", &["ears"]),
    ("whisper_rs", &["ears"]),
    ("ureq", &["models", "polish", "webhook", "handoff"]),
    ("notify_rust", &["alerts"]),
    ("minijinja", &["follow_up"]),
];

struct Source {
    path: PathBuf,
    room: String,
    text: String,
}

impl Source {
    /// The lines of the program proper: no comments, no unit tests at the end of the file.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let body = self.text.split("#[cfg(test)]").next().unwrap_or_default();
        body.lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of src") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let inner = path.strip_prefix(&root).expect("below src");
                let first = inner.iter().next().expect("a name").to_string_lossy();
                found.push(Source {
                    room: first.trim_end_matches(".rs").to_owned(),
                    text: std::fs::read_to_string(&path).expect("a source file"),
                    path,
                });
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(found.len() > 30, "the sources were not found");
    found
}

/// Fails with every fault at once.
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn rooms_name_only_what_the_map_allows() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_NAME.iter().copied().collect();
    let mut faults = Vec::new();
    for source in sources() {
        let Some(may) = allowed.get(source.room.as_str()) else {
            continue; // run, cli, main and lib tie the rooms together
        };
        for (number, line) in source.code() {
            for named in line.split("crate::").skip(1) {
                let room: String = named
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                if room != source.room && !may.contains(&room.as_str()) {
                    faults.push(format!(
                        "{}:{number}: {} must not name {room}",
                        source.path.display(),
                        source.room
                    ));
                }
            }
        }
    }
    none(&faults);
}

#[test]
fn every_room_of_the_source_is_in_the_rules_or_ties_rooms() {
    let ties = ["run", "cli", "main", "lib"];
    let known: Vec<&str> = MAY_NAME.iter().map(|(room, _)| *room).collect();
    let faults: Vec<String> = sources()
        .iter()
        .map(|source| source.room.clone())
        .filter(|room| !known.contains(&room.as_str()) && !ties.contains(&room.as_str()))
        .collect();
    none(&faults);
}

#[test]
fn pure_rooms_know_no_world() {
    let mut faults = Vec::new();
    for source in sources() {
        for (_, names) in MUST_NOT.iter().filter(|(room, _)| *room == source.room) {
            for (number, line) in source.code() {
                for name in names.iter().filter(|name| line.contains(**name)) {
                    faults.push(format!(
                        "{}:{number}: {} must not know {name}",
                        source.path.display(),
                        source.room
                    ));
                }
            }
        }
    }
    none(&faults);
}

#[test]
fn a_crate_that_one_room_knows_is_known_by_no_other() {
    let mut faults = Vec::new();
    for source in sources() {
        let others = ONLY
            .iter()
            .filter(|(_, rooms)| !rooms.contains(&source.room.as_str()));
        for (name, rooms) in others {
            for (number, _) in source.code().filter(|(_, line)| line.contains(name)) {
                faults.push(format!(
                    "{}:{number}: only {rooms:?} knows {name}",
                    source.path.display()
                ));
            }
        }
    }
    none(&faults);
}

#[test]
fn files_are_short_enough_to_be_read_standing_up() {
    let faults: Vec<String> = sources()
        .iter()
        .map(|source| (source, source.text.lines().count()))
        .filter(|(_, lines)| *lines > 500)
        .map(|(source, lines)| format!("{}: {lines} lines, 500 at most", source.path.display()))
        .collect();
    none(&faults);
}

#[test]
fn every_file_opens_with_the_sentence_that_is_its_line_in_the_map() {
    let faults: Vec<String> = sources()
        .iter()
        .filter(|source| {
            let first = source.text.lines().next().unwrap_or_default();
            !first.starts_with("//! ") || first.len() < 20
        })
        .map(|source| {
            format!(
                "{}: no `//!` sentence on its first line",
                source.path.display()
            )
        })
        .collect();
    none(&faults);
}

#[test]
fn the_map_lists_every_room() {
    let map = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs"))
        .expect("the map");
    let faults: Vec<String> = map
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod "))
        .map(|line| line.trim_end_matches(';'))
        .filter(|room| !map.contains(&format!("[`{room}`]")))
        .map(|room| format!("src/lib.rs does not say what `{room}` is"))
        .collect();
    none(&faults);
}

#[test]
fn unsafe_code_stays_where_the_recognizer_is_called() {
    let faults: Vec<String> = sources()
        .iter()
        .filter(|source| !source.path.ends_with("ears/whisper.rs"))
        .flat_map(|source| {
            source
                .code()
                .filter(|(_, line)| line.contains("unsafe ") || line.contains("allow(unsafe_code)"))
                .map(|(number, _)| format!("{}:{number}: unsafe", source.path.display()))
                .collect::<Vec<_>>()
        })
        .collect();
    none(&faults);
}
