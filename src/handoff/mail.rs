//! A follow-up as a file that opens as a draft, and as a link for mail programs that don't open such files.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::table::clean;

/// The longest `mailto:` link that every mail program and browser takes, in bytes with everything escaped.
const LONGEST_LINK: usize = 1_800;

/// The mail as an .eml. Outlook and Thunderbird open a file with this header as a message to be sent; From, Date and
/// Message-ID are theirs.
pub fn eml(to: &str, subject: &str, body: &str) -> String {
    let mut mail = format!(
        "X-Unsent: 1\r\nTo: {}\r\nSubject: {}\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        address(to.trim()),
        encoded(subject)
    );
    let body = body.replace("\r\n", "\n").replace('\n', "\r\n");
    let encoded = STANDARD.encode(body.as_bytes());
    for line in encoded.as_bytes().chunks(76) {
        mail.push_str(&String::from_utf8_lossy(line));
        mail.push_str("\r\n");
    }
    mail
}

/// The mail as a `mailto:` link (RFC 6068). A body that is too long for one is left out whole: half a mail is none.
pub fn mailto(to: &str, subject: &str, body: &str) -> String {
    let short = format!(
        "mailto:{}?subject={}",
        escaped(&address(to.trim())),
        escaped(subject)
    );
    let body = escaped(&body.replace('\n', "\r\n"));
    let whole = format!("{short}&body={body}");
    if whole.len() <= LONGEST_LINK {
        whole
    } else {
        short
    }
}

/// Percent-encoded but for what RFC 3986 leaves unreserved, and the `@` of an address.
pub(super) fn escaped(text: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing into a String can't fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// An address beyond ASCII needs SMTPUTF8, which every current client takes as plain UTF-8 in the header.
fn address(email: &str) -> String {
    email
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .collect()
}

/// A header's text: plain where it is plain ASCII, else in RFC 2047 words of at most 75 characters, one a line.
fn encoded(text: &str) -> String {
    let text = clean(text).replace('\n', " ");
    if text.is_ascii() && text.len() <= 60 {
        return text;
    }
    let mut words = Vec::new();
    let mut piece = String::new();
    for c in text.chars() {
        // 42 bytes make 56 letters of base64; with `=?utf-8?B?` and `?=` that is 68.
        if piece.len() + c.len_utf8() > 42 {
            words.push(format!("=?utf-8?B?{}?=", STANDARD.encode(piece.as_bytes())));
            piece.clear();
        }
        piece.push(c);
    }
    words.push(format!("=?utf-8?B?{}?=", STANDARD.encode(piece.as_bytes())));
    words.join("\r\n ")
}
