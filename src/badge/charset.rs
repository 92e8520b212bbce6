//! Bytes of a badge -> text: byte order marks, UTF-8, and Windows-1252 where nothing else fits.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of a whole payload.
pub fn to_text(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Some(encoding) = unmarked_utf_16(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    decode(bytes, None)
}

/// Encodings by names that phones write and no standard knows.
fn by_name(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().trim_matches('"').to_lowercase();
    let known = match label.as_str() {
        "cp932" | "ms932" | "shift-jis" | "shiftjis" => "shift_jis",
        "cp936" | "ms936" => "gbk",
        "cp949" | "ms949" => "euc-kr",
        "cp950" => "big5",
        "latin-1" | "iso8859-1" | "ansi" => "windows-1252",
        "mac-roman" | "macroman" => "macintosh",
        other => other,
    };
    Encoding::for_label(known.as_bytes())
}

/// Whether a payload is UTF-16, marked or told by the zeros between Latin letters.
pub fn is_utf_16(bytes: &[u8]) -> bool {
    unmarked_utf_16(bytes).is_some()
        || matches!(Encoding::for_bom(bytes), Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE)
}

fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes.get(..4)? {
        [a, 0, b, 0] if *a != 0 && *b != 0 => Some(UTF_16LE),
        [0, a, 0, b] if *a != 0 && *b != 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// The text of a part whose charset may be named. A name that is nonsense is ignored.
pub fn decode<'a>(bytes: &'a [u8], charset: Option<&str>) -> Cow<'a, str> {
    let named = charset.and_then(by_name);
    if let Some(encoding) = named
        && encoding != UTF_8
    {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    match UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => text,
        None => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// UTF-16 as UTF-8 bytes, other payloads as they are without a mark: what a reader of lines can work on.
pub fn to_bytes(bytes: &[u8]) -> Cow<'_, [u8]> {
    match Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            let text = encoding.decode_without_bom_handling(&bytes[mark..]).0;
            Cow::Owned(text.into_owned().into_bytes())
        }
        Some((_, mark)) => Cow::Borrowed(&bytes[mark..]),
        None => match unmarked_utf_16(bytes) {
            Some(_) => Cow::Owned(to_text(bytes).into_owned().into_bytes()),
            None => Cow::Borrowed(bytes),
        },
    }
}
