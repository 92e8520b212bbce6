//! What a lead's conversation comes to in a few lines of plain text, for description fields and packets.

use crate::domain::{Board, Card, Signal};

use super::Lead;

/// The lines of a description: grade, next step, what was said with quotes, notes.
pub fn description(lead: &Lead, board: &Board) -> String {
    let mut lines = Vec::new();
    lines.push(format!("{}: {}", lead.event_name, lead.captured_local));
    if !lead.next_step.is_empty() {
        lines.push(format!("Promised: {}", promised(lead)));
    }
    if let Some(card) = board.card(lead.card) {
        lines.extend(quotes(card, 5));
    }
    if !lead.notes.is_empty() {
        lines.push(format!("Notes: {}", lead.notes));
    }
    lines.join("\n")
}

/// The next step with its day.
pub fn promised(lead: &Lead) -> String {
    if lead.next_step_due.is_empty() {
        lead.next_step.clone()
    } else {
        format!("{} (by {})", lead.next_step, lead.next_step_due)
    }
}

/// At most `most` lines of what was said, the first of each kind before a second of any.
pub fn quotes(card: &Card, most: usize) -> Vec<String> {
    proofs(card, most)
        .iter()
        .map(|signal| format!("{}: \"{}\"", capital(signal.kind.word()), signal.quote))
        .collect()
}

/// The signals behind [`quotes`], in the order of their kinds.
pub fn proofs(card: &Card, most: usize) -> Vec<&Signal> {
    let mut firsts: Vec<&Signal> = Vec::new();
    let mut more: Vec<&Signal> = Vec::new();
    for signal in &card.signals {
        if firsts.iter().any(|other| other.quote == signal.quote) {
            continue;
        }
        if firsts.iter().any(|other| other.kind == signal.kind) {
            more.push(signal);
        } else {
            firsts.push(signal);
        }
    }
    firsts.sort_by_key(|signal| signal.kind);
    firsts.extend(more);
    firsts.truncate(most);
    firsts
}

/// The word with a capital first letter.
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
