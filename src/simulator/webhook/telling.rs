//! From what happens to what is told about it.

use super::super::phone::PhoneState;
use super::super::state::SimulatorState;
use super::outgoing::{Content, Letter, Next, Parcel};
use super::said::{Contact, Said};
use super::style::{FileOrder, StatusName};
use super::told::{Told, WebhookAttempt, WebhookEnd, WebhookRecord};
use super::wire;
use rand::seq::SliceRandom as _;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::time::Instant;

/// Something somebody wrote, on its way.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::simulator) struct Utterance {
    message_id: String,
    from: Contact,
    said: Said,
}

impl SimulatorState {
    /// Somebody writes. A phone that is not online hears it when it comes back. Answers the `idmsg`.
    pub(in crate::simulator) fn contact_writes(&mut self, from: Contact, said: Said, now: Instant) -> String {
        let message_id = match &said {
            Said::Revoked { message_id } => message_id.clone(),
            _ => self.outgoing.new_message_id(),
        };
        let utterance = Utterance {
            message_id: message_id.clone(),
            from,
            said,
        };
        if self.phone.state == PhoneState::Online && self.unheard.is_empty() {
            self.tell_utterance(utterance, now);
        } else {
            self.unheard.push_back(utterance);
        }
        self.touch();
        message_id
    }

    /// The phone is back and hears what was written meanwhile.
    pub(in crate::simulator) fn hear_all(&mut self, now: Instant) {
        while let Some(utterance) = self.unheard.pop_front() {
            self.tell_utterance(utterance, now);
        }
    }

    /// Whether all that has happened so far has been told, answered or given up.
    #[must_use]
    pub fn is_webhook_quiet(&self) -> bool {
        self.outgoing.is_quiet()
    }

    fn tell_utterance(&mut self, utterance: Utterance, now: Instant) {
        let Utterance {
            message_id,
            from,
            said,
        } = utterance;
        let style = self.outgoing.config.style.clone();
        let unix_secs = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |time| time.as_secs());
        let file = said.file().map(|(bytes, mime_type)| {
            let name = match &said {
                Said::Document(document) => document.name.as_str(),
                _ => "",
            };
            let stem = self.outgoing.new_reference(name);
            let (in_message, with_file) = wire::extensions(mime_type, style.files.extension);
            let reference = format!("{stem}.{with_file}");
            let told = Told::File {
                message_id: message_id.clone(),
                reference: reference.clone(),
                bytes: bytes.clone(),
            };
            let content = Content::File {
                reference,
                bytes: bytes.clone(),
                mime_type: mime_type.to_owned(),
                style: style.files.clone(),
            };
            (format!("{stem}.{in_message}"), told, content)
        });
        let reference = file.as_ref().map(|(reference, ..)| reference.clone());
        let object = wire::message(&from, &said, &message_id, reference.as_deref(), unix_secs, &style);
        let told = Told::Message {
            message_id,
            from,
            said,
            reference,
        };
        let messages = (told, Content::Json(object), style.message_copies);
        let files = file.map(|(_, told, content)| (told, content, style.files.copies));
        let in_order = match style.files.order {
            FileOrder::AfterMessage => [Some(messages), files],
            FileOrder::BeforeMessage => [files, Some(messages)],
            FileOrder::Never => [Some(messages), None],
        };
        for (told, content, copies) in in_order.into_iter().flatten() {
            self.tell(&told, &content, copies, now);
        }
    }

    /// A message that was sent has a new status.
    pub(in crate::simulator) fn tell_status(&mut self, message: usize, code: u8, now: Instant) {
        let style = self.outgoing.config.style.statuses.clone();
        if !style.shuffled {
            return self.tell_statuses(message, &[code], now);
        }
        let kept = self.outgoing.kept_back.entry(message).or_default();
        kept.push(code);
        if code >= 3 {
            let mut codes = self.outgoing.kept_back.remove(&message).unwrap_or_default();
            codes.shuffle(&mut self.outgoing.random);
            if codes.is_sorted() {
                codes.reverse();
            }
            self.tell_statuses(message, &codes, now);
        }
    }

    fn tell_statuses(&mut self, message: usize, codes: &[u8], now: Instant) {
        let Some(record) = self.ledger.message_mut(message) else {
            return;
        };
        let (log_id, client_id) = (record.log_id.clone(), record.client_id.clone());
        let style = self.outgoing.config.style.clone();
        let by_client_id = match style.statuses.name {
            StatusName::LogId => false,
            StatusName::ClientId => true,
            StatusName::Alternating => message % 2 == 1,
        };
        let name = if by_client_id { client_id.clone() } else { log_id };
        for code in codes {
            let object = wire::status(&name, *code, &style);
            let told = Told::Status {
                name: name.clone(),
                client_id: client_id.clone(),
                code: *code,
            };
            let due = now + style.statuses.late_by;
            self.tell(&told, &Content::Json(object), style.statuses.copies, due);
        }
    }

    /// Puts something into the book and, if there is somebody to tell it to, among what waits.
    fn tell(&mut self, told: &Told, content: &Content, copies: usize, due: Instant) {
        for _ in 0..copies.max(1) {
            let end = if self.outgoing.config.url.is_none() {
                Some(WebhookEnd::NoAddress)
            } else if self.outgoing.is_full() {
                Some(WebhookEnd::Overflowed)
            } else {
                None
            };
            let record = self.ledger.add_webhook(WebhookRecord {
                told: told.clone(),
                ready_at: self.since_start(due),
                attempts: Vec::new(),
                end,
            });
            if end.is_none() {
                let content = content.clone();
                self.outgoing.push(Letter { record, content }, due);
            }
        }
    }

    /// What the courier carries next.
    pub(super) fn take_parcel(&mut self, now: Instant) -> Next {
        self.outgoing.take(now)
    }

    /// The courier tried.
    pub(super) fn note_attempt(&mut self, parcel: &Parcel, attempt: &WebhookAttempt) {
        for record in &parcel.records {
            if let Some(record) = self.ledger.webhook_mut(*record) {
                record.attempts.push(attempt.clone());
            }
        }
        self.touch();
    }

    /// The courier is done with it.
    pub(super) fn note_end(&mut self, parcel: &Parcel, end: WebhookEnd) {
        for record in &parcel.records {
            if let Some(record) = self.ledger.webhook_mut(*record) {
                record.end = Some(end);
            }
        }
        self.outgoing.settle_parcel();
        self.touch();
    }
}
