//! An amount as people and programs write it -> hundredths and a currency.

use crate::domain::Money;

/// The amount, or what is wrong with it. `currency` is the column beside it; the text may name one itself.
///
/// Where a lone comma or point could mean either, three digits behind it make it a thousands' mark.
pub fn money(text: &str, currency: &str) -> Result<Money, String> {
    let named: String = text.chars().filter(char::is_ascii_alphabetic).collect();
    let sign = [('$', "USD"), ('€', "EUR"), ('£', "GBP")]
        .into_iter()
        .find(|(sign, _)| text.contains(*sign))
        .map_or("", |(_, code)| code);
    let currency = [currency.trim(), named.as_str(), sign]
        .into_iter()
        .find(|code| !code.is_empty())
        .unwrap_or_default()
        .to_uppercase();
    if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(format!(
            "\"{text}\" names no currency; add a column currency with a code such as USD"
        ));
    }
    let cents = cents(text)
        .ok_or_else(|| format!("\"{text}\" is no amount; write it as 180000 or 180000.50"))?;
    Ok(Money { cents, currency })
}

fn cents(text: &str) -> Option<i64> {
    let kept: String = text
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'))
        .collect();
    let (negative, kept) = match kept.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, kept.as_str()),
    };
    if kept.is_empty() || kept.contains('-') {
        return None;
    }
    let last = kept.rfind(['.', ',']);
    let decimals = last.map_or(0, |place| kept.len() - place - 1);
    let mark = last.and_then(|place| kept[place..].chars().next());
    let repeated = mark.is_some_and(|mark| kept.matches(mark).count() > 1);
    let thousands = last.is_none() || decimals == 3 || repeated;
    let (whole, rest) = match last {
        Some(place) if !thousands => (&kept[..place], &kept[place + 1..]),
        _ => (kept, ""),
    };
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let rest = match rest.len() {
        0 => "00".to_owned(),
        1 => format!("{rest}0"),
        2 => rest.to_owned(),
        _ => return None,
    };
    let amount: i64 = format!("{}{rest}", digits(whole)).parse().ok()?;
    Some(if negative { -amount } else { amount })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_of_every_habit_are_read_or_refused() {
        let cases = [
            ("180000", "USD", Some((18_000_000, "USD"))),
            ("$180,000.50", "", Some((18_000_050, "USD"))),
            ("180.000,50 €", "", Some((18_000_050, "EUR"))),
            ("1.234.567", "eur", Some((123_456_700, "EUR"))),
            ("12,5", "EUR", Some((1_250, "EUR"))),
            ("1,234", "USD", Some((123_400, "USD"))),
            ("GBP 99", "", Some((9_900, "GBP"))),
            ("-5.00", "USD", Some((-500, "USD"))),
            ("180000", "", None),
            ("many", "USD", None),
            ("", "USD", None),
            ("99999999999999999999", "USD", None),
        ];
        for (text, currency, want) in cases {
            let want = want.map(|(cents, code)| Money {
                cents,
                currency: code.into(),
            });
            assert_eq!(money(text, currency).ok(), want, "{text} {currency}");
        }
    }
}
