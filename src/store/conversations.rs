//! Conversations and their threads.

use super::connections::Failure;
use super::rows::{self, conversation_columns, message_columns};
use super::{Store, StoreError, search};
use crate::domain::message::Message;
use crate::domain::{Conversation, ConversationId, MessageId};
use sqlx::sqlite::SqliteConnection;

impl Store {
    /// A page of a conversation, oldest first: the `limit` newest messages older than `before`.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn messages(
        &self,
        conversation: ConversationId,
        before: Option<MessageId>,
        limit: u32,
    ) -> Result<Vec<Message>, StoreError> {
        self.connections
            .read("read the thread", move |connection| {
                Box::pin(async move {
                    let rows = sqlx::query(concat!(
                        "SELECT ",
                        message_columns!(),
                        " FROM messages AS m WHERE m.conversation = $1 AND m.direction = 'out' \
                         AND m.sequence < CASE WHEN $2 IS NULL THEN 9223372036854775807 \
                         ELSE (SELECT sequence FROM messages WHERE id = $2) END \
                         ORDER BY m.sequence DESC LIMIT $3"
                    ))
                    .bind(conversation.0)
                    .bind(before.map(|id| id.0))
                    .bind(i64::from(limit))
                    .fetch_all(connection)
                    .await?;
                    let mut page = rows::messages(&rows)?;
                    page.reverse();
                    Ok(page)
                })
            })
            .await
    }

    /// One conversation.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Database`].
    pub async fn conversation(&self, id: ConversationId) -> Result<Conversation, StoreError> {
        self.connections
            .read("read the conversation", move |connection| {
                Box::pin(async move {
                    let row = sqlx::query(concat!(
                        "SELECT ",
                        conversation_columns!(),
                        " FROM conversations AS c WHERE c.id = $1"
                    ))
                    .bind(id.0)
                    .fetch_optional(connection)
                    .await?
                    .ok_or(StoreError::NotFound)?;
                    Ok(rows::conversation(&row)?)
                })
            })
            .await
    }

    /// Keeps the operator's note about a person; blank takes it away.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Database`].
    pub async fn note_conversation(&self, id: ConversationId, note: &str) -> Result<(), StoreError> {
        let note = note.trim().to_owned();
        self.connections
            .write("keep the note", move |connection| {
                Box::pin(async move { known_by(connection, id, |person| person.note = note).await })
            })
            .await
    }

    /// Marks a person as not to be written to, or takes the mark away.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Database`].
    pub async fn mark_do_not_write(&self, id: ConversationId, marked: bool) -> Result<(), StoreError> {
        self.connections
            .write("keep the mark", move |connection| {
                Box::pin(async move {
                    let done = sqlx::query("UPDATE conversations SET do_not_write = $2 WHERE id = $1")
                        .bind(id.0)
                        .bind(marked)
                        .execute(connection)
                        .await?;
                    found(done.rows_affected())
                })
            })
            .await
    }

    /// Names a conversation; blank takes the name away.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Database`].
    pub async fn rename_conversation(&self, id: ConversationId, name: &str) -> Result<(), StoreError> {
        let name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
        self.connections
            .write("name the conversation", move |connection| {
                Box::pin(async move { known_by(connection, id, |person| person.name = name).await })
            })
            .await
    }
}

/// Changes by what a person is known (name, told name, note), and with it what the conversation is found by.
pub(super) async fn known_by(
    connection: &mut SqliteConnection,
    id: ConversationId,
    change: impl FnOnce(&mut Conversation),
) -> Result<(), Failure> {
    let row = sqlx::query(concat!(
        "SELECT ",
        conversation_columns!(),
        " FROM conversations AS c WHERE c.id = $1"
    ))
    .bind(id.0)
    .fetch_optional(&mut *connection)
    .await?
    .ok_or(StoreError::NotFound)?;
    let mut person = rows::conversation(&row)?;
    change(&mut person);
    let found_by = search::conversation_text(
        &person.phone,
        &[
            person.name.as_deref(),
            person.told_name.as_deref(),
            Some(&person.note),
        ],
    );
    sqlx::query(
        "UPDATE conversations SET name = $2, told_name = $3, note = $4, search_text = $5 WHERE id = $1",
    )
    .bind(id.0)
    .bind(person.name)
    .bind(person.told_name)
    .bind(person.note)
    .bind(found_by)
    .execute(connection)
    .await?;
    Ok(())
}

fn found(rows: u64) -> Result<(), Failure> {
    if rows == 0 {
        return Err(StoreError::NotFound.into());
    }
    Ok(())
}
