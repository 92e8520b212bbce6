//! The bundled demo show, "Meridian Trade Fair 2026": three recorded talks, their playbook and attendees.

use std::path::{Path, PathBuf};

use super::init::{InitError, empty, write_all};

macro_rules! bundled {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_bytes!(concat!("../../assets/demo/", $name)).as_slice())),+]
    };
}

/// The files of the demo show. Everything in them is invented.
const FILES: [(&str, &[u8]); 6] = bundled![
    "show.toml",
    "playbook.toml",
    "attendees.csv",
    "talks/hot_lead_northwind.wav",
    "talks/medium_lead_objection.wav",
    "talks/swag_hunter.wav",
];

/// Writes the demo show into `dir`, which must be new or empty, or hold the demo already: then nothing is written and
/// the deeds of the earlier run are there again. Gives what was written.
pub fn write_demo(dir: &Path) -> Result<Vec<PathBuf>, InitError> {
    if is_demo(dir) {
        return Ok(Vec::new());
    }
    empty(dir)?;
    write_all(dir, &FILES)
}

/// One of the demo's talks: a minute and a half of speech (WAV).
pub fn demo_talk() -> &'static [u8] {
    FILES[3].1
}

/// Whether every file of the demo is there; what they say may have been changed by its user.
fn is_demo(dir: &Path) -> bool {
    let code = std::fs::read_to_string(dir.join("show.toml")).unwrap_or_default();
    code.contains("Meridian Trade Fair 2026")
        && FILES.iter().all(|(name, _)| dir.join(name).is_file())
}
