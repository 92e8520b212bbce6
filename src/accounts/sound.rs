//! How a name sounds: letters -> coarse phonemes, and how alike two of them are to a recogniser's ear.

/// What a word sounds like to a recogniser, as one letter for each phoneme: `a e i o u` for vowels, `x` for sh,
/// `c` for ch, `j` for soft g, the other consonants as themselves.
///
/// Word boundaries are forgotten, because a recogniser cuts unknown names into known words ("north rop grumman").
pub fn key(text: &str) -> String {
    let mut out = Vec::new();
    for word in fold(text).split_whitespace() {
        word_key(word.as_bytes(), &mut out);
    }
    out.dedup();
    String::from_utf8(out).unwrap_or_default()
}

/// The consonants of a [`key`], in groups that ears and accents mix up: `b` and `p`, `d` and `t`, `f` and `v`, ...
pub fn skeleton_of_key(key: &str) -> String {
    let mut out: Vec<u8> = key
        .bytes()
        .filter(|&byte| !is_vowel(byte) && byte != b'h' && byte != b'w')
        .map(group)
        .collect();
    out.dedup();
    String::from_utf8(out).unwrap_or_default()
}

/// What a text sounds like, ready to be compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sound {
    /// Its phonemes ([`key`]).
    pub key: String,
    shape: Shape,
}

impl Sound {
    /// The sound of a text.
    pub fn of(text: &str) -> Self {
        let key = key(text);
        Self {
            shape: Shape::of(&key),
            key,
        }
    }

    /// How alike both are, 0 to 1; 0 where it is less than `needed` at a glance.
    pub fn like(&self, other: &Self, needed: f32) -> f32 {
        if self.shape.may_be(&other.shape, needed) {
            likeness_of_keys(&self.key, &other.key)
        } else {
            0.0
        }
    }
}

/// How alike two keys of [`key`] are, 0 to 1.
fn likeness_of_keys(a: &str, b: &str) -> f32 {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let weight = |key: &[u8]| key.iter().map(|&byte| gap(byte)).sum::<f32>();
    let most = weight(a).max(weight(b));
    if most <= 0.0 {
        return 0.0;
    }
    (1.0 - distance(a, b) / most).max(0.0)
}

/// What a key weighs, and how many phonemes of each sort it has: a cheap look before the dear one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Shape {
    weight: f32,
    sorts: [u8; SORTS.len()],
}

/// Phonemes that are hardly ever heard for one of another sort.
const SORTS: [&[u8]; 5] = [b"bp", b"dt", b"cgjksxz", b"mn", b"lr"];

/// What it costs at least to hear one of another sort, or nothing.
const STRANGE: f32 = 0.9;

impl Shape {
    /// The shape of a key.
    fn of(key: &str) -> Self {
        let mut shape = Self::default();
        for byte in key.bytes() {
            shape.weight += gap(byte);
            if let Some(sort) = SORTS.iter().position(|sort| sort.contains(&byte)) {
                shape.sorts[sort] = shape.sorts[sort].saturating_add(1);
            }
        }
        shape
    }

    /// Whether keys of these shapes may be so alike; false only where [`likeness_of_keys`] is less for sure.
    fn may_be(&self, other: &Self, needed: f32) -> bool {
        let room = (1.0 - needed) * self.weight.max(other.weight) + 1e-3;
        // The cheapest way to a lighter key is "w" for "v": 0.5 for 0.6 less.
        if (self.weight - other.weight).abs() * 0.8 > room {
            return false;
        }
        let (mut more, mut less) = (0, 0);
        for (mine, theirs) in self.sorts.iter().zip(other.sorts) {
            more += mine.saturating_sub(theirs);
            less += theirs.saturating_sub(*mine);
        }
        f32::from(more.max(less)) * STRANGE <= room
    }
}

/// Letters a to z and digits in lower case, accents taken off, apostrophes gone, all else blanks.
fn fold(text: &str) -> String {
    super::normalize::fold(text)
        .chars()
        .filter(|&c| c != '\'')
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect()
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn group(byte: u8) -> u8 {
    match byte {
        b'b' => b'p',
        b'd' => b't',
        b'g' => b'k',
        b'v' => b'f',
        b'z' => b's',
        b'c' | b'j' => b'x',
        other => other,
    }
}

/// What it costs to leave a phoneme out. Vowels, h and w are what recognisers lose first.
fn gap(byte: u8) -> f32 {
    match byte {
        b'a' | b'e' | b'i' | b'o' | b'u' | b'h' | b'w' => 0.4,
        _ => 1.0,
    }
}

/// What it costs to hear one phoneme for another.
fn swap(a: u8, b: u8) -> f32 {
    if a == b {
        return 0.0;
    }
    if is_vowel(a) && is_vowel(b) {
        return 0.2;
    }
    if group(a) == group(b) {
        return 0.3;
    }
    match (a.min(b), a.max(b)) {
        (b'm', b'n') | (b'c' | b'g', b'k') | (b'g', b'j') => 0.4,
        (b's', b'x' | b'z') | (b'c' | b'j', b's') | (b'v', b'w') | (b'l', b'r') => 0.5,
        (x, y) if is_vowel(x) != is_vowel(y) => 1.2,
        _ => 0.9,
    }
}

/// Weighted edit distance over phonemes.
fn distance(a: &[u8], b: &[u8]) -> f32 {
    let mut row: Vec<f32> = Vec::with_capacity(b.len() + 1);
    row.push(0.0);
    for &byte in b {
        row.push(row[row.len() - 1] + gap(byte));
    }
    for &left in a {
        let mut corner = row[0];
        row[0] += gap(left);
        for (j, &right) in b.iter().enumerate() {
            let best = (corner + swap(left, right))
                .min(row[j + 1] + gap(left))
                .min(row[j] + gap(right));
            corner = row[j + 1];
            row[j + 1] = best;
        }
    }
    row[b.len()]
}

/// One word's phonemes.
fn word_key(word: &[u8], out: &mut Vec<u8>) {
    let mut i = skip_silent_start(word);
    while i < word.len() {
        let rest = &word[i..];
        i += if is_vowel(rest[0]) || rest[0] == b'y' {
            vowel(word, i, out)
        } else if rest[0].is_ascii_digit() {
            out.extend_from_slice(digit(rest[0]));
            1
        } else {
            consonant(word, i, out)
        };
    }
}

fn skip_silent_start(word: &[u8]) -> usize {
    const SILENT: [&[u8]; 6] = [b"kn", b"gn", b"pn", b"ps", b"pf", b"wr"];
    usize::from(word.len() > 2 && SILENT.iter().any(|start| word.starts_with(start)))
}

/// Pushes what the vowels at `i` sound like and says how many letters they are.
fn vowel(word: &[u8], i: usize, out: &mut Vec<u8>) -> usize {
    let rest = &word[i..];
    let letters = rest
        .iter()
        .take_while(|&&byte| is_vowel(byte) || byte == b'y')
        .count();
    // A lone e at the end is silent ("eaton", "chase").
    if letters == 1 && rest == b"e" && i > 1 {
        return 1;
    }
    let sound = match &rest[..letters.min(2)] {
        b"ee" | b"ea" | b"ie" | [b'y', ..] => b'i',
        b"oo" | b"ou" | b"eu" | b"ew" => b'u',
        b"au" => b'o',
        [first, ..] => *first,
        [] => return 1,
    };
    out.push(sound);
    // "nvidia", "ionis": a longer run is two syllables.
    if letters > 2 || matches!(&rest[..letters], b"ia" | b"io" | b"eo" | b"iu" | b"ua") {
        out.push(if rest[letters - 1] == b'y' {
            b'i'
        } else {
            rest[letters - 1]
        });
    }
    letters
}

fn digit(byte: u8) -> &'static [u8] {
    const WORDS: [&[u8]; 10] = [
        b"siro", b"wan", b"tu", b"tri", b"for", b"faiv", b"siks", b"sefen", b"eit", b"nain",
    ];
    WORDS[usize::from(byte - b'0')]
}

/// Pushes what the consonants at `i` sound like and says how many letters they are.
fn consonant(word: &[u8], i: usize, out: &mut Vec<u8>) -> usize {
    let rest = &word[i..];
    let next = rest.get(1).copied().unwrap_or(b' ');
    let soft = matches!(next, b'e' | b'i' | b'y');
    let clusters: [(&[u8], &[u8]); 17] = [
        (b"tsch", b"c"),
        (b"tch", b"c"),
        (b"sch", b"x"),
        (b"sh", b"x"),
        (b"tion", b"xon"),
        (b"sion", b"xon"),
        (b"cial", b"xal"),
        (b"tial", b"xal"),
        (b"ck", b"k"),
        (b"ph", b"f"),
        (b"th", b"t"),
        (b"wh", b"w"),
        (b"qu", b"kw"),
        (b"dge", b"j"),
        (b"ssi", b"si"),
        (b"chr", b"kr"),
        (b"dt", b"t"),
    ];
    if let Some((letters, sound)) = clusters.iter().find(|(c, _)| rest.starts_with(c)) {
        out.extend_from_slice(sound);
        return letters.len();
    }
    match rest[0] {
        b'c' if next == b'h' => {
            out.push(b'c');
            return 2;
        }
        b'c' => out.push(if soft { b's' } else { b'k' }),
        b'g' if next == b'h' => {
            if i == 0 {
                out.push(b'g');
            }
            return 2;
        }
        b'g' if soft && i > 0 => out.push(b'j'),
        b'q' => out.push(b'k'),
        b'x' if i == 0 => out.push(b's'),
        b'x' => out.extend_from_slice(b"ks"),
        b'z' => out.push(b's'),
        b'h' if i > 0 && !is_vowel(word[i - 1]) => {}
        b'h' if !is_vowel(next) => {}
        b'w' if !is_vowel(next) && next != b'y' => {}
        b'b' if i + 1 == word.len() && i > 0 && word[i - 1] == b'm' => {}
        other => out.push(other),
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(a: &str, b: &str) -> f32 {
        likeness_of_keys(&key(a), &key(b))
    }

    fn sounds_alike(a: &str, b: &str) -> bool {
        likeness(a, b) >= 0.8
    }

    #[test]
    fn misheard_names_sound_alike_and_others_do_not() {
        for (heard, meant) in [
            ("north rop grumman", "Northrop Grumman"),
            ("yard werk", "Yardwerk"),
            ("in video", "NVIDIA"),
            ("shneider", "Schneider"),
            ("fizer", "Pfizer"),
            ("send base", "Zenbase"),
            ("three m", "3M"),
            ("forty net", "Fortinet"),
            ("bramble wick", "Bramblewick"),
            ("tho ssen crupp", "thyssenkrupp"),
        ] {
            assert!(
                sounds_alike(heard, meant),
                "{heard} / {meant}: {} {} {}",
                key(heard),
                key(meant),
                likeness(heard, meant)
            );
        }
        for (one, other) in [
            ("Stripe", "Stryker"),
            ("Delta", "Dell"),
            ("target", "Tarrow"),
            ("general", "Generali Finance"),
            ("Oracle", "Orange"),
        ] {
            assert!(
                !sounds_alike(one, other),
                "{one} / {other}: {}",
                likeness(one, other)
            );
        }
    }

    #[test]
    fn a_shape_never_turns_away_what_sounds_alike() {
        let names = [
            "north rop grumman",
            "Northrop Grumman",
            "yard werk",
            "Yardwerk",
            "in video",
            "NVIDIA",
            "shneider",
            "Schneider",
            "fizer",
            "Pfizer",
            "send base",
            "Zenbase",
            "Bramblewick",
            "thyssenkrupp",
            "winnebago",
            "wanda vale",
            "Hawkwell",
            "o well",
            "Vireo",
            "wireo",
            "Kessler",
            "Chesler",
            "Lorrimer",
            "Rollimer",
        ];
        let keys: Vec<String> = names.iter().map(|name| key(name)).collect();
        let mut turned_away = 0;
        for one in &keys {
            for other in &keys {
                let like = likeness_of_keys(one, other);
                for needed in [0.6, 0.7, 0.84, 0.93] {
                    let may = Shape::of(one).may_be(&Shape::of(other), needed);
                    assert!(may || like < needed, "{one} {other} {like} {needed}");
                    turned_away += usize::from(!may);
                }
            }
        }
        assert!(turned_away > 1_000, "it spares nothing: {turned_away}");
    }
}
