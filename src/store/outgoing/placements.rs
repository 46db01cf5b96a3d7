//! Files that can be had from outside, and what is to be taken away again.

use super::super::rows;
use super::{Failure, Store, StoreError, file, file_columns, json, placement};
use crate::domain::hosting::{HostedFile, Placement, StorageConfig, UploadState};
use crate::domain::{AccountId, OutgoingFile, OutgoingFileId, Timestamp};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{Error as SqlError, Row as _};

/// What is still to be removed from storage: an object, or an upload in parts that did not come to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedPlacement {
    /// Its number.
    pub sequence: i64,
    /// Whose.
    pub account: AccountId,
    /// The token by which the object is called.
    pub token: String,
    /// The file's name, for the extension in the object's name.
    pub name: String,
    /// In which bucket.
    pub storage: StorageConfig,
    /// The upload that was under way.
    pub upload: Option<UploadState>,
    /// How often removing has failed.
    pub tries: u32,
}

/// The messages that still need a file called `f`.
macro_rules! needing {
    () => {
        "FROM messages AS m WHERE m.file = f.id AND m.put_aside_at IS NULL \
         AND m.state NOT IN ('delivered', 'read', 'rejected', 'cancelled')"
    };
}

/// The beginning of a query for hosted files, up to its first condition.
macro_rules! hosted {
    () => {
        concat!(
            "SELECT ",
            file_columns!(),
            ", (SELECT count(*) ",
            needing!(),
            ") AS needed_by FROM outgoing_files AS f WHERE f.place IS NOT NULL "
        )
    };
}

/// Forgets where a file is; a late word about that place counts no more.
macro_rules! cleared {
    () => {
        "UPDATE outgoing_files SET ended_token = token, place = NULL, token = NULL, storage = NULL, upload = NULL, \
         url = NULL, placed_at = NULL, checked_at = NULL, expires_at = NULL WHERE place IS NOT NULL "
    };
}

impl Store {
    /// Every file that can be had from outside, or is being put there; newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn hosted_files(&self) -> Result<Vec<HostedFile>, StoreError> {
        self.connections
            .read("read the hosted files", |connection| {
                Box::pin(async move {
                    let found = sqlx::query(concat!(hosted!(), "ORDER BY f.created_at DESC, f.id DESC"))
                        .fetch_all(connection)
                        .await?;
                    Ok(hosted_files(&found)?)
                })
            })
            .await
    }

    /// Where a file is, or is being put; `None` if nothing of that has been begun, or it has ended.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Database`].
    pub async fn placement(&self, id: OutgoingFileId) -> Result<Option<Placement>, StoreError> {
        self.connections
            .read("read where the file is", move |connection| {
                Box::pin(async move {
                    let row = sqlx::query(concat!(
                        "SELECT ",
                        file_columns!(),
                        " FROM outgoing_files AS f WHERE f.id = $1"
                    ))
                    .bind(id.0)
                    .fetch_optional(connection)
                    .await?;
                    let row = row.ok_or(StoreError::NotFound)?;
                    Ok(placement(&row)?)
                })
            })
            .await
    }

    /// The files whose place is to be ended: no message needs them any more (all are delivered, read, rejected, taken back
    /// or put aside), or their time is over.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn files_to_end(&self, now: Timestamp) -> Result<Vec<HostedFile>, StoreError> {
        self.connections
            .read("look for files that are not needed", move |connection| {
                Box::pin(async move {
                    let found = sqlx::query(concat!(
                        hosted!(),
                        "AND (f.expires_at <= $1 OR NOT EXISTS (SELECT 1 ",
                        needing!(),
                        ")) ORDER BY f.created_at, f.id"
                    ))
                    .bind(now.0)
                    .fetch_all(connection)
                    .await?;
                    Ok(hosted_files(&found)?)
                })
            })
            .await
    }

    /// Ends the place of a file: its token is nobody's any more, and what stands in storage is to be removed
    /// ([`Store::placements_to_remove`]). Its messages stay as they are. Nothing happens if it has none.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn end_placement(&self, id: OutgoingFileId, now: Timestamp) -> Result<(), StoreError> {
        self.connections
            .write("end the place of the file", move |connection| {
                Box::pin(end(connection, id, now))
            })
            .await
    }

    /// What is to be removed from storage now, in the order in which it was ended.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn placements_to_remove(&self, now: Timestamp) -> Result<Vec<EndedPlacement>, StoreError> {
        self.connections
            .read("look for what is to be removed", move |connection| {
                Box::pin(async move {
                    let found = sqlx::query(
                        "SELECT sequence, account, token, name, storage, upload, tries FROM ended_placements \
                         WHERE next_try_at <= $1 ORDER BY sequence",
                    )
                    .bind(now.0)
                    .fetch_all(connection)
                    .await?;
                    Ok(found.iter().map(ended).collect::<Result<_, _>>()?)
                })
            })
            .await
    }

    /// What was to be removed is not there any more.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn placement_removed(&self, sequence: i64) -> Result<(), StoreError> {
        self.connections
            .write("record that the object was removed", move |connection| {
                Box::pin(async move {
                    sqlx::query("DELETE FROM ended_placements WHERE sequence = $1")
                        .bind(sequence)
                        .execute(connection)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    /// What was to be removed could not be: it is tried again at `next_try_at`.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn placement_not_removed(
        &self,
        sequence: i64,
        next_try_at: Timestamp,
    ) -> Result<(), StoreError> {
        self.connections
            .write("record that the object was not removed", move |connection| {
                Box::pin(async move {
                    sqlx::query(
                        "UPDATE ended_placements SET tries = tries + 1, next_try_at = $2 WHERE sequence = $1",
                    )
                    .bind(sequence)
                    .bind(next_try_at.0)
                    .execute(connection)
                    .await?;
                    Ok(())
                })
            })
            .await
    }

    /// What our own listener hands out at `now`: each token with its file and whose it is, from the time it was placed on
    /// (before it was fetched back) until it ends.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn hosted_tokens(
        &self,
        now: Timestamp,
    ) -> Result<Vec<(String, OutgoingFile, AccountId)>, StoreError> {
        self.connections
            .read("read the tokens of files", move |connection| {
                Box::pin(async move {
                    let found = sqlx::query(concat!(
                        "SELECT ",
                        file_columns!(),
                        " FROM outgoing_files AS f WHERE f.place = 'listener' \
                         AND (f.expires_at IS NULL OR f.expires_at > $1)"
                    ))
                    .bind(now.0)
                    .fetch_all(connection)
                    .await?;
                    let mut tokens = Vec::with_capacity(found.len());
                    for row in &found {
                        let file = file(row)?;
                        let account = file.account;
                        tokens.push((row.try_get("token")?, file, account));
                    }
                    Ok(tokens)
                })
            })
            .await
    }
}

/// Ends the place of a file; what is in storage is to be removed from `due` on.
pub(super) async fn end(
    connection: &mut SqliteConnection,
    id: OutgoingFileId,
    due: Timestamp,
) -> Result<(), Failure> {
    sqlx::query(
        "INSERT INTO ended_placements (account, token, name, storage, upload, next_try_at) \
         SELECT account, token, name, storage, upload, $2 FROM outgoing_files \
         WHERE id = $1 AND place = 'storage' AND storage IS NOT NULL",
    )
    .bind(id.0)
    .bind(due.0)
    .execute(&mut *connection)
    .await?;
    sqlx::query(concat!(cleared!(), "AND id = $1"))
        .bind(id.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Forgets where the files of an account (`None`: of all) are, and what was to be removed, without removing anything: the
/// keys are gone, or it is another program's.
pub(in crate::store) async fn forget_places(
    connection: &mut SqliteConnection,
    account: Option<AccountId>,
) -> Result<(), Failure> {
    for sql in [
        concat!(cleared!(), "AND ($1 IS NULL OR account = $1)"),
        "DELETE FROM ended_placements WHERE $1 IS NULL OR account = $1",
    ] {
        sqlx::query(sql)
            .bind(account.map(|id| id.0))
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

fn hosted_files(found: &[SqliteRow]) -> Result<Vec<HostedFile>, SqlError> {
    let mut files = Vec::with_capacity(found.len());
    for row in found {
        if let Some(placement) = placement(row)? {
            files.push(HostedFile {
                file: file(row)?,
                placement,
                needed_by: rows::count(row.try_get("needed_by")?),
            });
        }
    }
    Ok(files)
}

fn ended(row: &SqliteRow) -> Result<EndedPlacement, SqlError> {
    Ok(EndedPlacement {
        sequence: row.try_get("sequence")?,
        account: AccountId(row.try_get("account")?),
        token: row.try_get("token")?,
        name: row.try_get("name")?,
        storage: json(row, "storage")?.ok_or_else(|| SqlError::Decode("an object in no bucket".into()))?,
        upload: json(row, "upload")?,
        tries: rows::count(row.try_get("tries")?),
    })
}
