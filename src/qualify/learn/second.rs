//! Second stage: nets of utterances and nets of sentences learn from the first's scores of talks that it has not seen.

use super::super::model::context::Inputs;
use super::super::model::net::Net;
use super::super::model::{Model, Scores};
use super::descent::{self, Course};
use super::{FOLDS, Lesson};

/// How many nets of utterances are trained, and of sentences; their means count.
const NETS: u64 = 3;

const COURSE: Course = Course {
    hidden: 32,
    rate: 0.002,
    decay: 0.01,
    drop: 0.3,
    epochs: 16,
};

/// What the second stage learns from.
pub struct Second<'a> {
    lessons: &'a [Lesson],
    /// What is true of each lesson's utterances, and of their sentences.
    truths: &'a [Vec<u32>],
    told: Vec<Vec<u32>>,
    inputs: Vec<Inputs>,
}

impl<'a> Second<'a> {
    /// Begins with no inputs.
    pub fn new(lessons: &'a [Lesson], truths: &'a [Vec<u32>]) -> Self {
        let told = lessons.iter().zip(truths).map(|(one, truths)| {
            let sentences = super::sentences(one, truths);
            sentences.into_iter().flatten().collect()
        });
        Self {
            lessons,
            truths,
            told: told.collect(),
            inputs: vec![Inputs::default(); lessons.len()],
        }
    }

    /// Looks at a lesson with a first stage that has not seen it.
    pub fn look(&mut self, k: usize, words: &Model) {
        self.inputs[k] = words.inputs(&self.lessons[k].rows);
    }

    /// A model of nothing but nets that have not seen the files of one part.
    pub fn train(&self, without: Option<usize>) -> Model {
        let mut utterances: Vec<(&[f32], u32)> = Vec::new();
        let mut sentences: Vec<(&[f32], u32)> = Vec::new();
        for (k, lesson) in self.lessons.iter().enumerate() {
            if Some(lesson.file % FOLDS) == without {
                continue;
            }
            let inputs = &self.inputs[k];
            let all = inputs.utterances.iter().map(Vec::as_slice);
            utterances.extend(all.zip(self.truths[k].iter().copied()).skip(lesson.from));
            let before = inputs.said.partition_point(|said| *said < lesson.from);
            let all = inputs.sentences.iter().map(Vec::as_slice);
            sentences.extend(all.zip(self.told[k].iter().copied()).skip(before));
        }
        Model {
            course: nets(&utterances, 0),
            parts: nets(&sentences, NETS),
            ..Model::default()
        }
    }

    /// What a model with such nets makes of a lesson's utterances and of its sentences.
    pub fn scores(&self, k: usize, model: &Model) -> (Vec<Scores>, Vec<Scores>) {
        model.second(&self.inputs[k])
    }
}

fn nets(cases: &[(&[f32], u32)], seed: u64) -> Vec<Net> {
    (seed..seed + NETS)
        .map(|seed| descent::train(cases, COURSE, seed))
        .collect()
}
