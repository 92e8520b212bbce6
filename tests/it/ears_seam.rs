//! Talk without a pause is cut by force: the pieces share a moment of audio, and no word is lost or told twice where they meet.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc;
use std::time::Duration;

use boothside::ears::guard::normal_words;
use boothside::ears::recognize::{Effort, Failure, Hearing, Load, Recogniser, Word, text};
use boothside::ears::seam::{Held, Piece, change, take};
use boothside::ears::{self, Ears, Heard, LaneSpec, LaneState, Source};

const RATE: usize = 16_000;

fn words(text: &str) -> Vec<Word> {
    let word = |text: &str| Word {
        text: text.to_owned(),
        ..Word::default()
    };
    text.split_whitespace().map(word).collect()
}

#[test]
fn a_text_goes_over_where_both_pieces_heard_the_same() {
    // What waits, what the next piece heard, where to go over by time, and how the text goes on.
    for (before, after, by_time, expected) in [
        (
            "half of our",
            "our leads after",
            (2, 0),
            "half of our leads after",
        ),
        (
            "of our leads",
            "half of our leads after",
            (1, 2),
            "of our leads after",
        ),
        // The word at an edge was heard in half.
        (
            "lose half of lead",
            "of our leads after",
            (3, 0),
            "lose half of our leads after",
        ),
        (
            "lose half of our",
            "elf of our leads",
            (3, 1),
            "lose half of our leads",
        ),
        (
            "lose half of lead",
            "elf of our leads",
            (3, 1),
            "lose half of our leads",
        ),
        // Case and punctuation are no difference; each word comes from where it lies deeper inside.
        (
            "we have forty.",
            "Have forty sites",
            (2, 1),
            "we have forty sites",
        ),
        (
            "in March, because our. Count",
            "Because our contract ends",
            (2, 0),
            "in March, because our. contract ends",
        ),
        // Two words in common count for more than one that is nearer.
        (
            "our budget is for the",
            "is for the budget this year",
            (4, 1),
            "our budget is for the budget this year",
        ),
        // One word in common with three in the way is an accident: then time decides.
        (
            "the sites we have",
            "for two of the trucks",
            (3, 2),
            "the sites we of the trucks",
        ),
        (
            "nothing in common",
            "with these words",
            (2, 1),
            "nothing in these words",
        ),
        ("", "these words", (0, 0), "these words"),
        ("these words", "", (2, 0), "these words"),
    ] {
        let (old, new) = (words(before), words(after));
        let (stay, from) = change(&old, &new, by_time);
        let joined = [&old[..stay], &new[from..]].concat();
        assert_eq!(text(&joined), expected, "{before:?} and {after:?}");
    }
}

/// Plays pieces one after another; answers what is told of each, and what still waits at the end.
fn tell(pieces: &[(&str, Piece)]) -> (Vec<String>, String) {
    let (mut told, mut held): (Vec<String>, Option<Held>) = (Vec::new(), None);
    for (heard, piece) in pieces {
        let (now, later) = take(held.take(), words(heard), *piece);
        told.push(text(&now));
        held = later;
    }
    (
        told,
        held.map_or_else(String::new, |held| text(&held.words)),
    )
}

#[test]
fn the_words_that_the_next_piece_hears_wait_for_it() {
    let piece = |length, head, tail| Piece { length, head, tail };
    // Ten words of three letters in 400 frames; the last 80 are shared: two words and one to spare wait.
    let ten = "aaa bbb ccc ddd eee fff ggg hhh iii jjj";
    assert_eq!(
        tell(&[(ten, piece(400, 0, 80))]),
        (
            vec!["aaa bbb ccc ddd eee fff ggg".into()],
            "hhh iii jjj".into()
        )
    );
    // The next piece heard them, too, its first word in half, and is cut itself.
    assert_eq!(
        tell(&[
            (ten, piece(400, 0, 80)),
            ("ii jjj kkk lll mmm nnn ooo ppp qqq rrr", piece(400, 80, 80)),
            ("qqq rrr sss", piece(120, 80, 0)),
        ]),
        (
            vec![
                "aaa bbb ccc ddd eee fff ggg".into(),
                "hhh iii jjj kkk lll mmm nnn ooo".into(),
                "ppp qqq rrr sss".into(),
            ],
            String::new()
        )
    );
    // They agree on nothing: each word from the piece in whose inside it lies.
    assert_eq!(
        tell(&[
            (ten, piece(400, 0, 80)),
            ("xxx yyy zzz vvv www", piece(200, 80, 0))
        ])
        .0[1],
        "hhh iii yyy zzz vvv www"
    );
    // What follows is no part of the same talk: what waits is told as it is.
    assert_eq!(
        tell(&[(ten, piece(400, 0, 80)), ("jjj again", piece(100, 0, 0))]).0[1],
        "hhh iii jjj jjj again"
    );
    // A full stop that only the edge made.
    assert_eq!(
        tell(&[
            ("one two three four.", piece(160, 0, 80)),
            ("four five", piece(80, 80, 0))
        ])
        .0
        .join(" "),
        "one two three four five"
    );
}

fn asset(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("assets/demo/talks")
        .join(name)
}

/// The sentences of the bundled talks without a pause between them, as a recording, and each word with its samples.
struct Breathless {
    _folder: tempfile::TempDir,
    file: PathBuf,
    samples: Arc<Vec<f32>>,
    said: Arc<Vec<(String, usize, usize)>>,
}

fn breathless() -> Breathless {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("breathless.wav");
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: RATE as u32,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(&file, spec).unwrap();
    let (mut said, mut begins) = (Vec::new(), 0);
    for talk in ["hot_lead_northwind", "medium_lead_objection", "swag_hunter"] {
        let (samples, _) = ears::read_wav(&asset(&format!("{talk}.wav")), None).unwrap();
        let table = std::fs::read_to_string(asset(&format!("{talk}.tsv"))).unwrap();
        for line in table.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let at = |cell: &str| (cell.parse::<f32>().unwrap() * RATE as f32) as usize;
            let audio = &samples[at(cells[0])..at(cells[1]).min(samples.len())];
            for sample in audio {
                writer.write_sample((sample * 32_767.0) as i16).unwrap();
            }
            let words = normal_words(cells[3]);
            let letters: usize = words.iter().map(|word| word.len() + 1).sum();
            let mut before = 0;
            for word in words {
                let place = |letters_before: usize| begins + audio.len() * letters_before / letters;
                let (from, to) = (place(before), place(before + word.len() + 1));
                before += word.len() + 1;
                said.push((word, from, to));
            }
            begins += audio.len();
        }
    }
    writer.finalize().unwrap();
    let (samples, _) = ears::read_wav(&file, None).unwrap();
    Breathless {
        _folder: folder,
        file,
        samples: Arc::new(samples),
        said: Arc::new(said),
    }
}

/// Hears every word that it is given whole, and another one where it is given the half.
struct Witness {
    samples: Arc<Vec<f32>>,
    said: Arc<Vec<(String, usize, usize)>>,
    /// Hears nothing in this final, counted from 0.
    deaf: Option<usize>,
    /// Waits here before the second final.
    gate: Option<mpsc::Receiver<()>>,
    finals: usize,
}

impl Recogniser for Witness {
    fn hear(
        &mut self,
        audio: &[f32],
        effort: Effort,
        _: &Arc<AtomicBool>,
    ) -> Result<Hearing, Failure> {
        let mark = &audio[500..564];
        let from = self
            .samples
            .windows(64)
            .position(|window| window == mark)
            .unwrap()
            - 500;
        let to = from + audio.len();
        let mut heard = Vec::new();
        for (word, begins, ends) in &*self.said {
            match (*begins >= from, *ends <= to) {
                (true, true) => heard.push(word.clone()),
                (false, true) if *ends > from => heard.push(format!("uh{}", word.len())),
                (true, false) if *begins < to => heard.push(format!("er{}", word.len())),
                _ => {}
            }
        }
        if effort == Effort::Final && self.finals == 1 {
            // Opens for good when the other end is dropped.
            self.gate.take().map(|gate| gate.recv());
        }
        let deaf = effort == Effort::Final && self.deaf == Some(self.finals);
        self.finals += usize::from(effort == Effort::Final);
        Ok(Hearing {
            text: if deaf {
                "[Music]".to_owned()
            } else {
                heard.join(" ")
            },
            tokens: heard.len(),
            mean_log: -0.1,
            no_speech: Some(0.0),
            ..Hearing::default()
        })
    }
}

/// Longer than any of these tests: no recogniser is given up.
const PATIENT: Duration = Duration::from_secs(600);

/// Plays the talk on a lane of its own. A recogniser that takes longer than `patience` for a clip is given up, and there is
/// no other.
fn play(
    talk: &Breathless,
    deaf: Option<usize>,
    gate: Option<mpsc::Receiver<()>>,
    patience: Duration,
) -> (Ears, mpsc::Receiver<Heard>) {
    let mut witness = Some(Witness {
        samples: Arc::clone(&talk.samples),
        said: Arc::clone(&talk.said),
        deaf,
        gate,
        finals: 0,
    });
    let load: Load = Box::new(move || Ok(Box::new(witness.take().ok_or("there is no other")?)));
    let lane = LaneSpec {
        name: "counter".into(),
        source: Source::File(talk.file.clone()),
        channel: None,
    };
    let (outbox, inbox) = mpsc::channel();
    let ears = Ears::start_patient(vec![lane], 200.0, Some(load), patience, move |heard| {
        drop(outbox.send(heard));
    });
    (ears, inbox)
}

/// The texts of a lane on which the talk is played, and how many times it was dropped as noise.
fn listen(talk: &Breathless, deaf: Option<usize>) -> (Vec<String>, usize) {
    let (ears, inbox) = play(talk, deaf, None, PATIENT);
    let (mut texts, mut dropped) = (Vec::new(), 0);
    let mut take = |heard: Heard| match heard {
        Heard::Final { text, sure, .. } => {
            assert_eq!(sure.len(), text.split_whitespace().count(), "{text:?}");
            texts.push(text);
        }
        Heard::Dropped { .. } => dropped += 1,
        _ => {}
    };
    loop {
        let heard = inbox
            .recv_timeout(Duration::from_secs(60))
            .expect("the talk to end");
        let ended = matches!(
            heard,
            Heard::Lane {
                state: LaneState::Ended,
                ..
            }
        );
        take(heard);
        if ended {
            break;
        }
    }
    ears.stop();
    inbox.try_iter().for_each(take);
    (texts, dropped)
}

#[test]
fn talk_without_a_pause_loses_no_word_where_it_is_cut_and_none_is_told_twice() {
    let talk = breathless();
    let (texts, dropped) = listen(&talk, None);
    assert_eq!(dropped, 0);
    assert!(texts.len() > 10, "only {} pieces", texts.len());
    let said: Vec<&str> = talk.said.iter().map(|(word, ..)| word.as_str()).collect();
    assert_eq!(normal_words(&texts.join(" ")).join(" "), said.join(" "));
}

#[test]
fn words_that_wait_are_told_when_the_next_piece_says_nothing() {
    let talk = breathless();
    let (texts, dropped) = listen(&talk, Some(1));
    assert_eq!(dropped, 1);
    // The first piece comes in two parts, and only its last word was heard in half.
    let said: Vec<&str> = talk.said.iter().map(|(word, ..)| word.as_str()).collect();
    let first = normal_words(&texts[..2].join(" "));
    let whole = first.len() - usize::from(first.last().is_some_and(|word| word.starts_with("er")));
    assert!(whole > 20, "{first:?}");
    assert_eq!(first[..whole], said[..whole]);
}

#[test]
fn words_that_wait_go_off_the_record_with_their_lane() {
    let talk = breathless();
    let (go, gate) = mpsc::channel::<()>();
    let (ears, inbox) = play(&talk, None, Some(gate), PATIENT);
    let words = |heard: Heard| match heard {
        Heard::Final { text, .. } => Some(text),
        _ => None,
    };
    let mut first = std::iter::from_fn(|| inbox.recv_timeout(Duration::from_secs(60)).ok());
    assert!(first.find_map(words).is_some(), "a first text");
    ears.off_record(0, true);
    drop(go);
    ears.stop();
    let later: Vec<String> = inbox.try_iter().filter_map(words).collect();
    assert_eq!(later, Vec::<String>::new());
}

#[test]
fn words_that_wait_are_told_when_the_recogniser_hangs_and_there_is_no_other() {
    let talk = breathless();
    let (hangs, gate) = mpsc::channel::<()>();
    let (ears, inbox) = play(&talk, None, Some(gate), Duration::from_millis(400));
    let mut texts = Vec::new();
    loop {
        match inbox.recv_timeout(Duration::from_secs(60)) {
            Ok(Heard::Final { text, .. }) => texts.push(text),
            Ok(Heard::Trouble(sentence)) if sentence.contains("there is no other") => break,
            Ok(_) => {}
            Err(_) => panic!("waited to be told that there is no other; heard {texts:?}"),
        }
    }
    drop(hangs);
    ears.stop();
    assert_eq!(texts.len(), 2, "the first piece and what waited: {texts:?}");
    let said: Vec<&str> = talk.said.iter().map(|(word, ..)| word.as_str()).collect();
    let first = normal_words(&texts.join(" "));
    let whole = first.len() - usize::from(first.last().is_some_and(|word| word.starts_with("er")));
    assert_eq!(first[..whole], said[..whole]);
}
