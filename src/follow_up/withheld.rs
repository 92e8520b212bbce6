//! Whom we must not write to, and why: each reason with the way out.

use crate::domain::{Board, Card, Consent, Source, Visitor, VisitorId, is_email};

use super::Brand;
use super::facts::Told;

/// Why there is no draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// Nobody is known on the card.
    NoPerson,
    /// There is no address that somebody scanned or typed.
    NoAddress,
    /// They said no.
    OptedOut,
    /// They said no in another talk.
    OptedOutElsewhere,
    /// Nobody asked and nothing was promised: where the law wants consent first, this would be advertising.
    NotAsked,
    /// show.toml names no sender with a postal address.
    NoSender,
    /// No template could be filled, not even ours.
    NoTemplate,
}

impl Withheld {
    /// Why, for files.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoPerson => "no draft: nobody is known",
            Self::NoAddress => "no draft: there is no e-mail address that was scanned or typed",
            Self::OptedOut => "no draft: they do not want to be written to",
            Self::OptedOutElsewhere => {
                "no draft: in another talk they said that they do not want to be written to"
            }
            Self::NotAsked => {
                "no draft: nobody asked whether we may write, and nothing was promised"
            }
            Self::NoSender => "no draft: show.toml's [night] names no sender with a postal address",
            Self::NoTemplate => "no draft: no template could be filled",
        }
    }

    /// What to do about it on the board, with keys in braces; empty: nothing should be done.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::NoPerson => "{badge} takes a badge, {edit-visitor} types a name and address",
            Self::NoAddress => "{edit-visitor} types it",
            Self::OptedOut => "if that was misheard, {consent} corrects it",
            Self::OptedOutElsewhere => "if that was misheard, {consent} corrects it on that card",
            Self::NotAsked => "{consent} notes that they said yes, {next-step} what was promised",
            Self::NoSender => {
                "add to show.toml: [night] sender = \"your name, company and postal address\""
            }
            Self::NoTemplate => "boothside check tells what is wrong in templates/",
        }
    }
}

/// The cards of people who said no.
pub fn refusals(board: &Board) -> Vec<&Card> {
    let cards = board.cards();
    cards.filter(|card| card.consent.0 == Consent::No).collect()
}

/// The person a card's follow-up goes to, unless we must not write. `refusals` are the board's.
pub fn recipient<'c>(
    refusals: &[&Card],
    (card, to): (&'c Card, Option<(VisitorId, &'c Visitor)>),
    brand: &Brand,
    told: &Told,
) -> Result<(VisitorId, &'c Visitor), Withheld> {
    if card.visitors.is_empty() {
        return Err(Withheld::NoPerson);
    }
    // First of all: whoever said no is not told of an address that is missing.
    if card.consent.0 == Consent::No {
        return Err(Withheld::OptedOut);
    }
    let (id, visitor) = to.ok_or(Withheld::NoAddress)?;
    let elsewhere = refusals.iter().any(|other| {
        other.id != card.id && other.visitors.iter().any(|(_, one)| one.is_surely(visitor))
    });
    if elsewhere {
        return Err(Withheld::OptedOutElsewhere);
    }
    if card.consent.0 != Consent::Yes && !told.has("next_step") {
        return Err(Withheld::NotAsked);
    }
    if brand.sender.trim().is_empty() {
        return Err(Withheld::NoSender);
    }
    Ok((id, visitor))
}

/// Everybody of a talk with an address that somebody scanned or typed: one that was only heard is a guess. Nobody is
/// written to twice.
pub fn addressees(card: &Card) -> impl Iterator<Item = (VisitorId, &Visitor)> {
    let confirmed =
        |visitor: &Visitor| visitor.source != Source::Voice && is_email(visitor.email.trim());
    let people = card.visitors.iter().enumerate();
    people
        .filter(move |(at, (_, visitor))| {
            let same = |other: &Visitor| {
                let (mine, theirs) = (visitor.email.trim(), other.email.trim());
                confirmed(other) && mine.eq_ignore_ascii_case(theirs)
            };
            confirmed(visitor) && !card.visitors.iter().take(*at).any(|(_, other)| same(other))
        })
        .map(|(_, (id, visitor))| (*id, visitor))
}

/// The person who was asked for where there is an address, else the first with one.
pub fn addressee(card: &Card, person: Option<VisitorId>) -> Option<(VisitorId, &Visitor)> {
    let asked = addressees(card).find(|(id, _)| Some(*id) == person);
    asked.or_else(|| addressees(card).next())
}
