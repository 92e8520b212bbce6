//! The models that `boothside model get` knows, with the sizes and checksums their files must have.

/// A model that can be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The name people use.
    pub name: &'static str,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// SHA-256 of the file in lower-case hex.
    pub sha256: &'static str,
    /// What it is good for, in one line.
    pub words: &'static str,
}

impl Listing {
    /// The file's name, at the host and in the models' folder.
    pub fn file(&self) -> String {
        format!("ggml-{}.bin", self.name)
    }
}

/// The English models of whisper.cpp's official collection, smallest first. Sizes and checksums are those of the
/// collection's own records, each found alike in several independent projects; a file that differs is refused.
pub const CATALOGUE: [Listing; 9] = [
    Listing {
        name: "tiny.en-q5_1",
        bytes: 32_166_155,
        sha256: "c77c5766f1cef09b6b7d47f21b546cbddd4157886b3b5d6d4f709e91e66c7c2b",
        words: "smallest; mishears names often",
    },
    Listing {
        name: "tiny.en-q8_0",
        bytes: 43_550_795,
        sha256: "5bc2b3860aa151a4c6e7bb095e1fcce7cf12c7b020ca08dcec0c6d018bb7dd94",
        words: "for slow laptops",
    },
    Listing {
        name: "tiny.en",
        bytes: 77_704_715,
        sha256: "921e4cf8686fdd993dcd081a5da5b6c365bfde1162e72b08d75ac75289920b1f",
        words: "for slow laptops, uncompressed",
    },
    Listing {
        name: "base.en-q5_1",
        bytes: 59_721_011,
        sha256: "4baf70dd0d7c4247ba2b81fafd9c01005ac77c2f9ef064e00dcf195d0e2fdd2f",
        words: "a small download for most laptops",
    },
    Listing {
        name: "base.en-q8_0",
        bytes: 81_781_811,
        sha256: "a4d4a0768075e13cfd7e19df3ae2dbc4a68d37d36a7dad45e8410c9a34f8c87e",
        words: "quickest of its size on most laptops",
    },
    Listing {
        name: "base.en",
        bytes: 147_964_211,
        sha256: "a03779c86df3323075f5e796cb2ce5029f00ec8869eee3fdfb897afe36c6d002",
        words: "the usual choice",
    },
    Listing {
        name: "small.en-q5_1",
        bytes: 190_098_681,
        sha256: "bfdff4894dcb76bbf647d56263ea2a96645423f1669176f4844a1bf8e478ad30",
        words: "hears best in noise; needs a fast laptop",
    },
    Listing {
        name: "small.en-q8_0",
        bytes: 264_477_561,
        sha256: "67a179f608ea6114bd3fdb9060e762b588a3fb3bd00c4387971be4d177958067",
        words: "hears best in noise; needs a fast laptop",
    },
    Listing {
        name: "small.en",
        bytes: 487_614_201,
        sha256: "c6138d6d58ecc8322097e0f987c32f1be8bb0a18532a3f88f734d1bbf9c41e5d",
        words: "hears best in noise; needs a very fast laptop",
    },
];

/// The model of this name.
pub fn listing(name: &str) -> Option<&'static Listing> {
    CATALOGUE.iter().find(|listing| listing.name == name)
}
