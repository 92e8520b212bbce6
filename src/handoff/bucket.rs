//! A bucket as a second place: S3, and whatever speaks it (`MinIO`, R2, Google's by its HMAC keys).

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use ureq::http::{Request, Response, StatusCode};
use ureq::{AsSendBody, Body, SendBody};

use super::NightError;
use super::folder::hex;
use super::remote::{Remote, agent, is_same, unreachable};
use super::sign::{Keys, Signed, authorization};

/// As much of a refusal as is read: its few lines of XML.
const REFUSAL: u64 = 16 * 1024;

/// Which bucket, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketAddress {
    /// Its name.
    pub name: String,
    /// The folder in it that everything goes below; may be empty.
    pub folder: String,
    /// The server's address, with `{bucket}` where the name belongs into it, else the name begins the path. Empty: Amazon's
    /// own.
    pub endpoint: String,
    /// The region, as requests are signed for it.
    pub region: String,
}

impl BucketAddress {
    /// Scheme and host, and the path that everything begins with.
    fn place(&self) -> (String, String) {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let region = &self.region;
        let endpoint = match self.endpoint.trim_end_matches('/') {
            // A name with a dot is not covered by Amazon's certificate.
            "" if self.name.bytes().all(plain) => {
                format!("https://{{bucket}}.s3.{region}.amazonaws.com")
            }
            "" => format!("https://s3.{region}.amazonaws.com"),
            given => given.to_owned(),
        };
        let whole = if endpoint.contains("{bucket}") {
            endpoint.replace("{bucket}", &self.name)
        } else {
            format!("{endpoint}/{}", self.name)
        };
        let (scheme, rest) = whole.split_once("://").unwrap_or(("https", &whole));
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        // The usual port is not sent, so it must not be signed.
        let usual = if scheme == "http" { ":80" } else { ":443" };
        let host = host.strip_suffix(usual).unwrap_or(host);
        let names = path.split('/').chain(self.folder.split('/'));
        let path = names
            .filter(|name| !name.is_empty())
            .map(|name| format!("/{name}"));
        (format!("{scheme}://{host}"), path.collect())
    }
}

/// A bucket, and who we are to it.
#[derive(Clone, Debug)]
pub struct Bucket {
    /// For people: `s3://leads at minio.example:9000`.
    address: String,
    server: String,
    base: String,
    region: String,
    keys: Option<Keys>,
    agent: ureq::Agent,
}

impl Bucket {
    /// The bucket at this address, which must be there.
    pub fn new(at: &BucketAddress, keys: Option<Keys>) -> Self {
        let (server, base) = at.place();
        Self {
            address: format!("s3://{} at {}", at.name, host(&server)),
            server,
            base,
            region: at.region.clone(),
            keys,
            agent: agent(),
        }
    }

    fn ask(
        &self,
        method: &str,
        path: &str,
        (hash, body): (&str, impl AsSendBody),
    ) -> Result<Response<Body>, NightError> {
        let Some(keys) = &self.keys else {
            return Err(self.says(
                "wants keys",
                "set BOOTHSIDE_COPY_USER to the access key's id and BOOTHSIDE_COPY_PASSWORD to its secret, and start again",
            ));
        };
        let path = escaped(&format!("{}/{path}", self.base));
        let at = Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
        let mut headers = vec![
            ("host", host(&self.server)),
            ("x-amz-content-sha256", hash),
            ("x-amz-date", &at),
        ];
        headers.extend(
            keys.session
                .as_deref()
                .map(|token| ("x-amz-security-token", token)),
        );
        let signed = Signed {
            method,
            path: &path,
            headers: &headers,
            body: hash,
            at: &at,
            region: &self.region,
        };
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.server))
            .header("authorization", authorization(signed, keys));
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let request = request.body(body).map_err(|_| {
            self.says(
                "can't be asked",
                "look at copy_endpoint and copy_region in show.toml, and for stray characters in the keys",
            )
        })?;
        self.agent
            .run(request)
            .map_err(|error| unreachable(&self.address, &error))
    }

    /// What a refusal means for a person.
    fn refused(&self, refusal: Refusal) -> NightError {
        let Refusal {
            status,
            code,
            region,
            clock,
        } = refusal;
        match (code.as_str(), region, status.as_u16()) {
            ("InvalidAccessKeyId", ..) => self.says(
                "knows no such access key",
                "set BOOTHSIDE_COPY_USER to the key's id and BOOTHSIDE_COPY_PASSWORD to its secret, and start again",
            ),
            ("SignatureDoesNotMatch", ..) => self.says(
                "does not take the secret",
                "set BOOTHSIDE_COPY_PASSWORD to the secret of the key in BOOTHSIDE_COPY_USER, and start again",
            ),
            ("ExpiredToken" | "InvalidToken" | "TokenRefreshRequired", ..) => self.says(
                "does not take the session's token",
                "set BOOTHSIDE_COPY_TOKEN anew, or to nothing where the key needs none, and start again",
            ),
            ("NoSuchBucket", ..) => self.says(
                "has no such bucket",
                "make it there, or correct copy_to in show.toml",
            ),
            ("RequestTimeTooSkewed" | "RequestExpired", ..) => {
                let clock = clock.map(|it| format!(": there it is {it}"));
                let why = format!("finds this laptop's clock wrong{}", clock.unwrap_or_default());
                self.says(why, "set the clock, with its time zone")
            }
            (_, Some(region), 300..=400) if region != self.region => self.says(
                format!("has the bucket in another region, {region}"),
                "write that as copy_region in show.toml",
            ),
            (code, _, number) => {
                let code = (!code.is_empty()).then(|| format!(" ({code})"));
                let why = format!("answers {status}{}", code.unwrap_or_default());
                self.says(why, remedy(number))
            }
        }
    }

    fn says(&self, why: impl Into<String>, remedy: &'static str) -> NightError {
        NightError::Server {
            address: self.address.clone(),
            why: why.into(),
            remedy,
        }
    }
}

/// A server's no.
struct Refusal {
    status: StatusCode,
    /// Its code in the answer's few lines of XML; may be empty.
    code: String,
    /// Where the bucket is, if it says so.
    region: Option<String>,
    /// What time it is there.
    clock: Option<String>,
}

impl Refusal {
    fn of(mut answer: Response<Body>) -> Self {
        let header = |name: &str| Some(answer.headers().get(name)?.to_str().ok()?.to_owned());
        let (clock, region) = (header("date"), header("x-amz-bucket-region"));
        let text = answer.body_mut().with_config().limit(REFUSAL);
        let text = text.read_to_string().unwrap_or_default();
        Self {
            status: answer.status(),
            code: word(&text, "Code").unwrap_or_default().to_owned(),
            region: region.or_else(|| word(&text, "Region").map(str::to_owned)),
            clock,
        }
    }
}

fn remedy(status: u16) -> &'static str {
    match status {
        300..=399 => {
            "write the bucket's own address as copy_endpoint in show.toml, and its copy_region"
        }
        401 | 403 => "let the key list, read and write in this bucket",
        400 | 404 | 405 => {
            "see that copy_endpoint in show.toml is an S3 server's, and copy_region the bucket's"
        }
        413 | 507 => "make room on the server",
        _ => "look at the server",
    }
}

/// What stands in this element, if it is a word: it is told to people.
fn word<'a>(xml: &'a str, element: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(&format!("<{element}>"))?;
    let (word, _) = rest.split_once('<')?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (word.len() < 64 && word.bytes().all(plain)).then_some(word)
}

fn host(server: &str) -> &str {
    server.split_once("://").map_or(server, |(_, host)| host)
}

/// A path with everything escaped but slashes and what RFC 3986 leaves unreserved, as it is signed.
fn escaped(path: &str) -> String {
    super::mail::escaped(path)
        .replace("%2F", "/")
        .replace('@', "%40")
}

/// The SHA-256 of a file in hex.
fn sha256(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&hash.finalize())),
            length => hash.update(&buffer[..length]),
        }
    }
}

impl Remote for Bucket {
    fn folder(&self, _path: &str) -> Result<(), NightError> {
        // A bucket has names with slashes and no folders.
        Ok(())
    }

    fn put(&self, path: &str, from: &Path) -> Result<(), NightError> {
        let failed = |source| NightError::write(from.to_owned(), source);
        let hash = sha256(from).map_err(failed)?;
        let file = File::open(from).map_err(failed)?;
        let answer = self.ask("PUT", path, (&hash, &file))?;
        if answer.status().is_success() {
            return Ok(());
        }
        Err(self.refused(Refusal::of(answer)))
    }

    fn has(&self, path: &str, bytes: &[u8]) -> Result<bool, NightError> {
        let nothing = hex(&Sha256::digest([]));
        let answer = self.ask("GET", path, (&nothing, SendBody::none()))?;
        if answer.status().is_success() {
            return Ok(is_same(answer, bytes));
        }
        let refusal = Refusal::of(answer);
        if refusal.code == "NoSuchKey" {
            return Ok(false);
        }
        Err(self.refused(refusal))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Amazon's own hosts, a name that its certificate does not cover, hosts with the name in them, and plain servers.
    #[test]
    fn the_name_stands_in_the_host_or_begins_the_path() {
        for (name, endpoint, server, base) in [
            ("leads", "", "https://leads.s3.eu-west-1.amazonaws.com", ""),
            (
                "our.leads",
                "",
                "https://s3.eu-west-1.amazonaws.com",
                "/our.leads",
            ),
            (
                "leads",
                "https://{bucket}.oss.example.com",
                "https://leads.oss.example.com",
                "",
            ),
            (
                "leads",
                "https://minio.example.com:9000/",
                "https://minio.example.com:9000",
                "/leads",
            ),
            (
                "leads",
                "https://r2.example.com:443",
                "https://r2.example.com",
                "/leads",
            ),
            (
                "leads",
                "https://x.example.com/storage/v1/s3",
                "https://x.example.com",
                "/storage/v1/s3/leads",
            ),
        ] {
            let at = BucketAddress {
                name: name.into(),
                folder: "shows/26".into(),
                endpoint: endpoint.into(),
                region: "eu-west-1".into(),
            };
            assert_eq!(at.place(), (server.into(), format!("{base}/shows/26")));
        }
    }
}
