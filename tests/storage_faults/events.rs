//! What was promised, and when: the child's marks and what left over the network, by the record at which it happened.

use crate::exchanges::{self, find};
use crate::trace::Record;
use recado::domain::message::MessageState;
use recado::simulator::webhook::{Told, WebhookRecord};
use sha2::{Digest as _, Sha256};

/// Something that must hold from then on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The operator was told that an account is saved.
    Account { id: String },
    /// The operator was told that a message is stored.
    Stored { id: String, client_id: String },
    /// The operator was shown a message in this state.
    Shown { id: String, state: MessageState },
    /// The operator was told that a file is taken in.
    TakenIn { stored_name: String, sha256: [u8; 32] },
    /// The request that sends a message left.
    Left { client_id: String },
    /// The gateway told what somebody wrote, and was answered 2xx.
    Message { gateway_id: String },
    /// … sent a file.
    File { reference: String, sha256: [u8; 32] },
    /// … reported about a message.
    Report { gateway_id: String, state: MessageState },
}

/// Everything in a trace that must hold, in its order. `webhooks` is what the gateway has told.
pub fn read(records: &[Record], webhooks: &[WebhookRecord]) -> Vec<(usize, Event)> {
    let mut events = Vec::new();
    for (at, record) in records.iter().enumerate() {
        if let Record::Mark { words } = record {
            events.extend(words.lines().filter_map(mark).map(|event| (at, event)));
        }
    }
    let network = exchanges::read(records);
    let stored: Vec<String> = events
        .iter()
        .filter_map(|(_, event)| match event {
            Event::Stored { client_id, .. } => Some(client_id.clone()),
            _ => None,
        })
        .collect();
    for client_id in stored {
        let left = network.left_at(&client_id);
        events.extend(left.map(|at| (at, Event::Left { client_id })));
    }
    for answered in &network.answered {
        events.push((answered.at, told(&answered.body, webhooks)));
    }
    events.sort_by_key(|(at, _)| *at);
    events
}

/// What the child says; `None` for words that promise nothing.
pub fn mark(line: &str) -> Option<Event> {
    let words: Vec<&str> = line.split(' ').collect();
    match words[..] {
        ["account", id] => Some(Event::Account { id: id.to_owned() }),
        ["stored", id, client_id] => Some(Event::Stored {
            id: id.to_owned(),
            client_id: client_id.to_owned(),
        }),
        ["shown", id, state] => Some(Event::Shown {
            id: id.to_owned(),
            state: MessageState::from_key(state).unwrap(),
        }),
        ["taken", stored_name, sha256] => Some(Event::TakenIn {
            stored_name: stored_name.to_owned(),
            sha256: bytes(sha256),
        }),
        _ => None,
    }
}

fn bytes(digits: &str) -> [u8; 32] {
    std::array::from_fn(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).unwrap())
}

/// A hash in digits, as the child says it.
pub fn digits(sha256: &[u8; 32]) -> String {
    sha256.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the body of a call tells.
fn told(body: &[u8], webhooks: &[WebhookRecord]) -> Event {
    if let Ok(json) = serde_json::from_slice::<serde_json::Value>(body) {
        let field = |name: &str| match &json[name] {
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        return match field("tipo").as_str() {
            "mensagem" => Event::Message {
                gateway_id: field("idmsg"),
            },
            "status" => Event::Report {
                gateway_id: field("idlog"),
                state: state(field("codigo_status").parse().unwrap()),
            },
            other => panic!("{other}: {json}"),
        };
    }
    let file = webhooks.iter().find_map(|webhook| match &webhook.told {
        Told::File { reference, bytes, .. } if find(body, reference.as_bytes()).is_some() => {
            Some(Event::File {
                reference: reference.clone(),
                sha256: Sha256::digest(bytes).into(),
            })
        }
        _ => None,
    });
    file.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&body[..body.len().min(300)])))
}

/// The state a report's code stands for.
pub fn state(code: u8) -> MessageState {
    [MessageState::Sent, MessageState::Delivered, MessageState::Read][usize::from(code) - 1]
}
