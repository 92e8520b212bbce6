//! One keymap file, format 1, read with every fault named and placed.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Chord, Key, LONGEST, Sequence, print};
use crate::action::{ACTIONS, Action, Context, ParseActionError};
use crate::diagnostic::{Diagnostic, SourceText, nearest};

/// What one file says.
#[derive(Default)]
pub(super) struct Layer {
    pub name: Option<String>,
    pub inherits: Option<(String, Range<usize>)>,
    /// Contexts that forget what they inherit, and where the file says so.
    pub clear: BTreeMap<Context, Range<usize>>,
    pub entries: Vec<Entry>,
}

/// One line of a context.
pub(super) struct Entry {
    pub context: Context,
    pub sequence: Sequence,
    pub meaning: Meaning,
    pub key_span: Range<usize>,
}

/// What the line says.
pub(super) enum Meaning {
    /// Do these; the file's own word for it, if it has one.
    Run(Vec<Action>, Option<String>),
    /// Nothing by itself: words for what begins here.
    Begin(String),
    /// Take the inherited meaning away.
    Remove,
}

/// Reads a file.
pub(super) fn read(source: SourceText) -> (Layer, Vec<Diagnostic>) {
    let (table, faults) = source.parse_toml("K01");
    let mut reader = Reader {
        source,
        faults,
        layer: Layer::default(),
    };
    reader.file(table.get_ref());
    (reader.layer, reader.faults)
}

struct Reader<'a> {
    source: SourceText<'a>,
    faults: Vec<Diagnostic>,
    layer: Layer,
}

impl Reader<'_> {
    fn file(&mut self, table: &DeTable) {
        if !table.contains_key("format") {
            let fault = self
                .source
                .error("K09", 0..0, "the file doesn't say its format");
            self.faults.push(fault.label("write `format = 1` first"));
        }
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let wanted = match (name, value.get_ref()) {
                ("format", DeValue::Integer(number)) if number.as_str() == "1" => continue,
                ("format", _) => "this program reads format 1",
                ("name", DeValue::String(text)) => {
                    self.layer.name = Some(text.to_string());
                    continue;
                }
                ("inherits", DeValue::String(text)) => {
                    self.layer.inherits = Some((text.to_string(), value.span()));
                    continue;
                }
                ("name" | "inherits", _) => "write a name in quotes",
                (_, inner) => {
                    self.context(name, key.span(), inner);
                    continue;
                }
            };
            self.fault(
                "K09",
                value.span(),
                format!("`{name}` can't be this"),
                wanted,
            );
        }
    }

    fn fault(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: String,
        label: impl Into<String>,
    ) {
        let fault = self.source.error(code, span, message);
        self.faults.push(fault.label(label));
    }

    fn context(&mut self, name: &str, span: Range<usize>, value: &DeValue) {
        let names = || Context::ALL.map(Context::name);
        match (Context::of_name(name), value) {
            (Some(context), DeValue::Table(table)) => {
                for (key, value) in table {
                    self.line(context, key, value);
                }
            }
            (Some(_), _) => {
                self.fault(
                    "K02",
                    span,
                    format!("`{name}` is a table"),
                    format!("write it as [{name}], keys below"),
                );
            }
            (None, _) => {
                let message = format!("there is no context called `{name}`");
                let mut fault = self.source.error("K02", span, message);
                if let Some(near) = nearest(name, names()) {
                    fault = fault.label(format!("did you mean `{near}`?"));
                }
                self.faults
                    .push(fault.help(format!("keys are pressed in {}", names().join(", "))));
            }
        }
    }

    fn line(
        &mut self,
        context: Context,
        key: &Spanned<std::borrow::Cow<str>>,
        value: &Spanned<DeValue>,
    ) {
        if let ("clear", DeValue::Boolean(clear)) = (key.get_ref().as_ref(), value.get_ref()) {
            if *clear {
                self.layer.clear.insert(context, key.span());
            }
            return;
        }
        let Some(sequence) = self.sequence(key.get_ref(), key.span()) else {
            return;
        };
        if let Some(meaning) = self.meaning(context, value.get_ref(), value.span()) {
            self.doubt_sending(&sequence, key.span());
            self.layer.entries.push(Entry {
                context,
                sequence,
                meaning,
                key_span: key.span(),
            });
        }
    }

    /// Reads `g g`.
    fn sequence(&mut self, text: &str, span: Range<usize>) -> Option<Sequence> {
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.is_empty() || words.len() > LONGEST {
            let label = "write one to three chords with a space between";
            let message = format!("a sequence has {LONGEST} chords at most");
            let message = if words.is_empty() {
                "a key must be named".to_string()
            } else {
                message
            };
            self.fault("K03", span, message, label);
            return None;
        }
        let mut sequence = Sequence::new();
        for word in words {
            match word.parse::<Chord>() {
                Ok(chord) => sequence.push(chord),
                Err(error) => {
                    self.fault(
                        "K03",
                        span,
                        format!("`{word}` isn't a chord: {error}"),
                        error.remedy(),
                    );
                    return None;
                }
            }
        }
        Some(sequence)
    }

    fn meaning(
        &mut self,
        context: Context,
        value: &DeValue,
        span: Range<usize>,
    ) -> Option<Meaning> {
        match value {
            DeValue::String(text) if text == "none" => Some(Meaning::Remove),
            DeValue::String(_) | DeValue::Array(_) => {
                Some(Meaning::Run(self.actions(context, value, span)?, None))
            }
            DeValue::Table(table) => self.labelled(context, table, span),
            _ => {
                self.fault(
                    "K04",
                    span,
                    "this isn't an action".to_string(),
                    "write an action's name in quotes",
                );
                None
            }
        }
    }

    /// `{ run = "assign-owner", label = "owner" }`, either alone.
    fn labelled(
        &mut self,
        context: Context,
        table: &DeTable,
        span: Range<usize>,
    ) -> Option<Meaning> {
        let (mut run, mut label) = (None, None);
        for (key, value) in table {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("run", what) => run = Some(self.actions(context, what, value.span())?),
                ("label", DeValue::String(text)) => label = Some(text.to_string()),
                ("label", _) => self.fault(
                    "K05",
                    value.span(),
                    "`label` can't be this".to_string(),
                    "write a word in quotes",
                ),
                (other, _) => self.fault(
                    "K05",
                    key.span(),
                    format!("a key has no `{other}`"),
                    "`run` and `label` can be said",
                ),
            }
        }
        match (run, label) {
            (Some(run), label) => Some(Meaning::Run(run, label)),
            (None, Some(label)) => Some(Meaning::Begin(label)),
            (None, None) => {
                self.fault(
                    "K05",
                    span,
                    "nothing is said of this key".to_string(),
                    "write { run = \"an-action\" }",
                );
                None
            }
        }
    }

    /// One action, or several in a list. One that is wrong makes the whole line wrong: half of it may be worse than none.
    fn actions(
        &mut self,
        context: Context,
        value: &DeValue,
        span: Range<usize>,
    ) -> Option<Vec<Action>> {
        match value {
            DeValue::String(text) => Some(vec![self.action(context, text, span)?]),
            DeValue::Array(list) if !list.is_empty() => {
                let each = |entry: &Spanned<DeValue>| match entry.get_ref() {
                    DeValue::String(text) => self.action(context, text, entry.span()),
                    _ => self.no_action(entry.span()),
                };
                let actions: Vec<Option<Action>> = list.iter().map(each).collect();
                actions.into_iter().collect()
            }
            _ => self.no_action(span).map(|action| vec![action]),
        }
    }

    fn no_action(&mut self, span: Range<usize>) -> Option<Action> {
        self.fault(
            "K04",
            span,
            "this isn't an action".to_string(),
            "write an action's name in quotes",
        );
        None
    }

    fn action(&mut self, context: Context, text: &str, span: Range<usize>) -> Option<Action> {
        let inside = span.start + 1..span.end.saturating_sub(1).max(span.start + 1);
        let action = match Action::parse(text) {
            Ok(action) => action,
            Err(error) => {
                self.faults
                    .push(wrong_action(self.source, &error, span, inside));
                return None;
            }
        };
        let spec = action.spec();
        if spec.contexts.contains(&context) && action != Action::None {
            return Some(action);
        }
        if action == Action::None {
            let message = "`none` stands alone: it takes an inherited key away".to_string();
            self.fault("K05", span, message, "write \"none\" and nothing else");
            return None;
        }
        let places: Vec<String> = spec
            .contexts
            .iter()
            .map(|context| format!("[{}]", context.name()))
            .collect();
        let message = format!("`{}` means nothing in [{}]", spec.name, context.name());
        self.fault(
            "K08",
            span,
            message,
            format!("it works in {}", places.join(", ")),
        );
        None
    }

    /// Warns of what most terminals can't send or send as another key.
    fn doubt_sending(&mut self, sequence: &[Chord], span: Range<usize>) {
        for chord in sequence {
            if let Some(reason) = hard_to_send(*chord) {
                let message = format!("most terminals can't send `{chord}`");
                let doubt = self.source.warning("W01", span.clone(), message);
                self.faults.push(
                    doubt
                        .label(reason)
                        .help("a letter, alt with a letter or a function key is always sent"),
                );
            }
        }
    }
}

/// The fault of an action's text: an unknown name or a wrong argument, with the nearest right one.
fn wrong_action(
    source: SourceText,
    error: &ParseActionError,
    span: Range<usize>,
    inside: Range<usize>,
) -> Diagnostic {
    match error {
        ParseActionError::Unknown(name) => {
            let fault = source.error("K04", span, error.to_string());
            let names = ACTIONS.iter().map(|spec| spec.name);
            let fault = match nearest(name, names) {
                Some(near) => fault.label(format!("did you mean `{near}`?")),
                None => fault,
            };
            fault.help("all names: boothside keys --actions")
        }
        ParseActionError::Argument { given, values, .. } => {
            let fault = source.error("K05", inside, error.to_string());
            match nearest(given, values.iter().copied()) {
                Some(near) if !given.is_empty() => fault.label(format!("did you mean `{near}`?")),
                _ if given.is_empty() => fault.label("one of them must follow"),
                _ => fault.label(format!("`{given}` is none of them")),
            }
        }
        ParseActionError::Surplus { name, .. } => {
            let fault = source.error("K05", inside, error.to_string());
            fault.label(format!("write \"{name}\""))
        }
    }
}

/// Why a chord doesn't arrive on most terminals, if so. They send a byte or an escape sequence from the days of the
/// teletype; only a few speak the newer protocols that tell all keys apart.
fn hard_to_send(chord: Chord) -> Option<&'static str> {
    let named = |keys: &[Key]| keys.contains(&chord.key);
    match (chord.key, chord.ctrl) {
        _ if chord.super_ => Some("the system keeps super for itself"),
        (Key::Char('i'), true) => Some("it arrives as `tab`"),
        (Key::Char('m'), true) => Some("it arrives as `enter`"),
        (Key::Char('['), true) => Some("it arrives as `esc`"),
        (Key::Char('h'), true) => Some("it arrives as `backspace` on many"),
        (Key::Char(letter), true) if letter.is_uppercase() => Some("shift is lost beside ctrl"),
        (Key::Char(letter), true) if !letter.is_ascii_lowercase() && !"\\]^_ ".contains(letter) => {
            Some("ctrl is lost beside it")
        }
        _ if (chord.ctrl || chord.shift) && named(&[Key::Enter, Key::Esc, Key::Backspace]) => {
            Some("it arrives without what is held")
        }
        (Key::Tab, true) => Some("it arrives without what is held"),
        (Key::Space, _) if chord.shift => Some("it arrives without what is held"),
        _ => None,
    }
}

/// How a context and a sequence are named in a sentence.
pub(super) fn named(context: Context, sequence: &[Chord]) -> String {
    format!("`{}` in [{}]", print(sequence), context.name())
}
