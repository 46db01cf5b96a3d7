//! Why the engine could not do what a window asked for.

use crate::domain::PhoneNumber;
use crate::domain::account::DraftProblem;
use crate::domain::hosting::FetchProblem;
use crate::domain::template::TemplateProblem;
use crate::secrets::SecretError;

/// Why an account could not be tested or saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountError {
    /// What was typed cannot stand.
    Fields(Vec<DraftProblem>),
    /// The gateway did not agree.
    Call(CallError),
    /// The secrets could not be kept or read.
    Secrets(SecretError),
    /// The database could not keep it; what was said.
    Store(String),
}

/// Why a call to the gateway failed, as a class a screen puts into words (`call-<key>`) and the words that came along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallError {
    /// The class.
    pub kind: CallErrorKind,
    /// What was said, secrets cut out.
    pub words: String,
}

/// Classes of failed calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallErrorKind {
    /// Not reached.
    Unreachable,
    /// Credentials refused.
    CredentialsRefused,
    /// Credentials cannot be read here.
    CredentialsMissing,
    /// Asked to go slower.
    RateLimited,
    /// Refused.
    Refused,
    /// Unreadable answer.
    Unreadable,
    /// No such function.
    Unsupported,
    /// Not asked: that it is going to be could not be written down here.
    NotRecorded,
}

impl CallErrorKind {
    /// Every class.
    pub const ALL: &'static [Self] = &[
        Self::Unreachable,
        Self::CredentialsRefused,
        Self::CredentialsMissing,
        Self::RateLimited,
        Self::Refused,
        Self::Unreadable,
        Self::Unsupported,
        Self::NotRecorded,
    ];

    /// The key after `call-` under which it is translated.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::CredentialsRefused => "credentials-refused",
            Self::CredentialsMissing => "credentials-missing",
            Self::RateLimited => "rate-limited",
            Self::Refused => "refused",
            Self::Unreadable => "unreadable",
            Self::Unsupported => "unsupported",
            Self::NotRecorded => "not-recorded",
        }
    }
}

/// Why messages were not stored for sending; none of them was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnqueueError {
    /// What the system said.
    Words(String),
    /// The text has more characters than so many, which the gateway takes.
    TextTooLong(usize),
    /// These people last wrote too long ago, or never: only a template may be sent to them.
    OutsideWindow(Vec<PhoneNumber>),
}

impl From<String> for EnqueueError {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<&str> for EnqueueError {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

/// Why templates could not be kept, read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateError {
    /// What is wrong with it.
    Problems(Vec<TemplateProblem>),
    /// What is wrong with the template of this number (from 1) in the file; none of the file's was taken.
    InFile(usize, Vec<TemplateProblem>),
    /// The file is no list of templates; what was said.
    NotTemplates(String),
    /// The file cannot be read or written; what the system said.
    File(String),
    /// The database could not keep it; what was said.
    Store(String),
}

/// Why the file of a message could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContentError {
    /// The message has no such address, or is gone.
    NoAddress,
    /// The address.
    Fetch(FetchProblem),
    /// It could not be kept; what the system said.
    Disk(String),
    /// The operator wants it no more.
    Stopped,
}

/// Why a round trip through the public address did not come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutsideError {
    /// No public address is set.
    NoPublicAddress,
    /// We do not listen.
    NotListening,
    /// The address cannot be reached; what the system said.
    Unreachable(String),
    /// Somebody else answered: the HTTP status, and the beginning of the words.
    SomebodyElse(u16, String),
}
