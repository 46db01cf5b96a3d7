//! What comes in a body: small, large, too large, without end.

use crate::desk::{Desk, Taken, listen, memory, until};
use crate::raw::{Raw, ask, call, head};
use sha2::{Digest, Sha256};

/// Bytes of a mebibyte.
const MEBIBYTE: usize = 1024 * 1024;
const URLENCODED: &str = "Content-Type: application/x-www-form-urlencoded\r\n";

/// A piece of a large body.
fn piece() -> String {
    "0123456789abcdefABCDEF%2B%2F%3D-".repeat(2 * 1024)
}

fn only(desk: &Desk) -> Taken {
    let taken = desk.taken();
    assert_eq!(taken.len(), 1, "{taken:?}");
    taken[0].clone()
}

#[tokio::test]
async fn a_small_body_comes_as_it_is() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    let body = "{\"text\":\"Olá 👋\0\n\"}";
    let reply = ask(&listener, call("text/html; charset=x", body)).await.unwrap();
    assert_eq!((reply.status, reply.body.as_str()), (200, "ok\n"));
    let taken = only(&desk);
    assert_eq!(taken.content_type.as_deref(), Some("text/html; charset=x"));
    assert_eq!(
        (taken.in_file, taken.digest),
        (false, Sha256::digest(body).to_vec())
    );
    // Without a type, without a body, by HTTP/1.0, with a query.
    for (request, bytes) in [
        (head("Content-Length: 2\r\n") + "[]", 2),
        (head(""), 0),
        (head("Content-Length: 2\r\n").replace("/1.1", "/1.0") + "[]", 2),
        (
            head("Content-Length: 2\r\n").replace(" HTTP/", "?from=panel HTTP/") + "[]",
            2,
        ),
    ] {
        assert_eq!(ask(&listener, request).await.unwrap().status, 200);
        assert_eq!(desk.taken().last().map(|taken| taken.bytes), Some(bytes));
    }
}

#[tokio::test]
async fn exactly_a_mebibyte_stays_in_memory_and_more_json_is_refused() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    let json = |bytes: usize| format!("[\"{}\"]", "x".repeat(bytes - 4));
    assert_eq!(
        ask(&listener, call("application/json", &json(MEBIBYTE)))
            .await
            .unwrap()
            .status,
        200
    );
    assert!(!only(&desk).in_file);
    for content_type in [
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ] {
        let reply = ask(&listener, call(content_type, &json(MEBIBYTE + 1)))
            .await
            .unwrap();
        assert_eq!(reply.status, 413, "{content_type}");
    }
    let body = json(MEBIBYTE + 1);
    let chunked =
        head("Transfer-Encoding: chunked\r\n") + &format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    assert_eq!(ask(&listener, chunked).await.unwrap().status, 413);
    assert_eq!((desk.begun(), desk.spooled()), (1, 0));
}

#[tokio::test]
async fn a_large_form_goes_to_the_disk_and_not_through_memory() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    let (piece, pieces) = (piece(), 2_000);
    let before = memory();
    let mut raw = Raw::to(&listener).await;
    let length = 5 + piece.len() * pieces;
    raw.send(head(&format!("{URLENCODED}Content-Length: {length}\r\n")) + "file=")
        .await;
    let mut hash = Sha256::new_with_prefix("file=");
    for _ in 0..pieces {
        raw.send(&piece).await;
        hash.update(&piece);
    }
    assert_eq!(raw.reply().await.unwrap().status, 200);
    let taken = only(&desk);
    assert_eq!(
        (taken.in_file, taken.bytes, taken.mode),
        (true, length as u64, 0o600)
    );
    assert_eq!(taken.digest, hash.finalize().to_vec());
    assert!(
        length > 120 * MEBIBYTE && taken.memory < before + (length / 2) as u64,
        "{taken:?}"
    );
    until("the file is gone", || desk.spooled() == 0).await;
    // The connection can still be used.
    raw.send(call("text/plain", "{}")).await;
    assert_eq!(raw.reply().await.unwrap().status, 200);
}

#[tokio::test]
async fn a_large_form_is_known_by_how_it_begins_and_may_come_in_chunks() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    let piece = piece();
    for beginning in [
        "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n",
        "kind=file&content=",
    ] {
        for content_type in [
            "",
            "Content-Type: text/plain\r\n",
            "Content-Type: application/json\r\n",
        ] {
            let mut raw = Raw::to(&listener).await;
            let framing = "Transfer-Encoding: chunked\r\n";
            raw.send(head(&format!("{content_type}{framing}"))).await;
            // The first chunk is too short to tell what it is.
            for part in [&beginning[..3], &beginning[3..]]
                .into_iter()
                .chain([piece.as_str(); 40])
            {
                raw.send(format!("{:x}\r\n{part}\r\n", part.len())).await;
            }
            raw.send("0\r\nTrailer: ignored\r\n\r\n").await;
            assert_eq!(raw.reply().await.unwrap().status, 200);
            let whole = beginning.to_owned() + &piece.repeat(40);
            let taken = desk.taken().pop().unwrap();
            assert_eq!((taken.in_file, taken.bytes), (true, whole.len() as u64));
            assert_eq!(taken.digest, Sha256::digest(&whole).to_vec());
        }
    }
    until("the files are gone", || desk.spooled() == 0).await;
}

#[tokio::test]
async fn what_announces_too_much_is_refused_before_it_is_sent() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    for length in ["146800641", "10737418240", "9223372036854775807"] {
        let request = head(&format!(
            "{URLENCODED}Expect: 100-continue\r\nContent-Length: {length}\r\n"
        ));
        let reply = ask(&listener, request).await.unwrap();
        assert_eq!(
            (reply.status, reply.header("connection")),
            (413, Some("close")),
            "{length}"
        );
    }
    assert_eq!(desk.begun(), 0);
}

#[tokio::test]
async fn who_waits_to_be_asked_for_the_body_is_asked() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    let mut raw = Raw::to(&listener).await;
    for _ in 0..2 {
        raw.send(head("Expect: 100-continue\r\nContent-Length: 2\r\n"))
            .await;
        assert_eq!(raw.reply().await.unwrap().status, 100);
        raw.send("{}").await;
        assert_eq!(raw.reply().await.unwrap().status, 200);
    }
    // Nobody is asked for a body that will not be read.
    let unknown = head("Expect: 100-continue\r\nContent-Length: 2\r\n").replace("/w/00", "/w/10");
    assert_eq!(ask(&listener, unknown).await.unwrap().status, 404);
}

#[tokio::test]
async fn chunks_without_end_are_stopped_and_their_sender_is_told() {
    let desk = Desk::open();
    let listener = listen(&desk, |limits| limits.spooled_body_bytes = 4 * MEBIBYTE as u64).await;
    let piece = piece();
    let mut raw = Raw::to(&listener).await;
    raw.send(head(&format!("{URLENCODED}Transfer-Encoding: chunked\r\n")))
        .await;
    let chunk = format!("{:x}\r\n{piece}\r\n", piece.len());
    let mut sent = 0;
    while sent < 16 * MEBIBYTE && raw.try_send(&chunk).await.is_ok() {
        sent += piece.len();
    }
    assert_eq!(raw.reply().await.unwrap().status, 413);
    // Nobody reads for ever.
    while raw.try_send(&chunk).await.is_ok() {}
    until("nothing is left", || desk.spooled() == 0).await;
    assert_eq!(desk.begun(), 0);
}

#[tokio::test]
async fn all_large_forms_together_have_a_quota() {
    let desk = Desk::shut();
    let listener = listen(&desk, |limits| limits.spooled_total_bytes = 5 * MEBIBYTE as u64).await;
    let form = |mebibytes: usize| {
        call(
            "application/x-www-form-urlencoded",
            &("a=".to_owned() + &"x".repeat(mebibytes * MEBIBYTE)),
        )
    };
    let mut first = Raw::to(&listener).await;
    first.send(form(3)).await;
    until("the first is being taken", || desk.begun() == 1).await;
    let reply = ask(&listener, form(3)).await.unwrap();
    assert_eq!((reply.status, reply.header("retry-after")), (503, Some("30")));
    desk.gate.close();
    assert_eq!(first.reply().await.unwrap().status, 200);
    until("the first is gone", || desk.spooled() == 0).await;
    assert_eq!(ask(&listener, form(3)).await.unwrap().status, 200);
}

#[tokio::test]
async fn all_small_bodies_together_have_a_quota() {
    let desk = Desk::shut();
    let listener = listen(&desk, |limits| limits.memory_total_bytes = 1_000).await;
    let mut first = Raw::to(&listener).await;
    first.send(call("text/plain", &"x".repeat(600))).await;
    until("the first is being taken", || desk.begun() == 1).await;
    assert_eq!(
        ask(&listener, call("text/plain", &"x".repeat(600)))
            .await
            .unwrap()
            .status,
        503
    );
    desk.gate.close();
    assert_eq!(first.reply().await.unwrap().status, 200);
}

#[tokio::test]
async fn what_cannot_be_written_is_put_off() {
    let desk = Desk::open();
    let listener = listen(&desk, |_| {}).await;
    let blocked = desk.home.path().join("a file");
    std::fs::write(&blocked, b"").unwrap();
    *desk.spool.lock().unwrap() = blocked.join("spool");
    let form = call(
        "application/x-www-form-urlencoded",
        &("a=".to_owned() + &"x".repeat(2 * MEBIBYTE)),
    );
    let reply = ask(&listener, &form).await.unwrap();
    assert_eq!((reply.status, reply.header("retry-after")), (503, Some("30")));
    *desk.spool.lock().unwrap() = desk.home.path().join("spool");
    assert_eq!(ask(&listener, &form).await.unwrap().status, 200);
}
