//! A phone number as given -> E.164, only where nothing has to be guessed.

/// The number as `+` and 7 to 15 digits, if it says its own country code, or is a ten-digit number of North America.
///
/// `country` is ISO 3166-1 alpha-2 as it stands on the badge. Extensions are dropped: they are no part of E.164.
pub fn e164(raw: &str, country: &str) -> Option<String> {
    let raw = raw.trim().trim_start_matches("tel:");
    let main = without_extension(raw).replace("(0)", "");
    let allowed =
        |c: char| c.is_ascii_digit() || "+()-./ \u{a0}\u{2010}\u{2011}\u{2013}".contains(c);
    if !main.chars().all(allowed) || main.rfind('+').is_some_and(|place| place > 0) {
        return None;
    }
    let digits: String = main.chars().filter(char::is_ascii_digit).collect();
    let international = if main.starts_with('+') {
        digits
    } else if let Some(rest) = digits.strip_prefix("00") {
        rest.to_owned()
    } else if matches!(country, "US" | "CA") {
        // The North American plan: ten digits, area code and exchange never begin with 0 or 1.
        let ten = digits.strip_prefix('1').filter(|rest| rest.len() == 10);
        let ten = ten.unwrap_or(&digits);
        let first = |place: usize| ten.as_bytes().get(place).is_some_and(|d| *d > b'1');
        (ten.len() == 10 && first(0) && first(3)).then(|| format!("1{ten}"))?
    } else {
        return None;
    };
    let sound = (7..=15).contains(&international.len()) && !international.starts_with('0');
    sound.then(|| format!("+{international}"))
}

fn without_extension(raw: &str) -> &str {
    let lower = raw.to_ascii_lowercase();
    let cut = [";ext=", "ext", "x", "#"]
        .iter()
        .filter_map(|mark| lower.find(mark))
        .min()
        .unwrap_or(raw.len());
    raw[..cut].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_that_name_their_country_become_e164() {
        let cases = [
            ("+1 (415) 555-0100", "", Some("+14155550100")),
            ("+49 (0)611 123456", "", Some("+49611123456")),
            ("0049 611 123456", "", Some("+49611123456")),
            ("(415) 555-0100", "US", Some("+14155550100")),
            ("1-415-555-0100 x12", "US", Some("+14155550100")),
            ("tel:+1-418-656-9254;ext=102", "", Some("+14186569254")),
            ("(415) 555-0100", "", None),
            ("0611 123456", "DE", None),
            ("ask the front desk", "US", None),
            ("=1+1", "US", None),
            ("+12", "", None),
            ("115-555-0100", "US", None),
            ("", "US", None),
        ];
        for (raw, country, want) in cases {
            assert_eq!(e164(raw, country).as_deref(), want, "{raw} in {country}");
        }
    }
}
