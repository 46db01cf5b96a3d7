//! Messages whose state is asked for, because the gateway reports it late or never. What is told is applied and put on
//! record like a report that came by itself.

use super::connections::Failure;
use super::{Store, StoreError, changes, reports};
use crate::domain::incoming::InboundReport;
use crate::domain::message::{Message, MessageState, Reason};
use crate::domain::{AccountId, MessageId, Timestamp};
use sqlx::Row as _;
use sqlx::sqlite::SqliteConnection;
use std::time::Duration;

/// How long after it was accepted a message is first asked about.
const FIRST_AFTER: Duration = Duration::from_secs(30);

/// No wait is longer than this: a time further ahead was set before the clock was set back.
const WAIT_MAX: Duration = Duration::from_secs(24 * 3_600);

/// `$1` account, `$2` now, `$3` the latest time that can be meant, `$4` at most.
const DUE: &str = "SELECT p.message, p.since, p.tries, p.next_at, m.gateway_id FROM message_polls AS p \
     JOIN messages AS m ON m.id = p.message \
     WHERE p.account = $1 AND (p.next_at <= $2 OR p.next_at > $3) AND m.gateway_id IS NOT NULL \
     ORDER BY p.next_at, m.sequence LIMIT $4";

/// `$1` account.
const NEXT: &str = "SELECT min(next_at) FROM message_polls WHERE account = $1";

/// A message that is to be asked about now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuePoll {
    /// It.
    pub message: MessageId,
    /// What the gateway calls it.
    pub gateway_id: String,
    /// Since when it is asked about.
    pub since: Timestamp,
    /// How often it was.
    pub tries: u32,
    /// For when this question was meant.
    pub due_at: Timestamp,
}

impl Store {
    /// Begins asking what becomes of a message that the gateway accepted under an identifier of its own at `now`; first 30
    /// seconds later. Nothing happens if it has no such identifier, is another account's, or is at its end already. One
    /// that is asked about begins anew.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn follow(
        &self,
        message: MessageId,
        account: AccountId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.connections
            .write("follow the message", move |connection| {
                Box::pin(async move {
                    sqlx::query(
                        "INSERT INTO message_polls (message, account, since, next_at) \
                         SELECT id, account, $3, $4 FROM messages WHERE id = $1 AND account = $2 AND direction = 'out' \
                         AND gateway_id IS NOT NULL AND state NOT IN ('read', 'rejected', 'cancelled') \
                         ON CONFLICT (message) DO UPDATE SET since = excluded.since, tries = 0, next_at = excluded.next_at",
                    )
                    .bind(message.0)
                    .bind(account.0)
                    .bind(now.0)
                    .bind(now.plus(FIRST_AFTER).0)
                    .execute(connection)
                    .await?;
                    Ok(())
                })
            })
            .await
    }

    /// The messages of an account that are to be asked about now, the one that waits longest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn polls_due(
        &self,
        account: AccountId,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<DuePoll>, StoreError> {
        self.connections
            .read("look for messages to ask about", move |connection| {
                Box::pin(async move {
                    let found = sqlx::query(DUE)
                        .bind(account.0)
                        .bind(now.0)
                        .bind(now.plus(WAIT_MAX).0)
                        .bind(i64::from(limit))
                        .fetch_all(connection)
                        .await?;
                    let mut due = Vec::with_capacity(found.len());
                    for row in &found {
                        due.push(DuePoll {
                            message: MessageId(row.try_get("message")?),
                            gateway_id: row.try_get("gateway_id")?,
                            since: Timestamp(row.try_get("since")?),
                            tries: super::rows::count(row.try_get("tries")?),
                            due_at: Timestamp(row.try_get("next_at")?),
                        });
                    }
                    Ok(due)
                })
            })
            .await
    }

    /// When the next message of an account is to be asked about; in the past if one is due. `None` if none is followed.
    /// A time more than a day ahead is due too, see [`Store::polls_due`]: the clock was set back.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn next_poll(&self, account: AccountId) -> Result<Option<Timestamp>, StoreError> {
        self.connections
            .read("look for the next message to ask about", move |connection| {
                Box::pin(async move {
                    let next: Option<i64> = sqlx::query_scalar(NEXT)
                        .bind(account.0)
                        .fetch_one(connection)
                        .await?;
                    Ok(next.map(Timestamp))
                })
            })
            .await
    }

    /// Puts a question off that was not answered: it does not count as one. `next_at` is when to ask again, and `None` ends
    /// it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn put_off_poll(
        &self,
        message: MessageId,
        next_at: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        self.connections
            .write("put the question off", move |connection| {
                Box::pin(async move {
                    let Some(next_at) = next_at else {
                        return end(connection, message).await;
                    };
                    sqlx::query("UPDATE message_polls SET next_at = $2 WHERE message = $1")
                        .bind(message.0)
                        .bind(next_at.0)
                        .execute(connection)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    /// Keeps what asking about a message came to. A state that was told (sent, delivered, read or rejected; others say
    /// nothing) is applied like a report, so that it never goes back; `next_at` is when to ask again, and `None` ends it.
    /// It ends by itself when the message is read, rejected or taken back. Answers the message if its state is another now.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Database`].
    pub async fn polled(
        &self,
        message: MessageId,
        told: Option<(MessageState, Option<Reason>)>,
        next_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<Option<Message>, StoreError> {
        self.connections
            .write("keep what became of the message", move |connection| {
                Box::pin(async move {
                    match next_at {
                        None => end(connection, message).await?,
                        Some(next_at) => {
                            sqlx::query(
                                "UPDATE message_polls SET next_at = $2, tries = tries + 1 WHERE message = $1",
                            )
                            .bind(message.0)
                            .bind(next_at.0)
                            .execute(&mut *connection)
                            .await?;
                        }
                    }
                    let Some((state, reason)) = told.filter(|(state, _)| is_told(*state)) else {
                        return Ok(None);
                    };
                    let asked = changes::find(connection, message).await?;
                    let report = InboundReport {
                        // Ours names no other message; the gateway's goes along.
                        reference: asked.client_id.as_str().to_owned(),
                        other_reference: asked.gateway_id.clone(),
                        state,
                        words: None,
                        reason,
                    };
                    match reports::take(connection, asked.account, now, report).await? {
                        Some((changed, _)) => Ok(Some(changes::find(connection, changed).await?)),
                        None => Ok(None),
                    }
                })
            })
            .await
    }
}

/// Whether it is a state that a gateway reports.
fn is_told(state: MessageState) -> bool {
    matches!(
        state,
        MessageState::Sent | MessageState::Delivered | MessageState::Read | MessageState::Rejected
    )
}

/// Nothing is asked about this message any more.
pub(super) async fn end(connection: &mut SqliteConnection, message: MessageId) -> Result<(), Failure> {
    sqlx::query("DELETE FROM message_polls WHERE message = $1")
        .bind(message.0)
        .execute(connection)
        .await?;
    Ok(())
}

#[cfg(test)]
pub(super) const POLL_QUERIES: [&str; 2] = [DUE, NEXT];
