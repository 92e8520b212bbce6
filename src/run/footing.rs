//! What the board stands on: the store; else, where it can't be written or another board has it, its journal read along.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tokio::sync::mpsc::Sender;

use crate::app::Seat;
use crate::domain::Deed;
use crate::show::Show;
use crate::store::{OpenError, Saved, Store, read_deeds};

use super::Fault;
use super::wires::FromEdge;

/// How often a board beside another looks for new deeds: a person across the aisle doesn't see less.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// What the board stands on.
pub struct Footing {
    /// The store; none where the board only shows.
    pub store: Option<Store>,
    /// All deeds.
    pub deeds: Vec<Deed>,
    /// This laptop.
    pub node: u64,
    /// What was found wrong, a sentence each.
    pub remarks: Vec<String>,
    /// Whether the board records or only shows.
    pub seat: Seat,
}

/// Opens the store. A folder that can't be written still shows its board; beside a running board only the wall does,
/// because two captains on one laptop are a mistake.
pub fn footing(
    show: &Show,
    wall: bool,
    say: impl Fn(Saved) + Send + 'static,
) -> Result<Footing, Fault> {
    let folder = show.store_dir();
    match Store::open(&folder, say) {
        Ok(opened) => Ok(Footing {
            store: Some(opened.store),
            deeds: opened.deeds,
            node: opened.node,
            remarks: opened.remarks,
            seat: Seat::Captain,
        }),
        Err(OpenError::Locked(process, _)) if wall => {
            let seat = Seat::Beside(format!("the board runs as process {process}"));
            along(&folder, seat)
        }
        Err(OpenError::Locked(process, dir)) => Err(Fault::Store(format!(
            "process {process} has this show open already; use that board, or `boothside --wall {}` shows its wall here",
            dir.display()
        ))),
        Err(OpenError::Disk(path, error)) if is_refusal(&error) => {
            let seat = Seat::ReadOnly(format!(
                "NOT SAVING: {} can't be written ({error}); nothing is heard or recorded. Copy the show folder to a disk that can be written",
                path.display()
            ));
            along(&folder, seat)
        }
        Err(error) => Err(Fault::Store(error.to_string())),
    }
}

fn along(folder: &Path, seat: Seat) -> Result<Footing, Fault> {
    let (deeds, remarks) = read_deeds(folder).map_err(|error| Fault::Store(error.to_string()))?;
    Ok(Footing {
        store: None,
        deeds,
        node: 0,
        remarks,
        seat,
    })
}

/// Whether the system forbids writing, as opposed to a disk that fails.
fn is_refusal(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem)
}

/// Reads the journal again whenever it has changed, until nobody listens any more.
pub fn follow(folder: PathBuf, sender: Sender<FromEdge>) -> std::io::Result<()> {
    let look = move || {
        let mut seen = state(&folder);
        while !sender.is_closed() {
            std::thread::sleep(LOOK_AGAIN);
            let now = state(&folder);
            if now == seen {
                continue;
            }
            seen = now;
            // A journal that can't be read this second can be the next.
            let Ok((deeds, _)) = read_deeds(&folder) else {
                continue;
            };
            if sender.blocking_send(FromEdge::Deeds(deeds)).is_err() {
                return;
            }
        }
    };
    std::thread::Builder::new()
        .name("beside".into())
        .spawn(look)
        .map(|_| ())
}

/// What changes whenever the journal does.
fn state(folder: &Path) -> Option<(u64, SystemTime)> {
    let found = std::fs::metadata(folder.join("journal.log")).ok()?;
    Some((found.len(), found.modified().ok()?))
}
