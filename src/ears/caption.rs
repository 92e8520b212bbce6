//! Captions while somebody speaks: what two hearings in a row agree on is settled, the rest is tentative.
//!
//! `LocalAgreement`-2: a word is shown as settled only when two decodings of a growing utterance put it in the same place; a
//! settled word is never taken back while the utterance lasts, so captions don't flicker backwards.

use super::recognize::Word;

/// One utterance's caption as it grows.
#[derive(Clone, Debug, Default)]
pub struct Caption {
    settled: Vec<Word>,
    previous: Vec<Word>,
}

impl Caption {
    /// Takes in a new hearing of the utterance so far and says what to show: the settled words and the tentative ones.
    pub fn hear(&mut self, words: Vec<Word>) -> (String, String) {
        let agreed = words
            .iter()
            .zip(&self.previous)
            .take_while(|(now, before)| same(&now.text, &before.text))
            .count();
        // Only a hearing that confirms every settled word may settle more: otherwise words would double at the seam.
        let confirms = agreed >= self.settled.len()
            && words
                .iter()
                .zip(&self.settled)
                .all(|(now, old)| same(&now.text, &old.text));
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
        let tentative = join(words.iter().take(whole).skip(self.settled.len()));
        self.previous = words;
        (join(self.settled.iter()), tentative)
    }

    /// Tokens of the settled words: the next hearing may begin after them.
    pub fn settled(&self) -> Vec<i32> {
        let tokens = self.settled.iter().flat_map(|word| &word.tokens);
        tokens.copied().collect()
    }

    /// Whether anything is shown as settled.
    pub fn is_empty(&self) -> bool {
        self.settled.is_empty() && self.previous.is_empty()
    }
}

fn join<'a>(words: impl Iterator<Item = &'a Word>) -> String {
    let texts: Vec<&str> = words.map(|word| word.text.as_str()).collect();
    texts.join(" ")
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
