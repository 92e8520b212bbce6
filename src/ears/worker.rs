//! The recogniser's thread: takes clips from the schedule, decodes, lets the guard judge, and says what was heard.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::caption::Caption;
use super::governor::Governor;
use super::guard::{self, Evidence, Reason, Verdict};
use super::recognize::{Effort, Failure, Hearing, Load, Recogniser, Word, text};
use super::schedule::{Clip, Kind, Schedule, Waiting};
use super::seam::{self, Held};
use super::{Heard, Say};

/// A recogniser that fails this often in a row is broken, and saying so once is enough.
const FAILURES: u32 = 3;

/// What became of a clip: its text and how sure it is, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Text, confidence from 0 to 1, and the words as they were heard.
    Text(String, f32, Vec<Word>),
    /// Nothing was said, as far as the guard can tell.
    Nothing(Reason),
}

/// Decodes until the schedule is closed and empty.
pub fn run(schedule: &Arc<Schedule>, load: &Mutex<Load>, say: &Say, epoch: u64) {
    // A recogniser that hangs while it is loaded holds the lock: then there is nothing to load with any more.
    let loaded = load.try_lock().map_or_else(
        |_| Err("the speech model can't be loaded again: start the program again".to_owned()),
        |mut load| load(),
    );
    let recogniser = match loaded {
        Ok(recogniser) => recogniser,
        Err(sentence) => {
            schedule.deafen();
            tell_held(schedule, say);
            say(Heard::Trouble(sentence));
            return;
        }
    };
    let mut worker = Worker {
        schedule,
        epoch,
        governor: Governor::new(recogniser.threads()),
        began: Instant::now(),
        recogniser,
        load,
        say,
        early: HashMap::new(),
        captions: HashMap::new(),
        failures: 0,
        loaded_again: false,
    };
    while let Some((kind, clip)) = schedule.take(epoch) {
        let began = Instant::now();
        worker.work(kind, &clip);
        if kind != Kind::Caption {
            worker.govern(&clip, began.elapsed());
        }
        schedule.done(epoch);
        schedule.report().into_iter().for_each(|report| say(report));
    }
    if schedule.is_at_work(epoch) {
        tell_held(schedule, say);
    }
}

/// Tells what waited at a cut for a piece that does not come any more.
pub fn tell_held(schedule: &Schedule, say: &Say) {
    for (clip, held) in schedule.all_held() {
        say(told(alone(held), &clip));
    }
}

struct Worker<'a> {
    schedule: &'a Arc<Schedule>,
    /// Its number at the schedule.
    epoch: u64,
    recogniser: Box<dyn Recogniser>,
    load: &'a Mutex<Load>,
    governor: Governor,
    began: Instant,
    say: &'a Say,
    /// A lane's early text: generation and frames it is of, and what came out.
    early: HashMap<usize, (u64, (u64, u64), Outcome)>,
    /// A lane's caption: first frame of its utterance, and what is shown.
    captions: HashMap<usize, (u64, Caption)>,
    failures: u32,
    /// Whether it was loaded anew since it last worked: once is tried, not with each sentence.
    loaded_again: bool,
}

impl Worker<'_> {
    fn work(&mut self, kind: Kind, clip: &Clip) {
        let worked = match kind {
            Kind::Caption => self.caption(clip),
            Kind::Early => self.early(clip),
            Kind::Final => self.finish(clip),
        };
        match worked {
            Ok(()) => (self.failures, self.loaded_again) = (0, false),
            Err(Failure::Stopped) => {}
            Err(failure @ Failure::Broken(_)) => {
                self.failures += 1;
                if self.failures == FAILURES || (self.failures == 1 && kind == Kind::Final) {
                    (self.say)(Heard::Trouble(failure.to_string()));
                }
            }
        }
    }

    /// As many threads as suit what else the laptop does.
    fn govern(&mut self, clip: &Clip, took: Duration) {
        let audio = Duration::from_millis(clip.evidence.length_ms);
        let threads = self.governor.decoded(audio, took, self.began.elapsed());
        if threads != self.recogniser.threads() {
            tracing::info!(threads, "the recogniser's threads");
            self.recogniser.use_threads(threads);
        }
    }

    /// Whether a clip still counts, and this recogniser too.
    fn counts(&self, clip: &Clip) -> bool {
        self.schedule.is_at_work(self.epoch) && self.schedule.is_current(clip)
    }

    /// A final's text. A recogniser that breaks is loaded once more before the words are given up.
    fn decode(&mut self, clip: &Clip) -> Result<Outcome, Failure> {
        let stop = &self.schedule.abort;
        match decode(&mut *self.recogniser, clip, stop) {
            Err(Failure::Broken(why)) if !self.loaded_again => {
                self.loaded_again = true;
                tracing::warn!("the recogniser failed ({why}) and is loaded again");
                let again = self.load.try_lock().ok().and_then(|mut load| load().ok());
                if let Some(again) = again {
                    self.recogniser = again;
                }
                decode(&mut *self.recogniser, clip, stop)
            }
            decoded => decoded,
        }
    }

    fn caption(&mut self, clip: &Clip) -> Result<(), Failure> {
        let known = self.captions.get(&clip.lane);
        let settled = known
            // Of a piece of running talk the caption begins with words of the piece before.
            .filter(|(start, _)| *start == clip.frames.0 && clip.piece.head == 0)
            .map(|(_, caption)| caption.settled())
            .unwrap_or_default();
        let hearing = self
            .recogniser
            .hear_more(&clip.audio, &settled, &self.schedule.abort)?;
        self.show(clip, hearing.spelt());
        Ok(())
    }

    /// Shows what was heard of an utterance that may go on.
    fn show(&mut self, clip: &Clip, words: Vec<Word>) {
        if !self.counts(clip) {
            return;
        }
        let before = self.schedule.waiting(clip.lane);
        let words = if clip.piece.head > 0 && before.is_some() {
            seam::take(before, words, clip.piece).0
        } else {
            words
        };
        let (start, caption) = self.captions.entry(clip.lane).or_default();
        if *start != clip.frames.0 {
            (*start, *caption) = (clip.frames.0, Caption::default());
        }
        let (settled, tentative) = caption.hear(words);
        (self.say)(Heard::Partial {
            lane: clip.lane,
            settled,
            tentative,
        });
    }

    fn early(&mut self, clip: &Clip) -> Result<(), Failure> {
        let outcome = decode(&mut *self.recogniser, clip, &self.schedule.abort)?;
        if let Outcome::Text(_, _, words) = &outcome {
            self.show(clip, words.clone());
        }
        self.early
            .insert(clip.lane, (clip.generation, clip.frames, outcome));
        Ok(())
    }

    fn finish(&mut self, clip: &Clip) -> Result<(), Failure> {
        let ready = self.early.remove(&clip.lane);
        let outcome = match ready {
            Some((generation, frames, outcome))
                if (generation, frames) == (clip.generation, clip.frames) =>
            {
                Ok(outcome)
            }
            Some(_) | None => self.decode(clip),
        };
        if !self.schedule.is_at_work(self.epoch) {
            return Ok(());
        }
        let current = self.schedule.is_current(clip);
        if self
            .captions
            .remove(&clip.lane)
            .is_some_and(|(_, caption)| !caption.is_empty())
        {
            (self.say)(Heard::Partial {
                lane: clip.lane,
                settled: String::new(),
                tentative: String::new(),
            });
        }
        let (outcome, failed) = match outcome {
            Err(failure @ Failure::Broken(_)) => (Outcome::Nothing(Reason::Failed), Err(failure)),
            Err(Failure::Stopped) => return Err(Failure::Stopped),
            Ok(outcome) => (outcome, Ok(())),
        };
        if current {
            self.tell(outcome, clip);
        }
        failed
    }

    /// Tells what a finished utterance has to say, and what waited for it.
    fn tell(&self, outcome: Outcome, clip: &Clip) {
        let (now, later) = parts(self.schedule.held(clip.lane), outcome, clip);
        if let Some((clip, held)) = later {
            self.schedule.hold(clip, held);
        }
        for (outcome, clip) in now {
            (self.say)(told(outcome, &clip));
        }
    }
}

/// What can be told once a clip was heard, in order and each with the clip that it is of, and what waits now. `held` is what
/// waited on its lane. Where running talk was cut, the last words of a piece wait for the next, which heard them, too.
pub fn parts(
    held: Option<Waiting>,
    outcome: Outcome,
    clip: &Clip,
) -> (Vec<(Outcome, Clip)>, Option<Waiting>) {
    let mut now = Vec::new();
    let joins = clip.piece.head > 0 && matches!(outcome, Outcome::Text(..));
    let mut before = None;
    if let Some((clip, held)) = held {
        if joins {
            before = Some(held);
        } else {
            now.push((alone(held), clip));
        }
    }
    match outcome {
        Outcome::Text(whole, confidence, words) if before.is_some() || clip.piece.tail > 0 => {
            let words = kept(&whole, confidence, words);
            let (told, later) = seam::take(before, words, clip.piece);
            if !told.is_empty() {
                let outcome = Outcome::Text(text(&told), confidence, told);
                now.push((outcome, clip.silent()));
            }
            (now, later.map(|held| (clip.silent(), held)))
        }
        outcome => {
            now.push((outcome, clip.silent()));
            (now, None)
        }
    }
}

/// Words that waited for a piece which never came.
pub fn alone(held: Held) -> Outcome {
    let sure: f32 = held.words.iter().map(|word| word.sure).sum();
    let confidence = sure / held.words.len().max(1) as f32;
    Outcome::Text(text(&held.words), confidence, held.words)
}

/// The words of a text: those that were heard, or, where the guard cut something out, as sure as the whole.
fn kept(whole: &str, confidence: f32, words: Vec<Word>) -> Vec<Word> {
    if whole == text(&words) {
        return words;
    }
    let word = |text: &str| Word {
        text: text.to_owned(),
        sure: confidence,
        ..Word::default()
    };
    whole.split_whitespace().map(word).collect()
}

/// What a finished utterance has to say. What is dropped is logged without a word of what was heard.
fn told(outcome: Outcome, clip: &Clip) -> Heard {
    match outcome {
        Outcome::Text(text, confidence, words) => Heard::Final {
            lane: clip.lane,
            start_ms: clip.start_ms,
            end_ms: clip.end_ms,
            sure: sureness(&text, &words),
            text,
            confidence,
            waited_ms: clip.ended.elapsed().as_millis() as u64,
            above_db: clip.evidence.above,
        },
        Outcome::Nothing(reason) => {
            let Evidence {
                voiced_ms,
                length_ms,
                score,
                above,
            } = clip.evidence;
            tracing::info!(
                lane = clip.lane,
                voiced_ms,
                length_ms,
                score,
                above,
                "dropped as noise: {}",
                reason.words()
            );
            Heard::Dropped {
                lane: clip.lane,
                ms: voiced_ms,
                reason,
            }
        }
    }
}

/// How sure each word of a text is; empty where the guard cut something out, so that the words are no longer those heard.
pub fn sureness(text: &str, words: &[Word]) -> Vec<f32> {
    let same = text
        .split_whitespace()
        .eq(words.iter().map(|word| word.text.as_str()));
    if same {
        words.iter().map(|word| word.sure).collect()
    } else {
        Vec::new()
    }
}

/// Decodes a final: once, and a second time with the whole window when it came out badly.
pub fn decode(
    recogniser: &mut dyn Recogniser,
    clip: &Clip,
    stop: &Arc<std::sync::atomic::AtomicBool>,
) -> Result<Outcome, Failure> {
    let first = recogniser.hear(&clip.audio, Effort::Final, stop)?;
    match guard::judge(&first, &clip.evidence, false) {
        Verdict::Keep(text) => Ok(text_of(text, &first)),
        Verdict::Drop(reason) => Ok(Outcome::Nothing(reason)),
        Verdict::Again(_) => {
            let second = recogniser.hear(&clip.audio, Effort::Careful, stop)?;
            let empty = guard::normal_words(&first.text).is_empty();
            let better = if empty || second.mean_log >= first.mean_log {
                second
            } else {
                first
            };
            match guard::judge(&better, &clip.evidence, true) {
                Verdict::Keep(text) => Ok(text_of(text, &better)),
                Verdict::Drop(reason) | Verdict::Again(reason) => Ok(Outcome::Nothing(reason)),
            }
        }
    }
}

fn text_of(text: String, hearing: &Hearing) -> Outcome {
    Outcome::Text(
        text,
        hearing.mean_log.exp().clamp(0.0, 1.0),
        hearing.spelt(),
    )
}
