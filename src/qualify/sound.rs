//! How a name sounds, and how far two sounds are apart: recognisers write names they have never heard.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower-case letters and digits alone, without accents: `FleetMosaic`, `fleet mosaic` and `Fleet-Mosaïc` are one.
pub fn squash(text: &str) -> String {
    let mut out = String::new();
    for letter in text.nfd().filter(|&letter| !is_combining_mark(letter)) {
        for low in letter.to_lowercase() {
            match low {
                'ø' => out.push('o'),
                'ł' => out.push('l'),
                'ß' => out.push_str("ss"),
                'æ' => out.push_str("ae"),
                '&' => out.push_str("and"),
                low if low.is_ascii_alphanumeric() => out.push(low),
                _ => {}
            }
        }
    }
    out
}

/// The sounds of squashed letters, one byte each. Not phonetics, only what recognisers mix up.
pub fn sounds(squashed: &str) -> Vec<u8> {
    let letters = squashed.as_bytes();
    let mut out: Vec<u8> = Vec::with_capacity(letters.len());
    let mut k = 0;
    while k < letters.len() {
        let next = letters.get(k + 1).copied().unwrap_or(0);
        let (put, used): (&[u8], usize) = match (letters[k], next) {
            (b'p', b'h') => (b"f", 2),
            (b'c', b'k') => (b"k", 2),
            (b'q', b'u') => (b"kw", 2),
            (b'g', b'h') => (b"", 2),
            (b'w', b'h') => (b"w", 2),
            (b't', b'h') => (b"t", 2),
            (b's' | b'c', b'h') | (b't', b'z') => (b"S", 2),
            (b'c', b'e' | b'i' | b'y') => (b"s", 1),
            (b'c' | b'q', _) => (b"k", 1),
            (b'x', _) => (b"ks", 1),
            (b'z', _) => (b"z", 1),
            (b'y', b'a' | b'e' | b'o' | b'u') if k == 0 => (b"j", 1),
            (b'y', _) => (b"i", 1),
            (b'j', _) => (b"j", 1),
            _ => (&letters[k..=k], 1),
        };
        for &sound in put {
            if out.last() != Some(&sound) {
                out.push(sound);
            }
        }
        k += used;
    }
    out
}

fn is_vowel(sound: u8) -> bool {
    matches!(sound, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// How many consonants of each group there are, where hearing one group for another costs as much as dropping it:
/// lips (b p v f), tongue and throat (d t g k s z S), nose (m n), l and r; and those that pass for others (w, j).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    counts: [u8; 4],
    loose: [u8; 2],
}

/// Counts the consonants of some sounds.
pub fn groups(sounds: &[u8]) -> Groups {
    let mut groups = Groups::default();
    for sound in sounds {
        let slot = match sound {
            b'b' | b'p' | b'v' | b'f' => &mut groups.counts[0],
            b'd' | b't' | b'g' | b'k' | b's' | b'z' | b'S' => &mut groups.counts[1],
            b'm' | b'n' => &mut groups.counts[2],
            b'l' | b'r' => &mut groups.counts[3],
            b'w' => &mut groups.loose[0],
            b'j' => &mut groups.loose[1],
            _ => continue,
        };
        *slot = slot.saturating_add(1);
    }
    groups
}

impl Groups {
    /// The least that [`likeness`] can find between two names with these consonants: what one has too many must be dropped
    /// or heard for something else.
    pub fn apart(self, other: Self) -> f32 {
        const COSTS: [f32; 4] = [0.9, 0.9, 0.9, 0.6];
        let (mut more, mut less) = (0.0, 0.0);
        for (k, cost) in COSTS.into_iter().enumerate() {
            let slack = match self.loose.get(k) {
                Some(one) => i16::from(*one) + i16::from(other.loose[k]),
                None => 0,
            };
            let surplus = i16::from(self.counts[k]) - i16::from(other.counts[k]);
            more += f32::from((surplus - slack).max(0)) * cost;
            less += f32::from((-surplus - slack).max(0)) * cost;
        }
        more.max(less)
    }
}

/// How often each sound occurs: `a` to `z`, `S`, and all others together.
pub type Letters = [u8; 32];

/// Counts some sounds.
pub fn letters(sounds: &[u8]) -> Letters {
    let mut counts = [0; 32];
    for &sound in sounds {
        let count: &mut u8 = &mut counts[place(sound)];
        *count = count.saturating_add(1);
    }
    counts
}

/// In hundredths, the least that it costs to hear a sound as another or not at all: the cheapest of [`swap_of`] and
/// [`drop_cost`], by [`place`].
const LEAST: [u8; 32] = {
    let mut least = [45; 32];
    let vowels = [b'a', b'e', b'i', b'o', b'u'];
    let mut k = 0;
    while k < vowels.len() {
        least[(vowels[k] - b'a') as usize] = 25;
        k += 1;
    }
    least[(b'h' - b'a') as usize] = 30;
    least[(b'w' - b'a') as usize] = 40;
    least[(b'j' - b'a') as usize] = 40;
    least
};

/// The least that [`likeness`] can find between two names with these sounds: what one has and the other hasn't is heard for
/// something else, or not at all.
pub fn letters_apart(mine: &Letters, theirs: &Letters) -> f32 {
    let (mut more, mut less) = (0_u16, 0_u16);
    for k in 0..32 {
        let cost = u16::from(LEAST[k]);
        more += u16::from(mine[k].saturating_sub(theirs[k])) * cost;
        less += u16::from(theirs[k].saturating_sub(mine[k])) * cost;
    }
    f32::from(more.max(less)) / 100.0
}

/// What dropping a sound costs.
fn drop_cost(sound: u8) -> f32 {
    match sound {
        b'h' => 0.3,
        b'w' | b'r' => 0.6,
        sound if is_vowel(sound) => 0.4,
        _ => 0.9,
    }
}

fn swap_of(a: u8, b: u8) -> f32 {
    const CLOSE: [&[u8]; 9] = [
        b"bpvf", b"dt", b"gk", b"szSj", b"vfw", b"mn", b"lr", b"tS", b"gj",
    ];
    if a == b {
        0.0
    } else if is_vowel(a) && is_vowel(b) {
        0.25
    } else if is_vowel(a) != is_vowel(b) {
        if matches!(
            (a, b),
            (b'w', b'u' | b'o') | (b'u' | b'o', b'w') | (b'i', b'j') | (b'j', b'i')
        ) {
            0.4
        } else {
            1.1
        }
    } else if CLOSE
        .iter()
        .any(|group| group.contains(&a) && group.contains(&b))
    {
        0.45
    } else {
        1.0
    }
}

/// What hearing one sound for another costs, for all pairs: `a` to `z` and `S`.
static SWAPS: LazyLock<[[f32; 32]; 32]> = LazyLock::new(|| {
    let mut table = [[1.0; 32]; 32];
    let sounds = || (b'a'..=b'z').chain(std::iter::once(b'S'));
    for a in sounds() {
        for b in sounds() {
            table[place(a)][place(b)] = swap_of(a, b);
        }
    }
    table
});

/// A sound's place in the table. Digits share one: they are never mixed up with letters.
fn place(sound: u8) -> usize {
    match sound {
        b'a'..=b'z' => usize::from(sound - b'a'),
        b'S' => 26,
        _ => 27,
    }
}

/// What all the sounds of a name cost to drop: the measure of its length.
pub fn weight(sounds: &[u8]) -> f32 {
    sounds.iter().map(|&sound| drop_cost(sound)).sum()
}

/// How alike two sequences of sounds are: 1 the same, 0 nothing in common. None where it is less than `needed`.
pub fn likeness(a: &[u8], b: &[u8], needed: f32) -> Option<f32> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let longest = weight(a).max(weight(b));
    let most = (1.0 - needed) * longest + 1e-4;
    let swaps = &*SWAPS;
    let mut row = [0.0_f32; MOST_SOUNDS + 1];
    let b = &b[..b.len().min(MOST_SOUNDS)];
    // Only the cells from `low` to `high` can still come to a likeness that is needed.
    let (mut low, mut high) = (0, 0);
    for (k, &sound) in b.iter().enumerate() {
        row[k + 1] = row[k] + drop_cost(sound);
        if row[k + 1] > most {
            break;
        }
        high = k + 1;
    }
    for &mine in a.iter().take(MOST_SOUNDS) {
        let swap = &swaps[place(mine)];
        let cost = drop_cost(mine);
        let mut diagonal = row[low];
        row[low] += cost;
        let mut reach = (row[low] <= most).then_some((low, low));
        for k in low + 1..=b.len() {
            let theirs = b[k - 1];
            let swapped = diagonal + swap[place(theirs)];
            let left = row[k - 1] + drop_cost(theirs);
            diagonal = if k <= high { row[k] } else { f32::MAX };
            row[k] = swapped.min(left).min(diagonal + cost);
            if row[k] <= most {
                reach = Some((reach.map_or(k, |reach| reach.0), k));
            } else if k > high {
                break;
            }
        }
        (low, high) = reach?;
    }
    if high < b.len() {
        return None;
    }
    let like = (1.0 - row[b.len()] / longest).max(0.0);
    (like >= needed).then_some(like)
}

/// The most sounds of a name that are compared.
const MOST_SOUNDS: usize = 63;

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str) -> f32 {
        likeness(&sounds(&squash(a)), &sounds(&squash(b)), 0.0).unwrap_or(0.0)
    }

    #[test]
    fn what_their_sounds_tell_is_never_more_than_the_names_are_apart() {
        let mut chance = 7_u64;
        let mut name = || {
            let mut letters = String::new();
            for _ in 0..12 {
                chance ^= chance << 13;
                chance ^= chance >> 7;
                chance ^= chance << 17;
                letters.push(char::from(b'a' + (chance % 26) as u8));
            }
            letters
        };
        let mut names: Vec<String> = (0..60).map(|_| name()).collect();
        names.extend(
            [
                "Routavia", "ruta via", "Quaydra", "Cuadra", "Yardwerk", "Jahrwerk",
            ]
            .map(str::to_owned),
        );
        for a in &names {
            for b in &names {
                let (one, two) = (sounds(&squash(a)), sounds(&squash(b)));
                let longest = weight(&one).max(weight(&two));
                let cost = (1.0 - likeness(&one, &two, 0.0).unwrap_or(0.0)) * longest;
                for least in [
                    groups(&one).apart(groups(&two)),
                    letters_apart(&letters(&one), &letters(&two)),
                ] {
                    assert!(
                        least <= cost + 1e-3 || cost >= longest - 1e-3,
                        "{a} / {b}: {least} > {cost}"
                    );
                }
            }
        }
    }

    #[test]
    fn mishearings_are_nearer_than_other_names() {
        for (name, heard) in [
            ("Routavia", "ruta v\u{ed}a"),
            ("Haulexis", "haul axis"),
            ("Quaydra", "Cuadra"),
            ("Yardwerk", "Jahrwerk"),
            ("LeadPilot", "lead pilot"),
        ] {
            assert!(
                alike(name, heard) > 0.7,
                "{name} / {heard}: {}",
                alike(name, heard)
            );
        }
        for (name, other) in [
            ("Routavia", "Optivane"),
            ("Dockara", "forecast"),
            ("Quaydra", "quarter"),
        ] {
            assert!(
                alike(name, other) < 0.7,
                "{name} / {other}: {}",
                alike(name, other)
            );
        }
    }
}
