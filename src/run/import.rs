//! Recordings into cards of a show: what was said goes through the same door as live talk, at the time it was said.

use std::path::{Path, PathBuf};

use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use crate::app::{EarsSaid, Effect, LaneSetup, Message, Model, Now, counted, update};
use crate::domain::{Ledger, Role};
use crate::ears::Utterance;
use crate::keymap::Keymap;
use crate::store::Store;

use super::edges::now_in;
use super::start::{config_of, knowledge_of, sound, zone_of};

/// The lane of recordings that belong to none of the show's.
const LANE: &str = "Recording";

/// A show that takes recordings in.
pub struct Import {
    dir: PathBuf,
    model: Model,
    store: Store,
    zone: TimeZone,
    /// When the recording in work began, ms since 1970.
    began_ms: u64,
    first_ms: u64,
    cards: usize,
    sentences: usize,
}

impl Import {
    /// Opens the show in `dir` for recordings that began `at` (14:05 today, 2026-11-22T14:05 at the show, or with an offset).
    /// An error is a sentence with the way out.
    pub fn start(dir: &Path, at: &str, lane: Option<&str>) -> Result<Self, String> {
        let (show, faults) = crate::show::open(dir);
        let show = sound(show, &faults).map_err(|fault| fault.to_string())?;
        let zone = zone_of(&show);
        let now = now_in(&zone);
        let began_ms = time_of(at, &zone, now)?;
        let name = lane.unwrap_or(LANE);
        let known = show.config.lanes.iter().find(|known| known.name == name);
        let setup = LaneSetup {
            name: name.to_owned(),
            role: known.map_or(Role::default(), |known| known.role),
        };
        let opened =
            Store::open(&show.dir.join("store"), |_| {}).map_err(|error| error.to_string())?;
        let mut config = config_of(&show, false);
        config.lanes = vec![setup];
        // Nobody stands at the booth any more who could be called.
        config.alerts = None;
        let knowledge = knowledge_of(
            &show,
            Now {
                ms: began_ms,
                ..now
            },
        )
        .0;
        let (keymap, _) = Keymap::load("default", &[]);
        let ledger = Ledger::of(opened.deeds);
        let model = Model::new(config, knowledge, keymap, ledger, opened.node, now);
        if model.is_off_record(0) {
            return Err(format!(
                "{name} is off the record; give another lane with --lane, or put it back on the record first"
            ));
        }
        Ok(Self {
            dir: dir.to_path_buf(),
            cards: model.board().len(),
            model,
            store: opened.store,
            zone,
            began_ms,
            first_ms: began_ms,
            sentences: 0,
        })
    }

    /// The next recording begins; its length in seconds where that is known. Refused when its time is taken on the lane.
    pub fn begin(&mut self, file: &Path, seconds: Option<f64>) -> Result<(), String> {
        let length_ms = seconds.map_or(1, |seconds| (seconds * 1000.0) as u64);
        let until_ms = self.began_ms + length_ms;
        let lane = self.model.lane_name().to_owned();
        let mut heard = self.model.board().cards().flat_map(|card| &card.utterances);
        let taken = heard.find(|said| {
            said.lane == lane && said.end_ms > self.began_ms && said.start_ms < until_ms
        });
        match taken {
            None => Ok(()),
            Some(said) => Err(format!(
                "{} was not taken into the show: {lane} has talk of {} already; give another --at or --lane",
                file.display(),
                self.model.clock_words(said.start_ms)
            )),
        }
    }

    /// Something was said in the recording in work.
    pub fn hear(&mut self, said: &Utterance) {
        self.sentences += 1;
        let (start_ms, end_ms) = (self.began_ms + said.start_ms, self.began_ms + said.end_ms);
        // A silence before it may have ended the talk.
        self.send(start_ms, Message::Tick);
        let said = EarsSaid::Final {
            lane: 0,
            start_ms,
            end_ms,
            text: said.text.clone(),
            sure: said.sure.clone(),
            confidence: said.confidence,
            waited_ms: 0,
            // A recording's loudness can't be compared with a lane's.
            loudness: None,
        };
        self.send(end_ms, |now| Message::Ears(said, now));
    }

    /// The recording in work is over after `length_ms`; the next one follows on.
    pub fn end(&mut self, length_ms: u64) {
        self.began_ms += length_ms;
        let over = self.began_ms + self.model.config.talk_gap_ms + 1000;
        self.send(over, Message::Tick);
    }

    /// Makes everything durable and says what it came to.
    pub fn finish(self) -> Result<String, String> {
        let cards = self.model.board().len() - self.cards;
        self.store.close().map_err(|error| error.to_string())?;
        Ok(format!(
            "{} with {} from {} are in {}",
            counted(cards, "card"),
            counted(self.sentences, "sentence"),
            self.model.clock_words(self.first_ms),
            self.dir.display()
        ))
    }

    fn send(&mut self, ms: u64, message: impl FnOnce(Now) -> Message) {
        let offset_s = Timestamp::from_millisecond(ms as i64)
            .map_or(0, |time| self.zone.to_offset(time).seconds());
        for effect in update(&mut self.model, message(Now { ms, offset_s })) {
            // Nothing else that talk can bring about reaches beyond the show's deeds here.
            if let Effect::Append(deed) = effect {
                self.store.append(deed);
            }
        }
    }
}

/// A time as people write it, in ms since 1970.
fn time_of(text: &str, zone: &TimeZone, now: Now) -> Result<u64, String> {
    let text = text.trim();
    let today = || {
        Some(
            Timestamp::from_millisecond(now.ms as i64)
                .ok()?
                .to_zoned_datetime(zone.clone())
                .date(),
        )
    };
    let local = |time: DateTime| {
        time.to_zoned_datetime(zone.clone())
            .ok()
            .map(|zoned: ZonedDateTime| zoned.timestamp())
    };
    let time = text
        .parse::<Timestamp>()
        .ok()
        .or_else(|| {
            local(
                text.parse::<DateTime>()
                    .ok()
                    .filter(|_| text.contains(':'))?,
            )
        })
        .or_else(|| local(today()?.to_datetime(text.parse::<Time>().ok()?)));
    let Some(time) = time else {
        return Err(format!(
            "\"{text}\" is no time; write 14:05 for today, or 2026-11-22T14:05"
        ));
    };
    let ms = u64::try_from(time.as_millisecond()).unwrap_or(0);
    if ms > now.ms {
        return Err(format!(
            "{text} is still to come; --at is when the recording began"
        ));
    }
    Ok(ms)
}
