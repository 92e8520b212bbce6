//! Ask next: the single most useful question that nobody has answered yet.

use std::collections::HashSet;

use crate::domain::{Signal, SignalKind};

/// The question for what is missing, in words a rep can say; none when all is known.
pub fn next(signals: &[Signal], visitor_known: bool) -> Option<&'static str> {
    let known: HashSet<SignalKind> = signals.iter().map(|signal| signal.kind).collect();
    let has = |kind| known.contains(&kind);
    let no_need = signals
        .iter()
        .any(|signal| signal.kind == SignalKind::Need && signal.value == "none");
    let wanted = [
        (has(SignalKind::Need), "What is going wrong with it today?"),
        (
            has(SignalKind::CurrentSolution) || has(SignalKind::Competitor),
            "What do you use for it today?",
        ),
        (
            has(SignalKind::Timeline) || no_need,
            "When would you want it up and running?",
        ),
        (
            has(SignalKind::Authority) || no_need,
            "Who else decides on this with you?",
        ),
        (
            has(SignalKind::Budget) || no_need,
            "Is there money set aside for it?",
        ),
        (
            has(SignalKind::NextStep),
            "Shall we fix a day for a short demo?",
        ),
        (
            has(SignalKind::OptIn),
            "May we write to you after the show?",
        ),
        (visitor_known, "May I scan your badge?"),
    ];
    wanted
        .iter()
        .find(|(known, _)| !known)
        .map(|&(_, question)| question)
}
