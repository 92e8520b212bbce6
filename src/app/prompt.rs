//! A line or form to type into: the next step, a note, a badge, a search, a visitor's details.

use crate::domain::{CardId, Day, Field, SignalKind};

use super::{Line, Model, parse_step};

/// What is being typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptKind {
    /// What was promised and by when.
    NextStep(CardId),
    /// A note.
    Note(CardId),
    /// A badge's payload or id.
    Badge,
    /// Words to search for.
    Search,
    /// A visitor's details, one field a line.
    Visitor(CardId),
}

/// An open prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// What is being typed.
    pub kind: PromptKind,
    /// The fields: what each is called and what stands in it.
    pub fields: Vec<(&'static str, Line)>,
    /// What stood in the fields when the prompt was opened: only what was changed since is written.
    pub opened: Vec<String>,
    /// The field that is typed into.
    pub at: usize,
    /// What `Tab` would fill in; empty: nothing.
    pub proposal: String,
}

impl Prompt {
    /// The line that is typed into.
    pub fn line(&mut self) -> Option<&mut Line> {
        self.fields.get_mut(self.at).map(|(_, line)| line)
    }

    /// What the first field holds.
    pub fn text(&self) -> &str {
        self.fields
            .first()
            .map_or("", |(_, line)| line.text.as_str())
    }

    /// Goes to the next or previous field, around the ends.
    pub fn step(&mut self, by: isize) {
        let count = self.fields.len().max(1) as isize;
        self.at = (self.at as isize + by).rem_euclid(count) as usize;
    }
}

impl Model {
    /// A prompt of this kind, filled with what is known.
    pub(super) fn prompt(&self, kind: PromptKind) -> Prompt {
        let fields = match kind {
            PromptKind::NextStep(_) => vec![("next step", Line::default())],
            PromptKind::Note(_) => vec![("note", Line::default())],
            PromptKind::Badge => vec![("badge", Line::default())],
            PromptKind::Search => vec![("find", Line::of(self.view.filter.text.clone()))],
            PromptKind::Visitor(card) => self.visitor_fields(card),
        };
        let proposal = match kind {
            PromptKind::NextStep(card) => self.promised(card),
            _ => String::new(),
        };
        let opened = fields.iter().map(|(_, line)| line.text.clone()).collect();
        Prompt {
            kind,
            fields,
            opened,
            at: 0,
            proposal,
        }
    }

    fn visitor_fields(&self, card: CardId) -> Vec<(&'static str, Line)> {
        let visitor = self
            .board()
            .card(card)
            .and_then(|card| card.visitors.first())
            .map(|(_, visitor)| visitor.clone())
            .unwrap_or_default();
        Field::ALL
            .iter()
            .map(|field| (field.word(), Line::of(visitor.get(*field))))
            .collect()
    }

    /// The next step that was agreed in the talk.
    fn promised(&self, card: CardId) -> String {
        self.board()
            .card(card)
            .and_then(|card| {
                card.signals
                    .iter()
                    .rfind(|signal| signal.kind == SignalKind::NextStep)
            })
            .filter(|signal| signal.value != "declined")
            .map(|signal| signal.value.clone())
            .unwrap_or_default()
    }

    /// Today at the show.
    pub fn today(&self) -> Day {
        let local_ms = self.now.ms as i64 + i64::from(self.now.offset_s) * 1000;
        Day::from_number(local_ms.div_euclid(86_400_000))
    }

    /// What the typed next step would become, in words: shown while one types.
    pub fn step_preview(&self, line: &str) -> String {
        const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        match parse_step(line, self.today()).day {
            Some(day) => format!("due {} {day}", NAMES[usize::from(day.weekday().min(6))]),
            None => "no day yet: fri, +2d, 27 nov".to_owned(),
        }
    }
}
