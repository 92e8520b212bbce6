//! What comes back: importers' files and verdicts of sales, in any order, encoding and language, told once and never guessed.

use std::fmt::Write;

use boothside::domain::gaps;
use boothside::domain::{Disposition, Fact, Import, Money};
use boothside::handoff::{Lead, leads};
use boothside::returns::{Joined, join, nurture_rows, read, write_nurture};

use crate::night::{Day1, booth, known, person, playbook, show, table};

fn rows(day: &Day1) -> Vec<Lead> {
    let playbook = playbook();
    leads::rows(day.board(), &show(&playbook, &[]))
}

fn joined(day: &Day1, bytes: &[u8]) -> Joined {
    let playbook = playbook();
    let content = read(bytes).expect("text");
    join(&content, day.board(), &show(&playbook, &[]))
}

/// Joins and records.
fn returned(day: &mut Day1, bytes: &[u8]) -> Joined {
    let joined = joined(day, bytes);
    for fact in joined.facts.clone() {
        day.fact(fact);
    }
    joined
}

#[test]
fn data_loaders_files_become_receipts_and_refusals_come_up_on_the_night_list() {
    let mut day = booth();
    let ids: Vec<String> = rows(&day)
        .iter()
        .map(|lead| lead.external_id.clone())
        .collect();
    let success = format!(
        "\"ID\",\"LASTNAME\",\"STATUS\",\"EVENT_LEAD_ID__C\",\"STATUS\"\r\n\"00Q1\",\"Bennett\",\"Open\",\"{}\",\"Item Created\"\r\n\"00Q2\",\"Brooks\",\"Open\",\"{}\",\"Item Updated\"\r\n",
        ids[0],
        ids[1].to_lowercase()
    );
    let done = returned(&mut day, success.as_bytes());
    assert_eq!(
        (done.placed, done.faults.len()),
        (2, 0),
        "{:?}",
        done.faults
    );
    assert_eq!(done.imports.get("created"), Some(&1));
    assert_eq!(done.imports.get("updated"), Some(&1));
    let error = format!(
        "LastName;Status;Event_Lead_Id__c;ERROR\nx;Open - Not Contacted;{};REQUIRED_FIELD_MISSING: Größe\n;;MTF-2026-00000000000000000000000000;dup\n",
        ids[3]
    );
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(&error);
    let done = returned(&mut day, &latin);
    assert_eq!(done.imports.get("refused"), Some(&1));
    assert_eq!(done.faults.len(), 1);
    assert_eq!(done.faults[0].line, 3);
    assert!(
        done.faults[0].words.contains("no lead of this show"),
        "{:?}",
        done.faults
    );
    let board = day.board();
    let list = gaps::list(board, known(&playbook()), |_| None);
    let refused: Vec<&str> = list
        .iter()
        .filter(|it| it.gaps.contains(&gaps::Gap::Refused))
        .map(|it| it.refusal.as_str())
        .collect();
    assert_eq!(refused, ["REQUIRED_FIELD_MISSING: Größe"]);
    // Told again, it is no news; and the export says the same as before.
    assert_eq!(joined(&day, success.as_bytes()).facts, []);
    assert_eq!(joined(&day, &latin).facts, []);
    assert_eq!(
        rows(&day)
            .iter()
            .map(|lead| lead.external_id.clone())
            .collect::<Vec<_>>(),
        ids
    );
    // A later success takes the refusal away.
    let again = format!("ID,Event_Lead_Id__c,STATUS\n00Q3,{},Item Created\n", ids[3]);
    returned(&mut day, again.as_bytes());
    let import = day
        .board()
        .cards()
        .find_map(|card| card.receipts.get(&ids[3]))
        .map(|receipt| receipt.import);
    assert_eq!(import, Some(Import::Created));
}

#[test]
fn verdicts_in_utf16_and_any_order_are_placed_and_later_dates_win() {
    let mut day = booth();
    let leads = rows(&day);
    let mut file = String::from(
        "\u{feff}Amount\tCurrency\tDisposition\tDate\tExternal Id\tOpportunity Id\tStage\tWon\tClose Date\tReason\n",
    );
    let id = &leads[0].external_id;
    let _ = writeln!(
        file,
        "180.000,50\tEUR\tconverted\t2026-12-10\t{id}\tOPP-1\tProposal\t\t2027-02-01\t"
    );
    let _ = writeln!(file, "\t\taccepted\t2026-12-01\t{id}\t\t\t\t\t");
    let _ = writeln!(
        file,
        "\t\trejected\t2026-12-02\t{}\t\t\t\t\tNo Budget",
        leads[3].external_id
    );
    let _ = writeln!(
        file,
        "\t\tmaybe\t2026-12-02\t{}\t\t\t\t\t",
        leads[4].external_id
    );
    let _ = writeln!(
        file,
        "1\t\tconverted\t2026-12-02\t{}\tOPP-2\t\t\t\t",
        leads[4].external_id
    );
    let _ = writeln!(
        file,
        "\t\taccepted\t02/12/2026\t{}\t\t\t\t\t",
        leads[4].external_id
    );
    let bytes: Vec<u8> = file.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let done = returned(&mut day, &bytes);
    assert_eq!(done.placed, 3, "{:?}", done.faults);
    assert_eq!(done.unchanged, 1, "the earlier date says nothing new");
    let lines: Vec<usize> = done.faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [5, 6, 7], "{:?}", done.faults);
    assert!(done.faults[0].words.contains("\"maybe\" is no verdict"));
    assert!(done.faults[1].words.contains("no currency"));
    assert!(done.faults[2].words.contains("YYYY-MM-DD"));
    let card = day.board().card(leads[0].card).expect("the card");
    let verdict = &card.verdicts[id];
    assert_eq!(verdict.disposition, Disposition::Converted);
    let opportunity = verdict.opportunity.as_ref().expect("an opportunity");
    assert_eq!(
        opportunity.amount,
        Some(Money {
            cents: 18_000_050,
            currency: "EUR".into()
        })
    );
    assert_eq!(
        joined(&day, &bytes).facts,
        [],
        "the same file twice changes nothing"
    );
    // Won later, in a row that does not repeat the amount's words.
    let won = format!(
        "external_id,disposition,date,won,amount,currency,opportunity id\n{id},converted,2027-02-01,yes,175000,EUR,OPP-1\n"
    );
    returned(&mut day, won.as_bytes());
    let card = day.board().card(leads[0].card).expect("the card");
    let opportunity = card.verdicts[id]
        .opportunity
        .as_ref()
        .expect("an opportunity");
    assert_eq!(opportunity.won, Some(true));
}

#[test]
fn plain_lines_with_short_codes_are_verdicts_and_the_sent_back_become_a_nurture_list() {
    let mut day = booth();
    let leads = rows(&day);
    let code = |place: usize| leads[place].short_code.clone();
    let lines = format!(
        "# from the chat\n{} accept\n{} reject no budget\n{} nurture 2027-03-01 new boss\n{} perhaps\nZZ accept\n",
        code(0),
        code(3).to_lowercase(),
        &code(4)[..5],
        code(2)
    );
    let done = returned(&mut day, lines.as_bytes());
    assert_eq!(done.placed, 3, "{:?}", done.faults);
    assert_eq!(done.faults.len(), 2, "{:?}", done.faults);
    assert!(
        done.words().contains("1 accepted, 1 nurture, 1 rejected"),
        "{}",
        done.words()
    );
    let playbook = playbook();
    let show = show(&playbook, &[]);
    assert_eq!(nurture_rows(day.board(), &show).len(), 2);
    let folder = tempfile::tempdir().expect("a folder");
    let (path, count) = write_nurture(folder.path(), day.board(), &show).expect("written");
    let rows = table(&path);
    assert_eq!((rows.len(), count), (2, 2));
    assert_eq!(rows[0]["reason"], "no budget");
    assert_eq!(rows[1]["date"], "2027-03-01");
}

#[test]
fn an_address_that_two_leads_have_is_never_guessed() {
    let mut day = Day1::new();
    for _ in 0..2 {
        let card = day.open();
        day.seat(card, person("Ana One", "Acme", "ana@acme.example", ""));
    }
    let done = joined(
        &day,
        b"email,disposition\nana@acme.example,accepted\nzoe@x.example,accepted\n",
    );
    assert_eq!(done.placed, 0);
    assert!(
        done.faults[0].words.contains("2 leads have the address"),
        "{:?}",
        done.faults
    );
    assert!(
        done.faults[1]
            .words
            .contains("no lead of this show has the address")
    );
}

#[test]
fn what_is_no_text_is_refused() {
    assert!(read(b"PK\x03\x04\0\0").is_none(), "an xlsx");
    let done = joined(&booth(), b"a,b\n1,2\n1,2,3\n");
    assert_eq!(done.placed, 0);
    assert_eq!(done.faults.len(), 2);
    let none: [Fact; 0] = [];
    assert_eq!(done.facts, none);
}
