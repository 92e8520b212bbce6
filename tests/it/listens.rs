//! A server on this laptop, for tests of what asks one: it hands over every request and sends back what it is told.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

/// A request as it came.
pub struct Asked {
    pub method: String,
    /// With its query, escaped as it was.
    pub path: String,
    /// Names in small letters.
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Asked {
    /// A header's value; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// What is sent back: status line, further header lines, body.
pub struct Answer {
    pub status: String,
    pub headers: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn of(status: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: status.to_owned(),
            headers: String::new(),
            body: body.into(),
        }
    }
}

/// Listens until the tests end; gives `127.0.0.1:port`.
pub fn listen(answer: impl Fn(Asked) -> Answer + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("bound").to_string();
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = Arc::clone(&answer);
            thread::spawn(move || serve(stream, &*answer));
        }
    });
    address
}

/// Answers one connection's requests until it is closed.
fn serve(stream: TcpStream, answer: &dyn Fn(Asked) -> Answer) {
    let mut reader = BufReader::new(stream.try_clone().expect("the same connection"));
    let mut stream = stream;
    while let Some(asked) = read(&mut reader) {
        let answer = answer(asked);
        let head = format!(
            "HTTP/1.1 {}\r\n{}Content-Length: {}\r\n\r\n",
            answer.status,
            answer.headers,
            answer.body.len()
        );
        let sent = stream.write_all(head.as_bytes());
        if sent.and_then(|()| stream.write_all(&answer.body)).is_err() {
            return;
        }
    }
}

/// The next request; none at the end of the connection.
fn read(reader: &mut impl BufRead) -> Option<Asked> {
    let mut first = String::new();
    if reader.read_line(&mut first).unwrap_or(0) == 0 {
        return None;
    }
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a header");
        let Some((name, value)) = line.trim().split_once(':') else {
            break;
        };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    assert!(
        !headers.contains_key("transfer-encoding"),
        "a body without its length: many servers refuse it"
    );
    let length = headers.get("content-length");
    assert!(
        method != "PUT" || length.is_some(),
        "a PUT without its length: many servers refuse it"
    );
    let length = length.map_or(0, |length| length.parse().expect("a length"));
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    Some(Asked {
        method: method.to_owned(),
        path: path.to_owned(),
        headers,
        body,
    })
}
