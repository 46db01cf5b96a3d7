//! How far one of our messages is. Document, section "Status de webhook".

use crate::domain::MessageState;
use crate::domain::incoming::InboundReport;
use crate::domain::message::{Reason, ReasonKind};
use crate::domain::text::shown_name;
use crate::gateway::devino::errors::{LATE, of_code};
use crate::gateway::inbound::values::identifier;
use crate::gateway::tolerant::{Object, folded};

/// Reads a status. Its `reference` is the gateway's identifier, empty if there is none and no `options` either;
/// `other_reference` what we had sent along.
///
/// Only `DELIVERED` is attested, so other words are read as they are usual. One that is not known moves no message back or
/// on, but proves that the gateway has it, and is kept.
///
/// # Errors
/// Why it says nothing.
pub(super) fn read(object: &Object) -> Result<InboundReport, String> {
    // The document's own sample has the identifier 1, so only 0 is none.
    let gateway_id = identifier(object, "messageid", &["messageid", "id"]).filter(|id| id != "0");
    let options = identifier(object, "options", &["callbackdata"]);
    let word = object.text("status").unwrap_or_default();
    let code = object.unsigned("errorcode").filter(|code| *code > 0);
    let strange_code = object
        .text("errorcode")
        .filter(|text| code.is_none() && object.unsigned("errorcode") != Some(0) && !text.trim().is_empty());
    let told = folded(&word);
    if told.is_empty() && code.is_none() && strange_code.is_none() {
        return Err(format!(
            "a status without a word came for {}",
            gateway_id.or(options).unwrap_or_default()
        ));
    }
    let (state, reason) = state(&told, code);
    let code_words = code.map(|code| code.to_string()).or(strange_code);
    let plain = state != MessageState::Accepted && reason.is_none() && code_words.is_none();
    let words = [code_words.unwrap_or_default(), word.trim().to_owned()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let words = Some(shown_name(&words)).filter(|words| !words.is_empty());
    let (reference, other_reference) = match (gateway_id, options) {
        (Some(id), other) => {
            let other = other.filter(|other| *other != id);
            (id, other)
        }
        // Beside nothing, what we had sent along is the identifier; that it is so is seen by the second one.
        (None, Some(options)) => (options.clone(), Some(options)),
        (None, None) => (String::new(), None),
    };
    Ok(InboundReport {
        reference,
        other_reference,
        state,
        reason: reason.map(|reason| Reason {
            words: words.clone(),
            ..reason
        }),
        words: words.filter(|_| !plain),
    })
}

/// The state, and why it failed.
fn state(word: &str, code: Option<u64>) -> (MessageState, Option<Reason>) {
    let by_word = of_word(word);
    let failure = code.and_then(of_code);
    match (by_word, failure) {
        // That it arrived and that it failed contradict each other: all that is certain is that the gateway has it.
        (Some(Told::Reached(state)), Some(_)) if state != MessageState::Sent => {
            (MessageState::Accepted, None)
        }
        (_, Some(meaning)) => (MessageState::Rejected, Some(meaning.reason(""))),
        (Some(Told::Reached(state)), None) => (state, None),
        (Some(Told::Failed(kind)), None) if kind == LATE.kind => {
            (MessageState::Rejected, Some(LATE.reason("")))
        }
        (Some(Told::Failed(kind)), None) => (MessageState::Rejected, Some(Reason::new(kind))),
        (None, None) => (MessageState::Accepted, None),
    }
}

/// What a word says.
enum Told {
    Reached(MessageState),
    Failed(ReasonKind),
}

/// The words usual for statuses, folded. Those that could mean one thing or another (received by whom? deleted by whom?)
/// are not among them.
fn of_word(word: &str) -> Option<Told> {
    Some(match word {
        "sent" | "dispatched" | "enviado" | "enviada" => Told::Reached(MessageState::Sent),
        "delivered" | "entregue" => Told::Reached(MessageState::Delivered),
        "read" | "seen" | "viewed" | "opened" | "lido" | "lida" => Told::Reached(MessageState::Read),
        "undelivered" | "not delivered" | "undeliverable" | "rejected" | "failed" | "error" | "blocked"
        | "cancelled" | "canceled" => Told::Failed(ReasonKind::RejectedByGateway),
        "expired" => Told::Failed(ReasonKind::Expired),
        "spam" => Told::Failed(ReasonKind::TakenForSpam),
        _ => return None,
    })
}
