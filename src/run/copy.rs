//! Brings the exports to the show's second place, with the login that the environment gives for a server.

use std::env;
use std::path::Path;

use crate::handoff::{
    Bucket, BucketAddress, Keys, Login, NightError, Server, laptop_id, mirror, mirror_to,
};
use crate::show::{BucketConfig, CopyTo, Show};

/// Copies whatever exports the show's second place lacks; how many there were.
pub fn copy_exports(show: &Show, node: u64) -> Result<usize, String> {
    let Some(place) = &show.config.night.copy_to else {
        return Ok(0);
    };
    let folder = format!("{}-{}", show.config.code, laptop_id(node));
    copied(&show.night_dir(), place, (&show.dir, &folder)).map_err(|error| {
        format!("the exports are NOT in the second place: {error}; tried again every half minute, the show's night folder has them")
    })
}

fn copied(night: &Path, place: &CopyTo, (dir, folder): (&Path, &str)) -> Result<usize, NightError> {
    match place {
        CopyTo::Folder(path) => mirror(night, &dir.join(path), folder),
        CopyTo::Server(address) => mirror_to(night, &Server::new(address, login()), folder),
        CopyTo::Bucket(bucket) => mirror_to(night, &Bucket::new(&address(bucket), keys()), folder),
    }
}

fn address(bucket: &BucketConfig) -> BucketAddress {
    BucketAddress {
        name: bucket.name.clone(),
        folder: bucket.folder.clone(),
        endpoint: bucket.endpoint.clone(),
        region: bucket.region.clone(),
    }
}

/// The login of a server: never in the show's folder, which is copied and shown around.
fn login() -> Login {
    if let Some(token) = word("BOOTHSIDE_COPY_TOKEN") {
        return Login::Token(token);
    }
    match word("BOOTHSIDE_COPY_USER") {
        Some(user) => Login::Password {
            user,
            password: word("BOOTHSIDE_COPY_PASSWORD").unwrap_or_default(),
        },
        None => Login::None,
    }
}

/// The keys of a bucket, by the same names: an access key's id, its secret, and the token of a borrowed key.
fn keys() -> Option<Keys> {
    let trimmed = |name| word(name).map(|word| word.trim().to_owned());
    Some(Keys {
        id: trimmed("BOOTHSIDE_COPY_USER")?,
        secret: trimmed("BOOTHSIDE_COPY_PASSWORD")?,
        session: trimmed("BOOTHSIDE_COPY_TOKEN"),
    })
}

fn word(name: &str) -> Option<String> {
    env::var(name).ok().filter(|word| !word.trim().is_empty())
}
