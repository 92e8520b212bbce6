//! Follow-ups: what is told and what never is, whom nobody may write to, and what lies in the night's folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use boothside::domain::{
    Assignment, CardId, Consent, Day, Fact, FollowUp, Heat, Import, Language, Letter, Polarity,
    Receipt, Signal, SignalKind, Source, Tone,
};
use boothside::follow_up::{
    Brand, Crowd, Draft, Ground, Templates, VARIABLES, Withheld, bundled, check, desk, draft,
};
use boothside::handoff::{
    Exported, NightShow, eml, leads, mailto, write_night, write_night_since_last,
};
use boothside::theme::Depth;
use proptest::prelude::*;

use crate::night::{Day1, now, person, playbook, show};
use crate::night_packets::odd;
use crate::screen::{look, picture};
use crate::stories::Story;

const DANA: &str = "dana.cole@brackwater.example";

pub fn brand() -> Brand {
    Brand {
        sender: "Standlight\n1 Fair Way, Chicago".into(),
        privacy_url: "https://standlight.example/privacy".into(),
        ..show(&playbook(), &[]).brand
    }
}

/// A talk with a promise, a need, an owner, and everything that must not be told.
pub(crate) fn talk() -> (Day1, CardId) {
    talk_with("")
}

/// The same with a visitor from a country.
pub(crate) fn talk_with(country: &str) -> (Day1, CardId) {
    let mut day = Day1::new();
    let card = day.open();
    let mut dana = person("Dana Cole", "Brackwater Freight", DANA, "");
    dana.country = country.into();
    day.seat(card, dana);
    let need = "we lose two hours a day at the gate";
    day.say(card, need, Some((SignalKind::Need, need, "gate queue")));
    let budget = "one hundred eighty thousand dollars";
    day.say(
        card,
        budget,
        Some((SignalKind::Budget, budget, "180000 USD")),
    );
    day.note(card, "talks too much, smells of onions");
    day.fact(Fact::Rated {
        card,
        heat: Some(Heat::Hot),
    });
    day.fact(Fact::Tagged {
        card,
        tag: "vip".into(),
    });
    day.fact(Fact::OwnerAssigned {
        card,
        owner: Assignment {
            owner: "Julian Sands".into(),
            rule: "Central".into(),
        },
    });
    day.fact(Fact::NextStepSet {
        card,
        text: "send the trial contract".into(),
        due: Day::new(2026, 12, 4),
    });
    day.fact(Fact::ConsentNoted {
        card,
        consent: Consent::Yes,
        why: "by hand".into(),
    });
    (day, card)
}

pub(crate) fn made(day: &Day1, card: CardId, brand: &Brand) -> Result<Draft, Withheld> {
    let board = day.board();
    let met = Day::new(2026, 11, 22).unwrap();
    draft(
        board,
        &Crowd::of(board),
        board.card(card).unwrap(),
        (brand, met),
    )
}

fn text(draft: &Draft) -> String {
    let lines: Vec<&str> = draft.lines.iter().map(|line| line.text.as_str()).collect();
    format!(
        "{}\n{}\n{}",
        draft.subject.text,
        lines.join("\n"),
        draft.footer
    )
}

#[test]
fn a_draft_tells_what_was_said_and_promised_each_with_its_quote() {
    let (day, card) = talk();
    let draft = made(&day, card, &brand()).unwrap();
    insta::assert_snapshot!("draft-en", text(&draft));
    let line = |words: &str| {
        let found = draft.lines.iter().find(|line| line.text.contains(words));
        found.unwrap_or_else(|| panic!("{words}"))
    };
    let [
        Ground::Said {
            kind: SignalKind::Need,
            quote,
            ..
        },
    ] = &line("two hours").grounds[..]
    else {
        panic!("{:?}", line("two hours"));
    };
    assert_eq!(quote, "we lose two hours a day at the gate");
    assert_eq!(
        line("trial contract").grounds,
        [Ground::Noted("noted by hand".into())]
    );
    assert_eq!(
        line("looks after it").grounds,
        [Ground::Noted("Central".into())]
    );
}

#[test]
fn their_words_prove_the_promise_they_gave_and_no_other() {
    let (mut day, card) = talk();
    let said = "let us talk on Tuesday at ten";
    day.say(
        card,
        said,
        Some((SignalKind::NextStep, said, "call on Tuesday")),
    );
    let grounds = |day: &Day1| {
        let draft = made(day, card, &brand()).unwrap();
        let line = draft.lines.iter().find(|line| line.text.contains("agreed"));
        line.unwrap().grounds.len()
    };
    assert_eq!(grounds(&day), 1, "what somebody noted is something else");
    day.fact(Fact::NextStepSet {
        card,
        text: "call on Tuesday".into(),
        due: None,
    });
    assert_eq!(grounds(&day), 2);
    day.fact(Fact::NextStepSet {
        card,
        text: String::new(),
        due: None,
    });
    assert_eq!(grounds(&day), 1, "agreed on in the talk, noted by nobody");
    let no = "no, leave it";
    day.say(card, no, Some((SignalKind::NextStep, no, "declined")));
    let draft = made(&day, card, &brand()).unwrap();
    assert!(
        !draft.lines.iter().any(|line| line.text.contains("agreed")),
        "what was declined at last is promised no more"
    );
}

#[test]
fn a_german_visitor_is_written_to_in_german_and_the_brand_has_its_tone() {
    let (day, card) = talk_with("DE");
    let mut german = brand();
    german.voice = FollowUp {
        signature: "Standlight GmbH".into(),
        ..FollowUp::default()
    };
    let draft = made(&day, card, &german).unwrap();
    assert_eq!(draft.language, Language::De);
    insta::assert_snapshot!("draft-de", text(&draft));
    german.voice = FollowUp {
        language: Some(Language::En),
        tone: Tone::Friendly,
        ..FollowUp::default()
    };
    let draft = made(&day, card, &german).unwrap();
    assert!(text(&draft).contains("Hi Dana Cole,\n"), "{}", text(&draft));
    assert!(
        text(&draft).contains("Best wishes\nJulian Sands\n"),
        "{}",
        text(&draft)
    );
}

#[test]
fn what_must_not_be_told_is_not() {
    let (mut day, card) = talk();
    let other = day.open();
    day.seat(
        other,
        person("Peter Price", "Cedar Hill", "peter@cedar.example", ""),
    );
    day.seat(
        card,
        person(
            "Ruth Boyle",
            "Brackwater Freight",
            "ruth@brackwater.example",
            "",
        ),
    );
    let mut say = |text: &str, kind, value: &str| day.say(card, text, Some((kind, text, value)));
    say(
        "as Peter Price told me, by March",
        SignalKind::Timeline,
        "2027-03",
    );
    say(
        "ruth does it all in Excel",
        SignalKind::CurrentSolution,
        "Excel",
    );
    let brand = brand();
    let draft = made(&day, card, &brand).unwrap();
    let told = text(&draft).to_lowercase();
    for secret in [
        "onions", "hot", "vip", "180000", "eighty", "peter", "march", "ruth", "excel", "central",
    ] {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
    assert!(told.contains("two hours a day"), "{told}");
    // The same words without the names, and a price that is nobody.
    let mut say = |text: &str, kind, value: &str| day.say(card, text, Some((kind, text, value)));
    say("at that price by March", SignalKind::Timeline, "2027-03");
    let draft = made(&day, card, &brand).unwrap();
    assert!(
        text(&draft).contains("at that price by March"),
        "{}",
        text(&draft)
    );
}

/// Adds a signal to the talk's first words.
fn spot(day: &mut Day1, card: CardId, change: impl FnOnce(&mut Signal)) {
    let first = day.board().card(card).unwrap().signals[0].clone();
    let mut signal = Signal {
        kind: SignalKind::CurrentSolution,
        quote: "lose two hours".into(),
        value: "a clipboard".into(),
        ..first
    };
    change(&mut signal);
    day.fact(Fact::SignalSpotted { card, signal });
}

#[test]
fn no_guess_is_told() {
    let cases: [(&str, fn(&mut Signal)); 4] = [
        ("unsure", |signal| signal.confidence = 0.55),
        ("against", |signal| signal.polarity = Polarity::Negative),
        ("none", |signal| signal.value = "none".into()),
        ("no quote", |signal| signal.quote = " ".into()),
    ];
    let brand = brand();
    for (what, change) in cases {
        let (mut day, card) = talk();
        spot(&mut day, card, change);
        let draft = made(&day, card, &brand).unwrap();
        assert!(
            !text(&draft).contains("use today"),
            "{what}: {}",
            text(&draft)
        );
    }
    let (mut day, card) = talk();
    spot(&mut day, card, |_| {});
    let draft = made(&day, card, &brand).unwrap();
    assert!(
        text(&draft).contains("\"lose two hours\""),
        "{}",
        text(&draft)
    );
    // A name and an address that were only heard are guesses.
    let mut day = Day1::new();
    let card = day.open();
    let mut heard = person("Dana Coal", "", DANA, "");
    heard.source = Source::Voice;
    day.seat(card, heard);
    day.fact(Fact::ConsentNoted {
        card,
        consent: Consent::Yes,
        why: "by hand".into(),
    });
    assert_eq!(made(&day, card, &brand), Err(Withheld::NoAddress));
}

#[test]
fn nobody_gets_a_draft_who_should_not() {
    let mut day = odd();
    let card = day.board().cards().next().expect("a card").id;
    let mut brand = brand();
    let held = |day: &Day1, brand: &Brand| made(day, card, brand).err();
    assert_eq!(held(&day, &brand), None, "a promise is answered");
    brand.sender = " ".into();
    assert_eq!(held(&day, &brand), Some(Withheld::NoSender));
    brand.sender = "Standlight, 1 Fair Way, Chicago".into();
    day.fact(Fact::NextStepSet {
        card,
        text: String::new(),
        due: None,
    });
    assert_eq!(held(&day, &brand), Some(Withheld::NotAsked));
    for (consent, want) in [
        (Consent::Yes, None),
        (Consent::No, Some(Withheld::OptedOut)),
    ] {
        day.fact(Fact::ConsentNoted {
            card,
            consent,
            why: "by hand".into(),
        });
        assert_eq!(held(&day, &brand), want);
    }
    day.fact(Fact::ConsentNoted {
        card,
        consent: Consent::Yes,
        why: "by hand".into(),
    });
    let other = day.open();
    day.seat(other, person("Z. Müller", "", "ZOE@bücher.example", ""));
    day.fact(Fact::ConsentNoted {
        card: other,
        consent: Consent::No,
        why: "by hand".into(),
    });
    assert_eq!(held(&day, &brand), Some(Withheld::OptedOutElsewhere));
}

pub fn approve(day: &mut Day1, card: CardId, brand: &Brand) -> Letter {
    let draft = made(day, card, brand).unwrap();
    let letter = desk(day.board().card(card).unwrap(), &draft).whole(&draft);
    day.fact(Fact::DraftApproved {
        card,
        person: letter.person,
        to: letter.to.clone(),
        subject: letter.subject.clone(),
        body: letter.body.clone(),
        grounds: letter.grounds.clone(),
    });
    letter
}

pub(crate) fn is_mail(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|end| end == "eml")
}

/// A night's folder as names and texts below `drafts/`, and its runsheet.
pub(crate) fn night(
    day: &Day1,
    place: &Path,
    since_last: bool,
) -> (BTreeMap<String, String>, String) {
    let playbook = playbook();
    let mut show: NightShow<'_> = show(&playbook, &[]);
    show.brand = brand();
    let write = if since_last {
        write_night_since_last
    } else {
        write_night
    };
    let done: Exported = write(place, &show, day.board(), &now()).expect("written");
    let read = |name: &str| fs::read_to_string(done.path.join(name)).expect("a text");
    let drafts = done
        .files
        .iter()
        .filter_map(|file| {
            Some((
                file.name.strip_prefix("drafts/")?.to_owned(),
                read(&file.name),
            ))
        })
        .collect();
    (drafts, read("RUNSHEET.md"))
}

#[test]
fn only_what_was_approved_and_is_free_can_be_sent() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut day, card) = talk();
    let lead = leads::rows(day.board(), &show(&playbook(), &[])).remove(0);
    let code = lead.short_code.as_str();
    let unsendable = |day: &Day1, words: &str| {
        let (drafts, runsheet) = night(day, home.path(), false);
        assert!(!drafts.keys().any(|name| is_mail(name)), "{drafts:?}");
        assert!(
            !drafts.values().any(|text| text.contains(DANA)),
            "{drafts:?}"
        );
        assert!(
            runsheet.contains(words) && runsheet.contains(code),
            "{words}: {runsheet}"
        );
        drafts
    };
    let drafts = unsendable(&day, "Not approved yet");
    let proposal = &drafts[&format!("not-approved/{code}.txt")];
    assert!(proposal.starts_with("NOT APPROVED"), "{proposal}");
    assert!(
        proposal.contains("<- 2026-11-22 12:30 \"we lose two hours"),
        "{proposal}"
    );
    let letter = approve(&mut day, card, &brand());
    assert!(unsendable(&day, "until the import is confirmed").is_empty());
    let receipt = |import| Fact::ImportReturned {
        card,
        receipt: Receipt {
            external_id: lead.external_id.clone(),
            import,
            record: String::new(),
            reason: String::new(),
        },
    };
    day.fact(receipt(Import::Failed));
    unsendable(&day, "until the import is confirmed");
    day.fact(receipt(Import::Created));
    let (drafts, runsheet) = night(&day, home.path(), false);
    let names: Vec<&str> = drafts.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            format!("{code}.eml"),
            format!("{code}.ics"),
            format!("{code}.txt")
        ]
    );
    assert_eq!(
        drafts[&format!("{code}.eml")],
        eml(&letter.to, &letter.subject, &letter.body)
    );
    assert!(drafts[&format!("{code}.ics")].contains("DTSTART;VALUE=DATE:20261204"));
    assert!(
        runsheet.contains("1 approved and free to be sent"),
        "{runsheet}"
    );
    // What changed since goes out once; the receipt set it free, and that is no change of the lead.
    day.fact(Fact::DraftHeld { card });
    unsendable(&day, "Held back by hand");
    day.fact(Fact::DraftReleased { card });
    assert_eq!(night(&day, home.path(), false).0.len(), 3);
    assert_eq!(
        night(&day, home.path(), true).0.len(),
        0,
        "it went out before"
    );
    day.fact(Fact::NextStepSet {
        card,
        text: "call".into(),
        due: None,
    });
    unsendable(&day, "the card changed since");
    approve(&mut day, card, &brand());
    assert_eq!(
        night(&day, home.path(), true).0.len(),
        2,
        "the new text goes out"
    );
}

#[test]
fn what_an_importer_sets_free_goes_out_with_the_changes_too() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut day, card) = talk();
    approve(&mut day, card, &brand());
    assert!(night(&day, home.path(), false).0.is_empty());
    let lead = leads::rows(day.board(), &show(&playbook(), &[])).remove(0);
    day.fact(Fact::ImportReturned {
        card,
        receipt: Receipt {
            external_id: lead.external_id,
            import: Import::Created,
            record: String::new(),
            reason: String::new(),
        },
    });
    assert_eq!(night(&day, home.path(), true).0.len(), 3);
}

/// Python's own mail parser, which shares nothing with us.
const READER: &str = "
import email, email.policy, json, sys
mail = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
print(json.dumps({'headers': mail.items(), 'body': mail.get_content(), 'defects': len(mail.defects)}))
";

#[test]
fn drafts_are_mails_that_a_mail_program_reads() {
    let home = tempfile::tempdir().expect("a folder");
    let mut day = odd();
    let card = day.board().cards().next().expect("a card").id;
    approve(&mut day, card, &brand());
    day.fact(Fact::DraftReleased { card });
    let (drafts, _) = night(&day, home.path(), false);
    let (_, text) = drafts
        .iter()
        .find(|(name, _)| is_mail(name))
        .expect("a draft");
    let headers = text.split("\r\n\r\n").next().expect("headers");
    assert!(text.lines().all(|line| line.len() <= 78), "short lines");
    assert!(
        !headers.contains("\r\nBcc"),
        "a line break in a promise made a header: {headers}"
    );
    let path = home.path().join("draft.eml");
    fs::write(&path, text).expect("written");
    let read = Command::new("python3")
        .args(["-c", READER])
        .arg(&path)
        .output();
    let Some(read) = read.ok().filter(|read| read.status.success()) else {
        eprintln!("skipped: python3 is not installed");
        return;
    };
    let mail: serde_json::Value = serde_json::from_slice(&read.stdout).expect("JSON");
    assert_eq!(mail["defects"], 0);
    let header = |name: &str| {
        let all = mail["headers"].as_array().expect("headers");
        let found = all.iter().find(|pair| pair[0] == name);
        found
            .and_then(|pair| pair[1].as_str())
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(header("X-Unsent"), "1");
    assert_eq!(header("To"), "zoe@bücher.example");
    let subject = header("Subject");
    assert!(
        subject.contains("größere Preise, größere Preise"),
        "{subject}"
    );
    assert_eq!(header("Bcc"), "");
    let body = mail["body"].as_str().expect("a body");
    for words in [
        "Hello Dr. Zoë",
        "1 Fair Way, Chicago",
        "answer STOP",
        "by 31 December 2026",
    ] {
        assert!(body.contains(words), "{words} in {body}");
    }
}

#[test]
fn a_link_holds_the_whole_mail_or_none_of_it() {
    let link = mailto("a b@x.example", "Fünf & mehr?", "One\nTwo");
    assert_eq!(
        link,
        "mailto:ab@x.example?subject=F%C3%BCnf%20%26%20mehr%3F&body=One%0D%0ATwo"
    );
    let long = mailto("a@x.example", "Five", &"ö".repeat(400));
    assert_eq!(long, "mailto:a@x.example?subject=Five");
}

#[test]
fn an_approval_holds_until_the_card_says_something_else() {
    let (mut day, card) = talk();
    let brand = brand();
    approve(&mut day, card, &brand);
    let standing = |day: &Day1| {
        let draft = made(day, card, &brand).unwrap();
        desk(day.board().card(card).unwrap(), &draft)
            .standing
            .words()
    };
    assert_eq!(standing(&day), "approved, waits for the import");
    // What no draft tells changes nothing.
    day.fact(Fact::Rated {
        card,
        heat: Some(Heat::Warm),
    });
    day.note(card, "one more note");
    assert_eq!(standing(&day), "approved, waits for the import");
    spot(&mut day, card, |_| {});
    assert_eq!(standing(&day), "changed since approved");
}

#[test]
fn bundled_templates_are_sound_and_use_every_fact_they_may() {
    for language in Language::ALL {
        assert_eq!(check("bundled", bundled(language)), []);
        let of = |name: &str| bundled(language).contains(name);
        for (name, _) in VARIABLES {
            let own = matches!(name, "stand" | "our_company" | "first_name" | "company");
            assert!(own || of(name), "{} does not use {name}", language.code());
        }
    }
}

#[test]
fn a_template_of_the_show_is_used_and_cannot_lose_the_lines_of_the_law() {
    let (day, card) = talk();
    let own = "Subject: {{ products }}?\nSubject: Hi {{ first_name }}\nSubject: Hi\n\nHello,\n{{ timeline }}\n\nYou said {{ need|upper }}{# no footer #}\n";
    assert_eq!(check("own", own), []);
    let mut brand = brand();
    brand.templates = Templates(BTreeMap::from([(Language::En, own.to_owned())]));
    let draft = made(&day, card, &brand).unwrap();
    assert_eq!(draft.subject.text, "Hi Dana");
    let lines: Vec<&str> = draft.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(
        lines,
        ["Hello,", "", "You said WE LOSE TWO HOURS A DAY AT THE GATE"]
    );
    assert_eq!(draft.lines[2].grounds.len(), 1);
    assert!(draft.footer.contains("STOP") && draft.footer.contains("1 Fair Way"));
}

proptest! {
    #[test]
    fn any_template_is_told_or_filled(source in "(Subject: |\\{\\{|\\}\\}|\\{%|%\\}| if | endif |need|show|\n|[a-z|().]){0,40}") {
        let _ = check("any", &source);
    }

    #[test]
    fn words_of_people_are_never_taken_for_a_template(words in "\\PC{1,60}") {
        let (mut day, card) = talk();
        let step = format!("{words} {{{{ owner }}}} {{% if x %}}");
        day.fact(Fact::NextStepSet { card, text: step, due: None });
        let draft = made(&day, card, &brand()).unwrap();
        prop_assert!(text(&draft).contains("{{ owner }} {% if x %}"), "{}", text(&draft));
    }
}

/// A talk whose follow-up is open on the board.
pub(crate) fn open_draft() -> Story {
    let mut story = Story::new("meridian");
    let lines = "scan 4117
        hear Desk: Hello, what brings you to our stand today?
        hear Desk: We lose half of our leads after every event.
        keys y o enter n
        type send the price list fri
        keys enter d
        wait 7s";
    for line in lines.lines().map(str::trim) {
        story.tell(line).unwrap();
    }
    story
}

#[test]
fn a_draft_is_read_with_its_quotes_beside_it_and_never_over_the_lanes() {
    let look = look("hall-dark", Depth::True);
    let mut story = open_draft();
    for size in [(60, 20), (100, 30), (160, 45)] {
        let name = format!("draft-board-{}x{}", size.0, size.1);
        insta::assert_snapshot!(name, picture(&story, &look, size));
    }
    for line in ["keys j j enter", "type  And thank you!", "wait 7s"] {
        story.tell(line).unwrap();
    }
    insta::assert_snapshot!("draft-edit", picture(&story, &look, (100, 30)));
    for line in [
        "keys enter A",
        "wait 7s",
        "keys n",
        "type call mon",
        "keys enter",
    ] {
        story.tell(line).unwrap();
    }
    insta::assert_snapshot!("draft-changed", picture(&story, &look, (100, 30)));
    story.tell("keys y").unwrap();
    insta::assert_snapshot!("draft-withheld", picture(&story, &look, (100, 30)));
}
