//! The model -> cells; it only reads.
//!
//! One file a region; [`layout`] decides which regions there are and where. Styles come from the theme by role, signs by
//! name: nothing here knows a colour.

mod account;
mod cards;
mod chips;
mod code;
mod detail;
mod draft;
mod footer;
mod header;
mod lanes;
mod layout;
mod letters;
mod night;
mod numbers;
mod overlay;
mod pen;
mod prompt;
mod sheet;
mod text;
mod toast;
mod trail;
mod transcript;
mod wall;
mod weather;
mod welcome;

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::widgets::{Block, Clear};

use crate::app::{Ground, Layer, Model};
use crate::theme::{Role, Theme};

use layout::{Regions, TOO_SMALL};
use pen::Pen;

/// How everything looks.
pub struct Look {
    theme: Box<Theme>,
    wall: Option<Box<Theme>>,
}

impl Look {
    /// A look from a theme.
    pub fn new(theme: Theme) -> Self {
        Self {
            theme: Box::new(theme),
            wall: None,
        }
    }

    /// The same look with a theme of its own for the shared screen.
    #[must_use]
    pub fn with_wall(mut self, theme: Theme) -> Self {
        self.wall = Some(Box::new(theme));
        self
    }

    fn theme(&self, ground: Ground) -> &Theme {
        let wall = self.wall.as_deref().filter(|_| ground == Ground::Wall);
        wall.unwrap_or(&self.theme)
    }
}

/// Draws everything that stands.
pub fn draw(model: &Model, look: &Look, frame: &mut Frame) {
    let area = frame.area();
    let pen = Pen::new(look.theme(model.view.ground));
    let ground: Style = pen.style(Role::Ground);
    frame.render_widget(Block::new().style(ground), area);
    if area.width < TOO_SMALL.0 || area.height < TOO_SMALL.1 {
        header::too_small(model, &pen, frame, area);
        return;
    }
    if model.view.ground == Ground::Wall {
        wall::draw(model, &pen, frame, area);
        return;
    }
    let regions = Regions::of(model, area);
    header::draw(model, &pen, frame, &regions);
    if let Some(Layer::Code(shown)) = model.view.layers.last() {
        // The header's second line is under it.
        let middle = regions.middle();
        frame.render_widget(Clear, middle);
        frame.render_widget(Block::new().style(ground), middle);
        code::draw(model, &pen, shown, frame, middle);
        footer::draw(model, &pen, frame, &regions);
        return;
    }
    lanes::draw(model, &pen, frame, regions.lanes);
    cards::draw(model, &pen, frame, regions.cards);
    match model.view.layers.last() {
        None | Some(Layer::Card) => detail::draw(model, &pen, frame, regions.below),
        Some(layer) => overlay::draw(model, layer, &pen, frame, regions.below),
    }
    footer::draw(model, &pen, frame, &regions);
}
