//! sled beside the journal: the deeds by stamp, and how far it has come. Behind, damaged or unwilling, it is set aside.
//!
//! sled 0.34.7 is measured to lose its tail without a sync of its file, to panic in `open` on some damage and to open
//! empty on other: so it is opened on a thread that may die, and compared with the journal before it is believed.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use crate::domain::Deed;

use super::journal::End;
use super::wire;

/// An open of sled that takes longer hangs on damage (a sound one of a million records takes 0.3 s).
const PATIENCE: Duration = Duration::from_secs(10);

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
        let (sender, receiver) = mpsc::channel();
        let place = folder.to_path_buf();
        std::thread::Builder::new()
            .name("sled opens".into())
            .spawn(move || {
                let opened = std::panic::catch_unwind(|| {
                    sled::Config::new()
                        .path(&place)
                        .flush_every_ms(None)
                        .cache_capacity(CACHE)
                        .open()
                        .and_then(|db| db.open_tree("deeds").map(|deeds| (db, deeds)))
                });
                let _ = sender.send(opened);
            })
            .map_err(|error| error.to_string())?;
        let (db, deeds) = match receiver.recv_timeout(PATIENCE) {
            Ok(Ok(Ok(opened))) => opened,
            Ok(Ok(Err(error))) => return Err(error.to_string()),
            Ok(Err(_)) => return Err("it broke while it was opened".into()),
            Err(_) => return Err(format!("it did not open within {} s", PATIENCE.as_secs())),
        };
        let index = Self {
            db,
            deeds,
            folder: folder.to_path_buf(),
        };
        index.sync().map_err(|error| error.to_string())?;
        Ok(index)
    }

    /// How far into the journal it has come; none where it does not say.
    pub fn reached(&self) -> Option<End> {
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
    pub fn deeds(&self) -> Option<Vec<Deed>> {
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
    pub fn put(&self, deeds: &[Deed], end: End) -> sled::Result<()> {
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
        self.db.flush().map_err(io::Error::other)?;
        File::open(self.folder.join("db"))?.sync_data()
    }
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
pub fn set_aside(folder: &Path, now_ms: u64) -> io::Result<String> {
    let name = format!("sled-set-aside-{now_ms}");
    let place = folder.with_file_name(&name);
    fs::rename(folder, place)?;
    Ok(name)
}
