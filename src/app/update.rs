//! The one door: a message comes in, the model changes, effects go out.

use crate::action::{Action, Context};
use crate::badge::wedge::{Output, WedgeKey};
use crate::domain::{Author, Command, Fact, Ledger, Stamp, decide};
use crate::keymap::{Chord, Key, Lookup};

use super::model::TOAST_MS;
use super::{Effect, Layer, Message, Model, Now, SavedSaid, ToastKind, counted};

/// How long the beginning of a key sequence waits for the rest, in ms (house rule: 1.5 s).
const PENDING_MS: u64 = 1_500;

/// Takes in one message.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    match message {
        Message::Tick(now) => model.tick(now),
        Message::Key(chord, now) => {
            model.now = now;
            model.pressed(chord)
        }
        Message::Paste(text, now) => {
            model.now = now;
            model.paste(&text)
        }
        Message::Scan(text, now) => {
            model.now = now;
            model.scanned(&text)
        }
        Message::Ears(said, now) => {
            model.now = now;
            model.hear(said)
        }
        Message::Store(said) => {
            model.saved(said);
            Vec::new()
        }
        Message::Exported(result, now) => {
            model.now = now;
            model.exported(result)
        }
        Message::Copied(result, now) => model.at(now).copied(result),
        Message::Coded(made, now) => model.at(now).code_made(made),
        Message::Counted(rows, now) => model.at(now).counted_now(&rows),
        Message::Remark(sentence, now) => {
            model.now = now;
            model.toast(ToastKind::Trouble, sentence);
            Vec::new()
        }
        Message::Deeds(deeds) => {
            model.ledger = Ledger::of(deeds);
            model.crowd.take();
            model.arrange();
            Vec::new()
        }
        Message::Standing(sentence, now) => {
            model.now = now;
            model.notice(sentence);
            Vec::new()
        }
        Message::Posted(result, now) => {
            model.now = now;
            model.posted(result)
        }
        Message::Polished(number, result, now) => model.at(now).polished(number, result),
        Message::KeymapLoaded(keymap, faults) => {
            model.keymap = *keymap;
            model.know_faults(faults);
            model.toast(ToastKind::News, "keys and colours are read again");
            Vec::new()
        }
        Message::Leave => vec![Effect::Quit],
    }
}

impl Model {
    /// The same model, at this time.
    fn at(&mut self, now: Now) -> &mut Self {
        self.now = now;
        self
    }

    fn tick(&mut self, now: Now) -> Vec<Effect> {
        self.now = now;
        self.view
            .toasts
            .retain(|toast| toast.at_ms + TOAST_MS > now.ms);
        if now.ms >= self.view.pending_until_ms {
            self.view.pending.clear();
        }
        let outputs = self.wedge.tick(now.ms);
        let mut effects = self.typed(outputs);
        effects.extend(self.close_silent());
        effects.extend(self.recount());
        self.watch_weather();
        effects.extend(self.at_night());
        effects.extend(self.call_for_unowned());
        effects.extend(self.post_waiting());
        effects
    }

    /// A key goes through the wedge first: a badge scanner is a very fast typist.
    fn pressed(&mut self, chord: Chord) -> Vec<Effect> {
        let Some(key) = wedge_key(&chord) else {
            // Arrows and function keys are never part of a badge, but they come after what is held back.
            let outputs = self.wedge.key(self.now.ms, WedgeKey::Other);
            let mut effects = self.typed(outputs);
            effects.extend(self.key(chord));
            return effects;
        };
        let outputs = self.wedge.key(self.now.ms, key);
        self.typed(outputs)
    }

    fn typed(&mut self, outputs: Vec<Output>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for output in outputs {
            match output {
                Output::Scan(held) if is_one_letter(&held) => {
                    for letter in held.chars() {
                        let chord = chord_of(WedgeKey::Char(letter));
                        effects.extend(chord.into_iter().flat_map(|chord| self.key(chord)));
                    }
                }
                Output::Scan(words) if self.is_writing(&words) => self.type_text(&words),
                Output::Scan(payload) => effects.extend(self.scanned(&payload)),
                Output::Keys(keys) => {
                    for (_, key) in keys {
                        if let Some(chord) = chord_of(key) {
                            effects.extend(self.key(chord));
                        }
                    }
                }
            }
        }
        effects
    }

    /// Looks a key up and does what it says.
    fn key(&mut self, chord: Chord) -> Vec<Effect> {
        let contexts = self.contexts();
        let pending = std::mem::take(&mut self.view.pending);
        match self.keymap.lookup(&contexts, &pending, chord) {
            Lookup::Matched(actions) => actions
                .into_iter()
                .flat_map(|action| self.perform(action))
                .collect(),
            Lookup::Pending => {
                self.view.pending = pending;
                self.view.pending.push(chord);
                self.view.pending_until_ms = self.now.ms + PENDING_MS;
                Vec::new()
            }
            Lookup::Text(letter) => {
                self.type_text(&letter.to_string());
                Vec::new()
            }
            Lookup::Miss => {
                let overlay = !matches!(contexts.first(), Some(Context::Board | Context::Card));
                if !overlay && pending.is_empty() {
                    let help = self.key_for(Action::Help);
                    self.toast(
                        ToastKind::Refused,
                        format!("{chord} does nothing here; {help} shows all keys"),
                    );
                }
                Vec::new()
            }
        }
    }

    /// Types into whatever takes text.
    fn type_text(&mut self, text: &str) {
        match self.view.layers.last_mut() {
            Some(Layer::Prompt(prompt)) => {
                if let Some(line) = prompt.line() {
                    line.insert(text);
                }
                self.prompt_changed();
            }
            Some(Layer::Picker(picker)) => {
                picker.query.insert(text);
                self.refill();
            }
            Some(Layer::Help(query, top)) => {
                query.push_str(text);
                *top = 0;
            }
            Some(_) | None => {}
        }
    }

    /// A paste goes into an open line, or is a badge that somebody pasted.
    fn paste(&mut self, text: &str) -> Vec<Effect> {
        match self.view.layers.last() {
            Some(Layer::Prompt(prompt)) if prompt.kind == super::PromptKind::Badge => {
                self.view.layers.pop();
                self.admit(text, None)
            }
            Some(Layer::Prompt(_) | Layer::Picker(_)) => {
                self.type_text(text);
                Vec::new()
            }
            _ => self.admit(text, None),
        }
    }

    fn saved(&mut self, said: SavedSaid) {
        match said {
            SavedSaid::Durable(stamps) => {
                for stamp in stamps {
                    self.saving.waiting.remove(&stamp);
                }
            }
            SavedSaid::Trouble(sentence, _) => self.saving.trouble = Some(sentence),
            SavedSaid::Well => {
                if self.saving.trouble.take().is_some() {
                    self.toast(ToastKind::News, "saving works again");
                }
            }
        }
        // A question about unsaved deeds answers itself once they are saved.
        if self.saving.waiting.is_empty() {
            self.view
                .layers
                .retain(|layer| !matches!(layer, Layer::Confirm(_)));
        }
    }

    fn exported(&mut self, result: Result<(String, usize), String>) -> Vec<Effect> {
        self.exporting = false;
        match result {
            Ok((folder, leads)) => {
                let are = if leads == 1 { "is" } else { "are" };
                let words = format!("{} {are} in night/{folder}", counted(leads, "lead"));
                self.toast(ToastKind::Done, words);
                let command = Command::NoteExport { folder, leads };
                let mut effects = self.settle(command, Author::Machine("night".into()));
                effects.extend(self.copy_exports());
                effects
            }
            Err(sentence) => {
                self.toast(ToastKind::Trouble, self.keyed(&sentence));
                Vec::new()
            }
        }
    }

    /// Decides a wish and records what it comes to.
    pub(super) fn settle(&mut self, command: Command, author: Author) -> Vec<Effect> {
        let stamp = self.clock.tick(self.now.ms);
        self.settle_at(stamp, command, author)
    }

    /// The same with a stamp taken before, for what carries its own id.
    pub(super) fn settle_at(
        &mut self,
        stamp: Stamp,
        command: Command,
        author: Author,
    ) -> Vec<Effect> {
        if let Some(refusal) = self.seat.refusal() {
            if matches!(author, Author::Person(_)) {
                self.toast(ToastKind::Refused, refusal);
            }
            return Vec::new();
        }
        match decide(self.ledger.board(), command, stamp) {
            Ok(facts) if facts.is_empty() => Vec::new(),
            Ok(facts) => self.record(stamp, author, facts),
            Err(refusal) => {
                self.toast(ToastKind::Refused, self.keyed(&refusal.0));
                Vec::new()
            }
        }
    }

    fn record(&mut self, stamp: Stamp, author: Author, facts: Vec<Fact>) -> Vec<Effect> {
        let deed = crate::domain::Deed {
            stamp,
            author,
            facts,
        };
        if deed.facts.iter().any(Fact::moves_people) {
            self.crowd.take();
        }
        self.ledger.record(deed.clone());
        self.watch_radar(&deed);
        self.saving.waiting.insert(stamp);
        self.hold_trail();
        self.arrange();
        let calls = self.call_for(&deed);
        let mut effects = vec![Effect::Append(deed)];
        effects.extend(calls);
        effects
    }
}

/// Whether a burst is one letter over and over: a key that was held while the machine was busy arrives all at once, and no
/// badge is like that. Digits are left out, because a number may be.
fn is_one_letter(burst: &str) -> bool {
    let mut letters = burst.chars();
    let first = letters.next();
    first.is_some_and(|first| !first.is_ascii_digit() && letters.all(|letter| letter == first))
}

fn wedge_key(chord: &Chord) -> Option<WedgeKey> {
    if chord.alt || chord.super_ {
        return None;
    }
    match chord.key {
        Key::Char(letter) if chord.ctrl => Some(WedgeKey::Control(letter)),
        Key::Char(letter) => Some(WedgeKey::Char(letter)),
        Key::Space => Some(WedgeKey::Char(' ')),
        Key::Enter => Some(WedgeKey::Enter),
        Key::Tab if !chord.shift => Some(WedgeKey::Tab),
        _ => None,
    }
}

fn chord_of(key: WedgeKey) -> Option<Chord> {
    let plain = |key| Chord {
        key,
        ctrl: false,
        alt: false,
        shift: false,
        super_: false,
    };
    match key {
        WedgeKey::Char(' ') => Some(plain(Key::Space)),
        WedgeKey::Char(letter) => Some(plain(Key::Char(letter))),
        WedgeKey::Enter => Some(plain(Key::Enter)),
        WedgeKey::Tab => Some(plain(Key::Tab)),
        WedgeKey::Control(letter) => Some(Chord {
            ctrl: true,
            ..plain(Key::Char(letter))
        }),
        // The chord itself is looked up by whoever reported `Other`.
        WedgeKey::Other => None,
    }
}
