//! All that the program knows while it runs: the ledger, the lanes, and what the captain is looking at.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::action::Context;
use crate::domain::{
    Board, Card, CardId, Clock, Day, Filter, Ledger, Role, SignalKind, Stamp, VisitorId,
};
use crate::follow_up::{Brand, Crowd};
use crate::keymap::{Chord, Keymap};

use super::{
    AlertRules, Asked, Code, Figures, Knowledge, LaneState, Nightly, Picker, Polishing, Prompt,
    Round, Seams, Stop, Weather,
};

/// A reading of the wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Now {
    /// Milliseconds since 1970 UTC.
    pub ms: u64,
    /// What the show's time zone adds to UTC, in seconds.
    pub offset_s: i32,
}

/// What the show folder says that the board needs.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The show's short code.
    pub code: String,
    /// The show's name.
    pub name: String,
    /// Who sits at this laptop.
    pub operator: String,
    /// The lanes in order.
    pub lanes: Vec<LaneSetup>,
    /// Tags on the keys 1 to 9.
    pub quick_tags: Vec<String>,
    /// All tags of the picker, quick ones included.
    pub tags: Vec<String>,
    /// A silence longer than this ends a talk, in ms.
    pub talk_gap_ms: u64,
    /// How much of what was said is struck when a lane goes off the record, in ms.
    pub strike_ms: u64,
    /// Whether the wall may show visitors' names.
    pub wall_names: bool,
    /// The days of the show; empty: every day may be one.
    pub days: Vec<Day>,
    /// When the night's files are written by themselves: minutes after midnight by the show's clock.
    pub export_at: Option<u16>,
    /// Whether every export is copied to a second place.
    pub copies: bool,
    /// When the captain is called; none: never.
    pub alerts: Option<AlertRules>,
    /// How follow-ups are written.
    pub brand: Brand,
    /// The language model that may put drafts in other words, as host and port; none: drafts never leave the laptop.
    pub polish: Option<String>,
    /// Whether this is the bundled demo: the coach speaks.
    pub demo: bool,
}

/// One lane as the show folder describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneSetup {
    /// The name on the screen.
    pub name: String,
    /// Whose voice it carries.
    pub role: Role,
}

/// One lane as it sounds now. Never kept.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct LaneView {
    /// What the microphone does.
    pub state: LaneState,
    /// The last levels in dB below full scale, oldest first; drawn as a meter.
    pub levels: VecDeque<f32>,
    /// Whether it is overdriven.
    pub clipped: bool,
    /// Whether somebody speaks.
    pub speech: bool,
    /// When somebody last spoke, ms since 1970; 0: never.
    pub spoke_ms: u64,
    /// Words of the open utterance that stay.
    pub settled: String,
    /// Words of the open utterance that may change.
    pub tentative: String,
    /// The last utterance, shown until the next one begins.
    pub last: String,
    /// What was dropped as noise.
    pub dropped: Dropped,
}

/// What a lane dropped as noise: never silently.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Dropped {
    /// How much of it sounded like voice, in ms.
    pub ms: u64,
    /// How often for which reason.
    pub reasons: BTreeMap<&'static str, usize>,
}

impl Dropped {
    /// What its line in the trail is known by.
    pub const WORDS: &'static str = "dropped as noise";

    /// Counts one more.
    pub fn add(&mut self, ms: u64, why: &'static str) {
        self.ms += ms;
        *self.reasons.entry(why).or_default() += 1;
    }

    /// Its line in the trail: `3 dropped as noise, 7 s (2 no speech, 1 talk in the background)`.
    pub fn words(&self) -> String {
        let count: usize = self.reasons.values().sum();
        let mut reasons: Vec<(usize, &str)> = self
            .reasons
            .iter()
            .map(|(why, count)| (*count, *why))
            .collect();
        reasons.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let reasons: Vec<String> = reasons
            .iter()
            .map(|(count, why)| format!("{count} {why}"))
            .collect();
        let seconds = self.ms.div_ceil(1000);
        format!(
            "{count} {}, {seconds} s ({})",
            Self::WORDS,
            reasons.join(", ")
        )
    }
}

/// How many levels a lane remembers.
pub(super) const LEVELS: usize = 12;

/// Whether what was done is on disk.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Saving {
    /// Deeds not durable yet.
    pub waiting: BTreeSet<Stamp>,
    /// Why saving fails, while it does.
    pub trouble: Option<String>,
}

/// What lies over the board. Only the topmost gets keys; none covers the lanes.
#[derive(Clone, Debug, PartialEq)]
pub enum Layer {
    /// The lines of the focused card.
    Card,
    /// A list to choose from.
    Picker(Picker),
    /// A line or form to type into.
    Prompt(Prompt),
    /// What was done, newest first; the line that is marked.
    Trail(usize),
    /// All of a card's company; the talk that is marked.
    Account(CardId, usize),
    /// All keys, filtered by what is typed; the first line shown.
    Help(String, usize),
    /// Faults of the show's files; the first line shown.
    Faults(usize),
    /// Leaving with something unsaved: the question.
    Confirm(String),
    /// What is missing before the export, a card a screen.
    Night(Round),
    /// The focused card's follow-up, and the marked line of it: 0 is the subject.
    Draft(usize),
    /// The focused card as a code for a phone. The one layer that needs nearly the whole screen: nobody types meanwhile.
    Code(Code),
    /// The day in numbers.
    Numbers(Figures),
    /// What is held against us and what they ask after, by hour.
    Weather(Weather),
}

/// Which ground the board is drawn on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Ground {
    /// The captain's board.
    #[default]
    Board,
    /// The shared screen, readable from three metres.
    Wall,
}

/// Whether this board records what happens, or only shows it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Seat {
    /// It records.
    #[default]
    Captain,
    /// The folder can't be written: a sentence with the way out.
    ReadOnly(String),
    /// Another board of this laptop records: which.
    Beside(String),
}

impl Seat {
    /// What a key that would record something is answered here; none where it records.
    pub fn refusal(&self) -> Option<String> {
        match self {
            Self::Captain => None,
            Self::ReadOnly(_) => {
                Some("this board only shows: its folder can't be written".to_owned())
            }
            Self::Beside(which) => Some(format!("this board only shows: {which}")),
        }
    }
}

/// What a toast is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastKind {
    /// Something was done: the trail has the deed.
    Done,
    /// Something happened that is no deed: the trail has the line.
    News,
    /// Something can't be done, and what would help.
    Refused,
    /// Something is wrong outside.
    Trouble,
}

/// A line that goes away by itself. The trail keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// The line.
    pub text: String,
    /// What it is about.
    pub kind: ToastKind,
    /// When it came, ms since 1970.
    pub at_ms: u64,
}

/// How long a toast stays, in ms: two glances.
pub(super) const TOAST_MS: u64 = 6_000;

/// How many toasts are remembered while they stay: more than any screen shows, so that the rest can be counted.
const TOASTS: usize = 99;

/// What the captain looks at.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct View {
    /// The focused card.
    pub focus: Option<CardId>,
    /// The cards shown, top first.
    pub order: Vec<CardId>,
    /// Which cards are shown.
    pub filter: Filter,
    /// The focused lane.
    pub lane: usize,
    /// What lies over the board, topmost last.
    pub layers: Vec<Layer>,
    /// The beginning of a key sequence.
    pub pending: Vec<Chord>,
    /// When the pending sequence is forgotten, ms since 1970.
    pub pending_until_ms: u64,
    /// The marked line of the focused card, as an index into its utterances; none: the newest.
    pub mark: Option<usize>,
    /// The marked chip of the focused card: its kind and the utterance that proves it.
    pub evidence: Option<(SignalKind, Stamp)>,
    /// The shared screen or the captain's board.
    pub ground: Ground,
    /// Lines that go away.
    pub toasts: Vec<Toast>,
    /// Whom of a talk the follow-up shown is for; none: the first person with an address.
    pub person: Option<VisitorId>,
    /// What the captain left as it is on the night list.
    pub set_aside: BTreeSet<Stop>,
}

/// The whole program.
pub struct Model {
    /// From the show folder.
    pub config: Config,
    /// Lists and what can be told from them.
    pub knowledge: Knowledge,
    /// Which key does what.
    pub keymap: Keymap,
    /// All deeds and their board.
    pub ledger: Ledger,
    /// Stamps for what is done here.
    pub clock: Clock,
    /// The last reading of the wall clock.
    pub now: Now,
    /// The lanes as they sound, in the order of the config.
    pub lanes: Vec<LaneView>,
    /// Utterances waiting for the recogniser, and how far behind in ms.
    pub backlog: (usize, u64),
    /// Lag of the last utterance: end of speech to words, in ms.
    pub lag_ms: u64,
    /// When words last came, ms since 1970.
    pub heard_ms: u64,
    /// What is missing, each with the command that helps; shown in the header.
    pub notices: Vec<String>,
    /// Faults of the show's files, drawn with carets.
    pub faults: Vec<String>,
    /// All toasts ever, for the trail.
    pub said: Vec<Toast>,
    /// What is on disk.
    pub saving: Saving,
    /// Whether this board records.
    pub seat: Seat,
    /// What the captain looks at.
    pub view: View,
    /// A burst of keys that may be a badge.
    pub wedge: crate::badge::wedge::Wedge,
    /// What was asked in each talk.
    pub asked: Asked,
    /// Where a new talk may begin.
    pub seams: Seams,
    /// Whether an export runs.
    pub exporting: bool,
    /// The export by itself, and the second place.
    pub nightly: Nightly,
    /// Alerts that the webhook's edge has in hand.
    pub posting: BTreeSet<Stamp>,
    /// How many people of each account were told of; a radar line comes when there are more.
    pub radar: BTreeMap<String, usize>,
    /// Why the webhook can't be reached, while it can't.
    pub post_trouble: Option<String>,
    /// What the language model was asked and what it said.
    pub polish: Polishing,
    /// Everybody on the board by their names, made when a follow-up needs it and kept until somebody comes or goes.
    pub(super) crowd: OnceCell<Crowd>,
}

impl Model {
    /// A board on these deeds.
    pub fn new(
        config: Config,
        knowledge: Knowledge,
        keymap: Keymap,
        ledger: Ledger,
        node: u64,
        now: Now,
    ) -> Self {
        let mut clock = Clock::new(node);
        if let Some(last) = ledger.log().last() {
            clock.witness(last);
        }
        let lanes = config.lanes.iter().map(|_| LaneView::default()).collect();
        let mut model = Self {
            config,
            knowledge,
            keymap,
            ledger,
            clock,
            now,
            lanes,
            backlog: (0, 0),
            lag_ms: 0,
            heard_ms: 0,
            notices: Vec::new(),
            faults: Vec::new(),
            said: Vec::new(),
            saving: Saving::default(),
            seat: Seat::default(),
            view: View::default(),
            wedge: crate::badge::wedge::Wedge::new(crate::badge::wedge::Settings::default()),
            asked: Asked::default(),
            seams: Seams::new(),
            exporting: false,
            nightly: Nightly::default(),
            posting: BTreeSet::new(),
            post_trouble: None,
            radar: BTreeMap::new(),
            polish: Polishing::default(),
            crowd: OnceCell::new(),
        };
        model.arrange();
        model.learn_radar();
        model.recall_seams();
        model
    }

    /// The board.
    pub fn board(&self) -> &Board {
        self.ledger.board()
    }

    /// The card in focus.
    pub fn focused(&self) -> Option<&Card> {
        self.board().card(self.view.focus?)
    }

    /// The name of the focused lane; empty where there are no lanes.
    pub fn lane_name(&self) -> &str {
        self.config
            .lanes
            .get(self.view.lane)
            .map_or("", |lane| lane.name.as_str())
    }

    /// Where keys are looked up, innermost first.
    pub fn contexts(&self) -> Vec<Context> {
        match self.view.layers.last() {
            None => vec![Context::Board, Context::Global],
            Some(Layer::Card) => vec![Context::Card, Context::Board, Context::Global],
            Some(Layer::Picker(_)) => vec![Context::Picker, Context::Global],
            Some(Layer::Prompt(_)) => vec![Context::Prompt, Context::Global],
            Some(Layer::Trail(_)) => vec![Context::Trail, Context::Global],
            Some(Layer::Account(..)) => vec![Context::Account, Context::Global],
            Some(
                Layer::Help(..)
                | Layer::Faults(_)
                | Layer::Code(_)
                | Layer::Numbers(_)
                | Layer::Weather(_),
            ) => {
                vec![Context::Help, Context::Global]
            }
            Some(Layer::Confirm(_)) => vec![Context::Confirm, Context::Global],
            Some(Layer::Draft(_)) => vec![Context::Draft, Context::Board, Context::Global],
            Some(Layer::Night(_)) => vec![Context::Night, Context::Board, Context::Global],
        }
    }

    /// When the program must be woken though nothing happens, ms since 1970.
    pub fn deadline(&self) -> Option<u64> {
        let toast = self
            .view
            .toasts
            .iter()
            .map(|toast| toast.at_ms + TOAST_MS)
            .min();
        let pending = (!self.view.pending.is_empty()).then_some(self.view.pending_until_ms);
        [toast, pending, self.wedge.deadline()]
            .into_iter()
            .flatten()
            .min()
    }

    /// Shows a line for a while and keeps it in the trail.
    pub(super) fn toast(&mut self, kind: ToastKind, text: impl Into<String>) {
        let toast = Toast {
            text: text.into(),
            kind,
            at_ms: self.now.ms,
        };
        // The same refusal over and over is one line: the newest.
        self.view.toasts.retain(|old| old.text != toast.text);
        self.view.toasts.push(toast.clone());
        if self.view.toasts.len() > TOASTS {
            self.view.toasts.remove(0);
        }
        if kind != ToastKind::Done {
            self.hold_trail();
        }
        self.said.push(toast);
    }

    /// A new line of the trail pushes the others down; the mark goes with its own, because a key takes that one back.
    pub(super) fn hold_trail(&mut self) {
        if let Some(Layer::Trail(at)) = self.view.layers.last_mut() {
            *at += 1;
        }
    }
}
