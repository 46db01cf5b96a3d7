//! Jumping to what was found: the messages of one conversation that hold some words, and the page around one of them.

use super::connections::Failure;
use super::finding;
use super::search::{self, Terms};
use super::{Store, StoreError};
use crate::domain::{ConversationId, MessageId};
use sqlx::QueryBuilder;
use sqlx::sqlite::{Sqlite, SqliteConnection};
use uuid::Uuid;

impl Store {
    /// Most messages that [`Store::find_in_conversation`] answers at once.
    pub const FINDINGS_MAX: u32 = 200;

    /// The messages of a conversation that hold each word of `text` (parts of words count, case and accents do not),
    /// newest first, older than `before`: at most [`Store::FINDINGS_MAX`]; fewer mean that there are no others. For words
    /// of one or two characters, only the newest 10,000 messages (that hold the longer ones) are looked at.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn find_in_conversation(
        &self,
        conversation: ConversationId,
        text: &str,
        before: Option<MessageId>,
    ) -> Result<Vec<MessageId>, StoreError> {
        let terms = Terms::of(text);
        self.connections
            .read("search the conversation", move |connection| {
                Box::pin(async move {
                    let before = match before {
                        Some(id) => sequence_of(connection, conversation, id).await?,
                        None => i64::MAX,
                    };
                    let first: Option<i64> =
                        sqlx::query_scalar("SELECT min(sequence) FROM messages WHERE conversation = $1")
                            .bind(conversation.0)
                            .fetch_one(&mut *connection)
                            .await?;
                    let Some(first) = first.filter(|_| !terms.is_empty()) else {
                        return Ok(Vec::new());
                    };
                    let ids: Vec<Uuid> = findings(&terms, conversation, first, before)
                        .build_query_scalar()
                        .fetch_all(connection)
                        .await?;
                    Ok(ids.into_iter().map(MessageId).collect())
                })
            })
            .await
    }

    /// The message before which a page of the thread ends `later` messages after `message`: with it as `before`, a page
    /// of more than `later` messages holds `message` (in its middle, if it is twice as long). `None`: the thread ends
    /// there, so that is the newest page. With the last message of a page and the length of the next one it also goes
    /// forward.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the message is not in that conversation, [`StoreError::Database`].
    pub async fn page_ending(
        &self,
        conversation: ConversationId,
        message: MessageId,
        later: u32,
    ) -> Result<Option<MessageId>, StoreError> {
        self.connections
            .read("look for the place in the thread", move |connection| {
                Box::pin(async move {
                    let sequence = sequence_of(connection, conversation, message).await?;
                    let id: Option<Uuid> = sqlx::query_scalar(
                        "SELECT id FROM messages WHERE conversation = $1 AND sequence > $2 \
                         ORDER BY sequence LIMIT 1 OFFSET $3",
                    )
                    .bind(conversation.0)
                    .bind(sequence)
                    .bind(i64::from(later))
                    .fetch_optional(connection)
                    .await?;
                    Ok(id.map(MessageId))
                })
            })
            .await
    }
}

async fn sequence_of(
    connection: &mut SqliteConnection,
    conversation: ConversationId,
    message: MessageId,
) -> Result<i64, Failure> {
    let sequence: Option<i64> =
        sqlx::query_scalar("SELECT sequence FROM messages WHERE id = $1 AND conversation = $2")
            .bind(message.0)
            .bind(conversation.0)
            .fetch_optional(connection)
            .await?;
    Ok(sequence.ok_or(StoreError::NotFound)?)
}

/// `first` is the number of the conversation's first message, `before` that of the one the findings are older than.
pub(super) fn findings(
    terms: &Terms,
    conversation: ConversationId,
    first: i64,
    before: i64,
) -> QueryBuilder<Sqlite> {
    let words = terms.chosen(terms.all());
    let short = !words.iter().all(|forms| search::is_indexed(forms));
    let bound = if short {
        finding::NEWEST_FOR_SHORT_WORDS
    } else {
        i64::MAX
    };
    let mut query = QueryBuilder::new("SELECT m.id FROM (");
    match search::index_query(&words) {
        Some(mut asked) => {
            asked.push_str(" AND ");
            search::push_conversation(&mut asked, first);
            query
                .push("SELECT rowid AS sequence FROM messages_search WHERE messages_search MATCH ")
                .push_bind(asked)
                .push(" AND rowid < ")
                .push_bind(before)
                .push(" ORDER BY rowid DESC LIMIT ");
        }
        None => {
            query
                .push("SELECT sequence FROM messages WHERE conversation = ")
                .push_bind(conversation.0)
                .push(" AND sequence < ")
                .push_bind(before)
                .push(" ORDER BY sequence DESC LIMIT ");
        }
    }
    query
        .push_bind(bound)
        .push(") AS named CROSS JOIN messages AS m ON m.sequence = named.sequence WHERE m.conversation = ")
        .push_bind(conversation.0);
    finding::push_words(&mut query, &words);
    // In the order in which the inner query names them; sorting would have to see all of them first.
    query.push(" LIMIT ").push_bind(i64::from(Store::FINDINGS_MAX));
    query
}
