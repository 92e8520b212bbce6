//! When the captain is called to a card: a target account is met, a lead turns hot, a hot one stays nobody's.
//!
//! Each reason calls once for a card, also after a restart or an undo, because the call itself is a deed.

use crate::domain::{AlertReason, Author, Card, CardId, Command, Deed, Fact, Stamp, Visitor};

use super::{Effect, Model, ToastKind};

/// What the show says about alerts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertRules {
    /// How long a hot card may stay nobody's before it calls, in ms.
    pub unowned_ms: u64,
    /// Whether what is sent names the visitor: it may be read on a locked screen or in a channel.
    pub names: bool,
    /// Whether the show's webhook is told as well.
    pub webhook: bool,
}

/// A hot card nobody looked after for longer is yesterday's business: it no longer calls, in ms (1 h).
const STALE_MS: u64 = 60 * 60_000;

impl Model {
    /// Calls for what a deed brought about.
    pub(super) fn call_for(&mut self, deed: &Deed) -> Vec<Effect> {
        let mut called: Vec<(CardId, Vec<AlertReason>)> = Vec::new();
        for fact in &deed.facts {
            let (id, reason) = match fact {
                Fact::AccountFlagged { card, .. } => (*card, AlertReason::Target),
                Fact::Rated { card, .. } | Fact::RatingProposed { card, .. } => {
                    (*card, AlertReason::Hot)
                }
                _ => continue,
            };
            let Some(card) = self.board().card(id) else {
                continue;
            };
            let holds = match reason {
                AlertReason::Target => card.account.is_some(),
                AlertReason::Hot | AlertReason::Unowned => card.is_hot(),
            };
            if holds {
                let id = card.id;
                match called.iter_mut().find(|(other, _)| *other == id) {
                    Some((_, reasons)) => reasons.push(reason),
                    None => called.push((id, vec![reason])),
                }
            }
        }
        called
            .into_iter()
            .flat_map(|(card, reasons)| self.call(card, reasons))
            .collect()
    }

    /// Calls for hot cards that nobody has taken for the time the show allows.
    pub(super) fn call_for_unowned(&mut self) -> Vec<Effect> {
        let Some(rules) = &self.config.alerts else {
            return Vec::new();
        };
        let (now, least) = (self.now.ms, rules.unowned_ms);
        let waits = |card: &&Card| {
            let nobody = card.owner.is_none() && card.taken.is_none();
            let hot = card.hot_since_ms.filter(|_| nobody);
            hot.is_some_and(|since| (least..least + STALE_MS).contains(&now.saturating_sub(since)))
        };
        let cards: Vec<CardId> = self
            .board()
            .cards()
            .filter(waits)
            .map(|card| card.id)
            .collect();
        cards
            .into_iter()
            .flat_map(|card| self.call(card, vec![AlertReason::Unowned]))
            .collect()
    }

    fn call(&mut self, card: CardId, mut reasons: Vec<AlertReason>) -> Vec<Effect> {
        let Some(rules) = self.config.alerts.clone() else {
            return Vec::new();
        };
        reasons.retain(|reason| !self.board().alerts.has(card, *reason));
        reasons.sort();
        reasons.dedup();
        if reasons.is_empty() {
            return Vec::new();
        }
        let command = Command::Alert {
            card,
            reasons: reasons.clone(),
            post: rules.webhook,
        };
        let mut effects = self.settle(command, Author::Machine("alerts".into()));
        if let Some((summary, body)) = self.alert_words(card, &reasons) {
            effects.push(Effect::Alert {
                summary,
                body,
                urgent: reasons != [AlertReason::Target],
            });
        }
        effects.extend(self.post_waiting());
        effects
    }

    /// A line and a sentence about a card that calls.
    fn alert_words(&self, card: CardId, reasons: &[AlertReason]) -> Option<(String, String)> {
        let card = self.board().card(card)?;
        let names = self.config.alerts.as_ref().is_none_or(|rules| rules.names);
        let mut why: Vec<&str> = reasons.iter().map(|reason| reason.word()).collect();
        // The most pressing first: hot before target.
        why.reverse();
        let company = card.company().map_or_else(
            || format!("the talk of {}", self.clock_words(card.opened_ms)),
            str::to_owned,
        );
        let waited = card
            .hot_since_ms
            .filter(|_| reasons.contains(&AlertReason::Unowned))
            .map_or(String::new(), |since| {
                format!(" for {} min", self.now.ms.saturating_sub(since) / 60_000)
            });
        let summary = format!("{}{waited}: {company}", first_upper(&why.join(", ")));
        let mut parts = Vec::new();
        if let Some(visitor) = self.met(card).or(card.person()).filter(|_| names) {
            let title = Some(visitor.title.as_str()).filter(|title| !title.is_empty());
            parts.push(
                [Some(visitor.name.as_str()), title]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(", "),
            );
        }
        if !card.lane.is_empty() {
            parts.push(format!("at {}", card.lane));
        }
        if let Some(account) = &card.account {
            parts.push(format!("target by {}", account.why));
        }
        if let (None, Some((_, why))) = (card.heat, &card.proposed)
            && card.is_hot()
        {
            parts.push(why.clone());
        }
        parts.push(match &card.owner {
            Some(owner) => format!("goes to {}", owner.owner),
            None => self.knowledge.proposed_owner(card).map_or_else(
                || "nobody owns it".to_owned(),
                |owner| format!("nobody owns it; {} ({})?", owner.owner, owner.rule),
            ),
        });
        parts.retain(|part| !part.is_empty());
        Some((summary, parts.join("; ")))
    }

    /// Who of a card's people the call is about: whose account it is, else the first.
    fn met<'c>(&self, card: &'c Card) -> Option<&'c Visitor> {
        let account = card.account.as_ref()?.key.as_str();
        let theirs = |who: &&Visitor| {
            let found = self.knowledge.account_of(who);
            found.is_some_and(|found| found.key == account)
        };
        let mut people = card.visitors.iter().map(|(_, visitor)| visitor);
        people.find(theirs).filter(|who| !who.name.is_empty())
    }

    /// Hands what the webhook has not got yet to its edge, each once until the program ends.
    pub(super) fn post_waiting(&mut self) -> Vec<Effect> {
        if self
            .config
            .alerts
            .as_ref()
            .is_none_or(|rules| !rules.webhook)
        {
            return Vec::new();
        }
        let fresh: Vec<(Stamp, CardId, Vec<AlertReason>)> = self
            .board()
            .alerts
            .waiting()
            .filter(|(alert, ..)| !self.posting.contains(alert))
            .map(|(alert, card, reasons)| (alert, self.board().resolve(card), reasons.to_vec()))
            .collect();
        fresh
            .into_iter()
            .filter_map(|(alert, card, reasons)| {
                let (summary, body) = self.alert_words(card, &reasons)?;
                self.posting.insert(alert);
                Some(Effect::Post {
                    alert,
                    text: format!("{summary}\n{body}"),
                })
            })
            .collect()
    }

    /// How many alerts the webhook has not got yet.
    pub fn unposted(&self) -> usize {
        let board = self.board();
        let there = |(_, card, _): &(Stamp, CardId, &[AlertReason])| board.card(*card).is_some();
        board.alerts.waiting().filter(there).count()
    }

    /// The webhook took an alert, or can't be reached: the sentence is said once until it works again.
    pub(super) fn posted(&mut self, result: Result<Stamp, String>) -> Vec<Effect> {
        match result {
            Ok(alert) => {
                self.post_trouble = None;
                self.settle(
                    Command::NotePost { alert },
                    Author::Machine("webhook".into()),
                )
            }
            Err(sentence) => {
                if self.post_trouble.as_ref() != Some(&sentence) {
                    self.toast(ToastKind::Trouble, sentence.clone());
                }
                self.post_trouble = Some(sentence);
                Vec::new()
            }
        }
    }
}

fn first_upper(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
