//! Devino's documented errors.

/// Why a message, or a whole request, is refused. Document, section "Enviando", "Códigos de erro".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// `key`.
    pub key: &'static str,
    /// What `ref` leads to.
    pub place: Place,
}

/// What `ref` leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Nothing: there is no `ref`.
    Nowhere,
    /// `messages`.
    List,
    /// `messages[i]`.
    Message,
    /// A field of `messages[i]`.
    Field(&'static str),
}

impl Place {
    /// `ref` for the message with this number, or with the document's letter for it.
    #[must_use]
    pub fn reference(self, index: Option<usize>) -> Option<String> {
        let index = index.map_or_else(|| "i".to_owned(), |index| index.to_string());
        match self {
            Self::Nowhere => None,
            Self::List => Some("messages".to_owned()),
            Self::Message => Some(format!("messages[{index}]")),
            Self::Field(field) => Some(format!("messages[{index}].{field}")),
        }
    }
}

const fn refusal(key: &'static str, place: Place) -> Refusal {
    Refusal { key, place }
}

/// There is no money left.
pub(super) const BILLING: Refusal = refusal("billing.error", Place::Nowhere);
/// There is no message.
pub(super) const NO_MESSAGES: Refusal = refusal("must.be.not.null", Place::List);
/// A message has nothing to say.
pub(super) const NO_CONTENT: Refusal = refusal("must.be.not.null", Place::Message);
/// There are too many messages.
pub(super) const TOO_MANY: Refusal = refusal("too.many.messages", Place::List);
/// Something without a name.
pub(super) const UNKNOWN: Refusal = refusal("unknown", Place::Nowhere);

/// All that are documented.
pub const REFUSALS: &[Refusal] = &[
    BILLING,
    refusal("forbidden", Place::Nowhere),
    UNKNOWN,
    refusal("invalid", Place::Field("to")),
    refusal("invalid", Place::Field("validity")),
    refusal("invalid", Place::Field("callbackUrl")),
    refusal("invalid", Place::Field("contentUrl")),
    refusal("invalid", Place::Field("contentType")),
    refusal("invalid", Place::Field("from")),
    refusal("invalid", Place::Field("languageCode")),
    refusal("length.too.long", Place::Field("to")),
    refusal("length.too.long", Place::Field("text")),
    refusal("length.too.long", Place::Field("languageCode")),
    refusal("length.too.short", Place::Field("contentName")),
    refusal("length.too.short", Place::Field("languageCode")),
    refusal("must.be.not.null", Place::Field("to")),
    NO_MESSAGES,
    refusal("must.be.not.null", Place::Field("from")),
    NO_CONTENT,
    refusal("not.available", Place::Field("from")),
    TOO_MANY,
];

/// `errorCode` of statuses that say that a message failed. Document, section "Status de webhook", "Códigos de erro".
pub const CALLBACK_CODES: &[u32] = &[
    2000, 2001, 2002, 2003, 2004, 2005, 2006, 2007, 2008, 2009, 2010, 2011, 2012, 2017, 2300, 2301, 2302,
    2303, 2304, 2305, 2307, 2308, 2309, 2310, 2311, 2312, 2313,
];

/// Too many messages in a short time.
pub(super) const TOO_FAST: u32 = 2301;
/// The content has another type, or is too large.
pub(super) const CONTENT: u32 = 2303;
/// The number of the sender itself.
pub(super) const TO_ITSELF: u32 = 2307;
/// The template has another number of parameters.
pub(super) const TEMPLATE_PARAMETERS: u32 = 2308;
/// There is no such template.
pub(super) const NO_TEMPLATE: u32 = 2309;
/// There is no such template in the language.
pub(super) const NO_TEMPLATE_LANGUAGE: u32 = 2310;
/// A parameter of the template is too long.
pub(super) const TEMPLATE_VALUE: u32 = 2311;
/// Free text to somebody who has not written for a time.
pub(super) const NO_DIALOGUE: u32 = 2312;
