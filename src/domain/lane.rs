//! A lane is one named microphone; its role says whose voice it carries.

use serde::{Deserialize, Serialize};

/// Whose voice a lane's microphone mostly carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A lapel microphone on one of us.
    Rep,
    /// A microphone held out to the visitor.
    Visitor,
    /// A microphone on the table between both.
    #[default]
    Table,
}
