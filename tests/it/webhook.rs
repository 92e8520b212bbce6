//! The webhook posts in order, tries again until it works, and never holds anybody up.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use boothside::domain::Stamp;
use boothside::webhook::{Pace, Post, Webhook};

const PACE: Pace = Pace {
    first: Duration::from_millis(20),
    most: Duration::from_millis(100),
    patience: Duration::from_millis(500),
};

/// What a server does with one request.
#[derive(Clone, Copy)]
enum Does {
    Answer(&'static str),
    /// Takes the request and never answers.
    Hang,
    Close,
}

/// A server on this laptop that does `steps` in turn, then answers 200. Gives its address and what it is told.
fn server(steps: &'static [Does]) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/hook", listener.local_addr().expect("bound"));
    let (told, bodies) = channel();
    thread::spawn(move || {
        let mut held = Vec::new();
        for (at, stream) in listener.incoming().enumerate() {
            let mut stream = stream.expect("a request");
            let body = request(&mut BufReader::new(&stream));
            if told.send(body).is_err() {
                return;
            }
            match steps.get(at).copied().unwrap_or(Does::Answer("200 OK")) {
                Does::Answer(status) => {
                    let close = "Content-Length: 0\r\nConnection: close\r\n\r\n";
                    let _ = write!(stream, "HTTP/1.1 {status}\r\n{close}");
                }
                Does::Hang => held.push(stream),
                Does::Close => {}
            }
        }
    });
    (address, bodies)
}

/// The body of a request.
fn request(stream: &mut impl BufRead) -> String {
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).expect("a line");
        if let Some(bytes) = line.to_lowercase().strip_prefix("content-length:") {
            length = bytes.trim().parse().expect("a length");
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("a body");
    String::from_utf8(body).expect("UTF-8")
}

fn post(count: u16) -> Post {
    Post {
        alert: Stamp {
            wall_ms: 1,
            count,
            node: 1,
        },
        text: format!("Hot lead {count}: A & B <target>\nnobody's"),
    }
}

fn next<T>(from: &Receiver<T>, what: &str) -> T {
    from.recv_timeout(Duration::from_secs(20))
        .unwrap_or_else(|_| panic!("waited 20 s for {what}"))
}

fn start(address: String) -> (Webhook, Receiver<Result<Stamp, String>>) {
    let (heard, outcomes) = channel();
    let webhook = Webhook::start(address, PACE, move |outcome| drop(heard.send(outcome)));
    (webhook, outcomes)
}

#[test]
fn what_is_posted_is_what_slack_takes() {
    let (address, bodies) = server(&[]);
    let (webhook, outcomes) = start(address);
    for count in 1..=3 {
        webhook.send(post(count));
    }
    for count in 1..=3 {
        let body: serde_json::Value = serde_json::from_str(&next(&bodies, "a post")).expect("JSON");
        let want = format!("Hot lead {count}: A &amp; B &lt;target&gt;\nnobody's");
        assert_eq!(body, serde_json::json!({ "text": want }));
        assert_eq!(next(&outcomes, "an outcome"), Ok(post(count).alert));
    }
}

#[test]
fn a_server_that_fails_is_tried_again_until_it_works() {
    const STEPS: &[Does] = &[
        Does::Answer("500 Internal Server Error"),
        Does::Close,
        Does::Answer("404 Not Found"),
        Does::Hang,
        Does::Answer("429 Too Many Requests"),
    ];
    let (address, bodies) = server(STEPS);
    let (webhook, outcomes) = start(address);
    let before = Instant::now();
    webhook.send(post(1));
    assert!(
        before.elapsed() < Duration::from_millis(400),
        "sending waited"
    );
    let mut words = Vec::new();
    loop {
        match next(&outcomes, "an outcome") {
            Ok(alert) => {
                assert_eq!(alert, post(1).alert);
                break;
            }
            Err(sentence) => words.push(sentence),
        }
    }
    assert_eq!(words.len(), 5, "{words:?}");
    assert!(words[0].contains("answers 500"), "{words:?}");
    assert!(words[1].contains("can't be reached"), "{words:?}");
    assert!(
        words[2].contains("answers 404; check its address"),
        "{words:?}"
    );
    assert!(words[3].contains("can't be reached"), "{words:?}");
    assert!(words[4].contains("answers 429; alerts wait"), "{words:?}");
    assert_eq!(bodies.iter().take(6).count(), 6);
}

#[test]
fn one_that_is_refused_does_not_hold_up_the_rest() {
    let (address, _bodies) = server(&[Does::Answer("400 Bad Request")]);
    let (webhook, outcomes) = start(address);
    webhook.send(post(1));
    assert!(next(&outcomes, "the refusal").is_err());
    webhook.send(post(2));
    let both: Vec<_> = (0..2).map(|_| next(&outcomes, "an outcome")).collect();
    assert!(both.contains(&Ok(post(1).alert)) && both.contains(&Ok(post(2).alert)));
}

#[test]
fn nobody_there_is_said_and_dropping_ends_it() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/", free.local_addr().expect("bound"));
    drop(free);
    let (webhook, outcomes) = start(address);
    webhook.send(post(1));
    let said = next(&outcomes, "the fault").expect_err("nobody listens");
    assert!(said.contains("can't be reached"), "{said}");
    drop(webhook);
    // The thread lets go of its outbox when it ends.
    let end = Instant::now() + Duration::from_secs(20);
    while outcomes.recv_timeout(Duration::from_secs(20)).is_ok() {
        assert!(Instant::now() < end, "it goes on");
    }
}
