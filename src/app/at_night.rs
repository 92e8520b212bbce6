//! The export that happens by itself at its hour, and the second place that every export goes to.

use super::{Effect, Model, ToastKind};

/// How long after an export that failed the next is tried, in ms.
const AGAIN_MS: u64 = 60_000;

/// How long after a copy that failed the next is tried, in ms: about as long as it takes to plug a stick in.
const COPY_AGAIN_MS: u64 = 30_000;

/// Where the export by itself and the second place stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nightly {
    /// When an export was last begun, ms since 1970.
    pub tried_ms: u64,
    /// Whether the exports are being copied.
    pub copying: bool,
    /// Whether they were copied since the program began: what was left undone the last time is not forgotten.
    pub copied: bool,
    /// When the copy is tried again, ms since 1970; none: it is whole.
    pub copy_at_ms: Option<u64>,
    /// What stands in the header about the copy while it fails.
    pub trouble: String,
}

impl Model {
    /// What the clock asks for: the night's export at its hour, a copy that failed before.
    pub(super) fn at_night(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.export_is_due() {
            self.nightly.tried_ms = self.now.ms;
            self.exporting = true;
            effects.push(Effect::Export);
        }
        let due = self.nightly.copy_at_ms.is_some_and(|at| self.now.ms >= at);
        let left = self.config.copies && !self.nightly.copied && !self.board().exports.is_empty();
        if (due || left) && !self.nightly.copying {
            effects.push(self.copy());
        }
        effects
    }

    /// Whether it is past the hour on a day of the show, and nothing was exported since the hour.
    ///
    /// Counted from the hour on, not at it: a laptop that slept over it exports when it wakes.
    fn export_is_due(&self) -> bool {
        let Some(hour_ms) = self.export_hour_ms() else {
            return false;
        };
        let days = &self.config.days;
        let since = |ms: u64| ms >= hour_ms;
        since(self.now.ms)
            && (days.is_empty() || days.contains(&self.today()))
            && !self.exporting
            && self.now.ms >= self.nightly.tried_ms + AGAIN_MS
            && !self.board().exports.iter().any(|(_, at, _)| since(*at))
            && self.board().cards().any(|card| !card.is_blank())
    }

    /// Today's hour of the export in ms since 1970, by the show's clock as it goes now.
    fn export_hour_ms(&self) -> Option<u64> {
        let minutes = u64::from(self.config.export_at?);
        let offset_ms = i64::from(self.now.offset_s) * 1000;
        let midnight = self.today().number() * 86_400_000 - offset_ms;
        Some(u64::try_from(midnight).unwrap_or(0) + minutes * 60_000)
    }

    /// After an export: to the second place with it, where there is one.
    pub(super) fn copy_exports(&mut self) -> Option<Effect> {
        (self.config.copies && !self.nightly.copying).then(|| self.copy())
    }

    fn copy(&mut self) -> Effect {
        self.nightly.copying = true;
        self.nightly.copied = true;
        Effect::CopyExports
    }

    /// The copy is whole, or a sentence says why not: it stands in the header until it is.
    pub(super) fn copied(&mut self, result: Result<usize, String>) -> Vec<Effect> {
        self.nightly.copying = false;
        let trouble = std::mem::take(&mut self.nightly.trouble);
        self.notices.retain(|notice| *notice != trouble);
        match result {
            Ok(count) => {
                self.nightly.copy_at_ms = None;
                if count > 0 || !trouble.is_empty() {
                    let words = "the exports are in the second place, too";
                    self.toast(ToastKind::News, words);
                }
            }
            Err(sentence) => {
                self.nightly.copy_at_ms = Some(self.now.ms + COPY_AGAIN_MS);
                if trouble.is_empty() {
                    self.toast(ToastKind::Trouble, sentence.clone());
                }
                self.notices.push(sentence.clone());
                self.nightly.trouble = sentence;
            }
        }
        Vec::new()
    }
}
