//! `match`, `badge` and `qualify`: names, badges and transcripts judged without a board, for scripts and for scoring.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use serde_json::json;

use super::{Stop, Streams};
use crate::accounts::Matcher;
use crate::badge;
use crate::diagnostic::{Diagnostic, Severity, render_all};
use crate::qualify::jsonl;
use crate::show;

/// The longest payload of a badge that is read, in bytes; a QR code holds 2,953.
const LONGEST_BADGE: u64 = 1 << 20;

/// Names on standard input, one a line -> name, account id or nothing, score, why, with tabs between.
pub(super) fn matches(accounts: &Path, streams: &mut Streams) -> Result<(), Stop> {
    let (accounts, faults) = show::read_account_list(accounts);
    tell(&faults, streams)?;
    if accounts.is_empty() {
        return Err(Stop::Told);
    }
    let matcher = Matcher::new(&accounts);
    let mut input = BufReader::new(&mut *streams.input);
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = input.read_until(b'\n', &mut line);
        let read =
            read.map_err(|error| Stop::Fault(format!("standard input can't be read: {error}")))?;
        if read == 0 {
            return Ok(());
        }
        let name = String::from_utf8_lossy(&line);
        let name = name.trim_end_matches(['\r', '\n']);
        let verdict = matcher.company(name);
        match (&verdict.sure, verdict.suggestions.first()) {
            (Some(hit), _) => writeln!(
                streams.out,
                "{name}\t{}\t{:.2}\t{}",
                hit.key, hit.score, hit.why
            )?,
            (None, Some(hit)) => writeln!(
                streams.out,
                "{name}\t\t{:.2}\tperhaps {}: {}",
                hit.score, hit.name, hit.why
            )?,
            (None, None) => writeln!(streams.out, "{name}\t\t0.00\tnothing like it")?,
        }
    }
}

/// One payload on standard input -> who it is.
pub(super) fn badge(json: bool, streams: &mut Streams) -> Result<(), Stop> {
    let mut payload = Vec::new();
    (&mut *streams.input)
        .take(LONGEST_BADGE)
        .read_to_end(&mut payload)
        .map_err(|error| Stop::Fault(format!("standard input can't be read: {error}")))?;
    if payload.iter().all(u8::is_ascii_whitespace) {
        return Err(Stop::Fault(
            "standard input is empty; give one badge: boothside badge < badge.vcf".to_string(),
        ));
    }
    let reading = badge::parse(&payload);
    let who = &reading.visitor;
    if json {
        let object = json!({
            "full_name": who.name,
            "first": reading.first,
            "last": reading.last,
            "org": who.company,
            "title": who.title,
            "email": who.email,
            "phone": who.phone,
            "country": who.country,
            "state": who.state,
            "badge_id": who.badge_id,
            "remarks": reading.remarks,
        });
        return Ok(writeln!(streams.out, "{object}")?);
    }
    let fields = [
        ("name", &who.name),
        ("company", &who.company),
        ("title", &who.title),
        ("e-mail", &who.email),
        ("phone", &who.phone),
        ("country", &who.country),
        ("state", &who.state),
        ("badge", &who.badge_id),
    ];
    for (word, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(streams.out, "{word:<8} {value}")?;
    }
    for remark in &reading.remarks {
        writeln!(streams.err, "boothside: {remark}")?;
    }
    Ok(())
}

/// Conversations of a JSONL file -> their signals (or where talks begin), by the playbook of a show.
pub(super) fn qualify(
    task: jsonl::Task,
    file: &Path,
    dir: &Path,
    streams: &mut Streams,
) -> Result<(), Stop> {
    let (show, mut faults) = show::open(dir);
    // Only what the judgement stands on; the rest of the folder is `check`'s business.
    faults.retain(|fault| fault.severity == Severity::Error && fault.file != "show.toml");
    tell(&faults, streams)?;
    let playbook = &show.playbook;
    if !dir.join("playbook.toml").is_file() {
        return Err(Stop::Fault(format!(
            "there is no playbook.toml in {}; --show names a folder that has one",
            dir.display()
        )));
    }
    let event = playbook.event.as_ref().map(|event| event.date);
    let Some(today) = event.or_else(|| show.config.days.first().copied()) else {
        return Err(Stop::Fault(
            "the show has no day that \"next week\" counts from; give [event] in playbook.toml a date".to_string(),
        ));
    };
    let reader = File::open(file).map_err(|error| {
        Stop::Fault(format!(
            "{} can't be read ({error}); give a JSONL file of conversations",
            file.display()
        ))
    })?;
    let out = &mut *streams.out;
    match jsonl::run(task, BufReader::new(reader), out, playbook, today) {
        Ok(_) => Ok(()),
        Err(jsonl::JsonlError::Io(error)) => Err(Stop::Out(error)),
        Err(error @ jsonl::JsonlError::Line { .. }) => {
            Err(Stop::Fault(format!("{}: {error}", file.display())))
        }
    }
}

fn tell(faults: &[Diagnostic], streams: &mut Streams) -> Result<(), Stop> {
    if !faults.is_empty() {
        writeln!(streams.err, "{}", render_all(faults))?;
    }
    Ok(())
}
