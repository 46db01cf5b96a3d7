//! The round trip through the public address, without a proxy. `nginx.rs` has one.

use crate::desk::{Desk, UNKNOWN, listen};
use crate::raw::ask;
use recado::listener::OutsideFault;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

#[tokio::test]
async fn it_comes_back_to_us() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    let port = listener.address().port();
    for url in [
        format!("http://127.0.0.1:{port}"),
        format!(" http://127.0.0.1:{port}/ "),
        format!("http://localhost:{port}/"),
    ] {
        let round_trip = listener.check_from_outside(&url).await.unwrap();
        assert!(!round_trip.duration.is_zero());
    }
    let unasked = format!("GET /check/{UNKNOWN} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let not_there = "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let (unasked, not_there) = (ask(&listener, unasked).await, ask(&listener, not_there).await);
    assert_eq!(unasked.unwrap().without_date(), not_there.unwrap().without_date());
}

#[tokio::test]
async fn another_copy_of_the_program_is_somebody_else() {
    let desk = Desk::open();
    let (listener, other) = (listen(&desk, |_| {}).await, listen(&desk, |_| {}).await);
    let fault = listener
        .check_from_outside(&format!("http://{}", other.address()))
        .await
        .unwrap_err();
    let expected = OutsideFault::SomebodyElse {
        status: 404,
        beginning: "not found".into(),
    };
    assert_eq!(fault, expected);
}

/// Somebody who answers every request with the same.
async fn somebody(answer: &'static str) -> String {
    let socket = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = socket.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = socket.accept().await {
            let mut request = [0; 4_096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    format!("http://{address}")
}

#[tokio::test]
async fn somebody_else_is_told_with_the_status_and_the_first_words() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    let page = "HTTP/1.1 200 OK\r\nContent-Length: 21\r\nConnection: close\r\n\r\n<h1>Welcome\x07 to</h1>\n";
    // A redirect is not followed, even if it leads here.
    let redirect: &'static str = Box::leak(
        format!(
            "HTTP/1.1 302 Found\r\nLocation: http://{}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            listener.address()
        )
        .into_boxed_str(),
    );
    for (answer, status, beginning) in [(page, 200, "<h1>Welcome  to</h1>"), (redirect, 302, "")] {
        let url = somebody(answer).await;
        let fault = listener.check_from_outside(&url).await.unwrap_err();
        let beginning = beginning.to_owned();
        assert_eq!(fault, OutsideFault::SomebodyElse { status, beginning });
    }
}

#[tokio::test]
async fn what_cannot_be_reached_is_told() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    let free = TcpListener::bind(("127.0.0.1", 0))
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    for url in [
        format!("http://{free}"),
        // Plain HTTP would show the token to everybody on the way.
        "http://recado.example".to_owned(),
        "recado.example".to_owned(),
        String::new(),
    ] {
        let fault = listener.check_from_outside(&url).await.unwrap_err();
        assert!(
            matches!(&fault, OutsideFault::Unreachable(words) if !words.is_empty()),
            "{url}: {fault:?}"
        );
    }
}
