//! Talk without any pause, which is cut by force: what is lost, doubled or misheard near the cuts, and there without a cut.

use std::sync::Arc;

use boothside::ears;
use boothside::ears::guard::normal_words;
use boothside::ears::recognize::{Effort, Recogniser};

use super::sounds::random;
use super::table::{exact, row};
use super::{RATE, TALKS};

/// The talks' sentences are put together in so many orders, one right after the other.
const ORDERS: usize = 8;
/// A word is near a cut when it is said within this many seconds of it.
const NEAR: f32 = 1.0;

/// A piece in whose middle a place lies goes so far to both sides, seconds.
const AROUND: f32 = 3.5;

/// Wrong words of one kind of place.
#[derive(Clone, Copy, Debug, Default)]
struct Wrong {
    lost: usize,
    invented: usize,
    swapped: usize,
}

/// Prints the row.
pub fn cuts(recogniser: &mut dyn Recogniser) {
    let mut sentences: Vec<(String, Vec<f32>)> =
        TALKS.iter().flat_map(|name| exact(name)).collect();
    let (mut near, mut whole, mut count, mut seed) = (Wrong::default(), Wrong::default(), 0, 5);
    let mut longest = 0.0_f32;
    for _ in 0..ORDERS {
        let samples: Vec<f32> = sentences
            .iter()
            .flat_map(|(_, audio)| audio.clone())
            .collect();
        let said = words_of(&sentences);
        let told = ears::transcribe(&samples, recogniser, |_| true).unwrap();
        let text: Vec<&str> = told.iter().map(|one| one.text.as_str()).collect();
        let places: Vec<f32> = told
            .iter()
            .skip(1)
            .map(|one| one.start_ms as f32 / 1e3)
            .collect();
        count += places.len();
        longest = told.iter().fold(longest, |longest, one| {
            longest.max((one.end_ms - one.start_ms) as f32 / 1e3)
        });
        tally(&said, &text.join(" "), &places, &mut near);
        for place in places {
            one_piece(recogniser, &samples, &said, place, &mut whole);
        }
        shuffle(&mut sentences, &mut seed);
    }
    let per = |found: usize| 100.0 * found as f32 / count.max(1) as f32;
    let words = |wrong: Wrong| {
        format!(
            "{:.1} lost, {:.1} doubled, {:.1} misheard",
            per(wrong.lost),
            per(wrong.invented),
            per(wrong.swapped)
        )
    };
    row(
        "words lost or doubled per 100 internal cuts",
        "1",
        &format!(
            "{:.1} lost, {:.1} doubled more than uncut ({count} cuts in talk without a pause, pieces up to {longest:.0} s; \
             within {NEAR} s of them: {}; the same places in the middle of a piece: {})",
            per(near.lost.saturating_sub(whole.lost)),
            per(near.invented.saturating_sub(whole.invented)),
            words(near),
            words(whole)
        ),
    );
}

/// What is wrong about a place when it lies in the middle of a piece: what no cut is to blame for.
fn one_piece(
    recogniser: &mut dyn Recogniser,
    samples: &[f32],
    said: &[(String, f32)],
    place: f32,
    wrong: &mut Wrong,
) {
    let at = |seconds: f32| ((seconds.max(0.0) * RATE as f32) as usize).min(samples.len());
    let (from, to) = (place - AROUND, place + AROUND);
    let text = recogniser
        .hear(&samples[at(from)..at(to)], Effort::Final, &Arc::default())
        .unwrap()
        .text;
    let inside: Vec<(String, f32)> = said
        .iter()
        .filter(|(_, at)| (from..to).contains(at))
        .cloned()
        .collect();
    tally(&inside, &text, &[place], wrong);
}

fn shuffle(sentences: &mut [(String, Vec<f32>)], seed: &mut u64) {
    for at in (1..sentences.len()).rev() {
        let other = (f32::midpoint(random(seed), 1.0) * (at + 1) as f32) as usize;
        sentences.swap(at, other.min(at));
    }
}

/// Every word said with the second of its middle, guessed from the letters before it in its sentence.
fn words_of(sentences: &[(String, Vec<f32>)]) -> Vec<(String, f32)> {
    let (mut words, mut begins) = (Vec::new(), 0.0);
    for (said, audio) in sentences {
        let length = audio.len() as f32 / RATE as f32;
        let said = normal_words(said);
        let letters: usize = said.iter().map(|word| word.len() + 1).sum();
        let mut before = 0.0;
        for word in said {
            let share = (word.len() + 1) as f32 / letters as f32;
            words.push((word, begins + length * (before + share / 2.0)));
            before += share;
        }
        begins += length;
    }
    words
}

/// Aligns what was heard with what was said and counts what is wrong near the places.
fn tally(said: &[(String, f32)], heard: &str, places: &[f32], near: &mut Wrong) {
    let heard = normal_words(heard);
    let mut elsewhere = Wrong::default();
    let wide = heard.len() + 1;
    let mut cost = vec![0_usize; (said.len() + 1) * wide];
    for i in 0..=said.len() {
        for j in 0..wide {
            cost[i * wide + j] = if i == 0 || j == 0 {
                i + j
            } else {
                let swapped =
                    cost[(i - 1) * wide + j - 1] + usize::from(said[i - 1].0 != heard[j - 1]);
                swapped
                    .min(cost[(i - 1) * wide + j] + 1)
                    .min(cost[i * wide + j - 1] + 1)
            };
        }
    }
    let show = std::env::var_os("DETAIL").is_some();
    let (mut i, mut j) = (said.len(), heard.len());
    while i > 0 || j > 0 {
        let at = said[i.saturating_sub(1)].1;
        let close = places.iter().any(|place| (place - at).abs() <= NEAR);
        let wrong = if close { &mut *near } else { &mut elsewhere };
        let now = cost[i * wide + j];
        let differ = i > 0 && j > 0 && said[i - 1].0 != heard[j - 1];
        if i > 0 && j > 0 && now == cost[(i - 1) * wide + j - 1] + usize::from(differ) {
            (i, j) = (i - 1, j - 1);
            wrong.swapped += usize::from(differ);
            if differ && show {
                println!("  {close} {at:.1} {} -> {}", said[i].0, heard[j]);
            }
        } else if i > 0 && now == cost[(i - 1) * wide + j] + 1 {
            i -= 1;
            wrong.lost += 1;
            if show {
                println!("  {close} {at:.1} -{}", said[i].0);
            }
        } else {
            j -= 1;
            wrong.invented += 1;
            if show {
                println!("  {close} {at:.1} +{}", heard[j]);
            }
        }
    }
}
