//! Recordings (WAV, FLAC, MP3, M4A, OGG), decoded as a stream: five hours of audio take no more memory than five seconds.

use std::fs::File;
use std::io::{self, Cursor};
use std::path::{Path, PathBuf};

use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSource, MediaSourceStream};

/// A file is called cut short when it ends this many seconds before its header says: encoders pad and trim the last packet.
const SHORT: f64 = 0.2;
/// Packets without a sample that are passed over at the start before a file counts as holding none.
const LEADING: usize = 64;

/// Why a recording can't be played, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// There is no such file, or it may not be read.
    #[error("{} can't be opened ({source}): check the path and the rights", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The path is a folder's.
    #[error("{} is a folder: give the recordings in it", .0.display())]
    Folder(PathBuf),
    /// Something else than a recording.
    #[error(
        "{name} is no recording that can be read (WAV, FLAC, MP3, M4A or OGG): convert it, for example with \
         `ffmpeg -i {name} -ar 16000 -ac 1 talk.wav`"
    )]
    Foreign {
        /// The file's name.
        name: String,
    },
    /// A recording without a sample.
    #[error("{name} holds no sound: record it again")]
    Empty {
        /// The file's name.
        name: String,
    },
    /// A file whose sound is coded in a way that isn't read.
    #[error(
        "the sound in {name} is coded in a way that isn't read: convert it, for example with \
         `ffmpeg -i {name} -ar 16000 -ac 1 talk.wav`"
    )]
    Kind {
        /// The file's name.
        name: String,
    },
}

/// An open recording.
pub struct Recording {
    format: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    track: u32,
    name: String,
    rate: u32,
    channels: u16,
    /// Frames that the header promises; none where it doesn't say or only guesses.
    promised: Option<u64>,
    /// Frames decoded so far.
    read: u64,
    /// Interleaved samples that are decoded and not handed out yet.
    waiting: Vec<f32>,
    handed: usize,
    /// Packets that couldn't be decoded; silence stands in their place.
    damaged: u64,
    ended: bool,
}

impl Recording {
    /// Opens a file.
    pub fn open(path: &Path) -> Result<Recording, Unreadable> {
        if path.is_dir() {
            return Err(Unreadable::Folder(path.to_owned()));
        }
        let failed = |source| Unreadable::Open {
            path: path.to_owned(),
            source,
        };
        let file = File::open(path).map_err(failed)?;
        let size = file.metadata().map_or(u64::MAX, |data| data.len());
        let mut hint = Hint::new();
        if let Some(ending) = path.extension().and_then(|ending| ending.to_str()) {
            hint.with_extension(ending);
        }
        Recording::read(Box::new(file), path.display().to_string(), size, &hint)
    }

    /// Opens a recording that is part of the program.
    pub fn embedded(bytes: &'static [u8]) -> Result<Recording, Unreadable> {
        Recording::read(
            Box::new(Cursor::new(bytes)),
            "the bundled recording".to_owned(),
            bytes.len() as u64,
            &Hint::new(),
        )
    }

    fn read(
        input: Box<dyn MediaSource>,
        name: String,
        size: u64,
        hint: &Hint,
    ) -> Result<Recording, Unreadable> {
        if size == 0 {
            return Err(Unreadable::Empty { name });
        }
        let stream = MediaSourceStream::new(
            input,
            symphonia::core::io::MediaSourceStreamOptions::default(),
        );
        let probed = symphonia::default::get_probe().probe(
            hint,
            stream,
            FormatOptions::default(),
            symphonia::core::meta::MetadataOptions::default(),
        );
        let Ok(format) = probed else {
            return Err(Unreadable::Foreign { name });
        };
        let Some(track) = format.default_track(TrackType::Audio) else {
            return Err(Unreadable::Foreign { name });
        };
        let parameters = track.codec_params.as_ref().and_then(|codec| codec.audio());
        let decoder = parameters.map(|parameters| {
            symphonia::default::get_codecs()
                .make_audio_decoder(parameters, &AudioDecoderOptions::default())
        });
        let Some(Ok(decoder)) = decoder else {
            return Err(Unreadable::Kind { name });
        };
        let rate = parameters.and_then(|parameters| parameters.sample_rate);
        let channels = parameters.and_then(|parameters| parameters.channels.as_ref());
        // An MP3 says how long it is only in some headers, and is guessed from its first packets otherwise.
        let exact = format.format_info().short_name != "mp3";
        let mut recording = Recording {
            track: track.id,
            rate: rate.unwrap_or(0),
            channels: channels.map_or(0, |channels| channels.count() as u16),
            promised: track.num_frames.filter(|frames| exact && *frames > 0),
            format,
            decoder,
            name,
            read: 0,
            waiting: Vec::new(),
            handed: 0,
            damaged: 0,
            ended: false,
        };
        recording.begin()?;
        Ok(recording)
    }

    /// Decodes until there is sound: some formats tell their rate and channels only then, and a file of another kind that
    /// looked like one for a moment is found out.
    fn begin(&mut self) -> Result<(), Unreadable> {
        let mut packets = 0;
        while self.waiting.is_empty() && !self.ended && packets < LEADING {
            self.decode();
            packets += 1;
        }
        let name = self.name.clone();
        if !self.waiting.is_empty()
            || (self.promised.is_some() && self.rate > 0 && self.channels > 0)
        {
            return Ok(());
        }
        Err(if self.damaged > 0 {
            Unreadable::Foreign { name }
        } else {
            Unreadable::Empty { name }
        })
    }

    /// Frames a second.
    pub fn rate(&self) -> u32 {
        self.rate
    }

    /// Interleaved channels.
    pub fn channels(&self) -> u16 {
        self.channels
    }

    /// Length the header promises, in seconds; none where it doesn't say.
    pub fn seconds(&self) -> Option<f64> {
        let frames = self.promised?;
        Some(frames as f64 / f64::from(self.rate.max(1)))
    }

    /// Fills `block` with up to `count` interleaved samples; an empty block is the end.
    pub fn next_block(&mut self, count: usize, block: &mut Vec<f32>) {
        block.clear();
        while block.len() < count {
            if self.handed == self.waiting.len() {
                if self.ended {
                    return;
                }
                self.decode();
                continue;
            }
            let take = (count - block.len()).min(self.waiting.len() - self.handed);
            block.extend_from_slice(&self.waiting[self.handed..self.handed + take]);
            self.handed += take;
        }
    }

    /// Decodes the next packet into `waiting`, which has been handed out.
    fn decode(&mut self) {
        let before = self.waiting.len();
        self.waiting.clear();
        self.handed = 0;
        // What the reader can't go on from is the end of what is there.
        let Ok(Some(packet)) = self.format.next_packet() else {
            self.ended = true;
            return;
        };
        if packet.track_id != self.track {
            return;
        }
        match self.decoder.decode(&packet) {
            Ok(sound) => {
                let (rate, channels) = (sound.spec().rate(), sound.spec().channels().count());
                if self.read == 0 {
                    (self.rate, self.channels) = (rate, channels as u16);
                }
                // A file that changes its shape midway is two files glued together; the second is left out.
                if (rate, channels) != (self.rate, usize::from(self.channels)) {
                    self.damaged += 1;
                    self.ended = true;
                    return;
                }
                self.waiting.resize(sound.samples_interleaved(), 0.0);
                sound.copy_to_slice_interleaved(&mut self.waiting);
            }
            Err(Error::DecodeError(_)) => {
                self.damaged += 1;
                self.waiting.resize(before, 0.0);
            }
            Err(_) => {
                self.damaged += 1;
                self.ended = true;
            }
        }
        self.read += (self.waiting.len() / usize::from(self.channels.max(1))) as u64;
    }

    /// After the end: what was wrong with the file, in one sentence.
    pub fn remark(&self) -> Option<String> {
        let read = self.read as f64 / f64::from(self.rate.max(1));
        let name = &self.name;
        if let Some(whole) = self.seconds().filter(|whole| read + SHORT < *whole) {
            return Some(format!(
                "{name} is cut short, {read:.1} s of {whole:.1} s could be read: copy it again from where it came"
            ));
        }
        let damaged = self.damaged;
        (damaged > 0).then(|| {
            format!("{name} is damaged in {damaged} places, which are left out: copy it again from where it came")
        })
    }
}
