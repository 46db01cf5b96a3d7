//! What is due, and what the screens show of the queue.

use super::rows::{self, message_columns};
use super::{OutboxCounts, Store, StoreError};
use crate::domain::message::{Message, MessageState};
use crate::domain::{AccountId, PhoneNumber, Timestamp};
use sqlx::Row as _;
use std::collections::BTreeSet;
use std::time::Duration;

/// A message (or file) that was last touched this far in the future was touched before the clock was set back; the time it should
/// wait until means nothing any more.
pub(super) const CLOCK_SET_BACK: Duration = Duration::from_secs(60);

/// `$1` account, `$2` now, `$3` the time from which on a stamp shows that the clock was set back, `$4` at most. Never two of
/// a conversation: the older one of two that are due stands before the other.
const NEXT_DUE: &str = concat!(
    "SELECT ",
    message_columns!(),
    " FROM messages AS m \
     WHERE m.account = $1 AND m.state = 'queued' \
     AND (m.next_attempt_at <= $2 OR m.updated_at > $3) \
     AND (m.not_before IS NULL OR m.not_before <= $2) \
     AND NOT EXISTS (SELECT 1 FROM messages AS older WHERE older.conversation = m.conversation \
                     AND older.sequence < m.sequence AND older.state IN ('preparing', 'queued', 'in_flight') \
                     AND (older.state = 'in_flight' OR older.not_before IS NULL OR older.not_before <= $2)) \
     ORDER BY m.sequence LIMIT $4"
);

/// `$1` account, `$2` now.
const NEXT_TIME: &str = "SELECT min(max(next_attempt_at, coalesce(not_before, next_attempt_at))) FROM messages \
     WHERE account = $1 AND state = 'queued' \
     AND max(next_attempt_at, coalesce(not_before, next_attempt_at)) > $2";

/// `$1` account, `$2` at most. What is open has never been put aside: a change of state undoes that.
const OUTBOX: &str = concat!(
    "SELECT ",
    message_columns!(),
    " FROM messages AS m WHERE m.account = $1 \
     AND m.state IN ('rejected', 'unknown', 'in_flight', 'queued', 'preparing') AND m.put_aside_at IS NULL \
     ORDER BY CASE m.state WHEN 'in_flight' THEN 1 WHEN 'queued' THEN 2 WHEN 'preparing' THEN 2 ELSE 0 END, \
     CASE WHEN m.state IN ('preparing', 'queued', 'in_flight') THEN max(m.created_at, coalesce(m.not_before, m.created_at)) \
     ELSE -m.updated_at END, \
     m.sequence LIMIT $2"
);

impl Store {
    /// The message the dispatcher of `account` may try now: the oldest queued whose `next_attempt_at` and `not_before`
    /// have come and that does not stand behind an older one of the same conversation. "Older" is the order in which
    /// they were stored. In detail:
    ///
    /// - An older message that is in flight blocks; so does an older queued one, whether it is due, waits for its first
    ///   try or for another one after a failed or unclear attempt.
    /// - An older message that the operator has scheduled for a time still to come does not block; once that time has
    ///   come, it does.
    /// - A message that is unknown, rejected or otherwise at its end does not block.
    /// - A message that was put off (`next_attempt_at`) before the clock was set back by more than a minute is due.
    ///
    /// `Err(when)` in the inner result is the next time at which a message that waits for a time becomes due: always
    /// later than `now`, never later than that message could be tried, but it may still stand behind another one then.
    /// `Err(None)` means that nothing waits for a time; messages may still wait for the one that is in flight.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn next_due(
        &self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Result<Message, Option<Timestamp>>, StoreError> {
        let due = self.next_due_many(account, now, 1).await?;
        Ok(due.and_then(|messages| messages.into_iter().next().ok_or(None)))
    }

    /// The messages the dispatcher of `account` may try now in one request: like [`Store::next_due`], but up to `limit`
    /// (at least 1) of them, at most one of each conversation, in the order in which they were stored. The inner `Ok`
    /// holds at least one.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn next_due_many(
        &self,
        account: AccountId,
        now: Timestamp,
        limit: u32,
    ) -> Result<Result<Vec<Message>, Option<Timestamp>>, StoreError> {
        self.connections
            .read("look for the next messages", move |connection| {
                Box::pin(async move {
                    let due = sqlx::query(NEXT_DUE)
                        .bind(account.0)
                        .bind(now.0)
                        .bind(now.plus(CLOCK_SET_BACK).0)
                        .bind(i64::from(limit.max(1)))
                        .fetch_all(&mut *connection)
                        .await?;
                    if !due.is_empty() {
                        return Ok(Ok(rows::messages(&due)?));
                    }
                    let when: Option<i64> = sqlx::query_scalar(NEXT_TIME)
                        .bind(account.0)
                        .bind(now.0)
                        .fetch_one(connection)
                        .await?;
                    Ok(Err(when.map(Timestamp)))
                })
            })
            .await
    }

    /// Every message that was in flight when the program ended (of every account).
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn interrupted(&self) -> Result<Vec<Message>, StoreError> {
        self.connections
            .read("read the interrupted messages", |connection| {
                Box::pin(async move {
                    let rows = sqlx::query(concat!(
                        "SELECT ",
                        message_columns!(),
                        " FROM messages AS m WHERE m.state = 'in_flight' ORDER BY m.sequence"
                    ))
                    .fetch_all(connection)
                    .await?;
                    Ok(rows::messages(&rows)?)
                })
            })
            .await
    }

    /// Messages accepted by inference since before `before`, unconfirmed.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn unconfirmed(&self, before: Timestamp) -> Result<Vec<Message>, StoreError> {
        self.connections
            .read("read the unconfirmed messages", move |connection| {
                Box::pin(async move {
                    let rows = sqlx::query(concat!(
                        "SELECT ",
                        message_columns!(),
                        " FROM messages AS m WHERE m.state = 'accepted' AND m.reason_kind = 'already-known' \
                         AND m.updated_at < $1 ORDER BY m.updated_at, m.sequence"
                    ))
                    .bind(before.0)
                    .fetch_all(connection)
                    .await?;
                    Ok(rows::messages(&rows)?)
                })
            })
            .await
    }

    /// What the queue screen shows of an account: everything preparing, queued, in flight, unknown or rejected, except what the
    /// operator has put aside or sent again; newest problem first, then in the order of sending; at most `limit`.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn outbox(&self, account: AccountId, limit: u32) -> Result<Vec<Message>, StoreError> {
        self.connections
            .read("read the queue", move |connection| {
                Box::pin(async move {
                    let rows = sqlx::query(OUTBOX)
                        .bind(account.0)
                        .bind(i64::from(limit))
                        .fetch_all(connection)
                        .await?;
                    Ok(rows::messages(&rows)?)
                })
            })
            .await
    }

    /// Counts for the strip, the rail and the queue. What the operator has put aside or sent again counts as no problem.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn outbox_counts(&self, account: AccountId) -> Result<OutboxCounts, StoreError> {
        self.connections
            .read("count the messages", move |connection| {
                Box::pin(async move {
                    // Kept with every change: this is asked twice for every message that is sent.
                    let rows =
                        sqlx::query("SELECT state, aside, number FROM message_counts WHERE account = $1")
                            .bind(account.0)
                            .fetch_all(connection)
                            .await?;
                    let mut counts = OutboxCounts::default();
                    for row in &rows {
                        let state = rows::keyed(row, "state", MessageState::from_key)?;
                        let aside: bool = row.try_get("aside")?;
                        let place = match state {
                            MessageState::Preparing => &mut counts.preparing,
                            MessageState::Queued => &mut counts.queued,
                            MessageState::InFlight => &mut counts.in_flight,
                            MessageState::Accepted => &mut counts.accepted,
                            MessageState::Sent => &mut counts.sent,
                            MessageState::Delivered => &mut counts.delivered,
                            MessageState::Read => &mut counts.read,
                            MessageState::Rejected if !aside => &mut counts.rejected,
                            MessageState::Unknown if !aside => &mut counts.unknown,
                            MessageState::Rejected | MessageState::Unknown | MessageState::Cancelled => {
                                continue;
                            }
                        };
                        *place = u64::try_from(row.try_get::<i64, _>("number")?).unwrap_or(0);
                    }
                    Ok(counts)
                })
            })
            .await
    }

    /// How many of these numbers have never been written to or heard from by this account. Messages that were rejected
    /// or taken back do not count as written; both forms of a Brazilian number are one.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn strangers(&self, account: AccountId, numbers: &[PhoneNumber]) -> Result<usize, StoreError> {
        let contacts: BTreeSet<String> = numbers.iter().map(PhoneNumber::contact_key).collect();
        self.connections
            .read("look for the recipients", move |connection| {
                Box::pin(async move {
                    let mut strangers = 0;
                    for contact in contacts {
                        let known: bool = sqlx::query_scalar(
                            "SELECT EXISTS (SELECT 1 FROM conversations AS c \
                             JOIN messages AS m ON m.conversation = c.id \
                             WHERE c.account = $1 AND c.contact_key = $2 \
                             AND m.state NOT IN ('rejected', 'cancelled'))",
                        )
                        .bind(account.0)
                        .bind(contact)
                        .fetch_one(&mut *connection)
                        .await?;
                        strangers += usize::from(!known);
                    }
                    Ok(strangers)
                })
            })
            .await
    }
}

#[cfg(test)]
pub(super) const DISPATCHER_QUERIES: [&str; 2] = [NEXT_DUE, NEXT_TIME];
