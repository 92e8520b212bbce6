//! Where an utterance begins and ends: frames in, cuts out.
//!
//! Pure: it counts frames and never sees a sample or a clock, so its tests state the exact frame of each cut. All constants
//! of endpointing stand here, each with its reason.

use std::collections::VecDeque;

use super::seam::Piece;

/// Samples of one frame at 16 kHz; the voice detector takes exactly this many.
pub const FRAME: usize = 256;
/// Length of one frame in milliseconds.
pub const FRAME_MS: u64 = 16;

/// Onset: this many of the last [`ONSET_OF`] frames must be voice. One voiced frame is a click, four are a syllable.
const ONSET: usize = 4;
/// The window in which the onset frames are counted (96 ms).
const ONSET_OF: usize = 6;
/// A frame counts as voice from this score on; earshot's own recommendation.
pub const VOICE: f32 = 0.5;
/// An onset must stand this many dB above the floor: babble of the hall is speech too, but it is farther away.
const NEAR_DB: f32 = 6.0;
/// Audio kept from before the onset (400 ms): soft consonants start before the detector is sure.
pub const PRE_ROLL: u64 = 25;
/// Speech goes on while the smoothed score stays above this; lower than [`VOICE`], so that a weak syllable ends nothing.
const GOES_ON: f32 = 0.35;
/// Frames over which the score is smoothed (80 ms), so that one odd frame neither ends nor prolongs.
const SMOOTH: usize = 5;
/// Audio kept after the last voiced frame (240 ms): trailing consonants are quiet, and Whisper likes a little air.
const TAIL: u64 = 15;
/// Silence after which the text is decoded early (240 ms); it equals [`TAIL`], so an early text is already the final one.
const PAUSE: u64 = TAIL;
/// Silence that ends an utterance (448 ms after the detector's last voice). The detector lets go about 180 ms after the
/// last sound (measured on the bundled talks), so nobody has spoken for 630 ms: pauses inside a sentence are mostly shorter.
const END: u64 = 28;
/// Silence that ends an utterance longer than 6 s (352 ms): nobody likes to wait for a long text.
const END_LONG: (u64, u64) = (375, 22);
/// Silence that ends an utterance longer than 10 s (288 ms): the model is at its best below 10 s.
const END_LONGER: (u64, u64) = (625, 18);
/// An utterance with fewer voiced frames (160 ms) is a cough or a click ...
const SHORTEST: u32 = 10;
/// ... unless the one before it ended less than this ago (1 s): then it belongs to running talk.
const NEIGHBOUR: u64 = 62;
/// From here (8 s) to [`RAMP_END`] (14 s) the bar for going on rises, so that the cut lands on the weakest moment.
const RAMP_START: u64 = 500;
/// See [`RAMP_START`].
const RAMP_END: u64 = 875;
/// What the bar rises to.
const RAMP_TO: f32 = 0.7;
/// From 8 s on an utterance is cut at a valley. Both pieces hear what lies around it, so that costs no word; shorter pieces
/// are told sooner and cost their captions less, and two or three sentences are enough for a model to go by. The bundled
/// one learned clips of up to 10 s: in pieces of 15 s it loses a word at every fourth place, in these none.
const CUT: u64 = 500;
/// At 20 s it is cut at the best place there is: the recogniser's window must hold it.
const CUT_HARD: u64 = 1250;
/// The valley is looked for in the last 4 s.
const VALLEY_WITHIN: usize = 250;
/// A valley is 100 ms long.
const VALLEY: usize = 6;
/// It counts as one when it is this much below the utterance's median level.
const VALLEY_DB: f32 = 6.0;
/// Running talk is cut with so much audio on both sides of the cut in both pieces (0.8 s, two or three words): the word at a
/// piece's edge may be heard in half, the one beside it is heard whole.
const OVERLAP: u64 = 50;
/// Weight of the score against the level when valleys are compared: a voiced frame counts as 20 dB louder.
const SCORE_DB: f32 = 20.0;
/// After talk without a break for 20 s the room itself is talking: then clearer speech is asked for to go on.
const BABBLE: u64 = 1250;
/// The bar for going on in babble.
const GOES_ON_BABBLE: f32 = 0.5;

/// What the segmenter needs to know of one frame of 16 ms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// How much it sounds like voice, 0 to 1.
    pub score: f32,
    /// Its level, dB below full scale.
    pub level: f32,
    /// How far its level stands above the room's floor, dB.
    pub above: f32,
}

/// A stretch of frames that is one utterance. Frames are counted from the lane's first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// First frame of its audio, pre-roll included.
    pub start: u64,
    /// One past the last frame of its audio, tail included.
    pub end: u64,
    /// One past the last frame with speech.
    pub speech_end: u64,
    /// How many of its frames are voice.
    pub voiced: u32,
    /// Mean score of the voiced frames.
    pub score: f32,
    /// Mean height of the voiced frames above the floor, dB.
    pub above: f32,
    /// How many of its first frames the utterance before has, too: it was cut off from running talk.
    pub head: u64,
    /// How many of its last frames the next one has, too.
    pub tail: u64,
}

impl Span {
    /// What it shares with its neighbours.
    pub fn piece(&self) -> Piece {
        Piece {
            length: self.end - self.start,
            head: self.head,
            tail: self.tail,
        }
    }
}

/// What the segmenter says after a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cut {
    /// Somebody began to speak; the audio begins at this frame.
    Open(u64),
    /// The speaker paused. If it was the end, the final text will be of exactly this span: time to decode it early.
    Pause(Span),
    /// It was not the end.
    Resume,
    /// The utterance is over. Where the span has a `tail`, it was cut in running talk and the next is open already.
    Close(Span),
    /// It was too short to be speech.
    Discard,
}

/// The open utterance.
#[derive(Clone, Copy, Debug)]
struct Open {
    start: u64,
    /// One past the last frame of speech.
    heard: u64,
    paused: bool,
    /// How many of its first frames the one before has, too.
    head: u64,
}

/// Finds utterances in a stream of frames.
#[derive(Debug, Default)]
pub struct Segmenter {
    /// Frames seen so far.
    now: u64,
    /// The last 20 s of frames and a little more, for valleys and for what a span consisted of.
    past: VecDeque<Frame>,
    open: Option<Open>,
    /// Where the last utterance's audio ended: the next one's pre-roll begins no earlier, or words would double.
    last_end: u64,
    /// Where the talk began that has not been ended by silence since.
    unbroken: u64,
}

impl Segmenter {
    /// A segmenter that has heard nothing yet.
    pub fn new() -> Segmenter {
        Segmenter::default()
    }

    /// Frames seen so far; the next frame has this number.
    pub fn now(&self) -> u64 {
        self.now
    }

    /// First frame of the open utterance, if there is one, and how many of its frames are voice.
    pub fn open(&self) -> Option<Span> {
        self.open.map(|open| self.span(open, self.now, open.heard))
    }

    /// Whether the open utterance is in a pause.
    pub fn paused(&self) -> bool {
        self.open.is_some_and(|open| open.paused)
    }

    /// Whether somebody is in the middle of a word right now: the last frame was speech.
    pub fn speaking(&self) -> bool {
        self.open.is_some_and(|open| open.heard == self.now)
    }

    /// Takes one frame.
    pub fn push(&mut self, frame: Frame) -> Option<Cut> {
        if self.past.len() as u64 > CUT_HARD + PRE_ROLL {
            self.past.pop_front();
        }
        self.past.push_back(frame);
        self.now += 1;
        match self.open {
            None => self.listen(),
            Some(open) => self.follow(open),
        }
    }

    /// Ends what is open: the lane stops, or its microphone is gone.
    pub fn finish(&mut self) -> Option<Cut> {
        let open = self.open?;
        let end = (open.heard + TAIL).min(self.now);
        Some(self.close(open, end))
    }

    /// Forgets what is open without a word.
    pub fn forget(&mut self) {
        self.open = None;
        self.last_end = self.now;
    }

    fn listen(&mut self) -> Option<Cut> {
        let onset = |frame: &Frame| frame.score >= VOICE && frame.above >= NEAR_DB;
        let recent = self.past.len().saturating_sub(ONSET_OF);
        let hits = self
            .past
            .range(recent..)
            .filter(|frame| onset(frame))
            .count();
        if hits < ONSET {
            return None;
        }
        let first = self.past.range(recent..).position(onset).unwrap_or(0);
        let heard = self.now - (self.past.len() - recent - first) as u64;
        let start = heard.saturating_sub(PRE_ROLL).max(self.last_end);
        self.unbroken = start;
        self.open = Some(Open {
            start,
            heard: self.now,
            paused: false,
            head: 0,
        });
        Some(Cut::Open(start))
    }

    fn follow(&mut self, mut open: Open) -> Option<Cut> {
        let length = self.now - open.start;
        if self.smoothed() >= self.bar(length) {
            open.heard = self.now;
            let resumed = std::mem::take(&mut open.paused);
            self.open = Some(open);
            if let Some(valley) = self.valley(open.start, length) {
                return Some(self.cut(open, valley));
            }
            return resumed.then_some(Cut::Resume);
        }
        let silence = self.now - open.heard;
        if silence >= patience(length) {
            return Some(self.close(open, (open.heard + TAIL).min(self.now)));
        }
        if silence >= PAUSE && !open.paused {
            open.paused = true;
            self.open = Some(open);
            let span = self.span(open, open.heard + TAIL, open.heard);
            return (span.voiced >= SHORTEST).then_some(Cut::Pause(span));
        }
        None
    }

    /// Cuts running talk at a valley. What lies around it is in both pieces.
    fn cut(&mut self, open: Open, at: u64) -> Cut {
        let end = (at + OVERLAP).min(self.now);
        let next = at.saturating_sub(OVERLAP).max(open.start + open.head);
        let tail = end - next;
        let span = Span {
            tail,
            ..self.span(open, end, end - tail / 2)
        };
        self.open = Some(Open {
            start: next,
            head: tail,
            ..open
        });
        self.last_end = at;
        Cut::Close(span)
    }

    fn close(&mut self, open: Open, end: u64) -> Cut {
        let span = self.span(open, end, open.heard.min(end));
        let neighbour = self.last_end > 0 && open.start.saturating_sub(self.last_end) < NEIGHBOUR;
        self.open = None;
        if span.voiced < SHORTEST && !neighbour {
            return Cut::Discard;
        }
        self.last_end = end;
        Cut::Close(span)
    }

    fn babble(&self) -> bool {
        self.now - self.unbroken > BABBLE
    }

    fn smoothed(&self) -> f32 {
        let recent = self.past.len().saturating_sub(SMOOTH);
        let sum: f32 = self.past.range(recent..).map(|frame| frame.score).sum();
        sum / SMOOTH as f32
    }

    /// The score that speech must keep to go on, after `length` frames.
    fn bar(&self, length: u64) -> f32 {
        let low = if self.babble() {
            GOES_ON_BABBLE
        } else {
            GOES_ON
        };
        let ramp = length.clamp(RAMP_START, RAMP_END) - RAMP_START;
        low + (RAMP_TO - low) * ramp as f32 / (RAMP_END - RAMP_START) as f32
    }

    /// Where to cut talk that has run for too long: the middle of its weakest 100 ms.
    fn valley(&self, start: u64, length: u64) -> Option<u64> {
        if length < CUT {
            return None;
        }
        // What follows the cut is heard by both pieces, so it has to be there.
        let until = self.past.len().saturating_sub(OVERLAP as usize);
        let within = self.past.len().saturating_sub(VALLEY_WITHIN).min(until);
        let recent: Vec<Frame> = self.past.range(within..until).copied().collect();
        let weight = |window: &[Frame]| {
            window
                .iter()
                .map(|frame| frame.level + SCORE_DB * frame.score)
                .sum::<f32>()
                / VALLEY as f32
        };
        let (at, low) = recent
            .windows(VALLEY)
            .enumerate()
            .min_by(|(_, a), (_, b)| weight(a).total_cmp(&weight(b)))?;
        let level = low.iter().map(|frame| frame.level).sum::<f32>() / VALLEY as f32;
        if level > self.median(start) - VALLEY_DB && length < CUT_HARD {
            return None;
        }
        let first = self.now - (self.past.len() - within) as u64;
        Some(first + (at + VALLEY / 2) as u64)
    }

    fn median(&self, start: u64) -> f32 {
        let mut levels: Vec<f32> = self
            .frames(start, self.now)
            .map(|frame| frame.level)
            .collect();
        levels.sort_by(f32::total_cmp);
        levels.get(levels.len() / 2).copied().unwrap_or(0.0)
    }

    fn frames(&self, start: u64, end: u64) -> impl Iterator<Item = &Frame> {
        let oldest = self.now - self.past.len() as u64;
        let from = start.saturating_sub(oldest) as usize;
        let to = (end.saturating_sub(oldest) as usize).min(self.past.len());
        self.past.range(from.min(to)..to)
    }

    fn span(&self, open: Open, end: u64, speech_end: u64) -> Span {
        let Open { start, head, .. } = open;
        let (mut voiced, mut score, mut above) = (0, 0.0, 0.0);
        for frame in self.frames(start, end).filter(|frame| frame.score >= VOICE) {
            voiced += 1;
            score += frame.score;
            above += frame.above;
        }
        let count = voiced.max(1) as f32;
        Span {
            start,
            end,
            speech_end,
            voiced,
            score: score / count,
            above: above / count,
            head,
            tail: 0,
        }
    }
}

/// How many frames of silence end an utterance of `length` frames.
fn patience(length: u64) -> u64 {
    [END_LONGER, END_LONG]
        .into_iter()
        .find(|(from, _)| length > *from)
        .map_or(END, |(_, frames)| frames)
}
