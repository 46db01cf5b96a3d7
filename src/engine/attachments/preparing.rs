//! The preparing task of an account: one file after the other, in the order of sending, each until its messages may leave.
//! A file that fails rests; the others do not wait for it.

use super::super::outbox::FIRST_REPETITION;
use super::super::protocol::{ListenerState, Live, Notice};
use super::super::shared::{Running, Shared};
use super::placing::{Ready, Setback};
use crate::domain::hosting::{AttachmentHosting, Preparation};
use crate::domain::message::{Message, MessageState, Reason, ReasonKind};
use crate::domain::outbox::backoff;
use crate::domain::{AccountId, OutgoingFileId};
use crate::secrets::SecretStatus;
use crate::store::StoreError;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// A due time is looked at again after this long even if it has not come: the clock may have been set, the machine may
/// have slept.
const LOOK_AGAIN: Duration = Duration::from_secs(20);

impl Shared {
    /// Prepares the files of an account, until it is stopped. A paused account prepares as well: what it has ready leaves
    /// as soon as it goes on.
    pub(in super::super) async fn prepare(self: Arc<Self>, running: Arc<Running>) {
        loop {
            let rest = match running
                .stop
                .run_until_cancelled(self.prepare_next(&running))
                .await
            {
                None => return,
                Some(Ok(rest)) => rest,
                Some(Err(error)) => {
                    self.store_failed(&error);
                    LOOK_AGAIN
                }
            };
            if !rest.is_zero() {
                tokio::select! {
                    () = running.stop.cancelled() => return,
                    () = running.prepare_wake.notified() => {}
                    () = tokio::time::sleep(rest) => {}
                }
            }
        }
    }

    /// Prepares the file whose turn it is. Answers how long there is nothing to do, unless woken.
    async fn prepare_next(self: &Arc<Self>, running: &Running) -> Result<Duration, StoreError> {
        if running.prepare_all.swap(false, Ordering::AcqRel) {
            self.store.try_all_files(running.id).await?;
        }
        let Some(account) = self.account(running.id) else {
            return Ok(LOOK_AGAIN);
        };
        if self.is_beginning(&account) {
            return Ok(LOOK_AGAIN);
        }
        let (preparation, claim) = {
            let _deciding = self.attachments.claims.decide().await;
            let now = self.clock.now();
            match self.store.next_to_prepare(running.id, now).await? {
                Ok(preparation) => {
                    let claim = self.attachments.claims.begin(preparation.file.id, running.id);
                    (preparation, claim)
                }
                Err(when) => {
                    let rest = when.map_or(LOOK_AGAIN, |when| when.since(now).min(LOOK_AGAIN));
                    return Ok(rest.max(Duration::from_millis(5)));
                }
            }
        };
        let outcome = claim
            .unwanted
            .run_until_cancelled(self.put_in_place(&account, &preparation))
            .await;
        match outcome {
            // Taken away while it was on its way; whoever did that sees to the rest.
            None => Ok(Duration::ZERO),
            Some(outcome) => self.prepared(running, &preparation, outcome).await,
        }
    }

    /// Writes down what became of a file.
    async fn prepared(
        &self,
        running: &Running,
        preparation: &Preparation,
        outcome: Result<Ready, Setback>,
    ) -> Result<Duration, StoreError> {
        let id = preparation.file.id;
        let now = self.clock.now();
        let changed = match outcome {
            Ok(Ready { url, expires_at }) => {
                tracing::info!(file = %id, "a file can be had");
                self.store.file_ready(id, &url, now, expires_at, now).await
            }
            Err(Setback::Waits(reason)) => {
                let rest = backoff(preparation.tries.saturating_add(1), rand::random::<f64>());
                tracing::info!(file = %id, reason = reason.kind.key(), "a file waits");
                self.store.file_waits(id, reason, now.plus(rest), now).await
            }
            Err(Setback::Lost(said)) => {
                tracing::warn!(file = %id, said, "a file is lost");
                let reason = Reason::with_words(ReasonKind::AttachmentLost, said);
                self.store.file_lost(id, reason, now).await
            }
            Err(Setback::GivenUp) => return Ok(FIRST_REPETITION),
            Err(Setback::NotRecorded(said)) => {
                tracing::error!(said, "the database failed");
                self.publisher.notice(Notice::Failed(said));
                return Ok(LOOK_AGAIN);
            }
        };
        match changed {
            Ok(messages) => {
                self.tell_prepared(running, &messages).await;
                Ok(Duration::ZERO)
            }
            Err(StoreError::NotFound) => Ok(FIRST_REPETITION),
            Err(error) => Err(error),
        }
    }

    async fn tell_prepared(&self, running: &Running, messages: &[Message]) {
        self.publisher
            .messages_changed(messages.iter().map(|message| (message.id, message.conversation)));
        self.recount(running.id).await;
        for message in messages {
            if let (MessageState::Rejected, Some(reason)) = (message.state, &message.reason) {
                self.publisher.notice(Notice::Problem(message.id, reason.clone()));
                self.attachments.end_wake.notify_one();
            }
        }
        running.outbox_wake.notify_one();
    }

    /// Has every waiting file of an account tried at once: what it waited for may have come.
    pub(super) fn prepare_all(&self, account: AccountId) {
        if let Some(running) = self.running(account) {
            running.prepare_all.store(true, Ordering::Release);
            running.prepare_wake.notify_one();
        }
    }

    /// Has files tried at once when what they may wait for changes: the listener, its public address, the place of the
    /// secrets, where an account's files go.
    pub(super) async fn follow_surroundings(self: Arc<Self>) {
        let mut live = self.publisher.subscribe();
        let mut before = Surroundings::of(&live.borrow_and_update().clone());
        while live.changed().await.is_ok() {
            let now = Surroundings::of(&live.borrow_and_update().clone());
            if now == before {
                continue;
            }
            for (account, own) in &now.accounts {
                let same_for_it = before.common == now.common
                    && before
                        .accounts
                        .iter()
                        .any(|(id, was)| id == account && was == own);
                if !same_for_it {
                    self.prepare_all(*account);
                }
            }
            before = now;
        }
    }

    /// Ends the place of a file, for the listener at once. What is in a storage is removed soon.
    pub(super) async fn end_place_of(&self, id: OutgoingFileId) -> Result<(), StoreError> {
        self.attachments.hosted.forget(|hosted| hosted.file == Some(id));
        self.store.end_placement(id, self.clock.now()).await?;
        self.attachments.remove_wake.notify_one();
        Ok(())
    }
}

/// What files of an account may wait for.
#[derive(Debug, Clone, PartialEq)]
struct Surroundings {
    common: (Option<SocketAddr>, Option<String>, SecretStatus),
    accounts: Vec<(AccountId, (AttachmentHosting, Option<String>))>,
}

impl Surroundings {
    fn of(live: &Live) -> Self {
        let address = match live.listener.state {
            ListenerState::Listening(address) => Some(address),
            _ => None,
        };
        Self {
            common: (address, live.settings.public_url.clone(), live.secrets.clone()),
            accounts: live
                .accounts
                .iter()
                .map(|view| {
                    let own = (view.account.hosting.clone(), view.account.base_url.clone());
                    (view.account.id, own)
                })
                .collect(),
        }
    }
}
