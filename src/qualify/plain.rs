//! Plain sentences, as a phrase book has them: "We have a budget of forty thousand dollars." People at booths seldom talk
//! like that, so the trained layer knows them badly; these few patterns lift them, or sink what they are not.

use crate::domain::SignalKind;

use super::cues::Cue;
use super::money::Sum;
use super::when::When;
use super::words::Sentence;

/// Openings of a visitor's plain sentence, by what follows from them.
const PATTERNS: [(SignalKind, &str); 7] = [
    (
        SignalKind::Budget,
        "we have a budget|our budget|the budget is|budget is approved|have a budget of|are set aside|is set aside|have set aside",
    ),
    (
        SignalKind::Authority,
        "i make the decision|i decide|the decision is mine|it is my decision|i sign|the final decision|i am the decision|is not my decision|my boss decides|my manager decides",
    ),
    (SignalKind::Authority, HAS_A_SAY),
    (
        SignalKind::Objection,
        "too expensive|too dear|too much money|too much for us|can't afford|cannot afford|price is too high|not convinced|don't trust|do not trust|my worry is|our worry is|i'm worried that|i am worried that|we're worried that|we are worried that|i'm worried about|i am worried about|we're worried about|we are worried about|my concern is|our concern is|too complicated for us|we would be locked in|we'd be locked in",
    ),
    (
        SignalKind::Need,
        "we lose|we are losing|our problem is|our biggest problem|we have a problem|we have a big problem|we struggle|it takes us|it takes days|it takes weeks|it takes two|it takes three|it takes too long|our challenge|our biggest challenge|we waste",
    ),
    (
        SignalKind::Timeline,
        "we want to|we want it|we need it|we would like to|we'd like to|we plan to|we decide|we will decide|we have to decide|want to start|we start",
    ),
    (
        SignalKind::CurrentSolution,
        "we use|we still use|we're using|we are using|we currently use|today we|at the moment we",
    ),
];

/// What somebody says who brings it before those who decide.
const HAS_A_SAY: &str = "has to approve|have to approve|must approve|needs to approve|need to approve|i recommend|i propose|i make a proposal|i make the proposal";

/// What takes that back.
const OUT_OF_IT: [&str; 6] = [
    "no say",
    "not me",
    "i only",
    "i just",
    "nothing to say",
    "they don't ask me",
];

/// "The price is far beyond our budget" says nothing of money that is there.
const BEYOND: [&str; 4] = ["beyond", "above our", "over our", "out of our"];

/// Words that take an objection back, or put it into the past.
const NO_OBJECTION: [&str; 4] = ["was", "were", "not too", "isn't too"];

/// What somebody says of what counts for them, without more.
const COUNTS: [&str; 3] = ["important", "essential", "crucial"];

/// Words that make more of it: a doubt, a condition or a denial.
const MORE: [&str; 13] = [
    "but", "if", "not", "no", "never", "nobody", "cannot", "worry", "worried", "afraid", "problem",
    "unless", "too",
];

/// Whether a sentence pushes nothing back, whatever it is about: "Security is very important for us", "Theirs was too dear".
pub fn pushes_nothing(sentence: &Sentence) -> bool {
    let texts = sentence.texts();
    let was = |three: &[&str]| matches!(three[0], "was" | "were") && three[1..].contains(&"too");
    only_counts(sentence) || texts.windows(3).any(was) && !texts.contains(&"is")
}

fn only_counts(sentence: &Sentence) -> bool {
    let texts = sentence.texts();
    let is = texts.iter().any(|word| matches!(*word, "is" | "are"));
    is && !sentence.asks
        && texts.iter().any(|word| COUNTS.contains(word))
        && !texts
            .iter()
            .any(|word| MORE.contains(word) || word.ends_with("n't"))
}

/// What a visitor has and a booth hasn't.
const THEIRS: [&str; 20] = [
    "boss",
    "side",
    "place",
    "team",
    "teams",
    "staff",
    "plant",
    "plants",
    "site",
    "sites",
    "shows",
    "events",
    "drivers",
    "trucks",
    "fleet",
    "warehouse",
    "warehouses",
    "operation",
    "stores",
    "offices",
];

/// "Does it cover all of your shows?": who asks that is no visitor.
pub fn asks_after_theirs(sentence: &Sentence) -> bool {
    let texts = sentence.texts();
    let theirs = |two: &[&str]| two[0] == "your" && THEIRS.contains(&two[1]);
    sentence.asks && texts.windows(2).any(theirs)
}

/// What a booth sends on request.
const PAPERS: [&str; 14] = [
    "price",
    "prices",
    "quote",
    "offer",
    "brochure",
    "leaflet",
    "list",
    "sheet",
    "paper",
    "pdf",
    "proposal",
    "catalogue",
    "catalog",
    "specs",
];

/// Words that allow more than that, say where to, or refuse it.
const ALLOWS: [&str; 26] = [
    "can",
    "may",
    "anything",
    "mail",
    "mails",
    "email",
    "emails",
    "dot",
    "at",
    "@",
    "card",
    "badge",
    "number",
    "phone",
    "call",
    "calls",
    "ring",
    "text",
    "whatsapp",
    "address",
    "write",
    "newsletter",
    "inbox",
    "scan",
    "touch",
    "contact",
];

/// "Please send me the price list": who asks for a paper has not yet allowed us to write.
pub fn asks_for_paper(sentence: &Sentence) -> bool {
    let texts = sentence.texts();
    let sends = |two: &[&str]| {
        matches!(two[0], "send" | "post")
            && matches!(
                two[1],
                "me" | "us" | "it" | "that" | "the" | "a" | "your" | "over"
            )
    };
    !sentence.asks && texts.windows(2).any(sends) && texts.iter().any(|word| PAPERS.contains(word))
}

/// Whether a sentence allows more than a paper, or refuses it. Of forty-four utterances of the labelled conversations that ask
/// for a paper twenty-one are consent, all of them by such a word.
pub fn allows(sentence: &Sentence) -> bool {
    sentence.texts().iter().any(|word| ALLOWS.contains(word))
}

/// The kinds that a sentence plainly states, each with the finer value of it ([`super::model::FINE`]), where it has one; by
/// its cues, sums and times.
pub fn states(
    sentence: &Sentence,
    cues: &[Cue],
    sums: &[Sum],
    times: &[When],
) -> Vec<(SignalKind, &'static str)> {
    let texts = sentence.texts();
    if sentence.asks || cues.contains(&Cue::Hypothetical) || texts.len() < 4 {
        return Vec::new();
    }
    let says = |phrase: &str| {
        let words: Vec<&str> = phrase.split(' ').collect();
        texts.windows(words.len()).any(|window| window == words)
    };
    let said = PATTERNS
        .iter()
        .filter(|(_, list)| list.split('|').any(says));
    said.filter_map(|(kind, _)| match kind {
        SignalKind::Objection if NO_OBJECTION.into_iter().any(says) => None,
        SignalKind::Authority
            if HAS_A_SAY.split('|').any(says) && !OUT_OF_IT.into_iter().any(says) =>
        {
            Some((*kind, "influencer"))
        }
        SignalKind::Timeline if !times.iter().any(|when| when.weight > 1) => None,
        SignalKind::Budget if BEYOND.into_iter().any(says) => None,
        SignalKind::Budget if cues.contains(&Cue::NoMoney) => Some((*kind, "none")),
        SignalKind::Budget if sums.iter().any(|sum| sum.sure) => Some((*kind, "amount")),
        SignalKind::Budget => Some((*kind, "allocated")),
        SignalKind::Authority if cues.contains(&Cue::NoSay) => Some((*kind, "none")),
        SignalKind::Authority => Some((*kind, "decision_maker")),
        kind => Some((*kind, "")),
    })
    .collect()
}
