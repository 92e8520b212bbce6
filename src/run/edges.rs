//! Everything the loop can reach in the world, and how each effect is done there.

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::mpsc::{Receiver, Sender};

use super::copy_exports;
use crate::alerts::{Alert, Alerts};
use crate::app::{Effect, Message, Model, Now, PolishAsked};
use crate::domain::{CardId, Money};
use crate::ears::Ears;
use crate::handoff::{NightShow, leads, write_night};
use crate::polish::{Mail, Polish, Question};
use crate::report::{ReportShow, live, numbers};
use crate::screen::Look;
use crate::show::Show;
use crate::store::Store;
use crate::webhook::{Post, Webhook};

use super::start::LookWish;
use super::wires::{FromEdge, Latest};

/// The edges, all running.
pub struct Edges {
    /// The show folder as it was read.
    pub show: Arc<Show>,
    /// This laptop.
    pub node: u64,
    /// The microphones, until they are stopped.
    pub ears: Option<Ears>,
    /// The deeds on disk, until it is closed.
    pub store: Option<Store>,
    /// Desktop notifications, unless the show wants none.
    pub alerts: Option<Alerts>,
    /// The show's webhook, if it has one.
    pub webhook: Option<Webhook>,
    /// The show's language model, if it has one.
    pub polish: Option<Polish>,
    /// How keys and colours are found again.
    pub look: LookWish,
    /// What was wrong with the show's folder at the start, a sentence or drawing each.
    pub standing: Vec<String>,
    /// Levels and captions.
    pub latest: Arc<Latest>,
    /// For what edges started later say.
    pub sender: Sender<FromEdge>,
    /// The show's time zone.
    pub zone: jiff::tz::TimeZone,
}

/// What performing an effect leaves for the loop to do.
pub enum Wish {
    /// Nothing.
    Nothing,
    /// Read keys and colours again.
    Look,
    /// Take this in.
    Tell(Box<Message>),
}

impl Edges {
    /// The wall clock in the show's time zone.
    pub fn now(&self) -> Now {
        now_in(&self.zone)
    }

    /// Does one thing in the world.
    pub fn perform(&mut self, effect: Effect, model: &Model) -> Wish {
        match effect {
            Effect::Append(deed) => {
                if let Some(store) = &self.store {
                    store.append(deed);
                }
            }
            Effect::Strike(deeds) => {
                if let Some(store) = &self.store {
                    store.strike(deeds);
                }
            }
            Effect::OffRecord { lane, off } => {
                if let Some(ears) = &self.ears {
                    ears.off_record(lane, off);
                }
                self.latest.forget(lane);
            }
            Effect::Replay => {
                if let Some(ears) = &self.ears {
                    ears.replay();
                }
            }
            Effect::Alert {
                summary,
                body,
                urgent,
            } => self.call(Alert {
                summary,
                body,
                urgent,
            }),
            Effect::Post { alert, text } => {
                if let Some(webhook) = &self.webhook {
                    webhook.send(Post { alert, text });
                }
            }
            Effect::Polish(question) => self.polish(question),
            Effect::Export => self.export(model),
            Effect::CopyExports => self.copy_exports(),
            Effect::Code(card) => return Wish::Tell(Box::new(self.code(model, card))),
            Effect::Count => return Wish::Tell(Box::new(self.count(model))),
            Effect::Reload => return Wish::Look,
            // The loop sees it and ends.
            Effect::Quit => {}
        }
        Wish::Nothing
    }

    /// Asks the language model. Where nobody can, the answer says so.
    fn polish(&self, asked: PolishAsked) {
        let number = asked.number;
        let question = Question {
            number,
            language: asked.language.name(),
            mail: Mail {
                subject: asked.wording.subject,
                lines: asked.wording.lines,
            },
        };
        if !self
            .polish
            .as_ref()
            .is_some_and(|polish| polish.ask(question))
        {
            let why = Err("can't be asked by this board".to_owned());
            let _ = self.sender.try_send(FromEdge::Polished(number, why));
        }
    }

    /// The card as a code for a phone.
    fn code(&self, model: &Model, card: CardId) -> Message {
        let show = night_show(&self.show, self.node);
        let lead = model
            .board()
            .card(card)
            .and_then(|card| leads::of_card(card, &show).into_iter().next());
        let made = lead
            .and_then(|lead| Some((crate::handoff::code(&lead)?, lead)))
            .map(|(code, lead)| crate::app::Code {
                title: [lead.full_name, lead.company]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(", "),
                side: code.side,
                dark: code.dark,
            })
            .ok_or_else(|| {
                "nobody is known on this card yet; {badge} takes a badge, {edit-visitor} types a name"
                    .to_owned()
            });
        Message::Coded(made, self.now())
    }

    /// The day in numbers, as the report counts them.
    fn count(&self, model: &Model) -> Message {
        let show = night_show(&self.show, self.node);
        let now = self.now();
        let report = ReportShow {
            board: model.board(),
            show: &show,
            cost: cost_of(&self.show),
            margin: self.show.config.margin,
        };
        Message::Counted(live(&numbers(&report, now.ms)), now)
    }

    /// Calls the captain. A notification that can't be queued is no loss: the board shows the same.
    fn call(&self, alert: Alert) {
        if self.show.config.alerts.bell {
            crate::terminal::ring();
        }
        if let Some(alerts) = &self.alerts {
            alerts.send(alert);
        }
    }

    /// Writes the night's files on a thread of its own: the keys never wait for a disk.
    fn export(&self, model: &Model) {
        let (show, sender, node) = (Arc::clone(&self.show), self.sender.clone(), self.node);
        let (board, now) = (model.board().clone(), self.now());
        let spawned = std::thread::Builder::new()
            .name("night".into())
            .spawn(move || {
                let result = write_night(
                    &show.dir.join("night"),
                    &night_show(&show, node),
                    &board,
                    &night_now(now),
                )
                .map(|exported| (exported.folder, exported.leads))
                .map_err(|error| error.to_string());
                let _ = sender.blocking_send(FromEdge::Exported(result));
            });
        if let Err(error) = spawned {
            let sentence =
                format!("the night's files can't be written now ({error}); {{export}} tries again");
            let _ = self.sender.try_send(FromEdge::Exported(Err(sentence)));
        }
    }

    /// Copies the exports to the second place, on a thread of its own: a stick may hang.
    fn copy_exports(&self) {
        let (show, sender, node) = (Arc::clone(&self.show), self.sender.clone(), self.node);
        let spawned = std::thread::Builder::new()
            .name("copy".into())
            .spawn(move || {
                let result = copy_exports(&show, node);
                let _ = sender.blocking_send(FromEdge::Copied(result));
            });
        if let Err(error) = spawned {
            let sentence =
                format!("the exports can't be copied now ({error}); tried again by itself");
            let _ = self.sender.try_send(FromEdge::Copied(Err(sentence)));
        }
    }

    /// Reads keymaps and themes from their files again.
    pub fn read_look_again(&self) -> (Look, Message) {
        let (look, keymap, faults) = self.look.read();
        let faults = self.standing.iter().cloned().chain(faults).collect();
        (look, Message::KeymapLoaded(Box::new(keymap), faults))
    }

    /// Stops the microphones; what was being said is recognised first. Ends when they have.
    pub fn stop_ears(&mut self) -> impl Future<Output = ()> + use<> {
        let ears = self.ears.take();
        async move {
            if let Some(ears) = ears {
                // A thread of the runtime, because stopping waits for the recogniser.
                let _ = tokio::task::spawn_blocking(move || ears.stop()).await;
            }
        }
    }

    /// Makes everything durable; else writes a rescue file and answers the sentence that says where.
    ///
    /// The inbox goes first: a store that reports to a full channel nobody reads would never end.
    pub fn close_store(&mut self, inbox: Receiver<FromEdge>) -> Option<String> {
        drop(inbox);
        let store = self.store.take()?;
        let rescue = rescue_place(&self.show.dir);
        if store.waiting() > 0 {
            // One last chance of a second for the group commit under way.
            for _ in 0..20 {
                if store.waiting() == 0 {
                    break;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        let waiting = store.waiting();
        if waiting > 0 {
            return Some(match store.rescue(&rescue) {
                Ok(count) => format!(
                    "{count} deeds could not be saved in the show; they are in {}, and `boothside doctor {} --repair` takes them in",
                    rescue.display(),
                    self.show.dir.display()
                ),
                Err(error) => format!(
                    "{waiting} deeds could NOT be saved, not even to {} ({error})",
                    rescue.display()
                ),
            });
        }
        store.close().err().map(|error| error.to_string())
    }
}

/// A reading of the wall clock in a time zone.
pub fn now_in(zone: &jiff::tz::TimeZone) -> Now {
    let ms = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis() as u64);
    let offset_s = jiff::Timestamp::from_millisecond(ms as i64)
        .map_or(0, |time| zone.to_offset(time).seconds());
    Now { ms, offset_s }
}

/// The show's cost, where both amount and currency are known.
pub fn cost_of(show: &Show) -> Option<Money> {
    let cents = (show.config.cost? * 100.0).round() as i64;
    let currency = show.config.currency.clone();
    (!currency.is_empty()).then_some(Money { cents, currency })
}

/// What the night's files need to know of the show.
pub fn night_show(show: &Show, node: u64) -> NightShow<'_> {
    NightShow {
        code: &show.config.code,
        name: &show.config.name,
        laptop: crate::handoff::laptop_id(node),
        campaign_id: &show.config.campaign.id,
        playbook: &show.playbook,
        destinations: &show.config.destinations,
        zone: super::start::zone_of(show),
        rules: rules_of(&show.config.night),
        brand: brand_of(show),
    }
}

/// What every follow-up of the show shares.
pub fn brand_of(show: &Show) -> crate::follow_up::Brand {
    let owners = show.playbook.owners.iter();
    crate::follow_up::Brand {
        show: show.config.name.clone(),
        stand: show.config.place.clone(),
        company: show.playbook.company.name.clone(),
        owners: owners
            .map(|owner| (owner.name.clone(), owner.email.clone()))
            .collect(),
        sender: show.config.night.sender.clone(),
        privacy_url: show.config.night.privacy_url.clone(),
        voice: show.playbook.follow_up.clone(),
        templates: show.templates.clone(),
    }
}

/// The night's rules as show.toml gives them.
fn rules_of(words: &crate::show::NightWords) -> crate::handoff::NightRules {
    crate::handoff::NightRules {
        lead_source: words.lead_source.clone(),
        lead_status: words.lead_status.clone(),
        external_id_field: words.external_id_field.clone(),
        member_status: words.member_status.clone(),
        owner_ids: words.owner_ids.clone(),
        picklists: words.picklists.clone(),
        fix: words.fix,
        strict: words.strict,
    }
    .or_stock()
}

/// The time of an export, as its folder is named.
pub fn night_now(now: Now) -> crate::handoff::Now {
    let local_ms = now.ms as i64 + i64::from(now.offset_s) * 1000;
    let day = crate::domain::Day::at(now.ms, now.offset_s);
    let minutes = local_ms.rem_euclid(86_400_000) / 60_000;
    crate::handoff::Now {
        ms: now.ms,
        local: format!("{day}T{:02}{:02}", minutes / 60, minutes % 60),
    }
}

/// Where unsaved deeds go when the show's disk fails: the home folder, else the temporary one.
pub fn rescue_place(show: &std::path::Path) -> PathBuf {
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let folder = home
        .filter(|home| home.is_dir())
        .unwrap_or_else(std::env::temp_dir);
    let name = show
        .file_name()
        .map_or_else(|| "show".into(), |name| name.to_string_lossy().into_owned());
    folder.join(format!("boothside-rescue-{name}.jsonl"))
}
