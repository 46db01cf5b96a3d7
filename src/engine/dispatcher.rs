//! The dispatcher: one per account. An attempt is committed before its first byte leaves, and its outcome is committed
//! before the next message is looked at.

use super::attachments::Leaving;
use super::callbacks::Callbacks;
use super::outbox::{FIRST_REPETITION, LAST_REPETITION};
use super::protocol::{CallErrorKind, Notice};
use super::shared::{Hold, Refused, Running, Shared, lock, without_secrets, without_secrets_in};
use crate::domain::message::{Message, MessageState, Reason, ReasonKind};
use crate::domain::outbox::{SendVerdict, Transition, after_attempt, day_is_full, hold_for, paced_until};
use crate::domain::{Account, AccountId, MessageId, Timestamp};
use crate::gateway::{Gateway, SendReport, SendRequest};
use crate::store::StoreError;
use std::sync::Arc;
use std::time::Duration;

/// A due time is looked at again after this long even if it has not come: the clock may have been set, the machine may
/// have slept.
const LOOK_AGAIN: Duration = Duration::from_secs(20);
/// How long a queue rests that cannot be sent because of the credentials, unless something changes before.
const HELD_REST: Duration = Duration::from_secs(60);

/// How long it takes at most until it is known whether we listen.
const BEGINNING: Duration = Duration::from_millis(100);

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
        let Some(callbacks) = self.callbacks(&account).await? else {
            return Ok(Next::RestAtMost(BEGINNING));
        };
        let leaving = self.those_that_leave(running, &account, due).await?;
        if leaving.is_empty() {
            return Ok(Next::Again);
        }
        if running.stop.is_cancelled() {
            return Ok(Next::RestAtMost(HELD_REST));
        }
        // Paused while they were chosen: they may have been written after that, to wait.
        if self.account(running.id).is_none_or(|account| account.paused) {
            return Ok(Next::Again);
        }
        let now = self.clock.now();
        let messages = self.store.begin_attempts(&leaving, now).await?;
        if messages.is_empty() {
            // Taken back in this very moment.
            return Ok(Next::Again);
        }
        *lock(&running.last_attempt) = Some(now);
        self.several_changed(running.id, &messages).await;
        let requests: Vec<SendRequest> = messages
            .iter()
            .map(|message| request(message, &callbacks))
            .collect();
        let reports = self.send(running, client.as_ref(), &requests).await;
        self.settle(running, client.as_ref(), &messages, reports).await?;
        Ok(Next::Again)
    }

    /// Sends them. An end of the account or the program does not cut a call off, but none is begun after it.
    async fn send(
        &self,
        running: &Running,
        client: &dyn Gateway,
        requests: &[SendRequest],
    ) -> Vec<SendReport> {
        let mut sending = match requests {
            [one] => return vec![client.send(one).await],
            several => client.send_many(several),
        };
        tokio::select! {
            reports = &mut sending => return reports,
            () = running.stop.cancelled() => client.begin_no_more(),
        }
        sending.await
    }

    /// The messages that are to leave now, in one request, and the client that sends them; or how long there are none,
    /// unless something changes.
    async fn choose(
        &self,
        running: &Running,
    ) -> Result<Result<(Vec<Message>, Arc<dyn Gateway>), Duration>, StoreError> {
        let now = self.clock.now();
        let together = self.together(running);
        let due = match self.store.next_due_many(running.id, now, together).await? {
            Ok(messages) => messages,
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

    /// How many messages may leave in one request: one, where each is counted or waited for, and as long as the account as
    /// a whole is refused.
    fn together(&self, running: &Running) -> u32 {
        let live = self.publisher.live();
        let most = live.account(running.id).map_or(1, |view| {
            let is_paced = view.account.delay_secs.is_some_and(|secs| secs > 0);
            if is_paced || view.capabilities.limits || lock(&running.refused).probes {
                1
            } else {
                view.capabilities.batch_max
            }
        });
        u32::try_from(most).unwrap_or(u32::MAX).max(1)
    }

    /// Those of the messages that are due which may leave now. The others have been changed: their file is to be prepared
    /// once more, or their time is over.
    async fn those_that_leave(
        &self,
        running: &Running,
        account: &Account,
        due: Vec<Message>,
    ) -> Result<Vec<MessageId>, StoreError> {
        let live = self.publisher.live();
        let Some(view) = live.account(running.id) else {
            return Ok(Vec::new());
        };
        let mut leaving = Vec::with_capacity(due.len());
        for message in due {
            let stays = self.is_out_of_time(view, &message).await?
                || self.must_be_prepared(running, account, &message).await?;
            if !stays {
                leaving.push(message.id);
            }
        }
        Ok(leaving)
    }

    /// Writes down what attempts of one request came to, each by itself.
    async fn settle(
        &self,
        running: &Running,
        client: &dyn Gateway,
        messages: &[Message],
        reports: Vec<SendReport>,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let repeatable = client.capabilities().repeatable_send;
        let mut reports = reports.into_iter();
        let mut held: Option<(Hold, Option<Reason>)> = None;
        let mut settled = Vec::with_capacity(messages.len());
        let mut accepted = 0;
        let mut taken = false;
        let mut failed = None;
        let refused_again = lock(&running.refused).again();
        for message in messages {
            let SendReport { verdict, raw } = reports.next().unwrap_or_else(no_report);
            // What the gateway says to the account as a whole holds the whole queue, not this message only.
            let waits = matches!(verdict, SendVerdict::Wait { .. });
            let jitter = rand::random::<f64>();
            let mut transition = after_attempt(message, verdict, repeatable, now, jitter);
            // A gateway may say what it was sent, and with it under which address we are called.
            transition.reason = transition.reason.map(without_secrets_in);
            if let Some(hold) = hold_of(&mut transition, waits, refused_again.times, now) {
                held = Some((hold, transition.reason.clone()));
            }
            taken |= matches!(transition.state, MessageState::Accepted | MessageState::Rejected);
            tracing::info!(message = %message.id, attempt = message.attempts, state = transition.state.key(), "attempt ended");
            let raw = without_secrets(raw);
            match self.commit_outcome(message, &transition, raw.as_deref()).await {
                Ok(message) => {
                    accepted += u64::from(transition.state == MessageState::Accepted);
                    self.follow(running, &message).await;
                    settled.push(message);
                }
                // The others are written down all the same.
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        lock(&running.accepted_since).1 += accepted;
        match (held.is_some(), taken) {
            (true, false) => *lock(&running.refused) = refused_again,
            (true, true) => *lock(&running.refused) = Refused::default().again(),
            (false, true) => *lock(&running.refused) = Refused::default(),
            (false, false) => {}
        }
        self.several_changed(running.id, &settled).await;
        for message in settled {
            if message.state.is_problem()
                && let Some(reason) = message.reason
            {
                self.publisher.notice(Notice::Problem(message.id, reason));
            }
        }
        // The hold before what is shown of it: whoever sees it may end it at once, and that must not come too early.
        let reason = held.as_ref().and_then(|(_, reason)| reason.clone());
        let mut hold = lock(&running.hold);
        *hold = held.map(|(hold, _)| hold);
        self.set_held(running.id, reason);
        drop(hold);
        failed.map_or(Ok(()), Err)
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
        self.several_changed(message.account, std::slice::from_ref(message))
            .await;
    }

    /// Tells that messages of an account have changed.
    async fn several_changed(&self, account: AccountId, messages: &[Message]) {
        self.publisher
            .messages_changed(messages.iter().map(|message| (message.id, message.conversation)));
        self.recount(account).await;
        self.files_may_end();
    }
}

/// How long the whole queue rests after this, if the gateway has refused (`waits`, or for the credentials) the account and
/// not the message, for the `times`th time in a row. The message is due when that is over.
fn hold_of(transition: &mut Transition, waits: bool, times: u32, now: Timestamp) -> Option<Hold> {
    if !waits && !transition.holds_account {
        return None;
    }
    let kind = transition.reason.as_ref().map(|reason| reason.kind);
    let wait = transition.next_attempt_at.map_or(HELD_REST, |at| at.since(now));
    let until = now.plus(hold_for(kind.unwrap_or(ReasonKind::RateLimited), times, wait));
    // With credentials it may be over at any moment: there are new ones, or a read is answered.
    let due_at = if transition.holds_account { now } else { until };
    transition.next_attempt_at = Some(due_at);
    Some(Hold { since: now, until })
}

/// A message as it goes over the wire.
fn request(message: &Message, callbacks: &Callbacks) -> SendRequest {
    SendRequest {
        client_id: message.client_id.clone(),
        to: message.to.clone(),
        text: message.text.clone(),
        attachment: message.attachment.clone(),
        template: message.template.clone(),
        callback: callbacks.of(&message.client_id),
    }
}

/// What is known of a message about which a client has said nothing.
fn no_report() -> SendReport {
    SendReport {
        verdict: SendVerdict::Ambiguous(Reason::new(ReasonKind::UnreadableAnswer)),
        raw: None,
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
