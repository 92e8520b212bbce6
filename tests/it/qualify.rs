//! What was said: the floor the trained layer must not fall through, and talks nobody would write.

use std::path::Path;

use boothside::domain::{Day, Heat, Playbook, Role, SignalKind, Stamp};
use boothside::qualify::learn::{Labelled, score};
use boothside::qualify::{Qualifier, Reading, Said, jsonl};
use proptest::prelude::*;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/dialogues");

fn playbook(name: &str) -> Playbook {
    toml::from_str(&std::fs::read_to_string(Path::new(DATA).join(name)).unwrap()).unwrap()
}

pub fn qualifier(name: &str) -> Qualifier {
    Qualifier::new(&playbook(name), Day::new(2026, 11, 22).unwrap())
}

pub fn talks(name: &str) -> Vec<Labelled> {
    let text = std::fs::read_to_string(Path::new(DATA).join(name)).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn read(qualifier: &Qualifier, talk: &Labelled) -> Reading {
    let texts = talk.utterances.iter().map(|line| line.text.as_str());
    qualifier.read_all(&jsonl::said(texts))
}

/// Breaking a layer costs more than this; what is won is told by `make score`.
#[test]
fn unseen_conversations_are_read_well_enough() {
    let qualifier = qualifier("playbook.toml");
    let talks = talks("dev.jsonl");
    let readings: Vec<Reading> = talks.iter().map(|talk| read(&qualifier, talk)).collect();
    let mut all = score::Count::default();
    for (talk, reading) in talks.iter().zip(&readings) {
        all.add(score::signals(&talk.gold, reading));
    }
    assert!(all.f1() > 0.78, "{} {all:?}", all.f1());
    let share = |right: &dyn Fn(&Labelled, &Reading) -> bool| {
        let hits = talks
            .iter()
            .zip(&readings)
            .filter(|one| right(one.0, one.1));
        hits.count() as f32 / talks.len() as f32
    };
    let account = share(&|talk, reading| {
        talk.gold.account.as_ref() == reading.account.as_ref().map(|account| &account.name)
    });
    let opt_in = share(&|talk, reading| talk.gold.opt_in == reading.opt_in);
    let rating = share(&|talk, reading| {
        let rating = match reading.rating {
            Some(Heat::Hot) => "hot",
            Some(Heat::Warm) => "warm",
            Some(Heat::Cold) => "cold",
            Some(Heat::Swag) | None => "none",
        };
        talk.gold.rating == rating
    });
    assert!(account > 0.9, "account {account}");
    assert!(opt_in > 0.85, "opt_in {opt_in}");
    assert!(rating > 0.75, "rating {rating}");
}

/// The account of a talk.
fn account_of(texts: &[&str]) -> Option<String> {
    let reading = qualifier("playbook.toml").read(&jsonl::said(texts.iter().copied()));
    reading.account.map(|account| account.name)
}

#[test]
fn a_rep_who_reads_the_company_off_the_badge_names_the_visitors_account() {
    let told = [
        "We send nine vans out every morning and nobody knows where they are.",
        "And what do you use today?",
        "A whiteboard in the dispatch office.",
        "How long does the planning take you?",
        "Three hours, and by noon it is all wrong.",
    ];
    let greeted = [
        &["Thornfield Power, hello, come in out of the crowd."],
        &told[..],
    ]
    .concat();
    assert_eq!(account_of(&greeted).as_deref(), Some("Thornfield Power"));
    let reference = "We did the same for Thornfield Power, and their planners go home at four. Shall I show you how?";
    let referred = [
        &told[..],
        &[reference, "Show me, but quickly, my train goes at five."],
    ]
    .concat();
    assert_eq!(account_of(&referred), None, "a reference is no visitor");
}

#[test]
fn a_paper_asked_for_is_no_consent_and_an_address_given_for_it_is() {
    for (said, consent) in [
        ("Please send me the price list.", None),
        ("Okay, send us a quote for nine vans.", None),
        (
            "Yes, please send me the price list. Let's talk again in spring.",
            None,
        ),
        (
            "Please send the price list to kim@blueharbor.com.",
            Some(true),
        ),
        (
            "Just send me the brochure, but please don't contact me, no emails.",
            Some(false),
        ),
        (
            "Please send the price list to kim at blueharbor dot com.",
            Some(true),
        ),
        (
            "You can send me the price list, my mail is on the badge.",
            Some(true),
        ),
    ] {
        let talk = ["Anything I can do for you?", said];
        let reading = qualifier("playbook.toml").read(&jsonl::said(talk.into_iter()));
        assert_eq!(reading.opt_in, consent, "{said}");
    }
}

#[test]
fn one_short_word_is_no_account_by_its_sound() {
    let thanks = [
        "Voila, the sheet you wanted.",
        "Parfait, merci Mathieu. We run nine vans out of Lyon.",
    ];
    assert_eq!(account_of(&thanks), None);
    let named = [
        "Who are you with?",
        "Mercy Hollow, the hospital. We run nine vans.",
    ];
    assert_eq!(
        account_of(&named).as_deref(),
        Some("Mercy Hollow Health System")
    );
    let misheard = ["Who are you with?", "With Castelan. We run nine vans."];
    assert_eq!(account_of(&misheard).as_deref(), Some("Castellan Parcel"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_is_read(texts in proptest::collection::vec("\\PC{0,80}", 0..12)) {
        let qualifier = qualifier("playbook.toml");
        let said = jsonl::said(texts.iter().map(String::as_str));
        let reading = qualifier.read(&said);
        for signal in &reading.signals {
            let text = said[signal.utterance.wall_ms as usize].text;
            prop_assert_eq!(&text[signal.span.0..signal.span.1], signal.quote.as_str());
        }
        prop_assert_eq!(&qualifier.read(&said), &reading);
    }
}

/// A talk grows by one utterance at a time, and what earlier readings kept must not show in later ones.
#[test]
fn a_growing_talk_is_read_as_if_it_were_read_afresh() {
    let growing = qualifier("playbook.toml");
    let mut talks = talks("dev.jsonl").into_iter().take(6).collect::<Vec<_>>();
    // The same words in another order: neighbours count.
    let mut turned = talks[0].clone();
    turned.utterances.reverse();
    talks.push(turned);
    for talk in &talks {
        let said = jsonl::said(talk.utterances.iter().map(|line| line.text.as_str()));
        let mut last = Reading::default();
        for end in 1..=said.len() {
            last = growing.read_all(&said[..end]);
        }
        assert_eq!(
            last,
            qualifier("playbook.toml").read_all(&said),
            "{}",
            talk.id
        );
    }
}

/// Long enough a talk that kept answers are forgotten in between.
#[test]
fn a_talk_of_four_hours_is_read_to_its_end() {
    let qualifier = qualifier("playbook.toml");
    let talks = talks("dev.jsonl");
    let texts = talks.iter().flat_map(|talk| &talk.utterances);
    let texts: Vec<&str> = texts.map(|line| line.text.as_str()).collect();
    let hours: Vec<&str> = texts.iter().copied().cycle().take(1_500).collect();
    let said = jsonl::said(hours.into_iter());
    let reading = qualifier.read_all(&said);
    let last = reading
        .signals
        .iter()
        .map(|one| one.utterance.wall_ms)
        .max();
    assert!(last > Some(1_400), "{last:?}");
    assert!(reading.rating_known);
    assert_eq!(qualifier.read_all(&said), reading);
}

#[test]
fn talks_that_say_too_little_say_nothing_of_a_buyer() {
    let qualifier = qualifier("playbook.toml");
    let ten_thousand = "word ".repeat(2_000);
    for texts in [
        vec![],
        vec![""],
        vec!["Yes."],
        vec!["\u{1f600} \u{1f44d}"],
        vec![ten_thousand.as_str()],
    ] {
        let reading = qualifier.read(&jsonl::said(texts.iter().copied()));
        assert_eq!(
            (reading.signals, reading.rating),
            (vec![], None),
            "{texts:?}"
        );
        assert!(!reading.rating_known);
        assert!(!reading.why.is_empty());
    }
}

#[test]
fn a_signal_behind_ten_thousand_letters_is_found() {
    let long = format!(
        "{} We have a budget of forty thousand dollars.",
        "So we went on and on about the weather. ".repeat(250)
    );
    let reading = qualifier("train/plain.toml").read(&jsonl::said([long.as_str()].into_iter()));
    let budget = reading.signals.iter().find(|one| one.value == "40000 USD");
    let quote = budget.map(|one| one.quote.as_str());
    assert_eq!(quote, Some("We have a budget of forty thousand dollars."));
}

#[test]
fn without_products_in_the_playbook_none_is_made_up() {
    let playbook = Playbook {
        products: Vec::new(),
        ..playbook("playbook.toml")
    };
    let qualifier = Qualifier::new(&playbook, Day::new(2026, 11, 22).unwrap());
    for talk in talks("dev.jsonl") {
        let reading = read(&qualifier, &talk);
        let named = reading
            .signals
            .iter()
            .filter(|one| one.kind == SignalKind::ProductInterest && !one.value.is_empty());
        assert_eq!(named.count(), 0, "{}", talk.id);
    }
}

#[test]
fn long_and_strange_talks_are_read() {
    let qualifier = qualifier("playbook.toml");
    let long = "we lose two hours a day at the gate and nobody knows why ".repeat(180);
    let faces = "\u{1f600}\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} ".repeat(500);
    for texts in [
        vec![],
        vec![""],
        vec!["Hi"],
        vec![long.as_str(); 3],
        vec![faces.as_str(), "?", "...", "\u{0}"],
        vec!["Is there money for it?"; 200],
    ] {
        let reading = qualifier.read(&jsonl::said(texts.iter().copied()));
        assert!(reading.signals.len() <= texts.len() * 3);
    }
    let empty = Qualifier::new(&Playbook::default(), Day::new(2026, 11, 22).unwrap());
    let reading = empty.read(&[Said {
        id: Stamp::default(),
        text: "We have fifty thousand for the yard.",
        role: Role::Table,
    }]);
    assert_eq!(reading.account, None);
}

/// What the visitor said last, as kind and value; texts are a talk, the rep's lines and the visitor's in turn.
fn last(texts: &[&str]) -> Vec<(String, String)> {
    let reading = qualifier("train/plain.toml").read(&jsonl::said(texts.iter().copied()));
    let at = texts.len() as u64 - 1;
    let last = reading
        .signals
        .iter()
        .filter(|one| one.utterance.wall_ms == at);
    last.map(|one| (one.kind.name().to_owned(), one.value.clone()))
        .collect()
}

#[test]
fn plain_sentences_are_understood_and_questions_of_the_rep_are_not_taken_for_answers() {
    for (texts, kind, value) in [
        (
            &["We have a budget of forty thousand dollars."][..],
            "budget",
            "40000 USD",
        ),
        (&["The budget is approved."], "budget", "allocated"),
        (
            &["The decision is mine, nobody else is asked."],
            "authority",
            "decision_maker",
        ),
        (&["My boss has to approve it."], "authority", "influencer"),
        (
            &["That is not my decision, my boss decides."],
            "authority",
            "none",
        ),
        (&["That is too expensive for us."], "objection", "price"),
        (
            &["Maybe, but I am worried about security."],
            "objection",
            "security",
        ),
        (
            &["We can't afford that, it is too much for us."],
            "objection",
            "price",
        ),
        (
            &[
                "Who decides on this with you?",
                "I recommend one and the board has to approve it.",
            ],
            "authority",
            "influencer",
        ),
        (
            &[
                "How long are you bound?",
                "We signed in August. Three years, fixed.",
            ],
            "timeline",
            "2029-08",
        ),
        (&["We want to start in March."], "timeline", "2027-03"),
        (
            &["We lose half of our visitors after every event."],
            "need",
            "",
        ),
        (
            &["We have a budget of fifty thousand, no sorry, sixty thousand dollars."],
            "budget",
            "60000 USD",
        ),
        (
            &["When would you need it?", "January. No, sorry, February."],
            "timeline",
            "2027-02",
        ),
        (
            &[
                "When would you need it?",
                "January. No, sorry, in January we move. February.",
            ],
            "timeline",
            "2027-02",
        ),
        (
            &[
                "By when do you need it?",
                "Not this summer, this summer is too late. We want it in April.",
            ],
            "timeline",
            "2027-04",
        ),
        (
            &[
                "When would you need it?",
                "They come back in March. But I want them trained before, so February.",
            ],
            "timeline",
            "2027-02",
        ),
        (
            &[
                "When would you need it?",
                "As soon as you can, because in December it all comes in.",
            ],
            "timeline",
            "asap",
        ),
        (
            &[
                "We have a budget. Under fifty thousand I sign, and we have forty thousand dollars for it.",
            ],
            "budget",
            "40000 USD",
        ),
        (
            &[
                "We have a budget of four thousand dollars a month. No, wait, three thousand five hundred.",
            ],
            "budget",
            "3500 USD per month",
        ),
        (
            &[
                "Is there money for it?",
                "We have set aside two hundred dollars. A month.",
            ],
            "budget",
            "200 USD per month",
        ),
        (
            &[
                "Is there money for it?",
                "We had a hundred and ten thousand dollars for it. Twenty-five of that went on radios, so we have eighty-five left for this.",
            ],
            "budget",
            "85000 USD",
        ),
        (
            &[
                "Is there money for it?",
                "The board has approved seventy thousand euros. No, wait, seventy was without the scanners. Ninety thousand, with them.",
            ],
            "budget",
            "90000 EUR",
        ),
        (
            &[
                "Is there money for it?",
                "We have set aside fifty thousand for it.",
            ],
            "budget",
            "50000",
        ),
        (
            &[
                "Is there money for it?",
                "Our budget is approved in the plan of twenty-seven.",
            ],
            "budget",
            "allocated",
        ),
    ] {
        let found = last(texts);
        let hit = found
            .iter()
            .any(|(k, v)| k == kind && (value.is_empty() || v == value));
        assert!(hit, "{texts:?} gave {found:?}");
    }
    for texts in [
        &[
            "Hello, welcome.",
            "Does the scanner cover all of your shows?",
        ][..],
        &["Suppose we have a budget of forty thousand dollars, what then?"],
        &["Our scanner starts at four hundred dollars a month."],
        &["Routavia was too expensive for us."],
    ] {
        let found = last(texts);
        assert_eq!(found, [], "{texts:?}");
    }
}

#[test]
fn what_counts_for_a_visitor_is_no_pushback() {
    let pushed = |texts: &[&str]| last(texts).iter().any(|one| one.0 == "objection");
    for text in [
        "Security is very important for us.",
        "For us the security is important, the cloud and all that.",
        "Support is essential, and the integration with SAP is important.",
    ] {
        assert!(!pushed(&["What matters to you?", text]), "{text}");
    }
    for text in [
        "Security is important for us, but I'm worried that you are in the cloud.",
        "Security is important. My worry is that the data is in the cloud.",
    ] {
        assert!(pushed(&["What matters to you?", text]), "{text}");
    }
}

#[test]
fn another_language_is_said_to_be_one() {
    let german = [
        "Guten Tag, wir suchen ein System f\u{fc}r unsere Messen im n\u{e4}chsten Jahr.",
        "Unser Budget liegt bei vierzigtausend Euro und ich entscheide das selbst.",
    ];
    let reading = qualifier("playbook.toml").read(&jsonl::said(german.into_iter()));
    assert_eq!(
        (reading.signals.len(), reading.why.as_str()),
        (0, "another language")
    );
}
