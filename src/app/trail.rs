//! The trail: every deed and everything that was said to the captain, newest first.

use std::collections::BTreeSet;

use crate::domain::{Author, CardId, Deed, Fact, Stamp};

use super::{Model, ToastKind};

/// One line of the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailLine {
    /// When, ms since 1970.
    pub at_ms: u64,
    /// The deed, where the line is one.
    pub deed: Option<Stamp>,
    /// Who.
    pub who: String,
    /// Whether a person did it, not the machine.
    pub by_person: bool,
    /// What.
    pub words: String,
    /// Whether it was taken back since.
    pub retracted: bool,
}

/// How far the trail goes back on the screen. The files have everything (`boothside trail DIR`).
const LONGEST: usize = 500;

/// The newest lines of the trail.
pub fn lines(model: &Model) -> Vec<TrailLine> {
    let log = model.ledger.log();
    let gone = log.retracted();
    let deeds = log
        .iter()
        .rev()
        // A deed whose every word was struck has nothing to say.
        .filter(|deed| !deed.facts.is_empty())
        .take(LONGEST)
        .map(|deed| line_of(model, deed, &gone));
    // What was done says so as a deed; the rest of the toasts are lines of their own.
    let said = model
        .said
        .iter()
        .rev()
        .filter(|toast| toast.kind != ToastKind::Done)
        .take(LONGEST)
        .map(|toast| TrailLine {
            at_ms: toast.at_ms,
            deed: None,
            who: "board".to_owned(),
            by_person: false,
            words: toast.text.clone(),
            retracted: false,
        });
    let mut lines: Vec<TrailLine> = deeds.chain(said).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.at_ms));
    lines.truncate(LONGEST);
    lines
}

/// The line of what the undo key takes back on the board: where the trail is opened.
pub fn newest_own(model: &Model) -> usize {
    let stamp = model.next_undo().map(|deed| deed.stamp);
    let at = stamp.and_then(|stamp| {
        lines(model)
            .iter()
            .position(|line| line.deed == Some(stamp))
    });
    at.unwrap_or(0)
}

/// The newest lines about one card and what was merged into it, without what was said: that is its transcript.
pub fn card_history(model: &Model, card: CardId, most: usize) -> Vec<TrailLine> {
    let log = model.ledger.log();
    let gone = log.retracted();
    let ids = model.board().ids(card);
    // Nothing is about a card before it was opened, and its id is the stamp of that.
    let Some(opened) = ids.first() else {
        return Vec::new();
    };
    let about = |deed: &&Deed| {
        deed.facts.iter().any(|fact| {
            let said = matches!(fact, Fact::Heard { .. });
            !said && fact.cards().any(|id| ids.contains(&id))
        })
    };
    log.from(opened.0)
        .rev()
        .filter(about)
        .take(most)
        .map(|deed| line_of(model, deed, &gone))
        .collect()
}

fn line_of(model: &Model, deed: &Deed, gone: &BTreeSet<Stamp>) -> TrailLine {
    TrailLine {
        at_ms: deed.stamp.wall_ms,
        deed: Some(deed.stamp),
        who: match &deed.author {
            Author::Person(name) | Author::Machine(name) => name.clone(),
        },
        by_person: matches!(deed.author, Author::Person(_)),
        words: model.deed_words(deed),
        retracted: gone.contains(&deed.stamp),
    }
}
