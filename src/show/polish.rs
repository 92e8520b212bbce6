//! `[polish]` of show.toml: which language model may put drafts in other words, and how long it may take.

use super::config::PolishConfig;
use super::document::{Document, Table};

/// `[polish]`; none: drafts never leave the laptop.
pub(super) fn polish(doc: &mut Document, root: &Table) -> Option<PolishConfig> {
    let table = doc.table(root, "polish")?;
    doc.known(&table, &["url", "model", "key_env", "timeout_s"]);
    let url = doc.needed(&table, "url", "\"http://127.0.0.1:11434/v1\"");
    let model = doc.needed(&table, "model", "\"llama3.1\"");
    let key_env = key_env(doc, &table);
    let timeout_s = doc.whole(&table, "timeout_s", 1..121);
    let ((url, span), (model, _)) = url.zip(model)?;
    let Some(host) = host_of(&url) else {
        let message = format!("the language model's \"{url}\" is no web address");
        doc.fault("S05", span, message, "it begins with https:// or http://")
            .help
            .push("until it is mended no draft is put in other words".to_owned());
        return None;
    };
    let own = ["localhost", "127.", "[::1]"];
    if url.starts_with("http://") && !own.iter().any(|own| host.starts_with(own)) {
        let message = "drafts go to the language model without encryption: anybody on the show's network can read them";
        doc.warn("S05", span, message, "better https://");
    }
    Some(PolishConfig {
        host,
        url,
        model,
        key_env,
        timeout_s: timeout_s.unwrap_or(20),
    })
}

/// The variable that holds the model's key. Told before the first question where the environment has none: the model's
/// own refusal comes when somebody waits for a mail.
fn key_env(doc: &mut Document, table: &Table) -> Option<String> {
    let (name, span) = doc.text(table, "key_env")?;
    let name = Some(name).filter(|name| !name.is_empty())?;
    if std::env::var_os(&name).is_none_or(|key| key.is_empty()) {
        let message = format!("the language model gets no key: the environment has no {name}");
        let help = format!("export {name}=... before boothside starts");
        doc.warn("S05", span, message, &help);
    }
    Some(name)
}

/// Host and port of a web address; never what stands before an `@`.
fn host_of(url: &str) -> Option<String> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let sound = !host.is_empty() && !host.contains(char::is_whitespace);
    sound.then(|| host.to_owned())
}
