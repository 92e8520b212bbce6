//! The commands: arguments in, words out, an exit status at the end.
//!
//! What is for people goes plainly to standard output, `--json` where a program would read it, faults to standard
//! error. Exit status 0: done. 1: a fault of the input. 2: wrong use.

mod after;
mod arguments;
mod attendees;
mod board;
mod devices;
mod folder;
mod keys;
mod lists;
mod log;
mod model;
mod night;
mod quiet;
mod rehearse;
mod train;
mod transcribe;

use std::error::Error;
use std::ffi::OsString;
use std::io::{self, Read, Write};

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command};

use crate::qualify::jsonl::Task;
use crate::report::Form;

/// Where a command reads and writes; a test brings its own.
pub struct Streams<'a> {
    /// Standard input.
    pub input: &'a mut dyn Read,
    /// Standard output.
    pub out: &'a mut dyn Write,
    /// Standard error.
    pub err: &'a mut dyn Write,
    /// Whether a person watches standard error, so that progress may be redrawn there.
    pub watched: bool,
}

/// Why a command ends before its end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stop {
    /// The input is at fault: one sentence with the way out.
    #[error("{0}")]
    Fault(String),
    /// Wrong use: one sentence.
    #[error("{0}")]
    Wrong(String),
    /// All was said already; only the exit status is left.
    #[error("")]
    Told,
    /// Standard output went away or is full.
    #[error("standard output can't be written: {0}")]
    Out(#[from] io::Error),
}

impl Stop {
    /// A fault from an error that says what to do.
    pub(crate) fn fault(error: impl Into<Box<dyn Error>>) -> Self {
        Self::Fault(error.into().to_string())
    }
}

/// Runs the command line `args`, the program's name first. Gives the exit status.
pub fn run(args: impl IntoIterator<Item = OsString>, streams: &mut Streams) -> u8 {
    let arguments = match Arguments::try_parse_from(args) {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error, streams),
    };
    let done = perform(arguments, streams).and_then(|()| Ok(streams.out.flush()?));
    match done {
        Ok(()) => 0,
        Err(Stop::Told) => 1,
        // The reader of a pipe has read enough (`boothside trail | head`): that is no fault.
        Err(Stop::Out(error)) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(stop) => {
            let wrong = matches!(stop, Stop::Wrong(_));
            // Nothing is left to tell it to when standard error is gone too.
            // In one write: nothing comes between its words, nor is half of it lost with a terminal that closes.
            let sentence = format!("boothside: {stop}\n");
            let _ = streams.err.write_all(sentence.as_bytes());
            if wrong { 2 } else { 1 }
        }
    }
}

/// Help and version are wanted and go to standard output; the rest is wrong use.
fn usage(error: &clap::Error, streams: &mut Streams) -> u8 {
    let wanted = !error.use_stderr();
    let stream: &mut dyn Write = if wanted { streams.out } else { streams.err };
    let _ = write!(stream, "{}", error.render()).and_then(|()| stream.flush());
    if wanted { 0 } else { 2 }
}

fn perform(arguments: Arguments, streams: &mut Streams) -> Result<(), Stop> {
    let Arguments { dir, command, look } = arguments;
    let _log = log::start(look.log.as_deref(), streams.err)?;
    let Some(command) = command else {
        return folder::board(dir.as_deref(), &look, streams);
    };
    if let Some(dir) = dir {
        return Err(Stop::Wrong(format!(
            "\"{}\" stands before the command; write the folder after it",
            dir.display()
        )));
    }
    match command {
        Command::Demo { dir, speed } => folder::demo(dir, speed, &look, streams),
        Command::Init { dir } => folder::init(&dir, streams),
        Command::Check { dir } => folder::check(&dir, &look, streams),
        Command::Devices { listen, all, json } => devices::list(listen, all, json, streams),
        Command::Rehearse(test) => rehearse::lanes(&test, streams),
        Command::Model { command } => model::run(command, streams),
        Command::Transcribe(task) => transcribe::files(&task, streams),
        Command::Qualify {
            file,
            show,
            segment,
        } => lists::qualify(Task::of(segment), &file, &show, streams),
        Command::Train {
            folder,
            to,
            left_out,
            cuts,
        } => match cuts {
            Some(cuts) => train::cuts(&folder, &cuts, streams),
            None => train::train(&folder, to.as_deref(), left_out.as_deref(), streams),
        },
        Command::Match { accounts } => lists::matches(&accounts, streams),
        Command::Badge { json } => lists::badge(json, streams),
        Command::Night(wish) => night::night(&wish, streams),
        Command::Attendees { dir, file } => attendees::resolve(&dir, &file, streams),
        Command::Returns { dir, files } => after::returns(&dir, &files, streams),
        Command::Report {
            dirs,
            json,
            csv,
            to,
        } => after::report(&dirs, form(json, csv), to, streams),
        Command::Trail { dir } => board::trail(&dir, streams),
        Command::Doctor { dir, repair } => board::doctor(&dir, repair, streams),
        Command::Keys { markdown, actions } => keys::list(markdown, actions, &look, streams),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "boothside", &mut script);
            Ok(streams.out.write_all(&script)?)
        }
        Command::Man => Ok(clap_mangen::Man::new(Arguments::command()).render(streams.out)?),
    }
}

/// `--json` and `--csv` of a report.
fn form(json: bool, csv: bool) -> Form {
    match (json, csv) {
        (true, _) => Form::Json,
        (false, true) => Form::Csv,
        (false, false) => Form::Html,
    }
}

/// The names of the commands, for "did you mean".
fn command_names() -> Vec<String> {
    let command = Arguments::command();
    let names = command.get_subcommands();
    names.map(|one| one.get_name().to_string()).collect()
}
