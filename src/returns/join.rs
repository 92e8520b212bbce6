//! Records -> the facts that are news, and a line for whatever could not be placed. Pure.

use std::collections::BTreeMap;

use crate::domain::{Board, Card, CardId, Disposition, Fact, Receipt, Verdict, counted};
use crate::handoff::{Lead, NightShow, leads};

use super::receipt::{is_receipt, receipt};
use super::sheet::{Content, Record};
use super::verdict::{is_verdict, of_words, verdict};

/// A line that changed nothing, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFault {
    /// The line of the file.
    pub line: usize,
    /// What is wrong and what to do.
    pub words: String,
}

/// What a file comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Joined {
    /// What is news; record it as one deed.
    pub facts: Vec<Fact>,
    /// Rows that were read and placed.
    pub placed: usize,
    /// Of these, rows that said nothing new.
    pub unchanged: usize,
    /// Importer's results, by what was done.
    pub imports: BTreeMap<&'static str, usize>,
    /// Verdicts, by word.
    pub verdicts: BTreeMap<&'static str, usize>,
    /// What could not be placed.
    pub faults: Vec<LineFault>,
}

impl Joined {
    /// The outcome in a sentence or two.
    pub fn words(&self) -> String {
        let count = |map: &BTreeMap<&str, usize>| {
            let parts: Vec<String> = map
                .iter()
                .map(|(word, count)| format!("{count} {word}"))
                .collect();
            parts.join(", ")
        };
        let told: Vec<String> = [count(&self.imports), count(&self.verdicts)]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        let mut words = format!("{} placed", counted(self.placed, "row"));
        if !told.is_empty() {
            words = format!("{words}: {}", told.join("; "));
        }
        if self.unchanged > 0 {
            words = format!("{words}; {} of them said nothing new", self.unchanged);
        }
        if !self.faults.is_empty() {
            words = format!(
                "{words}; {} could not be placed",
                counted(self.faults.len(), "line")
            );
        }
        words
    }
}

/// Joins a file's records to the board's leads, on external id, short code or an address that one lead alone has.
pub fn join(content: &Content, board: &Board, show: &NightShow<'_>) -> Joined {
    let rows = leads::rows(board, show);
    let index = Index::of(&rows);
    let mut joined = Joined {
        faults: content
            .broken
            .iter()
            .map(|(line, words)| LineFault {
                line: *line,
                words: words.clone(),
            })
            .collect(),
        ..Joined::default()
    };
    // What earlier lines of the same file said, so that a later line is compared with them, not with the board.
    let mut news = News::default();
    for record in &content.records {
        if let Err(words) = place(record, &index, board, &mut news, &mut joined) {
            joined.faults.push(LineFault {
                line: record.line,
                words,
            });
        }
    }
    joined.faults.sort_by_key(|fault| fault.line);
    joined.facts = news.facts();
    joined
}

#[derive(Default)]
struct News {
    receipts: BTreeMap<String, (CardId, Receipt)>,
    verdicts: BTreeMap<String, (CardId, Verdict)>,
}

impl News {
    fn facts(self) -> Vec<Fact> {
        let receipts = self
            .receipts
            .into_values()
            .map(|(card, receipt)| Fact::ImportReturned { card, receipt });
        let verdicts = self
            .verdicts
            .into_values()
            .map(|(card, verdict)| Fact::VerdictReturned { card, verdict });
        receipts.chain(verdicts).collect()
    }
}

fn place(
    record: &Record,
    index: &Index<'_>,
    board: &Board,
    news: &mut News,
    joined: &mut Joined,
) -> Result<(), String> {
    let lead = index.find(record)?;
    let card = board
        .card(lead.card)
        .ok_or_else(|| "its card is gone; nothing was changed".to_owned())?;
    // An importer's error file carries whatever was uploaded, so it is looked at first.
    if is_receipt(record) {
        let receipt = receipt(record, &lead.external_id)?;
        count(&mut joined.imports, receipt.import.word());
        joined.unchanged += usize::from(!news.take_receipt(card, receipt));
    } else if is_verdict(record) {
        let verdict = if record.words.is_empty() {
            verdict(record, &lead.external_id)?
        } else {
            let (_, rest) = record
                .words
                .split_once(char::is_whitespace)
                .unwrap_or_default();
            of_words(rest, &lead.external_id)?
        };
        count(&mut joined.verdicts, verdict.disposition.word());
        joined.unchanged += usize::from(!news.take_verdict(card, verdict));
    } else {
        return Err(
            "the file has neither an importer's result nor a column disposition; nothing was changed".into(),
        );
    }
    joined.placed += 1;
    Ok(())
}

impl News {
    /// False where it says nothing new.
    fn take_receipt(&mut self, card: &Card, receipt: Receipt) -> bool {
        let id = receipt.external_id.clone();
        let known = self
            .receipts
            .get(&id)
            .map(|(_, receipt)| receipt)
            .or_else(|| card.receipts.get(&id));
        if known == Some(&receipt) {
            return false;
        }
        self.receipts.insert(id, (card.id, receipt));
        true
    }

    fn take_verdict(&mut self, card: &Card, mut verdict: Verdict) -> bool {
        let id = verdict.external_id.clone();
        let known = self
            .verdicts
            .get(&id)
            .map(|(_, verdict)| verdict)
            .or_else(|| card.verdicts.get(&id));
        if let Some(known) = known {
            if !verdict.beats(known) {
                return false;
            }
            if verdict.opportunity.is_none() {
                verdict.opportunity.clone_from(&known.opportunity);
            }
            if verdict == *known {
                return false;
            }
        }
        self.verdicts.insert(id, (card.id, verdict));
        true
    }
}

fn count(map: &mut BTreeMap<&'static str, usize>, word: &'static str) {
    *map.entry(word).or_default() += 1;
}

/// The leads by everything they can be named by.
struct Index<'a> {
    ids: BTreeMap<String, &'a Lead>,
    codes: BTreeMap<&'a str, Vec<&'a Lead>>,
    addresses: BTreeMap<String, Vec<&'a Lead>>,
}

impl<'a> Index<'a> {
    fn of(rows: &'a [Lead]) -> Self {
        let mut index = Self {
            ids: BTreeMap::new(),
            codes: BTreeMap::new(),
            addresses: BTreeMap::new(),
        };
        for lead in rows {
            index.ids.insert(lead.external_id.to_uppercase(), lead);
            index.codes.entry(&lead.short_code).or_default().push(lead);
            if !lead.email.is_empty() {
                let address = lead.email.to_lowercase();
                index.addresses.entry(address).or_default().push(lead);
            }
        }
        index
    }

    /// The lead a record speaks of, in whatever column its id stands.
    fn find(&self, record: &Record) -> Result<&'a Lead, String> {
        let named = record.words.split_whitespace().next();
        let cells = record.cells.values().map(String::as_str).chain(named);
        if let Some(lead) = cells
            .clone()
            .find_map(|cell| self.ids.get(&cell.to_uppercase()))
        {
            return Ok(lead);
        }
        let code = record.first(&["code", "shortcode"]);
        let code = if code.is_empty() {
            named.unwrap_or_default()
        } else {
            code
        };
        if !code.is_empty() {
            return self.by_code(code);
        }
        let given = record.first(&["externalid", "eventleadid", "eventleadidc", "leadid"]);
        if !given.is_empty() {
            return Err(format!("no lead of this show has the id \"{given}\""));
        }
        let address = record
            .first(&["email", "emailaddress", "emailaddress1"])
            .to_lowercase();
        match self.addresses.get(&address).map(Vec::as_slice) {
            Some([lead]) => Ok(lead),
            Some(several) => Err(format!(
                "{} leads have the address {address}; name one by its external id",
                several.len()
            )),
            None if address.is_empty() => {
                Err("names no lead; keep the column with the external id".into())
            }
            None => Err(format!("no lead of this show has the address {address}")),
        }
    }

    /// The beginning of a short code is enough, where only one lead's code begins so.
    fn by_code(&self, code: &str) -> Result<&'a Lead, String> {
        let code = code.to_uppercase();
        let found: Vec<&Lead> = self
            .codes
            .range(code.as_str()..)
            .take_while(|(known, _)| known.starts_with(&code))
            .flat_map(|(_, leads)| leads.iter().copied())
            .collect();
        match found.as_slice() {
            [lead] if code.len() >= 4 => Ok(lead),
            [] => Err(format!("no lead of this show has the code {code}")),
            _ => Err(format!(
                "the code {code} is not one lead's alone; write all six letters or the external id"
            )),
        }
    }
}

/// Whether a verdict sends the lead back to marketing.
pub fn is_back(verdict: &Verdict) -> bool {
    match verdict.disposition {
        Disposition::Nurture => true,
        Disposition::Rejected => ["no timeline", "no budget"].contains(&verdict.reason.as_str()),
        Disposition::Accepted | Disposition::Duplicate | Disposition::Converted => false,
    }
}
