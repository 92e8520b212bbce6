//! How follow-ups sound: `[follow_up]` of playbook.toml and the texts in `templates/`.

use std::path::Path;

use super::document::{Document, Table};
use super::settings::mean;
use super::text_of;
use crate::diagnostic::Diagnostic;
use crate::domain::{FollowUp, Language, Tone};
use crate::follow_up::{Templates, about_no_products, check};

/// Where the templates lie in a show folder.
const FOLDER: &str = "templates";

/// What their names begin with: `follow-up.en.txt`.
const NAME: &str = "follow-up.";

/// `[follow_up]`.
pub(super) fn voice(doc: &mut Document, root: &Table) -> FollowUp {
    let mut voice = FollowUp::default();
    let Some(table) = doc.table(root, "follow_up") else {
        return voice;
    };
    doc.known(&table, &["language", "tone", "signature"]);
    if let Some((text, span)) = doc.text(&table, "language") {
        voice.language = Language::ALL.into_iter().find(|one| one.code() == text);
        if voice.language.is_none() && text != "auto" {
            let message = format!("drafts can't be written in \"{text}\"");
            let label = "\"en\", \"de\", or \"auto\": by the visitor's country";
            doc.fault("S05", span, message, label);
        }
    }
    if let Some((text, span)) = doc.text(&table, "tone") {
        if let Some(tone) = Tone::ALL.into_iter().find(|tone| tone.word() == text) {
            voice.tone = tone;
        } else {
            let label = mean(&text, &Tone::ALL.map(Tone::word));
            doc.fault("S05", span, format!("there is no tone \"{text}\""), label);
        }
    }
    if let Some((text, _)) = doc.text(&table, "signature") {
        voice.signature = text;
    }
    voice
}

/// The sound ones of a show's templates; what is wrong in the others is noted.
pub(super) fn templates(dir: &Path, products: bool, faults: &mut Vec<Diagnostic>) -> Templates {
    let mut templates = Templates::default();
    let mut names: Vec<String> = std::fs::read_dir(dir.join(FOLDER))
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    for name in names {
        let file = format!("{FOLDER}/{name}");
        let of_name = |language: &Language| name == format!("{NAME}{}.txt", language.code());
        let Some(language) = Language::ALL.into_iter().find(of_name) else {
            faults.push(
                Diagnostic::warning("D03", file, "nothing reads this file")
                    .help("templates are called follow-up.en.txt and follow-up.de.txt"),
            );
            continue;
        };
        let Some(text) = text_of(dir, &file, faults) else {
            continue;
        };
        let found = check(&file, &text);
        if found.is_empty() {
            faults.extend(about_no_products(&file, &text).filter(|_| !products));
            templates.0.insert(language, text);
        }
        faults.extend(found);
    }
    templates
}
