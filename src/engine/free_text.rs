//! The time in which free text may be sent, where a gateway knows one: what would be refused is not stored, and what was
//! stored in time and is over before it leaves is rejected here, with nothing tried.

use super::protocol::{AccountView, Notice};
use super::shared::Shared;
use crate::domain::PhoneNumber;
use crate::domain::message::{Message, MessageState, Reason, ReasonKind};
use crate::domain::window::FreeText;
use crate::store::StoreError;

impl Shared {
    /// Those of these people to whom free text is known to be refused now.
    pub(super) async fn closed_to_free_text(
        &self,
        view: &AccountView,
        people: Vec<PhoneNumber>,
    ) -> Result<Vec<PhoneNumber>, StoreError> {
        let hours = view.capabilities.window_hours;
        if hours.is_none() {
            return Ok(Vec::new());
        }
        let now = self.clock.now();
        let live = self.publisher.live();
        let hears = live.hears(view, now) && self.is_listening_on(now);
        let mut closed = Vec::new();
        for (number, last_wrote) in self.store.last_wrote(view.account.id, people).await? {
            if FreeText::of(hours, last_wrote, hears, now).is_closed() {
                closed.push(number);
            }
        }
        Ok(closed)
    }

    /// Rejects a message that is due if its time is over. Answers whether it was.
    pub(super) async fn is_out_of_time(
        &self,
        view: &AccountView,
        message: &Message,
    ) -> Result<bool, StoreError> {
        let is_free = message.template.is_none() && message.first_unclear_at.is_none();
        if !is_free
            || self
                .closed_to_free_text(view, vec![message.to.clone()])
                .await?
                .is_empty()
        {
            return Ok(false);
        }
        let reason = Reason::new(ReasonKind::OutsideWindow);
        let from = [MessageState::Queued];
        let changed = self
            .store
            .change_state(
                message.id,
                &from,
                MessageState::Rejected,
                Some(reason.clone()),
                self.clock.now(),
            )
            .await;
        match changed {
            Ok(message) => {
                self.message_changed(&message).await;
                self.publisher.notice(Notice::Problem(message.id, reason));
            }
            // Taken back in this very moment.
            Err(StoreError::WrongState(_) | StoreError::NotFound) => {}
            Err(error) => return Err(error),
        }
        Ok(true)
    }
}
