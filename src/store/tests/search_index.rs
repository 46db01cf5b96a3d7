//! The index behind the search: filled by the schema's steps, kept in step with the messages, and asked without reading
//! all of them.

use super::search::receive;
use super::*;
use crate::domain::conversation::ConversationFilter;
use crate::domain::{ConversationId, MessageId};
use crate::store::finding;
use crate::store::jump;
use crate::store::list::list_query;
use crate::store::open::MIGRATIONS;
use crate::store::search::Terms;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, QueryBuilder, Row as _, Sqlite};

async fn hits(store: &Store, search: &str) -> Vec<MessageId> {
    let filter = ConversationFilter {
        search: search.to_owned(),
        ..ConversationFilter::default()
    };
    let rows = store.conversations(&filter, None, 1_000).await.unwrap();
    rows.into_iter()
        .filter_map(|row| row.hit)
        .map(|hit| hit.message)
        .collect()
}

/// The index agrees with itself, and holds each message once and no other.
async fn is_sound(store: &Store) {
    run_sql(
        store,
        "INSERT INTO messages_search (messages_search) VALUES ('integrity-check')",
    )
    .await
    .unwrap();
    for sql in [
        "SELECT count(*) FROM messages WHERE sequence NOT IN (SELECT id FROM messages_search_docsize)",
        "SELECT count(*) FROM messages_search_docsize WHERE id NOT IN (SELECT sequence FROM messages)",
    ] {
        assert_eq!(number(store, sql).await, 0, "{sql}");
    }
    // By the connection that writes: one that only reads may still know the index as it was before, and the check, unlike
    // a search, does not notice that.
    let verdict: String = store
        .connections
        .write("check", |connection| {
            Box::pin(async move {
                Ok(sqlx::query_scalar("PRAGMA integrity_check")
                    .fetch_one(connection)
                    .await?)
            })
        })
        .await
        .unwrap();
    assert_eq!(verdict, "ok");
}

#[tokio::test]
async fn older_databases_are_indexed_when_they_are_opened() {
    for known in [1, 2] {
        let folder = tempfile::tempdir().unwrap();
        let options = SqliteConnectOptions::new()
            .filename(folder.path().join("recado.sqlite3"))
            .create_if_missing(true)
            .foreign_keys(true);
        let mut old = options.connect().await.unwrap();
        for script in &MIGRATIONS[..known] {
            sqlx::raw_sql(*script).execute(&mut old).await.unwrap();
        }
        sqlx::raw_sql(
            "INSERT INTO accounts (id, position, gateway, name, identity, default_country, paused, created_at) \
             VALUES (zeroblob(16), 0, 'solutek', 'Loja', '{}', 'BR', 0, 0); \
             INSERT INTO conversations (id, account, contact_key, phone, search_text, created_at, last_at) \
             VALUES (x'00000000000000000000000000000001', zeroblob(16), 'a', '5511900000001', '5511900000001', 0, 1), \
                    (x'00000000000000000000000000000002', zeroblob(16), 'b', '5511900000002', '5511900000002', 0, 2);",
        )
        .execute(&mut old)
        .await
        .unwrap();
        for index in 0..500_u32 {
            sqlx::query(
                "INSERT INTO messages (id, account, conversation, phone, body, client_id, state, created_at, \
                 updated_at, search_text) \
                 SELECT $1, account, id, phone, $2, hex($1), 'read', 0, 0, lower($2) FROM conversations \
                 WHERE phone LIKE '%' || $3",
            )
            .bind(MessageId::new().0)
            .bind(format!("Recado Antigo numero{index:03}"))
            .bind(index % 2 + 1)
            .execute(&mut old)
            .await
            .unwrap();
        }
        old.close().await.unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        is_sound(&store).await;
        assert_eq!(hits(&store, "antigo").await.len(), 2, "from schema {known}");
        for index in [0, 1, 250, 499] {
            let found = hits(&store, &format!("numero{index:03}")).await;
            assert_eq!(found.len(), 1, "from schema {known}: {index}");
            let conversation = store.message(found[0]).await.unwrap().conversation;
            let inside = store
                .find_in_conversation(conversation, &format!("{index:03}"), None)
                .await;
            assert_eq!(inside.unwrap(), found);
        }
    }
}

#[tokio::test]
async fn the_index_follows_the_messages() {
    let (_folder, store, id) = store().await;
    let other = account("Outra");
    store.put_account(&other).await.unwrap();
    let mut stored: Vec<(AccountId, ConversationId, MessageId, String)> = Vec::new();
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |below: u64| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random % below
    };
    for index in 0..400_u32 {
        let account = if next(3) == 0 { other.id } else { id };
        let contact = u32::try_from(next(12)).unwrap();
        let word = format!("w{:03}q", next(150));
        let text = format!(
            "{word} {}",
            "lorem ipsum ".repeat(usize::try_from(next(20)).unwrap())
        );
        let message = send(&store, account, to(contact, &text), at(i64::from(index))).await;
        stored.push((account, message.conversation, message.id, word.clone()));
        if next(2) == 0 {
            let came = receive(&store, message.conversation, &text, "foto.jpg").await;
            stored.push((account, message.conversation, came, word));
        }
    }
    is_sound(&store).await;
    store.remove_account(other.id, true, at(1_000)).await.unwrap();
    is_sound(&store).await;
    for code in 0..150 {
        let word = format!("w{code:03}q");
        let mut newest = std::collections::BTreeMap::new();
        for (account, conversation, message, holds) in &stored {
            if *holds == word && *account == id {
                newest.insert(*conversation, *message);
            }
        }
        let mut expected: Vec<_> = newest.into_values().collect();
        let mut found = hits(&store, &word).await;
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{word}");
    }
    // The name of a file comes after its message.
    run_sql(
        &store,
        "UPDATE messages SET search_text = search_text || ' planilha final.xlsx' WHERE sequence = (SELECT min(sequence) FROM messages)",
    )
    .await
    .unwrap();
    is_sound(&store).await;
    assert_eq!(hits(&store, "planilha").await.len(), 1);
    store.remove_account(id, true, at(1_001)).await.unwrap();
    is_sound(&store).await;
    assert_eq!(
        number(&store, "SELECT count(*) FROM messages_search_docsize").await,
        0
    );
    assert_eq!(hits(&store, "lorem").await, []);
}

#[tokio::test]
async fn a_word_in_more_messages_than_are_looked_at_at_once_is_found_in_every_conversation() {
    let (_folder, store, id) = store().await;
    let everyone: Vec<_> = (0..150).map(|last| to(last, "frequente, e ana")).collect();
    let oldest = store.enqueue(id, everyone, START).await.unwrap();
    // Many more, newer, in one conversation only; the index also names those that hold the runs but not the word.
    run_sql(
        &store,
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 12000) \
         INSERT INTO messages (id, account, conversation, direction, phone, body, state, created_at, updated_at, \
         search_text) SELECT randomblob(16), c.account, c.id, 'in', c.phone, '', 'received', 0, 0, \
         iif(n % 2, 'frequente', 'frequen requente frequ') FROM n, (SELECT * FROM conversations WHERE phone LIKE '%0007') AS c",
    )
    .await
    .unwrap();
    let mut found = hits(&store, "frequente").await;
    assert_eq!(found.len(), 150);
    assert_eq!(hits(&store, "ana frequente").await.len(), 150);
    let crowded = oldest[7].conversation;
    found.retain(|message| oldest.iter().all(|old| old.id != *message));
    assert_eq!(found.len(), 1, "only the crowded one has a newer hit");
    for old in oldest.iter().filter(|old| old.conversation != crowded).take(20) {
        store
            .rename_conversation(old.conversation, "Beltrana")
            .await
            .unwrap();
    }
    assert_eq!(hits(&store, "beltrana frequente").await.len(), 20);
    assert_eq!(hits(&store, "beltrana requente").await.len(), 20);
    assert_eq!(hits(&store, "frequente impossivel").await, []);
    let inside = store.find_in_conversation(crowded, "ana", None).await.unwrap();
    assert_eq!(inside, [oldest[7].id]);
}

/// How SQLite goes about a query.
async fn plan(store: &Store, query: QueryBuilder<Sqlite>) -> Vec<String> {
    let sql = format!("EXPLAIN QUERY PLAN {}", query.sql().as_str());
    store
        .connections
        .read("explain", move |connection| {
            Box::pin(async move {
                let rows = sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
                    .fetch_all(connection)
                    .await?;
                Ok(rows
                    .iter()
                    .map(|row| row.try_get("detail"))
                    .collect::<Result<_, _>>()?)
            })
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn no_question_reads_all_messages() {
    let (_folder, store, id) = store().await;
    send(&store, id, to(1, "x"), START).await;
    let mut queries = Vec::new();
    for search in ["pedido", "um", "pedido 12-34 um"] {
        let terms = Terms::of(search);
        let words = terms.chosen(terms.all());
        for account in [None, Some(id)] {
            queries.push(finding::newest_query(&words, account, 9));
        }
        queries.push(jump::findings(&terms, ConversationId::new(), 1, 9));
    }
    for (account, problems_only, unread_only) in [
        (None, false, false),
        (Some(id), true, false),
        (Some(id), false, true),
    ] {
        let filter = ConversationFilter {
            account,
            problems_only,
            unread_only,
            ..ConversationFilter::default()
        };
        queries.push(list_query(&filter, Some(START), 100));
    }
    for query in queries {
        let sql = query.sql().as_str().to_owned();
        let plan = plan(&store, query).await;
        assert!(!plan.is_empty());
        let scans = plan.iter().any(|line| {
            ["SCAN m", "SCAN messages"].contains(&line.as_str()) || line.starts_with("SCAN m USING")
        });
        assert!(!scans, "{sql}\n{plan:#?}");
        let sorts_list = sql.contains("last_at DESC") && plan.iter().any(|line| line.contains("TEMP B-TREE"));
        assert!(!sorts_list, "{sql}\n{plan:#?}");
    }
}
