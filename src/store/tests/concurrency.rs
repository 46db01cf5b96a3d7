use super::*;
use std::future::Future as _;
use std::task::{Context, Waker};
use tokio::task::JoinSet;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_tasks_at_once_are_never_refused() {
    let (_folder, store, id) = store().await;
    let mut tasks = JoinSet::new();
    for task in 0..50_u32 {
        let store = store.clone();
        tasks.spawn(async move {
            for round in 0..4 {
                let message = send(&store, id, to(task % 10, &format!("{task}/{round}")), START).await;
                store.begin_attempt(message.id, at(1)).await.unwrap();
                store.outbox_counts(id).await.unwrap();
                store.outbox(id, 20).await.unwrap();
                store
                    .finish_attempt(message.id, &becomes(MessageState::Accepted), None, at(2))
                    .await
                    .unwrap();
                let read = store.message(message.id).await.unwrap();
                assert_eq!(read.state, MessageState::Accepted, "what was written is read");
            }
        });
    }
    while let Some(result) = tasks.join_next().await {
        result.unwrap();
    }
    assert_eq!(store.outbox_counts(id).await.unwrap().accepted, 200);
    assert_eq!(number(&store, "SELECT count(*) FROM message_steps").await, 600);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_message_is_begun_once_however_many_try() {
    let (folder, first, id) = store().await;
    // A second program on the same folder (the instance lock stands elsewhere) may disturb, but not corrupt.
    let second = Store::open(folder.path()).await.unwrap();
    let message = send(&first, id, to(1, "x"), START).await;
    let mut tasks = JoinSet::new();
    for task in 0..20 {
        let store = if task % 2 == 0 {
            first.clone()
        } else {
            second.clone()
        };
        tasks.spawn(async move { store.begin_attempt(message.id, at(1)).await.is_ok() });
    }
    let mut begun = 0;
    while let Some(result) = tasks.join_next().await {
        begun += usize::from(result.unwrap());
    }
    assert_eq!(begun, 1);
    first.close().await;
    second.close().await;
    let again = Store::open(folder.path()).await.unwrap();
    assert_eq!(again.message(message.id).await.unwrap().attempts, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_new_folder_is_opened_by_many_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut tasks = JoinSet::new();
    for _ in 0..6 {
        let path = folder.path().to_owned();
        tasks.spawn(async move { Store::open(&path).await.unwrap() });
    }
    let stores = tasks.join_all().await;
    for (index, store) in stores.iter().enumerate() {
        store.put_account(&account(&index.to_string())).await.unwrap();
    }
    assert_eq!(stores[0].accounts().await.unwrap().len(), 6);
}

#[tokio::test]
async fn a_caller_that_stops_waiting_leaves_nothing_half_done() {
    let (_folder, store, id) = store().await;
    let message = send(&store, id, to(1, "x"), START).await;
    for polls in 0..6 {
        // Polled a few times, then dropped, wherever it is.
        let mut writing = Box::pin(store.enqueue(id, vec![to(2, "y"), to(3, "z")], START));
        let mut reading = Box::pin(store.messages(message.conversation, None, 50));
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..polls {
            if writing.as_mut().poll(&mut context).is_ready() {
                break;
            }
            if reading.as_mut().poll(&mut context).is_ready() {
                break;
            }
            tokio::task::yield_now().await;
        }
        drop((writing, reading));
        // The next ones work, and see the newest.
        let newest = send(&store, id, to(1, "w"), at(polls)).await;
        for _ in 0..4 {
            let thread = store.messages(message.conversation, None, 50).await.unwrap();
            assert_eq!(thread.last(), Some(&newest));
        }
    }
    let stored = number(&store, "SELECT count(*) FROM messages WHERE body IN ('y', 'z')").await;
    assert_eq!(stored % 2, 0);
}

#[tokio::test]
async fn a_panic_within_a_transaction_costs_that_transaction_only() {
    let (_folder, store, id) = store().await;
    let torn: Result<(), _> = store
        .connections
        .write("panic", |connection| {
            Box::pin(async move {
                sqlx::query("UPDATE accounts SET name = 'torn'")
                    .execute(connection)
                    .await?;
                panic!("on purpose");
            })
        })
        .await;
    assert!(matches!(torn, Err(crate::store::StoreError::Database { .. })));
    send(&store, id, to(1, "x"), START).await;
    assert_eq!(store.accounts().await.unwrap()[0].name, "Loja");
}
