//! Words that say more than they seem: numbers, days, prices, promises; and those that any mail may use.

use crate::domain::Language;

use super::words::MONTHS;

/// Everyday English, from the talks of all trades: no name of anybody is among it.
const COMMON: &str = include_str!("../../assets/qualify/common-words.txt");

/// Words of English mails beside those of talks.
#[rustfmt::skip] // a list of words
const EN_MAIL: &[&str] = &[
    "appreciate", "appreciated", "chat", "conversation", "dear", "delighted", "discussed", "discussion", "enjoyed",
    "explained", "grateful", "greetings", "hi", "hello", "interest", "interested", "kind", "kindly", "matters", "mentioned",
    "note", "noted", "pleasant", "pleased", "pleasure", "recap", "regarding", "regards", "reminder", "said", "shared",
    "sincerely", "stopping", "summary", "taking", "telling", "thank", "thanks", "timing", "told", "visiting", "warm",
    "wishes", "words", "wrote", "currently", "agreed", "concerning", "summarise", "summarize", "speaking", "talking",
];

/// What an English sentence may begin with; any other capital may be somebody's name.
#[rustfmt::skip] // a list of words
const EN_STARTS: &[&str] = &[
    "a", "about", "also", "and", "as", "at", "by", "concerning", "currently", "dear", "following", "for", "from", "good",
    "hello", "here", "hi", "how", "i", "if", "in", "it", "kind", "many", "my", "of", "on", "our", "please", "regarding",
    "right", "so", "speaking", "talking", "thank", "thanks", "that", "the", "there", "these", "this", "to", "today", "what",
    "when", "where", "which", "while", "with", "you", "your", "yours", "we", "it's", "also", "best", "warm", "greetings",
];

/// German nouns and polite words that name nobody.
#[rustfmt::skip] // a list of words
const DE_CAPITALS: &[&str] = &[
    "sie", "ihr", "ihre", "ihrem", "ihren", "ihrer", "ihres", "ihnen", "anliegen", "antwort", "aufgabe", "austausch", "bedarf",
    "besuch", "betreff", "damen", "dank", "danke", "einblick", "fachgespräch", "firma", "frage", "fragen", "freude",
    "gespräch", "grüße", "gruß", "guten", "hallo", "herausforderung", "heute", "hinweis", "interesse", "lage", "liebe",
    "lieber", "messe", "messestand", "nachricht", "punkt", "rückfragen", "rückmeldung", "sache", "schilderung", "situation",
    "stand", "tag", "thema", "treffen", "unterhaltung", "vorgehen", "wie", "wir", "wort", "worte", "worten", "zeit", "es",
    "vielen", "herzlichen", "für", "auf", "an", "am", "bei", "der", "die", "das", "den", "dem", "nach", "zu", "zur", "zum",
    "was", "wann", "mit", "im", "in", "von", "unser", "unsere", "unserem", "unseren", "schön", "gern", "gerne", "außerdem",
    "derzeit", "aktuell", "zurzeit", "dabei", "dazu", "hiermit", "bezüglich", "sehr", "dass", "wichtig", "nutzen", "gefragt",
];

#[rustfmt::skip] // a list of words
const EN_NUMBERS: &[&str] = &[
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty",
    "seventy", "eighty", "ninety", "hundred", "hundreds", "thousand", "thousands", "million", "millions", "billion", "dozen",
    "dozens", "half", "third", "quarter", "first", "second", "double", "triple", "twice", "couple", "several", "grand",
];

/// Wherever they stand in a German word, which is written in one: `zweihundert`, `Dutzende`.
#[rustfmt::skip] // a list of words
const DE_NUMBERS: &[&str] = &[
    "zwei", "drei", "vier", "fünf", "sechs", "sieben", "zehn", "elf", "zwölf", "zwanzig", "ßig", "hundert", "tausend",
    "million", "milliard", "dutzend", "doppel", "hälfte", "vier", "neun",
];

#[rustfmt::skip] // a list of words
const EN_DAYS: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thurs",
    "fri", "today", "tomorrow", "tonight", "yesterday", "week", "weeks", "month", "months", "quarter", "quarters", "year",
    "years", "day", "days", "hour", "hours", "minute", "minutes", "morning", "afternoon", "evening", "weekend", "noon",
    "spring", "summer", "autumn", "winter", "soon", "shortly", "immediately", "asap", "promptly", "weekly", "monthly", "daily",
];

#[rustfmt::skip] // a list of words
const DE_DAYS: &[&str] = &[
    "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag", "heute", "morgen",
    "übermorgen", "gestern", "woche", "monat", "quartal", "jahr", "tage", "tagen", "stunde", "minute", "vormittag",
    "nachmittag", "abend", "wochenende", "frühling", "frühjahr", "sommer", "herbst", "winter", "bald", "demnächst", "sofort",
    "umgehend", "kurzfristig", "zeitnah",
];

/// Beginnings of words about money, in both languages.
#[rustfmt::skip] // a list of words
const PRICES: &[&str] = &[
    "price", "pricing", "cost", "fees", "discount", "rebate", "free", "budget", "dollar", "euro", "pound", "franc", "cents",
    "usd", "eur", "gbp", "chf", "percent", "cheap", "afford", "preis", "kosten", "rabatt", "nachlass", "gratis", "prozent",
    "günstig", "gebühr", "complimentary", "waive", "invoice", "quote", "rechnung", "skonto",
];

/// Beginnings of English words that promise or claim something.
#[rustfmt::skip] // a list of words
const EN_PROMISES: &[&str] = &[
    "shall", "guarant", "promis", "commit", "ensur", "assur", "warrant", "offer", "refund", "deliver", "send", "sent", "call",
    "phone", "arrang", "schedul", "deadline", "provid", "attach", "invit", "book", "demo", "trial", "contract",
    "help", "solv", "save", "saving", "reduc", "cut", "fix", "improv", "increas", "eliminat", "support", "install", "ship",
    "prepar", "reply", "respond", "answer", "contact", "follow-up", "forward", "set", "sign", "order", "upgrade",
    "integrat", "migrat", "pilot", "prototype", "sample", "replac", "extend", "always", "best-in-class", "can", "could",
];

/// The same as whole words: `visiting` and `meeting` tell of what was.
const EN_PROMISED: &[&str] = &["visit", "visits", "meet", "meets"];

/// What speaks of the future alone: it may be said where something was promised.
const EN_FUTURE: &[&str] = &["will", "ll", "going"];

#[rustfmt::skip] // a list of words
const DE_PROMISES: &[&str] = &[
    "garant", "versprech", "verspricht", "zusag", "zusicher", "biet", "angebot", "liefer", "schick", "send", "sand", "ruf",
    "anruf", "telefon", "besuche", "termin", "kostenlos", "erstatt", "helf", "hilf", "lös", "spar", "reduzier", "senk",
    "verbesser", "unterstütz", "ermöglich", "verfügung", "erhalt", "bekomm", "vertrag", "muster", "probe", "install",
    "integrier", "ersetz", "melde", "antworte", "kümmer", "organisier", "vorbereit", "bereite", "stellen", "immer", "können",
    "kann", "könnt",
];

const DE_FUTURE: &[&str] = &["werde", "werden", "wird"];

#[rustfmt::skip] // a list of words
const NOES: &[&str] = &[
    "not", "no", "never", "none", "nobody", "nothing", "without", "cannot", "neither", "nor", "t", "nicht", "kein", "keine",
    "keinen", "keinem", "keiner", "nie", "niemals", "nichts", "niemand", "ohne", "weder",
];

#[rustfmt::skip] // a list of words
const EN_FUNCTION: &[&str] = &[
    "the", "and", "you", "your", "we", "our", "for", "at", "to", "of", "is", "are", "it", "this", "that", "with", "thank",
    "us", "as", "by", "what", "when", "about",
];

#[rustfmt::skip] // a list of words
const DE_FUNCTION: &[&str] = &[
    "der", "die", "das", "den", "dem", "und", "sie", "ihr", "ihre", "ihren", "ihnen", "wir", "uns", "unser", "unserem", "für",
    "auf", "am", "an", "zu", "ist", "es", "mit", "vielen", "dank", "wie", "wann", "nach", "haben", "bis",
];

/// What a word says beside what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// A number.
    Number,
    /// A day or a span of time.
    Day,
    /// Money.
    Price,
    /// A promise or a claim.
    Promise,
    /// The future, which a promise may be told in.
    Future,
    /// A no.
    No,
}

/// What a word weighs; `word` is lower case, `capital` whether it is written with one.
pub fn weight(language: Language, word: &str, capital: bool) -> Option<Weight> {
    if word.chars().any(char::is_numeric) {
        return Some(Weight::Number);
    }
    let begins = |list: &[&str]| list.iter().any(|stem| word.starts_with(stem));
    let holds = |list: &[&str]| list.iter().any(|part| word.contains(part));
    // `may` and `march` are months with a capital alone.
    let month = MONTHS.iter().any(|(en, de)| match language {
        Language::En => capital && en.to_lowercase() == word,
        Language::De => de.to_lowercase() == word,
    });
    let (number, day, promise, future) = match language {
        Language::En => (
            EN_NUMBERS.contains(&word),
            EN_DAYS.contains(&word),
            begins(EN_PROMISES) || EN_PROMISED.contains(&word),
            EN_FUTURE.contains(&word),
        ),
        Language::De => (
            holds(DE_NUMBERS) || word == "acht",
            begins(DE_DAYS),
            begins(DE_PROMISES),
            DE_FUTURE.contains(&word),
        ),
    };
    let found = [
        (NOES.contains(&word), Weight::No),
        (number, Weight::Number),
        (month || day, Weight::Day),
        (
            begins(PRICES) || matches!(word, "fee" | "cent"),
            Weight::Price,
        ),
        (future, Weight::Future),
        (promise, Weight::Promise),
    ];
    found
        .into_iter()
        .find(|(is, _)| *is)
        .map(|(_, weight)| weight)
}

/// Whether a word that the draft does not have may be said: it is everyday language and nobody's name.
pub fn is_everyday(language: Language, word: &str, (capital, begins): (bool, bool)) -> bool {
    match language {
        Language::En if word.chars().count() == 1 || matches!(word, "ll" | "ve" | "re") => true,
        Language::En if capital && begins => EN_STARTS.contains(&word),
        Language::En if capital => false,
        Language::En => {
            EN_MAIL.contains(&word)
                || EN_STARTS.contains(&word)
                || COMMON.lines().any(|one| one == word)
        }
        // Every noun has a capital there, so a name can't be told from one: only these are let in.
        Language::De => !capital || DE_CAPITALS.contains(&word),
    }
}

/// How many of these words hold a language together.
pub fn function_words<'w>(language: Language, words: impl Iterator<Item = &'w str>) -> usize {
    let list = match language {
        Language::En => EN_FUNCTION,
        Language::De => DE_FUNCTION,
    };
    words.filter(|word| list.contains(word)).count()
}
