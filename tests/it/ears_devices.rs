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

/// The module that is a microphone which can be pulled out while others stay.
const MICROPHONE: [&str; 3] = [
    "module-remap-source",
    "source_name=clip",
    "master=booth1.monitor",
];

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

/// A sound server with two microphones in this format; it answers. None where none is installed.
fn serve(folder: &Path, format: &str) -> Option<Child> {
    let socket = folder.join("native");
    let mut command = Command::new("pulseaudio");
    command.args([
        "-n",
        "--daemonize=no",
        "--exit-idle-time=-1",
        "--use-pid-file=false",
    ]);
    let native = format!(
        "module-native-protocol-unix auth-anonymous=1 socket={}",
        socket.display()
    );
    let sink = |name| format!("module-null-sink sink_name={name} {format}");
    // A microphone that delivers at once when it is plugged in; a fresh sink's takes two seconds for its first block.
    let microphone = MICROPHONE.join(" ");
    for module in [native, sink("booth1"), sink("booth2"), microphone] {
        command.args(["-L", &module]);
    }
    let server = command
        .env("XDG_RUNTIME_DIR", folder)
        .env("HOME", folder)
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
    Some(server)
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
        let server = serve(folder.path(), "rate=48000")?;
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

    /// Waits until each of these was heard, in whatever order.
    fn until_each(&mut self, of: &[&[&str]]) -> Duration {
        let began = Instant::now();
        let from = self.heard.len();
        for words in of {
            let heard = &self.heard[from..];
            if !heard
                .iter()
                .any(|line| words.iter().all(|word| line.contains(word)))
            {
                self.until(words);
            }
        }
        began.elapsed()
    }
}

/// The sound server crashes and is started again, as systems do, with microphones that now run at another rate.
#[test]
fn a_sound_server_that_dies_and_comes_back_at_another_rate_loses_no_lane() {
    let Some(mut hall) = Hall::open("alsa:booth1,alsa:booth2") else {
        println!("not tested: no pulseaudio on this machine");
        return;
    };
    hall.until_each(&[&["lane: 0", "Live"], &["lane: 1", "Live"]]);
    hall.server.kill().unwrap();
    let _ = hall.server.wait();
    let noticed = hall.until_each(&[&["lane: 0", "Unplugged"], &["lane: 1", "Unplugged"]]);
    hall.server = serve(hall.folder.path(), "rate=44100 channels=1").unwrap();
    let back = hall.until_each(&[&["lane: 0", "Back"], &["lane: 1", "Back"]]);
    println!(
        "death of the server noticed after {noticed:?}, both lanes heard again after {back:?}"
    );
    let mut players = [
        hall.play("booth1", "hot_lead_northwind"),
        hall.play("booth2", "swag_hunter"),
    ];
    hall.until_each(&[
        &["Final { lane: 0", "welcome to our booth"],
        &["Final { lane: 1", "t-shirts?"],
    ]);
    for player in &mut players {
        let _ = player.kill();
        let _ = player.wait();
    }
}

/// Pulled out while another microphone is there: the sound server goes on with that one in silence, and only its list of
/// microphones tells. ALSA's bridge to it has no such list.
#[cfg(feature = "pulseaudio")]
#[test]
fn a_silent_switch_to_another_microphone_counts_as_unplugged() {
    let Some(mut hall) = Hall::open("pulseaudio:clip,pulseaudio:booth2.monitor#0") else {
        println!("not tested: no pulseaudio on this machine");
        return;
    };
    hall.until_each(&[&["lane: 0", "Live"], &["lane: 1", "Live"]]);
    for _ in 0..2 {
        let module = MICROPHONE[0];
        hall.tool("pactl")
            .args(["unload-module", module])
            .status()
            .unwrap();
        let noticed = hall.until(&["lane: 0", "Unplugged"]);
        hall.tool("pactl")
            .arg("load-module")
            .args(MICROPHONE)
            .status()
            .unwrap();
        let back = hall.until(&["lane: 0", "Back"]);
        println!("silent switch noticed after {noticed:?}, heard again after {back:?}");
    }
    let mut player = hall.play("booth1", "hot_lead_northwind");
    hall.until(&["Final { lane: 0", "welcome to our booth"]);
    let _ = player.kill();
    let _ = player.wait();
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
    println!("a sink's unplug noticed after {noticed:?}, heard again after {back:?}");
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
    hall.until(&["heard the end"]);
}
