//! A list to choose from while one types: tags, accounts, owners, cards, filters, actions.

use crate::action::{Action, Context};
use crate::domain::{AccountMatch, Assignment, Card, CardId, Heat};

use super::typing::LONGEST_SEARCH;
use super::{Line, Model, counted};

/// What is being chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PickerKind {
    /// A tag to put on or take off.
    Tag,
    /// The account the card is about.
    Account,
    /// Who follows up.
    Owner,
    /// Who of us walked over.
    Take,
    /// Which owner is here or away.
    Presence,
    /// The card that the last scan belongs to.
    Seat,
    /// The card that goes into the focused one.
    Merge,
    /// Which cards are shown.
    Filter,
    /// Anything the program can do.
    Palette,
}

impl PickerKind {
    /// The question, as it stands on the picker's border.
    pub fn title(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Account => "which account",
            Self::Owner => "who follows up",
            Self::Take => "who walked over",
            Self::Presence => "who is here, who is away",
            Self::Seat => "put the last scan on which card",
            Self::Merge => "merge which card into this one",
            Self::Filter => "show only",
            Self::Palette => "do what",
        }
    }
}

/// One thing to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick {
    /// The words.
    pub label: String,
    /// More words, dim: the reason, the territory, the key.
    pub detail: String,
    /// What choosing it means.
    pub value: PickValue,
}

/// What choosing means.
#[derive(Clone, Debug, PartialEq)]
pub enum PickValue {
    /// This tag.
    Tag(String),
    /// This account.
    Account(AccountMatch),
    /// This owner.
    Owner(Assignment),
    /// They walked over; empty: nobody any more.
    Taken(String),
    /// This owner is here (true) or away.
    Presence(String, bool),
    /// The last scan sits at this card; none: at a new one.
    Scan(Option<CardId>),
    /// This card.
    Card(CardId),
    /// This judgement only.
    OnlyHeat(Heat),
    /// Target accounts only.
    OnlyTargets,
    /// Cards nobody owns only.
    OnlyUnowned,
    /// Talks that go on only.
    OnlyLive,
    /// Everything.
    Everything,
    /// This action.
    Do(Action),
}

/// An open list.
#[derive(Clone, Debug, PartialEq)]
pub struct Picker {
    /// What is being chosen.
    pub kind: PickerKind,
    /// The card in focus when the list was opened: the choice is for it, whatever has come into focus since.
    pub card: Option<CardId>,
    /// What is typed.
    pub query: Line,
    /// What matches, best first.
    pub items: Vec<Pick>,
    /// The marked item.
    pub at: usize,
}

/// How many matches a picker shows at most.
const LONGEST: usize = 50;

impl Picker {
    /// The marked item.
    pub fn marked(&self) -> Option<&Pick> {
        self.items.get(self.at)
    }

    /// Moves the mark, within the list.
    pub fn step(&mut self, by: isize) {
        let last = self.items.len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(by).min(last);
    }
}

impl Model {
    /// A picker of this kind with nothing typed yet.
    pub(super) fn picker(&self, kind: PickerKind) -> Picker {
        self.refilled(Picker {
            kind,
            card: self.view.focus,
            query: Line::default(),
            items: Vec::new(),
            at: 0,
        })
    }

    /// The picker with the items that match what is typed.
    pub(super) fn refilled(&self, mut picker: Picker) -> Picker {
        let typed = picker.query.text.trim();
        let query: String = typed.chars().take(LONGEST_SEARCH).collect();
        picker.items = match picker.kind {
            PickerKind::Account => self.account_picks(&query),
            PickerKind::Tag => self.tag_picks(&query),
            PickerKind::Owner => self.owner_picks(&query),
            PickerKind::Take => rank(self.take_picks(), &query),
            PickerKind::Presence => rank(self.presence_picks(), &query),
            PickerKind::Seat => rank(self.seat_picks(), &query),
            PickerKind::Merge => rank(self.merge_picks(), &query),
            PickerKind::Filter => rank(filter_picks(), &query),
            PickerKind::Palette => rank(self.palette_picks(), &query),
        };
        picker.items.truncate(LONGEST);
        picker.at = 0;
        picker
    }

    fn account_picks(&self, query: &str) -> Vec<Pick> {
        let pick = |key: &str, name: &str, why: String| Pick {
            label: name.to_owned(),
            detail: why,
            value: PickValue::Account(AccountMatch {
                key: key.to_owned(),
                name: name.to_owned(),
                why: "chosen by hand".into(),
                score: 1.0,
            }),
        };
        if !query.is_empty() {
            let hits = self.knowledge.matcher.search(query, LONGEST);
            return hits
                .into_iter()
                .map(|hit| pick(&hit.key, &hit.name, hit.why))
                .collect();
        }
        let mut picks = Vec::new();
        if let Some(card) = self.focused() {
            let suggested = card.suggested.iter().chain(&card.account);
            picks.extend(suggested.map(|found| pick(&found.key, &found.name, found.why.clone())));
            let company = card.company().unwrap_or_default();
            let near = self.knowledge.matcher.company(company);
            let near = near.sure.into_iter().chain(near.suggestions);
            picks.extend(near.map(|hit| pick(&hit.key, &hit.name, hit.why)));
        }
        if picks.is_empty() {
            // A blind Enter must not flag whoever happens to stand first: a wrong account is worse than none.
            picks.push(Pick {
                label: "none of them".to_owned(),
                detail: "nobody was named yet; type to find one, or go down the list".to_owned(),
                value: PickValue::Do(Action::None),
            });
        }
        let all = &self.knowledge.playbook.accounts;
        picks.extend(all.iter().map(|account| {
            let place = [
                account.industry.as_str(),
                account.state.as_str(),
                account.country.as_str(),
            ];
            let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
            pick(account.key(), &account.name, place.join(", "))
        }));
        dedupe(picks)
    }

    fn tag_picks(&self, query: &str) -> Vec<Pick> {
        let used = self.board().cards().flat_map(|card| card.tags.iter());
        let known = self.config.quick_tags.iter().chain(&self.config.tags);
        let mut picks: Vec<Pick> = Vec::new();
        for tag in known.chain(used) {
            if !picks.iter().any(|pick| pick.label == *tag) {
                picks.push(self.tag_pick(tag));
            }
        }
        let mut picks = rank(picks, query);
        if !query.is_empty() && !picks.iter().any(|pick| pick.label == query) {
            picks.push(Pick {
                label: query.to_owned(),
                detail: "new tag".into(),
                value: PickValue::Tag(query.to_owned()),
            });
        }
        picks
    }

    fn tag_pick(&self, tag: &str) -> Pick {
        let on = self.focused().is_some_and(|card| card.tags.contains(tag));
        let key = self.config.quick_tags.iter().position(|quick| quick == tag);
        let slot = key.and_then(|at| u8::try_from(at + 1).ok());
        let key = slot.map_or(String::new(), |slot| {
            format!("key {}", self.key_for(Action::QuickTag(slot)))
        });
        Pick {
            label: tag.to_owned(),
            detail: if on {
                self.keyed("on; {accept} takes it off")
            } else {
                key
            },
            value: PickValue::Tag(tag.to_owned()),
        }
    }

    fn merge_picks(&self) -> Vec<Pick> {
        let focus = self.view.focus;
        let mut cards: Vec<_> = self
            .board()
            .cards()
            .filter(|card| Some(card.id) != focus)
            .collect();
        // The nearest in time first: what was cut in two stands side by side.
        let at = self.focused().map_or(0, |card| card.opened_ms);
        cards.sort_by_key(|card| card.opened_ms.abs_diff(at));
        cards
            .into_iter()
            .map(|card| Pick {
                label: self.card_words(card),
                detail: self.recognisable(card),
                value: PickValue::Card(card.id),
            })
            .collect()
    }

    /// What tells one talk from another where nobody is known: when, which lane, how much and what was said first.
    fn recognisable(&self, card: &Card) -> String {
        let lines = counted(card.utterances.len(), "line");
        let first = card
            .utterances
            .first()
            .map_or(String::new(), |said| format!("“{}”", said.text));
        let when = self.clock_words(card.opened_ms);
        let parts = [
            when.as_str(),
            card.lane.as_str(),
            lines.as_str(),
            first.as_str(),
        ];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join("  ")
    }

    fn palette_picks(&self) -> Vec<Pick> {
        let contexts = [Context::Board, Context::Global];
        Action::all()
            .into_iter()
            .filter(|action| action.spec().contexts.contains(&Context::Board))
            .map(|action| Pick {
                label: action.words(),
                detail: self.keymap.keys_of(&action, &contexts).join(" "),
                value: PickValue::Do(action),
            })
            .collect()
    }
}

fn filter_picks() -> Vec<Pick> {
    let pick = |label: &str, value| Pick {
        label: label.to_owned(),
        detail: String::new(),
        value,
    };
    let mut picks = vec![
        pick("everything", PickValue::Everything),
        pick("target accounts", PickValue::OnlyTargets),
        pick("nobody owns it", PickValue::OnlyUnowned),
        pick("talking now", PickValue::OnlyLive),
    ];
    picks.extend(Heat::ALL.map(|heat| pick(heat.word(), PickValue::OnlyHeat(heat))));
    picks
}

/// Keeps what matches, best first: the label begins so, a word begins so, the letters occur in order.
pub(super) fn rank(picks: Vec<Pick>, query: &str) -> Vec<Pick> {
    if query.is_empty() {
        return picks;
    }
    let query = query.to_lowercase();
    let mut ranked: Vec<(u8, Pick)> = picks
        .into_iter()
        .filter_map(|pick| nearness(&pick, &query).map(|near| (near, pick)))
        .collect();
    // Stable: what stood first stays first among equals, so the proposal wins.
    ranked.sort_by_key(|(near, _)| *near);
    ranked.into_iter().map(|(_, pick)| pick).collect()
}

/// An action is found by its words and by its name.
fn nearness(pick: &Pick, query: &str) -> Option<u8> {
    let named = match pick.value {
        PickValue::Do(action) => closeness(&action.to_string(), query),
        _ => None,
    };
    let worded = closeness(&pick.label.to_lowercase(), query);
    named.into_iter().chain(worded).min()
}

fn closeness(label: &str, query: &str) -> Option<u8> {
    let initials: String = label
        .split_whitespace()
        .filter_map(|word| word.chars().next())
        .collect();
    if label.starts_with(query) {
        Some(0)
    } else if label.split_whitespace().any(|word| word.starts_with(query))
        || initials.starts_with(query)
    {
        Some(1)
    } else if label.contains(query) {
        Some(2)
    } else {
        let mut letters = label.chars();
        let in_order = query
            .chars()
            .all(|wanted| letters.any(|letter| letter == wanted));
        in_order.then_some(3)
    }
}

pub(super) fn dedupe(picks: Vec<Pick>) -> Vec<Pick> {
    let mut kept: Vec<Pick> = Vec::new();
    for pick in picks {
        if !kept.iter().any(|old| old.label == pick.label) {
            kept.push(pick);
        }
    }
    kept
}
