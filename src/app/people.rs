//! Seating people: a scanned, pasted or typed badge, and details typed by hand.

use crate::domain::{AccountMatch, Author, CardId, Command, Fact, Field, Source, Visitor};

use super::knowledge::Badge;
use super::{Effect, Layer, Model, PromptKind, ToastKind};

/// The longest id of a badge, in letters: a QR code holds no more (ISO/IEC 18004, version 40-L, alphanumeric).
const LONGEST_ID: usize = 4_296;

impl Model {
    /// A scan seats somebody; a badge line that waits for it with nothing typed is answered by it.
    pub(super) fn scanned(&mut self, payload: &str) -> Vec<Effect> {
        if let Some(Layer::Prompt(prompt)) = self.view.layers.last()
            && prompt.kind == PromptKind::Badge
            && prompt.text().is_empty()
        {
            self.view.layers.pop();
        }
        if payload.trim().is_empty() || !self.is_too_long(payload) {
            return self.admit(payload, None);
        }
        // A scanner's whole harvest is kept, whatever it is: nobody can scan it again tomorrow.
        let letters = payload.chars().count();
        let words = format!(
            "{letters} letters are more than any badge holds; kept as they came, {{edit-visitor}} types who it is"
        );
        self.toast(ToastKind::Trouble, self.keyed(&words));
        let visitor = Visitor {
            raw: payload.to_owned(),
            source: Source::Scan,
            ..Visitor::default()
        };
        self.seat((visitor, None), None, None)
    }

    fn read_badge(&self, payload: &str) -> Badge {
        self.knowledge.person(payload, self.layouts())
    }

    fn is_too_long(&self, payload: &str) -> bool {
        payload.chars().count() > LONGEST_ID && self.read_badge(payload).unresolved
    }

    /// Seats whoever a badge's payload names, at the focused lane's live card or at a new one.
    pub(super) fn admit(&mut self, payload: &str, card: Option<CardId>) -> Vec<Effect> {
        if payload.trim().is_empty() {
            self.toast(
                ToastKind::Refused,
                self.keyed(
                    "that badge is empty; scan it again, or {edit-visitor} types the details",
                ),
            );
            return Vec::new();
        }
        let badge = self.read_badge(payload);
        let letters = badge.visitor.badge_id.chars().count();
        if badge.unresolved && letters > LONGEST_ID {
            let words =
                format!("{letters} letters are no badge; {{note}} opens a note, paste them there");
            self.toast(ToastKind::Refused, self.keyed(&words));
            return Vec::new();
        }
        for remark in &badge.remarks {
            self.toast(ToastKind::Trouble, remark.clone());
        }
        let words = self.words_for(&badge.visitor, badge.unresolved);
        let effects = self.seat((badge.visitor, badge.account), card, Some(words));
        if !effects.is_empty() {
            self.ask_layout();
        }
        effects
    }

    /// Seats a person and says so, in these words where they are new to us.
    fn seat(
        &mut self,
        (visitor, account): (Visitor, Option<AccountMatch>),
        card: Option<CardId>,
        words: Option<String>,
    ) -> Vec<Effect> {
        let visits = self.board().visits(&visitor);
        let command = Command::Admit {
            card,
            lane: self.lane_name().to_owned(),
            visitor: visitor.clone(),
            account,
        };
        let effects = self.settle(command, self.me());
        if !effects.is_empty() {
            let now = self.board().visits(&visitor);
            let words = match (visits, now > visits) {
                (0, _) => words,
                (_, true) => Some(format!("{} is back, visit {now}", name_of(&visitor))),
                (_, false) => Some(format!("{} is here already", name_of(&visitor))),
            };
            if let Some(words) = words {
                self.toast(ToastKind::Done, words);
            }
            if let Some(card) = seated(&effects).filter(|_| !self.is_busy_elsewhere()) {
                self.focus(card);
            }
        }
        effects
    }

    /// Whether what is open is about the focused card: it must not become another one under the captain's hands.
    fn is_busy_elsewhere(&self) -> bool {
        let mut layers = self.view.layers.iter();
        layers.any(|layer| matches!(layer, Layer::Draft(_) | Layer::Night(_)))
    }

    /// Whether a burst of keys into an open line is words and no badge: an input method hands over a whole name at once.
    /// Ids have neither blanks nor letters beyond ASCII.
    pub(super) fn is_writing(&self, burst: &str) -> bool {
        let line = match self.view.layers.last() {
            Some(Layer::Prompt(prompt)) => prompt.kind != PromptKind::Badge,
            Some(Layer::Picker(_)) => true,
            _ => false,
        };
        let words = burst.trim().contains(char::is_whitespace) || !burst.is_ascii();
        line && words && self.read_badge(burst).unresolved
    }

    /// The card opened last.
    pub(super) fn latest_card(&self) -> Option<CardId> {
        self.board().cards().next_back().map(|card| card.id)
    }

    /// Whoever sits at this laptop.
    pub(super) fn me(&self) -> Author {
        Author::Person(self.config.operator.clone())
    }

    /// Corrects one detail of the first person; an address or company may tell the account.
    pub(super) fn correct(&mut self, card: CardId, field: Field, value: &str) -> Vec<Effect> {
        let value = value.trim().to_owned();
        let account = match field {
            Field::Company | Field::Email if !value.is_empty() => {
                let mut visitor = Visitor {
                    source: Source::Typed,
                    ..Visitor::default()
                };
                visitor.set(field, value.clone());
                self.knowledge.account_of(&visitor)
            }
            _ => None,
        };
        let command = Command::Correct {
            card,
            id: None,
            field,
            value,
            account,
        };
        self.settle(command, self.me())
    }

    fn words_for(&self, visitor: &Visitor, unresolved: bool) -> String {
        let company = if visitor.company.is_empty() {
            String::new()
        } else {
            format!(", {}", visitor.company)
        };
        if unresolved {
            let id = &visitor.badge_id;
            return format!("badge {id} is on no list yet; kept, and resolved when the list comes");
        }
        if visitor.name.is_empty() {
            let way = self.keyed("{edit-visitor} types one");
            return format!("badge read, no name on it{company}; {way}");
        }
        format!("{}{company} is here", visitor.name)
    }
}

/// The card that somebody was seated at: the next key is about them.
fn seated(effects: &[Effect]) -> Option<CardId> {
    let facts = effects.iter().filter_map(|effect| match effect {
        Effect::Append(deed) => Some(deed.facts.iter()),
        _ => None,
    });
    facts.flatten().find_map(|fact| match fact {
        Fact::VisitorSeated { card, .. } | Fact::VisitorReturned { card, .. } => Some(*card),
        _ => None,
    })
}

/// Who it is, as a toast says it.
pub(super) fn name_of(visitor: &Visitor) -> String {
    let who = [visitor.name.as_str(), visitor.company.as_str()];
    let who: Vec<&str> = who.into_iter().filter(|part| !part.is_empty()).collect();
    if who.is_empty() {
        return format!("badge {}", visitor.badge_id);
    }
    who.join(", ")
}
