//! `boothside init`: a commented show folder to fill in.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Files of a new show folder.
const FILES: [(&str, &str); 3] = [
    ("show.toml", include_str!("new/show.toml")),
    ("playbook.toml", include_str!("new/playbook.toml")),
    ("accounts.csv", include_str!("new/accounts.csv")),
];

/// Why no show folder was made.
#[derive(Debug, Error)]
pub enum InitError {
    /// There is something in it already.
    #[error("{} already has files in it ({found}, ...); choose a new or an empty folder", dir.display())]
    NotEmpty {
        /// The folder.
        dir: PathBuf,
        /// The name of one of its files.
        found: String,
    },
    /// The name belongs to a file.
    #[error("{} is a file; choose the name of a folder", .0.display())]
    NotAFolder(PathBuf),
    /// The disk said no.
    #[error("{} can't be written ({why}); choose a place you may write to", path.display())]
    Write {
        /// What was being written.
        path: PathBuf,
        /// The system's words.
        why: io::Error,
    },
}

/// Makes a show folder with commented files in `dir`, which must be new or empty. Gives what was written.
pub fn init(dir: &Path) -> Result<Vec<PathBuf>, InitError> {
    empty(dir)?;
    let files = FILES.map(|(name, text)| (name, text.as_bytes()));
    write_all(dir, &files)
}

/// Refuses a folder that has something in it.
pub(super) fn empty(dir: &Path) -> Result<(), InitError> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(InitError::NotAFolder(dir.to_path_buf()));
        }
        Err(why) => return Err(failed(dir, why)),
    };
    match entries.flatten().next() {
        Some(entry) => Err(InitError::NotEmpty {
            dir: dir.to_path_buf(),
            found: entry.file_name().to_string_lossy().into_owned(),
        }),
        None => Ok(()),
    }
}

/// Writes files into `dir`, making folders on the way. Never overwrites one.
pub(super) fn write_all(dir: &Path, files: &[(&str, &[u8])]) -> Result<Vec<PathBuf>, InitError> {
    let mut written = Vec::new();
    for (name, bytes) in files {
        let path = dir.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|why| failed(parent, why))?;
        }
        write_new(&path, bytes).map_err(|why| failed(&path, why))?;
        written.push(path);
    }
    Ok(written)
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    file.write_all(bytes)
}

fn failed(path: &Path, why: io::Error) -> InitError {
    InitError::Write {
        path: path.to_path_buf(),
        why,
    }
}
