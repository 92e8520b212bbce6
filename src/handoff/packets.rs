//! A packet per owner: every lead with who, why, what was said and what was promised, as Markdown and as a page.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;

use jiff::tz::TimeZone;

use crate::domain::{Board, counted};

use super::chat::chat;
use super::html::{escape, page};
use super::leads::local;
use super::runsheet::line;
use super::sheet::who;
use super::words::{capital, promised, proofs};
use super::zip::Zip;
use super::{Drafts, Lead, Mail, NightShow, calendar, vcard};

/// One packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// The owner; empty for the leads nobody owns yet.
    pub owner: String,
    /// The files' name without its ending.
    pub name: String,
    /// The Markdown.
    pub markdown: String,
    /// The page.
    pub html: String,
    /// Their dated promises as a calendar, where there are any.
    pub calendar: Option<String>,
    /// Everybody known in it as vCards, where there is anybody.
    pub contacts: Option<String>,
    /// Their hot leads as five lines each for a chat, where there are any.
    pub chat: Option<String>,
    /// Files of approved follow-ups: names below `drafts/` and texts.
    pub drafts: Vec<(String, String)>,
}

impl Packet {
    /// The packet's files but the drafts: names and texts.
    pub fn files(&self) -> Vec<(String, &str)> {
        let always = [("md", self.markdown.as_str()), ("html", self.html.as_str())];
        let some = [
            ("ics", &self.calendar),
            ("vcf", &self.contacts),
            ("chat.txt", &self.chat),
        ];
        let some = some
            .into_iter()
            .filter_map(|(ending, text)| Some((ending, text.as_deref()?)));
        let all = always.into_iter().chain(some);
        all.map(|(ending, text)| (format!("{}.{ending}", self.name), text))
            .collect()
    }

    /// All of it in one archive, to be sent to the owner as it is.
    pub fn archive(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let mut zip = Zip::new(out);
        for (name, text) in self.files() {
            // In the archive the drafts lie beneath the page, in the night's folder beside its own.
            let text = text.replace("href=\"../drafts/", "href=\"drafts/");
            zip.file(&name, text.as_bytes())?;
        }
        for (name, text) in &self.drafts {
            zip.file(&format!("drafts/{name}"), text.as_bytes())?;
        }
        zip.finish()
    }
}

/// Whose leads go into one packet.
pub struct Bundle<'a> {
    /// The owner; empty for the leads nobody owns yet.
    pub owner: &'a str,
    /// The files' name without its ending.
    pub name: String,
    /// The leads, hottest first.
    leads: Vec<&'a Lead>,
}

/// The leads owner by owner, by name, those nobody owns last.
pub fn bundles(leads: &[Lead]) -> Vec<Bundle<'_>> {
    let mut by_owner: BTreeMap<(bool, &str), Vec<&Lead>> = BTreeMap::new();
    for lead in leads {
        let key = (lead.owner.is_empty(), lead.owner.as_str());
        by_owner.entry(key).or_default().push(lead);
    }
    let mut taken = Vec::new();
    let mut bundles = Vec::new();
    for ((_, owner), mut leads) in by_owner {
        leads.sort_by_key(|lead| (heat_order(&lead.grade), lead.external_id.as_str()));
        bundles.push(Bundle {
            owner,
            name: file_name(owner, &mut taken),
            leads,
        });
    }
    bundles
}

impl Bundle<'_> {
    /// The packet.
    pub fn packet(&self, board: &Board, show: &NightShow<'_>, drafts: &Drafts) -> Packet {
        let (owner, leads) = (self.owner, self.leads.as_slice());
        Packet {
            owner: owner.to_owned(),
            name: self.name.clone(),
            markdown: markdown(owner, leads, (board, drafts), show),
            html: html(owner, leads, (board, drafts), show),
            calendar: calendar(leads),
            contacts: contacts(leads),
            chat: chat(leads, board),
            drafts: ready(leads, drafts),
        }
    }
}

/// A packet per owner, by name, those nobody owns last; hottest leads first in each.
pub fn packets(
    leads: &[Lead],
    board: &Board,
    show: &NightShow<'_>,
    drafts: &Drafts,
) -> Vec<Packet> {
    let bundles = bundles(leads);
    let packets = bundles.iter();
    packets
        .map(|bundle| bundle.packet(board, show, drafts))
        .collect()
}

fn contacts(leads: &[&Lead]) -> Option<String> {
    let all: String = leads.iter().filter_map(|lead| vcard(lead)).collect();
    (!all.is_empty()).then_some(all)
}

fn ready(leads: &[&Lead], drafts: &Drafts) -> Vec<(String, String)> {
    let ready = leads.iter().filter_map(|lead| {
        let mail = drafts.get(&lead.external_id)?;
        matches!(mail, Mail::Ready(_)).then(|| mail.files(lead))
    });
    ready.flatten().collect()
}

/// Hot first, then warm, unrated, cold, giveaway hunters.
pub fn heat_order(grade: &str) -> u8 {
    match grade {
        "hot" => 0,
        "warm" => 1,
        "cold" => 3,
        "swag" => 4,
        _ => 2,
    }
}

fn file_name(owner: &str, taken: &mut Vec<String>) -> String {
    let plain = |c: char| if c.is_alphanumeric() { c } else { '-' };
    let slug: String = owner.to_lowercase().chars().map(plain).take(60).collect();
    let base = match slug.trim_matches('-') {
        "" => "nobody-yet",
        slug => slug,
    };
    let mut name = base.to_owned();
    let mut number = 2;
    while taken.contains(&name) {
        name = format!("{base}-{number}");
        number += 1;
    }
    taken.push(name.clone());
    name
}

fn title(owner: &str, show: &NightShow<'_>) -> String {
    let whose = if owner.is_empty() {
        "leads nobody owns yet".to_owned()
    } else {
        format!("leads of {owner}")
    };
    format!("{}: {whose}", show.name)
}

/// Why the lead matters, in a line.
fn why(lead: &Lead) -> String {
    let mut parts = Vec::new();
    if !lead.account_name.is_empty() {
        let tier = if lead.account_tier.is_empty() {
            String::new()
        } else {
            format!(" (tier {})", lead.account_tier)
        };
        parts.push(format!(
            "target account {}{tier}, {}",
            lead.account_name, lead.account_match
        ));
    }
    if !lead.grade_why.is_empty() {
        parts.push(lead.grade_why.clone());
    }
    if !lead.owner_rule.is_empty() {
        parts.push(format!("yours by: {}", lead.owner_rule));
    }
    parts.join("; ")
}

/// What may be done with the address, in words.
fn consent(lead: &Lead) -> String {
    match lead.consent_email.as_str() {
        "opt_in" if lead.consent_text.is_empty() => "may be written to".to_owned(),
        "opt_in" => format!("may be written to: \"{}\"", lead.consent_text),
        "opt_out" => "does NOT want to be written to".to_owned(),
        _ => "nobody asked; answer what they asked for, no marketing".to_owned(),
    }
}

/// By when, by the owner's own clock where the playbook says which, else by the show's; the zone is named.
fn due(lead: &Lead, show: &NightShow<'_>) -> String {
    let owner = show.playbook.owner(&lead.owner);
    let own = owner.and_then(|owner| TimeZone::get(&owner.time_zone).ok());
    let zone = own.as_ref().unwrap_or(&show.zone);
    lead.sla_due_at
        .parse::<jiff::Timestamp>()
        .ok()
        .and_then(|time| u64::try_from(time.as_millisecond()).ok())
        .map(|ms| format!("{} ({})", local(ms, zone), zone_name(zone)))
        .unwrap_or_default()
}

fn zone_name(zone: &TimeZone) -> String {
    zone.iana_name()
        .map_or_else(|| "show time".to_owned(), str::to_owned)
}

/// The facts of a lead, label by label; empty ones are left out.
fn facts(lead: &Lead, show: &NightShow<'_>, draft: Option<&Mail>) -> Vec<(&'static str, String)> {
    let phone = super::salesforce::phone(lead);
    [
        ("Title", lead.title.clone()),
        ("E-mail", lead.email.clone()),
        ("Phone", phone.to_owned()),
        ("Why", why(lead)),
        ("Promised", promised(lead)),
        ("First answer due", due(lead, show)),
        ("Consent", consent(lead)),
        (
            "Draft",
            draft.map(|mail| mail.words(lead)).unwrap_or_default(),
        ),
        ("Met", lead.captured_local.clone()),
        ("Talked to", lead.taken_by.clone()),
        ("Tags", lead.tags.join(", ")),
        (
            "Answer with",
            format!(
                "{} accept, or {} reject no budget",
                lead.short_code, lead.short_code
            ),
        ),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .collect()
}

/// What is known of the talks, and their follow-ups.
type Known<'a> = (&'a Board, &'a Drafts);

fn markdown(owner: &str, leads: &[&Lead], known: Known<'_>, show: &NightShow<'_>) -> String {
    let mut text = String::new();
    // Writing into a String can't fail.
    let _ = write_markdown(&mut text, owner, leads, known, show);
    text
}

fn write_markdown(
    text: &mut String,
    owner: &str,
    leads: &[&Lead],
    (board, drafts): Known<'_>,
    show: &NightShow<'_>,
) -> std::fmt::Result {
    writeln!(
        text,
        "# {}\n\n{}.",
        line(&title(owner, show)),
        counted(leads.len(), "lead")
    )?;
    for lead in leads {
        let grade = if lead.grade.is_empty() {
            "not rated"
        } else {
            &lead.grade
        };
        writeln!(text, "\n## {} ({grade})\n", line(&who(lead)))?;
        for (label, value) in facts(lead, show, drafts.get(&lead.external_id)) {
            writeln!(text, "- {label}: {}", line(&value))?;
        }
        let card = board.card(lead.card);
        for signal in card.map(|card| proofs(card, 5)).unwrap_or_default() {
            writeln!(
                text,
                "\n> {}: \"{}\"",
                capital(signal.kind.word()),
                line(&signal.quote)
            )?;
        }
        if !lead.notes.is_empty() {
            writeln!(text, "\nNotes:\n")?;
            for note in lead.notes.lines() {
                writeln!(text, "- {}", line(note))?;
            }
        }
    }
    Ok(())
}

fn html(owner: &str, leads: &[&Lead], known: Known<'_>, show: &NightShow<'_>) -> String {
    let title = title(owner, show);
    let mut body = format!(
        "<h1>{}</h1>\n<p class=\"soft\">{}</p>\n",
        escape(&title),
        counted(leads.len(), "lead")
    );
    for lead in leads {
        // Writing into a String can't fail.
        let _ = write_section(&mut body, lead, known, show);
    }
    page(&title, &body)
}

fn write_section(
    body: &mut String,
    lead: &Lead,
    (board, drafts): Known<'_>,
    show: &NightShow<'_>,
) -> std::fmt::Result {
    let (class, grade) = match lead.grade.as_str() {
        "" => ("soft", "not rated"),
        grade => (grade, grade),
    };
    writeln!(
        body,
        "<section class=\"lead\" id=\"{}\">\n<h3 dir=\"auto\">{} <span class=\"tag {class}\">{grade}</span></h3>\n<table>",
        lead.short_code,
        escape(&who(lead))
    )?;
    for (label, value) in facts(lead, show, drafts.get(&lead.external_id)) {
        let value = if label == "E-mail" && super::is_email(&value) {
            format!("<a href=\"mailto:{0}\">{0}</a>", escape(&value))
        } else if let Some(mail) = drafts.get(&lead.external_id).filter(|_| label == "Draft") {
            mail.html(lead)
        } else {
            escape(&value)
        };
        writeln!(
            body,
            "<tr><th>{label}</th><td dir=\"auto\" class=\"pre\">{value}</td></tr>"
        )?;
    }
    writeln!(body, "</table>")?;
    let card = board.card(lead.card);
    for signal in card.map(|card| proofs(card, 5)).unwrap_or_default() {
        writeln!(
            body,
            "<blockquote dir=\"auto\"><span class=\"soft\">{}:</span> {}</blockquote>",
            signal.kind.word(),
            escape(&signal.quote)
        )?;
    }
    if !lead.notes.is_empty() {
        writeln!(
            body,
            "<p class=\"pre\" dir=\"auto\">{}</p>",
            escape(&lead.notes)
        )?;
    }
    writeln!(body, "</section>")
}
