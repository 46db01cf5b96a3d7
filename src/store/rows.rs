//! Rows of the database as the domain's types, and back.

use crate::domain::message::{Message, MessageState, MessageStep, Reason, ReasonKind};
use crate::domain::{
    AccountId, Attachment, ClientMessageId, Conversation, ConversationId, MediaKind, MessageId,
    OutgoingFileId, PhoneNumber, TemplateMessage, Timestamp,
};
use serde::Deserialize as _;
use serde::de::IntoDeserializer as _;
use sqlx::sqlite::SqliteRow;
use sqlx::{Error as SqlError, Row as _};

/// The columns that [`message`] reads, of a table called `m`.
macro_rules! message_columns {
    () => {
        "m.id, m.account, m.conversation, m.phone, m.body, m.attachment_url, m.attachment_name, m.attachment_kind, m.file, \
         m.client_id, m.gateway_id, m.state, m.reason_kind, m.reason_words, m.attempts, m.next_attempt_at, \
         m.first_unclear_at, m.not_before, m.created_at, m.updated_at, m.reason_detail, m.template"
    };
}
pub(super) use message_columns;

/// Reads a message.
pub(super) fn message(row: &SqliteRow) -> Result<Message, SqlError> {
    let url: Option<String> = row.try_get("attachment_url")?;
    let attachment = match url {
        None => None,
        Some(url) => Some(Attachment {
            url,
            name: row.try_get("attachment_name")?,
            kind: keyed(row, "attachment_kind", MediaKind::from_key)?,
            file: row.try_get::<Option<uuid::Uuid>, _>("file")?.map(OutgoingFileId),
        }),
    };
    let template: Option<String> = row.try_get("template")?;
    let template = template
        .map(|json| serde_json::from_str::<TemplateMessage>(&json))
        .transpose()
        .map_err(|error| SqlError::Decode(error.into()))?;
    Ok(Message {
        template,
        id: MessageId(row.try_get("id")?),
        account: AccountId(row.try_get("account")?),
        conversation: ConversationId(row.try_get("conversation")?),
        to: phone(row)?,
        text: row.try_get("body")?,
        attachment,
        client_id: ClientMessageId::from_stored(row.try_get("client_id")?),
        gateway_id: row.try_get("gateway_id")?,
        state: keyed(row, "state", MessageState::from_key)?,
        reason: reason(row)?,
        attempts: count(row.try_get("attempts")?),
        next_attempt_at: time(row, "next_attempt_at")?,
        first_unclear_at: time(row, "first_unclear_at")?,
        not_before: time(row, "not_before")?,
        created_at: Timestamp(row.try_get("created_at")?),
        updated_at: Timestamp(row.try_get("updated_at")?),
    })
}

/// Reads every row as a message.
pub(super) fn messages(rows: &[SqliteRow]) -> Result<Vec<Message>, SqlError> {
    rows.iter().map(message).collect()
}

/// Reads a line of history.
pub(super) fn step(row: &SqliteRow) -> Result<MessageStep, SqlError> {
    Ok(MessageStep {
        at: Timestamp(row.try_get("at")?),
        state: keyed(row, "state", MessageState::from_key)?,
        attempt: count(row.try_get("attempt")?),
        reason: reason(row)?,
        raw: row.try_get("raw")?,
    })
}

/// The columns that [`conversation`] reads, of a table called `c`.
macro_rules! conversation_columns {
    () => {
        "c.id, c.account, c.phone, c.name, c.told_name, c.note, c.do_not_write, c.last_wrote_at"
    };
}
pub(super) use conversation_columns;

/// Reads a conversation.
pub(super) fn conversation(row: &SqliteRow) -> Result<Conversation, SqlError> {
    Ok(Conversation {
        last_wrote_at: time(row, "last_wrote_at")?,
        id: ConversationId(row.try_get("id")?),
        account: AccountId(row.try_get("account")?),
        phone: phone(row)?,
        name: row.try_get("name")?,
        told_name: row.try_get("told_name")?,
        note: row.try_get("note")?,
        do_not_write: row.try_get("do_not_write")?,
    })
}

/// Reads a nullable time.
pub(super) fn time(row: &SqliteRow, column: &str) -> Result<Option<Timestamp>, SqlError> {
    Ok(row.try_get::<Option<i64>, _>(column)?.map(Timestamp))
}

/// Reads a word that stands for a value of the domain.
pub(super) fn keyed<T>(
    row: &SqliteRow,
    column: &str,
    from_key: impl Fn(&str) -> Option<T>,
) -> Result<T, SqlError> {
    let key: String = row.try_get(column)?;
    from_key(&key).ok_or_else(|| SqlError::Decode(format!("unknown {column} {key:?}").into()))
}

/// A count as the domain has it; what cannot be is brought into range.
pub(super) fn count(value: i64) -> u32 {
    u32::try_from(value.max(0)).unwrap_or(u32::MAX)
}

/// A large count as it is stored.
pub(super) fn stored_count(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn reason(row: &SqliteRow) -> Result<Option<Reason>, SqlError> {
    // A class this program does not know leaves the state readable all the same.
    let kind: Option<String> = row.try_get("reason_kind")?;
    let words = row.try_get("reason_words")?;
    let detail = row.try_get("reason_detail")?;
    Ok(kind
        .and_then(|key| ReasonKind::from_key(&key))
        .map(|kind| Reason { kind, words, detail }))
}

/// A stored number is taken as it is: it was checked when it came in, and numbering plans change.
pub(super) fn phone(row: &SqliteRow) -> Result<PhoneNumber, SqlError> {
    let digits: String = row.try_get("phone")?;
    let source: serde::de::value::StringDeserializer<serde::de::value::Error> = digits.into_deserializer();
    PhoneNumber::deserialize(source).map_err(|error| SqlError::Decode(error.into()))
}
