//! The night's Parquet: read back and held against the lines of JSON, by a small reader of its own always, and by `DuckDB` or pyarrow where one is installed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::night::{Day1, booth, now, person, playbook, written};

/// All Parquet files below a folder.
fn parts(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

type Row = BTreeMap<String, serde_json::Value>;

/// Thrift's compact protocol, read as it comes: structs as maps of field numbers.
#[derive(Clone, Debug)]
enum Thing {
    Number(i64),
    Text(Vec<u8>),
    List(Vec<Thing>),
    Struct(BTreeMap<i64, Thing>),
}

impl Thing {
    fn at(&self, field: i64) -> &Self {
        match self {
            Self::Struct(fields) => &fields[&field],
            other => panic!("{other:?} has no fields"),
        }
    }

    fn has(&self, field: i64) -> bool {
        matches!(self, Self::Struct(fields) if fields.contains_key(&field))
    }

    fn number(&self) -> i64 {
        match self {
            Self::Number(number) => *number,
            other => panic!("{other:?} is no number"),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Text(bytes) => String::from_utf8(bytes.clone()).expect("UTF-8"),
            other => panic!("{other:?} is no text"),
        }
    }

    fn list(&self) -> &[Self] {
        match self {
            Self::List(list) => list,
            other => panic!("{other:?} is no list"),
        }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn byte(&mut self) -> u8 {
        self.at += 1;
        self.bytes[self.at - 1]
    }

    fn varint(&mut self) -> u64 {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte();
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                break;
            }
        }
        value
    }

    fn zigzag(&mut self) -> i64 {
        let value = self.varint();
        (value >> 1) as i64 ^ -((value & 1) as i64)
    }

    fn thing(&mut self, kind: u8) -> Thing {
        match kind {
            1 => Thing::Number(1),
            2 => Thing::Number(0),
            4..=6 => Thing::Number(self.zigzag()),
            8 => {
                let length = self.varint() as usize;
                self.at += length;
                Thing::Text(self.bytes[self.at - length..self.at].to_vec())
            }
            9 => {
                let head = self.byte();
                let count = match head >> 4 {
                    15 => self.varint() as usize,
                    short => usize::from(short),
                };
                Thing::List((0..count).map(|_| self.thing(head & 15)).collect())
            }
            12 => self.structure(),
            other => panic!("type {other} at {}", self.at),
        }
    }

    fn structure(&mut self) -> Thing {
        let (mut fields, mut id) = (BTreeMap::new(), 0);
        loop {
            let head = self.byte();
            if head == 0 {
                return Thing::Struct(fields);
            }
            id = match head >> 4 {
                0 => self.zigzag(),
                more => id + i64::from(more),
            };
            let thing = self.thing(head & 15);
            fields.insert(id, thing);
        }
    }
}

/// Which rows have a value, from the runs in front of a page.
fn present(page: &mut &[u8], rows: usize) -> Vec<bool> {
    let (length, rest) = page.split_at(4);
    let length = u32::from_le_bytes(length.try_into().expect("four bytes")) as usize;
    let mut runs = Reader {
        bytes: &rest[..length],
        at: 0,
    };
    let mut flags = Vec::new();
    while runs.at < length {
        let header = runs.varint();
        assert_eq!(header & 1, 0, "a run of equal levels");
        let flag = runs.byte() == 1;
        flags.extend(std::iter::repeat_n(flag, (header >> 1) as usize));
    }
    assert_eq!(flags.len(), rows);
    *page = &rest[length..];
    flags
}

fn column(bytes: &[u8], chunk: &Thing, element: &Thing, rows: usize) -> Vec<serde_json::Value> {
    let mut reader = Reader {
        bytes,
        at: chunk.at(9).number() as usize,
    };
    let header = reader.structure();
    assert_eq!(header.at(5).at(1).number() as usize, rows);
    let mut page = &bytes[reader.at..reader.at + header.at(3).number() as usize];
    let there = if element.at(3).number() == 1 {
        present(&mut page, rows)
    } else {
        vec![true; rows]
    };
    let eight = |page: &mut &[u8]| -> [u8; 8] {
        let (value, rest) = page.split_at(8);
        *page = rest;
        value.try_into().expect("eight bytes")
    };
    let kind = element.at(1).number();
    let flags = page;
    there
        .into_iter()
        .enumerate()
        .map(|(row, there)| match (there, kind) {
            (false, _) => serde_json::Value::Null,
            (true, 0) => (flags[row / 8] >> (row % 8) & 1 == 1).into(),
            (true, 2) => i64::from_le_bytes(eight(&mut page)).into(),
            (true, 5) => f64::from_le_bytes(eight(&mut page)).into(),
            (true, 6) => {
                let length = u32::from_le_bytes(page[..4].try_into().expect("four bytes")) as usize;
                let text = String::from_utf8(page[4..4 + length].to_vec()).expect("UTF-8");
                page = &page[4 + length..];
                text.into()
            }
            (true, other) => panic!("type {other}"),
        })
        .collect()
}

fn rows_of(path: &Path) -> Vec<Row> {
    let bytes = fs::read(path).expect("the part");
    let end = bytes.len() - 8;
    assert_eq!(
        (&bytes[..4], &bytes[end + 4..]),
        (&b"PAR1"[..], &b"PAR1"[..])
    );
    let length = u32::from_le_bytes(bytes[end..end + 4].try_into().expect("four bytes")) as usize;
    let mut footer = Reader {
        bytes: &bytes,
        at: end - length,
    };
    let meta = footer.structure();
    assert_eq!(footer.at, end, "the footer is read to its end");
    let rows = meta.at(3).number() as usize;
    let elements = &meta.at(2).list()[1..];
    let chunks = meta.at(4).list()[0].at(1).list().to_vec();
    assert_eq!(chunks.len(), elements.len());
    let mut found = vec![Row::new(); rows];
    for (chunk, element) in chunks.iter().zip(elements) {
        let chunk = chunk.at(3);
        let name = element.at(4).text();
        assert_eq!(chunk.at(3).list()[0].text(), name);
        if element.at(1).number() == 6 {
            assert!(element.at(10).has(1), "{name} is a string");
        }
        for (row, value) in column(&bytes, chunk, element, rows).into_iter().enumerate() {
            found[row].insert(name.clone(), value);
        }
    }
    found
}

fn lines(path: &Path) -> Vec<serde_json::Value> {
    fs::read_to_string(path)
        .expect("the lines")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

fn micros(text: &str) -> i64 {
    text.parse::<jiff::Timestamp>()
        .expect("a time")
        .as_microsecond()
}

#[test]
fn leads_touches_and_evidence_say_what_the_lines_of_json_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let done = written(&booth(), folder.path());
    let told = lines(&done.path.join("leads.jsonl"));
    let mut rows: Vec<Row> = parts(&done.path.join("parquet/leads"))
        .iter()
        .flat_map(|path| rows_of(path))
        .collect();
    rows.sort_by_key(|row| row["external_id"].to_string());
    assert_eq!(rows.len(), told.len());
    for (row, line) in rows.iter().zip(&told) {
        for name in [
            "external_id",
            "full_name",
            "company",
            "owner",
            "grade",
            "notes",
            "email",
            "consent_email",
        ] {
            assert_eq!(row[name], line[name], "{name}");
        }
        assert_eq!(row["primary"], line["primary"]);
        let captured = line["captured_at"].as_str().expect("a time");
        assert_eq!(row["captured_at"], micros(captured));
        let due = line["sla_due_at"].as_str().expect("text");
        assert_eq!(row["sla_due_at"].is_null(), due.is_empty());
    }
    for table in ["touches", "evidence"] {
        let told = lines(&done.path.join(format!("{table}.jsonl")));
        assert!(!told.is_empty(), "{table}");
        let rows: Vec<Row> = parts(&done.path.join("parquet").join(table))
            .iter()
            .flat_map(|path| rows_of(path))
            .collect();
        assert_eq!(rows.len(), told.len(), "{table}");
        for (row, line) in rows.iter().zip(&told) {
            for (name, value) in row {
                match name.as_str() {
                    "at" => {
                        let at = line["at"].as_str().expect("a time");
                        // Lines of JSON have seconds, Parquet has what the clock had.
                        assert_eq!(
                            value.as_i64().expect("a time") / 1_000_000,
                            micros(at) / 1_000_000
                        );
                    }
                    "confidence" => {
                        let told = line[name].as_f64().expect("a number");
                        assert!((value.as_f64().expect("a number") - told).abs() < 1e-6);
                    }
                    _ => assert_eq!(*value, line[name], "{table}.{name}"),
                }
            }
        }
    }
}

#[test]
fn the_folders_are_hives_and_the_bytes_are_the_same_each_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut day = booth();
    let card = day.open();
    day.seat(
        card,
        person("Li \"Q\" Wei\n", "Ünï, Co", "li@x.example", ""),
    );
    let (one, other) = (written(&day, folder.path()), written(&day, folder.path()));
    let below = |root: &Path| -> Vec<(String, Vec<u8>)> {
        let root = root.join("parquet");
        parts(&root)
            .into_iter()
            .map(|path| {
                let name = path
                    .strip_prefix(&root)
                    .expect("below")
                    .display()
                    .to_string();
                (name, fs::read(path).expect("bytes"))
            })
            .collect()
    };
    let (one, other) = (below(&one.path), below(&other.path));
    assert_eq!(one, other);
    for (name, _) in one {
        let folders: Vec<&str> = name.split('/').collect();
        assert_eq!(folders.len(), 5, "{name}");
        assert!(
            folders[1].starts_with("event=")
                && folders[2].starts_with("date=2026-11-22")
                && folders[3].starts_with("laptop="),
            "{name}"
        );
    }
}

#[test]
fn a_show_without_cards_has_no_parts_and_still_its_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let done = written(&Day1::new(), folder.path());
    assert!(!done.path.join("parquet").exists());
    assert!(lines(&done.path.join("touches.jsonl")).is_empty());
    let _ = (now(), playbook());
}

/// Counts the leads with their partitions, in the words of whichever library is there.
const READ: &str = "
import sys, json
pattern = sys.argv[1] + '/**/*.parquet'
try:
    import duckdb
    rows = duckdb.sql(f\"select external_id, full_name, event, epoch_us(captured_at) from read_parquet('{pattern}', hive_partitioning=true, union_by_name=true) order by 1\").fetchall()
except ImportError:
    try:
        import pyarrow.dataset as ds
    except ImportError:
        sys.exit(3)
    table = ds.dataset(sys.argv[1], partitioning='hive').to_table(columns=['external_id', 'full_name', 'event', 'captured_at'])
    rows = sorted([r['external_id'], r['full_name'], r['event'], int(r['captured_at'].timestamp() * 1000000)] for r in table.to_pylist())
print(json.dumps([list(row) for row in rows]))
";

#[test]
fn an_independent_reader_sees_the_same_leads_and_the_hive() {
    let folder = tempfile::tempdir().expect("a folder");
    let done = written(&booth(), folder.path());
    let read = Command::new("python3")
        .args(["-c", READ])
        .arg(done.path.join("parquet/leads"))
        .output();
    let Some(read) = read.ok().filter(|read| read.status.code() != Some(3)) else {
        eprintln!(
            "skipped: neither duckdb nor pyarrow is installed for python3; pip install duckdb"
        );
        return;
    };
    if read.status.code() == Some(127) {
        eprintln!("skipped: python3 is not installed");
        return;
    }
    assert!(
        read.status.success(),
        "{}",
        String::from_utf8_lossy(&read.stderr)
    );
    let rows: Vec<(String, String, String, i64)> =
        serde_json::from_slice(&read.stdout).expect("JSON");
    let told = lines(&done.path.join("leads.jsonl"));
    assert_eq!(rows.len(), told.len());
    for ((id, name, event, at), line) in rows.iter().zip(&told) {
        assert_eq!(
            (line["external_id"].as_str(), line["full_name"].as_str()),
            (Some(id.as_str()), Some(name.as_str()))
        );
        assert_eq!(line["event_code"].as_str(), Some(event.as_str()));
        assert_eq!(*at, micros(line["captured_at"].as_str().expect("a time")));
    }
}
