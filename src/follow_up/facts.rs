//! What may be told of a card: each fact as a template's variable, with what it rests on.

use std::collections::BTreeMap;

use crate::domain::{
    Card, Day, Language, Polarity, Signal, SignalKind, Source, Stamp, Visitor, VisitorId,
};

use super::names::{Crowd, Names};
use super::{Brand, Fixed, Ground, words};

/// What templates may use, each with what it is. A rating, notes, tags, money, objections and competitors are none of
/// it: nobody wants to read those about themselves.
pub const VARIABLES: [(&str, &str); 17] = [
    ("show", "the show's name"),
    ("stand", "where our stand is"),
    ("day", "the day of the talk"),
    ("our_company", "our company"),
    ("tone", "`formal` or `friendly`, as the playbook says"),
    ("signature", "the playbook's signature"),
    ("name", "the visitor's name, where it was scanned or typed"),
    ("first_name", "its first word"),
    (
        "company",
        "the visitor's company, where it was scanned or typed",
    ),
    ("need", "what troubles them, in their words"),
    ("current_solution", "what they use today, in their words"),
    ("products", "our products that they asked about"),
    ("timeline", "when it matters to them, in their words"),
    ("next_step", "what was promised"),
    ("due", "by when"),
    ("owner", "who looks after it"),
    ("owner_email", "their address"),
];

/// A signal below this is a guess. The card shows from about 0.5 on; what is told to the visitor must be surer.
const SURE: f32 = 0.7;

/// A recogniser less sure than this of a whole sentence may have made it up.
const HEARD_WELL: f32 = 0.5;

/// One fact: its words and what they rest on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fact {
    /// The words.
    pub text: String,
    /// What they rest on.
    pub grounds: Vec<Ground>,
}

/// All facts of a card.
pub struct Told {
    /// By the variable's name; one that is not there is missing on the card.
    pub facts: BTreeMap<&'static str, Fact>,
    /// The language they are told in.
    pub language: Language,
}

impl Told {
    /// Whether a fact is there.
    pub fn has(&self, name: &str) -> bool {
        self.facts.contains_key(name)
    }

    /// What must stay letter by letter in other words.
    pub fn fixed(&self) -> Fixed {
        let text = |name: &&str| self.facts.get(*name).map(|fact| fact.text.clone());
        let signed = ["signature", "owner", "our_company", "name"];
        let lines = signed.iter().filter_map(text);
        let names = [
            "name",
            "company",
            "owner",
            "owner_email",
            "our_company",
            "show",
            "stand",
            "products",
        ];
        Fixed {
            signed: lines
                .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
                .collect(),
            names: names.iter().filter_map(text).collect(),
            promise: text(&"next_step").unwrap_or_default(),
        }
    }

    fn put(&mut self, name: &'static str, text: &str, grounds: Vec<Ground>) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.facts.insert(name, Fact { text, grounds });
        }
    }

    /// FNV-1a over everything the draft says and whom it goes to. Not for secrets: it tells that something changed.
    pub fn checksum(&self, to: &Visitor, card: &Card) -> String {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        let mut take = |text: &str| {
            for byte in text.bytes().chain([0]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        };
        take(to.email.trim());
        take(&format!("{:?}", card.consent.0));
        for (name, fact) in &self.facts {
            // The brand's own words may be put better without anybody having to read every draft again.
            if !matches!(
                *name,
                "tone" | "signature" | "show" | "stand" | "our_company"
            ) {
                take(name);
                take(&fact.text);
            }
        }
        format!("{hash:016x}")
    }
}

/// The facts of a card for one person; `met` is the day of the talk.
pub fn tell(
    crowd: &Crowd,
    (card, to): (&Card, Option<(VisitorId, &Visitor)>),
    brand: &Brand,
    met: Day,
) -> Told {
    let others = crowd.without(card, to.map(|(id, _)| id));
    let country = to.map_or("", |(_, visitor)| visitor.country.as_str());
    let language = brand
        .voice
        .language
        .unwrap_or(Language::of_country(country));
    let mut told = Told {
        facts: BTreeMap::new(),
        language,
    };
    told.put("show", &brand.show, Vec::new());
    told.put("stand", &brand.stand, Vec::new());
    told.put("day", &words::day(language, met), Vec::new());
    told.put("our_company", &brand.company, Vec::new());
    told.put("tone", brand.voice.tone.word(), Vec::new());
    if let Some((_, visitor)) = to {
        person(&mut told, visitor);
    }
    said(&mut told, card, &others);
    promised(&mut told, card, &others);
    if let Some(owner) = &card.owner {
        let why = vec![Ground::Noted(owner.rule.clone())];
        told.put("owner", &owner.owner, why.clone());
        let listed = brand.owners.iter().find(|(name, _)| *name == owner.owner);
        told.put("owner_email", listed.map_or("", |(_, email)| email), why);
    }
    let signature: Vec<&str> = brand.voice.signature.lines().map(str::trim).collect();
    if !brand.voice.signature.trim().is_empty() {
        let text = signature.join("\n").trim().to_owned();
        told.facts.insert(
            "signature",
            Fact {
                text,
                grounds: Vec::new(),
            },
        );
    }
    told
}

fn person(told: &mut Told, visitor: &Visitor) {
    let from = match visitor.source {
        Source::Scan => "the badge",
        Source::Typed => "typed at the booth",
        Source::Voice => return,
    };
    let grounds = || vec![Ground::Noted(from.to_owned())];
    told.put("name", &visitor.name, grounds());
    // A name of one word is as often a family name.
    if let Some((first, _)) = visitor.name.trim().split_once(' ') {
        told.put("first_name", first, grounds());
    }
    told.put("company", &visitor.company, grounds());
}

/// What they said: the newest words of each kind that are sure, speak for us and name nobody else.
fn said(told: &mut Told, card: &Card, others: &Names<'_>) {
    let language = told.language;
    let of_kind = |kind| sure(card, others).filter(move |signal| signal.kind == kind);
    let mut quoted: Vec<Stamp> = Vec::new();
    // The need comes last: there are most of those, so another one is found where the newest words are told already.
    for (name, kind) in [
        ("current_solution", SignalKind::CurrentSolution),
        ("timeline", SignalKind::Timeline),
        ("need", SignalKind::Need),
    ] {
        let fresh = |signal: &&Signal| !quoted.contains(&signal.utterance);
        if let Some(signal) = of_kind(kind).filter(fresh).last() {
            quoted.push(signal.utterance);
            let quote = signal
                .quote
                .trim()
                .trim_end_matches(',')
                .replace(['"', '“', '”'], "'");
            told.put(name, &quote, vec![ground(card, signal)]);
        }
    }
    let mut products: Vec<String> = Vec::new();
    let mut grounds = Vec::new();
    for signal in of_kind(SignalKind::ProductInterest) {
        if !signal.value.is_empty() && !products.contains(&signal.value) {
            products.push(signal.value.clone());
            grounds.push(ground(card, signal));
        }
    }
    told.put("products", &words::list(language, &products), grounds);
}

/// What was promised: as somebody at the booth wrote it down, else as both sides agreed on it in the talk.
fn promised(told: &mut Told, card: &Card, others: &Names<'_>) {
    let steps = sure(card, others).filter(|signal| signal.kind == SignalKind::NextStep);
    // What was declined after it was agreed is promised no more.
    let agreed = card.agreed().and(steps.last());
    match &card.next_step {
        Some(step) if !others.are_in(&step.text) => {
            // Their words prove the promise where it was taken over as they said it, and no other.
            let theirs = agreed.filter(|signal| signal.value.trim() == step.text.trim());
            let mut grounds: Vec<Ground> =
                theirs.map(|one| ground(card, one)).into_iter().collect();
            grounds.push(Ground::Noted("noted by hand".to_owned()));
            let due = step.due.map(|day| words::day(told.language, day));
            told.put("due", &due.unwrap_or_default(), grounds.clone());
            let text = step.text.trim_end_matches(['.', ' ']);
            told.put("next_step", without_yes(text), grounds);
        }
        Some(_) => {}
        None => {
            if let Some(signal) = agreed {
                let text = signal.value.trim_end_matches(['.', ' ']);
                told.put("next_step", without_yes(text), vec![ground(card, signal)]);
            }
        }
    }
}

/// What was agreed without the yes before it: a mail says `as agreed`.
fn without_yes(text: &str) -> &str {
    const YES: [&str; 12] = [
        "yes", "yeah", "ok", "okay", "sure", "great", "perfect", "alright", "good", "ja", "gut",
        "gerne",
    ];
    let mut rest = text.trim();
    while let Some((first, after)) = rest.split_once([',', '.', '!']) {
        let yes = YES.contains(&first.trim().to_lowercase().as_str());
        if !yes || after.trim().is_empty() {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

/// Signals that may be told, in the order they were said.
fn sure<'c>(card: &'c Card, others: &'c Names<'c>) -> impl Iterator<Item = &'c Signal> {
    card.signals.iter().filter(move |signal| {
        let said = card
            .utterances
            .iter()
            .find(|said| said.id == signal.utterance);
        // A recogniser that does not say how sure it is writes 0.
        let well = said.is_some_and(|said| said.confidence == 0.0 || said.confidence >= HEARD_WELL);
        well && signal.confidence >= SURE
            && signal.polarity == Polarity::Positive
            && signal.value != "none"
            && !signal.quote.trim().is_empty()
            && !others.are_in(&signal.quote)
            && !others.are_in(&signal.value)
    })
}

fn ground(card: &Card, signal: &Signal) -> Ground {
    let said = card
        .utterances
        .iter()
        .find(|said| said.id == signal.utterance);
    Ground::Said {
        kind: signal.kind,
        utterance: signal.utterance,
        at_ms: said.map_or(signal.utterance.wall_ms, |said| said.start_ms),
        quote: signal.quote.clone(),
    }
}
