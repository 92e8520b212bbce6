//! Where a lane's samples come from: one feeder a source (a microphone or a recording), one ring a lane.
//!
//! Two lanes on one source (the two channels of a lapel receiver) share its feeder: many devices can be opened only once.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use rtrb::{Consumer, Producer, RingBuffer};

use super::presence::Presence;
use super::recording::{Recording, Unreadable};
use super::{Say, Source, device};

/// The ring holds this many seconds: a listener that was starved for two seconds loses nothing.
const RING_SECONDS: usize = 2;
/// A recording is fed in blocks of this many milliseconds, like a device's buffers.
const BLOCK_MS: u64 = 10;
/// How often the feeder of an ended recording looks whether it is wanted again.
const NAP: Duration = Duration::from_millis(20);

/// What a feeder tells a lane's listener.
pub enum Feed {
    /// Samples will come through this ring.
    Opened {
        /// Interleaved samples.
        ring: Consumer<f32>,
        /// Frames a second.
        rate: u32,
        /// Interleaved channels.
        channels: u16,
    },
    /// The microphone is gone; the sentence says what is being done.
    Lost(String),
    /// There is no such source, and it is still looked for where that makes sense.
    Failed(String),
    /// The recording is over.
    Ended,
}

/// What feeders and the ears share.
#[derive(Default)]
pub struct Control {
    /// Set once: everything ends.
    stop: AtomicBool,
    /// Rung then: who sleeps need not wake up just to see whether it was.
    bell: (Mutex<()>, Condvar),
    /// Counts the wishes to hear ended recordings again.
    pub replays: AtomicU64,
    /// Samples that found a ring full, all lanes together.
    pub overrun: AtomicU64,
    /// Which microphones are there; asked from the first one on that is listened to.
    presence: OnceLock<Arc<Presence>>,
}

impl Control {
    /// Which microphones are there.
    pub fn presence(self: &Arc<Control>) -> &Arc<Presence> {
        self.presence.get_or_init(|| Presence::watch(self))
    }

    /// Whether everything ends.
    pub fn stopping(&self) -> bool {
        self.stop.load(Ordering::Acquire)
    }

    /// Ends everything.
    pub fn end(&self) {
        let (lock, bell) = &self.bell;
        // Set under the lock, or a sleeper that has just looked would miss the bell.
        let awake = lock.lock().unwrap_or_else(PoisonError::into_inner);
        self.stop.store(true, Ordering::Release);
        drop(awake);
        bell.notify_all();
    }

    /// Sleeps for `time`, less when everything ends. False when it does.
    pub fn sleep(&self, time: Duration) -> bool {
        let (lock, bell) = &self.bell;
        let awake = lock.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever panicked with this lock changed nothing: it guards no data.
        drop(bell.wait_timeout_while(awake, time, |()| !self.stopping()));
        !self.stopping()
    }
}

/// The lanes that listen to one source.
pub type Lanes = Vec<Sender<Feed>>;

/// One ring a lane, announced to all of them.
pub fn open_rings(lanes: &Lanes, rate: u32, channels: u16) -> Vec<Producer<f32>> {
    let size = rate as usize * usize::from(channels.max(1)) * RING_SECONDS;
    let ring = |lane: &Sender<Feed>| {
        let (producer, ring) = RingBuffer::new(size);
        lane.send(Feed::Opened {
            ring,
            rate,
            channels,
        })
        .ok()
        .map(|()| producer)
    };
    lanes.iter().filter_map(ring).collect()
}

/// Tells every lane.
pub fn tell(lanes: &Lanes, feed: impl Fn() -> Feed) {
    for lane in lanes {
        // A lane that no longer listens has ended; nobody needs to know.
        let _ = lane.send(feed());
    }
}

/// Runs a source's feeder until everything ends.
pub fn run(source: &Source, lanes: &Lanes, speed: f32, control: &Arc<Control>, say: &Say) {
    match source {
        Source::Default => device::feed(None, lanes, control),
        Source::Device(name) => device::feed(Some(name), lanes, control),
        Source::File(path) => play(|| Recording::open(path), lanes, speed, control, say),
        Source::Memory(bytes) => play(|| Recording::embedded(bytes), lanes, speed, control, say),
    }
}

/// Plays a recording, and again whenever that is wished for.
fn play(
    open: impl Fn() -> Result<Recording, Unreadable>,
    lanes: &Lanes,
    speed: f32,
    control: &Control,
    say: &Say,
) {
    loop {
        let wish = control.replays.load(Ordering::Acquire);
        match open() {
            Ok(recording) => play_once(recording, lanes, speed, control, say),
            Err(error) => tell(lanes, || Feed::Failed(error.to_string())),
        }
        while control.replays.load(Ordering::Acquire) == wish {
            if !control.sleep(NAP) {
                return;
            }
        }
    }
}

fn play_once(mut recording: Recording, lanes: &Lanes, speed: f32, control: &Control, say: &Say) {
    let (rate, channels) = (recording.rate(), recording.channels());
    let mut rings = open_rings(lanes, rate, channels);
    let frames = (u64::from(rate) * BLOCK_MS / 1000).max(1);
    let mut block = Vec::new();
    let (began, mut blocks) = (Instant::now(), 0_u32);
    loop {
        recording.next_block(frames as usize * usize::from(channels), &mut block);
        if block.is_empty() {
            break;
        }
        // A block is there when a microphone would have delivered it: at its end.
        blocks += 1;
        let due = began + Duration::from_millis(BLOCK_MS).mul_f32(blocks as f32 / speed);
        let wait = due.saturating_duration_since(Instant::now());
        // Short waits add up at high speeds, where the system's timer is coarser than a block.
        if wait > Duration::from_millis(2) && !control.sleep(wait) {
            return;
        }
        for ring in &mut rings {
            if !push_all(ring, &block, control) {
                return;
            }
        }
    }
    if let Some(sentence) = recording.remark() {
        say(super::Heard::Trouble(sentence));
    }
    tell(lanes, || Feed::Ended);
}

/// Pushes a whole block, waiting while the ring is full: a recording loses nothing. False when everything ends.
fn push_all(ring: &mut Producer<f32>, mut block: &[f32], control: &Control) -> bool {
    loop {
        let (_, rest) = ring.push_partial_slice(block);
        if rest.is_empty() || ring.is_abandoned() {
            return true;
        }
        block = rest;
        if !control.sleep(Duration::from_millis(1)) {
            return false;
        }
    }
}
