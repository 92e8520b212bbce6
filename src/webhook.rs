//! The show's webhook: alerts posted the way Slack takes them, in order, tried again until each has arrived.
//!
//! The queue lives in the store: an alert that was not acknowledged is handed over again after a restart. A thread of
//! its own does the waiting, so a slow or missing network is never felt on the board.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::domain::Stamp;

/// One alert to post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The deed that raised it.
    pub alert: Stamp,
    /// What to say, plain text.
    pub text: String,
}

/// How patient the webhook's thread is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The pause after the first failure; each further one doubles it.
    pub first: Duration,
    /// The longest pause.
    pub most: Duration,
    /// How long one attempt may take.
    pub patience: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(2),
            most: Duration::from_secs(300),
            patience: Duration::from_secs(10),
        }
    }
}

/// The way to the webhook. Dropping it lets its thread end after the attempt under way.
#[derive(Debug)]
pub struct Webhook {
    queue: Option<Sender<Post>>,
}

impl Webhook {
    /// Starts posting to an address. `outcome` gets each alert that arrived, or a sentence saying why one could not;
    /// it is called on the webhook's own thread.
    pub fn start(
        address: String,
        pace: Pace,
        outcome: impl FnMut(Result<Stamp, String>) + Send + 'static,
    ) -> Self {
        let (queue, waiting) = channel();
        let started = thread::Builder::new()
            .name("webhook".into())
            .spawn(move || work(&waiting, &address, pace, outcome));
        if let Err(error) = &started {
            tracing::warn!(%error, "no thread for the webhook");
        }
        Self {
            queue: started.is_ok().then_some(queue),
        }
    }

    /// Hands a post over and returns at once.
    pub fn send(&self, post: Post) {
        if let Some(queue) = &self.queue {
            // The thread ends with the program alone; the store keeps what it did not acknowledge.
            let _ = queue.send(post);
        }
    }
}

/// Posts in order until the queue is closed. One that fails goes to the end: an alert the other side will not take must not
/// hold up the rest.
fn work(
    waiting: &Receiver<Post>,
    address: &str,
    pace: Pace,
    mut outcome: impl FnMut(Result<Stamp, String>),
) {
    let agent = agent(pace.patience);
    let mut posts: VecDeque<Post> = VecDeque::new();
    let mut pause = pace.first;
    let mut due = Instant::now();
    loop {
        let left = due.saturating_duration_since(Instant::now());
        let came = if posts.is_empty() {
            waiting.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            waiting.recv_timeout(left)
        };
        match came {
            Ok(post) => posts.push_back(post),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        if Instant::now() < due {
            continue;
        }
        let Some(post) = posts.pop_front() else {
            continue;
        };
        match attempt(&agent, address, &post.text) {
            Ok(()) => {
                pause = pace.first;
                outcome(Ok(post.alert));
            }
            Err(failed) => {
                posts.push_back(post);
                due = Instant::now() + failed.after.unwrap_or(pause).clamp(pace.first, pace.most);
                pause = (pause * 2).min(pace.most);
                outcome(Err(failed.sentence));
            }
        }
    }
}

/// Why an attempt failed, and how long the other side asked to be left alone.
struct Failed {
    sentence: String,
    after: Option<Duration>,
}

fn agent(patience: Duration) -> ureq::Agent {
    ureq::Agent::config_builder()
        .timeout_global(Some(patience))
        .http_status_as_error(false)
        .max_redirects(0)
        .build()
        .into()
}

fn attempt(agent: &ureq::Agent, address: &str, text: &str) -> Result<(), Failed> {
    let body = serde_json::json!({ "text": escape(text) }).to_string();
    let answer = agent
        .post(address)
        .header("Content-Type", "application/json")
        .send(body)
        .map_err(|error| Failed {
            sentence: format!(
                "the webhook can't be reached ({error}); alerts wait and are sent when it can"
            ),
            after: None,
        })?;
    let status = answer.status().as_u16();
    if (200..300).contains(&status) {
        return Ok(());
    }
    let after = answer
        .headers()
        .get("Retry-After")
        .and_then(|value| value.to_str().ok()?.parse().ok())
        .map(Duration::from_secs);
    let remedy = match status {
        400..=407 | 409..=428 => "check its address in show.toml; alerts wait",
        _ => "alerts wait and are sent again",
    };
    Err(Failed {
        sentence: format!("the webhook answers {status}; {remedy}"),
        after,
    })
}

/// The three characters that Slack takes for markup, made harmless; control characters but line breaks become blanks.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '\n' => safe.push('\n'),
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}
