//! What the gateway tells by webhook. Document, sections "Status de webhook" (how far a message is) and "Webhook de entrada"
//! (a person wrote).
//!
//! The two are told apart by their fields, and may come in any wrapping: one object or an array, with noise around it,
//! encoded twice, or as a form. The names of fields are read in any case.

mod contacts;
mod content;
mod message;
mod report;

use crate::domain::ClientMessageId;
use crate::domain::incoming::{Inbound, InboundReport};
use crate::gateway::inbound::ReceiveError;
use crate::gateway::inbound::body::Source;
use crate::gateway::inbound::media::MediaFolder;
use crate::gateway::inbound::objects::{TakeObjects, read_objects};
use crate::gateway::inbound::parts::Parts;
use crate::gateway::tolerant::Object;

/// Reads a call. `about` is the message whose own address was called. No file comes this way: what a person sent is told
/// by its address.
///
/// # Errors
/// Only if this machine could not read it.
pub(in crate::gateway) fn read(
    source: &Source,
    content_type: Option<&str>,
    about: Option<&ClientMessageId>,
    _media: &MediaFolder,
) -> Result<Parts, ReceiveError> {
    let mut reader = Reader::default();
    read_objects(source, content_type, &mut reader)?;
    Ok(reader.finish(about))
}

/// Puts what was found into our words.
#[derive(Default)]
struct Reader {
    parts: Parts,
    /// Statuses that came without what we had sent along for them.
    without_options: Vec<InboundReport>,
}

impl TakeObjects for Reader {
    fn is_meant(&self, object: &Object) -> bool {
        Kind::of(&lower_case(object)).is_some()
    }

    fn take(&mut self, object: &Object) {
        let object = lower_case(object);
        match Kind::of(&object) {
            Some(Kind::Report) => match report::read(&object) {
                Ok(report) if report.other_reference.is_some() => self.parts.push(Inbound::Report(report)),
                Ok(report) => self.without_options.push(report),
                Err(why) => self.parts.unreadable(why),
            },
            Some(Kind::Message) => match message::read(&object) {
                Ok(message) => self.parts.push(Inbound::Message(Box::new(message))),
                Err(why) => self.parts.unreadable(why),
            },
            None => {}
        }
    }

    fn unreadable(&mut self, why: &str) {
        self.parts.unreadable(why);
    }
}

impl Reader {
    fn finish(mut self, about: Option<&ClientMessageId>) -> Parts {
        // A call to the address of one message that tells of several is not believed to mean that one.
        let one = self
            .without_options
            .iter()
            .all(|report| report.reference == self.without_options[0].reference);
        let about = about.filter(|_| one).map(|id| id.as_str().to_owned());
        for mut report in self.without_options {
            if report.reference.is_empty() {
                let Some(about) = &about else {
                    self.parts
                        .unreadable("a status came without the identifier of a message");
                    continue;
                };
                report.reference.clone_from(about);
            } else {
                report.other_reference.clone_from(&about);
            }
            self.parts.push(Inbound::Report(report));
        }
        self.parts
    }
}

/// The same fields under names in lower case; a name that is in lower case already counts before others.
fn lower_case(object: &Object) -> Object {
    object
        .iter()
        .map(|(key, value)| (key.to_ascii_lowercase(), value.clone()))
        .collect()
}

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// How far one of our messages is.
    Report,
    /// A person wrote.
    Message,
}

impl Kind {
    /// What its fields say; their names are in lower case.
    fn of(object: &Object) -> Option<Self> {
        let has = |key: &str| object.get(key).is_some();
        let tells = ["status", "errorcode"].iter().any(|key| has(key));
        if has("incomingmessageid") {
            Some(Self::Message)
        } else if tells && (has("messageid") || has("options") || has("ts")) {
            Some(Self::Report)
        } else if has("from") && message::CONTENTS.iter().any(|key| has(key)) {
            Some(Self::Message)
        } else {
            None
        }
    }
}

#[cfg(test)]
#[path = "webhook_hostile_tests.rs"]
mod hostile_tests;
#[cfg(test)]
#[path = "webhook_message_tests.rs"]
mod message_tests;
#[cfg(test)]
#[path = "webhook_tests.rs"]
mod tests;
