//! The ears on real recordings: the bundled talks, trouble with files, and recognisers that misbehave.

use std::path::{Path, PathBuf};

use boothside::ears::guard::normal_words;
use boothside::ears::{self, Model, recognize};

/// The demo model, which understands the bundled talks' synthetic voices.
const MODEL: &[u8] = include_bytes!("../../assets/models/ggml-demo.en.bin");

fn assets(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("assets")
        .join(name)
}

/// What is said in a talk, from the table beside it.
fn script(talk: &str) -> String {
    let table = std::fs::read_to_string(assets(&format!("demo/talks/{talk}.tsv"))).unwrap();
    let texts = table
        .lines()
        .skip(1)
        .map(|line| line.split('\t').nth(3).unwrap());
    texts.collect::<Vec<_>>().join(" ")
}

/// Word errors (substituted, lost and invented words) of `heard` against `said`, in percent of the words said.
fn word_error(said: &str, heard: &str) -> f32 {
    let (said, heard) = (normal_words(said), normal_words(heard));
    let mut row: Vec<usize> = (0..=heard.len()).collect();
    for (i, word) in said.iter().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, other) in heard.iter().enumerate() {
            let substituted = corner + usize::from(word != other);
            corner = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(corner + 1);
        }
    }
    100.0 * row[heard.len()] as f32 / said.len() as f32
}

#[test]
fn word_errors_are_counted() {
    assert!(word_error("a b c d", "a b c d").abs() < 0.01);
    assert!((word_error("A, b c. d", "a x c") - 50.0).abs() < 0.01);
    assert!((word_error("a b", "a b c d") - 100.0).abs() < 0.01);
}

#[test]
fn the_bundled_talks_come_out_word_for_word() {
    let mut recogniser = recognize::load(&Model::Embedded(MODEL), Some(1)).unwrap();
    for talk in ["hot_lead_northwind", "medium_lead_objection", "swag_hunter"] {
        let (samples, fault) =
            ears::read_wav(&assets(&format!("demo/talks/{talk}.wav")), None).unwrap();
        assert_eq!(fault, None);
        let heard = ears::transcribe(&samples, &mut *recogniser, |_| true).unwrap();
        let text = heard
            .iter()
            .map(|one| one.text.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let error = word_error(&script(talk), &text);
        for one in &heard {
            println!(
                "{:6.2} {:6.2} {:.2} {}",
                one.start_ms as f32 / 1e3,
                one.end_ms as f32 / 1e3,
                one.confidence,
                one.text
            );
        }
        println!("{talk}: {error:.1} % word error");
        assert!(
            error <= 5.0,
            "{talk}: {error:.1} % word error, 5 % is the most; heard:\n{text}"
        );
    }
}
