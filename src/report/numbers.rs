//! A show in numbers. Pure: the board, the show and the hour in, figures with the leads behind them out.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::domain::{Card, Disposition, Import, Verdict};
use crate::handoff::{Lead, leads};

use super::ReportShow;
use super::attribution::key;
use super::mentions::{Mentions, mentions};
use super::money::{Moneys, Spending, spending};

/// A count and the leads behind it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Figure {
    /// What is counted.
    pub label: String,
    /// The external ids of what is counted.
    pub leads: Vec<String>,
}

impl Figure {
    /// How many.
    pub fn count(&self) -> usize {
        self.leads.len()
    }
}

/// Leads of an hour, or of a lane, by grade.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Slot {
    /// The hour by the show's clock, or the lane.
    pub name: String,
    /// Hot, warm, not rated, cold, giveaways.
    pub grades: [usize; 5],
}

/// An owner's leads.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct OwnerLine {
    /// The owner; empty: nobody.
    pub owner: String,
    /// All of theirs.
    pub leads: Figure,
    /// Handed over in person.
    pub handed_over: usize,
    /// Accepted or converted.
    pub accepted: usize,
    /// Sent back.
    pub rejected: usize,
    /// No word although the first answer was due.
    pub overdue: Figure,
}

/// How often a rating, a tag or a rep was right: sales took the lead.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// `rating hot`, `tag demo`, `rep Ana`.
    pub by: String,
    /// Leads that sales spoke of.
    pub judged: usize,
    /// Of these, accepted or converted.
    pub right: usize,
}

/// A show in numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Numbers {
    /// The show's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Talks with words.
    pub talks: usize,
    /// People with a name.
    pub people: usize,
    /// Target accounts met, by key.
    pub targets_met: BTreeSet<String>,
    /// Target accounts on the list.
    pub targets_listed: usize,
    /// From lead to won, in order.
    pub funnel: Vec<Figure>,
    /// By hour of the show's clock.
    pub hours: Vec<Slot>,
    /// By lane.
    pub lanes: Vec<Slot>,
    /// What was spoken of.
    pub mentions: Mentions,
    /// By owner.
    pub owners: Vec<OwnerLine>,
    /// Leads with a dated next step.
    pub meetings: Figure,
    /// All opportunities, each once.
    pub pipeline: Moneys,
    /// Opportunities of leads that the importer had to create.
    pub sourced: Moneys,
    /// What was won.
    pub won: Moneys,
    /// What the cost comes to; none: not known.
    pub spending: Option<Spending>,
    /// Ratings, tags and reps against the verdicts.
    pub judged: Vec<Judged>,
    /// Who is behind an external id: name and company.
    pub who: BTreeMap<String, String>,
}

/// One lead with what is known of it afterwards.
struct Known<'a> {
    lead: Lead,
    card: &'a Card,
    verdict: Option<&'a Verdict>,
}

fn taken(it: &Known<'_>) -> bool {
    it.verdict.is_some_and(|verdict| match verdict.disposition {
        Disposition::Accepted | Disposition::Converted => true,
        Disposition::Rejected | Disposition::Nurture | Disposition::Duplicate => false,
    })
}

fn qualified(it: &Known<'_>) -> bool {
    matches!(it.lead.grade.as_str(), "hot" | "warm")
}

fn won(it: &Known<'_>) -> bool {
    it.verdict
        .and_then(|verdict| verdict.opportunity.as_ref())
        .is_some_and(|opportunity| opportunity.won == Some(true))
}

/// The show in numbers at wall time `now_ms`.
pub fn numbers(show: &ReportShow<'_>, now_ms: u64) -> Numbers {
    let known: Vec<Known<'_>> = leads::rows(show.board, show.show)
        .into_iter()
        .filter_map(|lead| {
            let card = show.board.card(lead.card)?;
            let verdict = card.verdicts.get(&lead.external_id);
            Some(Known {
                lead,
                card,
                verdict,
            })
        })
        .collect();
    let cards = show.board.cards();
    let mut numbers = Numbers {
        code: show.show.code.to_owned(),
        name: show.show.name.to_owned(),
        talks: cards.filter(|card| !card.utterances.is_empty()).count(),
        people: known
            .iter()
            .filter(|it| !it.lead.full_name.is_empty())
            .count(),
        targets_met: targets(&known, show),
        targets_listed: show.show.playbook.accounts.len(),
        funnel: funnel(&known),
        hours: slots(&known, hour),
        lanes: slots(&known, |it| it.card.lane.clone()),
        mentions: mentions(show.board),
        owners: owners(&known, now_ms),
        meetings: figure("Next step with a date", &known, |it| {
            !it.lead.next_step_due.is_empty()
        }),
        judged: judged(&known),
        who: known
            .iter()
            .map(|it| {
                (
                    it.lead.external_id.clone(),
                    super::leads_behind::who(&it.lead),
                )
            })
            .collect(),
        ..Numbers::default()
    };
    add_money(&mut numbers, &known);
    if let Some(cost) = &show.cost {
        let good = known.iter().filter(|it| qualified(it)).count();
        let counts = (numbers.talks, good, numbers.meetings.count());
        let sums = (&numbers.pipeline, &numbers.won);
        numbers.spending = Some(spending(cost, show.margin, counts, sums));
    }
    numbers
}

fn figure(label: &str, known: &[Known<'_>], test: impl Fn(&Known<'_>) -> bool) -> Figure {
    let hits = known.iter().filter(|it| test(it));
    Figure {
        label: label.to_owned(),
        leads: hits.map(|it| it.lead.external_id.clone()).collect(),
    }
}

fn targets(known: &[Known<'_>], show: &ReportShow<'_>) -> BTreeSet<String> {
    known
        .iter()
        .map(|it| it.lead.account_id.clone())
        .filter(|key| show.show.playbook.account(key).is_some())
        .collect()
}

fn funnel(known: &[Known<'_>]) -> Vec<Figure> {
    vec![
        figure("Leads", known, |_| true),
        figure("With a talk heard", known, |it| {
            !it.card.utterances.is_empty()
        }),
        figure("Qualified (hot or warm)", known, qualified),
        figure("Accepted by sales", known, taken),
        figure("Opportunity", known, |it| {
            it.verdict
                .is_some_and(|verdict| verdict.opportunity.is_some())
        }),
        figure("Won", known, won),
    ]
}

/// `2026-11-22 14h`, by the show's clock.
fn hour(it: &Known<'_>) -> String {
    let local = &it.lead.captured_local;
    local
        .get(..13)
        .map(|hour| format!("{hour}h"))
        .unwrap_or_default()
}

fn slots(known: &[Known<'_>], name: impl Fn(&Known<'_>) -> String) -> Vec<Slot> {
    let mut slots: BTreeMap<String, [usize; 5]> = BTreeMap::new();
    for it in known {
        let place = match it.lead.grade.as_str() {
            "hot" => 0,
            "warm" => 1,
            "cold" => 3,
            "swag" => 4,
            _ => 2,
        };
        slots.entry(name(it)).or_default()[place] += 1;
    }
    slots
        .into_iter()
        .map(|(name, grades)| Slot { name, grades })
        .collect()
}

fn owners(known: &[Known<'_>], now_ms: u64) -> Vec<OwnerLine> {
    let mut names: Vec<&str> = known.iter().map(|it| it.lead.owner.as_str()).collect();
    names.sort_by_key(|name| (name.is_empty(), *name));
    names.dedup();
    names
        .into_iter()
        .map(|owner| {
            let theirs = |it: &&Known<'_>| it.lead.owner == owner;
            let count = |test: &dyn Fn(&Known<'_>) -> bool| {
                known.iter().filter(theirs).filter(|it| test(it)).count()
            };
            OwnerLine {
                owner: owner.to_owned(),
                leads: figure("Leads", known, |it| it.lead.owner == owner),
                handed_over: count(&|it| !it.lead.handed_over_to.is_empty()),
                accepted: count(&taken),
                rejected: count(&|it| it.verdict.is_some() && !taken(it)),
                overdue: figure("Overdue", known, |it| {
                    it.lead.owner == owner
                        && it.verdict.is_none()
                        && is_past(&it.lead.sla_due_at, now_ms)
                }),
            }
        })
        .collect()
}

fn is_past(due: &str, now_ms: u64) -> bool {
    due.parse::<jiff::Timestamp>()
        .is_ok_and(|due| u64::try_from(due.as_millisecond()).is_ok_and(|due| due < now_ms))
}

fn add_money(numbers: &mut Numbers, known: &[Known<'_>]) {
    let mut counted = BTreeSet::new();
    let mut sourced = BTreeSet::new();
    for it in known {
        let Some(opportunity) = it.verdict.and_then(|verdict| verdict.opportunity.as_ref()) else {
            continue;
        };
        let Some(amount) = &opportunity.amount else {
            continue;
        };
        let key = key(opportunity, &it.lead.external_id);
        let created = it
            .card
            .receipts
            .get(&it.lead.external_id)
            .is_some_and(|receipt| receipt.import == Import::Created);
        if created && sourced.insert(key.clone()) {
            numbers.sourced.add(amount);
        }
        if counted.insert(key) {
            numbers.pipeline.add(amount);
            if opportunity.won == Some(true) {
                numbers.won.add(amount);
            }
        }
    }
}

fn judged(known: &[Known<'_>]) -> Vec<Judged> {
    let mut all: BTreeMap<String, Judged> = BTreeMap::new();
    for it in known.iter().filter(|it| it.verdict.is_some()) {
        let grade = if it.lead.grade.is_empty() {
            "none"
        } else {
            &it.lead.grade
        };
        let mut marks = vec![format!("rating {grade}")];
        marks.extend(it.lead.tags.iter().map(|tag| format!("tag {tag}")));
        if !it.lead.taken_by.is_empty() {
            marks.push(format!("rep {}", it.lead.taken_by));
        }
        for by in marks {
            let entry = all.entry(by.clone()).or_insert_with(|| Judged {
                by,
                ..Judged::default()
            });
            entry.judged += 1;
            entry.right += usize::from(taken(it));
        }
    }
    all.into_values().collect()
}
