//! The night's follow-ups: approved ones as mails, the others as texts that no program can send.
//!
//! A proposal is written without its address and not as a mail, so that nothing that nobody approved is one click from
//! being sent; what waits or is held back is named in the runsheet alone.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::domain::{Board, Letter, Visitor};
use crate::follow_up::{self, Crowd, Desk, Draft, Ground, Line, Standing, Withheld};

use super::html::escape;
use super::leads::local;
use super::runsheet::line;
use super::sheet::who;
use super::{Lead, NightShow, calendar, eml, mailto};

/// A lead's follow-up tonight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mail {
    /// It goes out: the text that was approved.
    Ready(Letter),
    /// It does not yet; a text to read, where nobody approved it.
    Not(Standing, String),
    /// There is none.
    None(Withheld),
    /// They have no address of their own, or the same mail goes out already: another person of the talk gets it.
    Beside,
}

/// Every lead's follow-up by external id.
pub type Drafts = BTreeMap<String, Mail>;

/// The follow-ups of these leads.
pub fn drafts(leads: &[Lead], board: &Board, show: &NightShow<'_>) -> Drafts {
    let crowd = Crowd::of(board);
    let refusals = follow_up::refusals(board);
    let mut drafts = Drafts::new();
    let mut told = std::collections::BTreeSet::new();
    for lead in leads {
        let Some(card) = board.card(lead.card) else {
            continue;
        };
        let day = lead
            .captured_local
            .get(..10)
            .and_then(|day| day.parse().ok());
        let Some(day) = day else {
            continue;
        };
        let theirs = |visitor: &Visitor| visitor.email.trim() == lead.email.trim();
        let person = follow_up::addressees(card)
            .find(|(_, visitor)| theirs(visitor))
            .map(|(id, _)| id)
            .filter(|id| told.insert((lead.card, *id)));
        let made = follow_up::draft_among(&refusals, &crowd, card, person, (&show.brand, day));
        let mail = match made {
            Err(why) => Mail::None(why),
            Ok(_) if person.is_none() => Mail::Beside,
            Ok(draft) => {
                let desk = follow_up::desk(card, &draft);
                match (desk.standing, &desk.approved) {
                    (Standing::Free, Some(letter)) => Mail::Ready(letter.clone()),
                    (standing, _) => Mail::Not(standing, proposal(&desk, &draft, show)),
                }
            }
        };
        drafts.insert(lead.external_id.clone(), mail);
    }
    drafts
}

/// A draft to be read, each line with what it rests on.
fn proposal(desk: &Desk, draft: &Draft, show: &NightShow<'_>) -> String {
    let mut text = format!(
        "NOT APPROVED ({}). This is a proposal to read, not a mail to send: it names no address. Approve it on the board, then export again.\n\nSubject: {}\n",
        desk.standing.words(),
        desk.subject.text
    );
    because(&mut text, &desk.subject, show);
    text.push('\n');
    for line in &desk.lines {
        text.push_str(&line.text);
        text.push('\n');
        because(&mut text, line, show);
    }
    let _ = write!(text, "\n{}\n", draft.footer);
    text
}

fn because(text: &mut String, line: &Line, show: &NightShow<'_>) {
    for ground in &line.grounds {
        // Writing into a String can't fail.
        let _ = match ground {
            Ground::Said { at_ms, quote, .. } => {
                let at = local(*at_ms, &show.zone);
                writeln!(text, "    <- {at} \"{}\"", quote.trim())
            }
            Ground::Noted(from) => writeln!(text, "    <- {from}"),
        };
    }
}

impl Mail {
    /// In words for packets: where it is, or why there is none.
    pub fn words(&self, lead: &Lead) -> String {
        match self {
            Self::Ready(_) => format!("drafts/{}.eml", lead.short_code),
            Self::Not(Standing::Proposed, _) => {
                format!("not approved; drafts/not-approved/{}.txt", lead.short_code)
            }
            Self::Not(standing, _) => standing.words().to_owned(),
            Self::None(why) => why.words().to_owned(),
            Self::Beside => "goes to another person of this talk".to_owned(),
        }
    }

    /// The same for a page: links to the file and to a mail program.
    pub fn html(&self, lead: &Lead) -> String {
        let Self::Ready(letter) = self else {
            return escape(&self.words(lead));
        };
        let link = mailto(&letter.to, &letter.subject, &letter.body);
        let without = if link.contains("&body=") {
            ""
        } else {
            " (without its text, which is too long for a link)"
        };
        format!(
            "<a href=\"../drafts/{code}.eml\">drafts/{code}.eml</a>, or <a href=\"{}\">write it here</a>{without}",
            escape(&link),
            code = lead.short_code
        )
    }

    /// The files of a lead's follow-up below `drafts/`: names and texts.
    pub fn files(&self, lead: &Lead) -> Vec<(String, String)> {
        let code = &lead.short_code;
        match self {
            Self::Ready(letter) => {
                let plain = format!(
                    "To: {}\nSubject: {}\n\n{}\n",
                    letter.to, letter.subject, letter.body
                );
                let mut files = vec![
                    (
                        format!("{code}.eml"),
                        eml(&letter.to, &letter.subject, &letter.body),
                    ),
                    (format!("{code}.txt"), plain),
                ];
                let date = calendar(&[lead]).map(|entry| (format!("{code}.ics"), entry));
                files.extend(date);
                files
            }
            Self::Not(Standing::Proposed, text) => {
                vec![(format!("not-approved/{code}.txt"), text.clone())]
            }
            Self::Not(..) | Self::None(_) | Self::Beside => Vec::new(),
        }
    }

    /// What an export says it wrote once: the mail as it was approved.
    pub fn mark(&self, lead: &Lead) -> Option<String> {
        let Self::Ready(letter) = self else {
            return None;
        };
        let text = format!("{}\n{}\n{}", letter.to, letter.subject, letter.body);
        Some(format!(
            "drafts {} {}",
            lead.external_id,
            super::history::short_hash(text.as_bytes())
        ))
    }
}

/// The runsheet's section: what goes out, what waits and why.
pub fn write_section(page: &mut String, leads: &[Lead], drafts: &Drafts) -> std::fmt::Result {
    writeln!(page, "## Follow-ups\n")?;
    let of = |lead: &Lead| drafts.get(&lead.external_id);
    let ready = leads
        .iter()
        .filter(|lead| matches!(of(lead), Some(Mail::Ready(_))))
        .count();
    writeln!(
        page,
        "{ready} approved and free to be sent: open `drafts/CODE.eml` and press Send, or take the text from `drafts/CODE.txt`; `drafts/CODE.ics` is for your calendar. Nothing else in this folder is meant to be sent.\n"
    )?;
    let waiting = [
        (
            Standing::Waits,
            "Approved, and kept back until the import is confirmed: bring the importer's file back with `boothside returns`, or release them on the board.",
        ),
        (
            Standing::Changed,
            "Approved, but the card changed since: read them again on the board.",
        ),
        (Standing::Held, "Held back by hand."),
        (
            Standing::Proposed,
            "Not approved yet: read them on the board; `drafts/not-approved/` has them to look at, without an address.",
        ),
    ];
    for (standing, words) in waiting {
        let these: Vec<String> = leads
            .iter()
            .filter(|lead| matches!(of(lead), Some(Mail::Not(is, _)) if *is == standing))
            .map(|lead| format!("- {} ({})", line(&who(lead)), lead.short_code))
            .collect();
        if !these.is_empty() {
            writeln!(page, "{words}\n\n{}\n", these.join("\n"))?;
        }
    }
    let mut none: BTreeMap<&str, usize> = BTreeMap::new();
    for lead in leads {
        if let Some(Mail::None(why)) = of(lead) {
            *none.entry(why.words()).or_default() += 1;
        }
    }
    for (why, count) in &none {
        writeln!(page, "- {count}: {why}")?;
    }
    if !none.is_empty() {
        writeln!(page)?;
    }
    Ok(())
}
