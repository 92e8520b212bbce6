//! Which cards a fact is about.

use super::{CardId, Fact};

impl Fact {
    /// The cards this fact is about, as it names them: after merges [`super::Board::resolve`] says who they are now.
    pub fn cards(&self) -> impl Iterator<Item = CardId> + use<> {
        let (one, other) = match self {
            Self::CardSplit { card, into, .. } => (Some(*card), Some(*into)),
            Self::CardsMerged { card, from } => (Some(*card), Some(*from)),
            Self::VisitorMoved { from, to, .. } => (Some(*from), Some(*to)),
            Self::CardOpened { card, .. }
            | Self::CardClosed { card, .. }
            | Self::CardReopened { card, .. }
            | Self::Heard { card, .. }
            | Self::AccountMentioned { card, .. }
            | Self::SignalSpotted { card, .. }
            | Self::SignalWithdrawn { card, .. }
            | Self::SignalStruck { card, .. }
            | Self::WordsRestored { card, .. }
            | Self::SignalMarked { card, .. }
            | Self::Rated { card, .. }
            | Self::RatingProposed { card, .. }
            | Self::Tagged { card, .. }
            | Self::Untagged { card, .. }
            | Self::AccountFlagged { card, .. }
            | Self::AccountUnflagged { card }
            | Self::OwnerAssigned { card, .. }
            | Self::OwnerCleared { card }
            | Self::NextStepSet { card, .. }
            | Self::NoteWritten { card, .. }
            | Self::VisitorSeated { card, .. }
            | Self::VisitorReturned { card, .. }
            | Self::VisitorCorrected { card, .. }
            | Self::ConsentNoted { card, .. }
            | Self::CardTaken { card, .. }
            | Self::CardHandedOver { card, .. }
            | Self::AlertRaised { card, .. }
            | Self::ImportReturned { card, .. }
            | Self::VerdictReturned { card, .. }
            | Self::DraftEdited { card, .. }
            | Self::DraftApproved { card, .. }
            | Self::DraftHeld { card }
            | Self::DraftReleased { card } => (Some(*card), None),
            // Facts about a lane, the night or another deed.
            _ => (None, None),
        };
        one.into_iter().chain(other)
    }

    /// Whether it may change who stands on the board under which name.
    pub fn moves_people(&self) -> bool {
        matches!(
            self,
            Self::VisitorSeated { .. }
                | Self::VisitorReturned { .. }
                | Self::VisitorCorrected { .. }
                | Self::VisitorMoved { .. }
                | Self::CardSplit { .. }
                | Self::CardsMerged { .. }
                | Self::LaneStruck { .. }
                | Self::Retracted { .. }
        )
    }
}
