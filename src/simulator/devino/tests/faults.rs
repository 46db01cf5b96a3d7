//! Faults: how the answer goes, and whether the messages were taken.

use super::*;
use crate::simulator::{AttachmentFault, Fault, FaultRule};
use std::io::ErrorKind;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A request written by hand, for looking at the socket itself.
async fn raw_send(desk: &Desk, text: &str) -> TcpStream {
    let body = json!({"messages": [message(text)]}).to_string();
    let request = format!(
        "POST /whatsapp/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Key demo-key-0000\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(desk.simulator.address()).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

#[tokio::test]
async fn answers_are_spoilt_after_the_message_was_taken() {
    let desk = Desk::fast().await;
    type LooksRight = fn(&[u8]) -> bool;
    let cases: [(Fault, LooksRight); 7] = [
        (Fault::Empty, <[u8]>::is_empty),
        (Fault::TruncatedAt(9), |body| body == br#"{"result""#),
        (Fault::Bom, |body| body.starts_with(b"\xef\xbb\xbf{")),
        (Fault::TrailingComma, |body| body.ends_with(b",}")),
        (Fault::TwoDocuments, |body| {
            body.windows(2).any(|pair| pair == b"}{")
        }),
        (Fault::Latin1, |body| std::str::from_utf8(body).is_err()),
        (
            Fault::SetField {
                name: "messageId",
                value: None,
            },
            |body| body == br#"{"result":[{"code":"OK"}]}"#,
        ),
    ];
    for (number, (fault, looks_right)) in cases.into_iter().enumerate() {
        let mark = format!("spoilt-{number}");
        desk.control.fault(Function::Send, fault.clone(), Times::ONCE);
        let body = json!({"messages": [message(&mark)]}).to_string();
        let response = desk.post("Key demo-key-0000", body).await.unwrap();
        let body = response.bytes().await.unwrap();
        assert!(looks_right(&body), "{fault:?}: {}", body.escape_ascii());
        assert_eq!(desk.ledger.copies(&mark), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn pages_instead_of_answers() {
    let desk = Desk::fast().await;
    let body = |mark: &str| json!({"messages": [message(mark)]}).to_string();
    let after = |status| FaultRule {
        endpoint: Some(Function::Send),
        fault: Fault::HttpStatus {
            status,
            retry_after: None,
        },
        times: Times::ONCE,
        processed: Some(true),
    };
    let post = async |mark: &str| desk.post("Key demo-key-0000", body(mark)).await.unwrap();
    desk.control.add_fault(after(502));
    assert_eq!(post("five").await.status(), 502);
    assert_eq!(desk.ledger.copies("five"), 1, "taken, then 5xx");
    desk.control
        .fault(Function::Send, Fault::HtmlInstead, Times::ONCE);
    let response = post("html").await;
    assert_eq!(response.status(), 200);
    assert!(response.text().await.unwrap().starts_with("<!DOCTYPE html>"));
    let words = Fault::WrongErro("bloqueado".to_owned());
    desk.control.fault(Function::Send, words, Times::ONCE);
    assert!(
        post("words")
            .await
            .text()
            .await
            .unwrap()
            .contains(r#""description":"bloqueado""#)
    );
    assert_eq!(desk.ledger.copies("html") + desk.ledger.copies("words"), 0);
    let redirect = Fault::Redirect {
        status: 307,
        location: None,
    };
    desk.control.fault(Function::Send, redirect, Times::ONCE);
    let response = post("moved").await;
    let location = response.headers()["location"].to_str().unwrap().to_owned();
    assert!(location.ends_with("/moved/whatsapp/messages"), "{location}");
    // A client that follows is seen in the book.
    desk.client.post(location).send().await.unwrap();
    assert_eq!(desk.ledger.requests_to(Function::Send), 5);
    assert_eq!(desk.ledger.copies("moved"), 0);
    let response = desk
        .client
        .get(format!("{}whatsapp/messages", desk.simulator.base_url()));
    assert_eq!(response.send().await.unwrap().status(), 405);
    let response = desk.client.post(format!("{}other", desk.simulator.base_url()));
    assert_eq!(response.send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn connections_break_before_and_after_the_message_was_taken() {
    let desk = Desk::fast().await;
    for (fault, taken) in [(Fault::CloseBeforeReading, 0), (Fault::ResetAfterReading, 1)] {
        let mark = format!("{fault:?}");
        desk.control.fault(Function::Send, fault, Times::ONCE);
        let mut bytes = Vec::new();
        let error = raw_send(&desk, &mark)
            .await
            .read_to_end(&mut bytes)
            .await
            .unwrap_err();
        assert_eq!(
            (error.kind(), bytes.len()),
            (ErrorKind::ConnectionReset, 0),
            "{mark}"
        );
        assert_eq!(desk.ledger.copies(&mark), taken, "{mark}");
    }
    desk.control.fault(Function::Send, Fault::CutAt(12), Times::ONCE);
    let body = json!({"messages": [message("cut")]}).to_string();
    let response = desk.post("Key demo-key-0000", body).await.unwrap();
    assert!(response.bytes().await.is_err());
    assert_eq!(desk.ledger.copies("cut"), 1);
}

#[tokio::test]
async fn silence_and_drops() {
    let desk = Desk::fast().await;
    for (fault, taken) in [(Fault::ProcessThenNever, 1), (Fault::NeverWithoutProcessing, 0)] {
        let mark = format!("{fault:?}");
        desk.control.fault(Function::Send, fault, Times::ONCE);
        let before = desk.ledger.requests_to(Function::Send);
        let mut stream = raw_send(&desk, &mark).await;
        desk.wait_for(|state| state.book().requests_to(Function::Send) > before)
            .await;
        let mut byte = [0];
        let silent = tokio::time::timeout(Duration::from_millis(50), stream.read(&mut byte)).await;
        assert!(silent.is_err(), "not one byte");
        assert_eq!(desk.ledger.copies(&mark), taken, "{mark}");
    }
    let drip = Fault::Drip {
        bytes: 16,
        interval: Duration::from_millis(1),
    };
    desk.control.fault(Function::Send, drip, Times::ONCE);
    let mut bytes = Vec::new();
    raw_send(&desk, "drip")
        .await
        .read_to_end(&mut bytes)
        .await
        .unwrap();
    assert!(bytes.ends_with(b"}]}"), "{}", bytes.escape_ascii());
    assert_eq!(desk.ledger.copies("drip"), 1);
    desk.control.fault(Function::Send, Fault::Empty, Times::Always);
    desk.control.clear_faults();
    desk.take(message("after")).await;
    desk.simulator.shutdown().await;
    assert_eq!(desk.ledger.copies("after"), 1, "the book outlives the gateway");
}

#[tokio::test]
async fn what_a_message_carries_is_fetched() {
    let desk = Desk::fast().await;
    let file = bytes::Bytes::from_static(b"%PDF-1.4 nota");
    let url = desk
        .control
        .change(|state, _| state.serve_file("nota.pdf", "application/pdf", file.clone()));
    let carrying = |url: &str| {
        let mut carrying = message("file");
        carrying["contentUrl"] = json!(url);
        carrying["contentType"] = json!("application/pdf");
        carrying
    };
    let id = desk.take(carrying(url.as_str())).await;
    desk.reaches(id, Step::Seen).await;
    let fetched = desk.ledger.message(id).unwrap().attachment.unwrap();
    assert_eq!(
        (fetched.status, fetched.content_type.as_deref(), fetched.bytes),
        (Some(200), Some("application/pdf"), 13)
    );
    let id = desk.take(carrying(&format!("{url}.gone"))).await;
    desk.reaches(id, Step::Failed(2303)).await;
    desk.control.attachment_fault(AttachmentFault::Fails, Times::ONCE);
    let id = desk.take(carrying(url.as_str())).await;
    desk.reaches(id, Step::Failed(2303)).await;
    assert_eq!(desk.control.read(|state| state.book().sent_total()), 1);
}
