//! `model list | get | add | check`.

use serde_json::json;

use super::arguments::ModelCommand;
use super::{Stop, Streams};
use crate::ears::pace::{self, Pace};
use crate::ears::{self, Model, model_file};
use crate::models::{self, CATALOGUE, Chosen, Got, Installed, Listing, Place};

/// One `model` command.
pub(super) fn run(command: ModelCommand, streams: &mut Streams) -> Result<(), Stop> {
    let mut place = Place::of_user(|name| std::env::var_os(name));
    match command {
        ModelCommand::List { json: true } => list_json(&place, streams),
        ModelCommand::List { json: false } => list(&place, streams),
        ModelCommand::Get { name, from } => {
            place.host = from.unwrap_or(place.host);
            get(&place, &name, streams)
        }
        ModelCommand::Add { file } => {
            // The whole file is walked: a torn one must not reach the recogniser.
            models::inspect(&file).map_err(Stop::fault)?;
            model_file::check_path(&file).map_err(Stop::fault)?;
            let added = place.add(&file).map_err(Stop::fault)?;
            let what = added.shape.map(models::Shape::words).unwrap_or_default();
            writeln!(streams.out, "{} is here ({what})", added.name)?;
            Ok(writeln!(
                streams.out,
                "use it: model = \"{}\" in show.toml",
                added.name
            )?)
        }
        ModelCommand::Check { name } => check(&place, name.as_deref(), streams),
    }
}

/// A model's size as people say it.
fn size(bytes: u64) -> String {
    format!("{} MB", (bytes + 500_000) / 1_000_000)
}

fn list(place: &Place, streams: &mut Streams) -> Result<(), Stop> {
    let installed = place.installed();
    let out = &mut *streams.out;
    let demo = size(models::DEMO.len() as u64);
    writeln!(
        out,
        "{:<14} {:>7}  {:<8} what it is good for",
        "name", "size", ""
    )?;
    writeln!(
        out,
        "{:<14} {demo:>7}  {:<8} {}",
        models::DEMO_NAME,
        "bundled",
        models::DEMO_WORDS
    )?;
    for listing in &CATALOGUE {
        let here = installed.iter().any(|one| one.name == listing.name);
        let here = if here { "here" } else { "" };
        let Listing {
            name, words, bytes, ..
        } = listing;
        writeln!(out, "{name:<14} {:>7}  {here:<8} {words}", size(*bytes))?;
    }
    for own in installed
        .iter()
        .filter(|one| models::listing(&one.name).is_none())
    {
        let what = words_of(own);
        writeln!(
            out,
            "{:<14} {:>7}  {:<8} {what}",
            own.name,
            size(own.bytes),
            "here"
        )?;
    }
    writeln!(out, "\nfetch one: boothside model get base.en")?;
    writeln!(out, "they are kept in {}", place.dir.display())?;
    Ok(())
}

fn words_of(own: &Installed) -> String {
    match &own.shape {
        Ok(shape) => format!("your own: {}", shape.words()),
        Err(unfit) => unfit.to_string(),
    }
}

fn list_json(place: &Place, streams: &mut Streams) -> Result<(), Stop> {
    let installed = place.installed();
    let demo = json!({"name": models::DEMO_NAME, "bytes": models::DEMO.len(), "here": true, "words": models::DEMO_WORDS});
    writeln!(streams.out, "{demo}")?;
    for listing in &CATALOGUE {
        let here = installed.iter().any(|one| one.name == listing.name);
        let line = json!({"name": listing.name, "bytes": listing.bytes, "here": here, "words": listing.words, "sha256": listing.sha256});
        writeln!(streams.out, "{line}")?;
    }
    for own in installed
        .iter()
        .filter(|one| models::listing(&one.name).is_none())
    {
        let line =
            json!({"name": own.name, "bytes": own.bytes, "here": true, "words": words_of(own)});
        writeln!(streams.out, "{line}")?;
    }
    Ok(())
}

fn get(place: &Place, name: &str, streams: &mut Streams) -> Result<(), Stop> {
    if name == models::DEMO_NAME {
        return Ok(writeln!(
            streams.out,
            "demo is part of the program; it {}",
            models::DEMO_WORDS
        )?);
    }
    let listing = models::listing(name).ok_or_else(|| Stop::fault(place.unknown(name)))?;
    let mut told = u64::MAX;
    let (err, watched) = (&mut *streams.err, streams.watched);
    let got = models::get(place, listing, |have, total| {
        let percent = have * 100 / total.max(1);
        // A person sees every percent in place, a log every tenth on its own line. A lost progress line is no fault.
        let step = if watched { percent } else { percent / 10 };
        if step == told {
            return;
        }
        told = step;
        let line = format!("{name}: {percent:>3} % of {}", size(total));
        let _ = if watched {
            write!(err, "\r{line}")
        } else {
            writeln!(err, "{line}")
        };
        let _ = err.flush();
    });
    if watched && told != u64::MAX {
        let _ = writeln!(streams.err);
    }
    match got.map_err(Stop::fault)? {
        Got::Already(path) => writeln!(streams.out, "{name} was here already: {}", path.display())?,
        Got::Fetched(path) => writeln!(streams.out, "{name} is here, whole: {}", path.display())?,
    }
    Ok(())
}

/// The models that were timed, from small to large.
#[derive(Default)]
struct Timed(Vec<(String, Pace)>);

impl Timed {
    /// Times a model and answers what to add to its line; a model that can't be timed says why.
    fn add(&mut self, name: &str, model: &Model) -> String {
        let (speech, _) = match ears::read_bytes(crate::show::demo_talk()) {
            Ok(speech) => speech,
            Err(error) => return error.to_string(),
        };
        // From the fifth second on the talk is under way.
        match pace::measure(model, speech.get(5 * 16_000..).unwrap_or(&speech)) {
            Ok(pace) => {
                self.0.push((name.to_owned(), pace));
                pace.words()
            }
            Err(sentence) => sentence,
        }
    }

    /// Larger models hear better: the slowest one that keeps up with two lanes, else the quickest.
    fn advice(mut self) -> Option<String> {
        self.0.retain(|(name, _)| name != models::DEMO_NAME);
        self.0
            .sort_by(|(_, a), (_, b)| b.real_time.total_cmp(&a.real_time));
        let fits = self.0.iter().find(|(_, pace)| pace.lanes() >= 2);
        let (name, pace) = fits.or(self.0.last())?;
        Some(match pace.lanes() {
            0 => {
                format!("none of them keeps up here; {name} is the quickest: captions will be late")
            }
            1 => format!("recommended for one lane: model = \"{name}\" in show.toml"),
            _ => format!("recommended: model = \"{name}\" in show.toml"),
        })
    }
}

fn check(place: &Place, name: Option<&str>, streams: &mut Streams) -> Result<(), Stop> {
    let (mut sound, mut timed) = (true, Timed::default());
    if name.is_none_or(|name| name == models::DEMO_NAME) {
        let shape =
            models::inspect_bytes("the bundled model", models::DEMO).map_err(Stop::fault)?;
        let speed = timed.add(models::DEMO_NAME, &Model::Embedded(models::DEMO));
        writeln!(
            streams.out,
            "demo: whole ({}); {speed}; {}",
            shape.words(),
            models::DEMO_WORDS
        )?;
    }
    let paths = match name {
        Some(name) => match place.choose(name).map_err(Stop::fault)? {
            Chosen::File(path) => vec![path],
            Chosen::Embedded(_) => Vec::new(),
        },
        None => place.installed().into_iter().map(|one| one.path).collect(),
    };
    for path in paths {
        let file = path.display().to_string();
        let name = models::name_of_file(&file);
        let checked = place.check(&path).map_err(Stop::fault);
        let checked = checked.and_then(|shape| {
            model_file::check_path(&path).map_err(Stop::fault)?;
            Ok(shape)
        });
        match checked {
            Ok(shape) => {
                let speed = timed.add(name, &Model::Path(path.clone()));
                writeln!(streams.out, "{name}: whole ({}); {speed}", shape.words())?;
            }
            Err(stop) => {
                sound = false;
                writeln!(streams.err, "{stop}")?;
            }
        }
    }
    if let Some(advice) = timed.advice() {
        writeln!(streams.out, "{advice}")?;
    }
    if sound { Ok(()) } else { Err(Stop::Told) }
}
