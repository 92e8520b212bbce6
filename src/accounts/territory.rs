//! Whose lead it is: the account's named owner, then rules by industry, state and country, then the default.

use crate::domain::{Account, Assignment, Owner, PlaceFrom, Playbook, TerritoryRule, Visitor};

use super::region;

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

/// A country or state and the words that say where it was read.
#[derive(Default)]
struct Read {
    code: String,
    from: &'static str,
}

impl Read {
    fn new(code: &str, from: &'static str) -> Self {
        Self {
            code: code.trim().to_uppercase(),
            from,
        }
    }

    /// Takes what another place says where this one says nothing.
    fn or(self, other: impl FnOnce() -> Self) -> Self {
        if self.code.is_empty() { other() } else { self }
    }
}

#[derive(Default)]
struct Place {
    country: Read,
    state: Read,
    industry: String,
}

impl Place {
    fn new(account: Option<&Account>, visitor: Option<&Visitor>) -> Self {
        let seen = visitor.map(Self::of_visitor).unwrap_or_default();
        let Some(account) = account else { return seen };
        let country = Read::new(&account.country, "");
        let state = Read::new(&account.state, "");
        let same = country.code.is_empty() || country.code == seen.country.code;
        Self {
            industry: account.industry.trim().to_lowercase(),
            state: if same { state.or(|| seen.state) } else { state },
            country: country.or(|| seen.country),
        }
    }

    /// By badge or list, then by the phone's code, then by the address's ending.
    fn of_visitor(visitor: &Visitor) -> Self {
        let from = match visitor.place_from {
            PlaceFrom::Unknown => "",
            PlaceFrom::Badge => " (badge)",
            PlaceFrom::List => " (attendee list)",
        };
        let country = Read::new(&visitor.country, from);
        let called = region::of_phone(&visitor.phone, &country.code).unwrap_or_default();
        let country = country.or(|| Read::new(&called.0, " (phone code)")).or(|| {
            Read::new(
                &region::of_email(&visitor.email).unwrap_or_default(),
                " (e-mail domain)",
            )
        });
        let state = Read::new(&visitor.state, from).or(|| {
            let here = called.0 == country.code;
            Read::new(if here { &called.1 } else { "" }, " (phone code)")
        });
        Self {
            country,
            state,
            industry: String::new(),
        }
    }

    /// Whether every part of the rule that is given holds.
    fn obeys(&self, rule: &TerritoryRule) -> bool {
        let same = |a: &String, b: &str| a.trim().eq_ignore_ascii_case(b);
        (rule.country.is_empty() || same(&rule.country, &self.country.code))
            && (rule.states.is_empty() || rule.states.iter().any(|s| same(s, &self.state.code)))
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
        return Some(assign(
            owner,
            format!("by state {}{}", place.state.code, place.state.from),
        ));
    }
    find(|rule| rule.industries.is_empty() && rule.states.is_empty() && !rule.country.is_empty())
        .map(|owner| {
            assign(
                owner,
                format!("by country {}{}", place.country.code, place.country.from),
            )
        })
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

    #[test]
    fn where_somebody_is_comes_from_badge_list_phone_and_address_in_turn() {
        let reached = |phone: &str, email: &str, country: &str, place_from| Visitor {
            phone: phone.into(),
            email: email.into(),
            country: country.into(),
            place_from,
            ..Visitor::default()
        };
        for (visitor, wanted) in [
            (
                reached("+1 503 555 0100", "", "", PlaceFrom::Unknown),
                ("Will", "US West by state OR (phone code)"),
            ),
            (
                reached("503 555 0100", "", "US", PlaceFrom::Badge),
                ("Will", "US West by state OR (phone code)"),
            ),
            (
                reached("", "a@b.de", "", PlaceFrom::Unknown),
                ("Uwe", "DACH by country DE (e-mail domain)"),
            ),
            (
                reached("+41 44 555 0100", "a@b.de", "", PlaceFrom::Unknown),
                ("Uwe", "DACH by country CH (phone code)"),
            ),
            (
                reached("+1 503 555 0100", "", "DE", PlaceFrom::List),
                ("Uwe", "DACH by country DE (attendee list)"),
            ),
            (
                reached("", "", "DE", PlaceFrom::Badge),
                ("Uwe", "DACH by country DE (badge)"),
            ),
            (
                reached("+33 1 55 50 10 00", "a@b.de", "", PlaceFrom::Unknown),
                ("Dora", "default owner"),
            ),
        ] {
            let got = propose(&playbook(), None, Some(&visitor)).unwrap();
            assert_eq!((got.owner.as_str(), got.rule.as_str()), wanted);
        }
    }
}
