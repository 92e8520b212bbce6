//! Fetches a model: goes on where a broken download stopped, checks the file, and only then gives it its name.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use thiserror::Error;
use ureq::http::StatusCode;

use super::catalogue::Listing;
use super::inspect::{Unfit, inspect};
use super::place::{Place, checksum};

/// How long a host may take to answer at all.
const ANSWER: Duration = Duration::from_secs(30);

/// How long one connection may deliver. Then it is taken up again where it stood, so a stalled one doesn't stall for ever.
const DELIVERY: Duration = Duration::from_secs(600);

/// Broken connections in a row, with nothing delivered by the last, after which the person is told.
const PATIENCE: u32 = 3;

/// How it came here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Got {
    /// It was here, whole.
    Already(PathBuf),
    /// It was fetched.
    Fetched(PathBuf),
}

/// Why it didn't.
#[derive(Debug, Error)]
pub enum GetError {
    /// No connection, or it broke.
    #[error(
        "{url} can't be reached ({why}); check the network and run the command again, it goes on where it stopped"
    )]
    Network {
        /// The address.
        url: String,
        /// The client's words.
        why: String,
    },
    /// The host says no.
    #[error(
        "{url} answers {status}; bring the file on a stick and run `boothside model add FILE`, or name another host with --from"
    )]
    Refused {
        /// The address.
        url: String,
        /// The status code.
        status: u16,
    },
    /// The folder says no.
    #[error("{} can't be written ({why}); make room, or set BOOTHSIDE_MODELS to another folder", path.display())]
    Write {
        /// What was being written.
        path: PathBuf,
        /// The system's words.
        why: io::Error,
    },
    /// What came is not the model.
    #[error(
        "what {url} sent isn't {name}: its checksum differs; it was thrown away, run the command again or name another host with --from"
    )]
    Differs {
        /// The address.
        url: String,
        /// The model.
        name: &'static str,
    },
    /// What came is not even a model.
    #[error("{url} sent something else: {why}")]
    Foreign {
        /// The address.
        url: String,
        /// What it was.
        why: Unfit,
    },
}

/// Fetches a model into the place. `progress` is told bytes here and bytes in all.
pub fn get(
    place: &Place,
    listing: &Listing,
    mut progress: impl FnMut(u64, u64),
) -> Result<Got, GetError> {
    let target = place.file(listing.name);
    if place.check(&target).is_ok() {
        return Ok(Got::Already(target));
    }
    fs::create_dir_all(&place.dir).map_err(|why| write_error(&place.dir, why))?;
    let part = target.with_extension("bin.part");
    let url = format!("{}/{}", place.host.trim_end_matches('/'), listing.file());
    deliver(&url, &part, listing, &mut progress)?;
    let sum = checksum(&part).map_err(|why| write_error(&part, why))?;
    if sum != listing.sha256 {
        let kind = inspect(&part);
        let _ = fs::remove_file(&part);
        return Err(match kind {
            Ok(_) => GetError::Differs {
                url,
                name: listing.name,
            },
            Err(why) => GetError::Foreign { url, why },
        });
    }
    fs::rename(&part, &target).map_err(|why| write_error(&target, why))?;
    Ok(Got::Fetched(target))
}

/// Fills `part` up, connection after connection.
fn deliver(
    url: &str,
    part: &Path,
    listing: &Listing,
    progress: &mut impl FnMut(u64, u64),
) -> Result<(), GetError> {
    let mut have = fs::metadata(part).map_or(0, |meta| meta.len());
    if have > listing.bytes {
        have = 0;
    }
    let mut broken = 0;
    while have < listing.bytes {
        let before = have;
        let outcome = connection(url, part, have, listing.bytes, progress);
        have = fs::metadata(part).map_or(0, |meta| meta.len());
        match outcome {
            // The host's file ended. A shorter one than ours is told by its checksum.
            Ok(()) => break,
            Err(GetError::Network { url, why }) => {
                broken = if have > before { 0 } else { broken + 1 };
                if broken >= PATIENCE {
                    return Err(GetError::Network { url, why });
                }
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// One connection: appends what comes after the first `have` bytes.
fn connection(
    url: &str,
    part: &Path,
    have: u64,
    total: u64,
    progress: &mut impl FnMut(u64, u64),
) -> Result<(), GetError> {
    let network = |why: String| GetError::Network {
        url: url.to_string(),
        why,
    };
    let agent = ureq::Agent::config_builder()
        .timeout_connect(Some(ANSWER))
        .timeout_recv_response(Some(ANSWER))
        .timeout_recv_body(Some(DELIVERY))
        .http_status_as_error(false)
        .build()
        .new_agent();
    let mut request = agent.get(url);
    if have > 0 {
        request = request.header("Range", format!("bytes={have}-"));
    }
    let mut response = request.call().map_err(|error| network(error.to_string()))?;
    let resumed = response.status() == StatusCode::PARTIAL_CONTENT;
    if !response.status().is_success() {
        let status = response.status().as_u16();
        let url = url.to_string();
        return Err(GetError::Refused { url, status });
    }
    // A host that doesn't know ranges sends everything again.
    let mut at = if resumed { have } else { 0 };
    let mut file = open(part, at).map_err(|why| write_error(part, why))?;
    let mut body = response.body_mut().as_reader();
    let mut block = vec![0; 1 << 16];
    progress(at, total);
    loop {
        let read = body
            .read(&mut block)
            .map_err(|error| network(error.to_string()))?;
        if read == 0 {
            break;
        }
        file.write_all(&block[..read])
            .map_err(|why| write_error(part, why))?;
        at += read as u64;
        progress(at, total);
    }
    file.sync_all().map_err(|why| write_error(part, why))
}

/// The file, cut to its first `keep` bytes and ready to go on there.
fn open(part: &Path, keep: u64) -> io::Result<File> {
    let mut options = OpenOptions::new();
    if keep == 0 {
        return options.write(true).create(true).truncate(true).open(part);
    }
    let file = options.append(true).open(part)?;
    file.set_len(keep)?;
    Ok(file)
}

fn write_error(path: &Path, why: io::Error) -> GetError {
    GetError::Write {
        path: path.to_path_buf(),
        why,
    }
}
