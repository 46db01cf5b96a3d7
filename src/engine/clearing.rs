//! Clearing the queue at the gateway: written down before it is asked for, and settled with its outcome. Without one, at
//! the latest at the next start, it is taken for done: what was deleted must not be called accepted for ever.

use super::SHUTDOWN_PATIENCE;
use super::outbox::{FIRST_REPETITION, LAST_REPETITION, gone};
use super::protocol::{CallError, CallErrorKind};
use super::shared::{Shared, call_error};
use crate::domain::{AccountId, MessageId};
use crate::gateway::GatewayError;
use crate::store::StoreError;

impl Shared {
    /// Clears an account's queue at the gateway. Answers how many the gateway deleted there, and how many of ours are
    /// unknown now.
    pub(super) async fn clear_gateway_queue(&self, account: AccountId) -> Result<(u64, usize), CallError> {
        let running = self.running(account).ok_or_else(gone)?;
        let ready = async {
            let client = self.client(&running).await?;
            // Nothing is sent meanwhile: what is accepted after the queue was cleared must not be called uncertain.
            Ok((client, running.gate.lock().await))
        };
        let (client, _gate) = tokio::select! {
            biased;
            () = running.stop.cancelled() => return Err(gone()),
            ready = ready => ready?,
        };
        // Should the program end before the outcome is written down, the next start takes it for done.
        match self.store.begin_clearing(account, self.clock.now()).await {
            Ok(()) => {}
            Err(StoreError::NotFound) => return Err(gone()),
            Err(error) => {
                self.store_failed(&error);
                return Err(CallError {
                    kind: CallErrorKind::NotRecorded,
                    words: error.to_string(),
                });
            }
        }
        let outcome = tokio::select! {
            outcome = client.clear_queue() => outcome,
            // No answer any more while there is still time to write down what may have been deleted.
            () = self.last_moment() => Err(GatewayError::Unreachable {
                words: String::new(),
                may_have_left: true,
            }),
        };
        let may_be_cleared = match &outcome {
            Ok(deleted) => *deleted > 0,
            Err(GatewayError::Unreachable { may_have_left, .. }) => *may_have_left,
            Err(GatewayError::Unreadable { .. } | GatewayError::Failing { .. }) => true,
            Err(_) => false,
        };
        let ids = self.commit_clearing(account, may_be_cleared).await;
        let uncertain = ids.len();
        for id in ids {
            if let Ok(message) = self.store.message(id).await {
                self.publisher.messages_changed([(id, message.conversation)]);
            }
        }
        if may_be_cleared {
            self.recount(account).await;
        }
        running.health_wake.notify_one();
        outcome
            .map(|deleted| (deleted, uncertain))
            .map_err(|error| call_error(&error))
    }

    /// Writes down what became of clearing the vendor's queue, again and again if the database cannot at the moment: what
    /// was deleted there would otherwise be taken for accepted until the next start.
    async fn commit_clearing(&self, account: AccountId, may_be_cleared: bool) -> Vec<MessageId> {
        let mut wait = FIRST_REPETITION;
        loop {
            let committed = if may_be_cleared {
                self.store.queue_cleared(account, self.clock.now()).await
            } else {
                self.store.queue_not_cleared(account).await.map(|()| Vec::new())
            };
            match committed {
                Ok(ids) => return ids,
                Err(error) => self.store_failed(&error),
            }
            tokio::select! {
                () = self.stopping.cancelled() => return Vec::new(),
                () = tokio::time::sleep(wait) => wait = (wait * 2).min(LAST_REPETITION),
            }
        }
    }

    /// Comes when the engine is stopping and will not wait much longer.
    async fn last_moment(&self) {
        self.stopping.cancelled().await;
        tokio::time::sleep(SHUTDOWN_PATIENCE * 3 / 4).await;
    }
}
