//! `accounts.csv` -> target accounts, merged over those of the playbook.

use std::collections::HashMap;

use super::list::{List, Row};
use super::settings::mean;
use crate::diagnostic::{Diagnostic, nearest};
use crate::domain::Account;

/// The file's name in a show folder.
pub(super) const FILE: &str = "accounts.csv";

/// A column of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Column {
    Id,
    Name,
    Aliases,
    Domain,
    Tier,
    Industry,
    Country,
    State,
    Owner,
}

/// Headings as CRMs export them, in lower case with spaces for `_` and `-`.
const HEADINGS: [(&str, Column); 28] = [
    ("name", Column::Name),
    ("account", Column::Name),
    ("account name", Column::Name),
    ("company", Column::Name),
    ("company name", Column::Name),
    ("id", Column::Id),
    ("account id", Column::Id),
    ("record id", Column::Id),
    ("crm id", Column::Id),
    ("aliases", Column::Aliases),
    ("alias", Column::Aliases),
    ("domain", Column::Domain),
    ("company domain name", Column::Domain),
    ("website", Column::Domain),
    ("web", Column::Domain),
    ("web site", Column::Domain),
    ("tier", Column::Tier),
    ("target tier", Column::Tier),
    ("industry", Column::Industry),
    ("country", Column::Country),
    ("billing country", Column::Country),
    ("country code", Column::Country),
    ("state", Column::State),
    ("billing state", Column::State),
    ("state/region", Column::State),
    ("owner", Column::Owner),
    ("account owner", Column::Owner),
    ("company owner", Column::Owner),
];

/// The columns by their plainest names.
const COLUMNS: &str = "id, name, aliases, domain, tier, industry, country, state, owner";

/// Reads the list. `owners` are the names an owner may have; none at all: any.
pub(super) fn read(file: &str, text: &str, owners: &[&str]) -> (Vec<Account>, Vec<Diagnostic>) {
    let mut list = List::read(file, text);
    let rows = std::mem::take(&mut list.rows);
    let Some((heading, rows)) = rows.split_first() else {
        list.warn(
            "L05",
            1,
            "the list is empty".to_string(),
            "its first line names the columns",
        );
        return (Vec::new(), list.into_faults());
    };
    let columns = columns(&mut list, heading);
    if !columns.contains(&Some(Column::Name)) {
        let message = "no column has the accounts' names".to_string();
        let help = format!("call it `name`; columns that are read: {COLUMNS}");
        list.fault("L05", heading.line, message, &help);
        return (Vec::new(), list.into_faults());
    }
    let mut accounts = Vec::new();
    let mut seen = Seen::default();
    for row in rows {
        if let Some(account) = account(&mut list, &columns, row, owners)
            && seen.is_new(&mut list, row.line, &account)
        {
            accounts.push(account);
        }
    }
    (accounts, list.into_faults())
}

fn columns(list: &mut List, heading: &Row) -> Vec<Option<Column>> {
    let mut columns = Vec::new();
    for field in &heading.fields {
        let name = field.to_lowercase().replace(['_', '-'], " ");
        let column = HEADINGS
            .iter()
            .find(|(heading, _)| *heading == name)
            .map(|(_, column)| *column);
        if column.is_some() && columns.contains(&column) {
            let message = format!("the column \"{field}\" is there twice");
            list.warn("L04", heading.line, message, "the first one counts");
            columns.push(None);
            continue;
        }
        if column.is_none() && !name.is_empty() {
            let known = HEADINGS.iter().map(|(heading, _)| *heading);
            let help = match nearest(&name, known) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("columns that are read: {COLUMNS}"),
            };
            let message = format!("the column \"{field}\" isn't known and isn't read");
            list.warn("L04", heading.line, message, &help);
        }
        columns.push(column);
    }
    columns
}

fn account(
    list: &mut List,
    columns: &[Option<Column>],
    row: &Row,
    owners: &[&str],
) -> Option<Account> {
    if row.fields.len() != columns.len() {
        let message = format!(
            "line {} has {} fields, the heading {}",
            row.line,
            row.fields.len(),
            columns.len()
        );
        let help = if row.fields.len() > columns.len() {
            "put a field with a separator inside in quotes; the surplus is left out"
        } else {
            "the missing fields count as empty"
        };
        list.warn("L03", row.line, message, help);
    }
    let mut account = Account::default();
    for (column, field) in columns.iter().zip(&row.fields) {
        if let Some(column) = column {
            put(&mut account, *column, field);
        }
    }
    if account.name.is_empty() {
        let message = format!("the account on line {} has no name", row.line);
        list.fault(
            "L05",
            row.line,
            message,
            "fill in the name, or take the row away",
        );
        return None;
    }
    let owner = account.owner.as_str();
    if !owner.is_empty() && !owners.is_empty() && !owners.contains(&owner) {
        let message = format!("there is no owner \"{owner}\"");
        let help = format!(
            "the territory rules decide until then; {}",
            mean(owner, owners)
        );
        list.fault("S08", row.line, message, &help);
        account.owner.clear();
    }
    Some(account)
}

fn put(account: &mut Account, column: Column, field: &str) {
    let text = field.to_string();
    match column {
        Column::Id => account.id = text,
        Column::Name => account.name = text,
        Column::Aliases => account.aliases = aliases(field),
        Column::Domain => account.domain = host(field),
        Column::Tier => account.tier = text,
        Column::Industry => account.industry = text,
        Column::Country => account.country = field.to_uppercase(),
        Column::State => account.state = text,
        Column::Owner => account.owner = text,
    }
}

/// Aliases stand in one field, with `;` or `|` between.
fn aliases(field: &str) -> Vec<String> {
    field
        .split([';', '|'])
        .map(str::trim)
        .filter(|alias| !alias.is_empty())
        .map(ToString::to_string)
        .collect()
}

/// `https://www.Acme.example/about` -> `acme.example`.
fn host(field: &str) -> String {
    let lower = field.to_lowercase();
    let rest = lower
        .split_once("://")
        .map_or(lower.as_str(), |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_string()
}

/// What earlier rows have taken: key -> line.
#[derive(Default)]
struct Seen {
    ids: HashMap<String, usize>,
    names: HashMap<String, usize>,
    domains: HashMap<String, usize>,
}

impl Seen {
    /// Whether the account is no repetition. A second row with the same id or name is left out; the same domain under
    /// another name is only worth a doubt, for subsidiaries share domains.
    fn is_new(&mut self, list: &mut List, line: usize, account: &Account) -> bool {
        let same_id = first_line(&mut self.ids, &account.id, line);
        // Two rows of the same name with different ids are two records of a CRM, and both count.
        let same_name =
            first_line(&mut self.names, &account.name, line).filter(|_| account.id.is_empty());
        if let Some(first) = same_id.or(same_name) {
            let message = format!("\"{}\" is there twice, on line {first} first", account.name);
            list.fault("S06", line, message, "take one row away; the first counts");
            return false;
        }
        if let Some(first) = first_line(&mut self.domains, &account.domain, line) {
            let message = format!("the domain {} is also on line {first}", account.domain);
            list.warn(
                "S06",
                line,
                message,
                "an address of this domain goes to the first account",
            );
        }
        true
    }
}

fn first_line(seen: &mut HashMap<String, usize>, key: &str, line: usize) -> Option<usize> {
    if key.is_empty() {
        return None;
    }
    let first = *seen.entry(key.to_lowercase()).or_insert(line);
    (first != line).then_some(first)
}

/// Puts the list's accounts over the playbook's: same id or same name is the same account, and what the list leaves
/// empty stays as the playbook has it.
pub(super) fn merge(playbook: &mut Vec<Account>, listed: Vec<Account>) {
    let mut by_name: HashMap<String, usize> = HashMap::new();
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for (at, account) in playbook.iter().enumerate() {
        by_name.insert(account.name.to_lowercase(), at);
        if !account.id.is_empty() {
            by_id.insert(account.id.clone(), at);
        }
    }
    for account in listed {
        let known = by_id
            .get(&account.id)
            .or_else(|| by_name.get(&account.name.to_lowercase()));
        match known {
            Some(at) => overlay(&mut playbook[*at], account),
            None => playbook.push(account),
        }
    }
}

fn overlay(below: &mut Account, above: Account) {
    let fields = [
        (&mut below.id, above.id),
        (&mut below.name, above.name),
        (&mut below.domain, above.domain),
        (&mut below.tier, above.tier),
        (&mut below.industry, above.industry),
        (&mut below.country, above.country),
        (&mut below.state, above.state),
        (&mut below.owner, above.owner),
    ];
    for (below, above) in fields {
        if !above.is_empty() {
            *below = above;
        }
    }
    for alias in above.aliases {
        if !below.aliases.contains(&alias) {
            below.aliases.push(alias);
        }
    }
}
