//! The log and the board that follows from it, kept in step.

use super::strike::{Struck, strike};
use super::{Board, Deed, Fact, Log, Stamp};

/// How many deeds lie between two checkpoints: an undo folds at most twice as many, whatever the day brought before.
const STRIDE: usize = 256;

/// All deeds and their fold. Recording is cheap for a new deed, a short refold for taking back a recent one, and a
/// whole refold for a late one.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    log: Log,
    board: Board,
    /// The last two boards on the way, each with the stamp of its newest deed; older first.
    checkpoints: Vec<(Stamp, Board)>,
    since: usize,
}

impl Ledger {
    /// The ledger of these deeds, in whatever order and however often they come.
    pub fn of(deeds: impl IntoIterator<Item = Deed>) -> Self {
        let mut log = Log::default();
        for deed in deeds {
            log.insert(deed);
        }
        let mut ledger = Self {
            log,
            ..Self::default()
        };
        ledger.refold();
        ledger
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
        let stamp = deed.stamp;
        let newest = self.log.last().is_none_or(|last| last < stamp);
        let retracts = deed
            .facts
            .iter()
            .any(|fact| matches!(fact, Fact::Retracted { .. }));
        if newest && !retracts {
            self.board.apply(&deed);
            self.log.insert(deed);
            self.since += 1;
            if self.since >= STRIDE {
                self.checkpoint(stamp);
            }
        } else if self.log.insert(deed) {
            if newest {
                self.refold_from(self.log.reach(stamp));
            } else {
                self.refold();
            }
        }
    }

    /// Strikes what was said on a lane in a span of ms since 1970. The answer's deeds have to be rewritten on disk.
    pub fn strike(&mut self, lane: &str, from_ms: u64, until_ms: u64) -> Struck {
        let struck = strike(&self.log, lane, from_ms, until_ms);
        for deed in &struck.deeds {
            self.log.replace(deed.clone());
        }
        if let Some(first) = struck.deeds.first() {
            self.refold_from(first.stamp);
        }
        struck
    }

    /// Strikes what a strike that was cut short by a sudden end, or one on another laptop, left standing.
    pub fn finish_strikes(&mut self) -> Vec<Deed> {
        let spans: Vec<(String, u64, u64)> = self
            .log
            .iter()
            .flat_map(|deed| &deed.facts)
            .filter_map(|fact| match fact {
                Fact::LaneStruck {
                    lane,
                    from_ms,
                    until_ms,
                    ..
                } => Some((lane.clone(), *from_ms, *until_ms)),
                _ => None,
            })
            .collect();
        spans
            .into_iter()
            .flat_map(|(lane, from, until)| self.strike(&lane, from, until).deeds)
            .collect()
    }

    fn checkpoint(&mut self, stamp: Stamp) {
        if self.checkpoints.len() > 1 {
            self.checkpoints.remove(0);
        }
        self.checkpoints.push((stamp, self.board.clone()));
        self.since = 0;
    }

    /// Folds again from the newest checkpoint that lies before `changed`, else from the beginning.
    fn refold_from(&mut self, changed: Stamp) {
        while self
            .checkpoints
            .last()
            .is_some_and(|(stamp, _)| *stamp >= changed)
        {
            self.checkpoints.pop();
        }
        let Some((stamp, board)) = self.checkpoints.last() else {
            self.refold();
            return;
        };
        let gone = self.log.retracted();
        let mut board = board.clone();
        for deed in self
            .log
            .after(*stamp)
            .filter(|deed| !gone.contains(&deed.stamp))
        {
            board.apply(deed);
        }
        self.board = board;
    }

    /// Folds everything again, and leaves a checkpoint where the newest deeds begin.
    fn refold(&mut self) {
        let gone = self.log.retracted();
        let stands = |deed: &&Deed| !gone.contains(&deed.stamp);
        let split = self.log.len().saturating_sub(STRIDE);
        self.checkpoints.clear();
        self.since = 0;
        let mut board = Board::default();
        for (at, deed) in self.log.iter().enumerate() {
            if stands(&deed) {
                board.apply(deed);
            }
            if at + 1 == split {
                self.checkpoints.push((deed.stamp, board.clone()));
            }
        }
        self.board = board;
    }
}
