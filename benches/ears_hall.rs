//! A sound server of the bench's own, with microphones that are fed by playing files in real time, and a process of the
//! program that listens to them.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use boothside::ears::recognize;
use boothside::ears::{Ears, Heard, LaneSpec, Model, Source};

use super::count::{Counted, Counts, Shaped};

/// Set for the process that listens: its microphones, separated by commas. The sound system reads its settings from the
/// environment, which can't be changed within a running process.
const LISTEN: &str = "BOOTHSIDE_BENCH_LISTEN";
/// A model with random weights that it listens with, too: its costs count, the demo model has the words.
const MODEL: &str = "BOOTHSIDE_BENCH_MODEL";
/// The most microphones.
pub const MICROPHONES: usize = 4;

/// What the listening process says, with its own clock.
#[derive(Clone, Debug)]
pub struct Line {
    /// When it was read here.
    pub at: Instant,
    /// Its words, parted at tabs: `final LANE TEXT`, `caption LANE SETTLED TENTATIVE`, `dropped LANE MS`.
    pub cells: Vec<String>,
}

/// Listens if this process was started for that.
pub fn listen(demo: &'static [u8]) -> bool {
    let Ok(microphones) = std::env::var(LISTEN) else {
        return false;
    };
    let lanes: Vec<LaneSpec> = microphones
        .split(',')
        .map(|name| LaneSpec {
            name: name.to_owned(),
            source: Source::Device(format!("alsa:{name}")),
            channel: None,
        })
        .collect();
    let shape = std::env::var_os(MODEL);
    let (counts, words) = (Arc::new(Counts::default()), Arc::new(Counts::default()));
    let (counted, apart) = (Arc::clone(&counts), Arc::clone(&words));
    let load: recognize::Load = Box::new(move || {
        let one = |model: Model, counts: &Arc<Counts>| {
            let inner = recognize::load(&model, None).map_err(|error| error.to_string())?;
            Ok::<_, String>(Counted::new(inner, Arc::clone(counts)))
        };
        Ok(match &shape {
            None => Box::new(one(Model::Embedded(demo), &counted)?),
            Some(file) => Box::new(Shaped {
                words: one(Model::Embedded(demo), &apart)?,
                shape: one(Model::Path(file.into()), &counted)?,
            }),
        })
    });
    let ears = Ears::start_with(lanes, 1.0, Some(load), |heard| {
        let line = match heard {
            Heard::Final { lane, text, .. } => format!("final\t{lane}\t{text}"),
            Heard::Partial {
                lane,
                settled,
                tentative,
            } => format!("caption\t{lane}\t{settled}\t{tentative}"),
            Heard::Dropped { lane, ms, .. } => format!("dropped\t{lane}\t{ms}"),
            Heard::Lane { lane, state } => format!("lane\t{lane}\t{state:?}"),
            Heard::Trouble(sentence) => format!("trouble\t{sentence}"),
            Heard::Level { .. } | Heard::Backlog { .. } | Heard::OffRecord { .. } => return,
        };
        println!("{line}");
        let _ = std::io::stdout().flush();
    });
    // Until the bench closes our standard input.
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
    ears.stop();
    println!("counts\t{counts}\t{}", words.cpu_s());
    true
}

/// The sound server and the listening process.
pub struct Hall {
    folder: tempfile::TempDir,
    server: Child,
    listener: Child,
    lines: Receiver<Line>,
}

impl Drop for Hall {
    fn drop(&mut self) {
        for process in [&mut self.listener, &mut self.server] {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

impl Hall {
    /// Opens a hall whose first `microphones` are listened to. None where no sound server is installed.
    pub fn open(microphones: usize, model: Option<&Path>) -> Option<Hall> {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("native");
        let names: Vec<String> = (1..=MICROPHONES).map(|at| format!("booth{at}")).collect();
        let config: String = names
            .iter()
            .map(|name| format!("pcm.{name} {{ type pulse device \"{name}.monitor\" hint {{ show on description \"Mic {name}\" }} }}"))
            .collect::<Vec<_>>()
            .join("\n");
        std::fs::write(folder.path().join("asound.conf"), config).unwrap();
        let mut server = Command::new("pulseaudio");
        server
            .args([
                "-n",
                "--daemonize=no",
                "--exit-idle-time=-1",
                "--use-pid-file=false",
                "-L",
            ])
            .arg(format!(
                "module-native-protocol-unix auth-anonymous=1 socket={}",
                socket.display()
            ));
        for name in &names {
            server.args(["-L", &format!("module-null-sink sink_name={name}")]);
        }
        let server = server
            .env("XDG_RUNTIME_DIR", folder.path())
            .env("HOME", folder.path())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let began = Instant::now();
        while std::os::unix::net::UnixStream::connect(&socket).is_err() {
            assert!(
                began.elapsed() < Duration::from_secs(20),
                "waited for the sound server"
            );
            std::thread::yield_now();
        }
        let mut listener = Command::new(std::env::current_exe().unwrap());
        if let Some(model) = model {
            listener.env(MODEL, model);
        }
        let mut listener = listener
            .env(LISTEN, names[..microphones].join(","))
            .env("OMP_WAIT_POLICY", "passive")
            .env("ALSA_CONFIG_PATH", folder.path().join("asound.conf"))
            .env("PULSE_SERVER", format!("unix:{}", socket.display()))
            .env("HOME", folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (outbox, lines) = mpsc::channel();
        let output = BufReader::new(listener.stdout.take().unwrap());
        std::thread::spawn(move || {
            output.lines().map_while(Result::ok).try_for_each(|line| {
                let cells = line.split('\t').map(str::to_owned).collect();
                outbox.send(Line {
                    at: Instant::now(),
                    cells,
                })
            })
        });
        let hall = Hall {
            folder,
            server,
            listener,
            lines,
        };
        for _ in 0..microphones {
            hall.wait("lane", Duration::from_secs(30));
        }
        Some(hall)
    }

    /// Waits for a line of this kind; whatever comes before it is passed over.
    fn wait(&self, kind: &str, limit: Duration) {
        let until = Instant::now() + limit;
        while let Ok(line) = self
            .lines
            .recv_timeout(until.saturating_duration_since(Instant::now()))
        {
            if line.cells[0] == kind {
                return;
            }
            assert!(line.cells[0] != "trouble", "{:?}", line.cells);
        }
        panic!("waited for {kind}");
    }

    /// Plays a WAV file into a microphone (from 0), in real time.
    pub fn play(&self, microphone: usize, file: &Path) -> Child {
        Command::new("paplay")
            .args([
                // Less, and the server cuts what it plays into pieces of 5 ms, which no microphone gives.
                "--latency-msec=50",
                &format!("--device=booth{}", microphone + 1),
            ])
            .arg(file)
            .env(
                "PULSE_SERVER",
                format!("unix:{}", self.folder.path().join("native").display()),
            )
            .env("HOME", self.folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// Everything said since it was asked last, after `quiet` without a word.
    pub fn said(&self, quiet: Duration) -> Vec<Line> {
        let mut all = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(quiet) {
            all.push(line);
        }
        all
    }

    /// CPU seconds and megabytes of the listening process so far.
    pub fn spent(&self) -> (f64, f64) {
        let file = |name: &str| {
            std::fs::read_to_string(format!("/proc/{}/{name}", self.listener.id()))
                .unwrap_or_default()
        };
        let stat = file("stat");
        let after = stat.rsplit(')').next().unwrap_or_default();
        let ticks = after.split_whitespace().skip(11).take(2);
        let cpu = ticks
            .filter_map(|cell| cell.parse::<f64>().ok())
            .sum::<f64>()
            / 100.0;
        let status = file("status");
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes =
            resident.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        (cpu, kilobytes.unwrap_or(0.0) / 1024.0)
    }

    /// Ends the listening process; what it counted, and the CPU seconds of a demo model that only had the words.
    pub fn end(mut self) -> (String, f64) {
        drop(self.listener.stdin.take());
        let last = self.said(Duration::from_secs(5));
        let counts = last.iter().find(|line| line.cells[0] == "counts");
        let cell = |at: usize| counts.and_then(|line| line.cells.get(at));
        let apart = cell(2).and_then(|cell| cell.parse().ok());
        (cell(1).cloned().unwrap_or_default(), apart.unwrap_or(0.0))
    }
}
