//! What comes back after the show: importers' result files and sales' verdicts, joined to the cards by external id.
//!
//! [`read_file`] takes a file as it came, [`join`] is pure: it gives the facts that are news and a line for everything
//! that could not be placed. The same file twice is no news the second time; nothing is guessed.

mod join;
mod money;
mod nurture;
mod receipt;
mod sheet;
mod verdict;

pub use join::{Joined, LineFault, join};
pub use money::money;
pub use nurture::{nurture_rows, write_nurture};
pub use sheet::{Content, Record, read};

use std::path::{Path, PathBuf};

use crate::domain::Board;
use crate::handoff::NightShow;

/// Files larger than this are no result files.
const MOST_BYTES: u64 = 100 * 1024 * 1024;

/// Why a file can't be read.
#[derive(Debug, thiserror::Error)]
pub enum ReturnsError {
    /// It can't be opened.
    #[error("can't read {} ({source}); check the path and try again", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is too large.
    #[error("{} is larger than 100 MB, no result file is; save the results as CSV and try again", .path.display())]
    Large {
        /// The file.
        path: PathBuf,
    },
    /// It is no text.
    #[error("{} is no text file; in the spreadsheet choose Save as, CSV UTF-8, and try again", .path.display())]
    NoText {
        /// The file.
        path: PathBuf,
    },
    /// There is nothing in it.
    #[error("{} is empty; nothing was changed", .path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
}

/// Reads the file and joins it to the board. Record the facts as one deed, then write the nurture list anew.
pub fn run(file: &Path, board: &Board, show: &NightShow<'_>) -> Result<Joined, ReturnsError> {
    Ok(join(&read_file(file)?, board, show))
}

/// The file's records, whatever its encoding and delimiter.
pub fn read_file(path: &Path) -> Result<Content, ReturnsError> {
    let unread = |source| ReturnsError::Read {
        path: path.to_owned(),
        source,
    };
    let size = std::fs::metadata(path).map_err(unread)?.len();
    if size > MOST_BYTES {
        return Err(ReturnsError::Large {
            path: path.to_owned(),
        });
    }
    let bytes = std::fs::read(path).map_err(unread)?;
    let content = read(&bytes).ok_or_else(|| ReturnsError::NoText {
        path: path.to_owned(),
    })?;
    if content.records.is_empty() {
        return Err(ReturnsError::Empty {
            path: path.to_owned(),
        });
    }
    Ok(content)
}
