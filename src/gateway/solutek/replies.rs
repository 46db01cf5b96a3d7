//! What the vendor's replies mean.
//!
//! Decided by the fields of the reply, hardly by its HTTP status (the document knows no status but 200):
//!
//! - `erro` is "sim": the vendor's own documented error, definite whatever the status. With a 5xx it must say what is
//!   wrong in `sobre_o_erro`, for a server that fails may print half-filled replies.
//! - `erro` is "nao" with a 2xx: success. With another status the two contradict each other, and nothing is certain.
//! - 3xx: somebody else answered. Nothing is certain.
//! - Several documents in one body count only if their `erro` says the same; a broken one among them makes it unclear.
//! - No readable `erro`: 401 and 403 refuse the credentials and 429 asks to wait, before the request was looked at.
//!   Everything else says nothing about what became of it.

use super::errors::{ErrorClass, classify};
use crate::domain::health::{Limits, PhoneStatus};
use crate::domain::message::{Reason, ReasonKind};
use crate::domain::outbox::SendVerdict;
use crate::domain::pairing::{PairingAnswer, PairingPicture};
use crate::domain::text::shown_name;
use crate::gateway::http::{Answer, Outcome};
use crate::gateway::redaction::Redactor;
use crate::gateway::tolerant::{Documents, Object, Picture, decoded};
use crate::gateway::{DelayChange, GatewayError, RAW_MAX, SendReport, WORDS_MAX};
use std::sync::Arc;

/// Longest excerpt of an answer that could not be read, in characters.
const EXCERPT_MAX: usize = 160;

/// The fields of a successful reply.
pub(super) type Reply = Object;

/// A reply, opened.
enum Opened {
    /// `erro` is "nao".
    Success(Reply),
    /// `erro` is "sim", with the vendor's words.
    Error(String),
    /// Nothing certain.
    Unclear {
        /// What was found instead.
        words: String,
        /// Whether the body claims success or failure nevertheless, at odds with the rest of the answer.
        at_odds: bool,
    },
}

fn open(answer: &Answer, redactor: &Redactor) -> Opened {
    let found = Documents::read(&answer.body);
    let claims: Vec<Option<bool>> = found
        .with_key("erro")
        .map(|object| object.yes_no("erro"))
        .collect();
    let unclear = |at_odds| Opened::Unclear {
        words: format!(
            "HTTP {}: {}",
            answer.status,
            redactor.excerpt(&answer.body, EXCERPT_MAX)
        ),
        at_odds,
    };
    let Some(first) = found.with_key("erro").next() else {
        return unclear(found.broken);
    };
    if found.broken || claims.iter().any(|claim| *claim != claims[0]) {
        return unclear(true);
    }
    let words = first.words("sobre_o_erro").unwrap_or_default();
    match (claims[0], answer.status) {
        (_, 300..400) => unclear(true),
        (Some(true), 500..) if words.is_empty() => unclear(true),
        (Some(true), _) => Opened::Error(words),
        (Some(false), 200..300) => Opened::Success(first.clone()),
        (Some(false), _) => unclear(true),
        (None, _) => unclear(false),
    }
}

/// What a send came to.
pub(super) fn report(outcome: Outcome, redactor: &Redactor) -> SendReport {
    let ambiguous = |kind, words: &str| {
        SendVerdict::Ambiguous(Reason::with_words(kind, redactor.shown(words, WORDS_MAX)))
    };
    let (verdict, answer) = match outcome {
        Outcome::NotSent { words } => (
            SendVerdict::NotSent {
                words: redactor.shown(&words, WORDS_MAX),
            },
            None,
        ),
        Outcome::MaybeSent { loss, words, partial } => (ambiguous(loss.reason(), &words), partial),
        Outcome::Answered(answer) => {
            let verdict = match open(&answer, redactor) {
                Opened::Success(reply) => SendVerdict::Accepted {
                    gateway_id: reply.id("idlog").filter(|id| !redactor.finds_secret(id)),
                },
                Opened::Error(words) => refused(&words, &answer, redactor),
                Opened::Unclear { words, at_odds } => match answer.status {
                    401 | 403 if !at_odds => SendVerdict::CredentialsRefused {
                        words: redactor.shown(&words, WORDS_MAX),
                    },
                    429 if !at_odds => wait(ReasonKind::RateLimited, &words, &answer, redactor),
                    500.. => ambiguous(ReasonKind::GatewayFailure, &words),
                    _ => ambiguous(ReasonKind::UnreadableAnswer, &words),
                },
            };
            (verdict, Some(answer))
        }
    };
    SendReport {
        verdict,
        raw: answer.map(|answer| raw(&answer, redactor)),
    }
}

fn refused(words: &str, answer: &Answer, redactor: &Redactor) -> SendVerdict {
    let shown = redactor.shown(words, WORDS_MAX);
    let rejected = |kind| SendVerdict::Rejected(Reason::with_words(kind, shown.clone()));
    match classify(words) {
        ErrorClass::Quota => wait(ReasonKind::QuotaExhausted, words, answer, redactor),
        ErrorClass::Rate => wait(ReasonKind::RateLimited, words, answer, redactor),
        _ if answer.status == 429 => wait(ReasonKind::RateLimited, words, answer, redactor),
        ErrorClass::Credentials => SendVerdict::CredentialsRefused { words: shown },
        ErrorClass::AlreadyKnown => SendVerdict::AlreadyKnown { words: shown },
        ErrorClass::Recipient => rejected(ReasonKind::InvalidRecipient),
        ErrorClass::Attachment => rejected(ReasonKind::InvalidAttachment),
        ErrorClass::Other => rejected(ReasonKind::RejectedByGateway),
    }
}

fn wait(kind: ReasonKind, words: &str, answer: &Answer, redactor: &Redactor) -> SendVerdict {
    SendVerdict::Wait {
        reason: Reason::with_words(kind, redactor.shown(words, WORDS_MAX)),
        retry_after: answer.retry_after,
    }
}

fn raw(answer: &Answer, redactor: &Redactor) -> String {
    redactor.shown(
        &format!("HTTP {}\n{}", answer.status, decoded(&answer.body)),
        RAW_MAX,
    )
}

/// What a call that sends no message came to; `read` finds what was asked for in the reply, or does not.
pub(super) fn result<T>(
    outcome: Outcome,
    redactor: &Redactor,
    read: impl Fn(&Reply) -> Option<T>,
) -> Result<T, GatewayError> {
    let shown = |words: &str| redactor.shown(words, WORDS_MAX);
    let answer = outcome.answered(redactor)?;
    let rate_limited = |words: &str| GatewayError::RateLimited {
        words: shown(words),
        retry_after: answer.retry_after,
    };
    Err(match open(&answer, redactor) {
        Opened::Success(reply) => match read(&reply) {
            Some(value) => return Ok(value),
            None => GatewayError::Unreadable {
                words: redactor.excerpt(&answer.body, EXCERPT_MAX),
            },
        },
        Opened::Error(words) => match classify(&words) {
            ErrorClass::Rate => rate_limited(&words),
            _ if answer.status == 429 => rate_limited(&words),
            ErrorClass::Credentials => GatewayError::CredentialsRefused { words: shown(&words) },
            _ => GatewayError::Refused { words: shown(&words) },
        },
        Opened::Unclear { words, at_odds } => match answer.status {
            401 | 403 if !at_odds => GatewayError::CredentialsRefused { words: shown(&words) },
            429 if !at_odds => rate_limited(&words),
            _ => GatewayError::Unreadable { words: shown(&words) },
        },
    })
}

/// Section "Consultando Status Da Conexão". `pronto` without `logado` means both; without a session it says nothing.
pub(super) fn phone_status(reply: &Reply) -> Option<PhoneStatus> {
    let ready = reply.yes_no("pronto");
    let paired = reply.yes_no("logado").or(ready.filter(|ready| *ready))?;
    Some(PhoneStatus {
        paired,
        online: paired && ready?,
        name: name(reply),
        number: number(reply),
        battery_percent: reply.percent("bateria"),
    })
}

/// Section "Consultar Limites e Informações do Plano".
pub(super) fn limits(reply: &Reply) -> Option<Limits> {
    let limits = Limits {
        daily: reply.unsigned("limite_diario"),
        used: reply.unsigned("limite_diario_usado"),
        left: reply.unsigned("limite_diario_restante"),
        expires: reply.date("expira"),
    };
    (limits != Limits::default()).then_some(limits)
}

/// Section "Obtendo a Atualização do QRCODE".
pub(super) fn pairing(reply: &Reply) -> Option<PairingAnswer> {
    let connected = reply.yes_no("conectado");
    if connected == Some(true) {
        return Some(PairingAnswer::Connected {
            name: name(reply),
            number: number(reply),
        });
    }
    match reply.picture("qrcode") {
        Some(Picture::Bytes(bytes)) => Some(PairingAnswer::Picture(PairingPicture(Arc::from(bytes)))),
        Some(Picture::NotBase64) => None,
        None => connected.map(|_| PairingAnswer::NoCode),
    }
}

/// Section "Aplicar Delay no envio de mensagens".
pub(super) fn delay_change(reply: &Reply) -> DelayChange {
    let secs = |key| reply.unsigned(key).and_then(|secs| u32::try_from(secs).ok());
    DelayChange {
        previous_secs: secs("delay_anterior"),
        current_secs: secs("delay_atual"),
    }
}

fn name(reply: &Reply) -> Option<String> {
    Some(shown_name(&reply.text("nome")?)).filter(|name| !name.is_empty())
}

fn number(reply: &Reply) -> Option<String> {
    // What stands behind an `@` names a server and a device, not the number.
    let id = reply.id("telefone")?;
    let digits: String = id
        .split(['@', ':'])
        .next()?
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    (!digits.is_empty()).then_some(digits)
}

#[cfg(test)]
#[path = "replies_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "replies_field_tests.rs"]
mod field_tests;
