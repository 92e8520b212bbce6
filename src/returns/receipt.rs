//! One row of an importer's result file -> a receipt: Salesforce Data Loader, `HubSpot`, or a plain file.

use crate::domain::{Import, Receipt};

use super::sheet::Record;

const STATUS: [&str; 5] = ["status", "result", "importstatus", "success", "created"];
const REASON: [&str; 8] = [
    "error",
    "errors",
    "errormessage",
    "errortype",
    "sferror",
    "reason",
    "fehler",
    "erreur",
];
const RECORD: [&str; 6] = ["sfid", "id", "recordid", "salesforceid", "contactid", "vid"];

/// Whether a file with this row is an importer's.
pub fn is_receipt(record: &Record) -> bool {
    record.has(&[
        "error",
        "errors",
        "errormessage",
        "errortype",
        "sferror",
        "sfid",
        "fehler",
        "erreur",
    ]) || (record.has(&["id", "recordid"]) && record.has(&["status", "result", "importstatus"]))
        || record.has(&["importstatus"])
}

/// The receipt, or what the row lacks.
pub fn receipt(record: &Record, external_id: &str) -> Result<Receipt, String> {
    let reason = record.first(&REASON);
    let told = record.first(&STATUS);
    let import = match told.to_lowercase().as_str() {
        "" if !reason.is_empty() => Import::Failed,
        // Data Loader's success file without a status column holds only what went well.
        "" if !record.first(&RECORD).is_empty() => Import::Updated,
        "" => return Err("says neither a status nor an error; nothing was changed".into()),
        status => status_of(status, !reason.is_empty()).ok_or_else(|| {
            format!("\"{told}\" is no result; expected created, updated or failed")
        })?,
    };
    Ok(Receipt {
        external_id: external_id.to_owned(),
        import,
        record: if import == Import::Failed {
            String::new()
        } else {
            record.first(&RECORD).to_owned()
        },
        reason: if import == Import::Failed {
            reason.to_owned()
        } else {
            String::new()
        },
    })
}

fn status_of(status: &str, has_reason: bool) -> Option<Import> {
    match status {
        "item created" | "created" | "success" | "true" | "inserted" => Some(Import::Created),
        "item updated" | "updated" | "upserted" => Some(Import::Updated),
        "failed" | "error" | "false" | "refused" => Some(Import::Failed),
        // An error file carries the columns of the upload, whose own status says nothing of the import.
        _ if has_reason => Some(Import::Failed),
        _ => None,
    }
}
