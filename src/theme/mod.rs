//! Style by role, for every depth of colour.
//!
//! A theme is a file: a palette, a look for each [`Role`] that needs one, glyphs. What a theme doesn't say comes from the
//! theme it inherits, then from the role's parent. Everything is settled at load, so asking is reading a table.

mod color;
mod detect;
mod load;
mod read;
mod role;

use ratatui::style::{Color, Modifier, Style};

pub use color::{Depth, Paint, Rgb, contrast, distance, lab_of, luminance, rgb_of_x256};
pub use detect::{Ask, Glyphs, Refused, appearance, depth, glyphs};
pub use load::bundled;
pub use role::{GLYPHS, Glyph, GlyphSpec, ROLES, Role, RoleSpec};

use crate::diagnostic::Diagnostic;

/// What a theme is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Appearance {
    /// Light letters on a dark ground.
    #[default]
    Dark,
    /// Dark letters on a light ground.
    Light,
}

/// A theme, settled for one depth.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// What it is made for.
    pub appearance: Appearance,
    /// The contrast it promises for its texts.
    pub contrast: f64,
    /// The depth it was settled for.
    pub depth: Depth,
    styles: [Style; ROLES.len()],
    looks: [Look; ROLES.len()],
    drawn: [String; GLYPHS.len()],
    ascii: [String; GLYPHS.len()],
    plain: bool,
}

/// A role's look before a depth is chosen, complete with what it inherits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Look {
    /// The letters' colour.
    pub fg: Option<Paint>,
    /// The ground's colour; none lets show through what lies below.
    pub bg: Option<Paint>,
    /// Modifiers where there is colour.
    pub shown: Modifier,
    /// Modifiers where there is none.
    pub mono: Modifier,
}

impl Look {
    /// The style at a depth.
    pub fn at(self, depth: Depth) -> Style {
        let modifiers = if depth == Depth::None {
            self.mono
        } else {
            self.shown
        };
        let mut style = Style::new().add_modifier(modifiers);
        style.fg = self.fg.and_then(|paint| paint.at(depth));
        style.bg = self.bg.and_then(|paint| paint.at(depth));
        style
    }
}

impl Theme {
    /// Loads a theme by name: one of `user` (file name and text; a theme is called like its file without `.toml`; of several
    /// the last), else a bundled one. Whatever is wrong is said; what is sound is used. A name nobody has gives `hall-dark`.
    pub fn load(name: &str, user: &[(String, String)], depth: Depth) -> (Self, Vec<Diagnostic>) {
        load::load(name, user, depth)
    }

    /// The look of a meaning. Roles without a ground of their own let the row's ground show through, so
    /// `base.patch(theme.style(role))` and a span on a styled line both work.
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    /// The look of a meaning before a depth was chosen, for tests and swatches.
    pub fn look(&self, role: Role) -> Look {
        self.looks[role as usize]
    }

    /// The colours of a style in the theme's own terms, for places that fade one into another.
    pub fn ground(&self) -> Option<Color> {
        self.style(Role::Ground).bg
    }

    /// A sign.
    pub fn glyph(&self, glyph: Glyph) -> &str {
        let set = if self.plain { &self.ascii } else { &self.drawn };
        &set[glyph as usize]
    }

    /// A text with plain stand-ins for signs of print that terminals without our glyphs can't draw. As wide as before.
    pub fn spelt(&self, text: String) -> String {
        if !self.plain || text.is_ascii() {
            return text;
        }
        let plain = |letter| match letter {
            '“' | '”' | '„' => '"',
            '‘' | '’' => '\'',
            '–' | '—' | '─' => '-',
            '…' => '~',
            '·' => '.',
            letter => letter,
        };
        text.chars().map(plain).collect()
    }

    /// A level as one column of the meter, 0.0 for quiet to 1.0 for loud.
    pub fn meter(&self, level: f32) -> char {
        let steps = self.glyph(Glyph::Meter);
        let count = steps.chars().count();
        let at = (level.clamp(0.0, 1.0) * count as f32) as usize;
        steps
            .chars()
            .nth(at.min(count.saturating_sub(1)))
            .unwrap_or(' ')
    }

    /// The same theme with signs for terminals that can't draw ours.
    #[must_use]
    pub fn with_glyphs(mut self, glyphs: Glyphs) -> Self {
        self.plain = glyphs == Glyphs::Ascii;
        self
    }
}
