//! A folder that appears whole or not at all: written under another name in the same place, synced, then renamed.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{NightError, WrittenFile};

/// Begins the name of a folder that is still being written.
const UNFINISHED: &str = ".unfinished-";

/// A folder in the making. Dropped before [`Folder::finish`], it is removed.
pub struct Folder {
    place: PathBuf,
    path: PathBuf,
    base: String,
    files: Vec<WrittenFile>,
    done: bool,
}

impl Folder {
    /// Begins a folder in `place` that will be called `base`, with `-1`, `-2`, ... behind it.
    pub fn begin(place: &Path, base: &str) -> Result<Self, NightError> {
        let unusable = |source| NightError::Place {
            path: place.to_owned(),
            source,
        };
        fs::create_dir_all(place).map_err(unusable)?;
        sweep(place);
        let path = place.join(format!("{UNFINISHED}{}", std::process::id()));
        // Of this very process, so from an attempt that could not even be removed.
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).map_err(unusable)?;
        Ok(Self {
            place: place.to_owned(),
            path,
            base: base.to_owned(),
            files: Vec::new(),
            done: false,
        })
    }

    /// Writes one file, syncs it and remembers its checksum. `write` gives the number of rows.
    pub fn file(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<usize>,
    ) -> Result<(), NightError> {
        let path = self.path.join(name);
        let written = hashed(&path, write)
            .map_err(|source| NightError::write(self.place.join(name), source))?;
        self.files.push(WrittenFile {
            name: name.to_owned(),
            ..written
        });
        Ok(())
    }

    /// What was written so far.
    pub fn files(&self) -> &[WrittenFile] {
        &self.files
    }

    /// Gives the folder its name; from here on it is there. Says the name and the path.
    pub fn finish(mut self) -> Result<(String, PathBuf), NightError> {
        let failed = |source| NightError::write(self.place.clone(), source);
        sync_folders(&self.path).map_err(failed)?;
        let (name, path) = self.rename().map_err(failed)?;
        self.done = true;
        sync_folder(&self.place).map_err(|source| NightError::write(path.clone(), source))?;
        Ok((name, path))
    }

    /// The same under exactly this name; one that is there already stays, and this one is dropped.
    pub fn finish_as(mut self, name: &str) -> Result<(), NightError> {
        let failed = |source| NightError::write(self.place.clone(), source);
        sync_folders(&self.path).map_err(failed)?;
        let path = self.place.join(name);
        if path.symlink_metadata().is_err() {
            fs::rename(&self.path, &path).map_err(failed)?;
            self.done = true;
        }
        sync_folder(&self.place).map_err(|source| NightError::write(path, source))
    }

    fn rename(&self) -> io::Result<(String, PathBuf)> {
        for number in 1..=9999_u16 {
            let name = format!("{}-{number}", self.base);
            let path = self.place.join(&name);
            if path.symlink_metadata().is_ok() {
                continue;
            }
            match fs::rename(&self.path, &path) {
                Ok(()) => return Ok((name, path)),
                // Somebody else took the name in between.
                Err(error) if path.exists() && self.path.exists() => {
                    tracing::debug!(%error, name, "the folder's name was taken");
                }
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::other("there are 9,999 exports of this minute"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.done
            && let Err(error) = fs::remove_dir_all(&self.path)
        {
            // The next export sweeps it away; it never looks like a finished one.
            tracing::warn!(%error, "an unfinished export could not be removed");
        }
    }
}

/// Writes one file beside and puts it in the place of an older one when it is on the disk.
pub fn replace(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<usize>,
) -> Result<usize, NightError> {
    let failed = |source| NightError::write(path.to_owned(), source);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    // A part that a killed writer left behind.
    let _ = fs::remove_file(&part);
    let written = hashed(&part, write).and_then(|written| {
        fs::rename(&part, path)?;
        path.parent().map_or(Ok(()), sync_folder)?;
        Ok(written.rows)
    });
    written.map_err(|source| {
        let _ = fs::remove_file(&part);
        failed(source)
    })
}

fn hashed(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<usize>,
) -> io::Result<WrittenFile> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut out = Hashing {
        file: File::create_new(path)?,
        hash: Sha256::new(),
        bytes: 0,
    };
    let mut buffered = BufWriter::with_capacity(1 << 16, &mut out);
    let rows = write(&mut buffered)?;
    buffered.flush()?;
    drop(buffered);
    out.file.sync_all()?;
    Ok(WrittenFile {
        name: String::new(),
        rows,
        bytes: out.bytes,
        sha256: hex(&out.hash.finalize()),
    })
}

/// Bytes in lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing into a String can't fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

struct Hashing {
    file: File,
    hash: Sha256,
    bytes: u64,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Syncs a folder and those in it, so that the names in them are on the disk, too.
fn sync_folders(path: &Path) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_folders(&entry.path())?;
        }
    }
    sync_folder(path)
}

#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> io::Result<()> {
    // A folder can't be opened for syncing there; the system writes its names through.
    Ok(())
}

/// Removes what killed exports left behind; folders of processes that still run stay.
fn sweep(place: &Path) {
    let Ok(entries) = fs::read_dir(place) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let owner = name
            .to_str()
            .and_then(|name| name.strip_prefix(UNFINISHED))
            .and_then(|owner| owner.parse::<u32>().ok());
        if owner.is_some_and(|owner| !is_running(owner)) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(unix)]
fn is_running(process: u32) -> bool {
    let pid = i32::try_from(process)
        .ok()
        .and_then(rustix::process::Pid::from_raw);
    pid.is_some_and(|pid| rustix::process::test_kill_process(pid) != Err(rustix::io::Errno::SRCH))
}

#[cfg(not(unix))]
fn is_running(_process: u32) -> bool {
    // Not known: keep it, it is only in the way of the eye.
    true
}
