//! Ask next: which questions were asked already, and the single most useful one that nobody has answered yet.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Card, Consent, Heat, Signal, SignalKind};

/// A question that may be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its name in the playbook's `[ask]`.
    pub key: &'static str,
    /// What answers it; none: a badge.
    pub kind: Option<SignalKind>,
    /// The words where the playbook has none of its own.
    pub words: &'static str,
}

const fn question(kind: SignalKind, key: &'static str, words: &'static str) -> Question {
    Question {
        key,
        kind: Some(kind),
        words,
    }
}

/// All questions, in the order they are asked as long as nothing speaks for another.
#[rustfmt::skip] // a table reads as a table
pub const QUESTIONS: [Question; 9] = [
    question(SignalKind::Need, "need", "What is going wrong with it today?"),
    question(SignalKind::Timeline, "timeline", "When would you want it up and running?"),
    question(SignalKind::Authority, "authority", "Who else decides on this with you?"),
    question(SignalKind::Budget, "budget", "Is there money set aside for it?"),
    question(SignalKind::CurrentSolution, "current_solution", "What do you use for it today?"),
    question(SignalKind::Objection, "objection", "What would have to be different for you to try it?"),
    question(SignalKind::NextStep, "next_step", "Shall we fix a day for a short demo?"),
    question(SignalKind::OptIn, "opt_in", "May we write to you after the show?"),
    Question { key: "badge", kind: None, words: "May I scan your badge?" },
];

/// What is known that decides which question is useful.
struct Known<'a> {
    signals: &'a [Signal],
    asked: &'a BTreeSet<SignalKind>,
    consent: bool,
    person: bool,
}

impl Known<'_> {
    fn has(&self, kind: SignalKind) -> bool {
        self.signals.iter().any(|signal| signal.kind == kind)
    }

    /// Whether asking it makes sense at all.
    fn is_open(&self, question: &Question) -> bool {
        let Some(kind) = question.kind else {
            return !self.person;
        };
        if kind == SignalKind::Objection {
            return self.is_stuck() && !self.asked.contains(&kind);
        }
        let no_need = self
            .signals
            .iter()
            .any(|signal| signal.kind == SignalKind::Need && signal.value == "none");
        let answered = match kind {
            SignalKind::CurrentSolution => self.has(kind) || self.has(SignalKind::Competitor),
            SignalKind::Timeline | SignalKind::Authority | SignalKind::Budget => {
                self.has(kind) || no_need
            }
            SignalKind::OptIn => self.has(kind) || self.consent,
            _ => self.has(kind),
        };
        !answered && !self.asked.contains(&kind)
    }

    /// An objection stands, and nothing was agreed after it.
    fn is_stuck(&self) -> bool {
        let last = self
            .signals
            .iter()
            .rfind(|signal| matches!(signal.kind, SignalKind::Objection | SignalKind::NextStep));
        last.is_some_and(|signal| signal.kind == SignalKind::Objection)
    }

    /// The lower, the sooner it is asked.
    fn rank(&self, question: &Question) -> u8 {
        let backed = self.has(SignalKind::Authority) || self.has(SignalKind::Budget);
        let ready = self.has(SignalKind::Need) && self.has(SignalKind::Timeline) && backed;
        match question.kind {
            // Nothing holds them back any more: a day in the diary is worth more than one more fact.
            Some(SignalKind::NextStep) if ready => 0,
            Some(SignalKind::Need) => 1,
            Some(SignalKind::Objection) => 2,
            Some(SignalKind::Timeline) => 3,
            Some(SignalKind::Authority | SignalKind::Budget) if !backed => 4,
            Some(SignalKind::CurrentSolution) => 5,
            Some(SignalKind::Authority | SignalKind::Budget) => 6,
            Some(SignalKind::NextStep) => 7,
            Some(_) => 8,
            None => 9,
        }
    }

    fn best(&self) -> Option<&'static Question> {
        let open = QUESTIONS.iter().filter(|question| self.is_open(question));
        open.min_by_key(|question| self.rank(question))
    }
}

/// The question for what is missing, in words a rep can say; none when all is known.
pub fn next(signals: &[Signal], visitor_known: bool) -> Option<&'static str> {
    let known = Known {
        signals,
        asked: &BTreeSet::new(),
        consent: false,
        person: visitor_known,
    };
    known.best().map(|question| question.words)
}

/// The single most useful question for the talk of this card: none once the talk is over, all is answered or asked, or
/// the visitor is no buyer. `own` are the playbook's words, by [`Question::key`].
pub fn ask_next<'a>(
    card: &Card,
    asked: &BTreeSet<SignalKind>,
    own: &'a BTreeMap<String, String>,
) -> Option<&'a str> {
    if !card.is_live() || is_no_buyer(card) {
        return None;
    }
    let known = Known {
        signals: &card.signals,
        asked,
        consent: card.consent.0 != Consent::Unknown,
        person: !card.visitors.is_empty(),
    };
    let question = known.best()?;
    Some(own.get(question.key).map_or(question.words, String::as_str))
}

/// The captain's word, else the machine's.
fn is_no_buyer(card: &Card) -> bool {
    match (card.heat, &card.proposed) {
        (Some(heat), _) => heat == Heat::Swag,
        (None, Some((proposed, _))) => matches!(proposed, None | Some(Heat::Swag)),
        (None, None) => false,
    }
}

/// What a rep's question about each kind is known by. English, as the speech model hears it.
#[rustfmt::skip] // a table reads as a table
const ASKING: [(SignalKind, &[&str]); 9] = [
    (SignalKind::Budget, &["budget", "money set aside", "set aside for", "money for it", "money for this", "funding", "funds", "price range", "allocated", "looking to spend", "want to spend", "planning to spend", "able to spend", "put aside"]),
    (SignalKind::Authority, &["who decides", "who else decides", "decision", "who signs", "sign off", "signs off", "signs it", "your call", "whose call", "approve", "approval", "say yes", "are you the one", "who would need to", "who needs to", "who owns", "in charge", "have a say", "the one to"]),
    (SignalKind::Need, &["going wrong", "problem", "biggest pain", "any pain", "challenge", "headache", "struggling", "struggle", "brings you", "are you looking for", "hoping to", "not working", "keeps you up", "what hurts", "trying to solve", "trying to fix", "bothers you"]),
    (SignalKind::Timeline, &["when would", "timing", "when do you", "when are you", "when does", "when is your", "when's your", "timeline", "timeframe", "time frame", "how soon", "by when", "deadline", "go live", "up and running", "contract end", "contract run", "contract up", "renewal"]),
    (SignalKind::CurrentSolution, &["do you use", "are you using", "are you running", "do you run", "are you on", "you use today", "at the moment", "how do you do", "how do you handle", "how do you manage", "how are you doing", "how are you handling", "what system", "which system", "what tool", "which tool", "doing it today", "do it today"]),
    (SignalKind::Objection, &["holding you back", "holds you back", "any concern", "worries you", "what would stop", "have to be different", "what would it take", "would have to be true"]),
    (SignalKind::NextStep, &["shall we", "should we set", "can we set up", "could we set up", "like a demo", "want a demo", "book a", "fix a day", "set up a call", "come by", "next step", "show you", "send you a quote"]),
    (SignalKind::OptIn, &["may we contact", "may we write", "may i write", "can i email", "can we email", "okay to email", "ok to email", "may i email", "may we email", "can we contact", "okay if we", "ok if we", "all right if we", "alright if we", "follow up with you", "keep in touch", "stay in touch", "reach out to you", "send you an email", "your email", "following up", "use the email", "good with that", "that's alright", "if that's all right"]),
    (SignalKind::Competitor, &["who else are you", "anyone else", "anybody else", "other vendors", "other suppliers", "looking at others", "comparing", "looking at other", "else have you looked"]),
];

/// First words of a question where the recogniser wrote no question mark.
const BEGINNINGS: [&str; 22] = [
    "who", "what", "what's", "when", "which", "how", "where", "why", "do", "does", "did", "is",
    "are", "have", "has", "can", "could", "would", "shall", "should", "may", "any",
];

/// Whose voice a question may be: a visitor's own microphone asks nothing of this kind.
pub fn asked(text: &str, into: &mut BTreeSet<SignalKind>) {
    for sentence in text.split_inclusive(['?', '.', '!']) {
        let first = sentence.split_whitespace().next().unwrap_or_default();
        let first = first.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '\'');
        let asks = sentence.ends_with('?')
            || BEGINNINGS
                .iter()
                .any(|word| word.eq_ignore_ascii_case(first));
        if !asks {
            continue;
        }
        let lower = sentence.to_lowercase();
        for (kind, phrases) in &ASKING {
            if phrases.iter().any(|phrase| lower.contains(phrase)) {
                into.insert(*kind);
            }
        }
    }
}
