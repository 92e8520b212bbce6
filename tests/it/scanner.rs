//! A scanner on a pipe and on a serial line: scans arrive whole, and one that goes away is found again.

use std::io::Write;
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use boothside::scanner::{Said, start};
use portable_pty::{PtySize, native_pty_system};

const RETRY: Duration = Duration::from_millis(20);

fn next(from: &Receiver<Said>, what: &str) -> Said {
    from.recv_timeout(Duration::from_secs(20))
        .unwrap_or_else(|_| panic!("waited 20 s for {what}"))
}

fn scan(text: &str) -> Said {
    Said::Scan(text.into())
}

#[test]
fn a_pipe_gives_scans_and_may_come_and_go() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("scanner");
    let (heard, said) = channel();
    let _scanner = start(path.clone(), RETRY, move |it| drop(heard.send(it)));
    let Said::Away(sentence) = next(&said, "the first word") else {
        panic!("a scanner that isn't there was read");
    };
    assert!(sentence.contains("scanner isn't there"), "{sentence}");
    assert!(sentence.contains("show.toml"), "{sentence}");
    std::fs::write(&path, "004290\n").expect("a plain file");
    std::fs::remove_file(&path).expect("gone again");
    let made = Command::new("mkfifo").arg(&path).status();
    assert!(made.expect("mkfifo runs").success());
    assert_eq!(next(&said, "the pipe"), Said::Back);
    // Writers come and go; the pipe stays.
    let card = "BEGIN:VCARD\r\nFN:Priya Patel\r\nEND:VCARD";
    for (bytes, want) in [
        ("004290\r\n", vec!["004290"]),
        ("004117", vec!["004117"]),
        (&format!("{card}\r\n77\r\n")[..], vec![card, "77"]),
    ] {
        std::fs::write(&path, bytes).expect("written to the pipe");
        for payload in want {
            assert_eq!(next(&said, payload), scan(payload));
        }
    }
}

#[test]
fn a_serial_line_gives_every_byte_as_it_is() {
    let pair = native_pty_system()
        .openpty(PtySize::default())
        .expect("a serial line");
    let path = pair.master.tty_name().expect("its name");
    let (heard, said) = channel();
    // It is never looked for again: by then another test's terminal may have its name.
    let long = Duration::from_secs(3600);
    let scanner = start(path, long, move |it| drop(heard.send(it)));
    let mut line = pair.master.take_writer().expect("a writer");
    // Ctrl-C, Ctrl-S, Ctrl-Z and GS are data: no line discipline eats them once the line is raw.
    let payload = "A^B\u{3}\u{13}\u{1a}\u{1d}C";
    let mut got = None;
    for _ in 0..200 {
        write!(line, "{payload}\r").expect("sent");
        line.flush().expect("sent");
        if let Ok(it) = said.recv_timeout(Duration::from_millis(100)) {
            got = Some(it);
            if got == Some(scan(payload)) {
                break;
            }
        }
    }
    assert_eq!(got, Some(scan(payload)));
    drop(line);
    drop(pair);
    loop {
        if let Said::Away(sentence) = next(&said, "the line's end") {
            assert!(sentence.contains("isn't there"), "{sentence}");
            break;
        }
    }
    // Nobody listens any more: the wait for its return ends at once.
    drop(scanner);
    let end = said.recv_timeout(Duration::from_secs(20));
    assert_eq!(end, Err(RecvTimeoutError::Disconnected));
}
