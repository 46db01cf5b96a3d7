//! The dispatcher: one per account. An attempt is committed before its first byte leaves, and its outcome is committed
//! before the next message is looked at.

use super::attachments::Leaving;
use super::outbox::{FIRST_REPETITION, LAST_REPETITION};
use super::protocol::{CallErrorKind, Notice};
use super::shared::{Hold, Running, Shared, lock};
use crate::domain::message::{Message, MessageState, Reason, ReasonKind};
use crate::domain::outbox::{
    CONFIRMATION_WINDOW, SendVerdict, Transition, after_attempt, day_is_full, paced_until,
};
use crate::domain::{Account, AccountId, Timestamp};
use crate::gateway::{Gateway, SendReport, SendRequest};
use crate::store::StoreError;
use std::sync::Arc;
use std::time::Duration;

/// A due time is looked at again after this long even if it has not come: the clock may have been set, the machine may
/// have slept.
const LOOK_AGAIN: Duration = Duration::from_secs(20);
/// How long a queue rests that cannot be sent because of the credentials, unless something changes before.
const HELD_REST: Duration = Duration::from_secs(60);

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
        let (due, client) = match self.choose(running).await? {
            Ok(chosen) => chosen,
            Err(rest) => return Ok(Next::RestAtMost(rest)),
        };
        if self.must_be_prepared(running, &account, &due).await? {
            return Ok(Next::Again);
        }
        if running.stop.is_cancelled() {
            return Ok(Next::RestAtMost(HELD_REST));
        }
        let now = self.clock.now();
        let message = match self.store.begin_attempt(due.id, now).await {
            Ok(message) => message,
            // Taken back in this very moment.
            Err(StoreError::WrongState(_) | StoreError::NotFound) => return Ok(Next::Again),
            Err(error) => return Err(error),
        };
        *lock(&running.last_attempt) = Some(now);
        self.message_changed(&message).await;
        self.attempt(running, client.as_ref(), &message).await?;
        Ok(Next::Again)
    }

    /// The message that is to leave now, and the client that sends it; or how long there is none, unless something
    /// changes.
    async fn choose(
        &self,
        running: &Running,
    ) -> Result<Result<(Message, Arc<dyn Gateway>), Duration>, StoreError> {
        let now = self.clock.now();
        let due = match self.store.next_due(running.id, now).await? {
            Ok(message) => message,
            Err(when) => {
                // A queue with nothing due holds only if the credentials are the reason.
                self.end_held(running.id, |kind| !is_about_credentials(kind));
                let rest = when.map_or(LOOK_AGAIN, |when| when.since(now).min(LOOK_AGAIN));
                return Ok(Err(rest.max(Duration::from_millis(5))));
            }
        };
        if let Some(rest) = self.must_wait(running, now) {
            return Ok(Err(rest.min(LOOK_AGAIN)));
        }
        let client = tokio::select! {
            // A keyring may wait for its prompt; the end of the program must not.
            () = running.stop.cancelled() => return Ok(Err(HELD_REST)),
            client = self.client(running) => client,
        };
        match client {
            Ok(client) => Ok(Ok((due, client))),
            Err(error) => {
                let kind = match error.kind {
                    CallErrorKind::CredentialsMissing => ReasonKind::CredentialsMissing,
                    CallErrorKind::CredentialsRefused => ReasonKind::CredentialsRefused,
                    _ => ReasonKind::NoConnection,
                };
                self.set_held(running.id, Some(Reason::with_words(kind, error.words)));
                Ok(Err(HELD_REST))
            }
        }
    }

    /// Sends a message back to be prepared if its file cannot be had under its address for sure. Answers whether it does
    /// not leave now.
    async fn must_be_prepared(
        &self,
        running: &Running,
        account: &Account,
        due: &Message,
    ) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let changed = match self.leaving(account, due).await? {
            Leaving::Now => return Ok(false),
            Leaving::PrepareFirst(reason) => self.store.prepare_again(due.id, reason, now).await,
            Leaving::Never => {
                let to = match due.first_unclear_at {
                    Some(_) => MessageState::Unknown,
                    None => MessageState::Rejected,
                };
                let reason = Reason::new(ReasonKind::InvalidAttachment);
                self.store
                    .change_state(due.id, &[MessageState::Queued], to, Some(reason), now)
                    .await
            }
        };
        match changed {
            Ok(message) => {
                self.message_changed(&message).await;
                running.prepare_wake.notify_one();
            }
            // Taken back in this very moment.
            Err(StoreError::WrongState(_) | StoreError::NotFound) => {}
            Err(error) => return Err(error),
        }
        Ok(true)
    }

    /// Makes an attempt that is on record, and writes down what it came to.
    async fn attempt(
        &self,
        running: &Running,
        client: &dyn Gateway,
        message: &Message,
    ) -> Result<(), StoreError> {
        let request = SendRequest {
            client_id: message.client_id.clone(),
            to: message.to.clone(),
            text: message.text.clone(),
            attachment: message.attachment.clone(),
            template: None,
            callback: None,
        };
        let SendReport { verdict, raw } = client.send(&request).await;
        // What the gateway says to the account as a whole holds the whole queue, not this message only.
        let waits = matches!(verdict, SendVerdict::Wait { .. });
        let now = self.clock.now();
        let jitter = rand::random::<f64>();
        let repeatable = client.capabilities().repeatable_send;
        let mut transition = after_attempt(message, verdict, repeatable, now, jitter);
        let hold = (waits || transition.holds_account).then(|| Hold {
            since: now,
            until: transition.next_attempt_at.unwrap_or(now.plus(HELD_REST)),
        });
        if transition.holds_account {
            // Due as soon as the hold ends, which may be at any moment: with new credentials, or when a read is answered.
            transition.next_attempt_at = Some(now);
        }
        tracing::info!(message = %message.id, attempt = message.attempts, state = transition.state.key(), "attempt ended");
        let message = self.commit_outcome(message, &transition, raw.as_deref()).await?;
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
        Ok(())
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
        transition: &Transition,
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

    /// Tells that a message has changed.
    pub(super) async fn message_changed(&self, message: &Message) {
        self.publisher
            .messages_changed([(message.id, message.conversation)]);
        self.recount(message.account).await;
        self.files_may_end();
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
