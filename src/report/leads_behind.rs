//! The leads behind a figure, as a list that the figure links to.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::handoff::{Lead, html_escape};

/// Name and company, or when it was.
pub fn who(lead: &Lead) -> String {
    let parts: Vec<&str> = [lead.full_name.as_str(), lead.company.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        format!("nobody known, {}", lead.captured_local)
    } else {
        parts.join(", ")
    }
}

/// Collects lists while a page is written.
#[derive(Debug, Default)]
pub struct Lists {
    html: String,
    count: usize,
}

impl Lists {
    /// The number as a link to its leads; a plain number where there are none.
    pub fn link(&mut self, label: &str, ids: &[String], who: &BTreeMap<String, String>) -> String {
        if ids.is_empty() {
            return "0".to_owned();
        }
        self.count += 1;
        let anchor = format!("list-{}", self.count);
        // Writing into a String can't fail.
        let _ = write!(
            self.html,
            "<section id=\"{anchor}\"><h3>{} ({})</h3><ul>",
            html_escape(label),
            ids.len()
        );
        for id in ids {
            let name = who.get(id).map_or("", String::as_str);
            let _ = write!(
                self.html,
                "<li><bdi>{}</bdi> <span class=\"soft\">{}</span></li>",
                html_escape(name),
                html_escape(id)
            );
        }
        self.html.push_str("</ul></section>\n");
        format!("<a href=\"#{anchor}\">{}</a>", ids.len())
    }

    /// All lists.
    pub fn into_html(self) -> String {
        self.html
    }
}
