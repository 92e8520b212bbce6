//! Whether a typed e-mail address or phone number can be right: said in its place, and never in the way.

use crate::accounts::e164;
use crate::domain::Field;

/// What is wrong with a typed value, in a few words; none where nothing is. Empty is never wrong.
///
/// `home` is the country of a number that names none, ISO 3166-1 alpha-2.
pub fn fault(field: Field, value: &str, home: &str) -> Option<String> {
    let value = value.trim();
    if value.is_empty() {
        return None;
    }
    match field {
        Field::Email => email_fault(value).map(str::to_owned),
        Field::Phone => phone(value, home).err(),
        Field::Name | Field::Company | Field::Title => None,
    }
}

/// A value as it is kept: a phone number that can be right as E.164, everything else as it was typed.
pub fn tidied(field: Field, value: &str, home: &str) -> String {
    let value = value.trim();
    match field {
        Field::Phone if !value.is_empty() => phone(value, home).unwrap_or_else(|_| value.into()),
        _ => value.into(),
    }
}

/// The number as E.164, or what keeps it from being one.
fn phone(value: &str, home: &str) -> Result<String, String> {
    if let Some(number) = e164(value, home) {
        return Ok(number);
    }
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let said = value.starts_with('+') || value.starts_with("00");
    Err(match digits {
        0 => "that is no phone number",
        1..=6 => "too few digits",
        16.. => "too many digits",
        _ if !said && home.is_empty() => "no country code; begin with + and the country's",
        _ => "that is no phone number",
    }
    .to_owned())
}

fn email_fault(value: &str) -> Option<&'static str> {
    if value.contains(char::is_whitespace) {
        return Some("an address has no blanks");
    }
    let Some((before, after)) = value.split_once('@') else {
        return Some("an address has an @");
    };
    if after.contains('@') {
        return Some("an address has one @ only");
    }
    if before.is_empty() {
        return Some("nothing stands before the @");
    }
    let dots = |part: &str| part.starts_with('.') || part.ends_with('.') || part.contains("..");
    if dots(before) || dots(after) {
        return Some("a dot too many");
    }
    let label = |label: &str| {
        let hyphens = label.starts_with('-') || label.ends_with('-');
        !label.is_empty() && !hyphens && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    match after.rsplit_once('.') {
        None => Some("no dot after the @"),
        Some((_, end)) if end.chars().count() < 2 || end.chars().all(|c| c.is_ascii_digit()) => {
            Some("the address ends too soon")
        }
        Some(_) if !after.split('.').all(label) => Some("a sign no address has"),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_right_is_kept_and_the_rest_is_told() {
        let cases = [
            (Field::Email, "ana@acme.example", "", None),
            (Field::Email, "ana.m+show@mail.acme.co.uk", "", None),
            (Field::Email, "jörg@müller.example", "", None),
            (Field::Email, "ana", "", Some("an @")),
            (Field::Email, "ana@acme", "", Some("no dot")),
            (Field::Email, "a na@acme.example", "", Some("no blanks")),
            (Field::Email, "@acme.example", "", Some("before the @")),
            (Field::Email, "a@b@acme.example", "", Some("one @")),
            (Field::Email, "a..b@acme.example", "", Some("dot too many")),
            (Field::Email, "a@acme.e", "", Some("too soon")),
            (Field::Email, "a@ac,me.example", "", Some("a sign")),
            (Field::Phone, "+1 (415) 555-2671", "", None),
            (Field::Phone, "(415) 555-2671", "US", None),
            (Field::Phone, "030 123456", "DE", None),
            (Field::Phone, "030 123456", "", Some("no country code")),
            (Field::Phone, "+44 20 7946 0018", "US", None),
            (Field::Phone, "(415) 555-2671", "", Some("no country code")),
            (Field::Phone, "+1 415", "", Some("too few")),
            (Field::Phone, "+1 115 555 0100", "", Some("no phone number")),
            (Field::Phone, "ask the desk", "US", Some("no phone number")),
            (Field::Phone, "", "", None),
            (Field::Name, "@", "", None),
        ];
        for (field, value, home, want) in cases {
            let got = fault(field, value, home);
            match want {
                None => assert_eq!(got, None, "{value}"),
                Some(words) => assert!(
                    got.as_ref().is_some_and(|got| got.contains(words)),
                    "{value}: {got:?}"
                ),
            }
        }
        assert_eq!(tidied(Field::Phone, "(415) 555-2671", "US"), "+14155552671");
        assert_eq!(
            tidied(Field::Phone, "0049 611 12 34 56", "DE"),
            "+49611123456"
        );
        assert_eq!(tidied(Field::Phone, "ext. 12", "US"), "ext. 12");
        assert_eq!(tidied(Field::Email, " a@b.example ", ""), "a@b.example");
    }
}
