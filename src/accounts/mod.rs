//! Which company it is, and whose: matching names, domains and territories. Pure. Names said in talk are heard by
//! [`crate::qualify`], which asks here what words are ordinary ones.

mod attendees;
mod columns;
mod domains;
mod ear;
mod earlier;
mod entries;
mod known;
mod list;
mod matcher;
pub mod normalize;
mod phone;
mod places;
pub mod region;
pub mod resolve;
mod respell;
mod score;
mod sound;
mod table;
pub mod territory;
mod words;

pub use attendees::Attendees;
pub use columns::{Mapping, Understood};
pub use domains::{host, is_free, registrable};
pub use earlier::{Earlier, read_earlier};
pub use list::read_accounts;
pub use matcher::{Hit, Matcher, Verdict};
pub use normalize::normalize;
pub use phone::e164;
pub use places::{country, state};
pub use respell::Names;
pub use table::{has_column, headers};
pub use words::is_ordinary;
