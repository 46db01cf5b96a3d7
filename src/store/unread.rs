//! What the operator has seen, and how much has come.

use super::connections::Failure;
use super::{Store, StoreError};
use crate::domain::{AccountId, ConversationId, MessageId};
use sqlx::Row as _;
use sqlx::sqlite::SqliteConnection;
use uuid::Uuid;

/// Moves the mark of a conversation to `$2` and counts again what lies behind it.
const MOVE_MARK: &str = "UPDATE conversations SET read_until = $2, \
     unread = (SELECT count(*) FROM messages AS m WHERE m.conversation = conversations.id \
               AND m.sequence > $2 AND m.direction = 'in') \
     WHERE id = $1";

impl Store {
    /// The operator has seen a conversation up to this message. What was seen before stays seen. Answers the account,
    /// whose counts may have changed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the message is not in that conversation, [`StoreError::Database`].
    pub async fn seen(
        &self,
        conversation: ConversationId,
        message: MessageId,
    ) -> Result<AccountId, StoreError> {
        self.connections
            .write("keep what was seen", move |connection| {
                Box::pin(async move {
                    let (account, read_until) = mark_of(connection, conversation).await?;
                    let sequence: Option<i64> = sqlx::query_scalar(
                        "SELECT sequence FROM messages WHERE id = $1 AND conversation = $2",
                    )
                    .bind(message.0)
                    .bind(conversation.0)
                    .fetch_optional(&mut *connection)
                    .await?;
                    let sequence = sequence.ok_or(StoreError::NotFound)?;
                    if sequence > read_until {
                        move_mark(connection, conversation, sequence).await?;
                    }
                    Ok(account)
                })
            })
            .await
    }

    /// The newest incoming message of a conversation counts as not seen again, and with it what is younger. Nothing
    /// happens in a conversation in which nobody has written to us. Answers the account.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Database`].
    pub async fn unseen(&self, conversation: ConversationId) -> Result<AccountId, StoreError> {
        self.connections
            .write("take back what was seen", move |connection| {
                Box::pin(async move {
                    let (account, read_until) = mark_of(connection, conversation).await?;
                    let newest: Option<i64> = sqlx::query_scalar(
                        "SELECT sequence FROM messages WHERE conversation = $1 AND direction = 'in' \
                         ORDER BY sequence DESC LIMIT 1",
                    )
                    .bind(conversation.0)
                    .fetch_optional(&mut *connection)
                    .await?;
                    if let Some(newest) = newest.filter(|newest| *newest <= read_until) {
                        move_mark(connection, conversation, newest - 1).await?;
                    }
                    Ok(account)
                })
            })
            .await
    }

    /// How many incoming messages of an account were not seen, and how many deliveries could not be read as a whole.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn inbox_counts(&self, account: AccountId) -> Result<(u64, u64), StoreError> {
        self.connections
            .read("count what came in", move |connection| {
                Box::pin(async move {
                    let row = sqlx::query(COUNTS).bind(account.0).fetch_one(connection).await?;
                    let number = |column: &str| -> Result<u64, sqlx::Error> {
                        Ok(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or(0))
                    };
                    Ok((number("unread")?, number("unreadable")?))
                })
            })
            .await
    }
}

/// `$1` account.
const COUNTS: &str = "SELECT \
     (SELECT coalesce(sum(unread), 0) FROM conversations WHERE account = $1 AND unread > 0) AS unread, \
     (SELECT count(*) FROM deliveries WHERE account = $1 AND outcome <> 'read') AS unreadable";

async fn mark_of(
    connection: &mut SqliteConnection,
    conversation: ConversationId,
) -> Result<(AccountId, i64), Failure> {
    let row = sqlx::query("SELECT account, read_until FROM conversations WHERE id = $1")
        .bind(conversation.0)
        .fetch_optional(connection)
        .await?
        .ok_or(StoreError::NotFound)?;
    let account: Uuid = row.try_get("account")?;
    Ok((AccountId(account), row.try_get("read_until")?))
}

async fn move_mark(
    connection: &mut SqliteConnection,
    conversation: ConversationId,
    read_until: i64,
) -> Result<(), Failure> {
    sqlx::query(MOVE_MARK)
        .bind(conversation.0)
        .bind(read_until)
        .execute(connection)
        .await?;
    Ok(())
}

#[cfg(test)]
pub(super) const COUNT_QUERY: &str = COUNTS;
