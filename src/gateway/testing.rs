//! The vendors' tables of errors as facts, for the tests of their words.

use crate::domain::message::Reason;

/// A row of a vendor's table, and the reason that follows from it.
#[derive(Debug, Clone)]
pub(crate) struct Documented {
    /// By what it can be found in the document.
    pub(crate) named: String,
    /// Rows that the document describes with the same words have the same mark, all others have one of their own.
    pub(crate) alike: String,
    /// What of the message, or of the account, is at fault.
    pub(crate) fault: Option<Fault>,
    /// The reason.
    pub(crate) reason: Reason,
}

/// What of a message or of an account is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The recipient's number.
    Recipient,
    /// The name a message is sent as.
    Sender,
    /// The text.
    Text,
    /// How long a message may be delivered.
    Validity,
    /// The address at which we are told what becomes of it.
    Reports,
    /// The address of what is attached.
    Address,
    /// The name of what is attached.
    FileName,
    /// The type of what is attached.
    FileType,
    /// The language of a template.
    Language,
    /// The parameters of a template.
    Parameters,
    /// A template as a whole.
    Template,
    /// What is paid for.
    Money,
    /// The messages as a whole.
    Messages,
}
