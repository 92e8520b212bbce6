//! sled beside the journal: the deeds by stamp, and how far it has come. Behind, damaged or unwilling, it is set aside.
//!
//! sled 0.34.7 is measured to lose its tail without a sync of its file, to panic in `open` on some damage and to open
//! empty on other: so it is opened on a thread that may die, and compared with the journal before it is believed.

use std::fs::{self, File};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::domain::Deed;

use super::journal::End;
use super::wire;

/// An open of sled that takes longer hangs on damage (a sound one of a million records takes 0.3 s).
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a lock may be held by somebody on the way out before it counts as held.
pub const LEAVING: Duration = Duration::from_secs(1);

/// Memory for sled's pages; its default of 1 GiB is no limit a laptop likes.
const CACHE: u64 = 16 * 1024 * 1024;

/// The index.
pub struct Index {
    db: sled::Db,
    deeds: sled::Tree,
    folder: PathBuf,
}

impl Index {
    /// Opens the index in `folder`, or says why it can't be used.
    pub fn open(folder: &Path) -> Result<Self, String> {
        forget_unfinished_snapshots(folder);
        let place = folder.to_path_buf();
        let index = guarded(PATIENCE, move || {
            let db = patient_open(&place)?;
            let deeds = db.open_tree("deeds")?;
            Ok::<_, sled::Error>(Self {
                db,
                deeds,
                folder: place,
            })
        })?
        .map_err(|error| error.to_string())?;
        index.sync().map_err(|error| error.to_string())?;
        Ok(index)
    }

    /// How far it has come and every deed it holds by stamp, read on a thread that may die: a damaged page makes
    /// sled panic on reading, too.
    pub fn read(&self) -> Result<(End, Vec<Deed>), String> {
        let reader = Self {
            db: self.db.clone(),
            deeds: self.deeds.clone(),
            folder: self.folder.clone(),
        };
        let (reached, deeds) = guarded(PATIENCE, move || (reader.reached(), reader.deeds()))?;
        let deeds = deeds.ok_or("a deed in it is damaged")?;
        Ok((reached.unwrap_or_default(), deeds))
    }

    /// How far into the journal it has come; none where it does not say.
    fn reached(&self) -> Option<End> {
        let value = self.db.get("reached").ok()??;
        let text = std::str::from_utf8(&value).ok()?;
        let mut parts = text.split(' ').map(|part| part.parse::<u64>().ok());
        let mut part = || parts.next().flatten();
        Some(End {
            count: part()?,
            seq: part()?,
            crc: u32::try_from(part()?).ok()?,
            length: part()?,
        })
    }

    /// Every deed, by stamp; none where anything is damaged.
    fn deeds(&self) -> Option<Vec<Deed>> {
        self.deeds
            .iter()
            .values()
            .map(|value| {
                let value = value.ok()?;
                wire::decode(std::str::from_utf8(&value).ok()?).ok()
            })
            .collect()
    }

    /// Puts deeds in and notes how far the journal has come. Not durable before [`Index::sync`].
    pub fn put(&self, deeds: &[Deed], end: End) -> io::Result<()> {
        contained(|| self.put_all(deeds, end).map_err(io::Error::other))
    }

    fn put_all(&self, deeds: &[Deed], end: End) -> sled::Result<()> {
        let mut batch = sled::Batch::default();
        for deed in deeds {
            batch.insert(&deed.stamp.to_bytes(), wire::encode(deed).as_bytes());
        }
        self.deeds.apply_batch(batch)?;
        let reached = format!("{} {} {} {}", end.count, end.seq, end.crc, end.length);
        self.db.insert("reached", reached.as_bytes())?;
        Ok(())
    }

    /// Makes it durable: sled's own flush is a `sync_file_range`, which is no promise.
    pub fn sync(&self) -> io::Result<()> {
        contained(|| self.db.flush().map(|_| ()).map_err(io::Error::other))?;
        File::open(self.folder.join("db"))?.sync_data()
    }
}

/// Runs `work` on a thread of its own, which may panic or hang without taking anything with it; says which it did.
pub(super) fn guarded<T: Send + 'static>(
    patience: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::Builder::new()
        .name("sled".into())
        .spawn(move || {
            let done = catch_unwind(AssertUnwindSafe(work));
            let _ = sender.send(done);
        })
        .map_err(|error| error.to_string())?;
    match receiver.recv_timeout(patience) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(_)) => Err("it broke while it was read".into()),
        Err(_) => Err(format!("it did not answer within {} s", patience.as_secs())),
    }
}

/// A panic of sled as an error: the thread that writes the journal must outlive it.
fn contained(work: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(io::Error::other("it broke while it was written")))
}

/// Opens sled, trying for [`LEAVING`] while its file is locked: a sound index must not be set aside because the program
/// that had it is a moment from its end.
fn patient_open(place: &Path) -> sled::Result<sled::Db> {
    let until = Instant::now() + LEAVING;
    loop {
        let opened = sled::Config::new()
            .path(place)
            .flush_every_ms(None)
            .cache_capacity(CACHE)
            .open();
        match opened {
            Err(sled::Error::Io(error)) if is_locked(&error) && Instant::now() < until => {
                std::thread::sleep(Duration::from_millis(10));
            }
            settled => return settled,
        }
    }
}

/// sled wraps the system's answer in a sentence of its own and keeps no kind.
fn is_locked(error: &io::Error) -> bool {
    error.to_string().contains("could not acquire lock")
}

/// A kill while sled wrote a snapshot leaves a half one that the next open would trip over.
fn forget_unfinished_snapshots(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with("snap.") && name.ends_with(".generating") {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Moves a bad index out of the way under a name that says when, and answers the name.
pub fn set_aside(folder: &Path, when: &str) -> io::Result<String> {
    let name = format!("sled-set-aside-{when}");
    let place = folder.with_file_name(&name);
    fs::rename(folder, place)?;
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sled_that_panics_or_hangs_is_contained() {
        let broke = guarded(PATIENCE, || {
            assert!(PATIENCE.is_zero(), "as sled does on damage");
        });
        assert_eq!(broke, Err("it broke while it was read".to_owned()));
        let (_keep, never) = mpsc::channel::<()>();
        let hung = guarded(Duration::from_millis(20), move || never.recv());
        assert_eq!(hung, Err("it did not answer within 0 s".to_owned()));
        assert!(contained(|| panic!("while writing")).is_err());
        assert_eq!(guarded(PATIENCE, || 7), Ok(7));
    }
}
