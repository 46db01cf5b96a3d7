//! Storage that is none, or not well.

use crate::files::{content, written};
use crate::raw::{Answer, Raw, http, whole};
use crate::server::{SECRET_KEY, keys, short, upload};
use recado::domain::hosting::{HostingError, StorageConfig, StorageHint, UploadState};
use recado::hosting::{Storage, StoragePatience};
use std::time::{Duration, Instant};

fn storage(raw: &Raw, patience: StoragePatience) -> Storage {
    let config = StorageConfig {
        endpoint: raw.url(""),
        bucket: "my-files".into(),
        region: "us-east-1".into(),
        prefix: String::new(),
        path_style: true,
    };
    Storage::with_patience(&config, &keys(SECRET_KEY), patience).unwrap()
}

fn hasty() -> StoragePatience {
    StoragePatience {
        connect: Duration::from_secs(2),
        stall: Duration::from_millis(200),
        answer: Duration::from_millis(300),
        backoff: Duration::from_millis(5),
    }
}

/// What an upload of this many bytes ends with.
async fn end(raw: &Raw, bytes: usize) -> HostingError {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = written(folder.path(), &content(bytes));
    upload(&storage(raw, hasty()), "t/file.pdf", &path, None)
        .await
        .0
        .unwrap_err()
}

fn refused(words: &str) -> HostingError {
    HostingError::StorageRefused(words.to_owned())
}

fn at_odds(hint: StorageHint, words: &str) -> HostingError {
    HostingError::StorageAtOdds(hint, words.to_owned())
}

#[tokio::test]
async fn whoever_says_yes_to_everything_is_no_storage() {
    let raw = Raw::start(|_| whole(b"<html><body>Welcome! <b>Log in</b></body></html>")).await;
    let strange = at_odds(StorageHint::Strange, "HTTP 200");
    assert_eq!(end(&raw, 10).await, strange);
    assert_eq!(end(&raw, 9_000_000).await, strange);
    assert_eq!(raw.heads().len(), 2);
    let head = &raw.heads()[0];
    assert!(head.contains("content-length: 10\r\n") && !head.to_lowercase().contains("transfer-encoding"));
    assert!(!head.contains(SECRET_KEY) && head.contains("user-agent: Recado/"));
}

#[tokio::test]
async fn bad_answers_are_put_into_words() {
    let huge = format!(
        "<Error><Code>Odd</Code><Message>{}",
        "<x>&amp;lol;</x>".repeat(200_000)
    );
    let bomb = "<!DOCTYPE l [<!ENTITY a \"haha\"><!ENTITY b \"&a;&a;&a;\">]><Error><Code>Odd</Code><Message>&b;\
                </Message></Error>";
    for (answer, wanted, tries) in [
        (http("500 Oh", "", b""), refused("HTTP 500"), 3),
        (http("502 Bad", "", b"<html>nginx</html>"), refused("HTTP 502"), 3),
        (http("403 No", "", b""), refused("HTTP 403"), 1),
        (http("404 No", "", huge.as_bytes()), refused("HTTP 404 Odd"), 1),
        (
            http("400 No", "", bomb.as_bytes()),
            refused("HTTP 400 Odd: &b;"),
            1,
        ),
        (
            http("400 No", "", b"\xff\xfe<Error><Code>\xff"),
            refused("HTTP 400"),
            1,
        ),
        (
            http(
                "301 Moved",
                "x-amz-bucket-region: eu-west-1\r\nLocation: https://files.example/\r\n",
                b"",
            ),
            at_odds(StorageHint::Region("eu-west-1".to_owned()), "HTTP 301"),
            1,
        ),
        (
            http("307 Moved", "Location: http://127.0.0.1:1/\r\n", b""),
            at_odds(StorageHint::LeadsOn, "HTTP 307"),
            1,
        ),
    ] {
        let raw = Raw::start(move |_| answer.clone()).await;
        assert_eq!(end(&raw, 10).await, wanted);
        assert_eq!(raw.heads().len(), tries, "{wanted:?}");
    }
}

#[tokio::test]
async fn broken_connections_are_tried_three_times() {
    for answer in [
        Answer::Bytes(Vec::new()),
        Answer::Bytes(b"HTTP/1.1 200 OK\r\nContent-Le".to_vec()),
        Answer::Bytes(b"no HTTP at all\r\n\r\n".to_vec()),
        http("200 OK", "ETag: \"a\"\r\nContent-Length: 100\r\n", b"short"),
    ] {
        let raw = Raw::start(move |_| answer.clone()).await;
        let error = end(&raw, 10).await;
        assert!(matches!(error, HostingError::StorageUnreachable(_)), "{error:?}");
        assert!(!format!("{error:?}").contains("X-Amz"), "{error:?}");
        assert_eq!(raw.heads().len(), 3);
    }
    // Nobody there at all.
    let raw = Raw::start(|_| Answer::Deaf).await;
    let nobody = storage(&raw, hasty());
    drop(raw);
    let error = nobody.remove("t/file.pdf").await.unwrap_err();
    assert!(matches!(error, HostingError::StorageUnreachable(_)), "{error:?}");
}

#[tokio::test]
async fn an_upload_that_stalls_ends() {
    for answer in [
        Answer::Deaf,
        Answer::Drip(
            b"HTTP/1.1 200 OK\r\nETag: \"a\"\r\n\r\n".to_vec(),
            b' ',
            Duration::from_millis(20),
        ),
        Answer::Drip(
            b"HTTP/1.1 200 OK\r\nX: ".to_vec(),
            b'a',
            Duration::from_millis(20),
        ),
    ] {
        let raw = Raw::start(move |_| answer.clone()).await;
        let began = Instant::now();
        match end(&raw, 8_000_000).await {
            HostingError::StorageUnreachable(words) => assert_eq!(words, "timed-out"),
            other => panic!("{other:?}"),
        }
        assert!(began.elapsed() < Duration::from_secs(10));
    }
}

#[tokio::test]
async fn a_body_without_end_is_not_read_to_its_end() {
    let raw = Raw::start(|_| {
        Answer::Flood(
            b"HTTP/1.1 403 No\r\n\r\n<Error><Code>Odd</Code>".to_vec(),
            vec![b' '; 4096],
        )
    })
    .await;
    assert_eq!(end(&raw, 10).await, refused("HTTP 403 Odd"));
}

#[tokio::test]
async fn names_that_are_made_to_do_harm_stay_names() {
    // An upload's name goes into the next request's address: it must not become more than a value there.
    let raw = Raw::start(|head| {
        if head.starts_with("POST") {
            whole(b"<R><UploadId>a&amp;b=c/../\" \r\nX: y</UploadId></R>")
        } else {
            http("200 OK", "ETag: \"<&>\"\r\nContent-Length: 0\r\n", b"")
        }
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = written(folder.path(), &content(9_000_000));
    let (outcome, kept): (_, Vec<UploadState>) =
        upload(&storage(&raw, short()), "t/file.pdf", &path, None).await;
    assert_eq!(outcome, Err(at_odds(StorageHint::Strange, "HTTP 200")));
    assert_eq!(kept.last().unwrap().parts, ["\"<&>\"", "\"<&>\""]);
    let heads = raw.heads();
    assert_eq!(heads.len(), 4);
    for head in &heads[1..] {
        assert!(
            head.contains("uploadId=a%26b%3Dc%2F..%2F%22%20%0D%0AX%3A%20y&"),
            "{head}"
        );
        assert!(!head.contains("\nX: y"), "{head}");
    }
}
