//! What the trained layer learns from, its recipe and its file.

use boothside::qualify::learn::{self, Labelled, Lesson};
use boothside::qualify::model::{Model, WeightsError};

use crate::qualify::{qualifier, talks};

fn lessons(count: usize) -> Vec<Lesson> {
    let qualifier = qualifier("train/energy.toml");
    talks("train/energy.jsonl")
        .into_iter()
        .take(count)
        .enumerate()
        .flat_map(|(file, talk)| Lesson::of(&talk, file % 2, &qualifier))
        .collect()
}

#[test]
fn training_gives_the_same_weights_every_time() {
    let lessons = lessons(8);
    let in_order = |count: usize, job: &(dyn Fn(usize) + Sync)| (0..count).for_each(job);
    let side_by_side = |count: usize, job: &(dyn Fn(usize) + Sync)| {
        std::thread::scope(|scope| {
            for k in (0..count).rev() {
                scope.spawn(move || job(k));
            }
        });
    };
    let once = learn::train(&lessons, &in_order, &mut |_| {});
    let again = learn::train(&lessons, &side_by_side, &mut |_| {});
    let (once, again) = (once.model.to_bytes(), again.model.to_bytes());
    assert!(once == again && once.len() > 10_000);
    let model = Model::from_bytes(&once).unwrap();
    assert!(
        model.to_bytes() == once,
        "writing what was read changes nothing"
    );
    assert_eq!(Model::from_bytes(b"GIF89a"), Err(WeightsError::Foreign));
    let longer = [once.as_slice(), &[0]].concat();
    assert_eq!(Model::from_bytes(&longer), Err(WeightsError::Broken));
    for end in [0, 3, 4, 40, 200, once.len() / 2, once.len() - 1] {
        assert!(Model::from_bytes(&once[..end]).is_err(), "{end}");
    }
}

#[test]
fn the_bundled_weights_are_small_and_whole() {
    let bytes = std::fs::read("assets/qualify/weights.bin").unwrap();
    assert!(bytes.len() < 2_000_000);
    let model = Model::from_bytes(&bytes).unwrap();
    assert!(!model.is_empty());
    assert!(&model == Model::bundled());
}

/// The words of a talk, one after another, and the quotes of its labels.
fn words_and_quotes(talk: &Labelled) -> (Vec<&str>, Vec<(&str, &str)>) {
    let texts = talk.utterances.iter().map(|line| line.text.as_str());
    let labels = talk.gold.signals.iter();
    let mut quotes: Vec<_> = labels
        .map(|one| (one.kind.name(), one.quote.as_str()))
        .collect();
    quotes.sort_unstable();
    (texts.flat_map(str::split_whitespace).collect(), quotes)
}

/// How many labels of one kind stand in one utterance at most.
fn most_of_a_kind(talk: &Labelled) -> usize {
    let all = &talk.gold.signals;
    let alike = |one: &learn::Label| {
        let others = all.iter();
        others
            .filter(|other| (other.kind, other.i) == (one.kind, one.i))
            .count()
    };
    all.iter().map(alike).max().unwrap_or(0)
}

#[test]
fn a_talk_cut_elsewhere_keeps_every_word_and_every_label_at_its_quote() {
    let qualifier = qualifier("train/energy.toml");
    let mut moved = 0;
    for talk in talks("train/energy.jsonl") {
        let lessons = Lesson::of(&talk, 0, &qualifier);
        assert_eq!(lessons.iter().filter(|one| one.whole).count(), 1);
        let recut = &lessons[1].talk;
        assert_eq!(
            words_and_quotes(recut),
            words_and_quotes(&talk),
            "{}",
            talk.id
        );
        for label in &recut.gold.signals {
            let line = &recut.utterances[label.i];
            assert!(
                line.text.contains(&label.quote),
                "{}: {}",
                talk.id,
                label.quote
            );
        }
        assert!(
            most_of_a_kind(recut) <= most_of_a_kind(&talk),
            "{}",
            talk.id
        );
        moved += usize::from(recut.utterances.len() != talk.utterances.len());
    }
    assert!(moved > 20, "{moved}");
}
