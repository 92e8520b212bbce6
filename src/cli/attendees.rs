//! `attendees`: the organiser's list comes late, and those who were only a number get their names.

use std::path::Path;

use super::board::there;
use super::{Stop, Streams};
use crate::accounts::resolve::{self, Certainty, Resolved};
use crate::accounts::{Attendees, Matcher};
use crate::diagnostic::render_all;
use crate::domain::{Author, Clock, Deed, Detail, Ledger};
use crate::run;
use crate::show::{self, ListKept, Show};
use crate::store::Store;

/// Resolves the visitors of a show by a list, as one deed that the board can take back, and keeps the list for later scans.
pub(super) fn resolve(dir: &Path, file: &Path, streams: &mut Streams) -> Result<(), Stop> {
    let (show, _) = show::open(dir);
    let show = there(show)?;
    let (text, faults) = show::read_attendee_list(file);
    write!(streams.err, "{}", render_all(&faults))?;
    let Some(text) = text else {
        return Err(Stop::Told);
    };
    let (list, remarks) = Attendees::read_by(&text, &show.config.attendees);
    for remark in remarks {
        writeln!(streams.err, "{}: {remark}", file.display())?;
    }
    let columns: Vec<String> = list
        .understood()
        .iter()
        .map(|column| format!("{} = \"{}\"", column.detail.word(), column.header))
        .collect();
    writeln!(streams.out, "{} people; {}", list.len(), columns.join(", "))?;
    if !list
        .understood()
        .iter()
        .any(|column| column.detail == Detail::Id)
    {
        return Err(Stop::Told);
    }
    write!(streams.out, "{}", guesses(&list))?;
    write_down(&show, &list, streams)?;
    let kept = match show::keep_attendee_list(&show.dir, &text).map_err(Stop::fault)? {
        ListKept::New => "kept as attendees.csv; the board knows it from its next start",
        ListKept::Same => "the show has this list already",
        ListKept::Other => {
            "the show's own attendees.csv is another list and stays; replace it to use this one for later scans"
        }
    };
    Ok(writeln!(streams.out, "{kept}")?)
}

/// What was guessed from the headers, and how it is pinned or changed; nothing where the show says it all.
pub(super) fn guesses(list: &Attendees) -> String {
    let lines = list.guesses();
    if lines.is_empty() {
        return lines;
    }
    format!(
        "guessed from the headers; to keep or change it, put into show.toml:\n[attendees]\n{lines}"
    )
}

fn write_down(show: &Show, list: &Attendees, streams: &mut Streams) -> Result<(), Stop> {
    let opened = Store::open(&show.store_dir(), |_| {}).map_err(Stop::fault)?;
    for remark in &opened.remarks {
        writeln!(streams.err, "boothside: {remark}")?;
    }
    let mut clock = Clock::new(opened.node);
    for deed in &opened.deeds {
        clock.witness(deed.stamp);
    }
    let ledger = Ledger::of(opened.deeds);
    let resolved = resolve::resolve(ledger.board(), list);
    let facts = resolve::facts(
        ledger.board(),
        &resolved,
        &Matcher::new(&show.playbook.accounts),
    );
    if !facts.is_empty() {
        let now = run::now_in(&run::zone_of(show));
        opened.store.append(Deed {
            stamp: clock.tick(now.ms),
            author: Author::Person(show.config.operator.clone()),
            facts,
        });
    }
    opened.store.close().map_err(Stop::fault)?;
    tell(&resolved, streams)
}

/// A line for everybody, the sure ones first, and the sum.
fn tell(resolved: &[Resolved], streams: &mut Streams) -> Result<(), Stop> {
    let mut sorted: Vec<&Resolved> = resolved.iter().collect();
    sorted.sort_by_key(|one| one.certainty);
    for one in sorted {
        let word = match one.certainty {
            Certainty::Sure => "sure",
            Certainty::Likely => "likely",
            Certainty::None => "none",
        };
        let who = one.person.as_ref().map_or(String::new(), |person| {
            format!(
                "{}, {} (badge {})",
                person.name, person.company, person.badge_id
            )
        });
        writeln!(streams.out, "{word}\t{}\t{who}", one.badge_id)?;
    }
    let count = |certainty| {
        resolved
            .iter()
            .filter(|one| one.certainty == certainty)
            .count()
    };
    writeln!(
        streams.out,
        "{} resolved, {} likely and left for you to look at, {} not on the list",
        count(Certainty::Sure),
        count(Certainty::Likely),
        count(Certainty::None)
    )?;
    Ok(())
}
