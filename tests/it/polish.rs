//! Drafts in other words: what is let in and what never is, the way to a language model, and the keys on the board.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use boothside::app::{Effect, Message};
use boothside::domain::{Consent, Day, Fact, SignalKind};
use boothside::follow_up::{Crowd, Draft, Wording, desk, draft_to, offered, reworded};
use boothside::polish::{Address, Mail, Polish, Question};
use boothside::theme::Depth;

use crate::follow_up::{brand, open_draft, talk_with};
use crate::night::person;
use crate::screen::{look, picture};
use crate::stories::Story;

/// The draft of a talk, in the visitor's language, and what of it may be put in other words.
fn plain(country: &str) -> (Draft, boothside::follow_up::Desk, Wording) {
    let (day, card) = talk_with(country);
    let board = day.board();
    let card = board.card(card).unwrap();
    let met = Day::new(2026, 11, 22).unwrap();
    let made = draft_to(board, &Crowd::of(board), card, None, (&brand(), met)).unwrap();
    let desk = desk(card, &made);
    let wording = offered(&desk, &made);
    (made, desk, wording)
}

/// What comes of a wording in which the line with `key` reads `text`.
fn verdict(country: &str, key: &str, text: &str) -> Result<String, String> {
    let (draft, desk, mut wording) = plain(country);
    let all = std::iter::once(&mut wording.subject).chain(&mut wording.lines);
    let line = all.into_iter().find(|line| line.contains(key));
    text.clone_into(line.unwrap_or_else(|| panic!("no line with {key}")));
    match reworded(&desk, &draft, &wording) {
        Ok(polished) => {
            let whole = polished.whole(&draft);
            assert!(
                whole.body.ends_with(&draft.footer),
                "the lines of the law: {}",
                whole.body
            );
            assert!(
                whole.body.contains("\nJulian Sands\n"),
                "who signs: {}",
                whole.body
            );
            Ok(format!("{}\n{}", whole.subject, whole.body))
        }
        Err(unfit) => Err(unfit.words()),
    }
}

#[test]
fn other_words_for_the_same_are_let_in() {
    let cases = [
        (
            "",
            "thank you",
            "Thank you for talking with us at Meridian Trade Fair 2026 on 22 November 2026.",
        ),
        (
            "",
            "thank you",
            "it was a pleasure to talk with you at our stand at Meridian Trade Fair 2026 on 22 November 2026.",
        ),
        (
            "",
            "You told",
            "What you told us: \"we lose two hours a day at the gate\".",
        ),
        (
            "",
            "You told",
            "You mentioned that \"we lose two hours a day at the gate\"",
        ),
        (
            "",
            "As agreed by",
            "As we agreed, we will send the trial contract by 4 December 2026.",
        ),
        (
            "",
            "Julian Sands looks",
            "Julian Sands looks after this and is there for you: julian@standlight.example.",
        ),
        ("", "Hello", "Dear Dana Cole,"),
        ("", "Kind", "Best regards"),
        (
            "",
            "as agreed at",
            "As agreed at Meridian Trade Fair 2026: send the trial contract",
        ),
        (
            "DE",
            "vielen Dank",
            "herzlichen Dank für Ihre Zeit und das Gespräch auf der Meridian Trade Fair 2026 am 22. November 2026.",
        ),
        (
            "DE",
            "Sie haben",
            "Von Ihnen haben wir gehört: „we lose two hours a day at the gate“",
        ),
    ];
    for (country, key, text) in cases {
        let got = verdict(country, key, text);
        assert!(
            got.as_ref().is_ok_and(|mail| mail.contains(text)),
            "{text}: {got:?}"
        );
    }
}

#[test]
fn nothing_that_the_draft_does_not_say_is_let_in() {
    let thank =
        "thank you for the talk at our stand at Meridian Trade Fair 2026 on 22 November 2026";
    let gate = "\"we lose two hours a day at the gate\"";
    let agreed = "As agreed by 4 December 2026: send the trial contract";
    let looks = "Julian Sands looks after it and is there for you at julian@standlight.example";
    let dank = "vielen Dank für das Gespräch auf der Meridian Trade Fair 2026 am 22. November 2026";
    let cases = [
        // Names.
        (
            "",
            "thank you",
            format!("{thank}, Peter."),
            "“Peter” is not in the draft",
        ),
        (
            "",
            "thank you",
            format!("{thank}. Mark says hello."),
            "“Mark” is not",
        ),
        (
            "",
            "thank you",
            format!("{thank} with Acme."),
            "“Acme” is not",
        ),
        (
            "",
            "thank you",
            format!("{thank} with acme."),
            "“acme” is not",
        ),
        (
            "",
            "Julian Sands looks",
            looks.replace("Julian Sands", "Juliane Sand"),
            "leaves out “Julian Sands”",
        ),
        ("", "Hello", "Hello Dana,".into(), "leaves out “Dana Cole”"),
        (
            "",
            "Hello",
            "Hello Dana Cole and Ruth Boyle,".into(),
            "“Ruth” is not",
        ),
        ("", "Hello", "Dana Cole,".into(), "the greeting is gone"),
        // Numbers, days, money.
        (
            "",
            "You told",
            format!("You told us about all 3 gates: {gate}"),
            "the number “3”",
        ),
        (
            "",
            "You told",
            format!("You told us more than once, ten of you: {gate}"),
            "the number “ten”",
        ),
        (
            "",
            "As agreed by",
            format!("{agreed} within a week."),
            "the time “week”",
        ),
        (
            "",
            "As agreed by",
            agreed.replace("4 December", "5 December"),
            "the number “5”",
        ),
        (
            "",
            "As agreed by",
            agreed.replace(" by 4 December 2026", ""),
            "leaves out “4”",
        ),
        (
            "",
            "As agreed by",
            agreed.replace("December", "January"),
            "the time “January”",
        ),
        (
            "",
            "thank you",
            thank.replace("22 November 2026", "22. 11. 2026"),
            "the number “11”",
        ),
        (
            "",
            "As agreed by",
            format!("{agreed}, with a discount."),
            "“discount” speaks of money",
        ),
        (
            "",
            "As agreed by",
            format!("{agreed} for free."),
            "“free” speaks of money",
        ),
        (
            "",
            "As agreed by",
            format!("{agreed} for €."),
            "“€” has no place",
        ),
        // Promises.
        (
            "",
            "Julian Sands looks",
            format!("{looks}. We will call you."),
            "“will” may promise",
        ),
        (
            "",
            "Julian Sands looks",
            format!("{looks}, and we guarantee it."),
            "“guarantee” may promise",
        ),
        (
            "",
            "You told",
            format!("You told us {gate}, and we solve this."),
            "“solve” may promise",
        ),
        (
            "",
            "As agreed by",
            format!("{agreed}. We will also visit you."),
            "“visit” may promise",
        ),
        (
            "",
            "As agreed by",
            agreed.replace("send the trial contract", "the trial contract"),
            "leaves out “send the trial contract”",
        ),
        // A no, other quotes, marks, links, more lines than one.
        (
            "",
            "thank you",
            format!("{thank}, which was not long."),
            "a no came in",
        ),
        (
            "",
            "You told",
            "You told us: \"we lose three hours a day at the gate\"".into(),
            "quotes other words",
        ),
        (
            "",
            "You told",
            "You told us that you lose two hours a day at the gate.".into(),
            "quotes other words",
        ),
        (
            "",
            "Julian Sands looks",
            format!("{looks} (www.evil.example)."),
            "“(www.evil.example).” has no place",
        ),
        (
            "",
            "Julian Sands looks",
            format!("{looks} or other@evil.example."),
            "has no place",
        ),
        (
            "",
            "thank you",
            format!("{thank}\nand more"),
            "“a line break” has no place",
        ),
        ("", "Kind", "-- Kind regards".into(), "“--” has no place"),
        ("", "thank you", " ".into(), "a line of it is empty"),
        (
            "",
            "thank you",
            format!("{thank} {}", "and thank you ".repeat(90)),
            "2 times as long",
        ),
        (
            "",
            "thank you",
            thank.to_owned() + ".",
            "it changes nothing",
        ),
        // Another language.
        (
            "DE",
            "vielen Dank",
            format!("{dank}, Herr Meier."),
            "“Herr” is not",
        ),
        (
            "DE",
            "vielen Dank",
            format!("{dank}. Wir garantieren es."),
            "“garantieren” may promise",
        ),
        (
            "DE",
            "vielen Dank",
            format!("{dank}, zweihundert Mal."),
            "the number “zweihundert”",
        ),
        (
            "DE",
            "vielen Dank",
            format!("{dank} am Montag."),
            "the time “Montag”",
        ),
        (
            "DE",
            "vielen Dank",
            format!("{dank} mit Rabatt."),
            "“Rabatt” speaks of money",
        ),
    ];
    for (country, key, text, why) in cases {
        let got = verdict(country, key, &text);
        assert!(
            got.as_ref().is_err_and(|words| words.contains(why)),
            "{text}: {got:?}"
        );
    }
}

#[test]
fn another_language_and_other_counts_of_lines_are_refused() {
    let (draft, desk, wording) = plain("");
    let said = "\"we lose two hours a day at the gate\"";
    let german = Wording {
        subject: "Wie vereinbart auf der Meridian Trade Fair 2026: send the trial contract".into(),
        lines: [
            "Guten Tag Dana Cole,",
            "vielen Dank für das Gespräch an unserem Stand auf der Meridian Trade Fair 2026 am 22 November 2026.",
            &format!("Sie haben uns gesagt: {said}"),
            "Wie vereinbart bis zum 4 December 2026: send the trial contract.",
            "Julian Sands kümmert sich darum und ist unter julian@standlight.example für Sie da.",
            "Mit freundlichen Grüßen",
        ]
        .map(str::to_owned)
        .to_vec(),
    };
    let why = |new: &Wording| {
        reworded(&desk, &draft, new)
            .map_err(|unfit| unfit.words())
            .err()
    };
    assert_eq!(german.lines.len(), wording.lines.len());
    assert_eq!(why(&german).as_deref(), Some("it is in another language"));
    let mut short = wording.clone();
    short.lines.pop();
    assert_eq!(why(&short).as_deref(), Some("it has 5 lines instead of 6"));
    assert_eq!(
        why(&Wording::default()).as_deref(),
        Some("it has 0 lines instead of 6")
    );
}

/// What a server does with one request.
#[derive(Clone)]
enum Does {
    /// Answers with a status and a body.
    Answer(&'static str, String),
    /// Answers a byte at a time, for ever.
    Drip,
    /// Takes the request and never answers.
    Hang,
    Close,
}

/// A chat completion that says this.
fn says(content: &str) -> Does {
    let answer = serde_json::json!({ "choices": [{ "message": { "content": content } }] });
    Does::Answer("200 OK", answer.to_string())
}

/// A server on this laptop that does `steps` in turn, the last one for ever. Gives its address and what it is told: the
/// first line, the key that it is shown, and the body.
fn server(steps: Vec<Does>) -> (String, Receiver<(String, String, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/v1/", listener.local_addr().expect("bound"));
    let (told, asked) = channel();
    thread::spawn(move || {
        let mut held = Vec::new();
        for (at, stream) in listener.incoming().enumerate() {
            let mut stream = stream.expect("a request");
            if told.send(request(&mut BufReader::new(&stream))).is_err() {
                return;
            }
            match steps.get(at).or(steps.last()).expect("a step").clone() {
                Does::Answer(status, body) => {
                    let length = body.len();
                    let _ = write!(
                        stream,
                        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
                    );
                }
                Does::Drip => {
                    let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
                    // Ends when the other side has had enough.
                    while stream.write_all(b" ").and_then(|()| stream.flush()).is_ok() {
                        thread::park_timeout(Duration::from_millis(5));
                    }
                }
                Does::Hang => held.push(stream),
                Does::Close => {}
            }
        }
    });
    (address, asked)
}

fn request(stream: &mut impl BufRead) -> (String, String, String) {
    let (mut length, mut first, mut key) = (0, String::new(), String::new());
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).expect("a line");
        if let Some((name, value)) = line.split_once(':') {
            match name.to_lowercase().as_str() {
                "content-length" => length = value.trim().parse().expect("a length"),
                "authorization" => key = value.trim().to_owned(),
                _ => {}
            }
        }
        if first.is_empty() {
            first = line.trim().to_owned();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("a body");
    (first, key, String::from_utf8(body).expect("UTF-8"))
}

fn next<T>(from: &Receiver<T>, what: &str) -> T {
    from.recv_timeout(Duration::from_secs(30))
        .unwrap_or_else(|_| panic!("waited 30 s for {what}"))
}

const PATIENCE: Duration = Duration::from_millis(400);

fn start(url: String, patience: Duration) -> (Polish, Receiver<(u64, Result<Mail, String>)>) {
    let (heard, outcomes) = channel();
    let address = Address {
        url,
        model: "some-model".into(),
        key: Some("s3cret".into()),
        patience,
        pause: Duration::from_millis(1),
    };
    let polish = Polish::start(address, move |number, result| {
        drop(heard.send((number, result)));
    });
    (polish, outcomes)
}

fn question(number: u64) -> Question {
    Question {
        number,
        language: "English",
        mail: Mail {
            subject: "Our talk".into(),
            lines: vec!["Hello Dana,".into(), "thank you.".into()],
        },
    }
}

const GOOD: &str = r#"{"subject": "A talk", "lines": ["Dear Dana,", "thanks."]}"#;

fn good() -> Mail {
    serde_json::from_str(GOOD).expect("a mail")
}

#[test]
fn a_question_holds_the_lines_and_the_rules_and_nothing_else() {
    let (url, asked) = server(vec![says(GOOD)]);
    let (polish, outcomes) = start(url, Duration::from_secs(20));
    assert!(polish.ask(question(7)));
    assert_eq!(next(&outcomes, "an answer"), (7, Ok(good())));
    let (first, key, body) = next(&asked, "a request");
    assert_eq!(first, "POST /v1/chat/completions HTTP/1.1");
    assert_eq!(key, "Bearer s3cret");
    let body: serde_json::Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(body["model"], "some-model");
    assert_eq!(body["stream"], false);
    let user = body["messages"][1]["content"].as_str().expect("a text");
    let sent: Mail = serde_json::from_str(user).expect("the lines");
    assert_eq!(sent, question(7).mail);
    let rules = body["messages"][0]["content"].as_str().expect("rules");
    assert!(
        rules.contains("exactly 2 lines") && rules.contains("Write English"),
        "{rules}"
    );
    assert!(!rules.contains("Dana"), "{rules}");
}

#[test]
fn every_way_a_model_answers_ends_with_a_mail_or_a_sentence() {
    let fenced = format!("Sure! Here it is:\n```json\n{GOOD}\n```");
    let cases: Vec<(&str, Vec<Does>, Result<Mail, &str>, usize)> = vec![
        ("well", vec![says(GOOD)], Ok(good()), 1),
        ("with a fence", vec![says(&fenced)], Ok(good()), 1),
        (
            "badly, then well",
            vec![Does::Close, says(GOOD)],
            Ok(good()),
            2,
        ),
        (
            "500, then well",
            vec![Does::Answer("500 Oops", String::new()), says(GOOD)],
            Ok(good()),
            2,
        ),
        (
            "never, then well",
            vec![Does::Hang, says(GOOD)],
            Ok(good()),
            2,
        ),
        (
            "500",
            vec![Does::Answer("500 Oops", String::new())],
            Err("answers 500"),
            2,
        ),
        (
            "429",
            vec![Does::Answer("429 Slow", String::new())],
            Err("answers 429"),
            2,
        ),
        (
            "no key",
            vec![Does::Answer("401 No", String::new())],
            Err("wants another key than [polish] key_env"),
            1,
        ),
        (
            "no model",
            vec![Does::Answer("404 No", "{}".into())],
            Err("check [polish] url and model"),
            1,
        ),
        (
            "broken JSON",
            vec![Does::Answer("200 OK", "{\"choices\": [".into())],
            Err("no chat completion"),
            2,
        ),
        (
            "a page",
            vec![Does::Answer("200 OK", "<html>".into())],
            Err("no chat completion"),
            2,
        ),
        (
            "an empty body",
            vec![Does::Answer("200 OK", String::new())],
            Err("no chat completion"),
            2,
        ),
        ("nothing", vec![says("")], Err("answers nothing"), 2),
        (
            "no lines",
            vec![says("I can't do that.")],
            Err("without the lines"),
            2,
        ),
        (
            "half a mail",
            vec![says("{\"subject\": \"A\"}")],
            Err("without the lines"),
            2,
        ),
        (
            "too much",
            vec![says(&"x".repeat(300_000))],
            Err("far too much"),
            2,
        ),
        (
            "a closed door",
            vec![Does::Close],
            Err("can't be reached"),
            2,
        ),
        (
            "slowly",
            vec![Does::Drip],
            Err("did not answer within 0.4 s"),
            2,
        ),
        (
            "never",
            vec![Does::Hang],
            Err("did not answer within 0.4 s"),
            2,
        ),
    ];
    for (what, steps, want, times) in cases {
        let (url, asked) = server(steps);
        let hurried = matches!(what, "slowly" | "never" | "never, then well");
        let patience = if hurried {
            PATIENCE
        } else {
            Duration::from_secs(20)
        };
        let (polish, outcomes) = start(url, patience);
        let before = Instant::now();
        assert!(polish.ask(question(1)), "{what}");
        assert!(
            before.elapsed() < Duration::from_millis(300),
            "{what}: asking waited"
        );
        let (number, got) = next(&outcomes, what);
        assert_eq!(number, 1, "{what}");
        match (&got, &want) {
            (Ok(got), Ok(want)) => assert_eq!(got, want, "{what}"),
            (Err(got), Err(want)) => assert!(got.contains(want), "{what}: {got}"),
            _ => panic!("{what}: {got:?}"),
        }
        assert_eq!(asked.try_iter().count(), times, "{what}: one retry at most");
    }
}

#[test]
fn nobody_there_is_one_sentence() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/v1", listener.local_addr().expect("bound"));
    drop(listener);
    let (polish, outcomes) = start(address, Duration::from_secs(5));
    assert!(polish.ask(question(1)));
    let (_, got) = next(&outcomes, "an outcome");
    assert!(
        got.as_ref()
            .is_err_and(|words| words.contains("can't be reached")),
        "{got:?}"
    );
}

/// A talk whose follow-up is open, at a show with a language model.
fn with_model() -> Story {
    let mut story = open_draft();
    story.model.config.polish = Some("127.0.0.1:11434".into());
    story.effects();
    story
}

fn tell(story: &mut Story, lines: &[&str]) {
    for line in lines {
        story
            .tell(line)
            .unwrap_or_else(|fault| panic!("{line}: {fault}"));
    }
}

/// Presses the key and gives what would be sent.
fn ask(story: &mut Story) -> Option<boothside::app::PolishAsked> {
    tell(story, &["keys P"]);
    story.effects().into_iter().find_map(|effect| match effect {
        Effect::Polish(asked) => Some(asked),
        _ => None,
    })
}

fn answer(story: &mut Story, number: u64, result: Result<Wording, String>) {
    let now = story.model.now;
    story.send(Message::Polished(number, result, now));
}

fn better(asked: &boothside::app::PolishAsked) -> Wording {
    let mut wording = asked.wording.clone();
    for line in &mut wording.lines {
        *line = line.replace(
            "thank you for the talk",
            "it was a pleasure to talk with you",
        );
        *line = line.replace("You told us:", "What you told us:");
    }
    wording
}

#[test]
fn a_suggestion_is_asked_for_shown_taken_and_taken_back_by_keys() {
    let look = look("hall-dark", Depth::True);
    let mut story = with_model();
    insta::assert_snapshot!("polish-offered", picture(&story, &look, (100, 30)));
    let asked = ask(&mut story).expect("a question");
    let sent = format!("{asked:?}");
    for kept in ["STOP", "Harbor Street", "\"Julian Sands\""] {
        assert!(!sent.contains(kept), "{kept} was sent: {sent}");
    }
    tell(
        &mut story,
        &["expect toast sent to 127.0.0.1:11434", "wait 7s"],
    );
    insta::assert_snapshot!("polish-sent", picture(&story, &look, (100, 30)));
    assert!(ask(&mut story).is_none(), "one question at a time");
    answer(&mut story, asked.number + 1, Ok(better(&asked)));
    tell(
        &mut story,
        &["keys T", "expect toast no other words to take"],
    );
    answer(&mut story, asked.number, Ok(better(&asked)));
    tell(
        &mut story,
        &[
            "expect draft lacks a pleasure",
            "expect draft standing not approved",
            "wait 7s",
        ],
    );
    for size in [(80, 24), (100, 30), (160, 45)] {
        let name = format!("polish-suggested-{}x{}", size.0, size.1);
        insta::assert_snapshot!(name, picture(&story, &look, size));
    }
    // What is seen is not what would be approved or edited.
    for key in ["A", "enter", "I", "X"] {
        tell(
            &mut story,
            &[
                &format!("keys {key}"),
                "expect toast first T takes the other words",
                "expect layer draft",
            ],
        );
    }
    tell(
        &mut story,
        &[
            "keys T",
            "expect draft has it was a pleasure to talk with you at our stand",
            "expect draft has answer STOP",
            "expect draft standing not approved",
        ],
    );
    let (_, taken) = story
        .model
        .follow_up(story.model.focused().unwrap())
        .unwrap();
    let quoted = taken
        .lines
        .iter()
        .find(|line| line.text.starts_with("What you told us"));
    assert_eq!(
        quoted.map(|line| line.grounds.len()),
        Some(1),
        "its quote proves it still"
    );
    tell(
        &mut story,
        &[
            "keys A",
            "expect draft standing approved, waits for the import",
            "keys u u",
            "expect draft lacks a pleasure",
            "expect draft has thank you for the talk",
        ],
    );
}

#[test]
fn a_suggestion_that_tells_more_is_refused_in_one_sentence_and_the_draft_stays() {
    let look = look("hall-dark", Depth::True);
    let mut story = with_model();
    let asked = ask(&mut story).expect("a question");
    let mut invented = better(&asked);
    invented.lines[1].push_str(" Peter was glad too.");
    answer(&mut story, asked.number, Ok(invented));
    tell(
        &mut story,
        &[
            "expect toast 127.0.0.1:11434 gave other words that are not taken: “Peter” is not in the draft and may be a name; the plain draft stays",
            "expect draft has thank you for the talk",
            "expect draft lacks Peter",
            "keys T",
            "expect toast no other words to take",
            "wait 7s",
        ],
    );
    insta::assert_snapshot!("polish-refused", picture(&story, &look, (100, 30)));
    let asked = ask(&mut story).expect("asked once more");
    answer(
        &mut story,
        asked.number,
        Err("did not answer within 20 s".into()),
    );
    tell(
        &mut story,
        &["expect toast 127.0.0.1:11434 did not answer within 20 s; the plain draft stays"],
    );
    // Laid aside, and changed while the model thought.
    let asked = ask(&mut story).expect("asked again");
    answer(&mut story, asked.number, Ok(better(&asked)));
    tell(
        &mut story,
        &[
            "keys P",
            "expect toast laid aside",
            "keys T",
            "expect toast no other words",
        ],
    );
    let asked = ask(&mut story).expect("and again");
    tell(&mut story, &["keys n", "type call mon", "keys enter"]);
    answer(&mut story, asked.number, Ok(better(&asked)));
    tell(&mut story, &["expect toast the draft changed meanwhile"]);
    // Changed after it came: never shown beside another draft, and the board says so.
    let asked = ask(&mut story).expect("once more");
    answer(&mut story, asked.number, Ok(better(&asked)));
    tell(
        &mut story,
        &[
            "keys n",
            "type call tue",
            "keys enter T",
            "expect toast no other words",
            "wait 7s",
        ],
    );
    let seen = picture(&story, &look, (100, 30));
    assert!(
        seen.contains("the draft changed since other words came"),
        "{seen}"
    );
}

#[test]
fn nothing_is_sent_without_a_model_or_of_those_who_said_no_or_were_off_the_record() {
    let mut story = open_draft();
    story.effects();
    assert!(ask(&mut story).is_none());
    tell(&mut story, &["expect toast show.toml's [polish] names one"]);
    let mut story = with_model();
    for _ in 0..3 {
        let consent = story.model.focused().expect("a card").consent.0;
        if consent != Consent::No {
            tell(&mut story, &["keys y"]);
        }
    }
    assert!(ask(&mut story).is_none(), "they said no");
    let mut story = with_model();
    tell(&mut story, &["keys 0"]);
    assert!(ask(&mut story).is_none(), "off the record");
    tell(&mut story, &["keys 0"]);
    assert!(ask(&mut story).is_none(), "words of it were struck");
    // What was suggested is gone with the words it may hold.
    let mut story = with_model();
    let asked = ask(&mut story).expect("a question");
    answer(&mut story, asked.number, Ok(better(&asked)));
    tell(&mut story, &["keys 0"]);
    let held = format!("{:?}", story.model.polish);
    assert!(!held.contains("half of our leads"), "{held}");
}

#[test]
fn a_line_is_added_beneath_the_marked_one_and_taken_out_again() {
    let mut story = open_draft();
    tell(
        &mut story,
        &[
            "keys j j I",
            "expect layer prompt",
            "type We liked your trays.",
            "keys enter",
            "expect layer draft",
            "expect draft has 22 November 2026.\nWe liked your trays.\n",
            "keys X",
            "expect draft lacks trays",
            "keys u",
            "expect draft has We liked your trays.",
            "keys u",
            "expect draft lacks trays",
            "keys I esc",
            "expect layer draft",
            "expect draft standing not approved",
        ]
        .map(|line| line),
    );
}

#[test]
fn each_person_of_a_group_has_a_draft_that_names_nobody_else() {
    let (mut day, card) = talk_with("");
    day.seat(
        card,
        person(
            "Ruth Boyle",
            "Brackwater Freight",
            "ruth@brackwater.example",
            "",
        ),
    );
    let quote = "Dana Cole wants it by spring";
    day.say(card, quote, Some((SignalKind::Timeline, quote, "2027-03")));
    day.fact(Fact::ConsentNoted {
        card,
        consent: Consent::Yes,
        why: "by hand".into(),
    });
    let board = day.board();
    let held = board.card(card).unwrap();
    let met = Day::new(2026, 11, 22).unwrap();
    let people: Vec<_> = boothside::follow_up::addressees(held)
        .map(|(id, _)| id)
        .collect();
    assert_eq!(people.len(), 2);
    let drafts: Vec<Draft> = people
        .iter()
        .map(|id| draft_to(board, &Crowd::of(board), held, Some(*id), (&brand(), met)).unwrap())
        .collect();
    let text = |draft: &Draft| desk(held, draft).whole(draft).body;
    assert!(text(&drafts[0]).contains("Hello Dana Cole,") && !text(&drafts[0]).contains("Ruth"));
    assert!(
        text(&drafts[1]).contains("Hello Ruth Boyle,") && !text(&drafts[1]).contains("Dana"),
        "{}",
        text(&drafts[1])
    );
    // Each is approved for itself.
    let letter = desk(held, &drafts[1]).whole(&drafts[1]);
    day.fact(Fact::DraftApproved {
        card,
        person: letter.person,
        to: letter.to.clone(),
        subject: letter.subject.clone(),
        body: letter.body.clone(),
        grounds: letter.grounds.clone(),
    });
    day.fact(Fact::DraftReleased { card });
    let home = tempfile::tempdir().expect("a folder");
    let (files, _) = crate::follow_up::night(&day, home.path(), false);
    let mails: Vec<&String> = files
        .iter()
        .filter(|(name, _)| crate::follow_up::is_mail(name))
        .map(|(_, text)| text)
        .collect();
    assert_eq!(mails.len(), 1, "{files:?}");
    assert!(
        mails[0].contains("To: ruth@brackwater.example") && !mails[0].contains("Dana"),
        "{mails:?}"
    );
    let waits = files
        .iter()
        .filter(|(name, _)| name.starts_with("not-approved/"))
        .count();
    assert_eq!(
        waits, 1,
        "the first person's is still to be read: {files:?}"
    );
}
