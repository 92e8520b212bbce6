//! A first guess by hand-written cues alone, where no trained weights speak.

use crate::domain::{Role, SignalKind};

use super::cues::Cue;
use super::names::Named;
use super::talk::Talk;

/// How likely each kind of [`SignalKind::ALL`] is for one sentence, and that a visitor speaks it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Guess {
    /// By kind, in the order of [`SignalKind::ALL`].
    pub kinds: [f32; 10],
    /// That a visitor speaks.
    pub visitor: f32,
}

/// Guesses every sentence of a talk.
pub fn guess(talk: &Talk<'_>, cues: &[Vec<Cue>]) -> Vec<Guess> {
    let mut all: Vec<Guess> = Vec::with_capacity(cues.len());
    for k in 0..cues.len() {
        let visitor = voice(talk, cues, k);
        let mut one = Guess {
            kinds: [0.0; 10],
            visitor,
        };
        for (slot, kind) in one.kinds.iter_mut().zip(SignalKind::ALL) {
            *slot = (score(talk, cues, k, kind) * visitor.min(0.9)).min(0.95);
        }
        all.push(one);
    }
    all
}

fn voice(talk: &Talk<'_>, cues: &[Vec<Cue>], k: usize) -> f32 {
    match talk.role(k) {
        Role::Rep => return 0.1,
        Role::Visitor => return 0.95,
        Role::Table => {}
    }
    let has = |cue| cues[k].contains(&cue);
    let asked_before = k > 0 && talk.sentences[k - 1].asks;
    let mut score = 0.55;
    if talk.sentences[k].asks {
        score -= if has(Cue::Asks) && !has(Cue::AsksMoney) {
            0.0
        } else {
            0.3
        };
    }
    if has(Cue::RepVoice) {
        score -= 0.35;
    }
    if has(Cue::VisitorVoice) {
        score += 0.35;
    }
    if asked_before {
        score += 0.3;
    }
    f32::clamp(score, 0.02, 0.98)
}

fn score(talk: &Talk<'_>, cues: &[Vec<Cue>], k: usize, kind: SignalKind) -> f32 {
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
                + yes(sum, 0.3)
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
