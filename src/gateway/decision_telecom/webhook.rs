//! What a message's callback tells. Document: it names `callback_url`, "Correct URL for message status callback", and
//! nothing of what is posted there.
//!
//! So whatever comes to the address of one message proves that the gateway has taken that message. If the fields of the
//! documented status, or of a documented error, are in it as JSON or as a form, the state is read too. Incoming messages are
//! not documented at all: what else is in a body is unreadable, and is kept for the operator to look at.

use super::errors::{Follows, Told};
use super::replies::is_message;
use super::statuses::Status;
use crate::domain::incoming::{Inbound, InboundReport};
use crate::domain::message::Reason;
use crate::domain::text::shown_name;
use crate::domain::{ClientMessageId, MessageState};
use crate::gateway::inbound::ReceiveError;
use crate::gateway::inbound::body::Source;
use crate::gateway::inbound::media::MediaFolder;
use crate::gateway::inbound::objects::{TakeObjects, read_objects};
use crate::gateway::inbound::parts::Parts;
use crate::gateway::tolerant::{Json, Object};

/// A longer body is not blank.
const BLANK_MAX: usize = 64 * 1024;

/// Reads a call. `about` is the message whose own address was called. No file comes this way.
///
/// # Errors
/// Only if this machine could not read it.
pub(in crate::gateway) fn read(
    source: &Source,
    content_type: Option<&str>,
    about: Option<&ClientMessageId>,
    _media: &MediaFolder,
) -> Result<Parts, ReceiveError> {
    let mut reader = Reader {
        about: about.map(|id| id.as_str().to_owned()),
        found: Vec::new(),
        parts: Parts::default(),
    };
    // To the address of one message even nothing at all is a report.
    if reader.about.is_none() || !is_blank(source)? {
        read_objects(source, content_type, &mut reader)?;
    }
    Ok(reader.finish())
}

fn is_blank(source: &Source) -> Result<bool, ReceiveError> {
    let beginning = source.beginning(BLANK_MAX)?;
    let whole = source.bytes()? == u64::try_from(beginning.len()).unwrap_or(u64::MAX);
    let text = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&beginning);
    Ok(whole && text.trim_ascii().is_empty())
}

/// Puts what was found into our words.
struct Reader {
    about: Option<String>,
    found: Vec<Found>,
    parts: Parts,
}

/// A status, or what looks like one.
struct Found {
    /// The gateway's identifier.
    id: Option<String>,
    state: MessageState,
    words: Option<String>,
    reason: Option<Reason>,
}

impl TakeObjects for Reader {
    fn is_meant(&self, object: &Object) -> bool {
        let object = plain_names(object);
        let has = |key: &str| object.get(key).is_some_and(|value| *value != Json::Null);
        has("messageid") || (self.about.is_some() && (has("status") || has("code")))
    }

    fn take(&mut self, object: &Object) {
        let object = plain_names(object);
        let id = object.id("messageid").filter(|id| is_message(id));
        let found = match Found::read(&object, id) {
            Ok(found) => found,
            // It may be what a person wrote, or a status of a later day: it is kept to be looked at.
            Err(unknown) => {
                self.parts.unreadable(format!(
                    "a status that is not known came for {}: {}",
                    unknown.id.as_deref().unwrap_or("a message"),
                    unknown.words.as_deref().unwrap_or("none")
                ));
                if self.about.is_none() {
                    return;
                }
                unknown
            }
        };
        self.found.push(found);
    }

    fn unreadable(&mut self, why: &str) {
        self.parts.unreadable(why);
    }
}

impl Found {
    /// Reads a status, or an error of the table.
    ///
    /// # Errors
    /// If it is neither: what can be said of it nevertheless.
    fn read(object: &Object, id: Option<String>) -> Result<Self, Self> {
        let taken = |id, words: &str| Self {
            id,
            state: MessageState::Accepted,
            words: Some(shown_name(words)).filter(|words| !words.is_empty()),
            reason: None,
        };
        if let Some(told) = Told::read(object).filter(Told::claims_failure) {
            let words = shown_name(&told.words());
            return match told.meaning(200) {
                Some(meaning) if meaning.follows == Follows::Rejected => Ok(Self {
                    state: MessageState::Rejected,
                    reason: Some(meaning.reason(words.clone())),
                    ..taken(id, &words)
                }),
                // What is said of the gateway is no end of the message.
                Some(_) => Ok(taken(id, &words)),
                None => Err(taken(id, &words)),
            };
        }
        let Some(status) = Status::read(object) else {
            let word = object.text("status").unwrap_or_default();
            // Without a status it may be the identifier of something else.
            return Err(taken(id.filter(|_| !word.is_empty()), &word));
        };
        let answer = status.answer();
        let words = answer.reason.as_ref().and_then(|reason| reason.words.clone());
        Ok(Self {
            state: answer.state.unwrap_or(MessageState::Accepted),
            words,
            reason: answer.reason,
            ..taken(id, "")
        })
    }

    /// The report about the message that is called so; `None` without any identifier.
    fn report(self, about: Option<&String>) -> Option<Inbound> {
        let (reference, other_reference) = match (about, self.id) {
            (Some(about), id) => (about.clone(), id.filter(|id| id != about)),
            (None, id) => (id?, None),
        };
        Some(Inbound::Report(InboundReport {
            reference,
            other_reference,
            state: self.state,
            words: self.words,
            reason: self.reason,
        }))
    }
}

impl Reader {
    fn finish(mut self) -> Parts {
        let mut ids = self.found.iter().filter_map(|found| found.id.as_ref());
        let first = ids.next();
        // A call to the address of one message that tells of several is not believed to mean that one.
        let several = ids.any(|id| Some(id) != first);
        let one = self.about.as_ref().filter(|_| !several);
        if let Some(about) = self.about.as_ref().filter(|_| self.found.is_empty() || several) {
            self.parts.push(accepted(about));
        }
        for found in self.found {
            match found.report(one) {
                Some(report) => self.parts.push(report),
                None if self.about.is_some() => {}
                None => self
                    .parts
                    .unreadable("a status came without the identifier of a message"),
            }
        }
        self.parts
    }
}

/// That the message whose address was called was taken.
fn accepted(about: &str) -> Inbound {
    Inbound::Report(InboundReport {
        reference: about.to_owned(),
        other_reference: None,
        state: MessageState::Accepted,
        words: None,
        reason: None,
    })
}

/// The same fields under names in lower case, without what parts their words: `message_id` and `messageId` are one. A
/// name that is so already counts before others.
fn plain_names(object: &Object) -> Object {
    let plain = |name: &str| name.replace(['_', '-'], "").to_ascii_lowercase();
    let (exact, others): (Vec<_>, Vec<_>) = object.iter().partition(|(name, _)| plain(name) == **name);
    others
        .into_iter()
        .chain(exact)
        .map(|(name, value)| (plain(name), value.clone()))
        .collect()
}

#[cfg(test)]
#[path = "webhook_tests.rs"]
mod tests;
