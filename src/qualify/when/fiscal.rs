//! Years that begin when a company says so: they stay phrases.

use super::{Reader, When, when};

impl Reader<'_> {
    pub(super) fn fiscal(&self, k: usize) -> Option<When> {
        let (one, two) = (self.text(k), self.text(k + 1));
        if one == "fy" {
            let (year, end) = self.year_number(k + 1, true)?;
            return Some(when(format!("fiscal year {year}"), (k, end), 2));
        }
        let lead = if self.back(k, 1) == "next" { k - 1 } else { k };
        if one == "fiscal" || one == "financial" {
            let start = if two == "year" { k + 2 } else { k + 1 };
            if let Some((year, end)) = self.year_number(start, true) {
                return Some(when(
                    format!("{one} year {year}").replace("financial", "fiscal"),
                    (k, end),
                    2,
                ));
            }
            if two == "year" && self.text(k + 2) == "after" && self.text(k + 3) == "next" {
                return Some(when("fiscal year after next".into(), (k, k + 4), 2));
            }
            if lead < k {
                let tail = if one == "financial" {
                    " financial year"
                } else {
                    " fiscal"
                };
                return Some(when(format!("next{tail}"), (lead, start), 2));
            }
            return None;
        }
        if one == "model" && two == "year" {
            let (year, end) = self.year_number(k + 2, true)?;
            return Some(when(format!("model year {year}"), (k, end), 2));
        }
        None
    }
}
