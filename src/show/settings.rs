//! `show.toml` -> [`Config`]: every fault noted, every sound line kept.

use std::collections::HashSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::config::{
    AlertConfig, Campaign, Config, LaneConfig, LaneSource, MOST_QUICK_TAGS, ThemeChoice,
};
use super::document::{At, Document, Table, plain};
use super::{columns, night};
use crate::diagnostic::{Diagnostic, nearest};
use crate::domain::{Day, Role};
/// The file's name in a show folder.
pub(super) const FILE: &str = "show.toml";
/// Longest show code: lead ids begin with it and some importers cut ids.
const LONGEST_CODE: usize = 12;

/// Systems the night can write for.
const DESTINATIONS: [&str; 6] = [
    "salesforce",
    "hubspot",
    "marketo",
    "account_engagement",
    "dynamics",
    "generic",
];

const SETTINGS: [&str; 27] = [
    "code",
    "name",
    "days",
    "time_zone",
    "place",
    "campaign",
    "cost",
    "currency",
    "margin",
    "lanes",
    "quick_tags",
    "tags",
    "talk_gap_s",
    "privacy",
    "operator",
    "model",
    "theme",
    "keymap",
    "wall_names",
    "scanner",
    "attendees",
    "scan",
    "destinations",
    "notify",
    "alerts",
    "night",
    "polish",
];

/// Reads the text of a `show.toml` that lies in `dir`.
pub(super) fn read(dir: &Path, source: &str) -> (Config, Vec<Diagnostic>) {
    let (mut doc, tree) = Document::parse(FILE, source);
    let root = Table::root(FILE, &tree);
    doc.known(&root, &SETTINGS);
    let mut config = Config::default();
    identity(&mut doc, &root, &mut config);
    money(&mut doc, &root, &mut config);
    if root.has("lanes") {
        config.lanes = lanes(&mut doc, &root, dir);
    }
    tags(&mut doc, &root, &mut config);
    manners(&mut doc, &root, dir, &mut config);
    (config, doc.faults)
}

/// What the show is: code, name, days, zone, place.
fn identity(doc: &mut Document, root: &Table, config: &mut Config) {
    if let Some((code, span)) = doc.needed(root, "code", "\"MTF26\"") {
        config.code = code_of(doc, &code, span);
    }
    if let Some((name, _)) = doc.needed(root, "name", "\"Meridian Trade Fair 2026\"") {
        config.name = name;
    }
    if let Some(days) = doc.days(root, "days") {
        config.days = in_order(doc, days);
    }
    if let Some((zone, span)) = doc.text(root, "time_zone") {
        config.time_zone = zone_of(doc, zone, span);
    }
    set(&mut config.place, doc.text(root, "place"));
}

fn code_of(doc: &mut Document, written: &str, span: Range<usize>) -> String {
    let code: String = written
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|char| char.to_ascii_uppercase())
        .take(LONGEST_CODE)
        .collect();
    if code == written {
        return code;
    }
    if code.is_empty() {
        doc.fault(
            "S05",
            span,
            "`code` has no letter or digit",
            "for example \"MTF26\"",
        );
        return Config::default().code;
    }
    let message = "`code` is at most 12 capital letters and digits, because lead ids begin with it";
    doc.fault("S05", span, message, format!("write \"{code}\""));
    code
}

fn in_order(doc: &mut Document, days: Vec<At<Day>>) -> Vec<Day> {
    let mut kept: Vec<Day> = Vec::new();
    for (day, span) in days {
        if kept.contains(&day) {
            doc.warn(
                "S06",
                span,
                format!("{day} is there twice"),
                "take one away",
            );
        } else {
            kept.push(day);
        }
    }
    kept.sort_unstable();
    kept
}

fn zone_of(doc: &mut Document, zone: String, span: Range<usize>) -> String {
    // A laptop without any zone data can't tell; its own zone counts then, and the file isn't blamed.
    let known = jiff::tz::db();
    if zone.is_empty() || known.is_definitively_empty() || known.get(&zone).is_ok() {
        return zone;
    }
    let known: Vec<String> = known.available().map(|name| name.to_string()).collect();
    let label = match nearest(&zone, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "a name like \"America/Chicago\"".to_string(),
    };
    doc.fault(
        "S05",
        span,
        format!("there is no time zone \"{zone}\""),
        label,
    )
    .help
    .push("until it is mended the laptop's own time zone counts".to_string());
    String::new()
}

/// Campaign and cost.
fn money(doc: &mut Document, root: &Table, config: &mut Config) {
    config.cost = doc.amount(root, "cost", f64::MAX);
    config.margin = doc.amount(root, "margin", 1.0);
    if let Some((currency, span)) = doc.text(root, "currency") {
        if currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            config.currency = currency;
        } else {
            let message = format!("`currency` is \"{currency}\"");
            doc.fault("S05", span, message, "three capital letters: \"USD\"");
        }
    }
    if let Some(table) = doc.table(root, "campaign") {
        doc.known(&table, &["id", "statuses"]);
        config.campaign = Campaign {
            id: doc
                .text(&table, "id")
                .map_or_else(String::new, |(id, _)| id),
            statuses: doc.texts(&table, "statuses").map_or_else(Vec::new, plain),
        };
    }
}

fn lanes(doc: &mut Document, root: &Table, dir: &Path) -> Vec<LaneConfig> {
    let mut names = HashSet::new();
    let mut lanes = Vec::new();
    for table in doc.tables(root, "lanes", "lane") {
        doc.known(&table, &["name", "role", "device", "file", "channel"]);
        let Some((name, span)) = doc.needed(&table, "name", "\"Desk L\"") else {
            continue;
        };
        if !names.insert(name.to_lowercase()) {
            let message = format!("two lanes are called \"{name}\"");
            doc.fault("S06", span, message, "give each its own name");
            continue;
        }
        lanes.push(LaneConfig {
            name,
            role: role(doc, &table),
            source: source(doc, &table, dir),
            channel: doc
                .whole(&table, "channel", 1..65)
                .and_then(|channel| u16::try_from(channel - 1).ok()),
        });
    }
    lanes
}

fn role(doc: &mut Document, table: &Table) -> Role {
    let Some((word, span)) = doc.text(table, "role") else {
        return Role::default();
    };
    match word.as_str() {
        "rep" => Role::Rep,
        "visitor" => Role::Visitor,
        "table" => Role::Table,
        other => {
            let known = ["rep", "visitor", "table"];
            doc.fault(
                "S05",
                span,
                format!("there is no role \"{other}\""),
                mean(other, &known),
            );
            Role::default()
        }
    }
}

fn source(doc: &mut Document, table: &Table, dir: &Path) -> LaneSource {
    let device = doc.text(table, "device");
    let Some((file, span)) = doc.text(table, "file") else {
        return match device {
            Some((name, _)) if !name.is_empty() && name != "default" => LaneSource::Device(name),
            Some(_) | None => LaneSource::Default,
        };
    };
    if device.is_some() {
        let message = format!(
            "{} has a `device` and a `file`; the file counts",
            table.words
        );
        doc.warn("S06", span.clone(), message, "take one away");
    }
    if !dir.join(&file).is_file() {
        let message = format!("there is no recording \"{file}\"");
        doc.fault("S07", span, message, "a path counts from the show folder");
    }
    LaneSource::File(PathBuf::from(file))
}

fn tags(doc: &mut Document, root: &Table, config: &mut Config) {
    if let Some(tags) = doc.texts(root, "quick_tags") {
        if let Some((_, span)) = tags.get(MOST_QUICK_TAGS) {
            let message = format!("{} quick tags, but only the keys 1 to 9", tags.len());
            doc.fault(
                "S05",
                span.clone(),
                message,
                "from here on they go into `tags`",
            );
        }
        config.quick_tags = once(doc, tags);
        let more = config.quick_tags.len().min(MOST_QUICK_TAGS);
        config.tags = config.quick_tags.split_off(more);
    }
    if let Some(tags) = doc.texts(root, "tags") {
        let tags = once(doc, tags);
        config.tags.extend(tags);
    }
}

fn once(doc: &mut Document, tags: Vec<At<String>>) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut kept = Vec::new();
    for (tag, span) in tags {
        if seen.insert(tag.to_lowercase()) {
            kept.push((tag, span));
        } else {
            doc.warn(
                "S06",
                span,
                format!("the tag \"{tag}\" is there twice"),
                "take one away",
            );
        }
    }
    plain(kept)
}

/// How the program behaves at this show.
fn manners(doc: &mut Document, root: &Table, dir: &Path, config: &mut Config) {
    if let Some(gap) = doc.whole(root, "talk_gap_s", 5..601) {
        config.talk_gap_s = gap;
    }
    if let Some(table) = doc.table(root, "privacy") {
        doc.known(&table, &["strike_s"]);
        config.strike_s = doc
            .whole(&table, "strike_s", 0..601)
            .unwrap_or(config.strike_s);
    }
    set(&mut config.operator, doc.text(root, "operator"));
    if let Some((model, span)) = doc.text(root, "model")
        && !model.is_empty()
    {
        config.model = model_of(doc, dir, model, span);
    }
    set(&mut config.keymap, doc.text(root, "keymap"));
    config.theme = theme(doc, root);
    config.wall_names = doc.flag(root, "wall_names").unwrap_or(config.wall_names);
    config.notify = doc.flag(root, "notify").unwrap_or(config.notify);
    config.alerts = alerts(doc, root);
    config.polish = super::polish::polish(doc, root);
    config.scanner = doc
        .text(root, "scanner")
        .map(|(scanner, _)| scanner)
        .filter(|scanner| !scanner.is_empty());
    config.attendees = columns::attendees(doc, root, dir);
    config.scan = columns::scan(doc, root);
    if let Some(list) = doc.texts(root, "destinations") {
        config.destinations = destinations(doc, list);
    }
    config.night = night::read(doc, root);
}

/// `[alerts]`.
fn alerts(doc: &mut Document, root: &Table) -> AlertConfig {
    let mut alerts = AlertConfig::default();
    let Some(table) = doc.table(root, "alerts") else {
        return alerts;
    };
    doc.known(&table, &["unowned_min", "names", "bell", "webhook"]);
    if let Some(minutes) = doc.whole(&table, "unowned_min", 1..61) {
        alerts.unowned_min = minutes;
    }
    alerts.names = doc.flag(&table, "names").unwrap_or(alerts.names);
    alerts.bell = doc.flag(&table, "bell").unwrap_or(alerts.bell);
    if let Some((address, span)) = doc.text(&table, "webhook")
        && !address.is_empty()
    {
        let host = address.strip_prefix("http://").unwrap_or_default();
        if !address.starts_with("https://") && host.is_empty() {
            let message = format!("the webhook \"{address}\" is no web address");
            doc.fault("S05", span, message, "it begins with https://")
                .help
                .push("until it is mended no alert is posted".to_string());
            return alerts;
        }
        let local = ["localhost", "127.", "[::1]"];
        if !host.is_empty() && !local.iter().any(|own| host.starts_with(own)) {
            let message =
                "the webhook has no encryption: anybody on the show's network can read it";
            doc.warn("S05", span, message, "better https://");
        }
        alerts.webhook = Some(address);
    }
    alerts
}

/// A model's name, or the path of its file, which counts from the show folder.
fn model_of(doc: &mut Document, dir: &Path, model: String, span: Range<usize>) -> String {
    let path = dir.join(&model);
    if path.is_file() {
        return path.display().to_string();
    }
    let is_path = model.contains('/') || Path::new(&model).extension().is_some_and(|e| e == "bin");
    if is_path {
        let message = format!("there is no model file \"{model}\"");
        doc.fault("S07", span, message, "a path counts from the show folder");
    }
    model
}

fn theme(doc: &mut Document, root: &Table) -> ThemeChoice {
    let mut choice = ThemeChoice::default();
    if root.is_text("theme") {
        return match doc.text(root, "theme") {
            Some((name, _)) if !name.is_empty() && name != "auto" => ThemeChoice::only(&name),
            Some(_) | None => choice,
        };
    }
    if let Some(table) = doc.table(root, "theme") {
        doc.known(&table, &["dark", "light", "fallback"]);
        set(&mut choice.dark, doc.text(&table, "dark"));
        choice.fallback.clone_from(&choice.dark);
        set(&mut choice.light, doc.text(&table, "light"));
        set(&mut choice.fallback, doc.text(&table, "fallback"));
    }
    choice
}

fn destinations(doc: &mut Document, list: Vec<At<String>>) -> Vec<String> {
    let mut kept = Vec::new();
    for (name, span) in list {
        if DESTINATIONS.contains(&name.as_str()) {
            kept.push(name);
        } else {
            let message = format!("the night can't write for \"{name}\"");
            doc.fault("S05", span, message, mean(&name, &DESTINATIONS));
        }
    }
    kept
}

/// "did you mean" or the whole choice.
pub(super) fn mean(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("one of: {}", known.join(", ")),
    }
}

/// Takes over what was written, unless it is empty.
pub(super) fn set(field: &mut String, written: Option<At<String>>) {
    if let Some((text, _)) = written
        && !text.is_empty()
    {
        *field = text;
    }
}
