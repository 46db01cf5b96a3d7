//! What the storage answers, and putting it into words that hold no secret.

use super::xml;
use crate::domain::hosting::{HostingError, StorageHint};
use crate::gateway::redaction::Redactor;
use reqwest::header::{DATE, ETAG, HeaderMap};

/// Longest body of an answer that is looked at, in bytes.
pub(super) const BODY_MAX: usize = 64 * 1024;
/// Longest words kept, in characters.
const WORDS_MAX: usize = 300;
/// Longest code, region or host shown, in characters.
const WORD_MAX: usize = 80;
/// Clocks that differ by less are not worth a word, in seconds. Storage refuses from 15 minutes on.
const CLOCK_SECS: i64 = 5 * 60;

/// An answer of the storage; of its body at most [`BODY_MAX`] bytes.
pub(super) struct Reply {
    /// HTTP status.
    pub(super) status: u16,
    /// Headers.
    pub(super) headers: HeaderMap,
    /// The body, read as text.
    pub(super) text: String,
}

/// Why a request was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// No whole answer; what the system said.
    Unreachable(String),
    /// The storage said no.
    Refused {
        /// Its code, such as `NoSuchUpload`; may be empty.
        code: String,
        /// Its status, code and message.
        words: String,
        /// Why, if that is known.
        hint: Option<StorageHint>,
        /// It may go better at once.
        again: bool,
    },
    /// The file on this disk is gone or has changed; what the system said.
    FileLost(String),
    /// How far the upload is could not be kept.
    NotKept(HostingError),
}

impl Failure {
    /// An answer that no storage gives.
    pub(super) fn strange(status: u16) -> Self {
        Self::Refused {
            code: String::new(),
            words: format!("HTTP {status}"),
            hint: Some(StorageHint::Strange),
            again: false,
        }
    }

    /// Whether trying again at once may help.
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable(_) => true,
            Self::Refused { again, .. } => *again,
            Self::FileLost(_) | Self::NotKept(_) => false,
        }
    }

    /// Whether the storage said this.
    pub(super) fn has_code(&self, wanted: &str) -> bool {
        matches!(self, Self::Refused { code, .. } if code == wanted)
    }
}

impl From<Failure> for HostingError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Unreachable(words) => Self::StorageUnreachable(words),
            Failure::Refused {
                words,
                hint: Some(hint),
                ..
            } => Self::StorageAtOdds(hint, words),
            Failure::Refused { words, .. } => Self::StorageRefused(words),
            Failure::FileLost(words) => Self::FileLost(words),
            Failure::NotKept(error) => error,
        }
    }
}

impl Reply {
    /// The tag of what was stored, quotes included.
    pub(super) fn tag(&self) -> Option<String> {
        let tag = self.headers.get(ETAG)?.to_str().ok()?.trim();
        (!tag.is_empty() && tag.len() <= 200).then(|| tag.to_owned())
    }

    /// The reply, if it is a success without an error in its body (a request that takes long is answered 200 before it
    /// is known how it ends).
    pub(super) fn success(self, region: &str, redactor: &Redactor) -> Result<Self, Failure> {
        let failed_late = xml::has(&self.text, "Error") && xml::has(&self.text, "Code");
        if (200..300).contains(&self.status) && !failed_late {
            Ok(self)
        } else {
            Err(self.refusal(region, redactor))
        }
    }

    fn refusal(&self, region: &str, redactor: &Redactor) -> Failure {
        let code: String = xml::text_of(&self.text, "Code")
            .unwrap_or_default()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(WORD_MAX)
            .collect();
        let code = redactor.shown(&code, WORD_MAX);
        let again = self.status >= 500
            || self.status == 429
            || matches!(
                code.as_str(),
                "RequestTimeout" | "SlowDown" | "InternalError" | "ServiceUnavailable" | "OperationAborted"
            );
        let leads_on = (300..400).contains(&self.status) && xml::text_of(&self.text, "Message").is_none();
        let hint = self
            .other_region(region, redactor)
            .or_else(|| self.wrong_clock(&code))
            .or_else(|| leads_on.then_some(StorageHint::LeadsOn));
        let words = self.plain_words(&code, redactor);
        Failure::Refused {
            code,
            words,
            hint,
            again,
        }
    }

    /// The storage's code and message.
    fn plain_words(&self, code: &str, redactor: &Redactor) -> String {
        let mut words = format!("HTTP {}", self.status);
        if !code.is_empty() {
            words = format!("{words} {code}");
        }
        match xml::text_of(&self.text, "Message") {
            Some(message) if !message.is_empty() && !code.is_empty() => {
                let message: String = message.chars().take(4 * WORDS_MAX).collect();
                redactor.shown(&format!("{words}: {}", without_signatures(&message)), WORDS_MAX)
            }
            _ => words,
        }
    }

    /// Where the bucket is, if the storage tells that it is elsewhere.
    fn other_region(&self, region: &str, redactor: &Redactor) -> Option<StorageHint> {
        if (200..300).contains(&self.status) {
            return None;
        }
        let told = self
            .headers
            .get("x-amz-bucket-region")
            .and_then(|value| value.to_str().ok().map(str::to_owned))
            .or_else(|| xml::text_of(&self.text, "Region"))
            .map(|told| redactor.shown(&told, WORD_MAX))
            .filter(|told| !told.is_empty() && told != region);
        if let Some(told) = told {
            return Some(StorageHint::Region(told));
        }
        let host = xml::text_of(&self.text, "Endpoint").filter(|_| (300..400).contains(&self.status))?;
        let host = redactor.shown(&without_signatures(&host), WORD_MAX);
        (!host.is_empty()).then_some(StorageHint::Host(host))
    }

    /// How wrong this machine's clock is, if that may be why.
    fn wrong_clock(&self, code: &str) -> Option<StorageHint> {
        const ABOUT_TIME: &[&str] = &[
            "RequestTimeTooSkewed",
            "AccessDenied",
            "RequestExpired",
            "ExpiredPresignRequest",
            "RequestNotReadyYet",
            "SignatureDoesNotMatch",
        ];
        if !ABOUT_TIME.contains(&code) {
            return None;
        }
        let told = self.headers.get(DATE)?.to_str().ok()?;
        let theirs = jiff::fmt::rfc2822::parse(told.trim())
            .ok()?
            .timestamp()
            .as_second();
        let ahead = jiff::Timestamp::now().as_second().saturating_sub(theirs);
        if ahead.abs() >= CLOCK_SECS {
            let minutes = (ahead.abs() + 30) / 60;
            Some(StorageHint::Clock(Some(minutes * ahead.signum())))
        } else {
            (code == "RequestTimeTooSkewed").then_some(StorageHint::Clock(None))
        }
    }
}

/// Without what is left of a signed address in it: it would open the file to whoever reads it.
fn without_signatures(text: &str) -> String {
    const MARKS: &[&str] = &["x-amz-", "signature=", "awsaccesskeyid"];
    text.split_whitespace()
        .map(|word| {
            let lower = word.to_ascii_lowercase();
            if MARKS.iter().any(|mark| lower.contains(mark)) {
                "…"
            } else {
                word
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Secret;
    use reqwest::header::HeaderValue;

    fn reply(status: u16, text: &str) -> Reply {
        Reply {
            status,
            headers: HeaderMap::new(),
            text: text.to_owned(),
        }
    }

    fn refusal(reply: Reply) -> (String, Option<StorageHint>, bool) {
        let (access, secret) = (
            Secret::new("AKCANARY0001".into()),
            Secret::new("canary/secret+1".into()),
        );
        match reply.success("us-east-1", &Redactor::new([&access, &secret])) {
            Err(Failure::Refused {
                words, hint, again, ..
            }) => (words, hint, again),
            _ => panic!("no refusal"),
        }
    }

    #[test]
    fn a_refusal_is_told_without_secrets() {
        let (told, _, again) = refusal(reply(
            403,
            "<Error><Code>SignatureDoesNotMatch</Code><Message>Bad AKCANARY0001 with canary/secret+1 for \
             /b/k?X-Amz-Signature=abcdef&amp;x=1 end</Message><StringToSign>AKCANARY0001</StringToSign></Error>",
        ));
        assert!(told.starts_with("HTTP 403 SignatureDoesNotMatch: Bad"), "{told}");
        assert!(
            !told.contains("CANARY") && !told.contains("canary") && !told.contains("abcdef"),
            "{told}"
        );
        assert!(told.contains("end") && !again);
    }

    #[test]
    fn whatever_comes_has_words() {
        let host = |host: &str| Some(StorageHint::Host(host.to_owned()));
        let region = |region: &str| Some(StorageHint::Region(region.to_owned()));
        for (status, text, wanted, hint, wanted_again) in [
            (
                502,
                "<html><body>Bad gateway</body></html>",
                "HTTP 502",
                None,
                true,
            ),
            (403, "", "HTTP 403", None, false),
            (302, "", "HTTP 302", Some(StorageHint::LeadsOn), false),
            (
                503,
                "<Error><Code>SlowDown</Code></Error>",
                "HTTP 503 SlowDown",
                None,
                true,
            ),
            (
                400,
                "<Error><Code>RequestTimeout</Code></Error>",
                "HTTP 400 RequestTimeout",
                None,
                true,
            ),
            (
                200,
                "<Error><Code>InternalError</Code><Message>Oh</Message></Error>",
                "HTTP 200 InternalError: Oh",
                None,
                true,
            ),
            (
                301,
                "<Error><Code>PermanentRedirect</Code><Endpoint>b.s3.example</Endpoint></Error>",
                "HTTP 301 PermanentRedirect",
                host("b.s3.example"),
                false,
            ),
            (
                400,
                "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-1</Region></Error>",
                "HTTP 400 AuthorizationHeaderMalformed",
                region("eu-west-1"),
                false,
            ),
        ] {
            assert_eq!(
                refusal(reply(status, text)),
                (wanted.to_owned(), hint, wanted_again),
                "{text}"
            );
        }
        let long = format!(
            "<Error><Code>A</Code><Message>{}</Message></Error>",
            "é ".repeat(5_000)
        );
        assert!(refusal(reply(400, &long)).0.chars().count() <= WORDS_MAX);
        let mut moved = reply(301, "");
        moved
            .headers
            .insert("x-amz-bucket-region", HeaderValue::from_static("eu-west-1"));
        assert_eq!(refusal(moved).1, region("eu-west-1"));
        assert!(reply(200, "<html>").success("", &Redactor::default()).is_ok());
    }

    #[test]
    fn a_wrong_clock_is_named() {
        let text = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";
        for (shift, wanted) in [(3_600, -60), (-7_200, 120)] {
            let theirs = jiff::Timestamp::from_second(jiff::Timestamp::now().as_second() + shift).unwrap();
            let date = jiff::fmt::rfc2822::to_string(&theirs.to_zoned(jiff::tz::TimeZone::UTC)).unwrap();
            let mut skewed = reply(403, text);
            skewed.headers.insert(DATE, HeaderValue::from_str(&date).unwrap());
            assert_eq!(refusal(skewed).1, Some(StorageHint::Clock(Some(wanted))));
        }
        let untold = "<Error><Code>RequestTimeTooSkewed</Code></Error>";
        let mut now = reply(403, untold);
        let date = jiff::fmt::rfc2822::to_string(&jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC));
        now.headers
            .insert(DATE, HeaderValue::from_str(&date.unwrap()).unwrap());
        assert_eq!(refusal(now).1, Some(StorageHint::Clock(None)));
        let (words, hint, _) = refusal(reply(403, text));
        assert_eq!(
            (words.as_str(), hint),
            ("HTTP 403 AccessDenied: Request has expired", None)
        );
    }
}
