//! A database of every earlier schema is brought up to date with every row kept (P11).
//!
//! For a new step of the schema: add to [`FILLS`] the rows that the schema before it holds.

use super::*;
use crate::domain::conversation::ConversationFilter;
use crate::domain::incoming::ThreadEntry;
use crate::store::open::MIGRATIONS;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Row as _};
use std::path::Path;

/// Rows for the tables and columns that each step of the schema has brought; of the newest, for the next upgrade.
const FILLS: &[&str] = &[
    "INSERT INTO accounts VALUES (x'000000000000000000000000000000a1', 1, 'solutek', 'Loja', '{\"login\":\"ana@example.com\"}', \
         NULL, 'BR', 0, 5, 1000, NULL), \
        (x'000000000000000000000000000000a2', 2, 'solutek', 'Antiga', '{}', 'https://gateway.example/', 'MX', 1, NULL, 900, 950); \
     INSERT INTO conversations (id, account, contact_key, phone, name, search_text, created_at, last_message, last_text, \
         last_attachment, last_state, last_at, problems) \
         VALUES (x'000000000000000000000000000000c1', x'000000000000000000000000000000a1', '551100000012', '5511900000012', \
         'Ana', '5511900000012 551100000012 ana', 1000, x'000000000000000000000000000000d3', 'três', NULL, 'unknown', 1300, 1), \
        (x'000000000000000000000000000000c2', x'000000000000000000000000000000a2', '551100000013', '5511900000013', \
         NULL, '5511900000013', 1000, NULL, '', NULL, NULL, NULL, 0); \
     INSERT INTO messages (sequence, id, account, conversation, phone, body, attachment_url, attachment_name, attachment_kind, \
         client_id, gateway_id, state, reason_kind, reason_words, attempts, next_attempt_at, first_unclear_at, not_before, \
         put_aside_at, left_queue_at, resent_as, created_at, updated_at, search_text) \
         VALUES (5, x'000000000000000000000000000000d1', x'000000000000000000000000000000a1', \
         x'000000000000000000000000000000c1', '5511900000012', 'um', 'https://files.example/a.pdf', 'a.pdf', 'document', \
         'c1', 'g1', 'accepted', NULL, NULL, 1, NULL, NULL, NULL, NULL, 1190, NULL, 1100, 1150, 'um a.pdf'), \
        (6, x'000000000000000000000000000000d2', x'000000000000000000000000000000a1', \
         x'000000000000000000000000000000c1', '5511900000012', 'dois', NULL, NULL, NULL, \
         'c2', NULL, 'queued', 'timed-out', 'tempo', 2, 1250, 1210, 1205, NULL, NULL, NULL, 1200, 1220, 'dois'), \
        (9, x'000000000000000000000000000000d3', x'000000000000000000000000000000a1', \
         x'000000000000000000000000000000c1', '551100000012', 'três', NULL, NULL, NULL, \
         'c3', NULL, 'unknown', 'program-ended', NULL, 1, NULL, 1305, NULL, NULL, NULL, NULL, 1300, 1310, 'tres'); \
     INSERT INTO message_steps VALUES (1, x'000000000000000000000000000000d1', 1100, 'queued', 0, NULL, NULL, NULL), \
        (2, x'000000000000000000000000000000d1', 1150, 'accepted', 1, NULL, NULL, '{}'), \
        (7, x'000000000000000000000000000000d3', 1310, 'unknown', 1, 'program-ended', NULL, NULL); \
     INSERT INTO drafts VALUES (x'000000000000000000000000000000a1', x'000000000000000000000000000000c1', '[]', 'rascunho', '', 1400), \
        (x'000000000000000000000000000000a1', NULL, '[\"11 90000-0012\"]', 'novo', 'https://files.example/b.png', 1401); \
     INSERT INTO health_samples VALUES (x'000000000000000000000000000000a1', 1500, 87, 3, 40); \
     INSERT INTO connection_changes VALUES (4, x'000000000000000000000000000000a1', 1501, 'ready', 'Telefone'); \
     INSERT INTO settings VALUES ('settings', '{\"scale_percent\":120}');",
    "UPDATE conversations SET told_name = 'aninha', note = 'prefere manhã', do_not_write = 1, read_until = 10, unread = 1, \
         last_kind = 'document' WHERE id = x'000000000000000000000000000000c1'; \
     INSERT INTO deliveries VALUES (3, x'000000000000000000000000000000a1', 1600, 'text/html', x'00ff7b', 3, 'partly', 'noise'); \
     INSERT INTO messages (sequence, id, account, conversation, direction, phone, body, state, created_at, updated_at, search_text) \
         VALUES (12, x'000000000000000000000000000000e1', x'000000000000000000000000000000a1', \
         x'000000000000000000000000000000c1', 'in', '551100000012', 'legenda', 'received', 1600, 1600, 'legenda'); \
     INSERT INTO incoming VALUES (x'000000000000000000000000000000e1', x'000000000000000000000000000000a1', 'm1', 'document', \
         'aninha', 'Ana Padaria', 1590, -23.5, -46.6, 1, 'ref', 'application/pdf', 10, 20, 30, x'0102', 'm0', 1700, 3); \
     INSERT INTO files VALUES (2, x'000000000000000000000000000000a1', 'ref', 'stored', 'b.pdf', 30, 'application/pdf', \
         zeroblob(32), 1610); \
     INSERT INTO reports VALUES (8, x'000000000000000000000000000000a1', 'g1', NULL, 'sent', 'Enviada', 1620, \
         x'000000000000000000000000000000d1'), \
        (9, x'000000000000000000000000000000a1', 'g9', 'c9', 'read', NULL, 1630, NULL); \
     INSERT INTO webhook_paths VALUES ('0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', \
         x'000000000000000000000000000000a1', 1000, NULL, 1640); \
     INSERT INTO listening VALUES (1, 1000, 1700); \
     INSERT INTO clearings VALUES (x'000000000000000000000000000000a2', 1710);",
    // The counts of messages follow from them.
    "INSERT INTO messages (sequence, id, account, conversation, phone, body, client_id, state, put_aside_at, created_at, \
         updated_at, search_text) \
         VALUES (14, x'000000000000000000000000000000d4', x'000000000000000000000000000000a2', \
         x'000000000000000000000000000000c2', '5511900000013', 'quatro', 'c4', 'rejected', 1830, 1800, 1810, 'quatro');",
    "INSERT INTO outgoing_files VALUES (x'000000000000000000000000000000f1', x'000000000000000000000000000000a2', \
         '0f', 'foto.jpg', 10, 'image/jpeg', zeroblob(32), 'image', 4, 3, 1900, 'listener', 'token', NULL, NULL, \
         'https://loja.example/a/token/file.jpg', 1901, 1902, 9000, 'older', 2, 1850, 1860), \
        (x'000000000000000000000000000000f2', x'000000000000000000000000000000a1', \
         '0e', 'lista.pdf', 11, 'application/pdf', zeroblob(32), 'document', NULL, NULL, 1910, 'storage', 'other', '{}', '{}', \
         NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL); \
     INSERT INTO ended_placements VALUES (5, x'000000000000000000000000000000a1', 'gone', 'a.png', '{}', '{}', 1, 1950); \
     INSERT INTO messages (sequence, id, account, conversation, phone, body, attachment_url, attachment_name, attachment_kind, \
         client_id, state, created_at, updated_at, search_text, file) \
         VALUES (17, x'000000000000000000000000000000d5', x'000000000000000000000000000000a2', \
         x'000000000000000000000000000000c2', '5511900000013', 'cinco', 'https://loja.example/a/token/file.jpg', 'foto.jpg', \
         'image', 'c5', 'delivered', 1900, 1920, 'cinco foto.jpg', x'000000000000000000000000000000f1'); \
     INSERT INTO message_steps VALUES (11, x'000000000000000000000000000000d5', 1905, 'accepted', 1, NULL, NULL, NULL), \
        (12, x'000000000000000000000000000000d5', 1920, 'delivered', 1, NULL, NULL, NULL); \
     UPDATE drafts SET files = '[\"000000000000000000000000000000f2\"]' WHERE conversation IS NULL; \
     UPDATE accounts SET hosting = '\"none\"' WHERE id = x'000000000000000000000000000000a2';",
];

async fn connect(folder: &Path) -> SqliteConnection {
    SqliteConnectOptions::new()
        .filename(folder.join("recado.sqlite3"))
        .create_if_missing(true)
        .foreign_keys(true)
        .connect()
        .await
        .unwrap()
}

/// Every column of every table.
async fn columns(connection: &mut SqliteConnection) -> Vec<(String, String)> {
    sqlx::query(
        "SELECT t.name AS name, c.name AS column_name FROM pragma_table_list AS t, pragma_table_info(t.name) AS c \
         WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY 1, c.cid",
    )
    .fetch_all(connection)
    .await
    .unwrap()
    .iter()
    .map(|row| (row.get("name"), row.get("column_name")))
    .collect()
}

/// The values in each of these columns, in an order of their own.
async fn values(
    connection: &mut SqliteConnection,
    columns: &[(String, String)],
) -> Vec<(String, String, Vec<String>)> {
    let mut all = Vec::new();
    for (table, column) in columns {
        let sql = AssertSqlSafe(format!("SELECT quote(\"{column}\") FROM \"{table}\" ORDER BY 1"));
        let values: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut *connection).await.unwrap();
        all.push((table.clone(), column.clone(), values));
    }
    all
}

#[tokio::test]
async fn every_row_of_every_earlier_schema_is_kept() {
    assert!(
        FILLS.len() + 1 >= MIGRATIONS.len(),
        "the schema before the newest has no rows here"
    );
    for version in 1..MIGRATIONS.len().min(FILLS.len() + 1) {
        let folder = tempfile::tempdir().unwrap();
        let mut old = connect(folder.path()).await;
        for script in MIGRATIONS
            .iter()
            .zip(FILLS)
            .take(version)
            .flat_map(|(step, rows)| [step, rows])
        {
            sqlx::raw_sql(*script).execute(&mut old).await.unwrap();
        }
        let kept = columns(&mut old).await;
        let before = values(&mut old, &kept).await;
        for (table, column, values) in &before {
            assert!(!values.is_empty(), "{table}.{column} has no rows to keep");
        }
        old.close().await.unwrap();

        let store = Store::open(folder.path()).await.unwrap();
        let mut new = connect(folder.path()).await;
        let known = i64::try_from(MIGRATIONS.len()).unwrap();
        let found: i64 = sqlx::query_scalar("PRAGMA user_version")
            .fetch_one(&mut new)
            .await
            .unwrap();
        assert_eq!(found, known);
        assert_eq!(values(&mut new, &kept).await, before, "from schema {version}");
        new.close().await.unwrap();
        the_program_reads_it(&store).await;
    }
}

/// What was there is what the program shows.
async fn the_program_reads_it(store: &Store) {
    let accounts = store.accounts().await.unwrap();
    assert_eq!(
        accounts
            .iter()
            .map(|account| account.name.as_str())
            .collect::<Vec<_>>(),
        ["Loja"]
    );
    let id = accounts[0].id;
    assert_eq!(store.settings().await.unwrap().scale_percent, 120);
    assert_eq!(store.drafts(id).await.unwrap().len(), 2);
    let rows = store
        .conversations(&ConversationFilter::default(), None, 9)
        .await
        .unwrap();
    assert_eq!(rows.len(), 1);
    let conversation = &rows[0].conversation;
    assert_eq!((conversation.name.as_deref(), rows[0].problems), (Some("Ana"), 1));
    let thread = store.thread(conversation.id, None, 9).await.unwrap();
    let ours: Vec<_> = thread.iter().filter_map(ThreadEntry::outgoing).collect();
    let texts: Vec<_> = ours.iter().map(|message| message.text.as_str()).collect();
    assert_eq!(texts, ["um", "dois", "três"]);
    assert_eq!(store.history(ours[0].id).await.unwrap().len(), 2);
    let counted = |state| ours.iter().filter(|message| message.state == state).count() as u64;
    let counts = store.outbox_counts(id).await.unwrap();
    assert_eq!(
        (counts.queued, counts.accepted, counts.unknown, counts.rejected),
        (
            counted(MessageState::Queued),
            counted(MessageState::Accepted),
            counted(MessageState::Unknown),
            counted(MessageState::Rejected)
        )
    );
    assert!(counts.queued + counts.accepted + counts.unknown + counts.rejected > 0);
    let due = store.next_due(id, Timestamp(2_000)).await.unwrap().unwrap();
    assert_eq!(
        (due.id, due.first_unclear_at),
        (ours[1].id, Some(Timestamp(1_210)))
    );
    let figures = store.delivery_figures(id, Timestamp(2_000)).await.unwrap();
    assert_eq!(figures.accepted_at, Some(Timestamp(1_150)));
    // A word that came before tells when the person last wrote.
    let heard = store.first_and_last_message_at(id).await.unwrap();
    let heard = heard.map(|(_, last)| last);
    assert_eq!(
        heard,
        conversation
            .last_wrote_at
            .map(|at| at.plus(std::time::Duration::from_millis(10)))
    );
    // And it goes on from there.
    let report = crate::domain::incoming::InboundReport {
        reference: "c3".to_owned(),
        other_reference: None,
        state: MessageState::Delivered,
        words: None,
        reason: None,
    };
    let parts = vec![
        crate::domain::incoming::Inbound::Report(report),
        super::inbox::text("new", 12, "oi"),
    ];
    let came = super::inbox::receive(store, id, parts, Timestamp(3_000)).await;
    assert_eq!(came.changed, [(ours[2].id, conversation.id)]);
    assert_eq!(came.new_messages[0].1, conversation.id);
    let heard = store.conversation(conversation.id).await.unwrap().last_wrote_at;
    assert_eq!(heard, Some(Timestamp(3_000)));
}
