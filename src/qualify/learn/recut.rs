//! A talk with its utterances cut elsewhere: parted between sentences, joined with the next, as a recogniser could as well have
//! written it.

use super::super::words;
use super::chance::Chance;
use super::data::{Label, Labelled, Line};

/// The share of utterances that are parted, of those that can be; some are joined again.
const PARTED: f32 = 0.35;
/// The share that is joined with the one before, of those that can be, where the same voice goes on.
const JOINED: f32 = 0.25;
/// The same where another answers.
const ANSWERED: f32 = 0.12;
/// A joined utterance has fewer words than this.
const LONGEST: usize = 30;

/// An utterance with what is labelled in it.
struct Piece {
    line: Line,
    labels: Vec<Label>,
}

/// Cuts a talk anew. Every label stays with its words; no quote is cut, and no two labels of a kind come together.
pub fn recut(talk: &Labelled, chance: &mut Chance) -> Labelled {
    let mut pieces: Vec<Piece> = Vec::new();
    for (i, line) in talk.utterances.iter().enumerate() {
        let labels = talk.gold.signals.iter().filter(|one| one.i == i);
        let whole = Piece {
            line: line.clone(),
            labels: labels.cloned().collect(),
        };
        for piece in part(whole, chance) {
            match pieces.last_mut() {
                Some(last) if joins(last, &piece, chance) => join(last, piece),
                _ => pieces.push(piece),
            }
        }
    }
    let mut recut = Labelled {
        utterances: Vec::with_capacity(pieces.len()),
        ..talk.clone()
    };
    recut.gold.signals.clear();
    for (i, piece) in pieces.into_iter().enumerate() {
        recut.utterances.push(piece.line);
        let labels = piece.labels.into_iter();
        recut
            .gold
            .signals
            .extend(labels.map(|one| Label { i, ..one }));
    }
    recut
}

/// Parts an utterance before one of its sentences, or doesn't.
fn part(whole: Piece, chance: &mut Chance) -> Vec<Piece> {
    let text = &whole.line.text;
    let quotes: Vec<Option<(usize, usize)>> = whole
        .labels
        .iter()
        .map(|label| {
            let lo = text.find(&label.quote)?;
            (!label.quote.is_empty()).then_some((lo, lo + label.quote.len()))
        })
        .collect();
    let uncut = |at: usize| {
        quotes
            .iter()
            .all(|quote| quote.is_some_and(|(lo, hi)| at <= lo || hi <= at))
    };
    let starts: Vec<usize> = words::sentences(0, text)
        .iter()
        .skip(1)
        .map(|one| one.lo)
        .filter(|&at| uncut(at))
        .collect();
    if starts.is_empty() || chance.share() >= PARTED {
        return vec![whole];
    }
    let at = starts[(chance.share() * starts.len() as f32) as usize];
    let line = |text: &str| Line {
        text: text.trim().to_owned(),
        ..whole.line.clone()
    };
    let lines = [line(&text[..at]), line(&text[at..])];
    let early = |k: usize| quotes[k].is_some_and(|(lo, _)| lo < at);
    let mut labels = [Vec::new(), Vec::new()];
    for (k, label) in whole.labels.iter().enumerate() {
        labels[usize::from(!early(k))].push(label.clone());
    }
    let both = lines.into_iter().zip(labels);
    both.map(|(line, labels)| Piece { line, labels }).collect()
}

fn joins(last: &Piece, next: &Piece, chance: &mut Chance) -> bool {
    let count = |piece: &Piece| piece.line.text.split_whitespace().count();
    let clash = |one: &Label| last.labels.iter().any(|other| other.kind == one.kind);
    let share = if last.line.speaker == next.line.speaker {
        JOINED
    } else {
        ANSWERED
    };
    count(last) + count(next) < LONGEST && !next.labels.iter().any(clash) && chance.share() < share
}

/// Joins the next utterance to the last. Who speaks is the visitor where something is labelled, else the longer voice.
fn join(last: &mut Piece, next: Piece) {
    if !last.labels.is_empty() || !next.labels.is_empty() {
        "visitor".clone_into(&mut last.line.speaker);
    } else if next.line.text.len() > last.line.text.len() {
        last.line.speaker = next.line.speaker;
    }
    last.line.text.push(' ');
    last.line.text.push_str(&next.line.text);
    last.labels.extend(next.labels);
}
