//! A folder of a `WebDAV` server as a second place.
//!
//! Three requests of `WebDAV` over the HTTP client that is here anyway: a storage crate brings 59 crates and more, a client
//! and a runtime of its own among them.

use std::fmt;
use std::fs::File;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ureq::http::{Request, StatusCode};
use ureq::{AsSendBody, SendBody};

use super::NightError;
use super::mail::escaped;
use super::remote::{Remote, agent, is_same, unreachable};

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
    /// The folder at this address, which must be there.
    pub fn new(address: &str, login: Login) -> Self {
        Self {
            address: address.trim_end_matches('/').to_owned(),
            login,
            agent: agent(),
        }
    }

    fn ask(
        &self,
        method: &str,
        path: &str,
        body: impl AsSendBody,
    ) -> Result<ureq::http::Response<ureq::Body>, NightError> {
        let mut request =
            Request::builder()
                .method(method)
                .uri(format!("{}/{}", self.address, slashed(path)));
        if let Some(login) = self.login.header() {
            request = request.header("Authorization", login);
        }
        let request = request.body(body).map_err(|_| {
            self.says(
                "is no address that can be asked",
                "write the https:// address of a WebDAV folder as copy_to in show.toml",
            )
        })?;
        self.agent
            .run(request)
            .map_err(|error| unreachable(&self.address, &error))
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

/// Every name escaped, the slashes kept.
fn slashed(path: &str) -> String {
    let names: Vec<String> = path.split('/').map(escaped).collect();
    names.join("/")
}

impl Remote for Server {
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

    fn has(&self, path: &str, bytes: &[u8]) -> Result<bool, NightError> {
        let answer = self.ask("GET", path, SendBody::none())?;
        match answer.status() {
            StatusCode::NOT_FOUND | StatusCode::CONFLICT | StatusCode::GONE => Ok(false),
            status if status.is_success() => Ok(is_same(answer, bytes)),
            status => Err(self.refused(status)),
        }
    }
}
