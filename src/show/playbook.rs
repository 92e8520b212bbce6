//! `playbook.toml` -> the playbook: who we are, what we sell, whom we want to meet, who looks after whom.

use std::collections::{BTreeMap, HashSet};

use super::document::{At, Document, Table, plain};
use super::settings::mean;
use crate::diagnostic::Diagnostic;
use crate::domain::{
    Account, Company, Competitor, Event, Owner, Playbook, Product, SignalKind, Stage, TerritoryRule,
};

/// The file's name in a show folder.
pub(super) const FILE: &str = "playbook.toml";

const SETTINGS: [&str; 10] = [
    "ask",
    "default_owner",
    "company",
    "event",
    "products",
    "competitors",
    "owners",
    "stages",
    "accounts",
    "follow_up",
];

const RATINGS: [&str; 4] = ["hot", "warm", "cold", "none"];

/// Reads the text of a `playbook.toml`.
pub(super) fn read(source: &str) -> (Playbook, Vec<Diagnostic>) {
    let (mut doc, tree) = Document::parse(FILE, source);
    let root = Table::root(FILE, &tree);
    doc.known(&root, &SETTINGS);
    let mut playbook = Playbook {
        company: company(&mut doc, &root),
        event: event(&mut doc, &root),
        products: products(&mut doc, &root),
        competitors: competitors(&mut doc, &root),
        owners: owners(&mut doc, &root),
        ask: ask(&mut doc, &root),
        stages: stages(&mut doc, &root),
        follow_up: super::follow_up::voice(&mut doc, &root),
        ..Playbook::default()
    };
    let names: Vec<String> = playbook.owners.iter().map(|o| o.name.clone()).collect();
    if let Some(owner) = doc.text(&root, "default_owner") {
        playbook.default_owner = known_owner(&mut doc, owner, &names);
    }
    playbook.accounts = accounts(&mut doc, &root, &names);
    (playbook, doc.faults)
}

fn company(doc: &mut Document, root: &Table) -> Company {
    let Some(table) = doc.table(root, "company") else {
        return Company::default();
    };
    doc.known(&table, &["name", "aliases"]);
    Company {
        name: doc
            .needed(&table, "name", "\"Standlight\"")
            .map_or_else(String::new, first),
        aliases: list(doc, &table, "aliases"),
    }
}

fn event(doc: &mut Document, root: &Table) -> Option<Event> {
    let table = doc.table(root, "event")?;
    doc.known(&table, &["id", "name", "date", "city", "country"]);
    let date = doc.day(&table, "date");
    let event = date.map(|(date, _)| Event {
        id: word(doc, &table, "id"),
        name: word(doc, &table, "name"),
        date,
        city: word(doc, &table, "city"),
        country: country(doc, &table),
    });
    if event.is_none() && !table.has("date") {
        doc.fault("S04", table.span.clone(), "[event] has no `date`", "")
            .help
            .push("add a line like: date = 2026-11-22".to_string());
    }
    event
}

/// Our own words for what to ask next: by the kind of signal that is missing, or `badge`.
fn ask(doc: &mut Document, root: &Table) -> BTreeMap<String, String> {
    let Some(table) = doc.table(root, "ask") else {
        return BTreeMap::new();
    };
    let mut keys: Vec<&str> = SignalKind::ALL.map(SignalKind::name).to_vec();
    keys.push("badge");
    doc.known(&table, &keys);
    keys.into_iter()
        .map(|key| (key.to_owned(), word(doc, &table, key)))
        .filter(|(_, words)| !words.trim().is_empty())
        .collect()
}

fn products(doc: &mut Document, root: &Table) -> Vec<Product> {
    let mut products = Vec::new();
    for (table, name) in named(doc, root, "products", "product") {
        doc.known(
            &table,
            &["name", "short", "category", "describes", "aliases"],
        );
        products.push(Product {
            name,
            short: word(doc, &table, "short"),
            category: word(doc, &table, "category"),
            describes: list(doc, &table, "describes"),
            aliases: list(doc, &table, "aliases"),
        });
    }
    products
}

fn competitors(doc: &mut Document, root: &Table) -> Vec<Competitor> {
    let mut competitors = Vec::new();
    for (table, name) in named(doc, root, "competitors", "competitor") {
        doc.known(&table, &["name", "category", "aliases"]);
        competitors.push(Competitor {
            name,
            category: word(doc, &table, "category"),
            aliases: list(doc, &table, "aliases"),
        });
    }
    competitors
}

/// The time zone somebody lives by; empty where none is given, or none that is known.
fn zone(doc: &mut Document, table: &Table) -> String {
    match doc.text(table, "time_zone") {
        Some((zone, span)) if !zone.is_empty() && jiff::tz::TimeZone::get(&zone).is_err() => {
            let message = format!("there is no time zone \"{zone}\"");
            let help = "write an IANA name such as \"America/Chicago\"";
            doc.fault("S05", span, message, help);
            String::new()
        }
        Some((zone, _)) => zone,
        None => String::new(),
    }
}

fn owners(doc: &mut Document, root: &Table) -> Vec<Owner> {
    let mut owners = Vec::new();
    let mut taken: Vec<(TerritoryPart, String)> = Vec::new();
    for (table, name) in named(doc, root, "owners", "owner") {
        doc.known(
            &table,
            &["name", "email", "territory", "time_zone", "age", "rules"],
        );
        let email = doc.text(&table, "email");
        match &email {
            Some((email, span)) if !email.contains('@') => {
                let message = format!("owner \"{name}\" has the e-mail address \"{email}\"");
                doc.fault("S05", span.clone(), message, "an address has an @");
            }
            None => {
                let message = format!("owner \"{name}\" has no e-mail address");
                doc.warn("S04", table.span.clone(), message, "")
                    .help
                    .push("add a line like: email = \"ana@example.com\"".to_string());
            }
            Some(_) => {}
        }
        owners.push(Owner {
            time_zone: zone(doc, &table),
            age: super::key::read(doc, &table),
            territory: word(doc, &table, "territory"),
            email: email.map_or_else(String::new, first),
            rules: rules(doc, &table, &name, &mut taken),
            name,
        });
    }
    owners
}

/// Country, state and industry that a rule gives away; empty: any.
type TerritoryPart = (String, String, String);

fn rules(
    doc: &mut Document,
    owner: &Table,
    name: &str,
    taken: &mut Vec<(TerritoryPart, String)>,
) -> Vec<TerritoryRule> {
    let mut rules = Vec::new();
    for table in doc.tables(owner, "rules", "rule") {
        doc.known(&table, &["country", "states", "industries"]);
        let rule = TerritoryRule {
            country: country(doc, &table),
            states: list(doc, &table, "states"),
            industries: list(doc, &table, "industries"),
        };
        for part in parts(&rule) {
            let other = taken.iter().find(|(held, by)| *held == part && by != name);
            if let Some((_, other)) = other {
                let message = format!("{} is given to both {other} and {name}", in_words(&part));
                doc.fault(
                    "S06",
                    table.span.clone(),
                    message,
                    format!("{other} keeps it"),
                );
                break;
            }
            taken.push((part, name.to_string()));
        }
        rules.push(rule);
    }
    rules
}

fn parts(rule: &TerritoryRule) -> Vec<TerritoryPart> {
    let any = [String::new()];
    let states = if rule.states.is_empty() {
        &any[..]
    } else {
        &rule.states
    };
    let industries = if rule.industries.is_empty() {
        &any[..]
    } else {
        &rule.industries
    };
    let mut parts = Vec::new();
    for state in states {
        for industry in industries {
            parts.push((rule.country.clone(), state.clone(), industry.clone()));
        }
    }
    parts
}

fn in_words((country, state, industry): &TerritoryPart) -> String {
    let parts = [country, state, industry];
    let parts: Vec<&str> = parts
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        "everything".to_string()
    } else {
        parts.join(" ")
    }
}

fn stages(doc: &mut Document, root: &Table) -> Vec<Stage> {
    let mut stages = Vec::new();
    for table in doc.tables(root, "stages", "stage") {
        doc.known(&table, &["id", "name", "from_rating"]);
        let Some((id, _)) = doc.needed(&table, "id", "\"working\"") else {
            continue;
        };
        let mut from_rating = Vec::new();
        for (rating, span) in doc.texts(&table, "from_rating").unwrap_or_default() {
            if RATINGS.contains(&rating.as_str()) {
                from_rating.push(rating);
            } else {
                let message = format!("there is no rating \"{rating}\"");
                doc.fault("S05", span, message, mean(&rating, &RATINGS));
            }
        }
        let name = word(doc, &table, "name");
        stages.push(Stage {
            name: if name.is_empty() { id.clone() } else { name },
            id,
            from_rating,
        });
    }
    stages
}

fn accounts(doc: &mut Document, root: &Table, owners: &[String]) -> Vec<Account> {
    let known = [
        "id", "name", "aliases", "domain", "tier", "industry", "country", "state", "owner",
    ];
    let mut accounts = Vec::new();
    for (table, name) in named(doc, root, "accounts", "account") {
        doc.known(&table, &known);
        let owner = doc.text(&table, "owner").unwrap_or_default();
        accounts.push(Account {
            id: word(doc, &table, "id"),
            name,
            aliases: list(doc, &table, "aliases"),
            domain: word(doc, &table, "domain").to_lowercase(),
            tier: word(doc, &table, "tier"),
            industry: word(doc, &table, "industry"),
            country: country(doc, &table),
            state: word(doc, &table, "state"),
            owner: known_owner(doc, owner, owners),
        });
    }
    accounts
}

/// The owner's name; empty where nobody has it.
fn known_owner(doc: &mut Document, owner: At<String>, owners: &[String]) -> String {
    let (name, span) = owner;
    if name.is_empty() || owners.contains(&name) {
        return name;
    }
    let known: Vec<&str> = owners.iter().map(String::as_str).collect();
    let label = if known.is_empty() {
        "add [[owners]] with this name".to_string()
    } else {
        mean(&name, &known)
    };
    doc.fault("S08", span, format!("there is no owner \"{name}\""), label);
    String::new()
}

/// The blocks `[[key]]` that have a name of their own.
fn named<'t>(
    doc: &mut Document,
    root: &Table<'t>,
    key: &str,
    word: &str,
) -> Vec<(Table<'t>, String)> {
    let mut seen = HashSet::new();
    let mut named = Vec::new();
    for mut table in doc.tables(root, key, word) {
        let Some((name, span)) = doc.needed(&table, "name", "\"...\"") else {
            continue;
        };
        table.words = format!("{word} \"{name}\"");
        if seen.insert(name.to_lowercase()) {
            named.push((table, name));
        } else {
            let message = format!("{word} \"{name}\" is there twice");
            doc.fault("S06", span, message, "only the first counts");
        }
    }
    named
}

fn country(doc: &mut Document, table: &Table) -> String {
    let Some((country, span)) = doc.text(table, "country") else {
        return String::new();
    };
    let code = country.to_ascii_uppercase();
    if country.is_empty() || (code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())) {
        return code;
    }
    let message = format!("\"{country}\" is no country code");
    doc.fault("S05", span, message, "two letters: \"US\", \"DE\"");
    String::new()
}

fn word(doc: &mut Document, table: &Table, key: &str) -> String {
    doc.text(table, key).map_or_else(String::new, first)
}

fn list(doc: &mut Document, table: &Table, key: &str) -> Vec<String> {
    doc.texts(table, key).map_or_else(Vec::new, plain)
}

fn first(at: At<String>) -> String {
    at.0
}
