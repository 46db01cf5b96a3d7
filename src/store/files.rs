//! Files that came. A file and its message find each other by their reference, whichever comes first; of two files for
//! one reference the newer counts.

use super::connections::Failure;
use super::receive::{Intake, Received};
use super::{Store, StoreError, incoming, rows};
use crate::domain::incoming::InboundFile;
use crate::domain::{AccountId, ConversationId, MessageId};
use sqlx::Row as _;
use sqlx::sqlite::SqliteConnection;

impl Store {
    /// The names under which files are stored, those that came and those that are sent, of every account. What else stands in their folder belongs to nothing.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn stored_file_names(&self) -> Result<Vec<String>, StoreError> {
        self.connections
            .read("read the names of files", |connection| {
                Box::pin(async move {
                    let sql =
                        "SELECT stored_name FROM files UNION ALL SELECT stored_name FROM outgoing_files";
                    Ok(sqlx::query_scalar(sql).fetch_all(connection).await?)
                })
            })
            .await
    }
}

/// The form in which references are compared.
pub(super) fn reference_key(reference: &str) -> String {
    reference.to_lowercase()
}

/// Takes a file in.
pub(super) async fn take(
    connection: &mut SqliteConnection,
    intake: &Intake,
    file: InboundFile,
    received: &mut Received,
) -> Result<(), Failure> {
    let reference = reference_key(&file.reference);
    let stored = file.file;
    let added = sqlx::query(
        "INSERT INTO files (account, reference, stored_name, name, bytes, mime, sha256, received_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (account, reference, sha256) DO NOTHING",
    )
    .bind(intake.account.0)
    .bind(&reference)
    .bind(&stored.stored_name)
    .bind(&stored.name)
    .bind(rows::stored_count(stored.bytes))
    .bind(&stored.mime)
    .bind(stored.sha256.as_slice())
    .bind(intake.at.0)
    .execute(&mut *connection)
    .await?;
    if added.rows_affected() == 0 {
        let first: String = sqlx::query_scalar(
            "SELECT stored_name FROM files WHERE account = $1 AND reference = $2 AND sha256 = $3",
        )
        .bind(intake.account.0)
        .bind(&reference)
        .bind(stored.sha256.as_slice())
        .fetch_one(connection)
        .await?;
        // Told twice by ourselves, it is the same file and is needed.
        if first != stored.stored_name {
            received.files_not_needed.push(stored.stored_name);
        }
        return Ok(());
    }
    let messages = sqlx::query(
        "SELECT i.message, m.conversation, m.body FROM incoming AS i JOIN messages AS m ON m.id = i.message \
         WHERE i.account = $1 AND i.reference = $2",
    )
    .bind(intake.account.0)
    .bind(&reference)
    .fetch_all(&mut *connection)
    .await?;
    for row in &messages {
        let message = MessageId(row.try_get("message")?);
        let conversation = ConversationId(row.try_get("conversation")?);
        let body: String = row.try_get("body")?;
        sqlx::query("UPDATE messages SET search_text = $2 WHERE id = $1")
            .bind(message.0)
            .bind(incoming::found_by(&body, Some(&stored.name)))
            .execute(&mut *connection)
            .await?;
        sqlx::query("UPDATE conversations SET last_attachment = $3 WHERE id = $1 AND last_message = $2")
            .bind(conversation.0)
            .bind(message.0)
            .bind(&stored.name)
            .execute(&mut *connection)
            .await?;
        received.changed.push((message, conversation));
    }
    Ok(())
}

/// The name to show of the newest file under a reference (in the form of [`reference_key`]).
pub(super) async fn newest_name(
    connection: &mut SqliteConnection,
    account: AccountId,
    reference: Option<&str>,
) -> Result<Option<String>, Failure> {
    let Some(reference) = reference else {
        return Ok(None);
    };
    Ok(sqlx::query_scalar(
        "SELECT name FROM files WHERE account = $1 AND reference = $2 ORDER BY sequence DESC LIMIT 1",
    )
    .bind(account.0)
    .bind(reference)
    .fetch_optional(connection)
    .await?)
}
