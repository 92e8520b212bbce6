//! From an e-mail address or a web address to the domain that a company owns.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Second-level labels under which countries register companies (`co.uk`, `com.au`, `or.jp`, `gob.mx`).
const SECOND_LEVEL: &str = "\
    ac ad co com edu gob gov go gouv gv govt id ind info lg ltd me mil ne net nhs nom or org plc police re \
    res sch asn firm gen school k12 in web cn biz pe ed";

/// Mailboxes for everybody, and those that providers give to their customers. Full domains.
const FREE: &str = "\
    gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.es outlook.it outlook.jp live.com \
    live.de live.nl live.fr live.it live.se live.dk live.no live.at live.be live.ca msn.com passport.com \
    ymail.com rocketmail.com myyahoo.com icloud.com me.com mac.com proton.me protonmail.com protonmail.ch \
    pm.me web.de email.de t-online.de freenet.de arcor.de online.de 1und1.de posteo.de posteo.net mailbox.org \
    mail.de vodafone.de vodafone.it vodafone.es vodafonemail.de o2online.de o2mail.de kabelmail.de \
    unitybox.de magenta.de telekom.net mail.ru bk.ru inbox.ru list.ru rambler.ru ya.ru yandex.ru yandex.com \
    qq.com foxmail.com 163.com 126.com yeah.net 139.com 189.cn sina.com sina.cn sohu.com aliyun.com naver.com \
    daum.net hanmail.net kakao.com nate.com rediffmail.com rediff.com orange.fr free.fr wanadoo.fr wanadoo.es \
    laposte.net sfr.fr neuf.fr bbox.fr numericable.fr cegetel.net club-internet.fr aliceadsl.fr libero.it \
    virgilio.it tiscali.it tiscali.co.uk alice.it tin.it tim.it fastwebnet.it inwind.it iol.it poste.it \
    bluewin.ch sunrise.ch hispeed.ch gmx.ch comcast.net verizon.net att.net sbcglobal.net bellsouth.net \
    pacbell.net ameritech.net swbell.net cox.net charter.net spectrum.net earthlink.net optonline.net \
    optimum.net frontier.com frontiernet.net centurylink.net centurytel.net embarqmail.com windstream.net \
    roadrunner.com rr.com juno.com netzero.net mindspring.com tmomail.net tmo.com btinternet.com \
    btopenworld.com talktalk.net sky.com virginmedia.com ntlworld.com blueyonder.co.uk plus.net o2.co.uk \
    ee.co.uk shaw.ca rogers.com telus.net bell.net sympatico.ca videotron.ca cogeco.ca eastlink.ca \
    sasktel.net mts.net nb.sympatico.ca bigpond.com bigpond.net.au optusnet.com.au iinet.net.au tpg.com.au \
    internode.on.net dodo.com.au telstra.com xtra.co.nz slingshot.co.nz uol.com.br bol.com.br terra.com.br \
    ig.com.br globo.com globomail.com oi.com.br vivo.com.br terra.com terra.es prodigy.net.mx telmex.net.mx \
    infinitummail.com movistar.es telefonica.net ono.com zoho.com zohomail.com zohomail.eu zohomail.in \
    fastmail.com fastmail.fm tutanota.com tutanota.de tuta.io tutamail.com hey.com hushmail.com mail.com \
    email.com usa.com inbox.com gmx gmx.de gmx.net gmx.at gmx.com kpnmail.nl kpnplanet.nl planet.nl ziggo.nl \
    home.nl xs4all.nl hetnet.nl chello.nl upcmail.nl casema.nl telenet.be skynet.be proximus.be scarlet.be \
    telia.com comhem.se bredband.net spray.se online.no getmail.no broadpark.no tdcadsl.dk mail.dk jubii.dk \
    stofanet.dk elisanet.fi kolumbus.fi luukku.com saunalahti.fi pp.inet.fi suomi24.fi wp.pl onet.pl o2.pl \
    interia.pl op.pl poczta.fm gazeta.pl tlen.pl vp.pl neostrada.pl seznam.cz centrum.cz email.cz volny.cz \
    azet.sk centrum.sk freemail.hu citromail.hu indamail.hu a1.net aon.at chello.at eircom.net sapo.pt \
    netcabo.pt otenet.gr abv.bg walla.com walla.co.il bezeqint.net netvision.net.il singnet.com.sg \
    starhub.net.sg pacific.net.sg netvigator.com hinet.net msa.hinet.net seed.net.tw pchome.com.tw \
    docomo.ne.jp ezweb.ne.jp softbank.ne.jp i.softbank.jp nifty.com biglobe.ne.jp so-net.ne.jp ocn.ne.jp \
    airtelmail.in airtelmail.com vsnl.com vsnl.net sancharnet.in bsnl.in indiatimes.com jio.com singtel.net \
    telkomsa.net mweb.co.za vodamail.co.za iafrica.com mailinator.com guerrillamail.com 10minutemail.com \
    yopmail.com tempmail.com duck.com skiff.com simplelogin.com";

/// Labels that are free mail under whatever ending (`yahoo.co.jp`, `hotmail.it`, `gmx.li`).
const FREE_LABELS: &[&str] = &[
    "yahoo",
    "hotmail",
    "gmx",
    "aol",
    "ymail",
    "gmail",
    "googlemail",
    "yandex",
    "protonmail",
    "outlook",
    "live",
    "msn",
    "icloud",
    "tiscali",
    "wanadoo",
];

static FREE_SET: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| FREE.split_whitespace().collect());

/// The domain somebody registered: `us.ibm.com` -> `ibm.com`, `shop.tesco.co.uk` -> `tesco.co.uk`. Lower case; none where it is no domain.
pub fn registrable(host: &str) -> Option<String> {
    let host = host.trim().trim_matches('.').to_lowercase();
    let labels: Vec<&str> = host.split('.').collect();
    let fine = |label: &&str| {
        !label.is_empty()
            && label
                .chars()
                .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    if labels.len() < 2 || !labels.iter().all(fine) {
        return None;
    }
    let ending = labels[labels.len() - 1];
    if ending.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let country = ending.len() == 2;
    let two = country
        && labels.len() > 2
        && SECOND_LEVEL
            .split(' ')
            .any(|second| second == labels[labels.len() - 2]);
    let keep = if two { 3 } else { 2 };
    Some(labels[labels.len() - keep..].join("."))
}

/// The host of an e-mail address or a web address in whatever wrapping: `mailto:`, angle brackets, `https://`, a path, a port.
pub fn host(text: &str) -> Option<String> {
    let text = text.trim();
    // `Jane Doe <jane@acme.com>, ...`: the first address counts.
    if let Some(at) = text.find('@') {
        let rest = &text[at + 1..];
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_')))
            .unwrap_or(rest.len());
        let host = rest[..end].trim_matches(['.', '-']);
        return (at > 0 && host.contains('.')).then(|| host.to_lowercase());
    }
    let text = text.trim_matches(|c: char| {
        matches!(
            c,
            '<' | '>' | '(' | ')' | '"' | '\'' | '.' | ',' | ';' | '[' | ']'
        )
    });
    let (scheme, rest) = match text.split_once("://") {
        Some((_, rest)) => (true, rest),
        None => (false, text),
    };
    let end = rest
        .find(['/', '?', '#', ':', ' ', ',', ';', '>', '"', ')'])
        .unwrap_or(rest.len());
    if !scheme && rest[end..].starts_with([' ', ',', ';']) {
        return None;
    }
    let host = rest[..end].trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    let labels: Vec<&str> = host.split('.').collect();
    let ending = labels.last()?;
    let looks = labels.len() >= 2
        && labels.iter().all(|label| {
            !label.is_empty()
                && label
                    .chars()
                    .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        })
        && ending.chars().count() >= 2
        && ending.chars().all(char::is_alphabetic);
    looks.then(|| host.to_lowercase())
}

/// Whether mail at this registrable domain is for everybody.
pub fn is_free(registrable: &str) -> bool {
    let label = registrable.split('.').next().unwrap_or_default();
    FREE_SET.contains(registrable) || FREE_LABELS.contains(&label)
}

/// Whether the host belongs to a mailbox provider, also where the provider's domain has hosts of its own (`msa.hinet.net`).
pub fn is_free_host(host: &str) -> bool {
    FREE_SET.contains(host) || registrable(host).is_none_or(|domain| is_free(&domain))
}
