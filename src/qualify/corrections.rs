//! What takes back the line before it: "There's four hundred for it." "No. Three forty." The last word counts.

use crate::domain::SignalKind;

use super::values::Reader;

/// From which likelihood the next line speaks of the same thing: it says no to the line before, so little is enough.
const SAME: f32 = 0.1;

/// Words that open a line which puts the one before right.
const OPENS: [&str; 8] = [
    "no",
    "nope",
    "nah",
    "not",
    "there was",
    "it's",
    "it is",
    "we can't",
];

/// The places of a kind; a sum or a time that the next line puts right stands where it was put right.
pub fn kept(reader: &Reader<'_>, kind: SignalKind) -> Vec<(usize, f32)> {
    let mut places = reader.judged.places(kind);
    if !matches!(kind, SignalKind::Budget | SignalKind::Timeline) {
        return places;
    }
    for k in 0..places.len() {
        let next = places[k].0 + 1;
        let taken = places.get(k + 1).is_some_and(|one| one.0 == next);
        let voice = reader.judged.visitor(next);
        if !taken
            && voice > 0.5
            && reader.judged.kind(next, kind) >= SAME
            && puts_right(reader, next)
        {
            places[k].0 = next;
        }
    }
    places
}

/// Whether an utterance begins by saying that what was said before isn't so.
fn puts_right(reader: &Reader<'_>, said: usize) -> bool {
    let sentences = &reader.talk.sentences;
    let Some(first) = sentences.iter().find(|one| one.said == said) else {
        return false;
    };
    let says = |opening: &&str| {
        let words: Vec<&str> = opening.split(' ').collect();
        first.texts().starts_with(&words)
    };
    !first.asks && OPENS.iter().any(says)
}
