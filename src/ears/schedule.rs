//! What the recogniser decodes next: finals before early finals before captions, and nothing that has become void.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Heard;
use super::guard::Evidence;
use super::resample::RATE;
use super::seam::{Held, Piece};

/// Audio kept for a lane while the recogniser is behind: 30 minutes (115 MB), far beyond any booth talk.
const KEPT: usize = 30 * 60 * RATE as usize;
/// Captions may cost this share of one core, all lanes together: the battery has to last for the day.
const CAPTION_SHARE: f64 = 0.2;
/// Captions are made no more often than this: nobody reads faster, and every one decodes the utterance from its start.
const CAPTION_EVERY: Duration = Duration::from_millis(1200);
/// The longer an utterance the rarer its captions, by this share of its length: each one decodes it from the start.
const CAPTION_STRETCH: f64 = 0.25;
/// A lane that had a caption within this time counts as talking; talking lanes share what captions may cost.
const TALKING: Duration = Duration::from_secs(3);

/// A final that has waited this long since its speaker ended makes a backlog; up to here nobody notices.
const BEHIND: Duration = Duration::from_secs(2);
/// A backlog is told no more often than this.
const BACKLOG_EVERY: Duration = Duration::from_millis(500);

/// Why a clip is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The utterance is over: its text is wanted, always.
    Final,
    /// The speaker paused: if it was the end, this text will be the final one.
    Early,
    /// The speaker goes on: a caption.
    Caption,
}

/// A piece of a lane's audio to decode.
#[derive(Clone, Debug)]
pub struct Clip {
    /// Whose it is.
    pub lane: usize,
    /// The lane's generation when it was cut; strikes of later generations may make it void.
    pub generation: u64,
    /// First and one past the last frame: equal frames are equal audio.
    pub frames: (u64, u64),
    /// Mono at 16 kHz.
    pub audio: Vec<f32>,
    /// When speech began, wall milliseconds since 1970.
    pub start_ms: u64,
    /// When speech ended, the same.
    pub end_ms: u64,
    /// When speech ended, on the steady clock.
    pub ended: Instant,
    /// What the segmenter knows about it.
    pub evidence: Evidence,
    /// What it shares with its neighbours, where running talk was cut.
    pub piece: Piece,
}

/// The last words of a clip, which wait for the next piece, and the clip without its audio.
pub type Waiting = (Clip, Held);

impl Clip {
    /// The same without its audio.
    pub fn silent(&self) -> Clip {
        let Clip {
            lane,
            generation,
            frames,
            start_ms,
            end_ms,
            ended,
            evidence,
            piece,
            ..
        } = *self;
        Clip {
            lane,
            generation,
            frames,
            audio: Vec::new(),
            start_ms,
            end_ms,
            ended,
            evidence,
            piece,
        }
    }
}

/// The queue between the lanes' listeners and the recogniser.
pub struct Schedule {
    queue: Mutex<Queue>,
    bell: Condvar,
    /// Stops the decoding in progress.
    pub abort: Arc<AtomicBool>,
}

/// What is being decoded.
#[derive(Clone, Copy)]
struct Running {
    kind: Kind,
    since: Instant,
    /// The clip's lane, generation and end of speech.
    clip: (usize, u64, Instant),
}

#[derive(Default)]
struct Queue {
    finals: VecDeque<Clip>,
    early: Vec<Option<Clip>>,
    captions: Vec<Option<Clip>>,
    /// A lane's strikes: the generation each began, and since when what was said before it is void.
    strikes: Vec<Vec<(u64, Instant)>>,
    running: Option<Running>,
    /// Running mean of what a caption costs, seconds.
    cost: f64,
    last_caption: Vec<Option<Instant>>,
    closed: bool,
    deaf: bool,
    /// When a backlog was told last; none when there is none.
    told: Option<Instant>,
    /// A lane's last words where running talk was cut: they wait for the next piece, which hears them, too. They are kept
    /// here so that no recogniser that is given up takes them along.
    held: Vec<Option<Waiting>>,
    /// Counts the recognisers that were put to work; only the newest counts.
    epoch: u64,
    /// The final that is being decoded: it is put back when the recogniser hangs ...
    at_work: Option<Clip>,
    /// ... once: its lane and frames, when it was put back already.
    put_back: Option<(usize, (u64, u64))>,
}

impl Schedule {
    /// An empty schedule for so many lanes.
    pub fn new(lanes: usize) -> Schedule {
        let queue = Queue {
            early: vec![None; lanes],
            captions: vec![None; lanes],
            strikes: vec![Vec::new(); lanes],
            last_caption: vec![None; lanes],
            held: vec![None; lanes],
            ..Queue::default()
        };
        Schedule {
            queue: Mutex::new(queue),
            bell: Condvar::new(),
            abort: Arc::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts an utterance in line. Returns how many milliseconds of older speech had to give way, nearly always none.
    pub fn push_final(&self, clip: Clip) -> u64 {
        let mut queue = self.lock();
        if queue.deaf || !queue.is_current(&clip) {
            return 0;
        }
        queue.captions[clip.lane] = None;
        queue.early[clip.lane] = None;
        // The next utterance's first caption waits for nothing.
        queue.last_caption[clip.lane] = None;
        // Captions give way at once. An early decoding is finished: it is most likely this very text.
        if queue
            .running
            .is_some_and(|running| running.kind == Kind::Caption)
        {
            self.abort.store(true, Ordering::Release);
        }
        let lane = clip.lane;
        queue.finals.push_back(clip);
        let lost = queue.forget_oldest(lane);
        self.bell.notify_one();
        lost
    }

    /// Asks for an early decoding; it replaces an older wish of that lane.
    pub fn push_early(&self, clip: Clip) {
        let mut queue = self.lock();
        if queue.deaf || !queue.is_current(&clip) {
            return;
        }
        let lane = clip.lane;
        queue.captions[lane] = None;
        // Its text is shown as a caption, too.
        queue.last_caption[lane] = Some(Instant::now());
        queue.early[lane] = Some(clip);
        self.bell.notify_one();
    }

    /// The speaker went on: the early decoding is void.
    pub fn cancel_early(&self, lane: usize) {
        let mut queue = self.lock();
        queue.early[lane] = None;
        if queue
            .running
            .is_some_and(|running| running.clip.0 == lane && running.kind == Kind::Early)
        {
            self.abort.store(true, Ordering::Release);
        }
    }

    /// Whether a caption of the lane's utterance, which has this length, would be made now: it is time for one, and nothing
    /// more important waits.
    pub fn wants_caption(&self, lane: usize, length: Duration) -> bool {
        let queue = self.lock();
        let talking = |last: &Option<Instant>| last.is_some_and(|last| last.elapsed() < TALKING);
        let lanes = queue
            .last_caption
            .iter()
            .filter(|last| talking(last))
            .count()
            .max(1);
        let stretched = CAPTION_EVERY + length.mul_f64(CAPTION_STRETCH);
        let every = stretched.max(Duration::from_secs_f64(
            queue.cost * lanes as f64 / CAPTION_SHARE,
        ));
        !queue.deaf
            && queue.finals.is_empty()
            && queue.captions[lane].is_none()
            && queue.last_caption[lane].is_none_or(|last| last.elapsed() >= every)
    }

    /// Asks for a caption; it replaces an older wish of that lane.
    pub fn push_caption(&self, clip: Clip) {
        let mut queue = self.lock();
        if queue.deaf || !queue.is_current(&clip) {
            return;
        }
        let lane = clip.lane;
        queue.last_caption[lane] = Some(Instant::now());
        queue.captions[lane] = Some(clip);
        self.bell.notify_one();
    }

    /// Makes what was said on a lane within the last `span`, and what is being said, void. Speech that ended earlier and
    /// still waits keeps its turn. `generation` is the lane's new one.
    pub fn strike(&self, lane: usize, generation: u64, span: Duration) {
        let mut queue = self.lock();
        let now = Instant::now();
        let Some(strikes) = queue.strikes.get_mut(lane) else {
            return;
        };
        strikes.push((generation, now.checked_sub(span).unwrap_or(now)));
        let mut finals = std::mem::take(&mut queue.finals);
        finals.retain(|clip| queue.is_current(clip));
        queue.finals = finals;
        let held = queue.held[lane].take();
        queue.held[lane] = held.filter(|(clip, _)| queue.is_current(clip));
        queue.early[lane] = None;
        queue.captions[lane] = None;
        if queue
            .running
            .is_some_and(|running| !queue.stands(running.clip))
        {
            self.abort.store(true, Ordering::Release);
        }
    }

    /// Keeps the last words of a clip until the next piece is heard.
    pub fn hold(&self, clip: Clip, words: Held) {
        let mut queue = self.lock();
        let lane = clip.lane;
        if queue.is_current(&clip) {
            queue.held[lane] = Some((clip, words));
        }
    }

    /// The words of a lane that wait; they go on waiting.
    pub fn waiting(&self, lane: usize) -> Option<Held> {
        let queue = self.lock();
        let (_, held) = queue.held.get(lane)?.as_ref()?;
        Some(held.clone())
    }

    /// Takes the words of a lane that wait, with the clip that they are of.
    pub fn held(&self, lane: usize) -> Option<Waiting> {
        self.lock().held.get_mut(lane)?.take()
    }

    /// All words that wait.
    pub fn all_held(&self) -> Vec<Waiting> {
        let held = &mut self.lock().held;
        held.iter_mut().filter_map(Option::take).collect()
    }

    /// Whether a clip still counts.
    pub fn is_current(&self, clip: &Clip) -> bool {
        self.lock().is_current(clip)
    }

    /// A recogniser is put to work; all before it are given up. Returns its number.
    pub fn begin(&self) -> u64 {
        let mut queue = self.lock();
        queue.epoch += 1;
        queue.epoch
    }

    /// Gives the recogniser up when its clip has taken longer than `patience`: says so, and puts a final back in front. A
    /// clip that hangs twice is itself the trouble and stays out.
    pub fn give_up(&self, patience: Duration) -> Option<String> {
        let mut queue = self.lock();
        let running = queue.running?;
        if running.since.elapsed() < patience || queue.closed {
            return None;
        }
        queue.running = None;
        queue.epoch += 1;
        self.abort.store(true, Ordering::Release);
        let clip = queue.at_work.take().filter(|clip| queue.is_current(clip));
        let mut lost = String::new();
        if let Some(clip) = clip {
            let this = Some((clip.lane, clip.frames));
            if queue.put_back == this {
                let seconds = clip.evidence.length_ms.div_ceil(1000);
                lost = format!(", and {seconds} s of speech that it can't hear are lost");
            } else {
                queue.put_back = this;
                queue.finals.push_front(clip);
            }
        }
        let (seconds, pending) = (patience.as_secs().max(1), queue.finals.len());
        Some(format!(
            "the recogniser hung for {seconds} s and is started again{lost}; {pending} utterances wait for it. If that goes \
             on, start the program again with a smaller model"
        ))
    }

    /// Whether a recogniser is the one at work.
    pub fn is_at_work(&self, epoch: u64) -> bool {
        self.lock().epoch == epoch
    }

    /// Waits for the next clip. None when there will be none for this recogniser.
    pub fn take(&self, epoch: u64) -> Option<(Kind, Clip)> {
        let mut queue = self.lock();
        loop {
            if queue.epoch != epoch {
                return None;
            }
            if let Some((kind, clip)) = queue.next() {
                queue.at_work = (kind == Kind::Final).then(|| clip.clone());
                queue.running = Some(Running {
                    kind,
                    since: Instant::now(),
                    clip: (clip.lane, clip.generation, clip.ended),
                });
                self.abort.store(false, Ordering::Release);
                return Some((kind, clip));
            }
            if queue.closed {
                return None;
            }
            queue = self
                .bell
                .wait(queue)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The clip taken last is done.
    pub fn done(&self, epoch: u64) {
        let mut queue = self.lock();
        if queue.epoch != epoch {
            return;
        }
        queue.at_work = None;
        if let Some(Running { kind, since, .. }) = queue.running.take()
            && kind == Kind::Caption
            && !self.abort.load(Ordering::Acquire)
        {
            let cost = since.elapsed().as_secs_f64();
            queue.cost = if queue.cost == 0.0 {
                cost
            } else {
                queue.cost * 0.8 + cost * 0.2
            };
        }
    }

    /// What is to be said about the recogniser's pace right now, if anything. Asked by the listeners, too: a recogniser that
    /// hangs says nothing itself.
    pub fn report(&self) -> Option<Heard> {
        let mut queue = self.lock();
        let pending = queue.finals.len();
        let front = queue.finals.front();
        let behind = front.map_or(Duration::ZERO, |clip| clip.ended.elapsed());
        let told = queue.told.map(|told| told.elapsed());
        let due = match told {
            None => behind >= BEHIND,
            Some(ago) => pending == 0 || ago >= BACKLOG_EVERY,
        };
        if !due {
            return None;
        }
        queue.told = (pending > 0).then(Instant::now);
        let behind_ms = behind.as_millis() as u64;
        Some(Heard::Backlog { pending, behind_ms })
    }

    /// There will be no words: nothing is taken in any more.
    pub fn deafen(&self) {
        let mut queue = self.lock();
        queue.deaf = true;
        queue.finals.clear();
        queue.early.fill(None);
        queue.captions.fill(None);
    }

    /// Finishes the finals in line, then ends.
    pub fn close(&self) {
        let mut queue = self.lock();
        queue.closed = true;
        queue.early.fill(None);
        queue.captions.fill(None);
        if queue
            .running
            .is_some_and(|running| running.kind == Kind::Caption)
        {
            self.abort.store(true, Ordering::Release);
        }
        self.bell.notify_all();
    }
}

impl Queue {
    fn is_current(&self, clip: &Clip) -> bool {
        self.stands((clip.lane, clip.generation, clip.ended))
    }

    /// Whether no strike that came after a clip was cut reaches it: its lane, generation and end of speech.
    fn stands(&self, (lane, generation, ended): (usize, u64, Instant)) -> bool {
        let Some(strikes) = self.strikes.get(lane) else {
            return false;
        };
        let mut later = strikes
            .iter()
            .rev()
            .take_while(|(began, _)| *began > generation);
        later.all(|(_, since)| ended <= *since)
    }

    fn next(&mut self) -> Option<(Kind, Clip)> {
        if let Some(clip) = self.finals.pop_front() {
            return Some((Kind::Final, clip));
        }
        let early = self
            .early
            .iter_mut()
            .find_map(Option::take)
            .map(|clip| (Kind::Early, clip));
        // The caption that was asked for first, so that no lane starves the others.
        early.or_else(|| {
            let oldest = self.captions.iter_mut().filter(|clip| clip.is_some());
            let slot = oldest.min_by_key(|clip| clip.as_ref().map(|clip| clip.ended))?;
            slot.take().map(|clip| (Kind::Caption, clip))
        })
    }

    /// Drops the lane's oldest audio when it holds more than [`KEPT`].
    fn forget_oldest(&mut self, lane: usize) -> u64 {
        let mut held: usize = self
            .finals
            .iter()
            .filter(|clip| clip.lane == lane)
            .map(|clip| clip.audio.len())
            .sum();
        let mut lost = 0;
        while held > KEPT {
            let Some(at) = self.finals.iter().position(|clip| clip.lane == lane) else {
                break;
            };
            let Some(clip) = self.finals.remove(at) else {
                break;
            };
            held -= clip.audio.len();
            lost += clip.evidence.length_ms;
        }
        lost
    }
}
