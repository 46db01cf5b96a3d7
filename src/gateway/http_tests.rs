use super::super::test_server::{Play, TestServer};
use super::*;
use crate::domain::Secret;
use std::time::Instant;

const CANARY: &str = "canary-7f3a9c";

/// Bounds that nothing reaches that goes well, however busy the machine.
fn patient() -> Timeouts {
    Timeouts {
        connect: Duration::from_secs(10),
        send: Duration::from_secs(20),
        read: Duration::from_secs(20),
    }
}

/// Bounds that are reached soon.
fn short() -> Timeouts {
    Timeouts {
        send: Duration::from_millis(300),
        read: Duration::from_millis(300),
        ..patient()
    }
}

fn client(base: &Url, timeouts: Timeouts) -> HttpClient {
    let redactor = Redactor::new([&Secret::new(CANARY.into())]);
    HttpClient::new(base, timeouts, redactor).unwrap()
}

fn form() -> Vec<(&'static str, String)> {
    vec![("token", CANARY.to_owned()), ("mensagem", "Olá\n👋".to_owned())]
}

async fn post(play: Play) -> (Outcome, TestServer) {
    let timeouts = match play {
        Play::KeepSilent | Play::Drip(_) => short(),
        _ => patient(),
    };
    let server = TestServer::start(play).await;
    let outcome = client(&server.url(), timeouts)
        .post(&server.url(), form(), Purpose::Send)
        .await;
    assert!(!format!("{outcome:?}").contains("canary"), "{outcome:?}");
    (outcome, server)
}

fn lost(outcome: &Outcome) -> Option<Loss> {
    match outcome {
        Outcome::MaybeSent { loss, .. } => Some(*loss),
        _ => None,
    }
}

#[tokio::test]
async fn a_form_goes_out_once_and_its_answer_comes_back() {
    let (outcome, server) = post(Play::http(200, "Retry-After: 7\r\n", b"\xef\xbb\xbf{}")).await;
    assert_eq!(
        outcome,
        Outcome::Answered(Answer {
            status: 200,
            retry_after: Some(Duration::from_secs(7)),
            body: b"\xef\xbb\xbf{}".to_vec()
        })
    );
    let seen = server.seen();
    assert_eq!((seen.len(), server.connections()), (1, 1));
    assert!(seen[0].line.starts_with("POST /api/json/ HTTP/1.1"));
    let expected: Vec<(String, String)> = form()
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    assert_eq!(seen[0].fields(), expected);
}

#[tokio::test]
async fn every_request_has_a_connection_of_its_own() {
    let server = TestServer::start(Play::http(200, "", b"{}")).await;
    let client = client(&server.url(), patient());
    for _ in 0..3 {
        assert!(matches!(
            client.post(&server.url(), form(), Purpose::Read).await,
            Outcome::Answered(_)
        ));
    }
    assert_eq!((server.seen().len(), server.connections()), (3, 3));
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let target = TestServer::start(Play::http(200, "", b"{}")).await;
    for status in [301, 302, 303, 307, 308] {
        let location = format!("Location: {}\r\n", target.url());
        let (outcome, server) = post(Play::http(status, &location, b"")).await;
        assert!(matches!(outcome, Outcome::Answered(Answer { status: got, .. }) if got == status));
        assert_eq!((server.connections(), target.connections()), (1, 0));
    }
}

#[tokio::test]
async fn what_breaks_after_the_request_may_have_been_sent_and_is_not_repeated() {
    let half = b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"erro\":\"nao\"".to_vec();
    let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"err\r\n".to_vec();
    let table = [
        (Play::CloseAtOnce, Loss::ConnectionLost),
        (Play::CloseAfterRequest, Loss::ConnectionLost),
        (Play::ResetAfterRequest, Loss::ConnectionLost),
        (Play::ResetAfter(half.clone()), Loss::ConnectionLost),
        (Play::Answer(half.clone()), Loss::ConnectionLost),
        (Play::Answer(chunked), Loss::ConnectionLost),
        (
            Play::Answer(b"no HTTP at all\r\n\r\n".to_vec()),
            Loss::ConnectionLost,
        ),
        (
            Play::Answer(b"HTTP/1.1 200 OK\r\nContent-".to_vec()),
            Loss::ConnectionLost,
        ),
        (Play::KeepSilent, Loss::TimedOut),
        (Play::Drip(b"HTTP/1.1 200 OK\r\nX: ".to_vec()), Loss::TimedOut),
        (Play::Drip(half), Loss::TimedOut),
    ];
    for (play, expected) in table {
        let started = Instant::now();
        let (outcome, server) = post(play.clone()).await;
        assert_eq!(lost(&outcome), Some(expected), "{play:?} → {outcome:?}");
        assert_eq!(server.connections(), 1, "{play:?}");
        assert!(started.elapsed() < Duration::from_secs(5), "{play:?}");
    }
}

#[tokio::test]
async fn a_body_ended_by_the_connection_is_whole() {
    let (outcome, _) = post(Play::Answer(b"HTTP/1.0 200 OK\r\n\r\n{}".to_vec())).await;
    assert!(matches!(outcome, Outcome::Answered(Answer { body, .. }) if body == b"{}"));
}

#[tokio::test]
async fn a_body_without_end_is_bounded() {
    let long = vec![b' '; BODY_MAX + 1];
    let (outcome, _) = post(Play::http(200, "", &long)).await;
    assert_eq!(lost(&outcome), Some(Loss::Unreadable));
    let (outcome, _) = post(Play::http(200, "", &long[..BODY_MAX])).await;
    assert!(matches!(outcome, Outcome::Answered(Answer { body, .. }) if body.len() == BODY_MAX));
}

#[tokio::test]
async fn packed_bodies_are_unpacked_within_bounds() {
    // "{}" and what is no gzip at all.
    let packed = [
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0xae, 5, 0, 0x43, 0xbf, 0xa6, 0xa3, 2, 0, 0, 0,
    ];
    let (outcome, _) = post(Play::http(200, "Content-Encoding: gzip\r\n", &packed)).await;
    assert!(
        matches!(&outcome, Outcome::Answered(Answer { body, .. }) if body == b"{}"),
        "{outcome:?}"
    );
    let (outcome, _) = post(Play::http(200, "Content-Encoding: gzip\r\n", b"no gzip at all")).await;
    assert!(lost(&outcome).is_some(), "{outcome:?}");
}

/// Some 50 KiB of gzip that unpack to one byte more than is read: a zero, and "the last byte 258 times again".
fn bomb() -> Vec<u8> {
    let mut bits = vec![true, true, false];
    let mut push = |code: u16, length: u16| {
        bits.extend((0..length).rev().map(|bit| code >> bit & 1 == 1));
    };
    push(0b0011_0000, 8);
    for _ in 0..=BODY_MAX / 258 {
        push(0b1100_0101, 8);
        push(0, 5);
    }
    let packed = bits.chunks(8).map(|byte| {
        byte.iter()
            .rev()
            .fold(0, |packed, bit| packed << 1 | u8::from(*bit))
    });
    [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]
        .into_iter()
        .chain(packed)
        .collect()
}

#[tokio::test]
async fn a_bomb_is_not_unpacked_to_its_end() {
    let bomb = bomb();
    assert!(bomb.len() < 60_000);
    let server = TestServer::start(Play::http(200, "Content-Encoding: gzip\r\n", &bomb)).await;
    let outcome = client(&server.url(), patient())
        .post(&server.url(), form(), Purpose::Send)
        .await;
    assert!(
        matches!(&outcome, Outcome::MaybeSent { loss: Loss::Unreadable, words, partial: Some(partial) }
            if words.contains("too long") && partial.body.len() <= BODY_MAX),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn what_finds_no_connection_was_not_sent() {
    let free = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let base = Url::parse(&format!("http://127.0.0.1:{port}/")).unwrap();
    let outcome = client(&base, patient()).post(&base, form(), Purpose::Send).await;
    assert!(matches!(outcome, Outcome::NotSent { .. }), "{outcome:?}");
    assert!(!format!("{outcome:?}").contains(&port.to_string()), "{outcome:?}");
}

#[tokio::test]
async fn tls_that_does_not_come_about_means_not_sent() {
    for play in [Play::http(400, "", b"plain"), Play::CloseAtOnce] {
        let server = TestServer::start(play).await;
        let base = Url::parse(&format!("https://127.0.0.1:{}/", server.port())).unwrap();
        let timeouts = Timeouts {
            connect: Duration::from_millis(200),
            ..patient()
        };
        let outcome = client(&base, timeouts).post(&base, form(), Purpose::Send).await;
        assert!(matches!(outcome, Outcome::NotSent { .. }), "{outcome:?}");
        assert_eq!(server.seen().len(), 0);
    }
}

#[tokio::test]
async fn localhost_is_this_machine_whatever_a_name_server_says() {
    let server = TestServer::start(Play::http(200, "", b"{}")).await;
    let base = Url::parse(&format!("http://LocalHost:{}/x/", server.port())).unwrap();
    let outcome = client(&base, patient()).post(&base, form(), Purpose::Send).await;
    assert!(matches!(outcome, Outcome::Answered(_)), "{outcome:?}");
}

#[tokio::test]
async fn plain_http_goes_nowhere_else() {
    let far = Url::parse("http://gateway.example/").unwrap();
    assert!(HttpClient::new(&far, patient(), Redactor::default()).is_err());
    let server = TestServer::start(Play::http(200, "", b"{}")).await;
    let client = client(&server.url(), patient());
    for address in [
        "http://192.0.2.1/",
        "http://localhost.example/",
        "https://gateway.example/",
        "ftp://127.0.0.1/",
    ] {
        let outcome = client
            .post(&Url::parse(address).unwrap(), form(), Purpose::Send)
            .await;
        assert_eq!(
            outcome,
            Outcome::NotSent {
                words: refused_address().to_owned()
            }
        );
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn the_bundled_roots_make_a_client() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    assert!(
        with_bundled_roots(builder(false, Timeouts::default().connect))
            .and_then(reqwest::ClientBuilder::build)
            .is_ok()
    );
}

#[test]
fn a_send_resolves_within_45_seconds() {
    let timeouts = Timeouts::default();
    assert!(timeouts.send.max(timeouts.read).max(timeouts.connect) <= Duration::from_secs(40));
}

#[test]
fn retry_after_is_read_in_both_forms() {
    let now: jiff::Timestamp = "2026-11-21T08:00:00Z".parse().unwrap();
    let table = [
        ("7", Some(7)),
        (" 0 ", Some(0)),
        ("99999999999999999999", Some(86_400)),
        ("Sat, 21 Nov 2026 08:01:30 GMT", Some(90)),
        ("Sat, 21 Nov 2026 07:00:00 GMT", Some(0)),
        ("Sun, 21 Nov 2027 07:00:00 GMT", Some(86_400)),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("1.5", None),
    ];
    for (text, secs) in table {
        assert_eq!(retry_after(text, now), secs.map(Duration::from_secs), "{text}");
    }
}
