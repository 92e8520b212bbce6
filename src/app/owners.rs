//! Our own people: who follows up and by what rule, who is here, who walked over.

use crate::domain::Assignment;

use super::picker::{dedupe, rank};
use super::{Effect, Model, Pick, PickValue, PickerKind, ToastKind};

/// What parts an owner's name from the reason for choosing them.
const PARTS: [char; 3] = [',', ':', ';'];

impl Model {
    /// Whether an owner is away from the booth.
    pub fn is_away(&self, owner: &str) -> bool {
        self.board().away.contains(owner)
    }

    /// The proposal of the rules first, then everybody; what is typed after a comma is the reason.
    pub(super) fn owner_picks(&self, query: &str) -> Vec<Pick> {
        let (name, reason) = match query.split_once(PARTS) {
            Some((name, reason)) => (name.trim(), reason.trim()),
            None => (query, ""),
        };
        let proposed = self
            .focused()
            .and_then(|card| self.knowledge.proposed_owner(card));
        let mut picks = Vec::new();
        picks.extend(proposed.iter().map(|proposed| {
            let rule = with_reason(&proposed.rule, reason);
            self.owner_pick(&proposed.owner, &rule, &rule)
        }));
        let rule = with_reason("chosen by hand", reason);
        picks.extend(self.knowledge.playbook.owners.iter().map(|owner| {
            let told = if reason.is_empty() {
                owner.territory.clone()
            } else {
                with_reason(&owner.territory, reason)
            };
            self.owner_pick(&owner.name, &told, &rule)
        }));
        rank(dedupe(picks), name)
    }

    fn owner_pick(&self, owner: &str, told: &str, rule: &str) -> Pick {
        let detail = if self.is_away(owner) {
            [told, "away"]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", ")
        } else {
            told.to_owned()
        };
        Pick {
            label: owner.to_owned(),
            detail,
            value: PickValue::Owner(Assignment {
                owner: owner.to_owned(),
                rule: rule.to_owned(),
            }),
        }
    }

    /// Who may have walked over: whose lead it is, else whoever sits here, then everybody.
    pub(super) fn take_picks(&self) -> Vec<Pick> {
        let card = self.focused();
        let pick = |name: &str, detail: &str| Pick {
            label: name.to_owned(),
            detail: detail.to_owned(),
            value: PickValue::Taken(name.to_owned()),
        };
        let mut picks = Vec::new();
        if let Some((by, at)) = card.and_then(|card| card.taken.as_ref()) {
            let since = format!("{by} is there since {}", self.clock_words(*at));
            picks.push(Pick {
                label: "nobody any more".to_owned(),
                detail: since,
                value: PickValue::Taken(String::new()),
            });
        }
        if let Some(owner) = card.and_then(|card| card.owner.as_ref()) {
            picks.push(pick(&owner.owner, "whose lead it is"));
        }
        picks.push(pick(&self.config.operator, "sits here"));
        let owners = &self.knowledge.playbook.owners;
        picks.extend(owners.iter().map(|owner| {
            let away = if self.is_away(&owner.name) {
                "away"
            } else {
                ""
            };
            pick(&owner.name, away)
        }));
        let taken = self.board().cards().filter_map(|card| card.taken.as_ref());
        picks.extend(taken.map(|(by, _)| pick(by, "")));
        picks.retain(|pick| !pick.label.is_empty());
        dedupe(picks)
    }

    /// The list of owners, each with what choosing it says.
    pub(super) fn choose_presence(&mut self) -> Vec<Effect> {
        if self.knowledge.playbook.owners.is_empty() {
            let words = "no owner is named; playbook.toml lists them under [[owners]]";
            self.toast(ToastKind::Refused, words);
            return Vec::new();
        }
        self.choose(PickerKind::Presence)
    }

    pub(super) fn presence_picks(&self) -> Vec<Pick> {
        let owners = self.knowledge.playbook.owners.iter();
        owners
            .map(|owner| {
                let away = self.is_away(&owner.name);
                let words = if away {
                    "away; {accept} says here again"
                } else {
                    "here; {accept} says away"
                };
                Pick {
                    label: owner.name.clone(),
                    detail: self.keyed(words),
                    value: PickValue::Presence(owner.name.clone(), away),
                }
            })
            .collect()
    }
}

fn with_reason(rule: &str, reason: &str) -> String {
    match (rule, reason) {
        (rule, "") => rule.to_owned(),
        ("", reason) => reason.to_owned(),
        (rule, reason) => format!("{rule}: {reason}"),
    }
}
