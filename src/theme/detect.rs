//! How much colour, which glyphs and which appearance a terminal gets: pure functions of what the environment says.

use std::collections::BTreeMap;

use super::{Appearance, Depth};

/// What `--color` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Ask {
    /// Nothing: the environment decides.
    #[default]
    Auto,
    /// Colour, whatever the environment says.
    Always,
    /// No colour.
    Never,
}

/// Which set of signs is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Glyphs {
    /// The theme's own.
    #[default]
    Drawn,
    /// Stand-ins every terminal has.
    Ascii,
}

/// Why no dashboard can be drawn at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Standard output isn't a terminal.
    #[error(
        "this isn't a terminal, so there is nowhere to draw the board; run it in a terminal window, or use `boothside night DIR` to write the files without it"
    )]
    NoTerminal,
    /// `TERM=dumb`.
    #[error(
        "this terminal calls itself dumb and can't draw the board; set TERM to what it really is, such as xterm-256color"
    )]
    Dumb,
}

/// The depth, from `--color`, then `NO_COLOR`, `CLICOLOR_FORCE` and `FORCE_COLOR`, `COLORTERM`, `TERM`, in this order.
pub fn depth(ask: Ask, vars: &BTreeMap<String, String>, terminal: bool) -> Result<Depth, Refused> {
    let set = |name: &str| {
        vars.get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    };
    if !terminal {
        return Err(Refused::NoTerminal);
    }
    if set("TERM") == Some("dumb") {
        return Err(Refused::Dumb);
    }
    let told = told_depth(set("COLORTERM"), set("TERM"));
    Ok(match ask {
        Ask::Never => Depth::None,
        Ask::Always => told.max(Depth::C16),
        Ask::Auto if set("NO_COLOR").is_some() => Depth::None,
        Ask::Auto => match (set("FORCE_COLOR"), set("CLICOLOR_FORCE")) {
            (Some("0" | "false"), _) => Depth::None,
            (Some("2"), _) => told.max(Depth::C256),
            (Some("3"), _) => Depth::True,
            (None, None | Some("0")) => told,
            (Some(_), _) | (None, Some(_)) => told.max(Depth::C16),
        },
    })
}

/// What the terminal says of itself. Without any word it is taken for one of sixteen colours.
fn told_depth(colorterm: Option<&str>, term: Option<&str>) -> Depth {
    if colorterm.is_some_and(|value| value.contains("truecolor") || value.contains("24bit")) {
        return Depth::True;
    }
    let term = term.unwrap_or_default();
    let ends = |endings: &[&str]| endings.iter().any(|ending| term.ends_with(ending));
    if ends(&["-direct", "-truecolor"])
        || [
            "xterm-kitty",
            "xterm-ghostty",
            "alacritty",
            "foot",
            "wezterm",
        ]
        .contains(&term)
    {
        Depth::True
    } else if ends(&["-256color", "-256"]) {
        Depth::C256
    } else if ends(&["-mono", "-m"]) || term.starts_with("vt1") || term.starts_with("vt2") {
        Depth::None
    } else {
        Depth::C16
    }
}

/// The signs: plain ones on the Linux console and wherever the locale isn't UTF-8.
pub fn glyphs(vars: &BTreeMap<String, String>) -> Glyphs {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .filter_map(|name| vars.get(*name))
        .find(|value| !value.is_empty());
    let utf8 = locale.is_none_or(|value| {
        let value = value.to_lowercase();
        value.contains("utf-8") || value.contains("utf8")
    });
    let console = vars
        .get("TERM")
        .is_some_and(|term| term == "linux" || term.starts_with("vt"));
    if console || !utf8 {
        Glyphs::Ascii
    } else {
        Glyphs::Drawn
    }
}

/// Dark or light: what the terminal answered when it was asked, else `COLORFGBG`, else dark.
pub fn appearance(answered: Option<Appearance>, vars: &BTreeMap<String, String>) -> Appearance {
    let told = vars.get("COLORFGBG").and_then(|value| {
        let ground: u8 = value.rsplit(';').next()?.parse().ok()?;
        // Of the sixteen colours, white (7) and the bright ones but bright black (8) are light grounds.
        let light = ground == 7 || (9..=15).contains(&ground);
        Some(if light {
            Appearance::Light
        } else {
            Appearance::Dark
        })
    });
    answered.or(told).unwrap_or_default()
}
