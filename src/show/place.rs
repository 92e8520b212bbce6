//! `copy_to`: the second place of the exports, a folder, a server that is spoken to in secret, or a bucket.

use std::ops::Range;

use super::config::{BucketConfig, CopyTo};
use super::document::{Document, Table};

/// Amazon's first region, and the one that servers which have none sign for.
const REGION: &str = "us-east-1";

const HTTP: &str = "over http everybody on the hall's network could read the leads";
const LOGIN: &str =
    "write the bare address; the login comes from BOOTHSIDE_COPY_USER and BOOTHSIDE_COPY_PASSWORD";

/// A text of the file with its place.
type Given = (String, Range<usize>);

/// Reads `copy_to` of `[night]`, and what a bucket needs beside it.
pub(super) fn read(doc: &mut Document, night: &Table) -> Option<CopyTo> {
    let endpoint = filled(doc, night, "copy_endpoint");
    let region = filled(doc, night, "copy_region");
    let place = filled(doc, night, "copy_to").and_then(|(place, span)| {
        let Some((scheme, rest)) = place.split_once("://") else {
            return Some(CopyTo::Folder(place.into()));
        };
        if is_secret(rest) {
            let message = "the address of the second place has a login or a question in it";
            return hidden(doc, span, message);
        }
        match scheme.to_ascii_lowercase().as_str() {
            "s3" => bucket(doc, (rest, span), (endpoint.as_ref(), region.as_ref())),
            scheme => server(doc, (&place, scheme, rest), span),
        }
    });
    if !matches!(place, Some(CopyTo::Bucket(_)) | None) {
        for (_, span) in [endpoint, region].into_iter().flatten() {
            let message = "only a bucket has an endpoint and a region";
            let label = "take it out, or write copy_to = \"s3://bucket/folder\"";
            doc.fault("S05", span, message, label);
        }
    }
    place
}

fn filled(doc: &mut Document, night: &Table, key: &str) -> Option<Given> {
    doc.text(night, key).filter(|(text, _)| !text.is_empty())
}

/// A `WebDAV` folder's address.
fn server(
    doc: &mut Document,
    (place, scheme, rest): (&str, &str, &str),
    span: Range<usize>,
) -> Option<CopyTo> {
    let host = rest.split('/').next().unwrap_or_default();
    let (message, label) = match scheme {
        "https" if !host.is_empty() => return Some(CopyTo::Server(place.to_owned())),
        "http" if is_this_laptop(host) => return Some(CopyTo::Server(place.to_owned())),
        "http" => (HTTP, "write https://"),
        "gs" => (
            "Google's storage is spoken to as S3",
            "write s3://bucket/folder, copy_endpoint = \"https://storage.googleapis.com\", and take HMAC keys",
        ),
        _ => (
            "nothing can be copied to such an address",
            "a folder (SFTP and Azure as mounted ones), the https:// address of a WebDAV folder, or s3://bucket/folder",
        ),
    };
    doc.fault("S05", span, message, label);
    None
}

/// A bucket's name and folder, with the server it is on.
fn bucket(
    doc: &mut Document,
    (place, span): (&str, Range<usize>),
    (endpoint, region): (Option<&Given>, Option<&Given>),
) -> Option<CopyTo> {
    let (name, folder) = place.split_once('/').unwrap_or((place, ""));
    let letter = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    // S3's own rule for lengths; capitals and underscores are older buckets'.
    if !(3..=63).contains(&name.len()) || !name.chars().all(letter) {
        let message = format!("\"{name}\" is no bucket's name");
        doc.fault("S05", span, message, "write s3://bucket/folder");
        return None;
    }
    if folder.split('/').any(|part| matches!(part, "." | "..")) {
        let message = "a bucket's folder has no way up";
        doc.fault("S05", span, message, "write s3://bucket/folder");
        return None;
    }
    let region = region.map_or(REGION, |(region, _)| region);
    Some(CopyTo::Bucket(BucketConfig {
        name: name.to_owned(),
        folder: folder.trim_matches('/').to_owned(),
        endpoint: endpoint_of(doc, endpoint)?,
        region: region.to_owned(),
    }))
}

/// The address of the bucket's server; empty where none is given.
fn endpoint_of(doc: &mut Document, given: Option<&Given>) -> Option<String> {
    let Some((endpoint, span)) = given.cloned() else {
        return Some(String::new());
    };
    let (scheme, rest) = endpoint.split_once("://").unwrap_or(("", &endpoint));
    let host = rest.split('/').next().unwrap_or_default();
    if is_secret(rest) {
        let message = "the address of the bucket's server has a login or a question in it";
        return hidden(doc, span, message);
    }
    let (message, label) = match scheme.to_ascii_lowercase().as_str() {
        "https" if !host.is_empty() => return Some(endpoint),
        "http" if is_this_laptop(host) => return Some(endpoint),
        "http" => (HTTP, "write https://"),
        _ => (
            "this is no address of a server",
            "write it with https://, as https://s3.example.com",
        ),
    };
    doc.fault("S05", span, message, label);
    None
}

/// A fault whose line is not shown, since it may hold a password.
fn hidden<T>(doc: &mut Document, span: Range<usize>, message: &str) -> Option<T> {
    let fault = doc.fault("S05", span, message, LOGIN);
    if let Some(place) = fault.place.as_mut() {
        place.hide();
    }
    None
}

fn is_secret(rest: &str) -> bool {
    let host = rest.split('/').next().unwrap_or_default();
    host.contains('@') || rest.contains(['?', '#'])
}

fn is_this_laptop(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}
