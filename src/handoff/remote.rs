//! A second place on a server: whatever finished export it lacks goes there, its manifest last.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use ureq::Body;
use ureq::http::Response;

use super::NightError;
use super::mirror::exports;

/// The file that makes a folder whole; the last that is written.
const LAST: &str = "manifest.json";

/// How long one file may take: the largest of a big show over a hotel's network.
const PATIENCE: Duration = Duration::from_secs(300);

/// A place on a server that keeps files by their names, with slashes between folders.
pub trait Remote {
    /// Makes a folder where the place has such a thing; one that is there already is as good.
    fn folder(&self, path: &str) -> Result<(), NightError>;

    /// Brings a file there, over whatever has its name.
    fn put(&self, path: &str, from: &Path) -> Result<(), NightError>;

    /// Whether the file there has these very bytes.
    fn has(&self, path: &str, bytes: &[u8]) -> Result<bool, NightError>;
}

/// Copies every finished export of `night` that the server's `folder` does not have yet, oldest first. Gives how many there
/// were.
///
/// An export is there when its manifest is, byte for byte: that is written last, so one that broke off is written again.
pub fn mirror_to(night: &Path, place: &dyn Remote, folder: &str) -> Result<usize, NightError> {
    let mut count = 0;
    for export in exports(night) {
        let Some(name) = export.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        let target = format!("{folder}/{name}");
        let manifest = export.join(LAST);
        let bytes =
            fs::read(&manifest).map_err(|source| NightError::write(manifest.clone(), source))?;
        let last = format!("{target}/{LAST}");
        if place.has(&last, &bytes)? {
            continue;
        }
        place.folder(folder)?;
        copy_all(&export, &target, place, true)?;
        place.put(&last, &manifest)?;
        count += 1;
    }
    Ok(count)
}

fn copy_all(from: &Path, target: &str, place: &dyn Remote, top: bool) -> Result<(), NightError> {
    let failed = |source| NightError::write(from.to_owned(), source);
    place.folder(target)?;
    let mut entries: Vec<_> = fs::read_dir(from)
        .and_then(Iterator::collect::<io::Result<_>>)
        .map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let path = format!("{target}/{name}");
        if entry.file_type().map_err(failed)?.is_dir() {
            copy_all(&entry.path(), &path, place, false)?;
        } else if !(top && name == LAST) {
            place.put(&path, &entry.path())?;
        }
    }
    Ok(())
}

/// The client that asks a server. Redirects are not followed: a login goes nowhere else.
pub(super) fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .timeout_connect(Some(Duration::from_secs(15)))
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .max_redirects(0)
        .allow_non_standard_methods(true)
        .build()
        .into()
}

/// Whether an answer has these very bytes. One that is longer, or breaks off, is another file.
pub(super) fn is_same(mut answer: Response<Body>, bytes: &[u8]) -> bool {
    let limit = bytes.len() as u64 + 1;
    let there = answer.body_mut().with_config().limit(limit).read_to_vec();
    there.is_ok_and(|there| there == bytes)
}

/// What is told when no answer came.
pub(super) fn unreachable(address: &str, error: &ureq::Error) -> NightError {
    NightError::Server {
        address: address.to_owned(),
        why: format!("can't be reached ({error})"),
        remedy: "look whether this laptop has a network",
    }
}
