//! The outbox: one dispatcher per account. A message is stored before it is tried, an attempt is committed before its
//! first byte leaves, and its outcome is committed before the next message is looked at.

use super::protocol::{Answer, CallError, CallErrorKind, Notice, OutboxCommand};
use super::shared::{Hold, Running, Shared, call_error, lock};
use crate::domain::message::{Message, MessageState, Reason, ReasonKind};
use crate::domain::outbox::{CONFIRMATION_WINDOW, SendVerdict, after_attempt, day_is_full, paced_until};
use crate::domain::text::{character_count, with_name};
use crate::domain::{AccountId, Attachment, MessageId, PhoneNumber, Timestamp};
use crate::gateway::SendRequest;
use crate::store::{NewMessage, StoreError};
use std::sync::Arc;
use std::time::Duration;

/// A due time is looked at again after this long even if it has not come: the clock may have been set, the machine may
/// have slept.
const LOOK_AGAIN: Duration = Duration::from_secs(20);
/// How long a queue rests that cannot be sent because of the credentials, unless something changes before.
const HELD_REST: Duration = Duration::from_secs(60);
/// What the database could not write is tried again after this long, then after twice as long …
pub(super) const FIRST_REPETITION: Duration = Duration::from_millis(200);
/// … and at last every so often.
pub(super) const LAST_REPETITION: Duration = Duration::from_secs(30);
/// Recipients of one command at most; more is not a message by hand.
pub const RECIPIENTS_MAX: usize = 256;

impl Shared {
    /// The dispatcher of an account, until it is stopped.
    pub(super) async fn dispatch(self: Arc<Self>, running: Arc<Running>) {
        loop {
            let rest = match self.dispatch_one(&running).await {
                Ok(Next::Again) => Duration::ZERO,
                Ok(Next::RestAtMost(rest)) => rest,
                // Removed while its last attempt was under way: there is nothing left to write down.
                Err(StoreError::NotFound) if running.stop.is_cancelled() => return,
                Err(error) => {
                    self.store_failed(&error);
                    LOOK_AGAIN
                }
            };
            if running.stop.is_cancelled() {
                return;
            }
            if !rest.is_zero() {
                tokio::select! {
                    () = running.stop.cancelled() => return,
                    () = running.outbox_wake.notified() => {}
                    () = tokio::time::sleep(rest) => {}
                }
            }
        }
    }

    async fn dispatch_one(&self, running: &Running) -> Result<Next, StoreError> {
        let Some(account) = self.account(running.id) else {
            return Ok(Next::RestAtMost(LOOK_AGAIN));
        };
        if account.paused {
            self.set_held(running.id, Some(Reason::new(ReasonKind::Paused)));
            return Ok(Next::RestAtMost(Duration::from_secs(3_600)));
        }
        self.end_held(running.id, |kind| kind == ReasonKind::Paused);
        if let Some(rest) = running.rest_of_hold(self.clock.now()) {
            return Ok(Next::RestAtMost(rest.min(LOOK_AGAIN)));
        }
        // Held for as long as the attempt lasts: clearing the vendor's queue waits for it, and it for that.
        let _gate = running.gate.lock().await;
        let now = self.clock.now();
        let due = match self.store.next_due(running.id, now).await? {
            Ok(message) => message,
            Err(when) => {
                // A queue with nothing due holds only if the credentials are the reason.
                self.end_held(running.id, |kind| !is_about_credentials(kind));
                let rest = when.map_or(LOOK_AGAIN, |when| when.since(now).min(LOOK_AGAIN));
                return Ok(Next::RestAtMost(rest.max(Duration::from_millis(5))));
            }
        };
        if let Some(rest) = self.must_wait(running, now) {
            return Ok(Next::RestAtMost(rest.min(LOOK_AGAIN)));
        }
        let client = tokio::select! {
            // A keyring may wait for its prompt; the end of the program must not.
            () = running.stop.cancelled() => return Ok(Next::RestAtMost(HELD_REST)),
            client = self.client(running) => client,
        };
        let client = match client {
            Ok(client) => client,
            Err(error) => {
                let kind = match error.kind {
                    CallErrorKind::CredentialsMissing => ReasonKind::CredentialsMissing,
                    CallErrorKind::CredentialsRefused => ReasonKind::CredentialsRefused,
                    _ => ReasonKind::NoConnection,
                };
                self.set_held(running.id, Some(Reason::with_words(kind, error.words)));
                return Ok(Next::RestAtMost(HELD_REST));
            }
        };
        if running.stop.is_cancelled() {
            return Ok(Next::RestAtMost(HELD_REST));
        }
        let message = match self.store.begin_attempt(due.id, now).await {
            Ok(message) => message,
            // Taken back in this very moment.
            Err(StoreError::WrongState(_) | StoreError::NotFound) => return Ok(Next::Again),
            Err(error) => return Err(error),
        };
        *lock(&running.last_attempt) = Some(now);
        self.message_changed(&message).await;
        let request = SendRequest {
            client_id: message.client_id.clone(),
            to: message.to.clone(),
            text: message.text.clone(),
            attachment: message.attachment.clone(),
        };
        let report = client.send(&request).await;
        // What the gateway says to the account as a whole holds the whole queue, not this message only.
        let waits = matches!(report.verdict, SendVerdict::Wait { .. });
        let now = self.clock.now();
        let jitter = rand::random::<f64>();
        let mut transition = after_attempt(
            &message,
            report.verdict,
            client.capabilities().repeatable_send,
            now,
            jitter,
        );
        let hold = (waits || transition.holds_account).then(|| Hold {
            since: now,
            until: transition.next_attempt_at.unwrap_or(now.plus(HELD_REST)),
        });
        if transition.holds_account {
            // Due as soon as the hold ends, which may be at any moment: with new credentials, or when a read is answered.
            transition.next_attempt_at = Some(now);
        }
        tracing::info!(message = %message.id, attempt = message.attempts, state = transition.state.key(), "attempt ended");
        let message = self
            .commit_outcome(&message, &transition, report.raw.as_deref())
            .await?;
        if transition.state == MessageState::Accepted {
            lock(&running.accepted_since).1 += 1;
        }
        self.message_changed(&message).await;
        if message.state.is_problem()
            && let Some(reason) = message.reason.clone()
        {
            self.publisher.notice(Notice::Problem(message.id, reason));
        }
        self.set_held(running.id, hold.and(transition.reason));
        *lock(&running.hold) = hold;
        Ok(Next::Again)
    }

    /// Whether the person a message goes to asked not to be written to.
    async fn must_not_be_written(&self, id: MessageId) -> bool {
        let Ok(message) = self.store.message(id).await else {
            // What is wrong with it is said by whoever changes it.
            return false;
        };
        let marked = self
            .store
            .not_to_be_written_to(message.account, vec![message.to])
            .await;
        marked.is_ok_and(|marked| !marked.is_empty())
    }

    /// How long a message that is due must wait all the same: for the delay between two, or for the day to turn.
    fn must_wait(&self, running: &Running, now: Timestamp) -> Option<Duration> {
        let live = self.publisher.live();
        let view = live.account(running.id)?;
        let last = *lock(&running.last_attempt);
        let until = paced_until(last, view.account.delay_secs, now);
        self.update_account(running.id, |view| {
            let different = view.paced_until != until;
            view.paced_until = until;
            different
        });
        if let Some(until) = until {
            return Some(until.since(now).max(Duration::from_millis(5)));
        }
        let limits = view.health.limits.as_ref();
        let accepted = {
            let mut accepted = lock(&running.accepted_since);
            let read_at = limits.map(|read| read.at);
            if accepted.0 != read_at {
                *accepted = (read_at, 0);
            }
            accepted.1
        };
        if day_is_full(limits, accepted, now) {
            self.set_held(running.id, Some(Reason::new(ReasonKind::QuotaExhausted)));
            return Some(LOOK_AGAIN);
        }
        None
    }

    /// Writes down what an attempt came to, again and again if the database cannot at the moment: without it nothing
    /// else of this account may be sent. Given up only when the engine stops; the attempt is then unclear.
    async fn commit_outcome(
        &self,
        message: &Message,
        transition: &crate::domain::outbox::Transition,
        raw: Option<&str>,
    ) -> Result<Message, StoreError> {
        let mut wait = FIRST_REPETITION;
        loop {
            match self
                .store
                .finish_attempt(message.id, transition, raw, self.clock.now())
                .await
            {
                Err(error @ StoreError::Database { .. }) if !self.stopping.is_cancelled() => {
                    self.store_failed(&error);
                    tokio::select! {
                        () = self.stopping.cancelled() => return Err(error),
                        () = tokio::time::sleep(wait) => wait = (wait * 2).min(LAST_REPETITION),
                    }
                }
                outcome => return outcome,
            }
        }
    }

    /// Says that an account's queue holds no more, if it was held for such a reason.
    pub(super) fn end_held(&self, id: AccountId, ended: impl Fn(ReasonKind) -> bool) -> bool {
        let mut changed = false;
        self.update_account(id, |view| {
            changed = view.held.as_ref().is_some_and(|reason| ended(reason.kind));
            if changed {
                view.held = None;
            }
            changed
        });
        changed
    }

    async fn message_changed(&self, message: &Message) {
        self.publisher
            .messages_changed([(message.id, message.conversation)]);
        self.recount(message.account).await;
    }

    /// Acceptances by inference that nothing has confirmed in time become unknown again.
    pub(super) async fn expire_inferences(self: Arc<Self>) {
        loop {
            if let Err(error) = self.expire_inferences_once().await {
                self.store_failed(&error);
            }
            tokio::time::sleep(Duration::from_secs(15)).await;
        }
    }

    async fn expire_inferences_once(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        for message in self.store.unconfirmed(now.minus(CONFIRMATION_WINDOW)).await? {
            let reason = Reason::new(ReasonKind::NotConfirmed);
            let changed = self
                .store
                .change_state(
                    message.id,
                    &[MessageState::Accepted],
                    MessageState::Unknown,
                    Some(reason.clone()),
                    now,
                )
                .await;
            match changed {
                Ok(message) => {
                    self.message_changed(&message).await;
                    self.publisher.notice(Notice::Problem(message.id, reason));
                }
                Err(StoreError::WrongState(_) | StoreError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Carries out a command about messages.
    pub(super) async fn outbox_command(self: &Arc<Self>, command: OutboxCommand) {
        match command {
            OutboxCommand::Send {
                ticket,
                account,
                to,
                names,
                text,
                attachments,
                not_before,
            } => {
                let people = addressed(to, &names, &text);
                let stored = self.enqueue(account, people, attachments, not_before).await;
                self.publisher.answer(ticket, Answer::Enqueued(stored));
            }
            OutboxCommand::Cancel(id) => {
                let reason = Reason::new(ReasonKind::CancelledByOperator);
                self.decide(id, MessageState::Cancelled, reason, |allowed| allowed.cancel)
                    .await;
            }
            OutboxCommand::Arrived(id) => {
                let reason = Reason::new(ReasonKind::ConfirmedByOperator);
                self.decide(id, MessageState::Delivered, reason, |allowed| allowed.resolve)
                    .await;
            }
            OutboxCommand::Retry(id) => {
                let changed = self.store.retry_now(id, self.clock.now()).await;
                if let Some(running) = changed
                    .as_ref()
                    .ok()
                    .and_then(|message| self.running(message.account))
                {
                    running.release();
                }
                self.decided(id, changed).await;
            }
            OutboxCommand::SendAgain(id) if self.must_not_be_written(id).await => {
                self.publisher.notice(Notice::DoNotWrite(id));
            }
            OutboxCommand::SendAgain(id) => {
                let changed = self.store.resend(id, self.clock.now()).await;
                if let Ok(old) = self.store.message(id).await {
                    self.publisher.messages_changed([(old.id, old.conversation)]);
                }
                self.decided(id, changed).await;
            }
            OutboxCommand::PutAside(id) => {
                let changed = self.store.put_aside(id, self.clock.now()).await;
                self.decided(id, changed).await;
            }
            OutboxCommand::ClearGatewayQueue { ticket, account } => {
                let shared = Arc::clone(self);
                // Not cut off when the engine stops: what it deleted must be written down.
                self.tasks.spawn(async move {
                    let outcome = shared.clear_gateway_queue(account).await;
                    shared.publisher.answer(ticket, Answer::QueueCleared(outcome));
                });
            }
            OutboxCommand::SetDelay {
                ticket,
                account,
                secs,
            } => {
                self.spawn("set delay", |shared| async move {
                    let outcome = shared.set_delay(account, secs).await;
                    shared.publisher.answer(ticket, Answer::DelaySet(outcome));
                });
            }
        }
    }

    async fn enqueue(
        &self,
        account: AccountId,
        people: Vec<(PhoneNumber, String)>,
        attachments: Vec<Attachment>,
        not_before: Option<Timestamp>,
    ) -> Result<Vec<Message>, String> {
        let live = self.publisher.live();
        let view = live
            .account(account)
            .ok_or_else(|| StoreError::NotFound.to_string())?;
        // The composer has checked all this; the engine does not rely on it.
        let limit = view.capabilities.text_limit;
        if people.iter().any(|(_, text)| character_count(text) > limit) {
            return Err(format!("the text has more than {limit} characters"));
        }
        let is_empty = |text: &str| text.trim().is_empty() && attachments.is_empty();
        if people.iter().any(|(_, text)| is_empty(text)) || people.is_empty() || people.len() > RECIPIENTS_MAX
        {
            return Err("nothing to send, nobody to send it to, or too many".to_owned());
        }
        // The composer leaves them out and says so; the engine does not rely on it.
        let left_out = self
            .store
            .not_to_be_written_to(account, people.iter().map(|(to, _)| to.clone()).collect())
            .await
            .map_err(|error| error.to_string())?;
        if people.iter().all(|(number, _)| left_out.contains(number)) {
            return Err("these people asked not to be written to".to_owned());
        }
        let messages = people
            .into_iter()
            .filter(|(number, _)| !left_out.contains(number))
            .flat_map(|(to, text)| one_each(&to, text, &attachments, not_before))
            .collect();
        let stored = self
            .store
            .enqueue(account, messages, self.clock.now())
            .await
            .map_err(|error| error.to_string())?;
        self.publisher
            .messages_changed(stored.iter().map(|message| (message.id, message.conversation)));
        self.recount(account).await;
        if let Some(running) = self.running(account) {
            running.outbox_wake.notify_one();
        }
        Ok(stored)
    }

    async fn decide(
        &self,
        id: MessageId,
        to: MessageState,
        reason: Reason,
        may: impl Fn(crate::domain::outbox::Allowed) -> bool,
    ) {
        let changed = match self.store.message(id).await {
            Ok(message) if may(crate::domain::outbox::allowed(&message)) => {
                let from = [message.state];
                self.store
                    .change_state(id, &from, to, Some(reason), self.clock.now())
                    .await
            }
            Ok(message) => Err(StoreError::WrongState(message.state)),
            Err(error) => Err(error),
        };
        self.decided(id, changed).await;
    }

    async fn decided(&self, id: MessageId, changed: Result<Message, StoreError>) {
        match changed {
            Ok(message) => {
                self.message_changed(&message).await;
                if let Some(running) = self.running(message.account) {
                    running.outbox_wake.notify_one();
                }
            }
            Err(StoreError::WrongState(_) | StoreError::NotFound) => {
                self.publisher.notice(Notice::TooLate(id))
            }
            Err(error) => self.store_failed(&error),
        }
    }

    async fn set_delay(
        &self,
        account: AccountId,
        secs: u32,
    ) -> Result<crate::gateway::DelayChange, CallError> {
        let running = self.running(account).ok_or_else(gone)?;
        let change = self
            .client(&running)
            .await?
            .set_delay(secs)
            .await
            .map_err(|error| call_error(&error))?;
        let _changing = self.account_changes.lock().await;
        if let Some(stored) = self.account(account) {
            let mut stored = (*stored).clone();
            stored.delay_secs = Some(change.current_secs.unwrap_or(secs));
            match self.store.put_account(&stored).await {
                Ok(()) => self.update_account(account, |view| {
                    view.account = Arc::new(stored);
                    true
                }),
                Err(error) => self.store_failed(&error),
            }
        }
        Ok(change)
    }
}

/// What each person gets: the text with its name, or as it is where there are no names.
fn addressed(to: Vec<PhoneNumber>, names: &[Option<String>], text: &str) -> Vec<(PhoneNumber, String)> {
    let own = |index: usize| {
        if names.is_empty() {
            return text.to_owned();
        }
        with_name(text, names.get(index).and_then(Option::as_deref))
    };
    to.into_iter()
        .enumerate()
        .map(|(index, to)| (to, own(index)))
        .collect()
}

/// The messages to one person: one for each attachment, the text with the first.
fn one_each(
    to: &PhoneNumber,
    text: String,
    attachments: &[Attachment],
    not_before: Option<Timestamp>,
) -> Vec<NewMessage> {
    let mut rest = attachments.iter().cloned();
    let first = NewMessage {
        to: to.clone(),
        text,
        attachment: rest.next(),
        not_before,
    };
    let others = rest.map(|attachment| NewMessage {
        to: to.clone(),
        text: String::new(),
        attachment: Some(attachment),
        not_before,
    });
    std::iter::once(first).chain(others).collect()
}

enum Next {
    /// Something may be due at once.
    Again,
    /// Nothing to do for this long, unless woken.
    RestAtMost(Duration),
}

/// Whether a queue held for this reason waits for other credentials, or for them to be readable.
pub(super) fn is_about_credentials(kind: ReasonKind) -> bool {
    matches!(
        kind,
        ReasonKind::CredentialsRefused | ReasonKind::CredentialsMissing
    )
}

/// The account is gone, and with it whom to ask.
pub(super) fn gone() -> CallError {
    CallError {
        kind: CallErrorKind::CredentialsMissing,
        words: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_person_gets_its_own_text_only_where_there_are_names() {
        let to: Vec<PhoneNumber> = ["5511900000012", "5511900000021", "5511900000031"]
            .iter()
            .map(|digits| PhoneNumber::from_digits(digits).unwrap())
            .collect();
        let texts = |names: &[Option<String>]| -> Vec<String> {
            addressed(to.clone(), names, "Oi, {name}!")
                .into_iter()
                .map(|(_, text)| text)
                .collect()
        };
        // Who stands beyond the end of the names has none.
        assert_eq!(
            texts(&[Some("Marina".into()), None]),
            ["Oi, Marina!", "Oi!", "Oi!"]
        );
        assert_eq!(texts(&[]), ["Oi, {name}!"; 3]);
    }
}
