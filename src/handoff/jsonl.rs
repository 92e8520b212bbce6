//! The whole truth, one JSON object a line: the lead and, on a card's first row, the conversation with its proofs.

use std::io::{self, Write};

use serde::Serialize;

use crate::domain::{Board, Card, Polarity};

use super::Lead;
use super::leads::{first_id, utc};

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    lead: &'a Lead,
    /// `new` or `changed` in an export of what changed.
    #[serde(skip_serializing_if = "str::is_empty")]
    change: &'a str,
    /// The row that carries the conversation, on rows of further people.
    #[serde(skip_serializing_if = "Option::is_none")]
    conversation_of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    conversation: Option<Conversation<'a>>,
}

#[derive(Serialize)]
struct Conversation<'a> {
    lane: &'a str,
    started_at: String,
    /// Empty while the talk goes on.
    ended_at: String,
    visitors: Vec<Person<'a>>,
    notes: Vec<Written<'a>>,
    utterances: Vec<Said<'a>>,
    signals: Vec<Proof<'a>>,
}

#[derive(Serialize)]
struct Person<'a> {
    visitor_id: String,
    name: &'a str,
    company: &'a str,
    title: &'a str,
    email: &'a str,
    phone: &'a str,
    badge_id: &'a str,
}

#[derive(Serialize)]
struct Written<'a> {
    at: String,
    text: &'a str,
}

#[derive(Serialize)]
struct Said<'a> {
    id: String,
    lane: &'a str,
    role: crate::domain::Role,
    start: String,
    start_ms: u64,
    end_ms: u64,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    heard: Option<&'a str>,
    confidence: f32,
}

#[derive(Serialize)]
struct Proof<'a> {
    kind: &'static str,
    value: &'a str,
    polarity: Polarity,
    quote: &'a str,
    utterance: String,
    confidence: f32,
}

/// Writes a line per lead; gives the number of lines.
pub fn write(out: &mut dyn Write, leads: &[Lead], board: &Board) -> io::Result<usize> {
    for lead in leads {
        let card = board.card(lead.card);
        let line = Line {
            lead,
            change: lead.change,
            conversation_of: card
                .filter(|_| !lead.primary)
                .map(|card| first_id(&lead.event_code, card)),
            conversation: card.filter(|_| lead.primary).map(conversation),
        };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(leads.len())
}

/// Writes a line per row; gives the number of lines.
pub fn lines<T: Serialize>(out: &mut dyn Write, rows: &[T]) -> io::Result<usize> {
    for row in rows {
        serde_json::to_writer(&mut *out, row)?;
        out.write_all(b"\n")?;
    }
    Ok(rows.len())
}

fn conversation(card: &Card) -> Conversation<'_> {
    Conversation {
        lane: &card.lane,
        started_at: utc(card.opened_ms),
        ended_at: card.closed_ms.map(utc).unwrap_or_default(),
        visitors: card
            .visitors
            .iter()
            .map(|(id, visitor)| Person {
                visitor_id: id.0.to_string(),
                name: &visitor.name,
                company: &visitor.company,
                title: &visitor.title,
                email: &visitor.email,
                phone: &visitor.phone,
                badge_id: &visitor.badge_id,
            })
            .collect(),
        notes: card
            .notes
            .iter()
            .map(|note| Written {
                at: utc(note.at.wall_ms),
                text: &note.text,
            })
            .collect(),
        utterances: card.utterances.iter().map(said).collect(),
        signals: card.signals.iter().map(proof).collect(),
    }
}

fn said(utterance: &crate::domain::Utterance) -> Said<'_> {
    Said {
        id: utterance.id.to_string(),
        lane: &utterance.lane,
        role: utterance.role,
        start: utc(utterance.start_ms),
        start_ms: utterance.start_ms,
        end_ms: utterance.end_ms,
        text: &utterance.text,
        heard: utterance.heard.as_deref(),
        confidence: utterance.confidence,
    }
}

fn proof(signal: &crate::domain::Signal) -> Proof<'_> {
    Proof {
        kind: signal.kind.name(),
        value: &signal.value,
        polarity: signal.polarity,
        quote: &signal.quote,
        utterance: signal.utterance.to_string(),
        confidence: signal.confidence,
    }
}
