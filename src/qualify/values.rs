//! The value of a signal by rules: whose sum, which month, which product, yes or no.

use crate::domain::{Playbook, Polarity, SignalKind};

use super::cues::Cue;
use super::judged::Judged;
use super::money;
use super::names::{DOUBTFUL, Named};
use super::talk::Talk;
use super::topic;
use super::when::{Calendar, When, events};
use super::which::{self, Candidate};
use super::words::Word;

/// What pushback is about, and the words that tell it; the first that fits counts.
#[rustfmt::skip] // a line a label
const OBJECTIONS: [(&str, &str); 8] = [
    ("price", "expensive price cost costs money much steep pay paying cheaper dear afford"),
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
    pub judged: &'a Judged<'a>,
    /// The playbook.
    pub playbook: &'a Playbook,
    /// What times count from: the day of the show.
    pub calendar: Calendar,
    /// The visitor's account, an index into the playbook's.
    pub account: Option<usize>,
}

/// Words that open a yes.
const YES: [&str; 9] = [
    "yes",
    "yeah",
    "yep",
    "yup",
    "sure",
    "ok",
    "okay",
    "certainly",
    "gladly",
];

/// Words that take one back, beside the shortened "not".
const NO: [&str; 9] = [
    "no", "not", "never", "nothing", "none", "nobody", "without", "rather", "but",
];

/// From which share of a time's likelihood there is surely none, whatever event is named.
const SURELY: f32 = 0.85;

/// What plain words add to the log-odds of no money, and of money that nobody has set aside.
const NOTHING: f32 = 1.0;
const NOT_YET: f32 = 2.0;
/// And what a sum with its currency adds to those of an amount, and one that is gone, or none at all, takes from them.
const IN_COINS: f32 = 1.5;
const GONE: f32 = -3.0;
const NO_SUM: f32 = -9.0;

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
        let sum = self.best_sum(k);
        let held = sum.as_ref().map_or(NO_SUM, |sum| sum.1);
        let class = self.budget_class(k, held);
        // "We have a budget. It's forty thousand dollars."
        let plainly = || {
            let mut said = self.statement(k).flat_map(|at| &self.talk.plain[at]);
            held > 0.0 && said.any(|one| *one == (SignalKind::Budget, "allocated"))
        };
        if (class == "amount" || class == "allocated" && plainly())
            && let Some((sum, _)) = sum
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

    /// The likeliest of the finer values: what the trained layer holds, and the words that tell it plainly.
    fn budget_class(&self, k: usize, held: f32) -> &'static str {
        let said = self.talk.sentences[k].said;
        let any = |cue| self.statement(k).any(|at| self.has(at, cue));
        let odds = |value: &str| {
            let likely = self.judged.likely(said, SignalKind::Budget, value);
            let told = match value {
                "none" if any(Cue::NoMoney) => NOTHING,
                "unallocated" if any(Cue::Unallocated) => NOT_YET,
                "amount" => held,
                _ => 0.0,
            };
            (likely / (1.0 - likely).max(1e-6)).max(1e-9).ln() + told
        };
        let classes = ["none", "unallocated", "allocated", "amount"];
        let best = classes
            .into_iter()
            .max_by(|one, other| odds(one).total_cmp(&odds(other)));
        best.unwrap_or("allocated")
    }

    /// The sum meant, and what it adds to the log-odds of an amount; bare numbers are thousands.
    fn best_sum(&self, k: usize) -> Option<(String, f32)> {
        let found = which::sums(self.talk, self.statement(k), self.calendar.today().year);
        let said = self.talk.sentences[k].said;
        let echoed: Vec<f64> = Self::before(k)
            .filter(|&at| self.talk.sentences[at].said + 1 == said)
            .flat_map(|at| self.talk.sums[at].iter().map(|sum| sum.low))
            .collect();
        let (sum, held) = which::sum(self.talk, &found, &echoed)?;
        let held = match (held, sum.currency) {
            (false, _) => GONE,
            (true, Some(_)) => IN_COINS,
            (true, None) => 0.0,
        };
        let mut sum = sum.clone();
        let monthly = self.is_monthly(k, sum.sure);
        if sum.period.is_none() && monthly {
            sum.period = Some(money::Period::Month);
        }
        if let Some(first) = found.iter().map(|one| one.what).find(|one| one.sure) {
            sum.currency = sum.currency.or(first.currency);
            let alike = |low: f64| first.low < low * 4.0 && low < first.low * 4.0;
            let times = [1.0, 1e3, 1e5, 1e6, 1e7];
            if let Some(times) = times.into_iter().find(|times| alike(sum.low * times)) {
                sum.period = sum.period.or(first.period);
                if sum.low < 1000.0 {
                    sum.low *= times;
                    sum.high *= times;
                }
            }
        }
        let near_thousand = Self::before(k).chain(self.own(k)).any(|at| {
            self.talk.sums[at]
                .iter()
                .any(|sum| sum.sure && sum.low >= 1000.0)
        });
        let small = sum.period == Some(money::Period::Month) && (monthly || !near_thousand);
        let thousand = || {
            let mut words = self
                .statement(k)
                .flat_map(|at| &self.talk.sentences[at].words);
            words.any(|word| word.text == "thousand")
        };
        if sum.low < 1000.0
            && (!sum.sure && !small || sum.period.is_none() && sum.low >= 5.0 && thousand())
        {
            sum.low *= 1000.0;
            sum.high *= 1000.0;
        }
        let currency = self.currency(k);
        let dollars = matches!(currency, Some("CAD" | "AUD" | "NZD" | "SGD"));
        if dollars && sum.currency == Some("USD") {
            sum.currency = None;
        }
        sum.currency = sum.currency.or(currency);
        Some((sum.value(), held))
    }

    /// "Six hundred. A month."; where it is not plainly money, also when the question was for a month.
    fn is_monthly(&self, k: usize, sure: bool) -> bool {
        let says = |at: usize| {
            let texts = self.talk.sentences[at].texts();
            let month = texts
                .windows(2)
                .any(|two| matches!(two, ["a" | "per" | "each" | "every" | "the", "month"]));
            (month || texts.contains(&"monthly")) && (!sure || texts.len() <= 3)
        };
        let mut asked = Self::before(k).take_while(|&at| self.talk.sentences[at].asks);
        self.statement(k).any(says) || !sure && asked.any(says)
    }

    /// The currency said with it, else that of the visitor's country, else the one said last before. None where nobody said: a
    /// guess by the show's own country would be wrong for most who came from abroad.
    fn currency(&self, k: usize) -> Option<&'static str> {
        let mut spoken = Vec::new();
        for at in self.statement(k) {
            let words = &self.talk.sentences[at].words;
            spoken.extend(
                words
                    .iter()
                    .filter_map(|word| money::spoken_currency(&word.text)),
            );
        }
        // "Four thousand dollars, Canadian."
        let finer = spoken.iter().find(|code| **code != "USD");
        let here = finer.or(spoken.first()).copied();
        let text = self.talk.said[self.talk.sentences[k].said].text;
        let dollars = text.contains(" US") && !text.contains(" USA");
        let home = || {
            let account = self.playbook.accounts.get(self.account?)?;
            money::currency_of(&account.country)
        };
        let said = || {
            let before = (0..=k).rev().take(14);
            before
                .flat_map(|at| self.talk.sums[at].iter())
                .find_map(|sum| sum.currency)
        };
        here.map(|said| money::shared(said, home()))
            .or(dollars.then_some("USD"))
            .or_else(|| self.currency_asked(k))
            .or_else(home)
            .or_else(said)
    }

    /// "Eight hundred thousand." "Is that dollars?" "No, renminbi.": the last currency of the next line, if it asks after it.
    fn currency_asked(&self, k: usize) -> Option<&'static str> {
        let next = self.talk.sentences[k].said + 1;
        let sentences = self.talk.sentences.iter();
        let asked: Vec<_> = sentences.filter(|one| one.said == next).collect();
        let named = |one: &super::words::Sentence| {
            let words = one.words.iter().rev();
            words.clone().find_map(|word| {
                let dollars = matches!(word.text.as_str(), "dollar" | "dollars");
                let sing = words.clone().any(|word| word.text == "sing");
                money::spoken_currency(&word.text)
                    .or((dollars && sing).then_some("SGD"))
                    .or(dollars.then_some("USD"))
            })
        };
        let first = asked
            .iter()
            .position(|one| one.asks && named(one).is_some())?;
        asked[first..].iter().rev().find_map(|one| named(one))
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
        let words: Vec<&[Word]> = self
            .statement(k)
            .map(|at| self.talk.sentences[at].words.as_slice())
            .collect();
        let event = || words.iter().find_map(|words| events::event(words));
        if self.is(k, SignalKind::Timeline, "none") {
            let said = self.talk.sentences[k].said;
            let none = self.judged.likely(said, SignalKind::Timeline, "none");
            let sure = none > self.judged.kind(said, SignalKind::Timeline) * SURELY;
            return event()
                .filter(|_| !sure)
                .unwrap_or_else(|| "none".to_owned());
        }
        if let Some(end) = self.calendar.term(&words) {
            return end;
        }
        if let Some(when) = self.time(k) {
            return when.value.clone();
        }
        if let Some(event) = event() {
            return event;
        }
        if self.own(k).take(2).any(|at| self.has(at, Cue::NoDate)) {
            return "none".to_owned();
        }
        let earlier = Self::before(k).find_map(|at| self.talk.times[at].last());
        earlier.map_or_else(|| "none".to_owned(), |when| when.value.clone())
    }

    /// The time meant.
    fn time(&self, k: usize) -> Option<&When> {
        let found: Vec<Candidate<'_, When>> = self
            .statement(k)
            .flat_map(|at| {
                self.talk.times[at]
                    .iter()
                    .map(move |what| Candidate { at, what })
            })
            .collect();
        which::time(self.talk, &found)
    }

    fn solution(&self, k: usize) -> String {
        self.competitor(k)
            .unwrap_or_else(|| shorten(self.talk.text(k)))
    }

    fn competitor(&self, k: usize) -> Option<String> {
        self.competitors(k).into_iter().next()
    }

    /// The competitors named in sentence `k`, each once; what merely sounds like one only where nothing else is there.
    pub fn competitors(&self, k: usize) -> Vec<String> {
        let surest = self.talk.competitor(k);
        let least = if surest < DOUBTFUL { surest } else { DOUBTFUL };
        let mut names: Vec<String> = Vec::new();
        for mention in &self.talk.mentions[k] {
            let Named::Competitor(at) = mention.what else {
                continue;
            };
            let name = self.playbook.competitors.get(at).map(|one| &one.name);
            if let Some(name) = name.filter(|name| mention.score >= least && !names.contains(name))
            {
                names.push(name.clone());
            }
        }
        names
    }

    fn product(&self, k: usize) -> String {
        topic::product(self.talk, self.talk.sentences[k].said, self.playbook)
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
        self.fine(k, SignalKind::OptIn) == "no" && !self.assents(k)
    }

    /// "Sure, put me on your list": opens with a yes, and nothing in it takes that back.
    fn assents(&self, k: usize) -> bool {
        let first = self.statement(k).next().unwrap_or(k);
        let opens = self.talk.sentences[first].words.first();
        opens.is_some_and(|word| YES.contains(&word.text.as_str()))
            && self.statement(k).all(|at| {
                let words = &self.talk.sentences[at].words;
                let denies = |text: &str| NO.contains(&text) || text.ends_with("n't");
                !self.has(at, Cue::NoContact) && !words.iter().any(|word| denies(&word.text))
            })
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
