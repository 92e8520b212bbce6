//! A sound bridge that wakes us again and again before a buffer is full: told from real hardware, and waited out.
//!
//! ALSA's bridge to a sound server reports "ready" as soon as any sample is there, cpal asks for a whole buffer, and between
//! the two a thread spins: measured 22 to 28 % of a core for each microphone, all day. Sleeping until the buffer should be
//! full costs nothing and loses nothing, because as much again fits behind it. Hardware, which wakes us when it has
//! a buffer, never burns that much and is never waited for.
//!
//! Pure: it is told the time and what the thread has burned.

use std::time::Duration;

/// From which share of a core on a stream counts as spinning, in percent: fifty buffers a second of real hardware take less
/// than a third of it, a bridge that is asked at every piece 1.3 to 2.6 (measured).
const SPINS: u32 = 1;
/// Shorter buffers are never waited out: fetching many small ones costs as much as that honestly, and a sleep that
/// overshoots would lose sound.
const SHORTEST: Duration = Duration::from_millis(10);
/// Over how many buffers that is measured.
const SURE: u32 = 50;
/// The time at which the next buffer is expected creeps earlier by this share of a buffer, so that a server's clock which is
/// faster than ours is followed: an eighth of a percent, far more than clocks differ.
const CREEP: u32 = 800;
/// A buffer that cost more than the cheapest by up to this share of its length was there.
const AT_ONCE: u32 = 40;
/// A buffer that was late moves the expectation by this share of a buffer: one hiccup is no new rhythm, and all the while
/// that it creeps back (100 buffers) the thread finds its buffer full and asks once. Moved by the lateness alone it asked
/// half the time too early, and spun 0.5 % of a core away.
const LATE: u32 = 8;

/// What one stream's thread does.
#[derive(Clone, Debug)]
pub struct Bridge {
    buffer: Duration,
    /// When the measurement began, and what the thread had burned by then.
    since: Option<(Duration, Duration)>,
    buffers: u32,
    /// When the next buffer is expected: once the stream is known to spin.
    due: Option<Due>,
}

#[derive(Clone, Copy, Debug)]
struct Due {
    at: Duration,
    /// What the thread had burned when the last buffer was taken.
    spent: Duration,
    /// The least that a buffer has cost: asking and copying, without any spinning.
    least: Duration,
}

impl Bridge {
    /// A stream whose buffers hold this much sound.
    pub fn new(buffer: Duration) -> Self {
        Self {
            buffer,
            since: None,
            buffers: 0,
            due: None,
        }
    }

    /// A buffer was taken at `now` (steady), and the thread has burned `spent` in all. How long to sleep before asking for the
    /// next one; mostly nothing.
    pub fn taken(&mut self, now: Duration, spent: Duration) -> Duration {
        if let Some(due) = self.due {
            let due = self.next(now, spent, due);
            self.due = Some(due);
            return due.at.saturating_sub(now);
        }
        if self.buffer < SHORTEST {
            return Duration::ZERO;
        }
        let (then, before) = *self.since.get_or_insert((now, spent));
        self.buffers += 1;
        if self.buffers > SURE {
            let (passed, burned) = (now.saturating_sub(then), spent.saturating_sub(before));
            self.due = (burned * 100 > passed * SPINS).then_some(Due {
                // Too late at first, so that a buffer is there and tells what one costs without spinning.
                at: now + self.buffer / LATE,
                spent,
                least: Duration::MAX,
            });
            (self.since, self.buffers) = (None, 0);
        }
        Duration::ZERO
    }

    /// When the buffer after this one is expected. Only what was burned tells that it was late: a thread that slept too long, or
    /// that other work held up, burns nothing.
    fn next(&self, now: Duration, spent: Duration, due: Due) -> Due {
        let burned = spent.saturating_sub(due.spent);
        let least = due.least.min(burned);
        let late = if burned > least + self.buffer / AT_ONCE {
            self.buffer / LATE
        } else {
            Duration::ZERO
        };
        let next = (due.at + late + self.buffer).saturating_sub(self.buffer / CREEP);
        // A laptop that slept, a server that was started again: a new rhythm.
        let lost = next + self.buffer * 4 < now || next > now + self.buffer * 2;
        Due {
            at: if lost { now } else { next },
            spent,
            least,
        }
    }
}
