//! The way of an outgoing message: stored, tried, finished, decided about.

use super::changes;
use super::connections::Failure;
use super::{NewMessage, Store, StoreError, outgoing, reports, rows, search};
use crate::domain::message::{Message, MessageState, MessageStep, Reason, ReasonKind};
use crate::domain::outbox::Transition;
use crate::domain::{
    AccountId, ClientMessageId, ConversationId, MessageId, OutgoingFileId, PhoneNumber, Timestamp,
};
use sqlx::sqlite::SqliteConnection;
use uuid::Uuid;

impl Store {
    /// Stores messages as [`MessageState::Queued`], all or none, each with its own client identifier and first history
    /// line, making or finding the conversation of each recipient (by [`PhoneNumber::contact_key`]). They are due now,
    /// or from `not_before` on. Those with a file of the operator's are stored as [`MessageState::Preparing`], without
    /// its address, and the file is due to be put in its place now.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the account is gone or a file is not there or another account's,
    /// [`StoreError::Database`].
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
        self.connections
            .write("record that an attempt begins", move |connection| {
                Box::pin(async move {
                    let old = find_in(connection, id, &[MessageState::Queued]).await?;
                    begin(connection, &old, now).await
                })
            })
            .await
    }

    /// [`Store::begin_attempt`] for the messages of one request, in one transaction: those that are not queued any more,
    /// or not there, are left out of it and of the answer. Each identifier is to stand there once.
    ///
    /// # Errors
    /// [`StoreError::Database`]; then none has begun.
    pub async fn begin_attempts(
        &self,
        ids: &[MessageId],
        now: Timestamp,
    ) -> Result<Vec<Message>, StoreError> {
        let ids = ids.to_vec();
        self.connections
            .write("record that attempts begin", move |connection| {
                Box::pin(async move {
                    let mut begun = Vec::with_capacity(ids.len());
                    for id in ids {
                        match find_in(connection, id, &[MessageState::Queued]).await {
                            Ok(old) => begun.push(begin(connection, &old, now).await?),
                            Err(Failure::Store(StoreError::WrongState(_) | StoreError::NotFound)) => {}
                            Err(failure) => return Err(failure),
                        }
                    }
                    Ok(begun)
                })
            })
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
    /// inferences. Moving to [`MessageState::Queued`] makes it due at once; not while its file has no address.
    /// [`MessageState::InFlight`] is reached by [`Store::begin_attempt`] only, [`MessageState::Preparing`] by
    /// [`Store::prepare_again`].
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
        if matches!(to, MessageState::InFlight | MessageState::Preparing) {
            let message = self.message(id).await?;
            return Err(StoreError::WrongState(message.state));
        }
        let from = from.to_vec();
        self.connections
            .write("change the message", move |connection| {
                Box::pin(async move {
                    let old = find_in(connection, id, &from).await?;
                    if to == MessageState::Queued && lacks_address(&old) {
                        return Err(StoreError::WrongState(old.state).into());
                    }
                    let mut new = old.clone();
                    new.state = to;
                    new.reason = reason;
                    new.next_attempt_at = (to == MessageState::Queued).then_some(now);
                    new.updated_at = now;
                    changes::record(connection, &old, &new, None, now).await?;
                    Ok(new)
                })
            })
            .await
    }

    /// Makes a queued message due now, also one that was to wait for a later time, or the file of one that is being
    /// prepared. It still waits for its turn in its conversation.
    ///
    /// # Errors
    /// [`StoreError::WrongState`], [`StoreError::NotFound`], [`StoreError::Database`].
    pub async fn retry_now(&self, id: MessageId, now: Timestamp) -> Result<Message, StoreError> {
        const FROM: &[MessageState] = &[MessageState::Queued, MessageState::Preparing];
        self.connections
            .write("make the message due", move |connection| {
                Box::pin(async move {
                    let old = find_in(connection, id, FROM).await?;
                    let mut new = old.clone();
                    new.reason = Some(Reason::new(ReasonKind::RetriedByOperator));
                    new.next_attempt_at = (old.state == MessageState::Queued).then_some(now);
                    new.not_before = old.not_before.filter(|time| *time <= now);
                    if let (MessageState::Preparing, Some(file)) = (old.state, file_of(&old)) {
                        outgoing::try_at_once(connection, file, old.account).await?;
                    }
                    changes::record(connection, &old, &new, None, now).await?;
                    Ok(new)
                })
            })
            .await
    }

    /// A new message with the same content and recipient as `id` (rejected, cancelled or unknown), with a new client
    /// identifier; the old one keeps its state, no longer counts as a problem, and gets a history line that names the
    /// choice. A second one is not made while the first is open or may have been sent: two clicks send one message. A
    /// file of the operator's is put in its place anew.
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
                        template: old.template.clone(),
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
                        "SELECT at, state, attempt, reason_kind, reason_words, reason_detail, raw FROM message_steps \
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
}

/// An attempt of a queued message begins.
async fn begin(connection: &mut SqliteConnection, old: &Message, now: Timestamp) -> Result<Message, Failure> {
    let mut new = old.clone();
    new.state = MessageState::InFlight;
    new.reason = None;
    new.attempts = old.attempts.saturating_add(1);
    new.next_attempt_at = None;
    new.updated_at = now;
    changes::record(connection, old, &new, None, now).await?;
    Ok(new)
}

/// The operator's file that goes along with a message.
fn file_of(message: &Message) -> Option<OutgoingFileId> {
    message.attachment.as_ref()?.file
}

/// Whether the operator's file that goes along with a message has no address yet.
fn lacks_address(message: &Message) -> bool {
    message
        .attachment
        .as_ref()
        .is_some_and(|attachment| attachment.file.is_some() && attachment.url.is_empty())
}

/// The message, if it is in one of these states.
pub(super) async fn find_in(
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
    let mut attachment = new.attachment;
    let mut state = MessageState::Queued;
    if let Some(attachment) = &mut attachment
        && let Some(file) = attachment.file
    {
        outgoing::try_at_once(connection, file, account).await?;
        attachment.url.clear();
        state = MessageState::Preparing;
    }
    let scheduled = new.not_before.is_some_and(|time| time > now);
    let message = Message {
        template: new.template,
        id: MessageId::new(),
        account,
        conversation,
        to: new.to,
        text: new.text,
        attachment,
        client_id: ClientMessageId::random(),
        gateway_id: None,
        state,
        reason: scheduled.then(|| Reason::new(ReasonKind::Scheduled)),
        attempts: 0,
        next_attempt_at: (state == MessageState::Queued).then_some(now),
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
