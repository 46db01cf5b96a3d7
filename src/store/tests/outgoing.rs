//! Files of the operator's, and messages that wait for them.

use super::*;
use crate::domain::conversation::{Draft, DraftPlace};
use crate::domain::hosting::{HostingPlace, PREPARED_BEFORE, Placement};
use crate::domain::incoming::StoredFile;
use crate::domain::{Attachment, MediaKind, OutgoingFile, OutgoingFileId};
use crate::store::StoreError;
use std::time::Duration;

/// A file that was taken in.
pub(super) async fn taken(store: &Store, account: AccountId, number: u8) -> OutgoingFile {
    let file = OutgoingFile {
        id: OutgoingFileId::new(),
        account,
        file: StoredFile {
            stored_name: format!("{number:032x}"),
            name: format!("foto {number}.jpg"),
            bytes: 4_000 + u64::from(number),
            mime: "image/jpeg".to_owned(),
            sha256: [number; 32],
        },
        kind: MediaKind::Image,
        pixels: Some((640, 480)),
        created_at: START,
    };
    store.take_in(&file).await.unwrap();
    file
}

pub(super) fn with_file(last: u32, text: &str, file: &OutgoingFile) -> NewMessage {
    NewMessage {
        attachment: Some(Attachment::from_file(file)),
        ..to(last, text)
    }
}

/// A place at our own listener.
pub(super) fn listener(number: u64) -> Placement {
    let token = format!("{number:064x}");
    Placement {
        place: HostingPlace::Listener,
        url: Some(format!("https://loja.example/a/{token}/file.jpg")),
        token,
        storage: None,
        upload: None,
        placed_at: Some(at(1)),
        checked_at: None,
        expires_at: None,
    }
}

pub(super) const URL: &str = "https://loja.example/a/1/file.jpg";

/// Puts a file in its place.
pub(super) async fn make_ready(
    store: &Store,
    file: &OutgoingFile,
    number: u8,
    now: Timestamp,
) -> Vec<Message> {
    store.place(file.id, &listener(number.into())).await.unwrap();
    store
        .file_ready(file.id, URL, now, now.plus(Duration::from_secs(86_400)), now)
        .await
        .unwrap()
}

fn unreachable(words: &str) -> Reason {
    Reason::with_words(ReasonKind::AttachmentUnreachable, words)
}

/// The number of the file that is to be put in its place next.
async fn next(store: &Store, account: AccountId, now: Timestamp) -> Result<u8, Option<Timestamp>> {
    let next = store.next_to_prepare(account, now).await.unwrap();
    next.map(|preparation| preparation.file.file.sha256[0])
}

#[tokio::test]
async fn a_message_with_a_file_waits_for_its_address() {
    let (folder, store, id) = store().await;
    let file = taken(&store, id, 1).await;
    let new = vec![
        with_file(1, "um", &file),
        with_file(2, "dois", &file),
        to(2, "três"),
    ];
    let stored = store.enqueue(id, new, START).await.unwrap();
    let [one, two, three] = &stored[..] else { panic!() };
    for message in [one, two] {
        assert_eq!(
            (message.state, message.next_attempt_at, &message.reason),
            (MessageState::Preparing, None, &None)
        );
        assert_eq!(message.attachment.as_ref().unwrap().url, "");
        assert_eq!(store.message(message.id).await.unwrap(), *message);
    }
    // What comes later in the same conversation waits.
    assert_eq!(store.next_due(id, at(1)).await.unwrap(), Err(None));
    assert_eq!(three.state, MessageState::Queued);
    let counts = store.outbox_counts(id).await.unwrap();
    assert_eq!((counts.preparing, counts.queued), (2, 1));
    assert_eq!(store.outbox(id, 9).await.unwrap().len(), 3);
    // One of two is taken back; the other goes on, also after a restart.
    store
        .change_state(
            one.id,
            &[MessageState::Preparing],
            MessageState::Cancelled,
            None,
            at(2),
        )
        .await
        .unwrap();
    store.place(file.id, &listener(1)).await.unwrap();
    store.close().await;
    let store = Store::open(folder.path()).await.unwrap();
    let preparation = store.next_to_prepare(id, at(3)).await.unwrap().unwrap();
    assert_eq!(
        (&preparation.file, preparation.placement),
        (&file, Some(listener(1)))
    );

    let ready = store
        .file_ready(file.id, URL, at(4), at(9_000), at(5))
        .await
        .unwrap();
    assert_eq!(ready.len(), 1);
    assert_eq!(
        (
            ready[0].id,
            ready[0].state,
            ready[0].next_attempt_at,
            ready[0].updated_at
        ),
        (two.id, MessageState::Queued, Some(at(5)), at(5))
    );
    assert_eq!(ready[0].attachment.as_ref().unwrap().url, URL);
    assert_eq!(store.next_due(id, at(5)).await.unwrap().unwrap(), ready[0]);
    let told: Vec<_> = store
        .history(two.id)
        .await
        .unwrap()
        .iter()
        .map(|step| step.state)
        .collect();
    assert_eq!(told, [MessageState::Preparing, MessageState::Queued]);
    let hosted = store.hosted_files().await.unwrap();
    let placement = &hosted[0].placement;
    assert_eq!((hosted.len(), hosted[0].needed_by), (1, 1));
    assert_eq!(
        (
            placement.url.as_deref(),
            placement.checked_at,
            placement.expires_at,
            placement.placed_at
        ),
        (Some(URL), Some(at(4)), Some(at(9_000)), Some(at(1)))
    );
    assert_eq!(next(&store, id, at(6)).await, Err(None));
}

#[tokio::test]
async fn the_oldest_whose_turn_it_is_is_prepared_first() {
    let (_folder, store, id) = store().await;
    assert_eq!(next(&store, id, START).await, Err(None));
    let (first, second, third) = (
        taken(&store, id, 1).await,
        taken(&store, id, 2).await,
        taken(&store, id, 3).await,
    );
    let ahead = i64::try_from(PREPARED_BEFORE.as_millis()).unwrap();
    let later = NewMessage {
        not_before: Some(at(ahead + 5_000)),
        ..with_file(1, "depois", &first)
    };
    let later = send(&store, id, later, START).await;
    assert_eq!(later.reason, Some(Reason::new(ReasonKind::Scheduled)));
    assert_eq!(next(&store, id, START).await, Err(Some(at(5_000))));
    send(&store, id, with_file(1, "um", &second), START).await;
    send(&store, id, with_file(1, "dois", &third), START).await;
    assert_eq!(next(&store, id, START).await, Ok(2));
    assert_eq!(next(&store, id, at(4_999)).await, Ok(2));
    assert_eq!(next(&store, id, at(5_000)).await, Ok(1), "its turn has come");
    // One that rests lets the others pass.
    store
        .file_waits(second.id, unreachable("x"), at(3_000), at(10))
        .await
        .unwrap();
    assert_eq!(next(&store, id, at(11)).await, Ok(3));
    store
        .file_waits(third.id, unreachable("x"), at(2_000), at(11))
        .await
        .unwrap();
    assert_eq!(next(&store, id, at(12)).await, Err(Some(at(2_000))));
    assert_eq!(next(&store, id, at(2_000)).await, Ok(3));
    assert_eq!(next(&store, id, at(3_000)).await, Ok(2));
    // Two messages of one file: the earlier time counts.
    let sooner = NewMessage {
        not_before: Some(at(ahead + 1_000)),
        ..with_file(4, "antes", &first)
    };
    send(&store, id, sooner, at(20)).await;
    assert_eq!(next(&store, id, at(21)).await, Err(Some(at(1_000))));
    assert_eq!(next(&store, id, at(1_000)).await, Ok(1));
    let other = account("Outra");
    store.put_account(&other).await.unwrap();
    assert_eq!(next(&store, other.id, at(9_000)).await, Err(None));
}

#[tokio::test]
async fn a_clock_that_is_set_back_does_not_let_a_file_rest() {
    let (_folder, store, id) = store().await;
    let file = taken(&store, id, 1).await;
    send(&store, id, with_file(1, "x", &file), START).await;
    let ahead = START.plus(Duration::from_secs(365 * 86_400));
    let again = ahead.plus(Duration::from_secs(60));
    store
        .file_waits(file.id, unreachable("x"), again, ahead)
        .await
        .unwrap();
    assert_eq!(next(&store, id, ahead).await, Err(Some(again)));
    assert_eq!(next(&store, id, START).await, Ok(1));
}

#[tokio::test]
async fn a_file_that_cannot_be_put_up_says_why_and_is_tried_again() {
    let (_folder, store, id) = store().await;
    let file = taken(&store, id, 1).await;
    let later = NewMessage {
        not_before: Some(at(60_000)),
        ..with_file(2, "depois", &file)
    };
    let new = vec![with_file(1, "agora", &file), later];
    let stored = store.enqueue(id, new, START).await.unwrap();
    let changed = store
        .file_waits(file.id, unreachable("recusado"), at(1_000), at(1))
        .await
        .unwrap();
    assert_eq!(changed.len(), 2);
    for message in &changed {
        assert_eq!(
            (message.state, &message.reason, message.updated_at),
            (MessageState::Preparing, &Some(unreachable("recusado")), START)
        );
    }
    // The same again is nothing new; other words of the same kind are no line of history.
    let same = store
        .file_waits(file.id, unreachable("recusado"), at(2_000), at(1_001))
        .await;
    assert_eq!(same.unwrap(), []);
    let reworded = store
        .file_waits(file.id, unreachable("pedido 7"), at(3_000), at(2_001))
        .await
        .unwrap();
    assert_eq!(reworded[0].reason, Some(unreachable("pedido 7")));
    assert_eq!(store.message(stored[0].id).await.unwrap(), reworded[0]);
    assert_eq!(store.history(stored[0].id).await.unwrap().len(), 2);
    let preparation = store.next_to_prepare(id, at(3_000)).await.unwrap().unwrap();
    assert_eq!(preparation.tries, 3);

    // The operator does not want to wait.
    assert_eq!(next(&store, id, at(2_002)).await, Err(Some(at(3_000))));
    let retried = store.retry_now(stored[1].id, at(2_002)).await.unwrap();
    assert_eq!(
        (retried.state, retried.not_before, retried.next_attempt_at),
        (MessageState::Preparing, None, None)
    );
    assert_eq!(retried.reason, Some(Reason::new(ReasonKind::RetriedByOperator)));
    assert_eq!(next(&store, id, at(2_002)).await, Ok(1));
    // A new message with it does not wait for the next try either.
    store
        .file_waits(file.id, unreachable("x"), at(9_000), at(2_003))
        .await
        .unwrap();
    let third = NewMessage {
        not_before: Some(at(60_000)),
        ..with_file(3, "terceiro", &file)
    };
    send(&store, id, third, at(2_004)).await;
    assert_eq!(next(&store, id, at(2_004)).await, Ok(1));

    let ready = make_ready(&store, &file, 1, at(2_005)).await;
    let reasons: Vec<_> = ready.iter().map(|message| message.reason.clone()).collect();
    assert_eq!(reasons, [None, None, Some(Reason::new(ReasonKind::Scheduled))]);
    send(&store, id, with_file(1, "de novo", &file), at(2_006)).await;
    let preparation = store.next_to_prepare(id, at(2_006)).await.unwrap().unwrap();
    assert_eq!(preparation.tries, 0);
}

#[tokio::test]
async fn a_lost_file_takes_its_messages_with_it_and_they_can_be_sent_again() {
    let (_folder, store, id) = store().await;
    let (file, other) = (taken(&store, id, 1).await, taken(&store, id, 2).await);
    let lost = send(&store, id, with_file(1, "um", &file), START).await;
    send(&store, id, with_file(2, "dois", &other), START).await;
    let reason = Reason::new(ReasonKind::AttachmentLost);
    let rejected = store.file_lost(file.id, reason.clone(), at(5)).await.unwrap();
    assert_eq!(rejected.len(), 1);
    assert_eq!(
        (rejected[0].id, rejected[0].state, &rejected[0].reason),
        (lost.id, MessageState::Rejected, &Some(reason))
    );
    assert_eq!(store.outbox_counts(id).await.unwrap().rejected, 1);
    assert_eq!(next(&store, id, at(6)).await, Ok(2));
    let again = store.resend(lost.id, at(7)).await.unwrap();
    let attachment = again.attachment.unwrap();
    assert_eq!(
        (again.state, attachment.url.as_str(), attachment.file),
        (MessageState::Preparing, "", Some(file.id))
    );
}

#[tokio::test]
async fn what_has_not_left_can_be_prepared_again() {
    let (_folder, store, id) = store().await;
    let file = taken(&store, id, 1).await;
    let message = send(&store, id, with_file(1, "um", &file), START).await;
    let plain = send(&store, id, to(2, "sem anexo"), START).await;
    let reason = || Reason::new(ReasonKind::AttachmentAddressEnded);
    let wrong = |result: Result<Message, StoreError>, state: MessageState| {
        assert!(
            matches!(result, Err(StoreError::WrongState(found)) if found == state),
            "{result:?}"
        );
    };
    wrong(
        store.prepare_again(message.id, reason(), at(1)).await,
        MessageState::Preparing,
    );
    wrong(
        store.prepare_again(plain.id, reason(), at(1)).await,
        MessageState::Queued,
    );
    wrong(
        store.begin_attempt(message.id, at(1)).await,
        MessageState::Preparing,
    );
    for to in [MessageState::Queued, MessageState::InFlight] {
        let moved = store
            .change_state(message.id, &[MessageState::Preparing], to, None, at(1))
            .await;
        wrong(moved, MessageState::Preparing);
    }
    make_ready(&store, &file, 1, at(2)).await;
    let back = store.prepare_again(message.id, reason(), at(3)).await.unwrap();
    assert_eq!(
        (back.state, &back.reason, back.next_attempt_at),
        (MessageState::Preparing, &Some(reason()), None)
    );
    assert_eq!(back.attachment.as_ref().unwrap().url, "");
    assert_eq!(store.message(message.id).await.unwrap(), back);
    // An attempt of which nothing left changes nothing about that; an unclear one does.
    make_ready(&store, &file, 1, at(4)).await;
    store.begin_attempt(message.id, at(5)).await.unwrap();
    wrong(
        store.prepare_again(message.id, reason(), at(5)).await,
        MessageState::InFlight,
    );
    store
        .finish_attempt(message.id, &becomes(MessageState::Queued), None, at(6))
        .await
        .unwrap();
    store.prepare_again(message.id, reason(), at(7)).await.unwrap();
    make_ready(&store, &file, 1, at(8)).await;
    store.begin_attempt(message.id, at(9)).await.unwrap();
    store
        .finish_attempt(message.id, &unclear_again(at(20)), None, at(10))
        .await
        .unwrap();
    wrong(
        store.prepare_again(message.id, reason(), at(11)).await,
        MessageState::Queued,
    );
    let nothing = store
        .prepare_again(crate::domain::MessageId::new(), reason(), at(11))
        .await;
    assert!(matches!(nothing, Err(StoreError::NotFound)));
}

#[tokio::test]
async fn only_a_file_of_the_account_goes_along() {
    let (_folder, store, id) = store().await;
    let other = account("Outra");
    store.put_account(&other).await.unwrap();
    let file = taken(&store, other.id, 1).await;
    let sent = store
        .enqueue(id, vec![to(1, "x"), with_file(1, "x", &file)], START)
        .await;
    assert!(matches!(sent, Err(StoreError::NotFound)));
    assert_eq!(number(&store, "SELECT count(*) FROM messages").await, 0);
    let gone = OutgoingFile {
        id: OutgoingFileId::new(),
        ..file.clone()
    };
    let sent = store
        .enqueue(other.id, vec![with_file(1, "x", &gone)], START)
        .await;
    assert!(matches!(sent, Err(StoreError::NotFound)));
    for result in [
        store.file_ready(gone.id, URL, START, at(1), START).await,
        store.file_waits(gone.id, unreachable("x"), at(1), START).await,
        store.file_lost(gone.id, unreachable("x"), START).await,
    ] {
        assert!(matches!(result, Err(StoreError::NotFound)));
    }
    assert!(matches!(
        store.outgoing_file(gone.id).await,
        Err(StoreError::NotFound)
    ));
    assert_eq!(store.outgoing_file(file.id).await.unwrap(), file);
}

#[tokio::test]
async fn drafts_keep_their_files_in_order() {
    let (folder, store, id) = store().await;
    let other = account("Outra");
    store.put_account(&other).await.unwrap();
    let (first, second) = (taken(&store, id, 1).await, taken(&store, id, 2).await);
    let gone = OutgoingFile {
        id: OutgoingFileId::new(),
        ..first.clone()
    };
    let foreign = taken(&store, other.id, 3).await;
    let place = DraftPlace::NewMessage(id);
    let draft = Draft {
        files: vec![second.clone(), gone, foreign.clone(), first.clone()],
        ..Draft::default()
    };
    store.put_draft(place, &draft, START).await.unwrap();
    store.close().await;
    let store = Store::open(folder.path()).await.unwrap();
    let kept = Draft {
        files: vec![second.clone(), first.clone()],
        ..Draft::default()
    };
    assert_eq!(store.drafts(id).await.unwrap(), [(place, kept)]);

    // What is in a draft or a message is not forgotten; what is in none is, once.
    let unused = store.unused_files(at(1)).await.unwrap();
    assert_eq!(unused, [(foreign.id, foreign.file.stored_name.clone())]);
    assert_eq!(store.unused_files(START).await.unwrap(), []);
    assert_eq!(store.discard(first.id).await.unwrap(), None);
    assert_eq!(
        store.discard(foreign.id).await.unwrap(),
        Some(foreign.file.stored_name)
    );
    assert_eq!(store.discard(foreign.id).await.unwrap(), None);
    send(&store, id, with_file(1, "x", &first), START).await;
    store.put_draft(place, &Draft::default(), at(2)).await.unwrap();
    assert_eq!(store.discard(first.id).await.unwrap(), None);
    let unused = store.unused_files(at(1)).await.unwrap();
    assert_eq!(unused, [(second.id, second.file.stored_name.clone())]);
    let mut names = store.stored_file_names().await.unwrap();
    names.sort();
    assert_eq!(names, [first.file.stored_name, second.file.stored_name.clone()]);
    assert_eq!(
        store.discard(second.id).await.unwrap(),
        Some(second.file.stored_name)
    );
}
