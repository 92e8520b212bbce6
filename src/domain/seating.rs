//! Who sits at which card: introduced, admitted, come back, moved; and how one person is known again.

use super::decide::{known, open};
use super::{
    AccountMatch, Board, Card, CardId, Fact, Field, Opened, Refusal, Source, Stamp, Visitor,
    VisitorId,
};

/// Somebody scanned again within this time is still here; later they came back, in ms (10 min).
const VISIT_MS: u64 = 10 * 60_000;

impl Visitor {
    /// Whether two badges are surely of one person: the same id, address or payload, or the same name at the same company.
    pub fn is_same(&self, other: &Self) -> bool {
        let same = |a: &str, b: &str| !a.is_empty() && a.eq_ignore_ascii_case(b);
        same(&self.badge_id, &other.badge_id)
            || same(&self.email, &other.email)
            || same(&self.raw, &other.raw)
            || same(&self.name, &other.name) && same(&self.company, &other.company)
    }
}

impl Board {
    /// Where somebody sits whom this badge surely names: the newest such card.
    pub fn seat_of(&self, visitor: &Visitor) -> Option<(&Card, VisitorId)> {
        self.cards().rev().find_map(|card| {
            let mut seats = card.visitors.iter();
            let seat = seats.find(|(_, known)| known.is_same(visitor));
            seat.map(|(id, _)| (card, *id))
        })
    }

    /// How often this person came to the booth: once for every card they sit at, and once for every return to one.
    pub fn visits(&self, visitor: &Visitor) -> usize {
        self.cards()
            .filter_map(|card| {
                let mut seats = card.visitors.iter();
                let (id, _) = seats.find(|(_, known)| known.is_same(visitor))?;
                Some(1 + card.times_back(*id))
            })
            .sum()
    }
}

pub(super) fn admit(
    board: &Board,
    card: Option<CardId>,
    lane: String,
    visitor: Visitor,
    account: Option<AccountMatch>,
    at: Stamp,
) -> Result<Vec<Fact>, Refusal> {
    let meant = card.map(|id| known(board, id)).transpose()?;
    let seat = meant.or_else(|| board.live_card(&lane));
    if seat.is_none()
        && let Some((card, id)) = board.seat_of(&visitor)
    {
        return Ok(come_back(card, id, (lane, visitor, account), at));
    }
    let (card, mut facts) = match seat {
        Some(card) => (card.id, Vec::new()),
        None => open(board, lane, Opened::Scan, at),
    };
    let known = seat.and_then(|card| {
        card.visitors
            .iter()
            .find(|(_, old)| same_person(old, &visitor))
    });
    let id = known.map_or(VisitorId(at), |(id, _)| *id);
    facts.push(Fact::VisitorSeated { card, id, visitor });
    if let Some(account) = account {
        match seat {
            Some(card) => facts.extend(recognised(card, account)),
            None => facts.push(Fact::AccountFlagged { card, account }),
        }
    }
    Ok(facts)
}

/// Somebody we know is here again: the same lead goes on, where they stand now.
fn come_back(
    card: &Card,
    id: VisitorId,
    (lane, visitor, account): (String, Visitor, Option<AccountMatch>),
    at: Stamp,
) -> Vec<Fact> {
    let last = card.returns.iter().map(|(_, ms)| *ms).max();
    let last = last.unwrap_or(0).max(card.last_heard_ms());
    let still_here = card.is_live() && at.wall_ms.saturating_sub(last) < VISIT_MS;
    let (card_id, mut facts) = (card.id, Vec::new());
    if !card.is_live() {
        facts.push(Fact::CardReopened {
            card: card_id,
            lane: (lane != card.lane).then_some(lane),
        });
    }
    facts.push(if still_here {
        Fact::VisitorSeated {
            card: card_id,
            id,
            visitor,
        }
    } else {
        Fact::VisitorReturned {
            card: card_id,
            id,
            visitor,
        }
    });
    facts.extend(account.and_then(|account| recognised(card, account)));
    facts
}

/// What a badge or address says of the account flags it, unless the captain chose one by hand.
pub(super) fn recognised(card: &Card, account: AccountMatch) -> Option<Fact> {
    let settled = card
        .account
        .as_ref()
        .is_some_and(|old| old.key == account.key || old.why == "chosen by hand");
    (!settled).then_some(Fact::AccountFlagged {
        card: card.id,
        account,
    })
}

/// Somebody was scanned onto the wrong card. A card that was opened for them alone goes with them.
pub(super) fn move_visitor(
    board: &Board,
    (from, to, id): (CardId, Option<CardId>, VisitorId),
    (lane, account): (String, Option<AccountMatch>),
    at: Stamp,
) -> Result<Vec<Fact>, Refusal> {
    let from = known(board, from)?;
    if !from.visitors.iter().any(|(other, _)| *other == id) {
        return Err(Refusal("that person is not on this card".into()));
    }
    let alone = from.visitors.len() == 1;
    let target = to.map(|to| known(board, to)).transpose()?;
    if target.is_some_and(|to| to.id == from.id) {
        return Err(Refusal("that person is on this card already".into()));
    }
    if let Some(to) = target
        && alone
        && from.is_only_seats()
    {
        return Ok(vec![Fact::CardsMerged {
            card: to.id,
            from: from.id,
        }]);
    }
    let (to, mut facts) = match target {
        Some(to) => (to.id, Vec::new()),
        None => open(board, lane, Opened::Scan, at),
    };
    facts.push(Fact::VisitorMoved {
        from: from.id,
        to,
        id,
    });
    if let Some(account) = account {
        let by_badge = |old: &AccountMatch| old.key == account.key && old.why == account.why;
        if alone && from.account.as_ref().is_some_and(by_badge) {
            facts.push(Fact::AccountUnflagged { card: from.id });
        }
        match target {
            Some(to) => facts.extend(recognised(to, account)),
            None => facts.push(Fact::AccountFlagged { card: to, account }),
        }
    }
    Ok(facts)
}

/// A person who said who they are; their word fills gaps and never overrules a badge or a typed line.
pub(super) fn introduce(card: &Card, visitor: Visitor, at: Stamp) -> Option<Fact> {
    let known = card
        .visitors
        .iter()
        .find(|(_, old)| same_person(old, &visitor));
    let (id, old) = match known {
        Some((id, old)) => (*id, old.clone()),
        None => (VisitorId(at), Visitor::default()),
    };
    let mut fresh = old.clone();
    fresh.absorb(&visitor);
    (fresh != old).then_some(Fact::VisitorSeated {
        card: card.id,
        id,
        visitor,
    })
}

/// Whether two descriptions may be of one person: the same badge, address or name, or one of them is nameless.
fn same_person(one: &Visitor, other: &Visitor) -> bool {
    let both = |a: &str, b: &str| !a.is_empty() && !b.is_empty();
    let same = |a: &str, b: &str| both(a, b) && a.eq_ignore_ascii_case(b);
    if same(&one.badge_id, &other.badge_id) || same(&one.email, &other.email) {
        return true;
    }
    if both(&one.badge_id, &other.badge_id) || both(&one.email, &other.email) {
        return false;
    }
    if both(&one.name, &other.name) {
        let words = |name: &str| {
            name.to_lowercase()
                .split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let (mine, theirs) = (words(&one.name), words(&other.name));
        // "Frank" may be the Frank Bennett of the badge.
        return mine.iter().all(|word| theirs.contains(word))
            || theirs.iter().all(|word| mine.contains(word));
    }
    one.source == Source::Voice || other.source == Source::Voice
}

/// Seats a person; one who sits there already is known better.
pub(super) fn seat(card: &mut Card, id: VisitorId, visitor: &Visitor) {
    match card.visitors.iter_mut().find(|(other, _)| *other == id) {
        Some((_, known)) => known.absorb(visitor),
        None => card.visitors.push((id, visitor.clone())),
    }
}

/// Corrects one detail of a person, who is made if nobody has that id.
pub(super) fn correct(card: &mut Card, id: VisitorId, field: Field, value: &str) {
    if !card.visitors.iter().any(|(other, _)| *other == id) {
        card.visitors.push((id, Visitor::default()));
    }
    if let Some((_, visitor)) = card.visitors.iter_mut().find(|(other, _)| *other == id) {
        visitor.set(field, value.to_owned());
        visitor.source = visitor.source.max(Source::Typed);
    }
}
