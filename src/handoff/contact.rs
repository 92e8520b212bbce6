//! A lead as a vCard, for an owner's phone. Version 3.0, which every address book reads.

use super::fold::{Lines, escape};
use super::words::promised;
use super::{Lead, salesforce};

/// The card; none where nobody is known.
pub fn vcard(lead: &Lead) -> Option<String> {
    if lead.full_name.is_empty() && lead.email.is_empty() {
        return None;
    }
    let name = if lead.full_name.is_empty() {
        &lead.email
    } else {
        &lead.full_name
    };
    let mut lines = Lines::default();
    lines.raw("BEGIN", "VCARD");
    lines.raw("VERSION", "3.0");
    lines.text("FN", name);
    let parts = [&lead.last_name, &lead.first_name, "", &lead.salutation, ""].map(escape);
    lines.raw("N", &parts.join(";"));
    lines.text("ORG", &lead.company);
    lines.text("TITLE", &lead.title);
    lines.text("EMAIL;TYPE=work", &lead.email);
    lines.text("TEL;TYPE=work", salesforce::phone(lead));
    let mut note = vec![format!("{}, {}", lead.event_name, lead.captured_local)];
    if !lead.next_step.is_empty() {
        note.push(format!("Promised: {}", promised(lead)));
    }
    lines.text("NOTE", &note.join("\n"));
    lines.text("UID", &lead.external_id);
    lines.raw("END", "VCARD");
    Some(lines.into_string())
}
