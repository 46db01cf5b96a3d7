//! The paths on which gateways call. Each account has one in use; an older one is answered for a while after a newer was
//! made.

use super::connections::Failure;
use super::{Store, StoreError, changes, rows};
use crate::domain::inbox::WebhookPath;
use crate::domain::{AccountId, Timestamp};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{Error as SqlError, Row as _};

/// The time of a call is not written down again within this time, in milliseconds: it is for people to read.
const CALL_RESOLUTION_MS: i64 = 1_000;

impl Store {
    /// Every path of every account, the newest of each account first. Some may have ended since the last change.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn webhook_paths(&self) -> Result<Vec<WebhookPath>, StoreError> {
        self.connections
            .read("read the webhook paths", |connection| Box::pin(all(connection)))
            .await
    }

    /// Makes a path with this token (64 hexadecimal digits) if the account has none in use. Answers every path of every
    /// account.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the account is gone, [`StoreError::Database`].
    pub async fn ensure_path(
        &self,
        account: AccountId,
        token: &str,
        now: Timestamp,
    ) -> Result<Vec<WebhookPath>, StoreError> {
        let token = token.to_owned();
        self.connections
            .write("make a webhook path", move |connection| {
                Box::pin(async move {
                    let exists: bool = sqlx::query_scalar(
                        "SELECT EXISTS (SELECT 1 FROM webhook_paths WHERE account = $1 AND valid_until IS NULL)",
                    )
                    .bind(account.0)
                    .fetch_one(&mut *connection)
                    .await?;
                    if !exists {
                        add(connection, account, &token, now).await?;
                    }
                    all(connection).await
                })
            })
            .await
    }

    /// Makes a new path with this token (64 hexadecimal digits). The one in use until now is answered until
    /// `older_until`; what has ended is removed. Answers every path of every account.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the account is gone, [`StoreError::Database`].
    pub async fn rotate_path(
        &self,
        account: AccountId,
        token: &str,
        now: Timestamp,
        older_until: Timestamp,
    ) -> Result<Vec<WebhookPath>, StoreError> {
        let token = token.to_owned();
        self.connections
            .write("make a new webhook path", move |connection| {
                Box::pin(async move {
                    sqlx::query(
                        "UPDATE webhook_paths SET valid_until = $2 WHERE account = $1 AND valid_until IS NULL",
                    )
                    .bind(account.0)
                    .bind(older_until.0)
                    .execute(&mut *connection)
                    .await?;
                    sqlx::query("DELETE FROM webhook_paths WHERE valid_until <= $1")
                        .bind(now.0)
                        .execute(&mut *connection)
                        .await?;
                    add(connection, account, &token, now).await?;
                    all(connection).await
                })
            })
            .await
    }

    /// Keeps when a path was last called, to the second. Nothing happens if it is gone.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn path_called(&self, token: &str, now: Timestamp) -> Result<(), StoreError> {
        let token = token.to_owned();
        self.connections
            .write("keep when a webhook path was called", move |connection| {
                Box::pin(async move {
                    sqlx::query(
                        "UPDATE webhook_paths SET last_called_at = $2 WHERE token = $1 \
                         AND (last_called_at IS NULL OR abs($2 - last_called_at) >= $3)",
                    )
                    .bind(token)
                    .bind(now.0)
                    .bind(CALL_RESOLUTION_MS)
                    .execute(connection)
                    .await?;
                    Ok(())
                })
            })
            .await
    }
}

async fn add(
    connection: &mut SqliteConnection,
    account: AccountId,
    token: &str,
    now: Timestamp,
) -> Result<(), Failure> {
    if !changes::account_is_active(connection, account).await? {
        return Err(StoreError::NotFound.into());
    }
    sqlx::query("INSERT INTO webhook_paths (token, account, created_at) VALUES ($1, $2, $3)")
        .bind(token)
        .bind(account.0)
        .bind(now.0)
        .execute(connection)
        .await?;
    Ok(())
}

async fn all(connection: &mut SqliteConnection) -> Result<Vec<WebhookPath>, Failure> {
    let found = sqlx::query(
        "SELECT token, account, created_at, valid_until, last_called_at FROM webhook_paths \
         ORDER BY account, valid_until IS NOT NULL, created_at DESC, token",
    )
    .fetch_all(connection)
    .await?;
    Ok(found.iter().map(path).collect::<Result<_, _>>()?)
}

fn path(row: &SqliteRow) -> Result<WebhookPath, SqlError> {
    Ok(WebhookPath {
        account: AccountId(row.try_get("account")?),
        token: row.try_get("token")?,
        created_at: Timestamp(row.try_get("created_at")?),
        valid_until: rows::time(row, "valid_until")?,
        last_called_at: rows::time(row, "last_called_at")?,
    })
}
