//! What the vendor's replies mean. Document, sections "API Send WhatsApp message", "API Receive WhatsApp message" and
//! "Errors".
//!
//! Decided by the fields of the reply, hardly by its HTTP status, for errors come with 200 too:
//!
//! - `message_id` (and for a question `status`) with a 2xx, and nothing that speaks of a failure: success. With another
//!   status, or beside the fields of an error, the two contradict each other, and nothing is certain.
//! - An error of the table: what the table says, whatever the HTTP status.
//! - Another error in the same form: by the status it gives itself, or came with. 401 and 403 refuse the key, 402 asks for
//!   payment, 429 to wait. An answer of HTTP's own that there is no such address or method, or that it takes no such body,
//!   comes before anything is carried out, and is definite if it says something. All else is not: an error that is not
//!   documented does not say how far the request had come.
//! - 3xx: somebody else answered. A document that breaks off, or several that differ: nothing is certain.
//! - No such fields: 401 and 403 refuse the key, 402 asks for payment and 429 to wait, before the request was looked at.
//!   Everything else says nothing about what became of it.

use super::errors::{BALANCE, Follows, Meaning, RATE, Told};
use super::statuses::Status;
use crate::domain::message::{Reason, ReasonKind};
use crate::domain::outbox::SendVerdict;
use crate::domain::text::is_direction_control;
use crate::gateway::http::{Answer, Outcome};
use crate::gateway::redaction::Redactor;
use crate::gateway::tolerant::{Documents, Json, Object, decoded};
use crate::gateway::{GatewayError, RAW_MAX, SendReport, StateAnswer, WORDS_MAX};

/// Longest excerpt of an answer that could not be read, in characters.
const EXCERPT_MAX: usize = 160;
/// The fields of which a document of the vendor's has one.
const TELLING: [&str; 5] = ["message_id", "status", "code", "message", "name"];

/// A reply, opened.
enum Opened {
    /// A document that speaks of no failure, with a 2xx.
    Good(Object),
    /// An error.
    Error(Told),
    /// Nothing certain.
    Unclear {
        /// Whether the body claims success or failure nevertheless, at odds with the rest of the answer.
        at_odds: bool,
    },
}

fn open(answer: &Answer) -> Opened {
    let found = Documents::read(&answer.body);
    let mut telling = found.objects.iter().filter(|object| {
        TELLING
            .iter()
            .any(|key| object.get(key).is_some_and(|value| *value != Json::Null))
    });
    let first = telling.next();
    let at_odds = found.broken
        || (300..400).contains(&answer.status)
        || first.is_some_and(|first| telling.any(|other| other != first));
    let Some(document) = first.filter(|_| !at_odds) else {
        return Opened::Unclear { at_odds };
    };
    let id = message_id(document);
    match Told::read(document).filter(|told| id.is_none() || told.claims_failure()) {
        Some(_) if id.is_some() => Opened::Unclear { at_odds: true },
        Some(told) => Opened::Error(told),
        None if (200..300).contains(&answer.status) => Opened::Good(document.clone()),
        None => Opened::Unclear {
            at_odds: id.is_some(),
        },
    }
}

/// `message_id`, if it is one.
pub(super) fn message_id(object: &Object) -> Option<String> {
    object.id("message_id").filter(|id| is_message(id))
}

/// Whether it is the identifier of a message: 0 and what is below are none.
pub(super) fn is_message(id: &str) -> bool {
    id != "0"
        && !id.starts_with('-')
        && !id
            .chars()
            .any(|character| character.is_control() || is_direction_control(character))
}

/// What a send came to.
pub(super) fn report(outcome: Outcome, redactor: &Redactor) -> SendReport {
    let (verdict, answer) = match outcome {
        Outcome::NotSent { words } => (
            SendVerdict::NotSent {
                words: redactor.shown(&words, WORDS_MAX),
            },
            None,
        ),
        Outcome::MaybeSent { loss, words, partial } => {
            let reason = Reason::with_words(loss.reason(), redactor.shown(&words, WORDS_MAX));
            (SendVerdict::Ambiguous(reason), partial)
        }
        Outcome::Answered(answer) => {
            let verdict = Judge {
                answer: &answer,
                redactor,
            }
            .sent();
            (verdict, Some(answer))
        }
    };
    let raw = answer.map(|answer| {
        redactor.shown(
            &format!("HTTP {}\n{}", answer.status, decoded(&answer.body)),
            RAW_MAX,
        )
    });
    SendReport { verdict, raw }
}

/// What a question about a message came to.
pub(super) fn state(
    outcome: Outcome,
    gateway_id: &str,
    redactor: &Redactor,
) -> Result<StateAnswer, GatewayError> {
    let answer = outcome.answered(redactor)?;
    let judge = Judge {
        answer: &answer,
        redactor,
    };
    match open(&answer) {
        Opened::Good(document) => {
            // An answer about another message says nothing about this one.
            let ours = message_id(&document).is_none_or(|id| id == gateway_id.trim());
            Status::read(&document)
                .filter(|_| ours)
                .map(Status::answer)
                .ok_or_else(|| judge.unreadable())
        }
        Opened::Error(told) => Err(judge.error(&told)),
        Opened::Unclear { at_odds } => Err(judge.by_status(at_odds)),
    }
}

/// What the question about a message that does not exist came to: every answer that a key is needed for says that it was
/// taken.
pub(super) fn tested(outcome: Outcome, redactor: &Redactor) -> Result<(), GatewayError> {
    let answer = outcome.answered(redactor)?;
    let judge = Judge {
        answer: &answer,
        redactor,
    };
    match open(&answer) {
        Opened::Good(document)
            if document.id("message_id").is_some() || Status::read(&document).is_some() =>
        {
            Ok(())
        }
        Opened::Good(_) => Err(judge.unreadable()),
        Opened::Error(told) => match told.meaning(answer.status) {
            Some(meaning) if meaning != RATE => Ok(()),
            Some(_) => Err(judge.error(&told)),
            None => match told.status(answer.status) {
                Some(400 | 422) if answer.status < 500 => Ok(()),
                Some(404) if answer.status < 500 && told.speaks_of_a_message() => Ok(()),
                _ => Err(judge.error(&told)),
            },
        },
        Opened::Unclear { at_odds } => Err(judge.by_status(at_odds)),
    }
}

/// Judges one answer.
struct Judge<'a> {
    answer: &'a Answer,
    redactor: &'a Redactor,
}

impl Judge<'_> {
    fn sent(&self) -> SendVerdict {
        match open(self.answer) {
            Opened::Good(document) => match message_id(&document) {
                Some(id) => SendVerdict::Accepted {
                    gateway_id: Some(id).filter(|id| !self.redactor.finds_secret(id)),
                },
                None => self.ambiguous(&self.found()),
            },
            Opened::Error(told) => self.refused(&told),
            Opened::Unclear { at_odds } => {
                let words = self.found();
                match self.answer.status {
                    401 | 403 if !at_odds => SendVerdict::CredentialsRefused {
                        words: self.shown(&words),
                    },
                    402 if !at_odds => self.wait(BALANCE, &words),
                    429 if !at_odds => self.wait(RATE, &words),
                    _ => self.ambiguous(&words),
                }
            }
        }
    }

    /// An error in answer to a send.
    fn refused(&self, told: &Told) -> SendVerdict {
        let words = told.words();
        if let Some(meaning) = told.meaning(self.answer.status) {
            let reason = meaning.reason(self.shown(&words));
            return match meaning.follows {
                Follows::Rejected => SendVerdict::Rejected(reason),
                Follows::Wait => self.wait(meaning, &words),
                Follows::Unclear => SendVerdict::Ambiguous(reason),
            };
        }
        match told.status(self.answer.status) {
            Some(401 | 403) => SendVerdict::CredentialsRefused {
                words: self.shown(&words),
            },
            Some(402) => self.wait(BALANCE, &words),
            Some(429) => self.wait(RATE, &words),
            Some(status) if self.is_turned_away(told, status) => SendVerdict::Rejected(Reason::with_words(
                ReasonKind::RejectedByGateway,
                self.shown(&words),
            )),
            Some(500..) => {
                SendVerdict::Ambiguous(Reason::with_words(ReasonKind::GatewayFailure, self.shown(&words)))
            }
            _ => self.ambiguous(&self.found()),
        }
    }

    /// An error in answer to a question.
    fn error(&self, told: &Told) -> GatewayError {
        let words = self.shown(&told.words());
        let rate = |words| GatewayError::RateLimited {
            words,
            retry_after: self.answer.retry_after,
        };
        match told.meaning(self.answer.status) {
            Some(meaning) if meaning == RATE => return rate(words),
            Some(meaning) if meaning.follows == Follows::Unclear => {
                return GatewayError::Failing { words };
            }
            Some(_) => return GatewayError::Refused { words },
            None => {}
        }
        match told.status(self.answer.status) {
            Some(401 | 403) => GatewayError::CredentialsRefused { words },
            Some(429) => rate(words),
            Some(402) => GatewayError::Refused { words },
            Some(status) if self.is_fault_of_the_question(told, status) => GatewayError::Refused { words },
            Some(500..) => GatewayError::Failing { words },
            _ => self.unreadable(),
        }
    }

    /// Whether a send was turned away before anything was made of it: both HTTP and the error itself say that there is no
    /// such address or method, or that such a body is not taken, and there are words.
    fn is_turned_away(&self, told: &Told, status: u64) -> bool {
        matches!(status, 404 | 405 | 411 | 413 | 414 | 415)
            && u64::from(self.answer.status) == status
            && told.has_words()
    }

    /// Whether an error that is not in the table is one of the question's: a status that speaks of the request and not of
    /// how it went, and words.
    fn is_fault_of_the_question(&self, told: &Told, status: u64) -> bool {
        let of_the_request = matches!(status, 400 | 404 | 405 | 406 | 410 | 411 | 413 | 414 | 415 | 422);
        of_the_request && told.has_words() && self.answer.status < 500
    }

    /// What is known if the body says nothing.
    fn by_status(&self, at_odds: bool) -> GatewayError {
        let words = self.shown(&self.found());
        match self.answer.status {
            401 | 403 if !at_odds => GatewayError::CredentialsRefused { words },
            402 if !at_odds => GatewayError::Refused { words },
            429 if !at_odds => GatewayError::RateLimited {
                words,
                retry_after: self.answer.retry_after,
            },
            500.. => GatewayError::Failing { words },
            _ => GatewayError::Unreadable { words },
        }
    }

    fn unreadable(&self) -> GatewayError {
        let words = self.shown(&self.found());
        match self.answer.status {
            500.. => GatewayError::Failing { words },
            _ => GatewayError::Unreadable { words },
        }
    }

    fn ambiguous(&self, words: &str) -> SendVerdict {
        let kind = match self.answer.status {
            500.. => ReasonKind::GatewayFailure,
            _ => ReasonKind::UnreadableAnswer,
        };
        SendVerdict::Ambiguous(Reason::with_words(kind, self.shown(words)))
    }

    fn wait(&self, meaning: Meaning, words: &str) -> SendVerdict {
        SendVerdict::Wait {
            reason: meaning.reason(self.shown(words)),
            retry_after: self.answer.retry_after,
        }
    }

    fn shown(&self, words: &str) -> String {
        self.redactor.shown(words, WORDS_MAX)
    }

    fn found(&self) -> String {
        format!(
            "HTTP {}: {}",
            self.answer.status,
            self.redactor.excerpt(&self.answer.body, EXCERPT_MAX)
        )
    }
}

#[cfg(test)]
#[path = "replies_tests.rs"]
mod tests;
