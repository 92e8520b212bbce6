//! The folder where a user's models lie: what is in it, what is chosen by a name, and how a file is added.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use thiserror::Error;

use super::catalogue::{CATALOGUE, Listing, listing};
use super::inspect::{Shape, Unfit, inspect};
use super::{DEMO, DEMO_NAME, name_of_file};
use crate::diagnostic::nearest;

/// Where whisper.cpp's official collection is published.
const HOST: &str = "https://huggingface.co/ggerganov/whisper.cpp/resolve/main";

/// Compressed forms of a model that serve where its plain form isn't there, best first.
const FORMS: [&str; 3] = ["", "-q8_0", "-q5_1"];

/// Where models lie and where they come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The folder.
    pub dir: PathBuf,
    /// The address in front of a file's name.
    pub host: String,
}

/// A model that was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// The bundled one.
    Embedded(&'static [u8]),
    /// A file.
    File(PathBuf),
}

/// A model that is here.
#[derive(Debug)]
pub struct Installed {
    /// The name it is chosen by.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// What it is, or why it is none.
    pub shape: Result<Shape, Unfit>,
}

/// Why there is no such model.
#[derive(Debug, Error)]
pub enum MissingModel {
    /// It can be fetched.
    #[error("the speech model {name} isn't here yet; fetch it with `boothside model get {name}`")]
    Fetch {
        /// Its name.
        name: String,
    },
    /// Nobody knows it.
    #[error("there is no speech model \"{name}\"{hint}; `boothside model list` shows them all")]
    Unknown {
        /// What was asked for.
        name: String,
        /// ", did you mean ...?" or nothing.
        hint: String,
    },
}

/// Why a file was not added.
#[derive(Debug, Error)]
pub enum AddError {
    /// It is no model.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The folder said no.
    #[error("{} can't be written ({why}); make room, or set BOOTHSIDE_MODELS to another folder", path.display())]
    Write {
        /// What was being written.
        path: PathBuf,
        /// The system's words.
        why: io::Error,
    },
}

impl Place {
    /// The user's place. `var` looks up the environment: `BOOTHSIDE_MODELS` names the folder, else it lies in the user's
    /// data folder; `BOOTHSIDE_MODELS_URL` names another host.
    pub fn of_user(var: impl Fn(&str) -> Option<OsString>) -> Self {
        let set = |name: &str| var(name).filter(|value| !value.is_empty());
        let dir = set("BOOTHSIDE_MODELS").map_or_else(
            || {
                let data = set("XDG_DATA_HOME").map(PathBuf::from);
                let data = data.or_else(|| Some(PathBuf::from(set("HOME")?).join(".local/share")));
                // Windows.
                let data = data.or_else(|| set("LOCALAPPDATA").map(PathBuf::from));
                data.unwrap_or_default().join("boothside/models")
            },
            PathBuf::from,
        );
        let host = set("BOOTHSIDE_MODELS_URL").map_or_else(
            || HOST.to_string(),
            |url| url.to_string_lossy().into_owned(),
        );
        Self { dir, host }
    }

    /// The file of a model of this name.
    pub fn file(&self, name: &str) -> PathBuf {
        self.dir.join(format!("ggml-{name}.bin"))
    }

    /// The models that are here, by name.
    pub fn installed(&self) -> Vec<Installed> {
        let mut installed = Vec::new();
        for entry in fs::read_dir(&self.dir).into_iter().flatten().flatten() {
            let path = entry.path();
            let file = entry.file_name().to_string_lossy().into_owned();
            if path.extension().is_some_and(|end| end == "bin") {
                installed.push(Installed {
                    name: name_of_file(&file).to_string(),
                    bytes: entry.metadata().map_or(0, |meta| meta.len()),
                    shape: inspect(&path),
                    path,
                });
            }
        }
        installed.sort_by(|a, b| a.name.cmp(&b.name));
        installed
    }

    /// The model called `name`: the bundled one, one that is here (its compressed form where the plain one isn't), or a
    /// file.
    pub fn choose(&self, name: &str) -> Result<Chosen, MissingModel> {
        if name == DEMO_NAME {
            return Ok(Chosen::Embedded(DEMO));
        }
        let forms = FORMS.iter().map(|form| self.file(&format!("{name}{form}")));
        let path = forms
            .chain([PathBuf::from(name)])
            .find(|path| path.is_file());
        if let Some(path) = path {
            return Ok(Chosen::File(path));
        }
        if listing(name).is_some() {
            let name = name.to_string();
            return Err(MissingModel::Fetch { name });
        }
        Err(self.unknown(name))
    }

    /// The refusal of a name nobody knows.
    pub fn unknown(&self, name: &str) -> MissingModel {
        let here: Vec<String> = self.installed().into_iter().map(|one| one.name).collect();
        let known = CATALOGUE.iter().map(|listing| listing.name);
        let known = known.chain(here.iter().map(String::as_str));
        let hint = nearest(name, known.chain([DEMO_NAME]));
        MissingModel::Unknown {
            name: name.to_string(),
            hint: hint.map_or_else(String::new, |near| format!(", did you mean {near}?")),
        }
    }

    /// Takes a model file over. It is called as the catalogue calls it where its checksum is known, else as its file is.
    pub fn add(&self, file: &Path) -> Result<Installed, AddError> {
        let shape = inspect(file)?;
        let sum = checksum(file).map_err(|why| Unfit::Read {
            file: file.display().to_string(),
            why,
        })?;
        let official = CATALOGUE.iter().find(|listing| listing.sha256 == sum);
        let called = file
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let called = called.unwrap_or_default();
        let name = official.map_or_else(
            || name_of_file(&called).to_string(),
            |listing| listing.name.to_string(),
        );
        if let (None, Some(listing)) = (official, listing(&name)) {
            return Err(differs(file, listing).into());
        }
        let path = self.file(&name);
        let bytes = take_over(file, &path).map_err(|why| AddError::Write {
            path: path.clone(),
            why,
        })?;
        Ok(Installed {
            name,
            path,
            bytes,
            shape: Ok(shape),
        })
    }

    /// Checks a model that is here, wholly: its form, and its size and checksum where the catalogue has them.
    pub fn check(&self, path: &Path) -> Result<Shape, Unfit> {
        let shape = inspect(path)?;
        let file = path.display().to_string();
        let Some(listing) = listing(name_of_file(&file)) else {
            return Ok(shape);
        };
        let sum = checksum(path).map_err(|why| Unfit::Read { file, why })?;
        if sum == listing.sha256 {
            Ok(shape)
        } else {
            Err(differs(path, listing))
        }
    }
}

/// A file called like a model of the catalogue whose bytes are not that model's.
fn differs(path: &Path, listing: &Listing) -> Unfit {
    let file = path.display().to_string();
    let have = fs::metadata(path).map_or(0, |meta| meta.len());
    if have < listing.bytes {
        return Unfit::Short {
            file,
            name: listing.name,
            have,
            want: listing.bytes,
        };
    }
    Unfit::Damaged {
        file,
        name: listing.name,
    }
}

/// Copies `from` beside `to`, synced, and renames it, so that `to` is whole or not there.
fn take_over(from: &Path, to: &Path) -> io::Result<u64> {
    if let Some(dir) = to.parent() {
        fs::create_dir_all(dir)?;
    }
    if from.canonicalize()? == to.canonicalize().unwrap_or_default() {
        return fs::metadata(to).map(|meta| meta.len());
    }
    let part = to.with_extension("bin.copy");
    let copied = fs::copy(from, &part).and_then(|bytes| {
        File::open(&part)?.sync_all()?;
        fs::rename(&part, to)?;
        Ok(bytes)
    });
    if copied.is_err() {
        // What is left of a copy is of no use, and a full disk needs the room.
        let _ = fs::remove_file(&part);
    }
    copied
}

/// SHA-256 of a file in lower-case hex.
pub(super) fn checksum(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut sum = Sha256::new();
    let mut block = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut block)?;
        if read == 0 {
            break;
        }
        sum.update(&block[..read]);
    }
    let mut hex = String::with_capacity(64);
    for byte in sum.finalize() {
        // Writing to a text can't fail.
        let _ = write!(hex, "{byte:02x}");
    }
    Ok(hex)
}
