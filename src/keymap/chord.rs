//! One chord: a key and what is held with it; printing and reading are inverse.

use std::fmt;
use std::str::FromStr;

use crate::diagnostic::nearest;

/// A key, as keymap files name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A printable character other than the space; letters carry their case.
    Char(char),
    /// The space bar.
    Space,
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tabulator; with shift held it is `shift-tab`.
    Tab,
    /// Delete to the left.
    Backspace,
    /// Delete to the right.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, 1 to 12.
    F(u8),
}

/// Keys with names, and the names.
const NAMED: [(Key, &str); 15] = [
    (Key::Space, "space"),
    (Key::Enter, "enter"),
    (Key::Esc, "esc"),
    (Key::Tab, "tab"),
    (Key::Backspace, "backspace"),
    (Key::Delete, "delete"),
    (Key::Insert, "insert"),
    (Key::Up, "up"),
    (Key::Down, "down"),
    (Key::Left, "left"),
    (Key::Right, "right"),
    (Key::Home, "home"),
    (Key::End, "end"),
    (Key::PageUp, "pageup"),
    (Key::PageDown, "pagedown"),
];

/// Names other programs use, and ours.
const OTHER_NAMES: [(&str, &str); 14] = [
    ("return", "enter"),
    ("ret", "enter"),
    ("cr", "enter"),
    ("escape", "esc"),
    ("bs", "backspace"),
    ("del", "delete"),
    ("ins", "insert"),
    ("spc", "space"),
    ("pgup", "pageup"),
    ("pgdn", "pagedown"),
    ("page-up", "pageup"),
    ("page-down", "pagedown"),
    ("minus", "-"),
    ("backtab", "shift-tab"),
];

/// A key and what is held with it.
///
/// A character never carries `shift`: the terminal sends `G`, not shift and `g`. [`Chord::new`] sees to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chord {
    /// The key.
    pub key: Key,
    /// Control is held.
    pub ctrl: bool,
    /// Alt (Option) is held.
    pub alt: bool,
    /// Shift is held; never with a character.
    pub shift: bool,
    /// Super (Windows, Command) is held.
    pub super_: bool,
}

/// What is held with a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Control.
    pub ctrl: bool,
    /// Alt.
    pub alt: bool,
    /// Shift.
    pub shift: bool,
    /// Super.
    pub super_: bool,
}

impl Chord {
    /// A chord in its one form: the space character is [`Key::Space`], a letter typed with shift carries its case.
    pub fn new(key: Key, held: Held) -> Self {
        let key = match key {
            Key::Char(' ') => Key::Space,
            Key::Char(char) if held.shift => Key::Char(upper(char)),
            key => key,
        };
        let shift = held.shift && !matches!(key, Key::Char(_));
        Self {
            key,
            ctrl: held.ctrl,
            alt: held.alt,
            shift,
            super_: held.super_,
        }
    }

    /// A key alone.
    pub fn plain(key: Key) -> Self {
        Self::new(key, Held::default())
    }

    /// A key with control.
    pub fn ctrl(key: Key) -> Self {
        let ctrl = true;
        Self::new(
            key,
            Held {
                ctrl,
                ..Held::default()
            },
        )
    }

    /// The character it types, if it types one.
    pub fn text(self) -> Option<char> {
        if self.ctrl || self.alt || self.super_ {
            return None;
        }
        match self.key {
            Key::Char(char) => Some(char),
            Key::Space => Some(' '),
            _ => None, // every other key does something instead of typing
        }
    }

    /// Whether `[global]` is asked for it even where text is typed: it is held with ctrl or alt, or a function key.
    pub fn reaches_global(self) -> bool {
        self.ctrl || self.alt || self.super_ || matches!(self.key, Key::F(_))
    }
}

/// The capital, where it is one character.
fn upper(char: char) -> char {
    let mut capitals = char.to_uppercase();
    match (capitals.next(), capitals.next()) {
        (Some(capital), None) => capital,
        _ => char,
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Char(char) => write!(f, "{char}"),
            Self::F(number) => write!(f, "f{number}"),
            named => {
                let name = NAMED.iter().find(|(key, _)| key == named);
                f.write_str(name.map_or("", |(_, name)| name))
            }
        }
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = [
            (self.ctrl, "ctrl-"),
            (self.alt, "alt-"),
            (self.shift, "shift-"),
            (self.super_, "super-"),
        ];
        for (_, name) in held.iter().filter(|(held, _)| *held) {
            f.write_str(name)?;
        }
        self.key.fmt(f)
    }
}

/// Why a text isn't a chord; `Display` says it as a sentence, [`ParseChordError::remedy`] what to write.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseChordError {
    /// Nothing stands there.
    #[error("a chord needs a key")]
    Empty,
    /// The key isn't known.
    #[error("there is no key called `{0}`")]
    Key(String),
    /// What is held isn't known.
    #[error("`{0}` can't be held with a key")]
    Held(String),
    /// Named twice.
    #[error("`{0}` is held twice")]
    Twice(String),
    /// Shift with a character: the character itself says it.
    #[error("a character carries its own shift")]
    Shift(char),
}

impl ParseChordError {
    /// What to write instead, where that is known.
    pub fn remedy(&self) -> String {
        match self {
            Self::Empty => "write a key, such as `g` or `ctrl-g`".to_string(),
            Self::Key(name) => {
                let lower = name.to_lowercase();
                let known = OTHER_NAMES.iter().find(|(other, _)| *other == lower);
                let near = known
                    .map(|(_, ours)| *ours)
                    .or_else(|| nearest(&lower, NAMED.iter().map(|(_, name)| *name)));
                match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => {
                        "write one character, `f1` to `f12`, or a name such as `enter`".to_string()
                    }
                }
            }
            Self::Held(name) => {
                match nearest(&name.to_lowercase(), ["ctrl", "alt", "shift", "super"]) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => match name.to_lowercase().as_str() {
                        "c" | "control" => "write `ctrl`".to_string(),
                        "a" | "m" | "meta" | "option" => "write `alt`".to_string(),
                        "s" => "write `shift`".to_string(),
                        "cmd" | "win" | "d" => "write `super`".to_string(),
                        _ => "ctrl, alt, shift and super can be".to_string(),
                    },
                }
            }
            Self::Twice(name) => format!("write `{name}` once"),
            Self::Shift(char) if char.is_alphabetic() => format!("write `{}`", upper(*char)),
            Self::Shift(_) => "write the character that appears when shift is held".to_string(),
        }
    }
}

impl FromStr for Chord {
    type Err = ParseChordError;

    fn from_str(text: &str) -> Result<Self, ParseChordError> {
        if OTHER_NAMES.iter().any(|(other, _)| *other == text) {
            return Err(ParseChordError::Key(text.to_string()));
        }
        // A dash at the end is the key itself: `-`, `ctrl--`.
        let (held_text, key_text) = match text.strip_suffix('-') {
            Some("") => ("", "-"),
            Some(rest) if rest.ends_with('-') => (rest, "-"),
            _ => text
                .rsplit_once('-')
                .map_or(("", text), |(held, key)| (held, key)),
        };
        let held = parse_held(held_text.trim_end_matches('-'), !held_text.is_empty())?;
        let key = parse_key(key_text, text)?;
        match key {
            Key::Char(char) if held.shift => Err(ParseChordError::Shift(char)),
            key => Ok(Self::new(key, held)),
        }
    }
}

fn parse_held(text: &str, present: bool) -> Result<Held, ParseChordError> {
    let mut held = Held::default();
    if !present {
        return Ok(held);
    }
    for name in text.split('-') {
        let slot = match name {
            "ctrl" => &mut held.ctrl,
            "alt" => &mut held.alt,
            "shift" => &mut held.shift,
            "super" => &mut held.super_,
            other => return Err(ParseChordError::Held(other.to_string())),
        };
        if std::mem::replace(slot, true) {
            return Err(ParseChordError::Twice(name.to_string()));
        }
    }
    Ok(held)
}

fn parse_key(text: &str, whole: &str) -> Result<Key, ParseChordError> {
    if let Some((key, _)) = NAMED.iter().find(|(_, name)| *name == text) {
        return Ok(*key);
    }
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (None, _) if whole.is_empty() => return Err(ParseChordError::Empty),
        (None, _) => return Err(ParseChordError::Key(whole.to_string())),
        (Some(char), None) if is_printable(char) => return Ok(Key::Char(char)),
        _ => {}
    }
    let number = text
        .strip_prefix('f')
        .and_then(|digits| digits.parse::<u8>().ok());
    match number {
        Some(number) if (1..=12).contains(&number) && !text.starts_with("f0") => Ok(Key::F(number)),
        _ => Err(ParseChordError::Key(text.to_string())),
    }
}

/// Whether a character can be a key by itself.
fn is_printable(char: char) -> bool {
    !char.is_control() && !char.is_whitespace()
}
