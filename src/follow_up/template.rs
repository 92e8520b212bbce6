//! A template and facts -> lines, each with what it rests on; and what is wrong in a template.
//!
//! Each fact carries a mark behind its words: one letter of a private plane that nobody types. The marks say afterwards
//! which line used which fact, whatever marketing wrote around it, and are taken out.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use minijinja::value::{Object, ObjectRepr};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, Value};

use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::domain::Language;

use super::Line;
use super::facts::{Fact, VARIABLES};

/// The mark of the first fact; the next one's is the next letter (Supplementary Private Use Area-A).
const MARK: u32 = 0xF_0000;

/// Stands where a fact is missing: its line is left out.
const MISSING: char = '\u{F_FFF0}';

/// How much work a template may be: some hundred times what ours need, and no loop runs for ever.
const FUEL: u64 = 50_000;

/// The line a subject stands on. Of several the first counts whose facts are all there.
const SUBJECT: &str = "subject:";

/// The show's own templates that have no fault, by language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Templates(pub BTreeMap<Language, String>);

impl Templates {
    /// The show's own template of a language, if it has one.
    pub fn of(&self, language: Language) -> Option<&str> {
        self.0.get(&language).map(String::as_str)
    }
}

/// The template that comes with the program.
pub fn bundled(language: Language) -> &'static str {
    match language {
        Language::En => include_str!("../../assets/follow_up/en.txt"),
        Language::De => include_str!("../../assets/follow_up/de.txt"),
    }
}

/// A fact that the card does not have: false in an `if`, and the end of every line that wants to say it.
#[derive(Debug)]
struct Missing;

impl Object for Missing {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        false
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{MISSING}")
    }
}

/// Fills a template: the subject and the lines.
pub fn render(
    source: &str,
    facts: &BTreeMap<&'static str, Fact>,
) -> Result<(Line, Vec<Line>), Error> {
    let environment = environment();
    let template = environment.template_from_str(source)?;
    let values = VARIABLES.iter().zip(MARK..).map(|((name, _), mark)| {
        let value = match (facts.get(name), char::from_u32(mark)) {
            // It is compared with words, not told.
            (Some(fact), _) if *name == "tone" => Value::from(fact.text.as_str()),
            (Some(fact), Some(mark)) => Value::from(format!("{}{mark}", unmarked(&fact.text))),
            _ => Value::from_object(Missing),
        };
        (*name, value)
    });
    let context = Value::from(values.collect::<BTreeMap<&str, Value>>());
    let text = template.render(context)?;
    let mut lines = text.lines().map(str::trim_end).peekable();
    let mut subject = None;
    while let Some(line) =
        lines.next_if(|line| line.trim().is_empty() || line.to_lowercase().starts_with(SUBJECT))
    {
        let line = line.get(SUBJECT.len()..).unwrap_or_default().trim();
        if subject.is_none() && !line.is_empty() && !line.contains(MISSING) {
            subject = Some(read(line, facts));
        }
    }
    let mut subject = subject.ok_or_else(|| {
        Error::new(
            ErrorKind::InvalidOperation,
            "no line with `Subject:` could be filled",
        )
    })?;
    subject.text = capital(&subject.text);
    let mut body: Vec<Line> = Vec::new();
    for line in lines.filter(|line| !line.contains(MISSING)) {
        let line = read(line, facts);
        // What was left out leaves no gap.
        if !line.text.is_empty() || body.last().is_some_and(|last| !last.text.is_empty()) {
            body.push(line);
        }
    }
    while body.last().is_some_and(|last| last.text.is_empty()) {
        body.pop();
    }
    Ok((subject, body))
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment
}

/// Takes the marks out of a line and puts in their place what they stand for.
fn read(line: &str, facts: &BTreeMap<&'static str, Fact>) -> Line {
    let mut read = Line::default();
    for letter in line.chars() {
        let at = (letter as u32).checked_sub(MARK);
        let fact = at
            .and_then(|at| VARIABLES.get(at as usize))
            .map(|(name, _)| name);
        match fact.and_then(|name| facts.get(name)) {
            Some(fact) => {
                for ground in &fact.grounds {
                    if !read.grounds.contains(ground) {
                        read.grounds.push(ground.clone());
                    }
                }
            }
            None => read.text.push(letter),
        }
    }
    read.text = read.text.trim().to_owned();
    read
}

/// A text without letters that could be taken for marks.
fn unmarked(text: &str) -> String {
    text.chars()
        .filter(|letter| (*letter as u32) < MARK && (*letter == '\n' || !letter.is_control()))
        .collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// Everything wrong in a template. One with a fault is not used; the bundled one is.
pub fn check(file: &str, source: &str) -> Vec<Diagnostic> {
    let environment = environment();
    let template = match environment.template_from_str(source) {
        Ok(template) => template,
        Err(error) => return vec![fault_of(file, source, &error)],
    };
    let known: Vec<&str> = VARIABLES.iter().map(|(name, _)| *name).collect();
    let mut unknown: Vec<String> = template.undeclared_variables(false).into_iter().collect();
    unknown.retain(|name| !known.contains(&name.as_str()) && !FUNCTIONS.contains(&name.as_str()));
    unknown.sort();
    if !unknown.is_empty() {
        let known = known.as_slice();
        return unknown
            .iter()
            .map(|name| stranger(file, source, name, known))
            .collect();
    }
    let sample = |all: bool| {
        let there = |name: &str| all || matches!(name, "show" | "day" | "tone");
        let facts = VARIABLES.iter().filter(|(name, _)| there(name));
        facts
            .map(|(name, _)| {
                let text = (*name).to_owned();
                (
                    *name,
                    Fact {
                        text,
                        grounds: Vec::new(),
                    },
                )
            })
            .collect::<BTreeMap<_, _>>()
    };
    // Once with all there is to say and once with next to nothing.
    let tried = [true, false].map(|all| render(source, &sample(all)));
    let error = tried.iter().find_map(|tried| tried.as_ref().err());
    if let Some(error) = error {
        return vec![fault_of(file, source, error)];
    }
    let empty = tried.iter().flatten().any(|(_, body)| body.is_empty());
    if empty {
        let fault = Diagnostic::error(
            "D02",
            file,
            "the template has no line that can always be said",
        );
        return vec![
            fault
                .at(line_of(source, 1))
                .help("write one that uses `show` and `day` alone")
                .help(MEANWHILE),
        ];
    }
    Vec::new()
}

/// What is there in every template beside our facts.
const FUNCTIONS: [&str; 4] = ["range", "dict", "debug", "namespace"];

/// Where a template wants to tell of products that the playbook does not have; none where it does not.
pub fn about_no_products(file: &str, source: &str) -> Option<Diagnostic> {
    const NAME: &str = "products";
    let at = word(source, NAME)?;
    let message = "this tells of products, and playbook.toml has none: the line is always left out";
    let fault = Diagnostic::warning("D04", file, message)
        .at(Place::of_span(source, at..at + NAME.len()))
        .help("add to playbook.toml: [[products]] name = \"...\", or take the line out");
    Some(fault)
}

const MEANWHILE: &str = "until then the bundled template is used";

/// A variable that no card has.
fn stranger(file: &str, source: &str, name: &str, known: &[&str]) -> Diagnostic {
    let label = match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "no card has this".to_owned(),
    };
    let at = word(source, name).unwrap_or(0);
    Diagnostic::error("D01", file, format!("there is no `{name}` to be told"))
        .at(Place::of_span(source, at..at + name.len()))
        .label(label)
        .help(format!("what can be told: {}", known.join(", ")))
        .help(MEANWHILE)
}

/// Where a whole word stands inside braces.
fn word(source: &str, name: &str) -> Option<usize> {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    source.match_indices(name).map(|(at, _)| at).find(|at| {
        let before = source[..*at].chars().next_back();
        let after = source[at + name.len()..].chars().next();
        let open = source[..*at].rfind(['{', '}']);
        let inside = open.is_some_and(|open| source[open..].starts_with('{'))
            || source[..*at].rfind("{%") > source[..*at].rfind("%}");
        inside && !before.is_some_and(part) && !after.is_some_and(part)
    })
}

fn fault_of(file: &str, source: &str, error: &Error) -> Diagnostic {
    let words = error
        .detail()
        .map_or_else(|| error.kind().to_string(), str::to_owned);
    let message = match error.kind() {
        ErrorKind::OutOfFuel => "the template runs without end".to_owned(),
        ErrorKind::InvalidOperation => words,
        ErrorKind::UndefinedError => "the template asks for a part of a fact".to_owned(),
        ErrorKind::UnknownFilter => format!("the template can't be filled: {words}"),
        _ => format!("the template can't be read: {words}"),
    };
    let help = match error.kind() {
        ErrorKind::OutOfFuel => "take the loop out: a draft needs none",
        ErrorKind::UndefinedError => "a fact is one text without parts: {{ need }}",
        ErrorKind::SyntaxError => {
            "facts stand as {{ need }}, choices as {% if due %} ... {% endif %}"
        }
        ErrorKind::InvalidOperation => {
            "begin with a line `Subject: ...`; one that uses `show` alone can always be filled"
        }
        _ => "the README's section on follow-ups says what templates can do",
    };
    Diagnostic::error("D01", file, message)
        .at(line_of(source, error.line().unwrap_or(1)))
        .help(help)
        .help(MEANWHILE)
}

fn line_of(source: &str, line: usize) -> Place {
    let text = source
        .lines()
        .nth(line.saturating_sub(1))
        .unwrap_or_default();
    Place::of_line(line, text)
}
