//! The decode loop of our own writes what whisper.cpp's `full` writes, and knows more: silence, sureness, names.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use boothside::ears::recognize::{self, Effort, Failure, Hearing};
use boothside::ears::window::window;
use boothside::ears::{self, Model};
use whisper_rs::{FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters};

const MODEL: &[u8] = include_bytes!("../../assets/models/ggml-demo.en.bin");
const RATE: f32 = 16_000.0;

fn talk(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("assets/demo/talks/{name}"))
}

/// Every sentence of the bundled talks: what is said and its audio.
fn sentences() -> Vec<(String, Vec<f32>)> {
    let mut all = Vec::new();
    for name in ["hot_lead_northwind", "medium_lead_objection", "swag_hunter"] {
        let (samples, _) = ears::read_wav(&talk(&format!("{name}.wav")), None).unwrap();
        let table = std::fs::read_to_string(talk(&format!("{name}.tsv"))).unwrap();
        for line in table.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let at = |cell: &str| (cell.parse::<f32>().unwrap() * RATE) as usize;
            let audio = samples[at(cells[0])..at(cells[1]).min(samples.len())].to_vec();
            all.push((cells[3].to_owned(), audio));
        }
    }
    all
}

/// whisper.cpp's own loop with the settings that ours stands for.
struct Full {
    state: whisper_rs::WhisperState,
}

impl Full {
    fn new() -> Full {
        whisper_rs::install_logging_hooks();
        let mut parameters = WhisperContextParameters::default();
        parameters.flash_attn(false);
        let context = WhisperContext::new_from_buffer_with_params(MODEL, parameters).unwrap();
        Full {
            state: context.create_state().unwrap(),
        }
    }

    fn hear(&mut self, audio: &[f32], effort: Effort) -> String {
        let mut params = FullParams::new(SamplingStrategy::Greedy { best_of: 1 });
        params.set_n_threads(1);
        params.set_temperature_inc(0.0);
        params.set_no_context(true);
        params.set_single_segment(true);
        params.set_no_timestamps(true);
        // The careful hearing of what is surely a voice may not begin with the end.
        params.set_suppress_blank(effort == Effort::Careful);
        params.set_print_special(false);
        params.set_print_progress(false);
        params.set_audio_ctx(i32::try_from(window(audio.len(), effort, true)).unwrap());
        self.state.full(params, audio).unwrap();
        let texts = self
            .state
            .as_iter()
            .map(|segment| segment.to_str_lossy().unwrap().into_owned());
        texts.collect::<String>().trim().to_owned()
    }
}

fn never() -> Arc<AtomicBool> {
    Arc::default()
}

#[test]
fn the_loop_writes_what_full_writes() {
    let mut full = Full::new();
    let mut own = recognize::load(&Model::Embedded(MODEL), Some(1)).unwrap();
    let sentences = sentences();
    assert_eq!(sentences.len(), 77);
    let mut words = 0;
    for effort in [Effort::Caption, Effort::Final, Effort::Careful] {
        // The whole window costs ten times more; a few sentences show it.
        let few = if effort == Effort::Careful { 8 } else { 77 };
        for (said, audio) in sentences.iter().take(few) {
            let mut audio = audio.clone();
            audio.resize(audio.len().max(16_000), 0.0);
            let ours = own.hear(&audio, effort, &never()).unwrap();
            assert_eq!(ours.text, full.hear(&audio, effort), "{effort:?}: {said:?}");
            words += ours.words.len();
        }
    }
    assert!(words > 1000, "only {words} words were compared");
}

#[test]
fn the_loop_writes_what_full_writes_of_babble_and_of_nothing() {
    let mut full = Full::new();
    let mut own = recognize::load(&Model::Embedded(MODEL), Some(1)).unwrap();
    let sentences = sentences();
    let mut spoken = 0;
    for start in 0..6 {
        let mut babble = vec![0.0_f32; 48_000];
        for (_, audio) in &sentences[start * 8..start * 8 + 8] {
            for (sum, sample) in babble.iter_mut().zip(audio.iter().cycle()) {
                *sum += sample * 0.2;
            }
        }
        let ours = own.hear(&babble, Effort::Final, &never()).unwrap();
        // What the model itself calls silence is not written down at all; all else is the same.
        if ours.no_speech.unwrap() <= ears::guard::SURELY_SILENT {
            assert_eq!(
                ours.text,
                full.hear(&babble, Effort::Final),
                "babble {start}"
            );
            spoken += 1;
        } else {
            assert_eq!(ours.text, "", "babble {start}");
        }
    }
    println!("{spoken} of 6 babbles are no silence to the model");
    let silence = own
        .hear(&vec![0.0; 32_000], Effort::Final, &never())
        .unwrap();
    assert_eq!(silence.text, "");
    assert!(silence.no_speech.unwrap() > 0.9, "{silence:?}");
}

#[test]
fn settled_words_are_taken_over_and_gone_on_from() {
    let mut own = recognize::load(&Model::Embedded(MODEL), Some(1)).unwrap();
    for (said, audio) in sentences().iter().take(20) {
        let whole = own.hear(audio, Effort::Caption, &never()).unwrap();
        let half = whole.words.len() / 2;
        let settled: Vec<i32> = whole.words[..half]
            .iter()
            .flat_map(|word| word.tokens.clone())
            .collect();
        let more = own.hear_more(audio, &settled, &never()).unwrap();
        assert_eq!(more.text, whole.text, "{said:?} after {half} words");
    }
}

#[test]
fn a_word_is_as_sure_as_its_least_sure_token() {
    let mut own = recognize::load(&Model::Embedded(MODEL), Some(1)).unwrap();
    let (mut sure, mut all) = (0, 0);
    for (_, audio) in &sentences() {
        let hearing: Hearing = own.hear(audio, Effort::Final, &never()).unwrap();
        for word in &hearing.words {
            assert!((0.0..=1.0).contains(&word.sure), "{word:?}");
            sure += usize::from(word.sure > 0.6);
            all += 1;
        }
        let texts: Vec<&str> = hearing
            .words
            .iter()
            .map(|word| word.text.as_str())
            .collect();
        assert_eq!(texts.join(" "), hearing.text);
    }
    // The bundled talks come out without an error, so nearly every word must be sure.
    assert!(sure * 10 > all * 9, "{sure} of {all} words are sure");
}

#[test]
fn names_tip_close_choices_only() {
    let mut own = recognize::load(&Model::Embedded(MODEL), Some(1)).unwrap();
    let plain: Vec<String> = sentences()
        .iter()
        .map(|(_, audio)| own.hear(audio, Effort::Final, &never()).unwrap().text)
        .collect();
    own.expect(&["Northwind Freight".into(), "Quillmart".into()], 2.0);
    for ((said, audio), before) in sentences().iter().zip(plain) {
        let now = own.hear(audio, Effort::Final, &never()).unwrap().text;
        assert_eq!(now, before, "names changed {said:?}");
    }
    own.expect(&["Quillmart".into()], 200.0);
    let (_, audio) = &sentences()[0];
    let forced = own.hear(audio, Effort::Final, &never()).unwrap().text;
    assert!(
        forced.contains("Quillmart"),
        "an absurd bonus must show: {forced:?}"
    );
}

#[test]
fn a_hearing_stops_when_it_is_told_to() {
    let mut own = recognize::load(&Model::Embedded(MODEL), Some(1)).unwrap();
    let stop = Arc::new(AtomicBool::new(true));
    let (_, audio) = &sentences()[0];
    assert_eq!(own.hear(audio, Effort::Final, &stop), Err(Failure::Stopped));
    assert!(
        own.hear(audio, Effort::Final, &never()).is_ok(),
        "it hears on"
    );
}

#[test]
fn a_window_holds_the_whole_clip_and_the_air_a_model_needs() {
    let positions = |seconds: f32, effort, small| window((seconds * RATE) as usize, effort, small);
    // seconds, caption and final of a stock model, both of a model trained on clips
    for (seconds, caption, text, small) in [
        (1.0, 128, 256, 128),
        (2.5, 192, 256, 160),
        (5.0, 320, 384, 288),
        (10.0, 576, 640, 544),
        (20.0, 1088, 1152, 1056),
        (30.0, 1500, 1500, 1500),
    ] {
        let found = [
            positions(seconds, Effort::Caption, false),
            positions(seconds, Effort::Final, false),
            positions(seconds, Effort::Caption, true),
            positions(seconds, Effort::Final, true),
        ];
        assert_eq!(found, [caption, text, small, small], "{seconds} s");
        assert_eq!(positions(seconds, Effort::Careful, false), 1500);
    }
}
