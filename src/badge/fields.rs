//! Contact data without a grammar: pieces between delimiters or on lines, told by their looks and by the e-mail address.

use super::labels::{self, Label};
use super::{Kind, Reading};

/// Words that titles are made of.
const TITLES: &str = "\
    manager director engineer officer president vp svp evp avp head chief ceo cto cfo coo cio cmo cso ciso lead leader \
    buyer analyst consultant owner founder cofounder co-founder principal professor supervisor specialist coordinator \
    administrator architect developer executive assistant secretary partner representative rep planner scientist \
    technician operator superintendent foreman purchaser purchasing procurement superviser controller accountant \
    attorney counsel physician surgeon nurse dean chairman chairwoman chair teacher editor designer strategist producer \
    leiter leiterin geschäftsführer geschäftsführerin einkäufer einkäuferin inhaber inhaberin ingenieur vorstand \
    prokurist directeur directrice responsable gérant président présidente ingénieur acheteur acheteuse chef gerente \
    directora jefe jefa comprador compradora ingeniero dueño presidente direttore direttrice responsabile titolare \
    acquisti inkoper eigenaar hoofd chef inköpare vd coordinador 经理 总监 工程师 部長 課長 社長 부장 과장 대표";

/// Words that companies end in or are made of, legal forms among them.
const COMPANIES: &str = "\
    inc inc. incorporated llc l.l.c. llp lp corp corp. corporation company co co. ltd ltd. limited plc gmbh ag kg ohg se \
    sa s.a. sas sarl srl s.r.l. spa s.p.a. nv n.v. bv b.v. ab as a/s asa aps oy oyj kft zrt sro s.r.o. doo jsc pty pte \
    bhd group holding holdings systems solutions services industries technologies technology university college \
    hospital clinic bank logistics freight foods partners associates laboratories labs institute foundation ministry \
    department council association society works stores airlines energy insurance consulting manufacturing \
    pharmaceuticals robotics software motors universität hochschule werke";

/// Endings of streets, and words that begin addresses.
const STREETS: &str = "\
    street st st. road rd rd. avenue ave ave. boulevard blvd lane ln drive dr way suite floor p.o. po box straße strasse \
    str. weg platz allee rue calle via plaza laan straat";

fn among(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

fn lower_words(text: &str) -> impl Iterator<Item = String> {
    text.split([' ', ',', '/'])
        .map(|word| {
            word.trim_matches(|letter: char| "()&;:".contains(letter))
                .to_lowercase()
        })
        .filter(|word| !word.is_empty())
}

fn is_title(text: &str) -> bool {
    lower_words(text).any(|word| among(TITLES, word.trim_end_matches('.')))
        || ["经理", "总监", "工程师", "部長", "課長", "社長"]
            .iter()
            .any(|title| text.ends_with(title))
}

/// Reads pieces. `family_first` is the custom of the payload's format where nothing else tells the names' order.
pub fn classified(parts: &[&str], family_first: bool) -> Reading {
    let mut reading = Reading::of(Kind::Fields);
    let mut pieces = Vec::new();
    let mut place = false;
    for part in parts {
        match kind(part, &mut reading) {
            Piece::Words(words) => pieces.push(words),
            Piece::Place => place = true,
            Piece::Taken => {}
        }
    }
    let hints = Hints::of(&reading.visitor.email);
    name(&mut pieces, &hints, family_first, &mut reading);
    company_and_title(pieces, &hints, place, &mut reading);
    let who = &reading.visitor;
    reading.is_id = who.name.is_empty()
        && reading.first.is_empty()
        && reading.last.is_empty()
        && who.email.is_empty();
    reading
}

enum Piece<'a> {
    /// Words that may be a name, a company or a title.
    Words(&'a str),
    /// A part of a postal address.
    Place,
    /// Put where it belongs, or nothing of a lead.
    Taken,
}

fn kind<'a>(part: &'a str, reading: &mut Reading) -> Piece<'a> {
    if let Some((word, value)) = part.split_once(':')
        && let Some(label) = labels::label(word)
        && !value.starts_with("//")
    {
        labels::put(reading, label, value);
        return Piece::Taken;
    }
    let visitor = &mut reading.visitor;
    if is_email(part) {
        labels::put(reading, Label::Email, part);
    } else if is_url(&part.to_lowercase()) {
        // Kept with the raw payload.
    } else if let Some((label, number)) = phone(part) {
        labels::put(reading, label, number);
    } else if is_number(part) {
        // The longest number is the id, the others are dates, postcodes and halls.
        if part.len() > visitor.badge_id.len() {
            (*part).clone_into(&mut visitor.badge_id);
        }
    } else if is_place(part) {
        return Piece::Place;
    } else {
        return Piece::Words(part);
    }
    Piece::Taken
}

/// A phone number, with or without a word before it.
fn phone(part: &str) -> Option<(Label, &str)> {
    if is_phone(part) {
        return Some((Label::Phone, part));
    }
    let (word, number) = part.split_once(' ')?;
    let label = labels::label(word)?;
    let phone = matches!(label, Label::Phone | Label::Nothing) && is_phone(number.trim());
    phone.then_some((label, number))
}

/// "1 Dock Rd", "IL", "USA", "60601 Chicago".
fn is_place(part: &str) -> bool {
    let letters = part.chars().filter(|letter| letter.is_alphabetic()).count();
    let code = matches!(part.len(), 2 | 3)
        && part.bytes().all(|byte| byte.is_ascii_uppercase())
        && !is_title(part);
    let digit = part.chars().any(|letter| letter.is_ascii_digit());
    let street = digit && lower_words(part).any(|word| among(STREETS, &word));
    let starts = part.starts_with(|letter: char| letter.is_ascii_digit()) && part.contains(' ');
    code || street || starts && letters > 0 && digit && !is_company(part)
}

fn is_company(part: &str) -> bool {
    lower_words(part).any(|word| among(COMPANIES, &word))
}

/// What the e-mail address says of the name and the company.
struct Hints {
    local: Vec<String>,
    label: String,
}

impl Hints {
    fn of(email: &str) -> Self {
        let (local, domain) = email.split_once('@').unwrap_or_default();
        let label = domain.rsplit('.').nth(1).unwrap_or_default().to_lowercase();
        Self {
            local: local
                .to_lowercase()
                .split(|letter: char| !letter.is_alphabetic())
                .filter(|piece| !piece.is_empty())
                .map(str::to_owned)
                .collect(),
            label,
        }
    }

    /// Whether the address's domain is named after these words.
    fn names_company(&self, part: &str) -> bool {
        let letters: String = squeezed(part);
        let first: String = part
            .split_whitespace()
            .next()
            .map(squeezed)
            .unwrap_or_default();
        self.label.len() >= 4 && letters.contains(&self.label)
            || first.len() >= 4 && self.label.contains(&first)
    }

    /// Whether the words, given name first, are what the address is made of.
    fn is_order(&self, first: &str, last: &str) -> bool {
        let (first, last) = (squeezed(first), squeezed(last));
        let initial = first.chars().next().map(String::from).unwrap_or_default();
        match self.local.as_slice() {
            [] => false,
            [only] => {
                *only == first
                    || *only == format!("{initial}{last}")
                    || *only == format!("{first}{last}")
            }
            [one, .., two] => (*one == first || *one == initial) && *two == last,
        }
    }

    /// Whether a piece is a person by the address.
    fn names_person(&self, part: &str) -> bool {
        let words: Vec<String> = part.split_whitespace().map(squeezed).collect();
        self.local
            .iter()
            .any(|piece| piece.len() > 2 && words.iter().any(|word| word == piece))
    }
}

fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Takes the name out of the pieces: two neighbouring single words, or one piece of several.
fn name(pieces: &mut Vec<&str>, hints: &Hints, family_first: bool, reading: &mut Reading) {
    if !reading.visitor.name.is_empty() || !reading.last.is_empty() {
        return;
    }
    let plain = |part: &str| !is_title(part) && !is_company(part);
    let person =
        |part: &str| plain(part) && part.contains(' ') && part.split_whitespace().count() <= 5;
    let by_address = pieces
        .iter()
        .position(|part| person(part) && hints.names_person(part));
    let single = |part: &str| plain(part) && !part.contains(' ') && !hints.names_company_only(part);
    let pair = (0..pieces.len().saturating_sub(1))
        .find(|&at| single(pieces[at]) && single(pieces[at + 1]));
    let whole = by_address.or_else(|| {
        pieces
            .iter()
            .position(|part| person(part) && !hints.names_company(part))
    });
    match (pair, whole) {
        (Some(at), whole) if whole.is_none_or(|whole| by_address.is_none() && at < whole) => {
            let (one, two) = (pieces.remove(at), pieces.remove(at));
            let swapped = if hints.is_order(one, two) {
                false
            } else {
                hints.is_order(two, one) || family_first
            };
            let (first, last) = if swapped { (two, one) } else { (one, two) };
            first.clone_into(&mut reading.first);
            last.clone_into(&mut reading.last);
        }
        (_, Some(at)) => pieces.remove(at).clone_into(&mut reading.visitor.name),
        (_, None) => {
            if let Some(at) = pieces.iter().position(|part| plain(part)) {
                pieces.remove(at).clone_into(&mut reading.visitor.name);
            }
        }
    }
}

impl Hints {
    /// Whether a single word is the domain's and no part of the person's name.
    fn names_company_only(&self, part: &str) -> bool {
        self.names_company(part) && !self.local.contains(&squeezed(part))
    }
}

/// The company is what looks like one or what the address is named after; else what comes first and is no title.
fn company_and_title(pieces: Vec<&str>, hints: &Hints, place: bool, reading: &mut Reading) {
    let mut pieces = pieces;
    if reading.visitor.company.is_empty() {
        let at = pieces
            .iter()
            .position(|part| hints.names_company(part))
            .or_else(|| {
                pieces
                    .iter()
                    .position(|part| is_company(part) && !is_title(part))
            })
            .or_else(|| pieces.iter().position(|part| !is_title(part)));
        if let Some(at) = at {
            pieces.remove(at).clone_into(&mut reading.visitor.company);
        }
    }
    if reading.visitor.title.is_empty() {
        let at = pieces.iter().position(|part| is_title(part));
        // What is left may be a town, where an address was.
        let at = at.or_else(|| (!place && pieces.len() == 1).then_some(0));
        if let Some(at) = at {
            pieces.remove(at).clone_into(&mut reading.visitor.title);
        }
    }
}

/// Something before one `@`, a dotted domain after it, no blanks.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let clean = |part: &str| {
        !part.contains(|letter: char| letter.is_whitespace() || ",;:|^<>()\"".contains(letter))
    };
    !local.is_empty()
        && clean(local)
        && clean(domain)
        && !domain.contains('@')
        && domain.contains('.')
        && !domain.ends_with('.')
        && !domain.starts_with('.')
}

/// A web address with its scheme or `www.`.
pub fn is_url(lower: &str) -> bool {
    let start = ["http://", "https://", "www."]
        .iter()
        .any(|start| lower.starts_with(start));
    start && !lower.contains(char::is_whitespace)
}

/// Seven digits or more among the signs of phone numbers, and at least one such sign.
fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let signs = text.contains(['+', '-', ' ', '(', '/', '.']);
    (7..=17).contains(&digits)
        && signs
        && text
            .chars()
            .all(|letter| letter.is_ascii_digit() || "+-() /.".contains(letter))
}

/// Digits, or digits among capital letters: what systems give, and people are not called.
fn is_number(text: &str) -> bool {
    let digit = text.bytes().any(|byte| byte.is_ascii_digit());
    digit
        && !text.contains(' ')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
