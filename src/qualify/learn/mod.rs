//! `make train`: labelled conversations -> the weights of [`super::model`], with the scores of conversations left out.
//!
//! The recipe. The conversations are dealt into [`FOLDS`] by their files, so that a trade (a writer) is whole in one of
//! them; each is learnt from as it was written, cut elsewhere ([`recut`]), and as it goes on. First stage: for each fold two
//! regressions, one of utterances and one of sentences (true is a kind whose quote lies in the sentence), are trained on the
//! others, half of the n-grams left out by chance each time, and score it; two more on all of them are kept.
//! Second stage: nets of utterances and nets of sentences learn from those scores, for each fold on the others, which gives
//! scores of conversations that no weight has seen; from these the thresholds are chosen, and the figures printed. Nets
//! trained on all are kept.
//! Last, from what these scores make likely of each left-out talk, a regression learns how hot it is ([`rate`]); it counts
//! where the rating guide alone is in doubt.

mod buyer;
mod chance;
mod data;
mod descent;
mod heat;
mod recut;
mod regression;
pub mod score;
mod second;
pub mod stream;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::Qualifier;
use super::chances::Chances;
use super::jsonl;
use super::model::Row;
use super::model::{Model, Scores, output};
use crate::domain::Heat;
pub use data::{Gold, Label, Labelled, Line};

use regression::Pace;
use second::Second;

/// How many parts the files are dealt into.
const FOLDS: usize = 6;

const PACE: Pace = Pace {
    alpha: 0.3,
    beta: 1.0,
    l1: 1.0,
    l2: 0.1,
    epochs: 12,
    drop: 0.5,
    least: 3,
};

/// Of sentences by themselves.
const PIECES: Pace = Pace { l1: 1.8, ..PACE };

/// One conversation to learn from.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// Its labels.
    pub talk: Labelled,
    /// What the first stage sees of it ([`super::Qualifier::rows`]).
    pub rows: Vec<Row>,
    /// Which file it stands in; files are left out whole.
    pub file: usize,
    /// Whether it is the talk as it was written, from its beginning to its end.
    pub whole: bool,
    /// The first utterance that is learnt from: 0, but for the beginning of a talk, which teaches how the talk looks
    /// while it goes on, only the last few.
    pub from: usize,
}

impl Lesson {
    /// The lessons of a talk: the whole, the same cut elsewhere, and a beginning.
    pub fn of(talk: &Labelled, file: usize, qualifier: &Qualifier) -> Vec<Self> {
        let said = jsonl::said(talk.utterances.iter().map(|line| line.text.as_str()));
        let mut chance = chance::Chance::of(&talk.id);
        let lesson = |talk: Labelled, rows: Vec<Row>| Self {
            talk,
            rows,
            file,
            whole: false,
            from: 0,
        };
        let mut lessons = vec![Self {
            whole: true,
            ..lesson(talk.clone(), qualifier.rows(&said))
        }];
        for _ in 0..RECUT {
            let recut = recut::recut(talk, &mut chance);
            let said = jsonl::said(recut.utterances.iter().map(|line| line.text.as_str()));
            let rows = qualifier.rows(&said);
            lessons.push(lesson(recut, rows));
        }
        for _ in 0..BEGINNINGS {
            let end = (chance.share() * said.len() as f32) as usize;
            if end > 0 {
                lessons.push(Self {
                    from: end.saturating_sub(LAST),
                    ..lesson(talk.clone(), qualifier.rows(&said[..end]))
                });
            }
        }
        lessons
    }
}

/// How often each talk is cut elsewhere.
const RECUT: usize = 1;
/// How many beginnings of each talk are learnt from.
const BEGINNINGS: usize = 1;
/// How many of the last utterances of each.
const LAST: usize = 3;

/// What came of the training.
#[derive(Clone, Debug)]
pub struct Trained {
    /// The weights.
    pub model: Model,
    /// For each lesson, the scores by weights that have not seen its file.
    pub left_out: Vec<Vec<Scores>>,
    /// The same of its sentences.
    pub sentences: Vec<Vec<Scores>>,
}

/// Does jobs 0 to n, each once, in any order and as many at a time as it likes; it returns when all are done. What comes of the
/// training doesn't depend on it.
pub type AtOnce<'a> = &'a dyn Fn(usize, &(dyn Fn(usize) + Sync));

/// Trains both stages and chooses the thresholds. `tell` hears how far it is.
pub fn train(lessons: &[Lesson], at_once: AtOnce<'_>, tell: &mut dyn FnMut(&str)) -> Trained {
    let truths: Vec<Vec<u32>> = lessons.iter().map(|one| data::truths(&one.talk)).collect();
    let folds: BTreeSet<usize> = lessons.iter().map(|one| one.file % FOLDS).collect();
    let parts: Vec<Option<usize>> = folds.into_iter().map(Some).chain([None]).collect();
    let mut second = Second::new(lessons, &truths);
    tell(&format!("words, {} times", parts.len()));
    let mut words = each(&parts, at_once, &|without| {
        first_stage(lessons, &truths, without)
    });
    let mut model = words.pop().unwrap_or_default();
    for (k, lesson) in lessons.iter().enumerate() {
        second.look(k, &words[place(&parts, lesson)]);
    }
    tell(&format!("course, {} times", parts.len()));
    let mut course = each(&parts, at_once, &|without| second.train(without));
    if let Some(all) = course.pop() {
        (model.course, model.parts) = (all.course, all.parts);
    }
    let scored = lessons.iter().enumerate();
    let (left_out, told): (Vec<_>, Vec<_>) = scored
        .map(|(k, lesson)| second.scores(k, &course[place(&parts, lesson)]))
        .unzip();
    settle(&mut model, lessons, &left_out);
    Trained {
        model,
        left_out,
        sentences: told,
    }
}

/// What comes of a training without each part, in their order.
fn each<T: Send + Sync>(
    parts: &[Option<usize>],
    at_once: AtOnce<'_>,
    job: &(dyn Fn(Option<usize>) -> T + Sync),
) -> Vec<T> {
    let done: Vec<OnceLock<T>> = parts.iter().map(|_| OnceLock::new()).collect();
    at_once(parts.len(), &|k| {
        done[k].get_or_init(|| job(parts[k]));
    });
    let all = done.into_iter().zip(parts);
    all.map(|(done, part)| done.into_inner().unwrap_or_else(|| job(*part)))
        .collect()
}

/// Which training has not seen a lesson's file.
fn place(parts: &[Option<usize>], lesson: &Lesson) -> usize {
    let without = Some(lesson.file % FOLDS);
    parts.iter().position(|part| *part == without).unwrap_or(0)
}

/// A left-out talk of a buyer: what is likely of it, its file, and how hot it is (0 cold, 1 warm, 2 hot).
pub type Rated = (Chances, usize, usize);

/// Trains how hot a talk is on left-out talks. Gives what talks are rated by weights that have not seen their files.
pub fn rate(model: &mut Model, talks: &[Rated]) -> Vec<Heat> {
    let train = |without: Option<usize>| {
        let some = talks
            .iter()
            .filter(|talk| Some(talk.1 % FOLDS) != without)
            .map(|(chances, _, heat)| (chances.inputs(), *heat));
        heat::train(&some.collect::<Vec<_>>())
    };
    let parts: Vec<_> = (0..FOLDS).map(|part| train(Some(part))).collect();
    model.heat = train(None);
    let rated = talks.iter();
    rated
        .map(|talk| talk.0.heat(&parts[talk.1 % FOLDS]))
        .collect()
}

/// Both regressions of the first stage, without the files of one part.
fn first_stage(lessons: &[Lesson], truths: &[Vec<u32>], without: Option<usize>) -> Model {
    let some = || {
        let all = lessons.iter().zip(truths);
        all.filter(|(one, _)| Some(one.file % FOLDS) != without)
    };
    let utterances: Vec<(&[(u32, f32)], u32)> = some()
        .flat_map(|(one, truths)| {
            let rows = one.rows.iter().zip(truths).skip(one.from);
            rows.map(|(row, truth)| (row.grams.as_slice(), *truth))
        })
        .collect();
    let sentences: Vec<(&[(u32, f32)], u32)> = some()
        .flat_map(|(one, truths)| {
            let told = one.rows.iter().zip(sentences(one, truths)).skip(one.from);
            told.flat_map(|(row, told)| {
                let pieces = row.pieces.iter().map(|one| one.grams.as_slice());
                pieces.zip(told).collect::<Vec<_>>()
            })
        })
        .collect();
    let model = Model {
        words: regression::train(&utterances, PACE),
        pieces: regression::train(&sentences, PIECES),
        ..Model::default()
    };
    // The second stage learns from the weights as the file keeps them.
    Model::from_bytes(&model.to_bytes()).unwrap_or(model)
}

/// What is true of each sentence: of the kinds, those whose quote lies in it; of the rest, what is true of its utterance.
fn sentences(lesson: &Lesson, truths: &[u32]) -> Vec<Vec<u32>> {
    let rows = lesson.rows.iter().zip(truths).enumerate();
    rows.map(|(i, (row, truth))| {
        let all = *truth & (1 << output::VISITOR | 1 << output::NO_BUYER);
        let mut told = vec![all; row.pieces.len()];
        for label in lesson.talk.gold.signals.iter().filter(|one| one.i == i) {
            let text = &lesson.talk.utterances[i].text;
            let bits = data::bits(label);
            let Some(lo) = text.find(&label.quote).filter(|_| !label.quote.is_empty()) else {
                for one in &mut told {
                    *one |= bits;
                }
                continue;
            };
            let hi = lo + label.quote.len();
            for (piece, told) in row.pieces.iter().zip(&mut told) {
                if piece.span.0 < hi && lo < piece.span.1 {
                    *told |= bits;
                }
            }
        }
        told
    })
    .collect()
}

/// What is settled from the scores of left-out talks: buyer or not, and the thresholds.
fn settle(model: &mut Model, lessons: &[Lesson], left_out: &[Vec<Scores>]) {
    model.whole = buyer::train(lessons, left_out);
    let (whole, scores): (Vec<&Lesson>, Vec<_>) = lessons
        .iter()
        .zip(left_out)
        .filter(|(one, _)| one.whole)
        .unzip();
    model.thresholds = score::thresholds(&whole, &scores, model);
}
