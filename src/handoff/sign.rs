//! The signature that S3, and what speaks it, wants on every request: AWS Signature Version 4, in headers. Pure.
//!
//! Sixty lines over the hash that is here anyway: a crate that signs brings 30 others, a second one for dates and the tables
//! of every script in Unicode among them.

use std::fmt::{self, Write as _};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use super::folder::hex;

/// Who we are to a bucket. Never shown and never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    /// The access key's id.
    pub id: String,
    /// Its secret.
    pub secret: String,
    /// The token of a session, where the key is a borrowed one.
    pub session: Option<String>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("keys")
    }
}

/// A request as it is signed.
#[derive(Clone, Copy)]
pub(super) struct Signed<'a> {
    /// `GET` or `PUT`.
    pub method: &'a str,
    /// The path as it is sent, escaped; there is no query.
    pub path: &'a str,
    /// The headers that are signed, as they are sent: names in small letters, sorted by them.
    pub headers: &'a [(&'a str, &'a str)],
    /// The SHA-256 of the body in hex.
    pub body: &'a str,
    /// When, as `20261122T183000Z`.
    pub at: &'a str,
    /// Where the bucket is.
    pub region: &'a str,
}

/// The request's `Authorization` header.
pub(super) fn authorization(request: Signed<'_>, keys: &Keys) -> String {
    let names: Vec<&str> = request.headers.iter().map(|(name, _)| *name).collect();
    let names = names.join(";");
    let mut headers = String::new();
    for (name, value) in request.headers {
        // Writing into a String can't fail.
        let _ = writeln!(headers, "{name}:{}", value.trim());
    }
    let canonical = format!(
        "{}\n{}\n\n{headers}\n{names}\n{}",
        request.method, request.path, request.body
    );
    let day = request.at.get(..8).unwrap_or_default();
    let scope = format!("{day}/{}/s3/aws4_request", request.region);
    let hash = hex(&Sha256::digest(canonical.as_bytes()));
    let text = format!("AWS4-HMAC-SHA256\n{}\n{scope}\n{hash}", request.at);
    let mut key = mac(format!("AWS4{}", keys.secret).as_bytes(), day);
    for part in [request.region, "s3", "aws4_request", &text] {
        key = mac(&key, part);
    }
    format!(
        "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={names}, Signature={}",
        keys.id,
        hex(&key)
    )
}

/// HMAC-SHA-256.
fn mac(key: &[u8], text: &str) -> Vec<u8> {
    // HMAC takes keys of any length, so there is always one.
    let made = Hmac::<Sha256>::new_from_slice(key).map(|mut mac| {
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().to_vec()
    });
    made.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked examples of AWS's "Authenticating Requests: Using the Authorization Header", with the keys given there.
    #[test]
    fn the_examples_of_aws_come_out_as_they_are_printed() {
        let keys = Keys {
            id: "AKIAIOSFODNN7EXAMPLE".into(),
            secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into(),
            session: None,
        };
        let host = ("host", "examplebucket.s3.amazonaws.com");
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let text = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";
        let at = ("x-amz-date", "20130524T000000Z");
        let get = [
            host,
            ("range", "bytes=0-9"),
            ("x-amz-content-sha256", nothing),
            at,
        ];
        let put = [
            ("date", "Fri, 24 May 2013 00:00:00 GMT"),
            host,
            ("x-amz-content-sha256", text),
            at,
            ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
        ];
        for (method, path, headers, body, signature) in [
            (
                "GET",
                "/test.txt",
                get.as_slice(),
                nothing,
                "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
            ),
            (
                "PUT",
                "/test%24file.text",
                &put,
                text,
                "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
            ),
        ] {
            let request = Signed {
                method,
                path,
                headers,
                body,
                at: at.1,
                region: "us-east-1",
            };
            let told = authorization(request, &keys);
            assert!(told.ends_with(&format!("Signature={signature}")), "{told}");
            assert!(
                told.starts_with(
                    "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders="
                ),
                "{told}"
            );
        }
    }
}
