//! What the dashboard plots.

use super::{HourlyCount, Store, StoreError, changes, rows};
use crate::domain::health::{Connection, ConnectionChange, HealthSample};
use crate::domain::{AccountId, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Error as SqlError, Row as _};

impl Store {
    /// Keeps a point for the plots; a second one of the same millisecond takes the place of the first. Nothing happens
    /// if the account is gone.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn put_sample(&self, account: AccountId, sample: HealthSample) -> Result<(), StoreError> {
        self.connections
            .write("keep a health point", move |connection| {
                Box::pin(async move {
                    if !changes::account_is_active(connection, account).await? {
                        return Ok(());
                    }
                    sqlx::query(
                        "INSERT INTO health_samples (account, at, battery_percent, queue_length, limit_used) \
                         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account, at) DO UPDATE SET \
                         battery_percent = excluded.battery_percent, queue_length = excluded.queue_length, \
                         limit_used = excluded.limit_used",
                    )
                    .bind(account.0)
                    .bind(sample.at.0)
                    .bind(sample.battery_percent.map(i64::from))
                    .bind(sample.queue_length.map(rows::stored_count))
                    .bind(sample.limit_used.map(rows::stored_count))
                    .execute(connection)
                    .await?;
                    Ok(())
                })
            })
            .await
    }

    /// Points since `since`, oldest first, thinned evenly to at most `limit`; the newest is always among them.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn samples(
        &self,
        account: AccountId,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<HealthSample>, StoreError> {
        self.connections
            .read("read the health points", move |connection| {
                Box::pin(async move {
                    // A point is kept where the share of `limit` steps by a whole one: exactly `limit` times.
                    let rows = sqlx::query(
                        "SELECT at, battery_percent, queue_length, limit_used FROM ( \
                         SELECT at, battery_percent, queue_length, limit_used, \
                         row_number() OVER (ORDER BY at) AS place, count(*) OVER () AS total \
                         FROM health_samples WHERE account = $1 AND at >= $2) AS points \
                         WHERE total <= $3 OR place * $3 / total <> (place - 1) * $3 / total ORDER BY at",
                    )
                    .bind(account.0)
                    .bind(since.0)
                    .bind(i64::from(limit))
                    .fetch_all(connection)
                    .await?;
                    Ok(rows.iter().map(sample).collect::<Result<_, _>>()?)
                })
            })
            .await
    }

    /// Keeps a change of connection. Nothing happens if the account is gone.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn put_connection_change(
        &self,
        account: AccountId,
        change: &ConnectionChange,
    ) -> Result<(), StoreError> {
        let change = change.clone();
        self.connections
            .write("keep a change of connection", move |connection| {
                Box::pin(async move {
                    if !changes::account_is_active(connection, account).await? {
                        return Ok(());
                    }
                    sqlx::query(
                        "INSERT INTO connection_changes (account, at, connection, phone_name) \
                         VALUES ($1, $2, $3, $4)",
                    )
                    .bind(account.0)
                    .bind(change.at.0)
                    .bind(change.connection.key())
                    .bind(change.phone_name)
                    .execute(connection)
                    .await?;
                    Ok(())
                })
            })
            .await
    }

    /// The newest changes of connection, newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn connection_changes(
        &self,
        account: AccountId,
        limit: u32,
    ) -> Result<Vec<ConnectionChange>, StoreError> {
        self.connections
            .read("read the changes of connection", move |connection| {
                Box::pin(async move {
                    let rows = sqlx::query(
                        "SELECT at, connection, phone_name FROM connection_changes WHERE account = $1 \
                         ORDER BY sequence DESC LIMIT $2",
                    )
                    .bind(account.0)
                    .bind(i64::from(limit))
                    .fetch_all(connection)
                    .await?;
                    Ok(rows.iter().map(connection_change).collect::<Result<_, _>>()?)
                })
            })
            .await
    }

    /// Messages by hour (UTC) since `since`, by when they were written, oldest first; hours without any that were tried
    /// are left out.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn hourly_counts(
        &self,
        account: AccountId,
        since: Timestamp,
    ) -> Result<Vec<HourlyCount>, StoreError> {
        self.connections
            .read("count the messages by hour", move |connection| {
                Box::pin(async move {
                    let rows = sqlx::query(
                        "SELECT created_at - created_at % 3600000 AS hour, \
                         count(*) FILTER (WHERE state IN ('accepted', 'sent')) AS accepted, \
                         count(*) FILTER (WHERE state = 'delivered') AS delivered, \
                         count(*) FILTER (WHERE state = 'read') AS read, \
                         count(*) FILTER (WHERE state IN ('rejected', 'unknown')) AS problems \
                         FROM messages WHERE account = $1 AND created_at >= $2 \
                         AND state NOT IN ('queued', 'in_flight', 'cancelled', 'received') \
                         GROUP BY 1 ORDER BY 1",
                    )
                    .bind(account.0)
                    .bind(since.0)
                    .fetch_all(connection)
                    .await?;
                    Ok(rows.iter().map(hourly_count).collect::<Result<_, _>>()?)
                })
            })
            .await
    }

    /// Removes health samples older than `before` and says how many; messages are never removed.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn prune_samples(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.connections
            .write("remove old health points", move |connection| {
                Box::pin(async move {
                    let removed = sqlx::query("DELETE FROM health_samples WHERE at < $1")
                        .bind(before.0)
                        .execute(connection)
                        .await?;
                    Ok(removed.rows_affected())
                })
            })
            .await
    }
}

fn sample(row: &SqliteRow) -> Result<HealthSample, SqlError> {
    let number = |column: &str| -> Result<Option<u64>, SqlError> {
        let stored: Option<i64> = row.try_get(column)?;
        Ok(stored.and_then(|value| u64::try_from(value).ok()))
    };
    Ok(HealthSample {
        at: Timestamp(row.try_get("at")?),
        battery_percent: number("battery_percent")?.and_then(|value| u8::try_from(value).ok()),
        queue_length: number("queue_length")?,
        limit_used: number("limit_used")?,
    })
}

fn connection_change(row: &SqliteRow) -> Result<ConnectionChange, SqlError> {
    Ok(ConnectionChange {
        at: Timestamp(row.try_get("at")?),
        connection: rows::keyed(row, "connection", Connection::from_key)?,
        phone_name: row.try_get("phone_name")?,
    })
}

fn hourly_count(row: &SqliteRow) -> Result<HourlyCount, SqlError> {
    Ok(HourlyCount {
        hour: Timestamp(row.try_get("hour")?),
        accepted: rows::count(row.try_get("accepted")?),
        delivered: rows::count(row.try_get("delivered")?),
        read: rows::count(row.try_get("read")?),
        problems: rows::count(row.try_get("problems")?),
    })
}
