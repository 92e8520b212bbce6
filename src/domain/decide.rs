//! From a wish to facts, or to a refusal that says the way out. Changes nothing itself.

use super::cut::{retract, split};
use super::echo::twins;
use super::seating::{admit, introduce, move_visitor, recognised};
use super::{
    AccountMatch, Board, Card, CardId, Closed, Command, Fact, Heat, Louder, Opened, Refusal, Stamp,
    Utterance, VisitorId, evidence,
};

/// The facts that `command` comes to on this board, if it can be done. `at` is the stamp the deed will carry.
///
/// No facts means there was nothing to do.
pub fn decide(board: &Board, command: Command, at: Stamp) -> Result<Vec<Fact>, Refusal> {
    match command {
        Command::Open { lane, why } => Ok(open(board, lane, why, at).1),
        Command::Close { card } => close(board, card, Closed::Key),
        Command::CloseSilent { card } => close(board, card, Closed::Silence),
        Command::Reopen { card } => reopen(board, card),
        command @ Command::Split { .. } => split(board, command, at),
        Command::Merge { card, from } => merge(board, card, from),
        Command::Hear { utterance, gap_ms } => Ok(hear(board, utterance, gap_ms, at)),
        Command::Understand {
            card,
            signals,
            mention,
            introduced,
            rating,
        } => {
            let card = known(board, card)?;
            let mut facts = evidence::reread(card, signals);
            facts.extend(mention.and_then(|account| mentioned(card, account)));
            facts.extend(introduced.and_then(|visitor| introduce(card, visitor, at)));
            facts.extend(rating.and_then(|(heat, why)| propose(card, heat, why)));
            Ok(facts)
        }
        Command::Admit {
            card,
            lane,
            visitor,
            account,
        } => admit(board, card, lane, visitor, account, at),
        Command::Correct {
            card,
            id,
            field,
            value,
            account,
        } => {
            let card = known(board, card)?;
            let id = id.or_else(|| card.visitors.first().map(|(id, _)| *id));
            let mut facts = vec![Fact::VisitorCorrected {
                card: card.id,
                id: id.unwrap_or(VisitorId(at)),
                field,
                value,
            }];
            facts.extend(account.and_then(|account| recognised(card, account)));
            Ok(facts)
        }
        Command::OffRecord { .. }
        | Command::OverhearOffRecord { .. }
        | Command::NoteStrike { .. } => Ok(private(board, command)),
        Command::MoveVisitor { .. }
        | Command::Presence { .. }
        | Command::KeepLayout { .. }
        | Command::Alert { .. }
        | Command::NotePost { .. }
        | Command::NoteExport { .. }
        | Command::Retract { .. } => noted(board, command, at),
        judgement => judge(board, judgement),
    }
}

/// Who moved, who is here, what was told outside, what is taken back.
fn noted(board: &Board, command: Command, at: Stamp) -> Result<Vec<Fact>, Refusal> {
    match command {
        Command::MoveVisitor {
            from,
            to,
            id,
            lane,
            account,
        } => move_visitor(board, (from, to, id), (lane, account), at),
        Command::Presence { owner, here } => Ok(presence(board, owner, here)),
        Command::KeepLayout { layout } => {
            let kept = board
                .layouts
                .iter()
                .rev()
                .find(|kept| kept.is_alike(&layout));
            let news = kept != Some(&layout);
            Ok(news
                .then_some(Fact::LayoutKept { layout })
                .into_iter()
                .collect())
        }
        Command::Alert {
            card,
            reasons,
            post,
        } => {
            let card = known(board, card)?.id;
            Ok(vec![Fact::AlertRaised {
                card,
                reasons,
                post,
            }])
        }
        Command::NotePost { alert } => Ok(vec![Fact::AlertPosted { alert }]),
        Command::NoteExport { folder, leads } => Ok(vec![Fact::NightExported { folder, leads }]),
        Command::Retract { target } => Ok(retract(board, target)),
        // `decide` sends nothing else here.
        _ => Ok(Vec::new()),
    }
}

/// Wishes of a person about one card.
fn judge(board: &Board, command: Command) -> Result<Vec<Fact>, Refusal> {
    let fact = match command {
        Command::Rate { card, heat } => rate(known(board, card)?, heat),
        Command::Tag { card, tag } => tag_or_untag(known(board, card)?, tag)?,
        Command::Flag { card, account } => flag(known(board, card)?, account)?,
        Command::Assign { card, owner } => {
            let card = known(board, card)?.id;
            match owner {
                Some(owner) => Fact::OwnerAssigned { card, owner },
                None => Fact::OwnerCleared { card },
            }
        }
        Command::SetNextStep { card, text, due } => {
            let card = known(board, card)?.id;
            Fact::NextStepSet { card, text, due }
        }
        Command::Note { card, text } => {
            let card = known(board, card)?.id;
            if text.trim().is_empty() {
                return Err(Refusal(
                    "an empty note says nothing; type a line first".into(),
                ));
            }
            Fact::NoteWritten { card, text }
        }
        Command::NoteConsent { card, consent } => Fact::ConsentNoted {
            card: known(board, card)?.id,
            consent,
            why: "by hand".into(),
        },
        Command::Strike {
            card,
            kind,
            utterance,
        } => return Ok(evidence::struck(known(board, card)?, kind, utterance)),
        Command::Mark { card, signal } => {
            return Ok(evidence::marked(known(board, card)?, signal));
        }
        Command::RestoreWords { card, utterance } => restore(known(board, card)?, utterance)?,
        Command::Take { card, by } => take(known(board, card)?, by),
        Command::HandOver { card } => hand_over(known(board, card)?)?,
        Command::Draft { card, wish } => super::draft::decide(known(board, card)?, wish)?,
        // `decide` keeps every other command to itself.
        _ => return Ok(Vec::new()),
    };
    Ok(vec![fact])
}

fn restore(card: &Card, utterance: Stamp) -> Result<Fact, Refusal> {
    let mut lines = card.utterances.iter();
    match lines.find(|line| line.id == utterance) {
        Some(line) if line.heard.is_some() => Ok(Fact::WordsRestored {
            card: card.id,
            utterance,
        }),
        _ => Err(Refusal(
            "no name was put right in this line; {scroll-up} and {scroll-down} mark another".into(),
        )),
    }
}

pub(super) fn known(board: &Board, id: CardId) -> Result<&Card, Refusal> {
    board.card(id).ok_or_else(|| {
        Refusal("that card is gone; pick another with {next-card} or {previous-card}".into())
    })
}

pub(super) fn open(board: &Board, lane: String, why: Opened, at: Stamp) -> (CardId, Vec<Fact>) {
    let mut facts = Vec::new();
    if let Some(live) = board.live_card(&lane) {
        facts.push(Fact::CardClosed {
            card: live.id,
            why: Closed::Next,
        });
    }
    let card = CardId(at);
    facts.push(Fact::CardOpened { card, lane, why });
    (card, facts)
}

fn close(board: &Board, card: CardId, why: Closed) -> Result<Vec<Fact>, Refusal> {
    let card = known(board, card)?;
    if !card.is_live() {
        return Err(Refusal(
            "that talk is closed already; {reopen-card} reopens it".into(),
        ));
    }
    Ok(vec![Fact::CardClosed { card: card.id, why }])
}

fn reopen(board: &Board, card: CardId) -> Result<Vec<Fact>, Refusal> {
    let card = known(board, card)?;
    if card.is_live() {
        return Err(Refusal("that talk is still open".into()));
    }
    let mut facts = Vec::new();
    if let Some(other) = board.live_card(&card.lane) {
        facts.push(Fact::CardClosed {
            card: other.id,
            why: Closed::Next,
        });
    }
    facts.push(Fact::CardReopened {
        card: card.id,
        lane: None,
    });
    Ok(facts)
}

fn merge(board: &Board, card: CardId, from: CardId) -> Result<Vec<Fact>, Refusal> {
    let (card, from) = (known(board, card)?.id, known(board, from)?.id);
    if card == from {
        return Err(Refusal(
            "a card can't be merged with itself; pick another".into(),
        ));
    }
    Ok(vec![Fact::CardsMerged { card, from }])
}

fn hear(board: &Board, utterance: Utterance, gap_ms: u64, at: Stamp) -> Vec<Fact> {
    // Off the record comes first: an echo of what may not be kept may not be kept either.
    let (start_ms, end_ms) = (utterance.start_ms, utterance.end_ms);
    if !board.lane(&utterance.lane).keeps(start_ms, end_ms) {
        let ms = end_ms.saturating_sub(start_ms);
        let lane = utterance.lane;
        return vec![Fact::HeardOffRecord { lane, ms }];
    }
    let twins = twins(board, &utterance);
    if let Some((card, louder, _)) = twins.iter().find(|twin| twin.2 == Louder::Standing) {
        return vec![Fact::HeardElsewhere {
            card: *card,
            utterance: *louder,
            echo: utterance,
        }];
    }
    let goes_on = board
        .live_card(&utterance.lane)
        .filter(|card| utterance.start_ms.saturating_sub(card.last_heard_ms()) <= gap_ms)
        // A recording of the morning is no part of the talk that goes on now.
        .filter(|card| card.opened_ms.saturating_sub(utterance.end_ms) <= gap_ms);
    let (card, mut facts) = match goes_on {
        Some(card) => (card.id, Vec::new()),
        None => open(board, utterance.lane.clone(), Opened::Speech, at),
    };
    for fact in &mut facts {
        if let Fact::CardClosed { why, .. } = fact {
            *why = Closed::Silence;
        }
    }
    facts.push(Fact::Heard { card, utterance });
    facts.extend(
        twins
            .into_iter()
            .map(|(from, quieter, _)| Fact::HeardLouder {
                card: from,
                utterance: quieter,
                to: card,
                louder: at,
            }),
    );
    facts
}

fn mentioned(card: &Card, account: AccountMatch) -> Option<Fact> {
    let known = card
        .suggested
        .as_ref()
        .is_some_and(|old| old.key == account.key && old.why == account.why);
    (!known).then_some(Fact::AccountMentioned {
        card: card.id,
        account,
    })
}

fn propose(card: &Card, heat: Option<Heat>, why: String) -> Option<Fact> {
    let stands = card.proposed.as_ref() == Some(&(heat, why.clone()));
    (!stands).then_some(Fact::RatingProposed {
        card: card.id,
        heat,
        why,
    })
}

/// Wishes about what a lane must not hear.
fn private(board: &Board, command: Command) -> Vec<Fact> {
    match command {
        Command::OffRecord { lane, off } => off_record(board, lane, off),
        Command::OverhearOffRecord { lane, ms } => vec![Fact::HeardOffRecord { lane, ms }],
        Command::NoteStrike {
            lane,
            from_ms,
            until_ms,
            sentences,
        } => vec![Fact::LaneStruck {
            lane,
            from_ms,
            until_ms,
            sentences,
        }],
        // `decide` sends nothing else here.
        _ => Vec::new(),
    }
}

fn off_record(board: &Board, lane: String, off: bool) -> Vec<Fact> {
    if board.lane(&lane).off_record == off {
        return Vec::new();
    }
    vec![if off {
        Fact::LaneOffRecord { lane }
    } else {
        Fact::LaneOnRecord { lane }
    }]
}

fn presence(board: &Board, owner: String, here: bool) -> Vec<Fact> {
    if board.away.contains(&owner) != here {
        return Vec::new();
    }
    vec![Fact::OwnerPresent { owner, here }]
}

fn rate(card: &Card, heat: Heat) -> Fact {
    Fact::Rated {
        card: card.id,
        heat: (card.heat != Some(heat)).then_some(heat),
    }
}

fn tag_or_untag(card: &Card, tag: String) -> Result<Fact, Refusal> {
    if tag.trim().is_empty() {
        return Err(Refusal("a tag needs a word; type one".into()));
    }
    let card_id = card.id;
    Ok(if card.tags.contains(&tag) {
        Fact::Untagged { card: card_id, tag }
    } else {
        Fact::Tagged { card: card_id, tag }
    })
}

fn flag(card: &Card, account: Option<AccountMatch>) -> Result<Fact, Refusal> {
    match account {
        Some(account) => Ok(Fact::AccountFlagged {
            card: card.id,
            account,
        }),
        None if card.account.is_none() => Err(Refusal(
            "no account is flagged on this card; {flag-account} picks one".into(),
        )),
        None => Ok(Fact::AccountUnflagged { card: card.id }),
    }
}

fn take(card: &Card, by: String) -> Fact {
    // The same person again walks away.
    let again = card.taken.as_ref().is_some_and(|(who, _)| *who == by);
    Fact::CardTaken {
        card: card.id,
        by: if again { String::new() } else { by },
    }
}

fn hand_over(card: &Card) -> Result<Fact, Refusal> {
    match &card.owner {
        Some(owner) => Ok(Fact::CardHandedOver {
            card: card.id,
            to: owner.owner.clone(),
        }),
        None => Err(Refusal(
            "nobody owns this lead yet; {assign-owner} assigns an owner first".into(),
        )),
    }
}
