//! WAV recordings, read as a stream: five hours of audio take no more memory than five seconds.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use hound::{SampleFormat, WavReader};

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
    /// Something else than a WAV file.
    #[error(
        "{name} is no WAV file: convert it first, for example with `ffmpeg -i {name} -ar 16000 -ac 1 talk.wav`"
    )]
    Foreign {
        /// The file's name.
        name: String,
    },
    /// A WAV file without a sample.
    #[error("{name} holds no sound: record it again")]
    Empty {
        /// The file's name.
        name: String,
    },
    /// A WAV file of a kind that isn't read.
    #[error("{name} is a WAV file of a rare kind: save it as 16-bit PCM")]
    Kind {
        /// The file's name.
        name: String,
    },
}

/// An open recording.
pub struct Recording {
    reader: WavReader<Box<dyn Read + Send>>,
    name: String,
    /// What a whole sample is divided by to become -1 to 1; none for floating-point files.
    scale: Option<f32>,
    /// Interleaved samples promised by the header and not read yet.
    left: u64,
    total: u64,
    broken: bool,
}

impl Recording {
    /// Opens a file.
    pub fn open(path: &Path) -> Result<Recording, Unreadable> {
        let file = File::open(path).map_err(|source| Unreadable::Open {
            path: path.to_owned(),
            source,
        })?;
        let size = file.metadata().map_or(u64::MAX, |data| data.len());
        Recording::read(
            Box::new(BufReader::with_capacity(1 << 16, file)),
            path.display().to_string(),
            size,
        )
    }

    /// Opens a recording that is part of the program.
    pub fn embedded(bytes: &'static [u8]) -> Result<Recording, Unreadable> {
        Recording::read(
            Box::new(Cursor::new(bytes)),
            "the bundled recording".to_owned(),
            bytes.len() as u64,
        )
    }

    fn read(input: Box<dyn Read + Send>, name: String, size: u64) -> Result<Recording, Unreadable> {
        if size == 0 {
            return Err(Unreadable::Empty { name });
        }
        let reader = match WavReader::new(input) {
            Ok(reader) => reader,
            Err(hound::Error::Unsupported) => return Err(Unreadable::Kind { name }),
            Err(_) => return Err(Unreadable::Foreign { name }),
        };
        let spec = reader.spec();
        let total = u64::from(reader.len());
        if total == 0 {
            return Err(Unreadable::Empty { name });
        }
        let scale = match spec.sample_format {
            SampleFormat::Float if spec.bits_per_sample == 32 => None,
            SampleFormat::Int if (8..=32).contains(&spec.bits_per_sample) => {
                Some((1_u64 << (spec.bits_per_sample - 1)) as f32)
            }
            SampleFormat::Float | SampleFormat::Int => return Err(Unreadable::Kind { name }),
        };
        Ok(Recording {
            reader,
            name,
            scale,
            left: total,
            total,
            broken: false,
        })
    }

    /// Frames a second.
    pub fn rate(&self) -> u32 {
        self.reader.spec().sample_rate
    }

    /// Interleaved channels.
    pub fn channels(&self) -> u16 {
        self.reader.spec().channels
    }

    /// Length the header promises, in seconds.
    pub fn seconds(&self) -> f64 {
        self.total as f64 / f64::from(self.rate().max(1)) / f64::from(self.channels().max(1))
    }

    /// Fills `block` with up to `count` interleaved samples; an empty block is the end.
    pub fn next_block(&mut self, count: usize, block: &mut Vec<f32>) {
        block.clear();
        let count = count.min(usize::try_from(self.left).unwrap_or(count));
        match self.scale {
            None => self.fill::<f32>(count, block, |sample| sample),
            Some(scale) => self.fill::<i32>(count, block, |sample| sample as f32 / scale),
        }
        self.left -= block.len() as u64;
    }

    fn fill<S: hound::Sample>(
        &mut self,
        count: usize,
        block: &mut Vec<f32>,
        convert: impl Fn(S) -> f32,
    ) {
        if self.broken {
            return;
        }
        for sample in self.reader.samples::<S>().take(count) {
            let Ok(sample) = sample else {
                self.broken = true;
                return;
            };
            block.push(convert(sample));
        }
    }

    /// After the end: whether the file ended before its header said, in one sentence.
    pub fn cut_short(&self) -> Option<String> {
        let whole = self.seconds();
        let read = whole * (self.total - self.left) as f64 / self.total as f64;
        (self.left > 0).then(|| {
            format!("{} is cut short, {read:.1} s of {whole:.1} s could be read: copy it again from where it came", self.name)
        })
    }
}
