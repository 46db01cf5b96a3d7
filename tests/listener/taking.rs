//! 200 means taken, and what was begun to be taken is taken to its end.

use crate::desk::{Desk, Mood, TOKEN, listen, until};
use crate::raw::{Raw, ask, call};
use recado::listener::{ListenError, Listener, ListenerOptions, Reception, Refusal};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

#[tokio::test]
async fn what_is_not_taken_is_put_off() {
    let desk = Desk::open();
    let listener = listen(&desk, |limits| limits.retry_after_secs = 7).await;
    let mut raw = Raw::to(&listener).await;
    for (mood, status) in [
        (Mood::Refuses(Refusal::NotNow), 503),
        (Mood::Refuses(Refusal::NoRoom), 507),
        (Mood::Panics, 503),
    ] {
        *desk.mood.lock().unwrap() = mood;
        raw.send(call("text/plain", "{}")).await;
        let reply = raw.reply().await.unwrap();
        assert_eq!(
            (reply.status, reply.header("retry-after")),
            (status, Some("7")),
            "{mood:?}"
        );
        let large = call("text/plain", &("a=".to_owned() + &"x".repeat(2_000_000)));
        assert_eq!(ask(&listener, large).await.unwrap().status, status);
        until("nothing is left", || desk.spooled() == 0).await;
    }
    *desk.mood.lock().unwrap() = Mood::Takes;
    raw.send(call("text/plain", "{}")).await;
    let reply = raw.reply().await.unwrap();
    assert_eq!((reply.status, reply.header("retry-after")), (200, None));
    assert_eq!(desk.taken().len(), 1);
}

#[tokio::test]
async fn who_hangs_up_while_it_is_taken_does_not_stop_it() {
    let desk = Desk::shut();
    let listener = listen(&desk, |_| {}).await;
    let large = "a=".to_owned() + &"x".repeat(2_000_000);
    for (count, body) in [(1, "{}"), (2, large.as_str())] {
        let mut raw = Raw::to(&listener).await;
        raw.send(call("text/plain", body)).await;
        until("it is being taken", || desk.begun() == count).await;
        drop(raw);
    }
    desk.gate.close();
    until("both are taken", || desk.taken().len() == 2).await;
    assert!(desk.taken().iter().any(|taken| taken.bytes == large.len() as u64));
    until("nothing is left", || desk.spooled() == 0).await;
}

#[tokio::test]
async fn an_answer_does_not_wait_for_ever() {
    let desk = Desk::shut();
    let listener = listen(&desk, |limits| limits.take_time = Duration::from_millis(100)).await;
    assert_eq!(
        ask(&listener, call("text/plain", "{}")).await.unwrap().status,
        503
    );
    desk.gate.close();
    until("it is taken all the same", || desk.taken().len() == 1).await;
}

#[tokio::test]
async fn ending_lets_what_is_being_taken_be_answered_and_frees_the_port() {
    let desk = Desk::shut();
    let listener = listen(&desk, |_| {}).await;
    let address = listener.address();
    let mut idle = Raw::to(&listener).await;
    idle.send("GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    assert_eq!(idle.reply().await.unwrap().status, 404);
    let mut silent = Raw::to(&listener).await;
    let mut raw = Raw::to(&listener).await;
    raw.send(call("text/plain", "{}")).await;
    until("it is being taken", || desk.begun() == 1).await;
    let ending = tokio::spawn(listener.shutdown());
    assert!(idle.ends().await && silent.ends().await);
    desk.gate.close();
    let reply = raw.reply().await.unwrap();
    assert_eq!((reply.status, reply.header("connection")), (200, Some("close")));
    ending.await.unwrap();
    let options = ListenerOptions::new(address.ip(), address.port());
    let again = Listener::start(options, Arc::clone(&desk) as Arc<dyn Reception>)
        .await
        .unwrap();
    assert_eq!(again.address(), address);
}

#[tokio::test]
async fn ending_is_bounded_and_loses_nothing_that_was_begun() {
    let desk = Desk::shut();
    let bound = Duration::from_millis(300);
    let listener = listen(&desk, |limits| limits.shutdown_time = bound).await;
    let mut raw = Raw::to(&listener).await;
    raw.send(call("text/plain", "{}")).await;
    let mut half = Raw::to(&listener).await;
    half.send(format!(
        "POST /w/{TOKEN} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{{"
    ))
    .await;
    until("it is being taken", || desk.begun() == 1).await;
    let began = Instant::now();
    listener.shutdown().await;
    let lasted = began.elapsed();
    assert!(
        lasted >= bound && lasted < bound + Duration::from_secs(10),
        "{lasted:?}"
    );
    assert_eq!(raw.reply().await, None);
    assert_eq!(half.reply().await, None);
    desk.gate.close();
    until("it is taken", || desk.taken().len() == 1).await;
}

#[tokio::test]
async fn dropping_ends_it_at_once() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    let mut raw = Raw::to(&listener).await;
    raw.send(call("text/plain", "{}")).await;
    assert_eq!(raw.reply().await.unwrap().status, 200);
    drop(listener);
    assert!(raw.ends().await);
}

#[tokio::test]
async fn it_says_why_it_cannot_listen() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    let address = listener.address();
    let start = async |ip: IpAddr, port| {
        let reception = Arc::clone(&desk) as Arc<dyn Reception>;
        Listener::start(ListenerOptions::new(ip, port), reception)
            .await
            .unwrap_err()
    };
    let error = start(address.ip(), address.port()).await;
    assert!(
        matches!(error, ListenError::PortTaken(taken) if taken == address),
        "{error}"
    );
    assert!(error.to_string().contains(&address.port().to_string()));
    // An address for documentation, which no machine has.
    let error = start("192.0.2.1".parse().unwrap(), 0).await;
    assert!(matches!(error, ListenError::NotOurAddress(_)), "{error}");
}

#[tokio::test]
async fn what_an_earlier_run_left_is_removed_when_listening_begins() {
    let desk = Desk::open();
    let folder = desk.spool.lock().unwrap().clone();
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("spool-0123456789abcdef-left"), b"half").unwrap();
    let _listener = listen(&desk, |_| {}).await;
    assert_eq!(desk.spooled(), 0);
}
