//! Incoming messages: stored once each, however often and in whatever order they come.

use super::changes::{LIST_SLACK_MS, ROW_TEXT_MAX};
use super::connections::Failure;
use super::receive::{Intake, Received};
use super::{files, rows, search};
use crate::domain::incoming::{InboundMessage, IncomingKind};
use crate::domain::{AccountId, ConversationId, MessageId, PhoneNumber, text};
use sqlx::Row as _;
use sqlx::sqlite::SqliteConnection;
use uuid::Uuid;

/// How many of a conversation's newest messages are asked whether the paired phone's address book knows the person.
const ADDRESS_BOOK_LOOK_BACK: i64 = 200;

/// A message that is here already.
struct Known {
    id: MessageId,
    conversation: ConversationId,
    kind: IncomingKind,
    revoked: bool,
}

/// Takes a message in.
pub(super) async fn take(
    connection: &mut SqliteConnection,
    intake: &Intake,
    mut message: InboundMessage,
    received: &mut Received,
) -> Result<(), Failure> {
    message.reference = message.reference.as_deref().map(files::reference_key);
    let known = find(connection, intake.account, &message.gateway_id).await?;
    match known {
        None => {
            let new = add(connection, intake, &message).await?;
            received.new_messages.push(new);
        }
        Some(known) if message.kind == IncomingKind::Revoked => {
            sqlx::query(
                "UPDATE incoming SET revoked_at = min(coalesce(revoked_at, $2), $2) \
                 WHERE message = $1 AND (revoked_at IS NULL OR revoked_at > $2)",
            )
            .bind(known.id.0)
            .bind(intake.at.0)
            .execute(connection)
            .await?;
            if !known.revoked {
                received.changed.push((known.id, known.conversation));
            }
        }
        Some(known) if known.kind == IncomingKind::Revoked => {
            fill_in(connection, intake, &message, &known).await?;
            received.changed.push((known.id, known.conversation));
        }
        // The same once more.
        Some(_) => {}
    }
    Ok(())
}

async fn find(
    connection: &mut SqliteConnection,
    account: AccountId,
    gateway_id: &str,
) -> Result<Option<Known>, Failure> {
    let row = sqlx::query(
        "SELECT i.message, i.kind, i.revoked_at IS NOT NULL AS revoked, m.conversation \
         FROM incoming AS i JOIN messages AS m ON m.id = i.message WHERE i.account = $1 AND i.gateway_id = $2",
    )
    .bind(account.0)
    .bind(gateway_id)
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Known {
        id: MessageId(row.try_get("message")?),
        conversation: ConversationId(row.try_get("conversation")?),
        kind: rows::keyed(&row, "kind", IncomingKind::from_key)?,
        revoked: row.try_get("revoked")?,
    }))
}

/// Stores a message that is new, as the last one of its conversation.
async fn add(
    connection: &mut SqliteConnection,
    intake: &Intake,
    message: &InboundMessage,
) -> Result<(MessageId, ConversationId), Failure> {
    let id = MessageId::new();
    let conversation = conversation_with(connection, intake, &message.from).await?;
    let file = files::newest_name(connection, intake.account, message.reference.as_deref()).await?;
    let sequence: i64 = sqlx::query_scalar(
        "INSERT INTO messages (id, account, conversation, direction, phone, body, state, created_at, updated_at, \
         search_text) VALUES ($1, $2, $3, 'in', $4, $5, 'received', $6, $6, $7) RETURNING sequence",
    )
    .bind(id.0)
    .bind(intake.account.0)
    .bind(conversation.0)
    .bind(message.from.digits())
    .bind(&message.text)
    .bind(intake.at.0)
    .bind(found_by(&message.text, file.as_deref()))
    .fetch_one(&mut *connection)
    .await?;
    add_details(connection, intake, message, id).await?;
    // Not the form of the number: the one that is written to is changed by the operator only.
    sqlx::query(
        "UPDATE conversations SET last_message = $2, last_text = $3, last_attachment = $4, last_state = NULL, \
         last_kind = $5, unread = unread + ($8 > read_until), \
         last_at = (SELECT coalesce(max(last_at) + 1, $6) FROM conversations WHERE last_at >= $6 AND last_at < $7) \
         WHERE id = $1",
    )
    .bind(conversation.0)
    .bind(id.0)
    .bind(text::one_line(&message.text, ROW_TEXT_MAX))
    .bind(file)
    .bind(message.kind.key())
    .bind(intake.at.0)
    .bind(intake.at.0.saturating_add(LIST_SLACK_MS))
    .bind(sequence)
    .execute(&mut *connection)
    .await?;
    wrote(connection, conversation, intake, message).await?;
    tell_name(connection, conversation, message).await?;
    Ok((id, conversation))
}

async fn add_details(
    connection: &mut SqliteConnection,
    intake: &Intake,
    message: &InboundMessage,
    id: MessageId,
) -> Result<(), Failure> {
    // What is fetched is joined to it like a file that came. No gateway's reference begins like that.
    let own = || Some(format!("content:{}", id.0.simple())).filter(|_| message.content_url.is_some());
    let reference = message.reference.clone().or_else(own);
    let revoked_at = (message.kind == IncomingKind::Revoked).then_some(intake.at.0);
    sqlx::query(
        "INSERT INTO incoming (message, account, gateway_id, kind, sender_name, address_book_name, sent_at, latitude, \
         longitude, live, reference, mime, width, height, told_bytes, thumbnail, reply_to, revoked_at, delivery, \
         content_url, content_name) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) \
         ON CONFLICT (message) DO UPDATE SET kind = excluded.kind, sender_name = excluded.sender_name, \
         address_book_name = excluded.address_book_name, sent_at = excluded.sent_at, latitude = excluded.latitude, \
         longitude = excluded.longitude, live = excluded.live, reference = excluded.reference, mime = excluded.mime, \
         width = excluded.width, height = excluded.height, told_bytes = excluded.told_bytes, \
         thumbnail = excluded.thumbnail, reply_to = excluded.reply_to, delivery = excluded.delivery, \
         content_url = excluded.content_url, content_name = excluded.content_name",
    )
    .bind(id.0)
    .bind(intake.account.0)
    .bind(&message.gateway_id)
    .bind(message.kind.key())
    .bind(message.sender_name.as_deref())
    .bind(message.address_book_name.as_deref())
    .bind(message.sent_at.map(|time| time.0))
    .bind(message.place.map(|place| place.latitude))
    .bind(message.place.map(|place| place.longitude))
    .bind(message.place.is_some_and(|place| place.live))
    .bind(reference)
    .bind(message.mime.as_deref())
    .bind(message.width.map(i64::from))
    .bind(message.height.map(i64::from))
    .bind(message.told_bytes.map(rows::stored_count))
    .bind(message.thumbnail.as_deref())
    .bind(message.reply_to.as_deref())
    .bind(revoked_at)
    .bind(intake.delivery)
    .bind(message.content_url.as_deref())
    .bind(message.content_name.as_deref())
    .execute(connection)
    .await?;
    Ok(())
}

/// A message came after the word that it was deleted: it takes the place of that word, and stays marked as deleted.
async fn fill_in(
    connection: &mut SqliteConnection,
    intake: &Intake,
    message: &InboundMessage,
    known: &Known,
) -> Result<(), Failure> {
    let file = files::newest_name(connection, intake.account, message.reference.as_deref()).await?;
    sqlx::query("UPDATE messages SET body = $2, phone = $3, search_text = $4 WHERE id = $1")
        .bind(known.id.0)
        .bind(&message.text)
        .bind(message.from.digits())
        .bind(found_by(&message.text, file.as_deref()))
        .execute(&mut *connection)
        .await?;
    add_details(connection, intake, message, known.id).await?;
    sqlx::query(
        "UPDATE conversations SET last_text = $3, last_attachment = $4, last_kind = $5 \
         WHERE id = $1 AND last_message = $2",
    )
    .bind(known.conversation.0)
    .bind(known.id.0)
    .bind(text::one_line(&message.text, ROW_TEXT_MAX))
    .bind(file)
    .bind(message.kind.key())
    .execute(&mut *connection)
    .await?;
    wrote(connection, known.conversation, intake, message).await?;
    tell_name(connection, known.conversation, message).await
}

/// Keeps when a person last wrote: as told, but never later than it came, and never back. The word that a message was
/// deleted is none that was written.
async fn wrote(
    connection: &mut SqliteConnection,
    conversation: ConversationId,
    intake: &Intake,
    message: &InboundMessage,
) -> Result<(), Failure> {
    if message.kind == IncomingKind::Revoked {
        return Ok(());
    }
    let at = message.sent_at.map_or(intake.at, |told| told.min(intake.at));
    sqlx::query(
        "UPDATE conversations SET last_wrote_at = max(coalesce(last_wrote_at, $2), $2) WHERE id = $1",
    )
    .bind(conversation.0)
    .bind(at.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// What a message is found by: its text and the name of its file.
pub(super) fn found_by(text: &str, file: Option<&str>) -> String {
    search::folded(&format!("{text} {}", file.unwrap_or_default()))
}

/// The conversation with this person, made if there is none.
async fn conversation_with(
    connection: &mut SqliteConnection,
    intake: &Intake,
    phone: &PhoneNumber,
) -> Result<ConversationId, Failure> {
    let contact = phone.contact_key();
    let found: Option<Uuid> =
        sqlx::query_scalar("SELECT id FROM conversations WHERE account = $1 AND contact_key = $2")
            .bind(intake.account.0)
            .bind(&contact)
            .fetch_optional(&mut *connection)
            .await?;
    if let Some(id) = found {
        return Ok(ConversationId(id));
    }
    let id = ConversationId::new();
    sqlx::query(
        "INSERT INTO conversations (id, account, contact_key, phone, search_text, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id.0)
    .bind(intake.account.0)
    .bind(contact)
    .bind(phone.digits())
    .bind(search::conversation_text(phone, &[]))
    .bind(intake.at.0)
    .execute(connection)
    .await?;
    Ok(id)
}

/// Keeps the name a person goes by: that of the paired phone's address book, else the person's own.
async fn tell_name(
    connection: &mut SqliteConnection,
    id: ConversationId,
    message: &InboundMessage,
) -> Result<(), Failure> {
    let named = |name: &Option<String>| name.clone().filter(|name| !name.trim().is_empty());
    let by_book = named(&message.address_book_name);
    let Some(name) = by_book.clone().or_else(|| named(&message.sender_name)) else {
        return Ok(());
    };
    let row = sqlx::query(concat!(
        "SELECT ",
        rows::conversation_columns!(),
        " FROM conversations AS c WHERE c.id = $1"
    ))
    .bind(id.0)
    .fetch_one(&mut *connection)
    .await?;
    let person = rows::conversation(&row)?;
    if person.told_name.as_deref() == Some(name.as_str()) {
        return Ok(());
    }
    if by_book.is_none() && person.told_name.is_some() && is_in_address_book(connection, id).await? {
        return Ok(());
    }
    super::conversations::known_by(connection, id, |person| person.told_name = Some(name)).await
}

async fn is_in_address_book(connection: &mut SqliteConnection, id: ConversationId) -> Result<bool, Failure> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM (SELECT id FROM messages WHERE conversation = $1 ORDER BY sequence DESC LIMIT $2) \
         AS newest JOIN incoming AS i ON i.message = newest.id WHERE i.address_book_name IS NOT NULL)",
    )
    .bind(id.0)
    .bind(ADDRESS_BOOK_LOOK_BACK)
    .fetch_one(connection)
    .await?)
}
