//! When somebody listened, and the gaps between: what gateways had to tell then never came.

use super::{Store, StoreError};
use crate::domain::Timestamp;
use crate::domain::inbox::Gap;
use sqlx::Row as _;
use std::time::Duration;

/// Whoever listens says so at least every minute. After this long without a word the machine was asleep.
const SILENCE: Duration = Duration::from_secs(3 * 60);

impl Store {
    /// Listening begins. Answers the time since it was last known that somebody listened; nothing the first time, and
    /// nothing if the clock was set back since.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn listening_began(&self, now: Timestamp) -> Result<Option<Gap>, StoreError> {
        self.connections
            .write("keep that listening began", move |connection| {
                Box::pin(async move {
                    let before: Option<i64> = sqlx::query_scalar(LAST_HEARD)
                        .fetch_optional(&mut *connection)
                        .await?;
                    sqlx::query("INSERT INTO listening (began_at, heard_until) VALUES ($1, $1)")
                        .bind(now.0)
                        .execute(connection)
                        .await?;
                    Ok(before.and_then(|before| gap(before, now.0)))
                })
            })
            .await
    }

    /// Listening goes on: to be said at least every minute, and when it ends. Answers the gap if nothing was said for
    /// more than three minutes (the machine slept).
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn still_listening(&self, now: Timestamp) -> Result<Option<Gap>, StoreError> {
        self.connections
            .write("keep that listening goes on", move |connection| {
                Box::pin(async move {
                    let before: Option<i64> = sqlx::query_scalar(LAST_HEARD)
                        .fetch_optional(&mut *connection)
                        .await?;
                    let Some(before) = before else { return Ok(None) };
                    if now.since(Timestamp(before)) > SILENCE {
                        sqlx::query("INSERT INTO listening (began_at, heard_until) VALUES ($1, $1)")
                            .bind(now.0)
                            .execute(connection)
                            .await?;
                        return Ok(gap(before, now.0));
                    }
                    sqlx::query(
                        "UPDATE listening SET heard_until = $1 \
                         WHERE sequence = (SELECT max(sequence) FROM listening) AND heard_until < $1",
                    )
                    .bind(now.0)
                    .execute(connection)
                    .await?;
                    Ok(None)
                })
            })
            .await
    }

    /// Since when somebody has listened without a gap of more than `longest`; `None` if nobody ever did. A
    /// clock that was set back is a gap: nobody knows how long it was.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn listening_since(&self, longest: Duration) -> Result<Option<Timestamp>, StoreError> {
        let longest = i64::try_from(longest.as_millis()).unwrap_or(i64::MAX);
        self.connections
            .read("read since when somebody listened", move |connection| {
                Box::pin(async move {
                    let since: Option<i64> = sqlx::query_scalar(
                        "SELECT began_at FROM (SELECT sequence, began_at, \
                         lag(heard_until) OVER (ORDER BY sequence) AS before FROM listening) \
                         WHERE before IS NULL OR began_at - before NOT BETWEEN 0 AND $1 ORDER BY sequence DESC LIMIT 1",
                    )
                    .bind(longest)
                    .fetch_optional(connection)
                    .await?;
                    Ok(since.map(Timestamp))
                })
            })
            .await
    }

    /// Writes down a time in which somebody has listened, after all those that are written down: what a history made for
    /// showing or trying something begins with.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn listened(&self, from: Timestamp, until: Timestamp) -> Result<(), StoreError> {
        self.connections
            .write("keep when somebody listened", move |connection| {
                Box::pin(async move {
                    sqlx::query("INSERT INTO listening (began_at, heard_until) VALUES ($1, $2)")
                        .bind(from.0)
                        .bind(until.0)
                        .execute(connection)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    /// The times in which nobody listened, newest first, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn gaps(&self, limit: u32) -> Result<Vec<Gap>, StoreError> {
        self.connections
            .read("read when nobody listened", move |connection| {
                Box::pin(async move {
                    let found = sqlx::query(
                        "SELECT before, began_at FROM (SELECT sequence, began_at, \
                         lag(heard_until) OVER (ORDER BY sequence) AS before FROM listening) \
                         WHERE before < began_at ORDER BY sequence DESC LIMIT $1",
                    )
                    .bind(i64::from(limit))
                    .fetch_all(connection)
                    .await?;
                    let mut gaps = Vec::with_capacity(found.len());
                    for row in &found {
                        gaps.extend(gap(row.try_get("before")?, row.try_get("began_at")?));
                    }
                    Ok(gaps)
                })
            })
            .await
    }
}

const LAST_HEARD: &str = "SELECT heard_until FROM listening ORDER BY sequence DESC LIMIT 1";

fn gap(from: i64, until: i64) -> Option<Gap> {
    (from < until).then_some(Gap {
        from: Timestamp(from),
        until: Timestamp(until),
    })
}
