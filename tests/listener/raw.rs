//! A client that sends whatever it is told, byte for byte.

use crate::desk::{PATIENCE, TOKEN};
use recado::listener::Listener;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    /// Status line and headers as they came.
    pub head: String,
    pub body: String,
}

impl Reply {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    /// Everything but the time.
    pub fn without_date(&self) -> String {
        let head: Vec<&str> = self
            .head
            .lines()
            .filter(|line| !line.to_ascii_lowercase().starts_with("date:"))
            .collect();
        format!("{}\n\n{}", head.join("\n"), self.body)
    }
}

/// A connection.
pub struct Raw {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Raw {
    pub async fn connect(address: SocketAddr) -> Self {
        Self::over(TcpStream::connect(address).await.unwrap())
    }

    /// Over a connection that is there.
    pub fn over(stream: TcpStream) -> Self {
        // What is sent in pieces arrives in pieces, at once.
        stream.set_nodelay(true).unwrap();
        Self {
            stream,
            buffer: Vec::new(),
        }
    }

    pub async fn to(listener: &Listener) -> Self {
        Self::connect(listener.address()).await
    }

    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.try_send(bytes).await.unwrap();
    }

    /// Sends what the other side may not want to read.
    pub async fn try_send(&mut self, bytes: impl AsRef<[u8]>) -> std::io::Result<()> {
        tokio::time::timeout(PATIENCE, self.stream.write_all(bytes.as_ref()))
            .await
            .expect("sending never ends")
    }

    /// Ends our side only.
    pub async fn end(&mut self) {
        self.stream.shutdown().await.unwrap();
    }

    /// The next answer; `None` if the connection ends before it begins.
    pub async fn reply(&mut self) -> Option<Reply> {
        tokio::time::timeout(PATIENCE, self.read_reply())
            .await
            .expect("no answer comes")
    }

    /// The head of the next answer; nothing that follows it is taken.
    pub async fn reply_head(&mut self) -> Option<Reply> {
        tokio::time::timeout(PATIENCE, self.read_head())
            .await
            .expect("no answer comes")
    }

    /// Some more of what was answered; empty at its end, `None` when the connection breaks.
    pub async fn some(&mut self) -> Option<Vec<u8>> {
        if self.buffer.is_empty() {
            let reading = self.stream.read_buf(&mut self.buffer);
            let read = tokio::time::timeout(PATIENCE, reading).await;
            read.expect("nothing comes").ok()?;
        }
        Some(std::mem::take(&mut self.buffer))
    }

    async fn read_head(&mut self) -> Option<Reply> {
        let head_end = loop {
            if let Some(at) = self.buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                break at + 4;
            }
            if !self.read().await {
                assert!(self.buffer.is_empty(), "half an answer");
                return None;
            }
        };
        let head = String::from_utf8(self.buffer[..head_end].to_vec()).unwrap();
        self.buffer.drain(..head_end);
        Some(Reply {
            status: head[9..12].parse().unwrap(),
            head: head.trim_end().to_owned(),
            body: String::new(),
        })
    }

    async fn read_reply(&mut self) -> Option<Reply> {
        let mut reply = self.read_head().await?;
        let length: usize = reply
            .header("content-length")
            .map_or(0, |length| length.parse().unwrap());
        while self.buffer.len() < length {
            assert!(self.read().await, "half a body");
        }
        reply.body = String::from_utf8(self.buffer[..length].to_vec()).unwrap();
        self.buffer.drain(..length);
        Some(reply)
    }

    /// Whether the other side ends the connection, without another word.
    pub async fn ends(&mut self) -> bool {
        tokio::time::timeout(PATIENCE, self.read())
            .await
            .is_ok_and(|more| !more)
            && self.buffer.is_empty()
    }

    async fn read(&mut self) -> bool {
        self.stream
            .read_buf(&mut self.buffer)
            .await
            .is_ok_and(|count| count > 0)
    }
}

/// One request on a connection of its own.
pub async fn ask(listener: &Listener, request: impl AsRef<[u8]>) -> Option<Reply> {
    let mut raw = Raw::to(listener).await;
    // A refusal may come before everything is written.
    let _ = raw.try_send(request).await;
    raw.reply().await
}

/// The head of a call to the only account, with more headers.
pub fn head(headers: &str) -> String {
    format!("POST /w/{TOKEN} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n")
}

/// A whole call to the only account.
pub fn call(content_type: &str, body: &str) -> String {
    let length = body.len();
    head(&format!(
        "Content-Type: {content_type}\r\nContent-Length: {length}\r\n"
    )) + body
}
