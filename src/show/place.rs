//! `copy_to`: the second place of the exports, a folder or a server that is spoken to in secret.

use super::config::CopyTo;
use super::document::{Document, Table};

/// Reads `copy_to` of `[night]`.
pub(super) fn read(doc: &mut Document, night: &Table) -> Option<CopyTo> {
    let (place, span) = doc
        .text(night, "copy_to")
        .filter(|(place, _)| !place.trim().is_empty())?;
    let place = place.trim();
    let Some((scheme, rest)) = place.split_once("://") else {
        return Some(CopyTo::Folder(place.into()));
    };
    let host = rest.split('/').next().unwrap_or_default();
    let secret = host.contains('@') || rest.contains(['?', '#']);
    let (message, label) = match scheme.to_ascii_lowercase().as_str() {
        _ if secret => (
            "the address of the second place has a login or a question in it",
            "write the bare address; the login comes from BOOTHSIDE_COPY_USER and BOOTHSIDE_COPY_PASSWORD",
        ),
        "https" if !host.is_empty() => return Some(CopyTo::Server(place.to_owned())),
        "http" if is_this_laptop(host) => return Some(CopyTo::Server(place.to_owned())),
        "http" => (
            "over http everybody on the hall's network could read the leads",
            "write https://",
        ),
        _ => (
            "nothing can be copied to such an address",
            "a folder, or the https:// address of a WebDAV folder",
        ),
    };
    let fault = doc.fault("S05", span, message, label);
    if let Some(place) = fault.place.as_mut().filter(|_| secret) {
        place.hide();
    }
    None
}

fn is_this_laptop(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}
