//! Which speech models exist, which are here, and how one gets here: fetched, resumed, checked, or brought on a stick.
//!
//! Models are ggml Whisper files in one folder of the user ([`Place`]). The demo's small model is part of the program.

mod catalogue;
mod fetch;
mod inspect;
mod place;

pub use catalogue::{CATALOGUE, Listing, listing};
pub use fetch::{GetError, Got, get};
pub use inspect::{Shape, Unfit, inspect, inspect_bytes};
pub use place::{AddError, Chosen, Installed, MissingModel, Place};

/// The bundled model: it understands the four synthetic voices it was made with, in the demo's recordings, and nobody
/// else. Any person's speech comes out as words it happens to know.
pub const DEMO: &[u8] = include_bytes!("../../assets/models/ggml-demo.en.bin");

/// The name of the bundled model.
pub const DEMO_NAME: &str = "demo";

/// What everybody who is offered the bundled model must be told.
pub const DEMO_WORDS: &str = "understands only the bundled synthetic voices, no human speech";

/// The model called `name` at the user's own place; a file's path counts from the working folder.
pub fn choose(name: &str) -> Result<Chosen, MissingModel> {
    Place::of_user(|name| std::env::var_os(name)).choose(name)
}

/// The name of a model file: `models/ggml-base.en.bin` -> `base.en`.
pub fn name_of_file(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let name = name.strip_suffix(".bin").unwrap_or(name);
    name.strip_prefix("ggml-").unwrap_or(name)
}
