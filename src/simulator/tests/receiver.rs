//! A receiver of webhooks that answers as it is told.

use super::super::form;
use super::PATIENCE;
use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use serde_json::Value;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use url::Url;

/// One POST that arrived.
#[derive(Debug, Clone)]
pub(in crate::simulator) struct Received {
    pub(in crate::simulator) content_type: Option<String>,
    pub(in crate::simulator) body: Vec<u8>,
    /// The fields of a form with `tipo`.
    fields: Vec<(String, String)>,
    /// What it was answered.
    pub(in crate::simulator) status: u16,
}

impl Received {
    /// The objects in it; none in a form.
    pub(in crate::simulator) fn objects(&self) -> Vec<Value> {
        match serde_json::from_slice(&self.body) {
            Ok(Value::Array(objects)) => objects,
            Ok(object) => vec![object],
            Err(_) => Vec::new(),
        }
    }

    pub(in crate::simulator) fn field(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(field, _)| field == name)
            .map_or("", |(_, value)| value)
    }

    /// `tipo`, and for messages `midia`.
    pub(in crate::simulator) fn kind(&self) -> String {
        let objects = self.objects();
        let Some(object) = objects.first() else {
            return self.field("tipo").to_owned();
        };
        let word = |name: &str| object[name].as_str().unwrap_or_default().to_owned();
        match word("tipo").as_str() {
            "mensagem" => word("midia"),
            other => other.to_owned(),
        }
    }
}

/// A receiver. Dropping it closes its connections and its port.
pub(in crate::simulator) struct Receiver {
    pub(in crate::simulator) url: Url,
    book: Arc<Book>,
    server: JoinHandle<()>,
}

#[derive(Default)]
struct Book {
    received: watch::Sender<Vec<Received>>,
    /// Answers of the next posts, in order; 200 afterwards.
    answers: Mutex<Vec<u16>>,
}

impl Receiver {
    pub(in crate::simulator) async fn open() -> Self {
        Self::open_at(0).await
    }

    pub(in crate::simulator) async fn open_at(port: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.unwrap();
        let url = Url::parse(&format!("http://{}/in/token", listener.local_addr().unwrap())).unwrap();
        let book = Arc::new(Book::default());
        let router = Router::new().fallback(receive).with_state(Arc::clone(&book));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, book, server }
    }

    /// Chooses the answers of the next posts.
    pub(in crate::simulator) fn answer(&self, statuses: &[u16]) {
        self.book.answers.lock().unwrap().extend(statuses);
    }

    pub(in crate::simulator) fn received(&self) -> Vec<Received> {
        self.book.received.borrow().clone()
    }

    /// Waits until so many have arrived.
    pub(in crate::simulator) async fn wait_for(&self, count: usize) -> Vec<Received> {
        let mut received = self.book.received.subscribe();
        let arrived = timeout(PATIENCE, received.wait_for(|all| all.len() >= count)).await;
        assert!(arrived.is_ok(), "{:?}", self.received());
        self.received()
    }

    pub(in crate::simulator) fn kinds(&self) -> Vec<String> {
        self.received().iter().map(Received::kind).collect()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn receive(State(book): State<Arc<Book>>, request: Request) -> StatusCode {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 64 * 1024 * 1024).await.unwrap();
    let content_type = parts
        .headers
        .get("content-type")
        .map(|value| value.to_str().unwrap().to_owned());
    let (_, fields) = form::read(parts, body.clone()).await;
    let status = {
        let mut answers = book.answers.lock().unwrap();
        if answers.is_empty() {
            200
        } else {
            answers.remove(0)
        }
    };
    book.received.send_modify(|all| {
        all.push(Received {
            content_type,
            body: body.to_vec(),
            fields: fields.without_credentials(),
            status,
        });
    });
    StatusCode::from_u16(status).unwrap()
}
