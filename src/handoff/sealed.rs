//! An owner's archive sealed to their public key (age, X25519): who finds the stick or the mail reads nothing of it.

use super::Lead;
use super::sheet::{Fault, Weight};

/// The archive as only the owner of `key` can open it (`age --decrypt`, or any program that knows the format).
///
/// Sealed twice, the same archive makes other bytes: each has a key of its own inside.
#[cfg(feature = "age")]
pub fn sealed(archive: &[u8], key: &str) -> Result<Vec<u8>, String> {
    let owner: age::x25519::Recipient = key
        .trim()
        .parse()
        .map_err(|why| format!("their key in playbook.toml is no age key ({why})"))?;
    age::encrypt(&owner, archive).map_err(|error| format!("it could not be sealed ({error})"))
}

/// The same in a program that was built without the crate.
#[cfg(not(feature = "age"))]
pub fn sealed(_archive: &[u8], _key: &str) -> Result<Vec<u8>, String> {
    Err("this program was built without sealing".to_owned())
}

/// What is told of an archive that was not written because it could not be sealed.
pub fn unsealed(name: &str, owner: &str, leads: &[Lead], why: String) -> Fault {
    let remedy = if cfg!(feature = "age") {
        "write the owner's line of `age-keygen` (age1...) as `age` in playbook.toml, then export again"
    } else {
        "build with `--features age`, or take the owner's `age` line out of playbook.toml, then export again"
    };
    let first = leads.iter().find(|lead| lead.owner == owner);
    Fault {
        file: format!("packets/{name}.zip.age"),
        line: 0,
        column: "age".to_owned(),
        external_id: first
            .map(|lead| lead.external_id.clone())
            .unwrap_or_default(),
        who: owner.to_owned(),
        reason: why,
        remedy: remedy.to_owned(),
        weight: Weight::LeftOut,
    }
}
