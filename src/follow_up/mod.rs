//! A card -> the mail that follows up: only what was said, each line with its quote; or the reason why there is none.
//!
//! Marketing writes the words ([`Templates`]), this room the facts. A line that uses a fact which is not there is left
//! out: no quote, no sentence. Who writes, where we met and how to opt out is added behind every text and can't be
//! edited away.

mod desk;
mod facts;
mod names;
mod polish;
mod template;
mod vocabulary;
mod withheld;
mod words;

pub use desk::{Desk, Standing, desk};
pub use facts::VARIABLES;
pub use names::Crowd;
pub use polish::{Unfit, Wording, offered, reworded};
pub use template::{Templates, about_no_products, bundled, check};
pub use withheld::{Withheld, addressees, refusals};

use crate::domain::{Board, Card, Day, FollowUp, Language, SignalKind, Stamp, VisitorId};

/// What every draft of a show shares.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brand {
    /// The show's name.
    pub show: String,
    /// Where our stand is; empty where nobody wrote it down.
    pub stand: String,
    /// Our company as we write it.
    pub company: String,
    /// The owners of leads, by name, and their addresses.
    pub owners: Vec<(String, String)>,
    /// Who writes: name, company and the postal address that the law wants. Without it there are no drafts.
    pub sender: String,
    /// Where our privacy notice stands; may be empty.
    pub privacy_url: String,
    /// Language, tone and signature.
    pub voice: FollowUp,
    /// Marketing's own texts.
    pub templates: Templates,
}

/// What a line rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Words of the visitor.
    Said {
        /// What they are about.
        kind: SignalKind,
        /// The utterance.
        utterance: Stamp,
        /// When it was said, ms since 1970.
        at_ms: u64,
        /// The exact words.
        quote: String,
    },
    /// What somebody at the booth noted, in a few words of where: `the badge`, `noted by hand`.
    Noted(String),
}

/// One line of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The words; empty between paragraphs.
    pub text: String,
    /// What they rest on; empty for greetings and the like.
    pub grounds: Vec<Ground>,
    /// Whether a person wrote it.
    pub by_hand: bool,
}

/// A follow-up as the card and the template make it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Whom it is written to.
    pub person: VisitorId,
    /// Whether that is the card's first person with an address.
    pub first: bool,
    /// The address.
    pub to: String,
    /// Its language.
    pub language: Language,
    /// The subject.
    pub subject: Line,
    /// The body, line by line.
    pub lines: Vec<Line>,
    /// What must stay letter by letter when a text is put in other words.
    pub fixed: Fixed,
    /// Who writes, where we met, how to opt out: stands behind the body, whatever is edited.
    pub footer: String,
    /// A checksum of all that it rests on; the words of the template are none of it.
    pub grounds: String,
}

/// What must stay letter by letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// Whole lines: who signs.
    pub signed: Vec<String>,
    /// Names of people, companies and products that the draft may tell.
    pub names: Vec<String>,
    /// What was promised; empty: nothing.
    pub promise: String,
}

/// The follow-up of a card to the first person with a confirmed address. `crowd` is everybody on the board, `day` the
/// day of the talk at the show.
pub fn draft(
    board: &Board,
    crowd: &Crowd,
    card: &Card,
    about: (&Brand, Day),
) -> Result<Draft, Withheld> {
    draft_to(board, crowd, card, None, about)
}

/// The same to one person of the talk; none, or one without a confirmed address: the first.
pub fn draft_to(
    board: &Board,
    crowd: &Crowd,
    card: &Card,
    person: Option<VisitorId>,
    about: (&Brand, Day),
) -> Result<Draft, Withheld> {
    draft_among(&refusals(board), crowd, card, person, about)
}

/// The same for one of many drafts: `refusals` are looked up on the board once for all of them.
pub fn draft_among(
    refusals: &[&Card],
    crowd: &Crowd,
    card: &Card,
    person: Option<VisitorId>,
    (brand, day): (&Brand, Day),
) -> Result<Draft, Withheld> {
    let to = withheld::addressee(card, person);
    let told = facts::tell(crowd, (card, to), brand, day);
    let (person, visitor) = withheld::recipient(refusals, (card, to), brand, &told)?;
    let language = told.language;
    let own = brand.templates.of(language);
    let rendered = own.and_then(|text| template::render(text, &told.facts).ok());
    let rendered = rendered.or_else(|| template::render(bundled(language), &told.facts).ok());
    let (subject, lines) = rendered.ok_or(Withheld::NoTemplate)?;
    Ok(Draft {
        person,
        first: addressees(card).next().is_some_and(|(id, _)| id == person),
        fixed: told.fixed(),
        to: visitor.email.trim().to_owned(),
        language,
        subject,
        lines,
        footer: words::footer(language, brand, day),
        grounds: told.checksum(visitor, card),
    })
}
