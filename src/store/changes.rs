//! The one place where an outgoing message changes: its row, its history and its conversation's line, in one transaction.

use super::connections::Failure;
use super::rows::{self, message_columns};
use super::{StoreError, polls, search};
use crate::domain::message::{Message, MessageState, Reason, ReasonKind};
use crate::domain::{AccountId, ConversationId, MessageId, Timestamp, text};
use sqlx::Error as SqlError;
use sqlx::sqlite::SqliteConnection;
use uuid::Uuid;

/// Longest start of a text that the conversation list keeps, in visible characters.
pub(super) const ROW_TEXT_MAX: usize = 160;

/// How far ahead of the clock the newest line of the list may stand without being taken for a clock that was set back,
/// in milliseconds.
pub(super) const LIST_SLACK_MS: i64 = 60_000;

/// What of a conversation's line follows from the states of its messages.
macro_rules! conversation_line {
    () => {
        "last_state = (SELECT m.state FROM messages AS m WHERE m.id = conversations.last_message \
                       AND m.direction = 'out'), \
         problems = (SELECT count(*) FROM messages AS m WHERE m.conversation = conversations.id \
                     AND m.state IN ('rejected', 'unknown') AND m.put_aside_at IS NULL)"
    };
}

/// Reads a message that is about to be changed.
pub(super) async fn find(connection: &mut SqliteConnection, id: MessageId) -> Result<Message, Failure> {
    let row = sqlx::query(concat!(
        "SELECT ",
        message_columns!(),
        " FROM messages AS m WHERE m.id = $1 AND m.direction = 'out'"
    ))
    .bind(id.0)
    .fetch_optional(connection)
    .await?
    .ok_or(StoreError::NotFound)?;
    Ok(rows::message(&row)?)
}

/// Whether the account is there and not removed.
pub(super) async fn account_is_active(
    connection: &mut SqliteConnection,
    account: AccountId,
) -> Result<bool, Failure> {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT position FROM accounts WHERE id = $1 AND removed_at IS NULL")
            .bind(account.0)
            .fetch_optional(connection)
            .await?;
    Ok(found.is_some())
}

/// Stores a new message with its first history line, as the last one of its conversation.
pub(super) async fn insert(connection: &mut SqliteConnection, message: &Message) -> Result<(), Failure> {
    let attachment = message.attachment.as_ref();
    let name = attachment.map(|attachment| attachment.name.as_str());
    let template = message.template.as_ref().map(serde_json::to_string).transpose();
    let template = template.map_err(|error| SqlError::Encode(error.into()))?;
    sqlx::query(
        "INSERT INTO messages (id, account, conversation, phone, body, attachment_url, attachment_name, \
         attachment_kind, client_id, state, reason_kind, reason_words, attempts, next_attempt_at, not_before, \
         created_at, updated_at, search_text, file, reason_detail, template) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
    )
    .bind(message.id.0)
    .bind(message.account.0)
    .bind(message.conversation.0)
    .bind(message.to.digits())
    .bind(&message.text)
    .bind(attachment.map(|attachment| &attachment.url))
    .bind(name)
    .bind(attachment.map(|attachment| attachment.kind.key()))
    .bind(message.client_id.as_str())
    .bind(message.state.key())
    .bind(message.reason.as_ref().map(|reason| reason.kind.key()))
    .bind(message.reason.as_ref().and_then(|reason| reason.words.as_deref()))
    .bind(i64::from(message.attempts))
    .bind(message.next_attempt_at.map(|time| time.0))
    .bind(message.not_before.map(|time| time.0))
    .bind(message.created_at.0)
    .bind(message.updated_at.0)
    .bind(search::folded(&format!(
        "{} {}",
        message.text,
        name.unwrap_or_default()
    )))
    .bind(attachment.and_then(|attachment| attachment.file).map(|file| file.0))
    .bind(detail_of(message.reason.as_ref()))
    .bind(template)
    .execute(&mut *connection)
    .await?;
    add_step(
        connection,
        message,
        message.reason.as_ref(),
        None,
        message.created_at,
    )
    .await?;
    sqlx::query(
        "UPDATE conversations SET last_message = $2, last_text = $3, last_attachment = $4, last_state = $5, \
         last_kind = NULL, \
         last_at = (SELECT coalesce(max(last_at) + 1, $6) FROM conversations WHERE last_at >= $6 AND last_at < $7) \
         WHERE id = $1",
    )
    .bind(message.conversation.0)
    .bind(message.id.0)
    .bind(text::one_line(&message.text, ROW_TEXT_MAX))
    .bind(name)
    .bind(message.state.key())
    .bind(message.created_at.0)
    .bind(message.created_at.0.saturating_add(LIST_SLACK_MS))
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes `new` over `old`, which was read in the same transaction, with its history line (whose reason is that of
/// `new`). A change of state makes a problem of it again that the operator had put aside. Of what goes over the wire, only
/// the address of a file may be another one, while the message is being prepared.
pub(super) async fn record(
    connection: &mut SqliteConnection,
    old: &Message,
    new: &Message,
    raw: Option<&str>,
    at: Timestamp,
) -> Result<(), Failure> {
    let is_answer = old.state == MessageState::InFlight;
    let is_told = new
        .reason
        .as_ref()
        .is_none_or(|reason| reason.kind != ReasonKind::ConfirmedByOperator);
    let updated = sqlx::query(
        "UPDATE messages SET state = $3, reason_kind = $4, reason_words = $5, attempts = $6, next_attempt_at = $7, \
         first_unclear_at = $8, not_before = $9, gateway_id = $10, updated_at = $11, attachment_url = $12, \
         put_aside_at = CASE WHEN state = $3 THEN put_aside_at END, reason_detail = $13, \
         accepted_at = coalesce(accepted_at, $14), delivered_at = coalesce(delivered_at, $15) \
         WHERE id = $1 AND state = $2",
    )
    .bind(old.id.0)
    .bind(old.state.key())
    .bind(new.state.key())
    .bind(new.reason.as_ref().map(|reason| reason.kind.key()))
    .bind(new.reason.as_ref().and_then(|reason| reason.words.as_deref()))
    .bind(i64::from(new.attempts))
    .bind(new.next_attempt_at.map(|time| time.0))
    .bind(new.first_unclear_at.map(|time| time.0))
    .bind(new.not_before.map(|time| time.0))
    .bind(new.gateway_id.as_deref())
    .bind(new.updated_at.0)
    .bind(new.attachment.as_ref().map(|attachment| attachment.url.as_str()))
    .bind(detail_of(new.reason.as_ref()))
    .bind((is_answer && new.state == MessageState::Accepted).then_some(at.0))
    .bind((is_told && new.state == MessageState::Delivered).then_some(at.0))
    .execute(&mut *connection)
    .await?;
    if updated.rows_affected() != 1 {
        return Err(StoreError::WrongState(old.state).into());
    }
    add_step(connection, new, new.reason.as_ref(), raw, at).await?;
    if matches!(
        new.state,
        MessageState::Read | MessageState::Rejected | MessageState::Cancelled
    ) {
        polls::end(connection, new.id).await?;
    }
    refresh_conversation(connection, new.conversation).await
}

/// Writes only the words of the reason anew, with what says it more exactly: its class and the state stay, and the history
/// gets no line.
pub(super) async fn reword(connection: &mut SqliteConnection, message: &Message) -> Result<(), Failure> {
    sqlx::query("UPDATE messages SET reason_words = $2, reason_detail = $3 WHERE id = $1")
        .bind(message.id.0)
        .bind(message.reason.as_ref().and_then(|reason| reason.words.as_deref()))
        .bind(detail_of(message.reason.as_ref()))
        .execute(connection)
        .await?;
    Ok(())
}

/// Adds a line to the history of a message whose state stays.
pub(super) async fn add_step(
    connection: &mut SqliteConnection,
    message: &Message,
    reason: Option<&Reason>,
    raw: Option<&str>,
    at: Timestamp,
) -> Result<(), Failure> {
    sqlx::query(
        "INSERT INTO message_steps (message, at, state, attempt, reason_kind, reason_words, raw, reason_detail) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(message.id.0)
    .bind(at.0)
    .bind(message.state.key())
    .bind(i64::from(message.attempts))
    .bind(reason.map(|reason| reason.kind.key()))
    .bind(reason.and_then(|reason| reason.words.as_deref()))
    .bind(raw)
    .bind(detail_of(reason))
    .execute(connection)
    .await?;
    Ok(())
}

fn detail_of(reason: Option<&Reason>) -> Option<&str> {
    reason?.detail.as_deref()
}

/// Takes a message off the list of problems.
pub(super) async fn settle(
    connection: &mut SqliteConnection,
    message: &Message,
    at: Timestamp,
) -> Result<(), Failure> {
    sqlx::query("UPDATE messages SET put_aside_at = $2 WHERE id = $1")
        .bind(message.id.0)
        .bind(at.0)
        .execute(&mut *connection)
        .await?;
    refresh_conversation(connection, message.conversation).await
}

/// Brings the line of a conversation up to date with its messages.
async fn refresh_conversation(connection: &mut SqliteConnection, id: ConversationId) -> Result<(), Failure> {
    sqlx::query(concat!(
        "UPDATE conversations SET ",
        conversation_line!(),
        " WHERE id = $1"
    ))
    .bind(id.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// A change of many messages of an account at once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sweep<'r> {
    /// Whose.
    pub(super) account: AccountId,
    /// From which state.
    pub(super) from: MessageState,
    /// Only those with (or without) an unclear attempt behind them.
    pub(super) unclear: Option<bool>,
    /// Into which state; not [`MessageState::Queued`] nor [`MessageState::Preparing`].
    pub(super) to: MessageState,
    /// Why; `None` leaves the reason that is there.
    pub(super) reason: Option<&'r Reason>,
}

/// Which messages a [`Sweep`] is about: `$1` account, `$2` from which state, `$3` unclear or not, or nothing.
macro_rules! swept {
    () => {
        " FROM messages WHERE account = $1 AND state = $2 AND direction = 'out' \
         AND ($3 IS NULL OR (first_unclear_at IS NOT NULL) = $3) \
         AND (state <> 'accepted' OR left_queue_at IS NULL) "
    };
}

/// `$4` when, `$5` into which state, `$6`, `$7` and `$8` class, words and detail of the reason; the steps before the messages, from
/// which they are made.
const SWEEP: [&str; 2] = [
    concat!(
        "INSERT INTO message_steps (message, at, state, attempt, reason_kind, reason_words, reason_detail) \
         SELECT id, $4, $5, attempts, coalesce($6, reason_kind), CASE WHEN $6 IS NULL THEN reason_words ELSE $7 END, \
         CASE WHEN $6 IS NULL THEN reason_detail ELSE $8 END",
        swept!(),
        "ORDER BY sequence"
    ),
    concat!(
        "UPDATE messages SET state = $5, next_attempt_at = NULL, put_aside_at = NULL, updated_at = $4, \
         reason_kind = coalesce($6, reason_kind), \
         reason_words = CASE WHEN $6 IS NULL THEN reason_words ELSE $7 END, \
         reason_detail = CASE WHEN $6 IS NULL THEN reason_detail ELSE $8 END \
         WHERE sequence IN (SELECT sequence",
        swept!(),
        ")"
    ),
];

/// Does for many messages what [`record`] does for one. Answers their ids in the order of sending.
pub(super) async fn sweep(
    connection: &mut SqliteConnection,
    change: Sweep<'_>,
    at: Timestamp,
) -> Result<Vec<MessageId>, Failure> {
    let ids: Vec<Uuid> = sqlx::query_scalar(concat!("SELECT id", swept!(), "ORDER BY sequence"))
        .bind(change.account.0)
        .bind(change.from.key())
        .bind(change.unclear)
        .fetch_all(&mut *connection)
        .await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    for sql in SWEEP {
        sqlx::query(sql)
            .bind(change.account.0)
            .bind(change.from.key())
            .bind(change.unclear)
            .bind(at.0)
            .bind(change.to.key())
            .bind(change.reason.map(|reason| reason.kind.key()))
            .bind(change.reason.and_then(|reason| reason.words.as_deref()))
            .bind(detail_of(change.reason))
            .execute(&mut *connection)
            .await?;
    }
    sqlx::query(concat!(
        "UPDATE conversations SET ",
        conversation_line!(),
        " WHERE account = $1"
    ))
    .bind(change.account.0)
    .execute(connection)
    .await?;
    Ok(ids.into_iter().map(MessageId).collect())
}
