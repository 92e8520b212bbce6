//! What can be styled and marked: every role with its parent, every glyph with its plain stand-in.

/// A meaning that has a look. Code asks for the look of a meaning and never for a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[rustfmt::skip] // grouped as the table below says them, once, with names and parents
#[allow(missing_docs)]
pub enum Role {
    Ground, Text, TextDim, TextStrong, Warning, Title, Label, Time, Border, BorderFocused,
    Header, HeaderGood, FooterKey, FooterWord, FooterOff,
    Card, CardFocused, CardUnread, CardClosed, Person, Company,
    Lane, LaneQuiet, Level, LevelHigh, Caption, CaptionPartial, Mention, Evidence, Speaker,
    Heat, HeatHot, HeatWarm, HeatCold, HeatSwag, HeatNone, HeatProposed,
    AccountTarget, AccountSuggested, OwnerMine, OwnerOther, OwnerNone, HandedOver,
    Known, Unknown, AskNext, Tag, NextStep, Overdue, Note,
    Contested, OffRecord, ConsentYes, ConsentNo, Saved, Unsaved, Fault,
    SearchHit, Selection, Cursor, Prompt, PromptLabel, Proposal, Toast, ToastRefused, HelpKey, HelpChanged, Code,
}

/// One row of the table.
pub struct RoleSpec {
    /// The role.
    pub role: Role,
    /// Its name in theme files.
    pub name: &'static str,
    /// Whose look it takes where a theme says nothing; none for the two roots.
    pub parent: Option<Role>,
}

const fn row(role: Role, name: &'static str, parent: Role) -> RoleSpec {
    let parent = Some(parent);
    RoleSpec { role, name, parent }
}

/// Every role, in the order of the enum.
#[rustfmt::skip] // a table reads as a table
pub static ROLES: [RoleSpec; 68] = [
    // The two roots: what the whole screen is filled with, and plain text on it.
    RoleSpec { role: Role::Ground, name: "ground", parent: None },
    RoleSpec { role: Role::Text, name: "text", parent: None },
    row(Role::TextDim, "text-dim", Role::Text),
    row(Role::TextStrong, "text-strong", Role::Text),
    row(Role::Warning, "warning", Role::TextStrong),
    row(Role::Title, "title", Role::TextStrong),
    row(Role::Label, "label", Role::TextDim),                 // "owner", "next step" before what they say
    row(Role::Time, "time", Role::TextDim),
    row(Role::Border, "border", Role::TextDim),
    row(Role::BorderFocused, "border-focused", Role::Border),

    row(Role::Header, "header", Role::Text),
    row(Role::HeaderGood, "header-good", Role::Header),       // on air, saved
    row(Role::FooterKey, "footer-key", Role::TextStrong),
    row(Role::FooterWord, "footer-word", Role::TextDim),
    row(Role::FooterOff, "footer-off", Role::FooterWord),     // can't be done just now

    row(Role::Card, "card", Role::Text),
    row(Role::CardFocused, "card-focused", Role::Card),       // the row under the captain's hand: a ground for its parts
    row(Role::CardUnread, "card-unread", Role::TextStrong),
    row(Role::CardClosed, "card-closed", Role::TextDim),
    row(Role::Person, "person", Role::Card),
    row(Role::Company, "company", Role::TextStrong),

    row(Role::Lane, "lane", Role::TextStrong),
    row(Role::LaneQuiet, "lane-quiet", Role::TextDim),
    row(Role::Level, "level", Role::Text),                    // the meter's bars
    row(Role::LevelHigh, "level-high", Role::Level),          // too loud: it clips
    row(Role::Caption, "caption", Role::Text),                // words that are kept
    row(Role::CaptionPartial, "caption-partial", Role::Caption), // words that may still change
    row(Role::Mention, "mention", Role::TextStrong),          // a company's name in a talk
    row(Role::Evidence, "evidence", Role::Mention),           // the words a signal stands on
    row(Role::Speaker, "speaker", Role::TextDim),

    row(Role::Heat, "heat", Role::Text),
    row(Role::HeatHot, "heat-hot", Role::Heat),
    row(Role::HeatWarm, "heat-warm", Role::Heat),
    row(Role::HeatCold, "heat-cold", Role::Heat),
    row(Role::HeatSwag, "heat-swag", Role::Heat),
    row(Role::HeatNone, "heat-none", Role::TextDim),
    row(Role::HeatProposed, "heat-proposed", Role::TextDim),  // the machine's proposal, nobody's word yet

    row(Role::AccountTarget, "account-target", Role::TextStrong),
    row(Role::AccountSuggested, "account-suggested", Role::Text),
    row(Role::OwnerMine, "owner-mine", Role::TextStrong),
    row(Role::OwnerOther, "owner-other", Role::Text),
    row(Role::OwnerNone, "owner-none", Role::Warning),
    row(Role::HandedOver, "handed-over", Role::TextDim),

    row(Role::Known, "known", Role::TextStrong),              // budget, authority, need, timing: said
    row(Role::Unknown, "unknown", Role::TextDim),             // not said yet
    row(Role::AskNext, "ask-next", Role::Text),
    row(Role::Tag, "tag", Role::Text),
    row(Role::NextStep, "next-step", Role::Text),
    row(Role::Overdue, "overdue", Role::Warning),
    row(Role::Note, "note", Role::Text),

    row(Role::Contested, "contested", Role::Warning),
    row(Role::OffRecord, "off-record", Role::TextStrong),
    row(Role::ConsentYes, "consent-yes", Role::Text),
    row(Role::ConsentNo, "consent-no", Role::Warning),
    row(Role::Saved, "saved", Role::TextDim),
    row(Role::Unsaved, "unsaved", Role::Warning),
    row(Role::Fault, "fault", Role::TextStrong),

    row(Role::SearchHit, "search-hit", Role::TextStrong),
    row(Role::Selection, "selection", Role::CardFocused),     // the entry of a picker, the line of the trail
    row(Role::Cursor, "cursor", Role::Text),
    row(Role::Prompt, "prompt", Role::Text),
    row(Role::PromptLabel, "prompt-label", Role::Title),
    row(Role::Proposal, "proposal", Role::TextDim),           // what Tab would take
    row(Role::Toast, "toast", Role::Text),
    row(Role::ToastRefused, "toast-refused", Role::Warning),
    row(Role::HelpKey, "help-key", Role::FooterKey),
    row(Role::HelpChanged, "help-changed", Role::TextDim),    // the mark of a key somebody changed
    row(Role::Code, "code", Role::Text),                      // for a camera: dark on light in every theme
];

impl Role {
    /// Its row of the table.
    pub fn spec(self) -> &'static RoleSpec {
        &ROLES[self as usize]
    }

    /// The role of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        let spec = ROLES.iter().find(|spec| spec.name == name)?;
        Some(spec.role)
    }
}

/// A sign that says a state beside its colour and its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[rustfmt::skip] // as the table below
#[allow(missing_docs)]
pub enum Glyph {
    HeatHot, HeatWarm, HeatCold, HeatSwag, HeatNone, Proposed,
    AccountTarget, AccountSuggested, Owner, OwnerNone, Taken, HandedOver,
    Live, Quiet, OffRecord, Partial, ConsentYes, ConsentNo, Saved, Unsaved, Contested, Fault, Warning,
    Known, Unknown, AskNext, Tag, NextStep, Note, Quote, Focus, Cursor, Changed,
    Meter, Rule, Bar, Ellipsis, More,
}

/// One row of the table of glyphs.
pub struct GlyphSpec {
    /// The glyph.
    pub glyph: Glyph,
    /// Its name in theme files.
    pub name: &'static str,
    /// What is drawn where a theme says nothing.
    pub drawn: &'static str,
    /// What is drawn in fonts and terminals without.
    pub ascii: &'static str,
}

const fn sign(
    glyph: Glyph,
    name: &'static str,
    drawn: &'static str,
    ascii: &'static str,
) -> GlyphSpec {
    GlyphSpec {
        glyph,
        name,
        drawn,
        ascii,
    }
}

/// Every glyph, in the order of the enum. All are one column wide, but the ASCII stand-ins may take two or three.
#[rustfmt::skip] // a table reads as a table
pub static GLYPHS: [GlyphSpec; 38] = [
    sign(Glyph::HeatHot, "heat-hot", "▲", "!"),
    sign(Glyph::HeatWarm, "heat-warm", "●", "+"),
    sign(Glyph::HeatCold, "heat-cold", "○", "-"),
    sign(Glyph::HeatSwag, "heat-swag", "×", "x"),
    sign(Glyph::HeatNone, "heat-none", "·", "."),
    sign(Glyph::Proposed, "proposed", "?", "?"),
    sign(Glyph::AccountTarget, "account-target", "★", "*"),
    sign(Glyph::AccountSuggested, "account-suggested", "☆", "?"),
    sign(Glyph::Owner, "owner", "→", "->"),
    sign(Glyph::OwnerNone, "owner-none", "∅", "--"),
    sign(Glyph::Taken, "taken", "◆", "@"),
    sign(Glyph::HandedOver, "handed-over", "✓", "ok"),
    sign(Glyph::Live, "live", "◉", "o"),
    sign(Glyph::Quiet, "quiet", "○", "_"),
    sign(Glyph::OffRecord, "off-record", "■", "#"),
    sign(Glyph::Partial, "partial", "▏", "_"),
    sign(Glyph::ConsentYes, "consent-yes", "✓", "y"),
    sign(Glyph::ConsentNo, "consent-no", "✗", "n"),
    sign(Glyph::Saved, "saved", "✓", "="),
    sign(Glyph::Unsaved, "unsaved", "•", "~"),
    sign(Glyph::Contested, "contested", "≠", "<>"),
    sign(Glyph::Fault, "fault", "✗", "X"),
    sign(Glyph::Warning, "warning", "‼", "!!"),
    sign(Glyph::Known, "known", "●", "x"),
    sign(Glyph::Unknown, "unknown", "·", "."),
    sign(Glyph::AskNext, "ask-next", "›", ">"),
    sign(Glyph::Tag, "tag", "#", "#"),
    sign(Glyph::NextStep, "next-step", "↪", "=>"),
    sign(Glyph::Note, "note", "✎", "%"),
    sign(Glyph::Quote, "quote", "“", "\""),
    sign(Glyph::Focus, "focus", "▌", ">"),
    sign(Glyph::Cursor, "cursor", "▏", "_"),
    sign(Glyph::Changed, "changed", "•", "*"),
    sign(Glyph::Meter, "meter", "▁▂▃▄▅▆▇█", "_.-:=+*#"), // quiet to loud, one column each
    sign(Glyph::Rule, "rule", "─", "-"),
    sign(Glyph::Bar, "bar", "│", "|"),
    sign(Glyph::Ellipsis, "ellipsis", "…", "..."),
    sign(Glyph::More, "more", "▼", "v"),
];

impl Glyph {
    /// Its row of the table.
    pub fn spec(self) -> &'static GlyphSpec {
        &GLYPHS[self as usize]
    }

    /// The glyph of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        let spec = GLYPHS.iter().find(|spec| spec.name == name)?;
        Some(spec.glyph)
    }
}
