//! The wires from the edges to the loop: one bounded channel for what must arrive, one slot a lane for what may be overwritten.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::app::{EarsSaid, LaneState, SavedSaid};
use crate::domain::{Deed, Stamp};
use crate::ears::Heard;
use crate::follow_up::Wording;
use crate::store::Saved;

/// How many messages may wait for the loop. A sentence a second from eight lanes fills it in two minutes of standstill.
const CAPACITY: usize = 1024;

/// What the edges send; `run` stamps it with the time and makes it a message.
#[derive(Debug)]
pub enum FromEdge {
    /// Something heard that must not be lost.
    Ears(EarsSaid),
    /// Something the store said.
    Store(SavedSaid),
    /// An export ended.
    Exported(Result<(String, usize), String>),
    /// The second place has all exports, or a sentence saying why not.
    Copied(Result<usize, String>),
    /// A badge was read by a scanner that does not type.
    Scan(String),
    /// A sentence for the captain.
    Remark(String),
    /// All deeds of a show that another board records.
    Deeds(Vec<Deed>),
    /// A sentence that stays in the header.
    Standing(String),
    /// The webhook took an alert, or why it can't be reached.
    Posted(Result<Stamp, String>),
    /// A draft in other words, by the question's number, or why there is none.
    Polished(u64, Result<Wording, String>),
}

/// Levels and captions: only the newest counts, so a slow screen never holds up the ears.
#[derive(Debug, Default)]
pub struct Latest {
    slots: Mutex<Vec<Slot>>,
    /// Rung whenever a slot changed.
    pub bell: Notify,
}

#[derive(Debug, Default, Clone)]
struct Slot {
    level: Option<EarsSaid>,
    caption: Option<EarsSaid>,
}

impl Latest {
    /// Takes everything that is new.
    pub fn take(&self) -> Vec<EarsSaid> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        slots
            .iter_mut()
            .flat_map(|slot| [slot.level.take(), slot.caption.take()])
            .flatten()
            .collect()
    }

    /// Forgets a lane's caption: it went off the record, or comes back.
    pub fn forget(&self, lane: usize) {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = slots.get_mut(lane) {
            slot.caption = None;
        }
    }

    fn put(&self, said: EarsSaid) {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let (EarsSaid::Level { lane, .. }
        | EarsSaid::Partial { lane, .. }
        | EarsSaid::Final { lane, .. }) = said
        else {
            return;
        };
        if slots.len() <= lane {
            slots.resize(lane + 1, Slot::default());
        }
        match said {
            EarsSaid::Level { .. } => slots[lane].level = Some(said),
            EarsSaid::Partial { .. } => slots[lane].caption = Some(said),
            // A caption that is still in its slot is older than the utterance it became.
            _ => slots[lane].caption = None,
        }
        drop(slots);
        self.bell.notify_one();
    }
}

/// Both ends of the wires.
pub struct Wires {
    /// For the edges.
    pub sender: Sender<FromEdge>,
    /// For the loop.
    pub inbox: Receiver<FromEdge>,
    /// For levels and captions.
    pub latest: Arc<Latest>,
}

impl Wires {
    /// New wires.
    pub fn new() -> Self {
        let (sender, inbox) = channel(CAPACITY);
        Self {
            sender,
            inbox,
            latest: Arc::new(Latest::default()),
        }
    }

    /// Where the ears speak. Called from their threads; waits when the loop is far behind, which holds the recogniser
    /// back and never the capture.
    pub fn ears(&self) -> impl Fn(Heard) + Send + Sync + Clone + 'static {
        let (sender, latest) = (self.sender.clone(), Arc::clone(&self.latest));
        move |heard| {
            let said = said(heard);
            match said {
                EarsSaid::Level { .. } | EarsSaid::Partial { .. } => latest.put(said),
                _ => {
                    if matches!(said, EarsSaid::Final { .. }) {
                        latest.put(said.clone());
                    }
                    // The loop is gone only when the program ends. What the ears say while they are started is said on
                    // the loop's own thread, which must not wait for itself; the channel is empty then.
                    let said = FromEdge::Ears(said);
                    let _ = if tokio::runtime::Handle::try_current().is_ok() {
                        sender.try_send(said).is_ok()
                    } else {
                        sender.blocking_send(said).is_ok()
                    };
                }
            }
        }
    }

    /// Where the store speaks.
    pub fn store(&self) -> impl Fn(Saved) + Send + 'static {
        let sender = self.sender.clone();
        move |saved| {
            let said = match saved {
                Saved::Durable(stamps) => SavedSaid::Durable(stamps),
                Saved::Trouble { sentence, waiting } => SavedSaid::Trouble(sentence, waiting),
                Saved::Well => SavedSaid::Well,
            };
            let _ = sender.blocking_send(FromEdge::Store(said));
        }
    }
}

/// The ears' words in the app's.
fn said(heard: Heard) -> EarsSaid {
    match heard {
        Heard::Level {
            lane,
            rms_dbfs,
            clipped,
            speech,
            ..
        } => EarsSaid::Level {
            lane,
            rms_dbfs,
            clipped,
            speech,
        },
        Heard::Partial {
            lane,
            settled,
            tentative,
        } => EarsSaid::Partial {
            lane,
            settled,
            tentative,
        },
        Heard::Final {
            lane,
            start_ms,
            end_ms,
            text,
            sure,
            confidence,
            waited_ms,
            above_db,
        } => EarsSaid::Final {
            lane,
            start_ms,
            end_ms,
            text,
            sure,
            confidence,
            waited_ms,
            loudness: Some(above_db),
        },
        Heard::Dropped { lane, ms, reason } => EarsSaid::Dropped {
            lane,
            ms,
            why: reason.words(),
        },
        Heard::OffRecord { lane, ms } => EarsSaid::OffRecord { lane, ms },
        Heard::Lane { lane, state } => EarsSaid::Lane {
            lane,
            state: lane_state(state),
        },
        Heard::Backlog { pending, behind_ms } => EarsSaid::Backlog { pending, behind_ms },
        Heard::Trouble(sentence) => EarsSaid::Trouble(sentence),
    }
}

fn lane_state(state: crate::ears::LaneState) -> LaneState {
    use crate::ears::LaneState as Ears;
    match state {
        Ears::Live | Ears::Quiet { .. } | Ears::Back => LaneState::Live,
        Ears::NoSignal => LaneState::NoSignal,
        Ears::Unplugged(sentence) => LaneState::Unplugged(sentence),
        Ears::Ended => LaneState::Ended,
        Ears::Failed(sentence) => LaneState::Failed(sentence),
    }
}
