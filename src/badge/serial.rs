//! Bytes of a serial line or pipe -> scans: one a line, whole cards where a card has lines of its own.

use super::charset::to_text;

/// A scan without a line end is over when nothing follows for so long, in ms.
const SILENCE_MS: u64 = 150;

/// A card that was begun may pause so long between its lines, in ms; then what came of it is taken.
const CARD_MS: u64 = 1_000;

/// The same payload within so long is one scan, in ms.
const AGAIN_MS: u64 = 3_000;

/// More bytes than any code holds without an end are taken as they are: a QR code ends at 7,089 digits.
const LONGEST: usize = 64 * 1024;

/// How payloads begin that have line breaks inside, and how each ends; empty: with a silence.
const CARDS: [(&str, &str); 4] = [
    ("BEGIN:VCARD", "END:VCARD"),
    ("MECARD+", ""),
    ("MEMORY:", ""),
    ("NAME1:", ""),
];

/// Cuts what a scanner sends into scans.
#[derive(Clone, Debug, Default)]
pub struct Serial {
    bytes: Vec<u8>,
    last_ms: u64,
    before: Option<(u64, String)>,
}

impl Serial {
    /// Takes bytes that came at a time in ms. Times never go back.
    pub fn bytes(&mut self, at_ms: u64, bytes: &[u8]) -> Vec<String> {
        let mut scans: Vec<String> = self.tick(at_ms).into_iter().collect();
        for byte in bytes {
            self.bytes.push(*byte);
            if self.is_whole() {
                scans.extend(self.take(at_ms));
            }
        }
        self.last_ms = at_ms;
        scans
    }

    /// Time passed: a scan that is over comes out.
    pub fn tick(&mut self, now_ms: u64) -> Option<String> {
        let over = self.deadline().is_some_and(|deadline| now_ms >= deadline);
        if over { self.take(now_ms) } else { None }
    }

    /// When it must be told the time, ms; none while it holds nothing.
    pub fn deadline(&self) -> Option<u64> {
        let patience = match self.card() {
            Some(_) => CARD_MS,
            None => SILENCE_MS,
        };
        (!self.bytes.is_empty()).then_some(self.last_ms + patience)
    }

    /// Takes what there is: the line was cut.
    pub fn flush(&mut self, now_ms: u64) -> Option<String> {
        self.take(now_ms)
    }

    /// How the card that was begun ends, if one was.
    fn card(&self) -> Option<&'static str> {
        // A prefix of the scanner may stand before it.
        let head = &self.bytes[..self.bytes.len().min(32)];
        CARDS.iter().find_map(|(begin, end)| {
            let found = head
                .windows(begin.len())
                .any(|part| part.eq_ignore_ascii_case(begin.as_bytes()));
            found.then_some(*end)
        })
    }

    fn is_whole(&self) -> bool {
        let Some(b'\n' | b'\r') = self.bytes.last() else {
            return self.bytes.len() >= LONGEST;
        };
        match self.card() {
            None => true,
            Some("") => false,
            Some(end) => {
                let tail = &self.bytes[self.bytes.len().saturating_sub(end.len() + 8)..];
                tail.windows(end.len())
                    .any(|part| part.eq_ignore_ascii_case(end.as_bytes()))
            }
        }
    }

    fn take(&mut self, at_ms: u64) -> Option<String> {
        let bytes = std::mem::take(&mut self.bytes);
        // Control characters around it frame it (STX, ETX, EOT); inside it they are data.
        let frame = |letter: char| letter.is_whitespace() || letter.is_control();
        let payload = to_text(&bytes).trim_matches(frame).to_owned();
        if payload.is_empty() {
            return None;
        }
        let again = self.before.as_ref().is_some_and(|(before_ms, before)| {
            *before == payload && at_ms.saturating_sub(*before_ms) <= AGAIN_MS
        });
        self.before = Some((at_ms, payload.clone()));
        (!again).then_some(payload)
    }
}

#[cfg(test)]
#[allow(clippy::type_complexity)] // a table of cases reads as a table
mod tests {
    use super::*;

    /// What comes out of pieces with their times in ms, told the time at the end.
    fn scans(pieces: &[(u64, &[u8])]) -> Vec<String> {
        let mut serial = Serial::default();
        let mut out = Vec::new();
        for (at, bytes) in pieces {
            out.extend(serial.bytes(*at, bytes));
        }
        out.extend(serial.tick(u64::MAX));
        out
    }

    #[test]
    fn lines_bursts_and_cards_are_one_scan_each() {
        let cases: &[(&[(u64, &[u8])], &[&str])] = &[
            (&[(0, b"004290\r\n004117\r\n")], &["004290", "004117"]),
            (&[(0, b"0042"), (10, b"90\r")], &["004290"]),
            (&[(0, b"\x02004290\x03\r\x04")], &["004290"]),
            (&[(0, b"A\x1dB\r")], &["A\x1dB"]),
            (&[(0, b"004290"), (400, b"004117")], &["004290", "004117"]),
            (
                &[(0, b"7\n"), (2_900, b"7\n"), (9_000, b"7\n")],
                &["7", "7"],
            ),
            (
                &[(0, b"BEGIN:VCARD\r\nFN:A\r\n"), (700, b"END:VCARD\r\n9\n")],
                &["BEGIN:VCARD\r\nFN:A\r\nEND:VCARD", "9"],
            ),
            (
                &[(0, b"BEGIN:VCARD\nFN:A\n"), (5_000, b"9\n")],
                &["BEGIN:VCARD\nFN:A", "9"],
            ),
            (
                &[(0, b"MECARD+\r\nN:Doe, John\r\nORG:X\r\n")],
                &["MECARD+\r\nN:Doe, John\r\nORG:X"],
            ),
            (&[(0, b"M\xfcller\n")], &["M\u{fc}ller"]),
            (&[(0, b"\r\n\r\n \n")], &[]),
        ];
        for (pieces, want) in cases {
            assert_eq!(scans(pieces), *want, "{pieces:?}");
        }
        let endless = vec![b'x'; 3 * LONGEST + 5];
        // The second and third piece are the first again.
        let lengths: Vec<usize> = scans(&[(0, &endless)]).iter().map(String::len).collect();
        assert_eq!(lengths, [LONGEST, 5]);
    }
}
