//! The ordinary ways, and what storage refuses.

use crate::files::{content, written};
use crate::server::{ACCESS_KEY, BUCKET, Fault, SECRET_KEY, Server, anyone, keys, short, upload};
use recado::domain::hosting::{HostingError, StorageConfig};
use recado::hosting::{PART_BYTES, Storage, fetch_back, object_key};
use std::sync::Mutex;
use std::time::{Duration, Instant};

const DAY: Duration = Duration::from_secs(24 * 3_600);

#[tokio::test]
async fn a_file_is_put_fetched_and_removed() {
    let (folder, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start(root.path()).await;
    let storage = server.storage();
    let bytes = content(300_000);
    let (path, expected) = written(folder.path(), &bytes);
    let key = object_key(&server.config(), &"a".repeat(64), "Orçamento.PDF");

    let (outcome, kept) = upload(&storage, &key, &path, None).await;
    assert_eq!((outcome, kept.len()), (Ok(()), 0));
    assert_eq!(server.asked(), ["put"]);

    // Anybody who knows the address has the file, and nobody else.
    let url = storage.address(&key, DAY);
    assert_eq!(
        url.path(),
        format!("/{BUCKET}/recado/{}/file.pdf", "a".repeat(64))
    );
    assert!(!url.as_str().contains(SECRET_KEY));
    assert_eq!(fetch_back(url.as_str(), &expected, true, &|_| {}).await, Ok(()));
    let answer = anyone().get(url.clone()).send().await.unwrap();
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/pdf");
    assert_eq!(header("content-disposition"), "attachment");
    assert_eq!(header("cache-control"), "private");

    let mut bare = url.clone();
    bare.set_query(None);
    let text = url.as_str();
    let other_file = text.replace("file.pdf", "file.png");
    let mut altered = text.to_owned();
    let last = altered.pop().unwrap();
    altered.push(if last == '0' { '1' } else { '0' });
    for address in [bare.as_str(), &other_file, &altered] {
        let status = anyone().get(address).send().await.unwrap().status().as_u16();
        assert_eq!(status, 403, "{address}");
    }

    assert_eq!(storage.remove(&key).await, Ok(()));
    assert_eq!(anyone().get(url).send().await.unwrap().status().as_u16(), 404);
    assert_eq!(storage.remove(&key).await, Ok(()));
}

#[tokio::test]
async fn an_address_ends() {
    let (folder, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start(root.path()).await;
    let storage = server.storage();
    let (path, _) = written(folder.path(), b"short");
    upload(&storage, "t/file.pdf", &path, None).await.0.unwrap();

    let url = storage.address("t/file.pdf", Duration::from_secs(1));
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let status = anyone().get(url.clone()).send().await.unwrap().status().as_u16();
        if status == 403 {
            break;
        }
        assert_eq!(status, 200);
        assert!(Instant::now() < deadline);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let long = storage.address("t/file.pdf", DAY * 30);
    assert!(long.query().unwrap().contains("X-Amz-Expires=604800"));
}

#[tokio::test]
async fn a_large_file_goes_in_parts() {
    let (folder, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start(root.path()).await;
    let storage = server.storage();
    let (path, expected) = written(folder.path(), &content(20_000_000));

    let told = Mutex::new(Vec::new());
    let mut keep = |_| -> futures_util::future::BoxFuture<'static, _> { Box::pin(async { Ok(()) }) };
    let outcome = storage
        .upload(
            "t/file.pdf",
            &path,
            "video/mp4",
            None,
            &|done| told.lock().unwrap().push(done),
            &mut keep,
        )
        .await;
    assert_eq!(outcome, Ok(()));
    assert_eq!(
        server.asked(),
        ["begin", "part 1", "part 2", "part 3", "complete"]
    );
    let told = told.into_inner().unwrap();
    assert_eq!(told.last(), Some(&20_000_000));
    assert!(told.is_sorted(), "{told:?}");
    for end in [PART_BYTES, 2 * PART_BYTES, 20_000_000] {
        assert!(told.contains(&end), "{told:?}");
    }
    let url = storage.address("t/file.pdf", DAY);
    assert_eq!(fetch_back(url.as_str(), &expected, true, &|_| {}).await, Ok(()));
    let answer = anyone().get(url).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "video/mp4");
}

#[tokio::test]
async fn the_bucket_may_stand_in_the_hosts_name() {
    let (folder, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start(root.path()).await;
    let config = StorageConfig {
        endpoint: format!("http://localhost:{}", server.port),
        path_style: false,
        ..server.config()
    };
    let storage = Storage::with_patience(&config, &keys(SECRET_KEY), short()).unwrap();
    let (path, _) = written(folder.path(), b"short");
    assert_eq!(upload(&storage, "t/file.pdf", &path, None).await.0, Ok(()));
    let stored = root.path().join(BUCKET).join("t/file.pdf");
    assert_eq!(std::fs::read(stored).unwrap(), b"short");
    let url = storage.address("t/file.pdf", DAY);
    assert_eq!(url.host_str(), Some("my-files.localhost"));
}

#[tokio::test]
async fn a_refusal_tells_why_and_no_secret() {
    let (folder, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start(root.path()).await;
    let (path, _) = written(folder.path(), &content(9_000_000));
    let wrong = "wrong/Canary+0000001";
    let storage = Storage::with_patience(&server.config(), &keys(wrong), short()).unwrap();
    let other = StorageConfig {
        bucket: "not-mine".into(),
        ..server.config()
    };
    // This server makes a bucket that is not there; others do not.
    server.fail(|seen| {
        seen.path.starts_with("/not-mine").then_some(Fault::Instead(
            404,
            "<Error><Code>NoSuchBucket</Code><Message>There is no such bucket</Message></Error>",
        ))
    });
    let elsewhere = Storage::with_patience(&other, &keys(SECRET_KEY), short()).unwrap();
    let mut stranger = keys(SECRET_KEY);
    stranger.access_key = recado::domain::Secret::new("AKCANARYSTRANGER".into());
    let stranger = Storage::with_patience(&server.config(), &stranger, short()).unwrap();

    let mut shown = format!("{storage:?}{elsewhere:?}");
    for (storage, code) in [
        (&storage, "SignatureDoesNotMatch"),
        (&elsewhere, "NoSuchBucket"),
        (&stranger, "NotSignedUp"),
    ] {
        let small = folder.path().join("small");
        std::fs::write(&small, b"small").unwrap();
        let (outcome, _) = upload(storage, "t/file.pdf", &small, None).await;
        match outcome {
            Err(HostingError::StorageRefused(words)) => {
                assert!(words.contains(code), "{words}");
                shown.push_str(&words);
            }
            other => panic!("{other:?}"),
        }
        let (outcome, _) = upload(storage, "t/large.pdf", &path, None).await;
        shown.push_str(&format!("{outcome:?}"));
        shown.push_str(&format!("{:?}", storage.remove("t/file.pdf").await));
        shown.push_str(&format!("{:?}", storage.abort("t/file.pdf", "x").await));
    }
    for secret in [ACCESS_KEY, SECRET_KEY, wrong, "AKCANARYSTRANGER", "X-Amz-"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    // A refusal is not asked for again: one try each.
    let puts = server.asked().iter().filter(|what| *what == "put").count();
    assert_eq!(puts, 3);
}

#[tokio::test]
async fn wrong_fields_are_not_tried() {
    let config = StorageConfig::default();
    match Storage::new(&config, &keys(SECRET_KEY)) {
        Err(HostingError::Fields(problems)) => {
            let fields: Vec<_> = problems.iter().map(|problem| problem.field).collect();
            assert_eq!(fields, ["endpoint", "bucket", "region"]);
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_file_that_is_gone_is_told() {
    let (folder, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start(root.path()).await;
    let storage = server.storage();
    for path in [folder.path().join("nothing"), folder.path().to_owned()] {
        let (outcome, _) = upload(&storage, "t/file.pdf", &path, None).await;
        assert!(matches!(outcome, Err(HostingError::FileLost(_))), "{outcome:?}");
    }
    // Cut short between two parts.
    let (path, _) = written(folder.path(), &content(20_000_000));
    let cut = path.clone();
    server.fail(move |seen| {
        if seen.what() == "part 2" {
            std::fs::write(&cut, b"short").unwrap();
            return Some(Fault::Instead(503, ""));
        }
        None
    });
    let (outcome, kept) = upload(&storage, "t/file.pdf", &path, None).await;
    assert!(matches!(outcome, Err(HostingError::FileLost(_))), "{outcome:?}");
    assert_eq!(kept.len(), 2);
}
