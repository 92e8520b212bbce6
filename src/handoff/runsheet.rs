//! `RUNSHEET.md`: what to upload where, in which order, which column is what, and what to bring back.

use std::fmt::Write;

use crate::domain::counted;

use super::destination::Destination;
use super::sheet::{Fault, Weight};
use super::sheets::{Parts, Told};
use super::{Drafts, Lead, NightShow, drafts};

/// The page. Nothing in it depends on the hour of the export.
pub fn page(
    show: &NightShow<'_>,
    (leads, all): (&[Lead], &[Lead]),
    parts: &Parts,
    (faults, drafts): (&[Fault], &Drafts),
) -> String {
    let mut page = String::new();
    // Writing into a String can't fail.
    let _ = write_page(&mut page, show, (leads, all), parts, (faults, drafts));
    page
}

fn write_page(
    page: &mut String,
    show: &NightShow<'_>,
    (leads, all): (&[Lead], &[Lead]),
    parts: &Parts,
    (faults, drafts): (&[Fault], &Drafts),
) -> std::fmt::Result {
    writeln!(page, "# {}: runsheet\n", line(show.name))?;
    let hot = leads.iter().filter(|lead| lead.grade == "hot").count();
    let nameless = leads
        .iter()
        .filter(|lead| lead.full_name.is_empty())
        .count();
    let ownerless = leads.iter().filter(|lead| lead.owner.is_empty()).count();
    writeln!(
        page,
        "{}, {hot} of them hot, {nameless} without a name, {ownerless} without an owner.\n",
        counted(leads.len(), "lead")
    )?;
    let out = faults
        .iter()
        .filter(|fault| fault.weight == Weight::LeftOut)
        .count();
    if out > 0 {
        writeln!(
            page,
            "**{out} faults keep rows out of a file; see the end of this page.**\n"
        )?;
    }
    write_unaddressed(page, leads, parts)?;
    for (destination, sheets) in parts {
        write_destination(page, *destination, sheets)?;
    }
    drafts::write_section(page, all, drafts)?;
    writeln!(page, "## Afterwards\n")?;
    writeln!(
        page,
        "- Send each owner the file with their name from `packets/`: a page, their contacts (.vcf) and their promises (.ics), or all of it in one .zip; a .zip.age opens with the owner's own key alone."
    )?;
    writeln!(
        page,
        "- Bring the importer's result files back: `boothside returns DIR FILE`. What failed comes up on the night list."
    )?;
    writeln!(
        page,
        "- A second export of the same leads updates them: the external ids stay the same."
    )?;
    if faults.is_empty() {
        return Ok(());
    }
    write_faults(page, faults)
}

/// Leads without an address, where an importer knows people by it: they are not lost, and it is said where they are.
fn write_unaddressed(page: &mut String, leads: &[Lead], parts: &Parts) -> std::fmt::Result {
    let without = leads.iter().filter(|lead| lead.email.is_empty()).count();
    let needing: Vec<&str> = parts
        .iter()
        .filter(|(destination, _)| {
            matches!(
                destination,
                Destination::HubSpot | Destination::Marketo | Destination::AccountEngagement
            )
        })
        .map(|(destination, _)| destination.title())
        .collect();
    if without == 0 || needing.is_empty() {
        return Ok(());
    }
    let know = if needing.len() == 1 { "knows" } else { "know" };
    writeln!(
        page,
        "{} without an e-mail address: {} {know} people by it, so look for them in `leads.csv` and on the night list.\n",
        counted(without, "lead"),
        needing.join(", ")
    )
}

fn write_destination(
    page: &mut String,
    destination: Destination,
    sheets: &[Told],
) -> std::fmt::Result {
    writeln!(page, "## {}\n", destination.title())?;
    for (number, step) in destination.steps().iter().enumerate() {
        writeln!(page, "{}. {step}", number + 1)?;
    }
    for sheet in sheets {
        writeln!(
            page,
            "\n### `{}`: {}, {}\n",
            sheet.file,
            sheet.object,
            counted(sheet.rows, "row")
        )?;
        writeln!(page, "| column | comes from |\n| --- | --- |")?;
        for column in &sheet.columns {
            writeln!(page, "| {} | {} |", line(&column.header), column.from)?;
        }
    }
    writeln!(page)?;
    Ok(())
}

fn write_faults(page: &mut String, faults: &[Fault]) -> std::fmt::Result {
    writeln!(page, "\n## What was put right or left out\n")?;
    writeln!(
        page,
        "| file | line | who | column | what | done |\n| --- | --- | --- | --- | --- | --- |"
    )?;
    for fault in faults {
        let place = if fault.line == 0 {
            "left out".into()
        } else {
            fault.line.to_string()
        };
        writeln!(
            page,
            "| {} | {place} | {} | {} | {} | {} |",
            fault.file,
            line(&fault.who),
            line(&fault.column),
            line(&fault.reason),
            line(&fault.remedy)
        )?;
    }
    Ok(())
}

/// Text as one cell of a Markdown table.
pub fn line(text: &str) -> String {
    let flat: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut safe = String::with_capacity(flat.len());
    for c in flat.chars() {
        if matches!(c, '|' | '\\' | '`' | '*' | '_' | '<' | '[' | ']' | '#') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}
