//! A draft in other words: asked of the show's language model by a key, shown as a suggestion, taken or laid aside.
//!
//! Nothing is asked by itself and nothing is taken by itself; what is taken is an edit like any other, which nobody has
//! approved yet.

use crate::domain::{Card, CardId, DraftWish, Language};
use crate::follow_up::{Desk, Draft, Standing, Wording, offered, reworded};

use super::{Effect, Layer, Model, ToastKind};

/// What is asked of the language model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolishAsked {
    /// Which question this is: an answer to another one is none.
    pub number: u64,
    /// The mail's language.
    pub language: Language,
    /// The lines to put in other words.
    pub wording: Wording,
}

/// A draft's other words, and those they stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The card.
    card: CardId,
    /// The draft's own words.
    before: Wording,
    /// The desk in other words.
    pub desk: Desk,
}

/// What the language model was asked and what it said. Never kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Polishing {
    /// How many questions were asked.
    asked: u64,
    /// The question under way: its card and words.
    waits: Option<(CardId, PolishAsked)>,
    /// What may be taken.
    suggestion: Option<Suggestion>,
    /// Why the last answer was not taken, by its card.
    refused: Option<(CardId, String)>,
}

impl Polishing {
    /// Whether there are other words to take.
    pub fn offers(&self) -> bool {
        self.suggestion.is_some()
    }

    /// Forgets every word: some of them were struck. The question under way is answered to nobody.
    pub(super) fn forget(&mut self) {
        *self = Self {
            asked: self.asked,
            ..Self::default()
        };
    }
}

impl Model {
    /// The suggestion for a card, while its draft says what it said when it was asked.
    pub fn suggestion(&self, card: &Card, draft: &Draft, desk: &Desk) -> Option<&Suggestion> {
        let suggestion = self.polish.suggestion.as_ref()?;
        let fresh = suggestion.card == card.id && suggestion.before == offered(desk, draft);
        fresh.then_some(suggestion)
    }

    /// Where the language model stands with a card: one sentence, and whether something went wrong. None where the show
    /// has no such model.
    pub fn polish_words(&self, card: &Card, suggested: bool) -> Option<(String, bool)> {
        let host = self.config.polish.as_ref()?;
        let waits = self.polish.waits.as_ref();
        let refused = self
            .polish
            .refused
            .as_ref()
            .filter(|(id, _)| *id == card.id);
        Some(if suggested {
            let keys = self.keyed("{take-polish} takes it, {polish-draft} lays it aside");
            (format!("a suggestion, sent to {host}: {keys}"), false)
        } else if waits.is_some_and(|(id, _)| *id == card.id) {
            (format!("sent to {host}; nothing came back yet"), false)
        } else if let Some((_, why)) = refused {
            (why.clone(), true)
        } else if self
            .polish
            .suggestion
            .as_ref()
            .is_some_and(|one| one.card == card.id)
        {
            let words = "the draft changed since other words came; {polish-draft} asks again";
            (self.keyed(words), true)
        } else {
            let key = self.keyed("{polish-draft}");
            let words = format!("{key} asks {host} for other words: these lines are sent there");
            (words, false)
        })
    }

    /// Asks for other words, or lays aside those that stand there.
    pub(super) fn polish_draft(&mut self) -> Vec<Effect> {
        let Some(host) = self.config.polish.clone() else {
            let words = "no language model is set; show.toml's [polish] names one";
            return self.refuse(words.to_owned());
        };
        let (card, draft, desk) = match self.on_desk() {
            Ok(found) => found,
            Err(effects) => return effects,
        };
        if self.suggested() {
            self.polish.suggestion = None;
            let words = self.keyed("laid aside; the draft stands as it was");
            self.toast(ToastKind::News, words);
            return Vec::new();
        }
        if let Some(why) = self.stays_here(card, &desk, &host) {
            return self.refuse(why);
        }
        self.polish.asked += 1;
        let asked = PolishAsked {
            number: self.polish.asked,
            language: draft.language,
            wording: offered(&desk, &draft),
        };
        self.polish.suggestion = None;
        self.polish.refused = None;
        self.polish.waits = Some((card, asked.clone()));
        self.toast(ToastKind::News, format!("the draft was sent to {host}"));
        vec![Effect::Polish(asked)]
    }

    /// Why a draft must not leave the laptop now; none where it may.
    fn stays_here(&self, card: CardId, desk: &Desk, host: &str) -> Option<String> {
        if let Some(refusal) = self.seat.refusal() {
            return Some(refusal);
        }
        if self.polish.waits.is_some() {
            return Some(format!("{host} has not answered the last one yet"));
        }
        if matches!(desk.standing, Standing::Waits | Standing::Free) {
            return Some(self.keyed("it is approved already; {undo} takes that back"));
        }
        let off = self
            .board()
            .card(card)
            .is_some_and(|card| self.was_off_record(card));
        off.then(|| {
            "part of this talk was off the record: nothing of it leaves the laptop".to_owned()
        })
    }

    /// Whether a card's lanes are off the record, or something was struck while it was open.
    fn was_off_record(&self, card: &Card) -> bool {
        let mut lanes: Vec<&str> = card
            .utterances
            .iter()
            .map(|one| one.lane.as_str())
            .collect();
        lanes.push(&card.lane);
        lanes.sort_unstable();
        lanes.dedup();
        let until = card
            .closed_ms
            .unwrap_or(self.now.ms)
            .max(card.last_heard_ms());
        lanes.iter().any(|lane| {
            let record = self.board().lane(lane);
            let live = record.off_record && card.closed_ms.is_none();
            let struck = record
                .struck
                .is_some_and(|(from, to)| from < until && to > card.opened_ms);
            live || struck
        })
    }

    /// Takes the suggestion: an edit like any other.
    pub(super) fn take_polish(&mut self) -> Vec<Effect> {
        let (id, draft, desk) = match self.on_desk() {
            Ok(found) => found,
            Err(effects) => return effects,
        };
        let card = self.board().card(id);
        let suggestion = card.and_then(|card| self.suggestion(card, &draft, &desk));
        let Some(letter) = suggestion.map(|one| one.desk.letter(&draft)) else {
            let words =
                self.keyed("there are no other words to take; {polish-draft} asks for some");
            return self.refuse(words);
        };
        let effects = self.wish(id, DraftWish::Edit(letter));
        if !effects.is_empty() {
            self.polish.suggestion = None;
            let words = self.keyed("taken; {approve-draft} approves it, {undo} takes it back");
            self.toast(ToastKind::Done, words);
        }
        effects
    }

    /// An answer came: it is shown if it tells only what the draft tells, else the board says why not.
    pub(super) fn polished(&mut self, number: u64, result: Result<Wording, String>) -> Vec<Effect> {
        let ours = |waits: &mut (CardId, PolishAsked)| waits.1.number == number;
        let Some((id, asked)) = self.polish.waits.take_if(ours) else {
            return Vec::new();
        };
        let host = self.config.polish.clone().unwrap_or_default();
        match self.judged(id, &asked, result) {
            Ok(suggestion) => {
                self.polish.suggestion = Some(suggestion);
                let words = self.keyed("other words are there: {take-polish} takes them");
                self.toast(ToastKind::News, words);
            }
            Err(why) => {
                let words = format!("{host} {why}; the plain draft stays");
                self.polish.refused = Some((id, words.clone()));
                self.toast(ToastKind::Refused, words);
            }
        }
        Vec::new()
    }

    fn judged(
        &self,
        id: CardId,
        asked: &PolishAsked,
        result: Result<Wording, String>,
    ) -> Result<Suggestion, String> {
        let changed = || "answered, but the draft changed meanwhile".to_owned();
        let wording = result?;
        let id = self.board().resolve(id);
        let card = self.board().card(id).ok_or_else(changed)?;
        let (draft, desk) = self.follow_up(card).map_err(|_| changed())?;
        if offered(&desk, &draft) != asked.wording {
            return Err(changed());
        }
        let desk = reworded(&desk, &draft, &wording)
            .map_err(|unfit| format!("gave other words that are not taken: {}", unfit.words()))?;
        Ok(Suggestion {
            card: id,
            before: asked.wording.clone(),
            desk,
        })
    }

    /// Whether a suggestion is what the captain sees now, so that a key about the draft would be about other words.
    pub(super) fn suggested(&self) -> bool {
        let on_draft = matches!(self.view.layers.last(), Some(Layer::Draft(_)));
        let card = self.focused().filter(|_| on_draft);
        card.is_some_and(|card| {
            let made = self.follow_up(card).ok();
            made.is_some_and(|(draft, desk)| self.suggestion(card, &draft, &desk).is_some())
        })
    }

    /// Says that a suggestion has to be taken or laid aside first.
    pub(super) fn suggested_first(&mut self) -> Vec<Effect> {
        let words = self
            .keyed("first {take-polish} takes the other words or {polish-draft} lays them aside");
        self.refuse(words)
    }

    pub(super) fn refuse(&mut self, words: String) -> Vec<Effect> {
        self.toast(ToastKind::Refused, words);
        Vec::new()
    }
}
