//! A phone number as given -> E.164, only where it is one of its country's own numbers.

use phonenumber::{Mode, country};

/// The number as E.164: `+` and up to 15 digits. None where it isn't one.
///
/// `country` is where a number that names no country is dialled from, ISO 3166-1 alpha-2; empty where nobody knows, and then
/// such a number stays as it was given. Extensions are dropped: they are no part of E.164. What counts as a country's number
/// is Google's libphonenumber's to say.
pub fn e164(raw: &str, country: &str) -> Option<String> {
    let raw = raw.trim();
    // The sign that most of the world dials before a country code, where the badge doesn't say which country it is read in.
    let raw = match raw.strip_prefix("00") {
        Some(rest) => format!("+{rest}"),
        None => raw.to_owned(),
    };
    let home = country.parse::<country::Id>().ok();
    let number = phonenumber::parse(home, raw).ok()?;
    number
        .is_valid()
        .then(|| number.format().mode(Mode::E164).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_of_a_known_country_become_e164() {
        let cases = [
            ("+1 (415) 555-0100", "", Some("+14155550100")),
            ("+49 (0)611 123456", "", Some("+49611123456")),
            ("0049 611 123456", "", Some("+49611123456")),
            ("(415) 555-0100", "US", Some("+14155550100")),
            ("1-415-555-0100 x12", "US", Some("+14155550100")),
            ("tel:+1-418-656-9254;ext=102", "", Some("+14186569254")),
            // Dialled at home: the trunk's 0 goes, but for Italy, where it is part of the number.
            ("0611 123456", "DE", Some("+49611123456")),
            ("020 7946 0018", "GB", Some("+442079460018")),
            ("06 1234 5678", "IT", Some("+390612345678")),
            ("090-1234-5678", "JP", Some("+819012345678")),
            ("011 49 611 123456", "US", Some("+49611123456")),
            ("(415) 555-0100", "", None),
            ("0611 123456", "", None),
            ("ask the front desk", "US", None),
            ("=1+1", "US", None),
            ("+12", "", None),
            ("115-555-0100", "US", None),
            ("+1 115 555 0100", "", None),
            ("", "US", None),
        ];
        for (raw, country, want) in cases {
            assert_eq!(e164(raw, country).as_deref(), want, "{raw} in {country}");
        }
    }
}
