//! The commands as the shell sees them: exit status, standard output, standard error.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use boothside::cli::{self, Streams};
use boothside::domain::{Author, CardId, Deed, Fact, Heat, Opened, Stamp};
use boothside::show;
use boothside::store::Store;

/// What a command did.
struct Ran {
    status: u8,
    out: String,
    err: String,
}

/// Runs a command in this process.
fn run(args: &[&str], input: &[u8]) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = ["boothside"].iter().chain(args).map(OsString::from);
    let status = cli::run(
        args,
        &mut Streams {
            input: &mut &*input,
            out: &mut out,
            err: &mut err,
            watched: false,
        },
    );
    Ran {
        status,
        out: String::from_utf8(out).unwrap(),
        err: String::from_utf8(err).unwrap(),
    }
}

/// Runs the program itself, with its models in `home`.
fn program(args: &[&str], home: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_boothside"))
        .args(args)
        .env("BOOTHSIDE_MODELS", home.join("models"))
        .env("HOME", home)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// One refusal: its status, and that it is one line on standard error that holds these words.
fn refused(args: &[&str], status: u8, words: &[&str]) {
    let ran = run(args, b"");
    assert_eq!(ran.status, status, "{args:?}: {}{}", ran.out, ran.err);
    for word in words {
        assert!(ran.err.contains(word), "{args:?}: {}", ran.err);
    }
    if status == 1 {
        assert_eq!(
            ran.err.trim_end().lines().count(),
            1,
            "{args:?}: {}",
            ran.err
        );
    }
}

#[test]
fn wrong_use_is_two_and_a_fault_is_one() {
    refused(&["--bogus"], 2, &["--bogus"]);
    refused(&["model"], 2, &["Usage"]);
    refused(&["demo", "--speed", "0"], 2, &["0.1 to 1000"]);
    refused(
        &["some/dir", "check", "x"],
        2,
        &["stands before the command"],
    );
    refused(
        &["no/such/dir"],
        1,
        &["there is no folder no/such/dir", "boothside demo"],
    );
    refused(
        &["chek"],
        1,
        &["did you mean the command `boothside check`?"],
    );
    refused(&["Cargo.toml"], 1, &["is a file, not a show folder"]);
    refused(&["src"], 1, &["there is no show.toml in src"]);
    refused(&["init", "src"], 1, &["already has files in it"]);
    refused(&["night", "src"], 1, &["there is no show in src"]);
    refused(&["trail", "no/such"], 1, &["there is no show"]);
    refused(&["doctor", "no/such"], 1, &["there is no show"]);
    refused(
        &["transcribe", "x.wav", "--model", "bsae.en"],
        1,
        &["did you mean base.en?"],
    );
    refused(&["transcribe", "no.wav", "--model", "demo"], 1, &["no.wav"]);
    refused(&["model", "get", "bsae.en"], 1, &["did you mean base.en?"]);
    refused(
        &["qualify", "x.jsonl", "--show", "src"],
        1,
        &["no playbook.toml in src"],
    );
    refused(&["badge"], 1, &["standard input is empty"]);
    refused(&["--log", "a=b=c", "man"], 1, &["--log"]);
}

#[test]
fn help_and_version_are_wanted() {
    for args in [["--help"], ["--version"], ["man"]] {
        let ran = run(&args, b"");
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{args:?}");
        assert!(ran.out.contains("boothside"));
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = run(&["completions", shell], b"");
        assert!(ran.status == 0 && ran.out.contains("transcribe"), "{shell}");
    }
    let help = run(&["model", "--help"], b"").out;
    for word in ["list", "get", "add", "check"] {
        assert!(help.contains(word), "{help}");
    }
}

#[test]
fn a_new_show_checks_out_and_a_bad_one_tells_all() {
    let dir = tempfile::tempdir().unwrap();
    let show = dir.path().join("fair");
    let name = show.to_str().unwrap();
    let made = run(&["init", name], b"");
    assert!(
        made.status == 0 && made.out.contains("show.toml"),
        "{}",
        made.err
    );
    let checked = program(&["check", name], dir.path());
    let out = String::from_utf8(checked.stdout).unwrap();
    assert_eq!(checked.status.code(), Some(0), "{out}");
    assert!(
        out.contains("is sound: 1 lane") && out.contains("model get base.en"),
        "{out}"
    );

    fs::write(show.join("keymaps.txt"), "").unwrap();
    let text = fs::read_to_string(show.join("show.toml")).unwrap();
    let text = text
        .replace("keymap = \"default\"", "keymap = \"defualt\"")
        .replace("talk_gap_s = 45", "talk_gap_s = 4")
        .replace("dark = \"hall-dark\"", "dark = \"hall-drak\"");
    fs::write(show.join("show.toml"), text).unwrap();
    let checked = run(&["check", name], b"");
    assert_eq!(checked.status, 1);
    for word in ["defualt", "hall-drak", "talk_gap_s"] {
        assert!(checked.out.contains(word), "{}", checked.out);
    }
    // Each points at its line, whoever found it.
    assert_eq!(
        checked.out.matches("--> show.toml:").count(),
        3,
        "{}",
        checked.out
    );
    assert!(
        checked.out.lines().last().unwrap().contains("faults"),
        "{}",
        checked.out
    );
}

#[test]
fn the_demo_without_a_terminal_is_one_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let show = dir.path().join("demo");
    let ran = program(&["demo", show.to_str().unwrap()], dir.path());
    assert_eq!(ran.status.code(), Some(1));
    let err = String::from_utf8(ran.stderr).unwrap();
    assert!(err.contains("isn't a terminal"), "{err}");
    assert!(!show.exists(), "a folder was left behind");
}

#[test]
fn a_closed_pipe_is_no_fault() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut err = Vec::new();
    let mut streams = Streams {
        input: &mut io::empty(),
        out: &mut Closed,
        err: &mut err,
        watched: false,
    };
    let args = ["boothside", "keys", "--actions"].map(OsString::from);
    assert_eq!(cli::run(args, &mut streams), 0);
    assert_eq!(String::from_utf8(err).unwrap(), "");
}

#[test]
fn a_recording_becomes_lines_and_objects() {
    let file = "assets/demo/talks/swag_hunter.wav";
    let ran = run(&["transcribe", file, "--model", "demo", "--json"], b"");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let mut before = 0.0;
    for line in ran.out.lines() {
        let said: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(said["file"], file);
        let (t0, t1) = (said["t0"].as_f64().unwrap(), said["t1"].as_f64().unwrap());
        assert!(before <= t0 && t0 < t1 && t1 < 70.0, "{line}");
        before = t0;
    }
    assert!(ran.out.contains("t-shirts"), "{}", ran.out);
    // A file that can't be read is told; the others are done, and the status says so.
    let ran = run(&["transcribe", "README.md", file, "--model", "demo"], b"");
    assert_eq!(ran.status, 1);
    assert!(
        ran.err.contains("README.md") && ran.out.contains("0:0"),
        "{}{}",
        ran.out,
        ran.err
    );
}

#[test]
fn models_are_listed_added_and_checked() {
    let dir = tempfile::tempdir().unwrap();
    let list = |args: &[&str]| {
        let ran = program(args, dir.path());
        (
            ran.status.code(),
            String::from_utf8(ran.stdout).unwrap(),
            String::from_utf8(ran.stderr).unwrap(),
        )
    };
    let (_, out, _) = list(&["model", "list"]);
    assert!(
        out.contains("understands only the bundled synthetic voices"),
        "{out}"
    );
    let (status, out, err) = list(&["model", "add", "assets/models/ggml-demo.en.bin"]);
    assert_eq!(status, Some(0), "{err}");
    assert!(out.contains("model = \"demo.en\""), "{out}");
    let (status, out, _) = list(&["model", "check"]);
    assert!(status == Some(0) && out.contains("demo.en: whole"), "{out}");
    fs::write(
        dir.path().join("models/ggml-torn.bin"),
        &boothside::models::DEMO[..5_000_000],
    )
    .unwrap();
    let (status, out, err) = list(&["model", "check"]);
    assert_eq!(status, Some(1), "{out}");
    assert!(err.contains("ggml-torn.bin is cut short"), "{err}");
    let (_, out, _) = list(&["model", "list", "--json"]);
    for line in out.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
}

/// A demo show with a few deeds in its store.
fn lived_show() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    show::write_demo(dir.path()).unwrap();
    let opened = Store::open(&dir.path().join("store"), |_| {}).unwrap();
    for count in 0..3 {
        opened.store.append(deed(count));
    }
    opened.store.close().unwrap();
    dir
}

fn deed(count: u16) -> Deed {
    Deed {
        stamp: Stamp {
            wall_ms: 1_795_000_000_000,
            count,
            node: 7,
        },
        author: Author::Person("captain".into()),
        facts: vec![Fact::Unknown("{\"future\":1}".into())],
    }
}

#[test]
fn the_trail_the_night_and_the_doctor_read_a_show() {
    let dir = lived_show();
    let name = dir.path().to_str().unwrap();
    let trail = run(&["trail", name], b"");
    assert_eq!(
        (trail.status, trail.out.lines().count()),
        (0, 3),
        "{}",
        trail.err
    );
    let night = run(&["night", name], b"");
    assert_eq!(night.status, 0, "{}", night.err);
    let files: Vec<&str> = night.out.lines().collect();
    for file in files.iter().filter(|line| !line.contains(" leads in ")) {
        assert!(Path::new(file).is_file(), "{file}");
    }
    assert!(
        night.out.contains("leads.csv") && night.out.contains("manifest.json"),
        "{}",
        night.out
    );
    let doctor = run(&["doctor", name], b"");
    assert!(
        doctor.out.contains("3 deeds"),
        "{}{}",
        doctor.out,
        doctor.err
    );
}

/// A hot card of nobody: Salesforce refuses a lead without a name, but takes a placeholder.
#[test]
fn a_row_that_breaks_a_rule_stays_behind_is_put_right_or_stops_the_night() {
    let dir = tempfile::tempdir().unwrap();
    show::write_demo(dir.path()).unwrap();
    let file = dir.path().join("show.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("[night]", "[night]\nfix = false")).unwrap();
    let opened = Store::open(&dir.path().join("store"), |_| {}).unwrap();
    let card = CardId(deed(0).stamp);
    let facts = [
        Fact::CardOpened {
            card,
            lane: "Aisle".into(),
            why: Opened::Key,
        },
        Fact::Rated {
            card,
            heat: Some(Heat::Hot),
        },
    ];
    for (count, fact) in (0..).zip(facts) {
        opened.store.append(Deed {
            facts: vec![fact],
            ..deed(count)
        });
    }
    opened.store.close().unwrap();
    let name = dir.path().to_str().unwrap();
    let rows = |out: &str| {
        let file = out
            .lines()
            .find(|line| line.ends_with("10_leads.csv"))
            .unwrap();
        fs::read_to_string(file).unwrap().trim().lines().count() - 1
    };
    let plain = run(&["night", name], b"");
    assert_eq!((plain.status, rows(&plain.out)), (0, 0), "{}", plain.err);
    assert!(plain.err.contains("LastName"), "{}", plain.err);
    let fixed = run(&["night", name, "--fix"], b"");
    assert_eq!((fixed.status, rows(&fixed.out)), (0, 1), "{}", fixed.err);
    let before = fs::read_dir(dir.path().join("night")).unwrap().count();
    let strict = run(&["night", name, "--strict"], b"");
    assert_eq!(strict.status, 1, "{}", strict.out);
    assert!(strict.err.contains("LastName"), "{}", strict.err);
    let after = fs::read_dir(dir.path().join("night")).unwrap().count();
    assert_eq!(after, before, "nothing is written");
}

#[test]
fn what_came_back_is_taken_in_and_reported() {
    let dir = lived_show();
    let name = dir.path().to_str().unwrap();
    let file = dir.path().join("results.csv");
    fs::write(&file, "external_id,verdict\nNOBODY-1,accepted\n").unwrap();
    let ran = run(&["returns", name, file.to_str().unwrap()], b"");
    assert_eq!(ran.status, 1, "{}", ran.out);
    assert!(ran.err.contains("line 2"), "{}", ran.err);
    assert!(ran.out.contains("nurture.csv"), "{}", ran.out);
    let ran = run(&["returns", name, "no.csv"], b"");
    assert!(ran.status == 1 && ran.err.contains("no.csv"), "{}", ran.err);
    for (args, file) in [
        (vec!["report", name], "report.html"),
        (vec!["report", name, "--json"], "report.json"),
        (vec!["report", name, "--csv"], "report.csv"),
    ] {
        let ran = run(&args, b"");
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(ran.out.trim_end().ends_with(file) && Path::new(ran.out.trim_end()).is_file());
    }
    refused(&["report", "no/such"], 1, &["there is no show"]);
}

#[test]
fn the_doctor_takes_rescued_deeds_in() {
    let dir = lived_show();
    let home = tempfile::tempdir().unwrap();
    let show = dir.path().to_str().unwrap();
    let name = dir.path().file_name().unwrap().to_str().unwrap();
    let rescue = home.path().join(format!("boothside-rescue-{name}.jsonl"));
    let lines = [deed(2), deed(3), deed(4)].map(|deed| boothside::store::wire::encode(&deed));
    fs::write(&rescue, lines.join("\n")).unwrap();
    let ran = program(&["doctor", show], home.path());
    let out = String::from_utf8(ran.stdout).unwrap();
    assert_eq!(ran.status.code(), Some(1), "{out}");
    assert!(out.contains("--repair"), "{out}");
    let ran = program(&["doctor", show, "--repair"], home.path());
    let out = String::from_utf8(ran.stdout).unwrap();
    assert_eq!(
        ran.status.code(),
        Some(0),
        "{out}{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    assert!(
        out.contains("2 rescued deeds") && out.contains("5 deeds"),
        "{out}"
    );
    assert!(!rescue.exists());
}

#[test]
fn names_are_matched_and_badges_read() {
    let dir = tempfile::tempdir().unwrap();
    let list = dir.path().join("accounts.csv");
    fs::write(
        &list,
        "id,name,domain\nA1,Northwind Freight,northwindfreight.example\n",
    )
    .unwrap();
    let names = b"Northwind Freight Inc.\nfrank@northwindfreight.example\r\nSomebody Else\n";
    let ran = run(&["match", "--accounts", list.to_str().unwrap()], names);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let ids: Vec<&str> = ran
        .out
        .lines()
        .map(|line| line.split('\t').nth(1).unwrap())
        .collect();
    assert_eq!(ids, ["A1", "A1", ""], "{}", ran.out);
    assert!(
        ran.out.lines().all(|line| line.split('\t').count() == 4),
        "{}",
        ran.out
    );
    let ran = run(&["match", "--accounts", "no.csv"], names);
    assert!(ran.status == 1 && ran.err.contains("no.csv"), "{}", ran.err);

    let ran = run(&["badge", "--json"], b"004117\n");
    let badge: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    for key in [
        "full_name",
        "first",
        "last",
        "org",
        "title",
        "email",
        "phone",
    ] {
        assert!(badge[key].is_string(), "{key}: {}", ran.out);
    }
}

#[test]
fn conversations_are_qualified_by_a_shows_playbook() {
    let dir = tempfile::tempdir().unwrap();
    let talks = dir.path().join("talks.jsonl");
    fs::write(
        &talks,
        "{\"id\":\"one\",\"utterances\":[{\"text\":\"The budget is approved.\"}]}\n",
    )
    .unwrap();
    let show = "assets/demo";
    let ran = run(&["qualify", talks.to_str().unwrap(), "--show", show], b"");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(answer["id"], "one");
    fs::write(&talks, "{\"id\":\"one\"\n").unwrap();
    let ran = run(&["qualify", talks.to_str().unwrap(), "--show", show], b"");
    assert!(ran.status == 1 && ran.err.contains("line 1"), "{}", ran.err);
}

#[test]
fn a_model_and_a_recording_that_are_something_else_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("show");
    let name = dir.to_str().unwrap();
    assert_eq!(run(&["init", name], b"").status, 0);
    let file = dir.join("show.toml");
    let text = fs::read_to_string(&file).unwrap();
    let picture = dir.join("picture.bin");
    let model = format!("model = {:?}", picture.to_str().unwrap());
    let text = text
        .replace("model = \"base.en\"", &model)
        .replace("device = \"default\"", "file = \"talk.wav\"");
    fs::write(&file, text).unwrap();
    fs::write(&picture, b"\xff\xd8\xff\xe0\0\x10JFIF\0 and so on").unwrap();
    fs::write(dir.join("talk.wav"), b"no sound at all").unwrap();
    let ran = run(&["check", name], b"");
    assert_eq!(ran.status, 1, "{}", ran.out);
    for words in [
        "is a JPEG picture",
        "talk.wav is no recording that can be read",
    ] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
}

/// The room test of two lanes: one hears a sentence, the other nothing.
#[test]
fn a_rehearsal_passes_or_fails_each_lane_with_the_remedy() {
    let dir = tempfile::tempdir().unwrap();
    show::init(dir.path()).unwrap();
    fs::copy(
        "tests/data/recordings/talk.flac",
        dir.path().join("talk.flac"),
    )
    .unwrap();
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 16_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut silence = hound::WavWriter::create(dir.path().join("silence.wav"), spec).unwrap();
    for at in 0..20 * 16_000_i32 {
        silence.write_sample((at % 7 - 3) as i16).unwrap();
    }
    silence.finalize().unwrap();
    let file = dir.path().join("show.toml");
    let text = fs::read_to_string(&file).unwrap();
    let text = text.replace("device = \"default\"", "file = \"talk.flac\"");
    let other = "\n[[lanes]]\nname = \"Lapel\"\nfile = \"silence.wav\"\n";
    fs::write(&file, text + other).unwrap();
    let folder = dir.path().to_str().unwrap();
    let sentence = "Welcome to our booth. What brings you to the show today?";
    let mut args = vec![
        "rehearse",
        folder,
        "--model",
        "demo",
        "--seconds",
        "13",
        "--sentence",
        sentence,
    ];
    let ran = run(&args, b"");
    assert_eq!((ran.status, ran.err.as_str()), (1, ""), "{}", ran.out);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(ran.out.contains(sentence), "{}", ran.out);
    let [.., booth, lapel] = lines.as_slice() else {
        panic!("{}", ran.out)
    };
    assert!(booth.starts_with("pass  Booth: ready (speech -"), "{booth}");
    assert!(booth.ends_with("0 % of the words wrong)"), "{booth}");
    assert!(
        lapel.starts_with("FAIL  Lapel: nobody was heard: "),
        "{lapel}"
    );
    args.truncate(2);
    args.extend(["--model", "no-such", "--seconds", "3", "--json"]);
    let ran = run(&args, b"");
    assert!(ran.err.contains("the words are not scored"), "{}", ran.err);
    let booth: serde_json::Value = serde_json::from_str(ran.out.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&booth["lane"], &booth["wrong"]),
        (&"Booth".into(), &serde_json::Value::Null)
    );
}
