//! Files that can be had from outside, and how that ends.

use super::outgoing::{URL, listener, make_ready, taken, with_file};
use super::*;
use crate::domain::hosting::{HostingPlace, Placement, StorageConfig, UploadState};
use crate::domain::{OutgoingFile, OutgoingFileId};
use crate::store::StoreError;

/// A place in storage, with an upload under way.
fn storage(number: u8) -> Placement {
    Placement {
        place: HostingPlace::Storage,
        token: format!("{number:064x}"),
        storage: Some(StorageConfig {
            endpoint: "https://s3.example".to_owned(),
            bucket: "loja".to_owned(),
            region: "sa-east-1".to_owned(),
            prefix: "recado".to_owned(),
            path_style: true,
        }),
        upload: Some(UploadState {
            upload_id: format!("upload-{number}"),
            part_bytes: 8 << 20,
            parts: vec!["etag".to_owned()],
        }),
        url: None,
        placed_at: None,
        checked_at: None,
        expires_at: None,
    }
}

async fn to_end(store: &Store, now: Timestamp) -> Vec<OutgoingFileId> {
    let files = store.files_to_end(now).await.unwrap();
    files.into_iter().map(|hosted| hosted.file.id).collect()
}

async fn placement(store: &Store, file: &OutgoingFile) -> Option<Placement> {
    let hosted = store.hosted_files().await.unwrap();
    hosted
        .into_iter()
        .find(|hosted| hosted.file.id == file.id)
        .map(|hosted| hosted.placement)
}

#[tokio::test]
async fn a_file_ends_when_no_message_needs_it() {
    use MessageState::{Accepted, Delivered, InFlight, Read, Rejected, Sent, Unknown};
    let (_folder, store, id) = store().await;
    for (number, state, ends) in [
        (1, Accepted, false),
        (2, Sent, false),
        (3, Delivered, true),
        (4, Read, true),
        (5, Rejected, true),
        (6, Unknown, false),
        (7, InFlight, false),
    ] {
        let file = taken(&store, id, number).await;
        let message = send(&store, id, with_file(u32::from(number), "x", &file), START).await;
        assert_eq!(to_end(&store, START).await, [], "not placed yet");
        make_ready(&store, &file, number, at(1)).await;
        assert_eq!(to_end(&store, at(1)).await, [], "queued");
        store.begin_attempt(message.id, at(2)).await.unwrap();
        if state != InFlight {
            store
                .finish_attempt(message.id, &becomes(state), None, at(3))
                .await
                .unwrap();
        }
        assert_eq!(to_end(&store, at(4)).await.contains(&file.id), ends, "{state:?}");
        let end = store.hosted_files().await.unwrap()[0]
            .placement
            .expires_at
            .unwrap();
        assert!(!to_end(&store, Timestamp(end.0 - 1)).await.contains(&file.id) || ends);
        assert!(to_end(&store, end).await.contains(&file.id), "its time is over");
        store.end_placement(file.id, at(5)).await.unwrap();
        assert_eq!(placement(&store, &file).await, None);
        assert_eq!(to_end(&store, end).await, []);
    }
    assert_eq!(store.placements_to_remove(at(9)).await.unwrap(), []);
}

#[tokio::test]
async fn a_file_of_two_messages_ends_with_the_second() {
    let (_folder, store, id) = store().await;
    let file = taken(&store, id, 1).await;
    let new = vec![with_file(1, "um", &file), with_file(2, "dois", &file)];
    let stored = store.enqueue(id, new, START).await.unwrap();
    assert_eq!(make_ready(&store, &file, 1, at(1)).await.len(), 2);
    assert_eq!(store.hosted_files().await.unwrap()[0].needed_by, 2);
    store.begin_attempt(stored[0].id, at(2)).await.unwrap();
    store
        .finish_attempt(stored[0].id, &becomes(MessageState::Unknown), None, at(3))
        .await
        .unwrap();
    let cancelled = store.change_state(
        stored[1].id,
        &[MessageState::Queued],
        MessageState::Cancelled,
        None,
        at(4),
    );
    cancelled.await.unwrap();
    assert_eq!(to_end(&store, at(5)).await, []);
    // Sent again, the unknown one needs it no more, and the new one does.
    let again = store.resend(stored[0].id, at(5)).await.unwrap();
    assert_eq!(store.hosted_files().await.unwrap()[0].needed_by, 1);
    let reason = Reason::new(ReasonKind::CancelledByOperator);
    store
        .change_state(
            again.id,
            &[MessageState::Preparing],
            MessageState::Cancelled,
            Some(reason),
            at(6),
        )
        .await
        .unwrap();
    assert_eq!(to_end(&store, at(7)).await, [file.id]);
}

#[tokio::test]
async fn a_place_that_was_ended_does_not_come_back() {
    let (_folder, store, id) = store().await;
    let file = taken(&store, id, 1).await;
    let message = send(&store, id, with_file(1, "x", &file), START).await;
    store.place(file.id, &storage(1)).await.unwrap();
    assert_eq!(placement(&store, &file).await, Some(storage(1)));
    let further = Placement {
        upload: None,
        placed_at: Some(at(2)),
        ..storage(1)
    };
    store.place(file.id, &further).await.unwrap();
    assert_eq!(placement(&store, &file).await, Some(further.clone()));
    store.end_placement(file.id, at(3)).await.unwrap();
    // A late word of the upload, or of its check.
    assert!(matches!(
        store.place(file.id, &further).await,
        Err(StoreError::NotFound)
    ));
    assert!(matches!(
        store.file_ready(file.id, URL, at(4), at(9), at(4)).await,
        Err(StoreError::NotFound)
    ));
    assert_eq!(store.message(message.id).await.unwrap(), message);
    assert_eq!(placement(&store, &file).await, None);
    // Elsewhere it may be put; and there, under another token, in place of the first.
    store.place(file.id, &storage(2)).await.unwrap();
    store.place(file.id, &listener(3)).await.unwrap();
    assert_eq!(placement(&store, &file).await, Some(listener(3)));
    let ended = store.placements_to_remove(at(3)).await.unwrap();
    let tokens: Vec<_> = ended
        .iter()
        .map(|one| (one.token.as_str(), &one.upload))
        .collect();
    let (one, two) = (storage(1), storage(2));
    assert_eq!(
        tokens,
        [(one.token.as_str(), &None), (two.token.as_str(), &two.upload)]
    );
}

#[tokio::test]
async fn what_stands_in_storage_is_removed_until_it_is_gone() {
    let (folder, store, id) = store().await;
    let file = taken(&store, id, 1).await;
    store.place(file.id, &storage(1)).await.unwrap();
    store.end_placement(file.id, at(10)).await.unwrap();
    store.end_placement(file.id, at(11)).await.unwrap();
    assert_eq!(store.placements_to_remove(at(9)).await.unwrap(), []);
    let due = store.placements_to_remove(at(10)).await.unwrap();
    let [ended] = &due[..] else { panic!("{due:?}") };
    assert_eq!(
        (ended.account, &ended.token, ended.name.as_str(), ended.tries),
        (id, &storage(1).token, "foto 1.jpg", 0)
    );
    assert_eq!(Some(&ended.storage), storage(1).storage.as_ref());
    assert_eq!(ended.upload, storage(1).upload);
    store
        .placement_not_removed(ended.sequence, at(500))
        .await
        .unwrap();
    store.close().await;
    let store = Store::open(folder.path()).await.unwrap();
    assert_eq!(store.placements_to_remove(at(499)).await.unwrap(), []);
    assert_eq!(store.placements_to_remove(at(500)).await.unwrap()[0].tries, 1);
    store.placement_removed(ended.sequence).await.unwrap();
    assert_eq!(store.placements_to_remove(at(500)).await.unwrap(), []);
    // A file that is forgotten leaves nothing behind.
    store.place(file.id, &storage(2)).await.unwrap();
    assert!(store.discard(file.id).await.unwrap().is_some());
    assert_eq!(
        store.placements_to_remove(START).await.unwrap()[0].token,
        storage(2).token
    );
}

#[tokio::test]
async fn the_listener_knows_its_tokens() {
    let (_folder, store, id) = store().await;
    let (ours, other) = (taken(&store, id, 1).await, taken(&store, id, 2).await);
    let unchecked = Placement {
        url: None,
        placed_at: None,
        ..listener(1)
    };
    store.place(ours.id, &unchecked).await.unwrap();
    store.place(other.id, &storage(2)).await.unwrap();
    let tokens = store.hosted_tokens(START).await.unwrap();
    assert_eq!(tokens, [(unchecked.token, ours.clone(), id)]);
    let expiring = Placement {
        expires_at: Some(at(100)),
        ..listener(1)
    };
    store.place(ours.id, &expiring).await.unwrap();
    assert_eq!(store.hosted_tokens(at(99)).await.unwrap().len(), 1);
    assert_eq!(store.hosted_tokens(at(100)).await.unwrap(), []);
}

#[tokio::test]
async fn an_account_that_is_removed_prepares_nothing_more() {
    for with_history in [false, true] {
        let (_folder, store, id) = store().await;
        let other = account("Outra");
        store.put_account(&other).await.unwrap();
        let kept = taken(&store, other.id, 9).await;
        store.place(kept.id, &listener(9)).await.unwrap();
        let (one, two) = (taken(&store, id, 1).await, taken(&store, id, 2).await);
        let waiting = send(&store, id, with_file(1, "um", &one), START).await;
        send(&store, id, with_file(2, "dois", &two), START).await;
        make_ready(&store, &two, 2, at(1)).await;
        store.place(one.id, &storage(3)).await.unwrap();
        store.end_placement(one.id, at(2)).await.unwrap();
        store.place(one.id, &storage(1)).await.unwrap();

        store.remove_account(id, with_history, at(5)).await.unwrap();
        assert_eq!(store.hosted_files().await.unwrap().len(), 1);
        assert_eq!(store.hosted_tokens(at(6)).await.unwrap()[0].1, kept);
        assert_eq!(store.placements_to_remove(at(6)).await.unwrap(), []);
        assert_eq!(store.next_to_prepare(id, at(6)).await.unwrap(), Err(None));
        for number in [1, 4] {
            let late = store.place(one.id, &storage(number)).await;
            assert!(matches!(late, Err(StoreError::NotFound)));
        }
        if with_history {
            assert!(matches!(
                store.message(waiting.id).await,
                Err(StoreError::NotFound)
            ));
            assert!(matches!(
                store.outgoing_file(one.id).await,
                Err(StoreError::NotFound)
            ));
        } else {
            let waiting = store.message(waiting.id).await.unwrap();
            assert_eq!(
                (waiting.state, waiting.reason),
                (
                    MessageState::Cancelled,
                    Some(Reason::new(ReasonKind::CancelledByOperator))
                )
            );
            assert_eq!(store.outgoing_file(one.id).await.unwrap(), one);
        }
    }
}

#[tokio::test]
async fn a_copy_leaves_files_where_the_original_has_put_them() {
    let (_folder, store, id) = store().await;
    let (one, two) = (taken(&store, id, 1).await, taken(&store, id, 2).await);
    let waiting = send(&store, id, with_file(1, "um", &one), START).await;
    let queued = send(&store, id, with_file(2, "dois", &two), START).await;
    make_ready(&store, &two, 2, at(1)).await;
    store.place(one.id, &storage(3)).await.unwrap();
    store.end_placement(one.id, at(2)).await.unwrap();
    store.place(one.id, &storage(1)).await.unwrap();

    let copies = tempfile::tempdir().unwrap();
    store.copy_into(copies.path(), at(3)).await.unwrap();
    let copy = Store::open(copies.path()).await.unwrap();
    for message in [&waiting, &queued] {
        let found = copy.message(message.id).await.unwrap();
        assert_eq!(
            (found.state, found.reason),
            (MessageState::Unknown, Some(Reason::new(ReasonKind::FromBackup)))
        );
    }
    assert_eq!(copy.hosted_files().await.unwrap(), []);
    assert_eq!(copy.hosted_tokens(at(4)).await.unwrap(), []);
    assert_eq!(copy.placements_to_remove(at(4)).await.unwrap(), []);
    let moved = copy.change_state(
        waiting.id,
        &[MessageState::Unknown],
        MessageState::Queued,
        None,
        at(4),
    );
    assert!(matches!(
        moved.await,
        Err(StoreError::WrongState(MessageState::Unknown))
    ));
    let again = copy.resend(waiting.id, at(5)).await.unwrap();
    assert_eq!(again.state, MessageState::Preparing);
    // The original goes on as if nothing had been.
    assert_eq!(store.message(waiting.id).await.unwrap(), waiting);
    assert_eq!(store.hosted_files().await.unwrap().len(), 2);
    assert_eq!(store.placements_to_remove(at(4)).await.unwrap().len(), 1);
}
