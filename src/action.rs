//! The registry of what a key can do: one slice that help, footer, palette and validation read.

use std::mem::discriminant;

use crate::domain::{Heat, SignalKind};

/// Where keys are pressed. Looked up from the innermost out, [`Context::Global`] last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Everywhere, after all others.
    Global,
    /// The list of cards.
    Board,
    /// The lines of one card; the board lies around it.
    Card,
    /// A list to choose from by typing.
    Picker,
    /// A line to type into.
    Prompt,
    /// The list of what was done.
    Trail,
    /// All of one company.
    Account,
    /// A sheet of text to read: all keys, faults.
    Help,
    /// A question to be answered yes or no.
    Confirm,
    /// The night list; all keys of the board work here too.
    Night,
    /// A card's follow-up; all keys of the board work here too.
    Draft,
}

impl Context {
    /// All of them, in the order keymap files list them.
    pub const ALL: [Self; 11] = [
        Self::Global,
        Self::Board,
        Self::Card,
        Self::Picker,
        Self::Prompt,
        Self::Trail,
        Self::Account,
        Self::Help,
        Self::Confirm,
        Self::Night,
        Self::Draft,
    ];

    /// Its name in keymap files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Board => "board",
            Self::Card => "card",
            Self::Picker => "picker",
            Self::Prompt => "prompt",
            Self::Trail => "trail",
            Self::Account => "account",
            Self::Help => "help",
            Self::Confirm => "confirm",
            Self::Night => "night",
            Self::Draft => "draft",
        }
    }

    /// The context of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|context| context.name() == name)
    }

    /// Whether a character without a meaning of its own is text here.
    pub fn takes_text(self) -> bool {
        matches!(self, Self::Picker | Self::Prompt | Self::Help)
    }

    /// Whether it lies over the board and must be left with one key.
    pub fn is_overlay(self) -> bool {
        match self {
            Self::Global | Self::Board | Self::Card | Self::Night | Self::Draft => false,
            Self::Picker
            | Self::Prompt
            | Self::Trail
            | Self::Account
            | Self::Help
            | Self::Confirm => true,
        }
    }
}

/// What a key, a palette entry or a story can ask for. `app::perform` matches it without a catch-all, so forgetting
/// one doesn't compile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[rustfmt::skip] // grouped as the registry groups them; what each does is said there, once
#[allow(missing_docs)]
pub enum Action {
    NextCard, PreviousCard, FirstCard, LastCard, PageDown, PageUp, NextLane, OpenCard, Back, ScrollDown, ScrollUp,
    Heat(Heat), Tag, QuickTag(u8), NextStep, Note, NewCard, CloseCard, ReopenCard, SplitCard, MergeCard, RestoreWords,
    NextEvidence, StrikeSignal, MarkSignal(SignalKind),
    Draft, EditLine, ApproveDraft, HoldDraft, ReleaseDraft, FreshDraft, AddLine, DropLine, NextPerson, PolishDraft, TakePolish,
    FlagAccount, UnflagAccount, Account, AssignOwner, Presence, MoveScan, Badge, KeepLayout, EditVisitor, Consent, Take, HandOver,
    Search, FilterCards, ClearFilter, Trail,
    Undo, Redo, OffRecord, OffRecordAll, NightList, Fill, NextMissing, Skip, ShowCode, Numbers, Weather, Export, Wall, Replay,
    Help, Palette, Faults, Reload, Quit,
    Accept, Dismiss, Complete, PreviousField, PickerDown, PickerUp, DeleteBack, DeleteWord, ClearLine,
    CursorLeft, CursorRight, CursorStart, CursorEnd, None,
}

/// The sections of the help sheet, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// What a lead is worth and what follows.
    Judge,
    /// Who it is and whose.
    People,
    /// Getting about.
    Move,
    /// Finding cards again.
    Find,
    /// The day: taking back, privacy, the night's files.
    Day,
    /// The program itself.
    App,
    /// Inside prompts, pickers and questions.
    Typing,
}

impl Group {
    /// All, in the order of the help sheet.
    pub const ALL: [Self; 7] = [
        Self::Judge,
        Self::People,
        Self::Move,
        Self::Find,
        Self::Day,
        Self::App,
        Self::Typing,
    ];

    /// The section's heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Judge => "Judge the lead",
            Self::People => "People and accounts",
            Self::Move => "Move",
            Self::Find => "Find",
            Self::Day => "The day",
            Self::App => "The program",
            Self::Typing => "While typing or choosing",
        }
    }
}

/// How an action is made from its text.
#[derive(Clone, Copy, Debug)]
pub enum Make {
    /// It takes no argument.
    Plain(Action),
    /// `heat hot`: one judgement.
    Heat(fn(Heat) -> Action),
    /// `mark-signal need`: a kind of signal.
    Kind(fn(SignalKind) -> Action),
    /// `quick-tag 3`: a number from 1 to 9.
    Slot(fn(u8) -> Action),
}

/// The numbers [`Make::Slot`] takes, as they are written.
const SLOTS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

impl Make {
    /// What the argument may be, as it is written; empty if there is none.
    pub fn values(self) -> Vec<&'static str> {
        match self {
            Self::Plain(_) => Vec::new(),
            Self::Heat(_) => Heat::ALL.into_iter().map(Heat::word).collect(),
            Self::Kind(_) => SignalKind::ALL.into_iter().map(SignalKind::name).collect(),
            Self::Slot(_) => SLOTS.to_vec(),
        }
    }

    /// Every action it can make, in the order of [`Make::values`].
    pub fn actions(self) -> Vec<Action> {
        match self {
            Self::Plain(action) => vec![action],
            Self::Heat(make) => Heat::ALL.into_iter().map(make).collect(),
            Self::Kind(make) => SignalKind::ALL.into_iter().map(make).collect(),
            Self::Slot(make) => (1..=9).map(make).collect(),
        }
    }
}

/// One entry of the registry.
#[derive(Debug)]
pub struct ActionSpec {
    /// Its name in keymap files and the palette: a verb and a noun, `kebab-case`.
    pub name: &'static str,
    /// What it does, a sentence fragment of at most 48 columns.
    pub words: &'static str,
    /// One word for the footer; empty: it never stands there. Actions with an argument show the argument.
    pub hint: &'static str,
    /// Its section in the help sheet.
    pub group: Group,
    /// Its place in the footer: the lowest numbers stay longest when it gets narrow.
    pub rank: u8,
    /// Where it means something.
    pub contexts: &'static [Context],
    /// How it is made.
    pub make: Make,
}

/// Why a text isn't an action.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseActionError {
    /// No such name.
    #[error("there is no action called `{0}`")]
    Unknown(String),
    /// It takes an argument, and none or a wrong one was given.
    #[error("`{name}` takes one of {}", values.join(", "))]
    Argument {
        /// The action's name.
        name: &'static str,
        /// What was given, empty for nothing.
        given: String,
        /// What it takes.
        values: Vec<&'static str>,
    },
    /// It takes no argument, and one was given.
    #[error("`{name}` takes nothing after it")]
    Surplus {
        /// The action's name.
        name: &'static str,
        /// What was given.
        given: String,
    },
}

impl Action {
    /// Reads `next-card`, `heat hot`, `quick-tag 3`.
    pub fn parse(text: &str) -> Result<Self, ParseActionError> {
        let text = text.trim();
        let (name, given) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let given = given.trim();
        let Some(spec) = ACTIONS.iter().find(|spec| spec.name == name) else {
            return Err(ParseActionError::Unknown(name.to_string()));
        };
        if let Make::Plain(action) = spec.make {
            if given.is_empty() {
                return Ok(action);
            }
            let given = given.to_string();
            return Err(ParseActionError::Surplus {
                name: spec.name,
                given,
            });
        }
        let values = spec.make.values();
        let chosen = values.iter().position(|value| *value == given);
        match chosen.and_then(|at| spec.make.actions().get(at).copied()) {
            Some(action) => Ok(action),
            None => Err(ParseActionError::Argument {
                name: spec.name,
                given: given.to_string(),
                values,
            }),
        }
    }

    /// Every action with every argument, in the registry's order, without [`Action::None`].
    pub fn all() -> Vec<Self> {
        let actions = ACTIONS.iter().flat_map(|spec| spec.make.actions());
        actions.filter(|action| *action != Self::None).collect()
    }

    /// Its entry in the registry.
    pub fn spec(self) -> &'static ActionSpec {
        let own = |spec: &&ActionSpec| {
            let made = spec.make.actions();
            made.first()
                .is_some_and(|first| discriminant(first) == discriminant(&self))
        };
        // A test holds the registry against the enum, so the last entry never stands in for a forgotten one.
        ACTIONS.iter().find(own).unwrap_or(&NONE)
    }

    /// Its argument as it is written, if it takes one.
    pub fn argument(self) -> Option<&'static str> {
        if let Self::Heat(heat) = self {
            return Some(heat.word());
        }
        if let Self::MarkSignal(kind) = self {
            return Some(kind.name());
        }
        if let Self::QuickTag(slot) = self {
            return SLOTS.get(usize::from(slot).wrapping_sub(1)).copied();
        }
        None
    }

    /// What it does, with its argument: "rate the lead hot".
    pub fn words(self) -> String {
        if let Self::MarkSignal(kind) = self {
            return format!("{} {}", self.spec().words, kind.word());
        }
        match self.argument() {
            Some(argument) => format!("{} {argument}", self.spec().words),
            None => self.spec().words.to_string(),
        }
    }

    /// Its word in the footer, if it ever stands there.
    pub fn hint(self) -> Option<&'static str> {
        match (self.spec().hint, self.argument()) {
            ("", _) => None,
            (_, Some(argument)) => Some(argument),
            (hint, None) => Some(hint),
        }
    }
}

/// As keymap files write it: the name, and the argument after a space.
impl std::fmt::Display for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.argument() {
            Some(argument) => write!(f, "{} {argument}", self.spec().name),
            None => f.write_str(self.spec().name),
        }
    }
}

/// A list of cards or one card: where leads are judged.
#[rustfmt::skip] // one row
const LEAD: &[Context] = &[Context::Board, Context::Card, Context::Night, Context::Draft];
/// Where one moves through rows.
const ROWS: &[Context] = &[
    Context::Board,
    Context::Card,
    Context::Draft,
    Context::Trail,
    Context::Account,
    Context::Help,
];
/// Rows that are chosen from as well.
const ALL_ROWS: &[Context] = &[
    Context::Board,
    Context::Card,
    Context::Trail,
    Context::Account,
    Context::Help,
    Context::Picker,
];
/// Everywhere.
const ANY: &[Context] = &Context::ALL;
/// A card's follow-up alone.
const DRAFT: &[Context] = &[Context::Draft];
/// The night list alone.
const NIGHT: &[Context] = &[Context::Night];
/// Where a line is typed.
const LINE: &[Context] = &[Context::Prompt, Context::Picker, Context::Help];
/// What lies over the board.
const OVER: &[Context] = &[
    Context::Picker,
    Context::Prompt,
    Context::Trail,
    Context::Account,
    Context::Help,
    Context::Confirm,
];
/// What is answered.
const ANSWER: &[Context] = &[Context::Picker, Context::Prompt, Context::Confirm];

/// One row of the table below: keeps it one line an action.
const fn plain(
    action: Action,
    name: &'static str,
    group: Group,
    (rank, hint): (u8, &'static str),
    contexts: &'static [Context],
    words: &'static str,
) -> ActionSpec {
    let make = Make::Plain(action);
    ActionSpec {
        name,
        words,
        hint,
        group,
        rank,
        contexts,
        make,
    }
}

/// Not in the footer.
const QUIET: (u8, &str) = (99, "");

/// The entry of [`Action::None`].
static NONE: ActionSpec = plain(
    Action::None,
    "none",
    Group::App,
    QUIET,
    ANY,
    "nothing: takes an inherited key away",
);

/// Everything a key can do. The order is the order of help, palette and README.
#[rustfmt::skip] // a table reads as a table
pub static ACTIONS: &[ActionSpec] = &[
    ActionSpec { name: "heat", words: "rate the lead", hint: "heat", group: Group::Judge, rank: 10, contexts: LEAD, make: Make::Heat(Action::Heat) },
    plain(Action::Tag, "tag", Group::Judge, (20, "tag"), LEAD, "put on or take off a tag"),
    ActionSpec { name: "quick-tag", words: "quick tag", hint: "", group: Group::Judge, rank: 99, contexts: LEAD, make: Make::Slot(Action::QuickTag) },
    plain(Action::NextStep, "next-step", Group::Judge, (23, "next"), LEAD, "what was promised, and by when"),
    plain(Action::Note, "note", Group::Judge, (40, "note"), LEAD, "write a note"),
    plain(Action::Draft, "draft", Group::Judge, (41, "draft"), LEAD, "the follow-up mail: read, edit, approve"),
    plain(Action::EditLine, "edit-line", Group::Judge, (1, "edit"), DRAFT, "in a draft: put the marked line in other words"),
    plain(Action::ApproveDraft, "approve-draft", Group::Judge, (2, "approve"), DRAFT, "in a draft: approve it word for word"),
    plain(Action::HoldDraft, "hold-draft", Group::Judge, (3, "hold"), DRAFT, "in a draft: keep it back"),
    plain(Action::ReleaseDraft, "release-draft", Group::Judge, (4, "release"), DRAFT, "in a draft: send before the import is confirmed"),
    plain(Action::FreshDraft, "fresh-draft", Group::Judge, (5, "fresh"), DRAFT, "in a draft: take all edits back"),
    plain(Action::AddLine, "add-line", Group::Judge, (6, "add"), DRAFT, "in a draft: a new line beneath the marked one"),
    plain(Action::DropLine, "drop-line", Group::Judge, (7, "drop"), DRAFT, "in a draft: take the marked line out"),
    plain(Action::NextPerson, "next-person", Group::Judge, (8, "person"), DRAFT, "in a draft: the next person of the talk"),
    plain(Action::PolishDraft, "polish-draft", Group::Judge, (9, "polish"), DRAFT, "in a draft: other words from a language model"),
    plain(Action::TakePolish, "take-polish", Group::Judge, (9, "take"), DRAFT, "in a draft: take the other words"),
    plain(Action::NewCard, "new-card", Group::Judge, (50, "new"), LEAD, "open a new card on this lane"),
    plain(Action::CloseCard, "close-card", Group::Judge, (51, "close"), LEAD, "end the talk"),
    plain(Action::ReopenCard, "reopen-card", Group::Judge, (70, "reopen"), LEAD, "go on with an ended talk"),
    plain(Action::SplitCard, "split-card", Group::Judge, (71, "split"), LEAD, "cut the card in two at the marked line"),
    plain(Action::RestoreWords, "restore-words", Group::Judge, QUIET, LEAD, "the marked line as it was heard"),
    plain(Action::MergeCard, "merge-card", Group::Judge, (72, "merge"), LEAD, "put this card into another"),

    plain(Action::NextEvidence, "next-evidence", Group::Judge, (36, "proof"), LEAD, "next chip, with its words in the talk"),
    plain(Action::StrikeSignal, "strike-signal", Group::Judge, (37, "strike"), LEAD, "the marked chip is wrong"),
    ActionSpec { name: "mark-signal", words: "the marked line tells:", hint: "", group: Group::Judge, rank: 99, contexts: LEAD, make: Make::Kind(Action::MarkSignal) },

    plain(Action::FlagAccount, "flag-account", Group::People, (21, "flag"), LEAD, "say which target account it is"),
    plain(Action::UnflagAccount, "unflag-account", Group::People, QUIET, LEAD, "say it is no target account"),
    plain(Action::AssignOwner, "assign-owner", Group::People, (22, "owner"), LEAD, "say who follows up"),
    plain(Action::Account, "account", Group::People, (34, "account"), LEAD, "all talks and people of this company"),
    plain(Action::Presence, "presence", Group::People, QUIET, LEAD, "which owner is here, which away"),
    plain(Action::MoveScan, "move-scan", Group::People, (53, "move"), LEAD, "put the last scan on another card"),
    plain(Action::Badge, "badge", Group::People, (30, "badge"), LEAD, "type or paste a badge"),
    plain(Action::KeepLayout, "keep-layout", Group::People, QUIET, LEAD, "read badges like this one so from now on"),
    plain(Action::EditVisitor, "edit-visitor", Group::People, (41, "edit"), LEAD, "correct the visitor's details"),
    plain(Action::Consent, "consent", Group::People, (42, "consent"), LEAD, "may we write to them: yes, no, not asked"),
    plain(Action::Take, "take", Group::People, (43, "take"), LEAD, "one of us walks over, or away again"),
    plain(Action::HandOver, "hand-over", Group::People, (44, "hand"), LEAD, "handed to its owner in person"),

    plain(Action::NextCard, "next-card", Group::Move, QUIET, ALL_ROWS, "next card"),
    plain(Action::PreviousCard, "previous-card", Group::Move, QUIET, ALL_ROWS, "previous card"),
    plain(Action::FirstCard, "first-card", Group::Move, QUIET, ALL_ROWS, "first card or line"),
    plain(Action::LastCard, "last-card", Group::Move, QUIET, ALL_ROWS, "last card or line"),
    plain(Action::PageDown, "page-down", Group::Move, QUIET, ALL_ROWS, "a page down"),
    plain(Action::PageUp, "page-up", Group::Move, QUIET, ALL_ROWS, "a page up"),
    plain(Action::NextLane, "next-lane", Group::Move, (60, "lane"), LEAD, "next lane"),
    plain(Action::OpenCard, "open-card", Group::Move, (45, "open"), &[Context::Board, Context::Card, Context::Trail, Context::Account], "into the card's lines"),
    plain(Action::Back, "back", Group::Move, (35, "back"), LEAD, "back, one step"),
    plain(Action::ScrollDown, "scroll-down", Group::Move, QUIET, ROWS, "a line down"),
    plain(Action::ScrollUp, "scroll-up", Group::Move, QUIET, ROWS, "a line up"),

    plain(Action::Search, "search", Group::Find, (33, "find"), LEAD, "find cards by any word"),
    plain(Action::FilterCards, "filter-cards", Group::Find, (46, "filter"), LEAD, "show only some cards"),
    plain(Action::ClearFilter, "clear-filter", Group::Find, QUIET, LEAD, "show all cards again"),
    plain(Action::Trail, "trail", Group::Find, (47, "trail"), ANY, "what was done, by whom, when"),

    plain(Action::Undo, "undo", Group::Day, (32, "undo"), ANY, "take back what was done last"),
    plain(Action::Redo, "redo", Group::Day, (52, "redo"), ANY, "do again what was taken back"),
    plain(Action::OffRecord, "off-record", Group::Day, (31, "off rec"), ANY, "stop or start listening on this lane"),
    plain(Action::OffRecordAll, "off-record-all", Group::Day, QUIET, ANY, "stop or start listening on all lanes"),
    plain(Action::NightList, "night-list", Group::Day, (54, "night"), ANY, "what is missing before the export, best first"),
    plain(Action::Fill, "fill", Group::Day, (1, "fill in"), NIGHT, "on the night list: take the proposal"),
    plain(Action::NextMissing, "next-missing", Group::Day, (2, "next"), NIGHT, "on the night list: the next card"),
    plain(Action::Skip, "skip", Group::Day, (3, "skip"), NIGHT, "on the night list: leave it as it is tonight"),
    plain(Action::ShowCode, "show-code", Group::People, (55, "code"), LEAD, "the card as a QR code for a phone"),
    plain(Action::Numbers, "numbers", Group::Day, (56, "numbers"), ANY, "the day in numbers"),
    plain(Action::Weather, "weather", Group::Day, (57, "weather"), ANY, "pushback, rivals, interest, needs by hour"),
    plain(Action::Export, "export", Group::Day, (48, "export"), ANY, "write the night's import files"),
    plain(Action::Wall, "wall", Group::Day, (61, "wall"), ANY, "the shared screen, and back"),
    plain(Action::Replay, "replay", Group::Day, (62, "replay"), ANY, "play the recorded talks again"),

    plain(Action::Help, "help", Group::App, (0, "keys"), ANY, "all keys"),
    plain(Action::Palette, "palette", Group::App, (63, "any"), ANY, "anything, by its name"),
    plain(Action::Faults, "faults", Group::App, (64, "faults"), ANY, "what is wrong in the show's files"),
    plain(Action::Reload, "reload", Group::App, QUIET, ANY, "read show, keys and theme again"),
    plain(Action::Quit, "quit", Group::App, (49, "quit"), ANY, "leave"),

    plain(Action::Accept, "accept", Group::Typing, (11, "ok"), ANSWER, "take it"),
    plain(Action::Dismiss, "dismiss", Group::Typing, (12, "back"), OVER, "leave it as it was"),
    plain(Action::Complete, "complete", Group::Typing, (13, "fill in"), LINE, "take the proposal, or the next field"),
    plain(Action::PreviousField, "previous-field", Group::Typing, QUIET, LINE, "the field before"),
    plain(Action::PickerDown, "picker-down", Group::Typing, (14, "down"), &[Context::Picker], "next entry"),
    plain(Action::PickerUp, "picker-up", Group::Typing, QUIET, &[Context::Picker], "previous entry"),
    plain(Action::DeleteBack, "delete-back", Group::Typing, QUIET, LINE, "delete the character before"),
    plain(Action::DeleteWord, "delete-word", Group::Typing, QUIET, LINE, "delete the word before"),
    plain(Action::ClearLine, "clear-line", Group::Typing, QUIET, LINE, "empty the line"),
    plain(Action::CursorLeft, "cursor-left", Group::Typing, QUIET, LINE, "one character left"),
    plain(Action::CursorRight, "cursor-right", Group::Typing, QUIET, LINE, "one character right"),
    plain(Action::CursorStart, "cursor-start", Group::Typing, QUIET, LINE, "to the start of the line"),
    plain(Action::CursorEnd, "cursor-end", Group::Typing, QUIET, LINE, "to the end of the line"),
    plain(Action::None, "none", Group::App, QUIET, ANY, "nothing: takes an inherited key away"),
];
