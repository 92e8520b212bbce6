//! The journal: an append-only file of checksummed, chained lines. It is the truth; everything else can be rebuilt from it.
//!
//! A line is `CRC SEQ PREV JSON`: the CRC-32 of the rest of the line, the record's number from 1 on, the CRC of the record
//! before, and the deed. Readable with any pager, searchable with grep.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use crate::domain::Deed;

use super::wire;

/// What the journal is written to; a file but for tests of failing disks.
pub trait Disk: Send {
    /// Appends bytes.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Makes everything written durable.
    fn sync(&mut self) -> io::Result<()>;
    /// Cuts the file to a length in bytes.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

impl Disk for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        // fdatasync also makes the file's new length durable, which is all a reader needs.
        self.sync_data()
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)?;
        self.seek(SeekFrom::Start(length)).map(|_| ())
    }
}

/// Where the next record goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct End {
    /// Records so far.
    pub count: u64,
    /// The number of the last one; 0 for none.
    pub seq: u64,
    /// Its checksum.
    pub crc: u32,
    /// Good bytes.
    pub length: u64,
}

/// How many places of damage are told one by one; a person wants to know how much, not to read a list.
const TOLD: usize = 5;

/// A journal read back.
#[derive(Debug, Default)]
pub struct Contents {
    /// The JSON of each good record, in order.
    pub lines: Vec<String>,
    /// Where it ends.
    pub end: End,
    /// What was found damaged, a sentence each.
    pub remarks: Vec<String>,
    /// Damaged records before the last one.
    pub damaged: usize,
}

/// Reads a journal. A torn last record is left out and not counted into the good bytes; a damaged one in the middle
/// is reported with its line and the rest is read.
pub fn read(path: &Path) -> io::Result<Contents> {
    let mut bytes = Vec::new();
    match File::open(path) {
        Ok(mut file) => file.read_to_end(&mut bytes)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
        Err(error) => return Err(error),
    };
    let mut contents = Contents::default();
    let mut start = 0;
    let mut after_damage = false;
    let mut damaged = Vec::new();
    let mut unchained = Vec::new();
    for (number, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let last = start + line.len() == bytes.len();
        let good = line.strip_suffix(b"\n").and_then(record);
        start += line.len();
        match good {
            Some((seq, crc, previous, json)) => {
                // A whole line that does not follow the one before: records between them are gone, or one stands twice.
                if previous != contents.end.crc && !after_damage {
                    contents.damaged += 1;
                    unchained.push(out_of_chain(path, number + 1, contents.end.seq, seq));
                }
                after_damage = false;
                contents.lines.push(json.to_owned());
                contents.end = End {
                    count: contents.end.count + 1,
                    seq,
                    crc,
                    length: start as u64,
                };
            }
            None if last => contents.remarks.push(
                "the last record of the journal was torn by a sudden end and is cut off; everything acknowledged is there"
                    .to_owned(),
            ),
            None => {
                contents.damaged += 1;
                after_damage = true;
                damaged.push(number + 1);
            }
        }
    }
    let mut remarks = Vec::new();
    remarks.extend(damaged_lines(path, &damaged));
    remarks.extend(unchained.iter().take(TOLD).cloned());
    if let Some(more) = unchained.len().checked_sub(TOLD).filter(|more| *more > 0) {
        let places = if more == 1 { "place" } else { "places" };
        remarks.push(format!(
            "{more} more {places} of {} lack records or have them twice; the rest is read",
            path.display()
        ));
    }
    remarks.append(&mut contents.remarks);
    contents.remarks = remarks;
    Ok(contents)
}

/// All damaged lines in one sentence: "lines 3 to 17, 20 and 4 more of ... are damaged".
fn damaged_lines(path: &Path, damaged: &[usize]) -> Option<String> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for line in damaged {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *line => *last = *line,
            _ => runs.push((*line, *line)),
        }
    }
    let told: Vec<String> = runs
        .iter()
        .take(TOLD)
        .map(|(first, last)| {
            if first == last {
                first.to_string()
            } else {
                format!("{first} to {last}")
            }
        })
        .collect();
    let more: usize = runs
        .iter()
        .skip(TOLD)
        .map(|(first, last)| last - first + 1)
        .sum();
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    let (line, is) = match damaged {
        [] => return None,
        [_] => ("line", "is"),
        _ => ("lines", "are"),
    };
    Some(format!(
        "{line} {}{more} of {} {is} damaged and left out; the rest is read",
        told.join(", "),
        path.display()
    ))
}

fn out_of_chain(path: &Path, line: usize, before: u64, seq: u64) -> String {
    let what = match seq.saturating_sub(before) {
        0 => format!("record {seq} stands twice"),
        1 => format!("record {seq} does not belong after the one before it"),
        2 => format!("record {} is missing", before + 1),
        _ => format!("records {} to {} are missing", before + 1, seq - 1),
    };
    format!(
        "{what} at line {line} of {}; the rest is read",
        path.display()
    )
}

/// The number, checksum, checksum before and JSON of a good line.
fn record(line: &[u8]) -> Option<(u64, u32, u32, &str)> {
    let line = std::str::from_utf8(line).ok()?;
    let (crc, rest) = line.split_once(' ')?;
    let crc = u32::from_str_radix(crc, 16).ok()?;
    if crc32fast::hash(rest.as_bytes()) != crc {
        return None;
    }
    let (seq, rest) = rest.split_once(' ')?;
    let (previous, json) = rest.split_once(' ')?;
    let previous = u32::from_str_radix(previous, 16).ok()?;
    Some((seq.parse().ok()?, crc, previous, json))
}

/// An open journal.
pub struct Journal {
    disk: Box<dyn Disk>,
    end: End,
    /// A failed write may have left bytes after the end; the next one must cut them first.
    uncut: bool,
}

impl Journal {
    /// Opens a journal for appending after its last good record; creates it durably where there is none.
    pub fn open(path: &Path, end: End) -> io::Result<Self> {
        let fresh = !path.exists();
        // Not `append`: a torn tail is cut, and the next record starts where the last good one ended.
        let mut file = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(false)
            .open(path)?;
        Disk::cut(&mut file, end.length)?;
        file.sync_all()?;
        if fresh && let Some(folder) = path.parent() {
            File::open(folder)?.sync_all()?;
        }
        Ok(Self::on(Box::new(file), end))
    }

    /// A journal on any disk.
    pub fn on(disk: Box<dyn Disk>, end: End) -> Self {
        Self {
            disk,
            end,
            uncut: false,
        }
    }

    /// Where it ends.
    pub fn end(&self) -> End {
        self.end
    }

    /// Makes deeds durable, all with one sync. On an error none of them counts, and the next call begins where the last
    /// good record ended.
    pub fn append(&mut self, deeds: &[Deed]) -> io::Result<()> {
        self.append_lines(deeds.iter().map(wire::encode))
    }

    /// The same with deeds that are lines of JSON already.
    pub fn append_lines(&mut self, lines: impl Iterator<Item = String>) -> io::Result<()> {
        let mut end = self.end;
        let mut bytes = Vec::new();
        for json in lines {
            let rest = format!("{} {:08x} {json}", end.seq + 1, end.crc);
            let crc = crc32fast::hash(rest.as_bytes());
            let line = format!("{crc:08x} {rest}\n");
            end = End {
                count: end.count + 1,
                seq: end.seq + 1,
                crc,
                length: end.length + line.len() as u64,
            };
            bytes.extend_from_slice(line.as_bytes());
        }
        self.mend()?;
        self.uncut = true;
        let written = self.disk.write(&bytes).and_then(|()| self.disk.sync());
        if let Err(error) = written {
            // Now, so that a full disk gets its last bytes back; if it fails, the next call tries again.
            let _ = self.mend();
            return Err(error);
        }
        self.uncut = false;
        self.end = end;
        Ok(())
    }

    /// Cuts what a failed write left: the next record, glued to half a one, would be acknowledged and unreadable.
    fn mend(&mut self) -> io::Result<()> {
        if self.uncut {
            self.disk.cut(self.end.length)?;
            self.uncut = false;
        }
        Ok(())
    }
}
