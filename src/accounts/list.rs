//! The account list as a CSV file: id, name, domain and whatever else it has.

use std::collections::HashMap;

use crate::domain::Account;

use super::table::{Table, cell};

/// The columns beside the name, in the order that `read_accounts` takes them: what they are called, what their headers contain.
#[rustfmt::skip]
const COLUMNS: [(&[&str], &[&str]); 8] = [
    (&["id", "accountid", "crmid", "recordid", "externalid", "key"], &[]),
    (&["domain", "website", "web", "url", "emaildomain", "webdomain"], &["domain", "website"]),
    (&["aliases", "alias", "othernames", "aka"], &["alias"]),
    (&["tier", "priority", "rank", "grade", "class"], &["tier"]),
    (&["industry", "sector", "vertical"], &["industry"]),
    (&["country", "countrycode", "billingcountry", "land"], &["country"]),
    (&["state", "statecode", "province", "region", "billingstate"], &["state", "province"]),
    (&["owner", "accountowner", "ownername", "rep"], &["owner"]),
];

/// Reads accounts; a `name` column is all that is needed. Remarks say line and remedy.
///
/// Several aliases in one cell are parted by `;` or `|`.
pub fn read_accounts(csv_text: &str) -> (Vec<Account>, Vec<String>) {
    let mut table = Table::read(csv_text);
    let mut remarks = std::mem::take(&mut table.remarks);
    let find = |names: &[&str], parts: &[&str]| table.column(names, parts);
    let Some(name) = find(
        &["name", "account", "accountname", "company", "companyname"],
        &["company", "account", "name"],
    ) else {
        remarks.push(
            "line 1: no column is called name; call the column with the companies' names \"name\""
                .to_owned(),
        );
        return (Vec::new(), remarks);
    };
    let columns = COLUMNS.map(|(names, parts)| find(names, parts).filter(|&i| i != name));
    let mut accounts = Vec::with_capacity(table.rows.len());
    for (line, row) in &table.rows {
        let text = |i: usize| cell(row, columns[i]).to_owned();
        let account = Account {
            id: text(0),
            name: cell(row, Some(name)).to_owned(),
            domain: text(1),
            aliases: aliases(cell(row, columns[2])),
            tier: text(3),
            industry: text(4),
            country: text(5),
            state: text(6),
            owner: text(7),
        };
        if account.name.is_empty() {
            remarks.push(format!(
                "line {line}: the account has no name and is left out; give it one"
            ));
            continue;
        }
        accounts.push((*line, account));
    }
    remarks.extend(doubles(&accounts));
    (
        accounts.into_iter().map(|(_, account)| account).collect(),
        remarks,
    )
}

fn aliases(text: &str) -> Vec<String> {
    text.split([';', '|'])
        .map(str::trim)
        .filter(|alias| !alias.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Keys and domains that stand twice.
fn doubles(accounts: &[(u64, Account)]) -> Vec<String> {
    let mut keys: HashMap<&str, u64> = HashMap::new();
    let mut domains: HashMap<&str, u64> = HashMap::new();
    let mut remarks = Vec::new();
    for (line, account) in accounts {
        if let Some(first) = keys.insert(account.key(), *line) {
            remarks.push(format!(
                "line {line}: {} already stands at line {first}; keep one of them",
                account.key()
            ));
        } else if !account.domain.is_empty()
            && let Some(first) = domains.insert(&account.domain, *line)
        {
            remarks.push(format!(
                "line {line}: the domain {} is already that of line {first}, which keeps it; correct one of them",
                account.domain
            ));
        }
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_by_its_headers_and_faults_are_named() {
        let (accounts, remarks) = read_accounts(
            "Account Name;Website;Aliases;Country\nAcme GmbH;acme.de;Akme|Ack Me;DE\n;x.de;;\nAcme GmbH;b.de;;\nZeta;acme.de;;\n",
        );
        assert_eq!(accounts.len(), 3);
        assert_eq!(accounts[0].aliases, ["Akme", "Ack Me"]);
        assert_eq!(
            (accounts[0].domain.as_str(), accounts[0].country.as_str()),
            ("acme.de", "DE")
        );
        assert_eq!(remarks.len(), 3, "{remarks:?}");
        for (remark, part) in remarks.iter().zip([
            "line 3: the account has no name",
            "line 4: Acme GmbH already stands at line 2",
            "line 5: the domain acme.de",
        ]) {
            assert!(remark.starts_with(part), "{remark}");
        }
        assert!(read_accounts("x,y\n1,2\n").1[0].contains("no column is called name"));
    }
}
