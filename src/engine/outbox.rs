//! The outbox: what an operator asks of messages. They are stored before anything else is done with them; what becomes
//! of them then is the `dispatcher`'s and, with a file of the operator's, the `attachments`' work.

use super::protocol::{Answer, CallError, CallErrorKind, EnqueueError, Notice, OutboxCommand};
use super::shared::{Shared, call_error};
use crate::domain::message::{Message, MessageState, Reason, ReasonKind};
use crate::domain::text::{character_count, with_name};
use crate::domain::{AccountId, Attachment, MessageId, PhoneNumber, TemplateMessage, Timestamp};
use crate::store::{NewMessage, StoreError};
use std::sync::Arc;
use std::time::Duration;

/// What the database could not write is tried again after this long, then after twice as long …
pub(super) const FIRST_REPETITION: Duration = Duration::from_millis(200);
/// … and at last every so often.
pub(super) const LAST_REPETITION: Duration = Duration::from_secs(30);
/// Recipients of one command at most; more is not a message by hand.
pub const RECIPIENTS_MAX: usize = 256;
/// Attachments of one command at most: each is a message of its own.
pub const ATTACHMENTS_MAX: usize = 10;

impl Shared {
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
                template,
                not_before,
            } => {
                let people = addressed(to, &names, &text);
                let stored = self
                    .enqueue(account, people, attachments, template, not_before)
                    .await;
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
        template: Option<TemplateMessage>,
        not_before: Option<Timestamp>,
    ) -> Result<Vec<Message>, EnqueueError> {
        let live = self.publisher.live();
        let view = live
            .account(account)
            .ok_or_else(|| StoreError::NotFound.to_string())?;
        // The composer has checked all this; the engine does not rely on it.
        let limit = view.capabilities.text_limit;
        // Of a template only the key and the values go over the wire; its text is what is shown here.
        let counts = template.is_none();
        if counts && people.iter().any(|(_, text)| character_count(text) > limit) {
            return Err(EnqueueError::TextTooLong(limit));
        }
        let is_empty = |text: &str| text.trim().is_empty() && attachments.is_empty();
        if people.iter().any(|(_, text)| is_empty(text))
            || people.is_empty()
            || people.len() > RECIPIENTS_MAX
            || attachments.len() > ATTACHMENTS_MAX
        {
            return Err("nothing to send, nobody to send it to, or too many".into());
        }
        if template.is_some() {
            let most = match view.capabilities.templates {
                Some(form) if form.header_image => 1,
                Some(_) => 0,
                None => return Err("this gateway sends no templates".into()),
            };
            if attachments.len() > most {
                return Err("a template is sent without these files".into());
            }
        }
        let attachments = self.own_files(account, attachments).await?;
        // The composer leaves them out and says so; the engine does not rely on it.
        let left_out = self
            .store
            .not_to_be_written_to(account, people.iter().map(|(to, _)| to.clone()).collect())
            .await
            .map_err(|error| error.to_string())?;
        if people.iter().all(|(number, _)| left_out.contains(number)) {
            return Err("these people asked not to be written to".into());
        }
        if template.is_none() {
            let meant = people.iter().map(|(to, _)| to);
            let closed = self
                .closed_to_free_text(view, meant.filter(|to| !left_out.contains(to)).cloned().collect())
                .await
                .map_err(|error| error.to_string())?;
            if !closed.is_empty() {
                return Err(EnqueueError::OutsideWindow(closed));
            }
        }
        let messages = people
            .into_iter()
            .filter(|(number, _)| !left_out.contains(number))
            .flat_map(|(to, text)| one_each(&to, text, &attachments, template.clone(), not_before))
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
            running.prepare_wake.notify_one();
            running.outbox_wake.notify_one();
        }
        Ok(stored)
    }

    /// The attachments as they are sent: what is said of a file is taken from its row, and it must be this account's.
    async fn own_files(
        &self,
        account: AccountId,
        attachments: Vec<Attachment>,
    ) -> Result<Vec<Attachment>, String> {
        let mut own = Vec::with_capacity(attachments.len());
        for attachment in attachments {
            let Some(id) = attachment.file else {
                if attachment.url.is_empty() {
                    return Err("an attachment has no address".to_owned());
                }
                own.push(attachment);
                continue;
            };
            match self.store.outgoing_file(id).await {
                Ok(file) if file.account == account => own.push(Attachment::from_file(&file)),
                Ok(_) => return Err("the file was checked for another account".to_owned()),
                Err(error) => return Err(error.to_string()),
            }
        }
        Ok(own)
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
                    running.prepare_wake.notify_one();
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
    template: Option<TemplateMessage>,
    not_before: Option<Timestamp>,
) -> Vec<NewMessage> {
    let mut rest = attachments.iter().cloned();
    let first = NewMessage {
        to: to.clone(),
        text,
        attachment: rest.next(),
        template,
        not_before,
    };
    let others = rest.map(|attachment| NewMessage {
        template: None,
        to: to.clone(),
        text: String::new(),
        attachment: Some(attachment),
        not_before,
    });
    std::iter::once(first).chain(others).collect()
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
