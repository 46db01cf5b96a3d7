//! What the vendor's replies mean. Document, section "Enviando", "Parâmetros de resposta" and "Códigos de erro".
//!
//! A reply has one `result` for each message, in their order, or `reasons` at its top for the request as a whole. Decided
//! by these fields, and where they leave it open by the HTTP status:
//!
//! - `OK` with a 2xx: taken. With another status the two contradict each other, and nothing is certain.
//! - `REJECTED`, or `reasons`: definite. With a 5xx only if the reason is one of the document's own and says something, for
//!   a server that fails may print half-filled replies.
//! - Such a refusal of a whole batch that is about one of its messages is definite for the others only if it says itself
//!   that all was refused: by `REJECTED` at its top or in the results, and without a 5xx. `too.many.messages` always says
//!   so, but for a 5xx. Else the others may have gone before that one was found, and are not posted again.
//! - As many results as messages, or none can be told apart: a result may then be anybody's, unless its reason names its
//!   message.
//! - 3xx: somebody else answered. A document that breaks off, or several that differ: nothing is certain.
//! - No such fields: 401 and 403 refuse the credentials, 402 asks for payment and 429 to wait, before the request was
//!   looked at. Everything else says nothing about what became of it.

use super::errors::{Meaning, RefusedFor};
use super::results::{Entry, Refusal, entries, entry, refusal_of_the_list};
use crate::domain::message::{Reason, ReasonKind};
use crate::domain::outbox::SendVerdict;
use crate::gateway::http::{Answer, Outcome};
use crate::gateway::redaction::Redactor;
use crate::gateway::tolerant::{Documents, Json, Object, decoded};
use crate::gateway::{GatewayError, RAW_MAX, WORDS_MAX};

/// Longest excerpt of an answer that could not be read, in characters.
const EXCERPT_MAX: usize = 160;

/// What became of a request with several messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Judgement {
    /// The same became of all of them.
    All(SendVerdict),
    /// Something else of each, in their order.
    Each(Vec<Fate>),
    /// All of it was refused for one faulty message, and it is not said which: smaller parts of it may be taken.
    Split,
    /// All of it was refused for being too much.
    TooMany,
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    /// This.
    Final(SendVerdict),
    /// It was refused along with another one, at which the fault lies: it may be sent again without that one.
    RefusedAlong,
}

/// The documents of an answer.
enum Opened {
    /// The one that counts.
    Document(Object),
    /// None, or nothing certain.
    Unclear {
        /// Whether there was something that claims success or failure nevertheless.
        at_odds: bool,
    },
}

fn open(answer: &Answer) -> Opened {
    let found = Documents::read(&answer.body);
    let mut telling = found.objects.iter().filter(|object| {
        ["result", "reasons", "code"]
            .iter()
            .any(|key| matches!(object.get(key), Some(value) if *value != Json::Null))
    });
    let first = telling.next();
    let at_odds = found.broken
        || (300..400).contains(&answer.status)
        || first.is_some_and(|first| telling.any(|other| other != first));
    match first {
        Some(document) if !at_odds => Opened::Document(document.clone()),
        _ => Opened::Unclear { at_odds },
    }
}

/// Judges an exchange of `count` messages.
pub(super) fn judge(outcome: &Outcome, count: usize, redactor: &Redactor) -> Judgement {
    match outcome {
        Outcome::NotSent { words } => Judgement::All(SendVerdict::NotSent {
            words: redactor.shown(words, WORDS_MAX),
        }),
        Outcome::MaybeSent { loss, words, .. } => Judgement::All(ambiguous(loss.reason(), words, redactor)),
        Outcome::Answered(answer) => Judge { answer, redactor }.judge(count),
    }
}

/// What came, with the secrets cut out, for the history of the messages.
pub(super) fn raw(outcome: &Outcome, redactor: &Redactor) -> Option<String> {
    let answer = match outcome {
        Outcome::NotSent { .. } => return None,
        Outcome::MaybeSent { partial, .. } => partial.as_ref()?,
        Outcome::Answered(answer) => answer,
    };
    let whole = format!("HTTP {}\n{}", answer.status, decoded(&answer.body));
    Some(redactor.shown(&whole, RAW_MAX))
}

/// What a request without messages came to. That there are no messages is found only after the credentials were taken.
pub(super) fn tested(outcome: Outcome, redactor: &Redactor) -> Result<(), GatewayError> {
    let answer = outcome.answered(redactor)?;
    Judge {
        answer: &answer,
        redactor,
    }
    .tested()
}

/// Reads one answer.
struct Judge<'a> {
    answer: &'a Answer,
    redactor: &'a Redactor,
}

impl Judge<'_> {
    fn judge(&self, count: usize) -> Judgement {
        let document = match open(self.answer) {
            Opened::Document(document) => document,
            Opened::Unclear { at_odds } => return Judgement::All(self.by_status(at_odds)),
        };
        if let Some(result) = document.get("result").filter(|result| **result != Json::Null) {
            return self.results(result, count);
        }
        match entry(&document) {
            Entry::Taken(id @ Some(_)) if count == 1 => Judgement::All(self.taken(id)),
            Entry::Refused(refusal) => self.whole(&refusal, count),
            Entry::Taken(_) => Judgement::All(self.by_status(true)),
            Entry::Unclear => Judgement::All(self.by_status(false)),
        }
    }

    fn results(&self, result: &Json, count: usize) -> Judgement {
        let Some(entries) = entries(result).filter(|entries| !entries.is_empty()) else {
            return Judgement::All(self.by_status(false));
        };
        if let Some(refusal) = refusal_of_the_list(&entries) {
            return self.whole(refusal, count);
        }
        if entries.len() == count {
            let fates = entries.into_iter().map(|entry| Fate::Final(self.one(entry)));
            return Judgement::Each(fates.collect());
        }
        let mut fates = vec![Fate::Final(self.unreadable()); count];
        for entry in entries {
            let Entry::Refused(refusal) = &entry else { continue };
            let mut named = refusal.reasons.iter().map(|reason| reason.index);
            let index = named.next().flatten();
            if named.all(|other| other == index)
                && let Some(fate) = index.and_then(|index| fates.get_mut(index))
            {
                *fate = Fate::Final(self.refused(refusal));
            }
        }
        Judgement::Each(fates)
    }

    fn one(&self, entry: Entry) -> SendVerdict {
        match entry {
            Entry::Taken(id) => self.taken(id),
            Entry::Refused(refusal) => self.refused(&refusal),
            Entry::Unclear => self.unreadable(),
        }
    }

    fn taken(&self, id: Option<String>) -> SendVerdict {
        if !(200..300).contains(&self.answer.status) {
            return self.unreadable();
        }
        SendVerdict::Accepted {
            gateway_id: id.filter(|id| !self.redactor.finds_secret(id)),
        }
    }

    /// The request as a whole was refused.
    fn whole(&self, refusal: &Refusal, count: usize) -> Judgement {
        let verdict = self.refused(refusal);
        if count < 2 || !matches!(verdict, SendVerdict::Rejected(_)) {
            return Judgement::All(verdict);
        }
        let server_failed = self.answer.status >= 500;
        if refusal.reasons.iter().any(RefusedFor::is_too_many) {
            return if server_failed {
                Judgement::All(self.failed_halfway())
            } else {
                Judgement::TooMany
            };
        }
        let of_the_others = if refusal.is_explicit && !server_failed {
            Fate::RefusedAlong
        } else {
            Fate::Final(self.failed_halfway())
        };
        let mut fates = vec![of_the_others.clone(); count];
        for (index, fate) in fates.iter_mut().enumerate() {
            let own = refusal.about(index);
            if !own.reasons.is_empty() {
                *fate = Fate::Final(self.refused(&own));
            }
        }
        if fates.iter().any(|fate| *fate != of_the_others) {
            Judgement::Each(fates)
        } else if !refusal.reasons.iter().any(RefusedFor::is_about_a_message) {
            Judgement::All(verdict)
        } else if let Fate::Final(unclear) = of_the_others {
            Judgement::All(unclear)
        } else {
            // One of them is at fault and it is not said which.
            Judgement::Split
        }
    }

    /// What became of messages beside a faulty one, if nothing says that they were refused too.
    fn failed_halfway(&self) -> SendVerdict {
        let kind = match self.answer.status {
            500.. => ReasonKind::GatewayFailure,
            _ => ReasonKind::UnreadableAnswer,
        };
        ambiguous(kind, &self.found(), self.redactor)
    }

    fn refused(&self, refusal: &Refusal) -> SendVerdict {
        let words = self.redactor.shown(&refusal.words(), WORDS_MAX);
        let says_something = |reason: &&RefusedFor| reason.is_documented() && !reason.says_nothing();
        let telling = refusal.reasons.iter().find(says_something);
        let by_status = match self.answer.status {
            500.. if telling.is_none() => {
                return ambiguous(ReasonKind::GatewayFailure, &self.found(), self.redactor);
            }
            // The document's own word for a message that must not be sent: the credentials were taken, and asking for
            // others would not help.
            403 if refusal.reasons.iter().any(RefusedFor::is_forbidden) => None,
            401 | 403 => Some(SendVerdict::CredentialsRefused { words: words.clone() }),
            402 => Some(self.wait(Reason::with_words(ReasonKind::PaymentNeeded, words.clone()))),
            429 => Some(self.wait(Reason::with_words(ReasonKind::RateLimited, words.clone()))),
            _ => None,
        };
        let concerns_a_message = |reason: &&RefusedFor| reason.is_documented() && reason.is_about_a_message();
        if let Some(verdict) = by_status
            && !refusal.reasons.iter().any(|reason| concerns_a_message(&reason))
        {
            return verdict;
        }
        // What is wrong with the message outweighs what time would mend.
        let reason = refusal
            .reasons
            .iter()
            .find(concerns_a_message)
            .or(telling)
            .or(refusal.reasons.first());
        let meaning = reason.map(RefusedFor::meaning);
        match meaning {
            Some(meaning) if meaning.kind == ReasonKind::PaymentNeeded => self.wait(meaning.reason(words)),
            Some(meaning) => SendVerdict::Rejected(meaning.reason(words)),
            None => SendVerdict::Rejected(Reason::with_words(ReasonKind::RejectedByGateway, words)),
        }
    }

    fn tested(&self) -> Result<(), GatewayError> {
        let verdict = match open(self.answer) {
            Opened::Unclear { at_odds } => self.by_status(at_odds),
            Opened::Document(document) => {
                let good = (200..300).contains(&self.answer.status);
                let refusal = match document.get("result") {
                    Some(Json::List(list)) if list.is_empty() && good => return Ok(()),
                    Some(result) if *result != Json::Null => {
                        let found = entries(result).unwrap_or_default();
                        found.into_iter().find_map(Entry::refusal)
                    }
                    _ => entry(&document).refusal(),
                };
                let refuses = matches!(self.answer.status, 401 | 403);
                match refusal {
                    Some(refusal) if !refuses && refusal.reasons.iter().any(RefusedFor::is_no_messages) => {
                        return Ok(());
                    }
                    Some(refusal) => self.refused(&refusal),
                    None => self.by_status(false),
                }
            }
        };
        Err(match verdict {
            SendVerdict::CredentialsRefused { words } => GatewayError::CredentialsRefused { words },
            SendVerdict::Wait {
                reason:
                    Reason {
                        kind: ReasonKind::RateLimited,
                        words,
                        ..
                    },
                retry_after,
            } => GatewayError::RateLimited {
                words: words.unwrap_or_default(),
                retry_after,
            },
            SendVerdict::Wait { reason, .. } | SendVerdict::Rejected(reason) => GatewayError::Refused {
                words: reason.words.unwrap_or_default(),
            },
            _ => GatewayError::Unreadable {
                words: self.redactor.shown(&self.found(), WORDS_MAX),
            },
        })
    }

    /// What is known if the body says nothing.
    fn by_status(&self, at_odds: bool) -> SendVerdict {
        let words = self.redactor.shown(&self.found(), WORDS_MAX);
        match self.answer.status {
            401 | 403 if !at_odds => SendVerdict::CredentialsRefused { words },
            402 if !at_odds => self.wait(PAYMENT.reason(words)),
            429 if !at_odds => self.wait(Reason::with_words(ReasonKind::RateLimited, words)),
            500.. => ambiguous(ReasonKind::GatewayFailure, &words, self.redactor),
            _ => self.unreadable(),
        }
    }

    fn wait(&self, reason: Reason) -> SendVerdict {
        SendVerdict::Wait {
            reason,
            retry_after: self.answer.retry_after,
        }
    }

    fn unreadable(&self) -> SendVerdict {
        ambiguous(ReasonKind::UnreadableAnswer, &self.found(), self.redactor)
    }

    fn found(&self) -> String {
        format!(
            "HTTP {}: {}",
            self.answer.status,
            self.redactor.excerpt(&self.answer.body, EXCERPT_MAX)
        )
    }
}

/// HTTP 402 says what `billing.error` says.
const PAYMENT: Meaning = Meaning {
    kind: ReasonKind::PaymentNeeded,
    detail: Some("devino-billing"),
};

fn ambiguous(kind: ReasonKind, words: &str, redactor: &Redactor) -> SendVerdict {
    SendVerdict::Ambiguous(Reason::with_words(kind, redactor.shown(words, WORDS_MAX)))
}

#[cfg(test)]
#[path = "replies_batch_tests.rs"]
mod batch_tests;
#[cfg(test)]
#[path = "replies_tests.rs"]
mod tests;
