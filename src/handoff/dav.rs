//! A second place on a server: whatever finished export it lacks goes there over `WebDAV`, its manifest last.
//!
//! Four requests of `WebDAV` over the HTTP client that is here anyway: a storage crate brings 59 crates and more, a client
//! and a runtime of its own among them.

use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ureq::http::{Request, StatusCode};
use ureq::{AsSendBody, SendBody};

use super::NightError;
use super::mail::escaped;
use super::mirror::exports;

/// The file that makes a folder whole; the last that is written.
const LAST: &str = "manifest.json";

/// How long one file may take: the largest of a big show over a hotel's network.
const PATIENCE: Duration = Duration::from_secs(300);

/// Who we are to the server. Never shown and never logged.
#[derive(Clone, PartialEq, Eq)]
pub enum Login {
    /// Nobody.
    None,
    /// HTTP's own way.
    Password {
        /// The name.
        user: String,
        /// The password.
        password: String,
    },
    /// A token.
    Token(String),
}

impl fmt::Debug for Login {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::None => "no login",
            Self::Password { .. } => "a password",
            Self::Token(_) => "a token",
        })
    }
}

impl Login {
    fn header(&self) -> Option<String> {
        match self {
            Self::None => None,
            Self::Password { user, password } => Some(format!(
                "Basic {}",
                STANDARD.encode(format!("{user}:{password}"))
            )),
            Self::Token(token) => Some(format!("Bearer {}", token.trim())),
        }
    }
}

/// A folder of a server.
#[derive(Clone, Debug)]
pub struct Server {
    address: String,
    login: Login,
    agent: ureq::Agent,
}

impl Server {
    /// The folder at this address, which must be there. Redirects are not followed: a login goes nowhere else.
    pub fn new(address: &str, login: Login) -> Self {
        let agent = ureq::Agent::config_builder()
            .timeout_connect(Some(Duration::from_secs(15)))
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .max_redirects(0)
            .allow_non_standard_methods(true)
            .build()
            .into();
        Self {
            address: address.trim_end_matches('/').to_owned(),
            login,
            agent,
        }
    }

    fn ask(
        &self,
        method: &str,
        path: &str,
        body: impl AsSendBody,
    ) -> Result<ureq::http::Response<ureq::Body>, NightError> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}/{path}", self.address));
        if let Some(login) = self.login.header() {
            request = request.header("Authorization", login);
        }
        let request = request.body(body).map_err(|_| {
            self.says(
                "is no address that can be asked",
                "write the https:// address of a WebDAV folder as copy_to in show.toml",
            )
        })?;
        self.agent.run(request).map_err(|error| {
            self.says(
                format!("can't be reached ({error})"),
                "look whether this laptop has a network",
            )
        })
    }

    /// Makes a folder; one that is there already is as good.
    fn folder(&self, path: &str) -> Result<(), NightError> {
        let status = self
            .ask("MKCOL", &format!("{path}/"), SendBody::none())?
            .status();
        if status.is_success() || status == StatusCode::METHOD_NOT_ALLOWED {
            return Ok(());
        }
        Err(self.refused(status))
    }

    fn put(&self, path: &str, from: &Path) -> Result<(), NightError> {
        let file = File::open(from).map_err(|source| NightError::write(from.to_owned(), source))?;
        let status = self.ask("PUT", path, &file)?.status();
        if status.is_success() {
            return Ok(());
        }
        Err(self.refused(status))
    }

    /// Whether the server has this very file.
    fn has(&self, path: &str, bytes: &[u8]) -> Result<bool, NightError> {
        let mut answer = self.ask("GET", path, SendBody::none())?;
        match answer.status() {
            StatusCode::NOT_FOUND | StatusCode::CONFLICT | StatusCode::GONE => Ok(false),
            status if status.is_success() => {
                let limit = bytes.len() as u64 + 1;
                let there = answer.body_mut().with_config().limit(limit).read_to_vec();
                // Longer than ours, or broken off: another file.
                Ok(there.is_ok_and(|there| there == bytes))
            }
            status => Err(self.refused(status)),
        }
    }

    fn refused(&self, status: StatusCode) -> NightError {
        let remedy = match status.as_u16() {
            401 | 403 => {
                "set BOOTHSIDE_COPY_USER and BOOTHSIDE_COPY_PASSWORD, or BOOTHSIDE_COPY_TOKEN, and start again"
            }
            300..=399 => "write the address it leads to as copy_to in show.toml",
            404 | 405 | 409 => "see that copy_to in show.toml is a WebDAV folder that is there",
            413 | 507 => "make room on the server",
            _ => "look at the server",
        };
        self.says(format!("answers {status}"), remedy)
    }

    fn says(&self, why: impl Into<String>, remedy: &'static str) -> NightError {
        NightError::Server {
            address: self.address.clone(),
            why: why.into(),
            remedy,
        }
    }
}

/// Copies every finished export of `night` that the server's `folder` does not have yet, oldest first. Gives how many there
/// were.
///
/// An export is there when its manifest is, byte for byte: that is written last, so one that broke off is written again.
pub fn mirror_to(night: &Path, server: &Server, folder: &str) -> Result<usize, NightError> {
    let folder = escaped(folder);
    let mut count = 0;
    for export in exports(night) {
        let Some(name) = export.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        let target = format!("{folder}/{}", escaped(name));
        let manifest = export.join(LAST);
        let bytes =
            fs::read(&manifest).map_err(|source| NightError::write(manifest.clone(), source))?;
        let last = format!("{target}/{LAST}");
        if server.has(&last, &bytes)? {
            continue;
        }
        server.folder(&folder)?;
        copy_all(&export, &target, server, true)?;
        server.put(&last, &manifest)?;
        count += 1;
    }
    Ok(count)
}

fn copy_all(from: &Path, target: &str, server: &Server, top: bool) -> Result<(), NightError> {
    let failed = |source| NightError::write(from.to_owned(), source);
    server.folder(target)?;
    let mut entries: Vec<_> = fs::read_dir(from)
        .and_then(Iterator::collect::<io::Result<_>>)
        .map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let path = format!("{target}/{}", escaped(&name));
        if entry.file_type().map_err(failed)?.is_dir() {
            copy_all(&entry.path(), &path, server, false)?;
        } else if !(top && name == LAST) {
            server.put(&path, &entry.path())?;
        }
    }
    Ok(())
}
