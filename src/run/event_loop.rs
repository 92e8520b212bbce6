//! The loop: wait for a message or a deadline, take in all that waits, perform effects, draw at most 60 times a second.

use std::io::{self, stdout};
use std::time::{Duration, Instant};

use crossterm::event::{Event, EventStream};
use crossterm::execute;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use futures_util::StreamExt;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc::Receiver;
use tokio::time::sleep;

use crate::app::{EarsSaid, Effect, Message, Model, update};
use crate::screen::{Look, draw};
use crate::terminal::{Screen, chord};

use super::edges::{Edges, Wish};
use super::wires::FromEdge;

/// Two frames are at least so far apart: 60 a second.
const FRAME: Duration = Duration::from_micros(16_666);

/// How often the meters of quiet lanes are drawn: noise is no news, and each frame costs battery.
const QUIET_FRAME: Duration = Duration::from_millis(250);

/// The longest sleep: the clock in the header, and talks that end in silence.
const TICK: Duration = Duration::from_millis(500);

/// After a quit, how long the last words may take to be recognised.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// All that one turn of the loop needs.
pub struct Loop {
    pub model: Model,
    pub look: Look,
    pub screen: Screen,
    pub edges: Edges,
    pub inbox: Receiver<FromEdge>,
    drawn: Instant,
    stale: Stale,
}

/// Whether what stands on the screen is out of date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stale {
    /// It is what it should be.
    Fresh,
    /// A quiet lane's meter moved.
    Faintly,
    /// Something happened.
    Plainly,
}

impl Stale {
    /// How long after the last frame the next is due; none while nothing changed.
    fn pace(self) -> Option<Duration> {
        match self {
            Self::Fresh => None,
            Self::Faintly => Some(QUIET_FRAME),
            Self::Plainly => Some(FRAME),
        }
    }
}

/// What woke the loop.
enum Woke {
    Key(Event),
    KeysGone,
    Edge(FromEdge),
    Captions,
    Time,
    Signal,
    /// The program was stopped and goes on: the shell had the terminal meanwhile.
    GoesOn,
}

impl Loop {
    /// A loop that has drawn nothing yet.
    pub fn new(
        model: Model,
        look: Look,
        screen: Screen,
        edges: Edges,
        inbox: Receiver<FromEdge>,
    ) -> Self {
        Self {
            model,
            look,
            screen,
            edges,
            inbox,
            drawn: Instant::now(),
            stale: Stale::Plainly,
        }
    }

    /// Draws now.
    pub fn paint(&mut self) -> io::Result<()> {
        // One synchronised update a frame: no terminal shows half a board.
        execute!(stdout(), BeginSynchronizedUpdate)?;
        let (model, look) = (&self.model, &self.look);
        self.screen.draw(|frame| draw(model, look, frame))?;
        execute!(stdout(), EndSynchronizedUpdate)?;
        self.drawn = Instant::now();
        self.stale = Stale::Fresh;
        Ok(())
    }

    /// Runs until somebody or the system wants to leave.
    pub async fn run(&mut self) -> io::Result<()> {
        let mut keys = EventStream::new();
        let mut signals = Signals::new()?;
        loop {
            let woke = self.wait(&mut keys, &mut signals).await;
            let leave = match woke {
                Woke::Signal | Woke::KeysGone => true,
                Woke::GoesOn => {
                    crate::terminal::retake(&mut self.screen)?;
                    self.stale = Stale::Plainly;
                    false
                }
                woke => self.take_in(woke) || self.take_in_waiting(),
            };
            if leave {
                return Ok(());
            }
            let due = self.stale.pace();
            if due.is_some_and(|pace| self.drawn.elapsed() >= pace) {
                self.paint()?;
            }
        }
    }

    async fn wait(&mut self, keys: &mut EventStream, signals: &mut Signals) -> Woke {
        let nap = self.nap();
        let latest = self.edges.latest.clone();
        tokio::select! {
            biased;
            woke = signals.any() => woke,
            event = keys.next() => match event {
                Some(Ok(event)) => Woke::Key(event),
                Some(Err(_)) | None => Woke::KeysGone,
            },
            Some(edge) = self.inbox.recv() => Woke::Edge(edge),
            () = latest.bell.notified() => Woke::Captions,
            () = sleep(nap) => Woke::Time,
        }
    }

    /// Until the next deadline of the model, or the next frame that is due.
    fn nap(&self) -> Duration {
        let mut nap = TICK;
        if let Some(pace) = self.stale.pace() {
            nap = nap.min(pace.saturating_sub(self.drawn.elapsed()));
        }
        if let Some(deadline) = self.model.deadline() {
            let now = self.edges.now().ms;
            nap = nap.min(Duration::from_millis(deadline.saturating_sub(now)));
        }
        nap
    }

    /// Takes in one thing; true when the program is to end.
    fn take_in(&mut self, woke: Woke) -> bool {
        let now = self.edges.now();
        let messages = match woke {
            Woke::Key(Event::Key(key)) => chord(key)
                .map(|chord| Message::Key(chord, now))
                .into_iter()
                .collect(),
            Woke::Key(Event::Paste(text)) => vec![Message::Paste(text, now)],
            // A resize is drawn; the model does not care how large the terminal is.
            Woke::Key(_) => {
                self.stale = Stale::Plainly;
                Vec::new()
            }
            Woke::Edge(edge) => vec![self.message(edge)],
            Woke::Captions => self
                .edges
                .latest
                .take()
                .into_iter()
                .map(|said| Message::Ears(said, now))
                .collect(),
            Woke::Time => vec![Message::Tick(now)],
            Woke::GoesOn => Vec::new(),
            Woke::KeysGone | Woke::Signal => return true,
        };
        messages.into_iter().any(|message| self.handle(message))
    }

    /// Takes in all that waits on the channel, so a burst costs one frame.
    fn take_in_waiting(&mut self) -> bool {
        while let Ok(edge) = self.inbox.try_recv() {
            let message = self.message(edge);
            if self.handle(message) {
                return true;
            }
        }
        false
    }

    fn message(&self, edge: FromEdge) -> Message {
        let now = self.edges.now();
        match edge {
            FromEdge::Ears(said) => Message::Ears(said, now),
            FromEdge::Store(said) => Message::Store(said),
            FromEdge::Exported(result) => Message::Exported(result, now),
            FromEdge::Copied(result) => Message::Copied(result, now),
            FromEdge::Scan(payload) => Message::Scan(payload, now),
            FromEdge::Remark(sentence) => Message::Remark(sentence, now),
            FromEdge::Deeds(deeds) => Message::Deeds(deeds),
            FromEdge::Standing(sentence) => Message::Standing(sentence, now),
            FromEdge::Posted(result) => Message::Posted(result, now),
            FromEdge::Polished(number, result) => Message::Polished(number, result, now),
        }
    }

    /// Updates the model and performs what follows; true when the program is to end.
    fn handle(&mut self, message: Message) -> bool {
        self.stale = self.stale.max(staleness(&message));
        let mut leave = false;
        for effect in update(&mut self.model, message) {
            leave |= effect == Effect::Quit;
            match self.edges.perform(effect, &self.model) {
                Wish::Nothing => {}
                // An answer asks for nothing more.
                Wish::Tell(message) => drop(update(&mut self.model, *message)),
                Wish::Look => {
                    let (look, message) = self.edges.read_look_again();
                    self.look = look;
                    update(&mut self.model, message);
                }
            }
        }
        leave
    }

    /// Ends in order: the ears finish their last words, those become deeds, the store makes all of them durable.
    ///
    /// Answers what could not be saved, as a sentence.
    pub async fn stop(mut self) -> Option<String> {
        let stopped = self.edges.stop_ears();
        tokio::pin!(stopped);
        let mut patience = std::pin::pin!(sleep(LAST_WORDS));
        loop {
            tokio::select! {
                Some(edge) = self.inbox.recv() => {
                    let message = self.message(edge);
                    self.handle(message);
                    // The terminal may be gone (SIGHUP); the deeds matter, the picture does not.
                    let _ = self.paint();
                }
                () = &mut stopped => break,
                () = &mut patience => break,
            }
        }
        self.take_in_waiting();
        self.edges.close_store(self.inbox)
    }
}

/// How stale a message makes the screen.
fn staleness(message: &Message) -> Stale {
    match message {
        Message::Ears(EarsSaid::Level { speech: false, .. }, _) => Stale::Faintly,
        _ => Stale::Plainly,
    }
}

/// The signals that end the program, and the one that says it goes on after a stop.
struct Signals {
    goes_on: Signal,
    term: Signal,
    hup: Signal,
    int: Signal,
}

impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self {
            // Number 18 on Linux, 19 on BSD and macOS; tokio has no name for it.
            goes_on: signal(SignalKind::from_raw(rustix::process::Signal::CONT.as_raw()))?,
            term: signal(SignalKind::terminate())?,
            hup: signal(SignalKind::hangup())?,
            int: signal(SignalKind::interrupt())?,
        })
    }

    async fn any(&mut self) -> Woke {
        tokio::select! {
            _ = self.term.recv() => Woke::Signal,
            _ = self.hup.recv() => Woke::Signal,
            _ = self.int.recv() => Woke::Signal,
            _ = self.goes_on.recv() => Woke::GoesOn,
        }
    }
}
