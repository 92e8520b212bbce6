//! The ears on real recordings: the bundled talks, trouble with files, and recognisers that misbehave.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use boothside::ears::guard::normal_words;
use boothside::ears::recognize::{self, Recogniser};
use boothside::ears::recording::Recording;
use boothside::ears::{self, Model, Step};

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

/// Audio as a WAV file in a folder of its own.
fn wav(spec: hound::WavSpec, samples: impl Iterator<Item = f32>) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("talk.wav");
    let mut writer = hound::WavWriter::create(&path, spec).unwrap();
    let whole = (1_i64 << (spec.bits_per_sample - 1)) as f32 - 1.0;
    for sample in samples {
        match spec.sample_format {
            hound::SampleFormat::Float => writer.write_sample(sample).unwrap(),
            hound::SampleFormat::Int => writer.write_sample((sample * whole) as i32).unwrap(),
        }
    }
    writer.finalize().unwrap();
    (folder, path)
}

fn spec(
    channels: u16,
    sample_rate: u32,
    bits_per_sample: u16,
    sample_format: hound::SampleFormat,
) -> hound::WavSpec {
    hound::WavSpec {
        channels,
        sample_rate,
        bits_per_sample,
        sample_format,
    }
}

/// The first 12 s of a talk.
fn talk() -> Vec<f32> {
    let (samples, _) = ears::read_wav(&assets("demo/talks/hot_lead_northwind.wav"), None).unwrap();
    samples[..12 * 16_000].to_vec()
}

#[test]
fn every_rate_width_and_number_of_channels_is_understood() {
    use hound::SampleFormat::{Float, Int};
    let said = "Good morning, welcome to our booth. What brings you to the show today? Hi, my name is Frank Bennett. \
                I am the head of operations at Northwind Freight.";
    let talk = talk();
    // Stretching by repeating samples is a crude way up; the detector and the model hear through it.
    let up = |times: usize| {
        talk.iter()
            .flat_map(move |sample| std::iter::repeat_n(*sample, times))
            .collect::<Vec<_>>()
    };
    let telephone: Vec<f32> = talk
        .chunks_exact(2)
        .map(|pair| f32::midpoint(pair[0], pair[1]))
        .collect();
    let beside = |other: f32| {
        talk.iter()
            .flat_map(move |sample| [*sample, other])
            .collect::<Vec<_>>()
    };
    let cases = [
        (
            "16 kHz, 24 bit",
            spec(1, 16_000, 24, Int),
            talk.clone(),
            None,
        ),
        (
            "16 kHz, floating point",
            spec(1, 16_000, 32, Float),
            talk.clone(),
            None,
        ),
        ("48 kHz", spec(1, 48_000, 16, Int), up(3), None),
        (
            "8 kHz, as on the telephone",
            spec(1, 8_000, 16, Int),
            telephone,
            None,
        ),
        (
            "stereo with a dead channel",
            spec(2, 16_000, 16, Int),
            beside(0.0),
            None,
        ),
        (
            "stereo, the left channel picked",
            spec(2, 16_000, 16, Int),
            beside(0.4),
            Some(0),
        ),
    ];
    let mut recogniser = recognize::load(&Model::Embedded(MODEL), Some(1)).unwrap();
    for (case, spec, samples, channel) in cases {
        let (_folder, path) = wav(spec, samples.into_iter());
        let (samples, fault) = ears::read_wav(&path, channel).unwrap();
        assert_eq!(fault, None, "{case}");
        let seconds = samples.len() as f32 / 16_000.0;
        assert!((11.9..12.3).contains(&seconds), "{case}: {seconds} s");
        let heard = ears::transcribe(&samples, &mut *recogniser, |_| true).unwrap();
        let text = heard
            .iter()
            .map(|one| one.text.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let error = word_error(said, &text);
        // The telephone's band ends at 4 kHz: two of the 28 words may suffer.
        let most = if spec.sample_rate == 8_000 { 7.5 } else { 3.6 };
        assert!(
            error <= most,
            "{case}: {error:.1} % word error; heard {text}"
        );
    }
}

#[test]
fn recordings_that_cannot_be_read_say_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let talk = std::fs::read(assets("demo/talks/swag_hunter.wav")).unwrap();
    let rare = wav(
        spec(1, 2_000, 16, hound::SampleFormat::Int),
        std::iter::repeat_n(0.1, 100),
    );
    let cases = [
        (folder.path().join("missing.wav"), None, "check the path"),
        (file("empty.wav", b""), None, "record it again"),
        (file("header.wav", &talk[..44]), None, "cut short"),
        (
            file("song.wav", b"ID3\x04\0\0\0\0 this is an mp3"),
            None,
            "ffmpeg",
        ),
        (
            file("slow.wav", &std::fs::read(&rare.1).unwrap()),
            None,
            "record at 16000 to 48000",
        ),
        (
            assets("demo/talks/swag_hunter.wav"),
            Some(1),
            "there is no channel 2: this input has 1",
        ),
        (folder.path().to_owned(), None, "give the recordings in it"),
        (
            file("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"),
            None,
            "ffmpeg",
        ),
        (
            recording("opus.ogg"),
            None,
            "coded in a way that isn't read",
        ),
    ];
    for (path, channel, remedy) in cases {
        let told = match ears::read_wav(&path, channel) {
            Ok((_, fault)) => fault.unwrap_or_default(),
            Err(error) => error.to_string(),
        };
        assert!(
            told.contains(remedy),
            "{}: {told:?} does not say {remedy:?}",
            path.display()
        );
    }
    let (samples, fault) =
        ears::read_wav(&file("half.wav", &talk[..talk.len() / 2]), None).unwrap();
    assert!(
        (34.0..35.0).contains(&(samples.len() as f32 / 16_000.0)),
        "what is there is played"
    );
    assert!(
        fault
            .unwrap()
            .contains("34.6 s of 69.3 s could be read: copy it again")
    );
}

fn recording(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/recordings")
        .join(name)
}

/// The same twelve seconds in every format a phone or recorder makes.
#[test]
fn recordings_of_every_kind_are_heard() {
    let said = "Good morning, welcome to our booth. What brings you to the show today? Hi, my name is Frank Bennett. \
                I am the head of operations at Northwind Freight.";
    let mut recogniser = recognize::load(&Model::Embedded(MODEL), Some(1)).unwrap();
    for name in ["talk.flac", "talk.mp3", "talk.m4a", "talk.ogg"] {
        let mut opened = Recording::open(&recording(name)).unwrap();
        let (mut text, mut done) = (String::new(), 0);
        ears::transcribe_recording(&mut opened, None, &mut *recogniser, |step| {
            match step {
                Step::Said(one) => {
                    assert!(one.start_ms < one.end_ms && one.end_ms < 12_500, "{one:?}");
                    text.push_str(&one.text);
                    text.push(' ');
                }
                Step::Done(ms) => done = ms,
                Step::Dropped(reason) => panic!("speech was dropped: {reason:?}"),
            }
            true
        })
        .unwrap();
        assert_eq!(opened.remark(), None, "{name}");
        assert!((11_900..12_400).contains(&done), "{name}: {done} ms");
        let error = word_error(said, &text);
        assert!(
            error <= 3.6,
            "{name}: {error:.1} % word error; heard {text}"
        );
    }
}

/// What a copy that broke off, or a scratched card, leaves.
#[test]
fn damaged_recordings_play_what_is_left_and_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("talk.flac");
    let mut bytes = std::fs::read(recording("talk.flac")).unwrap();
    bytes.truncate(bytes.len() / 2);
    std::fs::write(&path, &bytes).unwrap();
    let (samples, fault) = ears::read_wav(&path, None).unwrap();
    assert!((4.0..8.0).contains(&(samples.len() as f32 / 16_000.0)));
    assert!(fault.unwrap().contains("of 12.0 s could be read"));
    let path = folder.path().join("talk.mp3");
    let mut bytes = std::fs::read(recording("talk.mp3")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 3000].fill(0x55);
    std::fs::write(&path, &bytes).unwrap();
    let (samples, _) = ears::read_wav(&path, None).unwrap();
    let seconds = samples.len() as f32 / 16_000.0;
    assert!((10.0..12.6).contains(&seconds), "{seconds} s");
}

/// Hours of audio are a stream: nothing of it is kept but the text. Five hours would take a minute here; that the memory
/// held does not grow is seen in ten minutes as well.
#[test]
fn long_recordings_are_heard_as_a_stream() {
    struct Counts(usize);
    impl Recogniser for Counts {
        fn hear(
            &mut self,
            audio: &[f32],
            _: recognize::Effort,
            _: &Arc<AtomicBool>,
        ) -> Result<recognize::Hearing, recognize::Failure> {
            self.0 = self.0.max(audio.len());
            Ok(recognize::Hearing {
                text: "Well then.".into(),
                ..recognize::Hearing::default()
            })
        }
    }
    let talk = talk();
    let minutes = 10;
    let long = talk.iter().copied().cycle().take(minutes * 60 * 16_000);
    let (_folder, path) = wav(spec(1, 16_000, 16, hound::SampleFormat::Int), long);
    let mut opened = Recording::open(&path).unwrap();
    assert_eq!(opened.seconds(), Some(minutes as f64 * 60.0));
    let mut counts = Counts(0);
    let (mut last, mut steps, mut said) = (0, 0, 0);
    ears::transcribe_recording(&mut opened, None, &mut counts, |step| {
        match step {
            Step::Done(ms) => (last, steps) = (ms, steps + 1),
            // Told as it goes: never much later than it was said.
            Step::Said(one) => {
                assert!(one.end_ms + 3_000 > last, "{one:?} at {last}");
                said += 1;
            }
            Step::Dropped(reason) => panic!("speech was dropped: {reason:?}"),
        }
        true
    })
    .unwrap();
    assert!(steps > 500 && said > 80, "{steps} steps, {said} utterances");
    assert!(counts.0 < 25 * 16_000, "{} samples at once", counts.0);
}

#[test]
fn files_that_are_no_model_are_refused_before_they_are_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let mut torn_vocabulary = MODEL[..100_000].to_vec();
    torn_vocabulary.truncate(90_000);
    let cases = [
        (
            folder.path().join("missing.bin"),
            "`boothside model get base.en` fetches one",
        ),
        (
            file("picture.bin", b"\xff\xd8\xff\xe0\0\x10JFIF\0"),
            "no Whisper model in ggml format",
        ),
        (file("empty.bin", b""), "no Whisper model in ggml format"),
        (
            file("text.gguf", b"GGUF\x03\0\0\0"),
            "a model for text and not for speech",
        ),
        (
            file("nonsense.bin", &[b"lmgg".as_slice(), &[0xff; 400]].concat()),
            "no Whisper model in ggml format",
        ),
        (
            file("vocabulary.bin", &torn_vocabulary),
            "cut short: fetch it again",
        ),
        (
            file("half.bin", &MODEL[..MODEL.len() / 2]),
            "cut short: fetch it again",
        ),
        (
            file("nearly.bin", &MODEL[..MODEL.len() - 1]),
            "cut short: fetch it again",
        ),
    ];
    for (path, remedy) in cases {
        let Err(error) = recognize::load(&Model::Path(path.clone()), None) else {
            panic!("{} was loaded", path.display());
        };
        assert!(
            error.to_string().contains(remedy),
            "{}: {error}",
            path.display()
        );
    }
    assert!(recognize::load(&Model::Path(file("whole.bin", MODEL)), None).is_ok());
}
