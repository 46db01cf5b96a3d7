//! What a message carries is fetched as it begins to be sent, over real HTTP.

use super::receiver::Receiver;
use super::*;
use crate::simulator::attachments::FAILED;
use crate::simulator::{AttachmentFault, Times};
use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use axum::routing::get;
use sha2::{Digest as _, Sha256};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::TcpListener;

const PICTURE: &[u8] = b"\xff\xd8\xff\xe0 what a camera wrote";

/// A place with files; counts how often it was asked.
struct Place {
    address: SocketAddr,
    asked: Arc<AtomicUsize>,
}

impl Place {
    async fn open() -> Self {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let typed = [(header::CONTENT_TYPE, "image/jpeg")];
        let router = Router::new()
            .route(
                "/foto.jpg",
                get(move || async move { (typed, PICTURE).into_response() }),
            )
            .route("/vazio.jpg", get(|| async { StatusCode::OK }))
            .route(
                "/outro.jpg",
                get(|| async { (StatusCode::FOUND, [(header::LOCATION, "/foto.jpg")]) }),
            )
            .layer(axum::middleware::from_fn(
                move |request, next: axum::middleware::Next| {
                    count.fetch_add(1, Ordering::SeqCst);
                    next.run(request)
                },
            ));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, asked }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

fn with_picture<'a>(client_id: &'a str, url: &'a str) -> [(&'static str, &'a str); 6] {
    message(client_id).map(|(name, value)| match name {
        "midia" => (name, "imagem"),
        "url_anexo" => (name, url),
        _ => (name, value),
    })
}

impl Desk {
    async fn send_picture(&self, client_id: &str, url: &str) {
        let answer = self.call(Endpoint::Send, &with_picture(client_id, url)).await;
        assert_eq!(answer["erro"], "nao", "{answer}");
    }

    async fn fetched(&self, client_id: &str) -> crate::simulator::FetchedAttachment {
        self.wait_for(|state| {
            let message = state.ledger().message(client_id);
            message.is_some_and(|message| message.attachment.is_some() && !message.statuses.is_empty())
        })
        .await;
        self.ledger.message(client_id).unwrap().attachment.unwrap()
    }
}

#[tokio::test]
async fn the_bytes_that_came_are_noted_and_the_message_is_sent() {
    let (desk, place) = (Desk::fast().await, Place::open().await);
    let url = format!("http://{}/foto.jpg", place.address);
    desk.send_picture("f1", &url).await;
    let fetched = desk.fetched("f1").await;
    assert!(fetched.is_there(), "{fetched:?}");
    assert_eq!((fetched.status, fetched.bytes), (Some(200), PICTURE.len() as u64));
    assert_eq!(fetched.content_type.as_deref(), Some("image/jpeg"));
    assert_eq!(fetched.sha256, <[u8; 32]>::from(Sha256::digest(PICTURE)));
    desk.wait_for(|state| {
        state
            .ledger()
            .message("f1")
            .is_some_and(|message| message.statuses.len() == 3)
    })
    .await;
    assert_eq!((desk.ledger.sent_count("f1"), place.asked()), (1, 1));
    // A repeated identifier is neither sent nor fetched again.
    desk.send_picture("f1", &url).await;
    desk.send("f2").await;
    desk.wait_for(|state| state.ledger().sent_count("f2") == 1).await;
    assert_eq!((desk.ledger.sent_count("f1"), place.asked()), (1, 1));
}

#[tokio::test]
async fn what_cannot_be_fetched_is_not_sent_and_told() {
    let (desk, place) = (Desk::fast().await, Place::open().await);
    let receiver = Receiver::open().await;
    desk.control.set_webhook(Some(receiver.url.clone()));
    let missing = [
        ("n1", format!("http://{}/fort.jpg", place.address), Some(404)),
        ("n2", format!("http://{}/outro.jpg", place.address), Some(302)),
        ("n3", format!("http://{}/vazio.jpg", place.address), Some(200)),
        // Nobody listens on the port of a connection that was never there.
        ("n4", "http://127.0.0.1:1/foto.jpg".to_owned(), None),
    ];
    for (client_id, url, status) in &missing {
        desk.send_picture(client_id, url).await;
        let fetched = desk.fetched(client_id).await;
        assert!(!fetched.is_there());
        assert_eq!(fetched.status, *status, "{url}: {fetched:?}");
        let told: Vec<u8> = desk
            .ledger
            .message(client_id)
            .unwrap()
            .statuses
            .iter()
            .map(|status| status.code)
            .collect();
        assert_eq!(told, [FAILED]);
        assert_eq!(desk.ledger.sent_count(client_id), 0);
    }
    // The queue goes on behind them.
    desk.send("n5").await;
    desk.wait_for(|state| state.ledger().sent_count("n5") == 1 && state.is_webhook_quiet())
        .await;
    let words: Vec<String> = receiver
        .received()
        .iter()
        .flat_map(|received| received.objects())
        .filter(|object| object["codigo_status"] == FAILED)
        .map(|object| object["referencia_status"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(words, ["Falha ao baixar o anexo"; 4]);
}

#[tokio::test]
async fn fetching_fails_or_takes_long_on_request() {
    let (desk, place) = (Desk::fast().await, Place::open().await);
    let url = format!("http://{}/foto.jpg", place.address);
    desk.control.attachment_fault(AttachmentFault::Fails, Times::ONCE);
    let slow = Duration::from_millis(120);
    desk.control
        .attachment_fault(AttachmentFault::Slow(slow), Times::ONCE);
    desk.send_picture("s1", &url).await;
    assert!(!desk.fetched("s1").await.is_there());
    assert_eq!(place.asked(), 0);
    desk.send_picture("s2", &url).await;
    desk.send("s3").await;
    desk.wait_for(|state| state.sent_total() == 2).await;
    let (second, third) = (
        desk.ledger.message("s2").unwrap(),
        desk.ledger.message("s3").unwrap(),
    );
    let began = second.attachment.unwrap().at;
    assert!(
        second.sent_at[0] >= began + slow,
        "{:?} {began:?}",
        second.sent_at
    );
    assert!(third.sent_at[0] >= second.sent_at[0], "what is behind it waits");
}

#[tokio::test]
async fn nothing_leaves_this_machine_and_fetching_can_be_switched_off() {
    let desk = Desk::fast().await;
    desk.send_picture("x1", "https://files.example/foto.jpg").await;
    desk.wait_for(|state| state.ledger().sent_count("x1") == 1).await;
    assert_eq!(desk.ledger.message("x1").unwrap().attachment, None);
    let place = Place::open().await;
    let off = Desk::open(SimulatorConfig {
        fetches_attachments: false,
        ..fast_config()
    })
    .await;
    off.send_picture("x2", &format!("http://{}/foto.jpg", place.address))
        .await;
    off.wait_for(|state| state.ledger().sent_count("x2") == 1).await;
    assert_eq!(place.asked(), 0);
}
