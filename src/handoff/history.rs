//! What earlier exports of this folder said: which leads in which state, and what went out that may go out once only.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Lead;
use super::folder::hex;

/// The file of an export that later exports read.
pub const FILE: &str = "state.json";

/// One export's state, or that of all earlier ones together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The leads in the export by external id, each with a checksum of its row; an empty one where
    /// the lead was gone.
    pub leads: BTreeMap<String, String>,
    /// Rows that go out once, as `file external-id`: notes and tasks, which importers can't update.
    pub once: BTreeSet<String>,
}

/// The states of all exports in `dir`, oldest first, laid over each other. What can't be read is left aside with a line
/// in the log: at worst a lead counts as new once more, which its external id makes harmless.
pub fn read(dir: &Path) -> State {
    let mut all = State::default();
    for path in folders(dir) {
        let state = std::fs::read(path.join(FILE))
            .map_err(|error| error.to_string())
            .and_then(|bytes| {
                serde_json::from_slice::<State>(&bytes).map_err(|error| error.to_string())
            });
        match state {
            Ok(state) => {
                all.leads.extend(state.leads);
                all.once.extend(state.once);
            }
            Err(error) => {
                tracing::warn!(%error, path = %path.display(), "an export's state is not readable");
            }
        }
    }
    all
}

/// Finished exports, oldest first: by the minute in the name, then by the number behind it.
fn folders(dir: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return Vec::new();
    };
    let mut found: Vec<(String, u32, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let (minute, number) = name.rsplit_once('-')?;
            let number = number.parse().ok()?;
            let there = !name.starts_with('.') && entry.path().join(FILE).is_file();
            there.then(|| (minute.to_owned(), number, entry.path()))
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, _, path)| path).collect()
}

/// A checksum of everything a row says.
pub fn checksum(lead: &Lead) -> String {
    // A lead is plain data; a row that could not be written as JSON would count as changed each time.
    let row = serde_json::to_vec(lead).unwrap_or_default();
    short_hash(&row)
}

/// The first 16 hex digits of the SHA-256.
pub fn short_hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)[..8])
}

impl State {
    /// The state of these leads.
    pub fn of(leads: &[Lead]) -> Self {
        Self {
            leads: leads
                .iter()
                .map(|lead| (lead.external_id.clone(), checksum(lead)))
                .collect(),
            once: BTreeSet::new(),
        }
    }

    /// Keeps the leads that are new or changed against this state, marked so, and those an importer refused (`failed`, by
    /// external id), which go again; gives the ids that are gone.
    pub fn news(&self, leads: &mut Vec<Lead>, failed: &BTreeSet<&str>) -> Vec<String> {
        let now: BTreeSet<&str> = leads.iter().map(|lead| lead.external_id.as_str()).collect();
        let gone = self
            .leads
            .iter()
            .filter(|(id, sum)| !sum.is_empty() && !now.contains(id.as_str()))
            .map(|(id, _)| id.clone())
            .collect();
        leads.retain_mut(|lead| {
            let known = self.leads.get(&lead.external_id);
            let again = failed.contains(lead.external_id.as_str());
            if !again && known.is_some_and(|known| *known == checksum(lead)) {
                return false;
            }
            lead.change = if known.is_some() { "changed" } else { "new" };
            true
        });
        gone
    }
}
