//! The report: every figure counted by hand on a small show, every share to the cent, and nothing invented.

use std::fs;

use boothside::domain::{Board, Money, Playbook};
use boothside::handoff::{NightShow, leads};
use boothside::report::attribution::{Model, of_shows, shares};
use boothside::report::{Form, ReportShow, numbers, run};
use boothside::returns::{join, read};
use proptest::prelude::*;

use crate::night::{Day1, booth, playbook, show};

const DAY: u64 = 86_400_000;
/// A week after the show.
pub const LATER: u64 = 1_795_372_200_000 + 7 * DAY;

fn usd(cents: i64) -> Money {
    Money {
        cents,
        currency: "USD".into(),
    }
}

/// The booth with what sales sent back: one opportunity of two leads won, one lead rejected.
pub fn sold() -> Day1 {
    let mut day = booth();
    let playbook = playbook();
    let show = show(&playbook, &[]);
    let rows = leads::rows(day.board(), &show);
    let file = format!(
        "external_id,disposition,date,opportunity id,amount,currency,won\n{0},converted,2026-12-01,OPP-1,180000,USD,yes\n{1},converted,2026-12-01,OPP-1,180000,USD,yes\n{2},rejected,2026-12-01,,,,\n{3},converted,2026-12-01,OPP-2,5000.01,EUR,\n",
        rows[0].external_id, rows[1].external_id, rows[3].external_id, rows[4].external_id
    );
    let content = read(file.as_bytes()).expect("text");
    let joined = join(&content, day.board(), &show);
    assert_eq!(joined.faults, []);
    for fact in joined.facts {
        day.fact(fact);
    }
    let created = format!(
        "id,external_id,status\n00Q,{},Item Created\n",
        rows[0].external_id
    );
    let content = read(created.as_bytes()).expect("text");
    for fact in join(&content, day.board(), &show).facts {
        day.fact(fact);
    }
    day
}

pub fn input<'a>(board: &'a Board, show: &'a NightShow<'a>) -> ReportShow<'a> {
    ReportShow {
        board,
        show,
        cost: Some(usd(6_000_000)),
        margin: Some(0.5),
    }
}

#[test]
fn every_figure_is_what_a_hand_counts() {
    let day = sold();
    let playbook: Playbook = playbook();
    let show = show(&playbook, &[]);
    let told = numbers(&input(day.board(), &show), LATER);
    let funnel: Vec<usize> = told
        .funnel
        .iter()
        .map(boothside::report::Figure::count)
        .collect();
    // Leads; two of a talk and the nameless one; the hot pair; accepted three; opportunities three; won two.
    assert_eq!(funnel, [5, 3, 2, 3, 3, 2]);
    assert_eq!((told.talks, told.people), (2, 4));
    assert_eq!((told.targets_met.len(), told.targets_listed), (1, 1));
    assert_eq!(
        told.pipeline.words(),
        "5,000.01 EUR + 180,000.00 USD",
        "each opportunity once"
    );
    assert_eq!(told.sourced.words(), "180,000.00 USD");
    assert_eq!(told.won.words(), "180,000.00 USD");
    let spent = told.spending.expect("the cost is known");
    assert_eq!(spent.per_talk, Some(3_000_000));
    assert_eq!(spent.per_qualified, Some(3_000_000));
    assert_eq!(spent.pipeline_to_spend, Some(3.0));
    assert_eq!(spent.roi, Some(2.0));
    assert_eq!(spent.roi_with_margin, Some(0.5));
    let julian = &told.owners[0];
    assert_eq!(
        (
            julian.owner.as_str(),
            julian.accepted,
            julian.overdue.count()
        ),
        ("Julian Sands", 2, 0)
    );
    let hot = told
        .judged
        .iter()
        .find(|it| it.by == "rating hot")
        .expect("judged");
    assert_eq!((hot.judged, hot.right), (2, 2));
    let unrated = told
        .judged
        .iter()
        .find(|it| it.by == "rating none")
        .expect("judged");
    assert_eq!((unrated.judged, unrated.right), (2, 1));
    assert_eq!(told.mentions.needs[0].quote, "lose half of our leads");
}

#[test]
fn what_is_overdue_depends_on_the_hour_alone() {
    let day = booth();
    let playbook = playbook();
    let show = show(&playbook, &[]);
    let overdue = |now| {
        numbers(&input(day.board(), &show), now).owners[0]
            .overdue
            .count()
    };
    assert_eq!(overdue(LATER - 7 * DAY), 0);
    assert_eq!(overdue(LATER), 2);
}

#[test]
fn missing_costs_and_verdicts_are_said_and_not_invented() {
    let day = booth();
    let playbook = playbook();
    let show = show(&playbook, &[]);
    let mut bare = input(day.board(), &show);
    bare.cost = None;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("report.html");
    run(&[bare], LATER, Form::Html, &path).expect("written");
    let page = fs::read_to_string(&path).expect("the page");
    assert!(page.contains("not known: write cost and currency"));
    assert!(page.contains("Sales have not answered yet"));
    for word in ["Return on cost", "Pipeline", "NaN", ">inf"] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn the_page_is_whole_links_hold_and_nothing_is_loaded() {
    let day = sold();
    let playbook = playbook();
    let show = show(&playbook, &[]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("report.html");
    let two = [input(day.board(), &show), input(day.board(), &show)];
    run(&two, LATER, Form::Html, &path).expect("written");
    let page = fs::read_to_string(&path).expect("the page");
    for part in page.split("href=\"#").skip(1) {
        let anchor = part.split('"').next().expect("an anchor");
        assert!(
            page.contains(&format!("id=\"{anchor}\"")),
            "{anchor} leads nowhere"
        );
    }
    for outside in ["http://", "https://", "<script", "<img", "src="] {
        let allowed = outside == "http://" && page.contains("=HYPERLINK");
        assert!(allowed || !page.contains(outside), "{outside}");
    }
    // Every element that is opened is closed again.
    for tag in [
        "table", "tr", "td", "th", "svg", "section", "ul", "li", "div", "h1", "h2", "h3", "a",
    ] {
        let opened =
            page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}");
    }
    let json = folder.path().join("report.json");
    run(&two, LATER, Form::Json, &json).expect("written");
    let whole: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&json).expect("the file")).expect("JSON");
    assert_eq!(whole["shows"][1]["pipeline"]["USD"], 18_000_000);
    let csv = folder.path().join("report.csv");
    run(&two, LATER, Form::Csv, &csv).expect("written");
    let rows = crate::night::table(&csv);
    assert!(
        rows.iter()
            .any(|row| row["figure"] == "Won" && row["value"] == "2"),
        "{rows:?}"
    );
}

#[test]
fn shares_follow_the_models_to_the_letter() {
    let at = |days: &[u64]| days.iter().map(|day| day * DAY).collect::<Vec<u64>>();
    let check = |model, days: &[u64], lead, opportunity, want: &[i64]| {
        assert_eq!(
            shares(model, &at(days), lead, opportunity, 10_000),
            want,
            "{model:?} {days:?}"
        );
    };
    check(Model::FirstTouch, &[0, 1, 2], 1, 2, &[10_000, 0, 0]);
    check(Model::LastTouch, &[0, 1, 2], 1, 2, &[0, 0, 10_000]);
    check(Model::Even, &[0, 1, 2], 1, 2, &[3_334, 3_333, 3_333]);
    check(
        Model::UShaped,
        &[0, 1, 2, 3],
        1,
        3,
        &[4_000, 4_000, 1_000, 1_000],
    );
    check(
        Model::WShaped,
        &[0, 1, 2, 3, 4],
        1,
        4,
        &[3_000, 3_000, 500, 500, 3_000],
    );
    check(Model::WShaped, &[0], 0, 0, &[10_000]);
    check(Model::WShaped, &[0, 1], 0, 1, &[6_667, 3_333]);
    check(Model::TimeDecay, &[0, 7], 0, 1, &[3_333, 6_667]);
    check(Model::Even, &[], 0, 0, &[]);
}

#[test]
fn attribution_sums_to_the_pipeline() {
    let day = sold();
    let playbook = playbook();
    let show = show(&playbook, &[]);
    let one = [input(day.board(), &show)];
    let earned = of_shows(&one);
    let pipeline = numbers(&one[0], LATER).pipeline;
    for model in Model::ALL {
        for currency in ["USD", "EUR"] {
            let sum: i64 = earned
                .values()
                .map(|models| models[&model].of(currency))
                .sum();
            assert_eq!(sum, pipeline.of(currency), "{model:?} {currency}");
        }
    }
}

proptest! {
    #[test]
    fn shares_always_sum_to_the_cent(
        mut touches in prop::collection::vec(0_u64..400 * DAY, 1..30),
        lead in 0_usize..30,
        opportunity in 0_usize..30,
        cents in -1_000_000_000_000_i64..1_000_000_000_000,
    ) {
        touches.sort_unstable();
        for model in Model::ALL {
            let parts = shares(model, &touches, lead, opportunity, cents);
            prop_assert_eq!(parts.iter().sum::<i64>(), cents, "{:?}", model);
            prop_assert!(parts.iter().all(|part| part.signum() * cents.signum() >= 0));
        }
    }
}
