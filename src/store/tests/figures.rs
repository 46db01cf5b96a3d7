use super::inbox::receive;
use super::*;
use crate::domain::health::DeliveryFigures;
use crate::domain::incoming::{Inbound, InboundReport};
use crate::store::figures::FIGURES_QUERIES;
use crate::store::polls::POLL_QUERIES;
use sqlx::Row as _;

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;

/// Sends a message that is accepted at `accepted` and, if told, reported delivered at `delivered`.
async fn goes(store: &Store, account: AccountId, accepted: i64, delivered: Option<i64>) -> Message {
    let message = send(store, account, to(1, "x"), at(accepted - 10)).await;
    store.begin_attempt(message.id, at(accepted - 5)).await.unwrap();
    let message = store
        .finish_attempt(message.id, &becomes(MessageState::Accepted), None, at(accepted))
        .await
        .unwrap();
    if let Some(delivered) = delivered {
        let report = InboundReport {
            reference: message.client_id.as_str().to_owned(),
            other_reference: None,
            state: MessageState::Delivered,
            words: None,
            reason: None,
        };
        receive(store, account, vec![Inbound::Report(report)], at(delivered)).await;
    }
    message
}

#[tokio::test]
async fn the_figures_are_those_of_the_account() {
    let (_folder, store, id) = store().await;
    let noon = 12 * 60 * MINUTE;
    let figures = async |now| store.delivery_figures(id, at(now)).await.unwrap();
    assert_eq!(figures(noon).await, DeliveryFigures::default());
    // Too long ago to count for the time it takes.
    goes(&store, id, -9 * DAY, Some(-9 * DAY + 1)).await;
    for (minute, took) in [(1, 5_000), (2, 1_000), (3, 9_000)] {
        let accepted = noon + minute * MINUTE;
        goes(&store, id, accepted, Some(accepted + took)).await;
    }
    let last = noon + 10 * MINUTE;
    let confirmed = goes(&store, id, last, None).await;
    let now = noon + 20 * MINUTE;
    let expected = DeliveryFigures {
        accepted_at: Some(at(last)),
        reported_at: Some(at(noon + 3 * MINUTE + 9_000)),
        problems_today: 0,
        median_delivery_ms: Some(5_000),
    };
    assert_eq!(figures(now).await, expected);
    // The operator says that it arrived: that is no word of the gateway's.
    store
        .change_state(
            confirmed.id,
            &[MessageState::Accepted],
            MessageState::Delivered,
            Some(Reason::new(ReasonKind::ConfirmedByOperator)),
            at(now),
        )
        .await
        .unwrap();
    assert_eq!(figures(now).await, expected);
    sent_as(&store, id, 2, "yesterday or today", MessageState::Rejected).await;
    for state in [MessageState::Rejected, MessageState::Unknown] {
        let message = send(&store, id, to(3, "now"), at(now)).await;
        store.begin_attempt(message.id, at(now)).await.unwrap();
        store
            .finish_attempt(message.id, &becomes(state), None, at(now))
            .await
            .unwrap();
    }
    let same_day = START.local().date() == at(now).local().date();
    assert_eq!(figures(now).await.problems_today, 2 + u32::from(same_day));
    assert_eq!(figures(now + 2 * DAY).await.problems_today, 0);
    let other = account("Outra");
    store.put_account(&other).await.unwrap();
    let others = store.delivery_figures(other.id, at(now)).await.unwrap();
    assert_eq!(others, DeliveryFigures::default());
}

#[tokio::test]
async fn the_figures_of_many_messages_are_found_by_index() {
    let (_folder, store, id) = store().await;
    goes(&store, id, 0, Some(4)).await;
    for sql in FIGURES_QUERIES.into_iter().chain([POLL_QUERIES[1]]) {
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
        assert!(
            plan.iter()
                .all(|line| line.starts_with("SEARCH") && line.contains("COVERING INDEX")),
            "{sql}\n{plan:#?}"
        );
    }
    // As many as one database of the tests' bears: all of them of these seven days.
    run_sql(
        &store,
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) \
         INSERT INTO messages (id, account, conversation, phone, body, client_id, state, attempts, created_at, updated_at, \
             search_text, accepted_at, delivered_at) \
         SELECT randomblob(16), m.account, m.conversation, m.phone, 'x', 'c' || n.i, \
             CASE WHEN n.i % 20 = 0 THEN 'rejected' ELSE 'delivered' END, 1, m.created_at + n.i, m.updated_at + n.i, 'x', \
             m.accepted_at + n.i, CASE WHEN n.i % 20 = 0 THEN NULL ELSE m.accepted_at + n.i + 700 END \
         FROM n CROSS JOIN (SELECT * FROM messages LIMIT 1) AS m",
    )
    .await
    .unwrap();
    let figures = store.delivery_figures(id, at(1_000)).await.unwrap();
    assert_eq!(figures.median_delivery_ms, Some(700));
}
