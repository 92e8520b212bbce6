//! The night list: what is missing on which card, best first, with proposals that one key accepts. Pure.

use super::{
    Account, AccountMatch, Assignment, Board, Card, CardId, Command, Consent, Day, Field, Heat,
    Import, Playbook, SignalKind, day_said,
};

/// What a card lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// Nobody knows who it was.
    Name,
    /// Nobody knows which company.
    Company,
    /// The company they are from is a target account by the talk, and nobody flagged it so far.
    Target,
    /// The machine has an opinion how good the lead is, and nobody said so or otherwise. The rating decides how soon the owner
    /// must answer and which status marketing imports.
    Rating,
    /// Nobody follows up.
    Owner,
    /// Nothing was promised.
    NextStep,
    /// Nobody asked whether we may write.
    Consent,
    /// An importer refused it; see [`Missing::refusal`].
    Refused,
}

impl Gap {
    /// The word on the screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Company => "company",
            Self::Target => "target",
            Self::Rating => "rating",
            Self::Owner => "owner",
            Self::NextStep => "next step",
            Self::Consent => "consent",
            Self::Refused => "refused by the importer",
        }
    }
}

/// Something that would fill a gap, and why we think so.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The gap it fills.
    pub gap: Gap,
    /// What would stand there.
    pub text: String,
    /// The quote or the rule behind it.
    pub why: String,
    /// What accepting it does.
    pub command: Command,
}

/// A card with gaps.
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    /// The card.
    pub card: CardId,
    /// What it lacks.
    pub gaps: Vec<Gap>,
    /// Why an importer refused one of its leads; empty: none did.
    pub refusal: String,
    /// What would fill some of it, at most one proposal a gap.
    pub proposals: Vec<Proposal>,
}

/// What proposals are made from beside the card.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The target accounts.
    pub playbook: &'a Playbook,
    /// What the show's time zone adds to UTC, in seconds: "tomorrow" was said on a day there.
    pub offset_s: i32,
}

/// The night list, best first: hot before warm before unrated before cold, target accounts before others, then oldest
/// first. Blank cards are not on it, and giveaway hunters only where an importer refused them.
///
/// `owner_of` is the territory rules' answer for a card.
pub fn list(
    board: &Board,
    known: Known<'_>,
    owner_of: impl Fn(&Card) -> Option<Assignment>,
) -> Vec<Missing> {
    let mut cards: Vec<&Card> = board.cards().filter(|card| !card.is_blank()).collect();
    cards.sort_by_key(|card| {
        (
            rank(card.heat.or(proposed(card))),
            card.heat.is_none(),
            card.account.is_none(),
            card.opened_ms,
            card.id,
        )
    });
    cards
        .into_iter()
        .filter_map(|card| missing(card, known, &owner_of))
        .collect()
}

/// What the machine proposes to rate it.
fn proposed(card: &Card) -> Option<Heat> {
    card.proposed.as_ref().and_then(|(heat, _)| *heat)
}

fn rank(heat: Option<Heat>) -> u8 {
    match heat {
        Some(Heat::Hot) => 0,
        Some(Heat::Warm) => 1,
        None => 2,
        Some(Heat::Cold) => 3,
        Some(Heat::Swag) => 4,
    }
}

/// What one card lacks; none: nothing. Nobody follows up a giveaway hunter, so nothing is asked about one, but what an
/// importer refused goes out again each night until somebody sees to it.
pub fn missing(
    card: &Card,
    known: Known<'_>,
    owner_of: impl Fn(&Card) -> Option<Assignment>,
) -> Option<Missing> {
    let refusal = card
        .receipts
        .values()
        .find(|receipt| receipt.import == Import::Failed);
    let swag = card.heat == Some(Heat::Swag);
    let lacks = [
        (Gap::Name, card.person().is_none()),
        (
            Gap::Company,
            card.account.is_none() && company_given(card).is_none(),
        ),
        (Gap::Target, card.account.is_none() && is_theirs(card)),
        (Gap::Rating, card.heat.is_none() && proposed(card).is_some()),
        (Gap::Owner, card.owner.is_none()),
        (Gap::NextStep, card.next_step.is_none()),
        (Gap::Consent, card.consent.0 == Consent::Unknown),
        (Gap::Refused, refusal.is_some()),
    ];
    let gaps: Vec<Gap> = lacks
        .into_iter()
        .filter(|&(gap, lacks)| lacks && (gap == Gap::Refused || !swag))
        .map(|(gap, _)| gap)
        .collect();
    let proposals = gaps
        .iter()
        .filter_map(|gap| match gap {
            Gap::Name => name(card),
            Gap::Company | Gap::Target => company(*gap, card, known.playbook),
            Gap::Rating => rating(card),
            Gap::Owner => owner(card, &owner_of),
            Gap::NextStep => next_step(card, known.offset_s),
            Gap::Consent => consent(card),
            // Only a person can tell what the importer wants.
            Gap::Refused => None,
        })
        .collect();
    (!gaps.is_empty()).then_some(Missing {
        card: card.id,
        gaps,
        refusal: refusal
            .map(|receipt| receipt.reason.clone())
            .unwrap_or_default(),
        proposals,
    })
}

/// What a badge or a person says the company is.
fn company_given(card: &Card) -> Option<&str> {
    card.visitors
        .iter()
        .map(|(_, visitor)| visitor.company.as_str())
        .find(|company| !company.is_empty())
}

/// Whether the account that the talk suggests is the company they are from: another one may be a customer of theirs.
fn is_theirs(card: &Card) -> bool {
    let suggested = card
        .suggested
        .as_ref()
        .map(|account| account.name.to_lowercase());
    suggested.is_some() && company_given(card).map(str::to_lowercase) == suggested
}

/// `frank.bennett@...` reads as Frank Bennett.
fn name(card: &Card) -> Option<Proposal> {
    let (id, visitor) = card
        .visitors
        .iter()
        .find(|(_, visitor)| !visitor.email.is_empty())?;
    let (local, _) = visitor.email.split_once('@')?;
    let words: Vec<String> = local
        .split(['.', '_'])
        .filter(|word| word.chars().count() > 1 && word.chars().all(char::is_alphabetic))
        .map(capital)
        .collect();
    (words.len() == 2).then(|| Proposal {
        gap: Gap::Name,
        text: words.join(" "),
        why: format!("the address {}", visitor.email),
        command: Command::Correct {
            card: card.id,
            id: Some(*id),
            field: Field::Name,
            value: words.join(" "),
            account: None,
        },
    })
}

/// The account of the e-mail's domain, else the one the talk suggests.
fn company(gap: Gap, card: &Card, playbook: &Playbook) -> Option<Proposal> {
    let by_domain = card.visitors.iter().find_map(|(_, visitor)| {
        let (_, domain) = visitor.email.rsplit_once('@')?;
        let ours = |account: &&Account| {
            !account.domain.is_empty() && account.domain.eq_ignore_ascii_case(domain)
        };
        let account = playbook.accounts.iter().find(ours)?;
        Some(AccountMatch {
            key: account.key().to_owned(),
            name: account.name.clone(),
            why: format!("the address {}", visitor.email),
            score: 1.0,
        })
    });
    let account = by_domain.or_else(|| card.suggested.clone())?;
    Some(Proposal {
        gap,
        text: account.name.clone(),
        why: account.why.clone(),
        command: Command::Flag {
            card: card.id,
            account: Some(account),
        },
    })
}

/// What the rating guide makes of what was said.
fn rating(card: &Card) -> Option<Proposal> {
    let (heat, why) = card.proposed.as_ref()?;
    let heat = (*heat)?;
    Some(Proposal {
        gap: Gap::Rating,
        text: heat.word().to_owned(),
        why: why.clone(),
        command: Command::Rate {
            card: card.id,
            heat,
        },
    })
}

fn owner(card: &Card, owner_of: impl Fn(&Card) -> Option<Assignment>) -> Option<Proposal> {
    let owner = owner_of(card)?;
    Some(Proposal {
        gap: Gap::Owner,
        text: owner.owner.clone(),
        why: owner.rule.clone(),
        command: Command::Assign {
            card: card.id,
            owner: Some(owner),
        },
    })
}

/// The newest step both sides agreed on, with its day where the words name one.
fn next_step(card: &Card, offset_s: i32) -> Option<Proposal> {
    let signal = card.agreed()?;
    let due = day_said(&signal.quote, Day::at(signal.utterance.wall_ms, offset_s));
    let text = signal.quote.clone();
    Some(Proposal {
        gap: Gap::NextStep,
        text: due.map_or_else(|| text.clone(), |due| format!("{text} (by {due})")),
        why: format!("\"{}\"", signal.quote),
        command: Command::SetNextStep {
            card: card.id,
            text,
            due,
        },
    })
}

fn consent(card: &Card) -> Option<Proposal> {
    let asked = |signal: &&super::Signal| signal.kind == SignalKind::OptIn;
    let signal = card.signals.iter().rfind(asked)?;
    let consent = if signal.value == "no" {
        Consent::No
    } else {
        Consent::Yes
    };
    Some(Proposal {
        gap: Gap::Consent,
        text: if consent == Consent::Yes {
            "may write"
        } else {
            "must not write"
        }
        .into(),
        why: format!("\"{}\"", signal.quote),
        command: Command::NoteConsent {
            card: card.id,
            consent,
        },
    })
}

/// Two cards that are about one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The older card, which stays.
    pub keep: CardId,
    /// The other.
    pub from: CardId,
    /// What both have: `badge`, `e-mail`, `name and company`.
    pub why: &'static str,
}

/// Cards to merge, surest first. Two different addresses are never proposed: they may be two people of one name.
pub fn duplicates(board: &Board) -> Vec<Duplicate> {
    let mut found: Vec<(u8, Duplicate)> = Vec::new();
    for (strength, why) in [(0, "badge"), (1, "e-mail"), (2, "name and company")] {
        let mut seen = std::collections::BTreeMap::new();
        for card in board.cards() {
            for key in keys(card, why) {
                let keep = *seen.entry(key).or_insert(card.id);
                let known = found
                    .iter()
                    .any(|(_, pair)| (pair.keep, pair.from) == (keep, card.id));
                if keep != card.id && !known && !addresses_differ(board, keep, card) {
                    let from = card.id;
                    found.push((strength, Duplicate { keep, from, why }));
                }
            }
        }
    }
    found.sort_by_key(|(strength, pair)| (*strength, pair.keep, pair.from));
    found.into_iter().map(|(_, pair)| pair).collect()
}

fn keys(card: &Card, why: &str) -> Vec<String> {
    let of_visitor = |visitor: &super::Visitor| match why {
        "badge" => visitor.badge_id.clone(),
        "e-mail" => visitor.email.to_lowercase(),
        _ if visitor.name.is_empty() || visitor.company.is_empty() => String::new(),
        _ => format!("{}\n{}", visitor.name, visitor.company).to_lowercase(),
    };
    let all = card.visitors.iter().map(|(_, visitor)| of_visitor(visitor));
    all.filter(|key| !key.is_empty()).collect()
}

/// Whether both cards have addresses and none in common.
fn addresses_differ(board: &Board, keep: CardId, card: &Card) -> bool {
    let addresses = |card: &Card| keys(card, "e-mail");
    let (mine, theirs) = (
        board.card(keep).map(addresses).unwrap_or_default(),
        addresses(card),
    );
    !mine.is_empty() && !theirs.is_empty() && !mine.iter().any(|one| theirs.contains(one))
}

/// The word with a capital first letter.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
