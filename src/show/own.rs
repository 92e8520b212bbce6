//! The user's own keymaps and themes: files beside the show and in the config folder.

use std::path::{Path, PathBuf};

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
