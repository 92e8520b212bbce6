//! The value of a signal by rules: whose sum, which month, which product, yes or no.

use crate::domain::{Playbook, Polarity, SignalKind};

use super::cues::Cue;
use super::judged::Judged;
use super::money::{self, Sum};
use super::names::Named;
use super::talk::Talk;
use super::when::When;

/// What pushback is about, and the words that tell it; the first that fits counts.
#[rustfmt::skip] // a line a label
const OBJECTIONS: [(&str, &str); 8] = [
    ("price", "expensive price cost costs money much steep pay paying cheaper dear"),
    ("security", "security secure cloud data hosted server servers gdpr privacy"),
    ("integration", "integrate integration interface sap erp api connect talk"),
    ("effort", "onboarding training effort implementation months setup install"),
    ("trust", "promised last again believe trust heard said"),
    ("contract", "contract locked lock term years seat"),
    ("adoption", "drivers people union staff older won't they"),
    ("support", "support call back service language"),
];

/// What the values are read from.
pub struct Reader<'a> {
    /// The talk.
    pub talk: &'a Talk<'a>,
    /// The cues of each sentence.
    pub cues: &'a [Vec<Cue>],
    /// What the trained layer makes of it.
    pub judged: &'a Judged,
    /// The playbook.
    pub playbook: &'a Playbook,
    /// The visitor's account, an index into the playbook's.
    pub account: Option<usize>,
}

/// A sum that is there counts even if something else is likelier by this much: it is seldom said for nothing.
const AMOUNT: f32 = 0.4;

impl Reader<'_> {
    /// The value and polarity of a signal of this kind in sentence `k`.
    pub fn value(&self, kind: SignalKind, k: usize) -> (String, Polarity) {
        let value = match kind {
            SignalKind::Budget => self.budget(k),
            SignalKind::Authority => self.authority(k).to_owned(),
            SignalKind::Need => self.need(k),
            SignalKind::Timeline => self.timeline(k),
            SignalKind::CurrentSolution => self.solution(k),
            SignalKind::Competitor => self.competitor(k).unwrap_or_default(),
            SignalKind::Objection => self.objection(k).to_owned(),
            SignalKind::ProductInterest => self.product(k),
            SignalKind::NextStep => self.step(k),
            SignalKind::OptIn => if self.refuses(k) { "no" } else { "yes" }.to_owned(),
        };
        let negative = matches!(value.as_str(), "none" | "unallocated" | "no" | "declined");
        (
            value,
            if negative {
                Polarity::Negative
            } else {
                Polarity::Positive
            },
        )
    }

    fn has(&self, k: usize, cue: Cue) -> bool {
        self.cues[k].contains(&cue)
    }

    /// The sentences of the same utterance from `k` on, then `k` itself's neighbours: where a value may stand.
    fn own(&self, k: usize) -> impl Iterator<Item = usize> + use<'_> {
        let said = self.talk.sentences[k].said;
        (k..self.talk.sentences.len()).take_while(move |&at| self.talk.sentences[at].said == said)
    }

    /// The sentences of the same utterance in which its last question is answered; all where none is asked.
    fn statement(&self, k: usize) -> impl Iterator<Item = usize> + use<'_> {
        let sentences = &self.talk.sentences;
        let said = sentences[k].said;
        let within = || (0..sentences.len()).filter(move |&at| sentences[at].said == said);
        let turn = within().rfind(|&at| {
            sentences[at].asks && !sentences[at].last && !sentences[at + 1].asks && at < k
        });
        within().filter(move |&at| turn.is_none_or(|turn| at > turn))
    }

    fn before(k: usize) -> impl Iterator<Item = usize> {
        (0..k).rev().take(3)
    }

    fn fine(&self, k: usize, kind: SignalKind) -> &'static str {
        self.judged.fine(self.talk.sentences[k].said, kind).0
    }

    fn is(&self, k: usize, kind: SignalKind, value: &str) -> bool {
        let said = self.talk.sentences[k].said;
        let kind_likely = self.judged.kind(said, kind);
        self.judged.likely(said, kind, value) > kind_likely * 0.5
    }

    fn budget(&self, k: usize) -> String {
        let class = self.fine(k, SignalKind::Budget);
        let said = self.talk.sentences[k].said;
        let amount = self.judged.likely(said, SignalKind::Budget, "amount");
        let other = self.judged.likely(said, SignalKind::Budget, class);
        if amount > other * AMOUNT
            && let Some(sum) = self.best_sum(k)
        {
            return sum;
        }
        let any = |cue| self.own(k).take(3).any(|at| self.has(at, cue));
        match class {
            "none" | "unallocated" => class,
            _ if any(Cue::Undisclosed) => "undisclosed",
            _ => "allocated",
        }
        .to_owned()
    }

    /// The sum meant: the last of a correction, else the first sure one; bare numbers are thousands.
    fn best_sum(&self, k: usize) -> Option<String> {
        let here: Vec<&Sum> = self
            .statement(k)
            .flat_map(|at| self.talk.sums[at].iter())
            .collect();
        let corrected =
            self.own(k).take(2).any(|at| self.has(at, Cue::Correction)) || self.sum_taken_back(k);
        let sure: Vec<&&Sum> = here.iter().filter(|sum| sum.sure).collect();
        let monthly = here
            .iter()
            .find(|sum| sum.period == Some(money::Period::Month));
        let pick = if corrected { sure.last() } else { sure.first() };
        let pick = pick.or(monthly.as_ref());
        let near_thousand = Self::before(k).chain(self.own(k)).any(|at| {
            self.talk.sums[at]
                .iter()
                .any(|sum| sum.sure && sum.low >= 1000.0)
        });
        let bare = || {
            let sum = here.iter().find(|sum| sum.low >= 2.0)?;
            let mut sum = (*sum).clone();
            let small =
                sum.period == Some(money::Period::Month) && sum.low < 1000.0 && !near_thousand;
            if !small && sum.low < 1000.0 {
                sum.low *= 1000.0;
                sum.high *= 1000.0;
            }
            Some(sum)
        };
        let mut sum = match pick {
            Some(sum) => (**sum).clone(),
            None => bare()?,
        };
        if sum.low < 1000.0
            && sum.period.is_none()
            && sum.low >= 5.0
            && self.talk.sentences[k]
                .words
                .iter()
                .any(|word| word.text == "thousand")
        {
            sum.low *= 1000.0;
            sum.high *= 1000.0;
        }
        Some(sum.value(self.currency(k)))
    }

    /// "Thirty. No, thirty-five": whether between two sums the first is taken back.
    fn sum_taken_back(&self, k: usize) -> bool {
        let mut seen = false;
        for at in self.statement(k) {
            let sums = &self.talk.sums[at];
            let opens = self.talk.sentences[at].words.first();
            let back =
                opens.is_some_and(|word| matches!(word.text.as_str(), "no" | "wait" | "sorry"));
            if seen && back && !sums.is_empty() {
                return true;
            }
            seen |= !sums.is_empty();
        }
        false
    }

    /// The currency said with it, else that of the visitor's country, else the one said last before, else the show's.
    fn currency(&self, k: usize) -> &'static str {
        let here = self.statement(k).find_map(|at| {
            let texts = self.talk.sentences[at].texts();
            texts.iter().find_map(|word| money::spoken_currency(word))
        });
        let text = self.talk.said[self.talk.sentences[k].said].text;
        let dollars = text.contains(" US") && !text.contains(" USA");
        let home = || {
            let account = self.playbook.accounts.get(self.account?)?;
            (!account.country.is_empty()).then(|| money::currency_of(&account.country))
        };
        let said = || {
            let before = (0..=k).rev().take(14);
            before
                .flat_map(|at| self.talk.sums[at].iter())
                .find_map(|sum| sum.currency)
        };
        let show = || {
            let event = self.playbook.event.as_ref();
            money::currency_of(event.map_or("US", |event| event.country.as_str()))
        };
        here.or(dollars.then_some("USD"))
            .or_else(home)
            .or_else(said)
            .unwrap_or_else(show)
    }

    fn authority(&self, k: usize) -> &'static str {
        self.fine(k, SignalKind::Authority)
    }

    fn need(&self, k: usize) -> String {
        if self.is(k, SignalKind::Need, "none") {
            return "none".to_owned();
        }
        shorten(self.talk.text(k))
    }

    fn timeline(&self, k: usize) -> String {
        if self.is(k, SignalKind::Timeline, "none") {
            return "none".to_owned();
        }
        if let Some(when) = self.time(k) {
            return when.value.clone();
        }
        if self.own(k).take(2).any(|at| self.has(at, Cue::NoDate)) {
            return "none".to_owned();
        }
        let earlier = Self::before(k).find_map(|at| self.talk.times[at].last());
        earlier.map_or_else(|| "none".to_owned(), |when| when.value.clone())
    }

    /// The time meant: the strongest that is not denied; where one is corrected, the last.
    fn time(&self, k: usize) -> Option<&When> {
        let mut all: Vec<(usize, &When)> = self
            .statement(k)
            .flat_map(|at| self.talk.times[at].iter().map(move |when| (at, when)))
            .collect();
        let affirmed: Vec<(usize, &When)> = all
            .iter()
            .filter(|(at, when)| !self.is_denied(*at, when))
            .copied()
            .collect();
        if !affirmed.is_empty() {
            all = affirmed;
        }
        let best = all.iter().map(|one| one.1.weight).max();
        all.retain(|one| Some(one.1.weight) == best);
        let (first, last) = (all.first()?, all.last()?);
        let corrected = self.takes_back(*first, *last);
        Some(if corrected { last.1 } else { first.1 })
    }

    /// "Not this winter", "we can't do it in January".
    fn is_denied(&self, at: usize, when: &When) -> bool {
        let words = &self.talk.sentences[at].words[..when.words.0];
        words
            .iter()
            .rev()
            .take(4)
            .any(|word| word.text == "not" || word.text.ends_with("n't"))
    }

    /// Whether what was said first is taken back before what was said last: "January. No, sorry, February."
    fn takes_back(&self, first: (usize, &When), last: (usize, &When)) -> bool {
        let back =
            |text: &str| matches!(text, "no" | "sorry" | "wait" | "excuse" | "hang" | "moved");
        (first.0..=last.0).any(|at| {
            let words = &self.talk.sentences[at].words;
            let from = if at == first.0 { first.1.words.1 } else { 0 };
            let to = if at == last.0 {
                last.1.words.0
            } else {
                words.len()
            };
            words
                .get(from..to)
                .is_some_and(|words| words.iter().any(|word| back(&word.text)))
        })
    }

    fn solution(&self, k: usize) -> String {
        self.competitor(k)
            .unwrap_or_else(|| shorten(self.talk.text(k)))
    }

    fn competitor(&self, k: usize) -> Option<String> {
        self.talk.mentions[k]
            .iter()
            .find_map(|mention| match mention.what {
                Named::Competitor(at) => self
                    .playbook
                    .competitors
                    .get(at)
                    .map(|one| one.name.clone()),
                Named::Product(_) | Named::Account(_) | Named::Us => None,
            })
    }

    fn product(&self, k: usize) -> String {
        self.talk
            .product_near(k, self.playbook)
            .and_then(|at| self.playbook.products.get(at))
            .map(|product| product.name.clone())
            .unwrap_or_default()
    }

    fn objection(&self, k: usize) -> &'static str {
        let words = self.talk.sentences[k].texts();
        OBJECTIONS
            .iter()
            .find(|(_, list)| list.split(' ').any(|word| words.contains(&word)))
            .map_or("doubt", |&(label, _)| label)
    }

    fn step(&self, k: usize) -> String {
        if self.is(k, SignalKind::NextStep, "declined") {
            return "declined".to_owned();
        }
        shorten(self.talk.text(k))
    }

    fn refuses(&self, k: usize) -> bool {
        self.fine(k, SignalKind::OptIn) == "no"
    }
}

/// A quote short enough for a chip: at most twelve words.
pub fn shorten(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let kept = words.iter().take(12).copied().collect::<Vec<_>>().join(" ");
    let kept = kept.trim_end_matches(['.', ',', ';', '!', '?']);
    if words.len() > 12 {
        format!("{kept} ...")
    } else {
        kept.to_owned()
    }
}
