//! Arguments in, exit code out.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use boothside::cli::{self, Streams};

fn main() -> ExitCode {
    let (mut out, mut err) = (io::stdout(), io::stderr());
    let watched = err.is_terminal();
    let mut streams = Streams {
        input: &mut io::stdin(),
        out: &mut out,
        err: &mut err,
        watched,
    };
    ExitCode::from(cli::run(std::env::args_os(), &mut streams))
}
