//! A lane's listener: samples from the ring -> 16 kHz -> frames -> utterances for the recogniser, and what the eye sees.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rtrb::Consumer;

use super::endpoint::{Cut, FRAME, FRAME_MS, Segmenter, Span};
use super::feed::{Control, Feed};
use super::guard::Evidence;
use super::resample::Resample;
use super::schedule::{Clip, Schedule};
use super::voice::{self, SILENCE_DB, Voice};
use super::{Heard, LaneState, Say};

/// How often the ring is looked at. The callback may not wake anybody, so the listener looks 50 times a second.
const LOOK: Duration = Duration::from_millis(20);
/// While nobody speaks half as often is enough: the first caption is worth making after 0.7 s of voice anyway.
const LOOK_IN_SILENCE: Duration = Duration::from_millis(40);
/// Levels are told every so many frames (96 ms) ...
const LEVEL_FRAMES: u32 = 6;
/// ... and never more often than this: a meter needs no more, and a recording may play many times faster.
const LEVEL_EVERY: Duration = Duration::from_millis(85);
/// Without speech for this long a lane is called quiet (10 s of audio).
const QUIET: u64 = 10_000 / FRAME_MS;
/// How often a listener asks how the recogniser keeps up (half a second).
const REPORT: u64 = 32;
/// Without any signal for this long it is called that (15 s): a muted or unplugged capsule, not a quiet room.
const NO_SIGNAL: u64 = 15_000 / FRAME_MS;
/// Below this level there is no signal but the converter's own noise.
const SIGNAL_DB: f32 = -85.0;
/// A first caption is worth making after this much voice (0.7 s).
const CAPTION_VOICED: u32 = 44;
/// Audio kept while nobody speaks: more than the pre-roll and the onset window need (1 s).
const KEPT: u64 = 64;

/// A lane's listener.
pub struct Listener {
    /// Which lane.
    pub lane: usize,
    /// The channel taken, from 0; none mixes.
    pub channel: Option<u16>,
    /// How many times faster than real time its recording plays.
    pub speed: f32,
    /// The lane's generation: odd while it is off the record.
    pub generation: Arc<AtomicU64>,
    /// Where utterances go.
    pub schedule: Arc<Schedule>,
    /// Everything's control.
    pub control: Arc<Control>,
    /// Where what is heard goes.
    pub say: Say,
}

/// What a listener works with.
struct Work<'a> {
    own: &'a Listener,
    ring: Option<Consumer<f32>>,
    resample: Option<Resample>,
    ear: Ear<'a>,
    /// Samples taken from the ring in one go.
    taken: Vec<f32>,
}

/// Everything after the resampler.
struct Ear<'a> {
    own: &'a Listener,
    voice: Voice,
    segmenter: Segmenter,
    frame: [f32; FRAME],
    filled: usize,
    /// Audio from frame `first` on.
    audio: Vec<f32>,
    first: u64,
    meter: Meter,
    state: Option<LaneState>,
    /// The generation that what is in here belongs to.
    generation: u64,
    off: bool,
    last_speech: u64,
    last_signal: u64,
    /// Frames that wait in the ring behind the one in work, to tell the wall time of a frame.
    waiting: f32,
}

/// What the meter shows next.
struct Meter {
    frames: u32,
    power: f32,
    peak: f32,
    clipped: bool,
    told: Instant,
}

impl Listener {
    /// Listens until everything ends; then what is open becomes a final.
    pub fn run(&self, feeds: &Receiver<Feed>) {
        let mut work = Work::new(self);
        loop {
            // The ring is emptied before the next word about it counts: what was said before an unplug was said.
            let feed = feeds.recv_timeout(match (work.drain(), work.ear.segmenter.open()) {
                (true, _) => Duration::ZERO,
                (false, Some(_)) => LOOK,
                (false, None) => LOOK_IN_SILENCE,
            });
            match feed {
                Ok(feed) => {
                    while work.drain() {}
                    work.take(feed);
                }
                Err(RecvTimeoutError::Timeout) if !self.control.stopping() => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        while work.drain() {}
        work.ear.finish();
    }
}

impl<'a> Work<'a> {
    fn new(own: &'a Listener) -> Work<'a> {
        Work {
            own,
            ring: None,
            resample: None,
            ear: Ear::new(own),
            taken: vec![0.0; 4096],
        }
    }

    fn take(&mut self, feed: Feed) {
        match feed {
            Feed::Opened {
                ring,
                rate,
                channels,
            } => {
                self.ear.finish();
                self.ear.reset();
                match Resample::new(rate, channels, self.own.channel) {
                    Ok(resample) => (self.ring, self.resample) = (Some(ring), Some(resample)),
                    Err(error) => self.ear.tell(LaneState::Failed(error.to_string())),
                }
            }
            Feed::Lost(sentence) => self.end(LaneState::Unplugged(sentence)),
            Feed::Failed(sentence) => self.end(LaneState::Failed(sentence)),
            Feed::Ended => self.end(LaneState::Ended),
        }
    }

    fn end(&mut self, state: LaneState) {
        if let Some(mut resample) = self.resample.take() {
            resample.flush(|mono| self.ear.hear(mono));
        }
        self.ring = None;
        self.ear.finish();
        self.ear.tell(state);
    }

    /// Takes what waits in the ring; true when there may be more.
    fn drain(&mut self) -> bool {
        let (Some(ring), Some(resample)) = (&mut self.ring, &mut self.resample) else {
            return false;
        };
        let slots = ring.slots();
        let (taken, _) = ring.pop_partial_slice(&mut self.taken);
        if taken.is_empty() {
            return false;
        }
        let (taken, waiting) = (taken.len(), slots.saturating_sub(self.taken.len()));
        self.ear.waiting = resample.frames(waiting);
        resample.push(&self.taken[..taken], |mono| self.ear.hear(mono));
        waiting > 0
    }
}

impl<'a> Ear<'a> {
    fn new(own: &'a Listener) -> Ear<'a> {
        Ear {
            own,
            voice: Voice::default(),
            segmenter: Segmenter::new(),
            frame: [0.0; FRAME],
            filled: 0,
            audio: Vec::new(),
            first: 0,
            meter: Meter {
                frames: 0,
                power: 0.0,
                peak: SILENCE_DB,
                clipped: false,
                told: Instant::now(),
            },
            state: None,
            generation: 0,
            off: false,
            last_speech: 0,
            last_signal: 0,
            waiting: 0.0,
        }
    }

    /// A new device: nothing of the old one counts.
    fn reset(&mut self) {
        self.voice.reset();
        self.filled = 0;
        (self.last_speech, self.last_signal) = (self.segmenter.now(), self.segmenter.now());
    }

    fn tell(&mut self, state: LaneState) {
        if self.state.as_ref() != Some(&state) {
            self.state = Some(state.clone());
            (self.own.say)(Heard::Lane {
                lane: self.own.lane,
                state,
            });
        }
    }

    /// Takes mono samples at 16 kHz.
    fn hear(&mut self, mut mono: &[f32]) {
        while !mono.is_empty() {
            let take = (FRAME - self.filled).min(mono.len());
            self.frame[self.filled..self.filled + take].copy_from_slice(&mono[..take]);
            self.filled += take;
            mono = &mono[take..];
            if self.filled == FRAME {
                self.filled = 0;
                self.frame();
            }
        }
    }

    fn frame(&mut self) {
        self.switch();
        let heard = self.voice.listen(&mut self.frame);
        if self.off {
            self.first = self.segmenter.now() + 1;
        } else {
            self.audio.extend_from_slice(&self.frame);
        }
        let cut = self.segmenter.push(heard.frame);
        self.follow(cut);
        self.measure(heard);
        self.caption();
        self.trim();
    }

    /// Goes off or on the record. What was captured is thrown away at once.
    fn switch(&mut self) {
        let generation = self.own.generation.load(Ordering::Acquire);
        if generation == self.generation {
            return;
        }
        self.generation = generation;
        if self.off {
            // Speech that began off the record ends off the record.
            let cut = self.segmenter.finish();
            self.follow(cut);
        }
        self.segmenter.forget();
        self.audio.clear();
        self.first = self.segmenter.now();
        self.off = generation % 2 == 1;
        let (lane, settled, tentative) = (self.own.lane, String::new(), String::new());
        (self.own.say)(Heard::Partial {
            lane,
            settled,
            tentative,
        });
    }

    fn follow(&mut self, cut: Option<Cut>) {
        let lane = self.own.lane;
        match cut {
            None | Some(Cut::Open(_)) => {}
            Some(Cut::Close(span)) if self.off => {
                let ms = (span.speech_end.saturating_sub(span.start)) * FRAME_MS;
                (self.own.say)(Heard::OffRecord { lane, ms });
            }
            Some(Cut::Pause(_) | Cut::Resume) if self.off => {}
            Some(Cut::Pause(span)) => self.own.schedule.push_early(self.clip(span)),
            Some(Cut::Resume | Cut::Discard) => self.own.schedule.cancel_early(lane),
            Some(Cut::Close(span)) => {
                let lost = self.own.schedule.push_final(self.clip(span));
                if lost > 0 {
                    let s = lost / 1000;
                    let sentence = format!(
                        "the recogniser is 30 minutes behind, {s} s of speech are lost: choose a smaller model"
                    );
                    (self.own.say)(Heard::Trouble(sentence));
                }
            }
        }
    }

    /// The audio of a span with what is known about it.
    fn clip(&self, span: Span) -> Clip {
        let at = |frame: u64| {
            ((frame.saturating_sub(self.first)) as usize * FRAME).min(self.audio.len())
        };
        let voiced_ms = u64::from(span.voiced) * FRAME_MS;
        let length_ms = (span.end - span.start) * FRAME_MS;
        let ago = self.ago(span.speech_end);
        let now_ms = wall_ms();
        Clip {
            lane: self.own.lane,
            generation: self.generation,
            frames: (span.start, span.end),
            audio: self.audio[at(span.start)..at(span.end)].to_vec(),
            start_ms: now_ms
                .saturating_sub(self.ago(span.start + span.head / 2).as_millis() as u64),
            end_ms: now_ms.saturating_sub(ago.as_millis() as u64),
            ended: Instant::now().checked_sub(ago).unwrap_or_else(Instant::now),
            evidence: Evidence {
                voiced_ms,
                length_ms,
                score: span.score,
                above: span.above,
            },
            piece: span.piece(),
        }
    }

    /// How long ago a frame was heard: everything after it is in the segmenter or waits in the ring.
    fn ago(&self, frame: u64) -> Duration {
        let frames = self.segmenter.now().saturating_sub(frame) as f32 + self.waiting;
        Duration::from_secs_f32(frames * FRAME_MS as f32 / 1000.0 / self.own.speed)
    }

    /// Level meter and lane state.
    fn measure(&mut self, heard: voice::Heard) {
        let now = self.segmenter.now();
        if now.is_multiple_of(REPORT) {
            self.own
                .schedule
                .report()
                .into_iter()
                .for_each(|report| (self.own.say)(report));
        }
        let speech = self.segmenter.open().is_some() && !self.segmenter.paused();
        if speech {
            self.last_speech = now;
        }
        if heard.frame.level > SIGNAL_DB {
            self.last_signal = now;
        }
        if now - self.last_signal >= NO_SIGNAL {
            self.tell(LaneState::NoSignal);
        } else if now - self.last_speech < QUIET {
            let back = matches!(
                self.state,
                Some(LaneState::Unplugged(_) | LaneState::Failed(_))
            );
            self.tell(if back {
                LaneState::Back
            } else {
                LaneState::Live
            });
        } else if !matches!(self.state, Some(LaneState::Quiet { .. })) {
            let since = wall_ms().saturating_sub(self.ago(self.last_speech).as_millis() as u64);
            self.tell(LaneState::Quiet { since });
        }
        if let Some(level) = self.meter.add(heard, self.own.lane, speech) {
            (self.own.say)(level);
        }
    }

    /// Asks for a caption of the open utterance when it is time.
    fn caption(&mut self) {
        // In a pause there are no new words; if it lasts, the early text says what a caption would.
        if self.off || !self.segmenter.speaking() {
            return;
        }
        let Some(span) = self.segmenter.open() else {
            return;
        };
        let length = self.ago(span.start);
        if span.voiced >= CAPTION_VOICED && self.own.schedule.wants_caption(self.own.lane, length) {
            self.own.schedule.push_caption(self.clip(span));
        }
    }

    /// Forgets audio that no utterance can need any more.
    fn trim(&mut self) {
        let now = self.segmenter.now();
        let needed = self
            .segmenter
            .open()
            .map_or_else(|| now.saturating_sub(KEPT), |span| span.start);
        // In steps of a second: moving the rest to the front costs something.
        if needed >= self.first + KEPT && !self.off {
            let gone = ((needed - self.first) as usize * FRAME).min(self.audio.len());
            self.audio.drain(..gone);
            self.first = needed;
        }
    }

    /// Ends what is open: it becomes a final.
    fn finish(&mut self) {
        let cut = self.segmenter.finish();
        self.follow(cut);
    }
}

impl Meter {
    fn add(&mut self, heard: voice::Heard, lane: usize, speech: bool) -> Option<Heard> {
        self.frames += 1;
        self.power += 10_f32.powf(heard.frame.level / 10.0);
        self.peak = self.peak.max(heard.peak);
        self.clipped |= heard.clipped;
        if self.frames < LEVEL_FRAMES || self.told.elapsed() < LEVEL_EVERY {
            return None;
        }
        let rms_dbfs =
            (10.0 * (self.power / self.frames as f32).max(1e-10).log10()).max(SILENCE_DB);
        let level = Heard::Level {
            lane,
            rms_dbfs,
            peak_dbfs: self.peak,
            clipped: self.clipped,
            speech,
        };
        *self = Meter {
            frames: 0,
            power: 0.0,
            peak: SILENCE_DB,
            clipped: false,
            told: Instant::now(),
        };
        Some(level)
    }
}

/// Wall clock, milliseconds since 1970.
fn wall_ms() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis() as u64)
}
