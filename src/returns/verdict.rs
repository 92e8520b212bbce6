//! One row or line of sales -> a verdict.

use crate::domain::{Day, Disposition, Opportunity, REASONS, Verdict};

use super::money::money;
use super::sheet::{Record, plain};

const DISPOSITION: [&str; 5] = [
    "disposition",
    "verdict",
    "decision",
    "outcome",
    "leadstatus",
];

/// Whether a file with this row is one of verdicts.
pub fn is_verdict(record: &Record) -> bool {
    !record.words.is_empty() || record.has(&DISPOSITION)
}

/// The verdict, or what the row lacks.
pub fn verdict(record: &Record, external_id: &str) -> Result<Verdict, String> {
    let told = record.first(&DISPOSITION);
    let disposition: Disposition = told
        .parse()
        .map_err(|words| format!("\"{told}\" is no verdict; {words}"))?;
    let reason = reason(record.first(&["reason", "rejectreason", "rejectionreason"]));
    Ok(Verdict {
        external_id: external_id.to_owned(),
        disposition,
        reason,
        owner: record.first(&["owner", "rep", "salesrep"]).to_owned(),
        date: day(record.first(&["date", "verdictdate", "updated"]))?,
        opportunity: opportunity(record)?,
        comment: record
            .first(&["comment", "comments", "note", "notes"])
            .to_owned(),
    })
}

/// A line such as `KTRN7A reject no budget` without its first word.
pub fn of_words(words: &str, external_id: &str) -> Result<Verdict, String> {
    let (first, rest) = words
        .trim()
        .split_once(char::is_whitespace)
        .unwrap_or((words.trim(), ""));
    let disposition: Disposition = first
        .parse()
        .map_err(|words| format!("\"{first}\" is no verdict; {words}"))?;
    let mut rest = rest.trim();
    let mut date = None;
    if let Some((word, more)) = rest
        .split_once(char::is_whitespace)
        .or((!rest.is_empty()).then_some((rest, "")))
        && let Ok(day) = word.parse::<Day>()
    {
        date = Some(day);
        rest = more.trim();
    }
    Ok(Verdict {
        external_id: external_id.to_owned(),
        disposition,
        reason: reason(rest),
        owner: String::new(),
        date,
        opportunity: None,
        comment: String::new(),
    })
}

/// The reason as the fixed list spells it, or as it was written.
fn reason(text: &str) -> String {
    let wanted = plain(text);
    REASONS
        .into_iter()
        .find(|reason| plain(reason) == wanted)
        .map_or_else(|| text.to_owned(), str::to_owned)
}

fn opportunity(record: &Record) -> Result<Option<Opportunity>, String> {
    let id = record.first(&["opportunityid", "opportunity", "dealid"]);
    let amount = record.first(&["amount", "value", "dealamount"]);
    let currency = record.first(&["currency", "currencyisocode"]);
    let won = match record
        .first(&["won", "iswon", "wonflag"])
        .to_lowercase()
        .as_str()
    {
        "" => None,
        "true" | "yes" | "1" | "won" => Some(true),
        "false" | "no" | "0" | "lost" => Some(false),
        other => return Err(format!("\"{other}\" under won is neither yes nor no")),
    };
    let opportunity = Opportunity {
        id: id.to_owned(),
        stage: record
            .first(&["stage", "stagename", "dealstage"])
            .to_owned(),
        amount: if amount.is_empty() {
            None
        } else {
            Some(money(amount, currency)?)
        },
        close: day(record.first(&["closedate", "closed"]))?,
        won,
    };
    let nothing = opportunity == Opportunity::default();
    Ok((!nothing).then_some(opportunity))
}

/// `2026-12-01`, also with a time behind it; never a date whose day and month could be mixed up.
fn day(text: &str) -> Result<Option<Day>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let date = text.split(['T', ' ']).next().unwrap_or_default();
    date.parse()
        .map(Some)
        .map_err(|words: &str| format!("\"{text}\": {words}"))
}
