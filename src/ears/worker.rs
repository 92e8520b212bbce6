//! The recogniser's thread: takes clips from the schedule, decodes, lets the guard judge, and says what was heard.

use std::collections::HashMap;
use std::sync::Arc;

use super::caption::Caption;
use super::guard::{self, Evidence, Reason, Verdict};
use super::recognize::{Effort, Failure, Hearing, Load, Recogniser, Word};
use super::schedule::{Clip, Kind, Schedule};
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
pub fn run(schedule: &Arc<Schedule>, load: Load, say: &Say) {
    let recogniser = match load() {
        Ok(recogniser) => recogniser,
        Err(sentence) => {
            schedule.deafen();
            say(Heard::Trouble(sentence));
            return;
        }
    };
    let mut worker = Worker {
        schedule,
        recogniser,
        say,
        early: HashMap::new(),
        captions: HashMap::new(),
        failures: 0,
    };
    while let Some((kind, clip)) = schedule.take() {
        worker.work(kind, &clip);
        schedule.done();
        schedule.report().into_iter().for_each(|report| say(report));
    }
}

struct Worker<'a> {
    schedule: &'a Arc<Schedule>,
    recogniser: Box<dyn Recogniser>,
    say: &'a Say,
    /// A lane's early text: generation and frames it is of, and what came out.
    early: HashMap<usize, (u64, (u64, u64), Outcome)>,
    /// A lane's caption: first frame of its utterance, and what is shown.
    captions: HashMap<usize, (u64, Caption)>,
    failures: u32,
}

impl Worker<'_> {
    fn work(&mut self, kind: Kind, clip: &Clip) {
        let worked = match kind {
            Kind::Caption => self.caption(clip),
            Kind::Early => self.early(clip),
            Kind::Final => self.finish(clip),
        };
        match worked {
            Ok(()) => self.failures = 0,
            Err(Failure::Stopped) => {}
            Err(failure @ Failure::Broken(_)) => {
                self.failures += 1;
                if self.failures == FAILURES || (self.failures == 1 && kind == Kind::Final) {
                    (self.say)(Heard::Trouble(failure.to_string()));
                }
            }
        }
    }

    fn caption(&mut self, clip: &Clip) -> Result<(), Failure> {
        let known = self.captions.get(&clip.lane);
        let settled = known
            .filter(|(start, _)| *start == clip.frames.0)
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
        if !self.schedule.is_current(clip) {
            return;
        }
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
            Some(_) | None => decode(&mut *self.recogniser, clip, &self.schedule.abort),
        };
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
        let outcome = outcome?;
        if current {
            (self.say)(told(outcome, clip));
        }
        Ok(())
    }
}

/// What a finished utterance has to say. What is dropped is logged without a word of what was heard.
fn told(outcome: Outcome, clip: &Clip) -> Heard {
    match outcome {
        Outcome::Text(text, confidence, _) => Heard::Final {
            lane: clip.lane,
            start_ms: clip.start_ms,
            end_ms: clip.end_ms,
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
