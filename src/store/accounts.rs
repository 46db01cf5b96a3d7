//! Accounts.

use super::changes::{self, Sweep};
use super::{Store, StoreError, outgoing, rows};
use crate::domain::message::{MessageState, Reason, ReasonKind};
use crate::domain::{Account, AccountId, GatewayKind, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Error as SqlError, Row as _};

impl Store {
    /// Every account, in the order they were added.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        self.connections
            .read("read the accounts", |connection| {
                Box::pin(async move {
                    let rows = sqlx::query(
                        "SELECT id, gateway, name, identity, base_url, default_country, paused, delay_secs, \
                         hosting, created_at FROM accounts WHERE removed_at IS NULL ORDER BY position",
                    )
                    .fetch_all(connection)
                    .await?;
                    Ok(rows.iter().map(account).collect::<Result<_, _>>()?)
                })
            })
            .await
    }

    /// Adds an account or replaces the one of the same id.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if it has been removed, [`StoreError::Database`].
    pub async fn put_account(&self, account: &Account) -> Result<(), StoreError> {
        let account = account.clone();
        self.connections
            .write("save the account", move |connection| {
                Box::pin(async move {
                    let identity = serde_json::to_string(&account.identity)
                        .map_err(|error| SqlError::Encode(error.into()))?;
                    let hosting = serde_json::to_string(&account.hosting)
                        .map_err(|error| SqlError::Encode(error.into()))?;
                    let written = sqlx::query(
                        "INSERT INTO accounts (id, position, gateway, name, identity, base_url, default_country, \
                         paused, delay_secs, created_at, hosting) \
                         VALUES ($1, (SELECT coalesce(max(position), 0) + 1 FROM accounts), $2, $3, $4, $5, $6, $7, \
                         $8, $9, $10) \
                         ON CONFLICT (id) DO UPDATE SET gateway = excluded.gateway, name = excluded.name, \
                         identity = excluded.identity, base_url = excluded.base_url, \
                         default_country = excluded.default_country, paused = excluded.paused, \
                         delay_secs = excluded.delay_secs, hosting = excluded.hosting \
                         WHERE accounts.removed_at IS NULL",
                    )
                    .bind(account.id.0)
                    .bind(account.gateway.key())
                    .bind(account.name)
                    .bind(identity)
                    .bind(account.base_url)
                    .bind(account.default_country)
                    .bind(account.paused)
                    .bind(account.delay_secs.map(i64::from))
                    .bind(account.created_at.0)
                    .bind(hosting)
                    .execute(connection)
                    .await?;
                    // A change that comes late must not bring a removed account back.
                    if written.rows_affected() == 0 {
                        return Err(StoreError::NotFound.into());
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Removes an account, its drafts, its plots, its templates and the paths on which it was called; nothing is asked about
    /// its messages any more. Its conversations and messages stay
    /// unless `with_history`; messages not yet sent are cancelled, except those with an unclear attempt behind them, which
    /// become unknown. Where its files were is forgotten: what is in storage has to be removed before. Nothing happens if
    /// there is no such account.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn remove_account(
        &self,
        id: AccountId,
        with_history: bool,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.connections
            .write("remove the account", move |connection| {
                Box::pin(async move {
                    if with_history {
                        sqlx::query("DELETE FROM accounts WHERE id = $1")
                            .bind(id.0)
                            .execute(connection)
                            .await?;
                        return Ok(());
                    }
                    let cancelled = Reason::new(ReasonKind::CancelledByOperator);
                    let queued = Sweep {
                        account: id,
                        from: MessageState::Queued,
                        unclear: Some(false),
                        to: MessageState::Cancelled,
                        reason: Some(&cancelled),
                    };
                    changes::sweep(connection, queued, now).await?;
                    let unclear = Sweep {
                        unclear: Some(true),
                        to: MessageState::Unknown,
                        reason: None,
                        ..queued
                    };
                    changes::sweep(connection, unclear, now).await?;
                    let preparing = Sweep {
                        from: MessageState::Preparing,
                        unclear: None,
                        ..queued
                    };
                    changes::sweep(connection, preparing, now).await?;
                    outgoing::forget_places(connection, Some(id)).await?;
                    for sql in [
                        "DELETE FROM drafts WHERE account = $1",
                        "DELETE FROM health_samples WHERE account = $1",
                        "DELETE FROM connection_changes WHERE account = $1",
                        "DELETE FROM webhook_paths WHERE account = $1",
                        "DELETE FROM message_polls WHERE account = $1",
                        "DELETE FROM templates WHERE account = $1",
                    ] {
                        sqlx::query(sql).bind(id.0).execute(&mut *connection).await?;
                    }
                    sqlx::query("UPDATE accounts SET removed_at = $2 WHERE id = $1 AND removed_at IS NULL")
                        .bind(id.0)
                        .bind(now.0)
                        .execute(connection)
                        .await?;
                    Ok(())
                })
            })
            .await
    }
}

fn account(row: &SqliteRow) -> Result<Account, SqlError> {
    let identity: String = row.try_get("identity")?;
    let hosting: String = row.try_get("hosting")?;
    Ok(Account {
        id: AccountId(row.try_get("id")?),
        gateway: rows::keyed(row, "gateway", GatewayKind::from_key)?,
        name: row.try_get("name")?,
        identity: serde_json::from_str(&identity).map_err(|error| SqlError::Decode(error.into()))?,
        base_url: row.try_get("base_url")?,
        default_country: row.try_get("default_country")?,
        paused: row.try_get("paused")?,
        delay_secs: row.try_get::<Option<i64>, _>("delay_secs")?.map(rows::count),
        hosting: serde_json::from_str(&hosting).map_err(|error| SqlError::Decode(error.into()))?,
        created_at: Timestamp(row.try_get("created_at")?),
    })
}
