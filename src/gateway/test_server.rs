//! A server on loopback that behaves as badly as a test asks, and writes down what it was sent.

use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// What it does with every connection.
#[derive(Debug, Clone)]
pub(crate) enum Play {
    /// Reads the request, writes these bytes, ends the connection.
    Answer(Vec<u8>),
    /// Ends the connection without having read anything.
    CloseAtOnce,
    /// Reads the request and ends the connection.
    CloseAfterRequest,
    /// Reads the request and resets the connection.
    ResetAfterRequest,
    /// Reads the request, writes these bytes, resets the connection.
    ResetAfter(Vec<u8>),
    /// Reads the request and keeps silent.
    KeepSilent,
    /// Reads the request, writes these bytes and then one more now and then, for ever.
    Drip(Vec<u8>),
    /// Each of these with one connection after the other, the last with all that follow.
    InTurn(Vec<Play>),
}

impl Play {
    /// An ordinary answer.
    pub(crate) fn http(status: u16, headers: &str, body: &[u8]) -> Self {
        let head = format!(
            "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nContent-Type: text/html\r\n{headers}\r\n",
            body.len()
        );
        Self::Answer([head.as_bytes(), body].concat())
    }
}

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// First line.
    pub(crate) line: String,
    /// Headers, lower case.
    pub(crate) headers: String,
    /// Body.
    pub(crate) body: Vec<u8>,
}

impl Seen {
    /// The parts of a `multipart/form-data` body: name, value.
    pub(crate) fn fields(&self) -> Vec<(String, String)> {
        let line = self
            .headers
            .lines()
            .find(|line| line.starts_with("content-type: multipart/form-data; boundary="))
            .unwrap_or_else(|| panic!("no multipart form: {}", self.headers));
        let boundary = format!("--{}", line.split_once("boundary=").unwrap().1);
        let body = String::from_utf8(self.body.clone()).unwrap();
        let parts: Vec<&str> = body.split(boundary.as_str()).collect();
        assert_eq!((parts[0], *parts.last().unwrap()), ("", "--\r\n"));
        parts[1..parts.len() - 1]
            .iter()
            .map(|part| {
                let (head, value) = part.trim_start_matches("\r\n").split_once("\r\n\r\n").unwrap();
                let name = head
                    .strip_prefix("Content-Disposition: form-data; name=\"")
                    .and_then(|rest| rest.strip_suffix('"'))
                    .unwrap_or_else(|| panic!("not a plain text part: {head}"));
                (name.to_owned(), value.strip_suffix("\r\n").unwrap().to_owned())
            })
            .collect()
    }
}

/// The server; it ends with the test's runtime.
pub(crate) struct TestServer {
    port: u16,
    play: Arc<Mutex<Play>>,
    seen: Arc<Mutex<Vec<Seen>>>,
    connections: Arc<Mutex<usize>>,
}

impl TestServer {
    pub(crate) async fn start(play: Play) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            play: Arc::new(Mutex::new(play)),
            seen: Arc::default(),
            connections: Arc::default(),
        };
        let (seen, connections) = (Arc::clone(&server.seen), Arc::clone(&server.connections));
        let play = Arc::clone(&server.play);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let before = *connections.lock().unwrap();
                *connections.lock().unwrap() += 1;
                let play = match &*play.lock().unwrap() {
                    Play::InTurn(plays) => plays[before.min(plays.len() - 1)].clone(),
                    play => play.clone(),
                };
                tokio::spawn(serve(stream, play, Arc::clone(&seen)));
            }
        });
        server
    }

    /// Behaves like this from the next connection on, and forgets what it was sent.
    pub(crate) fn set(&self, play: Play) {
        *self.play.lock().unwrap() = play;
        *self.connections.lock().unwrap() = 0;
        self.seen.lock().unwrap().clear();
    }

    pub(crate) fn url(&self) -> Url {
        Url::parse(&format!("http://127.0.0.1:{}/api/json/", self.port)).unwrap()
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The requests so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// The connections so far.
    pub(crate) fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

async fn serve(mut stream: TcpStream, play: Play, seen: Arc<Mutex<Vec<Seen>>>) {
    if matches!(play, Play::CloseAtOnce) {
        return;
    }
    let Some(request) = read_request(&mut stream).await else {
        return;
    };
    seen.lock().unwrap().push(request);
    match play {
        Play::CloseAtOnce | Play::CloseAfterRequest | Play::InTurn(_) => {}
        Play::Answer(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
        }
        Play::ResetAfterRequest => stream.set_zero_linger().unwrap(),
        Play::ResetAfter(bytes) => {
            let _ = stream.write_all(&bytes).await;
            stream.set_zero_linger().unwrap();
        }
        Play::KeepSilent => std::future::pending().await,
        Play::Drip(bytes) => {
            let _ = stream.write_all(&bytes).await;
            while stream.write_all(b" ").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }
}

async fn read_request(stream: &mut TcpStream) -> Option<Seen> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..head_end].to_vec()).unwrap();
    let (line, headers) = head.split_once("\r\n").unwrap();
    // Names only in lower case: a boundary in a value is case-sensitive.
    let headers: String = headers
        .lines()
        .map(|line| {
            let (name, value) = line.split_once(": ").unwrap();
            format!("{}: {value}\n", name.to_lowercase())
        })
        .collect();
    let length: usize = headers
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .unwrap()
        .parse()
        .unwrap();
    while bytes.len() < head_end + 4 + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    Some(Seen {
        line: line.to_owned(),
        headers,
        body: bytes[head_end + 4..].to_vec(),
    })
}
