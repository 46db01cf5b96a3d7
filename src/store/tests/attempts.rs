use super::*;
use crate::domain::conversation::LastLine;
use crate::domain::{Attachment, MediaKind, MessageId};
use crate::store::{OutboxCounts, StoreError};

#[tokio::test]
async fn a_message_is_stored_whole_and_its_history_told() {
    let (_folder, store, id) = store().await;
    let new = NewMessage {
        attachment: Some(Attachment {
            url: "https://files.example/Or%C3%A7amento.pdf".to_owned(),
            name: "Orçamento.pdf".to_owned(),
            kind: MediaKind::Document,
            file: None,
        }),
        ..to(1, "Olá,\nação é ñ 👨‍👩‍👧")
    };
    let message = send(&store, id, new.clone(), START).await;
    assert_eq!(store.message(message.id).await.unwrap(), message);
    assert_eq!((&message.text, &message.attachment), (&new.text, &new.attachment));
    assert_eq!(
        (message.state, message.next_attempt_at, message.attempts),
        (MessageState::Queued, Some(START), 0)
    );

    let flying = store.begin_attempt(message.id, at(10)).await.unwrap();
    assert_eq!(
        (
            flying.state,
            flying.attempts,
            flying.next_attempt_at,
            flying.updated_at
        ),
        (MessageState::InFlight, 1, None, at(10))
    );
    assert!(matches!(
        store.begin_attempt(message.id, at(11)).await,
        Err(StoreError::WrongState(MessageState::InFlight))
    ));
    let again = store
        .finish_attempt(message.id, &unclear_again(at(5_000)), Some("<html>"), at(45_010))
        .await
        .unwrap();
    assert_eq!(again.first_unclear_at, Some(at(10)));
    assert_eq!(again.next_attempt_at, Some(at(5_000)));
    store.begin_attempt(message.id, at(50_000)).await.unwrap();
    let again = store
        .finish_attempt(message.id, &unclear_again(at(60_000)), None, at(55_000))
        .await
        .unwrap();
    assert_eq!(
        again.first_unclear_at,
        Some(at(10)),
        "of the first unclear attempt"
    );
    store.begin_attempt(message.id, at(60_000)).await.unwrap();
    let accepted = Transition {
        gateway_id: Some("77".to_owned()),
        ..becomes(MessageState::Accepted)
    };
    let done = store
        .finish_attempt(message.id, &accepted, Some("{\"ok\":1}"), at(60_100))
        .await
        .unwrap();
    assert_eq!(store.message(message.id).await.unwrap(), done);
    assert_eq!(
        (done.gateway_id.as_deref(), done.attempts, done.first_unclear_at),
        (Some("77"), 3, Some(at(10)))
    );
    assert_eq!(done.client_id, message.client_id);

    let history = store.history(message.id).await.unwrap();
    let told: Vec<_> = history.iter().map(|step| (step.state, step.attempt)).collect();
    use MessageState::{Accepted, InFlight, Queued};
    assert_eq!(
        told,
        [
            (Queued, 0),
            (InFlight, 1),
            (Queued, 1),
            (InFlight, 2),
            (Queued, 2),
            (InFlight, 3),
            (Accepted, 3)
        ]
    );
    assert_eq!(history[2].raw.as_deref(), Some("<html>"));
    assert_eq!(history[2].reason, Some(Reason::new(ReasonKind::TimedOut)));
    assert!(matches!(
        store
            .finish_attempt(message.id, &accepted, None, at(70_000))
            .await,
        Err(StoreError::WrongState(MessageState::Accepted))
    ));
}

#[tokio::test]
async fn messages_are_stored_all_or_none() {
    let (_folder, store, id) = store().await;
    let many = (0..50).map(|last| to(last, "todos")).collect();
    let stored = store.enqueue(id, many, START).await.unwrap();
    let clients: std::collections::HashSet<_> = stored.iter().map(|message| &message.client_id).collect();
    assert_eq!(clients.len(), 50);
    assert!(store.enqueue(id, vec![], START).await.unwrap().is_empty());

    run_sql(
        &store,
        "CREATE TRIGGER refuse BEFORE INSERT ON messages WHEN NEW.body = 'ruim' \
         BEGIN SELECT RAISE(ABORT, 'no'); END",
    )
    .await
    .unwrap();
    let mixed = vec![to(60, "bom"), to(61, "ruim")];
    assert!(matches!(
        store.enqueue(id, mixed, START).await,
        Err(StoreError::Database { .. })
    ));
    assert_eq!(number(&store, "SELECT count(*) FROM messages").await, 50);
    assert_eq!(number(&store, "SELECT count(*) FROM conversations").await, 50);
    let gone = store.enqueue(AccountId::new(), vec![to(1, "x")], START).await;
    assert!(matches!(gone, Err(StoreError::NotFound)));
}

#[tokio::test]
async fn states_change_only_from_where_they_may() {
    let (_folder, store, id) = store().await;
    let message = send(&store, id, to(1, "x"), START).await;
    let cancelled = Some(Reason::new(ReasonKind::CancelledByOperator));
    let change = |from: &'static [MessageState], to, reason| {
        let store = store.clone();
        async move { store.change_state(message.id, from, to, reason, at(7)).await }
    };
    use MessageState::{Cancelled, InFlight, Queued, Unknown};
    assert!(matches!(
        change(&[Unknown], Cancelled, cancelled.clone()).await,
        Err(StoreError::WrongState(Queued))
    ));
    assert!(matches!(
        change(&[Queued], InFlight, None).await,
        Err(StoreError::WrongState(Queued))
    ));
    let changed = change(&[Unknown, Queued], Cancelled, cancelled.clone())
        .await
        .unwrap();
    assert_eq!(
        (changed.state, changed.next_attempt_at, &changed.reason),
        (Cancelled, None, &cancelled)
    );
    let back = change(&[Cancelled], Queued, None).await.unwrap();
    assert_eq!((back.next_attempt_at, back.updated_at), (Some(at(7)), at(7)));
    assert_eq!(store.message(message.id).await.unwrap(), back);
    let nobody = MessageId::new();
    assert!(matches!(
        store
            .change_state(nobody, &[Queued], Cancelled, None, at(8))
            .await,
        Err(StoreError::NotFound)
    ));
    assert!(matches!(
        store.begin_attempt(nobody, at(8)).await,
        Err(StoreError::NotFound)
    ));
    assert!(matches!(store.message(nobody).await, Err(StoreError::NotFound)));
    assert_eq!(store.history(nobody).await.unwrap(), []);
}

#[tokio::test]
async fn sending_again_makes_one_new_message() {
    let (_folder, store, id) = store().await;
    let old = sent_as(&store, id, 1, "de novo", MessageState::Unknown).await;
    let counts = |unknown, queued| OutboxCounts {
        unknown,
        queued,
        ..OutboxCounts::default()
    };
    assert_eq!(store.outbox_counts(id).await.unwrap(), counts(1, 0));
    let new = store.resend(old.id, at(10)).await.unwrap();
    assert_ne!((new.id, &new.client_id), (old.id, &old.client_id));
    assert_eq!((&new.to, &new.text, new.attempts), (&old.to, &old.text, 0));
    assert_eq!(store.message(old.id).await.unwrap(), old);
    let last = store.history(old.id).await.unwrap().pop().unwrap();
    assert_eq!(last.state, MessageState::Unknown);
    assert_eq!(last.reason, Some(Reason::new(ReasonKind::ResentByOperator)));
    assert_eq!(store.outbox_counts(id).await.unwrap(), counts(0, 1));
    // A second click sends no second copy,
    assert!(matches!(
        store.resend(old.id, at(11)).await,
        Err(StoreError::WrongState(MessageState::Unknown))
    ));
    assert!(matches!(
        store.resend(new.id, at(11)).await,
        Err(StoreError::WrongState(MessageState::Queued))
    ));
    // but when the copy was taken back it may be asked for again.
    store
        .change_state(
            new.id,
            &[MessageState::Queued],
            MessageState::Cancelled,
            None,
            at(12),
        )
        .await
        .unwrap();
    assert_eq!(store.resend(old.id, at(13)).await.unwrap().text, "de novo");
}

#[tokio::test]
async fn what_is_put_aside_is_no_problem_until_it_changes() {
    let (_folder, store, id) = store().await;
    let message = sent_as(&store, id, 1, "x", MessageState::Rejected).await;
    assert_eq!(store.outbox(id, 10).await.unwrap().len(), 1);
    let aside = store.put_aside(message.id, at(20)).await.unwrap();
    assert_eq!(aside, message);
    assert_eq!(store.outbox(id, 10).await.unwrap(), []);
    assert_eq!(store.outbox_counts(id).await.unwrap().rejected, 0);
    assert_eq!(
        store.messages(message.conversation, None, 10).await.unwrap(),
        std::slice::from_ref(&message)
    );
    store
        .change_state(
            message.id,
            &[MessageState::Rejected],
            MessageState::Unknown,
            None,
            at(21),
        )
        .await
        .unwrap();
    assert_eq!(store.outbox_counts(id).await.unwrap().unknown, 1);
    assert!(matches!(
        store.put_aside(message.id, at(22)).await,
        Err(StoreError::WrongState(MessageState::Unknown))
    ));
}

#[tokio::test]
async fn a_cleared_queue_makes_what_was_accepted_unknown() {
    let (_folder, store, id) = store().await;
    let other = account("Outra");
    store.put_account(&other).await.unwrap();
    let first = sent_as(&store, id, 1, "a", MessageState::Accepted).await;
    let second = sent_as(&store, id, 2, "b", MessageState::Accepted).await;
    let sent = sent_as(&store, id, 3, "c", MessageState::Sent).await;
    let foreign = sent_as(&store, other.id, 1, "d", MessageState::Accepted).await;
    let changed = store.queue_cleared(id, at(50)).await.unwrap();
    assert_eq!(changed, [first.id, second.id]);
    let now = store.message(first.id).await.unwrap();
    assert_eq!(
        (now.state, now.reason, now.updated_at),
        (
            MessageState::Unknown,
            Some(Reason::new(ReasonKind::QueueCleared)),
            at(50)
        )
    );
    let last = store.history(first.id).await.unwrap().pop().unwrap();
    assert_eq!((last.state, last.at), (MessageState::Unknown, at(50)));
    assert_eq!(store.message(sent.id).await.unwrap(), sent);
    assert_eq!(store.message(foreign.id).await.unwrap(), foreign);
    let filter = crate::domain::conversation::ConversationFilter {
        problems_only: true,
        ..Default::default()
    };
    let rows = store.conversations(&filter, None, 10).await.unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(
        (rows[0].problems, rows[0].last),
        (1, Some(LastLine::Outgoing(MessageState::Unknown)))
    );
    assert_eq!(store.queue_cleared(id, at(51)).await.unwrap(), []);
}

#[tokio::test]
async fn what_had_left_the_queue_before_it_was_cleared_stays_as_it_is() {
    let (_folder, store, id) = store().await;
    let before = sent_as(&store, id, 1, "a", MessageState::Accepted).await;
    let asked_at = before.updated_at.plus(std::time::Duration::from_millis(1));
    assert_eq!(store.queue_seen_empty(id, before.updated_at).await.unwrap(), 0);
    assert_eq!(store.queue_seen_empty(id, asked_at).await.unwrap(), 1);
    assert_eq!(store.queue_seen_empty(id, at(9_000)).await.unwrap(), 0);
    let after = sent_as(&store, id, 2, "b", MessageState::Accepted).await;
    assert_eq!(store.queue_cleared(id, at(9_001)).await.unwrap(), [after.id]);
    assert_eq!(store.message(before.id).await.unwrap(), before);
}

#[tokio::test]
async fn a_clearing_without_an_outcome_is_taken_for_done_at_the_next_start() {
    let (folder, store, id) = store().await;
    let other = account("Outra");
    store.put_account(&other).await.unwrap();
    let first = sent_as(&store, id, 1, "a", MessageState::Accepted).await;
    let foreign = sent_as(&store, other.id, 1, "b", MessageState::Accepted).await;
    store.begin_clearing(id, at(40)).await.unwrap();
    store.begin_clearing(other.id, at(40)).await.unwrap();
    store.queue_not_cleared(other.id).await.unwrap();
    store.close().await;
    let store = Store::open(folder.path()).await.unwrap();
    assert_eq!(store.settle_clearings(at(50)).await.unwrap(), [first.id]);
    let unknown = store.message(first.id).await.unwrap();
    assert_eq!(
        (unknown.state, unknown.reason),
        (MessageState::Unknown, Some(Reason::new(ReasonKind::QueueCleared)))
    );
    assert_eq!(store.message(foreign.id).await.unwrap(), foreign);
    assert_eq!(store.settle_clearings(at(51)).await.unwrap(), []);
    assert!(matches!(
        store.begin_clearing(AccountId::new(), at(52)).await,
        Err(StoreError::NotFound)
    ));
}

#[tokio::test]
async fn an_empty_queue_tells_nothing_while_it_is_being_cleared() {
    let (_folder, store, id) = store().await;
    let message = sent_as(&store, id, 1, "a", MessageState::Accepted).await;
    store.begin_clearing(id, at(9_000)).await.unwrap();
    assert_eq!(store.queue_seen_empty(id, at(9_001)).await.unwrap(), 0);
    assert_eq!(store.queue_cleared(id, at(9_002)).await.unwrap(), [message.id]);
}

#[tokio::test]
async fn the_interrupted_and_the_unconfirmed_are_found() {
    let (_folder, store, id) = store().await;
    let flying = send(&store, id, to(1, "x"), START).await;
    let flying = store.begin_attempt(flying.id, at(1)).await.unwrap();
    assert_eq!(store.interrupted().await.unwrap(), std::slice::from_ref(&flying));
    let inferred = Transition {
        reason: Some(Reason::with_words(ReasonKind::AlreadyKnown, "repetido")),
        ..becomes(MessageState::Accepted)
    };
    let inferred = store
        .finish_attempt(flying.id, &inferred, None, at(2))
        .await
        .unwrap();
    assert!(inferred.is_inferred());
    sent_as(&store, id, 2, "plain", MessageState::Accepted).await;
    assert_eq!(store.interrupted().await.unwrap(), []);
    assert_eq!(store.unconfirmed(at(2)).await.unwrap(), []);
    assert_eq!(store.unconfirmed(at(3)).await.unwrap(), [inferred]);
}
