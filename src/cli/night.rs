//! `night`: the import files without the board, and the list of what is missing before they are written.

use std::path::Path;

use serde::Serialize;

use super::arguments::Night;
use super::board::{deeds, there};
use super::{Stop, Streams};
use crate::app::proposed_owner;
use crate::domain::gaps::{self, Missing};
use crate::domain::{Board, Card, Ledger, counted};
use crate::handoff::{write_night, write_night_since_last};
use crate::run;
use crate::show;

/// Lists what is missing, or writes the night's files.
pub(super) fn night(wish: &Night, streams: &mut Streams) -> Result<(), Stop> {
    if wish.list {
        list(&wish.dir, wish.json, streams)
    } else {
        export(wish, streams)
    }
}

/// Writes the night's files, all of them or what changed; the board may run meanwhile. `fix` and `strict` add to what
/// show.toml says.
fn export(wish: &Night, streams: &mut Streams) -> Result<(), Stop> {
    let dir = wish.dir.as_path();
    let (show, faults) = show::open(dir);
    let show = there(show)?;
    if show::has_errors(&faults) {
        writeln!(
            streams.err,
            "boothside: the show has faults; `boothside check {}` tells them",
            dir.display()
        )?;
    }
    let deeds = deeds(&show, streams)?;
    let node = deeds.last().map_or(0, |deed| deed.stamp.node);
    let ledger = Ledger::of(deeds);
    let now = run::night_now(run::now_in(&run::zone_of(&show)));
    let mut told = run::night_show(&show, node);
    told.rules.fix |= wish.fix;
    told.rules.strict |= wish.strict;
    let write = if wish.since.is_some() {
        write_night_since_last
    } else {
        write_night
    };
    let written = write(&show.night_dir(), &told, ledger.board(), &now).map_err(Stop::fault)?;
    for fault in &written.faults {
        writeln!(
            streams.err,
            "{}, column {}, {}: {}",
            fault.file, fault.column, fault.who, fault.reason
        )?;
    }
    for file in &written.files {
        writeln!(streams.out, "{}", written.path.join(&file.name).display())?;
    }
    let leads = counted(written.leads, "lead");
    writeln!(streams.out, "{leads} in {}", written.path.display())?;
    let missing = missing(&show, ledger.board()).len();
    if missing > 0 {
        writeln!(
            streams.err,
            "boothside: something is missing on {}; `boothside night {} --list` says what",
            counted(missing, "card"),
            dir.display()
        )?;
    }
    run::copy_exports(&show, node)
        .map_err(Stop::Fault)
        .map(drop)
}

/// One card of the list, for programs.
#[derive(Serialize)]
struct Line<'a> {
    card: String,
    who: &'a str,
    missing: Vec<&'static str>,
    refusal: &'a str,
    proposals: Vec<Offer<'a>>,
}

/// What would fill a gap.
#[derive(Serialize)]
struct Offer<'a> {
    fills: &'static str,
    with: &'a str,
    because: &'a str,
}

/// Lists what is missing, best first, and cards that may be about one person.
fn list(dir: &Path, json: bool, streams: &mut Streams) -> Result<(), Stop> {
    let (show, _) = show::open(dir);
    let show = there(show)?;
    let ledger = Ledger::of(deeds(&show, streams)?);
    let board = ledger.board();
    let missing = missing(&show, board);
    let out = &mut *streams.out;
    for missing in &missing {
        let who = who(board, missing);
        if json {
            serde_json::to_writer(&mut *out, &line(missing, &who)).map_err(Stop::fault)?;
            writeln!(out)?;
        } else {
            tell(out, missing, &who)?;
        }
    }
    if json {
        return Ok(());
    }
    for pair in gaps::duplicates(board) {
        let name = |card| board.card(card).map(about).unwrap_or_default();
        writeln!(
            out,
            "twice?  {} and {}: the same {}",
            name(pair.keep),
            name(pair.from),
            pair.why
        )?;
    }
    let words = match missing.len() {
        0 => "nothing is missing".to_owned(),
        count => format!("something is missing on {}", counted(count, "card")),
    };
    Ok(writeln!(out, "{words}")?)
}

/// The list by the show's own rules of who follows up.
fn missing(show: &show::Show, board: &Board) -> Vec<Missing> {
    let known = gaps::Known {
        playbook: &show.playbook,
        offset_s: run::now_in(&run::zone_of(show)).offset_s,
    };
    gaps::list(board, known, |card| proposed_owner(known.playbook, card))
}

fn who(board: &Board, missing: &Missing) -> String {
    board.card(missing.card).map(about).unwrap_or_default()
}

/// Whom a card is about, in a line: person and company as far as they are known, and how the lead was rated.
fn about(card: &Card) -> String {
    let person = card.person().map_or("somebody", |it| it.name.as_str());
    let heat = card.heat.map_or("not rated", crate::domain::Heat::word);
    match card.company() {
        Some(company) => format!("{person}, {company} ({heat})"),
        None => format!("{person} ({heat})"),
    }
}

fn line<'a>(missing: &'a Missing, who: &'a str) -> Line<'a> {
    let offer = |proposal: &'a gaps::Proposal| Offer {
        fills: proposal.gap.word(),
        with: &proposal.text,
        because: &proposal.why,
    };
    Line {
        card: missing.card.0.to_string(),
        who,
        missing: missing.gaps.iter().map(|gap| gap.word()).collect(),
        refusal: &missing.refusal,
        proposals: missing.proposals.iter().map(offer).collect(),
    }
}

fn tell(out: &mut dyn std::io::Write, missing: &Missing, who: &str) -> std::io::Result<()> {
    let gaps: Vec<&str> = missing.gaps.iter().map(|gap| gap.word()).collect();
    writeln!(out, "{who}: {}", gaps.join(", "))?;
    if !missing.refusal.is_empty() {
        writeln!(out, "    refused: {}", missing.refusal)?;
    }
    for proposal in &missing.proposals {
        let (gap, text, why) = (proposal.gap.word(), &proposal.text, &proposal.why);
        writeln!(out, "    {gap}: {text} (because {why})")?;
    }
    Ok(())
}
