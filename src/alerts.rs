//! Desktop notifications, sent off the loop.
//!
//! A notification daemon may be missing, slow or frozen, and the booth must not notice: alerts have a thread of their
//! own, a short queue, two seconds each, and after three failures in a row they are off until the program starts again.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

/// How long a daemon may take. A frozen one never answers; a healthy one needs some 10 ms.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// Failures in a row after which no alert is tried any more.
pub const FAILURES: u8 = 3;

/// How many alerts may wait: two lanes can meet two targets at once.
const QUEUE: usize = 4;

/// Letters of a body; a bubble shows less.
const BODY_CHARS: usize = 400;

/// What the captain should see even when the board is behind another window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// The title, plain text.
    pub summary: String,
    /// The rest, plain text; it is escaped for the daemon.
    pub body: String,
    /// Stays until it is clicked away.
    pub urgent: bool,
}

/// What became of an alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The daemon has it.
    Shown,
    /// The daemon refused it or was not there: why.
    Failed(String),
    /// The third failure in a row: alerts are off from now on. Why the last one failed.
    Off(String),
}

/// The way to the desktop. Dropping it lets its thread end by itself.
#[derive(Debug)]
pub struct Alerts {
    queue: Option<SyncSender<Alert>>,
    off: Arc<AtomicBool>,
}

impl Alerts {
    /// Starts the alerts of the desktop. `outcome` is called on their thread, so it must not block.
    pub fn start(outcome: impl FnMut(Outcome) + Send + 'static) -> Self {
        Self::with(
            || Desktop::new().map(|mut it| move |alert: &Alert| it.show(alert)),
            outcome,
        )
    }

    /// Alerts that `make` delivers; it is called once, on their thread, because a bus connection can't move.
    pub fn with<Deliver>(
        make: impl FnOnce() -> Result<Deliver, String> + Send + 'static,
        outcome: impl FnMut(Outcome) + Send + 'static,
    ) -> Self
    where
        Deliver: FnMut(&Alert) -> Result<(), String>,
    {
        let (queue, waiting) = sync_channel(QUEUE);
        let off = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&off);
        let started = thread::Builder::new()
            .name("alerts".into())
            .spawn(move || work(&waiting, make, outcome, &flag));
        if let Err(error) = &started {
            tracing::warn!(%error, "no thread for alerts");
        }
        Self {
            queue: started.is_ok().then_some(queue),
            off,
        }
    }

    /// Hands an alert over and returns at once. False where it is dropped: too many wait already, or alerts are off.
    pub fn send(&self, alert: Alert) -> bool {
        self.is_on()
            && self
                .queue
                .as_ref()
                .is_some_and(|queue| queue.try_send(alert).is_ok())
    }

    /// Whether alerts are still tried.
    pub fn is_on(&self) -> bool {
        self.queue.is_some() && !self.off.load(Ordering::Relaxed)
    }
}

/// Delivers until the queue is closed or the daemon has failed too often.
fn work<Deliver>(
    waiting: &Receiver<Alert>,
    make: impl FnOnce() -> Result<Deliver, String>,
    mut outcome: impl FnMut(Outcome),
    off: &AtomicBool,
) where
    Deliver: FnMut(&Alert) -> Result<(), String>,
{
    let mut deliver = match make() {
        Ok(deliver) => deliver,
        Err(why) => {
            off.store(true, Ordering::Relaxed);
            outcome(Outcome::Off(why));
            return;
        }
    };
    let mut failures = 0;
    while let Ok(alert) = waiting.recv() {
        match deliver(&alert) {
            Ok(()) => {
                failures = 0;
                outcome(Outcome::Shown);
            }
            Err(why) if failures + 1 < FAILURES => {
                failures += 1;
                outcome(Outcome::Failed(why));
            }
            Err(why) => {
                off.store(true, Ordering::Relaxed);
                outcome(Outcome::Off(why));
                return;
            }
        }
    }
}

/// The desktop's own notifications, on a small runtime of this thread.
struct Desktop {
    runtime: tokio::runtime::Runtime,
}

impl Desktop {
    fn new() -> Result<Self, String> {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map(|runtime| Self { runtime })
            .map_err(|error| error.to_string())
    }

    /// Never `Notification::show`: inside a runtime it panics, and it has no time limit.
    fn show(&mut self, alert: &Alert) -> Result<(), String> {
        let notification = notification(alert);
        self.runtime.block_on(async {
            match tokio::time::timeout(PATIENCE, notification.show_async()).await {
                Ok(Ok(_)) => Ok(()),
                Ok(Err(error)) => Err(error.to_string()),
                Err(_) => Err(format!(
                    "the desktop did not answer within {} s",
                    PATIENCE.as_secs()
                )),
            }
        })
    }
}

fn notification(alert: &Alert) -> notify_rust::Notification {
    let mut notification = notify_rust::Notification::new();
    notification
        .appname("boothside")
        .summary(&one_line(&alert.summary))
        .body(&escape(&alert.body));
    #[cfg(all(unix, not(target_os = "macos")))]
    notification.urgency(if alert.urgent {
        notify_rust::Urgency::Critical
    } else {
        notify_rust::Urgency::Normal
    });
    notification
}

/// The first letters of a text, without line breaks and control characters.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(BODY_CHARS)
        .collect()
}

/// The text with what daemons take for markup made harmless, shortened to what a bubble can show.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len().min(BODY_CHARS * 2));
    for (count, c) in text.chars().enumerate() {
        if count == BODY_CHARS {
            safe.push('…');
            break;
        }
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '\n' => safe.push('\n'),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}
