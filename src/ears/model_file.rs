//! Is this file a whole Whisper model? Asked before whisper.cpp sees it: it would read a torn file as silence, or abort.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// First bytes of a ggml Whisper model.
const MAGIC: [u8; 4] = *b"lmgg";
/// First bytes of the file format of language models, often mistaken for it.
const GGUF: [u8; 4] = *b"GGUF";
/// Whole numbers after the magic: the model's shape.
const SHAPE: usize = 11;
/// No Whisper vocabulary, filter bank or name is larger; a torn file claims anything.
const SANE: u32 = 1 << 20;

/// Why a file is no usable model; each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// There is no such file, or it may not be read.
    #[error("the speech model {} can't be opened ({source}): `boothside model get base.en` fetches one", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is something else.
    #[error("{name} is no Whisper model in ggml format: `boothside model get base.en` fetches one")]
    Foreign {
        /// The file's name.
        name: String,
    },
    /// It is a language model.
    #[error(
        "{name} is a GGUF file, a model for text and not for speech: `boothside model get base.en` fetches one"
    )]
    Gguf {
        /// The file's name.
        name: String,
    },
    /// It ends too early.
    #[error("{name} is cut short: fetch it again with `boothside model get`")]
    Torn {
        /// The file's name.
        name: String,
    },
}

/// Checks a file.
pub fn check_path(path: &Path) -> Result<(), Unfit> {
    let file = File::open(path).map_err(|source| Unfit::Open {
        path: path.to_owned(),
        source,
    })?;
    check(&mut BufReader::new(file), &path.display().to_string())
}

/// Checks a model that is part of the program.
pub fn check_bytes(bytes: &[u8]) -> Result<(), Unfit> {
    check(&mut Cursor::new(bytes), "the bundled speech model")
}

fn check(file: &mut (impl Read + Seek), name: &str) -> Result<(), Unfit> {
    let mut magic = [0; 4];
    let name = || name.to_owned();
    match file.read_exact(&mut magic) {
        Ok(()) if magic == MAGIC => {}
        Ok(()) if magic == GGUF => return Err(Unfit::Gguf { name: name() }),
        Ok(()) | Err(_) => return Err(Unfit::Foreign { name: name() }),
    }
    match Walk::new(file).and_then(|mut walk| walk.through()) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Unfit::Foreign { name: name() }),
        Err(_) => Err(Unfit::Torn { name: name() }),
    }
}

/// A walk over a model file. It keeps its own place, since asking a file for it costs a system call a word.
struct Walk<'a, F> {
    file: &'a mut F,
    at: u64,
    size: u64,
}

impl<'a, F: Read + Seek> Walk<'a, F> {
    fn new(file: &'a mut F) -> io::Result<Walk<'a, F>> {
        let at = file.stream_position()?;
        let size = file.seek(SeekFrom::End(0))?;
        file.seek(SeekFrom::Start(at))?;
        Ok(Walk { file, at, size })
    }

    /// Walks over shape, filters, vocabulary and every tensor. An error is an early end; false is nonsense.
    fn through(&mut self) -> io::Result<bool> {
        for _ in 0..SHAPE {
            if self.number()? > SANE {
                return Ok(false);
            }
        }
        let (mels, bins) = (self.number()?, self.number()?);
        if mels > SANE || bins > SANE {
            return Ok(false);
        }
        self.skip(u64::from(mels) * u64::from(bins) * 4)?;
        for _ in 0..self.number()?.min(SANE) {
            let word = self.number()?;
            self.skip(u64::from(word))?;
        }
        while self.at < self.size {
            if !self.tensor()? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn tensor(&mut self) -> io::Result<bool> {
        let (dimensions, name, kind) = (self.number()?, self.number()?, self.number()?);
        let Some((block, bytes)) = storage(kind).filter(|_| dimensions <= 4 && name <= SANE) else {
            return Ok(false);
        };
        let mut count = 1_u64;
        for _ in 0..dimensions {
            count = count.saturating_mul(u64::from(self.number()?));
        }
        self.skip(u64::from(name))?;
        self.skip((count / block).saturating_mul(bytes))?;
        Ok(true)
    }

    fn number(&mut self) -> io::Result<u32> {
        let mut bytes = [0; 4];
        self.file.read_exact(&mut bytes)?;
        self.at += 4;
        Ok(u32::from_le_bytes(bytes))
    }

    fn skip(&mut self, count: u64) -> io::Result<()> {
        self.at = self.at.saturating_add(count);
        if self.at > self.size {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if count > 1 << 12 {
            return self.file.seek(SeekFrom::Start(self.at)).map(|_| ());
        }
        io::copy(&mut self.file.take(count), &mut io::sink()).map(|_| ())
    }
}

/// How ggml stores a kind of number: so many in so many bytes.
fn storage(kind: u32) -> Option<(u64, u64)> {
    let storage = match kind {
        0 => (1, 4),
        1 => (1, 2),
        2 => (32, 18),
        3 => (32, 20),
        6 => (32, 22),
        7 => (32, 24),
        8 => (32, 34),
        10 => (256, 84),
        11 => (256, 110),
        12 => (256, 144),
        13 => (256, 176),
        14 => (256, 210),
        _ => return None,
    };
    Some(storage)
}
