//! What DecisionTelecom answers, and what it tells about messages.

use super::config::{DecisionAuth, DecisionConfig};
use super::errors::{self, DocumentedError};
use super::requests::{self, Draft};
use super::style::CallbackBody;
use super::{DecisionState, PlayedDecisionTelecom};
use crate::simulator::common::page::{OwnPages, Page};
use crate::simulator::common::post::Content;
use crate::simulator::common::{CommonConfig, Function, MessageRecord, Step, Vendor};
use crate::simulator::delivery::Manners;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::time::Duration;
use tokio::time::Instant;

/// What is before the first identifier: that of the document's sample.
const BEFORE_FIRST_ID: u64 = 553;
/// How it calls its answers; what any refusal looks like.
const OWN: OwnPages = OwnPages {
    manners: Manners::JSON,
    refusal: |words| json!({"name": "Bad Request", "message": words, "code": errors::PARAMETER, "status": 400}),
};

impl Vendor for PlayedDecisionTelecom {
    type Config = DecisionConfig;

    const BASE_PATH: &'static str = "/v1/api/";
    const ATTACHMENT_LOST: u32 = errors::FAILED;

    fn begin(config: DecisionConfig) -> (Self, CommonConfig) {
        let common = config.common.clone();
        let vendor = Self {
            style: config.style.clone(),
            config,
            refusals: VecDeque::new(),
            latest_id: BEFORE_FIRST_ID,
        };
        (vendor, common)
    }

    fn function(path: &str) -> Option<Function> {
        match path.trim_end_matches('/').rsplit('/').next()? {
            "send-whatsapp" => Some(Function::Send),
            "receive-whatsapp" => Some(Function::State),
            _ => None,
        }
    }

    fn is_authorised(&self, authorization: Option<&str>) -> bool {
        let Some(value) = authorization.and_then(|header| header.strip_prefix("Basic ")) else {
            return false;
        };
        let key = self.config.key.reveal();
        self.config.accepted.iter().any(|form| match form {
            DecisionAuth::Key => value == STANDARD.encode(key),
            DecisionAuth::KeyColon => value == STANDARD.encode(format!("{key}:")),
            DecisionAuth::Raw => value == key,
        })
    }

    fn unauthorised(&self) -> Page {
        let status = if self.style.errors_in_200 { 200 } else { 401 };
        let words = "Your request was made with invalid credentials.";
        let json = json!({"name": "Unauthorized", "message": words, "code": 0, "status": 401});
        Page::new(OWN, status, json)
    }

    fn broken(&self) -> Page {
        self.refused(2, "")
    }

    fn answer(state: &mut DecisionState, function: Function, body: &[u8], now: Instant) -> Page {
        let request: Value = serde_json::from_slice(body).unwrap_or_default();
        match function {
            Function::Send => state.answer_send(&request, now),
            Function::State => state.answer_state(&request),
        }
    }

    fn tell(state: &mut DecisionState, message: usize, step: Step) -> Vec<Content> {
        let Some(record) = state.book().messages().get(message) else {
            return Vec::new();
        };
        let style = &state.vendor.style;
        // That a message left is no change: it stays pending.
        let changed = step != Step::Sent;
        let (id, status) = (record.id, status(Some(step)));
        let content = match style.callback {
            CallbackBody::Never => None,
            CallbackBody::Empty => Some(Content::Whole {
                content_type: None,
                body: Bytes::new(),
            }),
            CallbackBody::Json => Some(Content::Whole {
                content_type: Some("application/json"),
                body: Bytes::from(state.vendor.told(id, status).to_string()),
            }),
            CallbackBody::Form => Some(Content::Whole {
                content_type: Some("application/x-www-form-urlencoded"),
                body: Bytes::from(format!("message_id={id}&status={status}")),
            }),
        };
        content
            .filter(|_| changed)
            .map(|content| vec![content; style.callback_copies.max(1)])
            .unwrap_or_default()
    }
}

impl DecisionState {
    fn answer_send(&mut self, request: &Value, now: Instant) -> Page {
        if let Some(code) = self.vendor.take_refusal() {
            return self.vendor.refused(code, "");
        }
        if let Err(wait) = self.check_rate(now) {
            let whole = Duration::from_secs(wait.as_secs() + u64::from(wait.subsec_nanos() > 0));
            let refused = self.vendor.refused(errors::RATE, "");
            return refused.with_retry_after(Some(whole));
        }
        let draft = match requests::read(request, &self.vendor.config.senders, self.templates()) {
            Ok(draft) => draft,
            Err(fault) => return self.vendor.refused(fault.code, fault.parameter),
        };
        if self.balance() == 0 {
            return self.vendor.refused(errors::BALANCE, "");
        }
        if draft.template.is_none() && !self.may_write_freely(&draft.to, now) {
            return self.vendor.refused(errors::OUTSIDE_WINDOW, "");
        }
        let id = self.take(draft, now);
        let id = self.vendor.number(id);
        Page::new(OWN, 200, json!({ "message_id": id }))
    }

    /// Takes a message; answers its identifier.
    pub(super) fn take(&mut self, draft: Draft, now: Instant) -> u64 {
        self.vendor.latest_id += 1;
        let id = self.vendor.latest_id;
        let message = MessageRecord {
            id,
            // All that can be sent along to know a message by.
            mark: draft
                .callback
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            callback: draft.callback,
            from: draft.from,
            to: draft.to,
            text: draft.text,
            template: draft.template,
            attachment_url: draft.file_url,
            attachment: None,
            accepted_at: Duration::ZERO,
            sent_at: None,
            steps: Vec::new(),
        };
        self.accept(message, None, now);
        id
    }

    fn answer_state(&self, request: &Value) -> Page {
        let id = requests::text_or_number(request, "message_id");
        let message = id.parse().ok().and_then(|id| self.book().message(id));
        match message {
            Some(message) => {
                let told = self.vendor.told(message.id, status(message.latest_step()));
                Page::new(OWN, 200, told).with_trailing_comma(self.vendor.style.trailing_comma)
            }
            None => self.vendor.refused(errors::PARAMETER, "message_id"),
        }
    }
}

impl PlayedDecisionTelecom {
    /// The code of an error that was asked for.
    fn take_refusal(&mut self) -> Option<u8> {
        let (code, times) = self.refusals.front_mut()?;
        let code = *code;
        if times.use_up() {
            self.refusals.pop_front();
        }
        Some(code)
    }

    fn refused(&self, code: u8, parameter: &str) -> Page {
        let Some(error) = errors::of_code(code) else {
            return Page::new(OWN, 500, (OWN.refusal)("no such error"));
        };
        let DocumentedError {
            status,
            message,
            name,
            ..
        } = error;
        let told_status = if code == errors::PARAMETER && self.style.misprinted_status {
            4
        } else {
            status
        };
        let mut json = json!({"message": message, "code": code, "status": told_status});
        if self.style.names {
            json["name"] = if parameter.is_empty() {
                json!(name)
            } else {
                json!(format!("{name}: {parameter}"))
            };
        }
        let http_status = if self.style.errors_in_200 { 200 } else { status };
        Page::new(OWN, http_status, json)
    }

    fn number(&self, number: u64) -> Value {
        if self.style.numbers_as_text {
            json!(number.to_string())
        } else {
            json!(number)
        }
    }

    fn told(&self, id: u64, status: u32) -> Value {
        json!({"message_id": self.number(id), "status": self.number(u64::from(status))})
    }
}

/// `status` of a message that is so far.
fn status(step: Option<Step>) -> u32 {
    match step {
        None | Some(Step::Sent) => errors::PENDING,
        Some(Step::Delivered) => errors::DELIVERED,
        Some(Step::Seen) => errors::SEEN,
        Some(Step::Failed(code)) => code,
    }
}
