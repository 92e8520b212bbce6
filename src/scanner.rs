//! A badge scanner on a serial line or a pipe: read on its own thread, sought again while it is away.
//!
//! Whoever holds the [`Scanner`] listens; once it is dropped nothing is opened any more. A name below `/dev` may belong to
//! another device tomorrow, and what it says is no scan.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{FileType, Mode, OFlags};
use rustix::termios::OptionalActions;

use crate::badge::serial::Serial;

/// How long a scanner that is away is left alone before it is sought again.
pub const RETRY: Duration = Duration::from_secs(2);

/// What a scanner has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// A scan's payload.
    Scan(String),
    /// It is away; said once until it is back. A sentence.
    Away(String),
    /// It is there again.
    Back,
}

/// What the reading thread gives to the one that cuts.
enum Chunk {
    Bytes(Vec<u8>),
    Away(String),
    Back,
}

/// A scanner that is listened to until this is dropped.
#[derive(Debug)]
pub struct Scanner {
    /// Its end is the word to stop.
    _stop: Sender<()>,
}

/// Starts reading a device or pipe, and seeks it every `retry` while it is away.
///
/// A read that waits for the next scan can't be called off: its thread ends with the device or the program.
pub fn start(path: PathBuf, retry: Duration, said: impl FnMut(Said) + Send + 'static) -> Scanner {
    let (sender, chunks) = channel();
    let (stop, stopped) = channel();
    let cutter = thread::Builder::new()
        .name("scans".into())
        .spawn(move || cut(&chunks, said));
    let reader = thread::Builder::new()
        .name("scanner".into())
        .spawn(move || seek(&path, retry, &sender, &stopped));
    for error in [cutter.err(), reader.err()].into_iter().flatten() {
        tracing::warn!(%error, "no thread for the scanner");
    }
    Scanner { _stop: stop }
}

/// Cuts bytes into scans; a silence is told by the clock.
fn cut(chunks: &Receiver<Chunk>, mut said: impl FnMut(Said)) {
    let began = Instant::now();
    let now = || u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let mut serial = Serial::default();
    loop {
        let chunk = match serial.deadline() {
            Some(deadline) => {
                chunks.recv_timeout(Duration::from_millis(deadline.saturating_sub(now())))
            }
            None => chunks.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let scans = match chunk {
            Ok(Chunk::Bytes(bytes)) => serial.bytes(now(), &bytes),
            Ok(Chunk::Back) => {
                said(Said::Back);
                Vec::new()
            }
            Ok(Chunk::Away(sentence)) => {
                // What it began was read before it went.
                if let Some(rest) = serial.flush(now()) {
                    said(Said::Scan(rest));
                }
                said(Said::Away(sentence));
                Vec::new()
            }
            Err(RecvTimeoutError::Timeout) => serial.tick(now()).into_iter().collect(),
            Err(RecvTimeoutError::Disconnected) => return,
        };
        for scan in scans {
            said(Said::Scan(scan));
        }
    }
}

/// Reads the device while it is there and seeks it while it is not, until nobody listens.
fn seek(path: &Path, retry: Duration, sender: &Sender<Chunk>, stopped: &Receiver<()>) {
    let mut away = false;
    loop {
        let why = match open(path) {
            Ok(device) => {
                if away && sender.send(Chunk::Back).is_err() {
                    return;
                }
                away = false;
                match read(device, sender) {
                    Some(why) => why,
                    None => return,
                }
            }
            Err(error) => error.to_string(),
        };
        if !away {
            away = true;
            let sentence = format!(
                "the scanner {} isn't there ({why}); plug it in, or mend `scanner` in show.toml; scanners that type work meanwhile",
                path.display()
            );
            if sender.send(Chunk::Away(sentence)).is_err() {
                return;
            }
        }
        if stopped.recv_timeout(retry) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

/// Reads until the device is gone and says why; none where nobody takes what it reads.
fn read(mut device: File, sender: &Sender<Chunk>) -> Option<String> {
    let mut buffer = [0; 4096];
    loop {
        match device.read(&mut buffer) {
            Ok(0) => return Some("it was closed".into()),
            Ok(count) => {
                let bytes = buffer[..count].to_vec();
                sender.send(Chunk::Bytes(bytes)).ok()?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Some(error.to_string()),
        }
    }
}

/// Opens a device or pipe so that every byte comes through as it is.
fn open(path: &Path) -> io::Result<File> {
    // Opened for writing too, a pipe stays open when its last writer goes. Without waiting, because a serial line may wait
    // for a carrier that never comes.
    let common = OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let device = rustix::fs::open(path, OFlags::RDWR | common, Mode::empty())?;
    let kind = FileType::from_raw_mode(rustix::fs::fstat(&device)?.st_mode);
    if !matches!(kind, FileType::CharacterDevice | FileType::Fifo) {
        return Err(io::Error::other("it is neither a device nor a pipe"));
    }
    let flags = rustix::fs::fcntl_getfl(&device)?;
    rustix::fs::fcntl_setfl(&device, flags - OFlags::NONBLOCK)?;
    if rustix::termios::isatty(&device) {
        let mut line = rustix::termios::tcgetattr(&device)?;
        line.make_raw();
        rustix::termios::tcsetattr(&device, OptionalActions::Now, &line)?;
    }
    Ok(File::from(device))
}
