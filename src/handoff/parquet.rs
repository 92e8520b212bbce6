//! Parquet, as much of it as plain tables need: one row group, one uncompressed page a column, PLAIN values (format 2.x).
//!
//! A column is made, written and let go before the next, so that a table of any width takes the memory of one column.
//! Written by ourselves: the whole is two hundred lines, and a library for it weighs more than the rest of the night.

use std::borrow::Cow;
use std::io::{self, Write};

/// Begins and ends every file.
const MAGIC: &[u8; 4] = b"PAR1";

/// One column's values. Texts and flags are always there (a text may be empty); the rest may be missing.
pub enum Values<'a> {
    /// UTF-8.
    Text(Vec<Cow<'a, str>>),
    /// Yes or no.
    Flag(Vec<bool>),
    /// Microseconds since 1970, UTC.
    Moment(Vec<Option<i64>>),
    /// A number.
    Number(Vec<Option<f64>>),
}

/// What a column holds, once its values are written.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Flag,
    Moment,
    Number,
}

/// Physical types by their numbers in `parquet.thrift`.
const BOOLEAN: i64 = 0;
const INT64: i64 = 2;
const DOUBLE: i64 = 5;
const BYTE_ARRAY: i64 = 6;

/// Encodings by their numbers there.
const PLAIN: i64 = 0;
const RLE: i64 = 3;

impl Kind {
    fn physical(self) -> i64 {
        match self {
            Self::Text => BYTE_ARRAY,
            Self::Flag => BOOLEAN,
            Self::Moment => INT64,
            Self::Number => DOUBLE,
        }
    }

    fn is_optional(self) -> bool {
        matches!(self, Self::Moment | Self::Number)
    }
}

impl Values<'_> {
    fn kind(&self) -> Kind {
        match self {
            Self::Text(_) => Kind::Text,
            Self::Flag(_) => Kind::Flag,
            Self::Moment(_) => Kind::Moment,
            Self::Number(_) => Kind::Number,
        }
    }

    /// The page without its header.
    fn page(&self) -> Vec<u8> {
        let mut out = Vec::new();
        match self {
            Self::Text(all) => {
                for text in all {
                    out.extend((text.len() as u32).to_le_bytes());
                    out.extend(text.as_bytes());
                }
            }
            Self::Flag(all) => {
                for eight in all.chunks(8) {
                    let bits = eight.iter().enumerate();
                    out.push(bits.fold(0, |byte, (at, flag)| byte | (u8::from(*flag) << at)));
                }
            }
            Self::Moment(all) => {
                levels(&mut out, all.iter().map(Option::is_some));
                out.extend(all.iter().flatten().flat_map(|value| value.to_le_bytes()));
            }
            Self::Number(all) => {
                levels(&mut out, all.iter().map(Option::is_some));
                out.extend(all.iter().flatten().flat_map(|value| value.to_le_bytes()));
            }
        }
        out
    }
}

/// Which rows have a value: runs of the RLE hybrid with one bit, behind their length in bytes.
fn levels(out: &mut Vec<u8>, there: impl Iterator<Item = bool>) {
    let mut runs: Vec<(bool, u64)> = Vec::new();
    for flag in there {
        match runs.last_mut() {
            Some((last, count)) if *last == flag => *count += 1,
            _ => runs.push((flag, 1)),
        }
    }
    let mut bytes = Vec::new();
    for (flag, count) in runs {
        varint(&mut bytes, count << 1);
        bytes.push(u8::from(flag));
    }
    out.extend((bytes.len() as u32).to_le_bytes());
    out.extend(bytes);
}

/// Writes a file of these columns, which are all as long as `rows`.
pub fn write<'a>(
    out: &mut dyn Write,
    table: &str,
    columns: impl Iterator<Item = (&'static str, Values<'a>)>,
    rows: usize,
) -> io::Result<()> {
    out.write_all(MAGIC)?;
    let mut at = MAGIC.len();
    let mut chunks = Vec::new();
    for (name, values) in columns {
        let page = values.page();
        let header = page_header(page.len(), rows);
        out.write_all(&header)?;
        out.write_all(&page)?;
        let size = header.len() + page.len();
        chunks.push(Chunk {
            name,
            kind: values.kind(),
            at,
            size,
        });
        at += size;
    }
    let footer = footer(table, &chunks, rows);
    out.write_all(&footer)?;
    out.write_all(&(footer.len() as u32).to_le_bytes())?;
    out.write_all(MAGIC)
}

fn page_header(bytes: usize, rows: usize) -> Vec<u8> {
    let mut header = Thrift::default();
    header.int(1, 0); // a data page
    header.int(2, bytes as i64);
    header.int(3, bytes as i64);
    header.open(5);
    header.int(1, rows as i64);
    header.int(2, PLAIN);
    header.int(3, RLE);
    header.int(4, RLE);
    header.close();
    header.end()
}

/// A column in the file.
struct Chunk {
    name: &'static str,
    kind: Kind,
    /// Its first byte.
    at: usize,
    size: usize,
}

fn footer(table: &str, chunks: &[Chunk], rows: usize) -> Vec<u8> {
    let mut meta = Thrift::default();
    meta.int(1, 1); // version
    meta.list(2, STRUCT, chunks.len() + 1);
    meta.item();
    meta.text(4, table);
    meta.int(5, chunks.len() as i64);
    meta.close();
    for chunk in chunks {
        schema_element(&mut meta, chunk);
    }
    meta.wide(3, rows as i64);
    meta.list(4, STRUCT, 1);
    meta.item();
    meta.list(1, STRUCT, chunks.len());
    for chunk in chunks {
        column_chunk(&mut meta, chunk, rows);
    }
    meta.wide(2, chunks.iter().map(|chunk| chunk.size as i64).sum());
    meta.wide(3, rows as i64);
    meta.close();
    meta.text(6, concat!("boothside version ", env!("CARGO_PKG_VERSION")));
    meta.end()
}

fn schema_element(meta: &mut Thrift, chunk: &Chunk) {
    meta.item();
    meta.int(1, chunk.kind.physical());
    meta.int(3, i64::from(chunk.kind.is_optional()));
    meta.text(4, chunk.name);
    match chunk.kind {
        Kind::Text => {
            meta.int(6, 0); // UTF8, for readers of the first format
            meta.open(10);
            meta.open(1); // STRING
            meta.close();
            meta.close();
        }
        Kind::Moment => {
            meta.int(6, 10); // TIMESTAMP_MICROS
            meta.open(10);
            meta.open(8); // TIMESTAMP
            meta.yes(1); // adjusted to UTC
            meta.open(2);
            meta.open(2); // MICROS
            meta.close();
            meta.close();
            meta.close();
            meta.close();
        }
        Kind::Flag | Kind::Number => {}
    }
    meta.close();
}

fn column_chunk(meta: &mut Thrift, chunk: &Chunk, rows: usize) {
    meta.item();
    meta.wide(2, chunk.at as i64);
    meta.open(3);
    meta.int(1, chunk.kind.physical());
    meta.list(2, I32, 2);
    meta.bare(PLAIN);
    meta.bare(RLE);
    meta.list(3, BINARY, 1);
    meta.bytes(chunk.name.as_bytes());
    meta.int(4, 0); // uncompressed
    meta.wide(5, rows as i64);
    meta.wide(6, chunk.size as i64);
    meta.wide(7, chunk.size as i64);
    meta.wide(9, chunk.at as i64);
    meta.close();
    meta.close();
}

/// Types of Thrift's compact protocol.
const TRUE: u8 = 1;
const I32: u8 = 5;
const I64: u8 = 6;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// Thrift's compact protocol, written.
#[derive(Default)]
struct Thrift {
    out: Vec<u8>,
    /// The last field of every open struct but the innermost, and of that one.
    outer: Vec<u8>,
    last: u8,
}

impl Thrift {
    fn field(&mut self, id: u8, kind: u8) {
        // Ids here are at most 10 and grow, so the short form with the difference always fits.
        self.out.push(((id - self.last) << 4) | kind);
        self.last = id;
    }

    fn bare(&mut self, value: i64) {
        varint(&mut self.out, ((value << 1) ^ (value >> 63)) as u64);
    }

    fn int(&mut self, id: u8, value: i64) {
        self.field(id, I32);
        self.bare(value);
    }

    fn wide(&mut self, id: u8, value: i64) {
        self.field(id, I64);
        self.bare(value);
    }

    fn yes(&mut self, id: u8) {
        self.field(id, TRUE);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        varint(&mut self.out, bytes.len() as u64);
        self.out.extend(bytes);
    }

    fn text(&mut self, id: u8, text: &str) {
        self.field(id, BINARY);
        self.bytes(text.as_bytes());
    }

    fn list(&mut self, id: u8, kind: u8, count: usize) {
        self.field(id, LIST);
        if count < 15 {
            self.out.push(((count as u8) << 4) | kind);
        } else {
            self.out.push(0xF0 | kind);
            varint(&mut self.out, count as u64);
        }
    }

    /// Opens a struct in a field.
    fn open(&mut self, id: u8) {
        self.field(id, STRUCT);
        self.item();
    }

    /// Opens a struct in a list.
    fn item(&mut self) {
        self.outer.push(self.last);
        self.last = 0;
    }

    fn close(&mut self) {
        self.out.push(0);
        self.last = self.outer.pop().unwrap_or_default();
    }

    fn end(mut self) -> Vec<u8> {
        self.out.push(0);
        self.out
    }
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7F) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
