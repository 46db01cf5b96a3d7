//! The way of an outgoing message: stored, tried, finished, decided about.

use super::changes;
use super::connections::Failure;
use super::{NewMessage, Store, StoreError, reports, rows, search};
use crate::domain::message::{Message, MessageState, MessageStep, Reason, ReasonKind};
use crate::domain::outbox::Transition;
use crate::domain::{AccountId, ClientMessageId, ConversationId, MessageId, PhoneNumber, Timestamp};
use sqlx::sqlite::SqliteConnection;
use uuid::Uuid;

impl Store {
    /// Stores messages as [`MessageState::Queued`], all or none, each with its own client identifier and first history
    /// line, making or finding the conversation of each recipient (by [`PhoneNumber::contact_key`]). They are due now,
    /// or from `not_before` on.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the account is gone, [`StoreError::Database`].
    pub async fn enqueue(
        &self,
        account: AccountId,
        messages: Vec<NewMessage>,
        now: Timestamp,
    ) -> Result<Vec<Message>, StoreError> {
        self.connections
            .write("store the messages", move |connection| {
                Box::pin(async move {
                    if !changes::account_is_active(connection, account).await? {
                        return Err(StoreError::NotFound.into());
                    }
                    let mut stored = Vec::with_capacity(messages.len());
                    for new in messages {
                        stored.push(store_new(connection, account, new, now).await?);
                    }
                    Ok(stored)
                })
            })
            .await
    }

    /// Commits that an attempt begins: [`MessageState::InFlight`], attempt counted, history line. Must have answered
    /// `Ok` before the first byte leaves.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] if it is not queued any more, [`StoreError::NotFound`], [`StoreError::Database`].
    pub async fn begin_attempt(&self, id: MessageId, now: Timestamp) -> Result<Message, StoreError> {
        self.change(
            "record that an attempt begins",
            id,
            &[MessageState::Queued],
            now,
            move |message| {
                message.state = MessageState::InFlight;
                message.reason = None;
                message.attempts = message.attempts.saturating_add(1);
                message.next_attempt_at = None;
                message.updated_at = now;
            },
        )
        .await
    }

    /// Commits what an attempt came to, with the raw answer in the history. Sets `first_unclear_at` on the first
    /// unclear attempt (to the time the attempt began, which is the message's `updated_at`). If the account was removed
    /// meanwhile, what would go back to the queue is cancelled, or unknown where it may have been sent. A report that came
    /// before is applied: what the gateway has reported as sent is not sent again, whatever the attempt came to.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] if it is not in flight, [`StoreError::NotFound`], [`StoreError::Database`].
    pub async fn finish_attempt(
        &self,
        id: MessageId,
        transition: &Transition,
        raw: Option<&str>,
        now: Timestamp,
    ) -> Result<Message, StoreError> {
        let transition = transition.clone();
        let raw = raw.map(str::to_owned);
        self.connections
            .write("record what an attempt came to", move |connection| {
                Box::pin(async move {
                    let old = find_in(connection, id, &[MessageState::InFlight]).await?;
                    let mut new = old.clone();
                    new.state = transition.state;
                    new.reason = transition.reason;
                    new.gateway_id = transition.gateway_id.or(new.gateway_id);
                    new.updated_at = now;
                    if transition.unclear && new.first_unclear_at.is_none() {
                        new.first_unclear_at = Some(old.updated_at);
                    }
                    if new.state == MessageState::Queued
                        && !changes::account_is_active(connection, old.account).await?
                    {
                        new.state = match new.first_unclear_at {
                            Some(_) => MessageState::Unknown,
                            None => MessageState::Cancelled,
                        };
                    }
                    new.next_attempt_at = (new.state == MessageState::Queued)
                        .then(|| transition.next_attempt_at.unwrap_or(now));
                    changes::record(connection, &old, &new, raw.as_deref(), now).await?;
                    reports::apply_waiting(connection, new, now).await
                })
            })
            .await
    }

    /// Moves a message from one of the states `from` into `to`, with a history line: operator's decisions and expired
    /// inferences. Moving to [`MessageState::Queued`] makes it due at once. [`MessageState::InFlight`] is reached by
    /// [`Store::begin_attempt`] only.
    ///
    /// # Errors
    /// [`StoreError::WrongState`], [`StoreError::NotFound`], [`StoreError::Database`].
    pub async fn change_state(
        &self,
        id: MessageId,
        from: &[MessageState],
        to: MessageState,
        reason: Option<Reason>,
        now: Timestamp,
    ) -> Result<Message, StoreError> {
        if to == MessageState::InFlight {
            let message = self.message(id).await?;
            return Err(StoreError::WrongState(message.state));
        }
        self.change("change the message", id, from, now, move |message| {
            message.state = to;
            message.reason = reason;
            message.next_attempt_at = (to == MessageState::Queued).then_some(now);
            message.updated_at = now;
        })
        .await
    }

    /// Makes a queued message due now, also one that was to wait for a later time. It still waits for its turn in its
    /// conversation.
    ///
    /// # Errors
    /// [`StoreError::WrongState`], [`StoreError::NotFound`], [`StoreError::Database`].
    pub async fn retry_now(&self, id: MessageId, now: Timestamp) -> Result<Message, StoreError> {
        self.change(
            "make the message due",
            id,
            &[MessageState::Queued],
            now,
            move |message| {
                message.reason = Some(Reason::new(ReasonKind::RetriedByOperator));
                message.next_attempt_at = Some(now);
                message.not_before = message.not_before.filter(|time| *time <= now);
            },
        )
        .await
    }

    /// A new message with the same content and recipient as `id` (rejected, cancelled or unknown), with a new client
    /// identifier; the old one keeps its state, no longer counts as a problem, and gets a history line that names the
    /// choice. A second one is not made while the first is open or may have been sent: two clicks send one message.
    ///
    /// # Errors
    /// [`StoreError::WrongState`], [`StoreError::NotFound`] (also when the account is gone), [`StoreError::Database`].
    pub async fn resend(&self, id: MessageId, now: Timestamp) -> Result<Message, StoreError> {
        const FROM: &[MessageState] = &[
            MessageState::Rejected,
            MessageState::Cancelled,
            MessageState::Unknown,
        ];
        self.connections
            .write("send the message again", move |connection| {
                Box::pin(async move {
                    let old = find_in(connection, id, FROM).await?;
                    if !changes::account_is_active(connection, old.account).await? {
                        return Err(StoreError::NotFound.into());
                    }
                    let copy: Option<Uuid> =
                        sqlx::query_scalar("SELECT resent_as FROM messages WHERE id = $1")
                            .bind(id.0)
                            .fetch_one(&mut *connection)
                            .await?;
                    if let Some(copy) = copy {
                        let copy = changes::find(connection, MessageId(copy)).await?;
                        if !matches!(copy.state, MessageState::Rejected | MessageState::Cancelled) {
                            return Err(StoreError::WrongState(old.state).into());
                        }
                    }
                    let again = NewMessage {
                        to: old.to.clone(),
                        text: old.text.clone(),
                        attachment: old.attachment.clone(),
                        not_before: None,
                    };
                    let new = store_new(connection, old.account, again, now).await?;
                    sqlx::query("UPDATE messages SET resent_as = $2 WHERE id = $1")
                        .bind(id.0)
                        .bind(new.id.0)
                        .execute(&mut *connection)
                        .await?;
                    let reason = Reason::new(ReasonKind::ResentByOperator);
                    changes::add_step(connection, &old, Some(&reason), None, now).await?;
                    changes::settle(connection, &old, now).await?;
                    Ok(new)
                })
            })
            .await
    }

    /// Puts a rejected or cancelled message aside: it no longer counts as a problem. It stays in its thread.
    ///
    /// # Errors
    /// [`StoreError::WrongState`], [`StoreError::NotFound`], [`StoreError::Database`].
    pub async fn put_aside(&self, id: MessageId, now: Timestamp) -> Result<Message, StoreError> {
        const FROM: &[MessageState] = &[MessageState::Rejected, MessageState::Cancelled];
        self.connections
            .write("put the message aside", move |connection| {
                Box::pin(async move {
                    let message = find_in(connection, id, FROM).await?;
                    changes::add_step(connection, &message, None, None, now).await?;
                    changes::settle(connection, &message, now).await?;
                    Ok(message)
                })
            })
            .await
    }

    /// One message.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Database`].
    pub async fn message(&self, id: MessageId) -> Result<Message, StoreError> {
        self.connections
            .read("read the message", move |connection| {
                Box::pin(changes::find(connection, id))
            })
            .await
    }

    /// A message's history, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn history(&self, id: MessageId) -> Result<Vec<MessageStep>, StoreError> {
        self.connections
            .read("read the history", move |connection| {
                Box::pin(async move {
                    let rows = sqlx::query(
                        "SELECT at, state, attempt, reason_kind, reason_words, raw FROM message_steps \
                         WHERE message = $1 ORDER BY sequence",
                    )
                    .bind(id.0)
                    .fetch_all(connection)
                    .await?;
                    Ok(rows.iter().map(rows::step).collect::<Result<_, _>>()?)
                })
            })
            .await
    }

    /// Changes one message that is in one of the states `from`.
    async fn change(
        &self,
        what: &'static str,
        id: MessageId,
        from: &[MessageState],
        now: Timestamp,
        edit: impl FnOnce(&mut Message) + Send + 'static,
    ) -> Result<Message, StoreError> {
        let from = from.to_vec();
        self.connections
            .write(what, move |connection| {
                Box::pin(async move {
                    let old = find_in(connection, id, &from).await?;
                    let mut new = old.clone();
                    edit(&mut new);
                    changes::record(connection, &old, &new, None, now).await?;
                    Ok(new)
                })
            })
            .await
    }
}

/// The message, if it is in one of these states.
async fn find_in(
    connection: &mut SqliteConnection,
    id: MessageId,
    states: &[MessageState],
) -> Result<Message, Failure> {
    let message = changes::find(connection, id).await?;
    if states.contains(&message.state) {
        Ok(message)
    } else {
        Err(StoreError::WrongState(message.state).into())
    }
}

async fn store_new(
    connection: &mut SqliteConnection,
    account: AccountId,
    new: NewMessage,
    now: Timestamp,
) -> Result<Message, Failure> {
    let conversation = conversation_of(connection, account, &new.to, now).await?;
    let scheduled = new.not_before.is_some_and(|time| time > now);
    let message = Message {
        id: MessageId::new(),
        account,
        conversation,
        to: new.to,
        text: new.text,
        attachment: new.attachment,
        client_id: ClientMessageId::random(),
        gateway_id: None,
        state: MessageState::Queued,
        reason: scheduled.then(|| Reason::new(ReasonKind::Scheduled)),
        attempts: 0,
        next_attempt_at: Some(now),
        first_unclear_at: None,
        not_before: new.not_before,
        created_at: now,
        updated_at: now,
    };
    changes::insert(connection, &message).await?;
    Ok(message)
}

/// The conversation with this contact, made if there is none, with its number in the form now used.
async fn conversation_of(
    connection: &mut SqliteConnection,
    account: AccountId,
    phone: &PhoneNumber,
    now: Timestamp,
) -> Result<ConversationId, Failure> {
    let id: Uuid = sqlx::query_scalar(
        "INSERT INTO conversations (id, account, contact_key, phone, search_text, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (account, contact_key) DO UPDATE SET phone = excluded.phone RETURNING id",
    )
    .bind(ConversationId::new().0)
    .bind(account.0)
    .bind(phone.contact_key())
    .bind(phone.digits())
    .bind(search::conversation_text(phone, &[]))
    .bind(now.0)
    .fetch_one(connection)
    .await?;
    Ok(ConversationId(id))
}
