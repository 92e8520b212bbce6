//! The whole truth as Parquet in Hive folders, so that `DuckDB`, Spark or a warehouse reads many shows at once.
//!
//! `parquet/leads/event=CODE/date=DAY/laptop=ID/part-0.parquet`, and `touches`, `evidence` beside `leads`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;

use super::folder::Folder;
use super::lead::COLUMNS;
use super::parquet::{self, Values};
use super::table::Cell;
use super::touches::{Evidence, Touch};
use super::{Lead, NightError};

/// Writes all three tables, a file per day and laptop.
pub fn write(
    folder: &mut Folder,
    leads: &[Lead],
    touches: &[Touch],
    evidence: &[Evidence],
) -> Result<(), NightError> {
    let mut places: BTreeMap<&str, String> = BTreeMap::new();
    let mut by_place: BTreeMap<String, Vec<&Lead>> = BTreeMap::new();
    for lead in leads {
        let place = place(lead);
        by_place.entry(place.clone()).or_default().push(lead);
        places.insert(&lead.external_id, place);
    }
    for (place, leads) in &by_place {
        let here = |id: &str| places.get(id).is_some_and(|its| its == place);
        let touches: Vec<&Touch> = touches.iter().filter(|it| here(&it.external_id)).collect();
        let proofs: Vec<&Evidence> = evidence.iter().filter(|it| here(&it.external_id)).collect();
        part(folder, ("leads", place), lead_columns(leads), leads.len())?;
        part(
            folder,
            ("touches", place),
            touch_columns(&touches),
            touches.len(),
        )?;
        part(
            folder,
            ("evidence", place),
            proof_columns(&proofs),
            proofs.len(),
        )?;
    }
    Ok(())
}

/// The Hive folders of a lead.
fn place(lead: &Lead) -> String {
    let safe = |text: &str| -> String {
        let plain = |c: char| {
            if c.is_ascii_alphanumeric() || c == '-' {
                c
            } else {
                '_'
            }
        };
        text.chars().map(plain).collect()
    };
    let day = lead.captured_local.get(..10).unwrap_or("unknown");
    format!(
        "event={}/date={}/laptop={}",
        safe(&lead.event_code),
        safe(day),
        safe(&lead.laptop_id)
    )
}

fn part<'a>(
    folder: &mut Folder,
    (table, place): (&'static str, &str),
    columns: impl IntoIterator<Item = (&'static str, Values<'a>)>,
    rows: usize,
) -> Result<(), NightError> {
    folder.file(&format!("parquet/{table}/{place}/part-0.parquet"), |out| {
        parquet::write(out, table, columns.into_iter(), rows).map(|()| rows)
    })
}

/// The columns of the leads, each made when it is asked for.
fn lead_columns<'a>(leads: &'a [&'a Lead]) -> impl Iterator<Item = (&'static str, Values<'a>)> {
    COLUMNS.iter().map(move |(name, cell)| {
        let texts = leads.iter().map(|lead| match cell(lead) {
            Cell::Text(text) | Cell::Plain(text) => text,
        });
        let values = match *name {
            "primary" | "deleted" => Values::Flag(texts.map(|text| text == "true").collect()),
            "account_score" => Values::Number(texts.map(|text| text.parse().ok()).collect()),
            "captured_at" | "sla_due_at" => {
                let micros =
                    |text: Cow<'_, str>| Some(text.parse::<Timestamp>().ok()?.as_microsecond());
                Values::Moment(texts.map(micros).collect())
            }
            "version" => Values::Moment(leads.iter().map(|lead| micros(lead.version)).collect()),
            _ => Values::Text(texts.collect()),
        };
        (*name, values)
    })
}

fn micros(ms: u64) -> Option<i64> {
    i64::try_from(ms).ok()?.checked_mul(1000)
}

fn text<'a, T>(rows: &[&'a T], of: impl Fn(&'a T) -> &'a str) -> Values<'a> {
    Values::Text(rows.iter().map(|row| of(row).into()).collect())
}

fn touch_columns<'a>(rows: &[&'a Touch]) -> [(&'static str, Values<'a>); 5] {
    [
        ("external_id", text(rows, |it| &it.external_id)),
        (
            "at",
            Values::Moment(rows.iter().map(|it| micros(it.at)).collect()),
        ),
        ("kind", text(rows, |it| it.kind)),
        ("by", text(rows, |it| &it.by)),
        ("detail", text(rows, |it| &it.detail)),
    ]
}

fn proof_columns<'a>(rows: &[&'a Evidence]) -> [(&'static str, Values<'a>); 10] {
    let confidence = rows.iter().map(|it| Some(f64::from(it.confidence)));
    [
        ("external_id", text(rows, |it| &it.external_id)),
        (
            "at",
            Values::Moment(rows.iter().map(|it| micros(it.at)).collect()),
        ),
        ("field", text(rows, |it| it.field)),
        ("value", text(rows, |it| &it.value)),
        ("polarity", text(rows, |it| it.polarity)),
        ("quote", text(rows, |it| &it.quote)),
        ("utterance", text(rows, |it| &it.utterance)),
        ("lane", text(rows, |it| &it.lane)),
        ("role", text(rows, |it| it.role)),
        ("confidence", Values::Number(confidence.collect())),
    ]
}
