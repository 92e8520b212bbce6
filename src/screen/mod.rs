//! The model -> cells; it only reads.

use ratatui::Frame;
use ratatui::text::{Line, Text};

use crate::app::Model;
use crate::theme::{Role, Theme};

/// How everything looks.
pub struct Look {
    theme: Theme,
}

impl Look {
    /// A look from a theme.
    pub fn new(theme: Theme) -> Self {
        Self { theme }
    }
}

/// Draws the board.
pub fn draw(model: &Model, look: &Look, frame: &mut Frame) {
    let mut lines = vec![Line::from(model.config.name.clone())];
    for (setup, lane) in model.config.lanes.iter().zip(&model.lanes) {
        let words = format!("{} {} {}{}", setup.name, lane.last, lane.settled, lane.tentative);
        lines.push(Line::from(words));
    }
    for id in &model.view.order {
        if let Some(card) = model.board().card(*id) {
            lines.push(Line::from(model.card_words(card)));
        }
    }
    let text = Text::from(lines).style(look.theme.style(Role::Text));
    frame.render_widget(text, frame.area());
}
