//! `--log`: a file a day in the user's state folder, never the screen.

use std::io::Write;
use std::path::PathBuf;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::EnvFilter;

use super::Stop;

/// Days of logs that are kept.
const KEPT: usize = 14;

/// Starts the log if one is asked for. What it gives writes the last lines when it is dropped.
pub(super) fn start(level: Option<&str>, err: &mut dyn Write) -> Result<Option<WorkerGuard>, Stop> {
    let Some(level) = level else {
        return Ok(None);
    };
    let filter = EnvFilter::try_new(level).map_err(|error| {
        Stop::Fault(format!(
            "--log {level} isn't understood ({error}); try --log debug"
        ))
    })?;
    let dir = folder();
    // Where it can't be made, the next step says why.
    let _ = std::fs::create_dir_all(&dir);
    let appender = tracing_appender::rolling::Builder::new()
        .rotation(tracing_appender::rolling::Rotation::DAILY)
        .filename_prefix("boothside")
        .filename_suffix("log")
        .max_log_files(KEPT)
        .build(&dir)
        .map_err(|error| {
            Stop::Fault(format!(
                "the log can't be written to {} ({error}); leave --log away, or set XDG_STATE_HOME",
                dir.display()
            ))
        })?;
    let (writer, guard) = tracing_appender::non_blocking(appender);
    let started = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(writer)
        .with_ansi(false)
        .try_init();
    if started.is_ok() {
        writeln!(err, "boothside: the log is in {}", dir.display())?;
    }
    Ok(Some(guard))
}

fn folder() -> PathBuf {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let state = set("XDG_STATE_HOME").map(PathBuf::from);
    let state = state.or_else(|| Some(PathBuf::from(set("HOME")?).join(".local/state")));
    let state = state.or_else(|| set("LOCALAPPDATA").map(PathBuf::from));
    state.unwrap_or_default().join("boothside")
}
