//! Real microphones, as far as a machine without a sound card has them: a sound server of the test's own.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use boothside::ears::{self, Ears, Heard, LaneSpec, Model, Options, Source};

const MODEL: &[u8] = include_bytes!("../../assets/models/ggml-demo.en.bin");
/// Set for the process that listens: its devices, separated by commas.
const LISTEN: &str = "BOOTHSIDE_TEST_LISTEN";

/// The process that listens, see [`Booth::open`]: the sound system reads its settings from the environment, and that can't be
/// changed within a running process. Without the variable this is no test.
#[test]
fn listening_process() {
    let Ok(devices) = std::env::var(LISTEN) else {
        return;
    };
    println!("inputs {:?}", ears::inputs());
    let lane = |name: &str| match name.split_once('#') {
        Some((name, channel)) => (name.to_owned(), channel.parse().ok()),
        None => (name.to_owned(), None),
    };
    let lanes = devices.split(',').map(|name| {
        let (name, channel) = lane(name);
        LaneSpec {
            source: Source::Device(name.clone()),
            name,
            channel,
        }
    });
    let options = Options {
        model: Model::Embedded(MODEL),
        ..Options::default()
    };
    let ears = Ears::start(lanes.collect(), options, |heard| {
        if !matches!(heard, Heard::Level { .. } | Heard::Partial { .. }) {
            println!("heard {heard:?}");
        }
    });
    // Until the test closes our standard input.
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
    ears.stop();
    println!("heard the end");
}

/// A sound server with microphones that are fed by playing files, and a process that listens to them.
struct Hall {
    folder: tempfile::TempDir,
    server: Child,
    listener: Child,
    lines: Receiver<String>,
    heard: Vec<String>,
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
    /// None where no sound server is installed.
    fn open(listen: &str) -> Option<Hall> {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("native");
        let config: String = ["booth1", "booth2"]
            .map(|name| format!("pcm.{name} {{ type pulse device \"{name}.monitor\" hint {{ show on description \"Mic {name}\" }} }}\n"))
            .concat();
        std::fs::write(folder.path().join("asound.conf"), config).unwrap();
        let server = Command::new("pulseaudio")
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
            ))
            .args([
                "-L",
                "module-null-sink sink_name=booth1",
                "-L",
                "module-null-sink sink_name=booth2",
            ])
            .env("XDG_RUNTIME_DIR", folder.path())
            .env("HOME", folder.path())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let began = Instant::now();
        while std::os::unix::net::UnixStream::connect(&socket).is_err() {
            assert!(
                began.elapsed() < Duration::from_secs(20),
                "waited for the sound server's socket"
            );
            std::thread::yield_now();
        }
        let mut listener = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "ears_devices::listening_process", "--nocapture"])
            .env(LISTEN, listen)
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
            output
                .lines()
                .map_while(Result::ok)
                .try_for_each(|line| outbox.send(line))
        });
        Some(Hall {
            folder,
            server,
            listener,
            lines,
            heard: Vec::new(),
        })
    }

    fn tool(&self, name: &str) -> Command {
        let mut command = Command::new(name);
        command.env(
            "PULSE_SERVER",
            format!("unix:{}", self.folder.path().join("native").display()),
        );
        command
            .env("HOME", self.folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    fn play(&self, microphone: &str, talk: &str) -> Child {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("assets/demo/talks/{talk}.wav"));
        let mut player = self.tool("paplay");
        player
            .args(["--latency-msec=20", &format!("--device={microphone}")])
            .arg(path)
            .spawn()
            .unwrap()
    }

    /// Waits for a line with all of these words and says how long that took.
    fn until(&mut self, words: &[&str]) -> Duration {
        let began = Instant::now();
        let limit = began + Duration::from_secs(40);
        loop {
            match self
                .lines
                .recv_timeout(limit.saturating_duration_since(Instant::now()))
            {
                Ok(line) => {
                    let found = words.iter().all(|word| line.contains(word));
                    self.heard.push(line);
                    if found {
                        return began.elapsed();
                    }
                }
                Err(_) => panic!("waited for {words:?}; heard so far: {:#?}", self.heard),
            }
        }
    }
}

#[test]
fn two_microphones_are_heard_lost_and_found_again() {
    let Some(mut hall) = Hall::open("alsa:booth1,Mic booth2") else {
        println!("not tested: no pulseaudio on this machine");
        return;
    };
    hall.until(&["inputs", "alsa:booth1", "Mic booth2"]);
    hall.until(&["lane: 1", "Live"]);
    let mut players = [
        hall.play("booth1", "hot_lead_northwind"),
        hall.play("booth2", "swag_hunter"),
    ];
    hall.until(&["Final { lane: 1", "t-shirts?"]);
    hall.until(&[
        "Final { lane: 0",
        "Frank Bennett. I am the head of operations at Northwind Freight.",
    ]);

    // Every sink of the first microphone goes, as when its receiver is pulled out.
    hall.tool("pactl")
        .args(["unload-module", "module-null-sink"])
        .status()
        .unwrap();
    let noticed = hall.until(&["Unplugged", "plug it in again"]);
    assert!(
        noticed < Duration::from_secs(2),
        "noticed after {noticed:?}"
    );
    for name in ["booth1", "booth2"] {
        hall.tool("pactl")
            .args([
                "load-module",
                "module-null-sink",
                &format!("sink_name={name}"),
            ])
            .status()
            .unwrap();
    }
    let back = hall.until(&["lane: 0", "Back"]);
    assert!(back < Duration::from_secs(4), "back after {back:?}");
    println!("unplug noticed after {noticed:?}, heard again after {back:?}");
    for player in &mut players {
        let _ = player.kill();
        let _ = player.wait();
    }
    let mut player = hall.play("booth1", "medium_lead_objection");
    hall.until(&["Final { lane: 0", "Hello, how is the show going so far?"]);
    let _ = player.kill();
    let _ = player.wait();

    hall.server.kill().unwrap();
    let noticed = hall.until(&["Unplugged"]);
    println!("death of the sound server noticed after {noticed:?}");
    drop(hall.listener.stdin.take());
    let ended = hall.until(&["heard the end"]);
    assert!(
        ended < Duration::from_secs(5),
        "took {ended:?} to stop after the sound server died"
    );
}
