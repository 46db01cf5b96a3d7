//! What the vendor's errors mean. Document, section "Errors": `message`, `code` and `status`; the vendor's own programs
//! add `name`, which for code 1 says which parameter is at fault ("Invalid Parameter: source_addr").
//!
//! An error comes with its HTTP status or inside of a 200, so its fields decide. A code alone does not: the server's
//! framework writes its own errors in the same form, with 0 as the code of most of them and the number of a PHP error
//! elsewhere. A row of the table is meant where its code stands with its status or with its words.
//!
//! Codes 2, 4, 5 and 6 share a sentence, which is that of HTTP's status 500: it says that the server failed, not when. A
//! message may have been handed on before that, so these are not taken for a refusal, and the operator is asked.

use crate::domain::message::{Reason, ReasonKind};
use crate::gateway::tolerant::{Json, Object, folded};

/// What follows from an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follows {
    /// It was not sent, and will not be.
    Rejected,
    /// It was not sent, and another time it may be.
    Wait,
    /// Nothing certain.
    Unclear,
}

/// What a documented error means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    /// What follows.
    pub(super) follows: Follows,
    /// Its class.
    pub(super) kind: ReasonKind,
    /// Its sentence, as a [`crate::domain::detail::Detail`] is written.
    pub(super) detail: &'static str,
}

impl Meaning {
    /// The reason, with the vendor's words.
    pub(super) fn reason(self, words: impl Into<String>) -> Reason {
        Reason::with_words(self.kind, words).detailed(self.detail)
    }
}

/// A row of the table.
struct Row {
    codes: &'static [u64],
    statuses: &'static [u64],
    /// Parts of its words, folded.
    marks: &'static [&'static str],
    meaning: Meaning,
}

const fn row(
    codes: &'static [u64],
    statuses: &'static [u64],
    marks: &'static [&'static str],
    meaning: Meaning,
) -> Row {
    Row {
        codes,
        statuses,
        marks,
        meaning,
    }
}

const fn meaning(follows: Follows, kind: ReasonKind, detail: &'static str) -> Meaning {
    Meaning {
        follows,
        kind,
        detail,
    }
}

/// The messages come too fast.
pub(super) const RATE: Meaning = meaning(Follows::Wait, ReasonKind::RateLimited, "decision-rate");
/// There is no money left.
pub(super) const BALANCE: Meaning = meaning(Follows::Wait, ReasonKind::PaymentNeeded, "decision-balance");
/// The address of the picture does not end as it must.
pub(super) const EXTENSION: Meaning = meaning(
    Follows::Rejected,
    ReasonKind::InvalidAttachment,
    "decision-file-extension",
);

/// The code of a parameter that is missing or wrong.
const PARAMETER: u64 = 1;

/// The whole table. The status of code 1 is 400 and misprinted as 4.
#[rustfmt::skip]
const ROWS: &[Row] = &[
    row(&[0], &[429], &["rate limit exceeded"], RATE),
    row(&[PARAMETER], &[400, 4], &["empty parameter", "parameter validation"],
        meaning(Follows::Rejected, ReasonKind::RejectedByGateway, "decision-parameter")),
    row(&[2, 4, 5, 6], &[500], &["unexpected condition"],
        meaning(Follows::Unclear, ReasonKind::GatewayFailure, "decision-server")),
    row(&[3], &[402], &["balance is empty"], BALANCE),
    row(&[7], &[503], &["more than 24 hours"],
        meaning(Follows::Rejected, ReasonKind::OutsideWindow, "decision-outside-window")),
    row(&[8], &[401], &["invalid mime type"],
        meaning(Follows::Rejected, ReasonKind::InvalidAttachment, "decision-file-type")),
    row(&[9], &[401], &["invalid file extension"], EXTENSION),
];

/// What code 1 means of each parameter; its name is folded.
const PARAMETERS: &[(&str, ReasonKind, &str)] = &[
    (
        "source addr",
        ReasonKind::SenderRefused,
        "decision-sender?limit=20",
    ),
    (
        "destination addr",
        ReasonKind::InvalidRecipient,
        "decision-recipient",
    ),
    ("message type", ReasonKind::RejectedByGateway, "decision-kind"),
    ("file url", ReasonKind::InvalidAttachment, "decision-file-address"),
    ("callback url", ReasonKind::RejectedByGateway, "decision-callback"),
    (
        "template name",
        ReasonKind::TemplateRefused,
        "decision-template-name",
    ),
    (
        "template params",
        ReasonKind::TemplateRefused,
        "decision-template-parameters",
    ),
    ("text", ReasonKind::RejectedByGateway, "decision-text?limit=4096"),
];

/// The keys of the sentences of all errors.
pub(super) fn details() -> impl Iterator<Item = &'static str> {
    let rows = ROWS.iter().map(|row| row.meaning.detail);
    rows.chain(PARAMETERS.iter().map(|(.., detail)| *detail))
}

/// An error as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    code: Option<u64>,
    /// `code` is there, whatever it is.
    has_code: bool,
    status: Option<u64>,
    name: String,
    message: String,
}

impl Told {
    /// Reads what may be an error: an object with `code`, `message` or `name`, or with a `status` that is one of HTTP's.
    pub(super) fn read(object: &Object) -> Option<Self> {
        let has_code = object.get("code").is_some_and(|code| *code != Json::Null);
        let words = |key: &str| object.words(key).unwrap_or_default().trim().to_owned();
        let told = Self {
            code: object.unsigned("code"),
            has_code,
            status: object.unsigned("status"),
            name: words("name"),
            message: words("message"),
        };
        (has_code || told.has_words() || told.has_failed_status()).then_some(told)
    }

    /// Whether it says that something failed.
    pub(super) fn claims_failure(&self) -> bool {
        self.has_code || self.has_failed_status() || self.meaning(200).is_some()
    }

    /// Whether the status it gives itself is one of HTTP's, and none of success.
    fn has_failed_status(&self) -> bool {
        self.status.is_some_and(|status| (300..600).contains(&status))
    }

    /// What it means, if it is in the table.
    pub(super) fn meaning(&self, http_status: u16) -> Option<Meaning> {
        let name = folded(&self.name);
        // A report of PHP's about itself has a code that is none of these.
        if name == "php" || name.starts_with("php ") {
            return None;
        }
        let said = folded(&format!("{} {}", self.name, self.message));
        let status = self.status(http_status);
        let row = ROWS.iter().find(|row| {
            let words_agree = row.marks.iter().any(|mark| said.contains(mark));
            match self.code {
                Some(code) => {
                    let status_agrees = status.is_some_and(|status| row.statuses.contains(&status));
                    row.codes.contains(&code) && (status_agrees || words_agree)
                }
                None => !self.has_code && words_agree,
            }
        })?;
        let at_fault = row
            .codes
            .contains(&PARAMETER)
            .then(|| parameter(&name).or_else(|| parameter(&folded(&self.message))))
            .flatten();
        Some(match at_fault {
            Some((kind, detail)) => meaning(row.meaning.follows, kind, detail),
            None => row.meaning,
        })
    }

    /// The status it gives itself, or the one it came with, unless that says that all is well.
    pub(super) fn status(&self, http_status: u16) -> Option<u64> {
        self.status
            .or_else(|| (!(200..300).contains(&http_status)).then_some(u64::from(http_status)))
    }

    /// What it says, with its code, by which the vendor can be asked.
    pub(super) fn words(&self) -> String {
        let code = self.code.map(|code| code.to_string()).unwrap_or_default();
        let parts = [code.as_str(), self.name.as_str(), self.message.as_str()];
        let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        said.join(": ")
    }

    /// Whether it says anything but numbers.
    pub(super) fn has_words(&self) -> bool {
        !self.name.is_empty() || !self.message.is_empty()
    }

    /// Whether its words speak of a message, and not of a page or an address that does not exist.
    pub(super) fn speaks_of_a_message(&self) -> bool {
        let said = folded(&format!("{} {}", self.name, self.message));
        let speaks = said.split(' ').any(|word| matches!(word, "message" | "id"));
        speaks && !said.contains("page")
    }
}

/// The parameter that is named in folded words.
fn parameter(words: &str) -> Option<(ReasonKind, &'static str)> {
    let words = format!(" {words} ");
    PARAMETERS
        .iter()
        .find(|(name, ..)| words.contains(&format!(" {name} ")))
        .map(|(_, kind, detail)| (*kind, *detail))
}

#[cfg(test)]
#[path = "errors_tests.rs"]
mod tests;
