//! Microphones: which there are, opening one, noticing that it is gone, and coming back to it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{
    BufferSize, Device, DeviceId, ErrorKind, FromSample, Host, SampleFormat, SizedSample, Stream,
    StreamConfig,
};
use rtrb::Producer;
use serde::Serialize;

use super::bridge::Bridge;
use super::feed::{Control, Feed, Lanes, open_rings, tell};
use super::presence::Eye;

/// Buffers asked for: 20 ms. Left to itself one sound server delivers bursts of two seconds; 10 ms cost twice the wake-ups
/// (1.1 % of a core for a quiet microphone, measured) and nobody is quicker for it.
const BUFFERS_A_SECOND: u32 = 50;
/// Without a callback for this long the microphone is gone, whatever the driver says (many never say).
const STALL: Duration = Duration::from_millis(800);
/// A device may take this long for its first buffer.
const FIRST: Duration = Duration::from_secs(3);
/// How often a lost microphone is looked for: at first, while somebody has the plug in hand (half a minute), and later.
const RETRY: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(1));
/// How many times it is looked for often.
const EAGER: u32 = 120;
/// How often the watchdog looks.
const WATCH: Duration = Duration::from_millis(100);

/// One input of this computer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Input {
    /// The name to put into show.toml; stable across runs and re-plugs as far as the system allows.
    pub id: String,
    /// The name people know it by.
    pub words: String,
    /// Whether it is what "default" means now.
    pub default: bool,
    /// Frames a second and channels when it can be opened; none when it only looks like a microphone.
    pub works: Option<(u32, u16)>,
}

/// Every sound system of this computer that answers; there is one, unless more are built in (see Cargo.toml's features).
fn hosts() -> impl Iterator<Item = Host> {
    let ids = cpal::available_hosts().into_iter();
    ids.filter_map(|id| cpal::host_from_id(id).ok())
}

/// The microphones of every sound system; none where no system answers.
pub fn devices() -> Option<Vec<Device>> {
    let answers: Vec<_> = hosts()
        .filter_map(|host| host.input_devices().ok())
        .collect();
    (!answers.is_empty()).then(|| answers.into_iter().flatten().collect())
}

/// Every input of this computer, working ones first.
pub fn inputs() -> Vec<Input> {
    let default = cpal::default_host()
        .default_input_device()
        .and_then(|device| device.id().ok());
    let mut inputs: Vec<Input> = devices()
        .unwrap_or_default()
        .into_iter()
        .filter_map(|device| {
            let id = device.id().ok()?;
            let works = device.default_input_config().ok();
            Some(Input {
                words: words(&device),
                default: default.as_ref() == Some(&id),
                works: works.map(|config| (config.sample_rate(), config.channels())),
                id: id.to_string(),
            })
        })
        .collect();
    inputs.sort_by_key(|input| (input.works.is_none(), !input.default));
    inputs
}

fn words(device: &Device) -> String {
    device.description().map_or_else(
        |_| "unnamed input".to_owned(),
        |description| description.name().to_owned(),
    )
}

/// What the callback and the watchdog share.
#[derive(Default)]
struct Pulse {
    /// Counts callbacks.
    beats: AtomicU64,
    /// What the driver complained about, once.
    fault: Mutex<Option<cpal::Error>>,
}

impl Pulse {
    fn fault(&self) -> Option<cpal::Error> {
        self.fault
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}

/// Feeds lanes from a microphone until everything ends; a lost one is looked for again and again.
pub fn feed(name: Option<&str>, lanes: &Lanes, control: &Arc<Control>) {
    let mut tries = 0;
    let mut had = false;
    // What was told last: a microphone that stays away is told once.
    let mut said = String::new();
    while !control.stopping() {
        let sentence = match open(name, lanes, control) {
            Ok((stream, pulse, id)) => {
                let eye = Eye::on(control, id);
                let (worked, sentence) = watch(&pulse, eye, control);
                retire(stream);
                if worked {
                    had = true;
                    tries = 0;
                    said.clear();
                }
                sentence
            }
            Err(sentence) => Some(sentence),
        };
        let Some(sentence) = sentence else { return };
        if said.is_empty() || (!had && sentence != said) {
            said.clone_from(&sentence);
            tell(lanes, || {
                if had {
                    Feed::Lost(sentence.clone())
                } else {
                    Feed::Failed(sentence.clone())
                }
            });
        }
        let wait = if tries < EAGER { RETRY.0 } else { RETRY.1 };
        if !control.sleep(wait) {
            return;
        }
        tries += 1;
    }
}

/// Waits while the stream lives. None when everything ends, else what happened; and whether it ever delivered.
fn watch(pulse: &Pulse, mut eye: Option<Eye>, control: &Control) -> (bool, Option<String>) {
    let (mut beats, mut last) = (0, Instant::now());
    loop {
        if !control.sleep(WATCH) {
            return (beats > 0, None);
        }
        let now = pulse.beats.load(Ordering::Relaxed);
        if now != beats {
            (beats, last) = (now, Instant::now());
        }
        let stalled = last.elapsed() > if beats == 0 { FIRST } else { STALL };
        match pulse.fault() {
            Some(fault) if beats == 0 => return (false, Some(explain(&fault))),
            Some(_) => return (true, Some(GONE.to_owned())),
            None if stalled || eye.as_mut().is_some_and(Eye::lost) => {
                return (beats > 0, Some(GONE.to_owned()));
            }
            None => {}
        }
    }
}

/// Drops a stream on a thread of its own: with some sound servers the drop of a dead stream never returns.
fn retire(stream: Stream) {
    // When no thread can be had the closure, and with it the stream, is dropped here.
    let _ = thread::Builder::new()
        .name("ears-retire".into())
        .spawn(move || drop(stream));
}

fn open(
    name: Option<&str>,
    lanes: &Lanes,
    control: &Arc<Control>,
) -> Result<(Stream, Arc<Pulse>, String), String> {
    let device = find(name)?;
    let id = device
        .id()
        .map_or_else(|_| String::new(), |id| id.to_string());
    let supported = device
        .default_input_config()
        .map_err(|error| explain(&error))?;
    let (rate, channels) = (supported.sample_rate(), supported.channels());
    let config = |buffer_size| StreamConfig {
        channels,
        sample_rate: rate,
        buffer_size,
    };
    let pulse = Arc::new(Pulse::default());
    let build = |buffer| {
        let rings = open_rings(lanes, rate, channels);
        build(
            &device,
            supported.sample_format(),
            config(buffer),
            rings,
            Arc::clone(control),
            &pulse,
        )
    };
    let wanted = rate / BUFFERS_A_SECOND;
    let mut stream = build(BufferSize::Fixed(wanted));
    // ALSA's bridge to a sound server cuts in three what we want in two: asked for 20 ms it gives 13.3.
    let given = stream.as_ref().ok().and_then(|it| it.buffer_size().ok());
    if let Some(given) = given.filter(|given| (1..wanted * 3 / 4).contains(given)) {
        // Closed first: many devices can be opened only once.
        drop(stream);
        stream = build(BufferSize::Fixed(wanted * wanted / given))
            .or_else(|_| build(BufferSize::Fixed(wanted)));
    }
    let stream = stream
        .or_else(|_| build(BufferSize::Default))
        .and_then(|stream| stream.play().map(|()| stream))
        .map_err(|error| explain(&error))?;
    Ok((stream, pulse, id))
}

fn find(name: Option<&str>) -> Result<Device, String> {
    let Some(name) = name else {
        return cpal::default_host()
            .default_input_device()
            .ok_or_else(|| no_microphone("no microphone is connected"));
    };
    let by_id = name.parse::<DeviceId>().ok().and_then(|id| {
        let host = cpal::host_from_id(id.host()).ok()?;
        host.device_by_id(&id)
    });
    let by_words = || {
        let mut all = devices()?.into_iter();
        all.find(|device| words(device).eq_ignore_ascii_case(name))
    };
    by_id
        .or_else(by_words)
        .ok_or_else(|| no_microphone(&format!("there is no microphone named {name:?}")))
}

fn no_microphone(what: &str) -> String {
    format!("{what}: `boothside devices` lists what this computer has")
}

/// What is said of a microphone that worked and is gone, whatever the driver calls it (many never say anything).
const GONE: &str = "the microphone is gone: plug it in again, it is looked for";

/// A driver's complaint as one sentence with the remedy.
fn explain(error: &cpal::Error) -> String {
    match error.kind() {
        ErrorKind::DeviceBusy => "another program holds the microphone: close it".to_owned(),
        ErrorKind::PermissionDenied => "the system denies the microphone: allow it in the privacy \
            settings, or join the group `audio`"
            .to_owned(),
        ErrorKind::DeviceNotAvailable
        | ErrorKind::HostUnavailable
        | ErrorKind::StreamInvalidated => no_microphone("the microphone is not there"),
        ErrorKind::UnsupportedConfig => {
            no_microphone("the microphone offers no format that can be read")
        }
        other => no_microphone(&format!("the microphone failed ({other:?})")),
    }
}

/// Whether a complaint ends the stream. An overrun or a refused priority is a nuisance, no end.
fn fatal(error: &cpal::Error) -> bool {
    !matches!(error.kind(), ErrorKind::Xrun | ErrorKind::RealtimeDenied)
}

fn build(
    device: &Device,
    format: SampleFormat,
    config: StreamConfig,
    rings: Vec<Producer<f32>>,
    control: Arc<Control>,
    pulse: &Arc<Pulse>,
) -> Result<Stream, cpal::Error> {
    match format {
        SampleFormat::F32 => typed::<f32>(device, config, rings, control, pulse),
        SampleFormat::F64 => typed::<f64>(device, config, rings, control, pulse),
        SampleFormat::I8 => typed::<i8>(device, config, rings, control, pulse),
        SampleFormat::I16 => typed::<i16>(device, config, rings, control, pulse),
        SampleFormat::I24 => typed::<cpal::I24>(device, config, rings, control, pulse),
        SampleFormat::I32 => typed::<i32>(device, config, rings, control, pulse),
        SampleFormat::U8 => typed::<u8>(device, config, rings, control, pulse),
        SampleFormat::U16 => typed::<u16>(device, config, rings, control, pulse),
        SampleFormat::U32 => typed::<u32>(device, config, rings, control, pulse),
        _ => Err(ErrorKind::UnsupportedConfig.into()),
    }
}

/// The stream. Its callback converts and pushes, and does nothing else: no allocation, no lock, no log. Behind ALSA, which
/// calls from a plain thread, it sleeps where that keeps the thread from spinning.
fn typed<T: SizedSample + Send + 'static>(
    device: &Device,
    config: StreamConfig,
    mut rings: Vec<Producer<f32>>,
    control: Arc<Control>,
    pulse: &Arc<Pulse>,
) -> Result<Stream, cpal::Error>
where
    f32: FromSample<T>,
{
    let (beat, fault) = (Arc::clone(pulse), Arc::clone(pulse));
    let channels = usize::from(config.channels.max(1));
    let mut rest = Rest::new(device, &config);
    let heard = move |data: &[T], _: &cpal::InputCallbackInfo| {
        for ring in &mut rings {
            // Whole frames only, or the channels would swap after an overrun.
            let room = ring.slots().min(data.len()) / channels * channels;
            if let Ok(chunk) = ring.write_chunk_uninit(room) {
                chunk.fill_from_iter(data.iter().map(|sample| f32::from_sample_(*sample)));
            }
            if room < data.len() {
                control
                    .overrun
                    .fetch_add((data.len() - room) as u64, Ordering::Relaxed);
            }
        }
        beat.beats.fetch_add(1, Ordering::Relaxed);
        if let Some(rest) = &mut rest {
            rest.take(data.len() / channels);
        }
    };
    let failed = move |error: cpal::Error| {
        if fatal(&error) {
            *fault.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        }
    };
    device.build_input_stream(config, heard, failed, Some(Duration::from_secs(2)))
}

/// What keeps a thread behind a sound bridge from spinning; see [`Bridge`].
struct Rest {
    began: Instant,
    rate: u32,
    /// Frames of a buffer: the system rounds what was asked for.
    frames: usize,
    bridge: Bridge,
}

impl Rest {
    /// None where the callback runs on a thread that must not sleep.
    fn new(device: &Device, config: &StreamConfig) -> Option<Rest> {
        let alsa = device
            .id()
            .is_ok_and(|id| id.to_string().starts_with("alsa:"));
        alsa.then(|| Rest {
            began: Instant::now(),
            rate: config.sample_rate.max(1),
            frames: 0,
            bridge: Bridge::new(Duration::ZERO),
        })
    }

    /// A buffer of so many frames was taken.
    fn take(&mut self, frames: usize) {
        if frames != self.frames {
            self.frames = frames;
            let buffer = Duration::from_secs_f64(frames as f64 / f64::from(self.rate));
            self.bridge = Bridge::new(buffer);
        }
        let sleep = self.bridge.taken(self.began.elapsed(), burned());
        if !sleep.is_zero() {
            thread::sleep(sleep);
        }
    }
}

/// What this thread has burned of a core.
#[cfg(target_os = "linux")]
fn burned() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

/// Only Linux has bridges that spin.
#[cfg(not(target_os = "linux"))]
fn burned() -> Duration {
    Duration::ZERO
}
