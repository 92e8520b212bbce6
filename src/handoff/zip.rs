//! A ZIP archive of a few small files, stored as they are: the same files make the same bytes, and every system opens it.
//!
//! Written by ourselves because a packet needs 60 lines of APPNOTE 6.3 and no compression: texts of some kilobytes.

use std::io::{self, Write};

/// "Made by" and "needed to extract": 2.0, the first version with folders and deflate; every reader knows it.
const VERSION: u16 = 20;

/// Bit 11: names are UTF-8.
const UTF8: u16 = 1 << 11;

/// 1980-01-01 00:00, the earliest there is: the time of an export is no part of what it says.
const DATE: [u8; 4] = [0, 0, 0x21, 0];

/// An archive in the making.
pub struct Zip<'w> {
    out: &'w mut dyn Write,
    written: u32,
    directory: Vec<u8>,
    count: u16,
}

impl<'w> Zip<'w> {
    /// Begins an archive.
    pub fn new(out: &'w mut dyn Write) -> Self {
        Self {
            out,
            written: 0,
            directory: Vec::new(),
            count: 0,
        }
    }

    /// Adds a file.
    pub fn file(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        let at = self.written;
        let entry = entry(name, content);
        self.write(&0x0403_4b50_u32.to_le_bytes())?;
        self.write(&entry)?;
        self.write(name.as_bytes())?;
        self.write(content)?;
        self.directory.extend(0x0201_4b50_u32.to_le_bytes());
        self.directory.extend(VERSION.to_le_bytes());
        self.directory.extend(&entry);
        // No comment, the first disk, no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(at.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.count += 1;
        Ok(())
    }

    /// Ends the archive.
    pub fn finish(mut self) -> io::Result<()> {
        let at = self.written;
        let mut end = std::mem::take(&mut self.directory);
        let directory = end.len() as u32;
        end.extend(0x0605_4b50_u32.to_le_bytes());
        end.extend([0; 4]);
        end.extend(self.count.to_le_bytes());
        end.extend(self.count.to_le_bytes());
        end.extend(directory.to_le_bytes());
        end.extend(at.to_le_bytes());
        end.extend([0; 2]);
        self.write(&end)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written += bytes.len() as u32;
        self.out.write_all(bytes)
    }
}

/// What a file's own header and its line in the directory have in common.
fn entry(name: &str, content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(26);
    out.extend(VERSION.to_le_bytes());
    out.extend(UTF8.to_le_bytes());
    // Stored.
    out.extend([0; 2]);
    out.extend(DATE);
    out.extend(crc32fast::hash(content).to_le_bytes());
    out.extend((content.len() as u32).to_le_bytes());
    out.extend((content.len() as u32).to_le_bytes());
    out.extend((name.len() as u16).to_le_bytes());
    // No extra field.
    out.extend([0; 2]);
    out
}
