//! A burst of keys -> one scan. A badge scanner is a keyboard that types very fast; nothing it types may fire a key.
//!
//! The rules and their figures are those of common wedge readers: a scanner types a key every 1 to 10 ms (some Bluetooth
//! models up to 30), a person hardly ever two within 50 ms, a held key repeats every 30 ms with the same letter.

/// How a scanner is told from a typist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Two keys of a burst are at most so far apart, in ms. Settable from 5 to 120.
    pub gap_ms: u64,
    /// The mean gap of a scan is at most this, in ms.
    pub mean_ms: u64,
    /// A scan has at least so many characters.
    pub least: usize,
    /// After its Enter or Tab a scan is over when nothing follows for so long, in ms.
    pub after_end_ms: u64,
    /// Without one it is over when nothing follows for so long, in ms.
    pub silence_ms: u64,
    /// The same payload within so long is one scan, in ms.
    pub again_ms: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            gap_ms: 35,
            mean_ms: 33,
            least: 6,
            after_end_ms: 60,
            silence_ms: 150,
            again_ms: 3_000,
        }
    }
}

/// What cards begin with: letters that come so are hardly ever typed, so they are waited for longer.
const CARDS: [&str; 2] = ["BEGIN:VCARD", "MECARD:"];

/// How long the first letter of a card waits for its second where the machine or the scanner is slow, in ms.
const FIRST_MS: u64 = 70;

/// Nobody types the beginning of a card with fewer ms a key.
const CARD_MEAN_MS: u64 = 60;

/// A held key repeats about so often, in ms, on every system's default.
const REPEAT_MS: u64 = 30;

/// One key as a scanner may type it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WedgeKey {
    /// A printable character.
    Char(char),
    /// Enter: a line break of a card, or the end of a scan.
    Enter,
    /// Tab: the end of a scan on some scanners.
    Tab,
    /// A letter with Ctrl: how control characters are typed.
    Control(char),
    /// Anything else, which ends a burst. The caller looks it up itself, after what comes out.
    Other,
}

/// What comes out.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// A scan's payload. Line breaks are `\n`; control characters that a scanner sends between fields are kept.
    Scan(String),
    /// Keys given back as typing, in order, with their times in ms.
    Keys(Vec<(u64, WedgeKey)>),
}

/// Tells a scanner from a typist.
#[derive(Clone, Debug)]
pub struct Wedge {
    settings: Settings,
    burst: Vec<(u64, WedgeKey)>,
    last: Option<(u64, String)>,
}

impl Wedge {
    /// A wedge that has seen nothing.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            burst: Vec::new(),
            last: None,
        }
    }

    /// Takes a key at a time in ms. Times never go back.
    pub fn key(&mut self, at_ms: u64, key: WedgeKey) -> Vec<Output> {
        let mut out = self.tick(at_ms);
        if key == WedgeKey::Other {
            out.extend(self.close());
            return out;
        }
        if let Some((last_ms, _)) = self.burst.last()
            && at_ms.saturating_sub(*last_ms) > self.reach()
        {
            out.extend(self.close());
        }
        // Only a character begins a burst; a lone Enter or Ctrl-C is a person's.
        if self.burst.is_empty() && !matches!(key, WedgeKey::Char(_)) {
            out.push(Output::Keys(vec![(at_ms, key)]));
            return out;
        }
        self.burst.push((at_ms, key));
        out
    }

    /// Time passed: a burst that is over comes out.
    pub fn tick(&mut self, now_ms: u64) -> Vec<Output> {
        match self.deadline() {
            Some(deadline) if now_ms >= deadline => self.close(),
            _ => Vec::new(),
        }
    }

    /// When it must be told the time, ms; none while it holds nothing.
    pub fn deadline(&self) -> Option<u64> {
        let (last_ms, _) = self.burst.last()?;
        Some(last_ms + self.reach() + 1)
    }

    /// How long after its last key the burst may still go on, in ms.
    ///
    /// A few keys are held as long as the gap and no longer, so typing has no lag that anybody feels. What is already a scan
    /// by its pace may pause, as scanners do at the end of a line.
    fn reach(&self) -> u64 {
        if !self.is_scan() {
            return match self.card_letters() {
                0 => self.settings.gap_ms,
                1 => self.settings.gap_ms.max(FIRST_MS),
                _ => self.settings.silence_ms,
            };
        }
        let ended = matches!(
            self.burst.last(),
            Some((_, WedgeKey::Enter | WedgeKey::Tab))
        );
        if ended && !self.is_open_card() {
            self.settings.after_end_ms
        } else {
            self.settings.silence_ms
        }
    }

    /// Whether what came so far is fast and long enough, and no held key.
    fn is_scan(&self) -> bool {
        let letters: Vec<char> = self
            .burst
            .iter()
            .filter_map(|(_, key)| match key {
                WedgeKey::Char(letter) => Some(*letter),
                _ => None,
            })
            .collect();
        if letters.len() < self.settings.least {
            return false;
        }
        let (Some((first, _)), Some((last, _))) = (self.burst.first(), self.burst.last()) else {
            return false;
        };
        // One held key, or two that are rolled, repeat as fast as a slow scanner types; a fast one is told by its pace alone.
        let mut distinct = letters;
        distinct.sort_unstable();
        distinct.dedup();
        let mean_ms = if distinct.len() < 3 {
            REPEAT_MS / 2
        } else if self.card_letters() > 0 {
            self.settings.mean_ms.max(CARD_MEAN_MS)
        } else {
            self.settings.mean_ms
        };
        let gaps = self.burst.len().saturating_sub(1).max(1) as u64;
        last.saturating_sub(*first) <= mean_ms * gaps
    }

    /// How many letters of a card's beginning the burst begins with; 0 where what came is no card's.
    fn card_letters(&self) -> usize {
        let longest = CARDS
            .iter()
            .map(|card| card.len())
            .max()
            .unwrap_or_default();
        let letters: String = self
            .burst
            .iter()
            .take(longest)
            .map_while(|(_, key)| match key {
                WedgeKey::Char(letter) => Some(*letter),
                _ => None,
            })
            .collect();
        let begins = |card: &&str| card.starts_with(&letters) || letters.starts_with(*card);
        let mut cards = CARDS.iter();
        cards
            .find(|card| begins(card))
            .map_or(0, |_| letters.chars().count())
    }

    /// Whether a vCard was begun and not ended: an Enter within it is a line break.
    fn is_open_card(&self) -> bool {
        let text = payload(&self.burst).to_uppercase();
        text.contains("GIN:VCARD") && !text.contains("END:VCARD")
    }

    /// Ends the burst: a scan, or keys given back.
    fn close(&mut self) -> Vec<Output> {
        if self.burst.is_empty() {
            return Vec::new();
        }
        let scan = self.is_scan();
        let burst = std::mem::take(&mut self.burst);
        if !scan {
            return vec![Output::Keys(burst)];
        }
        let at_ms = burst.last().map_or(0, |(at_ms, _)| *at_ms);
        let payload = payload(&burst);
        let again = self.last.as_ref().is_some_and(|(before_ms, before)| {
            *before == payload && at_ms.saturating_sub(*before_ms) <= self.settings.again_ms
        });
        self.last = Some((at_ms, payload.clone()));
        if again {
            Vec::new()
        } else {
            vec![Output::Scan(payload)]
        }
    }
}

/// The text of a burst, without the Enter or Tab that ends it.
fn payload(burst: &[(u64, WedgeKey)]) -> String {
    let mut text: String = burst
        .iter()
        .filter_map(|(_, key)| match key {
            WedgeKey::Char(letter) => Some(*letter),
            WedgeKey::Enter => Some('\n'),
            WedgeKey::Tab => Some('\t'),
            WedgeKey::Control(letter) => control(*letter),
            WedgeKey::Other => None,
        })
        .collect();
    text.truncate(text.trim_end_matches(['\n', '\t']).len());
    text
}

/// The control character behind Ctrl and a letter: Ctrl-J is a line feed, Ctrl-] is GS.
fn control(letter: char) -> Option<char> {
    let upper = letter.to_ascii_uppercase();
    if upper == 'J' || upper == 'M' {
        return Some('\n');
    }
    let code = u32::from(upper).checked_sub(64).filter(|code| *code < 32)?;
    char::from_u32(code)
}
