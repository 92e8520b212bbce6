//! A follow-up to send by hand: an .eml that opens as a draft, with nothing in it that was not confirmed.

use super::table::clean;
use super::{Lead, NightShow};

/// Why there is no draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// There is no address.
    NoAddress,
    /// They said no.
    OptedOut,
    /// Nobody asked, and nothing was promised: where the law wants consent first, this would be advertising.
    NotAsked,
    /// show.toml names no sender with a postal address.
    NoSender,
}

impl Held {
    /// Why, in words for the packet.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoAddress => "no draft: there is no e-mail address",
            Self::OptedOut => "no draft: they do not want to be written to",
            Self::NotAsked => {
                "no draft: nobody asked whether we may write, and nothing was promised"
            }
            Self::NoSender => "no draft: show.toml's [night] names no sender with a postal address",
        }
    }
}

/// The draft, or why there is none.
pub fn draft(lead: &Lead, show: &NightShow<'_>) -> Result<String, Held> {
    if !super::is_email(lead.email.trim()) {
        return Err(Held::NoAddress);
    }
    if lead.consent_email == "opt_out" {
        return Err(Held::OptedOut);
    }
    if lead.consent_email != "opt_in" && lead.next_step.is_empty() {
        return Err(Held::NotAsked);
    }
    if show.rules.sender.trim().is_empty() {
        return Err(Held::NoSender);
    }
    // Outlook and Thunderbird open a file with this header as a message to be sent; From, Date and Message-ID are theirs.
    let mut mail = format!(
        "X-Unsent: 1\r\nTo: {}\r\nSubject: {}\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        address(lead.email.trim()),
        encoded(&subject(lead))
    );
    let body = body(lead, show).replace('\n', "\r\n");
    let encoded = base64(body.as_bytes());
    for line in encoded.as_bytes().chunks(76) {
        mail.push_str(&String::from_utf8_lossy(line));
        mail.push_str("\r\n");
    }
    Ok(mail)
}

fn subject(lead: &Lead) -> String {
    if lead.next_step.is_empty() {
        format!("Our talk at {}", lead.event_name)
    } else {
        format!(
            "{}, as agreed at {}",
            super::words::capital(&lead.next_step),
            lead.event_name
        )
    }
}

/// Only what a person confirmed: their name, the show, the day, the promise. No quotes, no grades, no other visitors.
fn body(lead: &Lead, show: &NightShow<'_>) -> String {
    let hello = if lead.full_name.is_empty() {
        "Hello,".to_owned()
    } else {
        format!("Hello {},", clean(&lead.full_name))
    };
    let day = lead.captured_local.get(..10).unwrap_or_default();
    let mut lines = vec![
        hello,
        String::new(),
        format!(
            "thank you for the talk at our stand at {} on {day}.",
            show.name
        ),
    ];
    if !lead.next_step.is_empty() {
        let due = if lead.next_step_due.is_empty() {
            String::new()
        } else {
            format!(" by {}", lead.next_step_due)
        };
        lines.push(format!(
            "As agreed{due}: {}.",
            clean(&lead.next_step).trim_end_matches('.')
        ));
    }
    lines.extend([String::new(), "Kind regards".to_owned(), lead.owner.clone()]);
    lines.extend([
        String::new(),
        "--".to_owned(),
        show.rules.sender.trim().to_owned(),
    ]);
    lines.push(format!(
        "You hear from us because we met at {}. If you would rather not, answer STOP and we will not write again.",
        show.name
    ));
    if !show.rules.privacy_url.is_empty() {
        lines.push(format!(
            "How we treat your data: {}",
            show.rules.privacy_url
        ));
    }
    lines.join("\n")
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
    let text: String = clean(text).replace('\n', " ");
    if text.is_ascii() && text.len() <= 60 {
        return text;
    }
    let mut words = Vec::new();
    let mut piece = String::new();
    for c in text.chars() {
        // 42 bytes make 56 letters of base64; with `=?utf-8?B?` and `?=` that is 68.
        if piece.len() + c.len_utf8() > 42 {
            words.push(format!("=?utf-8?B?{}?=", base64(piece.as_bytes())));
            piece.clear();
        }
        piece.push(c);
    }
    words.push(format!("=?utf-8?B?{}?=", base64(piece.as_bytes())));
    words.join("\r\n ")
}

/// RFC 4648 base64 with padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |place: usize| u32::from(three.get(place).copied().unwrap_or(0));
        let bits = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        for place in 0..4 {
            if place > three.len() {
                text.push('=');
            } else {
                let letter = (bits >> (18 - 6 * place)) & 63;
                text.push(char::from(LETTERS[letter as usize]));
            }
        }
    }
    text
}
