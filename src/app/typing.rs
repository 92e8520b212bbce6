//! Actions inside a prompt or picker: moving, deleting, accepting, dismissing.

use crate::action::Action;
use crate::domain::{CardId, Command, Field, Filter, parse_step};

use super::{Effect, Layer, Line, Model, PickValue, Prompt, PromptKind};

/// How much of what is typed is searched for, in letters: nobody types more, and what was pasted by mistake must not hold
/// up the board.
pub(super) const LONGEST_SEARCH: usize = 200;

impl Model {
    /// Actions of prompts, pickers and questions.
    pub(super) fn typing(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Accept => self.accept(),
            Action::Dismiss => self.dismiss(),
            Action::Complete => self.complete(),
            Action::PreviousField => self.field(-1),
            Action::PickerDown => self.pick_or_field(1),
            Action::PickerUp => self.pick_or_field(-1),
            Action::DeleteBack => self.edit(Line::delete_back),
            Action::DeleteWord => self.edit(Line::delete_word),
            Action::ClearLine => self.edit(Line::clear),
            Action::CursorLeft => self.edit(|line| line.step(-1)),
            Action::CursorRight => self.edit(|line| line.step(1)),
            Action::CursorStart => self.edit(|line| line.step(isize::MIN / 2)),
            Action::CursorEnd => self.edit(|line| line.step(isize::MAX / 2)),
            // Everything else was performed before it came here.
            _ => Vec::new(),
        }
    }

    fn edit(&mut self, change: impl FnOnce(&mut Line)) -> Vec<Effect> {
        match self.view.layers.last_mut() {
            Some(Layer::Prompt(prompt)) => {
                if let Some(line) = prompt.line() {
                    change(line);
                }
                self.prompt_changed();
            }
            Some(Layer::Picker(picker)) => {
                change(&mut picker.query);
                self.refill();
            }
            Some(Layer::Help(query, top)) => {
                let mut line = Line::of(std::mem::take(query));
                change(&mut line);
                *query = line.text;
                *top = 0;
            }
            Some(_) | None => {}
        }
        Vec::new()
    }

    /// Searching filters while one types.
    pub(super) fn prompt_changed(&mut self) {
        if let Some(Layer::Prompt(prompt)) = self.view.layers.last()
            && prompt.kind == PromptKind::Search
        {
            let text = prompt.text().chars().take(LONGEST_SEARCH).collect();
            let filter = Filter {
                text,
                ..self.view.filter.clone()
            };
            self.filter(filter);
        }
    }

    pub(super) fn refill(&mut self) {
        if let Some(Layer::Picker(picker)) = self.view.layers.pop() {
            let picker = self.refilled(picker);
            self.view.layers.push(Layer::Picker(picker));
        }
    }

    fn field(&mut self, by: isize) -> Vec<Effect> {
        if let Some(Layer::Prompt(prompt)) = self.view.layers.last_mut() {
            prompt.step(by);
        }
        Vec::new()
    }

    fn pick_or_field(&mut self, by: isize) -> Vec<Effect> {
        if let Some(Layer::Picker(picker)) = self.view.layers.last_mut() {
            picker.step(by);
            return Vec::new();
        }
        self.field(by)
    }

    /// `Tab`: the proposal, else the next field.
    fn complete(&mut self) -> Vec<Effect> {
        if let Some(Layer::Prompt(prompt)) = self.view.layers.last_mut() {
            let proposal = std::mem::take(&mut prompt.proposal);
            match prompt.line() {
                Some(line) if line.text.is_empty() && !proposal.is_empty() => {
                    *line = Line::of(proposal + " ");
                }
                _ => prompt.step(1),
            }
            return Vec::new();
        }
        self.pick_or_field(1)
    }

    fn dismiss(&mut self) -> Vec<Effect> {
        if let Some(Layer::Prompt(prompt)) = self.view.layers.pop()
            && prompt.kind == PromptKind::Search
        {
            // Esc means never mind: everything is shown again.
            let filter = Filter {
                text: String::new(),
                ..self.view.filter.clone()
            };
            return self.filter(filter);
        }
        Vec::new()
    }

    /// A value that can't be right is said in its place, once; the form stays open for it.
    fn doubt(&mut self) -> bool {
        let Some(Layer::Prompt(prompt)) = self.view.layers.last() else {
            return false;
        };
        let Some(at) = self.untold_fault(prompt) else {
            return false;
        };
        if let Some(Layer::Prompt(prompt)) = self.view.layers.last_mut() {
            prompt.at = at;
            prompt
                .told
                .extend(prompt.fields.get(at).map(|(_, line)| line.text.clone()));
        }
        true
    }

    fn accept(&mut self) -> Vec<Effect> {
        if self.doubt() {
            return Vec::new();
        }
        match self.view.layers.pop() {
            Some(Layer::Picker(picker)) => match picker.marked() {
                Some(pick) => self.picked(pick.value.clone(), picker.card),
                None => Vec::new(),
            },
            Some(Layer::Prompt(prompt)) => self.answered(&prompt),
            Some(Layer::Confirm(_)) => vec![Effect::Quit],
            Some(_) | None => Vec::new(),
        }
    }

    fn picked(&mut self, value: PickValue, card: Option<CardId>) -> Vec<Effect> {
        let only = Filter {
            text: self.view.filter.text.clone(),
            ..Filter::default()
        };
        let filter = match value {
            PickValue::Do(action) => return self.perform(action),
            PickValue::Presence(owner, here) => {
                return self.settle(Command::Presence { owner, here }, self.me());
            }
            PickValue::Scan(to) => return self.move_scan(to),
            PickValue::Everything => Filter::default(),
            PickValue::OnlyTargets => Filter {
                targets: true,
                ..only
            },
            PickValue::OnlyUnowned => Filter {
                unowned: true,
                ..only
            },
            PickValue::OnlyLive => Filter { live: true, ..only },
            PickValue::OnlyHeat(heat) => Filter {
                heat: Some(heat),
                ..only
            },
            PickValue::Tag(_)
            | PickValue::Account(_)
            | PickValue::Owner(_)
            | PickValue::Taken(_)
            | PickValue::Card(_) => {
                let Some(card) = card else {
                    return Vec::new();
                };
                let command = match value {
                    PickValue::Tag(tag) => Command::Tag { card, tag },
                    PickValue::Account(account) => Command::Flag {
                        card,
                        account: Some(account),
                    },
                    PickValue::Owner(owner) => Command::Assign {
                        card,
                        owner: Some(owner),
                    },
                    PickValue::Taken(by) => Command::Take { card, by },
                    PickValue::Card(from) => Command::Merge { card, from },
                    _ => return Vec::new(),
                };
                let merged = matches!(command, Command::Merge { .. });
                let mut effects = self.settle(command, self.me());
                if merged {
                    effects.extend(self.understand(card));
                }
                return effects;
            }
        };
        self.filter(filter)
    }

    fn answered(&mut self, prompt: &Prompt) -> Vec<Effect> {
        let text = prompt.text().trim().to_owned();
        match prompt.kind {
            PromptKind::Search => Vec::new(),
            PromptKind::Badge => self.admit(&text, None),
            PromptKind::DraftLine(card, at) => self.line_written(card, at, &text),
            PromptKind::NewLine(card, at) => self.line_added(card, at, &text),
            PromptKind::Note(card) => self.settle(Command::Note { card, text }, self.me()),
            PromptKind::NextStep(card) => {
                let step = parse_step(&text, self.today());
                let text = if step.text.is_empty() && step.day.is_some() {
                    "follow up".to_owned()
                } else {
                    step.text
                };
                let command = Command::SetNextStep {
                    card,
                    text,
                    due: step.day,
                };
                self.settle(command, self.me())
            }
            PromptKind::Visitor(card) => {
                let changed: Vec<(Field, String)> = Field::ALL
                    .into_iter()
                    .zip(prompt.opened.iter().zip(&prompt.fields))
                    .filter(|(_, (old, new))| **old != new.1.text)
                    .map(|(field, (_, new))| {
                        let kept = super::contact::tidied(field, &new.1.text, &self.home_of(card));
                        (field, kept)
                    })
                    .collect();
                changed
                    .into_iter()
                    .flat_map(|(field, value)| self.correct(card, field, &value))
                    .collect()
            }
        }
    }
}
