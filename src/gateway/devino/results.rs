//! The results in a reply: each message taken or refused, and why. Document, section "Enviando", "Parâmetros de resposta".

use super::errors::RefusedFor;
use crate::gateway::tolerant::{Json, Object};

/// One result.
pub(super) enum Entry {
    /// With the identifier of the message.
    Taken(Option<String>),
    Refused(Refusal),
    Unclear,
}

/// Why something was refused.
pub(super) struct Refusal {
    pub(super) reasons: Vec<RefusedFor>,
    /// `code` says `REJECTED`.
    pub(super) is_explicit: bool,
    description: String,
}

impl Entry {
    pub(super) fn refusal(self) -> Option<Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Taken(_) | Self::Unclear => None,
        }
    }
}

impl Refusal {
    /// What of it is about the message at this position.
    pub(super) fn about(&self, index: usize) -> Self {
        let own = self
            .reasons
            .iter()
            .filter(|reason| reason.is_about_a_message() && reason.index == Some(index));
        Self {
            reasons: own.cloned().collect(),
            is_explicit: self.is_explicit,
            description: self.description.clone(),
        }
    }

    pub(super) fn words(&self) -> String {
        let mut words: Vec<String> = self.reasons.iter().map(RefusedFor::words).collect();
        if !self.description.is_empty() {
            words.push(self.description.clone());
        }
        words.join("; ")
    }
}

/// The results, if they are a list or a single one.
pub(super) fn entries(result: &Json) -> Option<Vec<Entry>> {
    match result {
        Json::List(list) => Some(
            list.iter()
                .map(|value| match value {
                    Json::Object(object) => entry(object),
                    _ => Entry::Unclear,
                })
                .collect(),
        ),
        Json::Object(object) => Some(vec![entry(object)]),
        _ => None,
    }
}

/// The refusal of the request as a whole, if the results are nothing else.
pub(super) fn refusal_of_the_list(entries: &[Entry]) -> Option<&Refusal> {
    let about_the_list = |entry: &Entry| match entry {
        Entry::Refused(refusal) => refusal.reasons.iter().any(RefusedFor::is_about_the_list),
        Entry::Taken(_) | Entry::Unclear => false,
    };
    match entries {
        [Entry::Refused(refusal), ..] if entries.iter().all(about_the_list) => Some(refusal),
        _ => None,
    }
}

/// Reads `code`, `reasons`, `description` and `messageId`.
pub(super) fn entry(object: &Object) -> Entry {
    let code = object.text("code").unwrap_or_default();
    let reasons = object.get("reasons").map(RefusedFor::read).unwrap_or_default();
    let id = object.id("messageId");
    let code = code.trim().to_ascii_uppercase();
    let refused = |reasons| {
        Entry::Refused(Refusal {
            reasons,
            is_explicit: code == "REJECTED",
            description: object.words("description").unwrap_or_default(),
        })
    };
    match code.as_str() {
        "OK" if reasons.is_empty() => Entry::Taken(id),
        "REJECTED" => refused(reasons),
        "OK" => Entry::Unclear,
        "" if id.is_none() && !reasons.is_empty() => refused(reasons),
        _ if id.is_none() && reasons.iter().any(RefusedFor::is_documented) => refused(reasons),
        _ => Entry::Unclear,
    }
}
