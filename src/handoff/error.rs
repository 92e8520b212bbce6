//! What can go wrong while the night is written, each with the way out.

use std::io;
use std::path::PathBuf;

/// Why there is no new folder. Whatever it says, nothing half-written was left.
#[derive(Debug, thiserror::Error)]
pub enum NightError {
    /// The folder `night/` can't be made or entered.
    #[error(
        "can't use {} for the night's files ({source}); make the folder writable or name another one, then export again", .path.display()
    )]
    Place {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The disk is full.
    #[error(
        "the disk is full, so {} was not written and nothing half of it was left; free some space and export again", .path.display()
    )]
    Full {
        /// The folder that would have been.
        path: PathBuf,
    },
    /// A file can't be written.
    #[error(
        "can't write {} ({source}); nothing half-written was left; see that the disk is there and writable, then export again", .path.display()
    )]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The second place is a server, and it does not take the files.
    #[error("{address} {why}; {remedy}")]
    Server {
        /// Where, without any login.
        address: String,
        /// What it said.
        why: String,
        /// What helps.
        remedy: &'static str,
    },
    /// show.toml names a destination nobody knows.
    #[error(
        "\"{name}\" is no destination; in show.toml's destinations write any of salesforce, hubspot, marketo, account_engagement, dynamics, generic"
    )]
    Destination {
        /// The name.
        name: String,
    },
    /// An owner's archive can't be sealed to their key and the show is strict.
    #[error("a strict export stops at the archive of {owner}: {why}; {remedy}")]
    Unsealed {
        /// Whose it is.
        owner: String,
        /// What is wrong with the key, or with this program.
        why: String,
        /// What helps.
        remedy: &'static str,
    },
    /// Rows break a destination's rules and the show is strict.
    #[error(
        "{count} faults stop a strict export, the first: {first}; put them right on the night list, or take strict = true out of show.toml"
    )]
    Faults {
        /// How many.
        count: usize,
        /// The first, in words.
        first: String,
    },
}

impl NightError {
    /// The error of a failed write to `path`; a full disk is told from the rest.
    pub(super) fn write(path: PathBuf, source: io::Error) -> Self {
        let full = matches!(
            source.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
        );
        if full {
            Self::Full { path }
        } else {
            Self::Write { path, source }
        }
    }
}
