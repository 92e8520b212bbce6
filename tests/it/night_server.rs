//! A second place on a server: a real one on this laptop that keeps to the letter of `WebDAV`, and fails when it is told to.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use boothside::handoff::{Login, Server, mirror_to};

use crate::listens::{Answer, listen};
use crate::night::{booth, written};

/// `ana:secret word`, as HTTP's own login carries it.
const ANA: &str = "Basic YW5hOnNlY3JldCB3b3Jk";

/// What the server keeps and what it was asked.
#[derive(Debug, Default)]
struct Shelf {
    folders: BTreeSet<String>,
    files: BTreeMap<String, Vec<u8>>,
    asked: Vec<String>,
    /// The login it wants, if any.
    login: Option<&'static str>,
    /// The next so many `PUT`s go through, the one after them is answered with this.
    trouble: Option<(usize, &'static str)>,
}

impl Shelf {
    fn answer(
        &mut self,
        method: &str,
        path: &str,
        login: &str,
        body: Vec<u8>,
    ) -> (String, Vec<u8>) {
        let say = |status: &str| (status.to_owned(), Vec::new());
        self.asked.push(format!("{method} {path}"));
        if self.login.is_some_and(|wanted| wanted != login) {
            return say("401 Unauthorized");
        }
        let path = path.trim_end_matches('/').to_owned();
        let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        let homeless = !self.folders.contains(parent);
        match method {
            "MKCOL" if self.folders.contains(&path) => say("405 Method Not Allowed"),
            "MKCOL" | "PUT" if homeless => say("409 Conflict"),
            "MKCOL" => {
                self.folders.insert(path);
                say("201 Created")
            }
            "PUT" => {
                if let Some((left, status)) = self.trouble.as_mut() {
                    if *left == 0 {
                        let status = *status;
                        self.trouble = None;
                        return say(status);
                    }
                    *left -= 1;
                }
                self.files.insert(path, body);
                say("201 Created")
            }
            "GET" => match self.files.get(&path) {
                Some(bytes) => ("200 OK".to_owned(), bytes.clone()),
                None => say("404 Not Found"),
            },
            _ => say("501 Not Implemented"),
        }
    }
}

/// A server with one folder, `/dav`.
fn server() -> (String, Arc<Mutex<Shelf>>) {
    let mut shelf = Shelf::default();
    shelf.folders.insert("/dav".into());
    let shelf = Arc::new(Mutex::new(shelf));
    let inside = Arc::clone(&shelf);
    let host = listen(move |asked| {
        let login = asked.header("authorization").to_owned();
        let mut shelf = inside.lock().expect("the shelf");
        let (status, body) = shelf.answer(&asked.method, &asked.path, &login, asked.body);
        Answer::of(&status, body)
    });
    (format!("http://{host}/dav/"), shelf)
}

/// Every file below a folder with its bytes, by its name with slashes.
pub fn tree(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path: PathBuf = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(dir).expect("below").to_string_lossy();
                found.insert(name.replace('\\', "/"), fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

/// What the server has of one export, names as they were before they were escaped.
fn there(shelf: &Mutex<Shelf>, export: &str) -> BTreeMap<String, Vec<u8>> {
    let base = format!("/dav/MTF-A/{export}/");
    let shelf = shelf.lock().expect("the shelf");
    let below = shelf.files.iter().filter_map(|(path, bytes)| {
        let name = path.strip_prefix(&base)?.replace("%3D", "=");
        Some((name, bytes.clone()))
    });
    below.collect()
}

fn asked(shelf: &Mutex<Shelf>) -> Vec<String> {
    std::mem::take(&mut shelf.lock().expect("the shelf").asked)
}

#[test]
fn a_server_gets_what_it_lacks_byte_for_byte_and_the_manifest_last() {
    let night = tempfile::tempdir().expect("a folder");
    let (address, shelf) = server();
    let server = Server::new(&address, Login::None);
    let first = written(&booth(), night.path());
    let second = written(&booth(), night.path());
    fs::create_dir(night.path().join(".unfinished-1")).expect("a folder");
    assert_eq!(
        mirror_to(night.path(), &server, "MTF-A").expect("copied"),
        2
    );
    for done in [&first, &second] {
        assert_eq!(
            there(&shelf, &done.folder),
            tree(&done.path),
            "{}",
            done.folder
        );
    }
    let puts: Vec<String> = asked(&shelf)
        .into_iter()
        .filter(|line| line.starts_with("PUT"))
        .collect();
    let last = |folder: &str| {
        let own = |line: &&String| line.contains(&format!("/{folder}/"));
        puts.iter().rfind(own).cloned()
    };
    for done in [&first, &second] {
        let want = format!("PUT /dav/MTF-A/{}/manifest.json", done.folder);
        assert_eq!(last(&done.folder), Some(want));
    }
    // Whole, it is only looked at.
    assert_eq!(mirror_to(night.path(), &server, "MTF-A").expect("whole"), 0);
    assert!(asked(&shelf).iter().all(|line| line.starts_with("GET")));
}

#[test]
fn what_broke_off_is_no_export_and_is_made_whole_the_next_time() {
    let night = tempfile::tempdir().expect("a folder");
    let (address, shelf) = server();
    let server = Server::new(&address, Login::None);
    let done = written(&booth(), night.path());
    let local = tree(&done.path);
    for (status, words) in [
        ("507 Insufficient Storage", "make room on the server"),
        ("500 Internal Server Error", "look at the server"),
        ("302 Found", "write the address it leads to"),
    ] {
        shelf.lock().expect("the shelf").trouble = Some((5, status));
        let fault = mirror_to(night.path(), &server, "MTF-A")
            .expect_err(status)
            .to_string();
        assert!(
            fault.contains(words) && fault.contains(&status[..3]),
            "{fault}"
        );
        assert_eq!(fault.lines().count(), 1, "one sentence: {fault}");
        assert!(!there(&shelf, &done.folder).contains_key("manifest.json"));
        assert_eq!(tree(&done.path), local, "the local folder is the truth");
    }
    assert_eq!(
        mirror_to(night.path(), &server, "MTF-A").expect("copied"),
        1
    );
    assert_eq!(there(&shelf, &done.folder), local);
    // Somebody put another manifest there: the export is written again.
    let manifest = format!("/dav/MTF-A/{}/manifest.json", done.folder);
    shelf
        .lock()
        .expect("the shelf")
        .files
        .insert(manifest, b"{}".to_vec());
    assert_eq!(
        mirror_to(night.path(), &server, "MTF-A").expect("copied"),
        1
    );
    assert_eq!(there(&shelf, &done.folder), local);
}

#[test]
fn a_login_is_sent_and_never_told() {
    let night = tempfile::tempdir().expect("a folder");
    let (address, shelf) = server();
    shelf.lock().expect("the shelf").login = Some(ANA);
    written(&booth(), night.path());
    let login = |password: &str| Login::Password {
        user: "ana".into(),
        password: password.into(),
    };
    let wrong = Server::new(&address, login("hunter2"));
    let fault = mirror_to(night.path(), &wrong, "MTF-A")
        .expect_err("refused")
        .to_string();
    assert!(fault.contains("BOOTHSIDE_COPY_PASSWORD"), "{fault}");
    let seen = format!("{fault} {wrong:?} {:?}", Login::Token("hunter2".into()));
    assert!(!seen.contains("hunter2"), "{seen}");
    let right = Server::new(&address, login("secret word"));
    assert_eq!(mirror_to(night.path(), &right, "MTF-A").expect("copied"), 1);
}

#[test]
fn no_server_and_no_such_folder_are_said_with_what_helps() {
    let night = tempfile::tempdir().expect("a folder");
    written(&booth(), night.path());
    let nobody = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        format!("http://{}/dav", listener.local_addr().expect("bound"))
    };
    let fault = mirror_to(night.path(), &Server::new(&nobody, Login::None), "MTF-A")
        .expect_err("nobody listens")
        .to_string();
    assert!(
        fault.contains("can't be reached") && fault.contains("network"),
        "{fault}"
    );
    let (address, _shelf) = server();
    let fault = mirror_to(
        night.path(),
        &Server::new(&format!("{address}no/such"), Login::None),
        "MTF-A",
    )
    .expect_err("no folder")
    .to_string();
    assert!(fault.contains("copy_to in show.toml"), "{fault}");
}

/// The whole program: the address from show.toml, the login from the environment, the failure on stderr, the folder here.
#[test]
fn the_night_command_brings_its_folder_to_the_server() {
    let home = tempfile::tempdir().expect("a folder");
    let show = home.path().join("show");
    let (address, shelf) = server();
    shelf.lock().expect("the shelf").login = Some(ANA);
    boothside::show::init(&show).expect("a show");
    let toml = show.join("show.toml");
    let text = fs::read_to_string(&toml).expect("show.toml");
    let text = text.replace(
        "[campaign]",
        &format!("[night]\ncopy_to = \"{address}\"\n\n[campaign]"),
    );
    fs::write(&toml, text).expect("written");
    let night = |password: &str| {
        Command::new(env!("CARGO_BIN_EXE_boothside"))
            .arg("night")
            .arg(&show)
            .env("XDG_CONFIG_HOME", home.path())
            .env("XDG_STATE_HOME", home.path())
            .env("BOOTHSIDE_COPY_USER", "ana")
            .env("BOOTHSIDE_COPY_PASSWORD", password)
            .env_remove("BOOTHSIDE_COPY_TOKEN")
            .output()
            .expect("boothside starts")
    };
    let refused = night("hunter2");
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success());
    assert!(
        told.contains("NOT in the second place") && told.contains("401"),
        "{told}"
    );
    assert!(!told.contains("hunter2"), "{told}");
    assert_eq!(
        fs::read_dir(show.join("night"))
            .expect("written here")
            .count(),
        1
    );
    let done = night("secret word");
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let shelf = shelf.lock().expect("the shelf");
    let manifests = shelf
        .files
        .keys()
        .filter(|path| path.ends_with("/manifest.json"));
    assert_eq!(
        manifests.count(),
        2,
        "both exports: {:#?}",
        shelf.files.keys()
    );
}
