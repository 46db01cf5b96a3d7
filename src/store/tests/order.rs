use super::*;
use crate::domain::message::Message;
use crate::store::outgoing::PREPARING_QUERIES;
use crate::store::queue::DISPATCHER_QUERIES;
use sqlx::Row as _;
use std::time::Duration;

async fn due(store: &Store, account: AccountId, now: Timestamp) -> Result<String, Option<Timestamp>> {
    let next = store.next_due(account, now).await.unwrap();
    next.map(|message: Message| message.text)
}

#[tokio::test]
async fn the_oldest_goes_first_and_a_conversation_keeps_its_order() {
    let (_folder, store, id) = store().await;
    assert_eq!(due(&store, id, START).await, Err(None));
    let first = send(&store, id, to(1, "a1"), START).await;
    let second = send(&store, id, to(1, "a2"), START).await;
    send(&store, id, to(2, "b1"), START).await;
    assert_eq!(due(&store, id, START).await.as_deref(), Ok("a1"));
    // In flight blocks its conversation, not the others.
    store.begin_attempt(first.id, at(1)).await.unwrap();
    assert_eq!(due(&store, id, at(1)).await.as_deref(), Ok("b1"));
    // So does one that waits for another try.
    store
        .finish_attempt(first.id, &unclear_again(at(900)), None, at(2))
        .await
        .unwrap();
    assert_eq!(due(&store, id, at(3)).await.as_deref(), Ok("b1"));
    store.retry_now(second.id, at(3)).await.unwrap();
    assert_eq!(due(&store, id, at(3)).await.as_deref(), Ok("b1"));
    assert_eq!(due(&store, id, at(900)).await.as_deref(), Ok("a1"));
    // Unknown does not block.
    store.begin_attempt(first.id, at(900)).await.unwrap();
    store
        .finish_attempt(first.id, &becomes(MessageState::Unknown), None, at(901))
        .await
        .unwrap();
    assert_eq!(due(&store, id, at(902)).await.as_deref(), Ok("a2"));
    let other = account("Outra");
    store.put_account(&other).await.unwrap();
    assert_eq!(due(&store, other.id, at(902)).await, Err(None));
}

#[tokio::test]
async fn several_messages_leave_in_one_request() {
    let (_folder, store, id) = store().await;
    let mut stored = Vec::new();
    for (last, text) in [(1, "a1"), (1, "a2"), (2, "b1"), (3, "c1"), (2, "b2")] {
        stored.push(send(&store, id, to(last, text), START).await);
    }
    send(&store, id, scheduled(4, "d1", at(5_000)), START).await;
    let texts = |due: Result<Vec<Message>, Option<Timestamp>>| -> Result<Vec<String>, Option<Timestamp>> {
        due.map(|messages| messages.into_iter().map(|message| message.text).collect())
    };
    let due = async |limit| texts(store.next_due_many(id, at(1), limit).await.unwrap());
    assert_eq!(
        due(10).await.unwrap(),
        ["a1", "b1", "c1"],
        "one of each conversation"
    );
    assert_eq!(due(2).await.unwrap(), ["a1", "b1"]);
    assert_eq!(due(0).await.unwrap(), ["a1"]);

    // One was taken back meanwhile, one is not there.
    let taken_back = MessageState::Cancelled;
    store
        .change_state(stored[2].id, &[MessageState::Queued], taken_back, None, at(2))
        .await
        .unwrap();
    let ids = [
        stored[0].id,
        stored[2].id,
        crate::domain::MessageId::new(),
        stored[3].id,
    ];
    let begun = store.begin_attempts(&ids, at(3)).await.unwrap();
    assert_eq!(
        begun.iter().map(|message| message.id).collect::<Vec<_>>(),
        [stored[0].id, stored[3].id]
    );
    for message in &begun {
        assert_eq!((message.state, message.attempts), (MessageState::InFlight, 1));
        assert_eq!(&store.message(message.id).await.unwrap(), message);
        assert_eq!(store.history(message.id).await.unwrap().len(), 2);
    }
    assert_eq!(store.message(stored[2].id).await.unwrap().state, taken_back);
    assert_eq!(due(10).await.unwrap(), ["b2"]);
    store.begin_attempts(&[stored[4].id], at(4)).await.unwrap();
    assert_eq!(due(10).await, Err(Some(at(5_000))));
    assert_eq!(store.begin_attempts(&[], at(4)).await.unwrap(), []);
}

#[tokio::test]
async fn the_next_time_is_told() {
    let (_folder, store, id) = store().await;
    let first = send(&store, id, to(1, "a1"), START).await;
    send(&store, id, scheduled(2, "b1", at(5_000)), START).await;
    store.begin_attempt(first.id, at(1)).await.unwrap();
    assert_eq!(due(&store, id, at(1)).await, Err(Some(at(5_000))));
    store
        .finish_attempt(first.id, &unclear_again(at(2_000)), None, at(2))
        .await
        .unwrap();
    assert_eq!(due(&store, id, at(2)).await, Err(Some(at(2_000))));
    assert_eq!(due(&store, id, at(1_999)).await, Err(Some(at(2_000))));
    assert_eq!(due(&store, id, at(2_000)).await.as_deref(), Ok("a1"));
}

#[tokio::test]
async fn a_scheduled_message_lets_younger_ones_pass_until_its_time() {
    let (_folder, store, id) = store().await;
    let later = send(&store, id, scheduled(1, "later", at(1_000)), START).await;
    assert_eq!(later.reason, Some(Reason::new(ReasonKind::Scheduled)));
    let now = send(&store, id, to(1, "now"), START).await;
    assert_eq!(due(&store, id, at(999)).await.as_deref(), Ok("now"));
    assert_eq!(due(&store, id, at(1_000)).await.as_deref(), Ok("later"));
    store.begin_attempt(now.id, at(999)).await.unwrap();
    // A younger one under way does not hold the older one up.
    assert_eq!(due(&store, id, at(1_000)).await.as_deref(), Ok("later"));
    let other = send(&store, id, scheduled(2, "far", at(9_000_000)), START).await;
    store.begin_attempt(later.id, at(1_000)).await.unwrap();
    assert_eq!(due(&store, id, at(1_001)).await, Err(Some(at(9_000_000))));
    let other = store.retry_now(other.id, at(1_002)).await.unwrap();
    assert_eq!((other.not_before, other.updated_at), (None, START));
    assert_eq!(due(&store, id, at(1_002)).await.as_deref(), Ok("far"));
}

#[tokio::test]
async fn a_clock_that_is_set_back_does_not_hold_the_queue() {
    let (_folder, store, id) = store().await;
    let year = Duration::from_secs(365 * 86_400);
    let ahead = START.plus(year);
    let message = send(&store, id, to(1, "a1"), ahead).await;
    send(&store, id, to(1, "a2"), START).await;
    store.begin_attempt(message.id, ahead).await.unwrap();
    store
        .finish_attempt(
            message.id,
            &unclear_again(ahead.plus(Duration::from_secs(4))),
            None,
            ahead,
        )
        .await
        .unwrap();
    assert_eq!(due(&store, id, START).await.as_deref(), Ok("a1"));
}

#[tokio::test]
async fn the_queue_screen_shows_problems_first_then_the_order_of_sending() {
    let (_folder, store, id) = store().await;
    for (last, text, state) in [
        (1, "rejected", MessageState::Rejected),
        (2, "sent", MessageState::Sent),
    ] {
        sent_as(&store, id, last, text, state).await;
    }
    let unknown = send(&store, id, to(3, "unknown"), START).await;
    store.begin_attempt(unknown.id, START).await.unwrap();
    store
        .finish_attempt(unknown.id, &becomes(MessageState::Unknown), None, at(70))
        .await
        .unwrap();
    send(&store, id, scheduled(4, "scheduled", at(60_000)), at(80)).await;
    send(&store, id, to(5, "queued"), at(81)).await;
    let flying = send(&store, id, to(6, "flying"), at(82)).await;
    store.begin_attempt(flying.id, at(83)).await.unwrap();
    let texts = |messages: Vec<Message>| -> Vec<String> {
        messages.into_iter().map(|message| message.text).collect()
    };
    let all = ["unknown", "rejected", "flying", "queued", "scheduled"];
    assert_eq!(texts(store.outbox(id, 10).await.unwrap()), all);
    assert_eq!(texts(store.outbox(id, 3).await.unwrap()), all[..3]);
    assert_eq!(texts(store.outbox(id, 0).await.unwrap()), [""; 0]);
    let counts = store.outbox_counts(id).await.unwrap();
    assert_eq!(
        (
            counts.queued,
            counts.in_flight,
            counts.sent,
            counts.rejected,
            counts.unknown
        ),
        (2, 1, 1, 1, 1)
    );
}

#[tokio::test]
async fn ten_thousand_waiting_messages_are_searched_by_index() {
    let (_folder, store, id) = store().await;
    let many = (0..10_000).map(|index| to(index % 5_000, "x")).collect();
    let stored = store.enqueue(id, many, START).await.unwrap();
    assert_eq!(store.next_due(id, START).await.unwrap().unwrap(), stored[0]);
    assert_eq!(
        store.next_due(id, at(-5_000)).await.unwrap(),
        Err(Some(START)),
        "nothing is due: every waiting message was looked at"
    );
    for sql in DISPATCHER_QUERIES {
        searched_by(&store, sql, &["messages_queued", "messages_open"]).await;
    }
    let file = super::outgoing::taken(&store, id, 1).await;
    send(&store, id, super::outgoing::with_file(1, "x", &file), START).await;
    for sql in PREPARING_QUERIES {
        searched_by(&store, sql, &["messages_preparing", "outgoing_files"]).await;
    }
}

/// Whether a query finds everything by one of these indexes, in the order it is asked for.
async fn searched_by(store: &Store, sql: &'static str, indexes: &[&str]) {
    let plan: Vec<String> = store
        .connections
        .read("explain", move |connection| {
            Box::pin(async move {
                let sql = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
                let rows = sqlx::query(sql).fetch_all(connection).await?;
                Ok(rows.iter().map(|row| row.get("detail")).collect())
            })
        })
        .await
        .unwrap();
    let tables: Vec<_> = plan
        .iter()
        .filter(|line| line.starts_with("SEARCH") || line.starts_with("SCAN"))
        .collect();
    assert!(!tables.is_empty());
    for line in tables {
        // A query inside reads as a table of its own.
        let indexed = indexes.iter().any(|index| line.contains(index)) || line.contains("(subquery");
        assert!(line.starts_with("SEARCH") && indexed, "{plan:?}");
    }
    assert!(!plan.iter().any(|line| line.contains("TEMP B-TREE")), "{plan:?}");
}
