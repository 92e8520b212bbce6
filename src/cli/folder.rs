//! `init`, `check`, `demo` and the board itself: what is done with a show folder.

use std::path::{Path, PathBuf};

use super::arguments::{Color, Look};
use super::{Stop, Streams, command_names};
use crate::accounts::Attendees;
use crate::diagnostic::{Diagnostic, Severity, nearest, render_all};
use crate::ears::recording::Recording;
use crate::keymap::Keymap;
use crate::models;
use crate::run;
use crate::show::{self, LaneSource, Show};
use crate::theme::{Ask, Depth, Theme};

/// Opens the board of a show.
pub(super) fn board(dir: Option<&Path>, look: &Look, streams: &mut Streams) -> Result<(), Stop> {
    let here = dir.unwrap_or(Path::new("."));
    if !here.join("show.toml").is_file() {
        return Err(no_show(dir, here));
    }
    open(here.to_path_buf(), false, 1.0, look, streams)
}

/// There is no show to open: what may have been meant, and how to get one.
fn no_show(asked: Option<&Path>, here: &Path) -> Stop {
    let name = asked.map(|dir| dir.display().to_string());
    let names = command_names();
    if let Some(name) = &name
        && !here.exists()
        && let Some(command) = nearest(name, names.iter().map(String::as_str))
    {
        return Stop::Fault(format!(
            "there is no folder {name}; did you mean the command `boothside {command}`?"
        ));
    }
    let reason = match &name {
        None => "there is no show in this folder".to_string(),
        Some(name) if here.is_dir() => format!("there is no show.toml in {name}"),
        Some(name) if here.exists() => format!("{name} is a file, not a show folder"),
        Some(name) => format!("there is no folder {name}"),
    };
    Stop::Fault(format!(
        "{reason}; `boothside demo` shows the board at work, `boothside init DIR` makes a show of your own"
    ))
}

/// Puts the demo show somewhere and opens it.
pub(super) fn demo(
    dir: Option<PathBuf>,
    speed: f32,
    look: &Look,
    streams: &mut Streams,
) -> Result<(), Stop> {
    // A folder nobody can look into is not worth leaving behind.
    run::can_draw(ask(look.color)).map_err(Stop::fault)?;
    let dir = dir.unwrap_or_else(new_demo_folder);
    show::write_demo(&dir).map_err(Stop::fault)?;
    open(dir, true, speed, look, streams)
}

/// A folder name that isn't taken: `boothside-demo`, `boothside-demo-2`, ... in the system's folder for passing things.
fn new_demo_folder() -> PathBuf {
    let base = std::env::temp_dir();
    let first = base.join("boothside-demo");
    let more = (2..).map(|number| base.join(format!("boothside-demo-{number}")));
    std::iter::once(first.clone())
        .chain(more)
        .find(|dir| !dir.exists())
        .unwrap_or(first)
}

fn open(
    dir: PathBuf,
    demo: bool,
    speed: f32,
    look: &Look,
    streams: &mut Streams,
) -> Result<(), Stop> {
    let options = run::Options {
        dir,
        demo,
        speed,
        wall: look.wall,
        theme: look.theme.clone(),
        keymap: look.keymap.clone(),
        color: ask(look.color),
    };
    let farewell = run::dashboard(&options).map_err(Stop::fault)?;
    Ok(writeln!(streams.out, "{farewell}")?)
}

/// `--color` in the theme's words.
fn ask(color: Color) -> Ask {
    match color {
        Color::Auto => Ask::Auto,
        Color::Always => Ask::Always,
        Color::Never => Ask::Never,
    }
}

/// Makes a show folder.
pub(super) fn init(dir: &Path, streams: &mut Streams) -> Result<(), Stop> {
    let written = show::init(dir).map_err(Stop::fault)?;
    for path in written {
        writeln!(streams.out, "{}", path.display())?;
    }
    let name = dir.display();
    writeln!(
        streams.out,
        "\nFill in show.toml and playbook.toml, then:\n  boothside check {name}    tells every fault\n  boothside {name}          opens the board"
    )?;
    Ok(())
}

/// Tells every fault of the folder: its files, and the keymap and theme it names.
pub(super) fn check(dir: &Path, look: &Look, streams: &mut Streams) -> Result<(), Stop> {
    let (show, mut faults) = show::open(dir);
    if dir.is_dir() {
        faults.extend(looks(&show, look));
        faults.extend(model(&show));
        faults.extend(recordings(&show));
    }
    write!(streams.out, "{}", render_all(&faults))?;
    let errors = count(&faults, Severity::Error);
    let warnings = count(&faults, Severity::Warning);
    if !faults.is_empty() {
        writeln!(streams.out)?;
    }
    if errors == 0 {
        writeln!(streams.out, "{}", sound(&show, warnings))?;
        if let Some((file, text)) = &show.attendees_csv {
            let (list, _) = Attendees::read_by(text, &show.config.attendees);
            let guessed = super::attendees::guesses(&list);
            if !guessed.is_empty() {
                write!(streams.out, "\n{file}: {} people, {guessed}", list.len())?;
            }
        }
        return Ok(());
    }
    let (errors, warnings) = (plural(errors, "fault"), plural(warnings, "warning"));
    writeln!(streams.out, "{errors}, {warnings}")?;
    streams.out.flush()?;
    Err(Stop::Told)
}

fn count(faults: &[Diagnostic], severity: Severity) -> usize {
    let alike = faults.iter().filter(|fault| fault.severity == severity);
    alike.count()
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 {
        format!("1 {word}")
    } else {
        format!("{count} {word}s")
    }
}

fn sound(show: &Show, warnings: usize) -> String {
    let sentence = format!(
        "{} is sound: {}, {}, {}",
        show.config.name,
        plural(show.config.lanes.len(), "lane"),
        plural(show.playbook.accounts.len(), "target account"),
        plural(show.playbook.owners.len(), "owner"),
    );
    if warnings == 0 {
        return sentence;
    }
    format!("{sentence}; {}", plural(warnings, "warning"))
}

/// Faults of the keymap and the themes the show (or the command line) names.
fn looks(show: &Show, look: &Look) -> Vec<Diagnostic> {
    let keymap = look.keymap.as_ref().unwrap_or(&show.config.keymap);
    let (_, mut faults) = Keymap::load(keymap, &show::own_files(Some(&show.dir), "keymaps"));
    let own = show::own_files(Some(&show.dir), "themes");
    let choice = &show.config.theme;
    let mut names = vec![&choice.dark, &choice.light, &choice.fallback];
    names.extend(&look.theme);
    names.sort();
    names.dedup();
    for name in names {
        faults.extend(Theme::load(name, &own, Depth::True).1);
    }
    show::point_at_show(&show.dir, &mut faults);
    faults
}

/// Whether the show's speech model is here: without it the board runs, but hears no words.
fn model(show: &Show) -> Option<Diagnostic> {
    let fault = match models::choose(&show.config.model) {
        Ok(models::Chosen::Embedded(_)) => return None,
        Ok(models::Chosen::File(path)) => {
            let unfit = models::inspect(&path).err()?;
            Diagnostic::warning("M02", "show.toml", unfit.to_string())
        }
        Err(missing) => Diagnostic::warning("M01", "show.toml", missing.to_string()),
    };
    Some(fault.help("until then the board runs on keys and scans, without captions"))
}

/// Recordings that are there and can't be played: each is a lane that stays silent.
fn recordings(show: &Show) -> Vec<Diagnostic> {
    let paths = show
        .config
        .lanes
        .iter()
        .filter_map(|lane| match &lane.source {
            LaneSource::File(path) => Some(show.dir.join(path)),
            LaneSource::Default | LaneSource::Device(_) => None,
        });
    paths
        .filter(|path| path.exists())
        .filter_map(|path| Recording::open(&path).err())
        .map(|fault| Diagnostic::error("S07", "show.toml", fault.to_string()))
        .collect()
}
