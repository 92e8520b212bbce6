//! What the ears say: levels and captions for the eye, utterances for the board.

use crate::domain::{Author, CardId, Command, Fact, Utterance};

use super::evidence::said_on;
use super::model::{Dropped, LEVELS};
use super::{EarsSaid, Effect, LaneState, Model, Toast, ToastKind};

/// How the notice of faults ends.
const FAULTS_TOLD: &str = "wrong in the show's folder; {faults} tells";

impl Model {
    /// Takes in one thing the ears said.
    pub(super) fn hear(&mut self, said: EarsSaid) -> Vec<Effect> {
        match said {
            EarsSaid::Level {
                lane,
                rms_dbfs,
                clipped,
                speech,
            } => self.level(lane, rms_dbfs, clipped, speech),
            EarsSaid::Partial {
                lane,
                settled,
                tentative,
            } => self.caption(lane, settled, tentative),
            EarsSaid::Lane { lane, state } => self.lane_changed(lane, state),
            EarsSaid::Backlog { pending, behind_ms } => self.backlog = (pending, behind_ms),
            EarsSaid::Trouble(sentence) => self.notice(sentence),
            EarsSaid::Dropped { lane, ms, why } => self.dropped(lane, ms, why),
            EarsSaid::OffRecord { lane, ms } => return self.overhear(lane, ms),
            EarsSaid::Final {
                lane,
                start_ms,
                end_ms,
                text,
                sure,
                confidence,
                waited_ms,
                loudness,
            } => {
                self.lag_ms = waited_ms;
                self.heard_ms = self.now.ms;
                let judged = (confidence, loudness);
                return self.utterance(lane, (start_ms, end_ms), (&text, &sure), judged);
            }
        }
        Vec::new()
    }

    fn level(&mut self, lane: usize, rms_dbfs: f32, clipped: bool, speech: bool) {
        let now = self.now.ms;
        if let Some(view) = self.lanes.get_mut(lane) {
            view.levels.push_back(rms_dbfs);
            while view.levels.len() > LEVELS {
                view.levels.pop_front();
            }
            view.clipped = clipped;
            view.speech = speech;
            if speech {
                view.spoke_ms = now;
            }
        }
    }

    fn caption(&mut self, lane: usize, settled: String, tentative: String) {
        if self.is_off_record(lane) {
            return;
        }
        if let Some(view) = self.lanes.get_mut(lane) {
            // A guess that only lost its last words goes on showing them: text that comes and goes can't be read.
            let shown = joined(&view.settled, &view.tentative);
            let fresh = joined(&settled, &tentative);
            let beyond = shown
                .strip_prefix(&fresh)
                .filter(|rest| !fresh.is_empty() && rest.starts_with(' '));
            view.tentative = match beyond {
                Some(rest) => format!("{tentative}{rest}").trim_start().to_owned(),
                None => tentative,
            };
            view.settled = settled;
        }
    }

    /// Counts what was dropped as noise; the trail has one line a lane, which grows.
    fn dropped(&mut self, lane: usize, ms: u64, why: &'static str) {
        let Some(view) = self.lanes.get_mut(lane) else {
            return;
        };
        view.dropped.add(ms, why);
        let name = self.config.lanes.get(lane).map_or("", |lane| &lane.name);
        let words = format!("{name}: {}", view.dropped.words());
        let known = self.said.iter_mut().find(|toast| {
            toast
                .text
                .strip_prefix(name)
                .is_some_and(|rest| rest.starts_with(": ") && rest.contains(Dropped::WORDS))
        });
        if let Some(known) = known {
            known.text = words;
            return;
        }
        self.hold_trail();
        self.said.push(Toast {
            text: words,
            kind: ToastKind::News,
            at_ms: self.now.ms,
        });
    }

    fn lane_changed(&mut self, lane: usize, state: LaneState) {
        let name = self
            .config
            .lanes
            .get(lane)
            .map_or(String::new(), |lane| lane.name.clone());
        match &state {
            LaneState::Unplugged(sentence) | LaneState::Failed(sentence) => {
                self.toast(ToastKind::Trouble, format!("{name}: {sentence}"));
            }
            LaneState::Live
                if self
                    .lanes
                    .get(lane)
                    .is_some_and(|view| is_gone(&view.state)) =>
            {
                self.toast(ToastKind::Done, format!("{name} hears again"));
            }
            LaneState::Starting | LaneState::Live | LaneState::NoSignal | LaneState::Ended => {}
        }
        if let Some(view) = self.lanes.get_mut(lane) {
            if state == LaneState::Live {
                view.spoke_ms = view.spoke_ms.max(self.now.ms);
            }
            view.state = state;
        }
    }

    /// Keeps a sentence in the header until the program ends.
    pub(super) fn notice(&mut self, sentence: String) {
        if !self.notices.contains(&sentence) {
            self.notices.push(sentence);
        }
    }

    /// Takes in what is wrong with the show's files; the header says so until none is left.
    pub fn know_faults(&mut self, faults: Vec<String>) {
        self.notices.retain(|notice| !notice.ends_with(FAULTS_TOLD));
        if !faults.is_empty() {
            let count = faults.len();
            let things = if count == 1 { "thing is" } else { "things are" };
            // First, because what is missing besides may fill the line.
            self.notices
                .insert(0, format!("{count} {things} {FAULTS_TOLD}"));
        }
        self.faults = faults;
    }

    fn overhear(&mut self, lane: usize, ms: u64) -> Vec<Effect> {
        let Some(lane) = self.config.lanes.get(lane) else {
            return Vec::new();
        };
        let command = Command::OverhearOffRecord {
            lane: lane.name.clone(),
            ms,
        };
        self.settle(command, Author::Machine("ears".into()))
    }

    fn utterance(
        &mut self,
        lane: usize,
        (start_ms, end_ms): (u64, u64),
        (heard, sure): (&str, &[f32]),
        (confidence, loudness): (f32, Option<f32>),
    ) -> Vec<Effect> {
        let Some(setup) = self.config.lanes.get(lane).cloned() else {
            return Vec::new();
        };
        if !self.board().lane(&setup.name).keeps(start_ms, end_ms) {
            return self.overhear(lane, end_ms.saturating_sub(start_ms));
        }
        let right = self.knowledge.names.respell(heard, sure);
        let respelt = right.is_some();
        let text = right.unwrap_or_else(|| heard.to_owned());
        if let Some(view) = self.lanes.get_mut(lane) {
            view.settled.clear();
            view.tentative.clear();
            text.clone_into(&mut view.last);
        }
        let stamp = self.clock.tick(self.now.ms);
        let utterance = Utterance {
            id: stamp,
            lane: setup.name.clone(),
            role: setup.role,
            start_ms,
            end_ms,
            text,
            heard: respelt.then(|| heard.to_owned()),
            confidence,
            loudness,
        };
        let command = Command::Hear {
            utterance,
            gap_ms: self.config.talk_gap_ms,
        };
        let mut effects = self.settle_at(stamp, command, Author::Machine("ears".into()));
        // Cards that lost a line to the louder microphone say less now.
        for card in quieter(&effects) {
            effects.extend(self.understand(card));
        }
        if let Some(card) = self.board().live_card(&setup.name).map(|card| card.id) {
            effects.extend(self.look_for_seams(card));
        }
        // The new one, where it was cut.
        if let Some(card) = self.board().live_card(&setup.name).map(|card| card.id) {
            effects.extend(self.understand(card));
        }
        effects
    }

    /// Reads a card's whole talk again and records what changed.
    pub(super) fn understand(&mut self, card: CardId) -> Vec<Effect> {
        let Some(card) = self.board().card(card) else {
            return Vec::new();
        };
        let qualifier = &self.knowledge.qualifier;
        let reading = qualifier.corrected(qualifier.read(&said_on(card)), card);
        let command = Command::Understand {
            card: card.id,
            signals: reading.signals,
            mention: reading.account,
            introduced: reading.introduced,
            rating: reading
                .rating_known
                .then_some((reading.rating, reading.why)),
        };
        self.settle(command, Author::Machine("qualify".into()))
    }

    /// Ends talks in which nobody has spoken for the talk gap.
    pub(super) fn close_silent(&mut self) -> Vec<Effect> {
        let (now, gap) = (self.now.ms, self.config.talk_gap_ms);
        let silent: Vec<CardId> = self
            .config
            .lanes
            .iter()
            .enumerate()
            .filter(|(index, _)| !self.lanes.get(*index).is_some_and(|view| view.speech))
            .filter_map(|(_, lane)| self.board().live_card(&lane.name))
            // A card nobody spoke on was opened by key or scan: the captain closes it.
            .filter(|card| !card.utterances.is_empty())
            .filter(|card| now.saturating_sub(card.touched_ms.max(card.last_heard_ms())) > gap)
            .map(|card| card.id)
            .collect();
        silent
            .into_iter()
            .flat_map(|card| {
                let command = Command::CloseSilent { card };
                self.settle(command, Author::Machine("ears".into()))
            })
            .collect()
    }
}

/// The words of an open utterance in one line, as the lane shows them.
fn joined(settled: &str, tentative: &str) -> String {
    let both = [settled, tentative];
    let words: Vec<&str> = both.into_iter().filter(|words| !words.is_empty()).collect();
    words.join(" ")
}

/// The cards that a new utterance took an echo from.
fn quieter(effects: &[Effect]) -> Vec<CardId> {
    let facts = effects.iter().filter_map(|effect| match effect {
        Effect::Append(deed) => Some(&deed.facts),
        _ => None,
    });
    facts
        .flatten()
        .filter_map(|fact| match fact {
            Fact::HeardLouder { card, .. } => Some(*card),
            _ => None,
        })
        .collect()
}

fn is_gone(state: &LaneState) -> bool {
    matches!(state, LaneState::Unplugged(_) | LaneState::Failed(_))
}
