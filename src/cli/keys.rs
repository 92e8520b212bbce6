//! `keys`: the keymap as people, the README and the curious want it.

use super::arguments::Look;
use super::{Stop, Streams};
use crate::diagnostic::render_all;
use crate::keymap::{Keymap, help};
use crate::show;

/// Lists keys, or the actions there are. Faults of the keymap go to standard error.
pub(super) fn list(
    markdown: bool,
    actions: bool,
    look: &Look,
    streams: &mut Streams,
) -> Result<(), Stop> {
    if actions {
        return Ok(write!(streams.out, "{}", help::actions())?);
    }
    let name = look.keymap.as_deref().unwrap_or("default");
    let (keymap, faults) = Keymap::load(name, &show::own_files(None, "keymaps"));
    let text = if markdown {
        help::markdown(&keymap)
    } else {
        help::listing(&keymap)
    };
    write!(streams.out, "{text}")?;
    if show::has_errors(&faults) {
        write!(streams.err, "{}", render_all(&faults))?;
        return Err(Stop::Told);
    }
    Ok(())
}
