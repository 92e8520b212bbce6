//! An owner's archive sealed to their public key (age, X25519): who finds the stick or the mail reads nothing of it.

use super::packets::Bundle;
use super::sheet::{Fault, Weight};
use super::{Lead, NightShow};

/// An owner's public key.
#[cfg(feature = "age")]
pub struct Key(age::x25519::Recipient);

/// The same in a program that was built without the crate: there is none.
#[cfg(not(feature = "age"))]
pub enum Key {}

impl Key {
    /// Reads `age1...`, or says why nothing can be sealed to it.
    #[cfg(feature = "age")]
    pub fn read(key: &str) -> Result<Self, String> {
        let owner: age::x25519::Recipient = key
            .trim()
            .parse()
            .map_err(|why| format!("their key in playbook.toml is no age key ({why})"))?;
        Ok(Self(owner))
    }

    /// The same in a program that was built without the crate.
    #[cfg(not(feature = "age"))]
    pub fn read(_key: &str) -> Result<Self, String> {
        Err("this program was built without sealing".to_owned())
    }

    /// The archive as only the owner of the key can open it (`age --decrypt`, or any program that knows the format).
    ///
    /// Sealed twice, the same archive makes other bytes: each has a key of its own inside.
    #[cfg(feature = "age")]
    pub fn seal(&self, archive: &[u8]) -> std::io::Result<Vec<u8>> {
        age::encrypt(&self.0, archive).map_err(std::io::Error::other)
    }

    /// The same in a program that was built without the crate.
    #[cfg(not(feature = "age"))]
    pub fn seal(&self, _archive: &[u8]) -> std::io::Result<Vec<u8>> {
        match *self {}
    }
}

/// How an owner's archive is written: open where they have no key, else sealed to it, or not at all where it can't be.
pub fn key_of(bundle: &Bundle<'_>, show: &NightShow<'_>) -> Result<Option<Key>, String> {
    let owner = show.playbook.owner(bundle.owner);
    let key = owner.map(|owner| owner.age.as_str()).unwrap_or_default();
    (!key.is_empty()).then(|| Key::read(key)).transpose()
}

/// The archives that can't be sealed. They are not written: in the clear is not what was asked for.
pub fn unsealed(bundles: &[Bundle<'_>], leads: &[Lead], show: &NightShow<'_>) -> Vec<Fault> {
    let faults = bundles.iter().filter_map(|bundle| {
        let why = key_of(bundle, show).err()?;
        Some(fault(bundle, leads, why))
    });
    faults.collect()
}

/// What helps where nothing can be sealed to an owner's key.
pub const REMEDY: &str = if cfg!(feature = "age") {
    "write the owner's line of `age-keygen` (age1...) as `age` in playbook.toml, then export again"
} else {
    "build with `--features age`, or take the owner's `age` line out of playbook.toml, then export again"
};

fn fault(bundle: &Bundle<'_>, leads: &[Lead], why: String) -> Fault {
    let first = leads.iter().find(|lead| lead.owner == bundle.owner);
    Fault {
        file: format!("packets/{}.zip.age", bundle.name),
        line: 0,
        column: "age".to_owned(),
        external_id: first
            .map(|lead| lead.external_id.clone())
            .unwrap_or_default(),
        who: bundle.owner.to_owned(),
        reason: why,
        remedy: REMEDY.to_owned(),
        weight: Weight::LeftOut,
    }
}
