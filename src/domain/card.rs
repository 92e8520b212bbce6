//! A card is one conversation: who, what was said, what it is worth, whose it is.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    Correspondence, Day, Receipt, Role, Signal, SignalKind, Source, Stamp, Verdict, Visitor,
    VisitorId,
};

/// A card's id: the stamp of the deed that opened it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct CardId(pub Stamp);

/// How much a lead is worth, as booths say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Heat {
    /// Came for the giveaways.
    Swag,
    /// Interest without need.
    Cold,
    /// A real need, not all of the rest.
    Warm,
    /// Call within a day.
    Hot,
}

impl Heat {
    /// All, hottest first.
    pub const ALL: [Self; 4] = [Self::Hot, Self::Warm, Self::Cold, Self::Swag];

    /// The word on the screen and in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Hot => "hot",
            Self::Warm => "warm",
            Self::Cold => "cold",
            Self::Swag => "swag",
        }
    }
}

/// One endpointed piece of speech.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Utterance {
    /// Its id: the stamp of the deed that heard it.
    pub id: Stamp,
    /// The lane that heard it.
    pub lane: String,
    /// Whose voice the lane carries.
    #[serde(default)]
    pub role: Role,
    /// Start, wall time in ms since 1970.
    pub start_ms: u64,
    /// End, wall time in ms since 1970.
    pub end_ms: u64,
    /// The words.
    pub text: String,
    /// What the recogniser wrote, where a name was put right afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard: Option<String>,
    /// The recogniser's mean token probability, 0 to 1.
    #[serde(default)]
    pub confidence: f32,
    /// How much louder than the room it was on its lane, in dB; none where nobody measured it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loudness: Option<f32>,
}

impl Utterance {
    /// Where it stands in a talk: by its start, then as it came.
    pub(super) fn place(&self) -> (u64, Stamp) {
        (self.start_ms, self.id)
    }
}

/// An account the card may be about, and why we think so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccountMatch {
    /// The account's key in the playbook.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Why: "domain", "alias Blackwater", "said in the talk", "chosen by hand".
    pub why: String,
    /// 0 to 1; 1 for what a person or a domain said.
    pub score: f32,
}

/// Who follows up, and by what rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// The owner's name.
    pub owner: String,
    /// "owner of Northwind Freight", "US West by state CA", "chosen by hand".
    pub rule: String,
}

/// What was promised, and by when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// In a few words.
    pub text: String,
    /// The day it is due.
    pub due: Option<Day>,
}

/// A line somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// When, and the id of the deed.
    pub at: Stamp,
    /// The line.
    pub text: String,
}

/// May we write to them after the show?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consent {
    /// Nobody asked.
    #[default]
    Unknown,
    /// They said yes.
    Yes,
    /// They said no.
    No,
}

/// One conversation as the deeds left it.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Its id.
    pub id: CardId,
    /// The lane it was opened on; empty for none.
    pub lane: String,
    /// When it was opened, ms since 1970.
    pub opened_ms: u64,
    /// When it was closed; none while the talk is live.
    pub closed_ms: Option<u64>,
    /// The people, in the order they came.
    pub visitors: Vec<(VisitorId, Visitor)>,
    /// Whom a merge brought: the card they came from, and whether they were first there. Their lead keeps its id.
    pub origins: BTreeMap<VisitorId, (CardId, bool)>,
    /// The card it was cut off.
    pub cut_from: Option<CardId>,
    /// Where people put talks together: the first lines of the parts. Nothing cuts there by itself.
    pub seams: BTreeSet<Stamp>,
    /// What was said, by start time.
    pub utterances: Vec<Utterance>,
    /// The same words as less loud microphones heard them, each with the utterance they are the echo of.
    pub echoes: Vec<(Stamp, Utterance)>,
    /// What counts in it, by utterance and kind.
    pub signals: Vec<Signal>,
    /// Signals a person struck: they never come back by themselves.
    pub struck: BTreeSet<(SignalKind, Stamp)>,
    /// Signals a person marked: the machine neither changes nor withdraws them.
    pub marked: BTreeSet<(SignalKind, Stamp)>,
    /// The captain's judgement.
    pub heat: Option<Heat>,
    /// The machine's proposal and its reasons.
    pub proposed: Option<(Option<Heat>, String)>,
    /// Tags, sorted.
    pub tags: BTreeSet<String>,
    /// The account it is about, by badge, domain or hand.
    pub account: Option<AccountMatch>,
    /// The account a name in the talk suggests.
    pub suggested: Option<AccountMatch>,
    /// Who follows up.
    pub owner: Option<Assignment>,
    /// What was promised.
    pub next_step: Option<NextStep>,
    /// Lines somebody wrote, oldest first.
    pub notes: Vec<Note>,
    /// Who of them came back, and when (ms since 1970), oldest first.
    pub returns: Vec<(VisitorId, u64)>,
    /// When the talk went on after it had been closed, ms since 1970.
    pub resumed_ms: Option<u64>,
    /// Since when it counts as hot, ms since 1970.
    pub hot_since_ms: Option<u64>,
    /// Who of us walked over, and when (ms since 1970).
    pub taken: Option<(String, u64)>,
    /// To whom it was handed in person, and when (ms since 1970).
    pub handed_over: Option<(String, u64)>,
    /// May we write to them, and the proof.
    pub consent: (Consent, String),
    /// What importers did with its leads, by external id.
    pub receipts: BTreeMap<String, Receipt>,
    /// What sales make of its leads, by external id.
    pub verdicts: BTreeMap<String, Verdict>,
    /// The follow-up that people worked on.
    pub draft: Correspondence,
    /// When anything last happened to it, ms since 1970.
    pub touched_ms: u64,
}

impl Card {
    /// A new card that knows nothing yet.
    pub fn new(id: CardId, lane: String) -> Self {
        Self {
            id,
            lane,
            opened_ms: id.0.wall_ms,
            closed_ms: None,
            visitors: Vec::new(),
            origins: BTreeMap::new(),
            cut_from: None,
            seams: BTreeSet::new(),
            utterances: Vec::new(),
            echoes: Vec::new(),
            signals: Vec::new(),
            struck: BTreeSet::new(),
            marked: BTreeSet::new(),
            heat: None,
            proposed: None,
            tags: BTreeSet::new(),
            account: None,
            suggested: None,
            owner: None,
            next_step: None,
            notes: Vec::new(),
            returns: Vec::new(),
            resumed_ms: None,
            hot_since_ms: None,
            taken: None,
            handed_over: None,
            consent: (Consent::Unknown, String::new()),
            receipts: BTreeMap::new(),
            verdicts: BTreeMap::new(),
            draft: Correspondence::default(),
            touched_ms: id.0.wall_ms,
        }
    }

    /// Whether the talk goes on.
    pub fn is_live(&self) -> bool {
        self.closed_ms.is_none()
    }

    /// The company the card is about: the flagged account, else the badge's, else the suggested account.
    pub fn company(&self) -> Option<&str> {
        let of_visitor = self
            .visitors
            .iter()
            .map(|(_, visitor)| visitor.company.as_str())
            .find(|company| !company.is_empty());
        self.account
            .as_ref()
            .map(|account| account.name.as_str())
            .or(of_visitor)
            .or(self.suggested.as_ref().map(|account| account.name.as_str()))
    }

    /// What the card that stays takes over from the one that goes; what both have, the one that stays keeps.
    pub(super) fn absorb(&mut self, gone: Self) {
        self.opened_ms = self.opened_ms.min(gone.opened_ms);
        self.closed_ms = match (self.closed_ms, gone.closed_ms) {
            (Some(one), Some(other)) => Some(one.max(other)),
            _ => None,
        };
        self.origins.extend(gone.origins);
        for (place, (id, visitor)) in gone.visitors.into_iter().enumerate() {
            let mut mine = self.visitors.iter_mut();
            let known = mine.find(|(own, mine)| *own == id || mine.is_surely(&visitor));
            if let Some((_, mine)) = known {
                mine.absorb(&visitor);
            } else {
                self.origins.entry(id).or_insert((gone.id, place == 0));
                self.visitors.push((id, visitor));
            }
        }
        self.returns.extend(gone.returns);
        self.resumed_ms = self.resumed_ms.max(gone.resumed_ms);
        let firsts = [self.utterances.first(), gone.utterances.first()];
        self.seams
            .extend(firsts.into_iter().flatten().map(|said| said.id));
        self.seams.extend(gone.seams);
        self.utterances.extend(gone.utterances);
        self.utterances.sort_by_key(Utterance::place);
        self.echoes.extend(gone.echoes);
        self.signals.extend(gone.signals);
        self.signals
            .sort_by_key(|signal| (signal.utterance, signal.kind));
        self.struck.extend(gone.struck);
        self.marked.extend(gone.marked);
        self.heat = self.heat.or(gone.heat);
        self.proposed = self.proposed.take().or(gone.proposed);
        self.tags.extend(gone.tags);
        self.account = self.account.take().or(gone.account);
        self.suggested = self.suggested.take().or(gone.suggested);
        self.owner = self.owner.take().or(gone.owner);
        self.next_step = self.next_step.take().or(gone.next_step);
        self.notes.extend(gone.notes);
        self.notes.sort_by_key(|note| note.at);
        self.taken = self.taken.take().or(gone.taken);
        self.handed_over = self.handed_over.take().or(gone.handed_over);
        self.receipts.extend(gone.receipts);
        self.verdicts.extend(gone.verdicts);
        self.draft.absorb(gone.draft);
        if self.consent.0 == Consent::Unknown {
            self.consent = gone.consent;
        }
        self.touched_ms = self.touched_ms.max(gone.touched_ms);
    }

    /// The first person with a name.
    pub fn person(&self) -> Option<&Visitor> {
        self.visitors
            .iter()
            .map(|(_, visitor)| visitor)
            .find(|visitor| !visitor.name.is_empty())
    }

    /// Whether there is nothing on it but people and what their badges say.
    pub(super) fn is_only_seats(&self) -> bool {
        self.utterances.is_empty()
            && self.notes.is_empty()
            && self.tags.is_empty()
            && self.heat.is_none()
            && self.owner.is_none()
            && self.next_step.is_none()
            && self.taken.is_none()
    }

    /// The newest step both sides agreed on; none where nothing was, or what was offered last was declined.
    pub fn agreed(&self) -> Option<&Signal> {
        self.signals
            .iter()
            .rfind(|signal| signal.kind == SignalKind::NextStep)
            .filter(|signal| signal.value != "declined")
    }

    /// Whether nothing at all is known: an empty card may vanish from the night's list.
    pub fn is_blank(&self) -> bool {
        self.visitors.is_empty()
            && self.utterances.is_empty()
            && self.notes.is_empty()
            && self.tags.is_empty()
            && self.heat.is_none()
            && self.account.is_none()
    }

    /// Whether only the machine ever had to do with it, and nothing that was said is on it any more.
    pub(super) fn is_untouched(&self) -> bool {
        let heard_only = |(_, visitor): &(VisitorId, Visitor)| visitor.source == Source::Voice;
        self.utterances.is_empty()
            && self.visitors.iter().all(heard_only)
            && self.heat.is_none()
            && self.tags.is_empty()
            && self.account.is_none()
            && self.owner.is_none()
            && self.next_step.is_none()
            && self.notes.is_empty()
            && self.struck.is_empty()
            && self.taken.is_none()
            && self.handed_over.is_none()
            && self.consent.1 != "by hand"
    }

    /// Whether somebody should call within the day: the captain's judgement, else the machine's.
    pub fn is_hot(&self) -> bool {
        match (self.heat, &self.proposed) {
            (Some(heat), _) => heat == Heat::Hot,
            (None, Some((proposed, _))) => *proposed == Some(Heat::Hot),
            (None, None) => false,
        }
    }

    /// How often somebody who sits here came back to this card.
    pub fn times_back(&self, id: VisitorId) -> usize {
        self.returns.iter().filter(|(who, _)| *who == id).count()
    }

    /// The end of the last thing said, or when the talk began or went on, in ms since 1970.
    pub fn last_heard_ms(&self) -> u64 {
        self.utterances
            .iter()
            .map(|utterance| utterance.end_ms)
            .max()
            .unwrap_or(self.opened_ms)
            .max(self.resumed_ms.unwrap_or(0))
    }
}
