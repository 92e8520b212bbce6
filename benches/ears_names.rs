//! Names of the show: does it help to incline the recogniser towards them, or to put guesses right afterwards?

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use boothside::accounts::Names;
use boothside::domain::{Competitor, Playbook};
use boothside::ears::Model;
use boothside::ears::guard::normal_words;
use boothside::ears::recognize::{self, Effort, Recogniser};

use super::table::{Errors, exact, row, test_clips};
use super::{MODEL, RATE, TALKS, sentences, sounds};

/// Names of the demo's playbook, and as many that nobody says: those must not appear.
const NAMES: [&str; 16] = [
    "Standlight",
    "LeadPilot",
    "Zenbase",
    "Boothly",
    "Scanwise",
    "EventHub",
    "CaptureFlow",
    "BadgeBox",
    "Northwind Freight",
    "Brackwater",
    "Quillmart",
    "Yardwerk",
    "Halvorsen",
    "Tidewell",
    "Corbelan",
    "Marrowgate",
];

/// Bonuses that are compared, in nats; none is no bias.
const BONUSES: [f32; 3] = [0.0, 2.0, 4.0];

/// What a setting came to.
#[derive(Default)]
struct Found {
    errors: Errors,
    said: usize,
    hit: usize,
    invented: usize,
}

impl Found {
    fn add(&mut self, said: &str, heard: &str) {
        self.errors = self.errors.and(Errors::of(said, heard));
        for name in NAMES {
            let count = |text: &str| {
                normal_words(text)
                    .join(" ")
                    .matches(&normal_words(name).join(" "))
                    .count()
            };
            let (wanted, got) = (count(said), count(heard));
            self.said += wanted;
            self.hit += wanted.min(got);
            self.invented += got.saturating_sub(wanted);
        }
    }

    fn sum(&mut self, other: &Found) {
        self.errors = self.errors.and(other.errors);
        self.said += other.said;
        self.hit += other.hit;
        self.invented += other.invented;
    }

    fn words(&self) -> String {
        format!(
            "{:.1} % word error, {} of {} names, {} invented",
            self.errors.percent(),
            self.hit,
            self.said,
            self.invented
        )
    }
}

/// Prints the comparison.
pub fn names(folder: Option<&Path>) {
    println!("\nnames of the show, each sentence of the talks alone in noise");
    let mut recogniser = recognize::load(&Model::Embedded(MODEL), Some(1)).unwrap();
    let all: Vec<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
    let competitors = all.iter().map(|name| Competitor {
        name: name.clone(),
        ..Competitor::default()
    });
    let respell = Names::new(&Playbook {
        competitors: competitors.collect(),
        ..Playbook::default()
    });
    let voices: Vec<Vec<f32>> = TALKS.iter().flat_map(|name| sentences(name)).collect();
    let clips: Vec<(String, Vec<f32>)> = TALKS
        .iter()
        .flat_map(|name| exact(name))
        .chain(folder.into_iter().flat_map(test_clips))
        .collect();
    let noises = [
        ("as recorded", vec![0.0; RATE], 60.0),
        ("babble 5 dB below", sounds::babble(&voices, 8, 30, 11), 5.0),
        (
            "babble 10 dB below",
            sounds::babble(&voices, 8, 30, 12),
            10.0,
        ),
        ("pink noise 5 dB below", sounds::pink(30, 13), 5.0),
        ("pink noise 10 dB below", sounds::pink(30, 14), 10.0),
    ];
    let mut sums = BONUSES.map(|_| (Found::default(), Found::default()));
    for (kind, noise, snr) in &noises {
        for (bonus, sum) in BONUSES.into_iter().zip(&mut sums) {
            recogniser.expect(if bonus > 0.0 { &all } else { &[] }, bonus);
            let (plain, right) = listen(&mut *recogniser, &respell, &clips, (noise, *snr));
            println!(
                "  {kind}, bonus {bonus}: {}; put right: {}",
                plain.words(),
                right.words()
            );
            sum.0.sum(&plain);
            sum.1.sum(&right);
        }
    }
    println!(
        "\n| names of the show, all of the above | word error, names right | put right afterwards |\n|---|---|---|"
    );
    for (bonus, (plain, right)) in BONUSES.into_iter().zip(&sums) {
        let bias = if bonus > 0.0 {
            format!("inclined towards them by {bonus} nats")
        } else {
            "no bias".to_owned()
        };
        row(&bias, &plain.words(), &right.words());
    }
}

fn listen(
    recogniser: &mut dyn Recogniser,
    names: &Names,
    clips: &[(String, Vec<f32>)],
    (hall, snr): (&[f32], f32),
) -> (Found, Found) {
    let never = Arc::new(AtomicBool::new(false));
    let (mut plain, mut right) = (Found::default(), Found::default());
    for (said, audio) in clips {
        let noisy = sounds::mixed(audio, hall, snr);
        let hearing = recogniser.hear(&noisy, Effort::Final, &never).unwrap();
        let sure: Vec<f32> = hearing.words.iter().map(|word| word.sure).collect();
        plain.add(said, &hearing.text);
        right.add(
            said,
            &names.respell(&hearing.text, &sure).unwrap_or(hearing.text),
        );
    }
    (plain, right)
}
