//! More connections than there is room for.

use crate::desk::{Desk, TOKEN, listen, until};
use crate::raw::{Raw, ask, call};
use futures_util::future::join_all;
use std::time::Duration;

#[tokio::test]
async fn three_hundred_calls_at_once_are_all_taken_and_never_more_than_256_together() {
    let desk = Desk::shut();
    let listener = listen(&desk, |_| {}).await;
    let mut callers = Vec::new();
    for number in 0..300 {
        let mut raw = Raw::to(&listener).await;
        raw.send(call("text/plain", &number.to_string())).await;
        callers.push(raw);
    }
    until("all places are taken", || desk.begun() == 256).await;
    desk.gate.close();
    let replies = join_all(callers.iter_mut().map(Raw::reply)).await;
    assert!(replies.iter().flatten().all(|reply| reply.status == 200));
    assert_eq!((replies.iter().flatten().count(), desk.taken().len()), (300, 300));
    assert!(desk.most_running() <= 256, "{}", desk.most_running());
}

#[tokio::test]
async fn idle_connections_make_room() {
    let desk = Desk::open();
    let listener = listen(&desk, |limits| limits.connections = 4).await;
    let mut idle = Vec::new();
    for _ in 0..4 {
        let mut raw = Raw::to(&listener).await;
        raw.send(call("text/plain", "{}")).await;
        assert_eq!(raw.reply().await.unwrap().status, 200);
        idle.push(raw);
    }
    // The ordinary idle time is longer than the patience of this test.
    for _ in 0..8 {
        assert_eq!(
            ask(&listener, call("text/plain", "{}")).await.unwrap().status,
            200
        );
    }
}

#[tokio::test]
async fn who_connects_and_says_nothing_gives_the_place_back() {
    let desk = Desk::open();
    let listener = listen(&desk, |limits| {
        limits.connections = 4;
        limits.head_time = Duration::from_millis(700);
    })
    .await;
    let mut silent = Vec::new();
    for _ in 0..12 {
        silent.push(Raw::to(&listener).await);
    }
    assert_eq!(
        ask(&listener, call("text/plain", "{}")).await.unwrap().status,
        200
    );
    assert_eq!(desk.taken().len(), 1);
}

#[tokio::test]
async fn who_hangs_up_keeps_the_place_while_the_call_is_taken() {
    let desk = Desk::shut();
    let listener = listen(&desk, |limits| limits.connections = 2).await;
    for count in 1..=2 {
        let mut raw = Raw::to(&listener).await;
        raw.send(call("text/plain", "{}")).await;
        until("it is being taken", || desk.begun() == count).await;
    }
    let mut third = Raw::to(&listener).await;
    third.send(call("text/plain", "{}")).await;
    desk.gate.add_permits(1);
    until("one place is free again", || desk.begun() == 3).await;
    assert_eq!(desk.most_running(), 2);
    desk.gate.close();
    assert_eq!(third.reply().await.unwrap().status, 200);
}

#[tokio::test]
async fn many_requests_on_one_connection_are_answered_in_order() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    let mut raw = Raw::to(&listener).await;
    let not_there = "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let wrong = format!("GET /w/{TOKEN} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let round = call("text/plain", "{}") + not_there + &wrong;
    // Some old clients send an empty line behind a body.
    raw.send((round + "\r\n").repeat(50)).await;
    for _ in 0..50 {
        for status in [200, 404, 405] {
            assert_eq!(raw.reply().await.unwrap().status, status);
        }
    }
    assert_eq!(desk.taken().len(), 50);
}

#[tokio::test]
async fn requests_may_be_cut_anywhere() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    let mut raw = Raw::to(&listener).await;
    let both = call("text/plain", "{}\r\n\r\n") + "\r\n" + &call("text/plain", "[1]");
    for byte in both.bytes() {
        raw.send([byte]).await;
    }
    for _ in 0..2 {
        assert_eq!(raw.reply().await.unwrap().status, 200);
    }
    assert_eq!(
        desk.taken().iter().map(|taken| taken.bytes).collect::<Vec<_>>(),
        [6, 3]
    );
    // Two requests in one piece, cut at every place.
    for cut in 0..both.len() {
        raw.send(&both[..cut]).await;
        raw.send(&both[cut..]).await;
        for _ in 0..2 {
            assert_eq!(raw.reply().await.unwrap().status, 200);
        }
    }
}
