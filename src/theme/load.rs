//! Themes joined with what they inherit and settled for one depth.

use std::collections::BTreeMap;
use std::ops::Range;

use super::read::{Layer, Named, Written, direct, read};
use super::{Depth, GLYPHS, Look, ROLES, Role, Theme};
use crate::diagnostic::{Diagnostic, SourceText, nearest};

/// The themes that come with the program: name and text.
const BUNDLED: [(&str, &str); 5] = [
    ("hall-dark", include_str!("../../themes/hall-dark.toml")),
    ("hall-light", include_str!("../../themes/hall-light.toml")),
    ("cvd-safe", include_str!("../../themes/cvd-safe.toml")),
    ("wall", include_str!("../../themes/wall.toml")),
    ("mono", include_str!("../../themes/mono.toml")),
];

/// The theme used where the one asked for isn't there.
const FALLBACK: &str = "hall-dark";

/// The names of the themes that come with the program.
pub fn bundled() -> Vec<&'static str> {
    BUNDLED.iter().map(|(name, _)| *name).collect()
}

pub(super) fn load(
    name: &str,
    user: &[(String, String)],
    depth: Depth,
) -> (Theme, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let mut chain = chain(name, user, &mut faults);
    chain.reverse(); // what is inherited first
    let theme = settle(name, &chain, depth);
    faults.sort_by_key(|fault| {
        let line = fault.place.as_ref().map(|place| (place.line, place.column));
        (fault.file.clone(), line)
    });
    (theme, faults)
}

/// The theme asked for and all it inherits, in this order. Faults of bundled files can't happen: a test reads them all.
fn chain(name: &str, user: &[(String, String)], faults: &mut Vec<Diagnostic>) -> Vec<Layer> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut sources: Vec<SourceText> = Vec::new();
    let mut wanted = Some((name.to_string(), 0..0));
    while let Some((name, span)) = wanted.take() {
        let asker = sources.last().copied();
        match find(&name, user, &sources) {
            Ok(source) => {
                let (layer, mut found) = read(source);
                faults.append(&mut found);
                wanted.clone_from(&layer.inherits);
                layers.push(layer);
                sources.push(source);
            }
            Err(missing) => {
                faults.push(missing_theme(&name, span, asker, user, missing));
                if layers.is_empty() {
                    wanted = Some((FALLBACK.to_string(), 0..0));
                }
            }
        }
    }
    check_colours(&layers, &sources, faults);
    layers
}

/// Why a theme can't be inherited or used.
enum Missing {
    Unknown,
    Circle,
}

/// The text of a theme: the user's own first, the last of several. A file that inherits its own name means the one it
/// hides.
fn find<'a>(
    name: &str,
    user: &'a [(String, String)],
    taken: &[SourceText<'a>],
) -> Result<SourceText<'a>, Missing> {
    let own = user
        .iter()
        .rev()
        .filter(|(file, _)| stem(file) == name)
        .map(|(file, text)| SourceText { name: file, text });
    let ours = BUNDLED
        .iter()
        .filter(|(bundled, _)| *bundled == name)
        .map(|(name, text)| SourceText { name, text });
    let mut missing = Missing::Unknown;
    for source in own.chain(ours) {
        if taken
            .iter()
            .any(|other| std::ptr::eq(other.text, source.text))
        {
            missing = Missing::Circle;
        } else {
            return Ok(source);
        }
    }
    Err(missing)
}

/// A file's name without folder and `.toml`.
fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.strip_suffix(".toml").unwrap_or(name)
}

fn missing_theme(
    name: &str,
    span: Range<usize>,
    asker: Option<SourceText>,
    user: &[(String, String)],
    missing: Missing,
) -> Diagnostic {
    let known = || user.iter().map(|(file, _)| stem(file)).chain(bundled());
    let message = match missing {
        Missing::Unknown => format!("there is no theme called `{name}`"),
        Missing::Circle => format!("`{name}` inherits itself, by way of others or directly"),
    };
    let fault = match asker {
        Some(source) => source.error("T07", span, message),
        None => Diagnostic::error("T07", "theme", message),
    };
    match (missing, nearest(name, known())) {
        (Missing::Circle, _) => fault.label("let one of them inherit nothing: \"\""),
        (Missing::Unknown, Some(near)) => fault.label(format!("did you mean `{near}`?")),
        (Missing::Unknown, None) => fault.help(format!("there are {}", bundled().join(", "))),
    }
}

/// Every colour a file names must be in its own palette or in one it inherits.
fn check_colours(layers: &[Layer], sources: &[SourceText], faults: &mut Vec<Diagnostic>) {
    for (at, (layer, source)) in layers.iter().zip(sources).enumerate() {
        let palettes = || layers[at..].iter().flat_map(|layer| layer.palette.keys());
        let colours = layer
            .roles
            .values()
            .flat_map(|written| [&written.fg, &written.bg]);
        for named in colours.flatten() {
            let known = palettes().any(|name| *name == named.text);
            if known || direct(&named.text).is_some() {
                continue;
            }
            let message = format!("there is no colour called `{}`", named.text);
            let fault = source.error("T04", named.span.clone(), message);
            faults.push(match nearest(&named.text, palettes().map(String::as_str)) {
                Some(near) => fault.label(format!("did you mean `{near}`?")),
                None => fault.help("write a name of [palette], \"#rrggbb\" or \"default\""),
            });
        }
    }
}

/// Joins the layers, the inherited first, and settles every role.
fn settle(name: &str, chain: &[Layer], depth: Depth) -> Theme {
    let mut palette = BTreeMap::new();
    let mut roles: BTreeMap<Role, Written> = BTreeMap::new();
    let mut drawn = GLYPHS.each_ref().map(|spec| spec.drawn.to_string());
    let mut ascii = GLYPHS.each_ref().map(|spec| spec.ascii.to_string());
    for layer in chain {
        palette.extend(
            layer
                .palette
                .iter()
                .map(|(name, paint)| (name.as_str(), *paint)),
        );
        for (role, written) in &layer.roles {
            roles.entry(*role).or_default().cover(written);
        }
        for (glyph, text) in &layer.drawn {
            drawn[*glyph as usize].clone_from(text);
        }
        for (glyph, text) in &layer.ascii {
            ascii[*glyph as usize].clone_from(text);
        }
    }
    let paint = |named: &Named| {
        let own = palette.get(named.text.as_str()).copied();
        own.or_else(|| direct(&named.text))
    };
    let mut looks = [Look::default(); ROLES.len()];
    // Parents stand before their children in the table (a test sees to it), so one pass is enough.
    for spec in &ROLES {
        let mut look = spec
            .parent
            .map_or_else(Look::default, |parent| looks[parent as usize]);
        if let Some(written) = roles.get(&spec.role) {
            look.fg = written.fg.as_ref().and_then(paint).or(look.fg);
            look.bg = written.bg.as_ref().and_then(paint).or(look.bg);
            look.shown = (look.shown | written.on) - written.off;
            look.mono = written.mono.unwrap_or(look.mono);
        }
        looks[spec.role as usize] = look;
    }
    // A theme without colours is one at every depth; what lies on it is not.
    let plain = chain.last().and_then(|layer| layer.colours) == Some(false);
    let shown = if plain { Depth::None } else { depth };
    let last = |say: fn(&Layer) -> Option<f64>| chain.iter().rev().find_map(say);
    Theme {
        name: chain
            .last()
            .and_then(|layer| layer.name.clone())
            .unwrap_or_else(|| name.to_string()),
        appearance: chain
            .iter()
            .rev()
            .find_map(|layer| layer.appearance)
            .unwrap_or_default(),
        contrast: last(|layer| layer.contrast).unwrap_or(1.0),
        depth,
        styles: looks.map(|look| look.at(shown)),
        looks,
        drawn,
        ascii,
        plain: false,
    }
}
