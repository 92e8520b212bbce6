//! Real terminals: the program on a PTY, its screen read as a person would, waiting for named things.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};

/// The longest wait for a named thing. A debug build on two busy cores needs some of it.
const PATIENCE: Duration = Duration::from_secs(120);

/// What the terminal shows, and how much has come so far.
#[derive(Default)]
struct Seen {
    bytes: Vec<u8>,
    over: bool,
}

/// A program on a terminal.
struct Desk {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    size: (u16, u16),
    _master: Box<dyn MasterPty + Send>,
    /// Held until the program has ended: a terminal whose last holder closes it right after writing may lose those words.
    slave: Option<Box<dyn SlavePty + Send>>,
}

impl Desk {
    fn start(arguments: &[&str], size: (u16, u16), home: &Path) -> Self {
        let (rows, cols) = size;
        let pair = native_pty_system()
            .openpty(PtySize {
                rows,
                cols,
                pixel_width: 0,
                pixel_height: 0,
            })
            .expect("a pty");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_boothside"));
        command.args(arguments);
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        command.env("HOME", home);
        command.env("XDG_CONFIG_HOME", home.join("config"));
        command.env("XDG_DATA_HOME", home.join("data"));
        command.env_remove("NO_COLOR");
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the program starts");
        let mut output = pair.master.try_clone_reader().expect("a reader");
        let keys = pair.master.take_writer().expect("a writer");
        let seen = Arc::new((Mutex::new(Seen::default()), Condvar::new()));
        let shared = Arc::clone(&seen);
        std::thread::spawn(move || {
            let mut chunk = [0; 8192];
            loop {
                let count = output.read(&mut chunk).unwrap_or(0);
                let mut seen = shared.0.lock().expect("seen");
                seen.bytes.extend_from_slice(&chunk[..count]);
                seen.over = count == 0;
                shared.1.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        Self {
            child,
            keys,
            seen,
            size,
            _master: pair.master,
            slave: Some(pair.slave),
        }
    }

    /// A fresh show below `home`, and its board when it is drawn.
    fn at_new_show(home: &Path, size: (u16, u16)) -> (Self, String) {
        let show = home.join("show");
        let dir = show.to_str().expect("a path");
        assert!(boothside(&["init", dir]).0, "init");
        let mut desk = Self::start(&[dir], size, home);
        desk.until("the empty board", |screen| screen.contains("saved"));
        (desk, dir.to_owned())
    }

    fn press(&mut self, keys: &str) {
        // One write a key, as a keyboard does; the wedge would take a fast row of letters for a badge.
        for letter in keys.chars() {
            self.keys
                .write_all(letter.to_string().as_bytes())
                .and_then(|()| self.keys.flush())
                .expect("the terminal takes keys");
            // A person's pace: this is the input's timing, not a wait for an outcome.
            std::thread::sleep(Duration::from_millis(150));
        }
    }

    /// Sends bytes at once, as a paste or a scanner does.
    fn send(&mut self, bytes: &[u8]) {
        self.keys
            .write_all(bytes)
            .and_then(|()| self.keys.flush())
            .expect("the terminal takes bytes");
    }

    /// Waits until the screen shows what is named; on failure the message has the last screen.
    fn until(&mut self, what: &str, shows: impl Fn(&str) -> bool) -> String {
        let started = Instant::now();
        let cells = |count| NonZero::new(count).expect("a size");
        let mut parser = vt100::Parser::new(cells(self.size.0), cells(self.size.1), 0);
        let mut taken = 0;
        let (lock, bell) = &*self.seen;
        let mut seen = lock.lock().expect("seen");
        loop {
            parser.process(&seen.bytes[taken..]);
            taken = seen.bytes.len();
            let screen = parser.screen().contents();
            if shows(&screen) {
                return screen;
            }
            let left = PATIENCE.saturating_sub(started.elapsed());
            assert!(
                !left.is_zero() && !seen.over,
                "waited {:?} for: {what}\nthe program is {}; last screen:\n{screen}",
                started.elapsed(),
                if seen.over { "gone" } else { "there" }
            );
            if self.child.try_wait().is_ok_and(|ended| ended.is_some()) {
                self.slave = None;
            }
            let slice = left.min(Duration::from_secs(1));
            seen = bell.wait_timeout(seen, slice).expect("seen").0;
        }
    }

    /// Waits for the end and answers everything that was ever printed, and whether it ended well.
    fn ends(mut self, what: &str) -> (String, bool) {
        let status = self.child.wait().expect("the program ends");
        self.slave = None;
        let (lock, bell) = &*self.seen;
        let seen = lock.lock().expect("seen");
        let (seen, waited) = bell
            .wait_timeout_while(seen, PATIENCE, |seen| !seen.over)
            .expect("seen");
        assert!(!waited.timed_out(), "waited for the end of output: {what}");
        (
            String::from_utf8_lossy(&seen.bytes).into_owned(),
            status.success(),
        )
    }

    fn signal(&mut self, name: &str) {
        let pid = self.child.process_id().expect("a process").to_string();
        let done = std::process::Command::new("kill")
            .args(["-s", name, &pid])
            .status()
            .expect("kill");
        assert!(done.success(), "kill -s {name}");
    }
}

#[test]
fn a_demo_is_heard_triaged_killed_and_found_again() {
    let home = tempfile::tempdir().expect("a folder");
    let show = home.path().join("show");
    let dir = show.to_str().expect("a path");
    let mut desk = Desk::start(&["demo", dir, "--speed", "6"], (45, 160), home.path());
    desk.until("words of the recording on a card", |screen| {
        screen.contains("Northwind Freight") && screen.contains("forty sites")
    });
    // Find the card, rate it, tag it, flag it, give it to its owner.
    desk.press("/northwind\r");
    desk.until("the search to narrow the board", |screen| {
        screen.contains("northwind")
    });
    desk.press("h");
    desk.until("the card to be hot", |screen| screen.contains("HOT"));
    desk.press("1");
    desk.until("the first tag", |screen| {
        screen.contains('#') || screen.contains("demo")
    });
    desk.press("f\r");
    desk.until("the account's flag", |screen| screen.contains("★"));
    desk.press("o\r");
    desk.until("its owner", |screen| screen.contains("Sands"));
    desk.press("w");
    desk.until("the card to be warm", |screen| screen.contains("warm"));
    desk.press("u");
    desk.until("the rating taken back", |screen| {
        screen.contains("taken back")
    });
    desk.press("E");
    desk.until("the night's folder", |screen| screen.contains("night/"));
    desk.until("everything to be saved", |screen| screen.contains("saved"));
    desk.signal("KILL");
    let _ = desk.child.wait();

    let exported: Vec<_> = std::fs::read_dir(show.join("night"))
        .expect("the night's folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    assert_eq!(exported.len(), 1, "{exported:?}");
    let leads = std::fs::read_to_string(exported[0].join("leads.csv")).expect("leads.csv");
    assert!(
        leads.contains("Northwind Freight") && leads.contains("Julian Sands"),
        "{leads}"
    );

    let mut again = Desk::start(&[dir], (45, 160), home.path());
    again.until("the rated card after the kill", |screen| {
        screen.contains("HOT") && screen.contains("Northwind Freight") && screen.contains("Sands")
    });
    again.press("q");
    let (words, well) = again.ends("q");
    assert!(well, "{words}");
    assert!(
        words.contains("\u{1b}[?1049l"),
        "the terminal is given back"
    );
    assert!(words.contains(dir), "the folder's place is said on leaving");
}

/// Types one card as a scanner of that pace does, the control characters in it that would stop, suspend or freeze a program.
/// Gives the longest pause between two keys, in ms: a machine that is busy does not keep every pace.
fn scans(desk: &mut Desk, pace_ms: u64, end: &str, name: &str) -> u128 {
    let lines = [
        "BEGIN:VCARD",
        &format!("FN:{name}"),
        "NOTE:q\u{3}\u{1a}\u{13}\u{1d}q",
        "END:VCARD",
        "",
    ];
    let mut longest = 0;
    for byte in lines.join(end).bytes() {
        desk.send(&[byte]);
        let typed = Instant::now();
        // The scanner's pace: input timing, not a wait for an outcome.
        std::thread::sleep(Duration::from_millis(pace_ms));
        longest = longest.max(typed.elapsed().as_millis());
    }
    longest
}

/// Scanners of every pace, with every line end.
#[test]
fn a_scanner_of_any_pace_and_line_end_seats_its_visitor() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut desk, show) = Desk::at_new_show(home.path(), (45, 160));
    let dir = show.as_str();
    let cases = [
        (1, "\r", "Ann Bolt"),
        (1, "\n", "Ben Cole"),
        (5, "\r", "Cora Dahl"),
        (5, "\r\n", "Cleo Dorn"),
        (10, "\n", "Dan Ebel"),
        (10, "\r\n", "Eva Falk"),
    ];
    for (pace_ms, end, name) in cases {
        scans(&mut desk, pace_ms, end, name);
        let what = format!("{name}, {pace_ms} ms a key, lines end with {end:?}");
        desk.until(&what, |screen| screen.contains(&format!("{name} is here")));
    }
    desk.send(b"\x1b[200~MECARD:N:Paste,Petra;ORG:Paste Works;;\x1b[201~");
    desk.until("the pasted visitor", |screen| {
        screen.contains("Petra Paste")
    });
    // No key of the bursts did anything: as many people as badges, and nothing was written beside them.
    let people = cases.len() + 1;
    desk.press("q");
    assert!(desk.ends("q").1);
    let (well, trail) = boothside(&["trail", dir]);
    assert!(well, "{trail}");
    let count = |word: &str| trail.matches(word).count();
    assert_eq!(count("visitor-seated"), people, "{trail}");
    assert_eq!(count("\"stamp\""), people, "{trail}");
}

/// The slowest scanners, near the pace of a held key. A machine that held a key back for longer than any scanner does proves
/// nothing: the card is typed once more, at a fresh board.
#[test]
fn a_scanner_of_30_ms_a_key_fires_no_key() {
    /// Twice the pace: within it the first two letters are still told from typing.
    const LONGEST_MS: u128 = 60;
    for _ in 0..5 {
        let home = tempfile::tempdir().expect("a folder");
        let (mut desk, show) = Desk::at_new_show(home.path(), (45, 160));
        let dir = show.as_str();
        if scans(&mut desk, 30, "\r\n", "Finn Graf") > LONGEST_MS {
            continue;
        }
        desk.until("30 ms a key", |screen| screen.contains("Finn Graf is here"));
        desk.press("q");
        assert!(desk.ends("q").1);
        let (well, trail) = boothside(&["trail", dir]);
        assert!(well, "{trail}");
        assert_eq!(trail.matches("\"stamp\"").count(), 1, "{trail}");
        return;
    }
    println!("not proven: five times this machine held a key back for more than {LONGEST_MS} ms");
}

#[test]
fn a_second_start_names_the_process_that_has_the_show() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut desk, show) = Desk::at_new_show(home.path(), (30, 100));
    let dir = show.as_str();
    let pid = desk.child.process_id().expect("a process").to_string();
    let second = Desk::start(&[dir], (30, 100), home.path());
    let (words, well) = second.ends("the second start");
    assert!(!well);
    assert!(words.contains(&pid), "names process {pid}: {words}");
    let told = words.contains("boothside --wall");
    assert!(told, "and how to see its wall: {words}");
    let mut aisle = Desk::start(&[dir, "--wall"], (30, 100), home.path());
    aisle.until("a quiet wall", |screen| {
        screen.contains("n o b o d y   w a i t s")
    });
    desk.press("+");
    aisle.until("what the board recorded", |screen| {
        screen.contains("w a i t s   0   m i n")
    });
    aisle.press("q");
    assert!(aisle.ends("the wall").1);
    desk.press("q");
    assert!(desk.ends("q").1);
}

/// A folder that can't be written still shows its board, and says all the time that it keeps nothing.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_can_not_be_written_shows_its_board() {
    let home = tempfile::tempdir().expect("a folder");
    let show = home.path().join("show");
    let dir = show.to_str().expect("a path");
    assert!(boothside(&["init", dir]).0, "init");
    // Nobody writes there, not even root, who would not be stopped by permissions.
    std::os::unix::fs::symlink("/sys/kernel", show.join("store")).expect("a store");
    let mut desk = Desk::start(&[dir], (30, 100), home.path());
    desk.until("that nothing is kept", |screen| {
        screen.contains("NOT SAVING") && screen.contains("can't be written")
    });
    desk.press("+");
    desk.until("why the key did nothing", |screen| {
        screen.contains("this board only shows")
    });
    desk.press("q");
    let (words, well) = desk.ends("q");
    assert!(well && words.contains("nothing was written"), "{words}");
}

#[test]
fn the_system_may_end_it_and_the_terminal_is_given_back() {
    for name in ["TERM", "HUP"] {
        let home = tempfile::tempdir().expect("a folder");
        let show = home.path().join("show");
        let dir = show.to_str().expect("a path");
        let mut desk = Desk::start(&["demo", dir, "--speed", "8"], (30, 100), home.path());
        desk.until("a talk on a card", |screen| screen.contains("Northwind"));
        desk.signal(name);
        let (words, well) = desk.ends(name);
        assert!(well, "{name}: {words}");
        assert!(
            words.contains("\u{1b}[?1049l"),
            "{name}: the terminal is given back"
        );
        let (ok, trail) = boothside(&["trail", dir]);
        assert!(
            ok && trail.contains("Northwind"),
            "{name}: the deeds are kept"
        );
    }
}

#[test]
fn a_tiny_terminal_and_no_terminal_are_told_kindly() {
    let home = tempfile::tempdir().expect("a folder");
    let show = home.path().join("show");
    let dir = show.to_str().expect("a path");
    assert!(boothside(&["init", dir]).0, "init");
    let mut desk = Desk::start(&[dir], (5, 20), home.path());
    desk.until("a kind word", |screen| !screen.trim().is_empty());
    desk.press("q");
    assert!(desk.ends("q").1);
    let (ok, words) = boothside(&[dir]);
    assert!(!ok && words.contains("terminal"), "{words}");
}

/// Runs a command without a terminal; answers whether it went well and all it printed.
fn boothside(arguments: &[&str]) -> (bool, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_boothside"))
        .args(arguments)
        .stdin(std::process::Stdio::null())
        .output()
        .expect("the program runs");
    let words = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&words).into_owned(),
    )
}
