//! A second place for the exports: whatever finished folder it lacks is copied there, whole or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::NightError;
use super::folder::Folder;

/// Copies every finished export of `night` that `place` does not have yet, oldest first. Gives how many there were.
///
/// Doing it again copies what is missing only, so that a stick which was pulled out is made whole when it is back. The
/// place itself must be there: a folder made where a stick is to be plugged in would hide that it is not.
pub fn mirror(night: &Path, place: &Path, folder: &str) -> Result<usize, NightError> {
    let missing = |source| NightError::Place {
        path: place.to_owned(),
        source,
    };
    if !place.is_dir() {
        return Err(missing(io::Error::from(io::ErrorKind::NotFound)));
    }
    let target = place.join(folder);
    let mut count = 0;
    for export in exports(night) {
        let Some(name) = export.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if target.join(name).is_dir() {
            continue;
        }
        let mut copy = Folder::begin(&target, name)?;
        copy_all(&export, Path::new(""), &mut copy)?;
        copy.finish_as(name)?;
        count += 1;
    }
    Ok(count)
}

/// Finished exports, oldest first: folders with a manifest.
pub(super) fn exports(night: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(night)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.join("manifest.json").is_file())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            !name.starts_with('.')
        })
        .collect();
    found.sort();
    found
}

fn copy_all(from: &Path, below: &Path, copy: &mut Folder) -> Result<(), NightError> {
    let failed = |source| NightError::write(from.join(below), source);
    let mut entries: Vec<_> = fs::read_dir(from.join(below))
        .map_err(failed)?
        .collect::<Result<_, _>>()
        .map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = below.join(entry.file_name());
        if entry.file_type().map_err(failed)?.is_dir() {
            copy_all(from, &name, copy)?;
            continue;
        }
        let mut file = fs::File::open(entry.path()).map_err(failed)?;
        copy.file(&name.to_string_lossy(), |out| {
            io::copy(&mut file, out).map(|_| 0)
        })?;
    }
    Ok(())
}
