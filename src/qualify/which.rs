//! Which of several sums or times is meant: "it was forty, no, forty-five", "not in January, so February".

use super::money::Sum;
use super::talk::Talk;
use super::when::When;
use super::words::Word;

/// One sum or time that may be meant.
pub struct Candidate<'a, T> {
    /// The sentence it stands in.
    pub at: usize,
    /// The sum or time.
    pub what: &'a T,
}

/// The sums in these sentences that may be money, in order.
pub fn sums<'a>(
    talk: &'a Talk<'_>,
    sentences: impl Iterator<Item = usize>,
    year: i16,
) -> Vec<Candidate<'a, Sum>> {
    let mut found = Vec::new();
    for at in sentences {
        let all = talk.sums[at].iter().map(|what| Candidate { at, what });
        found.extend(all.filter(|one| one.what.low >= 2.0 && !is_year(talk, one, year)));
    }
    found
}

/// "In 2028", "the plan of twenty-seven": a year that looks like a sum.
fn is_year(talk: &Talk<'_>, one: &Candidate<'_, Sum>, year: i16) -> bool {
    let sum = one.what;
    let (low, year) = (sum.low, f64::from(year));
    if sum.currency.is_some() || sum.period.is_some() || sum.high > low || low.fract() > 0.0 {
        return false;
    }
    let words = &talk.sentences[one.at].words;
    let lead = back(words, sum.words.0, 1);
    let single = sum.words.1 == sum.words.0 + 1 && words[sum.words.0].text.len() == 4;
    let short = !sum.sure && low > year - 2000.0 && low < year - 1994.0;
    single && low >= year && low < year + 15.0
        || short && matches!(lead, "of" | "in" | "for" | "until" | "till" | "before")
}

/// The sum meant: the likeliest, of equals the first; and whether it is there, not gone or only asked for.
pub fn sum<'a>(
    talk: &'a Talk<'_>,
    found: &[Candidate<'a, Sum>],
    echoed: &[f64],
) -> Option<(&'a Sum, bool)> {
    let any_sure = found.iter().any(|one| one.what.sure);
    let mut best: Option<(f32, &Candidate<'a, Sum>)> = None;
    for one in found {
        let mut rank = of_sum(talk, one, found);
        if any_sure && !one.what.sure {
            rank -= 1.5;
        }
        if echoed.contains(&one.what.low) {
            rank -= 1.0;
        }
        if best.is_none_or(|before| rank > before.0) {
            best = Some((rank, one));
        }
    }
    let best = best?.1;
    let gone = found
        .iter()
        .any(|one| same(one.what, best.what) && is_gone(talk, one));
    Some((best.what, !gone))
}

/// "Three of it went on this arm", "it's promised to the compressor", "I asked for three hundred thousand".
fn is_gone(talk: &Talk<'_>, one: &Candidate<'_, Sum>) -> bool {
    let sentence = &talk.sentences[one.at];
    let (from, to) = one.what.words;
    let clause = clause(talk, one.at, from, to);
    let lost = |words: &[Word]| words.iter().any(|word| is_one_of(lists::GONE, &word.text));
    let after = &sentence.words[to..];
    let was_for = after.len() > 1 && after[0].text == "was" && after[1].text == "for";
    lost(&sentence.words[clause.0..from])
        || lost(&sentence.words[to..clause.1.min(to + 3)])
        || was_for
        || after.iter().any(|word| is_one_of(lists::AWAY, &word.text))
}

#[rustfmt::skip] // lists
mod lists {
    pub const HAVE: &str = "have has got i've we've set put is it's there's approved approves released kept left to maximum max say said make gave reserved";
    pub const GONE: &str = "took taken went gone out cut less spent lost carpets asked";
    pub const HOLD: &str = "have has got i've we've put";
    pub const AWAY: &str = "promised gone spent";
    pub const LEFT: &str = "left remains remaining unspent mine ours";
    pub const WAS: &str = "was were had";
    pub const WHOLE: &str = "whole";
    pub const THIS: &str = "this it that you us me these";
    pub const BEYOND: &str = "under over above below beyond than within";
    pub const BACK: &str = "no wait sorry excuse hang moved now nope";
    pub const TO_DO: &str = "want wants need needs needed ready start running run live choose change changing must should trained hands working fitted buy decide look pick before earliest then i'd we'd it'd it'll";
    pub const NOT_THEN: &str = "late closed gone full lost finished signed cut was were inventory too no nobody";
    pub const BEFORE: &str = "each every since last";
}

fn of_sum(talk: &Talk<'_>, one: &Candidate<'_, Sum>, found: &[Candidate<'_, Sum>]) -> f32 {
    let sentence = &talk.sentences[one.at];
    let (from, to) = one.what.words;
    let clause = clause(talk, one.at, from, to);
    let mut rank = 0.0;
    if (1..=2).any(|by| is_one_of(lists::BEYOND, back(&sentence.words, from, by))) {
        rank -= 2.0;
    }
    if sentence.asks {
        rank -= 1.5;
    }
    if is_gone(talk, one) {
        rank -= 1.5;
    }
    if (1..=3)
        .any(|by| from >= clause.0 + by && is_one_of(lists::HAVE, back(&sentence.words, from, by)))
    {
        rank += 0.6;
    }
    // "We've got forty-eight put by", "I can go to seventy": a number by itself is money there.
    let goes_to = back(&sentence.words, from, 1) == "to" && back(&sentence.words, from, 2) == "go";
    if !one.what.sure && (is_one_of(lists::HOLD, back(&sentence.words, from, 1)) || goes_to) {
        rank += 1.2;
    }
    // "Eighteen thousand, and three of it went on this. So fifteen."
    let alone = to == sentence.words.len();
    if from == 1 && alone && sentence.words[0].text == "so" && !found.is_empty() {
        rank += 2.2;
    }
    if found.len() > 1 {
        rank += of_share(talk, one, clause);
    }
    let place = |one: &Candidate<'_, Sum>| (one.at, one.what.words);
    let earlier = |other: &&Candidate<'_, Sum>| place(other) < place(one);
    let before = found
        .iter()
        .filter(earlier)
        .rfind(|other| !same(other.what, one.what));
    // "Seventy. No, wait, seventy was without the scanners. Ninety": from where it was said first.
    let first = before.and_then(|before| found.iter().find(|other| same(other.what, before.what)));
    if first.is_some_and(|first| taken_back(talk, place(first), place(one))) {
        rank += 2.0;
    }
    rank
}

/// Whether two sums are one, said with its unit or without.
fn same(one: &Sum, other: &Sum) -> bool {
    [1e-6, 1e-3, 1.0, 1e3, 1e6]
        .iter()
        .any(|times| (one.low * times - other.low).abs() < 0.5)
}

/// Of several sums: "a hundred and ten, twenty-five of that is radios, so eighty-five is left for this".
fn of_share(talk: &Talk<'_>, one: &Candidate<'_, Sum>, clause: (usize, usize)) -> f32 {
    let words = &talk.sentences[one.at].words;
    let (from, to) = one.what.words;
    let (before, after) = (&words[clause.0..from], &words[to..clause.1]);
    let says = |words: &[Word], list: &str| words.iter().any(|word| is_one_of(list, &word.text));
    // "of that", "for this"
    let of = |first: &str, words: &[Word]| {
        let mut pairs = words.windows(2);
        pairs.any(|two| two[0].text == first && is_one_of(lists::THIS, &two[1].text))
    };
    let for_this = of("for", after);
    let for_else = !for_this && says(&after[..after.len().min(3)], "for");
    let told = [
        (words[clause.0].text == "so", CONCLUDES),
        (
            says(before, lists::LEFT) || says(after, lists::LEFT),
            IS_LEFT,
        ),
        (for_this || of("of", before), FOR_THIS),
        (for_else, -FOR_ELSE),
        (says(before, lists::WHOLE), -FOR_ELSE),
        (of("of", &after[..after.len().min(2)]), -PART),
        (says(before, lists::WAS), -WAS),
    ];
    told.iter().filter(|one| one.0).map(|one| one.1).sum()
}

/// What a conclusion adds, what is said to be left, and what is for this; what is for something else, a part of another sum and
/// what was there take.
const CONCLUDES: f32 = 1.0;
const IS_LEFT: f32 = 1.2;
const FOR_THIS: f32 = 0.8;
const FOR_ELSE: f32 = 0.5;
const PART: f32 = 1.2;
const WAS: f32 = 0.6;

/// Whether what was said first is taken back before what was said last: "January. No, sorry, February."
fn taken_back(
    talk: &Talk<'_>,
    first: (usize, (usize, usize)),
    last: (usize, (usize, usize)),
) -> bool {
    (first.0..=last.0).any(|at| {
        let words = &talk.sentences[at].words;
        let from = if at == first.0 { first.1.1 } else { 0 };
        let to = if at == last.0 { last.1.0 } else { words.len() };
        let between = words.get(from..to).unwrap_or_default();
        between
            .iter()
            .any(|word| is_one_of(lists::BACK, &word.text))
    })
}

/// What a conclusion adds, an answer that begins with "now", and a time that is said again.
const SO: f32 = 1.0;
const AT_ONCE: f32 = 2.5;
const AGAIN: f32 = 0.5;

/// The time meant: the likeliest, of equals the first.
pub fn time<'a>(talk: &Talk<'_>, found: &[Candidate<'a, When>]) -> Option<&'a When> {
    let mut best: Option<(f32, &Candidate<'a, When>)> = None;
    let place = |one: &Candidate<'_, When>| (one.at, one.what.words);
    for (k, one) in found.iter().enumerate() {
        let mut rank = of_time(talk, one);
        let mut gone = found[..k]
            .iter()
            .filter(|before| taken_back(talk, place(before), place(one)));
        if let Some(first) = gone.next() {
            rank += 1.5;
            if first.what.value == one.what.value
                || gone.any(|gone| gone.what.value == one.what.value)
            {
                rank -= 1.0;
            }
        }
        // "February. First of March. Ah yes, first of March."
        if found[..k]
            .iter()
            .any(|other| other.at < one.at && other.what.value == one.what.value)
        {
            rank += AGAIN;
        }
        if best.is_none_or(|before| rank > before.0) {
            best = Some((rank, one));
        }
    }
    best.map(|one| one.1.what)
}

fn of_time(talk: &Talk<'_>, one: &Candidate<'_, When>) -> f32 {
    let sentence = &talk.sentences[one.at];
    let (from, to) = one.what.words;
    let clause = clause(talk, one.at, from, to);
    let mut rank = f32::from(one.what.weight);
    let before = &sentence.words[clause.0..from];
    let after = &sentence.words[to..clause.1];
    let denied = |word: &Word| word.text == "not" || word.text.ends_with("n't");
    let not_before = before
        .iter()
        .rev()
        .take(2)
        .any(|word| word.text == "before");
    if !not_before && before.iter().rev().take(4).any(denied) {
        rank -= 3.0;
    }
    let dead = |word: &&Word| is_one_of(lists::NOT_THEN, &word.text);
    if before.iter().chain(after).any(|word| dead(&word)) {
        rank -= 1.2;
    }
    if is_one_of(lists::BEFORE, back(&sentence.words, from, 1)) {
        rank -= 1.5;
    }
    if sentence.asks && !sentence.last {
        rank -= 1.0;
    }
    // "They come off in March, but I want them trained, so February."
    if sentence.words[clause.0].text == "so" {
        rank += SO;
    }
    // "As soon as you can, because in December it all comes in."
    if from == 0 && one.what.value == "asap" {
        rank += AT_ONCE;
    }
    if before
        .iter()
        .chain(after)
        .any(|word| is_one_of(lists::TO_DO, &word.text))
    {
        rank += 0.8;
    }
    rank
}

/// The clause around some words of a sentence: between commas and words that begin another.
fn clause(talk: &Talk<'_>, at: usize, from: usize, to: usize) -> (usize, usize) {
    let sentence = &talk.sentences[at];
    let text = talk.said[sentence.said].text;
    let words = &sentence.words;
    let parts = |k: usize| {
        let gap = text.get(words[k - 1].hi..words[k].lo).unwrap_or_default();
        gap.contains([',', ';', ':'])
            || matches!(words[k].text.as_str(), "but" | "because" | "and" | "so")
    };
    let start = (1..=from).rev().find(|&k| parts(k)).unwrap_or(0);
    let end = (to.max(1)..words.len())
        .find(|&k| parts(k))
        .unwrap_or(words.len());
    (start, end)
}

fn back(words: &[Word], at: usize, by: usize) -> &str {
    at.checked_sub(by)
        .and_then(|k| words.get(k))
        .map_or("", |word| word.text.as_str())
}

fn is_one_of(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}
