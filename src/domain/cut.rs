//! Cutting a card in two: what moves with the words, and how a cut is taken back after more was said.

use super::decide::known;
use super::seating::recognised;
use super::{
    AccountMatch, Board, Card, CardId, Command, Consent, Fact, Refusal, SignalKind, Stamp,
};

/// A cut of a card before an utterance.
pub(super) fn split(board: &Board, command: Command, at: Stamp) -> Result<Vec<Fact>, Refusal> {
    let Command::Split {
        card,
        from,
        why,
        account,
    } = command
    else {
        // `decide` sends nothing else here.
        return Ok(Vec::new());
    };
    let card = known(board, card)?;
    let into = CardId(at);
    match card.utterances.iter().position(|said| said.id == from) {
        None => Err(Refusal(
            "that line is on another card; pick a line of this one".into(),
        )),
        Some(0) => Err(Refusal(
            "that is the first line; a cut there would leave nothing behind".into(),
        )),
        Some(_) => {
            let mut facts = vec![Fact::CardSplit {
                card: card.id,
                into,
                from,
                why,
            }];
            facts.extend(people(card, into, from, account));
            facts.extend(consent(card, from));
            Ok(facts)
        }
    }
}

/// Who first sat down after the new talk began belongs to it, and so does what their badge says of the account.
fn people(card: &Card, into: CardId, from: Stamp, account: Option<AccountMatch>) -> Vec<Fact> {
    let came_later = card.visitors.iter().filter(|(id, _)| id.0 > from);
    let mut facts: Vec<Fact> = came_later
        .map(|(id, _)| Fact::VisitorMoved {
            from: card.id,
            to: into,
            id: *id,
        })
        .collect();
    let stay = card.visitors.len() - facts.len();
    if let Some(account) = account.filter(|_| !facts.is_empty()) {
        let theirs = card
            .account
            .as_ref()
            .is_some_and(|old| old.key == account.key && old.why == account.why);
        if theirs && stay == 0 {
            facts.push(Fact::AccountUnflagged { card: card.id });
        }
        facts.extend(recognised(&Card::new(into, String::new()), account));
    }
    facts
}

/// Consent that was given in the words that move is given no more on the card that stays.
fn consent(card: &Card, from: Stamp) -> Option<Fact> {
    let cut = card.utterances.iter().position(|said| said.id == from)?;
    let moves = |signal: &Stamp| card.utterances[cut..].iter().any(|said| said.id == *signal);
    let stands_on_it = card.signals.iter().any(|signal| {
        signal.kind == SignalKind::OptIn
            && signal.quote == card.consent.1
            && moves(&signal.utterance)
    });
    stands_on_it.then(|| Fact::ConsentNoted {
        card: card.id,
        consent: Consent::Unknown,
        why: String::new(),
    })
}

/// Taking back a deed. What was said on the new card since it was cut off goes back with the rest.
pub(super) fn retract(board: &Board, target: Stamp) -> Vec<Fact> {
    let mut facts = vec![Fact::Retracted { target }];
    let cut = board.card(CardId(target));
    if let Some(cut) = cut
        && let Some(kept) = cut.cut_from
        && cut.utterances.iter().any(|said| said.id > target)
    {
        facts.push(Fact::CardsMerged {
            card: kept,
            from: cut.id,
        });
    }
    facts
}
