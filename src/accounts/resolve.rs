//! A list that arrives after the scans: which visitors that are only a number so far it resolves, and how surely.

use crate::domain::{Board, CardId, Fact, Visitor, VisitorId};

use super::{Attendees, Matcher};

/// How sure it is that a person of the list is the visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The badge's number is on the list.
    Sure,
    /// A number like it is: with a check digit or a prefix more or less. A person should look.
    Likely,
    /// Nothing like it is.
    None,
}

/// One visitor who was only a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// The card they stand on.
    pub card: CardId,
    /// Who they are there.
    pub id: VisitorId,
    /// The number as the scanner read it.
    pub badge_id: String,
    /// How sure it is.
    pub certainty: Certainty,
    /// The person of the list; none where nothing is like the number.
    pub person: Option<Visitor>,
}

/// Everybody on the board who is only a number, with what the list says of them, by card.
pub fn resolve(board: &Board, list: &Attendees) -> Vec<Resolved> {
    let mut found = Vec::new();
    for card in board.cards() {
        for (id, visitor) in &card.visitors {
            if !is_unresolved(visitor) {
                continue;
            }
            let (certainty, person) = find(&visitor.badge_id, list);
            found.push(Resolved {
                card: card.id,
                id: *id,
                badge_id: visitor.badge_id.clone(),
                certainty,
                person: person.cloned(),
            });
        }
    }
    found
}

fn is_unresolved(visitor: &Visitor) -> bool {
    !visitor.badge_id.is_empty() && visitor.name.is_empty() && visitor.email.is_empty()
}

fn find<'a>(badge: &str, list: &'a Attendees) -> (Certainty, Option<&'a Visitor>) {
    if let Some(person) = list.lookup(badge) {
        return (Certainty::Sure, Some(person));
    }
    // A bar code carries a check digit that lists leave out, and a QR code the system's letters before the number.
    let chars = badge.chars().count();
    let without_check: String = badge.chars().take(chars.saturating_sub(1)).collect();
    let digits = badge.trim_start_matches(|letter: char| letter.is_alphabetic() || letter == '-');
    let likely = [without_check.as_str(), digits]
        .into_iter()
        .filter(|id| id.len() >= 4 && *id != badge)
        .find_map(|id| list.lookup(id));
    match likely {
        Some(person) => (Certainty::Likely, Some(person)),
        None => (Certainty::None, None),
    }
}

/// What to write down of those who are sure: the person's details, and the account they tell of where the card has none.
/// What somebody typed meanwhile stays.
pub fn facts(board: &Board, resolved: &[Resolved], matcher: &Matcher) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut flagged = Vec::new();
    for one in resolved
        .iter()
        .filter(|one| one.certainty == Certainty::Sure)
    {
        let (Some(person), Some(card)) = (&one.person, board.card(one.card)) else {
            continue;
        };
        let known = card.visitors.iter().find(|(id, _)| *id == one.id);
        let mut visitor = person.clone();
        if let Some((_, known)) = known {
            visitor.absorb(known);
            visitor.badge_id.clone_from(&person.badge_id);
        }
        let account = matcher.visitor(&visitor);
        facts.push(Fact::VisitorSeated {
            card: one.card,
            id: one.id,
            visitor,
        });
        if card.account.is_none()
            && !flagged.contains(&one.card)
            && let Some(account) = account
        {
            flagged.push(one.card);
            facts.push(Fact::AccountFlagged {
                card: one.card,
                account,
            });
        }
    }
    facts
}
