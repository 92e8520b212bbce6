//! A deed in booth words: what a line of the trail and an undo say.

use crate::domain::{Card, CardId, Consent, Deed, Fact, Visitor};

use super::{Model, counted};

impl Model {
    /// What a deed did, in one line.
    pub fn deed_words(&self, deed: &Deed) -> String {
        let words: Vec<String> = deed
            .facts
            .iter()
            .filter_map(|fact| self.fact_words(fact))
            .collect();
        words.join(", ")
    }

    /// A card in a few words: the company and the person, or where and when.
    pub fn card_words(&self, card: &Card) -> String {
        let person = card.person().map(|visitor| visitor.name.as_str());
        match (card.company(), person) {
            (Some(company), Some(person)) => format!("{company}, {person}"),
            (Some(words), None) | (None, Some(words)) => words.to_owned(),
            (None, None) => format!("the talk of {}", self.clock_words(card.opened_ms)),
        }
    }

    /// A time of day at the show, HH:MM.
    pub fn clock_words(&self, ms: u64) -> String {
        let local = ms as i64 / 1000 + i64::from(self.now.offset_s);
        let minutes = local.div_euclid(60);
        format!(
            "{:02}:{:02}",
            minutes.div_euclid(60).rem_euclid(24),
            minutes.rem_euclid(60)
        )
    }

    fn name(&self, card: CardId) -> String {
        self.board()
            .card(card)
            .map_or_else(|| "a card".to_owned(), |card| self.card_words(card))
    }

    fn fact_words(&self, fact: &Fact) -> Option<String> {
        Some(match fact {
            Fact::CardOpened { lane, .. } if lane.is_empty() => "card opened".to_owned(),
            Fact::CardOpened { lane, .. } => format!("card opened on {lane}"),
            Fact::CardClosed { card, .. } => format!("closed {}", self.name(*card)),
            Fact::CardReopened { card, .. } => format!("reopened {}", self.name(*card)),
            Fact::CardSplit {
                card,
                why: Some(why),
                ..
            } => format!("cut {}: {why}", self.name(*card)),
            Fact::CardSplit { card, .. } => format!("split {}", self.name(*card)),
            Fact::CardsMerged { card, .. } => format!("merged into {}", self.name(*card)),
            Fact::AccountMentioned { account, .. } => {
                format!("{} may be meant ({})", account.name, account.why)
            }
            Fact::WordsRestored { .. } => "words as they were heard".to_owned(),
            Fact::NightExported { folder, leads } => {
                format!("{} into night/{folder}", counted(*leads, "lead"))
            }
            Fact::Retracted { target } => {
                let what = self.ledger.log().get(*target);
                format!(
                    "took back: {}",
                    what.map_or_else(String::new, |deed| self.deed_words(deed))
                )
            }
            Fact::LayoutKept { layout } => format!("badges are read as {}", layout.words()),
            Fact::OwnerPresent { owner, here: true } => format!("{owner} is here"),
            Fact::OwnerPresent { owner, here: false } => format!("{owner} is away"),
            Fact::AlertRaised { card, reasons, .. } => {
                let why: Vec<&str> = reasons.iter().map(|reason| reason.word()).collect();
                format!("called to {}: {}", self.name(*card), why.join(", "))
            }
            Fact::AlertPosted { alert } => {
                let what = self.ledger.log().get(*alert);
                format!(
                    "the webhook was told: {}",
                    what.map_or_else(String::new, |deed| self.deed_words(deed))
                )
            }
            Fact::ImportReturned { card, receipt } => {
                let done = receipt.import.word();
                format!("{}: {done} by the import", self.name(*card))
            }
            Fact::VerdictReturned { card, verdict } => {
                let said = verdict.disposition.word();
                format!("{}: {said} by sales", self.name(*card))
            }
            Fact::Unknown(_) => "something a newer version wrote".to_owned(),
            other => {
                return self
                    .lane_words(other)
                    .or_else(|| signal_words(other))
                    .or_else(|| self.draft_words(other))
                    .or_else(|| self.judgement_words(other));
            }
        })
    }

    /// What a lane heard, or must not hear.
    fn lane_words(&self, fact: &Fact) -> Option<String> {
        Some(match fact {
            Fact::Heard { utterance, .. } => format!("“{}”", utterance.text),
            Fact::HeardElsewhere { echo, .. } => {
                format!("{} heard it too: “{}”", echo.lane, echo.text)
            }
            Fact::HeardLouder { to, .. } => {
                format!(
                    "the same came less loud from elsewhere, linked to {}",
                    self.name(*to)
                )
            }
            Fact::HeardOffRecord { lane, ms } => {
                format!("{lane}: {} s off the record", ms.div_ceil(1000))
            }
            Fact::LaneOffRecord { lane } => format!("{lane} off the record"),
            Fact::LaneOnRecord { lane } => format!("{lane} on the record"),
            Fact::LaneStruck {
                lane,
                from_ms,
                until_ms,
                sentences,
            } => {
                let seconds = until_ms.saturating_sub(*from_ms) / 1000;
                let sentences = counted(*sentences, "sentence");
                format!("{lane}: the last {seconds} s struck for good, {sentences}")
            }
            // Every other fact has its words elsewhere.
            _ => return None,
        })
    }

    /// What was done with a follow-up; never its text, which may have to go with the words it rests on.
    fn draft_words(&self, fact: &Fact) -> Option<String> {
        Some(match fact {
            Fact::DraftEdited { card, body, .. } if body.is_empty() => {
                format!("the follow-up to {} as it was made", self.name(*card))
            }
            Fact::DraftEdited { card, .. } => {
                format!("the follow-up to {} in other words", self.name(*card))
            }
            Fact::DraftApproved { card, .. } => {
                format!("the follow-up to {} approved", self.name(*card))
            }
            Fact::DraftHeld { card } => format!("the follow-up to {} held back", self.name(*card)),
            Fact::DraftReleased { card } => {
                format!("the follow-up to {} let go", self.name(*card))
            }
            _ => return None,
        })
    }

    fn judgement_words(&self, fact: &Fact) -> Option<String> {
        Some(match fact {
            Fact::Rated {
                card,
                heat: Some(heat),
            } => format!("{} rated {}", self.name(*card), heat.word()),
            Fact::Rated { card, heat: None } => format!("{} rated no more", self.name(*card)),
            Fact::RatingProposed { heat, why, .. } => {
                let heat = heat.map_or("no buyer", crate::domain::Heat::word);
                format!("looks {heat}: {why}")
            }
            Fact::Tagged { card, tag } => format!("{} tagged {tag}", self.name(*card)),
            Fact::Untagged { card, tag } => format!("{} no longer {tag}", self.name(*card)),
            Fact::AccountFlagged { account, .. } => {
                format!("target {} ({})", account.name, account.why)
            }
            Fact::AccountUnflagged { card } => format!("{} is no target", self.name(*card)),
            Fact::OwnerAssigned { card, owner } => {
                format!(
                    "{} goes to {} ({})",
                    self.name(*card),
                    owner.owner,
                    owner.rule
                )
            }
            Fact::OwnerCleared { card } => format!("nobody owns {}", self.name(*card)),
            Fact::NextStepSet { text, due, .. } if !text.is_empty() => match due {
                Some(day) => format!("next step: {text}, due {day}"),
                None => format!("next step: {text}"),
            },
            Fact::NextStepSet { card, .. } => format!("no next step for {}", self.name(*card)),
            Fact::NoteWritten { text, .. } => format!("note: {text}"),
            Fact::VisitorSeated { visitor, .. } => format!("{} is here", visitor_words(visitor)),
            Fact::VisitorReturned { visitor, .. } => {
                format!("{} is back", visitor_words(visitor))
            }
            Fact::VisitorCorrected { field, value, .. } => format!("{}: {value}", field.word()),
            Fact::VisitorMoved { to, .. } => format!("visitor moved to {}", self.name(*to)),
            Fact::ConsentNoted { consent, why, .. } => match consent {
                Consent::Yes => format!("may be contacted ({why})"),
                Consent::No => format!("must not be contacted ({why})"),
                Consent::Unknown => "consent not asked".to_owned(),
            },
            Fact::CardTaken { card, by } if by.is_empty() => {
                format!("{} is free again", self.name(*card))
            }
            Fact::CardTaken { card, by } => format!("{by} takes {}", self.name(*card)),
            Fact::CardHandedOver { card, to } => format!("{} handed to {to}", self.name(*card)),
            // Every other fact has its words above.
            _ => return None,
        })
    }
}

/// What was read in the words, or seen in them by a person.
fn signal_words(fact: &Fact) -> Option<String> {
    Some(match fact {
        Fact::SignalSpotted { signal, .. } => {
            format!("{}: {}", signal.kind.word(), signal.words())
        }
        Fact::SignalWithdrawn { kind, .. } => format!("{} withdrawn", kind.word()),
        Fact::SignalStruck { kind, .. } => format!("{} struck", kind.word()),
        Fact::SignalMarked { signal, .. } => {
            format!("{} marked: “{}”", signal.kind.word(), signal.quote)
        }
        // Every other fact has its words elsewhere.
        _ => return None,
    })
}

/// A person in a few words: the name, the company, the badge's number.
fn visitor_words(visitor: &Visitor) -> String {
    let who = [
        visitor.name.as_str(),
        visitor.company.as_str(),
        visitor.badge_id.as_str(),
    ];
    let who: Vec<&str> = who.into_iter().filter(|part| !part.is_empty()).collect();
    who.join(", ")
}
