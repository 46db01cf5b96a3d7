//! Fetching back: every way in which what comes is not what was put there.

use crate::files::{content, expected};
use crate::raw::{Answer, Raw, http, whole};
use recado::domain::hosting::FetchProblem;
use recado::hosting::{FetchPatience, Fetcher, SystemLookup, fetch_back};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

pub fn hasty() -> Fetcher {
    let patience = FetchPatience {
        connect: Duration::from_secs(5),
        stall: Duration::from_millis(400),
        whole: Duration::from_secs(2),
        bytes_per_sec: u64::MAX,
    };
    Fetcher::new(Arc::new(SystemLookup), patience)
}

async fn outcome(answer: Answer, bytes: &[u8]) -> Result<(), FetchProblem> {
    let raw = Raw::start(move |_| answer.clone()).await;
    hasty()
        .fetch_back(&raw.url("/a/file.pdf"), &expected(bytes), true, &|_| {})
        .await
}

#[tokio::test]
async fn the_same_is_the_same() {
    let bytes = content(500_000);
    let answer = whole(&bytes);
    let raw = Raw::start(move |_| answer.clone()).await;
    let told = Mutex::new(Vec::new());
    let progress = |done| told.lock().unwrap().push(done);
    let url = raw.url("/a/file.pdf");
    assert_eq!(fetch_back(&url, &expected(&bytes), true, &progress).await, Ok(()));
    let told = told.into_inner().unwrap();
    assert!(told.is_sorted() && told.last() == Some(&500_000));
    let head = raw.heads().remove(0).to_lowercase();
    assert!(head.contains("user-agent: recado/") && head.contains("accept-encoding: identity"));
    for absent in ["cookie", "referer", "authorization", "range"] {
        assert!(!head.contains(absent), "{head}");
    }
    // Without a length, too; and nothing at all.
    assert_eq!(outcome(http("200 OK", "", &bytes), &bytes).await, Ok(()));
    assert_eq!(outcome(whole(b""), b"").await, Ok(()));
}

#[tokio::test]
async fn anything_else_is_not() {
    let bytes = content(50_000);
    let mut other = bytes.clone();
    other[49_999] ^= 1;
    let longer = [bytes.as_slice(), b"x"].concat();
    let different = Err(FetchProblem::Different);
    assert_eq!(outcome(whole(&other), &bytes).await, different);
    assert_eq!(outcome(whole(&longer), &bytes).await, different);
    assert_eq!(outcome(whole(&bytes[..49_999]), &bytes).await, different);
    assert_eq!(outcome(http("200 OK", "", &longer), &bytes).await, different);
    assert_eq!(
        outcome(http("200 OK", "", &bytes[..100]), &bytes).await,
        different
    );
    assert_eq!(outcome(whole(b"<html>Log in</html>"), &bytes).await, different);
    // Packed by somebody on the way, though nobody asked for it.
    let packed = http(
        "200 OK",
        "Content-Encoding: gzip\r\n",
        b"\x1f\x8b\x08\0\0\0\0\0\0\x03",
    );
    assert_eq!(outcome(packed, &bytes).await, different);
    // Without an end: it stops after one byte too many.
    let began = Instant::now();
    let flood = Answer::Flood(b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), vec![0; 4096]);
    assert_eq!(outcome(flood, &bytes).await, different);
    assert!(began.elapsed() < Duration::from_secs(1));

    for (status, problem) in [
        ("404 No", FetchProblem::Status(404)),
        ("500 Oh", FetchProblem::Status(500)),
        ("301 Moved", FetchProblem::Redirected),
        ("307 Moved", FetchProblem::Redirected),
    ] {
        let answer = http(status, "Location: /elsewhere\r\n", &bytes);
        assert_eq!(outcome(answer, &bytes).await, Err(problem));
    }
}

#[tokio::test]
async fn what_breaks_or_crawls_ends() {
    let bytes = content(50_000);
    let cut = http("200 OK", "Content-Length: 50000\r\n", &bytes[..10_000]);
    for answer in [
        cut,
        Answer::Bytes(Vec::new()),
        Answer::Bytes(b"nonsense\r\n\r\n".to_vec()),
    ] {
        let found = outcome(answer, &bytes).await;
        assert!(matches!(found, Err(FetchProblem::Unreachable(_))), "{found:?}");
    }
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n".to_vec();
    for answer in [
        Answer::Deaf,
        // No byte for too long, and bytes that come but not fast enough.
        Answer::Drip(head.clone(), b'a', Duration::from_secs(60)),
        Answer::Drip(head, b'a', Duration::from_millis(50)),
    ] {
        let began = Instant::now();
        assert_eq!(outcome(answer, &bytes).await, Err(FetchProblem::TimedOut));
        assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
    }
}

#[tokio::test]
async fn a_real_gateway_is_not_sent_to_this_machine() {
    let raw = Raw::start(|_| whole(b"secret")).await;
    let secret = expected(b"secret");
    for (url, problem) in [
        (raw.url("/"), FetchProblem::NotHttps),
        (
            format!("https://127.0.0.1:{}/", raw.port),
            FetchProblem::NotPublic,
        ),
        (
            format!("https://localhost:{}/", raw.port),
            FetchProblem::NotPublic,
        ),
        (
            format!("https://user:word@localhost:{}/", raw.port),
            FetchProblem::NotHttps,
        ),
        ("nonsense".into(), FetchProblem::NotHttps),
    ] {
        assert_eq!(
            fetch_back(&url, &secret, false, &|_| {}).await,
            Err(problem),
            "{url}"
        );
    }
    assert!(raw.heads().is_empty());
}
