//! The conversation list.

use super::connections::Failure;
use super::finding::{self, Found};
use super::rows::{self, conversation_columns};
use super::search::Terms;
use super::{Store, StoreError, snippet};
use crate::domain::conversation::{ConversationFilter, ConversationRow, LastLine, SearchHit};
use crate::domain::message::MessageState;
use crate::domain::{IncomingKind, MessageId, Timestamp};
use sqlx::sqlite::{Sqlite, SqliteConnection, SqliteRow};
use sqlx::{Error as SqlError, QueryBuilder, Row as _};
use std::collections::HashMap;
use uuid::Uuid;

impl Store {
    /// A page of the conversation list, newest first: those whose last message is older than `before`.
    ///
    /// No two conversations have the same `last_at` (a broadcast's differ by a millisecond each), so the `last_at` of a
    /// page's last row is the `before` of the next page. Accounts that were removed are included when the filter names
    /// no account.
    ///
    /// A search finds conversations of which each word is in one and the same message, or in the names, the number or
    /// the note; parts of words count, case and accents do not. Its rows tell the newest such message, of any age. Words
    /// of one or two characters are looked for in names, numbers, notes, and in the newest 10,000 messages (beside
    /// longer words: in the newest 10,000 messages that may hold those). Of more than three words, not every way of
    /// lying partly in names and partly in messages is tried.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn conversations(
        &self,
        filter: &ConversationFilter,
        before: Option<Timestamp>,
        limit: u32,
    ) -> Result<Vec<ConversationRow>, StoreError> {
        let terms = Terms::of(&filter.search);
        let filter = filter.clone();
        self.connections
            .read("read the conversations", move |connection| {
                Box::pin(async move {
                    if terms.is_empty() {
                        let rows = list_query(&filter, before, limit)
                            .build()
                            .fetch_all(connection)
                            .await?;
                        return Ok(rows.iter().map(list_row).collect::<Result<_, _>>()?);
                    }
                    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
                    let found = finding::page(connection, &filter, &terms, before, limit).await?;
                    found_rows(connection, &terms, &found).await
                })
            })
            .await
    }
}

fn rows_query() -> QueryBuilder<Sqlite> {
    QueryBuilder::new(concat!(
        "SELECT ",
        conversation_columns!(),
        ", c.last_text, c.last_attachment, c.last_state, c.last_kind, c.last_at, c.problems, c.unread, \
         coalesce(json_extract(d.template, '$.shown'), d.body) AS draft FROM conversations AS c LEFT JOIN drafts AS d ON d.conversation = c.id"
    ))
}

pub(super) fn list_query(
    filter: &ConversationFilter,
    before: Option<Timestamp>,
    limit: u32,
) -> QueryBuilder<Sqlite> {
    let mut query = rows_query();
    finding::push_filter(&mut query, filter, before);
    query
        .push(" ORDER BY c.last_at DESC LIMIT ")
        .push_bind(i64::from(limit));
    query
}

/// The rows of what was found, in its order.
async fn found_rows(
    connection: &mut SqliteConnection,
    terms: &Terms,
    found: &[Found],
) -> Result<Vec<ConversationRow>, Failure> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = rows_query();
    query.push(" WHERE c.last_at IS NOT NULL AND c.id IN (");
    let mut list = query.separated(", ");
    for one in found {
        list.push_bind(one.conversation);
    }
    query.push(") ORDER BY c.last_at DESC");
    let rows = query.build().fetch_all(&mut *connection).await?;
    let mut hits = hits(connection, terms, found).await?;
    let mut list = Vec::with_capacity(rows.len());
    for row in &rows {
        let row = list_row(row)?;
        let hit = hits.remove(&row.conversation.id.0);
        list.push(ConversationRow { hit, ..row });
    }
    Ok(list)
}

/// The messages by which conversations were found, with what is to be shown of them.
async fn hits(
    connection: &mut SqliteConnection,
    terms: &Terms,
    found: &[Found],
) -> Result<HashMap<Uuid, SearchHit>, Failure> {
    let words: HashMap<i64, i64> = found.iter().filter_map(|one| one.hit).collect();
    if words.is_empty() {
        return Ok(HashMap::new());
    }
    let mut query = QueryBuilder::new(
        "SELECT m.sequence, m.conversation, m.id, m.body, m.attachment_name, m.search_text FROM messages AS m \
         WHERE m.sequence IN (",
    );
    let mut list = query.separated(", ");
    for sequence in words.keys() {
        list.push_bind(*sequence);
    }
    query.push(")");
    let rows = query.build().fetch_all(connection).await?;
    let mut hits = HashMap::with_capacity(rows.len());
    for row in &rows {
        let chosen = words.get(&row.try_get("sequence")?).copied().unwrap_or(0);
        let words = terms.chosen(chosen);
        let body: String = row.try_get("body")?;
        let name: Option<String> = row.try_get("attachment_name")?;
        let folded: String = row.try_get("search_text")?;
        // What comes from elsewhere (the name of a file that came later) is known as it was folded.
        let snippet = snippet::around(&body, &words)
            .or_else(|| snippet::around(&name.unwrap_or_default(), &words))
            .or_else(|| snippet::around(&folded, &words))
            .unwrap_or_default();
        let hit = SearchHit {
            message: MessageId(row.try_get("id")?),
            marks: snippet::marks(&snippet, &words),
            snippet,
        };
        hits.insert(row.try_get("conversation")?, hit);
    }
    Ok(hits)
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
        hit: None,
    })
}
