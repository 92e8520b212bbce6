//! A deed as one line of JSON and back; what a later version wrote is kept as it was.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::domain::{Author, Deed, Fact, Stamp};

/// A line that is no deed.
#[derive(Debug, thiserror::Error)]
#[error("this line is no deed ({0}); `boothside doctor` shows where it is and what can be saved")]
pub struct WireError(#[from] serde_json::Error);

/// The deed as one line of JSON, without a line break.
pub fn encode(deed: &Deed) -> String {
    let facts: Vec<Value> = deed.facts.iter().map(fact_value).collect();
    let mut object = Map::new();
    object.insert("stamp".into(), json!(deed.stamp));
    object.insert("author".into(), json!(deed.author));
    object.insert("facts".into(), Value::Array(facts));
    Value::Object(object).to_string()
}

fn fact_value(fact: &Fact) -> Value {
    match fact {
        Fact::Unknown(text) => serde_json::from_str(text).unwrap_or(Value::Null),
        known => serde_json::to_value(known).unwrap_or(Value::Null),
    }
}

#[derive(Deserialize)]
struct Line {
    stamp: Stamp,
    author: Author,
    facts: Vec<Value>,
}

/// The deed behind a line. Facts that this version does not know become [`Fact::Unknown`].
pub fn decode(line: &str) -> Result<Deed, WireError> {
    let line: Line = serde_json::from_str(line)?;
    let facts = line
        .facts
        .into_iter()
        .map(|value| {
            let text = value.to_string();
            serde_json::from_value(value).unwrap_or(Fact::Unknown(text))
        })
        .collect();
    Ok(Deed {
        stamp: line.stamp,
        author: line.author,
        facts,
    })
}
