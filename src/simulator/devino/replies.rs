//! What Devino answers, and what it tells about messages. Document, sections "Parâmetros de resposta" and "Parâmetros de
//! obtenção de status".

use super::config::{DevinoAuth, DevinoConfig};
use super::control::Scope;
use super::errors::{self, Refusal};
use super::requests::{self, Draft};
use super::{DevinoState, PlayedDevino};
use crate::simulator::attachments::FetchedAttachment;
use crate::simulator::common::page::{OwnPages, Page};
use crate::simulator::common::post::Content;
use crate::simulator::common::{
    CommonConfig, Function, MessageRecord, Step, TemplateFault, Vendor, templates,
};
use crate::simulator::delivery::Manners;
use crate::simulator::webhook::{Contact, Said};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rand::RngExt as _;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::Instant;

/// What is before the first identifier: those of the document have 19 digits.
const BEFORE_FIRST_ID: u64 = 3_482_512_350_952_730_368;
/// What is before the first identifier of what people write.
const BEFORE_FIRST_INCOMING_ID: u64 = 7_120_000_000_000_000_000;
/// How Devino calls its answers; what a refusal of everything looks like.
const OWN: OwnPages = OwnPages {
    manners: Manners::JSON,
    refusal: |words| json!({"code": "REJECTED", "reasons": [{"key": errors::UNKNOWN.key}], "description": words}),
};

impl Vendor for PlayedDevino {
    type Config = DevinoConfig;

    const BASE_PATH: &'static str = "/";
    const ATTACHMENT_LOST: u32 = errors::CONTENT;

    fn begin(config: DevinoConfig) -> (Self, CommonConfig) {
        let common = config.common.clone();
        let vendor = Self {
            style: config.style.clone(),
            config,
            refusals: VecDeque::new(),
            latest_id: BEFORE_FIRST_ID,
            latest_incoming_id: BEFORE_FIRST_INCOMING_ID,
        };
        (vendor, common)
    }

    fn function(path: &str) -> Option<Function> {
        path.trim_end_matches('/')
            .ends_with("/whatsapp/messages")
            .then_some(Function::Send)
    }

    fn is_authorised(&self, authorization: Option<&str>) -> bool {
        let Some((scheme, value)) = authorization.and_then(|header| header.split_once(' ')) else {
            return false;
        };
        let config = &self.config;
        let accepted = |form| config.accepted.contains(&form);
        match scheme.to_ascii_lowercase().as_str() {
            "key" => accepted(DevinoAuth::Key) && value == config.key.reveal(),
            "basic" => {
                let both = format!("{}:{}", config.login, config.password.reveal());
                accepted(DevinoAuth::Login) && value == STANDARD.encode(both)
            }
            _ => false,
        }
    }

    fn unauthorised(&self) -> Page {
        let json = json!({"status": 401, "error": "Unauthorized", "path": "/whatsapp/messages"});
        Page::new(OWN, 401, json)
    }

    fn broken(&self) -> Page {
        Page::new(OWN, 500, (OWN.refusal)("internal error"))
    }

    fn answer(state: &mut DevinoState, _: Function, body: &[u8], now: Instant) -> Page {
        let Ok(request) = serde_json::from_slice::<Value>(body) else {
            return Page::new(OWN, 400, (OWN.refusal)("the body is no JSON"));
        };
        let nothing = Vec::new();
        let messages = request.get("messages").and_then(Value::as_array);
        let messages = messages.unwrap_or(&nothing);
        let of_all = match messages.len() {
            0 => Some(errors::NO_MESSAGES),
            count if count > state.vendor.config.batch_max => Some(errors::TOO_MANY),
            _ => state.vendor.take_refusal(Scope::Request),
        };
        if let Some(refusal) = of_all {
            return state.vendor.refused_whole(&[(0, refusal)]);
        }
        let read: Vec<_> = messages.iter().map(|message| state.read(message)).collect();
        let refusals: Vec<(usize, Refusal)> = read
            .iter()
            .enumerate()
            .filter_map(|(index, draft)| Some((index, draft.as_ref().err()?)))
            .flat_map(|(index, refusals)| refusals.iter().map(move |refusal| (index, *refusal)))
            .collect();
        if state.vendor.style.refuses_whole && !refusals.is_empty() {
            return state.vendor.refused_whole(&refusals);
        }
        let results: Vec<Value> = read
            .into_iter()
            .enumerate()
            .map(|(index, draft)| match draft {
                Ok(draft) => state.take(draft, index, now),
                Err(refusals) => {
                    let refusals: Vec<_> = refusals.into_iter().map(|refusal| (index, refusal)).collect();
                    state.vendor.rejected(&refusals)
                }
            })
            .collect();
        Page::new(OWN, 200, json!({ "result": results }))
    }

    fn entries_max(&self) -> usize {
        self.style.statuses_max
    }

    fn tell(state: &mut DevinoState, message: usize, step: Step) -> Vec<Content> {
        let style = &state.vendor.style;
        let words = &style.words;
        let (word, code) = match step {
            Step::Sent => (&words.sent, 0),
            Step::Delivered => (&words.delivered, 0),
            Step::Seen => (&words.seen, 0),
            Step::Failed(code) => (&words.failed, code),
        };
        let (Some(word), Some(record)) = (word, state.book().messages().get(message)) else {
            return Vec::new();
        };
        let mut entry = json!({
            "messageId": written_id(record.id, style.status_ids_as_text), "ts": unix_milliseconds(),
            "status": word, "errorCode": code, "ip": null, "browser": null, "os": null, "userAgent": null,
        });
        if !record.mark.is_empty() {
            entry["options"] = json!(record.mark);
        }
        vec![Content::Entry(entry.to_string()); style.status_copies.max(1)]
    }

    fn person_writes(state: &mut DevinoState, from: Contact, said: Said, now: Instant) {
        state.contact_writes(&from, &said, now);
    }
}

impl DevinoState {
    fn read(&mut self, message: &Value) -> Result<Draft, Vec<Refusal>> {
        match self.vendor.take_refusal(Scope::Message) {
            Some(refusal) => Err(vec![refusal]),
            None => requests::read(message, &self.vendor.config.senders),
        }
    }

    /// Takes a message; answers its entry of the result. What is wrong with one that is well written shows later.
    fn take(&mut self, draft: Draft, index: usize, now: Instant) -> Value {
        if self.balance() == 0 {
            return self.vendor.rejected(&[(index, errors::BILLING)]);
        }
        let failure = self.failure(&draft, now);
        self.vendor.latest_id += self.random.random_range(1..1_000_000_u64);
        let id = self.vendor.latest_id;
        let message = MessageRecord {
            id,
            mark: draft.callback_data,
            callback: draft.callback,
            from: draft.from,
            to: draft.to,
            text: draft.text,
            template: draft.template,
            attachment_url: draft.content_url,
            attachment: None::<FetchedAttachment>,
            accepted_at: Duration::ZERO,
            sent_at: None,
            steps: Vec::new(),
        };
        self.accept(message, failure, now);
        json!({"code": "OK", "messageId": written_id(id, self.vendor.style.ids_as_text)})
    }

    /// Why a message will fail on its way.
    fn failure(&mut self, draft: &Draft, now: Instant) -> Option<u32> {
        if self.check_rate(now).is_err() {
            return Some(errors::TOO_FAST);
        }
        if draft.to == draft.from {
            return Some(errors::TO_ITSELF);
        }
        let Some(template) = &draft.template else {
            return (!self.may_write_freely(&draft.to, now)).then_some(errors::NO_DIALOGUE);
        };
        let (key, language, values) = (&template.key, &template.language, &template.values);
        let found = templates::check(
            self.templates(),
            key,
            language,
            values,
            !draft.content_url.is_empty(),
        );
        found.err().map(|fault| match fault {
            TemplateFault::NoSuchTemplate => errors::NO_TEMPLATE,
            TemplateFault::NoSuchLanguage => errors::NO_TEMPLATE_LANGUAGE,
            TemplateFault::Parameters => errors::TEMPLATE_PARAMETERS,
            TemplateFault::ValueTooLong => errors::TEMPLATE_VALUE,
            TemplateFault::HeaderImage => errors::CONTENT,
        })
    }
}

impl PlayedDevino {
    /// A refusal that was asked for.
    fn take_refusal(&mut self, scope: Scope) -> Option<Refusal> {
        let index = self.refusals.iter().position(|(_, of, _)| *of == scope)?;
        let (refusal, _, times) = self.refusals.get_mut(index)?;
        let refusal = *refusal;
        if times.use_up() {
            self.refusals.remove(index);
        }
        Some(refusal)
    }

    fn rejected(&self, refusals: &[(usize, Refusal)]) -> Value {
        let reasons: Vec<Value> = refusals
            .iter()
            .map(|(index, refusal)| {
                let index = Some(*index).filter(|_| self.style.numbered_references);
                match refusal.place.reference(index) {
                    Some(place) => json!({"key": refusal.key, "ref": place}),
                    None => json!({"key": refusal.key}),
                }
            })
            .collect();
        let keys: Vec<&str> = refusals.iter().map(|(_, refusal)| refusal.key).collect();
        json!({"code": "REJECTED", "reasons": reasons, "description": keys.join(", ")})
    }

    fn refused_whole(&self, refusals: &[(usize, Refusal)]) -> Page {
        Page::new(OWN, 400, self.rejected(refusals))
    }
}

/// An identifier, as a number or as text.
pub(super) fn written_id(id: u64, as_text: bool) -> Value {
    if as_text { json!(id.to_string()) } else { json!(id) }
}

/// Milliseconds since 1970.
pub(super) fn unix_milliseconds() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
