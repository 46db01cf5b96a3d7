//! Files that came. A file and its message find each other by their reference, whichever comes first; of two files for
//! one reference the newer counts.

use super::connections::Failure;
use super::receive::Received;
use super::{Store, StoreError, incoming, rows};
use crate::domain::incoming::{InboundFile, StoredFile};
use crate::domain::{AccountId, ConversationId, MessageId, Timestamp};
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

    /// Where the file of an incoming message can be fetched: the address, its name as told, the account, and by what the
    /// file is found. `None` if the message came without an address, or is not there.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn content_of(
        &self,
        message: MessageId,
    ) -> Result<Option<(String, Option<String>, AccountId, String)>, StoreError> {
        self.connections
            .read("read the address of the file", move |connection| {
                Box::pin(async move {
                    let found = sqlx::query(
                        "SELECT content_url, content_name, account, reference FROM incoming \
                         WHERE message = $1 AND content_url IS NOT NULL AND reference IS NOT NULL",
                    )
                    .bind(message.0)
                    .fetch_optional(connection)
                    .await?;
                    let Some(row) = found else { return Ok(None) };
                    Ok(Some((
                        row.try_get("content_url")?,
                        row.try_get("content_name")?,
                        AccountId(row.try_get("account")?),
                        row.try_get("reference")?,
                    )))
                })
            })
            .await
    }

    /// The file of an incoming message was fetched into its folder at `now`: it joins the message like one that came.
    /// Answers what is different now, and the file itself among those not needed if the same was there before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] as for [`Store::content_of`] (then the file is not needed either),
    /// [`StoreError::Database`].
    pub async fn content_fetched(
        &self,
        message: MessageId,
        file: StoredFile,
        now: Timestamp,
    ) -> Result<Received, StoreError> {
        let (_, _, account, reference) = self.content_of(message).await?.ok_or(StoreError::NotFound)?;
        self.connections
            .write("keep the file that was fetched", move |connection| {
                Box::pin(async move {
                    let mut received = Received::default();
                    let file = InboundFile { reference, file };
                    take(connection, account, now, file, &mut received).await?;
                    Ok(received)
                })
            })
            .await
    }
}

/// The form in which references are compared.
pub(super) fn reference_key(reference: &str) -> String {
    reference.to_lowercase()
}

/// Takes a file in that came at `at`.
pub(super) async fn take(
    connection: &mut SqliteConnection,
    account: AccountId,
    at: Timestamp,
    file: InboundFile,
    received: &mut Received,
) -> Result<(), Failure> {
    let reference = reference_key(&file.reference);
    let stored = file.file;
    let added = sqlx::query(
        "INSERT INTO files (account, reference, stored_name, name, bytes, mime, sha256, received_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (account, reference, sha256) DO NOTHING",
    )
    .bind(account.0)
    .bind(&reference)
    .bind(&stored.stored_name)
    .bind(&stored.name)
    .bind(rows::stored_count(stored.bytes))
    .bind(&stored.mime)
    .bind(stored.sha256.as_slice())
    .bind(at.0)
    .execute(&mut *connection)
    .await?;
    if added.rows_affected() == 0 {
        let first: String = sqlx::query_scalar(
            "SELECT stored_name FROM files WHERE account = $1 AND reference = $2 AND sha256 = $3",
        )
        .bind(account.0)
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
    .bind(account.0)
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
