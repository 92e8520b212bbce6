//! The deeds on disk: a journal that is the truth, sled that is read and rebuilt.
//!
//! A deed counts as saved when the journal's file was synced after it, and not before. sled holds the same deeds by
//! stamp; it follows the journal, off the hot path, and whatever is wrong with it is mended from the journal at the next
//! open. Measured reasons are in `index`.

mod index;
mod journal;
mod open;
mod strike;
pub mod wire;
mod writer;

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use crate::domain::{Deed, Stamp};
use crate::ports::Journal as JournalPort;

pub use journal::Disk;
pub use open::{OpenError, read_deeds};

use open::Places;
use writer::{Order, Waiting, Writer, lock};

/// What the store reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// These deeds survive a power cut.
    Durable(Vec<Stamp>),
    /// Saving fails; deeds wait in memory.
    Trouble {
        /// What is wrong and what to do.
        sentence: String,
        /// Deeds that wait.
        waiting: usize,
    },
    /// Saving works again.
    Well,
}

/// A store and what was in it.
pub struct Opened {
    /// The store.
    pub store: Store,
    /// All deeds, by stamp.
    pub deeds: Vec<Deed>,
    /// This laptop's number.
    pub node: u64,
    /// What was found wrong and how it was mended, a sentence each.
    pub remarks: Vec<String>,
}

/// Not everything could be made durable.
#[derive(Debug, thiserror::Error)]
#[error("{0} deeds are not saved; free some space on the show's disk and start again")]
pub struct CloseError(pub usize);

/// An open store. Deeds go in without waiting; a thread of its own makes them durable.
pub struct Store {
    orders: Sender<Order>,
    waiting: Waiting,
    thread: Option<JoinHandle<bool>>,
}

impl Store {
    /// Opens the store in `dir` (`store/` of a show folder), mending what can be mended. `outbox` is called from the
    /// store's thread.
    pub fn open(dir: &Path, outbox: impl Fn(Saved) + Send + 'static) -> Result<Opened, OpenError> {
        let ready = open::ready(dir)?;
        let waiting = Waiting::default();
        let writer = Writer {
            journal: ready.journal,
            index: ready.index,
            waiting: Waiting::clone(&waiting),
            say: outbox,
            lock: Some(ready.lock),
            places: Some(Places::new(dir)),
            struck: Vec::new(),
        };
        let store =
            Self::start(writer).map_err(|error| OpenError::Disk(dir.to_path_buf(), error))?;
        Ok(Opened {
            store,
            deeds: ready.deeds,
            node: ready.node,
            remarks: ready.remarks,
        })
    }

    /// A store on any disk, without sled: for tests of failing disks.
    pub fn on(disk: Box<dyn Disk>, outbox: impl Fn(Saved) + Send + 'static) -> io::Result<Self> {
        Self::start(Writer {
            journal: journal::Journal::on(disk, journal::End::default()),
            index: None,
            waiting: Waiting::default(),
            say: outbox,
            lock: None,
            places: None,
            struck: Vec::new(),
        })
    }

    fn start<Say: Fn(Saved) + Send + 'static>(writer: Writer<Say>) -> io::Result<Self> {
        let (orders, inbox) = channel();
        let waiting = Waiting::clone(&writer.waiting);
        let thread = std::thread::Builder::new()
            .name("store".into())
            .spawn(move || writer.run(&inbox))?;
        Ok(Self {
            orders,
            waiting,
            thread: Some(thread),
        })
    }

    /// Takes a deed to be made durable. Never waits.
    pub fn append(&self, deed: Deed) {
        lock(&self.waiting).push(deed);
        // The thread ends only after `close`, which takes the store.
        let _ = self.orders.send(Order::Write);
    }

    /// Puts what is left of these deeds over the old ones, in journal and sled, so that nothing of what they said stays in
    /// the store's files. Never waits; a disk that refuses is tried again like with any deed.
    pub fn strike(&self, deeds: Vec<Deed>) {
        for waits in lock(&self.waiting).iter_mut() {
            if let Some(left) = deeds.iter().find(|deed| deed.stamp == waits.stamp) {
                waits.clone_from(left);
            }
        }
        let _ = self.orders.send(Order::Strike(deeds));
    }

    /// How many deeds are not durable yet.
    pub fn waiting(&self) -> usize {
        lock(&self.waiting).len()
    }

    /// Writes what is not durable to a file elsewhere, as lines of JSON; answers how many.
    pub fn rescue(&self, file: &Path) -> io::Result<usize> {
        let deeds = lock(&self.waiting).clone();
        let mut file = File::create(file)?;
        for deed in &deeds {
            writeln!(file, "{}", wire::encode(deed))?;
        }
        file.sync_all()?;
        Ok(deeds.len())
    }

    /// Makes everything durable and ends the thread.
    pub fn close(mut self) -> Result<(), CloseError> {
        let _ = self.orders.send(Order::Close);
        let well = self
            .thread
            .take()
            .is_some_and(|thread| thread.join().unwrap_or(false));
        if well {
            Ok(())
        } else {
            Err(CloseError(self.waiting()))
        }
    }
}

impl JournalPort for Store {
    fn append(&self, deed: Deed) {
        Self::append(self, deed);
    }

    fn waiting(&self) -> usize {
        Self::waiting(self)
    }
}
