//! Keeps a recogniser at work: one that hangs is given up and loaded afresh, and what it was hearing is heard again.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::recognize::Load;
use super::schedule::Schedule;
use super::{Heard, Say, spawn, worker};

/// A recogniser that takes this long for one clip hangs: the slowest laptop decodes the longest clip in less.
pub const STUCK: Duration = Duration::from_secs(30);

/// Runs until the schedule is closed and empty. `patience` is how long one clip may take.
pub fn keep(schedule: &Arc<Schedule>, load: Load, patience: Duration, say: &Say) {
    let load = Arc::new(Mutex::new(load));
    loop {
        let (alive, ended) = mpsc::channel::<()>();
        let epoch = schedule.begin();
        let (queue, loader, speaker) = (Arc::clone(schedule), Arc::clone(&load), Arc::clone(say));
        let started = spawn("recogniser", say, move || {
            worker::run(&queue, &loader, &speaker, epoch);
            drop(alive);
        });
        if started.is_none() {
            schedule.deafen();
            worker::tell_held(schedule, say);
            return;
        }
        loop {
            match ended.recv_timeout(patience / 8) {
                Err(RecvTimeoutError::Timeout) => {}
                Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
            }
            // The hanging thread can't be ended; it is left behind, and whatever it may still say counts for nothing.
            if let Some(sentence) = schedule.give_up(patience) {
                say(Heard::Trouble(sentence));
                break;
            }
        }
    }
}
