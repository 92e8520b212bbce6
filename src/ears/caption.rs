//! Captions while somebody speaks: what two hearings in a row agree on is settled, the rest is tentative.
//!
//! `LocalAgreement`-2: a word is shown as settled only when two decodings of a growing utterance put it in the same place; a
//! settled word is never taken back while the utterance lasts, so captions don't flicker backwards.

/// One utterance's caption as it grows.
#[derive(Clone, Debug, Default)]
pub struct Caption {
    settled: Vec<String>,
    previous: Vec<String>,
}

impl Caption {
    /// Takes in a new hearing of the utterance so far and says what to show: the settled words and the tentative ones.
    pub fn hear(&mut self, text: &str) -> (String, String) {
        let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        let agreed = words
            .iter()
            .zip(&self.previous)
            .take_while(|(now, before)| same(now, before))
            .count();
        // Only a hearing that confirms every settled word may settle more: otherwise words would double at the seam.
        let confirms = agreed >= self.settled.len()
            && words
                .iter()
                .zip(&self.settled)
                .all(|(now, old)| same(now, old));
        if confirms {
            self.settled
                .extend(words.iter().take(agreed).skip(self.settled.len()).cloned());
        }
        // The last word is often cut in the middle by the end of the audio; it is shown once it was heard twice, or when it
        // is all there is: a first sign that somebody is heard.
        let whole = if agreed == words.len() || words.len() == 1 {
            words.len()
        } else {
            words.len().saturating_sub(1)
        };
        let tentative = words
            .iter()
            .take(whole)
            .skip(self.settled.len())
            .cloned()
            .collect::<Vec<_>>()
            .join(" ");
        self.previous = words;
        (self.settled.join(" "), tentative)
    }

    /// Whether anything is shown as settled.
    pub fn is_empty(&self) -> bool {
        self.settled.is_empty() && self.previous.is_empty()
    }
}

/// Whether two words are the same but for case and punctuation.
fn same(a: &str, b: &str) -> bool {
    letters(a).eq(letters(b))
}

fn letters(word: &str) -> impl Iterator<Item = char> {
    word.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
}
