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

/// The families of consonants that occur, a bit each: two names whose families differ much cannot sound alike.
pub fn families(sounds: &[u8]) -> u16 {
    sounds.iter().fold(0, |set, sound| {
        set | match sound {
            b'b' | b'p' => 1,
            b'v' | b'f' => 2,
            b'd' | b't' => 4,
            b'g' | b'k' => 8,
            b's' | b'z' | b'S' | b'j' => 16,
            b'm' | b'n' => 32,
            b'l' => 64,
            b'r' => 128,
            _ => 0,
        }
    })
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
    let most = (1.0 - needed) * longest;
    let swaps = &*SWAPS;
    let mut row = [0.0_f32; MOST_SOUNDS + 1];
    let b = &b[..b.len().min(MOST_SOUNDS)];
    for (k, &sound) in b.iter().enumerate() {
        row[k + 1] = row[k] + drop_cost(sound);
    }
    for &mine in a.iter().take(MOST_SOUNDS) {
        let mut diagonal = row[0];
        let cost = drop_cost(mine);
        row[0] += cost;
        let mut least = row[0];
        for (k, &theirs) in b.iter().enumerate() {
            let swapped = diagonal + swaps[place(mine)][place(theirs)];
            let dropped = (row[k + 1] + cost).min(row[k] + drop_cost(theirs));
            diagonal = row[k + 1];
            row[k + 1] = swapped.min(dropped);
            least = least.min(row[k + 1]);
        }
        if least > most {
            return None;
        }
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
