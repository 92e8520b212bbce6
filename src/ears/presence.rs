//! Which microphones are there, asked again and again on a thread of its own: some sound systems move a stream to another
//! microphone in silence when its own is pulled out, and only the list tells.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use cpal::traits::DeviceTrait;

use super::device::devices;
use super::feed::Control;

/// How often the list is asked for: a microphone that is gone must be told within a second.
const EVERY: Duration = Duration::from_millis(700);
/// Asking takes at most one part in so many of the time; where it is slow it is done less often.
const SHARE: u32 = 50;
/// ALSA's streams end with their microphone by themselves, and its bridges to other sound systems are listed whether
/// there is a microphone behind them or not: asking would cost battery and tell nothing.
const TOLD: &str = "alsa:";

/// The list as it was last.
#[derive(Default)]
struct List {
    ids: HashSet<String>,
    /// When the asking began; none before the first answer.
    asked: Option<Instant>,
}

/// What is known of the microphones' presence, shared by all feeders.
#[derive(Default)]
pub struct Presence {
    list: Mutex<List>,
}

impl Presence {
    /// Starts asking, until everything ends. Where the system gives no thread nothing is known, and streams that stall
    /// are noticed all the same.
    pub fn watch(control: &Arc<Control>) -> Arc<Presence> {
        let presence = Arc::new(Presence::default());
        let (told, control) = (Arc::clone(&presence), Arc::clone(control));
        let _ = thread::Builder::new()
            .name("ears-presence".into())
            .spawn(move || {
                loop {
                    let asked = Instant::now();
                    // A host that does not answer says nothing about its microphones.
                    if let Some(ids) = ids() {
                        *told.lock() = List {
                            ids,
                            asked: Some(asked),
                        };
                    }
                    if !control.sleep(EVERY.max(asked.elapsed() * SHARE)) {
                        return;
                    }
                }
            });
        presence
    }

    fn lock(&self) -> MutexGuard<'_, List> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a microphone was listed when asked after `since`; none while nobody knows.
    fn listed(&self, id: &str, since: Instant) -> Option<bool> {
        let list = self.lock();
        list.asked
            .is_some_and(|asked| asked > since)
            .then(|| list.ids.contains(id))
    }
}

fn ids() -> Option<HashSet<String>> {
    let devices = devices()?.into_iter();
    Some(
        devices
            .filter_map(|device| Some(device.id().ok()?.to_string()))
            .collect(),
    )
}

/// One open microphone's eye on the list.
pub struct Eye {
    presence: Arc<Presence>,
    id: String,
    since: Instant,
    /// It was listed when or since it was opened. Some can be opened that are never listed.
    listed: bool,
}

impl Eye {
    /// For the microphone with this id, opened now; none where the list tells nothing.
    pub fn on(control: &Arc<Control>, id: String) -> Option<Eye> {
        if id.starts_with(TOLD) {
            return None;
        }
        let since = Instant::now();
        Some(Eye {
            presence: Arc::clone(control.presence()),
            listed: ids().is_some_and(|ids| ids.contains(&id)),
            id,
            since,
        })
    }

    /// Whether it was there and is not any more.
    pub fn lost(&mut self) -> bool {
        match self.presence.listed(&self.id, self.since) {
            Some(true) => {
                self.listed = true;
                false
            }
            Some(false) => self.listed,
            None => false,
        }
    }
}
