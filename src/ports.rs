//! What the loop needs of the world, as traits with two implementations or more.

use crate::domain::Deed;

/// Keeps deeds. `append` never waits; what became durable is reported through the outbox it was opened with.
pub trait Journal {
    /// Takes a deed to be made durable.
    fn append(&self, deed: Deed);

    /// How many deeds are not durable yet.
    fn waiting(&self) -> usize;
}

/// Tells the desktop. Never waits, never fails loudly.
pub trait Notifier {
    /// One line and a sentence.
    fn notify(&self, summary: &str, body: &str);
}
