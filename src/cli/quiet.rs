//! Sound libraries write to standard error on their own; a command that lists microphones hushes them meanwhile.

#[cfg(unix)]
use std::os::fd::OwnedFd;

/// While it lives, what libraries write to standard error is lost. Elsewhere than on Unix it does nothing.
pub(super) struct Quiet {
    #[cfg(unix)]
    before: Option<OwnedFd>,
}

impl Quiet {
    /// Hushes. Where the system refuses, the noise stays, which harms nobody.
    pub fn start() -> Self {
        Self {
            #[cfg(unix)]
            before: hush(),
        }
    }
}

#[cfg(unix)]
fn hush() -> Option<OwnedFd> {
    let before = rustix::io::dup(rustix::stdio::stderr()).ok()?;
    let nowhere = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/null")
        .ok()?;
    rustix::stdio::dup2_stderr(&nowhere).ok()?;
    Some(before)
}

#[cfg(unix)]
impl Drop for Quiet {
    fn drop(&mut self) {
        if let Some(before) = &self.before {
            let _ = rustix::stdio::dup2_stderr(before);
        }
    }
}
