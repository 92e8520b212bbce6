//! Badges in JSON: a jCard (RFC 7095), or an object whose keys say what they hold.

use serde_json::Value;

use super::labels::{self, Label};
use super::{Kind, Reading};

/// Reads one; none where the text is no JSON that tells of a person.
pub fn read(text: &str) -> Option<Reading> {
    match serde_json::from_str(text).ok()? {
        Value::Array(parts) => match parts.as_slice() {
            [Value::String(kind), Value::Array(properties), ..]
                if kind.eq_ignore_ascii_case("vcard") =>
            {
                Some(jcard(properties))
            }
            _ => None,
        },
        Value::Object(object) => {
            let mut reading = Reading::of(Kind::Fields);
            keyed(&mut reading, &object);
            let who = &reading.visitor;
            let told = [&who.name, &who.email, &who.badge_id, &reading.last]
                .iter()
                .any(|text| !text.is_empty());
            reading.is_id = who.name.is_empty() && reading.last.is_empty() && who.email.is_empty();
            told.then_some(reading)
        }
        _ => None,
    }
}

fn keyed(reading: &mut Reading, object: &serde_json::Map<String, Value>) {
    for (key, value) in object {
        match value {
            Value::String(text) => {
                if let Some(label) = labels::label(key) {
                    labels::put(reading, label, text);
                }
            }
            Value::Number(number) => {
                if let Some(label @ (Label::Id | Label::Phone)) = labels::label(key) {
                    labels::put(reading, label, &number.to_string());
                }
            }
            Value::Object(inner) => keyed(reading, inner),
            _ => {}
        }
    }
}

/// A jCard's properties are `[name, parameters, type, value]`; the first of each counts, as in a vCard.
fn jcard(properties: &[Value]) -> Reading {
    let mut reading = Reading::of(Kind::VCard);
    for property in properties {
        let Some([Value::String(name), parameters, _, value]) =
            property.as_array().and_then(|parts| parts.get(..4))
        else {
            continue;
        };
        let kinds = parameters
            .get("type")
            .map(Value::to_string)
            .unwrap_or_default();
        match name.to_lowercase().as_str() {
            "n" if !reading.apart => {
                let part = |at: usize| value.get(at).map(text).unwrap_or_default();
                reading.last = part(0);
                reading.first = part(1);
                reading.apart = true;
            }
            "fn" => labels::put(&mut reading, Label::Name, &text(value)),
            "org" => {
                let company = value.get(0).map_or_else(|| text(value), text);
                labels::put(&mut reading, Label::Org, &company);
            }
            "title" => labels::put(&mut reading, Label::Title, &text(value)),
            "email" => labels::put(&mut reading, Label::Email, &text(value)),
            "tel" if !kinds.contains("fax") && !kinds.contains("pager") => {
                let number = text(value);
                let number = number.strip_prefix("tel:").unwrap_or(&number);
                let number = number.split(';').next().unwrap_or_default();
                labels::put(&mut reading, Label::Phone, number);
            }
            _ => {}
        }
    }
    reading
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        _ => String::new(),
    }
}
