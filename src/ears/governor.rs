//! How many threads the recogniser may use: all it was given, but one while the laptop is busy with other work.

use std::time::Duration;

/// Decoding that takes this many times as long as it can is in somebody's way.
const SLOW: f32 = 2.0;
/// So many slow decodings in a row are no accident.
const IN_A_ROW: u32 = 3;
/// After this long all threads are tried again.
const AGAIN: Duration = Duration::from_secs(60);
/// The best time is forgotten slowly (2 % a decoding): it may have been measured on a lucky clip.
const FORGET: f32 = 1.02;
/// Every clip costs as if it were this much longer: the window has air, and few words cost, too.
const AIR_S: f32 = 2.5;

/// Decides on threads from how long decodings take. Pure: it is told the time.
#[derive(Debug)]
pub struct Governor {
    most: usize,
    now: usize,
    /// Seconds a second of audio, at best, with all threads.
    best: Option<f32>,
    slow: u32,
    /// When it went down to one thread.
    since: Duration,
}

impl Governor {
    /// A governor of a recogniser that was given `most` threads.
    pub fn new(most: usize) -> Governor {
        Governor {
            most,
            now: most,
            best: None,
            slow: 0,
            since: Duration::ZERO,
        }
    }

    /// A clip of `audio` took `took`; it is `at` since the start. Returns how many threads to use next.
    pub fn decoded(&mut self, audio: Duration, took: Duration, at: Duration) -> usize {
        if self.now < self.most {
            if at.saturating_sub(self.since) >= AGAIN {
                (self.now, self.slow) = (self.most, 0);
            }
            return self.now;
        }
        let pace = took.as_secs_f32() / (audio.as_secs_f32() + AIR_S);
        let best = self.best.map_or(pace, |best| (best * FORGET).min(pace));
        self.best = Some(best);
        self.slow = if pace > best * SLOW { self.slow + 1 } else { 0 };
        if self.slow >= IN_A_ROW && self.most > 1 {
            (self.now, self.slow, self.since) = (1, 0, at);
        }
        self.now
    }
}
