//! DecisionTelecom's documented errors and statuses.

/// An error. Document, section "Errors".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentedError {
    /// `code`.
    pub code: u8,
    /// `status`, which is that of HTTP too.
    pub status: u16,
    /// `message`.
    pub message: &'static str,
    /// `name`, which the document has not.
    pub name: &'static str,
}

const fn error(code: u8, status: u16, name: &'static str, message: &'static str) -> DocumentedError {
    DocumentedError {
        code,
        status,
        message,
        name,
    }
}

const SERVER_FAILED: &str =
    "The server encountered an unexpected condition which prevented it from fulfilling the request";

/// All that are documented, by code. That of code 1 is printed as status 4.
pub const ERRORS: &[DocumentedError] = &[
    error(0, 429, "Too Many Requests", "Rate limit exceeded"),
    error(
        PARAMETER,
        400,
        "Invalid Parameter",
        "Empty parameter or parameter validation error",
    ),
    error(2, 500, "Internal Server Error", SERVER_FAILED),
    error(BALANCE, 402, "Payment Required", "User balance is empty"),
    error(4, 500, "Internal Server Error", SERVER_FAILED),
    error(5, 500, "Internal Server Error", SERVER_FAILED),
    error(6, 500, "Internal Server Error", SERVER_FAILED),
    error(
        OUTSIDE_WINDOW,
        503,
        "Service Unavailable",
        "Message failed to send because more than 24 hours have passed since the customer last replied to this number. \
         In this case, you can only send a template message",
    ),
    error(8, 401, "Unauthorized", "Invalid MIME type file_url"),
    error(FILE_EXTENSION, 401, "Unauthorized", "Invalid file extension"),
];

/// Too many calls.
pub(super) const RATE: u8 = 0;
/// A parameter is missing or wrong.
pub(super) const PARAMETER: u8 = 1;
/// There is no money left.
pub(super) const BALANCE: u8 = 3;
/// Free text to somebody who has not written for a time.
pub(super) const OUTSIDE_WINDOW: u8 = 7;
/// The address of the picture does not end as it must.
pub(super) const FILE_EXTENSION: u8 = 9;

/// The error of a code.
#[must_use]
pub fn of_code(code: u8) -> Option<DocumentedError> {
    ERRORS.iter().find(|error| error.code == code).copied()
}

/// A status of a message. Document, section "WhatsApp messages statuses": delivered.
pub(super) const DELIVERED: u32 = 1;
/// Failed.
pub(super) const FAILED: u32 = 4;
/// Pending.
pub(super) const PENDING: u32 = 6;
/// Seen.
pub(super) const SEEN: u32 = 7;
