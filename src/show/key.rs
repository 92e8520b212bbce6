//! An owner's public key, as `age-keygen` prints it.

use super::document::{Document, Table};

/// Reads `age` of an owner. What is no key is a fault and kept all the same: an archive that can't be sealed is not to be
/// written in the clear.
pub(super) fn read(doc: &mut Document, owner: &Table) -> String {
    let Some((key, span)) = doc.text(owner, "age") else {
        return String::new();
    };
    let key = key.trim().to_owned();
    if let Some((message, label)) = wrong(&key) {
        let fault = doc.fault("S05", span, message, label);
        if let Some(place) = &mut fault.place {
            place.hide();
        }
    }
    key
}

/// What is wrong with a key, and what helps.
#[cfg(feature = "age")]
fn wrong(key: &str) -> Option<(String, &'static str)> {
    if key.starts_with("AGE-SECRET-KEY-") {
        return Some((
            "this is the owner's secret key, which nobody but they may have".to_owned(),
            "write the line that begins with age1, and let the owner make a new pair of keys",
        ));
    }
    let why = key.parse::<age::x25519::Recipient>().err()?;
    (!key.is_empty()).then(|| {
        (
            format!("this is no public key of age ({why})"),
            "write the line of `age-keygen` that begins with age1",
        )
    })
}

/// The same in a program that was built without sealing.
#[cfg(not(feature = "age"))]
fn wrong(key: &str) -> Option<(String, &'static str)> {
    (!key.is_empty()).then(|| {
        (
            "this program was built without sealing, so the owner's archive is not written"
                .to_owned(),
            "build with `--features age`, or take this line out",
        )
    })
}
