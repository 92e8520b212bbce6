//! A line being typed: its text and the cursor in it.

/// One editable line. The cursor counts characters from the start.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Line {
    /// The text.
    pub text: String,
    /// Where the next character goes.
    pub cursor: usize,
}

impl Line {
    /// A line with this text and the cursor at its end.
    pub fn of(text: impl Into<String>) -> Self {
        let text = text.into();
        let cursor = text.chars().count();
        Self { text, cursor }
    }

    /// Types a text at the cursor. Line breaks become blanks: this is one line.
    pub fn insert(&mut self, text: &str) {
        let at = self.byte(self.cursor);
        let clean: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        self.text.insert_str(at, &clean);
        self.cursor += clean.chars().count();
    }

    /// Takes out the character before the cursor.
    pub fn delete_back(&mut self) {
        if self.cursor > 0 {
            self.cursor -= 1;
            let at = self.byte(self.cursor);
            self.text.remove(at);
        }
    }

    /// Takes out the word before the cursor.
    pub fn delete_word(&mut self) {
        let mut letters: Vec<char> = self.text.chars().collect();
        let mut start = self.cursor;
        while start > 0 && letters[start - 1].is_whitespace() {
            start -= 1;
        }
        while start > 0 && !letters[start - 1].is_whitespace() {
            start -= 1;
        }
        letters.drain(start..self.cursor);
        self.text = letters.into_iter().collect();
        self.cursor = start;
    }

    /// Empties the line.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Moves the cursor by characters, within the line.
    pub fn step(&mut self, by: isize) {
        let end = self.text.chars().count();
        self.cursor = self.cursor.saturating_add_signed(by).min(end);
    }

    fn byte(&self, character: usize) -> usize {
        self.text
            .char_indices()
            .nth(character)
            .map_or(self.text.len(), |(at, _)| at)
    }
}
