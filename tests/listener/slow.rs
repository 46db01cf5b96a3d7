//! Who drips, stalls, hangs up or never reads. What is to be cut is cut after short times here.

use crate::desk::{Desk, PATIENCE, listen, until};
use crate::raw::{Raw, ask, call, head};
use recado::listener::Limits;
use std::time::{Duration, Instant};

/// A time that is soon over, and within which a busy machine still sends one request.
const SOON: Duration = Duration::from_millis(700);

fn all_soon(limits: &mut Limits) {
    (limits.head_time, limits.idle_time, limits.body_time) = (SOON, SOON, SOON);
    limits.unread_time = SOON;
}

/// Sends a piece now and then. Whether the other side ends that.
async fn drip(piece: &str, raw: &mut Raw) -> bool {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if raw.try_send(piece).await.is_err() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    false
}

#[tokio::test]
async fn a_head_that_drips_is_cut() {
    let desk = Desk::open();
    let listener = listen(&desk, |limits| limits.head_time = SOON).await;
    let mut silent = Raw::to(&listener).await;
    let mut dripping = Raw::to(&listener).await;
    let mut empty_lines = Raw::to(&listener).await;
    dripping.send("GET / HTTP/1.1\r\nHost: localhost\r\n").await;
    empty_lines.send("\r\n").await;
    // Meanwhile others are served.
    assert_eq!(
        ask(&listener, call("text/plain", "{}")).await.unwrap().status,
        200
    );
    assert!(drip("X: y\r\n", &mut dripping).await);
    assert!(silent.ends().await && empty_lines.ends().await);
    // The time counts for every head anew.
    let mut second = Raw::to(&listener).await;
    second.send(call("text/plain", "{}") + "POST /").await;
    assert_eq!(second.reply().await.unwrap().status, 200);
    assert!(second.ends().await);
}

#[tokio::test]
async fn a_connection_without_requests_is_closed_and_one_with_requests_stays() {
    let desk = Desk::open();
    let listener = listen(&desk, |limits| limits.idle_time = SOON).await;
    let mut idle = Raw::to(&listener).await;
    idle.send(call("text/plain", "{}").repeat(3)).await;
    for _ in 0..3 {
        assert_eq!(idle.reply().await.unwrap().status, 200);
    }
    let began = Instant::now();
    assert!(idle.ends().await);
    assert!(
        began.elapsed() >= SOON / 2,
        "closed at once: {:?}",
        began.elapsed()
    );
}

#[tokio::test]
async fn a_call_that_is_being_taken_outlives_the_times_of_the_peer() {
    let desk = Desk::shut();
    let listener = listen(&desk, all_soon).await;
    let mut raw = Raw::to(&listener).await;
    let began = Instant::now();
    // With the beginning of another head behind it, whose time must not run yet.
    raw.send(call("text/plain", "{}") + "POST").await;
    until("enough time has passed", || {
        desk.begun() == 1 && began.elapsed() > SOON * 2
    })
    .await;
    desk.gate.close();
    assert_eq!(raw.reply().await.unwrap().status, 200);
}

#[tokio::test]
async fn a_body_that_stalls_or_drips_is_cut() {
    let desk = Desk::open();
    let listener = listen(&desk, |limits| limits.body_time = SOON).await;
    let mut stalled = Raw::to(&listener).await;
    stalled.send(head("Content-Length: 10\r\n") + "{").await;
    let reply = stalled.reply().await.unwrap();
    assert_eq!((reply.status, reply.header("connection")), (408, Some("close")));
    let mut dripping = Raw::to(&listener).await;
    dripping.send(head("Transfer-Encoding: chunked\r\n")).await;
    assert!(drip("1\r\nx\r\n", &mut dripping).await);
    // A large one leaves nothing on the disk.
    let mut large = Raw::to(&listener).await;
    large
        .send(head("Content-Length: 9000000\r\n") + "file=" + &"x".repeat(2_000_000))
        .await;
    assert_eq!(large.reply().await.unwrap().status, 408);
    assert_eq!((desk.begun(), desk.spooled()), (0, 0));
}

#[tokio::test]
async fn who_never_reads_the_answers_is_cut() {
    let desk = Desk::open();
    let listener = listen(&desk, |limits| limits.unread_time = SOON).await;
    let mut greedy = Raw::to(&listener).await;
    let requests = "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(1_000);
    let began = Instant::now();
    while greedy.try_send(&requests).await.is_ok() {
        assert!(began.elapsed() < PATIENCE, "answers are written for ever");
    }
}

#[tokio::test]
async fn who_ends_their_side_after_the_request_gets_the_answer() {
    let desk = Desk::shut();
    let listener = listen(&desk, |_| {}).await;
    let mut raw = Raw::to(&listener).await;
    raw.send(call("text/plain", "{}")).await;
    raw.end().await;
    until("it is being taken", || desk.begun() == 1).await;
    desk.gate.close();
    assert_eq!(raw.reply().await.unwrap().status, 200);
    assert!(raw.ends().await);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_not_taken_and_leaves_nothing() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    for beginning in ["{", &("file=".to_owned() + &"x".repeat(3_000_000))] {
        for framing in ["Content-Length: 9000000\r\n", "Transfer-Encoding: chunked\r\n"] {
            let mut raw = Raw::to(&listener).await;
            let chunk = format!("{:x}\r\n", beginning.len() + 10);
            let prefix = if framing.starts_with('T') {
                chunk.as_str()
            } else {
                ""
            };
            raw.send(head(framing) + prefix + beginning).await;
            if beginning.len() > 1 {
                until("it is written to a file", || desk.spooled() == 1).await;
            }
            drop(raw);
            until("nothing is left", || desk.spooled() == 0).await;
        }
    }
    assert_eq!(
        ask(&listener, call("text/plain", "{}")).await.unwrap().status,
        200
    );
    assert_eq!(desk.begun(), 1);
}
