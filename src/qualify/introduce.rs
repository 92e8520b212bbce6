//! Who says they are who: "my name is Frank Bennett", "I am the head of operations at Northwind Freight".

use crate::domain::{Role, Source, Visitor};

use super::judged::Judged;
use super::talk::Talk;
use super::words::{Sentence, Word};

/// Words that make a title when they stand in it.
const TITLE_WORDS: [&str; 44] = [
    "head",
    "manager",
    "director",
    "owner",
    "founder",
    "ceo",
    "cfo",
    "cto",
    "cio",
    "coo",
    "cmo",
    "president",
    "vp",
    "vice",
    "chief",
    "officer",
    "lead",
    "leader",
    "supervisor",
    "buyer",
    "planner",
    "engineer",
    "analyst",
    "consultant",
    "coordinator",
    "controller",
    "dispatcher",
    "partner",
    "foreman",
    "technician",
    "administrator",
    "specialist",
    "teacher",
    "principal",
    "dean",
    "nurse",
    "doctor",
    "secretary",
    "assistant",
    "developer",
    "architect",
    "accountant",
    "procurement",
    "marketing",
];

/// The visitor a talk introduces, if one says who they are.
pub fn introduced(talk: &Talk<'_>, judged: &Judged<'_>) -> Option<Visitor> {
    let mut visitor = Visitor {
        source: Source::Voice,
        ..Visitor::default()
    };
    for (k, sentence) in talk.sentences.iter().enumerate() {
        let voice = judged.visitor(talk.sentences[k].said);
        let rep = match talk.role(k) {
            Role::Rep => true,
            Role::Visitor => false,
            Role::Table => voice < 0.4 || speaks_for_us(talk, k),
        };
        if rep {
            continue;
        }
        read(sentence, talk, &mut visitor);
    }
    let known = !visitor.name.is_empty()
        || !visitor.company.is_empty()
        || !visitor.title.is_empty()
        || !visitor.email.is_empty();
    known.then_some(visitor)
}

/// Whether our own company is named in the sentence: then it is one of us who introduces themselves.
fn speaks_for_us(talk: &Talk<'_>, k: usize) -> bool {
    talk.names(k, |what| matches!(what, super::names::Named::Us))
}

fn read(sentence: &Sentence, talk: &Talk<'_>, visitor: &mut Visitor) {
    let words = &sentence.words;
    let text = talk.said[sentence.said].text;
    for k in 0..words.len() {
        let Some(start) = opening(words, k) else {
            continue;
        };
        let name = proper(words, start, text);
        if name > start && visitor.name.is_empty() && is_person(words, start, name) {
            visitor.name = slice(words, start, name, text);
        }
        title_and_company(words, name.max(start), text, visitor);
    }
    if visitor.email.is_empty()
        && let Some(email) = email(words)
    {
        visitor.email = email;
    }
}

/// The word after "my name is", "I am", "I'm", "this is", where they open an introduction.
fn opening(words: &[Word], k: usize) -> Option<usize> {
    let text = |k: usize| words.get(k).map_or("", |word| word.text.as_str());
    match (text(k), text(k + 1), text(k + 2)) {
        ("my", "name", "is") => Some(k + 3),
        ("my" | "the", "name's", _) | ("i", "am", _) => Some(k + 2),
        ("i'm", _, _) => Some(k + 1),
        ("this", "is", _) if k == 0 => Some(k + 2),
        _ => None,
    }
}

/// One past the capitalised words from `start` on that touch one another.
fn proper(words: &[Word], start: usize, text: &str) -> usize {
    let mut end = start;
    while end < words.len()
        && end < start + 4
        && words[end].capital
        && joined(words, start, end, text)
    {
        end += 1;
    }
    end
}

fn joined(words: &[Word], start: usize, end: usize, text: &str) -> bool {
    end == start
        || text
            .get(words[end - 1].hi..words[end].lo)
            .is_some_and(|gap| gap.trim_matches(['.', '-']).trim().is_empty())
}

fn is_person(words: &[Word], start: usize, end: usize) -> bool {
    let first = words[start].text.as_str();
    end - start <= 3
        && !TITLE_WORDS.contains(&first)
        && !matches!(
            first,
            "i" | "the"
                | "a"
                | "from"
                | "in"
                | "with"
                | "at"
                | "not"
                | "so"
                | "english"
                | "german"
                | "yes"
                | "no"
        )
}

fn slice(words: &[Word], start: usize, end: usize, text: &str) -> String {
    text.get(words[start].lo..words[end - 1].hi)
        .unwrap_or_default()
        .to_owned()
}

/// "the head of operations at Northwind Freight", ", marketing manager at Cedar Hill Foods", "from Tanjara".
fn title_and_company(words: &[Word], start: usize, text: &str, visitor: &mut Visitor) {
    let word = |k: usize| words.get(k).map_or("", |word| word.text.as_str());
    let at = (start..(start + 12).min(words.len()))
        .find(|&k| matches!(word(k), "at" | "from" | "with" | "for"));
    let limit = at.unwrap_or_else(|| (start + 5).min(words.len()));
    let mut from = start;
    while matches!(
        word(from),
        "the" | "a" | "an" | "and" | "i'm" | "i" | "am" | "their"
    ) && from < limit
    {
        from += 1;
    }
    let titled = from < limit
        && limit - from <= 6
        && words[from..limit]
            .iter()
            .any(|one| TITLE_WORDS.contains(&one.text.as_str()));
    if titled && visitor.title.is_empty() {
        let end = (from..limit)
            .find(|&k| k > from && breaks(words, k, text))
            .unwrap_or(limit);
        visitor.title = slice(words, from, end, text);
    }
    if let Some(at) = at.filter(|_| visitor.company.is_empty()) {
        let begin = if word(at + 1) == "the" {
            at + 2
        } else {
            at + 1
        };
        let end = company_end(words, begin, text);
        if end > begin {
            visitor.company = slice(words, begin, end, text);
        }
    }
}

fn breaks(words: &[Word], k: usize, text: &str) -> bool {
    text.get(words[k - 1].hi..words[k].lo)
        .is_some_and(|gap| gap.contains([',', ';', '.']))
}

fn company_end(words: &[Word], start: usize, text: &str) -> usize {
    let mut end = start;
    while end < words.len() && end < start + 5 {
        let link = matches!(words[end].text.as_str(), "of" | "and" | "de" | "the")
            && end > start
            && words.get(end + 1).is_some_and(|next| next.capital);
        if !(words[end].capital || link) || end > start && breaks(words, end, text) {
            break;
        }
        end += 1;
    }
    end
}

/// "aditya at lumba pay dot com", "frank@northwind.com".
fn email(words: &[Word]) -> Option<String> {
    let text = |k: usize| words.get(k).map_or("", |word| word.text.as_str());
    let dot = (1..words.len()).find(|&k| {
        text(k) == "dot"
            && matches!(
                text(k + 1),
                "com" | "co" | "org" | "net" | "de" | "io" | "gov" | "edu" | "in" | "ch"
            )
    })?;
    let at = (dot.saturating_sub(6)..dot)
        .rev()
        .find(|&k| text(k) == "at")?;
    let host: String = (at + 1..dot).map(text).collect();
    let user = at.checked_sub(1).map(text).filter(|user| user.len() > 1)?;
    let mut tail = format!(".{}", text(dot + 1));
    let mut k = dot + 2;
    while text(k) == "dot" && text(k + 1).len() <= 3 {
        tail.push('.');
        tail.push_str(text(k + 1));
        k += 2;
    }
    Some(format!("{user}@{host}{tail}"))
}
