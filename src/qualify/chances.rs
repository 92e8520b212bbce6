//! How likely each fact of the rating guide is, by all that was said and not only by what is sure; and the rating that
//! follows.

use crate::domain::{Heat, Signal, SignalKind};

use super::judged::Judged;
use super::model::heat::{self, INPUTS, Weights};
use super::rating::Facts;
use super::talk::Talk;
use super::when::Calendar;

/// Where the guide gives one rating with at least this share, that is the rating.
const SURE: f32 = 0.85;

/// A time that is likely said, but not likely enough to be read, is near in so many of all cases.
const NEAR: f32 = 0.4;

/// From which likelihood a fact that no signal tells is named among the reasons.
const PERHAPS: f32 = 0.35;

/// Facts that are weighed; the day of a step and the account are known or not.
const WEIGHED: usize = 9;

const NEED: usize = 0;
const NO_NEED: usize = 1;
const AUTHORITY: usize = 2;
const NO_AUTHORITY: usize = 3;
const BUDGET: usize = 4;
const NEAR_TIME: usize = 5;
const FAR_TIME: usize = 6;
const STEP: usize = 7;
const INTEREST: usize = 8;

/// What is likely of a talk.
#[derive(Clone, Debug, PartialEq)]
pub struct Chances {
    likely: [f32; WEIGHED],
    /// What the signals tell.
    told: Facts,
    /// How many utterances there are.
    length: usize,
}

impl Chances {
    /// Weighs a talk; `signals` are those from their thresholds on, `target` whether the visitor acts for a target account.
    pub(super) fn new(
        judged: &Judged<'_>,
        talk: &Talk<'_>,
        signals: &[Signal],
        calendar: Calendar,
        target: bool,
    ) -> Self {
        let mut chances = Self {
            likely: [0.0; WEIGHED],
            told: Facts::new(signals, calendar, target),
            length: talk.said.len(),
        };
        for said in 0..chances.length {
            chances.hear(judged, said);
        }
        let times = || {
            signals
                .iter()
                .filter(|one| one.kind == SignalKind::Timeline)
        };
        for signal in times() {
            if calendar.is_near(&signal.value) {
                chances.add(NEAR_TIME, signal.confidence);
            } else if signal.value != "none" {
                chances.add(FAR_TIME, signal.confidence);
            }
        }
        let told = |said: usize| {
            let near = said.saturating_sub(1)..(said + 2).min(talk.said.len());
            times().any(|one| {
                talk.said[near.clone()]
                    .iter()
                    .any(|said| said.id == one.utterance)
            })
        };
        for said in (0..chances.length).filter(|&said| !told(said)) {
            chances.add(NEAR_TIME, judged.kind(said, SignalKind::Timeline) * NEAR);
        }
        chances
    }

    /// What one utterance adds.
    fn hear(&mut self, judged: &Judged<'_>, said: usize) {
        let kind = |kind| judged.kind(said, kind);
        let share = |kind, value| {
            let all = judged.kind(said, kind).max(1e-3);
            (judged.likely(said, kind, value) / all).min(1.0)
        };
        let none = share(SignalKind::Need, "none");
        self.add(NEED, kind(SignalKind::Need) * (1.0 - none));
        self.add(NO_NEED, kind(SignalKind::Need) * none);
        let parts = |kind, values: &[&str]| -> Vec<f32> {
            let likely: Vec<f32> = values
                .iter()
                .map(|value| judged.likely(said, kind, value))
                .collect();
            let all = likely.iter().sum::<f32>() + 1e-6;
            likely.iter().map(|one| one / all).collect()
        };
        let parts_in = parts(
            SignalKind::Authority,
            &["decision_maker", "influencer", "none"],
        );
        self.add(
            AUTHORITY,
            kind(SignalKind::Authority) * (parts_in[0] + parts_in[1]),
        );
        self.add(NO_AUTHORITY, kind(SignalKind::Authority) * parts_in[2]);
        let money = parts(
            SignalKind::Budget,
            &["none", "unallocated", "allocated", "amount"],
        );
        self.add(BUDGET, kind(SignalKind::Budget) * (money[2] + money[3]));
        let declined = share(SignalKind::NextStep, "declined");
        self.add(STEP, kind(SignalKind::NextStep) * (1.0 - declined));
        self.add(INTEREST, kind(SignalKind::ProductInterest));
    }

    /// One more place where a fact may be told.
    fn add(&mut self, fact: usize, likely: f32) {
        let likely = likely.clamp(0.0, 0.995);
        self.likely[fact] = 1.0 - (1.0 - self.likely[fact]) * (1.0 - likely);
    }

    /// The shares of cold, warm and hot by the guide, over all that may be so.
    fn by_guide(&self) -> [f32; 3] {
        let mut shares = [0.0; 3];
        for which in 0..1_u32 << WEIGHED {
            let is = |fact: usize| which >> fact & 1 == 1;
            let weight: f32 = (0..WEIGHED)
                .map(|fact| {
                    if is(fact) {
                        self.likely[fact]
                    } else {
                        1.0 - self.likely[fact]
                    }
                })
                .product();
            if weight < 1e-7 {
                continue;
            }
            let facts = Facts {
                need: is(NEED),
                no_need: is(NO_NEED),
                authority: is(AUTHORITY),
                no_authority: is(NO_AUTHORITY) && !is(AUTHORITY),
                budget: is(BUDGET),
                near: is(NEAR_TIME),
                far: is(FAR_TIME) && !is(NEAR_TIME),
                step: is(STEP),
                interest: is(INTEREST),
                dated: self.told.dated,
                target: self.told.target,
                time: String::new(),
            };
            shares[place(facts.heat())] += weight;
        }
        shares
    }

    /// What the weights of [`heat`] look at.
    pub fn inputs(&self) -> [f32; INPUTS] {
        let odds = |share: f32| ((share + 0.01) / (1.01 - share)).ln() / 2.0;
        let told = &self.told;
        let yes = f32::from;
        let mut inputs = [0.0; INPUTS];
        let guide = self.by_guide().map(odds);
        let facts = [
            yes(told.need),
            yes(told.budget),
            yes(told.authority),
            yes(told.near),
            yes(told.step),
            yes(told.interest && !told.need),
            yes(told.no_need),
            yes(told.no_authority),
            yes(told.far),
            yes(told.dated),
            yes(told.target),
            (self.length as f32 / 20.0).min(2.0),
            1.0,
        ];
        let all = guide.iter().chain(&self.likely).chain(&facts);
        for (input, value) in inputs.iter_mut().zip(all) {
            *input = *value;
        }
        inputs
    }

    /// The likeliest rating of a buyer: the guide's where that is sure, else what the weights make of it.
    pub fn heat(&self, weights: &Weights) -> Heat {
        let guide = self.by_guide();
        let sure = guide.iter().any(|share| *share >= SURE);
        let shares = (!sure)
            .then(|| heat::shares(weights, &self.inputs()))
            .flatten()
            .unwrap_or(guide);
        let best = (0..3).max_by(|&one, &other| shares[one].total_cmp(&shares[other]));
        [Heat::Cold, Heat::Warm, Heat::Hot][best.unwrap_or(0)]
    }

    /// The reasons of a rating: what the shown signals tell, and what else is likely where they alone give another.
    pub(super) fn why(&self, shown: &Facts, heat: Heat) -> String {
        let told = shown.why();
        if shown.heat() == heat {
            return told;
        }
        let maybe = [
            (NEED, shown.need, "need"),
            (BUDGET, shown.budget, "budget"),
            (AUTHORITY, shown.authority, "authority"),
            (NEAR_TIME, shown.near, "soon"),
            (STEP, shown.step, "next step"),
        ];
        let mut all: Vec<String> = if shown.is_empty() {
            Vec::new()
        } else {
            vec![told]
        };
        let likely = maybe
            .iter()
            .filter(|(fact, told, _)| !told && self.likely[*fact] >= PERHAPS);
        all.extend(likely.map(|(_, _, word)| format!("perhaps {word}")));
        if all.len() < 2 {
            all.push("not all of it sure".to_owned());
        }
        all.join(" + ")
    }
}

/// The place of a rating among cold, warm and hot.
pub fn place(heat: Heat) -> usize {
    match heat {
        Heat::Hot => 2,
        Heat::Warm => 1,
        Heat::Cold | Heat::Swag => 0,
    }
}
