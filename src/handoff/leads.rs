//! The board as leads: one row per person, sorted by external id, the same for the same board and show.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ZonedDateTime};

use sha2::{Digest, Sha256};

use crate::domain::{
    Account, AccountMatch, Board, Card, Consent, Heat, Polarity, Signal, SignalKind, Source, Stamp,
    Visitor, VisitorId,
};

use super::{Lead, NightShow, e164, split_name};

/// All leads of the board. Cards that nothing is known of are left out.
pub fn rows(board: &Board, show: &NightShow<'_>) -> Vec<Lead> {
    let mut rows: Vec<Lead> = board
        .cards()
        .filter(|card| !card.is_blank())
        .flat_map(|card| of_card(card, show))
        .collect();
    for row in &mut rows {
        row.short_code = short_code(&row.external_id);
    }
    rows.sort_by(|one, other| one.external_id.cmp(&other.external_id));
    rows
}

/// The leads of one card: one per person, or one without a person.
pub fn of_card(card: &Card, show: &NightShow<'_>) -> Vec<Lead> {
    let base = conversation(card, show);
    if card.visitors.is_empty() {
        return vec![base];
    }
    card.visitors
        .iter()
        .enumerate()
        .map(|(place, (id, visitor))| seated(base.clone(), card, (place, *id, visitor), show))
        .collect()
}

/// The id a CRM keeps for a lead: the show's code and the card's stamp; for further people of a card their own stamp, too.
///
/// The stamp holds time and laptop, so two laptops never make the same id; capitals and Crockford's base32 keep ids
/// apart under case folding. The first person has the card's own id, so that a lead exported before anybody knew the name
/// is updated, not doubled, when the name is found.
pub fn external_id(code: &str, card: Stamp, further: Option<VisitorId>) -> String {
    let code: String = code
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_uppercase()
            } else {
                '-'
            }
        })
        .collect();
    let code = if code.is_empty() { "SHOW" } else { &code };
    match further {
        None => format!("{code}-{card}"),
        Some(VisitorId(person)) => format!("{code}-{card}-{person}"),
    }
}

/// Six letters of Crockford's base32 that stand for an external id: the first 30 bits of its SHA-256.
///
/// Among 10,000 leads two share one with a chance of 5 in 100; whoever reads one back must ask then, never guess.
pub fn short_code(external_id: &str) -> String {
    let hash = Sha256::digest(external_id.as_bytes());
    let node = hash
        .iter()
        .take(8)
        .fold(0, |node, byte| (node << 8) | u64::from(*byte));
    // 13 digits hold 65 bits, so the first one has one bit only.
    laptop_id(node)[1..7].to_owned()
}

/// A laptop's id in Crockford base32, 13 characters.
pub fn laptop_id(node: u64) -> String {
    let stamp = Stamp {
        node,
        ..Stamp::default()
    };
    // The last 13 of 26 characters hold the 64 bits of the node.
    stamp.to_string()[13..].to_owned()
}

/// What all people of a card share.
fn conversation(card: &Card, show: &NightShow<'_>) -> Lead {
    let mut lead = Lead {
        external_id: external_id(show.code, card.id.0, None),
        lead_id: card.id.0.to_string(),
        primary: true,
        event_code: show.code.to_owned(),
        event_name: show.name.to_owned(),
        campaign_id: show.campaign_id.to_owned(),
        laptop_id: laptop_id(card.id.0.node),
        captured_at: utc(card.opened_ms),
        captured_local: local(card.opened_ms, &show.zone),
        company: card.company().unwrap_or_default().to_owned(),
        tags: card.tags.iter().cloned().collect(),
        notes: notes(card),
        taken_by: card
            .taken
            .as_ref()
            .map(|(who, _)| who.clone())
            .unwrap_or_default(),
        handed_over_to: card
            .handed_over
            .as_ref()
            .map(|(who, _)| who.clone())
            .unwrap_or_default(),
        version: card.touched_ms,
        card: card.id,
        ..Lead::default()
    };
    account(&mut lead, card, show);
    worth(&mut lead, card, show);
    said(&mut lead, card);
    consent(&mut lead, card);
    lead
}

/// The external id of the person at this place of the card's people.
fn person_id(code: &str, card: &Card, place: usize, id: VisitorId) -> String {
    match card.origins.get(&id) {
        // The id that went out before a merge is the one the CRM knows.
        Some((origin, first)) => external_id(code, origin.0, (!first).then_some(id)),
        None => external_id(code, card.id.0, (place > 0).then_some(id)),
    }
}

/// The external id of a card's first row, which carries the conversation.
pub fn first_id(code: &str, card: &Card) -> String {
    match card.visitors.first() {
        Some((id, _)) => person_id(code, card, 0, *id),
        None => external_id(code, card.id.0, None),
    }
}

/// The row of one person of a card.
fn seated(
    mut lead: Lead,
    card: &Card,
    (place, id, visitor): (usize, VisitorId, &Visitor),
    show: &NightShow<'_>,
) -> Lead {
    let name = split_name(&visitor.name);
    lead.primary = place == 0;
    lead.external_id = person_id(show.code, card, place, id);
    lead.source = match visitor.source {
        Source::Scan => "scan",
        Source::Typed => "typed",
        Source::Voice => "voice",
    }
    .into();
    lead.badge_raw.clone_from(&visitor.raw);
    lead.attendee_id.clone_from(&visitor.badge_id);
    lead.full_name.clone_from(&visitor.name);
    lead.salutation = name.salutation;
    lead.first_name = name.first;
    lead.last_name = name.last;
    lead.title.clone_from(&visitor.title);
    lead.company_raw.clone_from(&visitor.company);
    if card.account.is_none() && !visitor.company.is_empty() {
        lead.company.clone_from(&visitor.company);
    }
    lead.email.clone_from(&visitor.email);
    lead.phone_raw.clone_from(&visitor.phone);
    let given = |own: &String, other: &String| if own.is_empty() { other } else { own }.clone();
    lead.country = given(&visitor.country, &lead.country);
    lead.state = given(&visitor.state, &lead.state);
    // Only the badge's own country counts here: an account's seat says nothing about a mobile phone.
    lead.phone_e164 = e164(&visitor.phone, &visitor.country).unwrap_or_default();
    lead
}

fn account(lead: &mut Lead, card: &Card, show: &NightShow<'_>) {
    let matched: Option<&AccountMatch> = card.account.as_ref();
    if let Some(matched) = matched {
        lead.account_id.clone_from(&matched.key);
        lead.account_name.clone_from(&matched.name);
        lead.account_match.clone_from(&matched.why);
        lead.account_score = Some(matched.score);
        let known: Option<&Account> = show.playbook.account(&matched.key);
        if let Some(account) = known {
            lead.account_tier.clone_from(&account.tier);
            lead.country.clone_from(&account.country);
            lead.state.clone_from(&account.state);
        }
    }
    if let Some(owner) = &card.owner {
        lead.owner.clone_from(&owner.owner);
        lead.owner_rule.clone_from(&owner.rule);
        lead.owner_email = show
            .playbook
            .owner(&owner.owner)
            .map(|owner| owner.email.clone())
            .unwrap_or_default();
    }
}

fn worth(lead: &mut Lead, card: &Card, show: &NightShow<'_>) {
    let word = |heat: Option<Heat>| heat.map_or("", Heat::word);
    word(card.heat).clone_into(&mut lead.grade);
    if let Some((heat, why)) = &card.proposed {
        word(*heat).clone_into(&mut lead.grade_proposed);
        lead.grade_why.clone_from(why);
    }
    let rating = if lead.grade.is_empty() {
        "none"
    } else {
        lead.grade.as_str()
    };
    lead.stage = show
        .playbook
        .stages
        .iter()
        .find(|stage| card.heat.is_some() && stage.from_rating.iter().any(|from| from == rating))
        .or(show.playbook.stages.first())
        .map(|stage| stage.id.clone())
        .unwrap_or_default();
    if let Some(step) = &card.next_step {
        lead.next_step.clone_from(&step.text);
        lead.next_step_due = step.due.map(|day| day.to_string()).unwrap_or_default();
    }
    lead.sla_due_at = sla(card, &show.zone).map(utc).unwrap_or_default();
}

fn said(lead: &mut Lead, card: &Card) {
    let newest = |kind: SignalKind| {
        let of_kind = |signal: &&Signal| signal.kind == kind;
        card.signals
            .iter()
            .rfind(of_kind)
            .map(value)
            .unwrap_or_default()
    };
    lead.bant_budget = newest(SignalKind::Budget);
    lead.bant_authority = newest(SignalKind::Authority);
    lead.bant_need = newest(SignalKind::Need);
    lead.bant_timeline = newest(SignalKind::Timeline);
    lead.current_solution = newest(SignalKind::CurrentSolution);
    lead.products = all(card, SignalKind::ProductInterest, value);
    lead.competitors = all(card, SignalKind::Competitor, value);
    lead.pain_points = all(card, SignalKind::Need, |signal| signal.quote.clone());
    lead.objections = all(card, SignalKind::Objection, |signal| signal.quote.clone());
}

fn all(card: &Card, kind: SignalKind, text: fn(&Signal) -> String) -> Vec<String> {
    let mut values = Vec::new();
    for signal in card.signals.iter().filter(|signal| signal.kind == kind) {
        let value = text(signal);
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// The value, or the words where there is none; what speaks against the deal says so.
fn value(signal: &Signal) -> String {
    let words = if signal.value.is_empty() {
        &signal.quote
    } else {
        &signal.value
    };
    match signal.polarity {
        Polarity::Positive => words.clone(),
        Polarity::Negative => format!("no: {words}"),
    }
}

fn consent(lead: &mut Lead, card: &Card) {
    let (consent, why) = &card.consent;
    let (email, basis) = match consent {
        Consent::Unknown => ("unknown", "none"),
        Consent::Yes => ("opt_in", "consent"),
        Consent::No => ("opt_out", "none"),
    };
    email.clone_into(&mut lead.consent_email);
    basis.clone_into(&mut lead.consent_basis);
    if *consent != Consent::Unknown {
        if why == "by hand" {
            why.clone_into(&mut lead.consent_channel);
        } else {
            "spoken".clone_into(&mut lead.consent_channel);
            lead.consent_text.clone_from(why);
        }
    }
}

fn notes(card: &Card) -> String {
    let lines: Vec<&str> = card.notes.iter().map(|note| note.text.as_str()).collect();
    lines.join("\n")
}

/// When the first answer is due, ms since 1970: hot after 24 hours, warm after three days, weekends skipped.
fn sla(card: &Card, zone: &TimeZone) -> Option<u64> {
    let days = match card.heat? {
        Heat::Hot => 1,
        Heat::Warm => 3,
        Heat::Cold | Heat::Swag => return None,
    };
    let mut due = moment(card.last_heard_ms())?.to_zoned_datetime(zone.clone());
    let mut left = days;
    while left > 0 {
        // A day by the wall clock, whatever the clocks do at night.
        due = due.checked_add(Span::new().days(1)).ok()?;
        left -= i32::from(!is_weekend(&due));
    }
    u64::try_from(due.timestamp().as_millisecond()).ok()
}

fn is_weekend(day: &ZonedDateTime) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn moment(ms: u64) -> Option<Timestamp> {
    Timestamp::from_millisecond(i64::try_from(ms).ok()?).ok()
}

/// `2026-03-14T09:26:53Z`.
pub fn utc(ms: u64) -> String {
    moment(ms)
        .map(|time| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
        .unwrap_or_default()
}

/// `2026-03-14 10:26`, by the clock of `zone`.
pub fn local(ms: u64, zone: &TimeZone) -> String {
    moment(ms)
        .map(|time| {
            let zoned = time.to_zoned_datetime(zone.clone());
            zoned.strftime("%Y-%m-%d %H:%M").to_string()
        })
        .unwrap_or_default()
}
