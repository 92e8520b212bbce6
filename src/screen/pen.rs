//! Spans by role: the only way a region gets a style or a sign.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use crate::app::Chip;
use crate::domain::Heat;
use crate::theme::{Glyph, Role, Theme};

use super::text::{cut, fit};

/// Writes in the theme's styles.
pub struct Pen<'a> {
    theme: &'a Theme,
}

impl<'a> Pen<'a> {
    /// A pen for a theme.
    pub fn new(theme: &'a Theme) -> Self {
        Self { theme }
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        self.theme.style(role)
    }

    /// A sign.
    pub fn glyph(&self, glyph: Glyph) -> &'a str {
        self.theme.glyph(glyph)
    }

    /// One column of the meter, 0 to 1.
    pub fn meter(&self, level: f32) -> char {
        self.theme.meter(level)
    }

    /// A text in a role.
    pub fn span(&self, role: Role, text: impl Into<String>) -> Span<'static> {
        Span::styled(self.theme.spelt(text.into()), self.theme.style(role))
    }

    /// A text in a role, cut or filled to a width in cells.
    pub fn cell(&self, role: Role, text: &str, width: usize) -> Span<'static> {
        self.span(role, fit(text, width, self.glyph(Glyph::Ellipsis)))
    }

    /// Spans in at most so many cells: the one that does not fit is cut with the ellipsis.
    pub fn trimmed(&self, spans: Vec<Span<'static>>, cells: usize) -> Line<'static> {
        let mut room = cells;
        let mut kept = Vec::new();
        for span in spans {
            if room == 0 {
                break;
            }
            let text = cut(&span.content, room, self.glyph(Glyph::Ellipsis));
            room = room.saturating_sub(super::text::width(&text));
            kept.push(Span::styled(text, span.style));
        }
        Line::from(kept)
    }

    /// A horizontal rule with a title in it.
    pub fn rule(&self, title: &str, width: usize, focused: bool) -> Line<'static> {
        let role = if focused {
            Role::BorderFocused
        } else {
            Role::Border
        };
        let stroke = self.glyph(Glyph::Rule);
        if title.is_empty() {
            return Line::from(self.span(role, stroke.repeat(width)));
        }
        let title = format!(" {title} ");
        let used = super::text::width(&title) + 2;
        Line::from(vec![
            self.span(role, stroke.repeat(2)),
            self.span(Role::Title, title),
            self.span(role, stroke.repeat(width.saturating_sub(used))),
        ])
    }

    /// A chip's role and sign.
    pub fn chip(&self, chip: Chip) -> (Role, &'a str) {
        let (role, glyph) = match chip {
            Chip::Yes => (Role::Known, Glyph::Known),
            Chip::No => (Role::ConsentNo, Glyph::ConsentNo),
            Chip::Asked => (Role::AskNext, Glyph::Proposed),
            Chip::Unknown => (Role::Unknown, Glyph::Unknown),
        };
        (role, self.glyph(glyph))
    }

    /// A judgement's sign, word and role.
    pub fn heat(&self, heat: Option<Heat>) -> (Role, String) {
        let (role, glyph, word) = match heat {
            Some(Heat::Hot) => (Role::HeatHot, Glyph::HeatHot, "HOT"),
            Some(Heat::Warm) => (Role::HeatWarm, Glyph::HeatWarm, "warm"),
            Some(Heat::Cold) => (Role::HeatCold, Glyph::HeatCold, "cold"),
            Some(Heat::Swag) => (Role::HeatSwag, Glyph::HeatSwag, "swag"),
            None => (Role::HeatNone, Glyph::HeatNone, "new"),
        };
        (role, format!("{} {word}", self.glyph(glyph)))
    }
}

/// Puts lines into an area, one a row, from the top.
pub fn put(frame: &mut Frame, area: Rect, lines: Vec<Line<'static>>) {
    frame.render_widget(Paragraph::new(lines), area);
}
