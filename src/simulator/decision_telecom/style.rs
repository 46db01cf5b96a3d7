//! How DecisionTelecom writes: the same facts in the forms its document leaves open.

/// How DecisionTelecom writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionStyle {
    /// Whether errors come with HTTP status 200 instead of their own.
    pub errors_in_200: bool,
    /// Whether code 1 has the status 4, as in the document, instead of 400.
    pub misprinted_status: bool,
    /// Whether errors have a `name`, as the vendor's own programs read it.
    pub names: bool,
    /// Whether the answer about a message ends with a comma after its last field, as in the document.
    pub trailing_comma: bool,
    /// Whether numbers are written as text.
    pub numbers_as_text: bool,
    /// What comes to the address of a message.
    pub callback: CallbackBody,
    /// How often each status is told, at least once.
    pub callback_copies: usize,
}

impl Default for DecisionStyle {
    fn default() -> Self {
        Self {
            errors_in_200: false,
            misprinted_status: false,
            names: true,
            trailing_comma: true,
            numbers_as_text: false,
            callback: CallbackBody::Json,
            callback_copies: 1,
        }
    }
}

/// What comes to the address of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallbackBody {
    /// Nothing ever comes.
    Never,
    /// A call without a body.
    Empty,
    /// `message_id` and `status` as JSON.
    Json,
    /// `message_id` and `status` as a form.
    Form,
}

impl CallbackBody {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Never, Self::Empty, Self::Json, Self::Form];
}
