//! The commands and their arguments, as clap reads them; the words here are the help text and the man page.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Live triage for a trade-show booth: microphones to cards to tonight's import file, on one laptop.
///
/// `boothside DIR` opens the board of the show in DIR; `boothside demo` shows it at work with recorded talk.
#[derive(Debug, Parser)]
#[command(
    name = "boothside",
    version,
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub struct Arguments {
    /// The show folder [default: the folder you are in]
    pub dir: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub look: Look,
}

/// What holds for every command.
#[derive(Args, Clone, Debug)]
pub struct Look {
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// A theme instead of the show's: hall-dark, hall-light, cvd-safe, wall, mono, or a file of yours
    #[arg(long, global = true, value_name = "NAME")]
    pub theme: Option<String>,
    /// Begin on the shared screen, readable from three metres
    #[arg(long, global = true)]
    pub wall: bool,
    /// A keymap instead of the show's: default, one-hand, vim, or a file of yours
    #[arg(long, global = true, value_name = "NAME")]
    pub keymap: Option<String>,
    /// Write a log with this much in it: error, warn, info, debug, or part=level
    #[arg(long, global = true, value_name = "LEVEL")]
    pub log: Option<String>,
}

/// `--color`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// As the terminal and the environment say
    Auto,
    /// Colour
    Always,
    /// No colour
    Never,
}

/// `--since`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Since {
    /// The last export of this show folder
    Last,
}

/// The commands, in the order of a day.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the board on the bundled show and its recorded talks
    Demo {
        /// Where the demo show is put [default: a new folder, named on leaving]
        dir: Option<PathBuf>,
        /// Play the recordings this many times faster
        #[arg(long, value_name = "N", default_value_t = 1.0, value_parser = speed)]
        speed: f32,
    },
    /// Make a show folder with commented files
    Init {
        /// The folder, new or empty
        dir: PathBuf,
    },
    /// Tell every fault of a show folder; exit status 1 if there is one
    Check {
        /// The show folder
        #[arg(default_value = ".")]
        dir: PathBuf,
    },
    /// List the microphones with their level, and the lines for show.toml
    Devices {
        /// How long to listen for the level
        #[arg(long, value_name = "SECONDS", default_value_t = 2, value_parser = clap::value_parser!(u64).range(0..=60))]
        listen: u64,
        /// Those that can't be opened, too
        #[arg(long)]
        all: bool,
        /// One JSON object a microphone
        #[arg(long)]
        json: bool,
    },
    /// Test the room before the doors open: read a sentence aloud, and each lane passes or fails with the remedy
    Rehearse(RoomTest),
    /// List, fetch, add or check speech models
    Model {
        #[command(subcommand)]
        command: ModelCommand,
    },
    /// Turn recordings (WAV, FLAC, MP3, M4A, OGG) into text with times, or into cards of a show
    Transcribe(Recordings),
    /// Tell the signals in conversations: a JSONL file of {"id", "utterances": [{"text"}]}
    Qualify {
        /// The conversations
        file: PathBuf,
        /// The show whose playbook counts
        #[arg(long, value_name = "DIR", default_value = ".")]
        show: PathBuf,
        /// Tell where talks begin instead: each line is what one microphone heard
        #[arg(long)]
        segment: bool,
    },
    /// Train what `qualify` is built with on labelled conversations (for who works on the program: `make train`)
    #[command(hide = true)]
    Train {
        /// The folder of the conversations
        folder: PathBuf,
        /// Where the weights of signals go; without it only the figures are printed
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
        /// Where the conversations go as they are read by weights that have not seen their file, as `qualify` writes them
        #[arg(long, value_name = "FILE")]
        left_out: Option<PathBuf>,
        /// Only the cuts between talks are trained; where their weights go
        #[arg(long, value_name = "FILE", conflicts_with_all = ["to", "left_out"])]
        cuts: Option<PathBuf>,
    },
    /// Find the account of each name on standard input: name, id, score, why
    Match {
        /// The account list (CSV)
        #[arg(long, value_name = "FILE")]
        accounts: PathBuf,
    },
    /// Decode a badge's payload on standard input: vCard, MECARD, delimited, or an id
    Badge {
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// Write the night's import files without the board, or list what is missing; works while it runs
    Night(Night),
    /// Take in the organiser's list when it comes late: who was only a number gets a name
    Attendees {
        /// The show folder
        dir: PathBuf,
        /// The list (CSV), as it came
        file: PathBuf,
    },
    /// Take in what came back: importers' result files and the verdicts of sales
    Returns {
        /// The show folder
        dir: PathBuf,
        /// The files (CSV), as they came
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Write what the show came to, on one page; several shows side by side
    Report {
        /// The show folders
        #[arg(default_value = ".")]
        dirs: Vec<PathBuf>,
        /// All numbers for programs instead of the page
        #[arg(long, conflicts_with = "csv")]
        json: bool,
        /// A table, a row per show and figure, instead of the page
        #[arg(long)]
        csv: bool,
        /// Where to [default: report.html, .json or .csv in the first show's night/]
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Print everything that was done at a show, a JSON line each
    Trail {
        /// The show folder
        #[arg(default_value = ".")]
        dir: PathBuf,
    },
    /// Say how a show's store, files and model are, and mend what can be mended
    Doctor {
        /// The show folder
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// Mend the store and take rescued deeds in
        #[arg(long)]
        repair: bool,
    },
    /// List the keys of a keymap and the file each comes from
    Keys {
        /// As the table of the README
        #[arg(long, conflicts_with = "actions")]
        markdown: bool,
        /// Every action a key can be given
        #[arg(long)]
        actions: bool,
    },
    /// Print shell completions
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the man page
    Man,
}

/// `rehearse`.
#[derive(Args, Debug)]
pub struct RoomTest {
    /// The show folder
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// How long to listen
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(3..=600))]
    pub seconds: u64,
    /// The speech model: a name of `model list`, or a file [default: the show's]
    #[arg(long, value_name = "NAME")]
    pub model: Option<String>,
    /// Another sentence to read aloud
    #[arg(long, value_name = "TEXT")]
    pub sentence: Option<String>,
    /// One JSON object a lane
    #[arg(long)]
    pub json: bool,
}

/// `transcribe`.
#[derive(Args, Debug)]
pub struct Recordings {
    /// The recordings
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// The speech model: a name of `model list`, or a file
    #[arg(long, value_name = "NAME", default_value = "base.en")]
    pub model: String,
    /// Take one channel only, counted from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    pub channel: Option<u16>,
    /// One JSON object a sentence: file, t0 and t1 in seconds, text
    #[arg(long)]
    pub json: bool,
    /// Make cards of it in this show, too
    #[arg(long, value_name = "DIR", requires = "at")]
    pub into: Option<PathBuf>,
    /// When the (first) recording began: 14:05 for today, or 2026-11-22T14:05
    #[arg(long, value_name = "TIME", requires = "into")]
    pub at: Option<String>,
    /// The lane of the cards [default: Recording]
    #[arg(long, value_name = "NAME", requires = "into")]
    pub lane: Option<String>,
}

/// `model` ...
#[derive(Debug, Subcommand)]
pub enum ModelCommand {
    /// The models there are and those that are here
    List {
        /// One JSON object a model
        #[arg(long)]
        json: bool,
    },
    /// Fetch a model; a broken download goes on where it stopped
    Get {
        /// Its name
        #[arg(default_value = "base.en")]
        name: String,
        /// Another host: the address in front of the file's name
        #[arg(long, value_name = "URL")]
        from: Option<String>,
    },
    /// Take over a model file, from a stick for example
    Add {
        /// The file
        file: PathBuf,
    },
    /// Check that models are whole
    Check {
        /// A name or a file [default: all that are here]
        name: Option<String>,
    },
}

fn speed(text: &str) -> Result<f32, String> {
    let wanted = "a number from 0.1 to 1000";
    let speed: f32 = text.parse().map_err(|_| wanted.to_string())?;
    if (0.1..=1000.0).contains(&speed) {
        Ok(speed)
    } else {
        Err(wanted.to_string())
    }
}

/// What `night` is asked.
#[derive(Debug, Args)]
pub struct Night {
    /// The show folder
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Only what is new or changed since the last export
    #[arg(long, value_name = "WHEN")]
    pub since: Option<Since>,
    /// Put right what can be put right without guessing, even where show.toml says `fix = false`
    #[arg(long, conflicts_with = "list")]
    pub fix: bool,
    /// Write nothing while a row breaks a rule of its importer; else such rows alone stay behind
    #[arg(long, conflicts_with = "list")]
    pub strict: bool,
    /// Write nothing: list what is missing on which card, best first, and what is proposed
    #[arg(long, conflicts_with = "since")]
    pub list: bool,
    /// With --list: one JSON object a card
    #[arg(long, requires = "list")]
    pub json: bool,
}
