//! Each fault as it is on the wire, and whether the request was carried out.

use super::*;
use crate::simulator::{Fault, FaultRule, Times};
use serde_json::json;
use std::io::ErrorKind;
use tokio::io::AsyncReadExt;
use tokio::time::Instant;

/// What a spoilt body must look like.
type LooksRight = fn(&[u8]) -> bool;

/// Sends a message into a fault that leaves HTTP whole; answers status, body and whether it was accepted.
async fn strike(fault: Fault) -> (u16, Vec<u8>, bool) {
    let desk = Desk::fast().await;
    desk.control.fault(Endpoint::Send, fault, Times::ONCE);
    let response = desk.post(Endpoint::Send, &message("f1")).await.unwrap();
    let status = response.status().as_u16();
    let body = response.bytes().await.unwrap().to_vec();
    let accepted = desk.ledger.message("f1").is_some();
    let record = desk.ledger.all_requests().pop().unwrap();
    assert_eq!(record.processed, accepted);
    assert!(record.fault.is_some());
    assert_eq!(desk.send("f2").await["erro"], "nao", "only once");
    (status, body, accepted)
}

#[tokio::test]
async fn spoilt_answers_to_accepted_messages() {
    let plain = |body: &[u8]| serde_json::from_slice::<Value>(body).is_ok();
    let cases: [(Fault, LooksRight); 9] = [
        (Fault::Latin1, |body| {
            std::str::from_utf8(body).is_err() && body.contains(&0xe1)
        }),
        (Fault::Bom, |body| body.starts_with(b"\xef\xbb\xbf{")),
        (Fault::PhpWarningBefore, |body| {
            body.starts_with(b"<br />") && body.ends_with(b"}")
        }),
        (Fault::PhpWarningAfter, |body| {
            body.starts_with(b"{") && body.ends_with(b"<br />\n")
        }),
        (Fault::TrailingComma, |body| body.ends_with(b",}")),
        (Fault::TwoDocuments, |body| {
            body.windows(2).any(|pair| pair == b"}{")
        }),
        (Fault::Empty, <[u8]>::is_empty),
        (Fault::TruncatedAt(17), |body| body.len() == 17),
        (
            Fault::SetField {
                name: "erro",
                value: None,
            },
            |body| !body.starts_with(br#"{"erro""#),
        ),
    ];
    for (fault, looks_right) in cases {
        let stays_json = matches!(fault, Fault::SetField { .. });
        let (status, body, accepted) = strike(fault.clone()).await;
        assert!(
            accepted && status == 200 && looks_right(&body),
            "{fault:?}: {}",
            body.escape_ascii()
        );
        assert_eq!(plain(&body), stays_json, "{fault:?}");
    }
    let (_, body, _) = strike(Fault::SetField {
        name: "erro",
        value: Some(json!(1)),
    })
    .await;
    assert!(body.starts_with(br#"{"erro":1,"#));
}

#[tokio::test]
async fn answers_that_come_instead() {
    let reply = Fault::Reply {
        status: 502,
        body: b"\0\xff".to_vec(),
    };
    assert_eq!(strike(reply).await, (502, b"\0\xff".to_vec(), false));
    let (status, body, accepted) = strike(Fault::HtmlInstead).await;
    assert!(status == 200 && body.starts_with(b"<!DOCTYPE html>") && !accepted);
    let (status, body, accepted) = strike(Fault::WrongErro("Numero bloqueado".to_owned())).await;
    assert!(!accepted && status == 200);
    assert_eq!(
        serde_json::from_slice::<Value>(&body).unwrap()["sobre_o_erro"],
        "Numero bloqueado"
    );
}

#[tokio::test]
async fn statuses_and_redirects_carry_their_headers() {
    let desk = Desk::fast().await;
    let wait = Some(Duration::from_secs(30));
    desk.control.fault_everywhere(
        Fault::HttpStatus {
            status: 429,
            retry_after: wait,
        },
        Times::ONCE,
    );
    let response = desk.post(Endpoint::Limits, &[]).await.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["retry-after"]),
        (429, &"30".parse().unwrap())
    );
    desk.control.fault(
        Endpoint::Send,
        Fault::Redirect {
            status: 307,
            location: None,
        },
        Times::ONCE,
    );
    let response = desk.post(Endpoint::Send, &message("h1")).await.unwrap();
    assert_eq!(response.status(), 307);
    let location = response.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(desk.ledger.requests("h1"), 1);
    // What a client that follows would do is seen in the book.
    desk.client.post(location).send().await.unwrap();
    assert!(
        desk.ledger
            .all_requests()
            .pop()
            .unwrap()
            .path
            .ends_with("/movido/enviar")
    );
}

#[tokio::test]
async fn a_rule_may_carry_out_what_its_fault_would_not() {
    let desk = Desk::fast().await;
    let rule = |fault, processed| FaultRule {
        endpoint: Some(Endpoint::Send),
        fault,
        times: Times::ONCE,
        processed: Some(processed),
    };
    desk.control.add_fault(rule(
        Fault::HttpStatus {
            status: 500,
            retry_after: None,
        },
        true,
    ));
    desk.control.add_fault(rule(Fault::Bom, false));
    assert_eq!(
        desk.post(Endpoint::Send, &message("p1")).await.unwrap().status(),
        500
    );
    let second = desk
        .post(Endpoint::Send, &message("p2"))
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    assert!(second.starts_with(b"\xef\xbb\xbf{\"erro\":\"sim\""));
    assert!(desk.ledger.message("p1").is_some() && desk.ledger.message("p2").is_none());
    desk.control.fault(Endpoint::Send, Fault::Empty, Times::Always);
    desk.control.clear_faults();
    assert_eq!(desk.send("p3").await["erro"], "nao");
}

#[tokio::test]
async fn a_connection_is_closed_before_it_is_read() {
    let desk = Desk::fast().await;
    desk.control
        .fault(Endpoint::Send, Fault::CloseBeforeReading, Times::Next(2));
    let mut stream = desk.raw_send("c1").await;
    let mut bytes = Vec::new();
    let error = stream.read_to_end(&mut bytes).await.unwrap_err();
    assert_eq!((error.kind(), bytes.len()), (ErrorKind::ConnectionReset, 0));
    // A connection that has already served a request is closed too, and other functions are not touched.
    assert_eq!(desk.call(Endpoint::Status, &[]).await["erro"], "nao");
    assert!(desk.post(Endpoint::Send, &message("c2")).await.is_err());
    assert_eq!(desk.ledger.requests_to(Endpoint::Send), 0);
    assert_eq!(desk.send("c2").await["erro"], "nao");
}

#[tokio::test]
async fn a_connection_is_reset_after_the_message_was_accepted() {
    let desk = Desk::fast().await;
    desk.control
        .fault(Endpoint::Send, Fault::ResetAfterReading, Times::Next(2));
    let mut stream = desk.raw_send("x1").await;
    let mut bytes = Vec::new();
    let error = stream.read_to_end(&mut bytes).await.unwrap_err();
    assert_eq!((error.kind(), bytes.len()), (ErrorKind::ConnectionReset, 0));
    assert!(desk.post(Endpoint::Send, &message("x2")).await.is_err());
    desk.wait_for(|state| state.sent_total() == 2).await;
    assert_eq!((desk.ledger.sent_count("x1"), desk.ledger.requests("x2")), (1, 1));
}

#[tokio::test]
async fn silence_with_and_without_acceptance() {
    for (fault, accepted) in [
        (Fault::ProcessThenNever, true),
        (Fault::NeverWithoutProcessing, false),
    ] {
        let desk = Desk::fast().await;
        desk.control.fault(Endpoint::Send, fault, Times::ONCE);
        let mut stream = desk.raw_send("n1").await;
        desk.wait_for(|state| state.ledger().requests_to(Endpoint::Send) == 1)
            .await;
        let mut byte = [0];
        let silent = tokio::time::timeout(Duration::from_millis(100), stream.read(&mut byte)).await;
        assert!(silent.is_err(), "not one byte");
        assert_eq!(desk.ledger.message("n1").is_some(), accepted);
        assert_eq!(
            desk.send("n1").await["erro"],
            "nao",
            "others are served meanwhile"
        );
        desk.simulator.shutdown().await;
        assert!(
            !matches!(stream.read(&mut byte).await, Ok(read) if read > 0),
            "the end, not an answer"
        );
    }
}

#[tokio::test]
async fn bodies_that_break_off_or_stall() {
    let desk = Desk::fast().await;
    desk.control
        .fault(Endpoint::Send, Fault::CutAt(20), Times::Next(2));
    let mut stream = desk.raw_send("b1").await;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let (head, body) = split(&bytes).unwrap();
    assert!(
        body.len() == 20 && body.starts_with(b"{\"erro\""),
        "{}",
        bytes.escape_ascii()
    );
    assert!(
        !head.contains("content-length: 20\r\n") && head.contains("content-length: "),
        "{head}"
    );
    let response = desk.post(Endpoint::Send, &message("b2")).await.unwrap();
    assert!(response.bytes().await.is_err());

    desk.control
        .fault(Endpoint::Send, Fault::StallAt(11), Times::ONCE);
    let mut stream = desk.raw_send("b3").await;
    let mut bytes = Vec::new();
    while split(&bytes).is_none_or(|(_, body)| body.len() < 11) {
        assert!(stream.read_buf(&mut bytes).await.unwrap() > 0);
    }
    let stalled = tokio::time::timeout(Duration::from_millis(100), stream.read_buf(&mut bytes)).await;
    assert!(stalled.is_err());
    assert_eq!(split(&bytes).unwrap().1.len(), 11);
    assert_eq!(desk.ledger.messages().len(), 3);
}

#[tokio::test]
async fn answers_that_drip_or_come_late() {
    let desk = Desk::fast().await;
    let interval = Duration::from_millis(2);
    desk.control.fault(
        Endpoint::Send,
        Fault::Drip { bytes: 16, interval },
        Times::Next(2),
    );
    let began = Instant::now();
    let mut stream = desk.raw_send("t1").await;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    assert!(serde_json::from_slice::<Value>(split(&bytes).unwrap().1).is_ok());
    let pauses = u32::try_from(bytes.len().div_ceil(16) - 1).unwrap();
    assert!(
        began.elapsed() >= interval * pauses,
        "{:?} for {} bytes",
        began.elapsed(),
        bytes.len()
    );
    assert_eq!(desk.send("t2").await["erro"], "nao");
    desk.control.fault(
        Endpoint::Send,
        Fault::Delay(Duration::from_millis(60)),
        Times::ONCE,
    );
    let began = Instant::now();
    assert_eq!(desk.send("t3").await["erro"], "nao");
    assert!(began.elapsed() >= Duration::from_millis(60));
}

fn split(bytes: &[u8]) -> Option<(String, &[u8])> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    Some((String::from_utf8_lossy(&bytes[..end]).into_owned(), &bytes[end..]))
}
