//! Which sentence of an utterance proves a signal, by hand-written cues.

use crate::domain::SignalKind;

use super::cues::Cue;
use super::names::Named;
use super::talk::Talk;

/// How much a sentence looks like a kind of signal by its cues: 0 not at all, about 1 plainly.
pub fn evidence(talk: &Talk<'_>, cues: &[Vec<Cue>], k: usize, kind: SignalKind) -> f32 {
    let has = |cue| cues[k].contains(&cue);
    let asks = talk.sentences[k].asks;
    let asked = |cue: Cue| {
        (1..=2)
            .any(|back| k >= back && talk.sentences[k - back].asks && cues[k - back].contains(&cue))
    };
    let sum = talk.sums[k].iter().any(|sum| sum.sure);
    let time = talk.times[k].iter().any(|when| when.weight > 1);
    let yes = |hit: bool, much: f32| if hit { much } else { 0.0 };
    match kind {
        SignalKind::Budget if !asks => {
            yes(asked(Cue::AsksMoney), 0.45)
                + yes(sum, 0.6)
                + yes(has(Cue::Money), 0.35)
                + yes(has(Cue::NoMoney) || has(Cue::Approved), 0.25)
        }
        SignalKind::Authority if !asks => {
            yes(asked(Cue::AsksWho), 0.45)
                + yes(
                    has(Cue::Decides) || has(Cue::NoSay) || has(Cue::Influences),
                    0.55,
                )
        }
        SignalKind::Need if !asks => {
            yes(has(Cue::Pain), 0.7) + yes(asked(Cue::AsksPain), 0.3) - yes(has(Cue::Former), 0.4)
        }
        SignalKind::Timeline if !asks => {
            yes(asked(Cue::AsksWhen), 0.45) + yes(time, 0.5) + yes(has(Cue::NoDate), 0.6)
        }
        SignalKind::CurrentSolution if !asks => {
            yes(has(Cue::Uses), 0.5) + yes(asked(Cue::AsksTool), 0.35)
        }
        SignalKind::Competitor => yes(
            talk.names(k, |what| matches!(what, Named::Competitor(_))),
            1.0,
        ),
        SignalKind::Objection if !asks => yes(has(Cue::Pushback), 0.75),
        SignalKind::ProductInterest => yes(asks && has(Cue::Asks), 1.0),
        SignalKind::NextStep if !asks => {
            yes(has(Cue::Agrees), 0.4) + yes(asked(Cue::Proposes), 0.4) + yes(time, 0.1)
        }
        SignalKind::OptIn if !asks => {
            yes(asked(Cue::AsksContact), 0.4)
                + yes(has(Cue::MayContact) || has(Cue::NoContact), 0.45)
        }
        SignalKind::Budget
        | SignalKind::Authority
        | SignalKind::Need
        | SignalKind::Timeline
        | SignalKind::CurrentSolution
        | SignalKind::Objection
        | SignalKind::NextStep
        | SignalKind::OptIn => 0.0,
    }
}
