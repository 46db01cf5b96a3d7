use super::inbox::receive;
use super::*;
use crate::domain::MessageId;
use crate::domain::incoming::{Inbound, InboundReport};
use crate::store::polls::POLL_QUERIES;
use crate::store::{DuePoll, StoreError};
use sqlx::Row as _;

/// Stores a message and takes it to accepted, known to the gateway as `gateway_id`.
async fn accepted(store: &Store, account: AccountId, last: u32, gateway_id: &str) -> Message {
    let message = send(store, account, to(last, "x"), START).await;
    store.begin_attempt(message.id, START).await.unwrap();
    let accepted = Transition {
        gateway_id: Some(gateway_id.to_owned()),
        ..becomes(MessageState::Accepted)
    };
    store
        .finish_attempt(message.id, &accepted, None, at(1))
        .await
        .unwrap()
}

fn due_ids(due: &[DuePoll]) -> Vec<&str> {
    due.iter().map(|poll| poll.gateway_id.as_str()).collect()
}

#[tokio::test]
async fn messages_are_asked_about_when_they_are_due() {
    let (_folder, store, id) = store().await;
    assert_eq!(store.next_poll(id).await.unwrap(), None);
    let first = accepted(&store, id, 1, "g1").await;
    let second = accepted(&store, id, 2, "g2").await;
    let nameless = sent_as(&store, id, 3, "y", MessageState::Accepted).await;
    for (message, when) in [(&second, 0), (&first, 10), (&nameless, 20)] {
        store.follow(message.id, id, at(when)).await.unwrap();
    }
    // Not another account's.
    let other = account("Outra");
    store.put_account(&other).await.unwrap();
    store.follow(first.id, other.id, at(90)).await.unwrap();
    assert_eq!(store.next_poll(id).await.unwrap(), Some(at(30_000)));
    assert_eq!(store.next_poll(other.id).await.unwrap(), None);
    assert_eq!(store.polls_due(id, at(29_999), 9).await.unwrap(), []);
    let due = store.polls_due(id, at(30_010), 9).await.unwrap();
    let of_second = |tries, due_at| DuePoll {
        message: second.id,
        gateway_id: "g2".to_owned(),
        since: at(0),
        tries,
        due_at,
    };
    assert_eq!(due[0], of_second(0, at(30_000)));
    assert_eq!(due_ids(&due), ["g2", "g1"]);
    assert_eq!(
        due_ids(&store.polls_due(id, at(40_000), 1).await.unwrap()),
        ["g2"]
    );

    // Nothing new; it is asked again later.
    let nothing = store
        .polled(second.id, None, Some(at(90_000)), at(31_000))
        .await
        .unwrap();
    assert_eq!(nothing, None);
    assert_eq!(
        due_ids(&store.polls_due(id, at(40_000), 9).await.unwrap()),
        ["g1"]
    );
    let due = store.polls_due(id, at(90_000), 9).await.unwrap();
    assert_eq!(due[1], of_second(1, at(90_000)));
    // One that was not answered is put off, and not counted.
    store.put_off_poll(second.id, Some(at(100_000))).await.unwrap();
    let due = store.polls_due(id, at(100_000), 9).await.unwrap();
    assert_eq!(due[1], of_second(1, at(100_000)));
    store.put_off_poll(second.id, Some(at(90_000))).await.unwrap();
    // A clock that was set back by a year does not put it off for a year.
    let due = store.polls_due(id, at(-86_400_000 * 365), 9).await.unwrap();
    assert_eq!(due_ids(&due), ["g1", "g2"]);
    store.polled(first.id, None, None, at(32_000)).await.unwrap();
    assert_eq!(store.next_poll(id).await.unwrap(), Some(at(90_000)));
    store.put_off_poll(second.id, None).await.unwrap();
    assert_eq!(store.next_poll(id).await.unwrap(), None);
    assert!(matches!(
        store
            .polled(MessageId::new(), Some((MessageState::Sent, None)), None, at(1))
            .await,
        Err(StoreError::NotFound)
    ));
}

#[tokio::test]
async fn what_is_told_when_asked_counts_like_a_report() {
    use MessageState::{Accepted, Delivered, Queued, Read, Rejected, Sent};
    let (_folder, store, id) = store().await;
    let message = accepted(&store, id, 1, "g1").await;
    store.follow(message.id, id, at(0)).await.unwrap();
    let next = Some(at(60_000));
    let ask = async |state, when| {
        let told = store
            .polled(message.id, Some((state, None)), next, at(when))
            .await
            .unwrap();
        told.map(|message| message.state)
    };
    assert_eq!(ask(Accepted, 2).await, None);
    assert_eq!(ask(Queued, 2).await, None, "no gateway reports that");
    assert_eq!(ask(Sent, 3).await, Some(Sent));
    assert_eq!(ask(Sent, 4).await, None);
    let steps = store.history(message.id).await.unwrap().len();
    let expired = Reason::with_words(ReasonKind::Expired, "status 5").detailed("vendor-5");
    let told = store
        .polled(message.id, Some((Rejected, Some(expired.clone()))), next, at(5))
        .await
        .unwrap()
        .unwrap();
    assert_eq!((told.state, &told.reason), (Rejected, &Some(expired.clone())));
    let last = store.history(message.id).await.unwrap().pop().unwrap();
    assert_eq!(
        (last.state, last.at, last.reason),
        (Rejected, at(5), Some(expired))
    );
    assert_eq!(store.history(message.id).await.unwrap().len(), steps + 1);
    assert_eq!(store.next_poll(id).await.unwrap(), None, "it is at its end");
    // A report that comes by itself refutes the failure.
    let report = InboundReport {
        reference: "g1".to_owned(),
        other_reference: None,
        state: Delivered,
        words: None,
        reason: None,
    };
    receive(&store, id, vec![Inbound::Report(report)], at(6)).await;
    assert_eq!(store.message(message.id).await.unwrap().state, Delivered);
    // And the failure, asked for again, does not come back.
    assert_eq!(ask(Rejected, 7).await, None);
    assert_eq!(ask(Read, 8).await, Some(Read));
}

#[tokio::test]
async fn what_is_at_its_end_is_not_asked_about() {
    let (_folder, store, id) = store().await;
    let message = accepted(&store, id, 1, "g1").await;
    store.follow(message.id, id, at(0)).await.unwrap();
    for (state, followed) in [(MessageState::Delivered, true), (MessageState::Read, false)] {
        let report = InboundReport {
            reference: "g1".to_owned(),
            other_reference: None,
            state,
            words: None,
            reason: None,
        };
        receive(&store, id, vec![Inbound::Report(report)], at(2)).await;
        assert_eq!(
            store.next_poll(id).await.unwrap().is_some(),
            followed,
            "{state:?}"
        );
    }
    store.follow(message.id, id, at(3)).await.unwrap();
    assert_eq!(store.next_poll(id).await.unwrap(), None);
    // An outcome that is not known is asked for, and found.
    let unknown = send(&store, id, to(2, "y"), START).await;
    store.begin_attempt(unknown.id, START).await.unwrap();
    let transition = Transition {
        gateway_id: Some("g2".to_owned()),
        ..becomes(MessageState::Unknown)
    };
    store
        .finish_attempt(unknown.id, &transition, None, at(4))
        .await
        .unwrap();
    store.follow(unknown.id, id, at(4)).await.unwrap();
    let told = store
        .polled(unknown.id, Some((MessageState::Delivered, None)), None, at(9))
        .await
        .unwrap();
    assert_eq!(told.unwrap().state, MessageState::Delivered);
    store.remove_account(id, true, at(10)).await.unwrap();
    assert_eq!(number(&store, "SELECT count(*) FROM message_polls").await, 0);
}

#[tokio::test]
async fn what_is_due_is_found_by_index_and_in_its_order() {
    let (_folder, store, id) = store().await;
    let message = accepted(&store, id, 1, "g1").await;
    store.follow(message.id, id, at(0)).await.unwrap();
    let plan: Vec<String> = store
        .connections
        .read("explain", move |connection| {
            Box::pin(async move {
                let sql = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", POLL_QUERIES[0]));
                let rows = sqlx::query(sql).fetch_all(connection).await?;
                Ok(rows.iter().map(|row| row.get("detail")).collect())
            })
        })
        .await
        .unwrap();
    // Only messages that are due at the same moment are sorted.
    assert!(
        plan.iter()
            .all(|line: &String| line.starts_with("SEARCH")
                || line == "USE TEMP B-TREE FOR LAST TERM OF ORDER BY"),
        "{plan:#?}"
    );
}
