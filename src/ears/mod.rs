//! Microphone or recording -> utterances.
//!
//! # The way of a sentence
//! A feeder (`feed`: a microphone or a recording) fills a lane's ring; the lane's `listener` resamples ([`resample`]),
//! tells voice from noise ([`voice`]) and finds where an utterance begins and ends ([`endpoint`]); the `schedule` decides
//! what the one recogniser ([`recognize`], [`whisper`], `worker`) decodes next; the [`guard`] drops what nobody said, and [`caption`]
//! decides which words of a growing utterance may be shown as settled; [`seam`] joins the pieces of talk without a pause. Microphones and recordings take the very same way
//! after the ring. `offline` takes a whole file the same way at once, and [`rehearsal`] judges a room from what is heard.
//!
//! # Invariants
//! - The audio callback neither allocates, locks nor logs, and waits for nobody ([`bridge`] says when it sleeps).
//! - Speech is never dropped silently: captions give way first, then early texts, then finals wait in order.
//! - Audio lives in memory only, and no longer than until its text is there.
//! - Nothing here ends the program: what goes wrong is a [`Heard::Lane`] or a [`Heard::Trouble`] with the remedy.

pub mod bias;
pub mod bridge;
pub mod caption;
pub mod device;
pub mod endpoint;
mod feed;
pub mod governor;
pub mod guard;
mod keeper;
mod listener;
pub mod model_file;
mod offline;
pub mod pace;
mod presence;
pub mod recognize;
pub mod recording;
pub mod rehearsal;
pub mod resample;
mod schedule;
pub mod seam;
pub mod voice;
pub mod whisper;
pub mod window;
mod worker;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

pub use device::{Input, inputs};
pub use offline::{
    ReadError, Step, Utterance, read_bytes, read_wav, transcribe, transcribe_recording,
    transcribe_samples,
};

use feed::Control;
use listener::Listener;
use recognize::Load;
use schedule::Schedule;

/// Finishing what is being said takes no longer than this; the captain wants to go home.
const FINISH: Duration = Duration::from_secs(3);
/// What goes off the record with a lane, unless the show says otherwise: people say so a sentence or two too late.
const STRIKE: Duration = Duration::from_secs(60);
/// Recordings play no slower and no faster than this many times real time.
const SPEEDS: (f32, f32) = (0.1, 1000.0);

/// Where a lane's sound comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// The system's default microphone.
    Default,
    /// A microphone by its stable id (as `boothside devices` lists it) or by the name people know.
    Device(String),
    /// A recording: WAV, FLAC, MP3, M4A or OGG.
    File(PathBuf),
    /// A recording that is part of the program: the demo's talks.
    Memory(&'static [u8]),
}

/// One lane to listen to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneSpec {
    /// The lane's name, for its thread and for sentences about it.
    pub name: String,
    /// Where its sound comes from.
    pub source: Source,
    /// The channel taken, from 0; none mixes all that carry a signal.
    pub channel: Option<u16>,
}

/// The speech model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Model {
    /// A ggml Whisper file.
    Path(PathBuf),
    /// One that is part of the program.
    Embedded(&'static [u8]),
    /// No words: meters and endpointing only.
    None,
}

/// How to listen.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The speech model, one for all lanes.
    pub model: Model,
    /// Recordings play this many times faster than real time.
    pub speed: f32,
    /// Threads the recogniser may use; none takes what suits this computer.
    pub threads: Option<usize>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            model: Model::None,
            speed: 1.0,
            threads: None,
        }
    }
}

/// What the ears say. `lane` is the index into the lanes given to [`Ears::start`]; times of day are milliseconds since
/// 1970; levels are decibels below full scale (0 is the loudest, -100 silence).
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// A lane's level, about ten times a second.
    Level {
        /// The lane.
        lane: usize,
        /// Mean level since the last.
        rms_dbfs: f32,
        /// Highest sample since the last.
        peak_dbfs: f32,
        /// Whether the input was overdriven.
        clipped: bool,
        /// Whether somebody speaks.
        speech: bool,
    },
    /// What is being said right now; both texts empty clears the caption.
    Partial {
        /// The lane.
        lane: usize,
        /// Words that will not change any more while this utterance lasts.
        settled: String,
        /// Words that may.
        tentative: String,
    },
    /// What was said.
    Final {
        /// The lane.
        lane: usize,
        /// When it began.
        start_ms: u64,
        /// When it ended.
        end_ms: u64,
        /// The text.
        text: String,
        /// How sure each of its words is, 0 to 1, parted at blanks; empty where that is not known.
        sure: Vec<f32>,
        /// How sure the recogniser is, 0 to 1.
        confidence: f32,
        /// From the end of speech until now.
        waited_ms: u64,
        /// How much louder than the room the speech was, in decibels.
        above_db: f32,
    },
    /// What sounded like speech was dropped as noise; how much of it sounded like voice, and why.
    Dropped {
        /// The lane.
        lane: usize,
        /// Milliseconds that sounded like voice.
        ms: u64,
        /// Why.
        reason: guard::Reason,
    },
    /// Somebody spoke off the record; its length is all there is.
    OffRecord {
        /// The lane.
        lane: usize,
        /// Milliseconds of speech.
        ms: u64,
    },
    /// A lane's state changed.
    Lane {
        /// The lane.
        lane: usize,
        /// What it is now.
        state: LaneState,
    },
    /// The recogniser is behind, or has caught up (0 and 0).
    Backlog {
        /// Utterances that wait.
        pending: usize,
        /// How long ago the oldest of them ended, milliseconds.
        behind_ms: u64,
    },
    /// Something is wrong: one sentence with the remedy. Everything else goes on.
    Trouble(String),
}

/// How a lane is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LaneState {
    /// It hears.
    Live,
    /// Nobody has spoken for a while.
    Quiet {
        /// Since when, milliseconds since 1970.
        since: u64,
    },
    /// No signal at all for 15 s: muted, or the cable is out at the other end.
    NoSignal,
    /// The microphone is gone; it is looked for.
    Unplugged(String),
    /// The microphone is there again.
    Back,
    /// The recording is over.
    Ended,
    /// It can't hear: one sentence with the remedy.
    Failed(String),
}

/// Where everything heard goes.
type Say = Arc<dyn Fn(Heard) + Send + Sync>;

/// The ears of a show: all its lanes and the recogniser.
pub struct Ears {
    /// A lane's generation: each switch begins a new one, and the odd ones are off the record.
    lanes: Vec<Arc<AtomicU64>>,
    control: Arc<Control>,
    schedule: Arc<Schedule>,
    strike: Duration,
    listeners: Vec<JoinHandle<()>>,
    /// Disconnected when the recogniser's thread has ended.
    finished: Receiver<()>,
}

impl Ears {
    /// Starts listening. Never fails: what goes wrong is told through the outbox, which is called from several threads and
    /// must not wait for long.
    pub fn start(
        lanes: Vec<LaneSpec>,
        options: Options,
        outbox: impl Fn(Heard) + Send + Sync + Clone + 'static,
    ) -> Ears {
        let Options {
            model,
            speed,
            threads,
        } = options;
        let load: Option<Load> = match model {
            Model::None => None,
            model @ (Model::Path(_) | Model::Embedded(_)) => Some(Box::new(move || {
                recognize::load(&model, threads).map_err(|error| error.to_string())
            })),
        };
        Ears::start_with(lanes, speed, load, outbox)
    }

    /// The same with a recogniser of one's own; without one no words are heard. Recordings play `speed` times faster than real
    /// time.
    pub fn start_with(
        lanes: Vec<LaneSpec>,
        speed: f32,
        load: Option<Load>,
        outbox: impl Fn(Heard) + Send + Sync + Clone + 'static,
    ) -> Ears {
        Ears::start_patient(lanes, speed, load, keeper::STUCK, outbox)
    }

    /// The same with a recogniser that counts as hanging when one clip takes longer than `patience`.
    pub fn start_patient(
        lanes: Vec<LaneSpec>,
        speed: f32,
        load: Option<Load>,
        patience: Duration,
        outbox: impl Fn(Heard) + Send + Sync + Clone + 'static,
    ) -> Ears {
        let say: Say = Arc::new(outbox);
        let control = Arc::new(Control::default());
        let schedule = Arc::new(Schedule::new(lanes.len()));
        let finished = start_worker(&schedule, load, patience, &say);
        let speed = if speed.is_finite() {
            speed.clamp(SPEEDS.0, SPEEDS.1)
        } else {
            SPEEDS.1
        };
        let generations: Vec<Arc<AtomicU64>> = lanes.iter().map(|_| Arc::default()).collect();
        let mut listeners = Vec::new();
        let mut sources: Vec<(Source, feed::Lanes)> = Vec::new();
        for (lane, spec) in lanes.into_iter().enumerate() {
            let (feeds, inbox) = mpsc::channel();
            let listener = Listener {
                lane,
                channel: spec.channel,
                speed: if matches!(spec.source, Source::File(_) | Source::Memory(_)) {
                    speed
                } else {
                    1.0
                },
                generation: Arc::clone(&generations[lane]),
                schedule: Arc::clone(&schedule),
                control: Arc::clone(&control),
                say: Arc::clone(&say),
            };
            listeners.extend(spawn(&format!("lane {}", spec.name), &say, move || {
                listener.run(&inbox);
            }));
            match sources
                .iter_mut()
                .find(|(source, _)| *source == spec.source)
            {
                Some((_, lanes)) => lanes.push(feeds),
                None => sources.push((spec.source, vec![feeds])),
            }
        }
        for (at, (source, lanes)) in sources.into_iter().enumerate() {
            let (control, speaker) = (Arc::clone(&control), Arc::clone(&say));
            // Feeders are not joined: a driver may hold one for ever.
            let _ = spawn(&format!("feeder {at}"), &say, move || {
                feed::run(&source, &lanes, speed, &control, &speaker);
            });
        }
        Ears {
            lanes: generations,
            control,
            schedule,
            strike: STRIKE,
            listeners,
            finished,
        }
    }

    /// How much of what was just said goes with a lane that is taken off the record; a minute unless this is called.
    pub fn strike_after(&mut self, strike: Duration) {
        self.strike = strike;
    }

    /// Takes a lane off the record, or puts it back. At once: what is being said is thrown away, and so is what was said
    /// within the span of [`Ears::strike_after`] and waits for its text; older speech still gets it.
    pub fn off_record(&self, lane: usize, off: bool) {
        let Some(generation) = self.lanes.get(lane) else {
            return;
        };
        let now = generation.load(Ordering::Acquire);
        if (now % 2 == 1) != off {
            generation.store(now + 1, Ordering::Release);
            if off {
                self.schedule.strike(lane, now + 1, self.strike);
            }
        }
    }

    /// Plays recordings that have ended once more.
    pub fn replay(&self) {
        self.control.replays.fetch_add(1, Ordering::AcqRel);
    }

    /// Ends: what is being said is decoded first, within three seconds.
    pub fn stop(mut self) {
        self.control.end();
        for listener in std::mem::take(&mut self.listeners) {
            // A listener that panicked has told its story already.
            let _ = listener.join();
        }
        self.schedule.close();
        let until = Instant::now() + FINISH;
        let _ = self
            .finished
            .recv_timeout(until.saturating_duration_since(Instant::now()));
    }
}

impl Drop for Ears {
    fn drop(&mut self) {
        self.control.end();
        self.schedule.close();
        self.schedule.abort.store(true, Ordering::Release);
    }
}

/// Starts the recogniser's thread; the receiver is disconnected when it has ended.
fn start_worker(
    schedule: &Arc<Schedule>,
    load: Option<Load>,
    patience: Duration,
    say: &Say,
) -> Receiver<()> {
    let (alive, finished) = mpsc::channel::<()>();
    match load {
        None => schedule.deafen(),
        Some(load) => {
            let (schedule, speaker) = (Arc::clone(schedule), Arc::clone(say));
            let _ = spawn("keeper of the recogniser", say, move || {
                keeper::keep(&schedule, load, patience, &speaker);
                drop(alive);
            });
        }
    }
    finished
}

fn spawn(name: &str, say: &Say, run: impl FnOnce() + Send + 'static) -> Option<JoinHandle<()>> {
    let started = thread::Builder::new().name(name.to_owned()).spawn(run);
    if let Err(error) = &started {
        say(Heard::Trouble(format!(
            "the system gives no thread for {name} ({error}): close other programs"
        )));
    }
    started.ok()
}
