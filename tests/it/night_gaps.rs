//! The night list: what is missing, best first, and what one key accepts.

use boothside::domain::gaps::{Gap, duplicates, list};
use boothside::domain::{
    AccountMatch, Assignment, CardId, Command, Consent, Day, Fact, Heat, Import, Receipt,
    SignalKind, decide,
};

use crate::night::{Day1, booth, known, person, playbook};

fn rule(card: &boothside::domain::Card) -> Option<Assignment> {
    card.account.as_ref().map(|account| Assignment {
        owner: "Julian Sands".into(),
        rule: format!("owner of {}", account.name),
    })
}

fn open(day: &mut Day1, heat: Option<Heat>) -> CardId {
    let card = day.open();
    day.say(card, "hello there", None);
    if heat.is_some() {
        day.fact(Fact::Rated { card, heat });
    }
    card
}

/// The talk names Northwind Freight.
fn mention(day: &mut Day1, card: CardId) {
    day.fact(Fact::AccountMentioned {
        card,
        account: AccountMatch {
            key: "A-17".into(),
            name: "Northwind Freight".into(),
            why: "said in the talk".into(),
            score: 0.9,
        },
    });
}

#[test]
fn the_best_card_comes_first_and_giveaway_hunters_not_at_all() {
    let mut day = Day1::new();
    let cold = open(&mut day, Some(Heat::Cold));
    open(&mut day, Some(Heat::Swag));
    let unrated = open(&mut day, None);
    let hot = open(&mut day, Some(Heat::Hot));
    let target = open(&mut day, Some(Heat::Hot));
    day.open();
    day.fact(Fact::AccountFlagged {
        card: target,
        account: AccountMatch {
            key: "A-17".into(),
            name: "Northwind Freight".into(),
            why: "chosen by hand".into(),
            score: 1.0,
        },
    });
    let order: Vec<CardId> = list(day.board(), known(&playbook()), rule)
        .iter()
        .map(|it| it.card)
        .collect();
    assert_eq!(order, [target, hot, unrated, cold]);
    // What nobody rated yet counts as what it looks like, behind what somebody did rate so.
    day.fact(Fact::RatingProposed {
        card: unrated,
        heat: Some(Heat::Hot),
        why: "budget + authority".into(),
    });
    let order: Vec<CardId> = list(day.board(), known(&playbook()), rule)
        .iter()
        .map(|it| it.card)
        .collect();
    assert_eq!(order, [target, hot, unrated, cold]);
    let warm = open(&mut day, Some(Heat::Warm));
    let order: Vec<CardId> = list(day.board(), known(&playbook()), rule)
        .iter()
        .map(|it| it.card)
        .collect();
    assert_eq!(order, [target, hot, unrated, warm, cold]);
}

#[test]
fn proposals_carry_their_quotes_and_rules_and_fill_the_gap() {
    let mut day = Day1::new();
    let card = day.open();
    day.seat(card, person("", "", "frank.bennett@northwind.example", ""));
    day.say(
        card,
        "Yes, mail me, and let us talk on Wednesday at ten.",
        Some((
            SignalKind::NextStep,
            "let us talk on Wednesday at ten",
            "let us talk on Wednesday at ten",
        )),
    );
    day.say(
        card,
        "Sure, you can write to me.",
        Some((SignalKind::OptIn, "you can write to me", "yes")),
    );
    mention(&mut day, card);
    let rows = list(day.board(), known(&playbook()), rule);
    assert_eq!(
        rows[0].gaps,
        [
            Gap::Name,
            Gap::Company,
            Gap::Owner,
            Gap::NextStep,
            Gap::Consent
        ]
    );
    let told: Vec<(Gap, &str, &str)> = rows[0]
        .proposals
        .iter()
        .map(|it| (it.gap, it.text.as_str(), it.why.as_str()))
        .collect();
    let want = [
        (
            Gap::Name,
            "Frank Bennett",
            "the address frank.bennett@northwind.example",
        ),
        (Gap::Company, "Northwind Freight", "said in the talk"),
        (
            Gap::NextStep,
            "let us talk on Wednesday at ten (by 2026-11-25)",
            "\"let us talk on Wednesday at ten\"",
        ),
        (Gap::Consent, "may write", "\"you can write to me\""),
    ];
    assert_eq!(told, want);
    // Accept whatever is proposed until nothing is: each key fills its gap.
    let mut keys = 0;
    while let Some(proposal) = list(day.board(), known(&playbook()), rule)
        .first()
        .and_then(|it| it.proposals.first())
    {
        let command: Command = proposal.command.clone();
        for fact in decide(day.board(), command, day.stamp()).expect("nothing is refused") {
            day.fact(fact);
        }
        keys += 1;
        assert!(keys < 10, "a proposal does not fill its gap");
    }
    assert_eq!(
        keys, 5,
        "name, company, the owner that follows from it, next step, consent"
    );
    assert!(list(day.board(), known(&playbook()), rule).is_empty());
    let card = day.board().card(card).expect("the card");
    assert_eq!(card.consent.0, Consent::Yes);
    assert_eq!(
        card.next_step.as_ref().and_then(|step| step.due),
        Day::new(2026, 11, 25)
    );
}

#[test]
fn a_target_is_proposed_where_the_talk_names_the_company_they_are_from() {
    let mut day = Day1::new();
    let own = day.open();
    day.seat(own, person("Ann Hill", "northwind freight", "", ""));
    let other = day.open();
    day.seat(other, person("Ben Ford", "Cedar Hill Foods", "", ""));
    for card in [own, other] {
        mention(&mut day, card);
    }
    let rows = list(day.board(), known(&playbook()), rule);
    let lacks = |card| {
        let row = rows.iter().find(|it| it.card == card);
        row.is_some_and(|it| it.gaps.contains(&Gap::Target))
    };
    assert!(lacks(own));
    assert!(!lacks(other), "it may be a customer of theirs");
    let proposal = rows
        .iter()
        .flat_map(|it| &it.proposals)
        .find(|it| it.gap == Gap::Target)
        .expect("a proposal");
    for fact in decide(day.board(), proposal.command.clone(), day.stamp()).expect("taken") {
        day.fact(fact);
    }
    let card = day.board().card(own).expect("the card");
    let key = card.account.as_ref().map(|account| account.key.as_str());
    assert_eq!(key, Some("A-17"));
}

#[test]
fn what_nobody_rated_is_proposed_as_the_machine_sees_it() {
    let mut day = Day1::new();
    let card = open(&mut day, None);
    let rating = |day: &Day1| {
        let rows = list(day.board(), known(&playbook()), rule);
        let proposals = rows.into_iter().flat_map(|it| it.proposals);
        let mut ratings = proposals.filter(|it| it.gap == Gap::Rating);
        ratings.next()
    };
    assert_eq!(rating(&day), None, "no opinion, no question");
    day.fact(Fact::RatingProposed {
        card,
        heat: Some(Heat::Hot),
        why: "need + budget + March".into(),
    });
    let proposal = rating(&day).expect("a proposal");
    let told = (proposal.text.as_str(), proposal.why.as_str());
    assert_eq!(told, ("hot", "need + budget + March"));
    for fact in decide(day.board(), proposal.command, day.stamp()).expect("taken") {
        day.fact(fact);
    }
    assert_eq!(rating(&day), None);
    day.fact(Fact::Rated {
        card,
        heat: Some(Heat::Cold),
    });
    assert_eq!(rating(&day), None, "a person's word stands");
}

#[test]
fn what_was_declined_is_no_promise() {
    let mut day = Day1::new();
    let card = day.open();
    let step = |quote, value| Some((SignalKind::NextStep, quote, value));
    day.say(
        card,
        "Send me the quote.",
        step("Send me the quote.", "Send me the quote"),
    );
    day.say(card, "No, leave it.", step("No, leave it.", "declined"));
    let rows = list(day.board(), known(&playbook()), rule);
    assert!(rows[0].gaps.contains(&Gap::NextStep));
    let proposed = |gap| rows[0].proposals.iter().any(|it| it.gap == gap);
    assert!(!proposed(Gap::NextStep), "{:?}", rows[0].proposals);
}

#[test]
fn a_giveaway_hunter_that_an_importer_refused_is_told_of_for_that_alone() {
    let mut day = Day1::new();
    let card = open(&mut day, Some(Heat::Swag));
    let receipt = |import, reason: &str| Fact::ImportReturned {
        card,
        receipt: Receipt {
            external_id: "MTF26-1".into(),
            import,
            record: String::new(),
            reason: reason.into(),
        },
    };
    assert!(list(day.board(), known(&playbook()), rule).is_empty());
    day.fact(receipt(Import::Failed, "no last name"));
    let rows = list(day.board(), known(&playbook()), rule);
    assert_eq!(
        (rows.len(), rows[0].gaps.as_slice()),
        (1, [Gap::Refused].as_slice())
    );
    assert_eq!(rows[0].refusal, "no last name");
    day.fact(receipt(Import::Created, ""));
    assert!(list(day.board(), known(&playbook()), rule).is_empty());
}

#[test]
fn a_whole_lead_is_not_on_the_list() {
    let day = booth();
    let first = day.board().cards().next().expect("a card").id;
    assert!(
        list(day.board(), known(&playbook()), rule)
            .iter()
            .all(|it| it.card != first)
    );
}

#[test]
fn duplicates_are_proposed_by_badge_address_and_name_but_never_across_two_addresses() {
    let mut day = Day1::new();
    let mut card = |name: &str, company: &str, email: &str, badge: &str| {
        let card = day.open();
        let mut visitor = person(name, company, email, "");
        visitor.badge_id = badge.into();
        day.seat(card, visitor);
        card
    };
    let one = card("Ana One", "Acme", "ana@acme.example", "");
    let two = card("", "", "ANA@acme.example", "");
    let three = card("Ben Two", "Acme", "ben@acme.example", "");
    card("Ben Two", "Acme", "b.two@other.example", "");
    let five = card("Ben Two", "ACME", "", "7");
    let six = card("", "", "", "7");
    let told: Vec<(CardId, CardId, &str)> = duplicates(day.board())
        .into_iter()
        .map(|it| (it.keep, it.from, it.why))
        .collect();
    assert_eq!(
        told,
        [
            (five, six, "badge"),
            (one, two, "e-mail"),
            (three, five, "name and company")
        ]
    );
}
