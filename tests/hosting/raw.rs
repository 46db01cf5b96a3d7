//! A server that writes down what it is asked and answers with whatever bytes it is told to.

use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// How a request is answered.
#[derive(Clone)]
pub enum Answer {
    /// These bytes, and the connection ends.
    Bytes(Vec<u8>),
    /// These bytes, and then one of the second again and again, without an end.
    Drip(Vec<u8>, u8, Duration),
    /// These bytes again and again, without an end.
    Flood(Vec<u8>, Vec<u8>),
    /// Nothing: not even the request is read.
    Deaf,
}

/// `HTTP/1.1 <status>` with these headers (each with its line end) and body.
pub fn http(status: &str, headers: &str, body: &[u8]) -> Answer {
    let mut bytes = format!("HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n").into_bytes();
    bytes.extend_from_slice(body);
    Answer::Bytes(bytes)
}

/// A whole answer 200 with its length.
pub fn whole(body: &[u8]) -> Answer {
    http("200 OK", &format!("Content-Length: {}\r\n", body.len()), body)
}

/// The server; ends when dropped.
pub struct Raw {
    pub port: u16,
    heads: Arc<Mutex<Vec<String>>>,
    _tasks: JoinSet<()>,
}

impl Raw {
    pub async fn start(answer: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heads: Arc<Mutex<Vec<String>>> = Arc::default();
        let seen = Arc::clone(&heads);
        let answer = Arc::new(answer);
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, seen) = (Arc::clone(&answer), Arc::clone(&seen));
                connections.spawn(async move {
                    // The other side may go away at any time.
                    let _ = serve(stream, &*answer, &seen).await;
                });
            }
        });
        Self {
            port,
            heads,
            _tasks: tasks,
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The heads of all requests so far.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

async fn serve(
    mut stream: TcpStream,
    answer: &(dyn Fn(&str) -> Answer + Send + Sync),
    seen: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    if matches!(answer(""), Answer::Deaf) {
        seen.lock().unwrap().push(String::new());
        std::future::pending::<()>().await;
    }
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let body = head
        .lines()
        .find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("content-length:")?
                .trim()
                .parse()
                .ok()
        })
        .unwrap_or(0_u64);
    tokio::io::copy(&mut (&mut stream).take(body), &mut tokio::io::sink()).await?;
    let told = answer(&head);
    seen.lock().unwrap().push(head);
    match told {
        Answer::Bytes(bytes) => stream.write_all(&bytes).await?,
        Answer::Drip(bytes, byte, pause) => {
            stream.write_all(&bytes).await?;
            loop {
                stream.write_all(&[byte]).await?;
                tokio::time::sleep(pause).await;
            }
        }
        Answer::Flood(bytes, again) => {
            stream.write_all(&bytes).await?;
            loop {
                stream.write_all(&again).await?;
            }
        }
        Answer::Deaf => {}
    }
    stream.shutdown().await
}
