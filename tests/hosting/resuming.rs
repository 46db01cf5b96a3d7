//! Uploads that are cut off, and go on.

use crate::files::{content, written};
use crate::server::{BUCKET, Fault, Server, upload};
use recado::domain::hosting::{HostingError, UploadState};
use recado::hosting::{PART_BYTES, fetch_back};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;

const KEY: &str = "recado/t/file.pdf";
const BYTES: usize = 20_000_000;
const NO_SUCH_UPLOAD: &str = "<Error><Code>NoSuchUpload</Code><Message>It is gone</Message></Error>";

/// Drops the upload right after `parts` parts are kept; what was kept last.
async fn cut_off(server: &Server, path: &std::path::Path, parts: usize) -> UploadState {
    let storage = server.storage();
    let (kept, enough) = (Arc::new(Mutex::new(None)), Arc::new(Notify::new()));
    let (keeping, signal) = (Arc::clone(&kept), Arc::clone(&enough));
    let mut keep = move |state: UploadState| -> futures_util::future::BoxFuture<'static, _> {
        let (keeping, signal) = (Arc::clone(&keeping), Arc::clone(&signal));
        Box::pin(async move {
            let enough = state.parts.len() >= parts;
            *keeping.lock().unwrap() = Some(state);
            if enough {
                signal.notify_one();
                // The program ends here.
                std::future::pending::<()>().await;
            }
            Ok(())
        })
    };
    tokio::select! {
        outcome = storage.upload(KEY, path, "application/pdf", None, &|_| {}, &mut keep) => panic!("{outcome:?}"),
        () = enough.notified() => {}
    }
    let kept = kept.lock().unwrap().clone();
    kept.unwrap()
}

#[tokio::test]
async fn an_upload_goes_on_where_it_was_cut_off() {
    for parts in 0..=3 {
        let (folder, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (path, expected) = written(folder.path(), &content(BYTES));
        let server = Server::start(root.path()).await;
        let state = cut_off(&server, &path, parts).await;
        assert_eq!((state.parts.len(), state.part_bytes), (parts, PART_BYTES));
        drop(server);

        let server = Server::start(root.path()).await;
        let storage = server.storage();
        let (outcome, kept) = upload(&storage, KEY, &path, Some(state)).await;
        assert_eq!(outcome, Ok(()));
        let mut wanted: Vec<String> = (parts + 1..=3).map(|part| format!("part {part}")).collect();
        assert_eq!(kept.len(), wanted.len());
        wanted.push("complete".into());
        assert_eq!(server.asked(), wanted, "no part is sent twice");
        let url = storage.address(KEY, Duration::from_secs(60));
        assert_eq!(fetch_back(url.as_str(), &expected, true, &|_| {}).await, Ok(()));
    }
}

#[tokio::test]
async fn a_part_that_was_cut_in_the_middle_is_sent_again() {
    let (folder, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (path, expected) = written(folder.path(), &content(BYTES));
    let server = Server::start(root.path()).await;
    let storage = server.storage();
    let (kept, begun) = (Arc::new(Mutex::new(None)), Notify::new());
    let keeping = Arc::clone(&kept);
    let mut keep = move |state: UploadState| -> futures_util::future::BoxFuture<'static, _> {
        *keeping.lock().unwrap() = Some(state);
        Box::pin(async { Ok(()) })
    };
    // In the middle of the second part.
    let progress = |done: u64| {
        if done > PART_BYTES + PART_BYTES / 4 {
            begun.notify_one();
        }
    };
    tokio::select! {
        outcome = storage.upload(KEY, &path, "application/pdf", None, &progress, &mut keep) => panic!("{outcome:?}"),
        () = begun.notified() => {}
    }
    let state = kept.lock().unwrap().clone().unwrap();
    assert_eq!(state.parts.len(), 1);
    // What was on its way when nobody waited for it any more arrives all the same.
    while !server.asked().contains(&"part 2".to_owned()) {
        tokio::task::yield_now().await;
    }
    assert_eq!(upload(&storage, KEY, &path, Some(state)).await.0, Ok(()));
    assert_eq!(server.asked(), ["part 2", "part 3", "complete"]);
    let url = storage.address(KEY, Duration::from_secs(60));
    assert_eq!(fetch_back(url.as_str(), &expected, true, &|_| {}).await, Ok(()));
}

#[tokio::test]
async fn an_upload_that_is_given_up_leaves_nothing() {
    let (folder, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (path, _) = written(folder.path(), &content(BYTES));
    let server = Server::start(root.path()).await;
    let state = cut_off(&server, &path, 2).await;
    let parts = |names: Vec<String>| names.iter().filter(|name| name.contains(".part-")).count();
    assert_eq!(parts(server.left_over()), 2, "{:?}", server.left_over());
    assert_eq!(server.storage().abort(KEY, &state.upload_id).await, Ok(()));
    assert_eq!(parts(server.left_over()), 0, "{:?}", server.left_over());
    assert!(!root.path().join(BUCKET).join(KEY).exists());
    server.fail(|_| Some(Fault::Instead(404, NO_SUCH_UPLOAD)));
    assert_eq!(server.storage().abort(KEY, &state.upload_id).await, Ok(()));
}

#[tokio::test]
async fn an_upload_the_storage_forgot_begins_anew() {
    let (folder, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (path, expected) = written(folder.path(), &content(BYTES));
    let server = Server::start(root.path()).await;
    let storage = server.storage();
    let state = cut_off(&server, &path, 1).await;
    let old = state.upload_id.clone();
    let forgotten = old.clone();
    server.asked();
    server.fail(move |seen| {
        seen.query
            .contains(&forgotten)
            .then_some(Fault::Instead(404, NO_SUCH_UPLOAD))
    });
    let (outcome, kept) = upload(&storage, KEY, &path, Some(state)).await;
    assert_eq!(outcome, Ok(()));
    assert_eq!(
        server.asked(),
        [
            "part 2", "abort", "begin", "part 1", "part 2", "part 3", "complete"
        ]
    );
    assert!(kept.len() == 4 && kept.iter().all(|state| state.upload_id != old));
    let url = storage.address(KEY, Duration::from_secs(60));
    assert_eq!(fetch_back(url.as_str(), &expected, true, &|_| {}).await, Ok(()));
    server.asked();
    // One that was begun a moment ago is not begun again and again.
    server.fail(|seen| {
        seen.what()
            .starts_with("part")
            .then_some(Fault::Instead(404, NO_SUCH_UPLOAD))
    });
    let (outcome, _) = upload(&storage, KEY, &path, None).await;
    assert!(
        matches!(outcome, Err(HostingError::StorageRefused(_))),
        "{outcome:?}"
    );
    assert_eq!(server.asked(), ["begin", "part 1"]);
}

#[tokio::test]
async fn the_state_of_another_file_is_given_up() {
    let (folder, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (path, _) = written(folder.path(), &content(BYTES));
    let server = Server::start(root.path()).await;
    let state = cut_off(&server, &path, 3).await;
    server.asked();
    std::fs::write(&path, content(100)).unwrap();
    assert_eq!(upload(&server.storage(), KEY, &path, Some(state)).await.0, Ok(()));
    assert_eq!(server.asked(), ["abort", "put"]);
}

#[tokio::test]
async fn what_fails_for_a_moment_is_tried_again() {
    let (folder, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (path, _) = written(folder.path(), &content(BYTES));
    let server = Server::start(root.path()).await;
    let storage = server.storage();
    let mut left = 2;
    server.fail(move |seen| {
        (seen.what() == "part 2" && left > 0).then(|| {
            left -= 1;
            Fault::Instead(503, "<Error><Code>SlowDown</Code></Error>")
        })
    });
    assert_eq!(upload(&storage, KEY, &path, None).await.0, Ok(()));
    assert_eq!(
        server.asked(),
        [
            "begin", "part 1", "part 2", "part 2", "part 2", "part 3", "complete"
        ]
    );
    server.fail(|seen| (seen.what() == "part 2").then_some(Fault::Instead(500, "<html>")));
    let (outcome, kept) = upload(&storage, KEY, &path, None).await;
    assert_eq!(outcome, Err(HostingError::StorageRefused("HTTP 500".into())));
    assert_eq!(server.asked().len(), 5);
    assert_eq!(kept.last().unwrap().parts.len(), 1, "what is there is not lost");
}

#[tokio::test]
async fn the_end_of_an_upload_may_go_unheard() {
    let (folder, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (path, _) = written(folder.path(), &content(BYTES));
    let server = Server::start(root.path()).await;
    let storage = server.storage();
    let mut first = true;
    server.fail(move |seen| {
        (seen.what() == "complete").then(|| {
            if std::mem::take(&mut first) {
                Fault::After(500, "")
            } else {
                Fault::Instead(404, NO_SUCH_UPLOAD)
            }
        })
    });
    assert_eq!(upload(&storage, KEY, &path, None).await.0, Ok(()));
    assert_eq!(server.asked()[4..], ["complete", "complete", "head"]);
    // A 200 that turns out to be an error is one.
    server.fail(|seen| {
        (seen.what() == "complete").then_some(Fault::Instead(
            200,
            "<Error><Code>InvalidPart</Code><Message>Which?</Message></Error>",
        ))
    });
    let (outcome, _) = upload(&storage, KEY, &path, None).await;
    assert_eq!(
        outcome,
        Err(HostingError::StorageRefused(
            "HTTP 200 InvalidPart: Which?".into()
        ))
    );
}

#[tokio::test]
async fn what_cannot_be_kept_stops_the_upload() {
    let (folder, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (path, _) = written(folder.path(), &content(BYTES));
    let server = Server::start(root.path()).await;
    let mut keep = |_| -> futures_util::future::BoxFuture<'static, _> {
        Box::pin(async { Err(HostingError::Store("disk full".into())) })
    };
    let outcome = server
        .storage()
        .upload(KEY, &path, "application/pdf", None, &|_| {}, &mut keep)
        .await;
    assert_eq!(outcome, Err(HostingError::Store("disk full".into())));
    assert_eq!(server.asked(), ["begin"]);
}
