//! The edges that reach outside the laptop or hang on it: desktop, webhook, language model, scanner; each says what happens to the loop.

use std::time::Duration;

use tokio::sync::mpsc::Sender;

use crate::alerts::{Alerts, Outcome};
use crate::follow_up::Wording;
use crate::polish::{Address, Polish};
use crate::scanner::{self, RETRY, Said, Scanner};
use crate::show::Show;
use crate::webhook::{Pace, Webhook};

use super::wires::FromEdge;

/// Desktop notifications; where there are none, the header says so once.
pub fn alerts(show: &Show, sender: Sender<FromEdge>) -> Option<Alerts> {
    let mut told = false;
    show.config.notify.then(|| {
        Alerts::start(move |outcome| {
            let why = match outcome {
                Outcome::Shown => return,
                Outcome::Failed(why) | Outcome::Off(why) => why,
            };
            if !told {
                tracing::warn!(why, "no desktop notification");
                let words = "no desktop notifications here; the board and the bell tell everything";
                told = sender.try_send(FromEdge::Standing(words.into())).is_ok();
            }
        })
    })
}

/// A scanner that does not type, where the show names one.
pub fn scanner(show: &Show, sender: Sender<FromEdge>) -> Option<Scanner> {
    let path = show.config.scanner.as_ref()?;
    Some(scanner::start(show.dir.join(path), RETRY, move |said| {
        // Waits where the loop is far behind: no scan is dropped.
        let _ = sender.blocking_send(match said {
            Said::Scan(payload) => FromEdge::Scan(payload),
            Said::Away(sentence) => FromEdge::Remark(sentence),
            Said::Back => FromEdge::Remark("the scanner is there again".into()),
        });
    }))
}

/// The way to the show's webhook, where it has one.
pub fn webhook(show: &Show, sender: Sender<FromEdge>) -> Option<Webhook> {
    let address = show.config.alerts.webhook.clone()?;
    Some(Webhook::start(address, Pace::default(), move |outcome| {
        let _ = sender.blocking_send(FromEdge::Posted(outcome));
    }))
}

/// The way to the show's language model, where it has one. The key is read from the environment, never from a file.
pub fn polish(show: &Show, sender: Sender<FromEdge>) -> Option<Polish> {
    let config = show.config.polish.as_ref()?;
    let key = config.key_env.as_ref().and_then(std::env::var_os);
    let address = Address {
        url: config.url.clone(),
        model: config.model.clone(),
        key: key.map(|key| key.to_string_lossy().trim().to_owned()),
        patience: Duration::from_secs(u64::from(config.timeout_s)),
        pause: Duration::from_millis(500),
    };
    Some(Polish::start(address, move |number, result| {
        let result = result.map(|mail| Wording {
            subject: mail.subject,
            lines: mail.lines,
        });
        let _ = sender.blocking_send(FromEdge::Polished(number, result));
    }))
}
