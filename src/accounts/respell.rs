//! Names of the show put right in what was heard: only where the recogniser was unsure and the words sound like the name.

use crate::domain::Playbook;

use super::sound::Sound;
use super::{normalize, words};

/// A word whose least sure token is below this was a guess.
const UNSURE: f32 = 0.6;
/// How many words a misheard name may be cut into.
const WINDOW: usize = 4;
/// How alike a guess and a name must sound.
const ALIKE: f32 = 0.84;
/// Ordinary words are nearly always what they are: these must sound nearly the same.
const ALIKE_ORDINARY: f32 = 0.93;
/// Two names that fit about as well: then nobody knows which.
const TIE: f32 = 0.03;
/// Names with fewer letters sound like too many things.
const SHORTEST: usize = 5;
/// A guess is no more letters longer or shorter than the name.
const LETTERS: usize = 4;

/// The names of the show: ours, our products', our competitors', the target accounts'.
#[derive(Clone, Debug, Default)]
pub struct Names {
    all: Vec<Name>,
}

#[derive(Clone, Debug)]
struct Name {
    written: String,
    squeezed: String,
    sound: Sound,
}

/// A stretch of words that is a name.
#[derive(Clone, Copy, Debug)]
struct Hit<'a> {
    from: usize,
    to: usize,
    name: &'a Name,
    like: f32,
}

impl Names {
    /// The names in a playbook, each as it is written there.
    pub fn new(playbook: &Playbook) -> Names {
        let ours = std::iter::once(&playbook.company.name);
        let products = playbook.products.iter().map(|one| &one.name);
        let competitors = playbook.competitors.iter().map(|one| &one.name);
        let accounts = playbook.accounts.iter().map(|one| &one.name);
        let mut names = Names::default();
        for written in ours.chain(products).chain(competitors).chain(accounts) {
            names.add(written, written);
        }
        // How names are known to be misheard. What products are also called are words of their own.
        let company = (&playbook.company.name, &playbook.company.aliases);
        let others = playbook
            .competitors
            .iter()
            .map(|one| (&one.name, &one.aliases));
        for (written, aliases) in std::iter::once(company).chain(others) {
            for alias in aliases {
                names.add(written, alias);
            }
        }
        names
    }

    /// Listens for `heard` as the name `written`.
    fn add(&mut self, written: &str, heard: &str) {
        let own = normalize::parse(written);
        let parsed = normalize::parse(heard);
        let squeezed = parsed.squeezed();
        let ordinary = own.words.iter().all(|word| words::is_ordinary(word));
        if squeezed.len() < SHORTEST || ordinary {
            return;
        }
        let name = Name {
            written: written.trim().to_owned(),
            sound: Sound::of(&parsed.words.join(" ")),
            squeezed,
        };
        self.all.push(name);
    }

    /// What was said with the show's names put right; none where nothing is to be put right. `sure` is how sure each word
    /// of `text` is, 0 to 1; where their numbers differ nothing is touched.
    pub fn respell(&self, text: &str, sure: &[f32]) -> Option<String> {
        let spoken: Vec<&str> = text.split_whitespace().collect();
        if spoken.len() != sure.len() || self.all.is_empty() {
            return None;
        }
        let mut hits: Vec<Hit<'_>> = (0..spoken.len())
            .flat_map(|from| {
                (from + 1..=(from + WINDOW).min(spoken.len())).map(move |to| (from, to))
            })
            .filter(|(from, to)| guessed(&spoken[*from..*to], &sure[*from..*to]))
            .filter_map(|(from, to)| self.hit(&spoken, from, to))
            .collect();
        hits.sort_by(|a, b| b.like.total_cmp(&a.like));
        let mut taken: Vec<Hit<'_>> = Vec::new();
        for hit in hits {
            if taken
                .iter()
                .all(|other| hit.to <= other.from || other.to <= hit.from)
            {
                taken.push(hit);
            }
        }
        if taken.is_empty() {
            return None;
        }
        taken.sort_by_key(|hit| hit.from);
        Some(rewritten(&spoken, &taken))
    }

    /// The name that a stretch of words is, if it is one and not another just as well.
    fn hit(&self, spoken: &[&str], from: usize, to: usize) -> Option<Hit<'_>> {
        // Nobody's name goes over the end of a sentence.
        if spoken[from..to - 1]
            .iter()
            .any(|word| word.ends_with(['.', '?', '!', ',']))
        {
            return None;
        }
        let parsed = normalize::parse(&bare(spoken, from, to));
        let heard = parsed.squeezed();
        let sound = Sound::of(&parsed.words.join(" "));
        let ordinary = parsed.words.iter().all(|word| words::is_ordinary(word));
        let needed = if ordinary { ALIKE_ORDINARY } else { ALIKE };
        let mut likes: Vec<(f32, &Name)> = self
            .all
            .iter()
            .filter(|name| heard.len().abs_diff(name.squeezed.len()) <= LETTERS)
            .map(|name| (sound.like(&name.sound, needed - TIE), name))
            .collect();
        likes.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (like, name) = *likes.first()?;
        let rival = likes
            .iter()
            .skip(1)
            .find(|(_, other)| other.written != name.written);
        let tied = rival.is_some_and(|(other, _)| like - other < TIE);
        let right =
            format!(" {} ", bare(spoken, from, to)).contains(&format!(" {} ", name.written));
        (like >= needed && !tied && !right).then_some(Hit {
            from,
            to,
            name,
            like,
        })
    }
}

/// Whether a stretch of words is a guess: it has one, and at its ends no ordinary word that was surely heard.
fn guessed(spoken: &[&str], sure: &[f32]) -> bool {
    let stays = |at: usize| {
        let word = normalize::parse(spoken[at]).squeezed();
        // "and" and its like are no part of a name's words at all.
        sure[at] >= UNSURE && (word.is_empty() || word == "&" || words::is_ordinary(&word))
    };
    sure.iter().any(|sure| *sure < UNSURE) && !stays(0) && !stays(spoken.len() - 1)
}

/// The words without the punctuation around them and without a possessive.
fn bare(spoken: &[&str], from: usize, to: usize) -> String {
    let joined = spoken[from..to].join(" ");
    let inner = joined.trim_matches(|c: char| !c.is_alphanumeric());
    let inner = inner.strip_suffix("'s").unwrap_or(inner);
    inner.to_owned()
}

/// The text with each stretch replaced, its punctuation and possessive kept.
fn rewritten(spoken: &[&str], hits: &[Hit<'_>]) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    for hit in hits {
        out.extend(spoken[at..hit.from].iter().map(|word| (*word).to_owned()));
        let joined = spoken[hit.from..hit.to].join(" ");
        let inner = bare(spoken, hit.from, hit.to);
        let (before, after) = joined.split_once(&inner).unwrap_or(("", ""));
        out.push(format!("{before}{}{after}", hit.name.written));
        at = hit.to;
    }
    out.extend(spoken[at..].iter().map(|word| (*word).to_owned()));
    out.join(" ")
}
