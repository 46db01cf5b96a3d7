//! Acceptances by inference: a gateway that says it knows a message already is believed for as long as a confirmation may
//! take.

use super::protocol::Notice;
use super::shared::Shared;
use crate::domain::message::{MessageState, Reason, ReasonKind};
use crate::domain::outbox::CONFIRMATION_WINDOW;
use crate::store::StoreError;
use std::sync::Arc;
use std::time::Duration;

impl Shared {
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
