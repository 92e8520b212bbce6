//! Content lines of vCards and calendars: escaped, ended by CRLF, folded at 75 octets without cutting a letter.

/// The lines of a file.
#[derive(Debug, Default)]
pub struct Lines(String);

impl Lines {
    /// Adds `name:value` as it is; empty values are left out.
    pub fn raw(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        let mut room = 75;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                // The blank counts.
                room = 74;
            }
            self.0.push(c);
            room -= c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// Adds `name:value` with the value's own marks escaped.
    pub fn text(&mut self, name: &str, value: &str) {
        self.raw(name, &escape(value));
    }

    /// The file.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Backslashes, commas, semicolons and line breaks as both formats write them; other control characters are gone.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in super::table::clean(text).chars() {
        match c {
            '\\' | ',' | ';' => {
                safe.push('\\');
                safe.push(c);
            }
            '\n' => safe.push_str("\\n"),
            c => safe.push(c),
        }
    }
    safe
}
