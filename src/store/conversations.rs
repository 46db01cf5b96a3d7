//! Conversations and their threads.

use super::connections::Failure;
use super::rows::{self, conversation_columns, message_columns};
use super::search::{self, Terms};
use super::{Store, StoreError};
use crate::domain::conversation::{ConversationFilter, ConversationRow, LastLine};
use crate::domain::message::{Message, MessageState};
use crate::domain::{Conversation, ConversationId, IncomingKind, MessageId, Timestamp};
use sqlx::sqlite::{Sqlite, SqliteRow};
use sqlx::{Error as SqlError, QueryBuilder, Row as _};

impl Store {
    /// A page of the conversation list, newest first: those whose last message is older than `before`.
    ///
    /// No two conversations have the same `last_at` (a broadcast's differ by a millisecond each), so the `last_at` of a
    /// page's last row is the `before` of the next page. Accounts that were removed are included when the filter names
    /// no account. A search finds conversations whose name and number hold every word, or which have a message such
    /// that every word is in it, in the name or in the number.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn conversations(
        &self,
        filter: &ConversationFilter,
        before: Option<Timestamp>,
        limit: u32,
    ) -> Result<Vec<ConversationRow>, StoreError> {
        let mut query = list_query(filter, before, limit);
        self.connections
            .read("read the conversations", move |connection| {
                Box::pin(async move {
                    let rows = query.build().fetch_all(connection).await?;
                    Ok(rows.iter().map(list_row).collect::<Result<_, _>>()?)
                })
            })
            .await
    }

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
                         AND ($2 IS NULL OR m.sequence < (SELECT sequence FROM messages WHERE id = $2)) \
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
                Box::pin(async move {
                    let done = sqlx::query("UPDATE conversations SET note = $2 WHERE id = $1")
                        .bind(id.0)
                        .bind(note)
                        .execute(connection)
                        .await?;
                    found(done.rows_affected())
                })
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
                Box::pin(async move {
                    let row = sqlx::query(concat!(
                        "SELECT ",
                        conversation_columns!(),
                        " FROM conversations AS c WHERE c.id = $1"
                    ))
                    .bind(id.0)
                    .fetch_optional(&mut *connection)
                    .await?
                    .ok_or(StoreError::NotFound)?;
                    let phone = rows::conversation(&row)?.phone;
                    sqlx::query("UPDATE conversations SET name = $2, search_text = $3 WHERE id = $1")
                        .bind(id.0)
                        .bind(name.as_deref())
                        .bind(search::conversation_text(&phone, name.as_deref()))
                        .execute(connection)
                        .await?;
                    Ok(())
                })
            })
            .await
    }
}

fn found(rows: u64) -> Result<(), Failure> {
    if rows == 0 {
        return Err(StoreError::NotFound.into());
    }
    Ok(())
}

fn list_query(filter: &ConversationFilter, before: Option<Timestamp>, limit: u32) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(concat!(
        "SELECT ",
        conversation_columns!(),
        ", c.last_text, c.last_attachment, c.last_state, c.last_kind, c.last_at, c.problems, c.unread, \
         d.body AS draft FROM conversations AS c LEFT JOIN drafts AS d ON d.conversation = c.id \
         WHERE c.last_at IS NOT NULL"
    ));
    if let Some(account) = filter.account {
        query.push(" AND c.account = ").push_bind(account.0);
    }
    if let Some(before) = before {
        query.push(" AND c.last_at < ").push_bind(before.0);
    }
    if filter.problems_only {
        query.push(" AND c.problems > 0");
    }
    if filter.unread_only {
        query.push(" AND c.unread > 0");
    }
    push_search(&mut query, &Terms::of(&filter.search));
    query
        .push(" ORDER BY c.last_at DESC LIMIT ")
        .push_bind(i64::from(limit));
    query
}

fn push_search(query: &mut QueryBuilder<Sqlite>, terms: &Terms) {
    if terms.is_empty() {
        return;
    }
    query.push(" AND (");
    for number in &terms.number {
        push_like(query, "c.search_text", number);
        query.push(" OR ");
    }
    query.push("(1");
    for forms in &terms.words {
        query.push(" AND (0");
        for form in forms {
            query.push(" OR ");
            push_like(query, "c.search_text", form);
        }
        query.push(")");
    }
    query.push(") OR EXISTS (SELECT 1 FROM messages AS m WHERE m.conversation = c.id");
    for forms in &terms.words {
        query.push(" AND (0");
        for form in forms {
            for column in ["m.search_text", "c.search_text"] {
                query.push(" OR ");
                push_like(query, column, form);
            }
        }
        query.push(")");
    }
    query.push("))");
}

fn push_like(query: &mut QueryBuilder<Sqlite>, column: &'static str, pattern: &str) {
    query
        .push(column)
        .push(" LIKE ")
        .push_bind(pattern.to_owned())
        .push(" ESCAPE '\\'");
}

fn list_row(row: &SqliteRow) -> Result<ConversationRow, SqlError> {
    let state: Option<String> = row.try_get("last_state")?;
    let kind: Option<String> = row.try_get("last_kind")?;
    let last = match kind.as_deref().and_then(IncomingKind::from_key) {
        Some(kind) => Some(LastLine::Incoming(kind)),
        None => state
            .as_deref()
            .and_then(MessageState::from_key)
            .map(LastLine::Outgoing),
    };
    let draft: Option<String> = row.try_get("draft")?;
    Ok(ConversationRow {
        conversation: rows::conversation(row)?,
        last_text: row.try_get("last_text")?,
        last_attachment: row.try_get("last_attachment")?,
        last,
        last_at: rows::time(row, "last_at")?,
        problems: rows::count(row.try_get("problems")?),
        unread: rows::count(row.try_get("unread")?),
        draft: draft.filter(|text| !text.trim().is_empty()),
    })
}
