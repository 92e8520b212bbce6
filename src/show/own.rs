//! The user's own keymaps and themes: files beside the show and in the config folder.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Place};

/// The files of a kind (`keymaps` or `themes`): those of the user's config folder, then those of the show, which count
/// more. Each with its name and text; one that can't be read counts as not there.
pub fn own_files(show: Option<&Path>, kind: &str) -> Vec<(String, String)> {
    let folders = config_folder()
        .into_iter()
        .chain(show.map(Path::to_path_buf));
    let mut files = Vec::new();
    for folder in folders {
        let entries = std::fs::read_dir(folder.join(kind)).into_iter().flatten();
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|end| end == "toml"));
        paths.sort();
        for path in paths {
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned());
            if let (Some(name), Ok(text)) = (name, std::fs::read_to_string(&path)) {
                files.push((name, text));
            }
        }
    }
    files
}

/// `$XDG_CONFIG_HOME/boothside`, else `~/.config/boothside`, else the same under Windows' own folder.
fn config_folder() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let config = set("XDG_CONFIG_HOME").map(PathBuf::from);
    let config = config.or_else(|| Some(PathBuf::from(set("HOME")?).join(".config")));
    let config = config.or_else(|| set("APPDATA").map(PathBuf::from));
    config.map(|config| config.join("boothside"))
}

/// Puts faults about a keymap or theme that nobody has at the line of show.toml that asks for it. Those that another file
/// or the command line asks for stay as they are.
pub fn point_at_show(show: &Path, faults: &mut [Diagnostic]) {
    let Ok(text) = std::fs::read_to_string(show.join("show.toml")) else {
        return;
    };
    let (tree, _) = DeTable::parse_recoverable(&text);
    for fault in faults.iter_mut().filter(|fault| fault.place.is_none()) {
        let asked = match fault.file.as_str() {
            key @ ("keymap" | "theme") => tree.get_ref().get(key),
            _ => None,
        };
        let Some(span) = asked.and_then(|value| span_of(value, &fault.message)) else {
            continue;
        };
        "show.toml".clone_into(&mut fault.file);
        fault.place = Some(Place::of_span(&text, span));
    }
}

/// The span of the text that a message names in backticks: the value itself, or one in its table.
fn span_of(value: &toml::Spanned<DeValue<'_>>, message: &str) -> Option<Range<usize>> {
    match value.get_ref() {
        DeValue::String(name) => {
            let named = message.contains(&format!("`{name}`"));
            named.then(|| value.span())
        }
        DeValue::Table(table) => table.values().find_map(|value| span_of(value, message)),
        _ => None,
    }
}
