//! Keys as sentences name them: what to press for an action now, from the keymap in force.

use crate::action::{Action, Context};

use super::Model;

impl Model {
    /// What to press for an action: the shortest key where the captain is, else on the board, else where the action means
    /// something. What no key does is reached by its name: `: hand-over`.
    pub fn key_for(&self, action: Action) -> String {
        self.key_in(action, &self.contexts())
            .or_else(|| self.key_in(action, &[Context::Board, Context::Global]))
            .or_else(|| {
                let contexts = action.spec().contexts.iter();
                contexts
                    .copied()
                    .find_map(|place| self.key_in(action, &[place]))
            })
            .unwrap_or_else(|| {
                let palette = self.key_in(Action::Palette, &[Context::Board, Context::Global]);
                format!("{} {action}", palette.unwrap_or_default())
                    .trim_start()
                    .to_owned()
            })
    }

    /// The shortest key of an action in these contexts, if there is one.
    pub fn key_in(&self, action: Action, contexts: &[Context]) -> Option<String> {
        self.keymap.keys_of(&action, contexts).into_iter().next()
    }

    /// A sentence with its keys put in: `{undo}` becomes what one presses for it. Other braces stay as they are.
    ///
    /// For sentences of our own only: what people typed or said goes in after this, never through it.
    pub fn keyed(&self, sentence: &str) -> String {
        let mut out = String::with_capacity(sentence.len());
        let mut rest = sentence;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let named = after
                .split_once('}')
                .and_then(|(name, tail)| Some((Action::parse(name).ok()?, tail)));
            if let Some((action, tail)) = named {
                out.push_str(&self.key_for(action));
                rest = tail;
            } else {
                out.push('{');
                rest = after;
            }
        }
        out.push_str(rest);
        out
    }
}
