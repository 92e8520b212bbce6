//! A deed is one thing somebody or the machine did, kept for ever; a fact is one part of it, in the past tense.

use serde::{Deserialize, Serialize};

use super::{
    AccountMatch, AlertReason, Assignment, CardId, Consent, Day, Field, Heat, Layout, Receipt,
    Signal, SignalKind, Stamp, Utterance, Verdict, Visitor, VisitorId,
};

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Author {
    /// Somebody at the keyboard or with a badge scanner: what `u` can take back.
    Person(String),
    /// A part of the program, such as `ears` or `qualify`.
    Machine(String),
}

/// One key press, one scan, one sentence: one undo step and one line of the trail.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    /// Its id, order and time.
    pub stamp: Stamp,
    /// Who did it.
    pub author: Author,
    /// What happened, in order.
    pub facts: Vec<Fact>,
}

/// Why a card was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opened {
    /// Somebody spoke after a silence.
    Speech,
    /// The captain pressed a key.
    Key,
    /// A badge was scanned.
    Scan,
    /// It was cut off another card.
    Split,
}

/// Why a card was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Closed {
    /// The captain pressed a key.
    Key,
    /// Nobody spoke for the show's talk gap.
    Silence,
    /// Another card was opened on the lane.
    Next,
}

/// One part of what happened.
///
/// Facts are never renamed nor reused and their fields only grow, each new one optional: yesterday's journal must
/// read the same tomorrow. `tests/golden` holds one line of each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "fact",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
pub enum Fact {
    /// A talk began. The card's id is the stamp of this deed.
    CardOpened {
        /// The new card.
        card: CardId,
        /// The lane it belongs to; empty where it was opened away from any microphone.
        lane: String,
        /// Why.
        why: Opened,
    },
    /// A talk ended.
    CardClosed {
        /// The card.
        card: CardId,
        /// Why.
        why: Closed,
    },
    /// A closed talk goes on.
    CardReopened {
        /// The card.
        card: CardId,
        /// The lane where it goes on; none: its own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lane: Option<String>,
    },
    /// What was said from `from` on moved to a card of its own.
    CardSplit {
        /// The card that keeps the beginning.
        card: CardId,
        /// The card that takes the rest.
        into: CardId,
        /// The first utterance that moves.
        from: Stamp,
        /// What the machine cut it for ("a greeting"); none: a person did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String>,
    },
    /// All of `from` went over to `card`.
    CardsMerged {
        /// The card that stays.
        card: CardId,
        /// The card that is gone.
        from: CardId,
    },
    /// Somebody said something.
    Heard {
        /// The card it belongs to.
        card: CardId,
        /// The words.
        utterance: Utterance,
    },
    /// Another microphone heard the same words, less loud.
    HeardElsewhere {
        /// The card.
        card: CardId,
        /// The utterance that stays.
        utterance: Stamp,
        /// How the other microphone heard it.
        echo: Utterance,
    },
    /// The same words came louder from another microphone: the utterance goes over there as an echo. A card that nobody
    /// touched and that nothing else was said on goes with it.
    HeardLouder {
        /// The card that it leaves.
        card: CardId,
        /// The utterance.
        utterance: Stamp,
        /// The card of the louder one.
        to: CardId,
        /// The louder one.
        louder: Stamp,
    },
    /// A person wants the words as they were heard, without the names that were put right.
    WordsRestored {
        /// The card.
        card: CardId,
        /// The utterance.
        utterance: Stamp,
    },
    /// Somebody spoke off the record: only how long is known.
    HeardOffRecord {
        /// The lane.
        lane: String,
        /// Milliseconds of speech.
        ms: u64,
    },
    /// A name in the talk suggests an account.
    AccountMentioned {
        /// The card.
        card: CardId,
        /// The account and why.
        account: AccountMatch,
    },
    /// A signal was spotted; it replaces one of its kind at the same utterance.
    SignalSpotted {
        /// The card.
        card: CardId,
        /// The signal with its quote.
        signal: Signal,
    },
    /// The talk went on and the signal no longer holds.
    SignalWithdrawn {
        /// The card.
        card: CardId,
        /// Its kind.
        kind: SignalKind,
        /// Its utterance.
        utterance: Stamp,
    },
    /// A person said the signal is wrong; it stays away.
    SignalStruck {
        /// The card.
        card: CardId,
        /// Its kind.
        kind: SignalKind,
        /// Its utterance.
        utterance: Stamp,
    },
    /// A person said that a line tells this; the machine never changes nor withdraws it.
    SignalMarked {
        /// The card.
        card: CardId,
        /// The signal with its quote.
        signal: Signal,
    },
    /// A person judged the lead; none takes a judgement back.
    Rated {
        /// The card.
        card: CardId,
        /// The judgement.
        heat: Option<Heat>,
    },
    /// The machine's own judgement, with its reasons.
    RatingProposed {
        /// The card.
        card: CardId,
        /// The proposal; none: no buyer.
        heat: Option<Heat>,
        /// Why, in a few words.
        why: String,
    },
    /// A tag was put on.
    Tagged {
        /// The card.
        card: CardId,
        /// The tag.
        tag: String,
    },
    /// A tag was taken off.
    Untagged {
        /// The card.
        card: CardId,
        /// The tag.
        tag: String,
    },
    /// The card is about this target account.
    AccountFlagged {
        /// The card.
        card: CardId,
        /// The account and why.
        account: AccountMatch,
    },
    /// The card is about no target account.
    AccountUnflagged {
        /// The card.
        card: CardId,
    },
    /// An owner will follow up.
    OwnerAssigned {
        /// The card.
        card: CardId,
        /// Who and by what rule.
        owner: Assignment,
    },
    /// Nobody is assigned any more.
    OwnerCleared {
        /// The card.
        card: CardId,
    },
    /// What was promised; empty text takes it back.
    NextStepSet {
        /// The card.
        card: CardId,
        /// The step.
        text: String,
        /// When it is due.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Day>,
    },
    /// A note was written.
    NoteWritten {
        /// The card.
        card: CardId,
        /// The note.
        text: String,
    },
    /// A person was seated at the card.
    VisitorSeated {
        /// The card.
        card: CardId,
        /// The person's id.
        id: VisitorId,
        /// Who.
        visitor: Visitor,
    },
    /// A person whom we know came back: the same badge, address or card, seen again.
    VisitorReturned {
        /// The card they sit at since they first came.
        card: CardId,
        /// The person's id.
        id: VisitorId,
        /// What the badge says now.
        visitor: Visitor,
    },
    /// A detail of a person was corrected.
    VisitorCorrected {
        /// The card.
        card: CardId,
        /// The person; none: the first one, made if there is nobody yet.
        id: VisitorId,
        /// Which detail.
        field: Field,
        /// The new text.
        value: String,
    },
    /// A person moved to another card.
    VisitorMoved {
        /// From here.
        from: CardId,
        /// To there.
        to: CardId,
        /// Who.
        id: VisitorId,
    },
    /// May we write to them?
    ConsentNoted {
        /// The card.
        card: CardId,
        /// The answer.
        consent: Consent,
        /// The words, or who pressed the key.
        why: String,
    },
    /// One of us walked over.
    CardTaken {
        /// The card.
        card: CardId,
        /// Who; empty gives it free again.
        by: String,
    },
    /// The lead was handed to its owner in person.
    CardHandedOver {
        /// The card.
        card: CardId,
        /// To whom.
        to: String,
    },
    /// An owner came to the booth or left it.
    OwnerPresent {
        /// The owner's name.
        owner: String,
        /// False: away.
        here: bool,
    },
    /// Delimited badges are laid out so at this show: a guess that a person kept.
    LayoutKept {
        /// What stands where.
        layout: Layout,
    },
    /// The captain was called to a card.
    AlertRaised {
        /// The card.
        card: CardId,
        /// Why; each reason calls once for a card.
        reasons: Vec<AlertReason>,
        /// Whether the show's webhook has to be told too.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        post: bool,
    },
    /// The show's webhook took an alert.
    AlertPosted {
        /// The deed that raised it.
        alert: Stamp,
    },
    /// The lane stopped listening.
    LaneOffRecord {
        /// The lane.
        lane: String,
    },
    /// The lane listens again.
    LaneOnRecord {
        /// The lane.
        lane: String,
    },
    /// Whatever was said on the lane in this span was struck everywhere: from memory, board and disk. It never comes back.
    LaneStruck {
        /// The lane.
        lane: String,
        /// Start of the span, ms since 1970.
        from_ms: u64,
        /// Its end.
        until_ms: u64,
        /// How many sentences were struck.
        sentences: usize,
    },
    /// The night's files were written.
    NightExported {
        /// The folder's name below `night/`.
        folder: String,
        /// Leads in it.
        leads: usize,
    },
    /// An importer said what it did with the lead.
    ImportReturned {
        /// The card.
        card: CardId,
        /// What was done.
        receipt: Receipt,
    },
    /// Sales said what they make of the lead.
    VerdictReturned {
        /// The card.
        card: CardId,
        /// The verdict.
        verdict: Verdict,
    },
    /// A person put a follow-up draft in other words; an empty body takes the edits back.
    DraftEdited {
        /// The card.
        card: CardId,
        /// Whom it is written to; none: the first person with an address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<VisitorId>,
        /// The subject as it stands now.
        subject: String,
        /// The body as it stands now, without the lines of who writes and how to opt out.
        body: String,
        /// What the draft rested on: [`super::Letter::grounds`].
        #[serde(default)]
        grounds: String,
    },
    /// A person approved a follow-up, word for word.
    DraftApproved {
        /// The card.
        card: CardId,
        /// Whom it is written to; none: the first person with an address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<VisitorId>,
        /// The address it goes to.
        to: String,
        /// The subject.
        subject: String,
        /// The whole body as it will be sent.
        body: String,
        /// What the draft rested on: [`super::Letter::grounds`].
        #[serde(default)]
        grounds: String,
    },
    /// A person keeps a follow-up back, approved or not.
    DraftHeld {
        /// The card.
        card: CardId,
    },
    /// A person lets an approved follow-up go before the import is confirmed.
    DraftReleased {
        /// The card.
        card: CardId,
    },
    /// A deed was taken back. Retracting a retraction brings the deed back.
    Retracted {
        /// The deed.
        target: Stamp,
    },
    /// A fact of a later version: kept as it was read, not understood. Holds its JSON text.
    #[serde(skip)]
    Unknown(String),
}
