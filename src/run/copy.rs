//! Brings the exports to the show's second place, with the login that the environment gives for a server.

use std::env;
use std::path::Path;

use crate::handoff::{Login, NightError, Server, laptop_id, mirror, mirror_to};
use crate::show::{CopyTo, Show};

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
    }
}

/// The login of a server: never in the show's folder, which is copied and shown around.
fn login() -> Login {
    let word = |name: &str| env::var(name).ok().filter(|word| !word.is_empty());
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
