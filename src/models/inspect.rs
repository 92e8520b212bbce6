//! What a file that is said to be a speech model really is, told from its first bytes.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use thiserror::Error;

/// First bytes of a ggml file: the number 0x67676d6c, little-endian.
const MAGIC: [u8; 4] = *b"lmgg";

/// The magic and the eleven numbers after it.
const HEAD: usize = 4 + 11 * 4;

/// English-only models know one word part fewer than multilingual ones.
const ENGLISH_VOCABULARY: u32 = 51_864;

/// The shape of a Whisper model, as its file begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Word parts it knows.
    pub vocabulary: u32,
    /// Width of the encoder: 384 tiny, 512 base, 768 small, 1024 medium, 1280 large.
    pub width: u32,
    /// Layers of the encoder: 4 tiny, 6 base, 12 small, 24 medium, 32 large.
    pub layers: u32,
    /// How its numbers are stored, as ggml counts kinds.
    pub kind: u32,
}

impl Shape {
    /// Whether it knows English only.
    pub fn english(self) -> bool {
        self.vocabulary == ENGLISH_VOCABULARY
    }

    /// The shape in words: `base, English, q8_0`.
    pub fn words(self) -> String {
        let size = match self.width {
            384 => "tiny",
            512 => "base",
            768 => "small",
            1024 => "medium",
            1280 => "large",
            _ => "a size of its own",
        };
        let language = if self.english() {
            "English"
        } else {
            "multilingual"
        };
        format!("{size}, {language}, {}", self.kind_words())
    }

    fn kind_words(self) -> &'static str {
        // Thousands count versions of the quantisation.
        match self.kind % 1000 {
            0 => "f32",
            1 => "f16",
            2 => "q4_0",
            3 => "q4_1",
            7 => "q8_0",
            8 => "q5_0",
            9 => "q5_1",
            _ => "an unusual storage",
        }
    }
}

/// Why a file is no speech model.
#[derive(Debug, Error)]
pub enum Unfit {
    /// It can't be read.
    #[error("{file} can't be read ({why}); give the path of a ggml model file")]
    Read {
        /// The file.
        file: String,
        /// The system's words.
        why: io::Error,
    },
    /// It is something else.
    #[error("{file} is {what}, not a speech model; fetch one with `boothside model get base.en`")]
    Foreign {
        /// The file.
        file: String,
        /// What it is, with its article.
        what: &'static str,
    },
    /// It begins like a model and goes on like none.
    #[error(
        "{file} begins like a model but isn't a Whisper model; fetch one with `boothside model get base.en`"
    )]
    NotWhisper {
        /// The file.
        file: String,
    },
    /// It ends too early.
    #[error(
        "{file} is cut off: {have} bytes instead of {want}; fetch it again with `boothside model get {name}`"
    )]
    Short {
        /// The file.
        file: String,
        /// The model's name.
        name: &'static str,
        /// Its size.
        have: u64,
        /// The size it should have.
        want: u64,
    },
    /// Its bytes are not those of the model it is called like.
    #[error(
        "{file} is damaged: its checksum isn't that of {name}; delete it and run `boothside model get {name}`"
    )]
    Damaged {
        /// The file.
        file: String,
        /// The model's name.
        name: &'static str,
    },
}

/// Looks at a file's first bytes.
pub fn inspect(path: &Path) -> Result<Shape, Unfit> {
    let file = path.display().to_string();
    let mut head = Vec::new();
    let read = File::open(path).and_then(|open| open.take(512).read_to_end(&mut head));
    match read {
        Ok(_) => inspect_bytes(&file, &head),
        Err(why) => Err(Unfit::Read { file, why }),
    }
}

/// Looks at the first bytes of a file called `file`; 48 of them suffice for a model.
pub fn inspect_bytes(file: &str, head: &[u8]) -> Result<Shape, Unfit> {
    let file = file.to_string();
    if !head.starts_with(&MAGIC) {
        let what = kind_of(head);
        return Err(Unfit::Foreign { file, what });
    }
    if head.len() < HEAD {
        return Err(Unfit::Foreign {
            file,
            what: "a model of which only the beginning is there",
        });
    }
    let number = |at: usize| {
        let at = MAGIC.len() + at * 4;
        u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]])
    };
    let shape = Shape {
        vocabulary: number(0),
        width: number(2),
        layers: number(4),
        kind: number(10),
    };
    // Every Whisper model: about 51,864 word parts, 1,500 steps of audio, 80 or 128 mel bands.
    let whisper = (51_000..53_000).contains(&shape.vocabulary)
        && number(1) == 1500
        && matches!(number(9), 80 | 128)
        && (1..=64).contains(&shape.layers);
    if whisper {
        Ok(shape)
    } else {
        Err(Unfit::NotWhisper { file })
    }
}

/// What a file is by its first bytes, with its article.
fn kind_of(head: &[u8]) -> &'static str {
    const KINDS: [(&[u8], &str); 13] = [
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"\x89PNG", "a PNG picture"),
        (b"GIF8", "a GIF picture"),
        (b"%PDF", "a PDF document"),
        (b"RIFF", "a sound recording"),
        (b"ID3", "a sound recording"),
        (b"GGUF", "a GGUF language model"),
        (
            b"PK",
            "a zip archive (a PyTorch model, perhaps; its ggml form is needed)",
        ),
        (b"\x1f\x8b", "a gzip archive (unpack it first)"),
        (
            b"version https://git-lfs",
            "only a pointer to the model (its download was never made)",
        ),
        (b"<", "a web page (a download that failed, perhaps)"),
        (b"{", "a JSON text"),
        (b"\x7fELF", "a program"),
    ];
    if head.is_empty() {
        return "empty";
    }
    KINDS
        .iter()
        .find(|(begin, _)| head.starts_with(begin))
        .map_or("a file of another kind", |(_, what)| what)
}
