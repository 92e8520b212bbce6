//! The stamp of a deed: its id, its order, its key in the store and its time, in sixteen bytes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Crockford's base32 alphabet: no I, L, O, U, so it can be read out over a noisy hall.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A hybrid logical clock reading: wall time, a counter within the millisecond, and the laptop.
///
/// Big-endian bytes sort like the stamps themselves. Written as 26 characters of Crockford base32, which sort the same way.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Stamp {
    /// Milliseconds since 1970 UTC; 48 bits are kept.
    pub wall_ms: u64,
    /// Counts deeds within one millisecond, or while the wall clock stands behind an earlier stamp.
    pub count: u16,
    /// The laptop that made the deed.
    pub node: u64,
}

impl Stamp {
    /// The sixteen bytes that are its key in the store: 6 wall, 2 count, 8 node, big-endian.
    pub fn to_bytes(self) -> [u8; 16] {
        let high = (self.wall_ms << 16) | u64::from(self.count);
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&high.to_be_bytes());
        bytes[8..].copy_from_slice(&self.node.to_be_bytes());
        bytes
    }

    /// The stamp behind sixteen key bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        let number = u128::from_be_bytes(bytes);
        Self {
            wall_ms: (number >> 80) as u64,
            count: (number >> 64) as u16,
            node: number as u64,
        }
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = u128::from_be_bytes(self.to_bytes());
        let mut text = [0u8; 26];
        for (i, place) in text.iter_mut().enumerate() {
            let digit = (number >> (5 * (25 - i))) & 31;
            *place = ALPHABET[digit as usize];
        }
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A text that is no stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseStampError;

impl fmt::Display for ParseStampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a stamp is 26 characters of 0-9 and A-Z without I, L, O and U")
    }
}

impl std::error::Error for ParseStampError {}

impl FromStr for Stamp {
    type Err = ParseStampError;

    fn from_str(text: &str) -> Result<Self, ParseStampError> {
        if text.len() != 26 {
            return Err(ParseStampError);
        }
        let mut number: u128 = 0;
        for (i, byte) in text.bytes().enumerate() {
            let digit = ALPHABET
                .iter()
                .position(|&letter| letter == byte.to_ascii_uppercase())
                .ok_or(ParseStampError)?;
            // 26 digits hold 130 bits; the first may only use 3 of its 5.
            if i == 0 && digit > 7 {
                return Err(ParseStampError);
            }
            number = (number << 5) | digit as u128;
        }
        Ok(Self::from_bytes(number.to_be_bytes()))
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Hands out stamps that only ever grow, whatever the wall clock does.
#[derive(Clone, Debug)]
pub struct Clock {
    node: u64,
    last: Stamp,
}

impl Clock {
    /// A clock for the laptop `node` that has seen nothing yet.
    pub fn new(node: u64) -> Self {
        Self {
            node,
            last: Stamp {
                wall_ms: 0,
                count: 0,
                node,
            },
        }
    }

    /// The laptop this clock stamps for.
    pub fn node(&self) -> u64 {
        self.node
    }

    /// The next stamp at wall time `now_ms`: later than every stamp given or witnessed before.
    pub fn tick(&mut self, now_ms: u64) -> Stamp {
        let (wall_ms, count) = if now_ms > self.last.wall_ms {
            (now_ms, 0)
        } else if self.last.count == u16::MAX {
            // 65,536 deeds in one millisecond, or a clock hours behind: borrow the next millisecond.
            (self.last.wall_ms + 1, 0)
        } else {
            (self.last.wall_ms, self.last.count + 1)
        };
        self.last = Stamp {
            wall_ms,
            count,
            node: self.node,
        };
        self.last
    }

    /// Moves past a stamp made elsewhere, or read back from the store.
    pub fn witness(&mut self, stamp: Stamp) {
        if (stamp.wall_ms, stamp.count) > (self.last.wall_ms, self.last.count) {
            self.last.wall_ms = stamp.wall_ms;
            self.last.count = stamp.count;
        }
    }
}
