use super::*;
use sqlx::Connection as _;

async fn refused(store: &Store, sql: &'static str) {
    let answer = run_sql(store, sql).await;
    assert!(answer.is_err(), "{sql}");
}

#[tokio::test]
async fn history_and_content_cannot_be_rewritten() {
    let (_folder, store, id) = store().await;
    let message = sent_as(&store, id, 1, "fixo", MessageState::Sent).await;
    let history = store.history(message.id).await.unwrap();
    for sql in [
        "UPDATE message_steps SET state = 'read'",
        "DELETE FROM message_steps",
        "DELETE FROM messages",
        "DELETE FROM conversations",
        "UPDATE messages SET client_id = 'other'",
        "UPDATE messages SET body = 'other'",
        "UPDATE messages SET phone = '5511900000099'",
        "UPDATE messages SET state = 'queued'",
        "UPDATE messages SET next_attempt_at = 5",
        "INSERT INTO message_steps (message, at, state, attempt) VALUES (x'00', 1, 'read', 1)",
        "INSERT INTO accounts (id, position, gateway, name, identity, default_country, paused, created_at) \
         VALUES (x'00112233445566778899aabbccddeeff', 'x', 'solutek', '', '{}', 'BR', 0, 0)",
    ] {
        refused(&store, sql).await;
    }
    assert_eq!(store.message(message.id).await.unwrap(), message);
    assert_eq!(store.history(message.id).await.unwrap(), history);
}

#[tokio::test]
async fn an_address_changes_only_while_its_message_is_prepared() {
    let (_folder, store, id) = store().await;
    let file = super::outgoing::taken(&store, id, 1).await;
    super::outgoing::taken(&store, id, 2).await;
    let message = send(&store, id, super::outgoing::with_file(1, "x", &file), START).await;
    for sql in [
        "UPDATE messages SET state = 'queued', next_attempt_at = 5",
        "UPDATE messages SET state = 'in_flight'",
        "UPDATE messages SET file = NULL",
        "UPDATE messages SET file = (SELECT id FROM outgoing_files WHERE id <> messages.file)",
        "UPDATE messages SET attachment_name = 'other.jpg'",
        "DELETE FROM outgoing_files",
    ] {
        refused(&store, sql).await;
    }
    run_sql(
        &store,
        "UPDATE messages SET attachment_url = 'https://loja.example/1'",
    )
    .await
    .unwrap();
    run_sql(
        &store,
        "UPDATE messages SET state = 'queued', next_attempt_at = 5",
    )
    .await
    .unwrap();
    refused(
        &store,
        "UPDATE messages SET attachment_url = 'https://loja.example/2'",
    )
    .await;
    refused(&store, "UPDATE messages SET attachment_url = ''").await;
    store.begin_attempt(message.id, at(1)).await.unwrap();
    refused(&store, "UPDATE messages SET state = 'preparing'").await;
    store
        .finish_attempt(message.id, &unclear_again(at(9)), None, at(2))
        .await
        .unwrap();
    refused(
        &store,
        "UPDATE messages SET state = 'preparing', next_attempt_at = NULL",
    )
    .await;
    let plain = send(&store, id, to(2, "sem anexo"), START).await;
    refused(
        &store,
        "UPDATE messages SET state = 'preparing', next_attempt_at = NULL WHERE file IS NULL",
    )
    .await;
    assert_eq!(store.message(plain.id).await.unwrap(), plain);
}

#[tokio::test]
async fn a_client_identifier_is_used_once() {
    let (_folder, store, id) = store().await;
    send(&store, id, to(1, "x"), START).await;
    refused(
        &store,
        "INSERT INTO messages (id, account, conversation, phone, body, client_id, state, created_at, updated_at, \
         search_text) SELECT randomblob(16), account, conversation, phone, body, client_id, 'accepted', 0, 0, '' \
         FROM messages",
    )
    .await;
}

#[tokio::test]
async fn the_connections_are_set_up_as_promised() {
    let (_folder, store, _) = store().await;
    let bundled: String = store
        .connections
        .read("version", |connection| {
            Box::pin(async move {
                Ok(sqlx::query_scalar("SELECT sqlite_version()")
                    .fetch_one(connection)
                    .await?)
            })
        })
        .await
        .unwrap();
    let parts: Vec<u32> = bundled.split('.').map(|part| part.parse().unwrap()).collect();
    assert!(parts >= vec![3, 51, 3], "{bundled} can damage its log on reset");
    let writing: (String, i64, i64) = store
        .connections
        .write("pragmas", |connection| {
            Box::pin(async move {
                let mode = sqlx::query_scalar("PRAGMA journal_mode")
                    .fetch_one(&mut *connection)
                    .await?;
                let synchronous = sqlx::query_scalar("PRAGMA synchronous")
                    .fetch_one(&mut *connection)
                    .await?;
                let keys = sqlx::query_scalar("PRAGMA foreign_keys")
                    .fetch_one(connection)
                    .await?;
                Ok((mode, synchronous, keys))
            })
        })
        .await
        .unwrap();
    assert_eq!(writing, ("wal".to_owned(), 2, 1));
    let read_only = store
        .connections
        .read("try to write", |connection| {
            Box::pin(async move {
                sqlx::query("DELETE FROM settings").execute(connection).await?;
                Ok(())
            })
        })
        .await;
    assert!(read_only.is_err());
    let loose = "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' \
                 AND name NOT LIKE 'sqlite%' AND NOT strict";
    assert_eq!(number(&store, loose).await, 0, "every table is strict");
    // Each step of the schema writes down its own number.
    let mut memory = sqlx::SqliteConnection::connect("sqlite::memory:").await.unwrap();
    for (index, script) in crate::store::open::MIGRATIONS.iter().enumerate() {
        sqlx::raw_sql(*script).execute(&mut memory).await.unwrap();
        let version: i64 = sqlx::query_scalar("PRAGMA user_version")
            .fetch_one(&mut memory)
            .await
            .unwrap();
        assert_eq!(usize::try_from(version).unwrap(), index + 1);
    }
}
