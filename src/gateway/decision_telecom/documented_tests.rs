//! The document's tables "Errors" and "WhatsApp messages statuses", row by row.

use super::errors::Told;
use super::statuses::Status;
use crate::domain::MessageState;
use crate::domain::message::Reason;
use crate::gateway::testing::{Documented, Fault};
use crate::gateway::tolerant::Documents;

/// Code and status of an error, the mark of what the table says of it, what is at fault.
#[rustfmt::skip]
const ERRORS: &[(u64, u64, &str, Option<Fault>)] = &[
    (0, 429, "rate", Some(Fault::Messages)),
    (1, 4, "parameter", None),
    (2, 500, "server", None),
    (3, 402, "balance", Some(Fault::Money)),
    (4, 500, "server", None), (5, 500, "server", None), (6, 500, "server", None),
    (7, 503, "window", Some(Fault::Template)),
    (8, 401, "type", Some(Fault::Address)),
    (9, 401, "extension", Some(Fault::Address)),
];

/// The parameters that code 1 may name, and what is at fault then.
#[rustfmt::skip]
const PARAMETERS: &[(&str, Option<Fault>)] = &[
    ("source_addr", Some(Fault::Sender)),
    ("destination_addr", Some(Fault::Recipient)),
    ("message_type", Some(Fault::Messages)),
    ("text", Some(Fault::Text)),
    ("file_url", Some(Fault::Address)),
    ("callback_url", Some(Fault::Reports)),
    ("template_name", Some(Fault::Template)),
    ("template_params", Some(Fault::Parameters)),
];

/// The statuses, and whether they end a message that the vendor had taken.
const STATUSES: &[(u64, bool)] = &[
    (1, false),
    (2, true),
    (3, true),
    (4, true),
    (5, true),
    (6, false),
    (7, false),
];

fn refused_with(body: &str) -> Reason {
    let told = Told::read(&Documents::read(body.as_bytes()).objects[0]).unwrap();
    told.meaning(200).unwrap().reason(told.words())
}

/// Every row of the tables that has a reason.
pub(crate) fn rows() -> Vec<Documented> {
    let errors = ERRORS.iter().map(|(code, status, alike, fault)| Documented {
        named: code.to_string(),
        alike: (*alike).to_owned(),
        fault: *fault,
        reason: refused_with(&format!("{{\"code\":{code},\"status\":{status}}}")),
    });
    let parameters = PARAMETERS.iter().map(|(name, fault)| {
        let named = format!("Invalid Parameter: {name}");
        Documented {
            reason: refused_with(&format!("{{\"name\":\"{named}\",\"code\":1,\"status\":400}}")),
            alike: named.clone(),
            named,
            fault: *fault,
        }
    });
    let ends = STATUSES.iter().filter(|(_, ends)| *ends).map(|(code, _)| {
        let (state, reason) = told(*code);
        assert_eq!(state, Some(MessageState::Rejected));
        Documented {
            named: format!("status {code}"),
            alike: format!("status {code}"),
            fault: Some(Fault::Messages),
            reason: reason.unwrap(),
        }
    });
    errors.chain(parameters).chain(ends).collect()
}

/// The states that the statuses which end nothing lead to; `None` for one that leaves a message as it is.
pub(crate) fn states() -> Vec<Option<MessageState>> {
    let others = STATUSES.iter().filter(|(_, ends)| !ends);
    others
        .map(|(code, _)| {
            let (state, reason) = told(*code);
            assert_eq!(reason, None);
            state
        })
        .collect()
}

fn told(code: u64) -> (Option<MessageState>, Option<Reason>) {
    let object = Documents::read(format!("{{\"message_id\":554,\"status\":{code},}}").as_bytes())
        .objects
        .remove(0);
    let answer = Status::read(&object).unwrap().answer();
    (answer.state, answer.reason)
}
