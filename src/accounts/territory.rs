//! Whose lead it is: the account's named owner, then rules by industry, state and country, then the default.

use crate::domain::{Account, Assignment, Owner, Playbook, TerritoryRule, Visitor};

/// The owner a lead should get and the rule that says so; none where nothing fits and there is no default.
///
/// The account's place counts before the visitor's: a territory is where the customer sits.
pub fn propose(
    playbook: &Playbook,
    account: Option<&Account>,
    visitor: Option<&Visitor>,
) -> Option<Assignment> {
    if let Some(account) = account
        && !account.owner.trim().is_empty()
    {
        return Some(Assignment {
            owner: account.owner.clone(),
            rule: format!("owner of {}", account.name),
        });
    }
    let place = Place::new(account, visitor);
    by_rules(playbook, &place).or_else(|| default(playbook))
}

fn default(playbook: &Playbook) -> Option<Assignment> {
    (!playbook.default_owner.is_empty()).then(|| Assignment {
        owner: playbook.default_owner.clone(),
        rule: "default owner".to_owned(),
    })
}

struct Place {
    country: String,
    state: String,
    industry: String,
}

impl Place {
    fn new(account: Option<&Account>, visitor: Option<&Visitor>) -> Self {
        let tidy = |text: &str| text.trim().to_uppercase();
        let mut place = Self {
            country: String::new(),
            state: String::new(),
            industry: account.map_or_else(String::new, |a| a.industry.trim().to_lowercase()),
        };
        if let Some(account) = account {
            place.country = tidy(&account.country);
            place.state = tidy(&account.state);
        }
        if let Some(visitor) = visitor {
            let country = tidy(&visitor.country);
            if place.country.is_empty() {
                place.country = country;
                place.state = tidy(&visitor.state);
            } else if place.state.is_empty() && place.country == country {
                place.state = tidy(&visitor.state);
            }
        }
        place
    }

    /// Whether every part of the rule that is given holds.
    fn obeys(&self, rule: &TerritoryRule) -> bool {
        let same = |a: &String, b: &str| a.trim().eq_ignore_ascii_case(b);
        (rule.country.is_empty() || same(&rule.country, &self.country))
            && (rule.states.is_empty() || rule.states.iter().any(|s| same(s, &self.state)))
            && (rule.industries.is_empty()
                || rule.industries.iter().any(|i| same(i, &self.industry)))
    }
}

fn by_rules(playbook: &Playbook, place: &Place) -> Option<Assignment> {
    let find = |wanted: fn(&TerritoryRule) -> bool| {
        playbook.owners.iter().find(|owner| {
            owner
                .rules
                .iter()
                .any(|rule| wanted(rule) && place.obeys(rule))
        })
    };
    let assign = |owner: &Owner, why: String| Assignment {
        owner: owner.name.clone(),
        rule: if owner.territory.is_empty() {
            why
        } else {
            format!("{} {why}", owner.territory)
        },
    };
    if let Some(owner) = find(|rule| !rule.industries.is_empty()) {
        return Some(assign(owner, format!("by industry {}", place.industry)));
    }
    if let Some(owner) = find(|rule| rule.industries.is_empty() && !rule.states.is_empty()) {
        return Some(assign(owner, format!("by state {}", place.state)));
    }
    find(|rule| rule.industries.is_empty() && rule.states.is_empty() && !rule.country.is_empty())
        .map(|owner| assign(owner, format!("by country {}", place.country)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn playbook() -> Playbook {
        let rule = |country: &str, states: &[&str], industries: &[&str]| TerritoryRule {
            country: country.into(),
            states: states.iter().map(|s| (*s).into()).collect(),
            industries: industries.iter().map(|s| (*s).into()).collect(),
        };
        let owner = |name: &str, territory: &str, rules| Owner {
            name: name.into(),
            territory: territory.into(),
            rules,
            ..Owner::default()
        };
        Playbook {
            default_owner: "Dora".into(),
            owners: vec![
                owner("Will", "US West", vec![rule("US", &["CA", "OR"], &[])]),
                owner("Hanna", "Health", vec![rule("US", &[], &["hospital"])]),
                owner(
                    "Uwe",
                    "DACH",
                    vec![rule("DE", &[], &[]), rule("CH", &[], &[])],
                ),
            ],
            ..Playbook::default()
        }
    }

    #[test]
    fn the_surest_rule_wins_and_is_named() {
        let account = |owner: &str, industry: &str, country: &str, state: &str| Account {
            name: "Acme".into(),
            owner: owner.into(),
            industry: industry.into(),
            country: country.into(),
            state: state.into(),
            ..Account::default()
        };
        let visitor = |country: &str, state: &str| Visitor {
            country: country.into(),
            state: state.into(),
            ..Visitor::default()
        };
        let check = |account: Option<&Account>, visitor: Option<&Visitor>, wanted: (&str, &str)| {
            let got = propose(&playbook(), account, visitor).unwrap();
            assert_eq!((got.owner.as_str(), got.rule.as_str()), wanted);
        };
        check(
            Some(&account("Olga", "hospital", "US", "CA")),
            None,
            ("Olga", "owner of Acme"),
        );
        check(
            Some(&account("", "Hospital", "US", "CA")),
            None,
            ("Hanna", "Health by industry hospital"),
        );
        check(
            Some(&account("", "retail", "us", "ca")),
            None,
            ("Will", "US West by state CA"),
        );
        check(
            Some(&account("", "retail", "DE", "")),
            None,
            ("Uwe", "DACH by country DE"),
        );
        check(
            Some(&account("", "retail", "US", "")),
            Some(&visitor("US", "OR")),
            ("Will", "US West by state OR"),
        );
        check(
            Some(&account("", "retail", "US", "")),
            Some(&visitor("DE", "OR")),
            ("Dora", "default owner"),
        );
        check(
            None,
            Some(&visitor("CH", "")),
            ("Uwe", "DACH by country CH"),
        );
        check(None, None, ("Dora", "default owner"));
        assert_eq!(propose(&Playbook::default(), None, None), None);
    }
}
