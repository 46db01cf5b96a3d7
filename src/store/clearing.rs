//! What is in the gateway's queue and what no longer is: read as empty, or cleared. Clearing tells only a count, so that it
//! is asked for is committed first: a program that ends before it has the answer takes it for done.

use super::changes::{self, Sweep};
use super::connections::Failure;
use super::{Store, StoreError};
use crate::domain::message::{MessageState, Reason, ReasonKind};
use crate::domain::{AccountId, MessageId, Timestamp};
use sqlx::sqlite::SqliteConnection;
use uuid::Uuid;

impl Store {
    /// The gateway's queue was read as empty, by a question asked at `asked_at`: what had been accepted before is not in
    /// it any more. Its state stays (it may have been sent, or deleted by somebody else), but clearing the queue later
    /// has nothing to do with it. While the queue is being cleared, that it is empty tells nothing: the clearing itself
    /// may have emptied it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn queue_seen_empty(&self, account: AccountId, asked_at: Timestamp) -> Result<u64, StoreError> {
        self.connections
            .write("record that the queue was empty", move |connection| {
                Box::pin(async move {
                    let left = sqlx::query(
                        "UPDATE messages SET left_queue_at = $2 \
                         WHERE account = $1 AND state = 'accepted' AND left_queue_at IS NULL AND updated_at < $2 \
                         AND NOT EXISTS (SELECT 1 FROM clearings WHERE account = $1)",
                    )
                    .bind(account.0)
                    .bind(asked_at.0)
                    .execute(connection)
                    .await?;
                    Ok(left.rows_affected())
                })
            })
            .await
    }

    /// Commits that the gateway's queue is going to be cleared. Must have answered `Ok` before the first byte leaves, and
    /// is ended by [`Store::queue_cleared`], [`Store::queue_not_cleared`] or, at the next start,
    /// [`Store::settle_clearings`].
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the account is gone, [`StoreError::Database`].
    pub async fn begin_clearing(&self, account: AccountId, now: Timestamp) -> Result<(), StoreError> {
        self.connections
            .write("record that the queue is cleared", move |connection| {
                Box::pin(async move {
                    if !changes::account_is_active(connection, account).await? {
                        return Err(StoreError::NotFound.into());
                    }
                    sqlx::query(
                        "INSERT INTO clearings (account, begun_at) VALUES ($1, $2) ON CONFLICT (account) DO NOTHING",
                    )
                    .bind(account.0)
                    .bind(now.0)
                    .execute(connection)
                    .await?;
                    Ok(())
                })
            })
            .await
    }

    /// After the gateway's queue was cleared, or may have been: every [`MessageState::Accepted`] message of the account
    /// that may have been in it (see [`Store::queue_seen_empty`]) becomes [`MessageState::Unknown`] with
    /// [`ReasonKind::QueueCleared`]. Answers their ids.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn queue_cleared(
        &self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Vec<MessageId>, StoreError> {
        self.connections
            .write("record that the queue was cleared", move |connection| {
                Box::pin(clear(connection, account, now))
            })
            .await
    }

    /// The gateway's queue was certainly not cleared, or there was nothing in it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn queue_not_cleared(&self, account: AccountId) -> Result<(), StoreError> {
        self.connections
            .write("record that the queue was not cleared", move |connection| {
                Box::pin(end(connection, account))
            })
            .await
    }

    /// Does for every account whose clearing has no outcome on record what [`Store::queue_cleared`] does: the program
    /// ended meanwhile, and it may have been carried out. Answers the ids of the messages that are unknown now.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn settle_clearings(&self, now: Timestamp) -> Result<Vec<MessageId>, StoreError> {
        self.connections
            .write("take up clearings that were cut off", move |connection| {
                Box::pin(async move {
                    let accounts: Vec<Uuid> = sqlx::query_scalar("SELECT account FROM clearings")
                        .fetch_all(&mut *connection)
                        .await?;
                    let mut unknown = Vec::new();
                    for account in accounts {
                        unknown.extend(clear(connection, AccountId(account), now).await?);
                    }
                    Ok(unknown)
                })
            })
            .await
    }
}

async fn clear(
    connection: &mut SqliteConnection,
    account: AccountId,
    now: Timestamp,
) -> Result<Vec<MessageId>, Failure> {
    end(connection, account).await?;
    let reason = Reason::new(ReasonKind::QueueCleared);
    let accepted = Sweep {
        account,
        from: MessageState::Accepted,
        unclear: None,
        to: MessageState::Unknown,
        reason: Some(&reason),
    };
    changes::sweep(connection, accepted, now).await
}

async fn end(connection: &mut SqliteConnection, account: AccountId) -> Result<(), Failure> {
    sqlx::query("DELETE FROM clearings WHERE account = $1")
        .bind(account.0)
        .execute(connection)
        .await?;
    Ok(())
}
