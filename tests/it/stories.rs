//! Stories: a day at the booth as lines of text, run against `update` with a memory journal and a fixed clock.
//!
//! A line is one of
//! - `show NAME` the lists of `tests/data/shows/NAME` (first line of a story), `tag WORD...` quick tags
//! - `hear LANE: WORDS` an utterance; the clock moves on by its length; `late 5s LANE: WORDS` one that began 5 s ago
//!   (`Desk+12` for LANE: 12 dB above the room)
//! - `keys CHORD CHORD...` pressed as a person does, 200 ms apart; `type WORDS` the same for letters
//! - `paste TEXT`, `scan TEXT`, `burst TEXT` (typed by a scanner at 4 ms a key, Enter at the end); `\n` is a line break
//! - `commit TEXT` an input method's words, all at once and without Enter
//! - `pour BYTES TEXT` a scan of so many bytes; `many N` N badges in a minute, each talk closed at once
//! - `flood N TEXT` a paste of N times the text
//! - `alerts 3` calls are made, a hot card that is nobody's after 3 min; the webhook is told too; `posted` it took them
//! - `wait 40s`, `trouble SENTENCE` (saving fails from here), `well` (it works again), `restart`
//! - `export-at HH:MM` the hour of the export by itself, `second-place` there is one, `stick gone WHY`, `stick back`
//! - `expect WHAT` see [`Story::expect`]

use std::path::{Path, PathBuf};

use boothside::accounts::Attendees;
use boothside::app::{
    AlertRules, Config, EarsSaid, Effect, Knowledge, LaneSetup, Layer, Message, Model, Now,
    SavedSaid, update,
};
use boothside::domain::{Card, Consent, Day, Deed, Ledger, Playbook, Role};
use boothside::follow_up::Brand;
use boothside::keymap::{Chord, Keymap};

const LANES: [(&str, Role); 2] = [("Desk", Role::Table), ("Lapel", Role::Rep)];

pub(crate) struct Story {
    pub(crate) model: Model,
    /// What the memory journal holds: the only thing a restart keeps.
    journal: Vec<Deed>,
    /// Effects since the last expectation of one.
    effects: Vec<Effect>,
    fails: bool,
    tags: Vec<String>,
    show: String,
    alerts: Option<AlertRules>,
}

impl Story {
    pub(crate) fn new(show: &str) -> Self {
        let start = Now {
            ms: 1_795_338_000_000,
            offset_s: -6 * 3600,
        };
        Self {
            model: model(show, &[], Vec::new(), start),
            journal: Vec::new(),
            effects: Vec::new(),
            fails: false,
            tags: Vec::new(),
            show: show.to_owned(),
            alerts: None,
        }
    }

    /// What was asked of the world since this was last called.
    pub(crate) fn effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    fn restart(&mut self) {
        let now = self.model.now;
        self.model = model(&self.show, &self.tags, self.journal.clone(), now);
        self.model.config.alerts.clone_from(&self.alerts);
    }

    pub(crate) fn send(&mut self, message: Message) {
        let effects = update(&mut self.model, message);
        for effect in &effects {
            if let Effect::Append(deed) = effect
                && !self.fails
            {
                self.journal.push(deed.clone());
                let durable = SavedSaid::Durable(vec![deed.stamp]);
                update(&mut self.model, Message::Store(durable));
            }
            if let Effect::Strike(left) = effect {
                for deed in left {
                    let old = self.journal.iter_mut().find(|old| old.stamp == deed.stamp);
                    old.expect("a struck deed is in the journal")
                        .clone_from(deed);
                }
            }
            if *effect == Effect::Export {
                let done = Ok(("2026-11-22T1100-1".to_owned(), self.model.board().len()));
                let message = Message::Exported(done, self.model.now);
                let more = update(&mut self.model, message);
                for effect in &more {
                    if let Effect::Append(deed) = effect {
                        self.journal.push(deed.clone());
                    }
                }
                self.effects.extend(more);
            }
        }
        self.effects.extend(effects);
    }

    fn after(&self, ms: u64) -> Now {
        Now {
            ms: self.model.now.ms + ms,
            ..self.model.now
        }
    }

    fn press(&mut self, chord: Chord, gap_ms: u64) {
        let now = self.after(gap_ms);
        self.send(Message::Key(chord, now));
    }

    /// Lets time pass in half seconds, as the loop would.
    pub(crate) fn wait(&mut self, ms: u64) {
        let mut left = ms;
        while left > 0 {
            let step = left.min(500);
            left -= step;
            let now = self.after(step);
            self.send(Message::Tick(now));
        }
    }

    pub(crate) fn tell(&mut self, line: &str) -> Result<(), String> {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb {
            "show" => *self = Self::new(rest),
            "tag" => {
                self.tags = rest.split(' ').map(str::to_owned).collect();
                self.model.config.quick_tags.clone_from(&self.tags);
            }
            "hear" => self.hear(rest)?,
            "late" => self.late(rest)?,
            "keys" => {
                for chord in rest.split(' ') {
                    let chord = chord.parse().map_err(|error| format!("{chord}: {error}"))?;
                    self.press(chord, 200);
                    self.wait(200);
                }
            }
            "type" => {
                for letter in rest.chars() {
                    self.press(letter_chord(letter)?, 120);
                    self.wait(120);
                }
            }
            "burst" => {
                for letter in unescape(rest).chars() {
                    self.press(letter_chord(letter)?, 4);
                }
                self.press("enter".parse().map_err(|_| "enter is a chord")?, 4);
                self.wait(400);
            }
            "paste" => self.send(Message::Paste(unescape(rest), self.model.now)),
            "commit" => {
                for letter in rest.chars() {
                    self.press(letter_chord(letter)?, 1);
                }
                self.wait(400);
            }
            "flood" => {
                let (times, text) = rest.split_once(' ').ok_or("flood N TEXT")?;
                let times = times
                    .parse()
                    .map_err(|_| format!("flood N TEXT: {times}"))?;
                self.send(Message::Paste(text.repeat(times), self.model.now));
            }
            "pour" => {
                let (length, text) = rest.split_once(' ').ok_or("pour BYTES TEXT")?;
                let length: usize = length.parse().map_err(|_| "pour BYTES TEXT")?;
                let text: String = text.chars().cycle().take(length).collect();
                self.send(Message::Scan(text, self.model.now));
            }
            "many" => {
                let count: u64 = rest.parse().map_err(|_| "many N")?;
                for number in 0..count {
                    let now = self.after(60_000 / count);
                    self.send(Message::Scan(format!("77{number:04}"), now));
                    self.send(Message::Key("-".parse().map_err(|_| "a chord")?, now));
                    self.wait(40);
                }
            }
            "scan" => self.send(Message::Scan(unescape(rest), self.model.now)),
            "wait" => self.wait(millis(rest)?),
            "alerts" => {
                self.alerts = Some(AlertRules {
                    unowned_ms: rest.parse::<u64>().map_err(|e| e.to_string())? * 60_000,
                    names: true,
                    webhook: true,
                });
                self.model.config.alerts.clone_from(&self.alerts);
            }
            "posted" => {
                let posts: Vec<_> = self.model.posting.iter().copied().collect();
                for alert in posts {
                    self.send(Message::Posted(Ok(alert), self.model.now));
                }
            }
            "unposted" => self.send(Message::Posted(Err(rest.to_owned()), self.model.now)),
            "trouble" => {
                self.fails = true;
                let waiting = self.model.saving.waiting.len();
                self.send(Message::Store(SavedSaid::Trouble(rest.to_owned(), waiting)));
            }
            "well" => {
                self.fails = false;
                let stamps: Vec<_> = self.model.saving.waiting.iter().copied().collect();
                let deeds = self.model.ledger.log();
                self.journal
                    .extend(stamps.iter().filter_map(|stamp| deeds.get(*stamp).cloned()));
                self.send(Message::Store(SavedSaid::Durable(stamps)));
                self.send(Message::Store(SavedSaid::Well));
            }
            "export-at" => {
                let (hour, minute) = rest.split_once(':').ok_or("export-at HH:MM")?;
                let number = |text: &str| text.parse::<u16>().map_err(|error| error.to_string());
                self.model.config.export_at = Some(number(hour)? * 60 + number(minute)?);
            }
            "second-place" => self.model.config.copies = true,
            "stick" => {
                let (how, why) = rest.split_once(' ').unwrap_or((rest, ""));
                let result = if how == "back" {
                    Ok(1)
                } else {
                    Err(why.to_owned())
                };
                self.send(Message::Copied(result, self.model.now));
            }
            "restart" => self.restart(),
            "expect" => return self.expect(rest),
            _ => return Err(format!("no such line in a story: {verb}")),
        }
        Ok(())
    }

    fn hear(&mut self, rest: &str) -> Result<(), String> {
        let (lane, words) = rest.split_once(": ").ok_or("hear LANE: WORDS")?;
        let length = 300 * words.split(' ').count() as u64;
        let now = self.after(length + 600);
        self.said(lane, words, self.model.now.ms, now)
    }

    /// An utterance that was said some seconds ago and waited for its text.
    fn late(&mut self, rest: &str) -> Result<(), String> {
        let (ago, rest) = rest.split_once(' ').ok_or("late 5s LANE: WORDS")?;
        let (lane, words) = rest.split_once(": ").ok_or("late 5s LANE: WORDS")?;
        let start_ms = self.model.now.ms - millis(ago)?;
        self.said(lane, words, start_ms, self.model.now)
    }

    fn said(&mut self, lane: &str, words: &str, start_ms: u64, now: Now) -> Result<(), String> {
        let (lane, loudness) = match lane.split_once('+') {
            Some((lane, above)) => (lane, above.parse().ok()),
            None => (lane, None),
        };
        let lane = LANES
            .iter()
            .position(|(name, _)| *name == lane)
            .ok_or_else(|| format!("no lane {lane}"))?;
        let length = 300 * words.split(' ').count() as u64;
        let said = EarsSaid::Final {
            lane,
            start_ms,
            end_ms: start_ms + length,
            text: words.to_owned(),
            sure: Vec::new(),
            confidence: 0.95,
            waited_ms: 600,
            loudness,
        };
        self.send(Message::Ears(said, now));
        Ok(())
    }

    /// `nowhere WORDS` (in ledger, lanes, view, toasts and journal), `cards N`, `shown N`, `saved`, `unsaved N`, `effect NAME`, `layer NAME`, `toast WORDS`, `trail WORDS`, `strays N`, `exports N`, `notices N`, `copying yes|no`,
    /// `draft standing WORDS`, `draft has WORDS`, `draft lacks WORDS`, `draft none WORDS` (why there is none),
    /// `call WORDS` (one of those alerts), `company LINE` (of the focused card's),
    /// `calls N` (alerts since the last such line), `unposted N`, `visits N` (of the first person in focus),
    /// `chip KIND unknown|asked|yes|no`, `ask WORDS` (ask next), `proof QUOTE` (of the marked chip), `line WORDS` (the marked one), `seam WORDS` (where a new talk may begin),
    /// `focus FIELD VALUE` and `card COMPANY|PERSON FIELD VALUE` (see [`field`]).
    fn expect(&mut self, what: &str) -> Result<(), String> {
        let (noun, rest) = what.split_once(' ').unwrap_or((what, ""));
        let model = &self.model;
        let found = match noun {
            "cards" => model.board().len().to_string(),
            "shown" => model.view.order.len().to_string(),
            "exports" => model.board().exports.len().to_string(),
            "notices" => model.notices.len().to_string(),
            "copying" => if model.nightly.copying { "yes" } else { "no" }.to_owned(),
            "strays" => model.board().strays.to_string(),
            "unposted" => model.unposted().to_string(),
            "visits" => {
                let card = model.focused().ok_or("no card is in focus")?;
                let (_, visitor) = card.visitors.first().ok_or("nobody is here")?;
                model.board().visits(visitor).to_string()
            }
            "away" => model
                .board()
                .away
                .iter()
                .cloned()
                .collect::<Vec<_>>()
                .join(" "),
            "call" => {
                let calls = self.effects.iter().filter_map(|effect| match effect {
                    Effect::Alert { summary, body, .. } => Some(format!("{summary}; {body}")),
                    _ => None,
                });
                return has(rest, &calls.collect::<Vec<_>>().join("\n"));
            }
            "company" => {
                let card = model.view.focus.ok_or("no card is in focus")?;
                let page = model.account_page(card).ok_or("no company is known")?;
                return same(rest, &page.radar());
            }
            "calls" => {
                let calls = |effect: &Effect| matches!(effect, Effect::Alert { .. });
                let count = self.effects.iter().filter(|effect| calls(effect)).count();
                self.effects.retain(|effect| !calls(effect));
                count.to_string()
            }
            "unsaved" => model.saving.waiting.len().to_string(),
            "saved" => return same("", &model.saving.trouble.clone().unwrap_or_default()),
            "nowhere" => {
                let all = format!(
                    "{:?} {:?} {:?} {:?} {:?}",
                    model.ledger, model.lanes, model.view, model.said, self.journal
                );
                return if all.to_lowercase().contains(&rest.to_lowercase()) {
                    Err(format!("`{rest}` is still there"))
                } else {
                    Ok(())
                };
            }
            "draft" => {
                let card = model.focused().ok_or("no card is in focus")?;
                return draft(model, card, rest);
            }
            "layer" => layer(model.view.layers.last()).to_owned(),
            "toast" => {
                return has(
                    rest,
                    model.said.last().map_or("", |toast| toast.text.as_str()),
                );
            }
            "trail" => {
                let lines = boothside::app::trail_lines(model);
                let all: Vec<String> = lines.into_iter().map(|line| line.words).collect();
                return has(rest, &all.join("\n"));
            }
            "effect" => {
                let names: Vec<String> = self.effects.drain(..).map(|e| format!("{e:?}")).collect();
                return has(rest, &names.join("\n"));
            }
            "focus" => {
                let card = model.focused().ok_or("no card is in focus")?;
                return about(card, rest);
            }
            "ask" => {
                let card = model.focused().ok_or("no card is in focus")?;
                return same(rest, model.ask_next(card).unwrap_or_default());
            }
            "chip" => {
                let card = model.focused().ok_or("no card is in focus")?;
                let (kind, state) = rest.split_once(' ').ok_or("chip KIND STATE")?;
                let kind = kind.parse().map_err(|why| format!("{kind}: {why}"))?;
                return same(
                    state,
                    &format!("{:?}", model.chip(card, kind)).to_lowercase(),
                );
            }
            "seam" => {
                let seam = model.focused().and_then(|card| {
                    let seam = model.seam_of(card)?;
                    card.said(seam)
                });
                return has(rest, seam.map_or("", |said| said.text.as_str()));
            }
            "proof" => {
                let proof = model.evidence().map(|signal| signal.quote.as_str());
                return same(rest, proof.unwrap_or_default());
            }
            "line" => {
                let card = model.focused().ok_or("no card is in focus")?;
                let line = model.view.mark.and_then(|at| card.utterances.get(at));
                return has(rest, line.map_or("", |said| said.text.as_str()));
            }
            "card" => {
                let (name, rest) = rest.split_once('|').ok_or("card NAME|FIELD VALUE")?;
                let card = model
                    .board()
                    .cards()
                    .find(|card| model.card_words(card).contains(name))
                    .ok_or_else(|| format!("no card is about {name}"))?;
                return about(card, rest);
            }
            _ => return Err(format!("nothing to expect is called {noun}")),
        };
        same(rest, &found)
    }
}

fn about(card: &Card, what: &str) -> Result<(), String> {
    let (name, wanted) = what.split_once(' ').unwrap_or((what, ""));
    same(wanted, &field(card, name)?)
}

/// A part of a card as text; empty for none.
fn field(card: &Card, name: &str) -> Result<String, String> {
    let visitor = card
        .visitors
        .first()
        .map(|(_, visitor)| visitor.clone())
        .unwrap_or_default();
    Ok(match name {
        "heat" => card
            .heat
            .map(|heat| heat.word().to_owned())
            .unwrap_or_default(),
        "company" => card.company().unwrap_or_default().to_owned(),
        "account" => card
            .account
            .as_ref()
            .map(|found| found.name.clone())
            .unwrap_or_default(),
        "suggested" => card
            .suggested
            .as_ref()
            .map(|found| found.name.clone())
            .unwrap_or_default(),
        "owner" => card
            .owner
            .as_ref()
            .map(|owner| owner.owner.clone())
            .unwrap_or_default(),
        "rule" => card
            .owner
            .as_ref()
            .map(|owner| owner.rule.clone())
            .unwrap_or_default(),
        "tags" => card.tags.iter().cloned().collect::<Vec<_>>().join(" "),
        "step" => card
            .next_step
            .as_ref()
            .map(|step| step.text.clone())
            .unwrap_or_default(),
        "due" => card
            .next_step
            .as_ref()
            .and_then(|step| step.due)
            .map(|day| day.to_string())
            .unwrap_or_default(),
        "notes" => card
            .notes
            .iter()
            .map(|note| note.text.clone())
            .collect::<Vec<_>>()
            .join("|"),
        "echoes" => card.echoes.len().to_string(),
        "lines" => card.utterances.len().to_string(),
        "people" => card.visitors.len().to_string(),
        "person" => visitor.name,
        "title" => visitor.title,
        "email" => visitor.email,
        "phone" => visitor.phone,
        "badge" => visitor.badge_id,
        "live" => card.is_live().to_string(),
        "lane" => card.lane.clone(),
        "taken" => card
            .taken
            .as_ref()
            .map(|(by, _)| by.clone())
            .unwrap_or_default(),
        "handed" => card
            .handed_over
            .as_ref()
            .map(|(to, _)| to.clone())
            .unwrap_or_default(),
        "consent" => match card.consent.0 {
            Consent::Yes => "yes",
            Consent::No => "no",
            Consent::Unknown => "",
        }
        .to_owned(),
        "proposed" => card.proposed.as_ref().map_or(String::new(), |(heat, why)| {
            format!("{}: {why}", heat.map_or("no buyer", |heat| heat.word()))
        }),
        "signals" => card
            .signals
            .iter()
            .map(|s| s.kind.name())
            .collect::<Vec<_>>()
            .join(" "),
        _ => return Err(format!("a card has no {name}")),
    })
}

/// What is expected of the focused card's follow-up.
fn draft(model: &Model, card: &Card, what: &str) -> Result<(), String> {
    let (noun, wanted) = what.split_once(' ').unwrap_or((what, ""));
    let (draft, desk) = match model.follow_up(card) {
        Ok(found) => found,
        Err(why) if noun == "none" => return has(wanted, why.words()),
        Err(why) => return Err(why.words().to_owned()),
    };
    let whole = desk.whole(&draft);
    let text = format!(
        "To: {}\nSubject: {}\n{}",
        whole.to, whole.subject, whole.body
    );
    match noun {
        "standing" => same(wanted, desk.standing.words()),
        "has" => has(wanted, &text),
        "lacks" if text.contains(wanted) => Err(format!("`{wanted}` in `{text}`")),
        "lacks" => Ok(()),
        _ => Err(format!("there is a draft: {text}")),
    }
}

fn layer(layer: Option<&Layer>) -> &'static str {
    match layer {
        None => "none",
        Some(Layer::Card) => "card",
        Some(Layer::Picker(_)) => "picker",
        Some(Layer::Prompt(_)) => "prompt",
        Some(Layer::Trail(_)) => "trail",
        Some(Layer::Account(..)) => "account",
        Some(Layer::Help(..)) => "help",
        Some(Layer::Faults(_)) => "faults",
        Some(Layer::Confirm(_)) => "confirm",
        Some(Layer::Night(_)) => "night",
        Some(Layer::Code(_)) => "code",
        Some(Layer::Numbers(_)) => "numbers",
        Some(Layer::Weather(_)) => "weather",
        Some(Layer::Draft(_)) => "draft",
    }
}

fn same(wanted: &str, found: &str) -> Result<(), String> {
    if wanted == found {
        return Ok(());
    }
    Err(format!("expected `{wanted}`, found `{found}`"))
}

fn has(wanted: &str, found: &str) -> Result<(), String> {
    if found.contains(wanted) {
        return Ok(());
    }
    Err(format!("expected `{wanted}` in `{found}`"))
}

fn letter_chord(letter: char) -> Result<Chord, String> {
    let name = match letter {
        ' ' => "space".to_owned(),
        '\n' | '\r' => "enter".to_owned(),
        letter => letter.to_string(),
    };
    name.parse().map_err(|error| format!("{name}: {error}"))
}

fn millis(text: &str) -> Result<u64, String> {
    let seconds: u64 = text
        .trim_end_matches('s')
        .parse()
        .map_err(|_| format!("wait N s: {text}"))?;
    Ok(seconds * 1000)
}

fn unescape(text: &str) -> String {
    text.replace("\\n", "\n").replace("\\0", "\0")
}

fn model(show: &str, tags: &[String], deeds: Vec<Deed>, now: Now) -> Model {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/shows")
        .join(show);
    let read = |file: &str| std::fs::read_to_string(folder.join(file)).expect(file);
    let playbook: Playbook = toml::from_str(&read("playbook.toml")).expect("playbook");
    let (attendees, remarks) = Attendees::read(&read("attendees.csv"));
    assert!(remarks.is_empty(), "{remarks:?}");
    let (keymap, faults) = Keymap::load("default", &[]);
    assert!(faults.is_empty(), "{faults:?}");
    let config = Config {
        code: "MTF".into(),
        name: "Meridian Trade Fair 2026".into(),
        operator: "Ana".into(),
        lanes: LANES
            .iter()
            .map(|(name, role)| LaneSetup {
                name: (*name).into(),
                role: *role,
            })
            .collect(),
        quick_tags: tags.to_vec(),
        talk_gap_ms: 30_000,
        strike_ms: 60_000,
        brand: brand(&playbook),
        ..Config::default()
    };
    let today = Day::new(2026, 11, 22).expect("a day");
    let knowledge = Knowledge::new(playbook, attendees, today);
    Model::new(config, knowledge, keymap, Ledger::of(deeds), 7, now)
}

/// The follow-ups of the stories' show.
fn brand(playbook: &Playbook) -> Brand {
    let owners = playbook.owners.iter();
    Brand {
        show: "Meridian Trade Fair 2026".into(),
        stand: "hall 3, stand C40".into(),
        company: playbook.company.name.clone(),
        owners: owners
            .map(|owner| (owner.name.clone(), owner.email.clone()))
            .collect(),
        sender: "Standlight, 12 Harbor Street, Chicago, IL 60601".into(),
        privacy_url: "https://standlight.example/privacy".into(),
        ..Brand::default()
    }
}

fn run(path: &Path) {
    let text = std::fs::read_to_string(path).expect("a story");
    let mut story = Story::new("meridian");
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Err(fault) = story.tell(line) {
            panic!("{}:{}: {line}\n  {fault}", path.display(), number + 1);
        }
    }
}

fn stories() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("stories")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "story"))
        .collect();
    paths.sort();
    paths
}

#[test]
fn every_story_comes_true() {
    let stories = stories();
    assert!(
        stories.len() >= 8,
        "only {} stories were found",
        stories.len()
    );
    for path in stories {
        run(&path);
    }
}

/// Faults stand in the header, before whatever else is missing, until the files are read again without one.
#[test]
fn faults_stay_in_the_header_until_they_are_mended() {
    let mut story = Story::new("meridian");
    let missing = "there is no microphone".to_owned();
    let now = story.model.now;
    story.send(Message::Ears(EarsSaid::Trouble(missing.clone()), now));
    story.model.know_faults(vec![
        "the damaged journal is kept".into(),
        "a role is unknown".into(),
    ]);
    let told = "2 things are wrong in the show's folder; {faults} tells".to_owned();
    assert_eq!(story.model.notices, [told, missing.clone()]);
    let keymap = Keymap::load("default", &[]).0;
    story.send(Message::KeymapLoaded(Box::new(keymap), Vec::new()));
    assert_eq!(story.model.notices, [missing]);
}
