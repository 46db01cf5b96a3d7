//! What the vendor's statuses mean. Document, section "WhatsApp messages statuses".
//!
//! Their natural order is 6 (pending), 1 (delivered), 7 (seen): the code is no rank. Code 5 (deleted) ends a message as 2, 3
//! and 4 do: whether the vendor dropped it or it was taken back from the person's phone, the person does not have it. One
//! that was delivered before stays delivered, for a failure never outweighs that.

use crate::domain::MessageState;
use crate::domain::message::{Reason, ReasonKind};
use crate::gateway::StateAnswer;
use crate::gateway::tolerant::{Object, folded};

/// What a status says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// It is that far.
    Reached(MessageState),
    /// It failed; the key of the sentence.
    Failed(&'static str),
    /// It is on its way.
    Pending,
}

/// A status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Status {
    code: u64,
    word: &'static str,
    says: Says,
}

const fn status(code: u64, word: &'static str, says: Says) -> Status {
    Status { code, word, says }
}

const ALL: &[Status] = &[
    status(1, "delivered", Says::Reached(MessageState::Delivered)),
    status(2, "rejected", Says::Failed("decision-status-rejected")),
    status(3, "error", Says::Failed("decision-status-error")),
    status(4, "failed", Says::Failed("decision-status-failed")),
    status(5, "deleted", Says::Failed("decision-status-deleted")),
    status(6, "pending", Says::Pending),
    status(7, "seen", Says::Reached(MessageState::Read)),
];

/// The keys of the sentences of all statuses that need one.
pub(super) fn details() -> impl Iterator<Item = &'static str> {
    ALL.iter().filter_map(|status| match status.says {
        Says::Failed(detail) => Some(detail),
        Says::Reached(_) | Says::Pending => None,
    })
}

impl Status {
    /// Reads the field `status`: a code, or the word for it.
    pub(super) fn read(object: &Object) -> Option<Self> {
        let code = object.unsigned("status");
        let word = folded(&object.text("status").unwrap_or_default());
        ALL.iter()
            .find(|status| code.map_or(status.word == word, |code| status.code == code))
            .copied()
    }

    /// What it is in our words, as the answer to a question.
    pub(super) fn answer(self) -> StateAnswer {
        match self.says {
            Says::Pending => StateAnswer {
                state: None,
                reason: None,
            },
            Says::Reached(state) => StateAnswer {
                state: Some(state),
                reason: None,
            },
            Says::Failed(detail) => StateAnswer {
                state: Some(MessageState::Rejected),
                reason: Some(
                    Reason::with_words(ReasonKind::RejectedByGateway, self.words()).detailed(detail),
                ),
            },
        }
    }

    /// The vendor's word and code.
    fn words(self) -> String {
        format!("{} ({})", self.word, self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::report::after_reports;
    use crate::gateway::tolerant::Documents;

    fn read(value: &str) -> Option<StateAnswer> {
        let object = Documents::read(format!("{{\"status\":{value},}}").as_bytes())
            .objects
            .remove(0);
        Status::read(&object).map(Status::answer)
    }

    #[test]
    fn every_documented_status_is_read_as_code_and_as_word() {
        let failed = |words: &str, detail: &str| {
            let reason = Reason::with_words(ReasonKind::RejectedByGateway, words).detailed(detail);
            (Some(MessageState::Rejected), Some(reason))
        };
        for (code, word, (state, reason)) in [
            (1, "delivered", (Some(MessageState::Delivered), None)),
            (2, "rejected", failed("rejected (2)", "decision-status-rejected")),
            (3, "error", failed("error (3)", "decision-status-error")),
            (4, "failed", failed("failed (4)", "decision-status-failed")),
            (5, "deleted", failed("deleted (5)", "decision-status-deleted")),
            (6, "pending", (None, None)),
            (7, "seen", (Some(MessageState::Read), None)),
        ] {
            let expected = Some(StateAnswer { state, reason });
            for value in [
                code.to_string(),
                format!("\"{code}\""),
                format!("\" {code} \""),
                format!("{code}.0"),
                format!("{code}e0"),
                format!("\"{word}\""),
                format!("\" {} \"", word.to_uppercase()),
            ] {
                assert_eq!(read(&value), expected, "{value}");
            }
        }
        for value in [
            "0",
            "8",
            "-1",
            "1.5",
            "11",
            "true",
            "null",
            "\"\"",
            "\"-1\"",
            "\"unseen\"",
            "[1]",
            "{}",
            "9007199254740993",
            "9223372036854775808",
            "18446744073709551616",
            "1e300",
            "\"NaN\"",
        ] {
            assert_eq!(read(value), None, "{value}");
        }
    }

    #[test]
    fn the_order_of_statuses_is_not_that_of_their_codes() {
        let states = |codes: &[u64]| -> Vec<MessageState> {
            codes
                .iter()
                .filter_map(|code| read(&code.to_string()).and_then(|answer| answer.state))
                .collect()
        };
        let accepted = MessageState::Accepted;
        for (codes, end) in [
            (&[6][..], accepted),
            (&[6, 1, 7], MessageState::Read),
            (&[7, 1, 6], MessageState::Read),
            (&[1, 6], MessageState::Delivered),
            (&[1, 5], MessageState::Delivered),
            (&[4, 1], MessageState::Delivered),
            (&[6, 5], MessageState::Rejected),
        ] {
            assert_eq!(after_reports(accepted, &states(codes)), end, "{codes:?}");
        }
    }
}
