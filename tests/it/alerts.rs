//! Alerts never block, give up after three failures, and reach a real desktop where one can be started.

use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use boothside::alerts::{Alert, Alerts, Outcome, escape};

fn alert(summary: &str) -> Alert {
    Alert {
        summary: summary.into(),
        body: "Northwind Freight <target> & more".into(),
        urgent: true,
    }
}

fn next(outcomes: &Receiver<Outcome>, what: &str) -> Outcome {
    outcomes
        .recv_timeout(Duration::from_secs(10))
        .unwrap_or_else(|_| panic!("waited 10 s for {what}"))
}

#[test]
fn three_failures_in_a_row_switch_alerts_off() {
    let (heard, outcomes) = channel();
    let mut answers = vec![Err("a"), Ok(()), Err("b"), Err("c"), Err("d")].into_iter();
    let alerts = Alerts::with(
        move || Ok(move |_: &Alert| answers.next().unwrap_or(Ok(())).map_err(str::to_owned)),
        move |outcome| drop(heard.send(outcome)),
    );
    let want = [
        Outcome::Failed("a".into()),
        Outcome::Shown,
        Outcome::Failed("b".into()),
        Outcome::Failed("c".into()),
        Outcome::Off("d".into()),
    ];
    for outcome in want {
        assert!(alerts.send(alert("hot lead")), "before {outcome:?}");
        assert_eq!(next(&outcomes, "an outcome"), outcome);
    }
    assert!(!alerts.is_on());
    assert!(!alerts.send(alert("one more")), "off means off");
}

#[test]
fn a_frozen_desktop_costs_the_sender_nothing() {
    let (heard, outcomes) = channel();
    let (started, begun) = channel();
    let (release, frozen) = channel::<()>();
    let alerts = Alerts::with(
        move || {
            Ok(move |_: &Alert| {
                let _ = started.send(());
                frozen.recv().map_err(|error| error.to_string())
            })
        },
        move |outcome| drop(heard.send(outcome)),
    );
    assert!(alerts.send(alert("first")));
    begun
        .recv_timeout(Duration::from_secs(10))
        .expect("waited 10 s for the first delivery");
    let before = Instant::now();
    let taken = (0..1000).filter(|_| alerts.send(alert("waits"))).count();
    assert_eq!(taken, 4, "the queue is short");
    assert!(before.elapsed() < Duration::from_secs(1), "sending blocked");
    release.send(()).expect("the delivery listens");
    assert_eq!(next(&outcomes, "the first alert"), Outcome::Shown);
    for _ in 0..taken {
        release.send(()).expect("the delivery listens");
        assert_eq!(next(&outcomes, "a waiting alert"), Outcome::Shown);
    }
}

#[test]
fn bodies_are_escaped_and_short() {
    assert_eq!(escape("<b>A & B</b>\u{7}"), "&lt;b&gt;A &amp; B&lt;/b&gt; ");
    assert_eq!(escape(&"x".repeat(100_000)).chars().count(), 401);
}

/// Runs in a child of `dbus-run-session`, see below.
#[test]
fn desktop_child() {
    let Ok(want) = std::env::var("BOOTHSIDE_TEST_DESKTOP") else {
        return;
    };
    let (heard, outcomes) = channel();
    let alerts = Alerts::start(move |outcome| drop(heard.send(outcome)));
    let rounds = if want == "off" { 3 } else { 1 };
    let mut last = None;
    for _ in 0..rounds {
        let before = Instant::now();
        assert!(alerts.send(alert("hot lead")));
        assert!(
            before.elapsed() < Duration::from_millis(500),
            "sending blocked"
        );
        last = Some(next(&outcomes, "the desktop"));
    }
    let word = match last.expect("one round at least") {
        Outcome::Shown => "shown",
        Outcome::Failed(_) => "failed",
        Outcome::Off(_) => "off",
    };
    assert_eq!(word, want);
}

/// Runs [`desktop_child`] on a bus of its own, below `daemon` where one is given. Gives what was printed.
fn on_a_bus_of_its_own(daemon: &[&str], want: &str) -> String {
    let me = std::env::current_exe().expect("this test's own path");
    let done = Command::new("dbus-run-session")
        .arg("--")
        .args(daemon)
        .arg(me)
        .args(["--exact", "alerts::desktop_child", "--nocapture"])
        .env("BOOTHSIDE_TEST_DESKTOP", want)
        .stdin(Stdio::null())
        .output()
        .expect("dbus-run-session starts");
    let words = String::from_utf8_lossy(&done.stdout).into_owned();
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{words}\n{errors}");
    assert!(words.contains("1 passed"), "{words}");
    words
}

fn runs(program: &str, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

#[test]
fn without_a_daemon_the_alert_fails_and_the_program_goes_on() {
    if !runs("dbus-run-session", &["--version"]) {
        eprintln!("skipped: dbus-run-session is not installed");
        return;
    }
    on_a_bus_of_its_own(&[], "failed");
}

#[test]
fn a_real_daemon_takes_the_alert_and_a_frozen_one_is_given_up() {
    const DAEMON: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/data/night/notifications.py"
    );
    let python = ["/usr/bin/python3", "python3"]
        .into_iter()
        .find(|python| runs(python, &["-c", "import gi"]));
    let Some(python) = python.filter(|_| runs("dbus-run-session", &["--version"])) else {
        eprintln!("skipped: dbus-run-session or PyGObject is not installed");
        return;
    };
    let words = on_a_bus_of_its_own(&[python, DAEMON, "answer"], "shown");
    let told = "NOTIFIED hot lead | Northwind Freight &lt;target&gt; &amp; more | 2";
    assert!(words.contains(told), "{words}");
    let before = Instant::now();
    on_a_bus_of_its_own(&[python, DAEMON, "frozen"], "off");
    assert!(
        before.elapsed() < Duration::from_secs(20),
        "2 s each, three times"
    );
}
