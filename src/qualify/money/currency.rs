//! Which currency is meant, by its word, its country, or both.

/// Words of currencies.
const CURRENCIES: [(&str, &str); 53] = [
    ("$", "USD"),
    ("usd", "USD"),
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("bucks", "USD"),
    ("\u{20ac}", "EUR"),
    ("eur", "EUR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("\u{a3}", "GBP"),
    ("gbp", "GBP"),
    ("pound", "GBP"),
    ("pounds", "GBP"),
    ("quid", "GBP"),
    ("sterling", "GBP"),
    ("\u{20b9}", "INR"),
    ("inr", "INR"),
    ("rupee", "INR"),
    ("rupees", "INR"),
    ("rs", "INR"),
    ("chf", "CHF"),
    ("francs", "CHF"),
    ("franken", "CHF"),
    ("sgd", "SGD"),
    ("sing", "SGD"),
    ("kroner", "DKK"),
    ("dkk", "DKK"),
    ("kronor", "SEK"),
    ("sek", "SEK"),
    ("nok", "NOK"),
    ("zloty", "PLN"),
    ("z\u{142}oty", "PLN"),
    ("pln", "PLN"),
    ("reais", "BRL"),
    ("brl", "BRL"),
    ("dirham", "AED"),
    ("dirhams", "AED"),
    ("aed", "AED"),
    ("ringgit", "MYR"),
    ("yen", "JPY"),
    ("rand", "ZAR"),
    ("rmb", "CNY"),
    ("renminbi", "CNY"),
    ("yuan", "CNY"),
    ("cny", "CNY"),
    ("rial", "OMR"),
    ("rials", "OMR"),
    ("baht", "THB"),
    ("taka", "BDT"),
    ("kr\u{f3}nur", "ISK"),
    ("kronur", "ISK"),
    ("lira", "TRY"),
    ("liras", "TRY"),
];

/// The currency of a country where none is said; none where the country is not known here.
pub fn currency_of(country: &str) -> Option<&'static str> {
    Some(match country {
        "GB" => "GBP",
        "IN" => "INR",
        "CH" | "LI" => "CHF",
        "CA" => "CAD",
        "AU" => "AUD",
        "NZ" => "NZD",
        "SG" => "SGD",
        "MY" => "MYR",
        "JP" => "JPY",
        "AE" => "AED",
        "PL" => "PLN",
        "SE" => "SEK",
        "NO" => "NOK",
        "DK" => "DKK",
        "BR" => "BRL",
        "ZA" => "ZAR",
        "PH" => "PHP",
        "MX" => "MXN",
        "CL" => "CLP",
        "IS" => "ISK",
        "TH" => "THB",
        "TR" => "TRY",
        "KR" => "KRW",
        "OM" => "OMR",
        "SA" => "SAR",
        "CN" => "CNY",
        "BD" => "BDT",
        "AT" | "BE" | "DE" | "ES" | "FI" | "FR" | "GR" | "IE" | "IT" | "LU" | "NL" | "PT"
        | "SI" | "SK" | "EE" | "LV" | "LT" | "HR" | "MT" | "CY" | "BG" => "EUR",
        "US" => "USD",
        _ => return None,
    })
}

/// The visitor's own currency, where the word that was said is one of several countries': a lakh of Bangladesh, a peso of Chile.
pub fn shared(said: &'static str, home: Option<&'static str>) -> &'static str {
    match (said, home) {
        ("INR", Some(home @ "BDT"))
        | ("MXN", Some(home @ ("PHP" | "CLP")))
        | ("DKK" | "SEK", Some(home @ ("NOK" | "SEK" | "DKK" | "ISK")))
        | ("OMR", Some(home @ "SAR")) => home,
        _ => said,
    }
}

/// The currency that a word names, also without a sum beside it.
pub fn spoken_currency(word: &str) -> Option<&'static str> {
    match word {
        "canadian" => Some("CAD"),
        "australian" | "aussie" => Some("AUD"),
        "kiwi" => Some("NZD"),
        "singapore" => Some("SGD"),
        "peso" | "pesos" => Some("MXN"),
        "lakh" | "lakhs" | "crore" | "crores" => Some("INR"),
        // "rand" and "sing" are words of other meaning, and dollars are many.
        "rand" | "sing" | "dollar" | "dollars" => None,
        word => currency(word),
    }
}

/// The currency that a word beside a sum names.
pub fn currency(word: &str) -> Option<&'static str> {
    CURRENCIES
        .iter()
        .find(|(name, _)| *name == word)
        .map(|&(_, code)| code)
}
