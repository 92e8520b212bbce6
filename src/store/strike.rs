//! Striking words from the disk: journal and sled are written anew without them, and no copy set aside keeps them.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::domain::Deed;

use super::index::Index;
use super::journal::{self, End, Journal};
use super::open::Places;
use super::wire;

/// Writes the journal and sled anew with `left` in the place of the deeds with the same stamps. sled must be closed.
///
/// The order makes a sudden end harmless: sled goes first, so that no old copy of it can be believed; then the new journal,
/// whole and synced, takes the old one's place; then sled is rebuilt from it, now or at the next open.
pub(super) fn rewrite(places: &Places, left: &[Deed]) -> io::Result<(Journal, Option<Index>)> {
    match fs::remove_dir_all(places.sled()) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let left: BTreeMap<String, String> = left
        .iter()
        .map(|deed| (deed.stamp.to_string(), wire::encode(deed)))
        .collect();
    let contents = journal::read(&places.journal())?;
    let beside = places.fresh_journal();
    if beside.exists() {
        fs::remove_file(&beside)?;
    }
    let mut journal = Journal::open(&beside, End::default())?;
    let lines = contents.lines.into_iter();
    journal.append_lines(lines.map(|line| match struck(&line, &left) {
        Some(stamp) => left[stamp].clone(),
        None => line,
    }))?;
    fs::rename(&beside, places.journal())?;
    File::open(&places.folder)?.sync_all()?;
    forget_copies(&places.folder, &left)?;
    Ok((journal, rebuilt(places)))
}

/// sled as the journal has it now; none where it is unwilling, and the next open makes it anew.
fn rebuilt(places: &Places) -> Option<Index> {
    let contents = journal::read(&places.journal()).ok()?;
    let deeds: Vec<Deed> = contents
        .lines
        .iter()
        .filter_map(|line| wire::decode(line).ok())
        .collect();
    let index = Index::open(&places.sled()).ok()?;
    index.put(&deeds, contents.end).ok()?;
    index.sync().ok()?;
    Some(index)
}

/// The stamp of a line that is the struck deed itself. Other deeds may name its stamp and stay as they are.
fn struck<'a>(line: &str, left: &'a BTreeMap<String, String>) -> Option<&'a str> {
    let deed: serde_json::Value = serde_json::from_str(line).ok()?;
    let stamp = deed.get("stamp")?.as_str()?;
    left.get_key_value(stamp).map(|(stamp, _)| stamp.as_str())
}

/// Damaged journals and sleds that were set aside keep old words, too: the one loses the struck records, the other goes.
fn forget_copies(folder: &Path, left: &BTreeMap<String, String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)?.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        if name.starts_with("journal-damaged-") {
            let bytes = fs::read(&path)?;
            let lines = bytes.split_inclusive(|byte| *byte == b'\n');
            let kept: Vec<&[u8]> = lines.filter(|line| !names_any(line, left)).collect();
            let kept = kept.concat();
            if kept.len() < bytes.len() {
                fs::write(&path, kept)?;
                File::open(&path)?.sync_all()?;
            }
        } else if name.starts_with("sled-set-aside-") && holds_any(&path, left) {
            fs::remove_dir_all(&path)?;
        }
    }
    Ok(())
}

fn holds_any(folder: &Path, left: &BTreeMap<String, String>) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    entries.filter_map(Result::ok).any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            holds_any(&path, left)
        } else {
            fs::read(&path).is_ok_and(|bytes| names_any(&bytes, left))
        }
    })
}

/// Whether bytes hold one of the stamps as text.
fn names_any(bytes: &[u8], left: &BTreeMap<String, String>) -> bool {
    left.keys().any(|stamp| {
        bytes
            .windows(stamp.len())
            .any(|window| window == stamp.as_bytes())
    })
}
