//! The board: what all deeds add up to. `apply` is total; what it can't place it counts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::VisitorId;
use super::alert::Alerts;
use super::card::{NextStep, Note};
use super::seating::{correct, seat};
use super::{Card, CardId, Closed, Deed, Fact, Layout, Log, Stamp, Utterance, Verdict, evidence};

/// Words that ended longer than this before their card was opened are of a talk that began back then (1 min).
const LATE_MS: u64 = 60_000;

/// What the deeds say of one lane.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct LaneRecord {
    /// The card that what is said now belongs to.
    pub live: Option<CardId>,
    /// Whether the captain stopped listening.
    pub off_record: bool,
    /// Speech heard off the record, in ms. Only the time is known.
    pub off_record_ms: u64,
    /// The span that was struck last, from and until in ms since 1970.
    pub struck: Option<(u64, u64)>,
}

impl LaneRecord {
    /// Whether words spoken in this span may be kept: a late text of what was struck must not land.
    pub fn keeps(&self, start_ms: u64, end_ms: u64) -> bool {
        let struck = self
            .struck
            .is_some_and(|(from, until)| end_ms > from && start_ms < until);
        !self.off_record && !struck
    }
}

/// Every card and lane of the show.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Board {
    /// Shared with older boards until one of them changes: a checkpoint of 2,000 cards costs as many pointers.
    pub(super) cards: BTreeMap<CardId, Arc<Card>>,
    pub(super) lanes: BTreeMap<String, LaneRecord>,
    /// Cards that went over to another by a merge.
    pub(super) merged: BTreeMap<CardId, CardId>,
    /// Folders of the night's exports, oldest first, with the time in ms and the leads in each.
    pub exports: Vec<(String, u64, usize)>,
    /// What the captain was called to.
    pub alerts: Alerts,
    /// Owners who are not at the booth.
    pub away: BTreeSet<String>,
    /// How delimited badges are laid out, as it was kept, the newest last.
    pub layouts: Vec<Layout>,
    /// Facts that found no place: of later versions, or about cards nobody knows.
    pub strays: usize,
}

impl Board {
    /// The board that a whole log adds up to, retractions respected.
    pub fn fold(log: &Log) -> Self {
        let gone = log.retracted();
        let mut board = Self::default();
        for deed in log.iter().filter(|deed| !gone.contains(&deed.stamp)) {
            board.apply(deed);
        }
        board
    }

    /// All cards, oldest first.
    pub fn cards(&self) -> impl DoubleEndedIterator<Item = &Card> {
        self.cards.values().map(Arc::as_ref)
    }

    /// How many cards there are.
    pub fn len(&self) -> usize {
        self.cards.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.cards.is_empty()
    }

    /// The card with this id, or the one it was merged into.
    pub fn card(&self, id: CardId) -> Option<&Card> {
        self.cards.get(&self.resolve(id)).map(Arc::as_ref)
    }

    /// What is known of a lane.
    pub fn lane(&self, name: &str) -> LaneRecord {
        self.lanes.get(name).cloned().unwrap_or_default()
    }

    /// Every lane that something is known of, by name.
    pub fn lanes(&self) -> impl Iterator<Item = (&str, &LaneRecord)> {
        self.lanes
            .iter()
            .map(|(name, record)| (name.as_str(), record))
    }

    /// The live card of a lane.
    pub fn live_card(&self, lane: &str) -> Option<&Card> {
        let id = self.lanes.get(lane)?.live?;
        self.card(id).filter(|card| card.is_live())
    }

    /// The id that a card goes by after merges.
    pub fn resolve(&self, mut id: CardId) -> CardId {
        // Merges can't form a circle (`merge` refuses it); the bound makes that plain to a reader.
        for _ in 0..self.merged.len() {
            match self.merged.get(&id) {
                Some(&next) => id = next,
                None => break,
            }
        }
        id
    }

    /// Every id that means this card: its own, and those of what was merged into it.
    pub fn ids(&self, card: CardId) -> BTreeSet<CardId> {
        let merged = self.merged.keys().copied();
        let mut ids: BTreeSet<CardId> = merged.filter(|id| self.resolve(*id) == card).collect();
        ids.insert(card);
        ids
    }

    /// Folds one deed in. Retractions are the log's business (see [`Log::retracted`]) and change nothing here.
    pub fn apply(&mut self, deed: &Deed) {
        for fact in &deed.facts {
            if !self.apply_fact(fact, deed.stamp) {
                self.strays += 1;
            }
        }
    }

    /// False where the fact found no place.
    fn apply_fact(&mut self, fact: &Fact, at: Stamp) -> bool {
        match fact {
            Fact::CardOpened { card, lane, .. } => self.open(*card, lane),
            Fact::CardSplit {
                card,
                into,
                from,
                why,
            } => self.split(*card, *into, *from, why.is_some()),
            Fact::CardsMerged { card, from } => self.merge(*card, *from),
            Fact::Heard { card, utterance } => self.hear(*card, utterance),
            Fact::HeardLouder {
                card,
                utterance,
                to,
                louder,
            } => self.make_echo(*card, *utterance, *to, *louder),
            Fact::HeardOffRecord { lane, ms } => {
                self.lanes.entry(lane.clone()).or_default().off_record_ms += ms;
                true
            }
            Fact::LaneOffRecord { lane } => self.set_off_record(lane, true),
            Fact::LaneOnRecord { lane } => self.set_off_record(lane, false),
            Fact::LaneStruck {
                lane,
                from_ms,
                until_ms,
                ..
            } => {
                self.lanes.entry(lane.clone()).or_default().struck = Some((*from_ms, *until_ms));
                true
            }
            Fact::VisitorMoved { from, to, id } => self.move_visitor(*from, *to, *id),
            Fact::NightExported { folder, leads } => {
                self.exports.push((folder.clone(), at.wall_ms, *leads));
                true
            }
            Fact::CardReopened { card, lane } => self.reopen(*card, lane.as_deref(), at),
            Fact::OwnerPresent { owner, here } => self.set_presence(owner, *here),
            Fact::LayoutKept { layout } => {
                self.layouts.push(layout.clone());
                true
            }
            Fact::AlertPosted { alert } => self.alerts.posted(*alert),
            Fact::AlertRaised {
                card,
                reasons,
                post,
            } => {
                // Kept even where the card is gone: what comes back by a redo doesn't call again.
                let card = self.resolve(*card);
                self.alerts.raise(at, card, reasons, *post);
                true
            }
            Fact::Retracted { .. } => true,
            Fact::Unknown(_) => false,
            _ => self.on_card(fact, at),
        }
    }

    /// Facts that change one card and nothing else.
    fn on_card(&mut self, fact: &Fact, at: Stamp) -> bool {
        let Some(card) = card_of(fact).and_then(|id| {
            let id = self.resolve(id);
            self.cards.get_mut(&id).map(Arc::make_mut)
        }) else {
            return false;
        };
        // What comes back from outside or goes on with the follow-up is no news about the lead: its row says the same.
        let no_news = matches!(
            fact,
            Fact::ImportReturned { .. }
                | Fact::VerdictReturned { .. }
                | Fact::DraftEdited { .. }
                | Fact::DraftApproved { .. }
                | Fact::DraftHeld { .. }
                | Fact::DraftReleased { .. }
        );
        if !no_news {
            card.touched_ms = card.touched_ms.max(at.wall_ms);
        }
        match fact {
            Fact::CardClosed { why, .. } => {
                card.closed_ms = Some(match why {
                    // A silence is noticed after the fact; the talk ended with its last word.
                    Closed::Silence => card.last_heard_ms(),
                    Closed::Key | Closed::Next => at.wall_ms,
                });
            }
            Fact::VisitorSeated { id, visitor, .. } => seat(card, *id, visitor),
            Fact::VisitorReturned { id, visitor, .. } => {
                seat(card, *id, visitor);
                card.returns.push((*id, at.wall_ms));
            }
            Fact::VisitorCorrected {
                id, field, value, ..
            } => correct(card, *id, *field, value),
            Fact::SignalSpotted { signal, .. } => evidence::spot(card, signal),
            Fact::SignalWithdrawn {
                kind, utterance, ..
            } => evidence::withdraw(card, *kind, *utterance),
            Fact::WordsRestored { utterance, .. } => restore_words(card, *utterance),
            Fact::SignalStruck {
                kind, utterance, ..
            } => evidence::strike(card, *kind, *utterance),
            Fact::SignalMarked { signal, .. } => evidence::mark(card, signal),
            _ => judge(card, fact, at),
        }
        card.hot_since_ms = card
            .is_hot()
            .then(|| card.hot_since_ms.unwrap_or(at.wall_ms));
        true
    }

    fn open(&mut self, id: CardId, lane: &str) -> bool {
        self.cards
            .entry(id)
            .or_insert_with(|| Arc::new(Card::new(id, lane.to_owned())));
        if !lane.is_empty() {
            self.lanes.entry(lane.to_owned()).or_default().live = Some(id);
        }
        true
    }

    fn set_presence(&mut self, owner: &str, here: bool) -> bool {
        if here {
            self.away.remove(owner);
        } else {
            self.away.insert(owner.to_owned());
        }
        true
    }

    fn reopen(&mut self, id: CardId, lane: Option<&str>, at: Stamp) -> bool {
        let id = self.resolve(id);
        let Some(card) = self.cards.get_mut(&id).map(Arc::make_mut) else {
            return false;
        };
        card.closed_ms = None;
        card.resumed_ms = Some(at.wall_ms);
        card.touched_ms = card.touched_ms.max(at.wall_ms);
        if let Some(lane) = lane {
            lane.clone_into(&mut card.lane);
        }
        let lane = card.lane.clone();
        if !lane.is_empty() {
            self.lanes.entry(lane).or_default().live = Some(id);
        }
        true
    }

    /// Words are never lost: where their card is not known (its opening was taken back), they open it again.
    fn hear(&mut self, id: CardId, utterance: &Utterance) -> bool {
        let id = self.resolve(id);
        if !self.cards.contains_key(&id) {
            self.open(id, &utterance.lane);
        }
        let Some(card) = self.cards.get_mut(&id).map(Arc::make_mut) else {
            return false;
        };
        let place = card
            .utterances
            .partition_point(|other| other.place() <= utterance.place());
        card.utterances.insert(place, utterance.clone());
        // A recording that is taken in later, or words that waited long, tell of a talk that began before its deed.
        if card.opened_ms > utterance.end_ms + LATE_MS {
            card.opened_ms = utterance.start_ms;
        }
        card.touched_ms = card.touched_ms.max(utterance.end_ms);
        true
    }

    fn split(&mut self, id: CardId, into: CardId, from: Stamp, by_itself: bool) -> bool {
        let id = self.resolve(id);
        let Some(card) = self.cards.get_mut(&id).map(Arc::make_mut) else {
            return false;
        };
        // A line that was struck since is no longer there: what was said after it moves all the same.
        let cut = card.utterances.iter().position(|said| said.id == from);
        let after = card.utterances.iter().position(|said| said.id > from);
        let cut = cut.or(after).unwrap_or(card.utterances.len());
        let mut new = Card::new(into, card.lane.clone());
        new.utterances = card.utterances.split_off(cut);
        new.opened_ms = new.utterances.first().map_or(new.opened_ms, |u| u.start_ms);
        let goes = |of: &Stamp| new.utterances.iter().any(|u| u.id == *of);
        (new.echoes, card.echoes) = card.echoes.drain(..).partition(|(of, _)| goes(of));
        evidence::follow(card, &mut new);
        new.cut_from = Some(id);
        if by_itself {
            // What the machine made of the whole it reads anew in the parts.
            card.suggested = None;
            card.proposed = None;
        }
        new.closed_ms = card.closed_ms;
        card.closed_ms = Some(card.last_heard_ms());
        let lane = card.lane.clone();
        let was_live = self.lanes.get(&lane).and_then(|lane| lane.live) == Some(id);
        if was_live {
            self.lanes.entry(lane).or_default().live = Some(into);
        }
        self.cards.insert(into, Arc::new(new));
        true
    }

    fn merge(&mut self, keep: CardId, from: CardId) -> bool {
        let (keep, from) = (self.resolve(keep), self.resolve(from));
        if keep == from || !self.cards.contains_key(&keep) {
            return false;
        }
        let Some(gone) = self.cards.remove(&from) else {
            return false;
        };
        for lane in self.lanes.values_mut() {
            if lane.live == Some(from) {
                lane.live = Some(keep);
            }
        }
        self.merged.insert(from, keep);
        self.alerts.merge(keep, from);
        if let Some(card) = self.cards.get_mut(&keep).map(Arc::make_mut) {
            card.absorb(Arc::unwrap_or_clone(gone));
        }
        true
    }

    fn set_off_record(&mut self, lane: &str, off: bool) -> bool {
        self.lanes.entry(lane.to_owned()).or_default().off_record = off;
        true
    }

    fn move_visitor(&mut self, from: CardId, to: CardId, id: VisitorId) -> bool {
        let (from, to) = (self.resolve(from), self.resolve(to));
        if !self.cards.contains_key(&to) {
            return false;
        }
        let Some(card) = self.cards.get_mut(&from).map(Arc::make_mut) else {
            return false;
        };
        let Some(place) = card.visitors.iter().position(|(other, _)| *other == id) else {
            return false;
        };
        let visitor = card.visitors.remove(place);
        if let Some(card) = self.cards.get_mut(&to).map(Arc::make_mut) {
            seat(card, visitor.0, &visitor.1);
        }
        true
    }
}

/// Judgements, people's decisions and notes: each sets one part of a card.
fn judge(card: &mut Card, fact: &Fact, at: Stamp) {
    match fact {
        Fact::AccountMentioned { account, .. } => card.suggested = Some(account.clone()),
        Fact::HeardElsewhere {
            utterance, echo, ..
        } => card.echoes.push((*utterance, echo.clone())),
        Fact::Rated { heat, .. } => card.heat = *heat,
        Fact::RatingProposed { heat, why, .. } => card.proposed = Some((*heat, why.clone())),
        Fact::Tagged { tag, .. } => {
            card.tags.insert(tag.clone());
        }
        Fact::Untagged { tag, .. } => {
            card.tags.remove(tag);
        }
        Fact::AccountFlagged { account, .. } => card.account = Some(account.clone()),
        Fact::AccountUnflagged { .. } => card.account = None,
        Fact::OwnerAssigned { owner, .. } => card.owner = Some(owner.clone()),
        Fact::OwnerCleared { .. } => card.owner = None,
        Fact::NextStepSet { text, due, .. } => {
            card.next_step = (!text.is_empty()).then(|| NextStep {
                text: text.clone(),
                due: *due,
            });
        }
        Fact::NoteWritten { text, .. } => card.notes.push(Note {
            at,
            text: text.clone(),
        }),
        Fact::ConsentNoted { consent, why, .. } => card.consent = (*consent, why.clone()),
        Fact::CardTaken { by, .. } => {
            card.taken = (!by.is_empty()).then(|| (by.clone(), at.wall_ms));
        }
        Fact::CardHandedOver { to, .. } => card.handed_over = Some((to.clone(), at.wall_ms)),
        Fact::ImportReturned { receipt, .. } => {
            card.receipts
                .insert(receipt.external_id.clone(), receipt.clone());
        }
        Fact::VerdictReturned { verdict, .. } => returned(card, verdict),
        // Every other fact was handled before it came here.
        other => card.draft.apply(other),
    }
}

/// A later verdict takes an earlier one's place, but what it does not say of an opportunity stays known.
fn returned(card: &mut Card, verdict: &Verdict) {
    let mut verdict = verdict.clone();
    if let Some(old) = card.verdicts.get(&verdict.external_id) {
        if !verdict.beats(old) {
            return;
        }
        verdict.opportunity = verdict.opportunity.or_else(|| old.opportunity.clone());
    }
    card.verdicts.insert(verdict.external_id.clone(), verdict);
}

/// The card that a fact of one card is about.
fn card_of(fact: &Fact) -> Option<CardId> {
    match fact {
        Fact::CardClosed { card, .. }
        | Fact::HeardElsewhere { card, .. }
        | Fact::AccountMentioned { card, .. }
        | Fact::SignalSpotted { card, .. }
        | Fact::SignalWithdrawn { card, .. }
        | Fact::SignalStruck { card, .. }
        | Fact::WordsRestored { card, .. }
        | Fact::SignalMarked { card, .. }
        | Fact::Rated { card, .. }
        | Fact::RatingProposed { card, .. }
        | Fact::Tagged { card, .. }
        | Fact::Untagged { card, .. }
        | Fact::AccountFlagged { card, .. }
        | Fact::AccountUnflagged { card }
        | Fact::OwnerAssigned { card, .. }
        | Fact::OwnerCleared { card }
        | Fact::NextStepSet { card, .. }
        | Fact::NoteWritten { card, .. }
        | Fact::VisitorSeated { card, .. }
        | Fact::VisitorReturned { card, .. }
        | Fact::VisitorCorrected { card, .. }
        | Fact::ConsentNoted { card, .. }
        | Fact::CardTaken { card, .. }
        | Fact::CardHandedOver { card, .. }
        | Fact::ImportReturned { card, .. }
        | Fact::VerdictReturned { card, .. }
        | Fact::DraftEdited { card, .. }
        | Fact::DraftApproved { card, .. }
        | Fact::DraftHeld { card }
        | Fact::DraftReleased { card } => Some(*card),
        _ => None,
    }
}

/// The words as they were heard; a line that was struck since is left alone.
fn restore_words(card: &mut Card, utterance: Stamp) {
    let line = card.utterances.iter_mut().find(|line| line.id == utterance);
    if let Some(line) = line
        && let Some(heard) = line.heard.take()
    {
        line.text = heard;
    }
}
