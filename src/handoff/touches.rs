//! What a warehouse reads beside the leads: every touch of a lead, and every proof of what we say of it, a row each. Pure.

use serde::Serialize;

use crate::domain::{Board, Card, Polarity, Role};

use super::Lead;
use super::leads::utc;

/// Something that happened with a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Touch {
    /// The lead.
    pub external_id: String,
    /// When, ms since 1970.
    #[serde(serialize_with = "as_utc")]
    pub at: u64,
    /// `talk`, `badge`, `note`, `taken`, `handed_over`.
    pub kind: &'static str,
    /// The lane, or who of us.
    pub by: String,
    /// The words of a note, the person of a badge.
    pub detail: String,
}

/// One signal with the words that prove it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evidence {
    /// The lead.
    pub external_id: String,
    /// When it was said, ms since 1970.
    #[serde(serialize_with = "as_utc")]
    pub at: u64,
    /// Which field it proves: `budget`, `authority`, ...
    pub field: &'static str,
    /// The value, normalised.
    pub value: String,
    /// `positive` or `negative`.
    pub polarity: &'static str,
    /// The exact words.
    pub quote: String,
    /// The utterance they are from.
    pub utterance: String,
    /// The lane that heard them.
    pub lane: String,
    /// Whose voice it carries: `rep`, `visitor`, `table`.
    pub role: &'static str,
    /// How likely it is right, 0 to 1.
    pub confidence: f32,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde hands fields over by reference
fn as_utc<S: serde::Serializer>(ms: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&utc(*ms))
}

/// All touches of these leads, by lead and time. What a whole card shares stands on its first row alone.
pub fn touches(leads: &[Lead], board: &Board) -> Vec<Touch> {
    let mut all = Vec::new();
    for lead in leads {
        let Some(card) = board.card(lead.card) else {
            continue;
        };
        let mut own = seats(lead, card);
        if lead.primary {
            own.extend(talk(card));
        }
        own.sort_by_key(|touch| touch.at);
        for touch in &mut own {
            touch.external_id.clone_from(&lead.external_id);
        }
        all.extend(own);
    }
    all
}

fn touch(at: u64, kind: &'static str, by: &str, detail: &str) -> Touch {
    Touch {
        external_id: String::new(),
        at,
        kind,
        by: by.to_owned(),
        detail: detail.to_owned(),
    }
}

/// The badges or words that named this lead's person.
fn seats(lead: &Lead, card: &Card) -> Vec<Touch> {
    card.visitors
        .iter()
        .filter(|(_, visitor)| !lead.source.is_empty() && visitor.name == lead.full_name)
        .map(|(id, visitor)| touch(id.0.wall_ms, "badge", &lead.source, &visitor.name))
        .take(1)
        .collect()
}

fn talk(card: &Card) -> Vec<Touch> {
    let mut all = vec![touch(card.opened_ms, "talk", &card.lane, "")];
    let notes = card.notes.iter();
    all.extend(notes.map(|note| touch(note.at.wall_ms, "note", "", &note.text)));
    if let Some((who, at)) = &card.taken {
        all.push(touch(*at, "taken", who, ""));
    }
    if let Some((who, at)) = &card.handed_over {
        all.push(touch(*at, "handed_over", who, ""));
    }
    all
}

/// All proofs of these leads, by lead and utterance.
pub fn evidence(leads: &[Lead], board: &Board) -> Vec<Evidence> {
    let mut all = Vec::new();
    for lead in leads.iter().filter(|lead| lead.primary) {
        let Some(card) = board.card(lead.card) else {
            continue;
        };
        for signal in &card.signals {
            let said = card.utterances.iter().find(|it| it.id == signal.utterance);
            all.push(Evidence {
                external_id: lead.external_id.clone(),
                at: said.map_or(signal.utterance.wall_ms, |said| said.start_ms),
                field: signal.kind.name(),
                value: signal.value.clone(),
                polarity: match signal.polarity {
                    Polarity::Positive => "positive",
                    Polarity::Negative => "negative",
                },
                quote: signal.quote.clone(),
                utterance: signal.utterance.to_string(),
                lane: said.map(|said| said.lane.clone()).unwrap_or_default(),
                role: match said.map(|said| said.role) {
                    Some(Role::Rep) => "rep",
                    Some(Role::Visitor) => "visitor",
                    Some(Role::Table) => "table",
                    None => "",
                },
                confidence: signal.confidence,
            });
        }
    }
    all
}
