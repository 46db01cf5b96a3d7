//! What no honest gateway sends.

use crate::desk::{Desk, TOKEN, UNKNOWN, listen};
use crate::raw::{Raw, Reply, ask, call, head};
use recado::listener::Listener;

/// Everything an answer must and must not carry, whatever it says.
pub fn assert_discreet(reply: &Reply, request: &str) {
    assert_eq!(
        reply.header("cache-control"),
        Some("no-store"),
        "{request:?}: {reply:?}"
    );
    assert_eq!(
        reply.header("x-content-type-options"),
        Some("nosniff"),
        "{request:?}: {reply:?}"
    );
    let head = reply.head.to_ascii_lowercase();
    for banned in ["server:", "access-control", "x-powered", "set-cookie", "recado"] {
        assert!(!head.contains(banned), "{request:?}: {reply:?}");
    }
    assert!(reply.body.len() < 64, "{request:?}: {reply:?}");
}

async fn assert_all(listener: &Listener, requests: &[String], status: u16) {
    for request in requests {
        let shown = &request[..request.len().min(200)];
        let reply = ask(listener, request).await.expect(shown);
        assert_eq!(reply.status, status, "{shown:?}: {reply:?}");
        assert_discreet(&reply, shown);
    }
}

#[tokio::test]
async fn heads_that_can_be_read_in_two_ways_are_refused() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    let line = |line: &str| format!("{line}\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{{}}");
    let headers = |headers: &str| format!("POST /w/{TOKEN} HTTP/1.1\r\n{headers}\r\n{{}}");
    let requests = [
        line(&format!("POST http://localhost/w/{TOKEN} HTTP/1.1")),
        line(&format!("POST //localhost/w/{TOKEN} HTTP/1.1")),
        line(&format!("POST /x/../w/{TOKEN} HTTP/1.1")),
        line(&format!("POST /x/%2e%2e/w/{TOKEN} HTTP/1.1")),
        line(&format!("POST /%77/{TOKEN} HTTP/1.1")),
        line(&format!("POST /%2577/{TOKEN} HTTP/1.1")),
        line(&format!("POST /w/{TOKEN}%00 HTTP/1.1")),
        line(&format!("POST /w\\{TOKEN} HTTP/1.1")),
        line(&format!("POST /w/{TOKEN} HTTP/1.1 HTTP/1.1")),
        line(&format!("POST /w/{TOKEN}  HTTP/1.1")),
        line(&format!("POST /w/{TOKEN} HTTP/3.0")),
        line(&format!("POST /w/{TOKEN}")),
        line("CONNECT localhost:443 HTTP/1.1"),
        line("OPTIONS * HTTP/1.1"),
        format!("POST /w/{TOKEN} HTTP/1.1\nHost: localhost\nContent-Length: 2\n\n{{}}"),
        format!("POST /w/{TOKEN} HTTP/1.1\r\nHost: localhost\nContent-Length: 2\r\n\r\n{{}}"),
        format!("POST /w/{TOKEN} HTTP/1.1\rHost: localhost\r\r"),
        format!("POST /w/{TOKEN}\0 HTTP/1.1\r\n"),
        headers("Content-Length: 2\r\n"),
        headers("Host:\r\nContent-Length: 2\r\n"),
        headers("Host: localhost\r\nHost: localhost\r\nContent-Length: 2\r\n"),
        headers("Host: localhost\r\nHost: evil.example\r\nContent-Length: 2\r\n"),
        headers("Host: localhost\r\n folded\r\nContent-Length: 2\r\n"),
        headers("Host: localhost\r\nContent-Length : 2\r\n"),
        headers("Host: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n"),
        headers("Host: localhost\r\nContent-Length: -2\r\n"),
        headers("Host: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n"),
        headers("Host: localhost\r\nTransfer-Encoding: identity\r\n"),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
        "\x16\x03\x01\x02\0\x01\0\x01\u{fc}\x03\x03\r\n\r\n".to_owned(),
        "<?xml version=\"1.0\"?>\r\n\r\n".to_owned(),
    ];
    assert_all(&listener, &requests, 400).await;
    assert_eq!(desk.begun(), 0);
}

#[tokio::test]
async fn heads_that_are_too_long_are_refused() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    let long = "x".repeat(64 * 1024);
    let requests = [
        format!("POST /w/{TOKEN}?{long} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {long}\r\n\r\n"),
        format!(
            "GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n",
            "X: y\r\n".repeat(200)
        ),
        // Without an end.
        "GET /".to_owned() + &long.repeat(4),
    ];
    assert_all(&listener, &requests, 431).await;
    // Long, but not too long.
    let long = "x".repeat(50 * 1024);
    let request = head(&format!("Content-Length: 2\r\nX: {long}\r\n")) + "{}";
    assert_eq!(ask(&listener, request).await.unwrap().status, 200);
}

#[tokio::test]
async fn other_hosts_and_web_pages_are_sent_away() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    let port = listener.address().port();
    let to =
        |host: &str| format!("POST /w/{TOKEN} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 2\r\n\r\n{{}}");
    let elsewhere = [
        "evil.example",
        "localhost.evil.example",
        "localhost:1",
        "127.0.0.1.nip.example",
        "recado.example",
        "0.0.0.0",
        "2130706433",
        "a@localhost",
        "localhost/",
    ];
    assert_all(&listener, &elsewhere.map(to), 421).await;
    let pages = [
        "Origin: https://evil.example",
        "Origin: null",
        "Origin: http://localhost",
        "Origin:",
        "Sec-Fetch-Site: cross-site",
        "sec-fetch-site: same-origin",
    ];
    let pages = pages.map(|header| head(&format!("{header}\r\nContent-Length: 2\r\n")) + "{}");
    assert_all(&listener, &pages, 403).await;
    let preflight = format!(
        "OPTIONS /w/{TOKEN} HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n\
         Access-Control-Request-Method: POST\r\n\r\n"
    );
    assert_all(&listener, &[preflight], 403).await;
    assert_eq!(desk.begun(), 0);
    let ours = [
        "localhost".to_owned(),
        format!("localhost:{port}"),
        "127.0.0.1".to_owned(),
        format!("127.0.0.1:{port}"),
        format!("[::1]:{port}"),
    ];
    assert_all(&listener, &ours.map(|host| to(&host)), 200).await;
}

#[tokio::test]
async fn the_public_name_can_be_changed_while_listening() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    let mut raw = Raw::to(&listener).await;
    let mut status = async |host: &str| {
        raw.send(format!("GET /x HTTP/1.1\r\nHost: {host}\r\n\r\n")).await;
        raw.reply().await.unwrap().status
    };
    assert_eq!(status("recado.example").await, 421);
    listener.set_public_host(Some("recado.example".into()));
    assert_eq!(status("Recado.Example").await, 404);
    listener.set_public_host(Some("other.example:8443".into()));
    assert_eq!(status("recado.example").await, 421);
    assert_eq!(status("other.example:8443").await, 404);
    listener.set_public_host(None);
    assert_eq!(status("other.example:8443").await, 421);
}

#[tokio::test]
async fn an_unknown_token_looks_like_any_other_path_that_is_not_there() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    let post =
        |path: &str| format!("POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{{}}");
    let unknown = ask(&listener, post(&format!("/w/{UNKNOWN}"))).await.unwrap();
    assert_eq!(unknown.status, 404);
    assert_discreet(&unknown, "unknown token");
    for path in [
        "/".to_owned(),
        "/w/".to_owned(),
        format!("/w/{}", &TOKEN[1..]),
        format!("/w/{TOKEN}/"),
        format!("/w/{}", TOKEN.to_uppercase()),
        format!("/a/{TOKEN}/file.jpg"),
    ] {
        let other = ask(&listener, post(&path)).await.unwrap();
        assert_eq!(other.without_date(), unknown.without_date(), "{path}");
    }
    // Chunked, the body is not read either.
    let chunked = |path: &str| {
        format!("POST {path} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
    };
    let unknown = ask(&listener, chunked(&format!("/w/{UNKNOWN}"))).await.unwrap();
    let other = ask(&listener, chunked("/x")).await.unwrap();
    assert_eq!(unknown.without_date(), other.without_date());
    assert_eq!(desk.begun(), 0);
}

#[tokio::test]
async fn other_methods_are_refused_whether_the_token_is_known_or_not() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    for method in ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"] {
        let request = |token: &str| format!("{method} /w/{token} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        let known = ask(&listener, request(TOKEN)).await.unwrap();
        let unknown = ask(&listener, request(UNKNOWN)).await.unwrap();
        assert_eq!(
            (known.status, known.header("allow")),
            (405, Some("POST")),
            "{method}"
        );
        assert_eq!(known.without_date(), unknown.without_date());
        assert_discreet(&known, method);
    }
    let check = format!("POST /check/{UNKNOWN} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let check = ask(&listener, check).await.unwrap();
    assert_eq!((check.status, check.header("allow")), (405, Some("GET")));
}

#[tokio::test]
async fn a_request_hidden_in_a_body_is_a_body() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    let hidden = call("text/plain", "x=1");
    let mut raw = Raw::to(&listener).await;
    raw.send(call("application/json", &hidden) + &call("application/json", "[]"))
        .await;
    assert_eq!(raw.reply().await.unwrap().status, 200);
    assert_eq!(raw.reply().await.unwrap().status, 200);
    // Behind a refused body, and behind a chunked one, nothing is read as a request.
    let refused = format!(
        "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n",
        hidden.len()
    );
    raw.send(refused + &hidden).await;
    assert_eq!(raw.reply().await.unwrap().status, 404);
    assert!(raw.ends().await);
    let mut raw = Raw::to(&listener).await;
    raw.send(head("Transfer-Encoding: chunked\r\n") + "2\r\n{}\r\n0\r\n\r\n" + &hidden)
        .await;
    let reply = raw.reply().await.unwrap();
    assert_eq!((reply.status, reply.header("connection")), (200, Some("close")));
    assert!(raw.ends().await);
    assert_eq!(
        desk.taken().iter().map(|taken| taken.bytes).collect::<Vec<_>>(),
        [hidden.len() as u64, 2, 2]
    );
}

#[tokio::test]
async fn chunks_that_cannot_be_read_are_refused() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    for chunks in [
        "xyz\r\n",
        "-2\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}x\r\n",
        "FFFFFFFFFFFFFFFFF\r\n",
        "2\n{}\n0\n\n",
    ] {
        let reply = ask(&listener, head("Transfer-Encoding: chunked\r\n") + chunks)
            .await
            .unwrap();
        assert_eq!(reply.status, 400, "{chunks:?}");
    }
    assert_eq!(desk.begun(), 0);
}
