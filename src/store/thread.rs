//! A conversation's messages of both sides, with their files.

use super::rows::{self, message_columns};
use super::{Store, StoreError};
use crate::domain::incoming::{IncomingKind, IncomingMedia, IncomingMessage, Place, StoredFile, ThreadEntry};
use crate::domain::{AccountId, ConversationId, MessageId, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Error as SqlError, Row as _};
use uuid::Uuid;

/// Both sides of a message, its file and what it answers. A file is found when it is read: it may come before its message
/// or after it, and a newer one takes the place of an older.
macro_rules! entries {
    () => {
        concat!(
            "SELECT ",
            message_columns!(),
            ", m.direction, i.kind AS incoming_kind, i.sender_name, i.sent_at, i.latitude, i.longitude, i.live, \
             i.reference, i.mime AS told_mime, i.width, i.height, i.told_bytes, i.thumbnail, i.revoked_at, \
             i.content_url, i.content_name, \
             f.stored_name, f.name AS file_name, f.bytes AS file_bytes, f.mime AS file_mime, f.sha256, \
             CASE WHEN i.reply_to IS NOT NULL THEN coalesce( \
                 (SELECT r.message FROM incoming AS r WHERE r.account = i.account AND r.gateway_id = i.reply_to), \
                 (SELECT r.id FROM messages AS r WHERE r.client_id = i.reply_to AND r.account = i.account), \
                 (SELECT r.id FROM messages AS r WHERE r.account = i.account AND r.gateway_id = i.reply_to \
                  ORDER BY r.sequence DESC LIMIT 1)) END AS answers \
             FROM messages AS m LEFT JOIN incoming AS i ON i.message = m.id \
             LEFT JOIN files AS f ON f.sequence = (SELECT max(n.sequence) FROM files AS n \
                                                   WHERE n.account = i.account AND n.reference = i.reference) "
        )
    };
}

/// `$1` conversation, `$2` the message before which the page ends or nothing, `$3` at most.
const PAGE: &str = concat!(
    entries!(),
    "WHERE m.conversation = $1 AND m.sequence < CASE WHEN $2 IS NULL THEN 9223372036854775807 \
     ELSE (SELECT sequence FROM messages WHERE id = $2) END \
     ORDER BY m.sequence DESC LIMIT $3"
);

impl Store {
    /// A page of a conversation with both sides, oldest first: the `limit` newest entries older than `before`.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn thread(
        &self,
        conversation: ConversationId,
        before: Option<MessageId>,
        limit: u32,
    ) -> Result<Vec<ThreadEntry>, StoreError> {
        self.connections
            .read("read the thread", move |connection| {
                Box::pin(async move {
                    let found = sqlx::query(PAGE)
                        .bind(conversation.0)
                        .bind(before.map(|id| id.0))
                        .bind(i64::from(limit))
                        .fetch_all(connection)
                        .await?;
                    Ok(found.iter().rev().map(entry).collect::<Result<_, _>>()?)
                })
            })
            .await
    }

    /// One incoming message.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] (also for an outgoing one), [`StoreError::Database`].
    pub async fn incoming_message(&self, id: MessageId) -> Result<IncomingMessage, StoreError> {
        self.connections
            .read("read the message", move |connection| {
                Box::pin(async move {
                    let row = sqlx::query(concat!(entries!(), "WHERE m.id = $1 AND m.direction = 'in'"))
                        .bind(id.0)
                        .fetch_optional(connection)
                        .await?
                        .ok_or(StoreError::NotFound)?;
                    Ok(incoming(&row)?)
                })
            })
            .await
    }
}

fn entry(row: &SqliteRow) -> Result<ThreadEntry, SqlError> {
    match row.try_get::<&str, _>("direction")? {
        "out" => Ok(ThreadEntry::Outgoing(Box::new(rows::message(row)?))),
        _ => Ok(ThreadEntry::Incoming(Box::new(incoming(row)?))),
    }
}

fn incoming(row: &SqliteRow) -> Result<IncomingMessage, SqlError> {
    // A kind that a later version has stored is one that this one does not know.
    let kind: Option<String> = row.try_get("incoming_kind")?;
    let kind = kind
        .as_deref()
        .and_then(IncomingKind::from_key)
        .unwrap_or(IncomingKind::Unknown);
    let latitude: Option<f64> = row.try_get("latitude")?;
    let longitude: Option<f64> = row.try_get("longitude")?;
    let live = row.try_get::<Option<bool>, _>("live")?.unwrap_or(false);
    let answers: Option<Uuid> = row.try_get("answers")?;
    Ok(IncomingMessage {
        id: MessageId(row.try_get("id")?),
        account: AccountId(row.try_get("account")?),
        conversation: ConversationId(row.try_get("conversation")?),
        from: rows::phone(row)?,
        kind,
        text: row.try_get("body")?,
        sender_name: row.try_get("sender_name")?,
        sent_at: rows::time(row, "sent_at")?,
        received_at: Timestamp(row.try_get("created_at")?),
        place: latitude
            .zip(longitude)
            .and_then(|(north, east)| Place::new(north, east, live)),
        media: media(row, kind)?,
        reply_to: answers.map(MessageId),
        revoked_at: rows::time(row, "revoked_at")?,
    })
}

fn media(row: &SqliteRow, kind: IncomingKind) -> Result<Option<IncomingMedia>, SqlError> {
    let number = |column: &str| -> Result<Option<i64>, SqlError> { row.try_get(column) };
    let thumbnail: Option<Vec<u8>> = row.try_get("thumbnail")?;
    let reference: Option<&str> = row.try_get("reference")?;
    // A place has a picture of the map, and what is of an unknown kind may have a file.
    if !kind.has_file() && thumbnail.is_none() && reference.is_none() {
        return Ok(None);
    }
    Ok(Some(IncomingMedia {
        mime: row.try_get("told_mime")?,
        width: number("width")?.map(rows::count),
        height: number("height")?.map(rows::count),
        told_bytes: number("told_bytes")?.and_then(|bytes| u64::try_from(bytes).ok()),
        thumbnail: thumbnail.map(Into::into),
        file: file(row)?,
        content_url: row.try_get("content_url")?,
        content_name: row.try_get("content_name")?,
    }))
}

fn file(row: &SqliteRow) -> Result<Option<StoredFile>, SqlError> {
    let Some(stored_name) = row.try_get("stored_name")? else {
        return Ok(None);
    };
    let digest: Vec<u8> = row.try_get("sha256")?;
    Ok(Some(StoredFile {
        stored_name,
        name: row.try_get("file_name")?,
        bytes: u64::try_from(row.try_get::<i64, _>("file_bytes")?).unwrap_or(0),
        mime: row.try_get("file_mime")?,
        sha256: digest
            .try_into()
            .map_err(|_| SqlError::Decode("a digest of another length".into()))?,
    }))
}

#[cfg(test)]
pub(super) const THREAD_QUERY: &str = PAGE;
