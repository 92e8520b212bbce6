//! A line or form to type into: the next step, a note, a badge, a search, a visitor's details.

use crate::domain::{Card, CardId, Day, Field, parse_step};

use super::{Line, Model};

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
    /// A line of a follow-up; 0 is the subject.
    DraftLine(CardId, usize),
    /// A new line of a follow-up, beneath this one.
    NewLine(CardId, usize),
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
    /// Values that can't be right and were said to be so: the next time they are kept as they are.
    pub told: Vec<String>,
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
            PromptKind::NewLine(..) => vec![("new line", Line::default())],
            PromptKind::DraftLine(_, at) => vec![("line", Line::of(self.draft_line(at)))],
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
            told: Vec::new(),
        }
    }

    /// What can't be right in a field of a visitor's form, in a few words.
    pub fn field_fault(&self, prompt: &Prompt, at: usize) -> Option<String> {
        let PromptKind::Visitor(card) = prompt.kind else {
            return None;
        };
        let (field, (_, line)) = (Field::ALL.get(at)?, prompt.fields.get(at)?);
        super::contact::fault(*field, &line.text, &self.home_of(card))
    }

    /// The country of a phone number that names none: the visitor's, else the show's.
    pub(super) fn home_of(&self, card: CardId) -> String {
        let card = self.board().card(card);
        let visitor = card.and_then(|card| card.visitors.first());
        let country = visitor.map(|(_, visitor)| visitor.country.clone());
        let show = self.knowledge.playbook.event.as_ref();
        country
            .filter(|country| !country.is_empty())
            .or_else(|| show.map(|event| event.country.clone()))
            .unwrap_or_default()
    }

    /// The first field with a value that can't be right and was not said to be so yet. What was there before is not asked
    /// about.
    pub(super) fn untold_fault(&self, prompt: &Prompt) -> Option<usize> {
        let fields = prompt.fields.iter().zip(&prompt.opened).enumerate();
        let mut changed = fields.filter(|(_, ((_, line), old))| {
            line.text != **old && !prompt.told.contains(&line.text)
        });
        let fault = changed.find(|(at, _)| self.field_fault(prompt, *at).is_some());
        fault.map(|(at, _)| at)
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
            .and_then(Card::agreed)
            .map(|signal| signal.value.clone())
            .unwrap_or_default()
    }

    /// Today at the show.
    pub fn today(&self) -> Day {
        Day::at(self.now.ms, self.now.offset_s)
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
