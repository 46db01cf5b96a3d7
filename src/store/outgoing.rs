//! Files of the operator's, and where they are put so that a gateway can fetch them.

use super::rows;
use super::{Store, StoreError, connections::Failure};
use crate::domain::hosting::{HostedFile, HostingPlace, Placement};
use crate::domain::incoming::StoredFile;
use crate::domain::{AccountId, MediaKind, OutgoingFile, OutgoingFileId, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Error as SqlError, Row as _};

/// The columns that [`outgoing_file`] and [`placement`] read, of a table called `f`.
macro_rules! file_columns {
    () => {
        "f.id, f.account, f.stored_name, f.name, f.bytes, f.mime, f.sha256, f.kind, f.width, f.height, f.created_at, \
         f.place, f.token, f.storage, f.upload, f.url, f.placed_at, f.checked_at, f.expires_at, f.tries"
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
                    let row = row.ok_or(Failure::from(StoreError::NotFound))?;
                    Ok(outgoing_file(&row)?)
                })
            })
            .await
    }

    /// Every file that can be had from outside, or is being put there; newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn hosted_files(&self) -> Result<Vec<HostedFile>, StoreError> {
        self.connections
            .read("read the hosted files", |connection| {
                Box::pin(async move {
                    let found = sqlx::query(concat!(
                        "SELECT ",
                        file_columns!(),
                        ", (SELECT count(*) FROM messages AS m WHERE m.file = f.id AND m.put_aside_at IS NULL \
                         AND m.state NOT IN ('delivered', 'read', 'rejected', 'cancelled')) AS needed_by \
                         FROM outgoing_files AS f WHERE f.place IS NOT NULL ORDER BY f.created_at DESC"
                    ))
                    .fetch_all(connection)
                    .await?;
                    let mut files = Vec::with_capacity(found.len());
                    for row in &found {
                        if let Some(placement) = placement(row)? {
                            files.push(HostedFile {
                                file: outgoing_file(row)?,
                                placement,
                                needed_by: rows::count(row.try_get("needed_by")?),
                            });
                        }
                    }
                    Ok(files)
                })
            })
            .await
    }
}

/// Reads a file.
fn outgoing_file(row: &SqliteRow) -> Result<OutgoingFile, SqlError> {
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
