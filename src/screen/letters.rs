//! Letters three rows high, made of half blocks: what a terminal has instead of a larger font.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Dots of a letter from top to bottom; all rows of a letter are as wide.
type Dots = [&'static str; 5];

/// The letters there are, 5 dots high: drawn for this board, capitals only, as wide as each needs.
#[rustfmt::skip] // a table reads as a table
const LETTERS: [(char, Dots); 49] = [
    ('A', ["###", "# #", "###", "# #", "# #"]),
    ('B', ["## ", "# #", "## ", "# #", "## "]),
    ('C', ["###", "#  ", "#  ", "#  ", "###"]),
    ('D', ["## ", "# #", "# #", "# #", "## "]),
    ('E', ["###", "#  ", "## ", "#  ", "###"]),
    ('F', ["###", "#  ", "## ", "#  ", "#  "]),
    ('G', ["####", "#   ", "# ##", "#  #", "####"]),
    ('H', ["# #", "# #", "###", "# #", "# #"]),
    ('I', ["#", "#", "#", "#", "#"]),
    ('J', ["  #", "  #", "  #", "# #", "###"]),
    ('K', ["# #", "# #", "## ", "# #", "# #"]),
    ('L', ["#  ", "#  ", "#  ", "#  ", "###"]),
    ('M', ["#   #", "## ##", "# # #", "#   #", "#   #"]),
    ('N', ["#  #", "## #", "# ##", "#  #", "#  #"]),
    ('O', ["###", "# #", "# #", "# #", "###"]),
    ('P', ["###", "# #", "###", "#  ", "#  "]),
    ('Q', ["### ", "# # ", "# # ", "### ", "  ##"]),
    ('R', ["## ", "# #", "## ", "# #", "# #"]),
    ('S', ["###", "#  ", "###", "  #", "###"]),
    ('T', ["###", " # ", " # ", " # ", " # "]),
    ('U', ["# #", "# #", "# #", "# #", "###"]),
    ('V', ["# #", "# #", "# #", "# #", " # "]),
    ('W', ["#   #", "#   #", "# # #", "## ##", "#   #"]),
    ('X', ["# #", "# #", " # ", "# #", "# #"]),
    ('Y', ["# #", "# #", "###", " # ", " # "]),
    ('Z', ["###", "  #", " # ", "#  ", "###"]),
    ('0', ["###", "# #", "# #", "# #", "###"]),
    ('1', ["## ", " # ", " # ", " # ", "###"]),
    ('2', ["###", "  #", "###", "#  ", "###"]),
    ('3', ["###", "  #", "###", "  #", "###"]),
    ('4', ["# #", "# #", "###", "  #", "  #"]),
    ('5', ["###", "#  ", "###", "  #", "###"]),
    ('6', ["###", "#  ", "###", "# #", "###"]),
    ('7', ["###", "  #", "  #", "  #", "  #"]),
    ('8', ["###", "# #", "###", "# #", "###"]),
    ('9', ["###", "# #", "###", "  #", "###"]),
    ('.', [" ", " ", " ", " ", "#"]),
    (',', ["  ", "  ", "  ", " #", "# "]),
    ('\'', ["#", "#", " ", " ", " "]),
    ('-', ["   ", "   ", "###", "   ", "   "]),
    ('&', ["##  ", "##  ", "####", "# # ", "####"]),
    ('!', ["#", "#", "#", " ", "#"]),
    ('?', ["###", "  #", " ##", "   ", " # "]),
    (':', [" ", "#", " ", "#", " "]),
    ('/', ["  #", "  #", " # ", "#  ", "#  "]),
    ('+', ["   ", " # ", "###", " # ", "   "]),
    ('(', [" #", "# ", "# ", "# ", " #"]),
    (')', ["# ", " #", " #", " #", "# "]),
    (' ', ["  ", "  ", "  ", "  ", "  "]),
];

/// A text in three rows of at most so many cells; none where it is longer, or has a letter that isn't there.
pub fn big(text: &str, cells: usize) -> Option<[String; 3]> {
    let letters: Vec<&Dots> = plain(text).map(dots).collect::<Option<Vec<_>>>()?;
    let wide: usize = letters.iter().map(|dots| dots[0].len() + 1).sum();
    if letters.is_empty() || wide > cells + 1 {
        return None;
    }
    Some([0, 2, 4].map(|top| {
        let rows = letters.iter().map(|dots| {
            let lower = dots.get(top + 1).copied().unwrap_or_default();
            halves(dots[top], lower)
        });
        rows.collect::<Vec<String>>().join(" ")
    }))
}

/// Capitals without their accents: a name that can be read beats one that is spelt and small.
fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_uppercase)
}

fn dots(letter: char) -> Option<&'static Dots> {
    let found = LETTERS.iter().find(|(other, _)| *other == letter);
    found.map(|(_, dots)| dots)
}

/// Two rows of dots as one row of cells.
fn halves(upper: &str, lower: &str) -> String {
    let mut below = lower.chars();
    upper
        .chars()
        .map(|above| match (above == '#', below.next() == Some('#')) {
            (true, true) => '█',
            (true, false) => '▀',
            (false, true) => '▄',
            (false, false) => ' ',
        })
        .collect()
}
