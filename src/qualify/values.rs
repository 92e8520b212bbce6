//! The value of a signal by rules: whose sum, which month, which product, yes or no.

use crate::domain::{Playbook, Polarity, SignalKind};

use super::cues::Cue;
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
    /// The playbook.
    pub playbook: &'a Playbook,
}

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

    fn before(k: usize) -> impl Iterator<Item = usize> {
        (0..k).rev().take(3)
    }

    fn budget(&self, k: usize) -> String {
        let sum = self.best_sum(k);
        if let Some(sum) = sum {
            return sum;
        }
        let any = |cue| self.own(k).take(3).any(|at| self.has(at, cue));
        if any(Cue::Undisclosed) {
            "undisclosed"
        } else if any(Cue::Unallocated) && !any(Cue::Approved) {
            "unallocated"
        } else if any(Cue::NoMoney)
            || self.talk.sentences[k]
                .words
                .first()
                .is_some_and(|word| word.text == "no")
        {
            "none"
        } else {
            "allocated"
        }
        .to_owned()
    }

    /// The sum meant: the last of a correction, else the first sure one; bare numbers are thousands.
    fn best_sum(&self, k: usize) -> Option<String> {
        let here: Vec<&Sum> = self
            .own(k)
            .take(3)
            .flat_map(|at| self.talk.sums[at].iter())
            .collect();
        let corrected = self.own(k).take(2).any(|at| self.has(at, Cue::Correction));
        let sure: Vec<&&Sum> = here.iter().filter(|sum| sum.sure).collect();
        let pick = if corrected { sure.last() } else { sure.first() };
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

    /// The currency said last before, else the show's country's.
    fn currency(&self, k: usize) -> &'static str {
        let said = (0..=k)
            .rev()
            .take(14)
            .flat_map(|at| self.talk.sums[at].iter())
            .find_map(|sum| sum.currency);
        said.unwrap_or_else(|| {
            let country = self
                .playbook
                .event
                .as_ref()
                .map_or("US", |event| event.country.as_str());
            money::currency_of(country)
        })
    }

    fn authority(&self, k: usize) -> &'static str {
        let any = |cue| self.own(k).take(2).any(|at| self.has(at, cue));
        if any(Cue::Decides) && !any(Cue::NoSay) {
            "decision_maker"
        } else if any(Cue::Influences) {
            "influencer"
        } else if any(Cue::Decides) {
            "decision_maker"
        } else {
            "none"
        }
    }

    fn need(&self, k: usize) -> String {
        if self.has(k, Cue::NoPain) {
            return "none".to_owned();
        }
        shorten(self.talk.text(k))
    }

    fn timeline(&self, k: usize) -> String {
        let here: Vec<&When> = self
            .own(k)
            .take(3)
            .flat_map(|at| self.talk.times[at].iter())
            .collect();
        let corrected = self.own(k).take(3).any(|at| self.has(at, Cue::Correction));
        let best = here.iter().map(|when| when.weight).max();
        let strong: Vec<&&When> = here
            .iter()
            .filter(|when| Some(when.weight) == best)
            .collect();
        let pick = if corrected {
            strong.last()
        } else {
            strong.first()
        };
        if let Some(when) = pick {
            return when.value.clone();
        }
        if self.own(k).take(2).any(|at| self.has(at, Cue::NoDate)) {
            return "none".to_owned();
        }
        let earlier = Self::before(k).find_map(|at| self.talk.times[at].last());
        earlier.map_or_else(|| "none".to_owned(), |when| when.value.clone())
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
        if self.has(k, Cue::Declines) {
            return "declined".to_owned();
        }
        shorten(self.talk.text(k))
    }

    fn refuses(&self, k: usize) -> bool {
        let first = self.talk.sentences[k]
            .words
            .first()
            .map(|word| word.text.as_str());
        self.has(k, Cue::NoContact)
            || matches!(first, Some("no" | "nope" | "nah" | "don't" | "please") if !self.has(k, Cue::MayContact))
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
