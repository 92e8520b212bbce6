//! What happened at the booth and what follows from it: stamps, deeds, facts, the board they fold into. No clock, disk, thread or terminal.
//!
//! Everything the program knows is a set of [`Deed`]s. [`decide`] turns what somebody wants ([`Command`]) into
//! [`Fact`]s or a [`Refusal`]; [`Board::apply`] folds a deed into the board and can't fail.

mod about;
mod address;
mod alert;
mod board;
mod card;
mod command;
mod counted;
mod cut;
mod day;
mod decide;
mod deed;
mod draft;
mod due;
mod echo;
mod evidence;
mod filter;
pub mod gaps;
mod lane;
mod layout;
mod ledger;
mod log;
mod playbook;
mod returned;
mod seating;
mod signal;
mod stamp;
mod strike;
mod visitor;

pub use address::is_email;
pub use alert::{AlertReason, Alerts};
pub use board::{Board, LaneRecord};
pub use card::{AccountMatch, Assignment, Card, CardId, Consent, Heat, NextStep, Note, Utterance};
pub use command::{Command, Refusal};
pub use counted::counted;
pub use day::{Day, MONTHS};
pub use decide::decide;
pub use deed::{Author, Closed, Deed, Fact, Opened};
pub use draft::{Correspondence, DraftWish, Embargo, Letter, Texts};
pub use due::{Due, parse_step, said as day_said};
pub use echo::{Louder, same_words};
pub use filter::{Filter, needs_order};
pub use lane::Role;
pub use layout::{Detail, Layout};
pub use ledger::Ledger;
pub use log::Log;
pub use playbook::{
    Account, Company, Competitor, Event, FollowUp, Language, Owner, Playbook, Product, Stage,
    TerritoryRule, Tone,
};
pub use returned::{Disposition, Import, Money, Opportunity, REASONS, Receipt, Verdict};
pub use signal::{Polarity, Signal, SignalKind};
pub use stamp::{Clock, ParseStampError, Stamp};
pub use strike::Struck;
pub use visitor::{Field, PlaceFrom, Source, Visitor, VisitorId};
