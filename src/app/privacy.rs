//! Off the record: the microphone stops, what was just said is struck everywhere, and neither comes back by undo.

use crate::domain::{Author, Command, Fact, Stamp};

use super::{Effect, Model, ToastKind, counted};

impl Model {
    /// Whether the captain stopped a lane. The words of such a lane go nowhere, even if the ears still send some.
    pub fn is_off_record(&self, lane: usize) -> bool {
        self.config
            .lanes
            .get(lane)
            .is_some_and(|lane| self.board().lane(&lane.name).off_record)
    }

    /// Which lanes are off the record, in the order of the config.
    pub(super) fn lanes_off(&self) -> Vec<bool> {
        (0..self.config.lanes.len())
            .map(|lane| self.is_off_record(lane))
            .collect()
    }

    /// After an undo or redo the microphones follow the board; one that is stopped by it is stopped like by the key.
    pub(super) fn listen_as_the_board_says(&mut self, before: &[bool]) -> Vec<Effect> {
        let mut effects = Vec::new();
        for (lane, was_off) in before.iter().enumerate() {
            let off = self.is_off_record(lane);
            effects.push(Effect::OffRecord { lane, off });
            if off && !was_off {
                effects.extend(self.strike(lane).1);
            }
        }
        effects
    }

    /// What has to be added where this deed is taken back: listening comes back, words don't. None: it can't be.
    pub(super) fn stays_struck(&self, target: Stamp) -> Option<&'static str> {
        let facts = &self.ledger.log().get(target)?.facts;
        if facts
            .iter()
            .any(|fact| matches!(fact, Fact::LaneStruck { .. }))
        {
            return None;
        }
        let off = |fact: &Fact| matches!(fact, Fact::LaneOffRecord { .. });
        let strikes = self.config.strike_ms > 0 && facts.iter().any(off);
        Some(if strikes {
            "; what was struck stays struck"
        } else {
            ""
        })
    }

    /// Stops one lane, or lets it listen again.
    pub(super) fn off_record(&mut self, lane: usize) -> Vec<Effect> {
        if lane >= self.config.lanes.len() {
            self.toast(
                ToastKind::Refused,
                "there is no microphone; show.toml names lanes",
            );
            return Vec::new();
        }
        let off = !self.is_off_record(lane);
        self.switch(&[lane], off)
    }

    /// If any lane listens, all stop; else all listen again.
    pub(super) fn off_record_all(&mut self) -> Vec<Effect> {
        let before = self.lanes_off();
        let off = before.contains(&false);
        let lanes: Vec<usize> = (0..before.len())
            .filter(|lane| before[*lane] != off)
            .collect();
        self.switch(&lanes, off)
    }

    fn switch(&mut self, lanes: &[usize], off: bool) -> Vec<Effect> {
        // The microphones first: they stop before anything is written about it.
        let mut effects: Vec<Effect> = lanes
            .iter()
            .map(|&lane| Effect::OffRecord { lane, off })
            .collect();
        let mut sentences = 0;
        for &lane in lanes {
            let name = self.config.lanes[lane].name.clone();
            effects.extend(self.settle(Command::OffRecord { lane: name, off }, self.me()));
            if off {
                let (count, more) = self.strike(lane);
                sentences += count;
                effects.extend(more);
            }
        }
        if off {
            self.say_struck(lanes, sentences);
        }
        effects
    }

    fn say_struck(&mut self, lanes: &[usize], sentences: usize) {
        let who = match lanes {
            [lane] => format!("{} is", self.config.lanes[*lane].name),
            _ => "all lanes are".to_owned(),
        };
        let seconds = self.config.strike_ms / 1000;
        let words = if seconds == 0 {
            format!("{who} off the record")
        } else {
            let sentences = counted(sentences, "sentence");
            format!(
                "{who} off the record; the last {seconds} s are struck for good ({sentences}), no undo"
            )
        };
        self.toast(ToastKind::Done, words);
    }

    /// Strikes what was just said on a lane: from memory and board at once, from disk by the effect. Cards it was on are
    /// read anew from what is left. Answers how many sentences it were.
    fn strike(&mut self, lane: usize) -> (usize, Vec<Effect>) {
        if let Some(view) = self.lanes.get_mut(lane) {
            view.settled.clear();
            view.tentative.clear();
            view.last.clear();
        }
        let until_ms = self.now.ms;
        let from_ms = until_ms.saturating_sub(self.config.strike_ms);
        if from_ms == until_ms {
            return (0, Vec::new());
        }
        let name = self.config.lanes[lane].name.clone();
        let struck = self.ledger.strike(&name, from_ms, until_ms);
        self.crowd.take();
        self.polish.forget();
        let sentences = struck.texts.len();
        self.forget(&struck.texts);
        self.knowledge.qualifier.forget();
        // The note comes first: a sudden end between it and the rewriting is made good at the next start.
        let note = Command::NoteStrike {
            lane: name,
            from_ms,
            until_ms,
            sentences,
        };
        let mut effects = self.settle(note, Author::Machine("ears".into()));
        if !struck.deeds.is_empty() {
            effects.push(Effect::Strike(struck.deeds));
        }
        for card in struck.cards {
            effects.extend(self.understand(card));
        }
        self.view.mark = None;
        self.view.evidence = None;
        self.arrange();
        (sentences, effects)
    }

    /// Lines that were shown for a moment may quote what was struck.
    fn forget(&mut self, texts: &[String]) {
        for view in &mut self.lanes {
            // The same words on the lane that heard them as an echo.
            if texts.contains(&view.last) {
                view.last.clear();
            }
        }
        // A chip quotes no more than a part of what was said.
        let parts = |line: &str| -> Vec<String> {
            let quoted = line.split('“').skip(1);
            let quoted = quoted.filter_map(|rest| rest.split('”').next());
            quoted.map(str::to_owned).collect()
        };
        let quotes = |line: &str| {
            let parts = parts(line);
            texts.iter().any(|text| {
                let part_of = |part: &String| !part.is_empty() && text.contains(part.as_str());
                line.contains(text.as_str()) || parts.iter().any(part_of)
            })
        };
        self.said.retain(|toast| !quotes(&toast.text));
        self.view.toasts.retain(|toast| !quotes(&toast.text));
    }
}
