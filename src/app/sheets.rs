//! Sheets over the board that the world fills: the focused card as a code for a phone, the day in numbers.

use super::{Effect, Layer, Model, ToastKind};

/// A square of modules for a phone's camera, row by row from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Whom it hands over.
    pub title: String,
    /// Modules a side, without the quiet zone.
    pub side: usize,
    /// True where a module is dark; `side` x `side` of them.
    pub dark: Vec<bool>,
}

/// The day in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Label, figure, and what more can be said of it. A label alone is a heading.
    pub rows: Vec<(String, String, String)>,
    /// When they were counted, ms since 1970.
    pub at_ms: u64,
    /// The first row shown.
    pub top: usize,
}

/// How old figures get before they are counted again while somebody reads them, in ms.
const STALE_MS: u64 = 2_000;

impl Model {
    /// Asks for the focused card as a code.
    pub(super) fn show_code(&mut self) -> Vec<Effect> {
        match self.view.focus {
            Some(card) => vec![Effect::Code(card)],
            None => self.no_card(),
        }
    }

    /// Shows a code, or says why there is none.
    pub(super) fn code_made(&mut self, made: Result<Code, String>) -> Vec<Effect> {
        match made {
            Ok(code) => {
                self.view
                    .layers
                    .retain(|layer| matches!(layer, Layer::Night(_)));
                self.view.layers.push(Layer::Code(code));
            }
            Err(sentence) => {
                let words = self.keyed(&sentence);
                self.toast(ToastKind::Refused, words);
            }
        }
        Vec::new()
    }

    /// Asks for the numbers; open ones are left.
    pub(super) fn numbers(&mut self) -> Vec<Effect> {
        if matches!(self.view.layers.last(), Some(Layer::Numbers(_))) {
            self.view.layers.pop();
            return Vec::new();
        }
        self.view.layers.clear();
        self.view.layers.push(Layer::Numbers(Figures::default()));
        vec![Effect::Count]
    }

    /// Takes in what was counted, while somebody reads it.
    pub(super) fn counted_now(&mut self, rows: &[(String, String, String)]) -> Vec<Effect> {
        let now = self.now.ms;
        for layer in &mut self.view.layers {
            if let Layer::Numbers(figures) = layer {
                figures.rows = rows.to_vec();
                figures.at_ms = now;
            }
        }
        Vec::new()
    }

    /// Whether open numbers are to be counted again.
    pub(super) fn recount(&self) -> Option<Effect> {
        match self.view.layers.last() {
            Some(Layer::Numbers(figures)) if self.now.ms >= figures.at_ms + STALE_MS => {
                Some(Effect::Count)
            }
            _ => None,
        }
    }
}
