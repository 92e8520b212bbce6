//! A bucket as a second place: one on this laptop that looks at every signature's form and refuses when it is told to, and a
//! server by other hands that checks the signatures themselves.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};

use boothside::handoff::{Bucket, BucketAddress, Keys, mirror_to};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::listens::{Answer, Asked, listen};
use crate::night::{booth, written};
use crate::night_server::tree;

/// What a bucket called `leads` keeps, and what it was asked.
#[derive(Debug, Default)]
struct Shelf {
    files: BTreeMap<String, Vec<u8>>,
    asked: Vec<String>,
    /// The next so many `PUT`s go through, then this is answered: status, headers, code in XML.
    trouble: Option<(usize, &'static str, &'static str, &'static str)>,
}

impl Shelf {
    fn answer(&mut self, asked: Asked) -> Answer {
        self.asked.push(format!("{} {}", asked.method, asked.path));
        let Some(name) = asked.path.strip_prefix("/leads/") else {
            return refusal("404 Not Found", "", "<Code>NoSuchBucket</Code>");
        };
        match (asked.method.as_str(), self.trouble) {
            ("PUT", Some((0, status, headers, code))) => {
                self.trouble = None;
                return refusal(status, headers, code);
            }
            ("PUT", Some((left, status, headers, code))) => {
                self.trouble = Some((left - 1, status, headers, code));
            }
            _ => {}
        }
        match asked.method.as_str() {
            "PUT" => {
                self.files.insert(name.replace("%3D", "="), asked.body);
                Answer::of("200 OK", "")
            }
            _ => match self.files.get(name) {
                Some(bytes) => Answer::of("200 OK", bytes.clone()),
                None => refusal("404 Not Found", "", "<Code>NoSuchKey</Code>"),
            },
        }
    }
}

fn refusal(status: &str, headers: &str, code: &str) -> Answer {
    let xml = format!("<?xml version=\"1.0\"?><Error>{code}<Message>no</Message></Error>");
    Answer {
        headers: headers.to_owned(),
        ..Answer::of(status, xml)
    }
}

/// Holds a request against what AWS's "Signature Version 4" says of its headers.
fn check_form(asked: &Asked, address: &str, session: Option<&str>) {
    let hash = sha256(&asked.body);
    assert_eq!(asked.header("x-amz-content-sha256"), hash, "{}", asked.path);
    assert_eq!(asked.header("host"), address);
    let at = asked.header("x-amz-date");
    let digits = at.replace(['T', 'Z'], "");
    assert!(
        at.len() == 16 && digits.len() == 14 && digits.bytes().all(|byte| byte.is_ascii_digit()),
        "{at}"
    );
    let told = asked.header("authorization");
    let told = told.strip_prefix("AWS4-HMAC-SHA256 ").expect(told);
    let parts: BTreeMap<&str, &str> = told
        .split(", ")
        .filter_map(|part| part.split_once('='))
        .collect();
    let scope = format!("AKIABOOTH/{}/eu-west-1/s3/aws4_request", &at[..8]);
    assert_eq!(parts["Credential"], scope);
    let names = match session {
        Some(_) => "host;x-amz-content-sha256;x-amz-date;x-amz-security-token",
        None => "host;x-amz-content-sha256;x-amz-date",
    };
    assert_eq!(parts["SignedHeaders"], names);
    assert_eq!(asked.header("x-amz-security-token"), session.unwrap_or(""));
    let signature = parts["Signature"];
    assert!(
        signature.len() == 64 && signature.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "{signature}"
    );
    assert!(!told.contains("hunter2"));
}

/// A server with one bucket; requests whose signature has not the form it should have end the connection.
fn server(session: Option<&'static str>) -> (String, Arc<Mutex<Shelf>>) {
    let shelf = Arc::new(Mutex::new(Shelf::default()));
    let inside = Arc::clone(&shelf);
    let host = Arc::new(Mutex::new(String::new()));
    let own = Arc::clone(&host);
    let address = listen(move |asked| {
        check_form(&asked, &own.lock().expect("its name"), session);
        inside.lock().expect("the shelf").answer(asked)
    });
    host.lock().expect("its name").clone_from(&address);
    (address, shelf)
}

fn at(name: &str, address: &str) -> BucketAddress {
    BucketAddress {
        name: name.into(),
        folder: "shows/26 @ hall".into(),
        endpoint: format!("http://{address}"),
        region: "eu-west-1".into(),
    }
}

fn keys(session: Option<&str>) -> Keys {
    Keys {
        id: "AKIABOOTH".into(),
        secret: "hunter2".into(),
        session: session.map(str::to_owned),
    }
}

fn sha256(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        write!(text, "{byte:02x}").expect("written");
    }
    text
}

#[test]
fn a_bucket_gets_what_it_lacks_byte_for_byte_and_the_manifest_last() {
    let night = tempfile::tempdir().expect("a folder");
    for session in [None, Some("a/token+of=a/session")] {
        let (address, shelf) = server(session);
        let bucket = Bucket::new(&at("leads", &address), Some(keys(session)));
        let done = written(&booth(), night.path());
        let copied = mirror_to(night.path(), &bucket, "MTF-A").expect("copied");
        assert!(copied >= 1);
        let base = format!("shows/26%20%40%20hall/MTF-A/{}/", done.folder);
        let asked = std::mem::take(&mut shelf.lock().expect("the shelf").asked);
        let files = &shelf.lock().expect("the shelf").files;
        let there: BTreeMap<String, Vec<u8>> = files
            .iter()
            .filter_map(|(name, bytes)| Some((name.strip_prefix(&base)?.into(), bytes.clone())))
            .collect();
        assert_eq!(there, tree(&done.path));
        let last = asked.iter().rfind(|line| line.starts_with("PUT"));
        assert_eq!(last, Some(&format!("PUT /leads/{base}manifest.json")));
    }
}

#[test]
fn a_whole_bucket_is_only_looked_at() {
    let night = tempfile::tempdir().expect("a folder");
    let (address, shelf) = server(None);
    let bucket = Bucket::new(&at("leads", &address), Some(keys(None)));
    written(&booth(), night.path());
    assert_eq!(mirror_to(night.path(), &bucket, "A").expect("copied"), 1);
    shelf.lock().expect("the shelf").asked.clear();
    assert_eq!(mirror_to(night.path(), &bucket, "A").expect("whole"), 0);
    let asked = &shelf.lock().expect("the shelf").asked;
    assert!(
        asked.iter().all(|line| line.starts_with("GET")),
        "{asked:?}"
    );
    assert_eq!(asked.len(), 1);
}

/// Each refusal is one sentence with what helps; what broke off is no export and is made whole the next time.
#[test]
fn a_refusal_is_said_with_what_helps_and_the_next_try_makes_it_whole() {
    const REGION: &str = "x-amz-bucket-region: eu-north-1\r\n";
    let night = tempfile::tempdir().expect("a folder");
    let (address, shelf) = server(None);
    let bucket = Bucket::new(&at("leads", &address), Some(keys(None)));
    let done = written(&booth(), night.path());
    let local = tree(&done.path);
    for (status, headers, xml, words) in [
        (
            "403 Forbidden",
            "",
            "<Code>InvalidAccessKeyId</Code>",
            ["no such access key", "BOOTHSIDE_COPY_USER"],
        ),
        (
            "403 Forbidden",
            "",
            "<Code>SignatureDoesNotMatch</Code>",
            ["the secret", "BOOTHSIDE_COPY_PASSWORD"],
        ),
        (
            "400 Bad Request",
            "",
            "<Code>ExpiredToken</Code>",
            ["session", "BOOTHSIDE_COPY_TOKEN"],
        ),
        (
            "403 Forbidden",
            "",
            "<Code>AccessDenied</Code>",
            ["403 Forbidden (AccessDenied)", "list, read and write"],
        ),
        (
            "403 Forbidden",
            "Date: Sun, 22 Nov 2026 17:05:00 GMT\r\n",
            "<Code>RequestTimeTooSkewed</Code>",
            [
                "clock wrong: there it is Sun, 22 Nov 2026 17:05:00 GMT",
                "set the clock",
            ],
        ),
        (
            "301 Moved Permanently",
            REGION,
            "<Code>PermanentRedirect</Code>",
            ["another region, eu-north-1", "copy_region"],
        ),
        (
            "400 Bad Request",
            "",
            "<Code>AuthorizationHeaderMalformed</Code><Region>eu-north-1</Region>",
            ["another region, eu-north-1", "copy_region"],
        ),
        (
            "307 Temporary Redirect",
            "Location: https://elsewhere.example/\r\n",
            "<Code>TemporaryRedirect</Code>",
            ["307", "copy_endpoint"],
        ),
        (
            "404 Not Found",
            "",
            "<Code>NoSuchBucket</Code>",
            ["no such bucket", "copy_to in show.toml"],
        ),
        (
            "404 Not Found",
            "",
            "not xml at all \u{1b}[31m",
            ["404 Not Found", "copy_endpoint"],
        ),
        (
            "507 Insufficient Storage",
            "",
            "<Code>XMinioStorageFull</Code>",
            ["XMinioStorageFull", "make room"],
        ),
        (
            "503 Service Unavailable",
            "",
            "<Code>\u{1b}[31mSlowDown</Code>",
            ["503 Service Unavailable", "look at the server"],
        ),
    ] {
        shelf.lock().expect("the shelf").trouble = Some((5, status, headers, xml));
        let fault = mirror_to(night.path(), &bucket, "A")
            .expect_err(xml)
            .to_string();
        for word in words {
            assert!(fault.contains(word), "{word:?} in {fault}");
        }
        assert!(
            fault.contains(&format!("s3://leads at {address}")),
            "{fault}"
        );
        assert!(
            !fault.contains(char::is_control) && !fault.contains("hunter2"),
            "{fault}"
        );
        let files = &shelf.lock().expect("the shelf").files;
        assert!(!files.keys().any(|name| name.ends_with("/manifest.json")));
        assert_eq!(tree(&done.path), local, "the local folder is the truth");
    }
    assert_eq!(mirror_to(night.path(), &bucket, "A").expect("copied"), 1);
}

#[test]
fn no_bucket_no_server_and_no_keys_are_said_before_anything_is_sent() {
    let night = tempfile::tempdir().expect("a folder");
    written(&booth(), night.path());
    let (address, shelf) = server(None);
    let fault = |bucket: &Bucket| {
        let fault = mirror_to(night.path(), bucket, "A").expect_err("a fault");
        fault.to_string()
    };
    let nobody = Bucket::new(&at("leads", &address), None);
    assert!(fault(&nobody).contains("BOOTHSIDE_COPY_USER"));
    assert!(shelf.lock().expect("the shelf").asked.is_empty());
    let wrong = Bucket::new(&at("leadz", &address), Some(keys(None)));
    assert!(
        fault(&wrong).contains("no such bucket"),
        "{}",
        fault(&wrong)
    );
    assert!(!format!("{wrong:?}").contains("hunter2"));
    let deaf = Bucket::new(&at("leads", "127.0.0.1:1"), Some(keys(None)));
    assert!(
        fault(&deaf).contains("can't be reached"),
        "{}",
        fault(&deaf)
    );
}

/// The whole program: the bucket from show.toml, the keys from the environment, the failure on stderr, the folder here.
#[test]
fn the_night_command_brings_its_folder_to_the_bucket() {
    let home = tempfile::tempdir().expect("a folder");
    let show = home.path().join("show");
    let (address, shelf) = server(None);
    boothside::show::init(&show).expect("a show");
    let toml = show.join("show.toml");
    let text = fs::read_to_string(&toml).expect("show.toml");
    let place = format!(
        "[night]\ncopy_to = \"s3://leads/shows/\"\ncopy_endpoint = \"http://{address}/\"\ncopy_region = \"eu-west-1\"\n\n[campaign]"
    );
    fs::write(&toml, text.replace("[campaign]", &place)).expect("written");
    let night = |user: &str| {
        Command::new(env!("CARGO_BIN_EXE_boothside"))
            .arg("night")
            .arg(&show)
            .env("XDG_CONFIG_HOME", home.path())
            .env("XDG_STATE_HOME", home.path())
            .env("BOOTHSIDE_COPY_USER", user)
            .env("BOOTHSIDE_COPY_PASSWORD", "hunter2")
            .env_remove("BOOTHSIDE_COPY_TOKEN")
            .output()
            .expect("boothside starts")
    };
    let refused = night("");
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success());
    assert!(
        told.contains("NOT in the second place") && told.contains("wants keys"),
        "{told}"
    );
    let done = night(" AKIABOOTH\n");
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{told}");
    assert!(!told.contains("hunter2"), "{told}");
    let shelf = shelf.lock().expect("the shelf");
    let whole = shelf
        .files
        .keys()
        .filter(|name| name.starts_with("shows/SHOW26-") && name.ends_with("/manifest.json"));
    assert_eq!(whole.count(), 2, "both exports: {:#?}", shelf.files.keys());
}

/// moto, a server by other hands: it looks up the key, works the signature out by botocore and holds the rights against it.
const SERVER: &str = r#"
import hashlib, json, sys
try:
    import boto3, requests
    from moto.server import ThreadedMotoServer
except ImportError:
    sys.exit(3)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
url = "http://%s:%s" % server.get_host_and_port()
def client(service, id, secret):
    return boto3.client(service, endpoint_url=url, region_name="us-east-1", aws_access_key_id=id, aws_secret_access_key=secret)
client("s3", "root", "root").create_bucket(Bucket="leads")
iam = client("iam", "root", "root")
iam.create_user(UserName="booth")
key = iam.create_access_key(UserName="booth")["AccessKey"]
may = {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:ListBucket"], "Resource": "*"}
iam.put_user_policy(UserName="booth", PolicyName="p", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [may]}))
# From here on every request has to be signed.
requests.post(url + "/moto-api/reset-auth", data="0")
print(json.dumps([url, key["AccessKeyId"], key["SecretAccessKey"]]), flush=True)
s3 = client("s3", key["AccessKeyId"], key["SecretAccessKey"])
for _ in sys.stdin:
    found = {}
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket="leads"):
        for item in page.get("Contents", []):
            found[item["Key"]] = hashlib.sha256(s3.get_object(Bucket="leads", Key=item["Key"])["Body"].read()).hexdigest()
    print(json.dumps(found), flush=True)
"#;

/// The server in another process; it ends when its input does.
struct Other {
    child: Child,
    lines: BufReader<ChildStdout>,
    input: Option<ChildStdin>,
}

impl Other {
    fn start(home: &Path) -> Option<Self> {
        let log = fs::File::create(home.join("moto.log")).expect("a log");
        let mut child = Command::new("python3")
            .args(["-c", SERVER])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .ok()?;
        let lines = BufReader::new(child.stdout.take().expect("its words"));
        let input = child.stdin.take();
        Some(Self {
            child,
            lines,
            input,
        })
    }

    /// The next line; none when it ended.
    fn line(&mut self) -> Option<Value> {
        let mut line = String::new();
        self.lines.read_line(&mut line).ok()?;
        serde_json::from_str(&line).ok()
    }

    /// Every file in the bucket with its SHA-256, read by its own client.
    fn files(&mut self) -> BTreeMap<String, String> {
        let input = self.input.as_mut().expect("its ear");
        input.write_all(b"list\n").expect("asked");
        serde_json::from_value(self.line().expect("a list")).expect("names and hashes")
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_server_by_other_hands_takes_the_export_and_checks_every_signature() {
    let home = tempfile::tempdir().expect("a folder");
    let ready = Other::start(home.path()).and_then(|mut other| Some((other.line()?, other)));
    let Some((told, mut other)) = ready else {
        let log = fs::read_to_string(home.path().join("moto.log")).unwrap_or_default();
        assert!(
            log.trim().is_empty(),
            "moto is there and does not start: {log}"
        );
        eprintln!(
            "skipped: moto is not installed for python3; pip install 'moto[s3]' flask flask-cors"
        );
        return;
    };
    let (url, id, secret): (String, String, String) =
        serde_json::from_value(told).expect("address and keys");
    let bucket = |name: &str, id: &str, secret: &str| {
        let at = BucketAddress {
            endpoint: url.clone(),
            region: "us-east-1".into(),
            ..at(name, "")
        };
        let keys = Keys {
            id: id.into(),
            secret: secret.into(),
            session: None,
        };
        Bucket::new(&at, Some(keys))
    };
    let night = tempfile::tempdir().expect("a folder");
    let done = written(&booth(), night.path());
    for (bucket, words) in [
        (bucket("leads", &id, "hunter2"), "does not take the secret"),
        (bucket("leads", "AKIANOBODY", &secret), "no such access key"),
        // moto 5.2.1 takes a missing bucket for a wrong signature, later ones tell it.
        (bucket("leadz", &id, &secret), ""),
    ] {
        let fault = mirror_to(night.path(), &bucket, "MTF-A").expect_err(words);
        assert!(fault.to_string().contains(words), "{words:?} in {fault}");
    }
    assert_eq!(other.files(), BTreeMap::new());
    let right = bucket("leads", &id, &secret);
    assert_eq!(mirror_to(night.path(), &right, "MTF-A").expect("copied"), 1);
    let mine: BTreeMap<String, String> = tree(&done.path)
        .into_iter()
        .map(|(name, bytes)| {
            let name = format!("shows/26 @ hall/MTF-A/{}/{name}", done.folder);
            (name, sha256(&bytes))
        })
        .collect();
    assert_eq!(other.files(), mine);
    assert_eq!(mirror_to(night.path(), &right, "MTF-A").expect("whole"), 0);
}
