//! Files of the operator's: taken in, put where a gateway can fetch them (`preparing`), taken away again (`placements`).

mod placements;
mod preparing;

pub use placements::EndedPlacement;
pub(super) use placements::forget_places;
#[cfg(test)]
pub(super) use preparing::PREPARING_QUERIES;

use super::connections::Failure;
use super::{Store, StoreError, rows};
use crate::domain::hosting::{HostingPlace, Placement};
use crate::domain::incoming::StoredFile;
use crate::domain::{AccountId, MediaKind, OutgoingFile, OutgoingFileId, Timestamp};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{Error as SqlError, Row as _};
use uuid::Uuid;

/// The columns that [`file()`] and [`placement`] read, of a table called `f`.
macro_rules! file_columns {
    () => {
        "f.id, f.account, f.stored_name, f.name, f.bytes, f.mime, f.sha256, f.kind, f.width, f.height, f.created_at, \
         f.place, f.token, f.storage, f.upload, f.url, f.placed_at, f.checked_at, f.expires_at, f.tries"
    };
}
pub(super) use file_columns;

/// Whether a file called `f` is in no message and in no draft.
macro_rules! unused {
    () => {
        "NOT EXISTS (SELECT 1 FROM messages AS m WHERE m.file = f.id) \
         AND NOT EXISTS (SELECT 1 FROM drafts AS d, json_each(d.files) AS named \
                         WHERE d.account = f.account AND named.value = lower(hex(f.id)))"
    };
}

impl Store {
    /// Keeps a file that was taken in.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn take_in(&self, file: &OutgoingFile) -> Result<(), StoreError> {
        let file = file.clone();
        self.connections
            .write("keep the file", move |connection| {
                Box::pin(async move {
                    sqlx::query(
                        "INSERT INTO outgoing_files (id, account, stored_name, name, bytes, mime, sha256, kind, width, \
                         height, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                    )
                    .bind(file.id.0)
                    .bind(file.account.0)
                    .bind(file.file.stored_name)
                    .bind(file.file.name)
                    .bind(rows::stored_count(file.file.bytes))
                    .bind(file.file.mime)
                    .bind(file.file.sha256.as_slice())
                    .bind(file.kind.key())
                    .bind(file.pixels.map(|(width, _)| i64::from(width)))
                    .bind(file.pixels.map(|(_, height)| i64::from(height)))
                    .bind(file.created_at.0)
                    .execute(connection)
                    .await?;
                    Ok(())
                })
            })
            .await
    }

    /// One file that was taken in.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Database`].
    pub async fn outgoing_file(&self, id: OutgoingFileId) -> Result<OutgoingFile, StoreError> {
        self.connections
            .read("read the file", move |connection| {
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
                    Ok(file(&row)?)
                })
            })
            .await
    }

    /// Forgets a file that is in no message and in no draft. Answers the name under which it is stored, so that it can be
    /// deleted; `None` if it is needed or not there.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn discard(&self, id: OutgoingFileId) -> Result<Option<String>, StoreError> {
        self.connections
            .write("forget the file", move |connection| {
                Box::pin(async move {
                    let free: Option<i64> = sqlx::query_scalar(concat!(
                        "SELECT 1 FROM outgoing_files AS f WHERE f.id = $1 AND ",
                        unused!()
                    ))
                    .bind(id.0)
                    .fetch_optional(&mut *connection)
                    .await?;
                    if free.is_none() {
                        return Ok(None);
                    }
                    placements::end(connection, id, Timestamp(0)).await?;
                    let sql = "DELETE FROM outgoing_files WHERE id = $1 RETURNING stored_name";
                    Ok(sqlx::query_scalar(sql)
                        .bind(id.0)
                        .fetch_optional(connection)
                        .await?)
                })
            })
            .await
    }

    /// Files that were taken in before `before` and are in no message and in no draft, each with the name under which it
    /// is stored. [`Store::discard`] forgets them.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn unused_files(&self, before: Timestamp) -> Result<Vec<(OutgoingFileId, String)>, StoreError> {
        self.connections
            .read("look for files that are not used", move |connection| {
                Box::pin(async move {
                    let found: Vec<(Uuid, String)> = sqlx::query_as(concat!(
                        "SELECT f.id, f.stored_name FROM outgoing_files AS f WHERE f.created_at < $1 AND ",
                        unused!(),
                        " ORDER BY f.created_at"
                    ))
                    .bind(before.0)
                    .fetch_all(connection)
                    .await?;
                    Ok(found
                        .into_iter()
                        .map(|(id, stored_name)| (OutgoingFileId(id), stored_name))
                        .collect())
                })
            })
            .await
    }
}

/// Makes a file of the account due to be put in its place.
pub(super) async fn try_at_once(
    connection: &mut SqliteConnection,
    id: OutgoingFileId,
    account: AccountId,
) -> Result<(), Failure> {
    let done = sqlx::query("UPDATE outgoing_files SET next_try_at = NULL WHERE id = $1 AND account = $2")
        .bind(id.0)
        .bind(account.0)
        .execute(connection)
        .await?;
    if done.rows_affected() == 0 {
        return Err(StoreError::NotFound.into());
    }
    Ok(())
}

/// Reads a file.
pub(super) fn file(row: &SqliteRow) -> Result<OutgoingFile, SqlError> {
    let sha256: Vec<u8> = row.try_get("sha256")?;
    let pixel = |column| -> Result<Option<u32>, SqlError> {
        Ok(row.try_get::<Option<i64>, _>(column)?.map(rows::count))
    };
    Ok(OutgoingFile {
        id: OutgoingFileId(row.try_get("id")?),
        account: AccountId(row.try_get("account")?),
        file: StoredFile {
            stored_name: row.try_get("stored_name")?,
            name: row.try_get("name")?,
            bytes: u64::try_from(row.try_get::<i64, _>("bytes")?).unwrap_or(0),
            mime: row.try_get("mime")?,
            sha256: sha256
                .try_into()
                .map_err(|_| SqlError::Decode("a digest of another length".into()))?,
        },
        kind: rows::keyed(row, "kind", MediaKind::from_key)?,
        pixels: pixel("width")?.zip(pixel("height")?),
        created_at: Timestamp(row.try_get("created_at")?),
    })
}

/// Reads where a file is; `None` if nothing has been begun.
fn placement(row: &SqliteRow) -> Result<Option<Placement>, SqlError> {
    let place: Option<String> = row.try_get("place")?;
    if place.is_none() {
        return Ok(None);
    }
    Ok(Some(Placement {
        place: rows::keyed(row, "place", HostingPlace::from_key)?,
        token: row.try_get("token")?,
        storage: json(row, "storage")?,
        upload: json(row, "upload")?,
        url: row.try_get("url")?,
        placed_at: rows::time(row, "placed_at")?,
        checked_at: rows::time(row, "checked_at")?,
        expires_at: rows::time(row, "expires_at")?,
    }))
}

fn json<T: serde::de::DeserializeOwned>(row: &SqliteRow, column: &str) -> Result<Option<T>, SqlError> {
    let text: Option<String> = row.try_get(column)?;
    text.map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(|error| SqlError::Decode(error.into()))
}

/// A value as it is stored in JSON.
fn stored_json<T: serde::Serialize>(value: Option<&T>) -> Result<Option<String>, SqlError> {
    value
        .map(serde_json::to_string)
        .transpose()
        .map_err(|error| SqlError::Encode(error.into()))
}
