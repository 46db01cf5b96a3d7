//! Writes that wait at the same time share a transaction, and fail alone.

use super::*;
use crate::store::StoreError;
use futures_util::future::join_all;
use tokio::task::JoinSet;

async fn stored(store: &Store) -> Vec<String> {
    store
        .connections
        .read("read the texts", |connection| {
            Box::pin(async move {
                Ok(sqlx::query_scalar("SELECT body FROM messages ORDER BY sequence")
                    .fetch_all(connection)
                    .await?)
            })
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn a_thousand_writes_at_once_are_few_commits() {
    let (_folder, store, id) = store().await;
    let before = store.connections.commits();
    let names: Vec<String> = (0..1_000).map(|index| format!("{index:04}")).collect();
    let writes = names
        .iter()
        .map(|name| store.enqueue(id, vec![to(1, name)], START));
    for written in join_all(writes).await {
        written.unwrap();
    }
    let commits = store.connections.commits() - before;
    assert!(commits <= 40, "{commits} commits");
    assert_eq!(stored(&store).await, names, "in the order they were asked for");
    // One after the other, each has its own: nobody waits for company.
    let before = store.connections.commits();
    for index in 0..5 {
        send(&store, id, to(2, "só"), at(index)).await;
    }
    assert_eq!(store.connections.commits() - before, 5);
}

#[tokio::test]
async fn one_that_fails_among_many_is_undone_alone() {
    let (_folder, store, id) = store().await;
    run_sql(
        &store,
        "CREATE TRIGGER refuse BEFORE INSERT ON messages WHEN NEW.body = 'ruim' \
         BEGIN SELECT RAISE(ABORT, 'no'); END",
    )
    .await
    .unwrap();
    let panics = store.connections.write::<(), _>("panic", |connection| {
        Box::pin(async move {
            sqlx::query("UPDATE accounts SET name = 'torn'")
                .execute(connection)
                .await?;
            panic!("on purpose");
        })
    });
    let before = store.connections.commits();
    let bad = [20, 40, 41, 59];
    let writes = (0..60).map(|index| {
        let store = store.clone();
        let new = vec![
            to(index, "bom"),
            to(index, if bad.contains(&index) { "ruim" } else { "bom" }),
        ];
        async move { store.enqueue(id, new, START).await.is_ok() }
    });
    let (outcomes, torn) = tokio::join!(join_all(writes), panics);
    assert!(matches!(torn, Err(StoreError::Database { .. })));
    for (index, done) in (0_u32..).zip(outcomes) {
        assert_eq!(done, !bad.contains(&index), "{index}");
    }
    assert!(store.connections.commits() - before <= 2);
    assert_eq!(stored(&store).await.len(), 56 * 2, "nothing of those that failed");
    assert_eq!(store.accounts().await.unwrap()[0].name, "Loja");
}

#[tokio::test]
async fn a_commit_that_fails_fails_everybody_in_it() {
    let (_folder, store, id) = store().await;
    let unbalanced = store
        .connections
        .write("leave a step without its message", |connection| {
            Box::pin(async move {
                // What stands nowhere is found at the commit only.
                sqlx::raw_sql(
                    "PRAGMA defer_foreign_keys = ON; \
                 INSERT INTO message_steps (message, at, state, attempt) VALUES (x'00', 1, 'read', 1)",
                )
                .execute(connection)
                .await?;
                Ok(())
            })
        });
    let writes = (0..10).map(|index| store.enqueue(id, vec![to(index, "x")], START));
    let (outcomes, unbalanced) = tokio::join!(join_all(writes), unbalanced);
    assert!(unbalanced.is_err());
    for outcome in outcomes {
        assert!(matches!(outcome, Err(StoreError::Database { .. })), "{outcome:?}");
    }
    assert_eq!(stored(&store).await, [""; 0]);
    send(&store, id, to(1, "depois"), START).await;
    assert_eq!(stored(&store).await, ["depois"]);
}

#[tokio::test]
async fn a_full_disk_in_the_middle_answers_each_truly() {
    let (folder, store, id) = store().await;
    let pages = number(&store, "PRAGMA page_count").await;
    let limit = async |pages: i64| {
        store
            .connections
            .write("limit", move |connection| {
                Box::pin(async move {
                    let sql = sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
                    sqlx::query(sql).fetch_all(connection).await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
    };
    limit(pages + 40).await;
    let names: Vec<String> = (0..200)
        .map(|index| format!("{index:03}{}", "x".repeat(2_000)))
        .collect();
    let writes = names
        .iter()
        .map(|name| store.enqueue(id, vec![to(1, name)], START));
    let outcomes = join_all(writes).await;
    let done: Vec<String> = names
        .iter()
        .zip(&outcomes)
        .filter(|(_, outcome)| outcome.is_ok())
        .map(|(name, _)| name.clone())
        .collect();
    assert!(done.len() < names.len(), "the disk was never full");
    limit(1_000_000).await;
    assert!(stored(&store).await == done);
    send(&store, id, to(2, "depois"), at(1)).await;
    store.close().await;
    let store = Store::open(folder.path()).await.unwrap();
    assert_eq!(stored(&store).await.len(), done.len() + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn closing_in_the_middle_keeps_what_was_answered() {
    let (folder, store, id) = store().await;
    let mut tasks = JoinSet::new();
    for index in 0..500_u32 {
        let writing = store.clone();
        tasks.spawn(async move {
            let name = format!("{index:03}");
            let outcome = writing.enqueue(id, vec![to(1, &name)], START).await;
            if let Err(error) = &outcome {
                assert!(matches!(error, StoreError::Database { .. }), "{error:?}");
            }
            outcome.is_ok().then_some(name)
        });
        if index == 250 {
            let closing = store.clone();
            tasks.spawn(async move {
                closing.close().await;
                None
            });
        }
    }
    let mut done: Vec<String> = tasks.join_all().await.into_iter().flatten().collect();
    done.sort();
    assert!(send_fails(&store, id).await);
    let store = Store::open(folder.path()).await.unwrap();
    let mut found = stored(&store).await;
    found.sort();
    assert_eq!(found, done);
}

async fn send_fails(store: &Store, id: AccountId) -> bool {
    store.enqueue(id, vec![to(1, "tarde")], START).await.is_err()
}

#[tokio::test]
async fn the_writer_outlives_the_runtime_it_was_used_in() {
    let (_folder, store, id) = store().await;
    let other = store.clone();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        // Torn away with its work under way.
        runtime.block_on(async {
            tokio::spawn(async move { other.enqueue(id, vec![to(1, "rasgada")], START).await });
            tokio::task::yield_now().await;
        });
        drop(runtime);
    })
    .join()
    .unwrap();
    send(&store, id, to(2, "inteira"), START).await;
    let texts = stored(&store).await;
    assert_eq!(texts.last().map(String::as_str), Some("inteira"));
}
