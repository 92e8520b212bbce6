//! Models: fetched from a server on this computer, resumed, checked, added, chosen.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};

use boothside::models::{
    self, AddError, CATALOGUE, Chosen, GetError, Got, Listing, Place, Unfit, get,
};

/// The bundled model under a name of its own, so that a whole download can be checked without a network.
const SMALL: Listing = Listing {
    name: "test.en",
    bytes: 7_450_080,
    sha256: "b4460580b054bb09801a6ca9a01cebb38cc27e26aa1c14a587e237429bb43849",
    words: "for tests",
};

/// How a server behaves.
#[derive(Clone, Copy)]
enum Manner {
    /// Knows ranges, sends all.
    Whole,
    /// Breaks each connection after so many bytes.
    Breaks(usize),
    /// Sends everything, whatever range was asked for.
    NoRanges,
    /// Sends this instead.
    Instead(&'static [u8]),
    /// Says no.
    Gone,
}

/// A server of the bundled model on this computer. Gives its address and the ranges it was asked for.
fn server(manner: Manner) -> (String, Receiver<Option<usize>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (asked, ranges) = channel();
    // Ends with the test's process.
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = Vec::new();
            let mut byte = [0];
            while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
                request.push(byte[0]);
            }
            let request = String::from_utf8_lossy(&request).to_lowercase();
            let range = request
                .split("range: bytes=")
                .nth(1)
                .and_then(|rest| rest.split('-').next()?.parse().ok());
            let _ = asked.send(range);
            let _ = answer(&mut stream, manner, range.unwrap_or(0));
        }
    });
    (address, ranges)
}

fn answer(stream: &mut impl Write, manner: Manner, from: usize) -> std::io::Result<()> {
    let model = models::DEMO;
    let mut send = |status: &str, body: &[u8], length: usize| {
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
        )?;
        stream.write_all(body)
    };
    let status = if from > 0 {
        "206 Partial Content"
    } else {
        "200 OK"
    };
    match manner {
        Manner::Whole => send(status, &model[from..], model.len() - from),
        Manner::Breaks(after) => {
            let end = (from + after).min(model.len());
            send(status, &model[from..end], model.len() - from)
        }
        Manner::NoRanges => send("200 OK", model, model.len()),
        Manner::Instead(body) => send("200 OK", body, body.len()),
        Manner::Gone => send("404 Not Found", b"", 0),
    }
}

fn place(dir: &Path, host: String) -> Place {
    Place {
        dir: dir.join("models"),
        host,
    }
}

/// Asked ranges so far.
fn asked(ranges: &Receiver<Option<usize>>) -> Vec<Option<usize>> {
    ranges.try_iter().collect()
}

#[test]
fn a_model_is_fetched_whole_and_only_once() {
    let dir = tempfile::tempdir().unwrap();
    let (host, ranges) = server(Manner::Whole);
    let place = place(dir.path(), host);
    let mut last = (0, 0);
    let got = get(&place, &SMALL, |have, total| last = (have, total)).unwrap();
    let path = place.file("test.en");
    assert_eq!(got, Got::Fetched(path.clone()));
    assert_eq!(last, (SMALL.bytes, SMALL.bytes));
    assert_eq!(fs::read(&path).unwrap(), models::DEMO);
    assert_eq!(asked(&ranges), [None]);
    let left: Vec<_> = fs::read_dir(&place.dir).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing but the model is left");
    // A name of the catalogue that is here and whole is not fetched again.
    assert_eq!(place.choose("test.en").unwrap(), Chosen::File(path));
}

#[test]
fn a_broken_download_goes_on_where_it_stopped() {
    let dir = tempfile::tempdir().unwrap();
    let (host, ranges) = server(Manner::Breaks(3_000_000));
    let place = place(dir.path(), host);
    get(&place, &SMALL, |_, _| {}).unwrap();
    assert_eq!(fs::read(place.file("test.en")).unwrap(), models::DEMO);
    let ranges = asked(&ranges);
    assert_eq!(ranges, [None, Some(3_000_000), Some(6_000_000)]);
}

#[test]
fn a_killed_download_goes_on_too_and_a_host_without_ranges_starts_over() {
    for (manner, asked_for) in [(Manner::Whole, 1_000), (Manner::NoRanges, 1_000)] {
        let dir = tempfile::tempdir().unwrap();
        let (host, ranges) = server(manner);
        let place = place(dir.path(), host);
        fs::create_dir_all(&place.dir).unwrap();
        let part = place.file("test.en").with_extension("bin.part");
        fs::write(&part, &models::DEMO[..asked_for]).unwrap();
        get(&place, &SMALL, |_, _| {}).unwrap();
        assert_eq!(asked(&ranges), [Some(asked_for)]);
        assert_eq!(fs::read(place.file("test.en")).unwrap(), models::DEMO);
    }
}

/// A refusal: what it says, and that no model and no piece of one is left.
fn refused(manner: Manner, words: &[&str]) -> GetError {
    let dir = tempfile::tempdir().unwrap();
    let (host, _ranges) = server(manner);
    let place = place(dir.path(), host);
    let error = get(&place, &SMALL, |_, _| {}).unwrap_err();
    let text = error.to_string();
    for word in words {
        assert!(text.contains(word), "{text}");
    }
    assert!(!place.file("test.en").exists());
    assert!(!place.file("test.en").with_extension("bin.part").exists());
    error
}

#[test]
fn what_is_not_the_model_is_thrown_away() {
    refused(
        Manner::Instead(b"<html>log in to the hotel"),
        &["a web page"],
    );
    let other: &[u8] = &models::DEMO[..1_000_000];
    let error = refused(Manner::Instead(other), &["checksum differs"]);
    assert!(matches!(error, GetError::Differs { .. }));
    refused(Manner::Gone, &["404", "model add"]);
}

#[test]
fn no_host_is_one_sentence() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    let dir = tempfile::tempdir().unwrap();
    let error = get(&place(dir.path(), host), &SMALL, |_, _| {}).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("check the network"), "{text}");
}

#[test]
fn a_file_from_a_stick_is_taken_over_if_it_is_a_model() {
    let dir = tempfile::tempdir().unwrap();
    let place = place(dir.path(), String::new());
    let stick = dir.path().join("hall-voices.bin");
    fs::write(&stick, models::DEMO).unwrap();
    let added = place.add(&stick).unwrap();
    assert_eq!(added.name, "hall-voices");
    assert!(added.shape.unwrap().english());
    assert_eq!(place.installed().len(), 1);
    assert!(place.check(&added.path).is_ok());
    assert_eq!(
        place.choose("hall-voices").unwrap(),
        Chosen::File(added.path)
    );
}

#[test]
fn what_is_no_model_is_told_in_one_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let place = place(dir.path(), String::new());
    let cut = &models::DEMO[..30];
    let mut other = models::DEMO[..200].to_vec();
    other[4..8].copy_from_slice(&7_u32.to_le_bytes());
    let cases: [(&[u8], &str); 8] = [
        (
            b"\xff\xd8\xff\xe0\0\x10JFIF",
            "is a JPEG picture, not a speech model",
        ),
        (b"GGUF\x03\0\0\0", "a GGUF language model"),
        (b"PK\x03\x04", "a zip archive"),
        (
            b"version https://git-lfs.github.com/spec/v1",
            "only a pointer",
        ),
        (b"", "is empty"),
        (b"hello", "a file of another kind"),
        (cut, "only the beginning is there"),
        (&other, "isn't a Whisper model"),
    ];
    for (bytes, words) in cases {
        let file = dir.path().join("file.bin");
        fs::write(&file, bytes).unwrap();
        let text = place.add(&file).unwrap_err().to_string();
        assert!(text.contains(words), "{text}");
        assert!(!text.contains('\n') && !text.ends_with('.'), "{text}");
    }
    let text = place
        .add(&dir.path().join("gone.bin"))
        .unwrap_err()
        .to_string();
    assert!(text.contains("can't be read"), "{text}");
    assert!(place.installed().is_empty());
}

#[test]
fn a_torn_or_damaged_model_of_the_catalogue_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let place = place(dir.path(), String::new());
    let file = dir.path().join("ggml-base.en.bin");
    fs::write(&file, models::DEMO).unwrap();
    let error = place.add(&file).unwrap_err();
    let short = matches!(
        error,
        AddError::Unfit(Unfit::Short {
            name: "base.en",
            ..
        })
    );
    assert!(short, "{error}");
    // Padded to a size beyond the real one, sparsely: same name, other bytes.
    let file_handle = fs::OpenOptions::new().write(true).open(&file).unwrap();
    file_handle.set_len(CATALOGUE[5].bytes).unwrap();
    let error = place.check(&file).unwrap_err();
    assert!(
        matches!(
            error,
            Unfit::Damaged {
                name: "base.en",
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn names_are_chosen_guessed_and_explained() {
    let dir = tempfile::tempdir().unwrap();
    let place = place(dir.path(), String::new());
    assert!(
        matches!(place.choose("demo").unwrap(), Chosen::Embedded(bytes) if bytes == models::DEMO)
    );
    let text = place.choose("base.en").unwrap_err().to_string();
    assert!(text.contains("boothside model get base.en"), "{text}");
    let text = place.choose("bsae.en").unwrap_err().to_string();
    assert!(text.contains("did you mean base.en?"), "{text}");
    // A compressed form serves where the plain one isn't.
    fs::create_dir_all(&place.dir).unwrap();
    fs::write(place.file("base.en-q5_1"), models::DEMO).unwrap();
    assert_eq!(
        place.choose("base.en").unwrap(),
        Chosen::File(place.file("base.en-q5_1"))
    );
}

#[test]
fn the_place_follows_the_environment() {
    let at = |vars: &[(&str, &str)]| {
        let vars: HashMap<String, OsString> = vars
            .iter()
            .map(|(name, value)| ((*name).to_string(), OsString::from(value)))
            .collect();
        Place::of_user(|name| vars.get(name).cloned())
    };
    let dir = |vars: &[(&str, &str)]| at(vars).dir.display().to_string();
    assert_eq!(dir(&[("HOME", "/h")]), "/h/.local/share/boothside/models");
    assert_eq!(
        dir(&[("HOME", "/h"), ("XDG_DATA_HOME", "/d")]),
        "/d/boothside/models"
    );
    assert_eq!(dir(&[("HOME", "/h"), ("BOOTHSIDE_MODELS", "/m")]), "/m");
    assert_eq!(at(&[("BOOTHSIDE_MODELS_URL", "http://x")]).host, "http://x");
}

#[test]
fn the_catalogue_is_in_order() {
    let mut names = std::collections::HashSet::new();
    for listing in &CATALOGUE {
        assert!(names.insert(listing.name));
        assert_eq!(listing.sha256.len(), 64);
        assert!(
            listing
                .sha256
                .bytes()
                .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        );
        assert_eq!(models::name_of_file(&listing.file()), listing.name);
        assert!(models::listing(listing.name).is_some());
    }
}
