//! Whose touch earned how much of an opportunity: six models, each dividing the amount to the cent.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::{Money, Opportunity};
use crate::handoff::leads;

use super::ReportShow;
use super::money::Moneys;

/// A way to share an opportunity out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Model {
    /// All to the first touch.
    FirstTouch,
    /// All to the last touch before the opportunity.
    LastTouch,
    /// The same to each.
    Even,
    /// 40 % first, 40 % where the lead was made, 20 % over the rest.
    UShaped,
    /// 30 % first, 30 % lead, 30 % opportunity, 10 % over the rest.
    WShaped,
    /// Half as much for every seven days before the opportunity.
    TimeDecay,
}

impl Model {
    /// All models.
    pub const ALL: [Self; 6] = [
        Self::FirstTouch,
        Self::LastTouch,
        Self::Even,
        Self::UShaped,
        Self::WShaped,
        Self::TimeDecay,
    ];

    /// The name for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::FirstTouch => "first touch",
            Self::LastTouch => "last touch",
            Self::Even => "even",
            Self::UShaped => "U-shaped",
            Self::WShaped => "W-shaped",
            Self::TimeDecay => "time decay (7 days)",
        }
    }
}

/// Days after which a touch counts half.
const HALF_LIFE_DAYS: f64 = 7.0;
const DAY_MS: f64 = 86_400_000.0;

/// The cents that each touch earns; they sum to `cents` exactly. `touches` are times in ms, oldest first; `lead` and
/// `opportunity` are the places of the touches at which the lead and the opportunity were made. Shares of milestones
/// that fall on one touch add up; what there are no other touches for goes to the milestones in equal parts.
pub fn shares(
    model: Model,
    touches: &[u64],
    lead: usize,
    opportunity: usize,
    cents: i64,
) -> Vec<i64> {
    let Some(last) = touches.len().checked_sub(1) else {
        return Vec::new();
    };
    let (lead, opportunity) = (lead.min(last), opportunity.min(last));
    let mut weights = vec![0.0; touches.len()];
    match model {
        Model::FirstTouch => weights[0] = 1.0,
        Model::LastTouch => weights[last] = 1.0,
        Model::Even => weights.fill(1.0),
        Model::UShaped => milestones(&mut weights, &[(0, 40.0), (lead, 40.0)], 20.0),
        Model::WShaped => milestones(
            &mut weights,
            &[(0, 30.0), (lead, 30.0), (opportunity, 30.0)],
            10.0,
        ),
        Model::TimeDecay => {
            for (weight, at) in weights.iter_mut().zip(touches) {
                let age = touches[last].saturating_sub(*at) as f64 / DAY_MS;
                *weight = 2_f64.powf(-age / HALF_LIFE_DAYS);
            }
        }
    }
    to_the_cent(&weights, cents)
}

fn milestones(weights: &mut [f64], marks: &[(usize, f64)], rest: f64) {
    for (place, share) in marks {
        weights[*place] += share;
    }
    let others: Vec<usize> = (0..weights.len())
        .filter(|place| !marks.iter().any(|(mark, _)| mark == place))
        .collect();
    if others.is_empty() {
        for (place, _) in marks {
            weights[*place] += rest / marks.len() as f64;
        }
    } else {
        for place in &others {
            weights[*place] += rest / others.len() as f64;
        }
    }
}

/// Largest remainder: every part is rounded down, then the cents left over go to the largest remainders.
fn to_the_cent(weights: &[f64], cents: i64) -> Vec<i64> {
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        return vec![0; weights.len()];
    }
    let (sign, whole) = (cents.signum(), cents.unsigned_abs());
    let exact: Vec<f64> = weights
        .iter()
        .map(|weight| whole as f64 * weight / sum)
        .collect();
    let mut parts: Vec<i64> = exact.iter().map(|part| part.floor() as i64).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|one, other| {
        let left = |place: usize| exact[place] - exact[place].floor();
        left(*other).total_cmp(&left(*one)).then(one.cmp(other))
    });
    let mut left = i64::try_from(whole).unwrap_or(i64::MAX) - parts.iter().sum::<i64>();
    // Rounding in floating point can be off by more than one cent for very large amounts, either way.
    let mut turn = order.iter().cycle();
    while left != 0 {
        let Some(place) = turn.next() else { break };
        let step = left.signum();
        parts[*place] += step;
        left -= step;
    }
    parts.into_iter().map(|part| part * sign).collect()
}

/// An opportunity with every touch that led to it, over all shows.
#[derive(Clone, Debug, Default)]
struct Deal {
    amount: Option<Money>,
    created_ms: Option<u64>,
    touches: Vec<(u64, String)>,
}

/// What each show, or with one show each lane, earned by each model.
pub type Earned = BTreeMap<String, BTreeMap<Model, Moneys>>;

/// Shares every opportunity out over the shows, or over the lanes where there is one show only.
pub fn of_shows(shows: &[ReportShow<'_>]) -> Earned {
    let mut deals: BTreeMap<String, Deal> = BTreeMap::new();
    for show in shows {
        for lead in leads::rows(show.board, show.show) {
            let Some(card) = show.board.card(lead.card) else {
                continue;
            };
            let Some(verdict) = card.verdicts.get(&lead.external_id) else {
                continue;
            };
            let Some(opportunity) = &verdict.opportunity else {
                continue;
            };
            let deal = deals
                .entry(key(opportunity, &lead.external_id))
                .or_default();
            if opportunity.amount.is_some() {
                deal.amount.clone_from(&opportunity.amount);
            }
            deal.created_ms = verdict.date.map(end_of);
            let by = match (shows.len(), card.lane.as_str()) {
                (1, "") => "no lane".to_owned(),
                (1, lane) => lane.to_owned(),
                _ => show.show.name.to_owned(),
            };
            deal.touches.push((card.opened_ms, by));
        }
    }
    let mut earned = Earned::new();
    for deal in deals.into_values() {
        share_out(deal, &mut earned);
    }
    earned
}

fn share_out(mut deal: Deal, earned: &mut Earned) {
    let Some(amount) = deal.amount else {
        return;
    };
    deal.touches.sort();
    if let Some(created) = deal.created_ms {
        // Touches after the milestone get nothing, unless there is no other.
        let before = deal.touches.iter().filter(|(at, _)| *at <= created).count();
        deal.touches.truncate(before.max(1));
    }
    let times: Vec<u64> = deal.touches.iter().map(|(at, _)| *at).collect();
    for model in Model::ALL {
        // At a show the lead is made by its first touch; the opportunity follows the last.
        let parts = shares(
            model,
            &times,
            0,
            times.len().saturating_sub(1),
            amount.cents,
        );
        for ((_, by), cents) in deal.touches.iter().zip(parts) {
            let currency = amount.currency.clone();
            let sums = earned
                .entry(by.clone())
                .or_default()
                .entry(model)
                .or_default();
            sums.add(&Money { cents, currency });
        }
    }
}

/// What an opportunity goes by: its own id, else the lead's, so that it counts once.
pub fn key(opportunity: &Opportunity, external_id: &str) -> String {
    if opportunity.id.is_empty() {
        external_id.to_owned()
    } else {
        opportunity.id.clone()
    }
}

/// The last ms of a day where it ends last, twelve hours behind UTC: a touch of that day counts.
fn end_of(day: crate::domain::Day) -> u64 {
    const HOUR_MS: i64 = 3_600_000;
    u64::try_from((day.number() * 24 + 36) * HOUR_MS - 1).unwrap_or_default()
}
