//! A burst of keys -> one scan. Until then every key is given back as it came.

/// How a scanner is told from a typist.
#[derive(Clone, Debug, Default)]
pub struct Settings;

/// One key as a scanner may type it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WedgeKey {
    /// A printable character.
    Char(char),
    /// Enter.
    Enter,
    /// Tab.
    Tab,
    /// A letter with Ctrl.
    Control(char),
    /// Anything else.
    Other,
}

/// What comes out.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// A scan's payload.
    Scan(String),
    /// Keys given back as typing, with their times in ms.
    Keys(Vec<(u64, WedgeKey)>),
}

/// Tells a scanner from a typist.
#[derive(Clone, Debug)]
pub struct Wedge;

impl Wedge {
    /// A wedge that has seen nothing.
    pub fn new(_settings: Settings) -> Self {
        Self
    }

    /// Takes a key.
    pub fn key(&mut self, at_ms: u64, key: WedgeKey) -> Vec<Output> {
        vec![Output::Keys(vec![(at_ms, key)])]
    }

    /// Time passed.
    pub fn tick(&mut self, _now_ms: u64) -> Vec<Output> {
        Vec::new()
    }

    /// When it must be told the time, ms.
    pub fn deadline(&self) -> Option<u64> {
        None
    }
}
