//! Copies of the database: taken while it is in use, and known as copies when they are opened. What was waiting to be
//! sent when a copy was taken may have gone out since; a copy therefore never sends it by itself.

use super::changes::{self, Sweep};
use super::open::{FILE_NAME, options};
use super::{Store, StoreError};
use crate::domain::message::{MessageState, Reason, ReasonKind};
use crate::domain::{AccountId, Timestamp};
use sqlx::sqlite::SqliteConnection;
use sqlx::{ConnectOptions as _, Connection as _, Row as _};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// The key under which a copy says that it is one.
const MARK: &str = "copy_made_at";

/// A raw body, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawBody {
    /// Its number.
    pub sequence: i64,
    /// When it came.
    pub received_at: Timestamp,
    /// The `Content-Type` it came with.
    pub content_type: Option<String>,
    /// Why it could not be read.
    pub why: Option<String>,
    /// The body; `None` if it was too large to be kept beside its file.
    pub body: Option<Vec<u8>>,
}

impl Store {
    /// Writes a copy of the database into `folder`, which must be there, and marks it as one. What is written meanwhile is
    /// either in it whole or not at all. Answers the copy's path.
    ///
    /// # Errors
    /// [`StoreError::Folder`] if there is a database already, [`StoreError::Database`] if it cannot be written (disk
    /// full).
    pub async fn copy_into(&self, folder: &Path, now: Timestamp) -> Result<PathBuf, StoreError> {
        let target = folder.join(FILE_NAME);
        if target.exists() {
            return Err(StoreError::Folder {
                path: target,
                source: std::io::ErrorKind::AlreadyExists.into(),
            });
        }
        let failed = |source| StoreError::Database {
            what: "copy the database",
            source,
        };
        let source: String = self
            .connections
            .read("find the database", |connection| {
                Box::pin(async move {
                    let sql = "SELECT file FROM pragma_database_list WHERE name = 'main'";
                    Ok(sqlx::query_scalar(sql).fetch_one(connection).await?)
                })
            })
            .await?;
        // A connection of its own: the copy takes a while, and neither readers nor the writer are to wait for it.
        let mut connection = options(Path::new(&source)).connect().await.map_err(failed)?;
        let copied = sqlx::query("VACUUM INTO $1")
            .bind(target.to_string_lossy().into_owned())
            .execute(&mut connection)
            .await;
        drop(connection.close().await);
        copied.map_err(failed)?;
        let mut copy = options(&target)
            .pragma("synchronous", "FULL")
            .connect()
            .await
            .map_err(failed)?;
        let marked = sqlx::query("INSERT INTO settings (key, value) VALUES ($1, $2)")
            .bind(MARK)
            .bind(now.0.to_string())
            .execute(&mut copy)
            .await;
        drop(copy.close().await);
        marked.map_err(failed)?;
        Ok(target)
    }

    /// Raw bodies of an account that could not be read as a whole, oldest first, after the one with this number.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn unreadable_bodies(
        &self,
        account: AccountId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<RawBody>, StoreError> {
        self.connections
            .read("read the raw bodies", move |connection| {
                Box::pin(async move {
                    let found = sqlx::query(
                        "SELECT sequence, received_at, content_type, why, body FROM deliveries \
                         WHERE account = $1 AND outcome <> 'read' AND sequence > $2 ORDER BY sequence LIMIT $3",
                    )
                    .bind(account.0)
                    .bind(after)
                    .bind(i64::from(limit))
                    .fetch_all(connection)
                    .await?;
                    let mut bodies = Vec::with_capacity(found.len());
                    for row in &found {
                        bodies.push(RawBody {
                            sequence: row.try_get("sequence")?,
                            received_at: Timestamp(row.try_get("received_at")?),
                            content_type: row.try_get("content_type")?,
                            why: row.try_get("why")?,
                            body: row.try_get("body")?,
                        });
                    }
                    Ok(bodies)
                })
            })
            .await
    }
}

/// If the database that was opened is a copy: leaves everything in it that was waiting or under way to the operator.
pub(super) async fn settle_copy(
    connection: &mut SqliteConnection,
) -> Result<(), super::connections::Failure> {
    let mark: Option<String> = sqlx::query_scalar("SELECT value FROM settings WHERE key = $1")
        .bind(MARK)
        .fetch_optional(&mut *connection)
        .await?;
    if mark.is_none() {
        return Ok(());
    }
    let now = Timestamp::now();
    let reason = Reason::new(ReasonKind::FromBackup);
    let accounts: Vec<Uuid> = sqlx::query_scalar("SELECT id FROM accounts")
        .fetch_all(&mut *connection)
        .await?;
    for account in accounts {
        for from in [
            MessageState::Preparing,
            MessageState::Queued,
            MessageState::InFlight,
        ] {
            let sweep = Sweep {
                account: AccountId(account),
                from,
                unclear: None,
                to: MessageState::Unknown,
                reason: Some(&reason),
            };
            for id in changes::sweep(connection, sweep, now).await? {
                // What the gateway had reported before the copy was taken is known better than that.
                let message = changes::find(connection, id).await?;
                super::reports::apply_waiting(connection, message, now).await?;
            }
        }
    }
    // The files are where the original has put them, and are its own to take away.
    super::outgoing::forget_places(connection, None).await?;
    sqlx::query("DELETE FROM settings WHERE key = $1")
        .bind(MARK)
        .execute(connection)
        .await?;
    Ok(())
}
