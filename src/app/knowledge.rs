//! The show's lists, and what can be told from them: accounts, owners, attendees, signals.

use crate::accounts::{self, Attendees, Earlier, Matcher, Names, territory};
use crate::domain::{AccountMatch, Assignment, Card, Day, Layout, PlaceFrom, Playbook, Visitor};
use crate::qualify::Qualifier;

/// What the machine knows before anybody speaks.
pub struct Knowledge {
    /// Who we are, what we sell, whom we want to meet.
    pub playbook: Playbook,
    /// The organiser's list.
    pub attendees: Attendees,
    /// How the show says that delimited badges are laid out.
    pub layout: Option<Layout>,
    /// Finds accounts by name and domain.
    pub matcher: Matcher,
    /// Names that are put right where the recogniser guessed.
    pub names: Names,
    /// What earlier shows know of companies.
    pub earlier: Vec<Earlier>,
    /// Finds signals in talk.
    pub qualifier: Qualifier,
}

impl Knowledge {
    /// Makes the most of the show's lists; `today` is the day that relative dates count from.
    pub fn new(playbook: Playbook, attendees: Attendees, today: Day) -> Self {
        Self {
            matcher: Matcher::new(&playbook.accounts),
            names: Names::new(&playbook),
            qualifier: Qualifier::new(&playbook, today),
            playbook,
            attendees,
            layout: None,
            earlier: Vec::new(),
        }
    }

    /// Takes in what earlier shows know, and finds out which account each line is about today.
    pub fn remember(&mut self, earlier: Vec<Earlier>) {
        self.earlier = earlier;
        for row in &mut self.earlier {
            row.key = self.matcher.company(&row.company).sure.map(|hit| hit.key);
        }
    }

    /// The owner that the rules propose for a card.
    pub fn proposed_owner(&self, card: &Card) -> Option<Assignment> {
        proposed_owner(&self.playbook, card)
    }

    /// What a badge's payload says of a person by these layouts, completed from the organiser's list.
    pub fn person<'l>(&self, payload: &str, layouts: impl Iterator<Item = &'l Layout>) -> Badge {
        let reading = crate::badge::parse_by(payload.as_bytes(), layouts);
        let mut visitor = reading.visitor;
        visitor.country = accounts::country(&visitor.country);
        visitor.state = accounts::state(&visitor.state);
        if !visitor.country.is_empty() {
            visitor.place_from = PlaceFrom::Badge;
        }
        let listed = if visitor.badge_id.is_empty() {
            self.attendees.lookup(payload.trim())
        } else {
            self.attendees.lookup(&visitor.badge_id)
        };
        let found = listed.is_some();
        if let Some(listed) = listed {
            let read = visitor;
            visitor = listed.clone();
            visitor.source = read.source;
            visitor.absorb(&read);
            // The list's spelling of the id: with its leading zeros.
            visitor.badge_id.clone_from(&listed.badge_id);
        }
        let account = self.account_of(&visitor);
        Badge {
            unresolved: reading.is_id && !found,
            visitor,
            account,
            remarks: reading.remarks,
        }
    }

    /// The account that a person's address or company says.
    pub fn account_of(&self, visitor: &Visitor) -> Option<AccountMatch> {
        self.matcher.visitor(visitor)
    }
}

/// A badge made sense of.
#[derive(Clone, Debug, PartialEq)]
pub struct Badge {
    /// Who.
    pub visitor: Visitor,
    /// Their account, if the list has it.
    pub account: Option<AccountMatch>,
    /// Whether it is an id that no list knows yet.
    pub unresolved: bool,
    /// What could not be read.
    pub remarks: Vec<String>,
}

/// The owner that a playbook's rules propose for a card.
pub fn proposed_owner(playbook: &Playbook, card: &Card) -> Option<Assignment> {
    let account = card
        .account
        .as_ref()
        .or(card.suggested.as_ref())
        .and_then(|found| playbook.account(&found.key));
    let visitor = card.visitors.first().map(|(_, visitor)| visitor);
    if account.is_none() && visitor.is_none() {
        return None;
    }
    territory::propose(playbook, account, visitor)
}
