//! The show folder, read and checked: whatever is wrong in it is told at once, and the program starts on the rest.

mod accounts;
mod columns;
mod config;
mod demo;
mod document;
mod follow_up;
mod init;
mod key;
mod list;
mod night;
mod own;
mod place;
mod playbook;
mod polish;
mod settings;

use std::io;
use std::path::{Path, PathBuf};

pub use config::{
    AlertConfig, BucketConfig, Campaign, Config, CopyTo, LaneConfig, LaneSource, MOST_QUICK_TAGS,
    NightWords, PolishConfig, ThemeChoice,
};
pub use demo::{demo_talk, write_demo};
pub use init::{InitError, init};
pub use own::{own_files, point_at_show};

use crate::diagnostic::{Diagnostic, Severity};
use crate::domain::Playbook;
use crate::follow_up::Templates;

/// The organiser's list, in a show folder.
const ATTENDEES: &str = "attendees.csv";

/// What earlier shows know of companies, in a show folder.
const EARLIER: &str = "earlier.csv";

/// A show folder as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Show {
    /// The folder.
    pub dir: PathBuf,
    /// `show.toml`.
    pub config: Config,
    /// `playbook.toml`, with `accounts.csv` over its accounts.
    pub playbook: Playbook,
    /// The organiser's list: the file's name and its text, decoded; none where there is no such file.
    pub attendees_csv: Option<(String, String)>,
    /// The texts of follow-ups that the show brings along, those without a fault.
    pub templates: Templates,
    /// What earlier shows know of companies: the file's name and its text, which `accounts` reads.
    pub earlier_csv: Option<(String, String)>,
}

impl Show {
    /// Where the deeds are kept.
    pub fn store_dir(&self) -> PathBuf {
        self.dir.join("store")
    }

    /// Where the night's files go.
    pub fn night_dir(&self) -> PathBuf {
        self.dir.join("night")
    }
}

/// Reads the folder. Always gives a show: what can't be read is told in the faults (in the order of the files, then
/// of their lines) and counts as not written.
pub fn open(dir: &Path) -> (Show, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let mut show = Show {
        dir: dir.to_path_buf(),
        config: Config::default(),
        playbook: Playbook::default(),
        templates: Templates::default(),
        attendees_csv: None,
        earlier_csv: None,
    };
    match std::fs::metadata(dir) {
        Ok(meta) if meta.is_dir() => {}
        Ok(_) => {
            faults.push(no_folder(dir, "is a file, not a folder"));
            return (show, faults);
        }
        Err(error) => {
            faults.push(no_folder(dir, &why(&error)));
            return (show, faults);
        }
    }
    read_config(&mut show, &mut faults);
    read_playbook(&mut show, &mut faults);
    read_accounts(&mut show, &mut faults);
    read_attendees(&mut show, &mut faults);
    let products = !show.playbook.products.is_empty();
    show.templates = follow_up::templates(dir, products, &mut faults);
    (show, faults)
}

fn read_config(show: &mut Show, faults: &mut Vec<Diagnostic>) {
    match text_of(&show.dir, settings::FILE, faults) {
        Some(text) => {
            let (config, found) = settings::read(&show.dir, &text);
            show.config = config;
            extend(faults, found);
        }
        None if show.dir.join(settings::FILE).exists() => {}
        None => faults.push(
            Diagnostic::error(
                "S07",
                settings::FILE,
                "there is no show.toml in this folder",
            )
            .help(format!("is {} the show folder?", show.dir.display()))
            .help("a new one: boothside init DIR"),
        ),
    }
}

fn read_playbook(show: &mut Show, faults: &mut Vec<Diagnostic>) {
    if let Some(text) = text_of(&show.dir, playbook::FILE, faults) {
        let (playbook, found) = playbook::read(&text);
        show.playbook = playbook;
        extend(faults, found);
    }
}

fn read_accounts(show: &mut Show, faults: &mut Vec<Diagnostic>) {
    if let Some(text) = text_of(&show.dir, accounts::FILE, faults) {
        let owners: Vec<&str> = show
            .playbook
            .owners
            .iter()
            .map(|owner| owner.name.as_str())
            .collect();
        let (listed, found) = accounts::read(accounts::FILE, &text, &owners);
        accounts::merge(&mut show.playbook.accounts, listed);
        extend(faults, found);
    }
}

fn read_attendees(show: &mut Show, faults: &mut Vec<Diagnostic>) {
    if let Some(text) = text_of(&show.dir, EARLIER, faults) {
        show.earlier_csv = Some((EARLIER.to_string(), text));
    }
    if let Some(text) = text_of(&show.dir, ATTENDEES, faults) {
        extend(faults, list::check(ATTENDEES, &text));
        show.attendees_csv = Some((ATTENDEES.to_string(), text));
    }
}

/// An account list that lies anywhere, with the same care as a show's own. Any owner's name is taken.
pub fn read_account_list(path: &Path) -> (Vec<crate::domain::Account>, Vec<Diagnostic>) {
    let file = path.display().to_string();
    let mut faults = Vec::new();
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            faults.push(
                Diagnostic::error("S07", &file, format!("the list {}", why(&error)))
                    .help("give the path of a CSV file with a column `name`"),
            );
            return (Vec::new(), faults);
        }
    };
    let text = decoded(&file, &bytes, &mut faults);
    let (accounts, found) = accounts::read(&file, &text, &[]);
    extend(&mut faults, found);
    (accounts, faults)
}

/// Lists larger than this are refused: a hundred thousand attendees are some 15 MB.
const MOST_BYTES: u64 = 200 * 1024 * 1024;

/// An organiser's list that lies anywhere, decoded; none where it can't be read, which the faults tell.
pub fn read_attendee_list(path: &Path) -> (Option<String>, Vec<Diagnostic>) {
    let file = path.display().to_string();
    let refuse = |reason: &str, help: &str| {
        let fault = Diagnostic::error("S07", &file, format!("the list {reason}")).help(help);
        (None, vec![fault])
    };
    let size = std::fs::metadata(path).map_or(0, |meta| meta.len());
    if size > MOST_BYTES {
        return refuse(
            "is larger than 200 MB",
            "save only the columns of badge, name and company",
        );
    }
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return refuse(&why(&error), "give the path of a CSV file"),
    };
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return refuse(
            "is a spreadsheet, not a CSV file",
            "in the spreadsheet choose Save as, CSV UTF-8",
        );
    }
    let mut faults = Vec::new();
    let text = decoded(&file, &bytes, &mut faults);
    extend(&mut faults, list::check(&file, &text));
    (Some(text), faults)
}

/// What became of a list that came late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKept {
    /// The show had none; it is its list now.
    New,
    /// The show has just this one.
    Same,
    /// The show has another, which stays.
    Other,
}

/// Keeps a list in the show folder, unless the show has one.
pub fn keep_attendee_list(dir: &Path, text: &str) -> io::Result<ListKept> {
    let path = dir.join(ATTENDEES);
    match std::fs::read(&path) {
        Ok(bytes) if list::decode(&bytes).text == text => Ok(ListKept::Same),
        Ok(_) => Ok(ListKept::Other),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            std::fs::write(&path, text)?;
            Ok(ListKept::New)
        }
        Err(error) => Err(error),
    }
}

/// The text of a file of the folder; none where there is no such file, or where it can't be read, which is noted.
fn text_of(dir: &Path, file: &str, faults: &mut Vec<Diagnostic>) -> Option<String> {
    match std::fs::read(dir.join(file)) {
        Ok(bytes) => Some(decoded(file, &bytes, faults)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            faults.push(
                Diagnostic::error("S07", file, format!("{file} {}", why(&error)))
                    .help("the show starts without it"),
            );
            None
        }
    }
}

fn decoded(file: &str, bytes: &[u8], faults: &mut Vec<Diagnostic>) -> String {
    let decoded = list::decode(bytes);
    if let Some(encoding) = decoded.assumed {
        let message = format!("{file} isn't UTF-8; it was read as {encoding}");
        faults.push(
            Diagnostic::warning("L01", file, message)
                .help("if names look wrong, save it again as \"CSV UTF-8\""),
        );
    }
    decoded.text
}

fn no_folder(dir: &Path, reason: &str) -> Diagnostic {
    let name = dir.display().to_string();
    let message = format!("the show folder {reason}");
    Diagnostic::error("S07", name.clone(), message)
        .help(format!("make it: boothside init {name}"))
        .help("look at the demo first: boothside demo")
}

/// An I/O error as the end of a sentence about a file.
fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "isn't there".to_string(),
        io::ErrorKind::PermissionDenied => "may not be read by you".to_string(),
        io::ErrorKind::IsADirectory => "is a folder, not a file".to_string(),
        _ => format!("can't be read ({error})"),
    }
}

/// Appends the faults of one file in the order of its lines.
fn extend(faults: &mut Vec<Diagnostic>, mut found: Vec<Diagnostic>) {
    found.sort_by_key(|fault| fault.place.as_ref().map_or(usize::MAX, |place| place.line));
    faults.append(&mut found);
}

/// Whether any of the faults makes a line count for nothing.
pub fn has_errors(faults: &[Diagnostic]) -> bool {
    faults.iter().any(|fault| fault.severity == Severity::Error)
}
