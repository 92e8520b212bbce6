//! The thread that writes: gathers what waits, syncs once, acknowledges, and only then feeds sled.

use std::fs::File;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::domain::Deed;

use super::Saved;
use super::index::Index;
use super::journal::Journal;
use super::open::Places;
use super::strike::rewrite;

/// How often a failing disk is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// How often sled is made durable; it may lag, the journal may not.
const FLUSH: Duration = Duration::from_millis(250);

/// What is asked of the thread.
pub enum Order {
    /// Make what waits durable.
    Write,
    /// Write what is left of these deeds over them, in every file.
    Strike(Vec<Deed>),
    /// Write what waits and end.
    Close,
}

/// Deeds that are not durable yet, shared with whoever asks how many.
pub type Waiting = Arc<Mutex<Vec<Deed>>>;

/// The thread's belongings.
pub struct Writer<Say> {
    /// Where deeds go first.
    pub journal: Journal,
    /// Where they are read from.
    pub index: Option<Index>,
    /// What is not durable.
    pub waiting: Waiting,
    /// Where it reports.
    pub say: Say,
    /// The show's lock, given up when the last deed is written and sled is closed, not before.
    pub lock: Option<File>,
    /// The store's files; none on a test's disk.
    pub places: Option<Places>,
    /// What is left of struck deeds, not yet written over them.
    pub struck: Vec<Deed>,
}

impl<Say: Fn(Saved)> Writer<Say> {
    /// Runs until it is told to close, or nobody can order any more. True: everything is durable.
    pub fn run(mut self, orders: &Receiver<Order>) -> bool {
        let mut failing = false;
        let mut unflushed: Option<Instant> = None;
        loop {
            let patience = match unflushed {
                _ if failing => RETRY,
                Some(since) => FLUSH.saturating_sub(since.elapsed()),
                None => Duration::from_secs(3600),
            };
            let close = match orders.recv_timeout(patience) {
                Ok(order) => self.take(order) || self.gather(orders),
                Err(RecvTimeoutError::Disconnected) => true,
                Err(RecvTimeoutError::Timeout) => false,
            };
            failing = !(self.write(failing) && self.rewrite(failing));
            if unflushed.is_none() {
                unflushed = Some(Instant::now());
            }
            if close || unflushed.is_some_and(|since| since.elapsed() >= FLUSH) {
                self.flush();
                unflushed = None;
            }
            if close {
                // sled first: whoever gets the lock next opens it at once.
                drop(self.index.take());
                drop(self.lock.take());
                return !failing;
            }
        }
    }

    /// Takes an order; true when it is to close.
    fn take(&mut self, order: Order) -> bool {
        match order {
            Order::Write => false,
            Order::Strike(deeds) => {
                self.struck.extend(deeds);
                false
            }
            Order::Close => true,
        }
    }

    /// Takes the orders that wait; true when one of them is to close. Deeds that come while a sync runs share the next
    /// one, so nobody waits for company.
    fn gather(&mut self, orders: &Receiver<Order>) -> bool {
        loop {
            match orders.try_recv() {
                Ok(order) => {
                    if self.take(order) {
                        return true;
                    }
                }
                Err(TryRecvError::Disconnected) => return true,
                Err(TryRecvError::Empty) => return false,
            }
        }
    }

    /// Writes what is left of struck deeds over them; false while the disk refuses. After a sudden end in the midst of it
    /// the next start does it again: the deed that notes the strike is in the journal.
    fn rewrite(&mut self, failing: bool) -> bool {
        let Some(places) = self.places.as_ref().filter(|_| !self.struck.is_empty()) else {
            self.struck.clear();
            return true;
        };
        // sled keeps overwritten values in its files, so its whole folder is made anew.
        drop(self.index.take());
        match rewrite(places, &self.struck) {
            Ok((journal, index)) => {
                (self.journal, self.index) = (journal, index);
                self.struck.clear();
                if failing {
                    (self.say)(Saved::Well);
                }
                true
            }
            Err(error) => {
                (self.say)(Saved::Trouble {
                    sentence: format!("what was struck is still on disk: {}", trouble(&error)),
                    waiting: lock(&self.waiting).len(),
                });
                false
            }
        }
    }

    /// Writes what waits; false while the disk refuses.
    fn write(&mut self, failing: bool) -> bool {
        let batch: Vec<Deed> = lock(&self.waiting).clone();
        if batch.is_empty() {
            return true;
        }
        match self.journal.append(&batch) {
            Ok(()) => {
                lock(&self.waiting).drain(..batch.len());
                (self.say)(Saved::Durable(
                    batch.iter().map(|deed| deed.stamp).collect(),
                ));
                if failing {
                    (self.say)(Saved::Well);
                }
                self.feed(&batch);
                true
            }
            Err(error) => {
                (self.say)(Saved::Trouble {
                    sentence: trouble(&error),
                    waiting: batch.len(),
                });
                false
            }
        }
    }

    /// sled gets what the journal has. A sled that fails is given up; the next start rebuilds it.
    fn feed(&mut self, batch: &[Deed]) {
        if let Some(index) = &self.index
            && let Err(error) = index.put(batch, self.journal.end())
        {
            tracing::warn!("sled is given up until the next start: {error}");
            self.index = None;
        }
    }

    fn flush(&mut self) {
        if let Some(index) = &self.index
            && let Err(error) = index.sync()
        {
            tracing::warn!("sled is given up until the next start: {error}");
            self.index = None;
        }
    }
}

/// A poisoned lock still holds the deeds, and they must not be lost for it.
pub fn lock(waiting: &Waiting) -> std::sync::MutexGuard<'_, Vec<Deed>> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}

fn trouble(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
            "disk full; free some space, it is tried again every second".to_owned()
        }
        std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => {
            format!("the disk can't be written ({error}); it is tried again every second")
        }
        _ => format!("the disk fails ({error}); it is tried again every second"),
    }
}
