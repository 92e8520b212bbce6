//! Owners' archives sealed to their keys: only they open them, and no open one lies beside.

use std::fs;

#[cfg(feature = "age")]
use age::secrecy::ExposeSecret as _;
use boothside::handoff::{Exported, Weight, write_night};

use crate::night::{booth, now, playbook, show};

fn sealed_to(dir: &std::path::Path, key: &str) -> Exported {
    let mut playbook = playbook();
    playbook.owners[0].age = key.to_owned();
    write_night(dir, &show(&playbook, &[]), booth().board(), &now()).expect("written")
}

#[cfg(feature = "age")]
#[test]
fn only_the_owner_opens_the_archive_and_no_open_one_lies_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (owner, other) = (
        age::x25519::Identity::generate(),
        age::x25519::Identity::generate(),
    );
    let plain = sealed_to(folder.path(), "");
    let open = fs::read(plain.path.join("packets/julian-sands.zip")).expect("in the clear");
    let done = sealed_to(folder.path(), &owner.to_public().to_string());
    assert_eq!(done.faults, []);
    let names: Vec<&str> = done.files.iter().map(|file| file.name.as_str()).collect();
    assert!(names.contains(&"packets/julian-sands.zip.age"), "{names:?}");
    assert!(!done.path.join("packets/julian-sands.zip").exists());
    assert!(
        names.contains(&"packets/nobody-yet.zip"),
        "who has no key is not sealed"
    );
    let bytes = fs::read(done.path.join("packets/julian-sands.zip.age")).expect("sealed");
    assert!(bytes.starts_with(b"age-encryption.org/v1\n-> X25519 "));
    let hay = String::from_utf8_lossy(&bytes);
    assert!(!hay.contains("Frank") && !hay.contains("northwind"));
    assert_eq!(age::decrypt(&owner, &bytes).expect("the owner's"), open);
    assert!(age::decrypt(&other, &bytes).is_err(), "nobody else's");
}

/// A key with a slip of the pen, and in a build without sealing any key.
#[test]
fn an_archive_that_cannot_be_sealed_is_not_written_in_the_clear() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = if cfg!(feature = "age") {
        "age1notakey"
    } else {
        "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
    };
    let done = sealed_to(folder.path(), key);
    for name in ["julian-sands.zip", "julian-sands.zip.age"] {
        assert!(!done.path.join("packets").join(name).exists(), "{name}");
    }
    assert!(done.path.join("packets/nobody-yet.zip").is_file());
    let [fault] = done.faults.as_slice() else {
        panic!("one fault: {:#?}", done.faults);
    };
    assert_eq!(fault.weight, Weight::LeftOut);
    assert_eq!(
        (fault.file.as_str(), fault.who.as_str()),
        ("packets/julian-sands.zip.age", "Julian Sands")
    );
    assert!(fault.remedy.contains("playbook.toml"), "{fault:?}");
    let runsheet = fs::read_to_string(done.path.join("RUNSHEET.md")).expect("the runsheet");
    assert!(runsheet.contains("julian-sands.zip.age"), "{runsheet}");
}

/// A strict show stops instead: one sentence, and no folder.
#[test]
fn a_strict_export_stops_where_an_archive_cannot_be_sealed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut playbook = playbook();
    playbook.owners[0].age = "age1notakey".to_owned();
    let mut strict = show(&playbook, &[]);
    strict.rules.strict = true;
    let fault = write_night(folder.path(), &strict, booth().board(), &now())
        .expect_err("no export")
        .to_string();
    for words in ["strict", "archive of Julian Sands", "playbook.toml"] {
        assert!(fault.contains(words), "{words} in {fault}");
    }
    assert_eq!(fault.lines().count(), 1, "{fault}");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
    // Whoever has no key is no reason to stop.
    playbook.owners[0].age = String::new();
    let mut strict = show(&playbook, &[]);
    strict.rules.strict = true;
    let done = write_night(folder.path(), &strict, booth().board(), &now()).expect("written");
    assert!(done.path.join("packets/julian-sands.zip").is_file());
}

/// Folder checks: the mistake with file, line and remedy, and no secret on the screen.
#[cfg(feature = "age")]
#[test]
fn a_wrong_key_is_told_with_file_line_and_remedy_and_a_secret_one_is_not_repeated() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("show");
    boothside::show::init(&dir).expect("a show");
    let check = |key: &str| {
        let owner =
            format!("[[owners]]\nname = \"Ana\"\nemail = \"a@b.example\"\nage = \"{key}\"\n");
        fs::write(dir.join("playbook.toml"), owner).expect("written");
        let (_, faults) = boothside::show::open(&dir);
        boothside::diagnostic::render_all(&faults)
    };
    let good = age::x25519::Identity::generate();
    assert_eq!(check(&good.to_public().to_string()), "");
    let slip = check("age1notakey");
    for words in [
        "S05",
        "playbook.toml:4:7",
        "no public key of age",
        "age-keygen",
    ] {
        assert!(slip.contains(words), "{words} in {slip}");
    }
    let secret = good.to_string();
    let secret = check(secret.expose_secret());
    assert!(
        secret.contains("secret key") && !secret.contains("AGE-SECRET-KEY-1"),
        "{secret}"
    );
}
