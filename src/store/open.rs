//! Opening the store: the lock, the journal, the index, and what to do where they differ.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::domain::{Day, Deed, Stamp};

use super::index::{Index, LEAVING, set_aside};
use super::journal::{self, Contents, End, Journal};
use super::wire;

/// Why a store can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has it.
    #[error(
        "process {0} has this show open; leave its board and run this again, or read along with `boothside trail {1}`"
    )]
    Locked(String, PathBuf),
    /// The folder or a file in it can't be used.
    #[error(
        "the store in {0} can't be used ({1}); check the disk and the folder's permissions, or copy the show folder to a disk that can be written"
    )]
    Disk(PathBuf, io::Error),
}

/// The files of a store.
pub struct Places {
    /// The store's folder.
    pub folder: PathBuf,
}

impl Places {
    /// The files below `folder`.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
        }
    }

    /// The journal.
    pub fn journal(&self) -> PathBuf {
        self.folder.join("journal.log")
    }

    /// sled.
    pub fn sled(&self) -> PathBuf {
        self.folder.join("sled")
    }

    /// The journal that is written to take the other's place.
    pub fn fresh_journal(&self) -> PathBuf {
        self.folder.join("journal.new")
    }

    fn fault(&self, error: io::Error) -> OpenError {
        OpenError::Disk(self.folder.clone(), error)
    }
}

/// A store that is open, before its thread runs.
pub struct Ready {
    /// Where deeds go first.
    pub journal: Journal,
    /// Where they are read from; none while sled is unwilling.
    pub index: Option<Index>,
    /// All deeds.
    pub deeds: Vec<Deed>,
    /// This laptop.
    pub node: u64,
    /// What was found and done, a sentence each.
    pub remarks: Vec<String>,
    /// Held as long as the store is open.
    pub lock: File,
}

/// Opens everything.
pub fn ready(folder: &Path) -> Result<Ready, OpenError> {
    let places = Places::new(folder);
    create_folder(folder).map_err(|error| places.fault(error))?;
    let lock = lock(&places)?;
    let parts = (|| -> io::Result<_> {
        let node = node(&places)?;
        let contents = journal::read(&places.journal())?;
        let mut remarks = contents.remarks.clone();
        let index = Index::open(&places.sled());
        let agreed = index
            .as_ref()
            .ok()
            .and_then(|index| agreed(index, &contents));
        let (journal, index, deeds) = match (agreed, index) {
            (Some(deeds), Ok(index)) => (
                Journal::open(&places.journal(), contents.end)?,
                Some(index),
                deeds,
            ),
            (_, index) => reconcile(&places, index, &contents, &mut remarks)?,
        };
        Ok((journal, index, deeds, node, remarks))
    })();
    let (journal, index, deeds, node, remarks) = parts.map_err(|error| places.fault(error))?;
    Ok(Ready {
        journal,
        index,
        deeds,
        node,
        remarks,
        lock,
    })
}

/// Makes the folder and its name in the one above durable.
fn create_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    match folder.parent() {
        Some(above) if above.is_dir() => File::open(above)?.sync_all(),
        _ => Ok(()),
    }
}

/// What sled holds, if it is exactly what a sound journal says.
fn agreed(index: &Index, contents: &Contents) -> Option<Vec<Deed>> {
    if contents.damaged > 0 {
        return None;
    }
    let (reached, deeds) = index.read().ok()?;
    (reached == contents.end && deeds.len() as u64 == contents.end.count).then_some(deeds)
}

/// Journal and sled differ: what either holds is united, and both are made to hold it.
fn reconcile(
    places: &Places,
    index: Result<Index, String>,
    contents: &Contents,
    remarks: &mut Vec<String>,
) -> io::Result<(Journal, Option<Index>, Vec<Deed>)> {
    let mut deeds = decoded(contents, remarks);
    let known: BTreeSet<Stamp> = deeds.iter().map(|deed| deed.stamp).collect();
    let held = index.as_ref().ok().and_then(|index| index.read().ok());
    let held = held.map(|(_, deeds)| deeds).unwrap_or_default();
    let lost: Vec<Deed> = held
        .into_iter()
        .filter(|deed| !known.contains(&deed.stamp))
        .collect();
    if !lost.is_empty() {
        remarks.push(format!(
            "{} deeds that the journal lost were found in sled",
            lost.len()
        ));
        deeds.extend(lost.iter().cloned());
    }
    deeds.sort_by_key(|deed| deed.stamp);
    deeds.dedup_by_key(|deed| deed.stamp);
    let journal = if contents.damaged == 0 {
        let mut journal = Journal::open(&places.journal(), contents.end)?;
        if !lost.is_empty() {
            journal.append(&lost)?;
        }
        journal
    } else {
        let name = format!("journal-damaged-{}.log", dated(now_ms()));
        remarks.push(format!("the damaged journal is kept as {name}"));
        rewritten(places, &name, &deeds)?
    };
    let index = catch_up(places, index, &deeds, journal.end(), remarks);
    Ok((journal, index, deeds))
}

/// A sound journal in the place of a damaged one, which stays under `name`. A kill at any moment leaves one or the
/// other whole: the new one is written beside and synced before it takes the place.
fn rewritten(places: &Places, name: &str, deeds: &[Deed]) -> io::Result<Journal> {
    let beside = places.fresh_journal();
    if beside.exists() {
        fs::remove_file(&beside)?;
    }
    let mut journal = Journal::open(&beside, End::default())?;
    if !deeds.is_empty() {
        journal.append(deeds)?;
    }
    let kept = places.folder.join(name);
    fs::copy(places.journal(), &kept)?;
    File::open(&kept)?.sync_all()?;
    fs::rename(&beside, places.journal())?;
    File::open(&places.folder)?.sync_all()?;
    Ok(journal)
}

/// A moment as a person writes it in a file's name, in UTC.
fn dated(ms: u64) -> String {
    let seconds = ms / 1000;
    let day = Day::from_number((seconds / 86_400) as i64);
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{day}-{hour:02}{minute:02}{second:02}-{:03}", ms % 1000)
}

/// Brings sled to where the journal is; one that can't follow is set aside and made anew.
fn catch_up(
    places: &Places,
    index: Result<Index, String>,
    deeds: &[Deed],
    end: End,
    remarks: &mut Vec<String>,
) -> Option<Index> {
    let why = match index {
        Ok(index) => {
            // Behind after a sudden end, or empty on the first start: ordinary, and no word is lost about it.
            match follow(&index, deeds, end) {
                Ok(()) => return Some(index),
                Err(why) => why,
            }
        }
        Err(why) => why,
    };
    match set_aside(&places.sled(), &dated(now_ms())) {
        Ok(name) => remarks.push(format!(
            "sled was not usable ({why}); it is set aside as {name} and rebuilt from the journal, nothing is lost"
        )),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => {
            remarks.push(format!("sled can't be set aside ({error}); the journal alone is used"));
            return None;
        }
    }
    let index = Index::open(&places.sled()).ok()?;
    index.put(deeds, end).ok()?;
    index.sync().ok()?;
    Some(index)
}

/// Gives sled all deeds; an error says why it can't be believed afterwards.
fn follow(index: &Index, deeds: &[Deed], end: End) -> Result<(), String> {
    let (reached, _) = index.read()?;
    index.put(deeds, end).map_err(|error| error.to_string())?;
    let (_, held) = index.read()?;
    if reached.seq > end.seq || held.len() != deeds.len() {
        return Err("it did not agree with the journal".to_owned());
    }
    index.sync().map_err(|error| error.to_string())
}

fn decoded(contents: &Contents, remarks: &mut Vec<String>) -> Vec<Deed> {
    let mut deeds = Vec::with_capacity(contents.lines.len());
    let mut bad = 0;
    for line in &contents.lines {
        match wire::decode(line) {
            Ok(deed) => deeds.push(deed),
            Err(_) => bad += 1,
        }
    }
    if bad > 0 {
        remarks.push(format!(
            "{bad} records of the journal are whole but can't be read by this version; they are kept"
        ));
    }
    deeds
}

/// The deeds of a show without opening it: no lock is taken, so it works while the board runs.
pub fn read_deeds(folder: &Path) -> Result<(Vec<Deed>, Vec<String>), OpenError> {
    let places = Places::new(folder);
    let contents = journal::read(&places.journal()).map_err(|error| places.fault(error))?;
    let mut remarks = contents.remarks.clone();
    let deeds = decoded(&contents, &mut remarks);
    Ok((deeds, remarks))
}

/// Takes the lock, trying for [`LEAVING`]: a board that is just ending, or a child that has not yet become the program
/// it was started for and so still shares this process's files, gives it up within a moment.
fn patient_lock(file: &File) -> Result<(), TryLockError> {
    let until = Instant::now() + LEAVING;
    loop {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) if Instant::now() < until => {
                std::thread::sleep(Duration::from_millis(10));
            }
            settled => return settled,
        }
    }
}

fn lock(places: &Places) -> Result<File, OpenError> {
    let path = places.folder.join("lock");
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(&path)
        .map_err(|error| places.fault(error))?;
    match patient_lock(&file) {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let _ = file.read_to_string(&mut holder);
            let show = places.folder.parent().unwrap_or(&places.folder);
            return Err(OpenError::Locked(
                holder.trim().to_owned(),
                show.to_path_buf(),
            ));
        }
        Err(TryLockError::Error(error)) => return Err(places.fault(error)),
    }
    // The number only helps a person; the lock itself is the system's and ends with the process.
    let noted = file
        .set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| writeln!(file, "{}", std::process::id()));
    noted.map_err(|error| places.fault(error))?;
    Ok(file)
}

/// This laptop's number: made once for a show folder and kept beside the journal.
fn node(places: &Places) -> io::Result<u64> {
    let path = places.folder.join("laptop");
    if let Ok(text) = fs::read_to_string(&path)
        && let Ok(node) = u64::from_str_radix(text.trim(), 16)
    {
        return Ok(node);
    }
    let node = random();
    let mut file = File::create(&path)?;
    writeln!(file, "{node:016x}")?;
    file.sync_all()?;
    Ok(node)
}

/// A random number from the system's own seed of hash maps.
fn random() -> u64 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    let mut hasher = RandomState::new().build_hasher();
    hasher.write_u64(now_ms());
    hasher.write_u32(std::process::id());
    hasher.finish()
}

fn now_ms() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis() as u64)
}
