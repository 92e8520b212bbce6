//! What somebody wants done, before it is decided whether it can be.

use super::{
    AccountMatch, AlertReason, Assignment, CardId, Consent, Day, DraftWish, Field, Heat, Layout,
    Opened, Signal, SignalKind, Stamp, Utterance, Visitor, VisitorId,
};

/// A wish. Whatever depends on a clock, a list or a config file was settled by whoever made it.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Open a card on a lane (empty: on none).
    Open {
        /// The lane.
        lane: String,
        /// Why.
        why: Opened,
    },
    /// End the talk.
    Close {
        /// The card.
        card: CardId,
    },
    /// End the talk because nobody has spoken for the talk gap.
    CloseSilent {
        /// The card.
        card: CardId,
    },
    /// Go on with a closed talk.
    Reopen {
        /// The card.
        card: CardId,
    },
    /// Cut the card before an utterance.
    Split {
        /// The card.
        card: CardId,
        /// The first utterance that moves.
        from: Stamp,
        /// What the machine cuts it for; none: a person does.
        why: Option<String>,
        /// What the badge of somebody who moves says of their company.
        account: Option<AccountMatch>,
    },
    /// Put two cards together.
    Merge {
        /// The card that stays.
        card: CardId,
        /// The card that goes.
        from: CardId,
    },
    /// Something was said on a lane. The utterance's id is the deed's stamp.
    Hear {
        /// The words.
        utterance: Utterance,
        /// A silence longer than this many ms before it begins a new talk.
        gap_ms: u64,
    },
    /// Give a line the words back that were heard before a name was put right.
    RestoreWords {
        /// The card.
        card: CardId,
        /// The line.
        utterance: Stamp,
    },
    /// Somebody spoke off the record for `ms`.
    OverhearOffRecord {
        /// The lane.
        lane: String,
        /// Milliseconds of speech.
        ms: u64,
    },
    /// What the machine makes of a card after its newest words: the whole reading, compared with what stands.
    Understand {
        /// The card.
        card: CardId,
        /// All signals that hold now.
        signals: Vec<Signal>,
        /// The account the talk suggests.
        mention: Option<AccountMatch>,
        /// Who says they are who.
        introduced: Option<Visitor>,
        /// The proposed rating and its reasons.
        rating: Option<(Option<Heat>, String)>,
    },
    /// Seat a person at a card, or at the lane's live card, or at a new one.
    Admit {
        /// The card, if one is meant.
        card: Option<CardId>,
        /// The lane, used where no card is meant.
        lane: String,
        /// Who.
        visitor: Visitor,
        /// Their account, if the list knows it.
        account: Option<AccountMatch>,
    },
    /// Move the person to another card.
    MoveVisitor {
        /// From here.
        from: CardId,
        /// To there; none: to a new card on the lane.
        to: Option<CardId>,
        /// Who.
        id: VisitorId,
        /// The lane of a new card.
        lane: String,
        /// Their account, if the list knows it: it goes with them.
        account: Option<AccountMatch>,
    },
    /// Say whether an owner is at the booth.
    Presence {
        /// The owner's name.
        owner: String,
        /// False: away.
        here: bool,
    },
    /// Note that the captain is called to a card.
    Alert {
        /// The card.
        card: CardId,
        /// Why.
        reasons: Vec<AlertReason>,
        /// Whether the webhook has to be told too.
        post: bool,
    },
    /// Read delimited badges like this one so from now on.
    KeepLayout {
        /// What stands where.
        layout: Layout,
    },
    /// Note that the webhook took an alert.
    NotePost {
        /// The deed that raised it.
        alert: Stamp,
    },
    /// Correct one detail of a person (none: the first, made if there is nobody yet).
    Correct {
        /// The card.
        card: CardId,
        /// The person.
        id: Option<VisitorId>,
        /// The detail.
        field: Field,
        /// The new text.
        value: String,
        /// What the new text says of the account, if anything.
        account: Option<AccountMatch>,
    },
    /// Judge the lead. The same judgement twice takes it back.
    Rate {
        /// The card.
        card: CardId,
        /// The judgement.
        heat: Heat,
    },
    /// Put a tag on, or take it off.
    Tag {
        /// The card.
        card: CardId,
        /// The tag.
        tag: String,
    },
    /// Say which target account the card is about; none takes it back.
    Flag {
        /// The card.
        card: CardId,
        /// The account.
        account: Option<AccountMatch>,
    },
    /// Say who follows up; none clears it.
    Assign {
        /// The card.
        card: CardId,
        /// Who and why.
        owner: Option<Assignment>,
    },
    /// Set what was promised; empty text takes it back.
    SetNextStep {
        /// The card.
        card: CardId,
        /// The step.
        text: String,
        /// The day.
        due: Option<Day>,
    },
    /// Write a note.
    Note {
        /// The card.
        card: CardId,
        /// The line.
        text: String,
    },
    /// May we write to them?
    NoteConsent {
        /// The card.
        card: CardId,
        /// The answer.
        consent: Consent,
    },
    /// Say a signal is wrong.
    Strike {
        /// The card.
        card: CardId,
        /// Its kind.
        kind: SignalKind,
        /// Its utterance.
        utterance: Stamp,
    },
    /// Say that a line tells what the machine did not see.
    Mark {
        /// The card.
        card: CardId,
        /// The signal with its quote.
        signal: Signal,
    },
    /// Walk over; the same person again walks away.
    Take {
        /// The card.
        card: CardId,
        /// Who; empty: nobody any more.
        by: String,
    },
    /// Hand the lead to its owner in person.
    HandOver {
        /// The card.
        card: CardId,
    },
    /// Stop or start listening on a lane.
    OffRecord {
        /// The lane.
        lane: String,
        /// True: stop.
        off: bool,
    },
    /// Note that what was said on a lane in a span was struck.
    NoteStrike {
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
    NoteExport {
        /// The folder's name.
        folder: String,
        /// Leads in it.
        leads: usize,
    },
    /// Work on a card's follow-up.
    Draft {
        /// The card.
        card: CardId,
        /// What is wanted.
        wish: DraftWish,
    },
    /// Take back a deed.
    Retract {
        /// The deed.
        target: Stamp,
    },
}

/// Why a wish can't be granted, with the way out, in booth words. Keys are named by what they do, in braces: `{undo}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
