//! The log and the board that follows from it, kept in step.

use super::{Board, Deed, Fact, Log};

/// All deeds and their fold. Recording is cheap for a new deed, a refold for a late one or a retraction.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    log: Log,
    board: Board,
}

impl Ledger {
    /// The ledger of these deeds, in whatever order and however often they come.
    pub fn of(deeds: impl IntoIterator<Item = Deed>) -> Self {
        let mut log = Log::default();
        for deed in deeds {
            log.insert(deed);
        }
        let board = Board::fold(&log);
        Self { log, board }
    }

    /// The deeds.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// What they add up to.
    pub fn board(&self) -> &Board {
        &self.board
    }

    /// Records a deed; one that is known already changes nothing.
    pub fn record(&mut self, deed: Deed) {
        let newest = self.log.last().is_none_or(|last| last < deed.stamp);
        let retracts = deed
            .facts
            .iter()
            .any(|fact| matches!(fact, Fact::Retracted { .. }));
        if newest && !retracts {
            self.board.apply(&deed);
            self.log.insert(deed);
        } else if self.log.insert(deed) {
            // Some 6 ms for 20,000 deeds (bench `fold`): cheaper than a second way to compute the board.
            self.board = Board::fold(&self.log);
        }
    }
}
