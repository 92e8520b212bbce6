//! Hot leads as five lines each, ready to paste into a chat.

use crate::domain::Board;

use super::sheet::who;
use super::words::{promised, quotes};
use super::{Lead, salesforce};

/// Five lines per hot lead, a blank one between; none where nobody is hot.
pub fn chat(leads: &[&Lead], board: &Board) -> Option<String> {
    let hot: Vec<String> = leads
        .iter()
        .filter(|lead| lead.grade == "hot")
        .map(|lead| five(lead, board))
        .collect();
    (!hot.is_empty()).then(|| hot.join("\n"))
}

fn five(lead: &Lead, board: &Board) -> String {
    let said = board
        .card(lead.card)
        .and_then(|card| quotes(card, 1).into_iter().next());
    let joined = |parts: &[&str], mark: &str| -> String {
        let parts: Vec<&str> = parts.iter().copied().filter(|it| !it.is_empty()).collect();
        parts.join(mark)
    };
    let phone = salesforce::phone(lead);
    let reach = joined(&[&lead.email, phone], ", ");
    let next = promised(lead);
    let or = |text: String, other: &str| if text.is_empty() { other.into() } else { text };
    let lines: [String; 5] = [
        format!("HOT  {}", joined(&[&who(lead), &lead.title], ", ")),
        or(
            joined(&[&lead.account_name, &lead.grade_why], ": "),
            "why: rated hot at the booth",
        ),
        or(said.unwrap_or_default(), "nothing was recorded"),
        format!("Promised: {}", or(next, "nothing yet")),
        format!(
            "Reach: {}; answer \"{} accept\" or \"{} reject REASON\"",
            or(reach, "no address"),
            lead.short_code,
            lead.short_code
        ),
    ];
    // Names and quotes may hold line breaks; five lines stay five.
    lines
        .iter()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ") + "\n")
        .collect()
}
