//! What a newcomer meets first: the README and the script that sees to what the build needs.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use boothside::keymap::{Keymap, help};

/// The README's table of keys is the default keymap's; `UPDATE=1` rewrites it.
#[test]
fn the_readme_shows_the_keys() {
    const MARKS: (&str, &str) = ("<!-- keys -->\n", "<!-- /keys -->");
    let readme = fs::read_to_string("README.md").unwrap();
    let from = readme.find(MARKS.0).unwrap() + MARKS.0.len();
    let to = readme.find(MARKS.1).unwrap();
    let table = format!("\n{}\n", help::markdown(&Keymap::load("default", &[]).0));
    if std::env::var_os("UPDATE").is_some() {
        fs::write(
            "README.md",
            format!("{}{table}{}", &readme[..from], &readme[to..]),
        )
        .unwrap();
        return;
    }
    assert_eq!(&readme[from..to], table, "README.md (UPDATE=1 rewrites it)");
}

/// Every command stands in the README.
#[test]
fn the_readme_names_every_command() {
    let readme = fs::read_to_string("README.md").unwrap();
    let help = Command::new(env!("CARGO_BIN_EXE_boothside"))
        .arg("--help")
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let commands = help
        .split("Commands:")
        .nth(1)
        .unwrap()
        .split("Arguments:")
        .next()
        .unwrap();
    for command in commands
        .lines()
        .filter_map(|line| line.split_whitespace().next())
    {
        let there = readme.contains(&format!("boothside {command}"))
            || readme.contains(&format!("`{command}"));
        assert!(there, "README.md says nothing of {command}");
    }
}

/// The script behind `make`: silent when all is there, a clear list when it can't help.
#[cfg(target_os = "linux")]
#[test]
fn what_the_build_needs_is_there_or_listed() {
    use std::os::unix::fs::PermissionsExt;
    let ran = Command::new("sh").arg(".ci/deps").output().unwrap();
    assert!(
        ran.status.success() && ran.stdout.is_empty() && ran.stderr.is_empty(),
        "{ran:?}"
    );

    // A system with nothing but a shell and Rust.
    let bare = tempfile::tempdir().unwrap();
    let tool = |name: &str, script: &str| {
        let path = bare.path().join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    };
    let deps = || {
        let sh = ["/bin/sh", "/usr/bin/sh"]
            .into_iter()
            .find(|sh| Path::new(sh).exists())
            .unwrap();
        let ran = Command::new(sh)
            .arg(".ci/deps")
            .env("PATH", bare.path())
            .stdin(Stdio::null())
            .output();
        let ran = ran.unwrap();
        (
            ran.status.code(),
            String::from_utf8_lossy(&ran.stdout).into_owned(),
            String::from_utf8_lossy(&ran.stderr).into_owned(),
        )
    };
    tool("uname", "echo Linux");
    let (status, _, err) = deps();
    assert!(status == Some(1) && err.contains("rustup.rs"), "{err}");
    tool("cargo", "exit 0");
    let (status, _, err) = deps();
    assert_eq!(status, Some(1));
    for word in ["cmake", "C++ compiler", "pkg-config", "libasound2-dev"] {
        assert!(err.contains(word), "{err}");
    }
    // With a package manager and root, what is missing is asked for by its name there.
    tool("id", "echo 0");
    tool(
        "mktemp",
        &format!("echo {}", bare.path().join("log").display()),
    );
    tool("rm", "exit 0");
    tool("tail", "exit 0");
    tool(
        "dnf",
        &format!("echo \"$@\" >> {}", bare.path().join("asked").display()),
    );
    let (status, out, err) = deps();
    assert_eq!(status, Some(0), "{out}{err}");
    let asked = fs::read_to_string(bare.path().join("asked")).unwrap();
    assert_eq!(
        asked,
        "install -y cmake gcc-c++ pkgconf-pkg-config alsa-lib-devel\n"
    );
    tool("dnf", "exit 1");
    let (status, _, err) = deps();
    assert!(status == Some(1) && err.contains("dnf failed"), "{err}");
}
