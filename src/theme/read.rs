//! One theme file, format 1, read with every fault named and placed.

use std::collections::BTreeMap;
use std::ops::Range;

use ratatui::style::Modifier;
use toml::de::{DeTable, DeValue};
use unicode_width::UnicodeWidthStr;

use super::color::{ANSI, Paint, parse_hex};
use super::{Appearance, GLYPHS, Glyph, ROLES, Role};
use crate::diagnostic::{Diagnostic, SourceText, nearest};

/// What one file says.
#[derive(Default)]
pub(super) struct Layer {
    pub name: Option<String>,
    pub appearance: Option<Appearance>,
    pub contrast: Option<f64>,
    pub colours: Option<bool>,
    pub inherits: Option<(String, Range<usize>)>,
    pub palette: BTreeMap<String, Paint>,
    pub roles: BTreeMap<Role, Written>,
    pub drawn: BTreeMap<Glyph, String>,
    pub ascii: BTreeMap<Glyph, String>,
}

/// A role as a file writes it: colours by name until all palettes are known.
#[derive(Clone, Default)]
pub(super) struct Written {
    pub fg: Option<Named>,
    pub bg: Option<Named>,
    pub on: Modifier,
    pub off: Modifier,
    pub mono: Option<Modifier>,
}

impl Written {
    /// Lays another file's words for the same role over these; what it doesn't say stays.
    pub fn cover(&mut self, upper: &Self) {
        self.fg = upper.fg.clone().or(self.fg.take());
        self.bg = upper.bg.clone().or(self.bg.take());
        self.on = (self.on | upper.on) - upper.off;
        self.off = (self.off | upper.off) - upper.on;
        self.mono = upper.mono.or(self.mono);
    }
}

/// A colour as written, and where.
#[derive(Clone)]
pub(super) struct Named {
    pub text: String,
    pub span: Range<usize>,
}

/// Modifiers, as theme files name them.
const MODIFIERS: [(&str, Modifier); 6] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
    ("crossed", Modifier::CROSSED_OUT),
];

/// A colour that needs no palette.
pub(super) fn direct(text: &str) -> Option<Paint> {
    if text == "default" {
        return Some(Paint::Own);
    }
    parse_hex(text).map(Paint::of_rgb)
}

/// Reads a file.
pub(super) fn read(source: SourceText) -> (Layer, Vec<Diagnostic>) {
    let mut reader = Reader {
        source,
        faults: Vec::new(),
        layer: Layer::default(),
    };
    reader.file();
    (reader.layer, reader.faults)
}

struct Reader<'a> {
    source: SourceText<'a>,
    faults: Vec<Diagnostic>,
    layer: Layer,
}

impl Reader<'_> {
    fn file(&mut self) {
        let (table, mut faults) = self.source.parse_toml("T01");
        self.faults.append(&mut faults);
        let table = table.get_ref();
        if !table.contains_key("format") {
            let fault = self
                .source
                .error("T07", 0..0, "the file doesn't say its format");
            self.faults.push(fault.label("write `format = 1` first"));
        }
        for (key, value) in table {
            self.field(key.get_ref(), key.span(), value.get_ref(), value.span());
        }
    }

    fn fault(&mut self, code: &'static str, span: Range<usize>, message: String, label: String) {
        self.faults
            .push(self.source.error(code, span, message).label(label));
    }

    fn field(&mut self, key: &str, key_span: Range<usize>, value: &DeValue, span: Range<usize>) {
        const FIELDS: [&str; 9] = [
            "format",
            "name",
            "appearance",
            "colours",
            "inherits",
            "contrast",
            "palette",
            "roles",
            "glyphs",
        ];
        match (key, value) {
            ("format", DeValue::Integer(number)) if number.as_str() == "1" => {}
            ("name", DeValue::String(name)) => self.layer.name = Some(name.to_string()),
            ("appearance", DeValue::String(word)) if word == "dark" => {
                self.layer.appearance = Some(Appearance::Dark);
            }
            ("appearance", DeValue::String(word)) if word == "light" => {
                self.layer.appearance = Some(Appearance::Light);
            }
            ("colours", DeValue::Boolean(any)) => self.layer.colours = Some(*any),
            ("inherits", DeValue::String(name)) if name.is_empty() => {}
            ("inherits", DeValue::String(name)) => {
                self.layer.inherits = Some((name.to_string(), span));
            }
            ("contrast", DeValue::Float(number)) if ratio(number.as_str()).is_some() => {
                self.layer.contrast = ratio(number.as_str());
            }
            ("contrast", DeValue::Integer(number)) if ratio(number.as_str()).is_some() => {
                self.layer.contrast = ratio(number.as_str());
            }
            ("palette", DeValue::Table(table)) => self.palette(table),
            ("roles", DeValue::Table(table)) => self.roles(table),
            ("glyphs", DeValue::Table(table)) => self.glyphs(table, false),
            _ if FIELDS.contains(&key) => self.wrong_field(key, span),
            _ => self.unknown("T02", "field or table", key, key_span, &FIELDS),
        }
    }

    fn wrong_field(&mut self, key: &str, span: Range<usize>) {
        let wanted = match key {
            "format" => "this program reads format 1",
            "appearance" => "write \"dark\" or \"light\"",
            "colours" => "write true or false",
            "contrast" => "write a number from 1.0 to 21.0",
            "name" | "inherits" => "write a name in quotes",
            _ => "this is a table: write it as [palette], [roles] or [glyphs]",
        };
        self.fault(
            "T07",
            span,
            format!("`{key}` can't be this"),
            wanted.to_string(),
        );
    }

    /// An unknown name, with the nearest of the known ones.
    fn unknown(
        &mut self,
        code: &'static str,
        what: &str,
        name: &str,
        span: Range<usize>,
        known: &[&str],
    ) {
        let message = format!("there is no {what} called `{name}`");
        let fault = self.source.error(code, span, message);
        self.faults
            .push(match nearest(name, known.iter().copied()) {
                Some(near) => fault.label(format!("did you mean `{near}`?")),
                None => fault.help(format!("there are {}", known.join(", "))),
            });
    }

    fn palette(&mut self, table: &DeTable) {
        for (key, value) in table {
            let name = key.get_ref().to_string();
            if let Some(paint) = self.paint(value.get_ref(), value.span()) {
                self.layer.palette.insert(name, paint);
            }
        }
    }

    /// `"#2b303b"`, `"default"` or `{ rgb = "#e8e6e3", x256 = 254, ansi = "white" }`.
    fn paint(&mut self, value: &DeValue, span: Range<usize>) -> Option<Paint> {
        let wanted = || {
            "write \"#rrggbb\", \"default\" or { rgb = \"#rrggbb\", x256 = 0 to 255, ansi = \"a name\" }".to_string()
        };
        match value {
            DeValue::String(text) => {
                let paint = direct(text);
                if paint.is_none() {
                    self.fault("T05", span, format!("`{text}` isn't a colour"), wanted());
                }
                paint
            }
            DeValue::Table(table) => self.mixed(table, span),
            _ => {
                self.fault("T05", span, "this isn't a colour".to_string(), wanted());
                None
            }
        }
    }

    fn mixed(&mut self, table: &DeTable, span: Range<usize>) -> Option<Paint> {
        let names: Vec<&str> = ANSI
            .iter()
            .map(|(name, _, _)| *name)
            .chain(["default"])
            .collect();
        let mut mixed = None;
        if let Some(DeValue::String(text)) = table.get("rgb").map(toml::Spanned::get_ref) {
            mixed = parse_hex(text).map(Paint::of_rgb);
        }
        let Some(Paint::Mixed {
            rgb,
            mut x256,
            mut ansi,
        }) = mixed
        else {
            self.fault(
                "T05",
                span,
                "a colour needs `rgb`".to_string(),
                "write rgb = \"#rrggbb\"".to_string(),
            );
            return None;
        };
        for (key, value) in table {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("rgb", _) => {}
                ("x256", DeValue::Integer(number)) if number.as_str().parse::<u8>().is_ok() => {
                    x256 = number.as_str().parse().unwrap_or(x256);
                }
                ("x256", _) => self.fault(
                    "T05",
                    value.span(),
                    "`x256` can't be this".to_string(),
                    "write a number from 0 to 255".to_string(),
                ),
                ("ansi", DeValue::String(name)) if names.contains(&name.as_ref()) => {
                    let at = ANSI.iter().position(|(ansi, _, _)| ansi == name);
                    ansi = at.and_then(|at| u8::try_from(at).ok());
                }
                ("ansi", DeValue::String(name)) => {
                    self.unknown("T05", "terminal colour", name, value.span(), &names);
                }
                ("ansi", _) => self.fault(
                    "T05",
                    value.span(),
                    "`ansi` can't be this".to_string(),
                    "write a name in quotes".to_string(),
                ),
                (other, _) => self.unknown(
                    "T02",
                    "part of a colour",
                    other,
                    key.span(),
                    &["rgb", "x256", "ansi"],
                ),
            }
        }
        Some(Paint::Mixed { rgb, x256, ansi })
    }

    fn roles(&mut self, table: &DeTable) {
        for (key, value) in table {
            let name = key.get_ref();
            let Some(role) = Role::of_name(name) else {
                let known: Vec<&str> = ROLES.iter().map(|spec| spec.name).collect();
                self.unknown("T03", "role", name, key.span(), &known);
                continue;
            };
            let written = match value.get_ref() {
                DeValue::String(text) => {
                    let fg = Some(Named {
                        text: text.to_string(),
                        span: value.span(),
                    });
                    Written {
                        fg,
                        ..Written::default()
                    }
                }
                DeValue::Table(table) => self.written(table),
                _ => {
                    self.fault(
                        "T05",
                        value.span(),
                        format!("`{name}` can't be this"),
                        "write a colour's name, or { fg = .., bg = .., bold = true }".to_string(),
                    );
                    continue;
                }
            };
            self.layer.roles.insert(role, written);
        }
    }

    fn written(&mut self, table: &DeTable) -> Written {
        let mut written = Written::default();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let modifier = MODIFIERS.iter().find(|(known, _)| *known == name);
            match (name, value.get_ref(), modifier) {
                ("fg" | "bg", DeValue::String(text), _) => {
                    let named = Some(Named {
                        text: text.to_string(),
                        span: value.span(),
                    });
                    let slot = if name == "fg" {
                        &mut written.fg
                    } else {
                        &mut written.bg
                    };
                    *slot = named;
                }
                ("fg" | "bg", _, _) => self.fault(
                    "T05",
                    value.span(),
                    format!("`{name}` can't be this"),
                    "write a colour's name in quotes".to_string(),
                ),
                ("mono", value_of, _) => written.mono = self.mono(value_of, value.span()),
                (_, DeValue::Boolean(true), Some((_, modifier))) => written.on |= *modifier,
                (_, DeValue::Boolean(false), Some((_, modifier))) => written.off |= *modifier,
                (_, _, Some(_)) => self.fault(
                    "T05",
                    value.span(),
                    format!("`{name}` can't be this"),
                    "write true or false".to_string(),
                ),
                (_, _, None) => {
                    let known: Vec<&str> = ["fg", "bg", "mono"]
                        .into_iter()
                        .chain(MODIFIERS.map(|(name, _)| name))
                        .collect();
                    self.unknown("T02", "part of a look", name, key.span(), &known);
                }
            }
        }
        written
    }

    /// `mono = ["bold", "reversed"]`.
    fn mono(&mut self, value: &DeValue, span: Range<usize>) -> Option<Modifier> {
        let DeValue::Array(list) = value else {
            self.fault(
                "T05",
                span,
                "`mono` can't be this".to_string(),
                "write a list, such as [\"bold\", \"reversed\"]".to_string(),
            );
            return None;
        };
        let mut all = Modifier::empty();
        for entry in list {
            let text = entry.get_ref().as_str().unwrap_or_default();
            match MODIFIERS.iter().find(|(name, _)| *name == text) {
                Some((_, modifier)) => all |= *modifier,
                None => self.unknown(
                    "T05",
                    "modifier",
                    text,
                    entry.span(),
                    &MODIFIERS.map(|(name, _)| name),
                ),
            }
        }
        Some(all)
    }

    fn glyphs(&mut self, table: &DeTable, ascii: bool) {
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match (Glyph::of_name(name), value.get_ref()) {
                (None, DeValue::Table(inner)) if name == "ascii" && !ascii => {
                    self.glyphs(inner, true);
                }
                (None, _) => {
                    let known: Vec<&str> = GLYPHS.iter().map(|spec| spec.name).collect();
                    self.unknown("T06", "glyph", name, key.span(), &known);
                }
                (Some(glyph), DeValue::String(text)) if fits(glyph, text, ascii) => {
                    let set = if ascii {
                        &mut self.layer.ascii
                    } else {
                        &mut self.layer.drawn
                    };
                    set.insert(glyph, text.to_string());
                }
                (Some(glyph), _) => {
                    let wanted = match (glyph, ascii) {
                        (Glyph::Meter, _) => {
                            "write two to sixteen signs of one column each, quiet to loud"
                        }
                        (_, true) => "write one to three plain ASCII characters",
                        (_, false) => "write one sign that takes one column",
                    };
                    self.fault(
                        "T06",
                        value.span(),
                        format!("`{name}` can't be this"),
                        wanted.to_string(),
                    );
                }
            }
        }
    }
}

/// Whether a text can stand for a glyph: rows are laid out for these widths.
fn fits(glyph: Glyph, text: &str, ascii: bool) -> bool {
    let columns = text.width();
    let plain = !ascii || text.chars().all(|char| char.is_ascii_graphic());
    let allowed = match (glyph, ascii) {
        (Glyph::Meter, _) => 2..=16,
        (_, true) => 1..=3,
        (_, false) => 1..=1,
    };
    let even = glyph != Glyph::Meter || columns == text.chars().count();
    plain && even && allowed.contains(&columns)
}

/// A contrast that can be promised.
fn ratio(text: &str) -> Option<f64> {
    let number: f64 = text.parse().ok()?;
    (1.0..=21.0).contains(&number).then_some(number)
}
