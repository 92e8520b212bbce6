//! `trail` and `doctor`: what was done at a show, read without opening its board.

use std::path::Path;

use super::{Stop, Streams};
use crate::domain::{Deed, Ledger, counted};
use crate::models;
use crate::run;
use crate::show::{self, Show};
use crate::store::{Store, read_deeds, wire};

/// Every deed as a line of JSON, in order.
pub(super) fn trail(dir: &Path, streams: &mut Streams) -> Result<(), Stop> {
    let (show, _) = show::open(dir);
    let show = there(show)?;
    for deed in deeds(&show, streams)? {
        writeln!(streams.out, "{}", wire::encode(&deed))?;
    }
    Ok(())
}

/// A show that can be read at all.
pub(super) fn there(show: Show) -> Result<Show, Stop> {
    if show.dir.join("show.toml").is_file() {
        return Ok(show);
    }
    Err(Stop::Fault(format!(
        "there is no show in {}; give the folder that has a show.toml",
        show.dir.display()
    )))
}

/// The deeds of a show; what was found wrong goes to standard error.
pub(super) fn deeds(show: &Show, streams: &mut Streams) -> Result<Vec<Deed>, Stop> {
    let store = show.store_dir();
    if !store.is_dir() {
        return Ok(Vec::new());
    }
    let (deeds, remarks) = read_deeds(&store).map_err(Stop::fault)?;
    for remark in remarks {
        writeln!(streams.err, "boothside: {remark}")?;
    }
    Ok(deeds)
}

/// Says how everything is; with `repair`, opens the store (which mends it) and takes rescued deeds in.
pub(super) fn doctor(dir: &Path, repair: bool, streams: &mut Streams) -> Result<(), Stop> {
    let (show, faults) = show::open(dir);
    let show = there(show)?;
    let rescue = run::rescue_place(&show.dir);
    if repair {
        mend(&show, &rescue, streams)?;
    }
    let out = &mut *streams.out;
    writeln!(out, "program   boothside {}", env!("CARGO_PKG_VERSION"))?;
    writeln!(
        out,
        "show      {} ({})",
        show.config.name,
        show.dir.display()
    )?;
    let errors = faults
        .iter()
        .filter(|fault| fault.severity == crate::diagnostic::Severity::Error);
    match errors.count() {
        0 => writeln!(out, "files     sound")?,
        count => writeln!(
            out,
            "files     {count} faults: boothside check {}",
            dir.display()
        )?,
    }
    let (deeds, remarks) = if show.store_dir().is_dir() {
        read_deeds(&show.store_dir()).map_err(Stop::fault)?
    } else {
        (Vec::new(), Vec::new())
    };
    let sound = remarks.is_empty() && !rescue.is_file();
    let cards = Ledger::of(deeds.iter().cloned()).board().cards().count();
    let (deeds, cards) = (counted(deeds.len(), "deed"), counted(cards, "card"));
    writeln!(out, "store     {deeds}, {cards}")?;
    for remark in remarks {
        writeln!(out, "          {remark}")?;
    }
    if rescue.is_file() {
        writeln!(
            out,
            "          deeds that could not be saved wait in {}",
            rescue.display()
        )?;
    }
    match models::choose(&show.config.model) {
        Ok(_) => writeln!(out, "model     {} is here", show.config.model)?,
        Err(missing) => writeln!(out, "model     {missing}")?,
    }
    if sound {
        return Ok(());
    }
    writeln!(out, "mend it   boothside doctor {} --repair", dir.display())?;
    out.flush()?;
    Err(Stop::Told)
}

/// Opens the store, which puts right what can be, and appends the deeds of a rescue file.
fn mend(show: &Show, rescue: &Path, streams: &mut Streams) -> Result<(), Stop> {
    let opened = Store::open(&show.store_dir(), |_| {}).map_err(Stop::fault)?;
    for remark in &opened.remarks {
        writeln!(streams.out, "mended    {remark}")?;
    }
    let mut taken = 0;
    if let Ok(text) = std::fs::read_to_string(rescue) {
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let deed = wire::decode(line)
                .map_err(|error| Stop::Fault(format!("{}: {error}", rescue.display())))?;
            if !opened.deeds.iter().any(|known| known.stamp == deed.stamp) {
                opened.store.append(deed);
                taken += 1;
            }
        }
    }
    opened.store.close().map_err(Stop::fault)?;
    if taken > 0 {
        writeln!(
            streams.out,
            "mended    {taken} rescued deeds are in the show"
        )?;
    }
    if rescue.is_file() {
        // Only after everything is durable in the show.
        std::fs::remove_file(rescue).map_err(|error| {
            Stop::Fault(format!(
                "{} can't be removed ({error}); remove it by hand",
                rescue.display()
            ))
        })?;
    }
    Ok(())
}
