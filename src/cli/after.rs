//! `returns` and `report`: what came back after the show, and what the show came to.

use std::path::{Path, PathBuf};

use super::board::{deeds, there};
use super::{Stop, Streams};
use crate::domain::{Author, Clock, Deed, Ledger, counted};
use crate::report::{self, Form, ReportShow};
use crate::returns;
use crate::run;
use crate::show;
use crate::store::Store;

/// Joins a result file to the cards as one deed, which the board can take back, and writes the nurture list anew.
pub(super) fn returns(dir: &Path, files: &[PathBuf], streams: &mut Streams) -> Result<(), Stop> {
    let (show, _) = show::open(dir);
    let show = there(show)?;
    let opened = Store::open(&show.store_dir(), |_| {}).map_err(Stop::fault)?;
    for remark in &opened.remarks {
        writeln!(streams.err, "boothside: {remark}")?;
    }
    let mut clock = Clock::new(opened.node);
    for deed in &opened.deeds {
        clock.witness(deed.stamp);
    }
    let told = run::night_show(&show, opened.node);
    let now = run::now_in(&run::zone_of(&show));
    let mut deeds = opened.deeds;
    let mut whole = true;
    for file in files {
        let ledger = Ledger::of(deeds.iter().cloned());
        let joined = match returns::run(file, ledger.board(), &told) {
            Ok(joined) => joined,
            Err(error) => {
                whole = false;
                writeln!(streams.err, "boothside: {error}")?;
                continue;
            }
        };
        let name = file.display();
        for fault in &joined.faults {
            whole = false;
            writeln!(streams.err, "{name} line {}: {}", fault.line, fault.words)?;
        }
        writeln!(streams.out, "{name}: {}", joined.words())?;
        if !joined.facts.is_empty() {
            let deed = Deed {
                stamp: clock.tick(now.ms),
                author: Author::Person(show.config.operator.clone()),
                facts: joined.facts,
            };
            opened.store.append(deed.clone());
            deeds.push(deed);
        }
    }
    opened.store.close().map_err(Stop::fault)?;
    let ledger = Ledger::of(deeds);
    let (path, rows) =
        returns::write_nurture(&show.night_dir(), ledger.board(), &told).map_err(Stop::fault)?;
    let rows = counted(rows, "lead");
    writeln!(streams.out, "{rows} to nurture in {}", path.display())?;
    streams.out.flush()?;
    if whole { Ok(()) } else { Err(Stop::Told) }
}

/// Writes the report of one show, or of several side by side.
pub(super) fn report(
    dirs: &[PathBuf],
    form: Form,
    to: Option<PathBuf>,
    streams: &mut Streams,
) -> Result<(), Stop> {
    let mut shows = Vec::new();
    for dir in dirs {
        let show = there(show::open(dir).0)?;
        let deeds = deeds(&show, streams)?;
        shows.push((show, Ledger::of(deeds)));
    }
    let told: Vec<_> = shows
        .iter()
        .map(|(show, _)| run::night_show(show, 0))
        .collect();
    let reports: Vec<ReportShow> = shows
        .iter()
        .zip(&told)
        .map(|((show, ledger), told)| ReportShow {
            board: ledger.board(),
            show: told,
            cost: run::cost_of(show),
            margin: show.config.margin,
        })
        .collect();
    let Some((first, _)) = shows.first() else {
        return Ok(());
    };
    let path = to.unwrap_or_else(|| first.night_dir().join(file(form)));
    let now = run::now_in(&run::zone_of(first));
    report::run(&reports, now.ms, form, &path).map_err(Stop::fault)?;
    Ok(writeln!(streams.out, "{}", path.display())?)
}

fn file(form: Form) -> &'static str {
    match form {
        Form::Html => "report.html",
        Form::Json => "report.json",
        Form::Csv => "report.csv",
    }
}
