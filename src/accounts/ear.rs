//! How alike two words are, by letters and by sound, where one could be a slip of the other.

use std::borrow::Cow;

use super::entries::{Entries, Entry};
use super::score::Query;
use super::sound::Sound;
use super::words;

/// Hears the words of one query beside those of the list.
pub struct Ear<'a> {
    /// The name that is looked for.
    pub query: &'a Query,
    /// The names that it may be.
    pub entries: &'a Entries,
}

impl Ear<'_> {
    /// Whether both have as many words and one pair is too different to be a slip.
    pub fn disagrees(&self, entry: &Entry) -> bool {
        let (a, b) = (&self.query.name.words, &entry.name.words);
        a.len() == b.len()
            && a.len() > 1
            && a.iter().zip(b).any(|(a, b)| self.alike(a, b).is_none())
    }

    /// How alike two words are, where one could be a slip of the other.
    pub fn alike(&self, a: &str, b: &str) -> Option<f32> {
        if a == b {
            return Some(1.0);
        }
        // "Pinecrest Schools" of Pinecrest School District.
        let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
        if short.len() > 3 && long.strip_suffix('s') == Some(short) {
            return Some(0.98);
        }
        if words::is_common(a) && words::is_common(b) {
            return None;
        }
        let allowed = match short.len() {
            0..=3 => 0,
            4..=6 => 1,
            7..=9 => 2,
            _ => 3,
        };
        let apart = a.chars().count().abs_diff(b.chars().count());
        let edits = (apart <= allowed).then(|| strsim::osa_distance(a, b));
        let spelled = match edits {
            Some(edits) if edits <= allowed => 1.0 - edits as f32 / long.len() as f32,
            _ => 0.0,
        };
        let heard = if long.len() >= 4 {
            let needed = spelled.max(0.75) + 0.05;
            self.sound(a).like(&self.sound(b), needed) - 0.05
        } else {
            0.0
        };
        let best = spelled.max(heard);
        (best >= 0.75).then_some(best)
    }

    fn sound(&self, word: &str) -> Cow<'_, Sound> {
        let own = self.query.sounds.iter().find(|own| own.0 == word);
        own.map(|own| &own.1)
            .or_else(|| self.entries.sound(word))
            .map_or_else(|| Cow::Owned(Sound::of(word)), Cow::Borrowed)
    }
}
