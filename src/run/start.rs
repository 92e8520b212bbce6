//! Starting the dashboard: the show is read, the store opened, the first frame drawn, then the ears begin.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::accounts::{Attendees, read_earlier};
use crate::app::{AlertRules, Config, Ground, Knowledge, LaneSetup, Model, Seat};
use crate::diagnostic::{Diagnostic, Severity};
use crate::domain::{Day, Deed, Ledger};
use crate::ears::{Ears, LaneSpec, Model as SpeechModel, Options as EarsOptions, Source};
use crate::keymap::Keymap;
use crate::models;
use crate::screen::Look;
use crate::show::{LaneSource, Show};
use crate::store::Store;
use crate::terminal::Guard;
use crate::theme::{self, Appearance, Depth, Theme};

use super::edges::{Edges, now_in};
use super::event_loop::Loop;
use super::footing::{self, footing};
use super::wires::Wires;
use super::{Fault, Options, outside};

/// Whether there is a terminal that a board can be drawn in.
pub fn can_draw(color: theme::Ask) -> Result<(), Fault> {
    let vars: BTreeMap<String, String> = std::env::vars().collect();
    theme::depth(color, &vars, crate::terminal::is_there())?;
    Ok(())
}

/// Runs the dashboard until somebody leaves. Answers a sentence for the shell's last line.
pub fn dashboard(options: &Options) -> Result<String, Fault> {
    let vars: BTreeMap<String, String> = std::env::vars().collect();
    let depth = theme::depth(options.color, &vars, crate::terminal::is_there())?;
    let (show, diagnostics) = crate::show::open(&options.dir);
    let show = Arc::new(sound(show, &diagnostics)?);
    let wires = Wires::new();
    let footing = footing(&show, options.wall, wires.store())?;
    let look_wish = LookWish::new(options, &show, depth, &vars);
    let (look, keymap, look_faults) = look_wish.read();
    let zone = zone_of(&show);
    let (knowledge, remarks) = knowledge_of(&show, now_in(&zone));
    let ledger = ledger(footing.deeds, footing.store.as_ref());
    let mut config = config_of(&show, options.demo);
    if footing.seat != Seat::Captain {
        // No microphone is opened for a board that can't keep what it hears.
        config.lanes.clear();
        config.alerts = None;
    }
    let mut model = Model::new(
        config,
        knowledge,
        keymap,
        ledger,
        footing.node,
        now_in(&zone),
    );
    model.seat = footing.seat;
    if options.wall {
        model.view.ground = Ground::Wall;
    }
    // What was mended in the store comes first: a toast of it would be gone under the next one.
    let mut standing = footing.remarks;
    standing.extend(diagnostics.iter().map(Diagnostic::render));
    standing.extend(remarks);
    model.know_faults(standing.iter().cloned().chain(look_faults).collect());
    let records = model.seat == Seat::Captain;
    let edges = Edges {
        node: footing.node,
        ears: None,
        store: footing.store,
        alerts: outside::alerts(&show, wires.sender.clone()),
        webhook: outside::webhook(&show, wires.sender.clone()).filter(|_| records),
        polish: outside::polish(&show, wires.sender.clone()).filter(|_| records),
        look: look_wish,
        standing,
        latest: Arc::clone(&wires.latest),
        sender: wires.sender.clone(),
        zone,
        show: Arc::clone(&show),
    };
    let _scanner = records.then(|| outside::scanner(&show, wires.sender.clone()));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(4)
        .build()?;
    let unsaved = runtime.block_on(live(model, look, edges, wires, options, &show))?;
    // What still blocks (a hung sound system) is left behind rather than waited for.
    runtime.shutdown_background();
    match unsaved {
        Some(sentence) => Err(Fault::Unsaved(sentence)),
        None if !records => Ok("nothing was written; this board only showed".to_owned()),
        None => Ok(format!("everything is kept in {}", show.dir.display())),
    }
}

/// What the deeds add up to; a strike that a kill cut short is finished, on disk as well.
fn ledger(deeds: Vec<Deed>, store: Option<&Store>) -> Ledger {
    let mut ledger = Ledger::of(deeds);
    let struck = ledger.finish_strikes();
    if let Some(store) = store.filter(|_| !struck.is_empty()) {
        store.strike(struck);
    }
    ledger
}

/// The board's whole life in the terminal.
async fn live(
    model: Model,
    look: Look,
    edges: Edges,
    wires: Wires,
    options: &Options,
    show: &Show,
) -> Result<Option<String>, Fault> {
    let (guard, screen) =
        Guard::enter(&log_file(show), &format!("Boothside {}", show.config.name))?;
    let ears = wires.ears();
    let mut board = Loop::new(model, look, screen, edges, wires.inbox);
    board.paint()?;
    match &board.model.seat {
        Seat::Captain => board.edges.ears = Some(start_ears(show, options, &board.model, ears)),
        Seat::Beside(_) => footing::follow(show.store_dir(), wires.sender)?,
        Seat::ReadOnly(_) => {}
    }
    let ran = board.run().await;
    let unsaved = board.stop().await;
    drop(guard);
    ran?;
    Ok(unsaved)
}

/// The show's lanes as the ears want them.
pub fn lane_specs(show: &Show) -> Vec<LaneSpec> {
    let lanes = show.config.lanes.iter();
    lanes
        .map(|lane| LaneSpec {
            name: lane.name.clone(),
            source: match &lane.source {
                LaneSource::Default => Source::Default,
                LaneSource::Device(id) => Source::Device(id.clone()),
                LaneSource::File(path) => Source::File(show.dir.join(path)),
            },
            channel: lane.channel,
        })
        .collect()
}

fn start_ears(
    show: &Show,
    options: &Options,
    model: &Model,
    outbox: impl Fn(crate::ears::Heard) + Send + Sync + Clone + 'static,
) -> Ears {
    let lanes = lane_specs(show);
    let speech = match models::choose(&show.config.model) {
        Ok(models::Chosen::Embedded(bytes)) => SpeechModel::Embedded(bytes),
        Ok(models::Chosen::File(path)) => SpeechModel::Path(path),
        Err(error) => {
            outbox(crate::ears::Heard::Trouble(error.to_string()));
            SpeechModel::None
        }
    };
    let mut ears = Ears::start(
        lanes,
        EarsOptions {
            model: speech,
            speed: options.speed,
            ..EarsOptions::default()
        },
        outbox,
    );
    ears.strike_after(Duration::from_secs(show.config.strike_s.into()));
    // A lane that was off the record when the program ended stays so.
    for lane in (0..model.config.lanes.len()).filter(|lane| model.is_off_record(*lane)) {
        ears.off_record(lane, true);
    }
    ears
}

/// A show that can't be used at all is told at once; anything else starts on what is sound.
pub(super) fn sound(show: Show, diagnostics: &[Diagnostic]) -> Result<Show, Fault> {
    let missing = !show.dir.join("show.toml").is_file();
    if missing {
        let words: Vec<String> = diagnostics
            .iter()
            .filter(|fault| fault.severity == Severity::Error)
            .map(Diagnostic::render)
            .collect();
        return Err(Fault::Show(words.join("\n")));
    }
    Ok(show)
}

/// The show's time zone, else the laptop's.
pub fn zone_of(show: &Show) -> jiff::tz::TimeZone {
    jiff::tz::TimeZone::get(&show.config.time_zone).unwrap_or_else(|_| jiff::tz::TimeZone::system())
}

pub(super) fn config_of(show: &Show, demo: bool) -> Config {
    let config = &show.config;
    Config {
        code: config.code.clone(),
        name: config.name.clone(),
        operator: config.operator.clone(),
        lanes: config
            .lanes
            .iter()
            .map(|lane| LaneSetup {
                name: lane.name.clone(),
                role: lane.role,
            })
            .collect(),
        quick_tags: config.quick_tags.clone(),
        tags: config.tags.clone(),
        talk_gap_ms: u64::from(config.talk_gap_s) * 1000,
        strike_ms: u64::from(config.strike_s) * 1000,
        wall_names: config.wall_names,
        days: config.days.clone(),
        export_at: config.night.at,
        copies: config.night.copy_to.is_some(),
        alerts: Some(AlertRules {
            unowned_ms: u64::from(config.alerts.unowned_min) * 60_000,
            names: config.alerts.names,
            webhook: config.alerts.webhook.is_some(),
        }),
        brand: super::edges::brand_of(show),
        polish: config.polish.as_ref().map(|polish| polish.host.clone()),
        demo,
    }
}

/// The lists made use of. Relative dates count from today during the show, else from the day the playbook names.
pub(super) fn knowledge_of(show: &Show, now: crate::app::Now) -> (Knowledge, Vec<String>) {
    let today = Day::at(now.ms, now.offset_s);
    let from = if show.config.days.contains(&today) {
        today
    } else {
        let event = show.playbook.event.as_ref().map(|event| event.date);
        event
            .or_else(|| show.config.days.first().copied())
            .unwrap_or(today)
    };
    let (attendees, mut remarks) = match &show.attendees_csv {
        Some((file, text)) => {
            let (attendees, remarks) = Attendees::read_by(text, &show.config.attendees);
            let remarks = remarks
                .into_iter()
                .map(|remark| format!("{file}: {remark}"))
                .collect();
            (attendees, remarks)
        }
        None => (Attendees::default(), Vec::new()),
    };
    let mut knowledge = Knowledge::new(show.playbook.clone(), attendees, from);
    knowledge.layout.clone_from(&show.config.scan);
    if let Some((file, text)) = &show.earlier_csv {
        let (earlier, more) = read_earlier(text);
        remarks.extend(more.into_iter().map(|remark| format!("{file}: {remark}")));
        knowledge.remember(earlier);
    }
    (knowledge, remarks)
}

fn log_file(show: &Show) -> PathBuf {
    show.dir.join("store").join("boothside.log")
}

/// The theme of the shared screen, whichever the board has; a file of the user's with this name counts more.
const WALL: &str = "wall";

/// How keys and colours are found: names, files and what the terminal can do.
#[derive(Clone, Debug)]
pub struct LookWish {
    keymap: String,
    theme: String,
    depth: Depth,
    glyphs: theme::Glyphs,
    dir: PathBuf,
}

impl LookWish {
    fn new(options: &Options, show: &Show, depth: Depth, vars: &BTreeMap<String, String>) -> Self {
        let answered = crate::terminal::is_light().map(|light| {
            if light {
                Appearance::Light
            } else {
                Appearance::Dark
            }
        });
        let choice = &show.config.theme;
        let of_show = match theme::appearance(answered, vars) {
            Appearance::Light => &choice.light,
            Appearance::Dark => &choice.dark,
        };
        Self {
            keymap: options
                .keymap
                .clone()
                .unwrap_or_else(|| show.config.keymap.clone()),
            theme: options.theme.clone().unwrap_or_else(|| of_show.clone()),
            depth,
            glyphs: theme::glyphs(vars),
            dir: show.dir.clone(),
        }
    }

    /// Reads the files; faults are drawn, and what is sound counts.
    pub fn read(&self) -> (Look, Keymap, Vec<String>) {
        let (keymap, mut faults) = Keymap::load(&self.keymap, &user_files(&self.dir, "keymaps"));
        let (theme, more) = Theme::load(&self.theme, &user_files(&self.dir, "themes"), self.depth);
        faults.extend(more);
        let (wall, more) = Theme::load(WALL, &user_files(&self.dir, "themes"), self.depth);
        faults.extend(more.into_iter().filter(|_| self.theme != WALL));
        crate::show::point_at_show(&self.dir, &mut faults);
        let faults = faults.iter().map(Diagnostic::render).collect();
        let look = Look::new(theme.with_glyphs(self.glyphs));
        (
            look.with_wall(wall.with_glyphs(self.glyphs)),
            keymap,
            faults,
        )
    }
}

/// The user's own keymaps or themes: those of the config folder, then the show's, which count more.
fn user_files(show: &Path, kind: &str) -> Vec<(String, String)> {
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let config = std::env::var_os("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .or_else(|| home.map(|home| home.join(".config")))
        .map(|config| config.join("boothside"));
    let folders = config.into_iter().chain([show.to_path_buf()]);
    folders
        .filter_map(|folder| std::fs::read_dir(folder.join(kind)).ok())
        .flat_map(|entries| {
            let mut paths: Vec<PathBuf> = entries
                .filter_map(Result::ok)
                .map(|entry| entry.path())
                .collect();
            paths.sort();
            paths
        })
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .filter_map(|path| {
            let name = path.file_name()?.to_string_lossy().into_owned();
            Some((name, std::fs::read_to_string(&path).ok()?))
        })
        .collect()
}
