//! What is kept of what came: files, raw bodies, what was seen.

use super::inbox::{document, file, one, receive, rows, text, thread};
use super::*;
use crate::domain::conversation::ConversationFilter;
use crate::domain::inbox::RawOutcome;
use crate::domain::incoming::Inbound;
use crate::domain::{ConversationId, MessageId};
use crate::store::{NewDelivery, StoreError};

#[tokio::test]
async fn a_file_and_its_message_find_each_other_in_either_order() {
    let (_folder, store, id) = store().await;
    // First the message,
    let came = receive(&store, id, vec![document("m1", 1, "Ref-A")], at(1)).await;
    let first = came.new_messages[0];
    assert_eq!(one(&store, first.0).await.media.unwrap().file, None);
    let joined = receive(&store, id, vec![file("ref-a", "s1", 1)], at(2)).await;
    assert_eq!(joined.changed, [first]);
    assert_eq!(
        rows(&store).await[0].last_attachment.as_deref(),
        Some("Orçamento 1.pdf")
    );
    // first the file,
    let early = receive(&store, id, vec![file("ref-b", "s2", 2)], at(3)).await;
    assert_eq!((early.changed, early.files_not_needed), (vec![], vec![]));
    let second = receive(&store, id, vec![document("m2", 1, "ref-b")], at(4))
        .await
        .new_messages[0];
    let stored = one(&store, second.0).await.media.unwrap().file.unwrap();
    assert_eq!(
        (stored.stored_name.as_str(), stored.bytes, stored.sha256),
        ("s2", 1_002, [2; 32])
    );
    // both at once.
    let both = receive(
        &store,
        id,
        vec![file("ref-c", "s3", 3), document("m3", 1, "ref-c")],
        at(5),
    )
    .await;
    assert_eq!((both.new_messages.len(), both.changed.len()), (1, 0));
    let both = receive(
        &store,
        id,
        vec![document("m4", 1, "ref-d"), file("ref-d", "s4", 4)],
        at(5),
    )
    .await;
    assert_eq!(
        (both.new_messages.len(), both.changed.len()),
        (1, 0),
        "new ones are not told twice"
    );
    assert_eq!(
        rows(&store).await[0].last_attachment.as_deref(),
        Some("Orçamento 4.pdf")
    );

    // The same file again is not needed, except if it is the very one that is stored.
    let again = receive(&store, id, vec![file("ref-a", "s9", 1)], at(6)).await;
    assert_eq!(
        (again.files_not_needed, again.changed),
        (vec!["s9".to_owned()], vec![])
    );
    assert_eq!(
        receive(&store, id, vec![file("ref-a", "s1", 1)], at(6))
            .await
            .files_not_needed,
        [""; 0]
    );
    // Another one for the same message takes its place.
    let newer = receive(&store, id, vec![file("REF-A", "s5", 5)], at(7)).await;
    assert_eq!(newer.changed, [first]);
    let shown = one(&store, first.0).await.media.unwrap().file.unwrap();
    assert_eq!(shown.stored_name, "s5");
    let mut names = store.stored_file_names().await.unwrap();
    names.sort();
    assert_eq!(names, ["s1", "s2", "s3", "s4", "s5"]);
    // Another account's reference is another one.
    let other = account("Outra");
    store.put_account(&other).await.unwrap();
    let foreign = receive(&store, other.id, vec![document("m1", 1, "ref-a")], at(8)).await;
    assert_eq!(
        one(&store, foreign.new_messages[0].0).await.media.unwrap().file,
        None
    );
    // It is found by the name of its file.
    let filter = ConversationFilter {
        search: "orcamento 5".to_owned(),
        ..ConversationFilter::default()
    };
    assert_eq!(store.conversations(&filter, None, 9).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_was_seen_is_counted_from_the_mark() {
    let (_folder, store, id) = store().await;
    let parts = (0..5).map(|index| text(&format!("m{index}"), 1, "oi")).collect();
    let came = receive(&store, id, parts, at(1)).await.new_messages;
    let conversation = came[0].1;
    receive(&store, id, vec![text("n1", 2, "oi")], at(2)).await;
    assert_eq!(store.inbox_counts(id).await.unwrap(), (6, 0));
    let unread = async || rows(&store).await[0].unread;
    assert_eq!(store.seen(conversation, came[2].0).await.unwrap(), id);
    assert_eq!(unread().await, 2);
    store.seen(conversation, came[0].0).await.unwrap();
    assert_eq!(unread().await, 2, "what was seen stays seen");
    let answer = send(&store, id, to(1, "olá"), at(3)).await;
    store.seen(conversation, answer.id).await.unwrap();
    assert_eq!((unread().await, store.inbox_counts(id).await.unwrap().0), (0, 1));
    receive(&store, id, vec![text("m9", 1, "e aí?")], at(4)).await;
    assert_eq!(unread().await, 1);
    let only_unread = ConversationFilter {
        unread_only: true,
        ..ConversationFilter::default()
    };
    assert_eq!(store.conversations(&only_unread, None, 9).await.unwrap().len(), 2);
    assert_eq!(store.unseen(conversation).await.unwrap(), id);
    assert_eq!(unread().await, 1);
    let newest = thread(&store, conversation).await.pop().unwrap().id();
    store.seen(conversation, newest).await.unwrap();
    store.unseen(conversation).await.unwrap();
    assert_eq!(unread().await, 1);
    // Nobody wrote in this one.
    let silent = send(&store, id, to(3, "oi"), at(5)).await.conversation;
    store.unseen(silent).await.unwrap();
    assert_eq!(rows(&store).await[2].unread, 0);
    for lost in [
        store.seen(conversation, MessageId::new()).await,
        store.seen(silent, newest).await,
        store.seen(ConversationId::new(), newest).await,
        store.unseen(ConversationId::new()).await,
    ] {
        assert!(matches!(lost, Err(StoreError::NotFound)));
    }
}

#[tokio::test]
async fn a_raw_body_is_kept_and_the_unreadable_for_ever() {
    let (_folder, store, id) = store().await;
    let unreadable = |why: &str| Inbound::Unreadable { why: why.to_owned() };
    let good = receive(&store, id, vec![text("m1", 1, "oi")], at(1)).await;
    let partly = receive(
        &store,
        id,
        vec![unreadable("no number"), text("m2", 1, "oi")],
        at(2),
    )
    .await;
    assert_eq!(partly.new_messages.len(), 1);
    let none = vec![unreadable("no JSON"), unreadable("no JSON"), unreadable("a date")];
    let none = receive(&store, id, none, at(3)).await;
    let many = (0..10_000)
        .map(|index| unreadable(&"x".repeat(index % 50)))
        .collect();
    receive(&store, id, many, at(4)).await;
    let large = NewDelivery {
        account: id,
        received_at: at(5),
        content_type: None,
        body: None,
        bytes: 140 << 20,
        parts: vec![file("r", "s", 1)],
    };
    let large = store.receive(large).await.unwrap();
    assert_eq!(store.inbox_counts(id).await.unwrap(), (2, 3));
    let told = store.unreadable(id, 10).await.unwrap();
    let brief: Vec<_> = told.iter().map(|raw| (raw.sequence, raw.outcome)).collect();
    assert_eq!(
        brief,
        [
            (4, RawOutcome::Unreadable),
            (none.sequence, RawOutcome::Unreadable),
            (partly.sequence, RawOutcome::Partly)
        ]
    );
    assert_eq!(told[1].why.as_deref(), Some("no JSON; a date"));
    assert!(told[0].why.as_ref().is_some_and(|why| why.chars().count() <= 501));
    let body = store.raw_body(good.sequence).await.unwrap();
    assert_eq!(body.body.as_deref(), Some(&b"{\"as\":\"it came\"}"[..]));
    assert_eq!(
        (body.received_at, body.content_type.as_deref(), body.why),
        (at(1), Some("application/json"), None)
    );
    assert_eq!(store.raw_body(large.sequence).await.unwrap().body, None);

    assert_eq!(store.prune_deliveries(at(1)).await.unwrap(), 0);
    assert_eq!(store.prune_deliveries(at(1_000)).await.unwrap(), 2);
    assert!(matches!(
        store.raw_body(good.sequence).await,
        Err(StoreError::NotFound)
    ));
    assert_eq!(store.unreadable(id, 10).await.unwrap(), told);
    assert_eq!(thread(&store, good.new_messages[0].1).await.len(), 2);
}

#[tokio::test]
async fn what_came_goes_with_its_account_and_only_then() {
    let (_folder, store, id) = store().await;
    let parts = vec![document("m1", 1, "r"), file("r", "s1", 1)];
    let came = receive(&store, id, parts, at(1)).await;
    store.remove_account(id, false, at(2)).await.unwrap();
    assert_eq!(thread(&store, came.new_messages[0].1).await.len(), 1);
    assert_eq!(store.stored_file_names().await.unwrap(), ["s1"]);
    store.remove_account(id, true, at(3)).await.unwrap();
    assert_eq!(store.stored_file_names().await.unwrap(), [""; 0]);
    for table in [
        "SELECT count(*) FROM incoming",
        "SELECT count(*) FROM deliveries",
        "SELECT count(*) FROM messages",
    ] {
        assert_eq!(number(&store, table).await, 0, "{table}");
    }
}

#[tokio::test]
async fn what_is_asked_often_is_found_by_index() {
    let (_folder, store, _) = store().await;
    let mut queries = vec![
        crate::store::thread::THREAD_QUERY,
        crate::store::unread::COUNT_QUERY,
    ];
    queries.extend(crate::store::reports::REPORT_QUERIES);
    for sql in queries {
        let plan: Vec<String> = store
            .connections
            .read("explain", move |connection| {
                Box::pin(async move {
                    let sql = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
                    let rows = sqlx::query(sql).fetch_all(connection).await?;
                    Ok(rows.iter().map(|row| sqlx::Row::get(row, "detail")).collect())
                })
            })
            .await
            .unwrap();
        let searches: Vec<_> = plan.iter().filter(|line| line.starts_with("SEARCH")).collect();
        assert!(!searches.is_empty(), "{plan:#?}");
        // By account alone would be a look at everything that account has.
        let coarse = |line: &String| line.ends_with("(account=?)") && !line.contains("_unread");
        assert!(
            !plan.iter().any(
                |line| (line.starts_with("SCAN") && line.as_str() != "SCAN CONSTANT ROW") || coarse(line)
            ),
            "{sql}\n{plan:#?}"
        );
    }
}
