//! The thread that writes: gathers what waits, syncs once, acknowledges, and only then feeds sled.

use std::fs::File;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::domain::Deed;

use super::Saved;
use super::index::Index;
use super::journal::Journal;

/// How often a failing disk is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// How often sled is made durable; it may lag, the journal may not.
const FLUSH: Duration = Duration::from_millis(250);

/// What is asked of the thread.
pub enum Order {
    /// Make what waits durable.
    Write,
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
                Ok(Order::Write) => gather(orders),
                Ok(Order::Close) | Err(RecvTimeoutError::Disconnected) => true,
                Err(RecvTimeoutError::Timeout) => false,
            };
            failing = !self.write(failing);
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

/// Takes the orders that wait; true when one of them is to close. Deeds that come while a sync runs share the next
/// one, so nobody waits for company.
fn gather(orders: &Receiver<Order>) -> bool {
    loop {
        match orders.try_recv() {
            Ok(Order::Write) => {}
            Ok(Order::Close) | Err(TryRecvError::Disconnected) => return true,
            Err(TryRecvError::Empty) => return false,
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
