//! A reason in words: what happened, as exactly as it is known; what it means for the message and what can be done.
//!
//! A documented code of a gateway has two sentences of its own, `detail-<key>` and `detail-<key>-do`; a class has
//! `reason-<key>` and `reason-<key>-do`, which stand in where a code is none that this program knows.

use super::text::{Localizer, Value};
use super::words::their_words;
use crate::domain::detail::Detail;
use crate::domain::hosting::FetchProblem;
use crate::domain::message::{Reason, ReasonKind};

/// What happened, by the class alone.
#[must_use]
pub fn reason(text: &Localizer, reason: &Reason) -> String {
    text.get(&format!("reason-{}", reason.kind.key()))
}

/// What happened, as exactly as it is known.
#[must_use]
pub fn reason_exactly(text: &Localizer, reason: &Reason) -> String {
    let class = || self::reason(text, reason);
    match (detailed(text, reason, ""), fetch_key(reason)) {
        (Some(sentence), _) => sentence,
        (None, Some(key)) => format!("{} {}", class(), text.get(&key)),
        (None, None) => class(),
    }
}

/// What it means for the message and what can be done.
#[must_use]
pub fn reason_advice(text: &Localizer, reason: &Reason) -> String {
    detailed(text, reason, "-do").unwrap_or_else(|| text.get(&format!("reason-{}-do", reason.kind.key())))
}

/// What the vendor or the system said about it, marked as theirs; not where that is a key of ours.
#[must_use]
pub fn reason_said(text: &Localizer, reason: &Reason) -> Option<String> {
    let said = reason.words.as_deref().filter(|_| fetch_key(reason).is_none())?;
    Some(their_words(text, said))
}

/// The sentence `key` with the values of a detail; `None` if there is none, or one of its values has no name.
#[must_use]
pub fn filled(text: &Localizer, key: &str, detail: &Detail<'_>) -> Option<String> {
    let mut values = Vec::with_capacity(detail.values.len());
    for (name, value) in &detail.values {
        values.push((*name, value_of(text, name, value)?));
    }
    text.has(key).then(|| text.with(key, &values))
}

fn value_of(text: &Localizer, name: &str, value: &str) -> Option<Value> {
    if name == Detail::FIELD {
        let key = format!("message-field-{value}");
        return text.has(&key).then(|| text.get(&key).into());
    }
    Some(
        value
            .parse::<u64>()
            .map_or_else(|_| value.into(), |number| number.into()),
    )
}

/// The sentence of the documented code, or the one that has this behind its key.
fn detailed(text: &Localizer, reason: &Reason, ending: &str) -> Option<String> {
    let detail = Detail::read(reason.detail.as_deref()?);
    filled(text, &format!("detail-{}{ending}", detail.key), &detail)
}

/// The key of the sentence that the words of a reason stand for, where they are no words but the name of one.
fn fetch_key(reason: &Reason) -> Option<String> {
    let of_a_file = matches!(
        reason.kind,
        ReasonKind::AttachmentUnreachable | ReasonKind::AttachmentAltered | ReasonKind::StorageUnreachable
    );
    named_key(reason.words.as_deref().filter(|_| of_a_file)?)
}

/// The key of the sentence that such words of a place for files stand for.
#[must_use]
pub fn named_key(words: &str) -> Option<String> {
    const NAMED: [FetchProblem; 5] = [
        FetchProblem::NotHttps,
        FetchProblem::NotPublic,
        FetchProblem::TimedOut,
        FetchProblem::Redirected,
        FetchProblem::TooLarge(0),
    ];
    let problem = NAMED.iter().find(|problem| problem.key() == words)?;
    let room = match problem {
        // How large it was is not kept.
        FetchProblem::TooLarge(_) => "hosting-fetch",
        _ => "fetch",
    };
    Some(format!("{room}-{}", problem.key()))
}

#[cfg(test)]
#[path = "reason_words/tables.rs"]
mod tables;
#[cfg(test)]
#[path = "reason_words/tests.rs"]
mod tests;
